//! What a change stands on: the session that it was sent in, and the roles that its sender was let in by. Both were read before its
//! transaction began, and somebody may have ended the one or taken the other since. So each transaction that answers a request asks
//! for both once more, last of all, and holds the session until it is over: whoever ends it was there before, and is heeded, or waits
//! until what came before is done (C-12).
//!
//! The sessions that a transaction ends itself are noted while it works and ended in that same moment: their rows and that of its own
//! are held one after the other, in the order of their ids. So whoever waits for a session holds nothing but what comes before it in
//! that order and what nobody who holds a session still waits for, and nobody waits in a circle for it.

use super::Tx;
use crate::db;
use crate::db::sessions::Session;
use crate::domain::actor::{Actor, Held};
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use std::collections::BTreeSet;

/// The session of a request, and what its person held when they were let in.
#[derive(Debug, Clone)]
pub struct Footing {
    session: String,
    account: AccountId,
    held: Vec<Held>,
}

/// The sessions that a transaction ends as its last act, and those that it has begun, which are not among them.
#[derive(Debug, Default)]
pub(super) struct Ending {
    sessions: BTreeSet<String>,
    accounts: Vec<AccountId>,
    begun: Vec<(AccountId, String)>,
}

impl Ending {
    /// Whether this session is to end.
    fn takes(&self, session: &Session) -> bool {
        let is_begun = self.begun.iter().any(|(_, id)| *id == session.id);
        self.sessions.contains(&session.id) || (self.accounts.contains(&session.account_id) && !is_begun)
    }
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

    /// Makes sure that the session goes on and that its person holds all that they were let in by, and ends the sessions that were
    /// noted. Every change of roles that somebody makes ends the sessions of their holder; a role whose last day is over is gone by
    /// itself. One that the transaction ends itself must have been good until now, and is asked for nothing else.
    ///
    /// # Errors
    /// Unauthenticated, when the session has ended; `wrong_role`, when a role is gone.
    pub(super) fn must_still_stand(&mut self) -> Result<(), Error> {
        let footing = self.footing.take();
        let Ending { sessions, accounts, begun } = std::mem::take(&mut self.ending);
        let begun: Vec<String> = begun.into_iter().map(|(_, id)| id).collect();
        let mut rows = sessions.clone();
        rows.extend(db::sessions::open_of(self.db, &accounts, &begun)?);
        rows.extend(footing.iter().map(|footing| footing.session.clone()));
        db::sessions::hold(self.db, &rows)?;
        if let Some(footing) = footing {
            self.must_stand_on(&footing)?;
        }
        for id in &sessions {
            db::sessions::end(self.db, id, self.now)?;
        }
        db::sessions::end_all(self.db, &accounts, &begun, self.now)?;
        Ok(())
    }

    /// The session is held.
    fn must_stand_on(&mut self, footing: &Footing) -> Result<(), Error> {
        if db::sessions::find_live(self.db, &footing.session, self.now)?.is_none() {
            return Err(Error::Unauthenticated);
        }
        if self.left {
            return Ok(());
        }
        let held = db::sessions::held(self.db, footing.account, self.now)?;
        if footing.held.iter().all(|role| held.contains(role)) {
            Ok(())
        } else {
            Err(Refusal::forbidden("wrong_role").into())
        }
    }

    /// Begins a session, which goes on whatever sessions of its account were to end before.
    pub(super) fn begin_session(&mut self, session: &Session) -> Result<(), Error> {
        db::sessions::create(self.db, session)?;
        self.ending.begun.push((session.account_id, session.id.clone()));
        Ok(())
    }

    /// Ends a session with the transaction. It may be the one that the request itself stands on.
    pub(super) fn end_session(&mut self, id: &str) {
        self.leave_if(|footing| footing.session == id);
        self.ending.sessions.insert(id.into());
    }

    /// Ends every session of an account with the transaction, but for those that it begins after this; how many there are. Among
    /// them may be the one that the request itself stands on.
    ///
    /// # Errors
    /// The database is away.
    pub(crate) fn end_sessions(&mut self, account: AccountId) -> Result<usize, Error> {
        self.leave_if(|footing| footing.account == account);
        self.ending.begun.retain(|(of, _)| *of != account);
        if !self.ending.accounts.contains(&account) {
            self.ending.accounts.push(account);
        }
        Ok(db::sessions::open_of(self.db, &[account], &[])?.len())
    }

    /// The sessions of an account that are good now and do not end with the transaction, last used first.
    ///
    /// # Errors
    /// The database is away.
    pub(crate) fn live_sessions(&mut self, account: AccountId) -> Result<Vec<Session>, Error> {
        let mut live = db::sessions::live_of(self.db, account, self.now)?;
        live.retain(|session| !self.ending.takes(session));
        Ok(live)
    }

    fn leave_if(&mut self, is_own: impl FnOnce(&Footing) -> bool) {
        self.left |= self.footing.as_ref().is_some_and(is_own);
    }
}
