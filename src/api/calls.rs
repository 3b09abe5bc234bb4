//! Programmes, calls, questions and answers.

use super::events::Events;
use super::operation::{Asked, Nothing, Operation, change, create, read};
use crate::actions::approve_call::{WithReason, approve_call, cancel_call, return_call, submit_call};
use crate::actions::ask::{self, AnswerQuestion, AskQuestion};
use crate::actions::calls::{Sight, filter_for, look, standing};
use crate::actions::draft_call::{ChangeCall, DraftCall, change_call, draft_call, propose, repin_call};
use crate::actions::extend_call::{ExtendCall, extend_call};
use crate::actions::{Seen, Tx};
use crate::db;
use crate::db::calls::{Call, Filter};
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::call::{self, CallAction, CallProblem, CallStatus, Phase, PlannedDays, RawContent};
use crate::domain::ids::{CallId, QuestionId};
use crate::domain::programme::{Difference, Programme, ProgrammeKind};
use crate::domain::steps::QuestionAction;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

const HANDLER: Access = Access::Roles(&[Role::Handler]);
const APPROVER: Access = Access::Roles(&[Role::Approver]);
const DEPARTMENT: Access = Access::Roles(Role::DEPARTMENT);

/// These operations.
pub fn operations() -> Vec<Operation> {
    let mut all = reading();
    all.extend(stepping());
    all.extend(questioning());
    all
}

fn reading() -> Vec<Operation> {
    vec![
        read("/programmes", "list_programmes", "The kinds of selection.", Access::Public, list_programmes),
        read("/programmes/{key}", "show_programme", "A programme as configured today.", Access::Public, show_programme),
        read(
            "/programmes/{key}/proposal",
            "propose_call",
            "What the next call of a programme could say: the latest one, moved on a year.",
            HANDLER,
            |tx, actor, asked: &Asked<Nothing>| {
                let proposal = propose(tx, actor, asked.text("key"))?;
                Ok(ProposalJson {
                    content: proposal.content,
                    copied_from: proposal.copied_from.map(|call| call.id),
                    fields: proposal.fields,
                    programme_changes: proposal.changes,
                })
            },
        ),
        read("/calls", "list_calls", "Calls; the public sees approved ones.", Access::Public, list_calls),
        read(
            "/calls/{id}",
            "show_call",
            "A call with its pinned programme, its questions, and the actions that the caller may take now.",
            Access::Public,
            |tx, actor, asked: &Asked<Nothing>| detail(tx, actor, id_of(asked)?),
        ),
        read(
            "/calls/{id}/events",
            "list_call_events",
            "What was done to the call, oldest first; roles, never persons.",
            Access::Roles(&[Role::Handler, Role::Approver, Role::Auditor]),
            |tx, actor, asked: &Asked<Nothing>| Ok(Events::of(look(tx, actor, id_of(asked)?)?.events)),
        ),
    ]
}

fn stepping() -> Vec<Operation> {
    vec![
        create("/calls", "draft_call", "Draft a call.", HANDLER, |tx, actor, asked: &Asked<DraftCall>| {
            let id = draft_call(tx, actor, &asked.input)?;
            detail(tx, actor, id)
        }),
        change(
            Method::PUT,
            "/calls/{id}",
            "change_call",
            "Write a draft anew.",
            HANDLER,
            |tx, actor, asked: &Asked<ChangeCall>| {
                let id = id_of(asked)?;
                change_call(tx, actor, id, &asked.input)?;
                detail(tx, actor, id)
            },
        ),
        change(
            Method::POST,
            "/calls/{id}/programme",
            "repin_call",
            "Pin the programme as configured today.",
            HANDLER,
            |tx, actor, asked: &Asked<Seen>| step(tx, actor, asked, repin_call),
        ),
        change(
            Method::POST,
            "/calls/{id}/submission",
            "submit_call",
            "Hand a draft to the approvers.",
            HANDLER,
            |tx, actor, asked: &Asked<Seen>| step(tx, actor, asked, submit_call),
        ),
        change(
            Method::POST,
            "/calls/{id}/approval",
            "approve_call",
            "Approve a call that somebody else wrote.",
            APPROVER,
            |tx, actor, asked: &Asked<Seen>| step(tx, actor, asked, approve_call),
        ),
        change(
            Method::POST,
            "/calls/{id}/return",
            "return_call",
            "Hand a call back to be changed.",
            APPROVER,
            |tx, actor, asked: &Asked<WithReason>| {
                let id = id_of(asked)?;
                return_call(tx, actor, id, &asked.input)?;
                detail(tx, actor, id)
            },
        ),
        change(
            Method::POST,
            "/calls/{id}/cancellation",
            "cancel_call",
            "Give a call up before it opens.",
            DEPARTMENT,
            |tx, actor, asked: &Asked<WithReason>| {
                let id = id_of(asked)?;
                cancel_call(tx, actor, id, &asked.input)?;
                detail(tx, actor, id)
            },
        ),
        change(
            Method::POST,
            "/calls/{id}/extension",
            "extend_call",
            "Give applicants or bureaus more time, and move the planned days on with it.",
            APPROVER,
            |tx, actor, asked: &Asked<ExtendCall>| {
                let id = id_of(asked)?;
                extend_call(tx, actor, id, &asked.input)?;
                detail(tx, actor, id)
            },
        ),
    ]
}

