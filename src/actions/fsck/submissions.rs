//! What was filed is what was frozen, what the record says was filed, and what the documents still are.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::sealed::stored_filed;
use crate::actions::submit::ContentDocument;
use crate::db::invariants::{self, Frozen, Violation};
use crate::domain::chain::canonical;
use crate::error::Error;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The actions that freeze a submission; their events carry its number and its hash.
const FILED: [&str; 2] = ["application.submitted", "application.resubmitted"];

/// The hash on a receipt is that of the frozen submission and stands in the record; what it names is there.
pub(super) fn are_as_frozen(tx: &mut Tx<'_>) -> Checked {
    let mut filed = filed_by_the_record(tx)?;
    let mut found = Vec::new();
    for id in invariants::submission_ids(tx.db)? {
        let frozen = invariants::submission(tx.db, &id)?;
        let subject = format!("submission {id}");
        let content = stored_filed(tx.env, &frozen.application, frozen.number, &frozen.content);
        match &content {
            None => {
                let what = "its seal does not open: the row was altered or moved, or the key is another one";
                found.push(violation("filed_content_opens", subject.clone(), what));
            }
            Some(content) => {
                let again = canonical::to_bytes(content).map(|bytes| hex::encode(Sha256::digest(bytes)));
                if again.ok().as_deref() != Some(frozen.sha256.as_str()) {
                    found.push(violation("submission_is_as_frozen", subject.clone(), "its content was altered"));
                }
            }
        }
        let what = match filed.remove(&(frozen.application.clone(), i64::from(frozen.number))) {
            Some(recorded) if recorded == frozen.sha256 => None,
            Some(recorded) => Some(format!("its hash is {}, the record of its filing says {recorded}", frozen.sha256)),
            None => Some("the record knows of no such filing".to_string()),
        };
        found.extend(what.map(|what| violation("submission_is_as_recorded", subject.clone(), what)));
        if let Some(content) = content {
            found.extend(documents(tx, &subject, &frozen, &content)?);
        }
    }
    found.extend(filed.into_keys().map(|(application, number)| {
        let what = format!("the record says that submission {number} was filed; it is not there");
        violation("submission_is_as_recorded", format!("application {application}"), what)
    }));
    Ok(found)
}

/// What was filed according to the record: application and number to hash.
fn filed_by_the_record(tx: &mut Tx<'_>) -> Result<BTreeMap<(String, i64), String>, Error> {
    let mut filed = BTreeMap::new();
    for (application, detail) in invariants::recorded(tx.db, "application", &FILED)? {
        let number = detail.get("submission").and_then(Value::as_i64).unwrap_or_default();
        let sha256 = detail.get("sha256").and_then(Value::as_str).unwrap_or_default();
        filed.insert((application, number), sha256.to_string());
    }
    Ok(filed)
}

/// Each document that a submission names is one of its application, with the same content.
fn documents(tx: &mut Tx<'_>, subject: &str, frozen: &Frozen, content: &Value) -> Result<Vec<Violation>, Error> {
    const NAME: &str = "filed_document_is_there";
    let named = content.get("documents").cloned().unwrap_or_else(|| Value::Array(Vec::new()));
    let Ok(named) = serde_json::from_value::<Vec<ContentDocument>>(named) else {
        return Ok(vec![violation(NAME, subject, "its list of documents cannot be read")]);
    };
    let mut found = Vec::new();
    for document in named {
        let what = match invariants::document(tx.db, &frozen.application, document.id.as_text())? {
            Some((sha256, bytes)) if (sha256.as_str(), bytes) == (document.sha256.as_str(), document.bytes) => continue,
            Some((sha256, bytes)) => format!(
                "names document {} with hash {} and {} bytes; it has {sha256} and {bytes}",
                document.id, document.sha256, document.bytes
            ),
            None => format!("names document {}, which its application does not have", document.id),
        };
        found.push(violation(NAME, subject, what));
    }
    Ok(found)
}
