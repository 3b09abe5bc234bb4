//! Where the request comes from that is being answered, and what its sender stands on: known to the transactions that answer it, so
//! that the record of an act can say the one, and none forgets to ask for the other, without every act being told. Work that no
//! request asked for comes from nowhere and stands on nothing.

use crate::actions::footing::Footing;
use crate::domain::actor::Actor;
use std::cell::RefCell;

struct Origin {
    network: String,
    footing: RefCell<Option<Footing>>,
}

tokio::task_local! {
    static ORIGIN: Origin;
}

/// Answers a request that comes from this network, see `web::network`.
pub async fn coming_from<T>(network: String, answering: impl Future<Output = T>) -> T {
    ORIGIN.scope(Origin { network, footing: RefCell::default() }, answering).await
}

/// Notes that the request which is answered now was sent by this person in the session with this id: what it changes from here on
/// is done only while that is so.
pub fn standing_on(session: &str, actor: &Actor) {
    ORIGIN.try_with(|origin| origin.footing.replace(Footing::of(session, actor))).ok();
}

/// Notes that the request has ended the session that it stood on.
pub(super) fn leave() {
    ORIGIN.try_with(|origin| origin.footing.take()).ok();
}

/// From where the request comes that is answered now; none outside of one.
pub(super) fn network() -> Option<String> {
    ORIGIN.try_with(|origin| origin.network.clone()).ok().filter(|network| !network.is_empty())
}

/// What it stands on; none for a stranger, and outside of one.
pub(super) fn footing() -> Option<Footing> {
    ORIGIN.try_with(|origin| origin.footing.borrow().clone()).ok().flatten()
}
