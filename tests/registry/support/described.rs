//! Answers of the API against its own description.

use super::client::Answer;
use serde_json::{Map, Value};
use std::sync::LazyLock;

static DESCRIPTION: LazyLock<Description> =
    LazyLock::new(|| Description(serde_json::to_value(yuanchi::api::openapi()).expect("a description")));

/// Every good answer that a test is given must be of a media type that the API describes, and JSON as it is described.
#[track_caller]
pub fn must_be_as_described(method: &str, path: &str, answer: &Answer) {
    let path = path.split('?').next().unwrap_or_default();
    if !path.starts_with("/api/v1/") || !(200..300).contains(&answer.status) || method == "HEAD" {
        return;
    }
    let faults = DESCRIPTION.faults(method, path, answer);
    assert!(faults.is_empty(), "not as described: {}\n{answer}", faults.join("; "));
}

/// Where in an answer something stands. It is put into words where something is wrong, which is nearly never.
enum Place<'a> {
    Whole,
    Field(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>),
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Whole => Ok(()),
            Place::Field(of, name) => write!(f, "{of}.{name}"),
            Place::Item(of) => write!(f, "{of}[]"),
        }
    }
}

/// How many words of its own a pattern has, if an address fits it.
fn own_words(pattern: &str, address: &str) -> Option<usize> {
    let (mut parts, mut words, mut own) = (pattern.split('/'), address.split('/'), 0);
    loop {
        match (parts.next(), words.next()) {
            (None, None) => return Some(own),
            (Some(part), Some(_)) if part.starts_with('{') => {}
            (Some(part), Some(word)) if part == word => own += 1,
            _ => return None,
        }
    }
}

/// The description, as it is given out.
struct Description(Value);

impl Description {
    /// What is wrong with a good answer to this request.
    #[track_caller]
    fn faults(&self, method: &str, path: &str, answer: &Answer) -> Vec<String> {
        let Some(operation) = self.operation(&method.to_lowercase(), path) else {
            // The description itself, and the page that shows it.
            return Vec::new();
        };
        let response = &operation["responses"][answer.status.to_string()];
        if response.is_null() {
            return vec![format!("status {} is not described", answer.status)];
        }
        let Some(kind) = answer.header("content-type").and_then(|kind| kind.split(';').next()) else {
            let is_empty = answer.body.is_empty() && response["content"].is_null();
            return if is_empty { Vec::new() } else { vec!["no media type is given".into()] };
        };
        let Some(content) = response["content"].get(kind) else {
            return vec![format!("{kind} is not described")];
        };
        // A download is described by its media type alone.
        let Some(schema) = content.get("schema") else { return Vec::new() };
        let mut faults = Vec::new();
        self.check(&Place::Whole, schema, &answer.unzipped().json(), false, &mut faults);
        faults
    }

    /// The operation whose address fits with the most words of its own.
    fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        let paths = self.0["paths"].as_object()?;
        let fitting = paths.iter().filter(|(_, item)| item.get(method).is_some());
        let best = fitting
            .filter_map(|(pattern, item)| Some((own_words(pattern, path)?, &item[method])))
            .max_by_key(|one| one.0);
        best.map(|(_, operation)| operation)
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str().and_then(|path| path.strip_prefix('#')) {
            Some(path) => self.0.pointer(path).unwrap_or(&Value::Null),
            None => schema,
        }
    }

    /// A part of several that describe one value together knows only its own fields.
    fn check(&self, at: &Place<'_>, schema: &Value, value: &Value, is_part: bool, faults: &mut Vec<String>) {
        let schema = self.resolve(schema);
        let Some(schema) = schema.as_object() else {
            faults.push(format!("{at}: nothing is described"));
            return;
        };
        for part in list(schema, "allOf") {
            self.check(at, part, value, true, faults);
        }
        for several in ["oneOf", "anyOf"] {
            let choices = list(schema, several);
            let fits = |choice: &Value| {
                // What is of another type fits in no way, and need not be written down for it.
                let is_of_it = self.resolve(choice).as_object().is_some_and(|schema| is_of_type(schema, value));
                let mut found = Vec::new();
                if is_of_it {
                    self.check(at, choice, value, is_part, &mut found);
                }
                is_of_it && found.is_empty()
            };
            if !choices.is_empty() && !choices.iter().any(fits) {
                faults.push(format!("{at}: {value} is none of what is described"));
            }
        }
        if !is_of_type(schema, value) {
            faults.push(format!("{at}: {value} is not of type {}", schema["type"]));
            return;
        }
        if schema.get("format").is_some_and(|format| format == "date-time")
            && value.as_str().is_some_and(|text| chrono::DateTime::parse_from_rfc3339(text).is_err())
        {
            faults.push(format!("{at}: {value} is no instant with its offset (RFC 3339)"));
        }
        let words = list(schema, "enum");
        if !words.is_empty() && !words.contains(value) {
            faults.push(format!("{at}: {value} is none of {words:?}"));
        }
        match value {
            Value::Object(fields) => self.check_fields(at, schema, fields, is_part, faults),
            Value::Array(items) => {
                if let Some(of) = schema.get("items") {
                    items.iter().for_each(|item| self.check(&Place::Item(at), of, item, false, faults));
                }
            }
            _ => {}
        }
    }

    fn check_fields(
        &self,
        at: &Place<'_>,
        schema: &Map<String, Value>,
        fields: &Map<String, Value>,
        is_part: bool,
        faults: &mut Vec<String>,
    ) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in list(schema, "required").iter().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                faults.push(format!("{at}.{name} is required and not there"));
            }
        }
        let others = schema.get("additionalProperties");
        for (name, value) in fields {
            match (properties.and_then(|known| known.get(name)), others) {
                (Some(known), _) => self.check(&Place::Field(at, name), known, value, false, faults),
                (None, Some(others)) if others.is_object() => {
                    self.check(&Place::Field(at, "*"), others, value, false, faults);
                }
                (None, None) if properties.is_some() && !is_part => {
                    faults.push(format!("{at}.{name} is not described"))
                }
                _ => {}
            }
        }
    }
}

fn list<'a>(schema: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    schema.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn is_of_type(schema: &Map<String, Value>, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    };
    match schema.get("type") {
        None => true,
        Some(Value::String(name)) => is(name),
        Some(names) => names.as_array().into_iter().flatten().filter_map(Value::as_str).any(is),
    }
}
