//! Announcing a draw: from which fields how many experts and reserves are drawn.

use super::{candidates, pure, record, short};
use crate::actions::Tx;
use crate::actions::review::{ORGANISERS, rules};
use crate::db;
use crate::db::Json;
use crate::db::calls::Call;
use crate::db::draws::Draw;
use crate::domain::actor::{Actor, Role};
use crate::domain::call::CallStatus;
use crate::domain::draw::shortages;
use crate::domain::form::Problem;
use crate::domain::ids::{CallId, DrawId};
use crate::domain::procedure::State;
use crate::domain::programme::Stratum;
use crate::domain::refusal::Refusal;
use crate::domain::status::{DrawStatus, SessionStatus};
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// The most experts of one field: above any pool.
const MAX_DRAWN: u32 = 10_000;
/// The most fields of one draw.
const MAX_STRATA: usize = 50;

/// How many experts of one field are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Key of a category or kind, or code of a cluster; empty for every expert, which only the last may be.
    #[serde(default)]
    pub field: String,
    /// Experts of the panel.
    pub panel: u32,
    /// Experts who step in, in the order in which they are drawn.
    pub reserves: u32,
}

/// What an announcement says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    /// From which fields how many; an expert belongs to the first whose field they have. What the programme says if it is empty.
    #[serde(default)]
    pub strata: Vec<Share>,
}

/// What the programme proposes; without a proposal as many as the applications need by the programme's load limit, and half as
/// many reserves.
pub fn proposal(tx: &mut Tx<'_>, call: &Call) -> Result<Vec<Share>, Error> {
    let rules = rules(&call.programme.0)?;
    if let Some(draw) = &rules.draw {
        let share = |s: &Stratum| Share { field: s.field.clone(), panel: s.panel, reserves: s.reserves };
        return Ok(draw.strata.iter().map(share).collect());
    }
    let files = db::reviews::count_in_states(tx.db, call.id, &[State::InReview])?;
    let sheets = files.saturating_mul(i64::from(rules.experts_per_application));
    let needed = u32::try_from(sheets).unwrap_or(MAX_DRAWN).div_ceil(rules.load_limit.max(1));
    let panel = needed.max(rules.experts_per_application).min(MAX_DRAWN);
    Ok(vec![Share { field: String::new(), panel, reserves: panel.div_ceil(2) }])
}

/// Announces a draw: the parties are asked to commit.
///
/// # Errors
/// One is running or done; the review is open; the shares are wrong; there are too few candidates.
pub fn announce(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Announcement) -> Result<DrawId, Error> {
    let role = actor.must_hold(ORGANISERS)?;
    let account = actor.must_be_somebody()?;
    db::calls::lock(tx.db, id)?;
    let call = db::calls::find(tx.db, id)?;
    let needed = rules(&call.programme.0)?.experts_per_application;
    if call.status != CallStatus::Approved {
        return Err(Refusal::conflict("draw_call_not_approved").into());
    }
    let session = db::reviews::session_of_call(tx.db, id)?;
    if session.is_some_and(|session| session.status != SessionStatus::Preparing) {
        return Err(Refusal::conflict("draw_review_open").into());
    }
    let attempts = db::draws::of_call(tx.db, id)?;
    // A panel that was drawn is not drawn again until somebody likes it.
    if attempts.iter().any(|draw| draw.status == DrawStatus::Drawn) {
        return Err(Refusal::conflict("draw_done").into());
    }
    if attempts.iter().any(Draw::is_running) {
        return Err(Refusal::conflict("draw_running").into());
    }
    let shares = if input.strata.is_empty() { proposal(tx, &call)? } else { input.strata.clone() };
    let problems = check(&shares, needed);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let strata: Vec<Stratum> = shares
        .into_iter()
        .map(|share| Stratum { field: share.field, panel: share.panel, reserves: share.reserves })
        .collect();
    let lacking = shortages(&candidates(tx, &call, &strata)?.0, &pure(&strata));
    if !lacking.is_empty() {
        return Err(short(&lacking));
    }
    let draw = Draw {
        id: DrawId::new(&*tx.env.ids),
        call_id: id,
        attempt: i32::try_from(attempts.len()).unwrap_or(i32::MAX).saturating_add(1),
        status: DrawStatus::Announced,
        strata: Json(strata),
        announced_by: account,
        announced_at: tx.now,
        handler_id: None,
        handler_commitment: None,
        handler_reveal: None,
        auditor_id: None,
        auditor_commitment: None,
        auditor_reveal: None,
        opening: None,
        opening_digest: None,
        chain_head: None,
        listed_at: None,
        record: None,
        record_digest: None,
        ended_at: None,
        reason: None,
        version: 1,
    };
    db::draws::create(tx.db, &draw)?;
    let detail = serde_json::json!({ "call": id, "attempt": draw.attempt, "strata": draw.strata.0 });
    record(tx, actor, role.as_text(), draw.id, "draw.announced", None, detail)?;
    let path = format!("/reviews/{id}/draw");
    for party in [Role::Handler, Role::Auditor] {
        tx.post_to_role(party, "draw-announced", &path, &[("call", &call.title)])?;
    }
    Ok(draw.id)
}

/// What is wrong with the shares: each of at least one place, no field twice, everybody's last, enough for one application.
fn check(shares: &[Share], needed: u32) -> Vec<Problem> {
    let mut problems = Vec::new();
    if shares.len() > MAX_STRATA {
        return vec![Problem::new("strata", "draw_too_many_fields").with("limit", MAX_STRATA)];
    }
    let mut seen = BTreeSet::new();
    for (at, share) in shares.iter().enumerate() {
        let plain = share.field.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte));
        if !plain || share.field.len() > 64 {
            problems.push(Problem::new(&format!("strata.{at}.field"), "draw_field").with("field", &share.field));
        }
        if !seen.insert(share.field.as_str()) {
            problems.push(Problem::new(&format!("strata.{at}.field"), "draw_field_twice").with("field", &share.field));
        }
        if share.field.is_empty() && at + 1 < shares.len() {
            problems.push(Problem::new(&format!("strata.{at}.field"), "draw_everybody_last"));
        }
        if share.panel == 0 || share.panel > MAX_DRAWN {
            problems.push(Problem::new(&format!("strata.{at}.panel"), "draw_panel").with("limit", MAX_DRAWN));
        }
        if share.reserves > MAX_DRAWN {
            problems.push(Problem::new(&format!("strata.{at}.reserves"), "draw_reserves").with("limit", MAX_DRAWN));
        }
    }
    let panel = shares.iter().fold(0u32, |sum, share| sum.saturating_add(share.panel));
    if problems.is_empty() && panel < needed {
        problems.push(Problem::new("strata", "draw_panel_too_small").with("panel", panel).with("needed", needed));
    }
    problems
}
