//! Reading JSON of which nothing may be passed over. Most readers take the last of two members of one name: who writes another
//! one before it shows people what no hash covers.

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Reads a value in which no object, at whatever depth, names a member twice.
///
/// # Errors
/// One does, or it is no JSON.
pub fn each_member_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    EachOnce.deserialize(deserializer)
}

#[derive(Clone, Copy)]
struct EachOnce;

impl<'de> DeserializeSeed<'de> for EachOnce {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for EachOnce {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON that names each member once")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(self)?;
            if all.contains_key(&name) {
                return Err(de::Error::custom(format!("duplicate field `{name}`")));
            }
            all.insert(name, value);
        }
        Ok(Value::Object(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> serde_json::Result<Value> {
        each_member_once(&mut serde_json::Deserializer::from_str(text))
    }

    #[test]
    fn what_says_each_thing_once_is_read_as_ever() {
        for text in [r#"{"a": {"b": [1, -2, 0.5, "x", null, true, {"b": 1}]}, "b": {}}"#, "[]", "null", r#""x""#] {
            assert_eq!(read(text).unwrap(), serde_json::from_str::<Value>(text).unwrap(), "{text}");
        }
    }

    #[test]
    fn a_member_that_is_named_twice_is_refused_at_any_depth() {
        for text in
            [r#"{"a": 1, "a": 1}"#, r#"{"b": [{"a": "forged", "c": 0, "a": null}]}"#, r#"{"a": 1, "\u0061": 2}"#]
        {
            let why = read(text).unwrap_err();
            assert!(why.to_string().contains("duplicate field `a`"), "{text}: {why}");
        }
    }
}
