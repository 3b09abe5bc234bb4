//! The character U+0000 in a request. PostgreSQL keeps it in no text, and nobody types it: whatever way it comes in, by the
//! address, a form or a JSON body, the request is refused before anything is made of it.

use crate::domain::refusal::Refusal;
use crate::error::Error;

fn refused() -> Error {
    Refusal::unacceptable("nul_character").into()
}

/// Refuses it in a field of a form.
///
/// # Errors
/// `nul_character`.
pub fn must_not_be_in(text: &str) -> Result<(), Error> {
    if text.contains('\0') { Err(refused()) } else { Ok(()) }
}

/// Refuses it in a path or a query, where it is written `%00`.
///
/// # Errors
/// `nul_character`.
pub fn must_not_be_in_address(address: &str) -> Result<(), Error> {
    if address.contains("%00") { Err(refused()) } else { Ok(()) }
}

/// Refuses it in JSON, where only the escape `\u0000` can stand for it. A backslash that is itself escaped is none.
///
/// # Errors
/// `nul_character`.
pub fn must_not_be_in_json(body: &[u8]) -> Result<(), Error> {
    let mut rest = body;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let escape = rest.get(at + 1..).unwrap_or_default();
        if escape.starts_with(b"u0000") {
            return Err(refused());
        }
        rest = escape.get(1..).unwrap_or_default();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_backslash_is_no_escape() {
        for (body, accepted) in [
            (r#"{"a": "b"}"#, true),
            (r#"{"a": "\\u0000"}"#, true),
            (r#"{"a": "\u0001"}"#, true),
            (r#"{"a": "\u0000"}"#, false),
            (r#"{"a": "\\\u0000"}"#, false),
            (r#"{"a": "x\"#, true),
        ] {
            assert_eq!(must_not_be_in_json(body.as_bytes()).is_ok(), accepted, "{body}");
        }
    }
}
