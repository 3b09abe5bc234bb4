//! What is held about an organisation and its people, for its administrator to see and to carry away (个人信息保护法, article 45).
//!
//! It is what the organisation may see on its own pages, by the same policy: reasons that were told to it, roles and never officers or
//! experts, no score, nothing that bureau and department keep between them. Objections that it made are not among it: whoever objects
//! needs no account, and none is kept beside the sealed name.

mod gather;

use super::membership::view::{MembershipStep, WaitingProposal};
use super::organisations::open;
use super::sealed::open_joining;
use super::{Record, Tx};
use crate::db;
use crate::db::applications::Member;
use crate::db::corrections::Mark;
use crate::db::events::StoredEvent;
use crate::domain::actor::{Actor, Role};
use crate::domain::form::RawForm;
use crate::domain::ids::{
    AccountId, ApplicationId, AttachmentId, CallId, MailId, MembershipId, OrganisationId, QuestionId,
};
use crate::domain::mask;
use crate::domain::status::{CorrectionStation, JoinStatus};
use crate::error::Error;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// Says that a document is what is held about an organisation, and the version of its form.
pub const HELD_FORMAT: &str = "yuanchi held data 2";

/// What is held about an organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldData {
    /// [`HELD_FORMAT`].
    pub format: &'static str,
    /// When it was put together.
    pub made_at: DateTime<Utc>,
    /// The organisation.
    pub organisation: HeldOrganisation,
    /// Its people.
    pub people: Vec<HeldPerson>,
    /// Those who asked to join it.
    pub join_requests: Vec<HeldJoinRequest>,
    /// Its licence image, if one was asked for.
    pub licence: Option<HeldFile>,
    /// Its applications, drafts too.
    pub applications: Vec<HeldApplication>,
    /// What it was recognised for.
    pub memberships: Vec<HeldMembership>,
    /// What its people asked about calls, whoever of them.
    pub questions: Vec<HeldQuestion>,
    /// Letters to its people about it, until their term is over.
    pub letters: Vec<HeldLetter>,
    /// What was done with its entry here.
    pub record: Vec<HeldEvent>,
}

/// The organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldOrganisation {
    /// Id.
    pub id: OrganisationId,
    /// 统一社会信用代码.
    pub credit_code: String,
    /// Name.
    pub name: String,
    /// Area of registration.
    pub registered_area: Option<String>,
    /// City it mainly serves.
    pub main_service_city: Option<String>,
    /// Day it was established.
    pub established_on: Option<NaiveDate>,
    /// Address.
    pub address: String,
    /// Contact person; sealed in the database.
    pub contact_name: String,
    /// Contact telephone; sealed in the database.
    pub contact_phone: String,
    /// Registered here.
    pub created_at: DateTime<Utc>,
}

/// Somebody who works for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldPerson {
    /// Their account.
    pub account_id: AccountId,
    /// Name.
    pub name: String,
    /// Address for mail.
    pub email: String,
    /// Their role.
    pub role: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Last day of the role.
    pub ends_on: Option<NaiveDate>,
}

/// Somebody who asked to join it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldJoinRequest {
    /// Name.
    pub name: String,
    /// Address for mail; masked once the request was answered: whoever works here stands among the people, and where
    /// anybody else is written to by now is nothing of this organisation's.
    pub email: String,
    /// What they said of themselves; taken away in time once it was answered.
    pub message: String,
    /// What became of it.
    pub status: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A file that is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldFile {
    /// Its name.
    pub name: String,
    /// SHA-256 of its content.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: i64,
    /// When it came.
    pub uploaded_at: DateTime<Utc>,
}

/// A document of an application.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldDocument {
    /// Id: it is downloaded at `/documents/{id}`.
    pub id: AttachmentId,
    /// Key of its kind.
    pub kind: String,
    /// The file.
    pub file: HeldFile,
}

/// What was filed.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldSubmission {
    /// Which one, from 1.
    pub number: i32,
    /// When.
    pub submitted_at: DateTime<Utc>,
    /// SHA-256 over the canonical text of the content.
    pub sha256: String,
    /// What was filed.
    pub content: serde_json::Value,
}

/// A correction that was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldCorrection {
    /// By which station.
    pub station: CorrectionStation,
    /// What was to be mended, and why.
    pub marks: Vec<Mark>,
    /// A word to the applicant.
    pub note: String,
    /// Asked.
    pub requested_at: DateTime<Utc>,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// Submitted again.
    pub answered_at: Option<DateTime<Utc>>,
}

/// An adverse decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldRuling {
    /// Why.
    pub reason: String,
    /// The policy that it rests on.
    pub basis: String,
    /// Who decided: the bureau or the department.
    pub station: String,
    /// On which day.
    pub date: String,
}

/// An application.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldApplication {
    /// Id.
    pub id: ApplicationId,
    /// Its number, once it was submitted.
    pub number: Option<String>,
    /// Of which call.
    pub call: CallId,
    /// The bureau that recommends it.
    pub bureau: Option<String>,
    /// Its state.
    pub state: String,
    /// What was typed.
    #[schema(value_type = Object)]
    pub form: RawForm,
    /// Consortium members beside the lead, as they were typed.
    pub members: Vec<Member>,
    /// Its documents.
    pub documents: Vec<HeldDocument>,
    /// What was filed.
    pub submissions: Vec<HeldSubmission>,
    /// What was to be mended.
    pub corrections: Vec<HeldCorrection>,
    /// The adverse decision that ended it.
    pub ruling: Option<HeldRuling>,
    /// What was done with it, as its page tells.
    pub record: Vec<HeldEvent>,
    /// Begun.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

