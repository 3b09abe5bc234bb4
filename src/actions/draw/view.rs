//! A draw as those see it who take part or look on: who did what and when, and what is to be done now. Never a secret before
//! the draw is done.

use super::announce::{Share, proposal};
use super::panel::selected;
use super::{events, moment, standing, standing_with_rest, unexpected};
use crate::actions::Tx;
use crate::actions::review::{ONLOOKERS, rules};
use crate::db;
use crate::db::draws::Draw;
use crate::domain::actor::Actor;
use crate::domain::draw::{LISTED, Opening, REVEALED, Record, Role as Party, recipe};
use crate::domain::ids::{AccountId, CallId, DrawId, ExpertId};
use crate::domain::status::DrawStatus;
use crate::domain::steps::{DrawAction, party_of};
use crate::error::Error;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What one party did.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct SideView {
    /// Name of the person; none while nobody committed.
    pub name: Option<String>,
    /// The commitment, hexadecimal.
    pub commitment: Option<String>,
    /// When it was made.
    pub committed_at: Option<DateTime<Utc>>,
    /// When the secret was revealed.
    pub revealed_at: Option<DateTime<Utc>>,
}

/// An expert of a draw.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Person {
    /// Id, as it stands in the record.
    pub id: ExpertId,
    /// Name; the record carries none.
    pub name: String,
    /// Employer.
    pub employer: String,
    /// The field the expert is drawn for, or the code of the reason for the exclusion.
    pub note: String,
}

/// What was frozen.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListView {
    /// When.
    pub at: DateTime<Utc>,
    /// Name of the one who froze it.
    pub by: Option<String>,
    /// Who may be drawn.
    pub candidates: Vec<Person>,
    /// Who may not, and why.
    pub exclusions: Vec<Person>,
    /// Digest of what was frozen.
    pub opening_digest: String,
    /// Hash of the event that recorded it.
    pub chain_head: String,
}

/// What was drawn.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ResultView {
    /// When.
    pub at: DateTime<Utc>,
    /// The panel.
    pub panel: Vec<Person>,
    /// The reserves, in the order in which they step in.
    pub reserves: Vec<Person>,
    /// What it follows from.
    pub seed: String,
    /// Digest of the record.
    pub record_digest: String,
}

/// How a draw that is done was annulled, or is to be.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AnnulmentView {
    /// Why.
    pub reason: String,
    /// Name of the one who proposed it.
    pub proposed_by: Option<String>,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Name of the one who agreed; none while it is only proposed.
    pub accepted_by: Option<String>,
    /// When; from then on nothing follows from the draw.
    pub accepted_at: Option<DateTime<Utc>>,
}

/// A draw that was annulled, as whoever prepares another one is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnnulledDraw {
    /// Which.
    pub id: DrawId,
    /// Its number among the attempts, from 1.
    pub attempt: i32,
    /// When it was annulled.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// The annulled ones of these draws, in their order.
pub fn annulled(draws: &[Draw]) -> Vec<AnnulledDraw> {
    let line = |draw: &Draw| {
        let reason = draw.annulment_reason.clone().unwrap_or_default();
        Some(AnnulledDraw { id: draw.id, attempt: draw.attempt, at: draw.annulled_at?.and_utc(), reason })
    };
    draws.iter().filter_map(line).collect()
}

/// One attempt.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttemptView {
    /// Id.
    pub id: DrawId,
    /// From 1.
    pub attempt: i32,
    /// Where it stands.
    pub status: DrawStatus,
    /// From which fields how many.
    pub strata: Vec<Share>,
    /// Who announced it.
    pub announced_by: String,
    /// When.
    pub announced_at: DateTime<Utc>,
    /// The handler's part.
    pub handler: SideView,
    /// The auditor's part.
    pub auditor: SideView,
    /// What was frozen.
    pub list: Option<ListView>,
    /// What was drawn.
    pub result: Option<ResultView>,
    /// When it was abandoned.
    pub abandoned_at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<String>,
    /// How it was annulled after it was drawn, or is to be.
    pub annulment: Option<AnnulmentView>,
    /// To be sent with a change.
    pub version: i32,
}

/// The draw of a call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DrawView {
    /// The call.
    pub call: CallId,
    /// Its title.
    pub title: String,
    /// Whether the review can only be prepared on a draw.
    pub required: bool,
    /// What an announcement would draw if it named no fields.
    pub proposal: Vec<Share>,
    /// The attempts, oldest first.
    pub attempts: Vec<AttemptView>,
    /// Those of them that were drawn and annulled.
    pub annulled: Vec<AnnulledDraw>,
    /// Whether the one who looks proposed the annulment that waits for an answer.
    pub annulment_is_own: bool,
    /// What the one who looks may do now.
    pub actions: Vec<DrawAction>,
    /// For a party who may commit: lines for a shell that compute the commitment elsewhere.
    pub recipe: Option<String>,
}

