//! The pool of experts as it is seen: by the department all of it, by the officers of a bureau their bureau's own.

use super::Tx;
use crate::db;
use crate::db::experts::{Expert, PoolFilter};
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::ExpertId;
use crate::error::Error;

/// Who sees experts, each within their scope.
pub const READERS: &[Role] = &[Role::Handler, Role::Evaluator, Role::Approver, Role::CityOfficer];
/// Who sees every pool, and an expert's ties. All of them are among [`READERS`]: whoever reads of ties may look at the expert.
pub const OF_THE_PROVINCE: &[Role] = &[Role::Handler, Role::Evaluator, Role::Approver];

/// Whether the actor may look at experts at all: whether a page leads there.
pub fn is_open_to(actor: &Actor) -> bool {
    actor.holds_any(READERS)
}

/// Whether the actor sees every pool, and with an expert what the department knows of them: ties, and what they have to score
/// at present. A bureau is not told the latter: it would learn who scores its own vendors.
pub fn sees_everything(actor: &Actor) -> bool {
    actor.holds_any(OF_THE_PROVINCE)
}

/// The pools that the actor sees; every one if none is named.
fn within(actor: &Actor) -> Option<Vec<String>> {
    if sees_everything(actor) {
        return None;
    }
    let held = actor.held.iter().filter(|held| held.role == Role::CityOfficer);
    Some(held.filter_map(|held| held.bureau.clone()).collect())
}

/// One page of the experts that the actor sees.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, filter: &PoolFilter, pager: Pager) -> Result<Page<Expert>, Error> {
    actor.must_hold(READERS)?;
    Ok(db::experts::list(tx.db, filter, within(actor).as_deref(), pager)?)
}

/// An expert that the actor sees: one of another bureau's pool does not exist for its officers.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: ExpertId) -> Result<Expert, Error> {
    actor.must_hold(READERS)?;
    Ok(db::experts::find_within(tx.db, id, within(actor).as_deref())?)
}
