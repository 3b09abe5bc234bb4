//! Applications: the applicant's side, and what everybody reads.

mod way;

use super::events::Events;
use super::operation::{Asked, Nothing, Operation, change, create, read};
use crate::actions::Tx;
use crate::actions::attach;
use crate::actions::completeness::{Completeness, completeness, doubtful_codes};
use crate::actions::dossier::{Dossier, available_of_each};
use crate::actions::draft::{self, Draft};
use crate::actions::extend_correction::of_correction;
use crate::actions::marks::Marks;
use crate::actions::reading::{self, Reading};
use crate::actions::save::{self, Saved};
use crate::actions::submit::{self, Content, Submit};
use crate::actions::timeline;
use crate::actions::withdraw::{self, Withdraw};
use crate::db;
use crate::db::applications::{Application, Filter, Listed, Member};
use crate::db::attachments::Attachment;
use crate::db::corrections::{Correction, Mark};
use crate::db::page::{Page, Pager};
use crate::db::submissions::Submission;
use crate::domain::actor::{Actor, Role};
use crate::domain::form::{Problem, RawForm};
use crate::domain::ids::{ApplicationId, AttachmentId, CallId, CorrectionId, OrganisationId};
use crate::domain::procedure::{Action, State};
use crate::domain::scope::Scope;
use crate::domain::status::CorrectionStation;
use crate::domain::steps::{DocumentAction, DocumentAt};
use crate::error::Error;
use crate::web::routes::Access;
use crate::words::Words;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use way::TimelineJson;

const VENDOR: Access = Access::Roles(&[Role::VendorAdmin, Role::VendorMember]);
const VENDOR_ADMIN: Access = Access::Roles(&[Role::VendorAdmin]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/applications", "list_applications", "The applications in sight.", Access::SignedIn, list),
        create(
            "/calls/{id}/applications",
            "begin_application",
            "Begin the organisation's application in a call.",
            VENDOR,
            |tx, actor, asked: &Asked<Draft>| {
                let id = draft::draft(tx, actor, asked.id(CallId::from_text, "id")?, &asked.input)?;
                application(tx, actor, id)
            },
        ),
        read(
            "/applications/{id}",
            "show_application",
            "An application, with the actions that the caller may take now.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| application(tx, actor, id_of(asked)?),
        ),
        change(
            Method::PATCH,
            "/applications/{id}/form",
            "save_form",
            "Save fields of the form as typed, figures in half-width digits; fields that are not sent stay.",
            VENDOR,
            save_form,
        ),
        change(
            Method::PUT,
            "/applications/{id}/members",
            "save_members",
            "Save the consortium's members.",
            VENDOR,
            |tx, actor, asked: &Asked<SaveMembers>| {
                let members = Some(asked.input.members.clone());
                save::save(tx, actor, id_of(asked)?, asked.input.version, RawForm::default(), members)
                    .map(|saved| saved_json(actor, saved))
            },
        ),
        change(
            Method::POST,
            "/applications/{id}/carry-over",
            "carry_answers_over",
            "Fill empty fields with the answers of the organisation's last application in the same programme.",
            VENDOR,
            |tx, actor, asked: &Asked<Versioned>| {
                save::carry_over(tx, actor, id_of(asked)?, asked.input.version).map(|saved| saved_json(actor, saved))
            },
        ),
        change(
            Method::POST,
            "/applications/{id}/submission",
            "submit_application",
            "Submit the application, or submit it again after a correction.",
            VENDOR_ADMIN,
            |tx, actor, asked: &Asked<Submit>| {
                let submission = submit::submit(tx, actor, id_of(asked)?, &asked.input)?;
                SubmissionJson::of(tx, submission)
            },
        ),
        change(
            Method::POST,
            "/applications/{id}/withdrawal",
            "withdraw_application",
            "Withdraw the application, with a reason.",
            VENDOR_ADMIN,
            |tx, actor, asked: &Asked<Withdraw>| {
                let id = id_of(asked)?;
                withdraw::withdraw(tx, actor, id, &asked.input)?;
                application(tx, actor, id)
            },
        ),
        read(
            "/applications/{id}/submissions",
            "list_submissions",
            "Every submission, first to last.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| {
                let submissions = reading::read(tx, actor, id_of(asked)?)?.submissions;
                let items: Result<Vec<_>, Error> =
                    submissions.into_iter().map(|submission| SubmissionJson::of(tx, submission)).collect();
                Ok(Submissions { items: items? })
            },
        ),
        read(
            "/applications/{id}/submissions/{number}",
            "show_submission",
            "A submission. Its sha256 is over the canonical text (RFC 8785) of content.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| {
                let number: i32 = asked.text("number").parse().map_err(|_| Error::NotFound)?;
                let submissions = reading::read(tx, actor, id_of(asked)?)?.submissions;
                let found = submissions.into_iter().find(|submission| submission.number == number);
                SubmissionJson::of(tx, found.ok_or(Error::NotFound)?)
            },
        ),
        read(
            "/applications/{id}/receipt",
            "show_receipt",
            "The receipt of the last submission.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| {
                let last = reading::read(tx, actor, id_of(asked)?)?.submissions.pop();
                SubmissionJson::of(tx, last.ok_or(Error::NotFound)?)
            },
        ),
        read(
            "/applications/{id}/events",
            "list_application_events",
            "What happened to the application, oldest first; roles, never persons.",
            Access::SignedIn,
            events,
        ),
        read(
            "/applications/{id}/timeline",
            "show_application_timeline",
            "The way of the application: every stop, who acts there by role, when and why, and what is next and by when.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| timeline::timeline(tx, actor, id_of(asked)?).map(TimelineJson::from),
        ),
    ]
}

