//! Plans of a review before they are accepted, pins and forbids, explanations, reminders, undoing.

use super::operation::{Asked, Nothing, Operation, change, create, read};
use super::reviews::{ReviewJson, ReviewedJson, call_of, review};
use crate::actions::Tx;
use crate::actions::review::overview::{Filter, overview, page_of};
use crate::actions::review::prepare::{self, Preparation, Preview};
use crate::actions::review::remind::{self, Reminded, Reminders, Reminding};
use crate::actions::review::undo::{self, Undoing};
use crate::actions::review::wishes::{self, NewWish, WishRemoval};
use crate::actions::review::{self as reviews, ONLOOKERS, ORGANISERS};
use crate::db;
use crate::db::change_sets::ChangeSet;
use crate::db::page::{Page, Pager};
use crate::domain::actor::Actor;
use crate::domain::assignment::Why;
use crate::domain::ids::{ApplicationId, AssignmentId, ChangeSetId, ExpertId};
use crate::domain::status::{ChangeSetKind, ChangeSetStatus, Show};
use crate::domain::steps::ChangeAction;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// These operations.
pub fn operations() -> Vec<Operation> {
    const LOOK: Access = Access::Roles(ONLOOKERS);
    const ORGANISE: Access = Access::Roles(ORGANISERS);
    vec![
        change(
            Method::POST,
            "/reviews/{call}/plan",
            "preview_review_plan",
            "Shows a new plan against the present one; nothing is changed.",
            ORGANISE,
            preview,
        ),
        read(
            "/reviews/{call}/applications",
            "list_review_applications",
            "Applications of a review: who scores what and how far, never a score.",
            LOOK,
            applications,
        ),
        read(
            "/reviews/{call}/applications/{application}/explanation",
            "explain_review_assignments",
            "Why an application has its experts, and who came next.",
            LOOK,
            explanation,
        ),
        create("/reviews/{call}/wishes", "wish_review_assignment", "Pins or forbids an expert.", ORGANISE, wish),
        change(
            Method::POST,
            "/reviews/{call}/wishes/removal",
            "withdraw_review_wish",
            "Takes a pin or a forbid back.",
            ORGANISE,
            withdraw,
        ),
        read(
            "/reviews/{call}/reminders",
            "preview_reminders",
            "Whom a reminder would go to, with its text.",
            ORGANISE,
            reminders,
        ),
        create(
            "/reviews/{call}/reminders",
            "remind_experts",
            "Reminds experts whose sheets are missing, each once a day at most.",
            ORGANISE,
            remind,
        ),
        read(
            "/reviews/{call}/changes",
            "list_review_changes",
            "What was done to many at once in a review, newest first.",
            LOOK,
            changes,
        ),
        change(
            Method::POST,
            "/reviews/{call}/changes/{set}/undoing",
            "undo_review_change",
            "Undoes an act upon many in a review while nothing rests on it.",
            ORGANISE,
            undo,
        ),
    ]
}

fn preview(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Preparation>) -> Result<Preview, Error> {
    prepare::preview(tx, actor, call_of(asked)?, &asked.input)
}

/// Which applications.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ApplicationQuery {
    /// Of this standing.
    #[param(inline)]
    show: Option<Show>,
    /// In number or organisation.
    q: Option<String>,
    /// Those that this expert is or was charged with.
    #[param(value_type = Option<String>)]
    expert: Option<ExpertId>,
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

fn applications(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ApplicationQuery>) -> Result<Page<ReviewedJson>, Error> {
    let query = &asked.input;
    let filter = Filter { show: query.show, q: query.q.clone().unwrap_or_default(), expert: query.expert };
    let overview = overview(tx, actor, call_of(asked)?)?;
    Ok(page_of(&overview, &filter, Pager::new(query.page, query.per_page)).map(ReviewedJson::from))
}

/// Why an expert scores an application.
#[derive(Serialize, ToSchema)]
struct ExplanationJson {
    assignment: AssignmentId,
    expert: ExpertId,
    why: Why,
}

/// The explanations of one application.
#[derive(Serialize, ToSchema)]
struct ExplanationsJson {
    items: Vec<ExplanationJson>,
}

fn explanation(tx: &mut Tx<'_>, _: &Actor, asked: &Asked<Nothing>) -> Result<ExplanationsJson, Error> {
    let application = asked.id(ApplicationId::from_text, "application")?;
    let session = db::reviews::session_of_call(tx.db, call_of(asked)?)?.ok_or(Error::NotFound)?;
    let mut why = db::reviews::explanations(tx.db, session.id, &[application])?;
    let own = db::reviews::assignments_of(tx.db, session.id)?.into_iter();
    let items = own.filter(|one| one.application_id == application).filter_map(|one| {
        let why = why.remove(&one.id)?;
        Some(ExplanationJson { assignment: one.id, expert: one.expert_id, why })
    });
    Ok(ExplanationsJson { items: items.collect() })
}

fn wish(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<NewWish>) -> Result<ReviewJson, Error> {
    let call = call_of(asked)?;
    wishes::wish(tx, actor, call, &asked.input)?;
    review(tx, actor, call)
}

fn withdraw(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<WishRemoval>) -> Result<ReviewJson, Error> {
    let call = call_of(asked)?;
    wishes::withdraw(tx, actor, call, &asked.input)?;
    review(tx, actor, call)
}

fn reminders(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<Reminders, Error> {
    remind::preview(tx, actor, call_of(asked)?)
}

fn remind(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Reminding>) -> Result<Reminded, Error> {
    remind::remind(tx, actor, call_of(asked)?, &asked.input)
}

/// An act on many things at once.
#[derive(Serialize, ToSchema)]
struct ChangeSetJson {
    id: ChangeSetId,
    kind: ChangeSetKind,
    status: ChangeSetStatus,
    /// Counts and names, as the preview showed them.
    #[schema(value_type = Object)]
    summary: serde_json::Value,
    applied_at: DateTime<Utc>,
    undone_at: Option<DateTime<Utc>>,
    undo_reason: Option<String>,
    /// What the caller may do with it now.
    actions: Vec<ChangeAction>,
}

impl From<(ChangeSet, Vec<ChangeAction>)> for ChangeSetJson {
    fn from((set, actions): (ChangeSet, Vec<ChangeAction>)) -> Self {
        ChangeSetJson {
            id: set.id,
            kind: set.kind,
            status: set.status,
            summary: set.summary.0,
            applied_at: set.applied_at.and_utc(),
            undone_at: set.undone_at.map(|at| at.and_utc()),
            undo_reason: set.undo_reason,
            actions,
        }
    }
}

fn changes(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<Page<ChangeSetJson>, Error> {
    actor.must_hold(reviews::ONLOOKERS)?;
    let sets = undo::changes(tx, actor, call_of(asked)?)?;
    Ok(Page::whole(sets.into_iter().map(ChangeSetJson::from).collect()))
}

fn undo(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Undoing>) -> Result<ReviewJson, Error> {
    let call = call_of(asked)?;
    undo::undo(tx, actor, call, asked.id(ChangeSetId::from_text, "set")?, &asked.input)?;
    review(tx, actor, call)
}
