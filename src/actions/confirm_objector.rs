//! Whoever objected confirms the address that the receipt went to, by the link in it. Nothing but the fact is kept, in the
//! record of the objection: the address stays under its seal, and nothing more is written to it before.

use super::handle_objection::catch_up;
use super::{Env, Record, Tx};
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::ids::ObjectionId;
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use subtle::ConstantTimeEq;

/// What is recorded.
const CONFIRMED: &str = "objection.address_confirmed";

/// What proves that somebody got the receipt of this objection.
fn key_of(env: &Env, id: ObjectionId) -> String {
    hex::encode(env.keys.mac("objector address", id.as_text().as_bytes()))
}

/// Where the address of an objection is confirmed.
pub(super) fn link(env: &Env, id: ObjectionId) -> String {
    format!("{}/objections/{id}/address/{}", env.base_url, key_of(env, id))
}

/// The objection of a link that is one of ours.
fn of_link(env: &Env, id: &str, key: &str) -> Result<ObjectionId, Error> {
    let id = ObjectionId::from_text(id).ok_or(Error::NotFound)?;
    if bool::from(key_of(env, id).as_bytes().ct_eq(key.as_bytes())) { Ok(id) } else { Err(Error::NotFound) }
}

/// The number of the objection that a link is about, without confirming anything: programs that look into mails open links
/// as well.
///
/// # Errors
/// Not found for a link that is not one of ours.
pub fn number_of_link(tx: &mut Tx<'_>, id: &str, key: &str) -> Result<String, Error> {
    let id = of_link(tx.env, id, key)?;
    Ok(db::objections::find(tx.db, id)?.number)
}

/// Confirms the address, once; the number of the objection.
///
/// # Errors
/// Not found for a link that is not one of ours.
pub fn confirm_objector(tx: &mut Tx<'_>, id: &str, key: &str) -> Result<String, Error> {
    let id = of_link(tx.env, id, key)?;
    // Held: of two who press the button at once the second finds it done.
    let objection = db::objections::find_to_change(tx.db, id)?;
    if !is_confirmed(tx, objection.id)? {
        // The record never names the one who objects.
        tx.record(
            &Actor::public(DEFAULT_LANGUAGE),
            Record {
                subject_kind: "objection",
                subject_id: objection.id.as_text(),
                action: CONFIRMED,
                ..Record::default()
            },
        )?;
        match catch_up(tx, &objection) {
            // The term of the identity was over: there is no address left to write to.
            Err(Error::Refused(refusal)) if refusal.code == "objector_forgotten" => {}
            told => told?,
        }
    }
    Ok(objection.number)
}

/// Whether the address of an objection was confirmed.
///
/// # Errors
/// The database is away.
pub fn is_confirmed(tx: &mut Tx<'_>, id: ObjectionId) -> Result<bool, Error> {
    let events = db::events::of_subject(tx.db, "objection", id.as_text())?;
    Ok(events.iter().any(|event| event.action == CONFIRMED))
}
