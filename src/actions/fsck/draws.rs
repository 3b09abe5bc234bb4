//! What was drawn can be drawn again, was recorded in the right order, and is who reviews.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::draw::panel::{Drawn, selected};
use crate::actions::draw::recorded_events;
use crate::db;
use crate::db::draws::Draw;
use crate::db::events::StoredEvent;
use crate::db::reviews::ReviewSession;
use crate::domain::draw::{RecordedEvent, compare_with_chain, verify};
use crate::domain::ids::{AccountId, ExpertId};
use crate::error::Error;
use serde_json::Value;
use std::collections::BTreeSet;

/// Each record verifies, is the recorded one, and lies as it was stored; the list was recorded before the reveals; a session's
/// panel and reserves come from its draw or from recorded acts; reserves stepped in when it was their turn.
pub(super) fn are_reproduced(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    for draw in db::draws::drawn(tx.db)? {
        let subject = format!("draw {}", draw.id);
        let text = draw.record.as_deref().unwrap_or_default();
        let record = match verify(text.as_bytes()) {
            Ok(record) => record,
            Err(why) => {
                found.push(violation("draw_is_reproduced", subject, format!("its record does not hold: {why}")));
                continue;
            }
        };
        let events = recorded_events(tx, draw.id)?;
        if let Err(why) = compare_with_chain(&record, &events) {
            found.push(violation("draw_is_as_recorded", subject.clone(), why.to_string()));
        }
        let ids = record.opening.draw_id == draw.id.as_text() && record.opening.call == draw.call_id.as_text();
        let columns = draw.chain_head.as_deref() == Some(record.chain_head.as_str())
            && draw.opening_digest.as_deref() == Some(record.opening_digest.as_str())
            && draw.record_digest.as_deref() == Some(record.record_digest.as_str());
        if !ids || !columns {
            found.push(violation("draw_is_as_recorded", subject.clone(), "its columns are not those of its record"));
        }
        if let Some(what) = wrongly_annulled(&draw, &events) {
            found.push(violation("draw_is_as_recorded", subject.clone(), what));
        }
        let drawn = match selected(draw.id, &record) {
            Ok(drawn) => drawn,
            Err(why) => {
                found.push(violation("draw_is_reproduced", subject, why.to_string()));
                continue;
            }
        };
        if let Some(session) = db::reviews::session_of_call(tx.db, draw.call_id)? {
            let subject = format!("review {}", session.id);
            if !draw.is_in_force() {
                if session.draw_id == Some(draw.id) {
                    let what = format!("rests on draw {}, which was annulled", draw.id);
                    found.push(violation("panel_is_drawn", subject, what));
                } else if !session.panel.0.is_empty() && is_last_of_annulled(tx, &draw)? {
                    let what = format!("has a panel, and draw {} of its call was annulled without another", draw.id);
                    found.push(violation("panel_is_drawn", subject, what));
                }
                continue;
            }
            if let Some(what) = strayed(tx, &draw, &drawn, &session)? {
                found.push(violation("panel_is_drawn", subject.clone(), what));
            }
            if let Some(what) = out_of_turn(tx, &draw, &drawn, &session)? {
                found.push(violation("reserves_step_in_by_turn", subject, what));
            }
        }
    }
    Ok(found)
}

/// Whether no draw of the same call is in force, and this one is the last of those that were annulled.
fn is_last_of_annulled(tx: &mut Tx<'_>, draw: &Draw) -> Result<bool, Error> {
    let draws = db::draws::of_call(tx.db, draw.call_id)?;
    let last = draws.iter().rev().find(|one| one.annulled_at.is_some());
    Ok(!draws.iter().any(Draw::is_in_force) && last.is_some_and(|last| last.id == draw.id))
}

/// What happened to the review of a session since this draw gave it its panel: what was done with the panel of an earlier draw,
/// which was annulled, is no matter of this one. A session that was prepared after the draw has nothing earlier.
fn since_drawn(tx: &mut Tx<'_>, draw: &Draw, session: &ReviewSession) -> Result<Vec<StoredEvent>, Error> {
    let mut events = db::events::of_subject(tx.db, "review", session.id.as_text())?;
    let gave = |event: &StoredEvent| {
        let by = event.detail.0.get("draw").and_then(Value::as_str);
        event.action == "review.panel_drawn" && by == Some(draw.id.as_text())
    };
    let since = events.iter().rposition(gave).map_or(0, |at| at + 1);
    Ok(events.split_off(since))
}

