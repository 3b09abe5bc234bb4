//! Filing an application, and filing it again after a correction.

use super::completeness::{completeness, problem};
use super::dossier::Dossier;
use super::marks::{Marks, name_of_mark, untouched};
use super::membership::must_not_be_barred;
use super::save::route_anew;
use super::sealed::{open_filed, seal_filed};
use super::{Env, Tx};
use crate::db;
use crate::db::applications::Member;
use crate::db::attachments::Attachment;
use crate::db::submissions::Submission;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::chain::canonical;
use crate::domain::form::{Problem, RawForm};
use crate::domain::ids::{ApplicationId, AttachmentId, CallId, SubmissionId};
use crate::domain::language::Language;
use crate::domain::procedure::{Action, State};
use crate::error::Error;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

/// A submission.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Submit {
    /// The version that the applicant looked at.
    pub version: i32,
    /// The applicant commits to the truth of what is filed (承诺).
    pub commitment: bool,
    /// After a correction: the applicant knows that something that was marked is still as it was.
    #[serde(default)]
    pub unchanged_confirmed: bool,
}

/// The frozen submission. Its canonical text (RFC 8785) is what the receipt's SHA-256 is over.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Content {
    /// The application's number.
    pub number: String,
    /// Which submission of it, from 1.
    pub submission: i32,
    /// When, RFC 3339 in UTC.
    pub submitted_at: String,
    /// The call and its pinned programme.
    pub call: ContentCall,
    /// The organisation as it was.
    pub organisation: ContentOrganisation,
    /// The form as it was typed.
    #[schema(value_type = Object)]
    pub form: RawForm,
    /// Consortium members beside the lead.
    pub members: Vec<Member>,
    /// The documents in the file.
    pub documents: Vec<ContentDocument>,
}

/// The call of a frozen submission.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ContentCall {
    /// Its id.
    pub id: CallId,
    /// Key of its programme.
    pub programme: String,
    /// SHA-256 of the pinned programme's canonical text.
    pub programme_digest: String,
}

/// The organisation of a frozen submission; nothing about a person.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ContentOrganisation {
    /// Name.
    pub name: String,
    /// 统一社会信用代码.
    pub credit_code: String,
    /// Area of registration.
    pub registered_area: Option<String>,
    /// City it mainly serves.
    pub main_service_city: Option<String>,
    /// Day it was established.
    pub established_on: Option<NaiveDate>,
    /// Address.
    pub address: String,
}

/// A document of a frozen submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContentDocument {
    /// Its id.
    pub id: AttachmentId,
    /// Key of its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// SHA-256 of its content.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: i64,
}

impl Content {
    /// The content of a stored submission, open; none when it is nothing such.
    ///
    /// # Errors
    /// Its seal does not open.
    pub fn of(env: &Env, submission: &Submission) -> Result<Option<Content>, Error> {
        Ok(serde_json::from_value(open_filed(env, submission)?).ok())
    }
}