fn id_of<I>(asked: &Asked<I>) -> Result<ApplicationId, Error> {
    asked.id(ApplicationId::from_text, "id")
}

/// What is asked of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// Page, from 1.
    page: Option<i64>,
    /// Rows of a page, at most 200.
    per_page: Option<i64>,
    /// Name, number or credit code contain this.
    q: Option<String>,
    /// In this state.
    state: Option<State>,
    /// Of this call.
    #[param(value_type = Option<String>)]
    call: Option<CallId>,
    /// Those that have stood still for longest first, instead of those that were changed last.
    longest_first: Option<bool>,
}

fn list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ListQuery>) -> Result<Page<ListedJson>, Error> {
    let query = &asked.input;
    let filter = Filter {
        call: query.call,
        states: query.state.into_iter().collect(),
        text: query.q.clone(),
        longest_first: query.longest_first.unwrap_or(false),
        ..Filter::default()
    };
    let pager = Pager::new(query.page, query.per_page);
    let found = db::applications::list(tx.db, &Scope::of(actor), &filter, pager)?;
    let rows: Vec<&Application> = found.items.iter().map(|listed| &listed.application).collect();
    let mut actions = available_of_each(tx, actor, &rows)?.into_iter();
    Ok(found.map(|listed| ListedJson::of(listed, actions.next().unwrap_or_default())))
}

/// A row of the list.
#[derive(Debug, Serialize, ToSchema)]
struct ListedJson {
    id: ApplicationId,
    number: Option<String>,
    call: CallId,
    organisation: OrganisationId,
    organisation_name: String,
    credit_code: String,
    bureau: Option<String>,
    state: State,
    submission_count: i32,
    submitted_at: Option<DateTime<Utc>>,
    updated_at: DateTime<Utc>,
    version: i32,
    /// What the caller may do with it now.
    actions: Vec<Action>,
}

impl ListedJson {
    fn of(listed: Listed, actions: Vec<Action>) -> Self {
        let application = listed.application;
        ListedJson {
            id: application.id,
            number: application.number,
            call: application.call_id,
            organisation: application.organisation_id,
            organisation_name: listed.organisation_name,
            credit_code: listed.credit_code,
            bureau: application.bureau,
            state: application.state,
            submission_count: application.submission_count,
            submitted_at: application.submitted_at.map(|at| at.and_utc()),
            updated_at: application.updated_at.and_utc(),
            version: application.version,
            actions,
        }
    }
}

