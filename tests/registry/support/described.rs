//! Answers of the API against its own description.

use serde_json::{Map, Value};

/// The description, as it is given out.
pub struct Description(Value);

impl Description {
    pub fn new(document: Value) -> Description {
        Description(document)
    }

    /// What is wrong with a good answer to this operation; the path as the description writes it, `/api/v1/…`.
    pub fn faults(&self, method: &str, path: &str, status: u16, answer: &Value) -> Vec<String> {
        let operation = &self.0["paths"][path][method.to_lowercase()];
        let response = &operation["responses"][status.to_string()];
        if response.is_null() {
            return vec![format!("status {status} is not described")];
        }
        let schema = &response["content"]["application/json"]["schema"];
        let mut faults = Vec::new();
        self.check("", schema, answer, &mut faults);
        faults
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str().and_then(|path| path.strip_prefix('#')) {
            Some(path) => self.0.pointer(path).unwrap_or(&Value::Null),
            None => schema,
        }
    }

    fn check(&self, at: &str, schema: &Value, value: &Value, faults: &mut Vec<String>) {
        let schema = self.resolve(schema);
        let Some(schema) = schema.as_object() else {
            faults.push(format!("{at}: nothing is described"));
            return;
        };
        for part in list(schema, "allOf") {
            self.check(at, part, value, faults);
        }
        for several in ["oneOf", "anyOf"] {
            let choices = list(schema, several);
            let fits = |choice: &&Value| {
                let mut found = Vec::new();
                self.check(at, choice, value, &mut found);
                found.is_empty()
            };
            if !choices.is_empty() && !choices.iter().any(fits) {
                faults.push(format!("{at}: {value} is none of what is described"));
            }
        }
        if !is_of_type(schema, value) {
            faults.push(format!("{at}: {value} is not of type {}", schema["type"]));
            return;
        }
        let words = list(schema, "enum");
        if !words.is_empty() && !words.contains(value) {
            faults.push(format!("{at}: {value} is none of {words:?}"));
        }
        match value {
            Value::Object(fields) => self.check_fields(at, schema, fields, faults),
            Value::Array(items) => {
                if let Some(of) = schema.get("items") {
                    items.iter().for_each(|item| self.check(&format!("{at}[]"), of, item, faults));
                }
            }
            _ => {}
        }
    }

    fn check_fields(
        &self,
        at: &str,
        schema: &Map<String, Value>,
        fields: &Map<String, Value>,
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
                (Some(known), _) => self.check(&format!("{at}.{name}"), known, value, faults),
                (None, Some(others)) if others.is_object() => {
                    self.check(&format!("{at}.*"), others, value, faults);
                }
                (None, None) if properties.is_some() => faults.push(format!("{at}.{name} is not described")),
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
