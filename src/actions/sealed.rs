//! What is sealed at rest: encrypted by a key that the database does not hold, each bound to its row.
//!
//! - who objected, and the letters to them in the outbox;
//! - the contact person of an organisation and their telephone;
//! - the answers of an application, as a draft and as they were filed: they name contact persons and legal representatives. The hash
//!   of what was filed is over the content before it was sealed;
//! - what is said of an expert's tie, which names relatives, and what people write of themselves when they ask to join an
//!   organisation;
//! - answers that are kept so that a request is carried out once: they repeat whatever it was about.
//!
//! The seed of a second factor is sealed by [`super::second_factor`]. Names and addresses of accounts and experts stand in the
//! clear, because people are found by them and sign in with them. So do reasons and opinions, which the record repeats, and the members of a consortium: they are units, whose names and
//! credit codes are public, and no person is asked of them.

use super::{Env, Tx};
use crate::db::expert_ties::ExpertTie;
use crate::db::join_requests::JoinRequest;
use crate::db::mails::Mail;
use crate::db::objections::SealedIdentity;
use crate::db::organisations::Organisation;
use crate::db::submissions::Submission;
use crate::db::{self, Sealed};
use crate::domain::form::RawForm;
use crate::domain::ids::{ApplicationId, ExpertTieId, JoinRequestId, ObjectionId, OrganisationId};
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::status::ObjectorKind;
use crate::error::Error;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The purposes that the keys are derived for.
const IDENTITY: &str = "objector";
const MAIL: &str = "mail to an objector";
const CONTACT: &str = "contact of an organisation";
const TIE: &str = "what is said of a tie";
const JOINING: &str = "what is said to join";
const ANSWER: &str = "kept answer";
const FORM: &str = "answers of an application";
const FILED: &str = "what was filed";

/// Forms and submissions that are sealed in one transaction at a start, when the version before kept them in the clear: some 20 kB each.
const ROWS_AT_ONCE: i64 = 200;

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

/// Seals a text of one row, which has its place by its id. What is empty says nothing, and stays so.
fn seal_text(tx: &Tx<'_>, purpose: &str, id: &str, plain: &str) -> Result<String, Error> {
    if plain.is_empty() { Ok(String::new()) } else { seal(tx, purpose, id, plain.as_bytes()) }
}

/// Such a text; none when it was altered, put in another's place, or sealed by another key. What stands in the clear was written by
/// a process of the version before, since the last start.
fn open_text(env: &Env, purpose: &str, id: &str, kept: &str) -> Option<String> {
    if !crate::keys::is_sealed(kept) {
        return Some(kept.to_string());
    }
    String::from_utf8(env.keys.unseal(purpose, id, kept)?).ok()
}

/// Seals what is said of a tie.
///
/// # Errors
/// No random numbers.
pub(super) fn seal_tie(tx: &Tx<'_>, id: ExpertTieId, note: &str) -> Result<String, Error> {
    seal_text(tx, TIE, id.as_text(), note)
}

/// What is said of a tie, for the checks of what is stored; none when it does not open.
pub(crate) fn stored_tie(env: &Env, id: &str, kept: &str) -> Option<String> {
    open_text(env, TIE, id, kept)
}

/// The tie with what is said of it in the clear, for whoever may read it.
///
/// # Errors
/// The seal does not open.
pub fn open_tie(env: &Env, tie: ExpertTie) -> Result<ExpertTie, Error> {
    let note = stored_tie(env, tie.id.as_text(), &tie.note);
    let note = note.ok_or_else(|| anyhow::anyhow!("tie {}: the seal of its note does not open", tie.id))?;
    Ok(ExpertTie { note, ..tie })
}

/// Seals what somebody says who asks to join.
///
/// # Errors
/// No random numbers.
pub(super) fn seal_joining(tx: &Tx<'_>, id: JoinRequestId, message: &str) -> Result<String, Error> {
    seal_text(tx, JOINING, id.as_text(), message)
}

/// What somebody says who asks to join, for the checks of what is stored; none when it does not open.
pub(crate) fn stored_joining(env: &Env, id: &str, kept: &str) -> Option<String> {
    open_text(env, JOINING, id, kept)
}

