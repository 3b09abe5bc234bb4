//! The draw of a call's experts, one verb per file: [`announce`], [`commit`] by a handler and an auditor, [`list`] freezes who
//! may be drawn, [`reveal`] by both draws, [`abandon`] gives an attempt up, [`annul`] takes back what is drawn.
//! [`panel`] hands the result to the review, [`view`] shows it. The rules are in [`crate::domain::draw`].

pub mod abandon;
pub mod announce;
pub mod annul;
pub mod commit;
pub mod list;
pub mod panel;
pub mod reveal;
pub mod view;

use super::{Record, Tx};
use crate::actions::review::exclusions::exclusions;
use crate::actions::review::plan::field_names;
use crate::db;
use crate::db::calls::Call;
use crate::db::draws::Draw;
use crate::db::events::StoredEvent;
use crate::db::reviews::ReviewSession;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::call::CallStatus;
use crate::domain::draw::{Candidate, Exclusion, RecordedEvent, Role as Party, Shortage};
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, CallId, DrawId, ExpertId};
use crate::domain::names::Names;
use crate::domain::procedure::State;
use crate::domain::programme::Stratum;
use crate::domain::refusal::Refusal;
use crate::domain::status::{ExpertStatus, SessionStatus};
use crate::domain::steps::{DrawAction, DrawAt, SideAt};
use crate::error::Error;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// Both parties, as the record orders them.
const BOTH: [Party; 2] = [Party::Handler, Party::Auditor];

/// Where the draw of a call stands. `last` is its last attempt.
fn standing(call: &Call, session: Option<SessionStatus>, last: Option<&Draw>) -> DrawAt {
    let side = |party: Party| {
        let side = last.map(|draw| draw.side(party));
        side.map_or_else(SideAt::default, |side| SideAt { account: side.account, revealed: side.reveal.is_some() })
    };
    DrawAt {
        call_approved: call.status == CallStatus::Approved,
        session,
        status: last.map(|draw| draw.status),
        handler: side(Party::Handler),
        auditor: side(Party::Auditor),
        annulled: last.is_some_and(|draw| draw.annulled_at.is_some()),
        annulment_by: last.and_then(|draw| draw.annulment_proposed_by),
        planned: false,
        told: false,
    }
}

/// The same with what rests on what was drawn: the plan of the session, and letters to the experts, who are written to when a
/// review opens.
fn standing_with_rest(
    tx: &mut Tx<'_>,
    call: &Call,
    session: Option<&ReviewSession>,
    last: Option<&Draw>,
) -> Result<DrawAt, Error> {
    let mut at = standing(call, session.map(|session| session.status), last);
    if let (Some(session), Some(drawn_at)) = (session, last.and_then(|draw| draw.ended_at)) {
        at.planned = !db::reviews::assignments_of(tx.db, session.id)?.is_empty();
        let happened = db::events::of_subject(tx.db, "review", session.id.as_text())?;
        at.told = happened.iter().any(|event| event.action == "review.opened" && event.at >= drawn_at);
    }
    Ok(at)
}

fn other(party: Party) -> Party {
    match party {
        Party::Handler => Party::Auditor,
        Party::Auditor => Party::Handler,
    }
}