fn questioning() -> Vec<Operation> {
    vec![
        create(
            "/calls/{id}/questions",
            "ask_question",
            "Ask a question about a call; it becomes public with its answer.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<AskQuestion>| {
                let id = id_of(asked)?;
                let question = ask::ask(tx, actor, id, &asked.input)?;
                one_question(tx, actor, id, question)
            },
        ),
        change(
            Method::POST,
            "/calls/{id}/questions/{question}/answer",
            "answer_question",
            "Answer a question; both become public.",
            HANDLER,
            |tx, actor, asked: &Asked<AnswerQuestion>| {
                let (id, question) = (id_of(asked)?, asked.id(QuestionId::from_text, "question")?);
                ask::answer(tx, actor, id, question, &asked.input)?;
                one_question(tx, actor, id, question)
            },
        ),
    ]
}

fn id_of<I>(asked: &Asked<I>) -> Result<CallId, Error> {
    asked.id(CallId::from_text, "id")
}

fn step(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: &Asked<Seen>,
    take: fn(&mut Tx<'_>, &Actor, CallId, i32) -> Result<(), Error>,
) -> Result<CallDetailJson, Error> {
    let id = id_of(asked)?;
    take(tx, actor, id, asked.input.version)?;
    detail(tx, actor, id)
}

/// A kind of selection.
#[derive(Debug, Serialize, ToSchema)]
struct ProgrammeJson {
    /// Stable key.
    key: String,
    /// Version as configured today.
    version: u32,
    /// Selection or imported.
    kind: ProgrammeKind,
    /// Its name.
    name: String,
    /// What it is.
    summary: String,
    /// SHA-256 of its canonical JSON.
    digest: String,
}

/// Every kind of selection.
#[derive(Debug, Serialize, ToSchema)]
struct ProgrammesJson {
    /// All of them.
    items: Vec<ProgrammeJson>,
}

/// A programme with all that it says.
#[derive(Debug, Serialize, ToSchema)]
struct ProgrammeDetailJson {
    /// SHA-256 of its canonical JSON.
    digest: String,
    /// The whole programme: its form with what each field holds, how it is answered (`help`) and why it is asked (`reason`).
    #[schema(value_type = Object)]
    programme: Programme,
}

fn list_programmes(tx: &mut Tx<'_>, actor: &Actor, _: &Asked<Nothing>) -> Result<ProgrammesJson, Error> {
    let items = tx.env.programmes.iter().map(|programme| ProgrammeJson {
        key: programme.key.clone(),
        version: programme.version,
        kind: programme.kind,
        name: programme.names.in_language(&actor.language).into(),
        summary: programme.summary.in_language(&actor.language).into(),
        digest: programme.digest(),
    });
    Ok(ProgrammesJson { items: items.collect() })
}

fn show_programme(tx: &mut Tx<'_>, _: &Actor, asked: &Asked<Nothing>) -> Result<ProgrammeDetailJson, Error> {
    let programme = tx.env.programme(asked.text("key")).ok_or(Error::NotFound)?.clone();
    Ok(ProgrammeDetailJson { digest: programme.digest(), programme })
}

/// What the next call of a programme could say.
#[derive(Debug, Serialize, ToSchema)]
struct ProposalJson {
    /// To be sent to draft the call, changed as needed.
    content: RawContent,
    /// The call it is copied from.
    copied_from: Option<CallId>,
    /// Fields that differ from that call.
    fields: Vec<Difference>,
    /// Values of the programme that differ from that call's.
    programme_changes: Vec<Difference>,
}

/// Which calls are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct CallsQuery {
    /// Of one year.
    year: Option<i32>,
    /// Where approved ones stand by the clock.
    #[param(inline)]
    phase: Option<Phase>,
    /// Of one programme.
    programme: Option<String>,
    /// Page, from 1.
    page: Option<i64>,
    /// Rows of a page, at most 200.
    per_page: Option<i64>,
}

fn list_calls(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<CallsQuery>) -> Result<Page<CallJson>, Error> {
    let query = &asked.input;
    let mut filter = Filter { year: query.year, programme: query.programme.clone(), ..filter_for(actor) };
    if let Some(phase) = query.phase {
        filter.phase = Some((phase, tx.now));
        filter.statuses = vec![CallStatus::Approved];
    }
    let found = db::calls::list(tx.db, &filter, Pager::new(query.page, query.per_page))?;
    let mut actions = Vec::new();
    for call in &found.items {
        let standing = standing(tx, actor, call)?;
        actions.push(call::available(actor, &standing));
    }
    let mut actions = actions.into_iter();
    Ok(found.map(|call| call_json(tx, actor, &call, actions.next().unwrap_or_default())))
}