/// The request with its message in the clear, for whoever may read it.
///
/// # Errors
/// The seal does not open.
pub fn open_joining(env: &Env, request: JoinRequest) -> Result<JoinRequest, Error> {
    let message = stored_joining(env, request.id.as_text(), &request.message);
    let message =
        message.ok_or_else(|| anyhow::anyhow!("request {}: the seal of its message does not open", request.id))?;
    Ok(JoinRequest { message, ..request })
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

/// What a column holds for this place, sealed or as the version before kept it; none when the seal does not open, or what is in it is
/// nothing such.
fn content_of<T: DeserializeOwned>(env: &Env, purpose: &str, place: &str, kept: &Sealed) -> Option<T> {
    match kept.sealed() {
        Some(sealed) => serde_json::from_slice(&env.keys.unseal(purpose, place, sealed)?).ok(),
        None => serde_json::from_str(kept.column()).ok(),
    }
}

/// Where a submission has its place: it is that one of that application.
fn place_of_filed(application: &str, number: i32) -> String {
    format!("{application}/{number}")
}

/// Seals the content of a column. A form is saved many thousand times: its nonce follows from the key, the place and the content, so that
/// no two contents ever share one, whatever the random numbers are worth on a machine that was copied.
fn sealed_content(env: &Env, purpose: &str, place: &str, plain: &[u8]) -> Result<Sealed, Error> {
    let nonce = env.keys.mac(&format!("nonce {purpose}"), &[place.as_bytes(), &[0], plain].concat());
    let sealed = env.keys.seal(purpose, place, plain, &nonce);
    Ok(Sealed::holding(&sealed.ok_or_else(|| anyhow::anyhow!("{purpose}: cannot be sealed"))?))
}

/// Seals the answers of an application.
///
/// # Errors
/// None with sound keys.
pub fn seal_form(env: &Env, id: ApplicationId, form: &RawForm) -> Result<Sealed, Error> {
    let plain = serde_json::to_vec(form).map_err(anyhow::Error::from)?;
    sealed_content(env, FORM, id.as_text(), &plain)
}

/// The answers of an application, for whoever may read them: as they were typed.
///
/// # Errors
/// The seal does not open: the row was altered or moved, or the key is another one.
pub fn open_form(env: &Env, id: ApplicationId, kept: &Sealed) -> Result<RawForm, Error> {
    let form = content_of(env, FORM, id.as_text(), kept);
    Ok(form.ok_or_else(|| anyhow::anyhow!("application {id}: the seal of its form does not open"))?)
}

/// The same as JSON, for the checks of what is stored; none when it does not open.
pub(crate) fn stored_form(env: &Env, application: &str, kept: &Sealed) -> Option<serde_json::Value> {
    content_of(env, FORM, application, kept)
}

/// Seals what is filed: the submission of this number of the application.
///
/// # Errors
/// None with sound keys.
pub fn seal_filed(
    env: &Env,
    application: ApplicationId,
    number: i32,
    content: &serde_json::Value,
) -> Result<Sealed, Error> {
    let plain = serde_json::to_vec(content).map_err(anyhow::Error::from)?;
    sealed_content(env, FILED, &place_of_filed(application.as_text(), number), &plain)
}

/// What was filed, for whoever may read it: what the hash of the submission is over.
///
/// # Errors
/// The seal does not open: the row was altered or moved, or the key is another one.
pub fn open_filed(env: &Env, filed: &Submission) -> Result<serde_json::Value, Error> {
    let content = stored_filed(env, filed.application_id.as_text(), filed.number, &filed.content);
    Ok(content.ok_or_else(|| anyhow::anyhow!("submission {}: its seal does not open", filed.id))?)
}

/// The same for the checks of what is stored; none when it does not open.
pub(crate) fn stored_filed(env: &Env, application: &str, number: i32, kept: &Sealed) -> Option<serde_json::Value> {
    content_of(env, FILED, &place_of_filed(application, number), kept)
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
    for (id, note) in db::expert_ties::notes_in_the_clear(tx.db)? {
        let sealed = seal_tie(tx, id, &note)?;
        db::expert_ties::keep_sealed_note(tx.db, id, &sealed)?;
        count += 1;
    }
    for (id, message) in db::join_requests::messages_in_the_clear(tx.db)? {
        let sealed = seal_joining(tx, id, &message)?;
        db::join_requests::keep_sealed_message(tx.db, id, &sealed)?;
        count += 1;
    }
    for mail in db::mails::not_sealed(tx.db, LETTERS)? {
        let sealed = seal_mail(tx, mail)?;
        db::mails::keep_sealed(tx.db, &sealed)?;
        count += 1;
    }
    Ok(count)
}

/// Whether a start has found before that no form and no submission stands in the clear.
///
/// # Errors
/// The database is away.
pub fn are_forms_sealed(tx: &mut Tx<'_>) -> Result<bool, Error> {
    Ok(db::counters::current(tx.db, db::counters::FORMS_SEALED)? > 0)
}

/// Notes that none stands in the clear any more.
///
/// # Errors
/// The database is away.
pub fn note_forms_sealed(tx: &mut Tx<'_>) -> Result<(), Error> {
    db::counters::next(tx.db, db::counters::FORMS_SEALED)?;
    Ok(())
}

/// Seals some forms of applications after one that the version before kept in the clear, as their text stands there: nothing else of a
/// row changes, and what was changed meanwhile is sealed already. The last one that was looked at; none when there are no more.
///
/// # Errors
/// The database is away.
pub fn seal_forms_after(tx: &mut Tx<'_>, after: &str) -> Result<Option<String>, Error> {
    let rows = db::applications::forms_in_the_clear(tx.db, after, ROWS_AT_ONCE)?;
    for (id, version, form) in &rows {
        let form = sealed_content(tx.env, FORM, id, form.column().as_bytes())?;
        db::applications::keep_sealed_form(tx.db, id, *version, &form)?;
    }
    Ok(rows.into_iter().next_back().map(|(id, ..)| id))
}

/// The same for what was filed.
///
/// # Errors
/// The database is away.
pub fn seal_filed_after(tx: &mut Tx<'_>, after: &str) -> Result<Option<String>, Error> {
    let rows = db::submissions::in_the_clear(tx.db, after, ROWS_AT_ONCE)?;
    for (id, application, number, content) in &rows {
        let place = place_of_filed(application, *number);
        let content = sealed_content(tx.env, FILED, &place, content.column().as_bytes())?;
        db::submissions::keep_sealed(tx.db, id, &content)?;
    }
    Ok(rows.into_iter().next_back().map(|(id, ..)| id))
}