/// An instant as a record of a draw has it: to the second, all of them cut alike.
fn time(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What the pure rules refuse although everything was checked before.
fn unexpected(why: impl std::fmt::Display) -> Error {
    Error::Internal(anyhow::anyhow!("the draw: {why}"))
}

/// The attempt that is running for a call, held until the transaction ends, and the role in which the actor may act on it.
///
/// # Errors
/// There is none, or it is not the one that was seen; as [`DrawAt::permit`].
fn running(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CallId,
    action: DrawAction,
    seen: Option<DrawId>,
) -> Result<(Call, Draw, Role), Error> {
    let call = db::calls::find(tx.db, id)?;
    let session = db::reviews::session_of_call(tx.db, id)?.map(|session| session.status);
    let last = db::draws::of_call(tx.db, id)?.pop();
    let last = last.map(|draw| db::draws::find_to_change(tx.db, draw.id)).transpose()?;
    if let Some(draw) = &last {
        tx.acts_upon(actor, "draw", draw.id.as_text(), (draw.version, draw.version));
    }
    // Whoever saw another attempt hears that, and not what this one lacks.
    if last.as_ref().is_some_and(|draw| draw.is_running() && seen.is_some_and(|seen| seen != draw.id)) {
        return Err(Error::Stale);
    }
    let role = standing(&call, session, last.as_ref()).permit(actor, action)?;
    let draw = last.ok_or_else(|| Refusal::conflict("draw_none"))?;
    Ok((call, draw, role))
}

/// Notes that the actor acts upon the last attempt of a call as they saw it in this version.
fn acted_upon(tx: &mut Tx<'_>, actor: &Actor, call: CallId, version: i32) -> Result<(), Error> {
    if let Some(draw) = db::draws::of_call(tx.db, call)?.pop() {
        tx.acts_upon(actor, "draw", draw.id.as_text(), (version, draw.version));
    }
    Ok(())
}

fn store(tx: &mut Tx<'_>, draw: &Draw) -> Result<(), Error> {
    if db::draws::update(tx.db, draw, draw.version)? { Ok(()) } else { Err(Error::Stale) }
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: &str,
    draw: DrawId,
    action: &str,
    reason: Option<&str>,
    detail: serde_json::Value,
) -> Result<(), Error> {
    let subject_id = draw.as_text();
    tx.record(actor, Record { subject_kind: "draw", subject_id, action, role, reason, detail, ..Record::default() })
}

/// The events of an attempt, oldest first.
fn events(tx: &mut Tx<'_>, draw: DrawId) -> Result<Vec<StoredEvent>, Error> {
    Ok(db::events::of_subject(tx.db, "draw", draw.as_text())?)
}

/// The events of an attempt as they are handed out.
pub fn recorded_events(tx: &mut Tx<'_>, draw: DrawId) -> Result<Vec<RecordedEvent>, Error> {
    let recorded = |event: StoredEvent| RecordedEvent {
        action: event.action,
        actor: event.actor,
        at: event.at.and_utc(),
        detail: event.detail.0,
        from: event.from_state,
        hash: event.hash,
        reason: event.reason,
        role: event.role,
        seq: event.seq.unsigned_abs(),
        subject_kind: event.subject_kind,
        subject_id: event.subject_id,
        to: event.to_state,
    };
    Ok(events(tx, draw)?.into_iter().map(recorded).collect())
}

/// When a party did something.
fn moment(events: &[StoredEvent], action: &str, party: Party) -> Option<NaiveDateTime> {
    events.iter().find(|event| event.action == action && event.role == party.code()).map(|event| event.at)
}

/// Who may be drawn for a call as things stand, and who may not and why: everybody who ever was in the pool is in one of the two.
/// Whose term ends before the sheets are due is a candidate while they serve: the term may be extended, and whoever organises the
/// review is told of it in the preview.
fn candidates(tx: &mut Tx<'_>, call: &Call, strata: &[Stratum]) -> Result<(Vec<Candidate>, Vec<Exclusion>), Error> {
    let today = local_date(tx.now);
    let rules = crate::actions::review::rules(&call.programme.0)?;
    let pool = db::draws::pool(tx.db)?;
    let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    // Whoever may score one file at least can be drawn; the plan keeps them from the others.
    let mut recused: BTreeMap<ExpertId, (usize, String)> = BTreeMap::new();
    for exclusion in exclusions(tx, call, &files, &pool)? {
        recused.entry(exclusion.expert).or_insert_with(|| (0, exclusion.why.to_string())).0 += 1;
    }
    let out = db::experts::out_of_role(tx.db, today)?;
    let (mut candidates, mut excluded) = (Vec::new(), Vec::new());
    for expert in &pool {
        let stratum =
            strata.iter().find(|stratum| stratum.field.is_empty() || expert.fields.0.contains(&stratum.field));
        let everywhere = recused.get(&expert.id).filter(|(count, _)| *count == files.len());
        let reason = if expert.status != ExpertStatus::Active {
            expert.status.to_string()
        } else if !expert.serves_on(today) || out.contains(&expert.id) {
            "out_of_term".to_string()
        } else if !rules.draws_on(&expert.pool) {
            "other_pool".to_string()
        } else if let Some((_, why)) = everywhere {
            why.clone()
        } else if let Some(stratum) = stratum {
            candidates.push(Candidate { id: expert.id.to_string(), stratum: stratum.field.clone() });
            continue;
        } else {
            "no_field".to_string()
        };
        excluded.push(Exclusion { id: expert.id.to_string(), reason });
    }
    Ok((candidates, excluded))
}

fn pure(strata: &[Stratum]) -> Vec<crate::domain::draw::Stratum> {
    let pure = |stratum: &Stratum| crate::domain::draw::Stratum {
        key: stratum.field.clone(),
        places: stratum.panel,
        reserves: stratum.reserves,
    };
    strata.iter().map(pure).collect()
}

/// A field of knowledge as people call it; what is none stays as it is.
fn named_field(tx: &Tx<'_>, key: &str) -> Names {
    field_names(&tx.env.reference, &tx.env.programmes, key)
}

/// Every field with too few candidates, named.
fn short(tx: &Tx<'_>, shortages: &[Shortage]) -> Error {
    let problem = |short: &Shortage| {
        Problem::new("strata", if short.stratum.is_empty() { "draw_short" } else { "draw_short_in_field" })
            .naming("field", &named_field(tx, &short.stratum))
            .with("needed", short.needed)
            .with("available", short.available)
    };
    Error::Invalid(shortages.iter().map(problem).collect())
}

/// Writes to one person.
fn post_to(
    tx: &mut Tx<'_>,
    account: Option<AccountId>,
    template: &str,
    call: &Call,
    args: &[(&str, &str)],
) -> Result<(), Error> {
    let Some(account) = account else { return Ok(()) };
    let account = db::accounts::find(tx.db, account)?;
    let mut all = vec![("call", call.title.as_str())];
    all.extend_from_slice(args);
    tx.post((&account).into(), template, &format!("/reviews/{}/draw", call.id), &all)
}
