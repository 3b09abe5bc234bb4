//! Who objected is kept sealed, and each seal, also of contacts and forms, opens in its place; and what certificates carry proves them.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::sealed::{open_contact_part, open_identity, stored_form, stored_joining, stored_tie};
use crate::db::{expert_ties, invariants, join_requests, memberships, objections, organisations};
use crate::domain::published_list::SignedCertificate;

const NAME: &str = "objector_is_sealed";
/// Forms opened at a time.
const FORMS_AT_ONCE: i64 = 500;

/// No identity stands in the clear, and every seal is this service's own for this objection.
pub(super) fn identities_are_sealed(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    for row in objections::unsealed(tx.db)? {
        found.push(violation(NAME, format!("objection {}", row.objection_id), "who made it stands in the clear"));
    }
    for row in objections::identities(tx.db)? {
        if row.sealed.is_some() && open_identity(tx.env, &row).is_none() {
            let what = "its seal does not open: the row was altered or moved, or the key is another one";
            found.push(violation(NAME, format!("objection {}", row.objection_id), what));
        }
    }
    Ok(found)
}

/// Each sealed contact person is this service's own for this organisation.
pub(super) fn contacts_open(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    for (id, name, phone) in organisations::contacts(tx.db)? {
        let opens = |part: &str, kept: &str| open_contact_part(tx.env, &id, part, kept).is_some();
        if !opens("name", &name) || !opens("phone", &phone) {
            let what = "the seal of its contact does not open: the row was altered or moved, or the key is another one";
            found.push(violation("contact_opens", format!("organisation {id}"), what));
        }
    }
    Ok(found)
}

/// What is said of each tie, and by each who asks to join, is this service's own for this row.
pub(super) fn notes_open(tx: &mut Tx<'_>) -> Checked {
    let ties = expert_ties::notes(tx.db)?.into_iter().filter(|(id, kept)| stored_tie(tx.env, id, kept).is_none());
    let ties: Vec<String> = ties.map(|(id, _)| format!("expert tie {id}")).collect();
    let asked = join_requests::messages(tx.db)?.into_iter();
    let asked = asked.filter(|(id, kept)| stored_joining(tx.env, id, kept).is_none());
    let broken = ties.into_iter().chain(asked.map(|(id, _)| format!("request to join {id}")));
    let what = "the seal of what it says does not open: the row was altered or moved, or the key is another one";
    Ok(broken.map(|subject| violation("note_opens", subject, what)).collect())
}

/// The form of each application, draft or filed, is this service's own for this application.
pub(super) fn forms_open(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let forms = invariants::forms(tx.db, &after, FORMS_AT_ONCE)?;
        let Some((last, _)) = forms.last() else { break };
        after.clone_from(last);
        for (id, form) in forms {
            if stored_form(tx.env, &id, &form).is_none() {
                let what =
                    "the seal of its form does not open: the row was altered or moved, or the key is another one";
                found.push(violation("form_opens", format!("application {id}"), what));
            }
        }
    }
    Ok(found)
}

/// What a certificate carries is signed by a key of this service, for this certificate.
pub(super) fn certificates_prove_themselves(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "certificate_proves_itself";
    let mut found = Vec::new();
    for (number, seal) in memberships::certificate_seals(tx.db)? {
        let what = match SignedCertificate::parse(&seal) {
            Err(problem) => problem.to_string(),
            Ok(signed) if signed.claims.number != number => format!("carries the proof of {}", signed.claims.number),
            Ok(signed) => {
                let key = tx.env.keys.find(&signed.claims.key_id);
                let message = signed.claims.message().unwrap_or_default();
                if key.is_some_and(|key| key.verify(&message, &signed.signature)) {
                    continue;
                }
                "the signature that it carries does not fit".to_string()
            }
        };
        found.push(violation(NAME, format!("certificate {number}"), what));
    }
    Ok(found)
}