/// An application.
#[derive(Debug, Serialize, ToSchema)]
struct ApplicationJson {
    id: ApplicationId,
    number: Option<String>,
    call: CallId,
    organisation: OrganisationId,
    organisation_name: String,
    credit_code: String,
    bureau: Option<String>,
    state: State,
    /// What the caller may do now.
    actions: Vec<Action>,
    #[schema(value_type = Object)]
    form: RawForm,
    members: Vec<Member>,
    documents: Vec<DocumentJson>,
    corrections: Vec<CorrectionJson>,
    /// What is wrong; for the applicant.
    problems: Vec<ProblemJson>,
    /// What is missing; for the applicant.
    missing: Vec<ProblemJson>,
    /// What may be wrong and keeps nothing from being submitted; for the applicant and those who judge the file.
    warnings: Vec<ProblemJson>,
    submission_count: i32,
    submitted_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    version: i32,
}

/// A document.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DocumentJson {
    id: AttachmentId,
    kind: String,
    name: String,
    sha256: String,
    bytes: i64,
    file_type: String,
    uploaded_at: DateTime<Utc>,
    /// What the caller may do with it now.
    actions: Vec<DocumentAction>,
}

impl DocumentJson {
    /// As the API shows it to this caller.
    pub(super) fn of(attachment: Attachment, at: DocumentAt) -> Self {
        DocumentJson {
            actions: at.available(),
            id: attachment.id,
            kind: attachment.kind,
            name: attachment.name,
            sha256: attachment.sha256,
            bytes: attachment.bytes,
            file_type: attachment.file_type,
            uploaded_at: attachment.uploaded_at.and_utc(),
        }
    }
}

/// A correction asked for.
#[derive(Debug, Serialize, ToSchema)]
struct CorrectionJson {
    id: CorrectionId,
    station: CorrectionStation,
    marks: Vec<Mark>,
    note: String,
    due_at: DateTime<Utc>,
    requested_at: DateTime<Utc>,
    answered_at: Option<DateTime<Utc>>,
    /// What the caller may do with it now.
    actions: Vec<Action>,
}

impl CorrectionJson {
    fn of(correction: Correction, dossier: &Dossier, actor: &Actor) -> Self {
        CorrectionJson {
            actions: of_correction(actor, dossier, &correction),
            id: correction.id,
            station: correction.station,
            marks: correction.marks.0,
            note: correction.note,
            due_at: correction.due_at.and_utc(),
            requested_at: correction.requested_at.and_utc(),
            answered_at: correction.answered_at.map(|at| at.and_utc()),
        }
    }
}

/// Something wrong or missing.
#[derive(Debug, Serialize, ToSchema)]
struct ProblemJson {
    /// Where: `cases[0].amount`.
    path: String,
    /// Stable.
    code: String,
    /// In the caller's language.
    message: String,
}

fn problems(actor: &Actor, problems: &[Problem]) -> Vec<ProblemJson> {
    let told = problems.iter().map(|problem| ProblemJson {
        path: problem.path.clone(),
        code: problem.code.clone(),
        message: Words.problem(&actor.language, problem),
    });
    told.collect()
}

