//! One mail a working day to each officer for whom something waits: how much of what kind, and what comes first.

use super::Tx;
use super::desk::{Waiting, of_officer};
use crate::db;
use crate::db::applications::Filter;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date_text;
use crate::domain::digest::is_pressing;
use crate::domain::ids::AccountId;
use crate::domain::mail_group::MailGroup;
use crate::domain::scope::Scope;
use crate::error::Error;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Who gets a digest.
const READERS: [Role; 3] = [Role::CityOfficer, Role::Handler, Role::Approver];

/// The officers whose digest of that day was not seen to yet.
///
/// # Errors
/// The database is away.
pub fn readers(tx: &mut Tx<'_>, day: NaiveDate) -> Result<Vec<AccountId>, Error> {
    let mut readers = BTreeSet::new();
    for role in READERS {
        readers.extend(db::accounts::holders(tx.db, role, tx.now)?.into_iter().map(|account| account.id));
    }
    for noted in db::digests::noted(tx.db, day)? {
        readers.remove(&noted);
    }
    Ok(readers.into_iter().collect())
}

/// Sees to an officer's digest of a day, unless that was done before; whether a mail was written now. There is none for
/// whom nothing waits, or who wants none: then the day is done with as well, and what arrives later waits for the next.
///
/// # Errors
/// The database is away.
pub fn send(tx: &mut Tx<'_>, reader: AccountId, day: NaiveDate) -> Result<bool, Error> {
    if !db::digests::note(tx.db, reader, day, tx.now)? {
        return Ok(false);
    }
    if db::mail_mutes::of_account(tx.db, reader)?.contains(&MailGroup::Digest) {
        return Ok(false);
    }
    let account = db::accounts::find(tx.db, reader)?;
    let held = db::sessions::held(tx.db, reader, tx.now)?;
    let actor = Actor { account: Some(reader), name: account.name.clone(), language: account.language.clone(), held };
    let counts = db::applications::count_by_state(tx.db, &Scope::of(&actor), &Filter::default())?;
    let waiting = of_officer(tx, &actor, &counts)?;
    if waiting.is_empty() {
        return Ok(false);
    }
    let count = waiting.iter().fold(0_i64, |sum, one| sum.saturating_add(one.count)).to_string();
    let (date, lines) = (local_date_text(day), lines(tx, &actor, waiting));
    let args = [
        ("name", account.name.as_str()),
        ("date", date.as_str()),
        ("count", count.as_str()),
        ("lines", lines.as_str()),
    ];
    tx.post((&account).into(), "desk-digest", "/desk", &args)?;
    Ok(true)
}

/// What waits, a line each: first what is over or ends soon, the most pressing first, then the rest in the order of the
/// stations.
fn lines(tx: &Tx<'_>, actor: &Actor, mut waiting: Vec<Waiting>) -> String {
    waiting.sort_by_key(|one| (one.due.is_none(), one.due));
    let is_first = |one: &Waiting| one.overdue || one.due.is_some_and(|due| is_pressing(due, tx.now));
    let (first, rest): (Vec<Waiting>, Vec<Waiting>) = waiting.into_iter().partition(is_first);
    let words = tx.env.words;
    let part = |heading: String, waiting: &[Waiting]| {
        let lines = waiting.iter().map(|one| line(tx, actor, one));
        std::iter::once(heading).chain(lines).collect::<Vec<_>>().join("\n")
    };
    let mut parts = Vec::new();
    if !first.is_empty() {
        parts.push(part(words.say(&actor.language, "desk-digest-first"), &first));
    }
    if !rest.is_empty() {
        parts.push(part(words.say(&actor.language, "desk-digest-rest"), &rest));
    }
    parts.join("\n\n")
}

fn line(tx: &Tx<'_>, actor: &Actor, one: &Waiting) -> String {
    let words = tx.env.words;
    let task = words.say(&actor.language, one.key);
    let count = one.count.to_string();
    let date = one.date(tx, actor);
    if date.is_empty() {
        return words.say_with(&actor.language, "desk-digest-line", [("task", task), ("count", count)]);
    }
    words.say_with(&actor.language, "desk-digest-line-dated", [("task", task), ("count", count), ("date", date)])
}
