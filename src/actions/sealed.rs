//! What is sealed at rest: encrypted by a key that the database does not hold, each bound to its row.
//!
//! - who objected, and the letters to them in the outbox;
//! - the contact person of an organisation and their telephone;
//! - answers that are kept so that a request is carried out once: they repeat whatever it was about.
//!
//! The seed of a second factor is sealed by [`super::second_factor`]. Names and addresses of accounts and experts stand in the
//! clear, because people are found by them and sign in with them; what was filed does, because its hash must be checked.

use super::{Env, Tx};
use crate::db;
use crate::db::mails::Mail;
use crate::db::objections::SealedIdentity;
use crate::db::organisations::Organisation;
use crate::domain::ids::{ObjectionId, OrganisationId};
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::status::ObjectorKind;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// The purposes that the keys are derived for.
const IDENTITY: &str = "objector";
const MAIL: &str = "mail to an objector";
const CONTACT: &str = "contact of an organisation";
const ANSWER: &str = "kept answer";

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
    /// The language in which they objected, and are written to.
    pub language: Language,
}

/// What is encrypted.
#[derive(Serialize, Deserialize)]
struct Contents {
    name: String,
    phone: String,
    email: String,
    /// Not there before there was more than one.
    #[serde(default)]
    language: Language,
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
    let Identity { name, phone, email, language, .. } = identity;
    let contents = Contents { name, phone, email, language };
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
        return Some(Identity { kind: row.kind, name, phone, email, language: Language::default() });
    };
    let plain = env.keys.unseal(IDENTITY, row.objection_id.as_text(), sealed)?;
    let Contents { name, phone, email, language } = serde_json::from_slice(&plain).ok()?;
    Some(Identity { kind: row.kind, name, phone, email, language })
}

/// Who made this objection. The caller records who asked and why, or writes to them.
pub(super) fn identity_of(tx: &mut Tx<'_>, id: ObjectionId) -> Result<Identity, Error> {
    let row = match db::objections::identity_of(tx.db, id) {
        // Its term was over.
        Err(diesel::result::Error::NotFound) => return Err(Refusal::conflict("objector_forgotten").into()),
        row => row?,
    };
    Ok(open_identity(tx.env, &row).ok_or_else(|| anyhow::anyhow!("objection {id}: its seal does not open"))?)
}

/// Seals the contact person and the telephone of an organisation.
///
/// # Errors
/// No random numbers.
pub(super) fn seal_contact(
    tx: &Tx<'_>,
    id: OrganisationId,
    name: &str,
    phone: &str,
) -> Result<(String, String), Error> {
    let sealed = |part: &str, plain: &str| seal(tx, CONTACT, &format!("{id}/{part}"), plain.as_bytes());
    Ok((sealed("name", name)?, sealed("phone", phone)?))
}

/// One part of a contact; none when it was altered, put in another's place, or sealed by another key. What stands in the clear
/// was written by a process of the version before, since the last start.
pub(crate) fn open_contact_part(env: &Env, id: &str, part: &str, kept: &str) -> Option<String> {
    if !crate::keys::is_sealed(kept) {
        return Some(kept.to_string());
    }
    String::from_utf8(env.keys.unseal(CONTACT, &format!("{id}/{part}"), kept)?).ok()
}

/// The organisation with its contact person in the clear, for whoever may read it.
///
/// # Errors
/// A seal does not open.
pub fn open_contact(env: &Env, organisation: Organisation) -> Result<Organisation, Error> {
    let part = |part: &str, kept: &str| {
        let open = open_contact_part(env, organisation.id.as_text(), part, kept);
        open.ok_or_else(|| anyhow::anyhow!("organisation {}: the seal of its contact does not open", organisation.id))
    };
    let contact_name = part("name", &organisation.contact_name)?;
    let contact_phone = part("phone", &organisation.contact_phone)?;
    Ok(Organisation { contact_name, contact_phone, ..organisation })
}

/// Seals an answer that is kept under the key of its request.
///
/// # Errors
/// No random numbers.
pub(super) fn seal_answer(tx: &Tx<'_>, owner: &str, key: &str, body: &str) -> Result<String, Error> {
    seal(tx, ANSWER, &format!("{owner}/{key}"), body.as_bytes())
}

/// Opens such an answer; one in the clear was kept by the version before.
///
/// # Errors
/// The seal does not open.
pub(super) fn open_answer(env: &Env, owner: &str, key: &str, kept: String) -> Result<String, Error> {
    if !crate::keys::is_sealed(&kept) {
        return Ok(kept);
    }
    let plain =
        env.keys.unseal(ANSWER, &format!("{owner}/{key}"), &kept).and_then(|plain| String::from_utf8(plain).ok());
    Ok(plain.ok_or_else(|| anyhow::anyhow!("the seal of a kept answer does not open"))?)
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
        let language = Language::default();
        let identity = Identity { kind, name: row.name, phone: row.phone, email: row.email, language };
        let sealed = seal_identity(tx, id, identity)?;
        db::objections::keep_sealed(tx.db, id, sealed.sealed.as_deref().unwrap_or_default())?;
        count += 1;
    }
    for (id, name, phone) in db::organisations::contacts_in_the_clear(tx.db)? {
        let (sealed_name, sealed_phone) = seal_contact(tx, id, &name, &phone)?;
        db::organisations::keep_sealed_contact(tx.db, id, &sealed_name, &sealed_phone)?;
        count += 1;
    }
    for mail in db::mails::not_sealed(tx.db, LETTERS)? {
        let sealed = seal_mail(tx, mail)?;
        db::mails::keep_sealed(tx.db, &sealed)?;
        count += 1;
    }
    Ok(count)
}
