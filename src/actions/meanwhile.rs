//! Who is too late is told what became of the thing meanwhile: what was done to it since the version that they saw, and what
//! of their own stands otherwise by now.
//!
//! An act that is made upon a version says so with [`Tx::acts_upon`] once it has loaded the thing, and compares what was sent
//! with [`Tx::compare`]. Where it then ends in a conflict, whatever its code, [`told`] puts the story into the refusal. It is
//! told by the policy of the thing's own story, so that nobody learns more of it by being late.

use super::{Tx, reading, timeline};
use crate::db;
use crate::db::events::StoredEvent;
use crate::domain::actor::{Actor, Role};
use crate::domain::call::INSIDERS;
use crate::domain::ids::{ApplicationId, OrganisationId};
use crate::domain::meanwhile::{Behind, Change, Difference, Meanwhile, ToldDifference, since};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::scope::Scope;
use crate::domain::timeline::UNTOLD;
use crate::error::Error;
use std::cmp::Ordering;

/// Whether an act is told.
type Teller = fn(&str) -> bool;

/// Events at the end of a chain that are looked through for what was done since, of which most may be savings of one applicant.
/// Whoever is further behind is told of these.
const LOOKED_AT: i64 = 1000;

/// Who takes part in a review or looks at its draw without being one of its experts.
const OF_REVIEWS: &[Role] = &[Role::Handler, Role::Approver, Role::Evaluator, Role::Auditor];
/// Who keeps the pool, the decisions, the objections and the lists.
const OF_DEPARTMENT: &[Role] = &[Role::Handler, Role::Approver, Role::Auditor];
/// Who looks after letters to many: the bureaus their own, which is asked where they are found.
const OF_LETTERS: &[Role] = &[Role::CityOfficer, Role::Handler, Role::Approver, Role::Auditor];
/// Who looks after accounts.
const OF_ACCOUNTS: &[Role] = &[Role::SystemAdmin, Role::SecurityAdmin];
/// What those are told of an account: what became of it, not what its owner does.
const TOLD_OF_ACCOUNTS: &[&str] =
    &["account.activated", "account.address_changed", "account.disabled", "account.enabled", "account.forgotten"];
/// Kinds whose readers are shown the reasons beside the acts, in the story of the thing.
const WITH_REASONS: &[&str] = &["application", "call", "membership"];

/// What an act is made upon, and by whom.
pub(super) struct Upon {
    actor: Actor,
    kind: &'static str,
    id: String,
    seen: i32,
    stored: i32,
    differences: Vec<ToldDifference>,
}

impl Upon {
    fn is_outdated(&self) -> bool {
        self.seen < self.stored
    }
}

impl Tx<'_> {
    /// Notes upon which version of what the actor acts, once that was found within their sight. `stored` is the version that
    /// it has for them now. The first thing that turns out to have moved is what a conflict is told about.
    pub(crate) fn acts_upon(&mut self, actor: &Actor, kind: &'static str, id: &str, (seen, stored): (i32, i32)) {
        if !self.is_outdated() {
            let (actor, id) = (actor.clone(), id.to_string());
            self.upon = Some(Upon { actor, kind, id, seen, stored, differences: Vec::new() });
        }
    }

    /// Whether the actor is known to be too late: then it is worth comparing what they sent.
    pub(crate) fn is_outdated(&self) -> bool {
        self.upon.as_ref().is_some_and(Upon::is_outdated)
    }

    /// Compares what was sent for a field with what stands there now, for whoever is too late. `label` is the key of its name.
    pub(super) fn compare(&mut self, field: &str, label: &str, sent: impl ToString, current: impl ToString) {
        if self.is_outdated() {
            let (sent, current) = (sent.to_string(), current.to_string());
            self.compare_told(field, label, (&sent, &sent), (&current, &current));
        }
    }

    /// The same of codes, whose words are found under `prefix`; an empty code is nothing.
    pub(super) fn compare_coded(
        &mut self,
        field: &str,
        (label, prefix): (&str, &str),
        sent: impl ToString,
        current: impl ToString,
    ) {
        let Some(upon) = self.upon.as_ref().filter(|upon| upon.is_outdated()) else { return };
        let (words, language) = (self.env.words, upon.actor.language.clone());
        let told = |code: &str| match code {
            "" => String::new(),
            code => words.say(&language, &format!("{prefix}-{code}")),
        };
        let (sent, current) = (sent.to_string(), current.to_string());
        let (sent_words, current_words) = (told(&sent), told(&current));
        self.compare_told(field, label, (&sent, &sent_words), (&current, &current_words));
    }

    /// The same of values that have words of their own: each with them, as sent and as it stands.
    pub(super) fn compare_told(&mut self, field: &str, label: &str, sent: (&str, &str), current: (&str, &str)) {
        let words = self.env.words;
        let label = self.upon.as_ref().map(|upon| words.say(&upon.actor.language, label)).unwrap_or_default();
        self.compare_named(field, &label, sent, current);
    }

    /// The same of a field whose name is no key: a question of a programme.
    pub(super) fn compare_named(&mut self, field: &str, label: &str, sent: (&str, &str), current: (&str, &str)) {
        let Some(upon) = self.upon.as_mut().filter(|upon| upon.is_outdated()) else { return };
        let is_known = upon.differences.iter().any(|known| known.difference.field == field);
        // What differs by its ends of lines alone was typed into a page.
        if is_known || plain(sent.0) == plain(current.0) {
            return;
        }
        upon.differences.push(ToldDifference {
            difference: Difference { field: field.into(), sent: sent.0.into(), current: current.0.into() },
            label: label.into(),
            sent: sent.1.into(),
            current: current.1.into(),
        });
    }
}

