//! Who objected, sealed at rest: encrypted by a key that the database does not hold, each bound to its row. The letters to an objector are
//! sealed in the outbox for the same reason.

use super::{Env, Tx};
use crate::db;
use crate::db::mails::Mail;
use crate::db::objections::SealedIdentity;
use crate::domain::ids::ObjectionId;
use crate::domain::status::ObjectorKind;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// The purposes that the keys are derived for.
const IDENTITY: &str = "objector";
const MAIL: &str = "mail to an objector";

/// The letters that go to objectors.
const LETTERS: &[&str] = &[
    "objection-received",
    "objection-incomplete",
    "objection-accepted",
    "objection-declined",
    "objection-upheld",
    "objection-dismissed",
];

/// Who objected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// A person or a unit.
    pub kind: ObjectorKind,
    /// Real name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// Address for mail.
    pub email: String,
}

/// What is encrypted.
#[derive(Serialize, Deserialize)]
struct Contents {
    name: String,
    phone: String,
    email: String,
}

fn seal(tx: &Tx<'_>, purpose: &str, place: &str, plain: &[u8]) -> Result<String, Error> {
    let random = tx.env.random.secret()?;
    let sealed = tx.env.keys.seal(purpose, place, plain, &random);
    Ok(sealed.ok_or_else(|| anyhow::anyhow!("{purpose}: cannot be sealed"))?)
}

/// The row that keeps an identity.
///
/// # Errors
/// No random numbers.
pub fn seal_identity(tx: &Tx<'_>, id: ObjectionId, identity: Identity) -> Result<SealedIdentity, Error> {
    let kind = identity.kind;
    let contents = Contents { name: identity.name, phone: identity.phone, email: identity.email };
    let plain = serde_json::to_vec(&contents).map_err(anyhow::Error::from)?;
    Ok(SealedIdentity {
        objection_id: id,
        kind,
        name: String::new(),
        phone: String::new(),
        email: String::new(),
        sealed: Some(seal(tx, IDENTITY, id.as_text(), &plain)?),
    })
}

/// Opens the row of an identity; none when it was altered, put in another's place, or sealed by another key.
pub(crate) fn open_identity(env: &Env, row: &SealedIdentity) -> Option<Identity> {
    let Some(sealed) = &row.sealed else {
        // Made by a process of the version before, since the last start.
        let (name, phone, email) = (row.name.clone(), row.phone.clone(), row.email.clone());
        return Some(Identity { kind: row.kind, name, phone, email });
    };
    let plain = env.keys.unseal(IDENTITY, row.objection_id.as_text(), sealed)?;
    let contents: Contents = serde_json::from_slice(&plain).ok()?;
    Some(Identity { kind: row.kind, name: contents.name, phone: contents.phone, email: contents.email })
}

/// Who made this objection. The caller records who asked and why, or writes to them.
pub(super) fn identity_of(tx: &mut Tx<'_>, id: ObjectionId) -> Result<Identity, Error> {
    let row = db::objections::identity_of(tx.db, id)?;
    Ok(open_identity(tx.env, &row).ok_or_else(|| anyhow::anyhow!("objection {id}: its seal does not open"))?)
}

/// Seals address and text of a letter.
///
/// # Errors
/// No random numbers.
pub(super) fn seal_mail(tx: &Tx<'_>, mail: Mail) -> Result<Mail, Error> {
    let place = |part: &str| format!("{}/{part}", mail.id);
    Ok(Mail {
        to_address: seal(tx, MAIL, &place("to"), mail.to_address.as_bytes())?,
        body: seal(tx, MAIL, &place("body"), mail.body.as_bytes())?,
        ..mail
    })
}

/// A letter as it is sent: what was sealed is open. None when a seal does not open.
pub fn open_mail(env: &Env, mail: Mail) -> Option<Mail> {
    if !is_sealed(&mail) {
        return Some(mail);
    }
    let open = |part: &str, sealed: &str| {
        let plain = env.keys.unseal(MAIL, &format!("{}/{part}", mail.id), sealed)?;
        String::from_utf8(plain).ok()
    };
    let (to_address, body) = (open("to", &mail.to_address)?, open("body", &mail.body)?);
    Some(Mail { to_address, body, ..mail })
}

/// Whether address and text of a letter are sealed; then no error may repeat them either.
pub fn is_sealed(mail: &Mail) -> bool {
    crate::keys::is_sealed(&mail.to_address)
}

/// Seals what was kept in the clear by the version before. How many rows.
///
/// # Errors
/// The database is away.
pub fn seal_what_is_not(tx: &mut Tx<'_>) -> Result<usize, Error> {
    let mut count = 0;
    for row in db::objections::unsealed(tx.db)? {
        if row.sealed.is_some() {
            // Somebody wrote beside the seal: what is sealed counts, and fsck says so.
            continue;
        }
        let (id, kind) = (row.objection_id, row.kind);
        let sealed = seal_identity(tx, id, Identity { kind, name: row.name, phone: row.phone, email: row.email })?;
        db::objections::keep_sealed(tx.db, id, sealed.sealed.as_deref().unwrap_or_default())?;
        count += 1;
    }
    for mail in db::mails::not_sealed(tx.db, LETTERS)? {
        let sealed = seal_mail(tx, mail)?;
        db::mails::keep_sealed(tx.db, &sealed)?;
        count += 1;
    }
    Ok(count)
}
