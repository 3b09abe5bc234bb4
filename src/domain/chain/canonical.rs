//! One sequence of bytes for one JSON value, after RFC 8785 (JSON Canonicalization Scheme).
//!
//! No blanks; an object's keys in the order of their UTF-16 code units; strings with the shortest escapes; UTF-8. Numbers are whole
//! and within ±(2⁵³ − 1), where every reader agrees on them; a fraction or a larger number is refused rather than rounded.

use serde_json::{Number, Value};
use sha2::{Digest, Sha256};

/// The largest whole number that every JSON reader keeps exactly (RFC 7493).
const MAX_INTEGER: u64 = (1 << 53) - 1;

/// How deep values may be nested.
const MAX_DEPTH: usize = 64;

/// Why a value has no canonical form here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// A number that is not whole.
    #[error("{number} is not a whole number; record hundredths, cents or text")]
    Fraction {
        /// The number.
        number: String,
    },
    /// A number that not every reader keeps exactly.
    #[error("{number} is beyond 2^53 - 1; record it as text")]
    TooLarge {
        /// The number.
        number: String,
    },
    /// Nested too deep.
    #[error("nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
}

/// The SHA-256 of a value's canonical bytes, in hex: what the record keeps of a row that it must be able to tell from another. Of no bytes
/// where the value has no canonical form.
pub fn digest(value: &Value) -> String {
    hex::encode(Sha256::digest(to_bytes(value).unwrap_or_default()))
}

/// The SHA-256 of a text, in hex.
pub fn digest_of_text(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// The canonical bytes of a value.
///
/// # Errors
/// [`NotCanonical`].
pub fn to_bytes(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    let mut out = String::new();
    write_value(&mut out, value, 0)?;
    Ok(out.into_bytes())
}

/// The canonical text of a value; as it is written where it has none, with broken numbers as a program may send them.
pub fn text_or_as_written(value: &Value) -> String {
    let text = to_bytes(value).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.unwrap_or_else(|| value.to_string())
}

fn write_value(out: &mut String, value: &Value, depth: usize) -> Result<(), NotCanonical> {
    if depth > MAX_DEPTH {
        return Err(NotCanonical::TooDeep);
    }
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => out.push_str(&whole(number)?),
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(out, item, depth + 1)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (index, (key, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_string(out, key);
                out.push(':');
                write_value(out, member, depth + 1)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn whole(number: &Number) -> Result<String, NotCanonical> {
    let size = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
    match size {
        Some(size) if size <= MAX_INTEGER => Ok(number.to_string()),
        Some(_) => Err(NotCanonical::TooLarge { number: number.to_string() }),
        None => Err(NotCanonical::Fraction { number: number.to_string() }),
    }
}

/// As ECMAScript's `JSON.stringify`: only what must be escaped is, control characters by their short form where there is one.
fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn text(value: &Value) -> String {
        String::from_utf8(to_bytes(value).expect("canonical")).expect("utf-8")
    }

    #[test]
    fn strings_and_keys_are_as_in_rfc_8785() {
        // Section 3.2.3: the order of UTF-16 code units, where U+1F600 (D83D DE00) comes before U+FB33.
        let value: Value = serde_json::from_str(
            r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#,
        )
        .expect("json");
        let names = ["Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew"];
        let places: Vec<_> = names.map(|name| text(&value).find(name)).to_vec();
        assert!(places.is_sorted() && places.iter().all(Option::is_some));
        assert_eq!(text(&json!("€$\u{f}\nA'B\"\\\\\"/")), "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
        assert_eq!(text(&json!([null, true, false, -1, {"b": 1, "a": []}])), r#"[null,true,false,-1,{"a":[],"b":1}]"#);
    }

    #[test]
    fn what_readers_disagree_on_is_refused() {
        assert_eq!(text(&json!(9_007_199_254_740_991_u64)), "9007199254740991");
        assert!(matches!(to_bytes(&json!(9_007_199_254_740_992_u64)), Err(NotCanonical::TooLarge { .. })));
        assert!(matches!(to_bytes(&json!(-9_007_199_254_740_992_i64)), Err(NotCanonical::TooLarge { .. })));
        assert!(matches!(to_bytes(&json!({"a": [1.0]})), Err(NotCanonical::Fraction { .. })));
        let deep = (0..100).fold(json!(0), |value, _| json!([value]));
        assert_eq!(to_bytes(&deep), Err(NotCanonical::TooDeep));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-9_007_199_254_740_991i64..=9_007_199_254_740_991).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_bytes_read_back_as_the_same_value(value in any_json()) {
            let bytes = to_bytes(&value).unwrap();
            let back: Value = serde_json::from_slice(&bytes).unwrap();
            prop_assert_eq!(&back, &value);
            prop_assert_eq!(to_bytes(&back).unwrap(), bytes);
        }
    }
}
