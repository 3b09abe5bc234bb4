//! What the record says besides changes: that somebody was refused, and that what names people was shown or carried away
//! (GB/T 22239-2019, 8.1.4.3: every user's important acts, with date, person, kind and result).
//!
//! It goes into the chain of whoever asked. A stranger is refused without a trace here: the log has the request.

use super::{Record, Tx};
use crate::db;
use crate::db::Json;
use crate::db::page::Pager;
use crate::domain::actor::Actor;
use crate::domain::ids::AccountId;
use crate::error::Error;
use chrono::Duration;
use serde_json::json;
use std::collections::BTreeMap;

/// Refusals of one person that are recorded in an hour at most: who knocks at every door must not fill the record.
pub const REFUSALS_AN_HOUR: i64 = 60;
/// Failed sign-ins that are recorded in an hour at most, of one account and, together, of addresses without one.
pub const FAILED_SIGN_INS_AN_HOUR: i64 = 60;

/// Events at the end of a chain that are looked at for it: however long a chain grows, a refusal or a failed sign-in costs no
/// more, and one of a stranger no more than one of somebody known (C-04). Whoever did so much else meanwhile is recorded again.
pub const LOOKED_AT: i64 = 500;

/// Minutes in which one person's looking again at the same address and ids, from the same network, is not recorded anew:
/// pages are reloaded, and opened again after every form that is sent from them, and a record of each time would bury the
/// first. Another page of a list is another look. What is carried away as a file is recorded each time, and so are lists and searches
/// whose address has no id: what they are narrowed to, the record does not say.
pub const ANOTHER_LOOK_MINUTES: i64 = 15;

/// The chain of those who have no account.
const UNKNOWN: &str = "unknown";

/// That somebody was refused, in the record.
pub(super) const REFUSED: &str = "account.refused";
const SIGN_IN_FAILED: &str = "account.sign_in_failed";
const CODE_REFUSED: &str = "account.code_refused";

/// What was asked for: the address as the table of routes has it, the ids in it, and which page of a list. Never the query: it may
/// hold names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The method.
    pub method: String,
    /// The pattern of the route.
    pub route: String,
    /// The ids, by their names in the pattern.
    pub ids: BTreeMap<String, String>,
    /// The page of a list, and how many rows a page has; none where the address shows no list by pages.
    pub page: Option<Pager>,
}

impl Asked {
    /// As the record has it.
    fn detail(&self) -> serde_json::Value {
        let mut detail = json!({ "method": self.method, "route": self.route, "ids": self.ids });
        if let (Some(page), Some(fields)) = (self.page, detail.as_object_mut()) {
            fields.insert("page".into(), page.number().into());
            fields.insert("per_page".into(), page.limit().into());
        }
        detail
    }
}

/// Why something that names people was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// It was looked at.
    Viewed,
    /// It was carried away as a file.
    Exported,
}

impl Disclosure {
    fn action(self) -> &'static str {
        match self {
            Disclosure::Viewed => "account.personal_data_viewed",
            Disclosure::Exported => "account.data_exported",
        }
    }
}

/// The role that is told: an office before what somebody does for an organisation.
fn first_role(actor: &Actor) -> &'static str {
    let office = actor.held.iter().find(|held| held.organisation.is_none());
    office.or(actor.held.first()).map_or("", |held| held.role.as_text())
}

/// Whether there is room in this hour's record of an account.
fn has_room(tx: &mut Tx<'_>, subject: &str, action: &str, most: i64) -> Result<bool, Error> {
    let since = tx.now - Duration::hours(1);
    let newest = db::events::newest_of(tx.db, "account", subject, LOOKED_AT)?;
    let counted = newest.iter().filter(|(done, at)| done == action && *at >= since).count();
    Ok(i64::try_from(counted).unwrap_or(i64::MAX) < most)
}