/// Shows the draw of a call.
pub fn view(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<DrawView, Error> {
    actor.must_hold(ONLOOKERS)?;
    let call = db::calls::find(tx.db, id)?;
    let required = rules(&call.programme.0)?.draw.as_ref().is_some_and(|draw| draw.required);
    let proposal = proposal(tx, &call)?;
    let draws = db::draws::of_call(tx.db, id)?;
    let session = db::reviews::session_of_call(tx.db, id)?;
    let last = draws.last();
    let actions = standing_with_rest(tx, &call, session.as_ref(), last)?.available(actor);
    let may_commit = actions.contains(&DrawAction::Commit);
    let lines = last.filter(|_| may_commit).zip(party_of(actor).ok());
    let lines = lines.map(|(draw, party)| recipe(draw.id.as_text(), draw.attempt.unsigned_abs(), party));
    let waiting = last.filter(|draw| draw.is_in_force()).and_then(|draw| draw.annulment_proposed_by);
    let annulment_is_own = waiting.is_some() && waiting == actor.account;
    let attempts = draws.iter().map(|draw| attempt(tx, draw)).collect::<Result<_, _>>()?;
    let annulled = annulled(&draws);
    Ok(DrawView {
        call: id,
        title: call.title,
        required,
        proposal,
        attempts,
        annulled,
        annulment_is_own,
        actions,
        recipe: lines,
    })
}

fn attempt(tx: &mut Tx<'_>, draw: &Draw) -> Result<AttemptView, Error> {
    let happened = events(tx, draw.id)?;
    let mut side = |party: Party| -> Result<SideView, Error> {
        let found = draw.side(party);
        let name = match found.account {
            Some(account) => Some(db::accounts::find(tx.db, account)?.name),
            None => None,
        };
        let at = |action: &str| moment(&happened, action, party).map(|at| at.and_utc());
        Ok(SideView {
            name,
            commitment: found.commitment.map(str::to_string),
            committed_at: at("draw.committed"),
            revealed_at: at(REVEALED),
        })
    };
    let (handler, auditor) = (side(Party::Handler)?, side(Party::Auditor)?);
    let strata = draw.strata.0.iter();
    let strata = strata.map(|s| Share { field: s.field.clone(), panel: s.panel, reserves: s.reserves }).collect();
    let abandoned = draw.status == DrawStatus::Abandoned;
    Ok(AttemptView {
        id: draw.id,
        attempt: draw.attempt,
        status: draw.status,
        strata,
        announced_by: db::accounts::find(tx.db, draw.announced_by)?.name,
        announced_at: draw.announced_at.and_utc(),
        handler,
        auditor,
        list: frozen(tx, draw)?,
        result: drawn(tx, draw)?,
        abandoned_at: draw.ended_at.filter(|_| abandoned).map(|at| at.and_utc()),
        reason: draw.reason.clone(),
        annulment: annulment(tx, draw)?,
        version: draw.version,
    })
}

fn annulment(tx: &mut Tx<'_>, draw: &Draw) -> Result<Option<AnnulmentView>, Error> {
    let Some(proposed_at) = draw.annulment_proposed_at else { return Ok(None) };
    let mut name = |account: Option<AccountId>| -> Result<Option<String>, Error> {
        let Some(account) = account else { return Ok(None) };
        Ok(Some(db::accounts::find(tx.db, account)?.name))
    };
    Ok(Some(AnnulmentView {
        reason: draw.annulment_reason.clone().unwrap_or_default(),
        proposed_by: name(draw.annulment_proposed_by)?,
        proposed_at: proposed_at.and_utc(),
        accepted_by: name(draw.annulled_by)?,
        accepted_at: draw.annulled_at.map(|at| at.and_utc()),
    }))
}

/// Names to ids that stand in a record, in the same order; what is no expert is left out.
fn named<'a>(tx: &mut Tx<'_>, entries: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Vec<Person>, Error> {
    let entries: Vec<(ExpertId, &str)> =
        entries.filter_map(|(id, note)| Some((ExpertId::from_text(id)?, note))).collect();
    let ids: Vec<ExpertId> = entries.iter().map(|(id, _)| *id).collect();
    let experts: BTreeMap<_, _> = db::experts::of_ids(tx.db, &ids)?.into_iter().map(|e| (e.id, e)).collect();
    let person = |(id, note): (ExpertId, &str)| {
        let expert = experts.get(&id)?;
        Some(Person { id, name: expert.name.clone(), employer: expert.employer.clone(), note: note.to_string() })
    };
    Ok(entries.into_iter().filter_map(person).collect())
}

fn frozen(tx: &mut Tx<'_>, draw: &Draw) -> Result<Option<ListView>, Error> {
    let (Some(text), Some(at)) = (&draw.opening, draw.listed_at) else { return Ok(None) };
    let opening: Opening = serde_json::from_str(text).map_err(unexpected)?;
    let list = &opening.list;
    let listed = events(tx, draw.id)?.into_iter().find(|event| event.action == LISTED);
    let by = match listed.and_then(|event| AccountId::from_text(&event.actor)) {
        Some(account) => Some(db::accounts::find(tx.db, account)?.name),
        None => None,
    };
    Ok(Some(ListView {
        at: at.and_utc(),
        by,
        candidates: named(tx, list.candidates.iter().map(|one| (one.id.as_str(), one.stratum.as_str())))?,
        exclusions: named(tx, list.exclusions.iter().map(|one| (one.id.as_str(), one.reason.as_str())))?,
        opening_digest: draw.opening_digest.clone().unwrap_or_default(),
        chain_head: draw.chain_head.clone().unwrap_or_default(),
    }))
}

fn drawn(tx: &mut Tx<'_>, draw: &Draw) -> Result<Option<ResultView>, Error> {
    let (Some(text), Some(at)) = (&draw.record, draw.ended_at) else { return Ok(None) };
    let record: Record = serde_json::from_str(text).map_err(unexpected)?;
    let of = |ids: fn(&crate::domain::draw::Selection) -> &Vec<String>| {
        record.result.iter().flat_map(move |s| ids(s).iter().map(move |id| (id.as_str(), s.stratum.as_str())))
    };
    // Refuses what is no expert: the record is damaged.
    selected(draw.id, &record)?;
    Ok(Some(ResultView {
        at: at.and_utc(),
        panel: named(tx, of(|s| &s.panel))?,
        reserves: named(tx, of(|s| &s.reserves))?,
        seed: record.seed.clone(),
        record_digest: record.record_digest.clone(),
    }))
}

/// The record file of a call's draw, byte for byte, and its draw: those that were annulled have theirs as well. `which` names
/// one; else it is the one in force, and where there is none the one that was annulled last.
///
/// # Errors
/// Nothing is drawn yet; the draw is of another call.
pub fn record_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    call: CallId,
    which: Option<DrawId>,
) -> Result<(DrawId, String), Error> {
    actor.must_hold(ONLOOKERS)?;
    db::calls::find(tx.db, call)?;
    let mut draws = db::draws::of_call(tx.db, call)?;
    draws.retain(|draw| draw.record.is_some() && which.is_none_or(|wanted| wanted == draw.id));
    // Of one call at most one is in force.
    draws.sort_by_key(|draw| (draw.is_in_force(), draw.attempt));
    let found = draws.pop().and_then(|draw| Some((draw.id, draw.record?)));
    found.ok_or(Error::NotFound)
}

/// The draws that wait for this person and what they wait for, the oldest first. Any handler may freeze the list; it waits
/// for the one who committed.
pub fn waiting(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(CallId, DrawAction)>, Error> {
    let mut waiting = Vec::new();
    for draw in db::draws::running(tx.db)? {
        let call = db::calls::find(tx.db, draw.call_id)?;
        let at = standing(&call, None, Some(&draw));
        let duty = [DrawAction::Commit, DrawAction::List, DrawAction::Reveal]
            .into_iter()
            .find(|action| at.permit(actor, *action).is_ok())
            .filter(|action| *action != DrawAction::List || draw.handler_id == actor.account);
        waiting.extend(duty.map(|duty| (draw.call_id, duty)));
    }
    for draw in db::draws::to_annul(tx.db)? {
        let call = db::calls::find(tx.db, draw.call_id)?;
        let session = db::reviews::session_of_call(tx.db, draw.call_id)?;
        let at = standing_with_rest(tx, &call, session.as_ref(), Some(&draw))?;
        if at.permit(actor, DrawAction::AcceptAnnulment).is_ok() {
            waiting.push((draw.call_id, DrawAction::AcceptAnnulment));
        }
    }
    Ok(waiting)
}
