//! What changed between two versions of a programme, by the names that people know: for the call that is copied from last
//! year's.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

use super::{Difference, Programme, RecusalRules};
use crate::domain::eligibility::Check;
use crate::domain::language::Language;
use crate::domain::names::Names;

/// Says the words of a key with what they name.
pub type Say<'a> = dyn Fn(&str, &[(&str, &str)]) -> String + 'a;

/// The words that no programme holds.
pub struct ChangeWords<'a> {
    /// The language of the names.
    pub language: &'a str,
    /// The words of a key with what they name.
    pub say: &'a Say<'a>,
    /// The name of a bureau by its code.
    pub bureau: &'a dyn Fn(&str) -> String,
}

/// Parts of a programme in the order of its file; what is not here follows by the alphabet.
const ORDER: [&str; 16] = [
    "version",
    "names",
    "summary",
    "policy_note",
    "category",
    "applicants",
    "stations",
    "sections",
    "documents",
    "rules",
    "quota",
    "rubric",
    "review",
    "decision",
    "notice",
    "validity",
];

/// Every value that differs. Entries of a list are matched by their key: one that came or went is one difference, and so
/// is another order of those that stayed.
pub fn differences(before: &Programme, after: &Programme, words: &ChangeWords<'_>) -> Vec<Difference> {
    let mut walk = Walk { before, after, words, found: Vec::new() };
    let place = Place { key: String::new(), label: Vec::new(), part: String::new() };
    walk.compare(&place, Some(&whole(before)), Some(&whole(after)));
    walk.found
}

/// A programme with what a pinned text leaves out at its default: a rule that was not written is no rule that is new.
fn whole(programme: &Programme) -> Value {
    let mut value = serde_json::to_value(programme).unwrap_or_default();
    if let Some(review) = value.get_mut("review").and_then(Value::as_object_mut) {
        let recusal = serde_json::to_value(RecusalRules::default()).unwrap_or_default();
        let defaults = [
            ("load_floor", 0.into()),
            ("field_experts", 0.into()),
            ("expertise_fields", Value::Array(Vec::new())),
            ("discussion", false.into()),
            ("recusal", recusal),
        ];
        for (key, default) in defaults {
            review.entry(key).or_insert(default);
        }
    }
    value
}

/// Where the comparison is.
struct Place {
    /// The path.
    key: String,
    /// The same in words, from the outside in.
    label: Vec<String>,
    /// The last name of the path that is no entry's key: it says what a value means.
    part: String,
}

impl Place {
    fn part(&self, part: &str, label: String) -> Place {
        let key = if self.key.is_empty() { part.to_string() } else { format!("{}.{part}", self.key) };
        Place { key, label: [self.label.as_slice(), &[label]].concat(), part: part.to_string() }
    }

    fn entry(&self, key: &str, label: String) -> Place {
        Place {
            key: format!("{}[{key}]", self.key),
            label: [self.label.as_slice(), &[label]].concat(),
            part: self.part.clone(),
        }
    }
}

struct Walk<'a> {
    before: &'a Programme,
    after: &'a Programme,
    words: &'a ChangeWords<'a>,
    found: Vec<Difference>,
}

