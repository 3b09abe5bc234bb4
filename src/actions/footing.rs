//! What a change stands on: the session that it was sent in, and the roles that its sender was let in by. Both were read before its
//! transaction began, and somebody may have ended the one or taken the other since. So each transaction that answers a request asks
//! for both once more, last of all, and holds the session until it is over: whoever ends it was there before, and is heeded, or waits
//! until what came before is done (C-12). Nothing waits for anything else by then, so nobody waits in a circle for it.

use super::Tx;
use crate::db;
use crate::domain::actor::{Actor, Held};
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::error::Error;

/// The session of a request, and what its person held when they were let in.
#[derive(Debug, Clone)]
pub struct Footing {
    session: String,
    account: AccountId,
    held: Vec<Held>,
}

impl Footing {
    /// That of a request which this person sent in the session with this id; none of somebody without an account.
    pub fn of(session: &str, actor: &Actor) -> Option<Footing> {
        Some(Footing { session: session.into(), account: actor.account?, held: actor.held.clone() })
    }
}

impl<'a> Tx<'a> {
    /// The same for a request that stands on this.
    pub(crate) fn standing_on(self, footing: Option<Footing>) -> Tx<'a> {
        Tx { footing, ..self }
    }

    /// Whether the transaction has ended the session that it stood on: whatever else answers its request stands on nothing.
    pub(crate) fn has_left(&self) -> bool {
        self.left
    }

    /// Makes sure that the session goes on and that its person holds all that they were let in by. Every change of roles that
    /// somebody makes ends the sessions of their holder; a role whose last day is over is gone by itself.
    ///
    /// # Errors
    /// Unauthenticated, when the session has ended; `wrong_role`, when a role is gone.
    pub(super) fn must_still_stand(&mut self) -> Result<(), Error> {
        let Some(footing) = self.footing.take() else { return Ok(()) };
        self.must_go_on(&footing.session)?;
        let held = db::sessions::held(self.db, footing.account, self.now)?;
        if footing.held.iter().all(|role| held.contains(role)) {
            Ok(())
        } else {
            Err(Refusal::forbidden("wrong_role").into())
        }
    }

    fn must_go_on(&mut self, session: &str) -> Result<(), Error> {
        if db::sessions::hold_live(self.db, session, self.now)? { Ok(()) } else { Err(Error::Unauthenticated) }
    }

    /// Ends a session. One that the request itself stands on was good until now, and is asked for no more.
    ///
    /// # Errors
    /// Unauthenticated, when that one had been ended before.
    pub(super) fn end_session(&mut self, id: &str) -> Result<(), Error> {
        self.leave_if(|footing| footing.session == id)?;
        Ok(db::sessions::end(self.db, id, self.now)?)
    }

    /// Ends every session of an account; how many there were. Among them may be the one that the request itself stands on, as for
    /// [`Tx::end_session`].
    ///
    /// # Errors
    /// Unauthenticated, when that one had been ended before.
    pub(super) fn end_sessions(&mut self, account: AccountId) -> Result<usize, Error> {
        self.leave_if(|footing| footing.account == account)?;
        Ok(db::sessions::end_all(self.db, account, self.now)?)
    }

    fn leave_if(&mut self, is_own: impl FnOnce(&Footing) -> bool) -> Result<(), Error> {
        let Some(footing) = self.footing.take_if(|footing| is_own(footing)) else { return Ok(()) };
        self.must_go_on(&footing.session)?;
        self.left = true;
        Ok(())
    }
}
