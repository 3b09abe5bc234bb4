//! What changed between two versions of a programme, for the call that is copied from last year's.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::Programme;

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Difference {
    /// The path, with entries of a list by their key: `sections[basic].fields[name].required`.
    pub key: String,
    /// As it was; none if it was not there.
    pub before: Option<String>,
    /// As it is; none if it is gone.
    pub after: Option<String>,
}

/// Every value that differs, in the order of the paths. Entries of a list are matched by their key; one whose place in the
/// list changed shows as a difference of the list's order, named `order`.
pub fn differences(before: &Programme, after: &Programme) -> Vec<Difference> {
    let (before, after) = (flat(before), flat(after));
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    paths
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path))
        .map(|path| Difference {
            key: path.clone(),
            before: before.get(path).cloned(),
            after: after.get(path).cloned(),
        })
        .collect()
}

fn flat(programme: &Programme) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    add("", &serde_json::to_value(programme).unwrap_or_default(), &mut values);
    values
}

fn add(path: &str, value: &Value, values: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                add(&path, value, values);
            }
        }
        Value::Array(entries) => {
            let keys: Vec<&str> = entries.iter().filter_map(|entry| entry.get("key")?.as_str()).collect();
            if !entries.is_empty() && keys.len() == entries.len() {
                values.insert(format!("{path}.order"), keys.join(", "));
                for (key, entry) in keys.iter().zip(entries) {
                    add(&format!("{path}[{key}]"), entry, values);
                }
            } else {
                let texts: Vec<String> = entries.iter().map(plain).collect();
                values.insert(path.to_string(), texts.join(", "));
            }
        }
        other => {
            values.insert(path.to_string(), plain(other));
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
