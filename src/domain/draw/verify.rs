//! Re-doing a draw from its record file, offline.

use serde_json::Value;

use super::{
    check::Difference,
    digest::{Role, Secret, commitment, parse},
    record::{FORMAT, Record},
};

/// Why a record file does not stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Not JSON, or a member missing, unknown, twice or of the wrong type.
    #[error("line {line}, column {column}: {problem}")]
    Malformed {
        /// From one.
        line: usize,
        /// From one, in bytes; zero at the start of a line.
        column: usize,
        /// What is wrong.
        problem: String,
    },
    /// The first place where the record is not what it must be.
    #[error(transparent)]
    Different(#[from] Difference),
}

/// Re-does a draw from the bytes of its record file, in order: JSON, format, the one permitted spelling, opening, chain head, reveals against
/// commitments, opening digest, seed, result, record digest.
///
/// A record that was rewritten as a whole agrees with itself; so the caller compares its `chain_head` and `record_digest` with the event chain.
///
/// # Errors
/// The first [`Failure`].
pub fn verify(file: &[u8]) -> Result<Record, Failure> {
    let found: Record = serde_json::from_slice(file).map_err(|error| Failure::Malformed {
        line: error.line(),
        column: error.column(),
        problem: error.to_string(),
    })?;
    compare("/format", &FORMAT.into(), &found.format.as_str().into())?;
    same_bytes(&found.to_bytes()?, file)?;
    let expected = Record::draw(found.opening.clone(), found.chain_head.clone(), found.reveals.clone())
        .map_err(|difference| blamed(&found, difference))?;
    let members =
        |record: &Record| serde_json::to_value(record).map_err(|error| Difference::new("", "JSON", error.to_string()));
    let (must, is) = (members(&expected)?, members(&found)?);
    for member in ["opening_digest", "seed", "result", "record_digest"] {
        let null = Value::Null;
        compare(&format!("/{member}"), must.get(member).unwrap_or(&null), is.get(member).unwrap_or(&null))?;
    }
    Ok(found)
}

/// A secret that does not open its commitment is named by what was changed: the secret itself, while the opening is as its
/// digest says; else the commitment, if it is the only one that is not opened; else the opening.
fn blamed(found: &Record, difference: Difference) -> Difference {
    let is_at = |role: &Role| difference.path == format!("/reveals/{}/secret", role.code());
    let Some(role) = [Role::Handler, Role::Auditor].into_iter().find(is_at) else { return difference };
    let Some(own) = committed(found, role) else { return difference };
    let Ok(digest) = found.opening.digest() else { return difference };
    let digest = hex::encode(digest);
    if digest == found.opening_digest {
        return difference;
    }
    let other = if role == Role::Handler { Role::Auditor } else { Role::Handler };
    let opens = committed(found, other).is_none_or(|one| one == found.opening.commitment(other).digest);
    if opens {
        let path = format!("/opening/commitments/{}/digest", role.code());
        Difference::new(path, own, found.opening.commitment(role).digest.as_str())
    } else {
        Difference::new("/opening_digest", digest, found.opening_digest.as_str())
    }
}

/// The commitment that a party's revealed secret opens; none if the text is no secret.
fn committed(found: &Record, role: Role) -> Option<String> {
    let reveal = match role {
        Role::Handler => &found.reveals.handler,
        Role::Auditor => &found.reveals.auditor,
    };
    let secret = Secret::new(parse(&reveal.secret)?);
    Some(hex::encode(commitment(&found.opening.draw_id, found.opening.attempt, role, &secret)))
}

/// The same record has one spelling; blanks, another order or another escape are differences too.
fn same_bytes(expected: &[u8], found: &[u8]) -> Result<(), Difference> {
    if expected == found {
        return Ok(());
    }
    let at = expected.iter().zip(found).take_while(|(a, b)| a == b).count();
    let excerpt = |bytes: &[u8]| match bytes.get(at) {
        Some(byte) => format!("0x{byte:02x}"),
        None => "the end of the file".to_owned(),
    };
    Err(Difference::new(format!("byte {at}"), excerpt(expected), excerpt(found)))
}

/// The first difference of two values: lists item by item, objects in the order of their keys.
fn compare(path: &str, expected: &Value, found: &Value) -> Result<(), Difference> {
    match (expected, found) {
        (Value::Array(must), Value::Array(is)) => {
            for (index, (must, is)) in must.iter().zip(is).enumerate() {
                compare(&format!("{path}/{index}"), must, is)?;
            }
            let lengths = |count: usize| format!("{count} items");
            if must.len() == is.len() {
                Ok(())
            } else {
                Err(Difference::new(path, lengths(must.len()), lengths(is.len())))
            }
        }
        (Value::Object(must), Value::Object(is)) => must
            .iter()
            .try_for_each(|(key, must)| compare(&format!("{path}/{key}"), must, is.get(key).unwrap_or(&Value::Null))),
        _ if expected == found => Ok(()),
        _ => Err(Difference::new(path, expected.to_string(), found.to_string())),
    }
}