/// What it was recognised for.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldMembership {
    /// Id.
    pub id: MembershipId,
    /// In which category.
    pub category: String,
    /// The application that it rests on.
    pub application: ApplicationId,
    /// Number of the certificate.
    pub certificate_number: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
    /// What the acts made of it.
    pub standing: String,
    /// The last day to mend what a warning is about.
    pub mend_by: Option<NaiveDate>,
    /// The last day of the bar that was laid last.
    pub barred_until: Option<NaiveDate>,
    /// A withdrawal that it asked for and that waits.
    pub waiting: Option<WaitingProposal>,
    /// What was done with it and why, oldest first.
    pub history: Vec<MembershipStep>,
}

/// A question about a call; who of its people asked it is theirs.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldQuestion {
    /// Id.
    pub id: QuestionId,
    /// About which call.
    pub call: CallId,
    /// What was asked.
    pub question: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// The answer.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
}

/// A letter to one of its people about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldLetter {
    /// Id.
    pub id: MailId,
    /// Whose account.
    pub to: AccountId,
    /// What kind of letter.
    pub kind: String,
    /// The application that it tells of.
    pub application: Option<ApplicationId>,
    /// Subject.
    pub subject: String,
    /// Text.
    pub text: String,
    /// Written.
    pub written_at: DateTime<Utc>,
}

/// What was done, without who did it: that is about somebody else.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub action: String,
    /// In which role.
    pub role: String,
    /// The state before.
    pub from: Option<String>,
    /// The state after.
    pub to: Option<String>,
    /// The reason given.
    pub reason: Option<String>,
}

impl From<StoredEvent> for HeldEvent {
    fn from(event: StoredEvent) -> Self {
        HeldEvent {
            at: event.at.and_utc(),
            action: event.action,
            role: event.role,
            from: event.from_state,
            to: event.to_state,
            reason: event.reason,
        }
    }
}

/// Puts together what is held about an organisation, for its administrator; and records that it was carried away.
///
/// # Errors
/// Not found for anybody else.
pub fn export(tx: &mut Tx<'_>, actor: &Actor, id: OrganisationId) -> Result<HeldData, Error> {
    let held = held(tx, actor, id)?;
    let record = Record {
        subject_kind: "organisation",
        subject_id: id.as_text(),
        action: "organisation.data_exported",
        role: Role::VendorAdmin.as_text(),
        detail: serde_json::json!({ "applications": held.applications.len(), "people": held.people.len() }),
        ..Record::default()
    };
    tx.record(actor, record)?;
    Ok(held)
}

/// The same to look at: nothing is recorded, for it is about those who look.
///
/// # Errors
/// As [`export`].
pub fn held(tx: &mut Tx<'_>, actor: &Actor, id: OrganisationId) -> Result<HeldData, Error> {
    if !actor.administers(id) {
        return Err(Error::NotFound);
    }
    let organisation = open(tx, id)?;
    let people = db::accounts::members(tx.db, id, tx.now)?.into_iter().map(|member| HeldPerson {
        account_id: member.account,
        name: member.name,
        email: member.email,
        role: member.role.as_text().into(),
        since: member.since.and_utc(),
        ends_on: member.ends_on,
    });
    let mut join_requests = Vec::new();
    for (request, name, email) in db::join_requests::of_organisation(tx.db, id)? {
        let request = open_joining(tx.env, request)?;
        join_requests.push(HeldJoinRequest {
            name,
            email: if request.status == JoinStatus::Pending { email } else { mask::addresses(&email) },
            message: request.message,
            status: request.status.as_text().into(),
            created_at: request.created_at.and_utc(),
        });
    }
    let licence = db::code_overrides::find(tx.db, id)?.map(|licence| HeldFile {
        name: licence.licence_name,
        sha256: licence.licence_sha256,
        bytes: licence.licence_bytes,
        uploaded_at: licence.provided_at.and_utc(),
    });
    let record = db::events::of_subject(tx.db, "organisation", id.as_text())?.into_iter().map(HeldEvent::from);
    let applications = gather::applications(tx, actor, id)?;
    let people = people.collect();
    Ok(HeldData {
        format: HELD_FORMAT,
        made_at: tx.now.and_utc(),
        people,
        join_requests,
        licence,
        memberships: gather::memberships(tx, actor, id)?,
        questions: gather::questions(tx, id)?,
        letters: gather::letters(tx, id, &applications)?,
        record: record.collect(),
        applications,
        organisation: HeldOrganisation {
            id: organisation.id,
            credit_code: organisation.credit_code,
            name: organisation.name,
            registered_area: organisation.registered_area,
            main_service_city: organisation.main_service_city,
            established_on: organisation.established_on,
            address: organisation.address,
            contact_name: organisation.contact_name,
            contact_phone: organisation.contact_phone,
            created_at: organisation.created_at.and_utc(),
        },
    })
}