fn application(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<ApplicationJson, Error> {
    let Reading { dossier, own, full, form, members, documents, .. } = reading::read(tx, actor, id)?;
    let marks = Marks::of(tx, &dossier)?;
    let found = match (own, full) {
        (true, _) => completeness(tx, &dossier, &documents, &actor.language)?,
        (false, true) => Completeness { warnings: doubtful_codes(&dossier), ..Completeness::default() },
        (false, false) => Completeness::default(),
    };
    let corrections = if full { db::corrections::of_application(tx.db, id)? } else { Vec::new() };
    let corrections = corrections.into_iter().map(|one| CorrectionJson::of(one, &dossier, actor)).collect();
    let document = |one: Attachment| {
        let at = attach::standing(actor, &dossier, &marks, &one);
        DocumentJson::of(one, at)
    };
    let documents = documents.into_iter().map(document).collect();
    let actions = dossier.available(actor);
    let application = dossier.application;
    Ok(ApplicationJson {
        id,
        number: application.number,
        call: application.call_id,
        organisation: application.organisation_id,
        organisation_name: dossier.organisation.name,
        credit_code: dossier.organisation.credit_code,
        bureau: application.bureau,
        state: application.state,
        actions,
        form,
        members,
        documents,
        corrections,
        problems: problems(actor, &found.problems),
        missing: problems(actor, &found.missing),
        warnings: problems(actor, &found.warnings),
        submission_count: application.submission_count,
        submitted_at: application.submitted_at.map(|at| at.and_utc()),
        created_at: application.created_at.and_utc(),
        updated_at: application.updated_at.and_utc(),
        version: application.version,
    })
}

/// Fields to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveForm {
    /// The version that was read.
    version: i32,
    /// Fields by key.
    #[schema(value_type = Object)]
    form: serde_json::Value,
}

/// Members to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveMembers {
    /// The version that was read.
    version: i32,
    /// All members beside the lead.
    members: Vec<Member>,
}

/// A change upon a version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Versioned {
    /// The version that was read.
    version: i32,
}

/// What was saved.
#[derive(Debug, Serialize, ToSchema)]
struct SavedJson {
    version: i32,
    saved_at: DateTime<Utc>,
    problems: Vec<ProblemJson>,
    missing: Vec<ProblemJson>,
    warnings: Vec<ProblemJson>,
}

fn saved_json(actor: &Actor, saved: Saved) -> SavedJson {
    SavedJson {
        version: saved.dossier.application.version,
        saved_at: saved.dossier.application.updated_at.and_utc(),
        problems: problems(actor, &saved.completeness.problems),
        missing: problems(actor, &saved.completeness.missing),
        warnings: problems(actor, &saved.completeness.warnings),
    }
}

fn save_form(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<SaveForm>) -> Result<SavedJson, Error> {
    let id = id_of(asked)?;
    let reading = reading::read(tx, actor, id)?;
    // Nobody is asked to mend what cannot be saved any more.
    reading.dossier.permit(actor, Action::Save)?;
    let form = RawForm::from_json(reading.dossier.programme(), asked.input.form.clone()).map_err(Error::Invalid)?;
    save::save(tx, actor, id, asked.input.version, form, None).map(|saved| saved_json(actor, saved))
}

/// A frozen submission.
#[derive(Debug, Serialize, ToSchema)]
struct SubmissionJson {
    /// Which submission of the application, from 1.
    number: i32,
    /// The application's number.
    application_number: String,
    submitted_at: DateTime<Utc>,
    /// SHA-256, in hex, over the canonical text (RFC 8785) of `content`.
    sha256: String,
    content: Content,
}

impl SubmissionJson {
    fn of(tx: &Tx<'_>, submission: Submission) -> Result<SubmissionJson, Error> {
        let content = Content::of(tx.env, &submission)?
            .ok_or_else(|| anyhow::anyhow!("submission {}: unreadable", submission.id))?;
        Ok(SubmissionJson {
            number: submission.number,
            application_number: content.number.clone(),
            submitted_at: submission.submitted_at.and_utc(),
            sha256: submission.sha256,
            content,
        })
    }
}

/// Every submission of an application.
#[derive(Debug, Serialize, ToSchema)]
struct Submissions {
    items: Vec<SubmissionJson>,
}

fn events(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<Events, Error> {
    let id = id_of(asked)?;
    if !reading::read(tx, actor, id)?.full {
        return Err(Error::NotFound);
    }
    let events = db::events::of_subject(tx.db, "application", id.as_text())?;
    Ok(Events::of(events))
}
