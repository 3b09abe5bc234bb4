//! Requests made from the API's own description, so that a new operation is asked like the others.

use serde_json::{Map, Value, json};

/// A number that no row has as its version: what is otherwise right is refused as stale.
pub const NO_VERSION: i64 = 99;

/// The description, as it is given out.
pub struct Description(Value);

/// An operation of it.
pub struct Described {
    /// Its method in capitals.
    pub method: String,
    /// Its address with `{names}`.
    pub path: String,
    /// Names of its query parameters.
    pub query: Vec<String>,
    /// The schema of its JSON body.
    pub body: Option<Value>,
    /// Statuses that it says it may answer with.
    pub statuses: Vec<String>,
}

impl Description {
    pub fn read() -> Description {
        Description(serde_json::to_value(yuanchi::api::openapi()).expect("a description"))
    }

    pub fn operations(&self) -> Vec<Described> {
        let mut found = Vec::new();
        for (path, item) in self.0["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                if !["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                    continue;
                }
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                let body = &operation["requestBody"]["content"]["application/json"]["schema"];
                found.push(Described {
                    method: method.to_uppercase(),
                    path: path.clone(),
                    query: parameters
                        .filter(|one| one["in"] == "query")
                        .filter_map(|one| one["name"].as_str().map(str::to_string))
                        .collect(),
                    body: (!body.is_null()).then(|| body.clone()),
                    statuses: operation["responses"]
                        .as_object()
                        .into_iter()
                        .flatten()
                        .map(|(s, _)| s.clone())
                        .collect(),
                });
            }
        }
        found
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str().and_then(|path| path.strip_prefix('#')) {
            Some(path) => self.0.pointer(path).unwrap_or(&Value::Null),
            None => schema,
        }
    }

    /// The fields that an object of this schema may have at its top.
    pub fn fields(&self, schema: &Value) -> Vec<String> {
        let schema = self.resolve(schema);
        let mut found: Vec<String> =
            schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        for several in ["allOf", "oneOf", "anyOf"] {
            for part in schema[several].as_array().into_iter().flatten() {
                found.extend(self.fields(part));
            }
        }
        found
    }

    /// The least that can be read as this schema.
    pub fn least(&self, schema: &Value) -> Value {
        self.least_within(schema, 0)
    }

    fn least_within(&self, schema: &Value, depth: usize) -> Value {
        let schema = self.resolve(schema);
        if depth > 8 {
            return Value::Null;
        }
        if let Some(first) = schema["enum"].as_array().and_then(|words| words.first()) {
            return first.clone();
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let mut whole = Map::new();
            for part in parts {
                if let Value::Object(fields) = self.least_within(part, depth + 1) {
                    whole.extend(fields);
                }
            }
            return Value::Object(whole);
        }
        for several in ["oneOf", "anyOf"] {
            if let Some(choices) = schema[several].as_array() {
                let choice = choices.iter().find(|choice| choice["type"] != "null");
                return choice.map_or(Value::Null, |choice| self.least_within(choice, depth + 1));
            }
        }
        let kind = match &schema["type"] {
            Value::String(kind) => kind.as_str(),
            Value::Array(kinds) => {
                kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("null")
            }
            _ if schema["properties"].is_object() => "object",
            _ => "null",
        };
        match kind {
            "object" => {
                let mut fields = Map::new();
                for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                    fields.insert(name.to_string(), self.least_within(&schema["properties"][name], depth + 1));
                }
                Value::Object(fields)
            }
            "array" => json!([]),
            "integer" | "number" => json!(NO_VERSION),
            "boolean" => json!(false),
            "string" => match schema["format"].as_str() {
                Some("uuid") => json!(super::world::NOTHING),
                Some("date") => json!("2026-03-10"),
                Some("date-time") => json!("2026-03-10T00:00:00Z"),
                _ => json!("x"),
            },
            _ => Value::Null,
        }
    }
}
