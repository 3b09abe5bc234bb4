//! Freezing who may be drawn, before anything is revealed.

use super::{
    BOTH, acted_upon, candidates, events, moment, post_to, pure, record, running, short, store, time, unexpected,
};
use crate::actions::Tx;
use crate::actions::review::Seen;
use crate::db;
use crate::db::draws::Draw;
use crate::db::events::StoredEvent;
use crate::domain::actor::Actor;
use crate::domain::chain::canonical;
use crate::domain::draw::{
    Abandonment, CandidateList, Commitment, Commitments, LISTED, Opening, Role as Party, shortages,
};
use crate::domain::ids::CallId;
use crate::domain::status::DrawStatus;
use crate::domain::steps::DrawAction;
use crate::error::Error;

/// Freezes the list: from now on nothing that goes into the draw can be changed, and the hash of the event that records it goes
/// into the draw itself.
///
/// # Errors
/// A party has not committed; the list is frozen; there are too few candidates.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, call: CallId, input: &Seen) -> Result<(), Error> {
    acted_upon(tx, actor, call, input.version)?;
    let (call, mut draw, role) = running(tx, actor, call, DrawAction::List, None)?;
    tx.must_be_current(input.version, draw.version)?;
    let (candidates, exclusions) = candidates(tx, &call, &draw.strata.0)?;
    let strata = pure(&draw.strata.0);
    let lacking = shortages(&candidates, &strata);
    if !lacking.is_empty() {
        return Err(short(tx, &lacking));
    }
    let counts = (candidates.len(), exclusions.len());
    let list = CandidateList::freeze(candidates, exclusions, strata, time(tx.now)).map_err(unexpected)?;
    let before = events(tx, draw.id)?;
    let commitments = Commitments {
        handler: committed(&draw, &before, Party::Handler)?,
        auditor: committed(&draw, &before, Party::Auditor)?,
    };
    let earlier = earlier(tx, &draw)?;
    let opening = Opening::new(draw.id.to_string(), call.id.to_string(), earlier, commitments, list);
    let opening = opening.map_err(unexpected)?;
    let digest = hex::encode(opening.digest().map_err(unexpected)?);
    let detail = serde_json::json!({
        "opening_digest": digest, "list_digest": opening.list_digest, "candidates": counts.0, "exclusions": counts.1,
    });
    record(tx, actor, role.as_text(), draw.id, LISTED, None, detail)?;
    draw.chain_head = events(tx, draw.id)?.pop().map(|event| event.hash);
    let text = serde_json::to_value(&opening).map_err(unexpected)?;
    let text = String::from_utf8(canonical::to_bytes(&text).map_err(unexpected)?).map_err(unexpected)?;
    (draw.opening, draw.opening_digest) = (Some(text), Some(digest));
    (draw.status, draw.listed_at) = (DrawStatus::Listed, Some(tx.now));
    store(tx, &draw)?;
    for party in BOTH {
        post_to(tx, draw.side(party).account, "draw-to-reveal", &call, &[])?;
    }
    Ok(())
}

fn committed(draw: &Draw, events: &[StoredEvent], party: Party) -> Result<Commitment, Error> {
    let side = draw.side(party);
    let at = moment(events, "draw.committed", party);
    let (Some(account), Some(digest), Some(at)) = (side.account, side.commitment, at) else {
        return Err(unexpected("a commitment is not in the record"));
    };
    Ok(Commitment { committed_at: time(at), digest: digest.into(), party: account.to_string() })
}

/// The attempts that were given up before this one, each with who did not reveal; of one that was drawn and annulled the two
/// parties, who both let it go.
fn earlier(tx: &mut Tx<'_>, draw: &Draw) -> Result<Vec<Abandonment>, Error> {
    let mut attempts = db::draws::of_call(tx.db, draw.call_id)?;
    attempts.retain(|attempt| attempt.attempt < draw.attempt);
    Ok(attempts
        .iter()
        .map(|attempt| Abandonment {
            abandoned_at: time(attempt.annulled_at.or(attempt.ended_at).unwrap_or_default()),
            failed: if attempt.annulled_at.is_some() { BOTH.to_vec() } else { failed(attempt) },
            opening_digest: attempt.opening_digest.clone().unwrap_or_else(|| "0".repeat(64)),
        })
        .collect())
}

/// Who of the parties did not reveal.
pub(super) fn failed(draw: &Draw) -> Vec<Party> {
    BOTH.into_iter().filter(|party| draw.side(*party).reveal.is_none()).collect()
}