/// The policy that a call rests on.
#[derive(Debug, Serialize, ToSchema)]
struct BasisJson {
    /// Title.
    title: String,
    /// Number.
    number: String,
    /// Day of issue.
    issued_on: NaiveDate,
    /// Last day, if it has one.
    valid_until: Option<NaiveDate>,
}

/// A call.
#[derive(Debug, Serialize, ToSchema)]
struct CallJson {
    /// Id.
    id: CallId,
    /// Version, to be sent with a change.
    version: i32,
    /// Key of its programme.
    programme: String,
    /// Name of its programme.
    programme_name: String,
    /// The pinned version.
    programme_version: i32,
    /// SHA-256 of the pinned programme's canonical JSON.
    programme_digest: String,
    /// Year.
    year: i32,
    /// Title.
    title: String,
    /// Text for applicants.
    body: String,
    /// Policy it rests on.
    basis: BasisJson,
    /// Applications are accepted from here …
    opens_at: DateTime<Utc>,
    /// … until here, which is already outside.
    closes_at: DateTime<Utc>,
    /// Bureaus recommend until here.
    recommend_by: DateTime<Utc>,
    /// The days on which the stations without a deadline are expected to be passed; of an approved call those that still hold.
    planned: PlannedDays,
    /// Where it stands before the clock takes over.
    status: CallStatus,
    /// Where it stands by the clock.
    phase: Phase,
    /// What the caller may do with it now.
    actions: Vec<CallAction>,
}

fn call_json(tx: &Tx<'_>, actor: &Actor, call: &Call, actions: Vec<CallAction>) -> CallJson {
    CallJson {
        id: call.id,
        version: call.version,
        programme: call.programme_key.clone(),
        programme_name: call.programme.0.names.in_language(&actor.language).into(),
        programme_version: call.programme_version,
        programme_digest: call.programme_digest.clone(),
        year: call.year,
        title: call.title.clone(),
        body: call.body.clone(),
        basis: BasisJson {
            title: call.basis_title.clone(),
            number: call.basis_number.clone(),
            issued_on: call.basis_issued_on,
            valid_until: call.basis_valid_until,
        },
        opens_at: call.opens_at.and_utc(),
        closes_at: call.closes_at.and_utc(),
        recommend_by: call.recommend_by.and_utc(),
        planned: if call.status == CallStatus::Approved { call.planned_in_force() } else { call.planned() },
        status: call.status,
        phase: call.windows().phase(tx.now),
        actions,
    }
}

/// A question and its answer. Who asked is not said.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionJson {
    /// Id.
    id: QuestionId,
    /// What is asked.
    question: String,
    /// When.
    asked_at: DateTime<Utc>,
    /// The answer.
    answer: Option<String>,
    /// When.
    answered_at: Option<DateTime<Utc>>,
    /// What the caller may do with it now.
    actions: Vec<QuestionAction>,
}

fn one_question(tx: &mut Tx<'_>, actor: &Actor, id: CallId, question: QuestionId) -> Result<QuestionJson, Error> {
    let sight = look(tx, actor, id)?;
    let question = db::call_questions::find(tx.db, id, question)?;
    Ok(question_json(&question, sight.of_question(actor, &question)))
}

fn question_json(question: &db::call_questions::Question, actions: Vec<QuestionAction>) -> QuestionJson {
    QuestionJson {
        actions,
        id: question.id,
        question: question.question.clone(),
        asked_at: question.asked_at.and_utc(),
        answer: question.answer.clone(),
        answered_at: question.answered_at.map(|at| at.and_utc()),
    }
}

/// A call with all that its page shows.
#[derive(Debug, Serialize, ToSchema)]
struct CallDetailJson {
    /// The call.
    call: CallJson,
    /// The pinned programme.
    #[schema(value_type = Object)]
    programme: Programme,
    /// What cannot work; only while it is not approved.
    problems: Vec<CallProblem>,
    /// The call it was copied from; only while it is not approved.
    copied_from: Option<CallId>,
    /// Fields that differ from that call.
    fields: Vec<Difference>,
    /// Values of the pinned programme that differ from that call's.
    programme_values: Vec<Difference>,
    /// Values that would change if the programme were pinned as configured today.
    programme_changes: Vec<Difference>,
    /// Questions in sight, oldest first.
    questions: Vec<QuestionJson>,
}

fn detail(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<CallDetailJson, Error> {
    let sight = look(tx, actor, id)?;
    let questions = sight.questions.iter().map(|one| question_json(one, sight.of_question(actor, one))).collect();
    let Sight { call, available, problems, copied, programme_changes, .. } = sight;
    let copied_from = copied.as_ref().map(|copied| copied.id);
    let (fields, programme_values) = copied.map(|c| (c.fields, c.programme)).unwrap_or_default();
    Ok(CallDetailJson {
        call: call_json(tx, actor, &call, available),
        programme: Arc::unwrap_or_clone(call.programme.0),
        problems,
        copied_from,
        fields,
        programme_values,
        programme_changes,
        questions,
    })
}
