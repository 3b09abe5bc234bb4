//! Documents in the store.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::db::objects;
use crate::storage::ObjectKey;
use std::collections::BTreeMap;

/// Every document that a row names is in store, whole and unaltered.
pub(super) fn are_there(tx: &mut Tx<'_>) -> Checked {
    let mut known: BTreeMap<String, Result<u64, String>> = BTreeMap::new();
    let mut found = Vec::new();
    for object in objects::named(tx.db)? {
        let verdict = known.entry(object.sha256.clone()).or_insert_with(|| {
            let key: ObjectKey = object.sha256.parse().map_err(|_| "its hash is none".to_string())?;
            tx.env.objects.verify(&key).map_err(|problem| format!("its document is not sound: {problem}"))
        });
        match verdict {
            Ok(bytes) if i64::try_from(*bytes) == Ok(object.bytes) => {}
            Ok(bytes) => {
                let what = format!("says {} bytes, the document has {bytes}", object.bytes);
                found.push(violation("document_is_there", object.named_by, what));
            }
            Err(what) => found.push(violation("document_is_there", object.named_by, what.clone())),
        }
    }
    Ok(found)
}
