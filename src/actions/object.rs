//! Objecting to a name in a public notice. While the notice runs, what it lacks is asked for first, a real name like
//! everything else; whoever then hands the objection in as it is, is heard: it is recorded as not accepted, as one that
//! is late is, and never discarded. What is complete is taken up.

use super::accounts::clean_email_if_any;
use super::confirm_objector;
use super::post::Reader;
use super::sealed::{Identity, seal_identity};
use super::{Record, Tx, room, throttle};
use crate::db;
use crate::db::Json;
use crate::db::accounts::email_key;
use crate::db::objections::{Evidence, Objection};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, EvidenceId, NoticeId, ObjectionId};
use crate::domain::language::Language;
use crate::domain::notice::{Acceptance, ObjectionFacts, Period, Shortcoming, acceptance, is_real_name};
use crate::domain::plain_text;
use crate::domain::procedure::State;
use crate::domain::scope::Scope;
use crate::domain::status::{ObjectionStatus, ObjectorKind};
use crate::error::Error;
use crate::storage::{FileType, Stored};
use crate::words::DEFAULT_LANGUAGE;
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Characters of a real name.
pub const NAME_LENGTH: usize = 80;
/// Characters of a telephone number.
pub const PHONE_LENGTH: usize = 40;
/// Characters of the matter.
pub const MATTER_LENGTH: usize = 4_000;
/// Pieces of evidence of one objection.
pub const EVIDENCE_COUNT: usize = 10;
/// Bytes of one piece.
pub const EVIDENCE_BYTES: u64 = 20 << 20;
/// What evidence may be.
pub const EVIDENCE_TYPES: &[FileType] = &[FileType::Pdf, FileType::Png, FileType::Jpg, FileType::Docx];

/// An objection as it was sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewObjection {
    /// Against which application of the notice.
    pub application: ApplicationId,
    /// A person or a unit.
    pub kind: ObjectorKind,
    /// Real name, at most 80 characters.
    #[serde(default)]
    pub name: String,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
    /// Address for mail.
    #[serde(default)]
    pub email: String,
    /// What is objected, at most 4000 characters.
    #[serde(default)]
    pub matter: String,
}

/// A document that came along, already in the object store.
#[derive(Debug, Clone)]
pub struct Enclosure {
    /// Name of the file, cleaned.
    pub name: String,
    /// What was stored.
    pub stored: Stored,
}

/// What the objector is told.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// The objection's number.
    pub number: String,
    /// Received, or not accepted.
    pub status: ObjectionStatus,
    /// What it lacks, as codes.
    pub shortcomings: Vec<String>,
}

/// What an objection lacks, each on its field and all at once.
pub fn lacking(name: &str, has_contact: bool, matter: &str, evidence_count: usize) -> Vec<Problem> {
    let found = [
        (!is_real_name(name), "name", "objection_name_missing"),
        (!has_contact, "phone", "objection_contact_missing"),
        (matter.is_empty(), "matter", "objection_matter_missing"),
        (evidence_count == 0, "evidence", "objection_evidence_missing"),
    ];
    found.into_iter().filter(|(lacks, ..)| *lacks).map(|(_, path, code)| Problem::new(path, code)).collect()
}

/// What is said of more documents than [`EVIDENCE_COUNT`], with how many there may be.
pub fn too_much_evidence() -> Error {
    Error::Invalid(vec![Problem::new("evidence", "evidence_too_many").with("limit", EVIDENCE_COUNT)])
}

/// Whether an error says nothing but what an objection lacks: then it may be handed in as it is.
pub fn is_lacking(error: &Error) -> bool {
    let lacks = lacking("", false, "", 0);
    let is_one = |problem: &Problem| lacks.iter().any(|lack| lack.code == problem.code);
    matches!(error, Error::Invalid(problems) if problems.iter().all(is_one))
}

/// What was typed into an objection, cleaned.
struct Said {
    name: String,
    phone: String,
    email: String,
    matter: String,
}

impl Said {
    /// Reads what was typed; what is wrong with it goes to `problems`.
    fn of(name: &str, phone: &str, email: &str, matter: &str, problems: &mut Vec<Problem>) -> Said {
        Said {
            name: plain_text::line("name", name, NAME_LENGTH, problems),
            phone: plain_text::line("phone", phone, PHONE_LENGTH, problems),
            email: clean_email_if_any("email", email, problems),
            matter: plain_text::lines("matter", matter, MATTER_LENGTH, problems),
        }
    }
}

