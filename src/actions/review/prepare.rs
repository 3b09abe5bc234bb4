//! Planning who scores what. Nobody is told before the session is opened; until then the plan can be made anew.

use super::exclusions::exclusions;
use super::plan::{chosen_experts, new_assignment, plan, too_few};
use super::{ORGANISERS, must_be, record_session, rules};
use crate::actions::Tx;
use crate::actions::draw::panel::{for_preparation, record_called};
use crate::db;
use crate::db::Json;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::actor::Actor;
use crate::domain::ids::{CallId, ExpertId, ReviewSessionId};
use crate::domain::procedure::State;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentSource, SessionStatus};
use crate::error::Error;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a preparation says.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Preparation {
    /// The version of the session that was seen; none for the first preparation.
    #[serde(default)]
    pub version: Option<i32>,
    /// Until when experts are asked to score.
    pub due_at: DateTime<Utc>,
    /// The experts who take part, with those in reserve; every active one if it is empty. Empty when the panel is drawn.
    #[serde(default)]
    pub experts: Vec<ExpertId>,
}

/// Plans who scores what. Nothing is told to anybody before [`open`]; until then the plan can be made anew.
///
/// # Errors
/// Infeasible: every application that stays short, with the reason.
pub fn prepare(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Preparation) -> Result<ReviewSessionId, Error> {
    let role = actor.must_hold(ORGANISERS)?;
    let account = actor.must_be_somebody()?;
    db::calls::lock(tx.db, id)?;
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    let due_at = input.due_at.naive_utc();
    if due_at <= tx.now {
        return Err(Error::field("due_at", "review_due_passed"));
    }
    let seats = for_preparation(tx, &call, &input.experts)?;
    let experts = match &seats {
        Some(seats) => seats.experts.clone(),
        None => chosen_experts(tx, &input.experts)?,
    };
    let (draw_id, reserves) = match &seats {
        Some(seats) => (Some(seats.draw), Json(seats.reserves.clone())),
        None => (None, Json(Vec::new())),
    };
    let files = db::reviews::files(tx.db, id, &[State::InReview])?;
    if files.is_empty() {
        return Err(Refusal::conflict("review_nothing_to_review").into());
    }
    let panel = Json(experts.iter().map(|expert| expert.id).collect::<Vec<_>>());
    let session = match db::reviews::session_of_call(tx.db, id)? {
        None => {
            let session = ReviewSession {
                id: ReviewSessionId::new(&*tx.env.ids),
                call_id: id,
                status: SessionStatus::Preparing,
                due_at,
                panel,
                created_by: account,
                created_at: tx.now,
                opened_at: None,
                closed_at: None,
                closed_by: None,
                version: 1,
                draw_id,
                reserves,
                load_floor: 0,
                scoring_ended_at: None,
            };
            db::reviews::create_session(tx.db, &session)?;
            session
        }
        Some(stored) => {
            let mut session = db::reviews::find_session_to_change(tx.db, stored.id)?;
            tx.must_be_current(input.version.unwrap_or_default(), session.version)?;
            must_be(&session, SessionStatus::Preparing)?;
            session.due_at = due_at;
            (session.panel, session.draw_id, session.reserves) = (panel, draw_id, reserves);
            if !db::reviews::update_session(tx.db, &session, session.version)? {
                return Err(Error::Stale);
            }
            db::reviews::forget_plan(tx.db, session.id)?;
            session
        }
    };
    let excluded = exclusions(tx, &call, &files, &experts)?;
    let plan = plan(&call.programme.0, &rules, &files, &experts, &excluded)
        .map_err(|infeasible| too_few(&infeasible, &files))?;
    let new: Vec<Assignment> = plan
        .into_iter()
        .map(|(application, expert)| new_assignment(tx, session.id, application, expert, AssignmentSource::Plan))
        .collect();
    db::reviews::create_assignments(tx.db, &new)?;
    let detail = serde_json::json!({
        "call": id, "draw": session.draw_id, "due_at": due_at.and_utc(), "panel": session.panel.0, "assignments": new.len(),
        "applications": files.len(), "exclusions": excluded,
    });
    record_session(tx, actor, role, session.id, "review.prepared", None, detail)?;
    if let Some(seats) = &seats {
        record_called(tx, session.id, seats)?;
    }
    Ok(session.id)
}
