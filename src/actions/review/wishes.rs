//! Pins and forbids of the organisers (指定、禁止), each with its reason. They bind the next plan.

use super::{acted_upon, reason, record_session, session_to_change};
use crate::actions::Tx;
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::assignment::Wish;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, CallId, ExpertId};
use crate::domain::names::Names;
use crate::domain::procedure::State;
use crate::domain::refusal::Refusal;
use crate::domain::status::WishKind;
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A wish.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWish {
    /// The version of the session that was seen.
    pub version: i32,
    /// Which application.
    pub application: ApplicationId,
    /// Which expert.
    pub expert: ExpertId,
    /// Whether the expert scores it or does not.
    pub kind: WishKind,
    /// Why.
    pub reason: String,
}

/// A wish that is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WishRemoval {
    /// The version of the session that was seen.
    pub version: i32,
    /// Of which application.
    pub application: ApplicationId,
    /// Of which expert.
    pub expert: ExpertId,
}

/// Puts an expert on an application or keeps them from it, from the next plan on.
///
/// # Errors
/// The pair has a wish; the file is not under review; the expert does not take part, or is recused by rule.
pub fn wish(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &NewWish) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let call = db::calls::find(tx.db, id)?;
    acted_upon(tx, actor, id, input.version)?;
    let (mut session, role) = session_to_change(tx, actor, &call, ReviewAction::Wish)?;
    tx.must_be_current(input.version, session.version)?;
    let reason = reason("reason", &input.reason)?;
    let file = db::reviews::file(tx.db, input.application)?.filter(|file| file.application.call_id == id);
    let file = file.ok_or(Error::NotFound)?;
    if file.application.state != State::InReview {
        return Err(Refusal::conflict("review_wish_file_left").into());
    }
    if !session.panel.0.contains(&input.expert) {
        return Err(Error::field("expert", "review_wish_expert"));
    }
    let pair = |wish: &Wish| (wish.application, wish.expert) == (input.application, input.expert);
    if session.wishes.0.iter().any(pair) {
        return Err(Error::field("expert", "review_wish_twice"));
    }
    if input.kind == WishKind::Pin
        && let Some(why) = super::exclusions::exclusion_of(tx, &call, input.application, input.expert)?
    {
        let key = format!("exclusion-{why}");
        let why = Names::of_each(|language| tx.env.words.say(language, &key));
        return Err(Error::Invalid(vec![Problem::new("expert", "review_wish_excluded").naming("why", &why)]));
    }
    session.wishes.0.push(Wish {
        application: input.application,
        expert: input.expert,
        kind: input.kind,
        reason: reason.clone(),
        by: account,
        at: tx.now.and_utc(),
    });
    if !db::reviews::update_session(tx.db, &session, input.version)? {
        return Err(Error::Stale);
    }
    let detail = serde_json::json!({ "application": input.application, "expert": input.expert, "kind": input.kind });
    record_session(tx, actor, role, session.id, "review.wished", Some(&reason), detail)
}

/// Takes a wish back.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &WishRemoval) -> Result<(), Error> {
    let call = db::calls::find(tx.db, id)?;
    acted_upon(tx, actor, id, input.version)?;
    let (mut session, role) = session_to_change(tx, actor, &call, ReviewAction::Wish)?;
    tx.must_be_current(input.version, session.version)?;
    let before = session.wishes.0.len();
    session.wishes.0.retain(|wish| (wish.application, wish.expert) != (input.application, input.expert));
    if session.wishes.0.len() == before {
        return Err(Error::NotFound);
    }
    if !db::reviews::update_session(tx.db, &session, input.version)? {
        return Err(Error::Stale);
    }
    let detail = serde_json::json!({ "application": input.application, "expert": input.expert });
    record_session(tx, actor, role, session.id, "review.wish_withdrawn", None, detail)
}