/// How the annulment of a draw differs from the record: two people's, each an event of theirs, the one after the other; or one
/// person's proposal, which waits for an answer.
fn wrongly_annulled(draw: &Draw, events: &[RecordedEvent]) -> Option<String> {
    let last = |actions: &[&str]| events.iter().rev().find(|event| actions.contains(&event.action.as_str()));
    let (proposed, annulled) = (last(&["draw.annulment_proposed"]), last(&["draw.annulled"]));
    match (draw.annulled_at, annulled) {
        (None, None) => {
            let answered_or_not = last(&["draw.annulment_proposed", "draw.annulment_refused"]);
            let waiting = answered_or_not.filter(|event| event.action == "draw.annulment_proposed");
            let is_as_recorded = match waiting {
                None => draw.annulment_proposed_by.is_none() && draw.annulment_reason.is_none(),
                Some(event) => {
                    draw.annulment_proposed_by.is_some_and(|account| account.as_text() == event.actor)
                        && draw.annulment_reason == event.reason
                }
            };
            (!is_as_recorded).then(|| "the proposal to annul it is not that of the record".into())
        }
        (Some(_), None) => Some("it is annulled, and the record does not say so".into()),
        (None, Some(_)) => Some("the record says that it is annulled".into()),
        (Some(_), Some(event)) => {
            let by = |account: Option<AccountId>, event: &RecordedEvent| {
                account.is_some_and(|account| account.as_text() == event.actor)
            };
            let two = proposed.is_some_and(|proposed| {
                proposed.seq < event.seq
                    && proposed.actor != event.actor
                    && proposed.reason == event.reason
                    && by(draw.annulment_proposed_by, proposed)
            });
            let is_as_recorded = two && draw.annulment_reason == event.reason && by(draw.annulled_by, event);
            (!is_as_recorded).then(|| "its annulment is not that of the record, by two people".into())
        }
    }
}

/// How a session's panel or reserves differ from what was drawn and what was recorded since.
fn strayed(tx: &mut Tx<'_>, draw: &Draw, drawn: &Drawn, session: &ReviewSession) -> Result<Option<String>, Error> {
    if session.draw_id != Some(draw.id) {
        return Ok(Some(format!("does not rest on draw {} of its call", draw.id)));
    }
    if session.reserves.0 != drawn.reserves {
        return Ok(Some("its reserves are not those drawn, in their order".into()));
    }
    let mut recorded: BTreeSet<ExpertId> = drawn.panel.iter().copied().collect();
    for event in since_drawn(tx, draw, session)? {
        let detail = &event.detail.0;
        let named = match event.action.as_str() {
            "reserve.called" => detail.get("expert").into_iter().collect(),
            "review.panel_extended" => {
                detail.get("experts").and_then(|all| all.as_array()).into_iter().flatten().collect::<Vec<_>>()
            }
            _ => Vec::new(),
        };
        recorded.extend(named.into_iter().filter_map(|id| ExpertId::from_text(id.as_str()?)));
    }
    let stray = session.panel.0.iter().find(|id| !recorded.contains(id));
    Ok(stray.map(|id| format!("expert {id} was neither drawn nor called by a recorded act")))
}

/// Which reserve was called before their turn: whoever comes before them in the order of the place was neither called nor
/// passed over for a recorded reason.
fn out_of_turn(tx: &mut Tx<'_>, draw: &Draw, drawn: &Drawn, session: &ReviewSession) -> Result<Option<String>, Error> {
    let expert = |value: &Value| value.as_str().and_then(ExpertId::from_text);
    let mut called: BTreeSet<ExpertId> = BTreeSet::new();
    for event in since_drawn(tx, draw, session)? {
        let detail = &event.detail.0;
        let (Some(next), true) = (detail.get("expert").and_then(expert), event.action == "reserve.called") else {
            continue;
        };
        // What was recorded before the order of strata was kept says nothing of those passed over.
        if let Some(passed) = detail.get("passed_over").and_then(Value::as_array) {
            let passed: BTreeSet<ExpertId> =
                passed.iter().filter_map(|one| one.get("expert").and_then(expert)).collect();
            let turn = drawn.in_turn(detail.get("instead_of").and_then(expert));
            let skipped = turn.iter().take_while(|one| **one != next);
            let mut skipped = skipped.filter(|one| !called.contains(one) && !passed.contains(one));
            if let Some(skipped) = skipped.next() {
                return Ok(Some(format!("expert {next} was called before expert {skipped}, whose turn it was")));
            }
        }
        called.insert(next);
    }
    Ok(None)
}