fn plain(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

/// The result of a piece of work, with the story in it where it ended in a conflict because others had been there.
///
/// The work is about to be undone: it is read within it, so that what is told is what it was held against.
pub(crate) fn told<T>(tx: &mut Tx<'_>, done: Result<T, Error>) -> Result<T, Error> {
    let mut refusal = match done {
        Err(Error::Stale) => Refusal::conflict("stale"),
        Err(Error::Refused(refusal)) if refusal.kind == RefusalKind::Conflict => refusal,
        other => return other,
    };
    // Where it cannot be told the refusal stands: a statement that failed may have ended all reading of this transaction.
    if refusal.meanwhile.is_none()
        && let Some(upon) = tx.upon.take()
        && let Ok(found) = story(tx, upon, refusal.code == "stale")
    {
        refusal.meanwhile = found.map(Box::new);
    }
    match refusal.meanwhile {
        None if refusal.code == "stale" => Err(Error::Stale),
        _ => Err(Error::Refused(refusal)),
    }
}

/// What is told; nothing where nobody was faster. `forestalled` says that somebody was, whatever version was found before.
fn story(tx: &mut Tx<'_>, upon: Upon, forestalled: bool) -> Result<Option<Meanwhile>, Error> {
    let behind = match upon.seen.cmp(&upon.stored) {
        Ordering::Less => Behind::Versions(upon.stored.saturating_sub(upon.seen)),
        Ordering::Equal if forestalled => Behind::Something,
        // A version that there never was: nothing can have been done since.
        Ordering::Greater if forestalled => Behind::Versions(0),
        Ordering::Equal | Ordering::Greater => return Ok(None),
    };
    let changes = match teller(tx, &upon)? {
        None => Vec::new(),
        Some(is_told) => {
            let newest = db::events::newest(tx.db, upon.kind, &upon.id, LOOKED_AT)?;
            let newest = newest.iter().filter(|event| !is_unseen(&upon, event)).map(|event| change(upon.kind, event));
            since(upon.kind, &newest.collect::<Vec<_>>(), behind, is_told)
        }
    };
    let version = if behind == Behind::Something { upon.stored.saturating_add(1) } else { upon.stored };
    Ok(Some(Meanwhile { kind: upon.kind, version, changes, differences: upon.differences }))
}

fn change(kind: &str, event: &StoredEvent) -> Change {
    Change {
        at: event.at.and_utc(),
        act: event.action.clone(),
        by_role: event.role.clone(),
        from: event.from_state.clone(),
        to: event.to_state.clone(),
        reason: event.reason.clone().filter(|reason| !reason.is_empty() && WITH_REASONS.contains(&kind)),
    }
}

/// Whether an event is none for this reader, who does not see it in the version either.
fn is_unseen(upon: &Upon, event: &StoredEvent) -> bool {
    upon.kind == "membership"
        && !upon.actor.holds_any(super::membership::READERS)
        && super::membership::INTERNAL.contains(&event.action.as_str())
}

/// Which of the acts upon a thing the reader is told of; none where its story is not for them.
fn teller(tx: &mut Tx<'_>, upon: &Upon) -> Result<Option<Teller>, Error> {
    let everything: fn(&str) -> bool = |_| true;
    let of_accounts: fn(&str) -> bool = |act| TOLD_OF_ACCOUNTS.contains(&act);
    let actor = &upon.actor;
    let to = |roles: &[Role]| actor.holds_any(roles).then_some(everything);
    Ok(match upon.kind {
        "application" => return way_of_file(tx, upon),
        "call" => to(INSIDERS),
        "account" => to(OF_ACCOUNTS).map(|_| of_accounts),
        "draw" | "review" => to(OF_REVIEWS),
        "decision" | "expert" | "list" | "objection" => to(OF_DEPARTMENT),
        "outbox" => to(OF_LETTERS),
        // Whoever else is here works for the organisation: to everybody else there is no such membership.
        "membership" => Some(everything),
        "organisation" => {
            let own = OrganisationId::from_text(&upon.id).is_some_and(|id| actor.organisations().contains(&id));
            if own { Some(everything) } else { to(OF_DEPARTMENT) }
        }
        _ => None,
    })
}

/// The same of a file: to those who see its way, what its timeline shows them, and to its applicants their own savings as well.
fn way_of_file(tx: &mut Tx<'_>, upon: &Upon) -> Result<Option<Teller>, Error> {
    let to_applicants: fn(&str) -> bool = |act| timeline::is_for(true, act);
    let to_officers: fn(&str) -> bool = |act| !UNTOLD.contains(&act) && timeline::is_for(false, act);
    let id = ApplicationId::from_text(&upon.id).ok_or(Error::NotFound)?;
    let application = db::applications::find(tx.db, &Scope::of(&upon.actor), id)?;
    let (own, full) = reading::seen_by(&upon.actor, &application);
    Ok(full.then_some(if own { to_applicants } else { to_officers }))
}