/// Whether the next refusal of this person is to be recorded.
///
/// # Errors
/// The database is away.
pub fn is_refusal_due(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, Error> {
    match actor.account {
        Some(account) => has_room(tx, account.as_text(), REFUSED, REFUSALS_AN_HOUR),
        None => Ok(false),
    }
}

/// Records that somebody who has signed in was refused.
///
/// # Errors
/// The database is away.
pub fn note_refusal(tx: &mut Tx<'_>, actor: &Actor, code: &str, asked: &Asked) -> Result<(), Error> {
    let Some(account) = actor.account else { return Ok(()) };
    if !is_refusal_due(tx, actor)? {
        return Ok(());
    }
    let detail = json!({ "code": code, "method": asked.method, "route": asked.route, "ids": asked.ids });
    let role = first_role(actor);
    let subject_id = account.as_text();
    tx.record(actor, Record { subject_kind: "account", subject_id, action: REFUSED, role, detail, ..Record::default() })
}

/// Whether this disclosure is to be recorded: that somebody looked again within [`ANOTHER_LOOK_MINUTES`] is not, unless it was at a
/// list over all or a search, of which the record cannot tell one person sought from the next.
///
/// # Errors
/// The database is away: then it must not be shown.
pub fn is_disclosure_due(tx: &mut Tx<'_>, actor: &Actor, what: Disclosure, asked: &Asked) -> Result<bool, Error> {
    if what == Disclosure::Exported || asked.ids.is_empty() {
        return Ok(true);
    }
    let account = actor.must_be_somebody()?;
    let since = tx.now - Duration::minutes(ANOTHER_LOOK_MINUTES);
    let newest = db::events::newest_told(tx.db, "account", account.as_text(), LOOKED_AT)?;
    let detail = tx.placed(what.action(), asked.detail());
    let is_same =
        |(done, at, Json(known)): &db::events::Told| done == what.action() && *at >= since && *known == detail;
    Ok(!newest.iter().any(is_same))
}

/// Records that somebody was shown, or carried away, what names people.
///
/// # Errors
/// The database is away: then it must not be shown.
pub fn note_disclosure(tx: &mut Tx<'_>, actor: &Actor, what: Disclosure, asked: &Asked) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let detail = asked.detail();
    let (role, action) = (first_role(actor), what.action());
    let subject_id = account.as_text();
    tx.record(actor, Record { subject_kind: "account", subject_id, action, role, detail, ..Record::default() })
}

/// Records that a sign-in failed: in the chain of the account that was meant, or of those that nobody has. Both take the
/// same steps, so that the answer to neither comes sooner.
///
/// # Errors
/// The database is away.
pub fn note_failed_sign_in(tx: &mut Tx<'_>, email: &str) -> Result<(), Error> {
    let meant = db::accounts::find_by_email(tx.db, email)?;
    let subject = meant.as_ref().map_or(UNKNOWN, |account| account.id.as_text());
    if !has_room(tx, subject, SIGN_IN_FAILED, FAILED_SIGN_INS_AN_HOUR)? {
        return Ok(());
    }
    let nobody = Actor::public("zh-CN");
    let record = Record { subject_kind: "account", subject_id: subject, action: SIGN_IN_FAILED, ..Record::default() };
    tx.record(&nobody, record)
}

/// Records that a code of the second factor was wrong, or was used before: whoever gave it had come past the password.
///
/// # Errors
/// The database is away.
pub(super) fn note_wrong_code(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Error> {
    let subject_id = account.as_text();
    if !has_room(tx, subject_id, CODE_REFUSED, FAILED_SIGN_INS_AN_HOUR)? {
        return Ok(());
    }
    // Nobody has proved yet who it was.
    let nobody = Actor::public("zh-CN");
    let record = Record { subject_kind: "account", subject_id, action: CODE_REFUSED, ..Record::default() };
    tx.record(&nobody, record)
}

/// Records that somebody was not let in by a provider of identities: in the chain of those who have no account, because whom
/// it was about nobody has proved.
///
/// # Errors
/// The database is away.
pub fn note_failed_identity(tx: &mut Tx<'_>, code: &str) -> Result<(), Error> {
    if !has_room(tx, UNKNOWN, SIGN_IN_FAILED, FAILED_SIGN_INS_AN_HOUR)? {
        return Ok(());
    }
    let nobody = Actor::public("zh-CN");
    let detail = json!({ "by": "identity", "code": code });
    let record =
        Record { subject_kind: "account", subject_id: UNKNOWN, action: SIGN_IN_FAILED, detail, ..Record::default() };
    tx.record(&nobody, record)
}