impl Walk<'_> {
    fn compare(&mut self, at: &Place, before: Option<&Value>, after: Option<&Value>) {
        if before == after {
            return;
        }
        let (old, new) = (before.unwrap_or(&Value::Null), after.unwrap_or(&Value::Null));
        if let Some((old, new)) = same_kind(at, old, new) {
            self.compare(at, Some(old), Some(new));
        } else if let Some((old, new)) = both(old, new, |value| parts(at, value)) {
            let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect::<BTreeSet<_>>().into_iter().collect();
            keys.sort_by_key(|key| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()));
            for key in keys {
                let label = match (at.part.as_str(), key.as_str()) {
                    ("bureaus", _) => (self.words.bureau)(key),
                    ("documents", "required") => self.word("part", "document_required"),
                    ("documents", "types") => self.word("part", "file_types"),
                    ("draw", "required") => self.word("part", "draw_required"),
                    ("notice", "unit") => self.word("part", "day_unit"),
                    _ => self.word("part", key),
                };
                self.compare(&at.part(key, label), old.get(key), new.get(key));
            }
        } else if let Some((old, new)) = both(old, new, entries) {
            self.compare_entries(at, &old, &new);
        } else {
            let said = |value: Option<&Value>, of: &Programme| value.map(|value| self.text(&at.part, value, of));
            let (before, after) = (said(before, self.before), said(after, self.after));
            self.tell(at, before, after);
        }
    }

    fn compare_entries(&mut self, at: &Place, old: &[(&str, &Value)], new: &[(&str, &Value)]) {
        let find = |among: &[(&str, &Value)], key: &str| among.iter().any(|(other, _)| *other == key);
        for (key, entry) in old.iter().filter(|(key, _)| !find(new, key)) {
            let name = self.name(key, entry);
            self.tell(&at.entry(key, name.clone()), Some(name), None);
        }
        for (key, entry) in new {
            let place = at.entry(key, self.name(key, entry));
            match old.iter().find(|(other, _)| other == key) {
                Some((_, before)) => self.compare(&place, Some(before), Some(entry)),
                None => self.tell(&place, None, Some(self.name(key, entry))),
            }
        }
        let stayed = |of: &[(&str, &Value)], other: &[(&str, &Value)]| -> Vec<String> {
            of.iter().filter(|(key, _)| find(other, key)).map(|(key, _)| key.to_string()).collect()
        };
        if stayed(old, new) != stayed(new, old) {
            let names = |of: &[(&str, &Value)], other: &[(&str, &Value)]| -> String {
                let stayed = of.iter().filter(|(key, _)| find(other, key));
                self.listed(stayed.map(|(key, entry)| self.name(key, entry)))
            };
            let (before, after) = (names(old, new), names(new, old));
            self.tell(&at.part("order", self.word("part", "order")), Some(before), Some(after));
        }
    }

    fn tell(&mut self, at: &Place, before: Option<String>, after: Option<String>) {
        self.found.push(Difference { key: at.key.clone(), label: at.label.join(" › "), before, after });
    }

    fn word(&self, of: &str, key: &str) -> String {
        (self.words.say)(&format!("programme-{of}-{key}"), &[])
    }

    fn name(&self, key: &str, entry: &Value) -> String {
        entry.get("names").and_then(names_of).map_or_else(|| key.to_string(), |names| self.said(&names))
    }

    fn listed(&self, parts: impl Iterator<Item = String>) -> String {
        Language::of_tag(self.words.language).list(&parts.collect::<Vec<_>>())
    }

    fn said(&self, names: &Names) -> String {
        names.in_language(self.words.language).to_string()
    }

    /// A value in words; `of` is the programme that it stands in.
    fn text(&self, part: &str, value: &Value, of: &Programme) -> String {
        match value {
            Value::Null => String::new(),
            Value::Bool(yes) => self.word("code", if *yes { "true" } else { "false" }),
            Value::Number(bytes) if part == "max_bytes" => match bytes.as_u64() {
                Some(bytes) if bytes % (1 << 20) == 0 => format!("{} MB", bytes >> 20),
                _ => format!("{bytes} B"),
            },
            Value::Number(number) => number.to_string(),
            Value::String(text) => self.code(part, text, of),
            Value::Array(values) => self.listed(values.iter().map(|value| self.text(part, value, of))),
            Value::Object(entries) if part == "strata" => self.stratum(entries),
            Value::Object(entries) => match (names_of(value), check_of(part, value)) {
                (Some(names), _) => self.said(&names),
                (_, Some(check)) => self.check(&check, of),
                _ => self.listed(entries.keys().map(|kind| self.word("code", kind))),
            },
        }
    }

    /// One field's share of a draw.
    fn stratum(&self, entries: &Map<String, Value>) -> String {
        let field = match entries.get("field").and_then(Value::as_str) {
            None | Some("") => (self.words.say)("programme-stratum-any", &[]),
            Some(field) => field.to_string(),
        };
        let number = |key: &str| entries.get(key).map(Value::to_string).unwrap_or_default();
        let (panel, reserves) = (number("panel"), number("reserves"));
        (self.words.say)("programme-stratum", &[("field", &field), ("panel", &panel), ("reserves", &reserves)])
    }

    /// A text of a programme: a code where the part holds codes, else as it stands.
    fn code(&self, part: &str, text: &str, of: &Programme) -> String {
        match part {
            "kind" | "unit" | "format" | "basis" | "comment_required" | "by" | "from_organisation" => {
                self.word("code", text)
            }
            "stations" => (self.words.say)(&format!("station-{text}"), &[]),
            "types" => text.to_uppercase(),
            "at_most" => self.field(text, of),
            "tie_order" => {
                let mut dimensions = of.rubric.iter().flat_map(|rubric| &rubric.dimensions);
                let found = dimensions.find(|dimension| dimension.key == text);
                found.map_or_else(|| self.word("code", text), |dimension| self.said(&dimension.names))
            }
            "source" => match text.strip_prefix("field:") {
                Some(field) => self.field(field, of),
                None => self.word("code", text),
            },
            _ => text.to_string(),
        }
    }

    fn field(&self, key: &str, of: &Programme) -> String {
        of.field(key).map_or_else(|| key.to_string(), |field| self.said(&field.names))
    }

    fn check(&self, check: &Check, of: &Programme) -> String {
        let say = |key: &str, args: &[(&str, &str)]| (self.words.say)(&format!("programme-check-{key}"), args);
        let figure = |field: &str, column: &Option<String>| match column {
            None => self.field(field, of),
            Some(key) => {
                let columns = of.field(field).map(|field| field.kind.columns()).unwrap_or_default();
                let column = columns.iter().find(|column| column.key == *key);
                let column = column.map_or_else(|| key.clone(), |column| self.said(&column.names));
                format!("{} {column}", self.field(field, of))
            }
        };
        let semicolon = Language::of_tag(self.words.language).punctuation().semicolon;
        let listed = |checks: &[Check]| {
            let said: Vec<String> = checks.iter().map(|check| self.check(check, of)).collect();
            said.join(semicolon)
        };
        match check {
            Check::AtLeast { field, column, value } => {
                say("at_least", &[("what", &figure(field, column)), ("value", &value.to_string())])
            }
            Check::AtMost { field, column, value } => {
                say("at_most", &[("what", &figure(field, column)), ("value", &value.to_string())])
            }
            Check::Equals { field, value } => {
                let answer = self.word("code", if *value { "true" } else { "false" });
                say("equals", &[("what", &self.field(field, of)), ("value", &answer)])
            }
            Check::OneOf { field, values } => {
                let options = of.field(field).map(|field| field.kind.options()).unwrap_or_default();
                let named = values.iter().map(|value| {
                    let option = options.iter().find(|option| option.key == *value);
                    option.map_or_else(|| value.clone(), |option| self.said(&option.names))
                });
                let named = self.listed(named);
                say("one_of", &[("what", &self.field(field, of)), ("values", &named)])
            }
            Check::EstablishedYears { at_least, .. } => say("established_years", &[("value", &at_least.to_string())]),
            Check::RowsAtLeast { field, value } => {
                say("rows_at_least", &[("what", &self.field(field, of)), ("value", &value.to_string())])
            }
            Check::DocumentPresent { document } => {
                let name = of.document(document).map_or_else(|| document.clone(), |kind| self.said(&kind.names));
                say("document_present", &[("what", &name)])
            }
            Check::All(checks) => say("all", &[("checks", &listed(checks))]),
            Check::Any(checks) => say("any", &[("checks", &listed(checks))]),
            Check::Not(check) => say("not", &[("check", &self.check(check, of))]),
        }
    }
}