/// Files the application: gives its number the first time, freezes what it holds, answers an open correction.
///
/// # Errors
/// Everything that is wrong or missing, at once; `commitment_needed`; `marks_unchanged` at `unchanged_confirmed`, for there is
/// one correction and no second; `organisation_barred`; those of the procedure.
pub fn submit(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId, input: &Submit) -> Result<Submission, Error> {
    let mut dossier = Dossier::load_to_change(tx, actor, id)?;
    dossier.acted_upon(tx, actor, input.version);
    // Where the organisation is registered may have been corrected since the draft was begun.
    let rerouted = route_anew(tx, &mut dossier)?;
    let again = dossier.application.submission_count > 0;
    let permission = dossier.permit(actor, if again { Action::Resubmit } else { Action::Submit })?;
    tx.must_be_current(input.version, dossier.application.version)?;
    must_not_be_barred(tx, dossier.organisation.id)?;
    let attachments = db::attachments::of_application(tx.db, id)?;
    let mut problems = completeness(tx, &dossier, &attachments, &actor.language)?.all();
    if !input.commitment {
        problems.push(problem("commitment", "commitment_needed", []));
    }
    let marks = Marks::of(tx, &dossier)?;
    if !input.unchanged_confirmed {
        problems.extend(unchanged(tx, actor, &dossier, &marks, &attachments)?);
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let number = match &dossier.application.number {
        Some(number) => number.clone(),
        None => next_number(tx, &dossier)?,
    };
    let submission = freeze(tx, actor, &dossier, &number, &attachments)?;
    let first = dossier.application.submitted_at.unwrap_or(tx.now);
    db::submissions::create(tx.db, &submission)?;
    db::applications::note_submission(tx.db, id, &number, submission.number, first)?;
    if again && let Some(correction) = marks.correction() {
        db::submissions::answer_correction(tx.db, id, correction.station, tx.now)?;
    }
    dossier.application.number = Some(number.clone());
    dossier.application.submission_count = submission.number;
    dossier.application.submitted_at = Some(first);
    let mut detail = serde_json::json!({
        "number": number, "submission": submission.number, "sha256": submission.sha256,
        "documents": attachments.len(),
    });
    if let Some(bureau) = rerouted {
        detail["bureau"] = bureau.into();
    }
    dossier.advance(tx, actor, permission, None, detail)?;
    tell(tx, &dossier, &submission, again)?;
    Ok(submission)
}

/// The problem of marked things that are still as they were, naming each.
fn unchanged(
    tx: &mut Tx<'_>,
    actor: &Actor,
    dossier: &Dossier,
    marks: &Marks,
    attachments: &[Attachment],
) -> Result<Option<Problem>, Error> {
    let untouched = untouched(tx, dossier, marks, attachments)?;
    if untouched.is_empty() {
        return Ok(None);
    }
    let members = tx.env.words.say(&actor.language, "members-title");
    let names = untouched.iter().map(|mark| name_of_mark(dossier.programme(), mark, &actor.language, &members));
    let items = Language::of_tag(&actor.language).list(&names.collect::<Vec<_>>());
    Ok(Some(problem("unchanged_confirmed", "marks_unchanged", [("items", items)])))
}

/// `YC2026-SP-0001`: year of the call, initials of the programme's key, running number.
fn next_number(tx: &mut Tx<'_>, dossier: &Dossier) -> Result<String, Error> {
    let initials: String = dossier
        .call
        .programme_key
        .split('_')
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    let prefix = format!("YC{}-{initials}", dossier.call.year);
    let running = db::counters::next(tx.db, &format!("application {prefix}"))?;
    Ok(format!("{prefix}-{running:04}"))
}

fn freeze(
    tx: &Tx<'_>,
    actor: &Actor,
    dossier: &Dossier,
    number: &str,
    attachments: &[Attachment],
) -> Result<Submission, Error> {
    let (application, organisation) = (&dossier.application, &dossier.organisation);
    let count = application.submission_count + 1;
    let content = Content {
        number: number.into(),
        submission: count,
        submitted_at: rfc3339(tx.now),
        call: ContentCall {
            id: dossier.call.id,
            programme: dossier.call.programme_key.clone(),
            programme_digest: dossier.call.programme_digest.clone(),
        },
        organisation: ContentOrganisation {
            name: organisation.name.clone(),
            credit_code: organisation.credit_code.clone(),
            registered_area: organisation.registered_area.clone(),
            main_service_city: organisation.main_service_city.clone(),
            established_on: organisation.established_on,
            address: organisation.address.clone(),
        },
        form: dossier.form.clone(),
        members: application.members.0.clone(),
        documents: attachments
            .iter()
            .map(|a| ContentDocument {
                id: a.id,
                kind: a.kind.clone(),
                name: a.name.clone(),
                sha256: a.sha256.clone(),
                bytes: a.bytes,
            })
            .collect(),
    };
    let content = serde_json::to_value(&content).map_err(anyhow::Error::from)?;
    let text = canonical::to_bytes(&content).map_err(anyhow::Error::from)?;
    Ok(Submission {
        id: SubmissionId::new(&*tx.env.ids),
        application_id: application.id,
        number: count,
        content: seal_filed(tx.env, application.id, count, &content)?,
        sha256: hex::encode(Sha256::digest(text)),
        submitted_by: actor.must_be_somebody()?,
        submitted_at: tx.now,
    })
}

/// An instant as RFC 3339 in UTC, to the second.
pub fn rfc3339(instant: NaiveDateTime) -> String {
    instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The receipt to the applicant, the news to whoever has the file now.
fn tell(tx: &mut Tx<'_>, dossier: &Dossier, submission: &Submission, again: bool) -> Result<(), Error> {
    let application = &dossier.application;
    let number = application.number.clone().unwrap_or_default();
    let at = calendar::local_second_text(submission.submitted_at);
    let args = [
        ("organisation", dossier.organisation.name.as_str()),
        ("call", dossier.call.title.as_str()),
        ("number", number.as_str()),
        ("at", at.as_str()),
        ("sha256", submission.sha256.as_str()),
    ];
    let id = application.id;
    let receipt = if again { "correction-received" } else { "application-received" };
    tx.post_to_organisation(application.organisation_id, receipt, &format!("/applications/{id}/receipt"), &args)?;
    let arrival = if again { "correction-arrived" } else { "application-arrived" };
    let path = format!("/applications/{id}");
    match (application.state, &application.bureau) {
        (State::Submitted, Some(bureau)) => tx.post_to_bureau(bureau, arrival, &path, &args),
        _ => tx.post_to_role(Role::Handler, arrival, &path, &args),
    }
}