/// What is wrong with what was typed into an objection that cannot be recorded yet, and, unless it is to be recorded
/// `as_it_is` or comes too late to be completed, what it lacks with so many documents: all at once.
///
/// # Errors
/// That of the reading; not found for a notice that is none.
pub fn wrong_or_lacking(
    tx: &mut Tx<'_>,
    notice: NoticeId,
    typed: [&str; 4],
    evidence_count: usize,
    as_it_is: bool,
) -> Result<Vec<Problem>, Error> {
    let [name, phone, email, matter] = typed;
    let mut problems = Vec::new();
    let said = Said::of(name, phone, email, matter, &mut problems);
    let notice = db::notices::find(tx.db, notice)?;
    let period = Period { first: notice.starts_on, last: notice.ends_on };
    if !as_it_is && !period.is_over(tx.now) {
        let has_contact = !said.phone.is_empty() || !said.email.is_empty();
        let lacks = lacking(&said.name, has_contact, &said.matter, evidence_count);
        // Of a field that is wrong one thing is said.
        let wrong: Vec<String> = problems.iter().map(|problem| problem.path.clone()).collect();
        problems.extend(lacks.into_iter().filter(|lack| !wrong.contains(&lack.path)));
    }
    Ok(problems)
}

/// Records an objection.
///
/// # Errors
/// Field problems of lengths and of the address, and while the notice runs of everything that it lacks; not found for a
/// name that the notice does not hold.
pub fn object(
    tx: &mut Tx<'_>,
    actor: &Actor,
    notice: NoticeId,
    input: &NewObjection,
    enclosures: &[Enclosure],
) -> Result<Receipt, Error> {
    take_in(tx, actor, notice, input, enclosures, false)
}

/// Records an objection as it is, whatever it lacks: if it lacks anything, it is not accepted.
///
/// # Errors
/// Field problems of lengths and of the address; not found for a name that the notice does not hold.
pub fn object_as_it_is(
    tx: &mut Tx<'_>,
    actor: &Actor,
    notice: NoticeId,
    input: &NewObjection,
    enclosures: &[Enclosure],
) -> Result<Receipt, Error> {
    take_in(tx, actor, notice, input, enclosures, true)
}

/// Whether what an objection lacks is its time: nothing that is added mends that.
fn is_late(shortcomings: &[String]) -> bool {
    shortcomings.iter().any(|code| code == Shortcoming::Late.as_text())
}

impl Receipt {
    /// Whether it came too late: then it is no use to complete it and to raise it again.
    pub fn is_late(&self) -> bool {
        is_late(&self.shortcomings)
    }
}