/// Two values of one nature; what is not there is an empty one, but not on both sides.
fn both<'a, T: Default>(old: &'a Value, new: &'a Value, of: impl Fn(&'a Value) -> Option<T>) -> Option<(T, T)> {
    match (of(old), of(new)) {
        (Some(old), Some(new)) => Some((old, new)),
        (Some(old), None) if new.is_null() => Some((old, T::default())),
        (None, Some(new)) if old.is_null() => Some((T::default(), new)),
        _ => None,
    }
}

/// What a field holds, when only its bounds differ.
fn same_kind<'a>(at: &Place, old: &'a Value, new: &'a Value) -> Option<(&'a Value, &'a Value)> {
    let (old, new) = (old.as_object()?, new.as_object()?);
    if !is_kind(at, old) || !is_kind(at, new) {
        return None;
    }
    let ((before, old), (after, new)) = (old.iter().next()?, new.iter().next()?);
    (before == after).then_some((old, new))
}

/// The parts of an object that is no value by itself.
fn parts<'a>(at: &Place, value: &'a Value) -> Option<Parts<'a>> {
    let object = value.as_object()?;
    let whole = names_of(value).is_some() || check_of(&at.part, value).is_some() || is_kind(at, object);
    (!whole).then_some(Parts(Some(object)))
}

/// What a field holds is told by its kind, `{ text = { … } }`, as one value.
fn is_kind(at: &Place, object: &Map<String, Value>) -> bool {
    at.part == "kind" && object.len() == 1 && object.values().all(Value::is_object)
}

/// An object's parts, or those of nothing.
#[derive(Default)]
struct Parts<'a>(Option<&'a Map<String, Value>>);

impl<'a> Parts<'a> {
    fn keys(&self) -> impl Iterator<Item = &'a String> {
        self.0.into_iter().flat_map(Map::keys)
    }

    fn get(&self, key: &str) -> Option<&'a Value> {
        self.0.and_then(|object| object.get(key))
    }
}

/// The entries of a list by their keys; none of a list of plain values.
fn entries(value: &Value) -> Option<Vec<(&str, &Value)>> {
    value.as_array()?.iter().map(|entry| Some((entry.get("key")?.as_str()?, entry))).collect()
}

fn names_of(value: &Value) -> Option<Names> {
    value.get("zh_cn")?;
    serde_json::from_value(value.clone()).ok()
}

fn check_of(part: &str, value: &Value) -> Option<Check> {
    if !matches!(part, "check" | "required_when") {
        return None;
    }
    serde_json::from_value(value.clone()).ok()
}
