//! A party reveals its secret; with the second one the draw is done.

use super::panel::{Drawn, selected};
use super::{BOTH, events, moment, other, post_to, record, running, store, time, unexpected};
use crate::actions::Tx;
use crate::db;
use crate::db::Json;
use crate::db::calls::Call;
use crate::db::draws::Draw;
use crate::domain::actor::{Actor, Role};
use crate::domain::draw::{
    DRAWN, Opening, REVEALED, Record, Reveal as Revealed, Reveals, Role as Party, Secret, commitment,
};
use crate::domain::ids::{CallId, DrawId};
use crate::domain::status::{DrawStatus, SessionStatus};
use crate::domain::steps::{DrawAction, party_of};
use crate::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

/// A reveal. It does not print itself.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// The attempt that was seen.
    pub draw: DrawId,
    /// The phrase behind the commitment, or the 32 bytes behind it as 64 hexadecimal digits.
    pub phrase: String,
}

/// The secret that opens a commitment: what the phrase stands for, or the bytes themselves.
fn opening(draw: &Draw, party: Party, phrase: &str) -> Option<Secret> {
    let opens = |secret: &Secret| {
        let found = commitment(draw.id.as_text(), draw.attempt.unsigned_abs(), party, secret);
        draw.side(party).commitment == Some(hex::encode(found).as_str())
    };
    let plain = Secret::parse(phrase).ok();
    [Some(Secret::of_phrase(phrase)), plain].into_iter().flatten().find(opens)
}

/// Reveals. Gives whether the draw is done.
///
/// # Errors
/// The list is not frozen; the commitment is another person's; the phrase is not the one committed to.
pub fn reveal(tx: &mut Tx<'_>, actor: &Actor, call: CallId, input: &Reveal) -> Result<bool, Error> {
    let (call, mut draw, role) = running(tx, actor, call, DrawAction::Reveal, Some(input.draw))?;
    let party = party_of(actor)?;
    let secret =
        opening(&draw, party, &input.phrase).ok_or_else(|| Error::field("phrase", "draw_phrase_wrong"))?.reveal();
    match party {
        Party::Handler => draw.handler_reveal = Some(secret),
        Party::Auditor => draw.auditor_reveal = Some(secret),
    }
    record(tx, actor, role.as_text(), draw.id, REVEALED, None, serde_json::Value::Null)?;
    let done = BOTH.iter().all(|party| draw.side(*party).reveal.is_some());
    if done {
        finish(tx, &call, draw)?;
    } else {
        store(tx, &draw)?;
        post_to(tx, draw.side(other(party)).account, "draw-to-reveal", &call, &[])?;
    }
    Ok(done)
}

/// Draws, from what is frozen and revealed.
fn finish(tx: &mut Tx<'_>, call: &Call, mut draw: Draw) -> Result<(), Error> {
    let happened = events(tx, draw.id)?;
    let revealed = |party: Party| {
        let at = moment(&happened, REVEALED, party);
        let secret = draw.side(party).reveal.map(str::to_string);
        let (Some(at), Some(secret)) = (at, secret) else { return Err(unexpected("a reveal is not in the record")) };
        Ok(Revealed { revealed_at: time(at), secret })
    };
    let reveals = Reveals { handler: revealed(Party::Handler)?, auditor: revealed(Party::Auditor)? };
    let opening: Opening = serde_json::from_str(draw.opening.as_deref().unwrap_or_default()).map_err(unexpected)?;
    let made = Record::draw(opening, draw.chain_head.clone().unwrap_or_default(), reveals).map_err(unexpected)?;
    let text = String::from_utf8(made.to_bytes().map_err(unexpected)?).map_err(unexpected)?;
    (draw.record, draw.record_digest) = (Some(text), Some(made.record_digest.clone()));
    (draw.status, draw.ended_at) = (DrawStatus::Drawn, Some(tx.now));
    store(tx, &draw)?;
    let drawn = selected(draw.id, &made)?;
    let detail = serde_json::json!({
        "record_digest": made.record_digest, "panel": drawn.panel.len(), "reserves": drawn.reserves.len(),
    });
    record(tx, &Actor::system(), Role::System.as_text(), draw.id, DRAWN, None, detail)?;
    into_session(tx, call, &drawn)?;
    for party in BOTH {
        post_to(tx, draw.side(party).account, "draw-drawn", call, &[])?;
    }
    tx.post_to_role(Role::Approver, "draw-drawn", &format!("/reviews/{}/draw", call.id), &[("call", &call.title)])
}

/// A session that is being prepared takes the panel that was drawn; its plan, made for another one, is made anew.
fn into_session(tx: &mut Tx<'_>, call: &Call, drawn: &Drawn) -> Result<(), Error> {
    let Some(stored) = db::reviews::session_of_call(tx.db, call.id)? else { return Ok(()) };
    let mut session = db::reviews::find_session_to_change(tx.db, stored.id)?;
    if session.status != SessionStatus::Preparing {
        return Ok(());
    }
    session.draw_id = Some(drawn.draw);
    session.panel = Json(drawn.panel.clone());
    session.reserves = Json(drawn.reserves.clone());
    let version = session.version;
    if !db::reviews::update_session(tx.db, &session, version)? {
        return Err(Error::Stale);
    }
    db::reviews::forget_plan(tx.db, session.id)?;
    let detail = serde_json::json!({ "draw": drawn.draw, "panel": drawn.panel, "reserves": drawn.reserves });
    let system = Actor::system();
    crate::actions::review::record_session(tx, &system, Role::System, session.id, "review.panel_drawn", None, detail)
}
