//! Announcing a draw: from which fields how many experts and reserves are drawn.

use super::view::{AnnulledDraw, annulled};
use super::{candidates, named_field, pure, record, short, standing};
use crate::actions::Tx;
use crate::actions::review::prepare::digest;
use crate::actions::review::rules;
use crate::actions::review::terms::{EndingTerm, drawn_needed_until};
use crate::db;
use crate::db::Json;
use crate::db::calls::Call;
use crate::db::draws::Draw;
use crate::db::experts::Expert;
use crate::domain::actor::{Actor, Role};
use crate::domain::draw::{Candidate, Exclusion, shortages};
use crate::domain::form::Problem;
use crate::domain::ids::{CallId, DrawId};
use crate::domain::procedure::State;
use crate::domain::programme::Stratum;
use crate::domain::refusal::Refusal;
use crate::domain::status::DrawStatus;
use crate::domain::steps::DrawAction;
use crate::error::Error;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
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
    /// The digest of the preview that was accepted: anything else is refused. Without it the draw is announced as it comes.
    #[serde(default)]
    pub digest: Option<String>,
}

/// What an announcement would come to, before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnnouncementPreview {
    /// Stands for everything that is shown, person by person; to be sent with the announcement.
    pub digest: String,
    /// Field by field, in order.
    pub strata: Vec<SharePreview>,
    /// How many of the pool belong to none of the fields.
    pub outside: usize,
    /// The day up to which terms were looked at: the review's due day, or thirty days from today while it has none.
    pub needed_until: NaiveDate,
    /// Candidates whose term ends before that day, by name. They can be drawn as long as they serve on the day on which the list
    /// is frozen.
    pub ending: Vec<EndingTerm>,
    /// The draws of the call that were annulled before, oldest first.
    pub annulled: Vec<AnnulledDraw>,
}

/// One field of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SharePreview {
    /// Which.
    pub field: String,
    /// Experts of the panel.
    pub panel: u32,
    /// Experts who step in.
    pub reserves: u32,
    /// How many could be drawn as things stand.
    pub candidates: usize,
    /// Their names.
    pub names: Vec<String>,
    /// How many of the field could not, by the code of the reason.
    pub excluded: BTreeMap<String, usize>,
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
    let account = actor.must_be_somebody()?;
    db::calls::lock(tx.db, id)?;
    let Prepared { call, role, attempts, strata, preview } = prepared(tx, actor, id, input)?;
    if input.digest.as_ref().is_some_and(|seen| *seen != preview.digest) {
        return Err(Refusal::conflict("review_preview_outdated").into());
    }
    let draw = Draw {
        id: DrawId::new(&*tx.env.ids),
        call_id: id,
        attempt: i32::try_from(attempts).unwrap_or(i32::MAX).saturating_add(1),
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
        annulment_reason: None,
        annulment_proposed_by: None,
        annulment_proposed_at: None,
        annulled_by: None,
        annulled_at: None,
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

/// Shows what [`announce`] would do: candidates and exclusions field by field. Nothing is changed.
///
/// # Errors
/// As [`announce`].
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Announcement) -> Result<AnnouncementPreview, Error> {
    Ok(prepared(tx, actor, id, input)?.preview)
}

/// An announcement that can be made.
struct Prepared {
    call: Call,
    /// In which role.
    role: Role,
    /// How many attempts there were.
    attempts: usize,
    strata: Vec<Stratum>,
    preview: AnnouncementPreview,
}

fn prepared(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Announcement) -> Result<Prepared, Error> {
    let call = db::calls::find(tx.db, id)?;
    let needed = rules(&call.programme.0)?.experts_per_application;
    let session = db::reviews::session_of_call(tx.db, id)?;
    let needed_until = drawn_needed_until(tx, session.as_ref());
    let session = session.map(|session| session.status);
    let attempts = db::draws::of_call(tx.db, id)?;
    let role = standing(&call, session, attempts.last()).permit(actor, DrawAction::Announce)?;
    let shares = if input.strata.is_empty() { proposal(tx, &call)? } else { input.strata.clone() };
    let problems = check(tx, &shares, needed);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let strata: Vec<Stratum> = shares
        .into_iter()
        .map(|share| Stratum { field: share.field, panel: share.panel, reserves: share.reserves })
        .collect();
    let (candidates, excluded) = candidates(tx, &call, &strata)?;
    let lacking = shortages(&candidates, &pure(&strata));
    if !lacking.is_empty() {
        return Err(short(tx, &lacking));
    }
    let annulled = annulled(&attempts);
    let preview =
        AnnouncementPreview { annulled, ..counted(tx, &call, &strata, (&candidates, &excluded), needed_until)? };
    Ok(Prepared { call, role, attempts: attempts.len(), strata, preview })
}

/// Candidates and exclusions, counted field by field; who is excluded belongs to the first field that they have, as a candidate
/// would.
fn counted(
    tx: &mut Tx<'_>,
    call: &Call,
    strata: &[Stratum],
    (candidates, excluded): (&[Candidate], &[Exclusion]),
    needed_until: NaiveDate,
) -> Result<AnnouncementPreview, Error> {
    let pool: BTreeMap<String, Expert> =
        db::draws::pool(tx.db)?.into_iter().map(|expert| (expert.id.to_string(), expert)).collect();
    let of_stratum = |id: &str| {
        let own = pool.get(id).map(|expert| &expert.fields.0);
        let has = |stratum: &&Stratum| stratum.field.is_empty() || own.is_some_and(|own| own.contains(&stratum.field));
        strata.iter().find(has).map(|stratum| stratum.field.clone())
    };
    let mut lines: Vec<SharePreview> = Vec::new();
    for stratum in strata {
        let mut why: BTreeMap<String, usize> = BTreeMap::new();
        for one in excluded.iter().filter(|one| of_stratum(&one.id).as_ref() == Some(&stratum.field)) {
            *why.entry(one.reason.clone()).or_default() += 1;
        }
        let own = candidates.iter().filter(|one| one.stratum == stratum.field);
        let mut names: Vec<String> = own.filter_map(|one| Some(pool.get(&one.id)?.name.clone())).collect();
        names.sort_unstable();
        lines.push(SharePreview {
            field: stratum.field.clone(),
            panel: stratum.panel,
            reserves: stratum.reserves,
            candidates: candidates.iter().filter(|one| one.stratum == stratum.field).count(),
            names,
            excluded: why,
        });
    }
    let outside = excluded.iter().filter(|one| of_stratum(&one.id).is_none()).count();
    let drawable = candidates.iter().filter_map(|one| pool.get(&one.id));
    let mut ending: Vec<EndingTerm> = drawable.filter_map(|expert| EndingTerm::of(expert, needed_until, 0)).collect();
    ending.sort_by(|a, b| (&a.name, a.expert).cmp(&(&b.name, b.expert)));
    let digest = digest(&serde_json::json!({
        "call": call.id, "strata": strata, "ending": ending,
        "candidates": candidates.iter().map(|one| (&one.id, &one.stratum)).collect::<Vec<_>>(),
        "excluded": excluded.iter().map(|one| (&one.id, &one.reason)).collect::<Vec<_>>(),
    }))?;
    Ok(AnnouncementPreview { digest, strata: lines, outside, needed_until, ending, annulled: Vec::new() })
}

/// What is wrong with the shares: each of at least one place, no field twice, everybody's last, enough for one application.
fn check(tx: &Tx<'_>, shares: &[Share], needed: u32) -> Vec<Problem> {
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
            let problem = Problem::new(&format!("strata.{at}.field"), "draw_field_twice");
            problems.push(problem.naming("field", &named_field(tx, &share.field)));
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