fn take_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    notice: NoticeId,
    input: &NewObjection,
    enclosures: &[Enclosure],
    as_it_is: bool,
) -> Result<Receipt, Error> {
    let mut problems = Vec::new();
    let Said { name, phone, email, matter } =
        Said::of(&input.name, &input.phone, &input.email, &input.matter, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let notice = db::notices::find(tx.db, notice)?;
    if !db::notices::names(tx.db, notice.id, input.application)? {
        return Err(Error::NotFound);
    }
    // Held as publishing holds it: either this objection is there when the list is published, or it finds its entry published.
    let application = db::applications::find_to_change(tx.db, &Scope::everything(), input.application)?;
    let facts = ObjectionFacts {
        published: application.state == State::Recognised,
        named: is_real_name(&name),
        contact: !phone.is_empty() || !email.is_empty(),
        matter: !matter.is_empty(),
        evidence_count: enclosures.len(),
        received_at: tx.now,
    };
    let period = Period { first: notice.starts_on, last: notice.ends_on };
    let lacks = lacking(&name, facts.contact, &matter, facts.evidence_count);
    // What it lacks can still be added, a real name in the place of one that is none too. Whoever has been told what is
    // missing has said so, and whoever is late cannot mend it: both are recorded.
    if !lacks.is_empty() && !as_it_is && !facts.published && !period.is_over(facts.received_at) {
        return Err(Error::Invalid(lacks));
    }
    let shortcomings: Vec<String> = match acceptance(&facts, &period) {
        Acceptance::Accepted => Vec::new(),
        Acceptance::NotAccepted(found) => found.iter().map(|s| s.as_text().to_string()).collect(),
    };
    let year = local_date(tx.now).year();
    let sequence = db::counters::next(tx.db, &format!("objection-{year}"))?;
    let status = if shortcomings.is_empty() { ObjectionStatus::Received } else { ObjectionStatus::NotAccepted };
    let objection = Objection {
        id: ObjectionId::new(&*tx.env.ids),
        number: tx.env.words.say_with(
            DEFAULT_LANGUAGE,
            "objection-number-form",
            [("year", year.to_string()), ("sequence", sequence.to_string())],
        ),
        notice_id: notice.id,
        application_id: input.application,
        matter,
        received_at: tx.now,
        status,
        shortcomings: Json(shortcomings.clone()),
        proposed_outcome: None,
        proposed_reason: None,
        proposed_by: None,
        decided_by: None,
        decided_at: None,
        version: 1,
    };
    let language = Language::of_tag(&actor.language);
    let identity = Identity { kind: input.kind, name, phone, email: email.clone(), language };
    let identity = seal_identity(tx, objection.id, identity)?;
    let evidence: Vec<Evidence> = enclosures
        .iter()
        .map(|enclosure| Evidence {
            id: EvidenceId::new(&*tx.env.ids),
            objection_id: objection.id,
            name: enclosure.name.clone(),
            sha256: enclosure.stored.sha256.to_string(),
            bytes: i64::try_from(enclosure.stored.bytes).unwrap_or(i64::MAX),
            file_type: enclosure.stored.file_type.code().into(),
        })
        .collect();
    // Before the rows that name it are there.
    room::name_evidence(tx, enclosures)?;
    db::objections::create(tx.db, &objection, &identity, &evidence)?;
    tx.vouch_for_new("objections", objection.id.as_text())?;
    for document in &evidence {
        tx.vouch_for_new("objection_evidence", document.id.as_text())?;
    }
    // The record never names the one who objects, whether signed in or not.
    tx.record(
        &Actor::public(&actor.language),
        Record {
            subject_kind: "objection",
            subject_id: objection.id.as_text(),
            action: if shortcomings.is_empty() { "objection.received" } else { "objection.not_accepted" },
            to: Some(status.as_text()),
            detail: serde_json::json!({
                "notice": notice.id,
                "application": input.application,
                "number": objection.number,
                "evidence": evidence.iter().map(|e| &e.sha256).collect::<Vec<_>>(),
                "shortcomings": shortcomings,
            }),
            ..Record::default()
        },
    )?;
    // Whoever typed the address need not be the one who reads there: what is written before it is confirmed says
    // nothing that was typed, and is written a few times in an hour at most. It comes later then, for without its link
    // the address is never confirmed. The objection counts all the same.
    let leaves_at = match email.is_empty() {
        true => None,
        false => throttle::letter_leaves_at(tx, &format!("objector {}", email_key(&email)))?,
    };
    if let Some(leaves_at) = leaves_at {
        let lacking: Vec<String> =
            shortcomings.iter().map(|s| tx.env.words.say(&actor.language, &format!("shortcoming-{s}"))).collect();
        let (lacking, confirm) = (
            lacking.join(Language::of_tag(&actor.language).punctuation().semicolon),
            confirm_objector::link(tx.env, objection.id),
        );
        let reader = Reader { account: None, address: &email, language: &actor.language };
        let template = if shortcomings.is_empty() { "objection-received" } else { "objection-incomplete" };
        let args = [
            ("number", objection.number.as_str()),
            ("notice", notice.title.as_str()),
            ("lacking", lacking.as_str()),
            ("confirm", confirm.as_str()),
            ("late", if is_late(&shortcomings) { "yes" } else { "no" }),
        ];
        tx.post_sealed_at(reader, template, &format!("/notices/{}", notice.id), &args, leaves_at)?;
    }
    if shortcomings.is_empty() {
        let args = [("number", objection.number.as_str()), ("notice", notice.title.as_str())];
        tx.post_to_role(Role::Handler, "objection-to-handle", &format!("/objections/{}", objection.id), &args)?;
    }
    Ok(Receipt { number: objection.number, status, shortcomings })
}
