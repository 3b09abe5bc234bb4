//! What waits for an officer: by kind, with how many and until when. The first page and the digest say the same, because
//! both are made from this.

use super::Tx;
use super::draw::view::waiting;
use super::grants::{ADMINISTRATORS, lacks_auditor};
use super::mail_batches::{OFFICERS, own_bureau};
use super::membership::view;
use super::publish_list::outlook;
use super::watch::REFUSED;
use crate::db;
use crate::db::accounts::Narrowing;
use crate::db::applications::Filter;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::{self, TimeLeft};
use crate::domain::chain::checkpoint::LATE_HOURS;
use crate::domain::ids::{AccountId, CallId};
use crate::domain::procedure::State;
use crate::domain::scope::Scope;
use crate::domain::status::{AccountsOnly, ProposalKind, REFUSALS_DAYS_BACK, ROLE_DAYS_BEFORE};
use crate::domain::steps::DrawAction;
use crate::error::Error;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// The key of reviews whose experts have scored: nobody but the organisers leads them on, whatever day others have.
pub const REVIEWS_TO_CLOSE: &str = "desk-reviews-to-close";

/// Something that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Where it is done.
    pub href: String,
    /// The key of its words.
    pub key: &'static str,
    /// How many there are, one at least.
    pub count: i64,
    /// When the first of it must be done.
    pub due: Option<NaiveDateTime>,
    /// Since when the first of it waits, where that is known and nothing is due.
    pub since: Option<NaiveDateTime>,
    /// Whether it is what others let go by.
    pub overdue: bool,
}

impl Waiting {
    /// Nothing where there is none.
    fn counted(href: &str, key: &'static str, count: i64) -> Option<Waiting> {
        let href = href.to_string();
        (count > 0).then_some(Waiting { href, key, count, due: None, since: None, overdue: false })
    }

    /// The same, that waits since then, where that is known.
    fn since(self, since: Option<NaiveDateTime>) -> Waiting {
        Waiting { since, ..self }
    }

    /// The same, that must be done by then, where that is known.
    fn by(self, due: Option<NaiveDateTime>) -> Waiting {
        Waiting { due, ..self }
    }

    /// The same, that others let go by.
    fn overdue(self) -> Waiting {
        Waiting { overdue: true, ..self }
    }

    /// Until or since when, in the reader's words; empty where nothing says so.
    pub fn date(&self, tx: &Tx<'_>, actor: &Actor) -> String {
        match (self.due, self.since) {
            (Some(due), _) => until(tx, actor, due),
            (None, Some(since)) => {
                let first = calendar::local_date(since);
                let days = (calendar::local_date(tx.now) - first).num_days().max(0);
                let at = calendar::local_date_text(first);
                match days {
                    0 => tx.env.words.say_with(&actor.language, "desk-since", [("at", at)]),
                    _ => {
                        let args = [("at", at), ("days", days.to_string())];
                        tx.env.words.say_with(&actor.language, "desk-since-days", args)
                    }
                }
            }
            (None, None) => String::new(),
        }
    }
}

/// A deadline with how long it is until then, or that it is over. Of a day that ends, days are counted with today, as
/// [`calendar::days_left`] does; of an instant within a day, what is left of time: nobody has two days who has twenty-four hours.
pub fn until(tx: &Tx<'_>, actor: &Actor, deadline: NaiveDateTime) -> String {
    let words = tx.env.words;
    let at = calendar::local_deadline_text(deadline);
    if tx.now >= deadline {
        return words.say_with(&actor.language, "desk-over", [("at", at)]);
    }
    let in_days =
        |at: String, days: i64| words.say_with(&actor.language, "desk-until", [("at", at), ("days", days.to_string())]);
    if calendar::day_ended_by(deadline).is_some() {
        return match calendar::days_left(tx.now, deadline) {
            ..=1 => words.say_with(&actor.language, "desk-until-today", [("at", at)]),
            days => in_days(at, days),
        };
    }
    match calendar::time_left(tx.now, deadline) {
        TimeLeft::Days(days) => in_days(at, days),
        TimeLeft::Hours(hours) => {
            words.say_with(&actor.language, "desk-until-hours", [("at", at), ("hours", hours.to_string())])
        }
        TimeLeft::Soon => words.say_with(&actor.language, "desk-until-soon", [("at", at)]),
    }
}

/// What waits for an officer, station by station: within the bureau for a city's, everywhere for the department's.
/// Nothing for anybody else. `counts` are the applications in the actor's sight, by state.
///
/// # Errors
/// The database is away.
pub fn of_officer(tx: &mut Tx<'_>, actor: &Actor, counts: &[(State, i64)]) -> Result<Vec<Waiting>, Error> {
    let mut found = Vec::new();
    officers(tx, actor, counts, &mut found)?;
    draws(tx, actor, &mut found)?;
    letters(tx, actor, &mut found)?;
    Ok(found)
}

/// Letters to many that are held until somebody has looked at them, and when the first of them leave by themselves.
fn letters(tx: &mut Tx<'_>, actor: &Actor, found: &mut Vec<Waiting>) -> Result<(), Error> {
    if !actor.holds_any(OFFICERS) {
        return Ok(());
    }
    let own = own_bureau(actor)?;
    let mut waiting = db::mail_batches::waiting(tx.db, tx.now)?;
    waiting.retain(|batch| actor.holds_any(batch.act.roles()) && (own.is_none() || batch.bureau == own));
    let href = match waiting.as_slice() {
        [only] => format!("/letters/{}", only.id),
        _ => "/letters".into(),
    };
    let due = waiting.first().map(|batch| batch.held_until);
    found
        .extend(Waiting::counted(&href, "desk-letters-held", counted(waiting.len())).map(|one| Waiting { due, ..one }));
    Ok(())
}

/// Files that were not mended in time: only the officers of the station can lead them on.
fn lapsed(tx: &mut Tx<'_>, actor: &Actor, state: State, found: &mut Vec<Waiting>) -> Result<(), Error> {
    let filter = Filter { states: vec![state], ..Filter::default() };
    let back = db::applications::ids(tx.db, &Scope::of(actor), &filter)?;
    let over = db::desk::corrections_due(tx.db, &back)?.iter().filter(|(_, due)| *due <= tx.now).count();
    let href = format!("/applications?state={state}");
    found.extend(Waiting::counted(&href, "desk-corrections-over", counted(over)).map(Waiting::overdue));
    Ok(())
}

fn counted(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Where several calls wait: at the page of the one, or at the list under which it lies.
fn at_calls(list: &str, calls: &[CallId]) -> String {
    match calls {
        [first, rest @ ..] if rest.iter().all(|call| call == first) => format!("{list}/{first}"),
        _ => list.into(),
    }
}

/// What waits for a handler beside the files: drafts that came back, questions, licence images.
fn handlers(tx: &mut Tx<'_>, actor: &Actor, found: &mut Vec<Waiting>) -> Result<(), Error> {
    if let Some(account) = actor.account {
        let returned = db::desk::calls_returned(tx.db, account)?;
        found.extend(Waiting::counted(&at_calls("/calls", &returned), "desk-calls-returned", counted(returned.len())));
    }
    let asked = db::desk::questions_waiting(tx.db, tx.now)?;
    found.extend(Waiting::counted(&at_calls("/calls", &asked), "desk-questions", counted(asked.len())));
    let licences = db::desk::licences_to_check(tx.db)?;
    found.extend(Waiting::counted("/organisations?code_check=licence", "desk-licences", licences));
    if let Some(account) = actor.account {
        let leaving = db::membership_proposals::count_waiting(tx.db, &[ProposalKind::Withdrawal], account)?;
        let since = db::membership_proposals::waiting_since(tx.db, &[ProposalKind::Withdrawal], account)?;
        let task = Waiting::counted("/memberships?waiting=true", "desk-withdrawals", leaving);
        found.extend(task.map(|task| task.since(since)));
    }
    let overdue = view::overdue(tx)?;
    let overdue = Waiting::counted("/memberships?standing=warned", "desk-warnings-over", counted(overdue));
    found.extend(overdue.map(Waiting::overdue));
    Ok(())
}

fn officers(tx: &mut Tx<'_>, actor: &Actor, counts: &[(State, i64)], found: &mut Vec<Waiting>) -> Result<(), Error> {
    let of = |state: State| counts.iter().find(|(found, _)| *found == state).map_or(0, |(_, count)| *count);
    if actor.holds(Role::CityOfficer) {
        let task = Waiting::counted("/applications?state=submitted", "desk-to-check", of(State::Submitted));
        let due = db::applications::first_recommend_by(tx.db, &Scope::of(actor), State::Submitted)?;
        found.extend(task.map(|task| Waiting { due, ..task }));
        lapsed(tx, actor, State::CityCorrection, found)?;
    }
    if actor.holds(Role::Handler) {
        let task =
            Waiting::counted("/applications?state=recommended&order=waiting", "desk-to-screen", of(State::Recommended));
        let since = db::applications::waiting_since(tx.db, &Scope::of(actor), State::Recommended)?;
        found.extend(task.map(|task| Waiting { since, ..task }));
        lapsed(tx, actor, State::ScreeningCorrection, found)?;
        handlers(tx, actor, found)?;
        let href = at_calls("/decisions", &db::desk::calls_to_propose(tx.db)?);
        let task = Waiting::counted(&href, "desk-to-decide", db::desk::to_decide(tx.db)?);
        let since = db::desk::to_decide_since(tx.db)?;
        found.extend(task.map(|task| task.since(since)));
        let since = db::applications::waiting_since(tx.db, &Scope::of(actor), State::Proposed)?;
        let task = Waiting::counted("/notices", "desk-to-notice", of(State::Proposed));
        found.extend(task.map(|task| task.since(since)));
        let mut ready = 0;
        for call in db::published_lists::calls_to_publish(tx.db)? {
            let outlook = outlook(tx, actor, call)?;
            ready += i64::from(outlook.at().is_ready());
        }
        found.extend(Waiting::counted("/lists", "desk-lists-ready", ready));
    }
    if actor.holds_any(&[Role::Handler, Role::Evaluator]) {
        let waiting = db::desk::reviews_to_prepare(tx.db, tx.now)?;
        let href = at_calls("/reviews", &waiting);
        let task = Waiting::counted(&href, "desk-reviews-to-prepare", counted(waiting.len()));
        let since = db::desk::files_under_review_since(tx.db, waiting)?;
        found.extend(task.map(|task| task.since(since)));
        let ended = db::desk::reviews_to_close(tx.db)?;
        let calls: Vec<CallId> = ended.iter().map(|(call, _)| *call).collect();
        let task = Waiting::counted(&at_calls("/reviews", &calls), REVIEWS_TO_CLOSE, counted(calls.len()));
        let since = ended.first().and_then(|(_, since)| *since);
        found.extend(task.map(|task| task.since(since)));
        let task = Waiting::counted("/reviews", "desk-reviews-open", db::desk::reviews_open(tx.db)?);
        let due = db::desk::first_review_due(tx.db)?;
        found.extend(task.map(|task| Waiting { due, ..task }));
    }
    if actor.holds(Role::Handler) {
        let task = Waiting::counted("/objections", "desk-objections", db::desk::objections_to_handle(tx.db)?);
        let since = db::desk::objections_waiting_since(tx.db)?;
        found.extend(task.map(|task| task.since(since)));
    }
    if let Some(account) = actor.account.filter(|_| actor.holds(Role::Approver)) {
        signatures(tx, account, found)?;
    }
    Ok(())
}

/// What waits for an approver's signature, with since when, or until when it is of use. What this person proposed waits for
/// somebody else.
fn signatures(tx: &mut Tx<'_>, account: AccountId, found: &mut Vec<Waiting>) -> Result<(), Error> {
    let calls = db::desk::calls_to_approve(tx.db, account)?;
    let opens = db::desk::first_call_to_open(tx.db, account)?;
    found.extend(Waiting::counted("/calls", "desk-calls-to-approve", calls).map(|task| task.by(opens)));
    let decisions = db::desk::decisions_to_approve(tx.db, account)?;
    let since = db::desk::decisions_waiting_since(tx.db, account)?;
    let href = at_calls("/decisions", &decisions);
    let task = Waiting::counted(&href, "desk-decisions-to-approve", counted(decisions.len()));
    found.extend(task.map(|task| task.since(since)));
    let objections = db::desk::objections_to_approve(tx.db, account)?;
    found.extend(Waiting::counted("/objections", "desk-objections-to-approve", objections));
    let mut lists = db::published_lists::pending(tx.db)?;
    lists.retain(|list| list.proposed_by != Some(account));
    // The oldest comes first.
    let since = lists.first().map(|list| list.proposed_at);
    let task = Waiting::counted("/lists", "desk-lists-to-approve", counted(lists.len()));
    found.extend(task.map(|task| task.since(since)));
    let kinds = [ProposalKind::Revocation, ProposalKind::Bar];
    let sanctions = db::membership_proposals::count_waiting(tx.db, &kinds, account)?;
    let since = db::membership_proposals::waiting_since(tx.db, &kinds, account)?;
    let task = Waiting::counted("/memberships?waiting=true", "desk-sanctions-to-approve", sanctions);
    found.extend(task.map(|task| task.since(since)));
    Ok(())
}

/// What an auditor looks into: a record that no checkpoint signs in time, and what was refused of late.
/// Nothing for anybody else.
///
/// # Errors
/// The database is away.
pub fn of_auditor(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let mut found = Vec::new();
    if !actor.holds(Role::Auditor) {
        return Ok(found);
    }
    if let Some(since) = unsigned_since(tx)? {
        let task = Waiting::counted("/events", "desk-checkpoint-late", 1);
        found.extend(task.map(|task| task.since(Some(since)).overdue()));
    }
    let day = calendar::local_date(tx.now - TimeDelta::days(REFUSALS_DAYS_BACK));
    let lately = db::events::Filter {
        action: Some(REFUSED.into()),
        from: Some(calendar::start_of_day_utc(day)),
        ..db::events::Filter::default()
    };
    let refused = db::events::count(tx.db, &lately)?;
    found.extend(Waiting::counted(&format!("/events?action={REFUSED}&from={day}"), "desk-refused", refused));
    Ok(found)
}

/// Since when something stands in the record under no checkpoint, where that is longer than it may be.
///
/// # Errors
/// The database is away.
pub fn unsigned_since(tx: &mut Tx<'_>) -> Result<Option<NaiveDateTime>, Error> {
    if db::checkpoints::moved(tx.db, 1)?.is_empty() {
        return Ok(None);
    }
    let since = match db::checkpoints::last(tx.db)? {
        Some(last) => Some(last.at),
        None => db::accounts::first_created_at(tx.db)?,
    };
    Ok(since.filter(|since| tx.now - *since >= TimeDelta::hours(LATE_HOURS)))
}

/// What waits for the administrators of accounts: an auditor to be named where none is in office, roles that end soon for who
/// gives them, invitations that nobody took up for who invites. Nothing for anybody else.
///
/// # Errors
/// The database is away.
pub fn of_administrator(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let mut found = Vec::new();
    if actor.holds_any(ADMINISTRATORS) && lacks_auditor(tx)? {
        found.extend(Waiting::counted("/accounts", "desk-no-auditor", 1));
    }
    if actor.holds(Role::SecurityAdmin) {
        let ending = roles_ending(tx)?;
        let due = ending.first().map(|(_, last)| calendar::end_of_day_utc(*last));
        let task = Waiting::counted("/accounts?only=ending", "desk-roles-ending", counted(ending.len()));
        found.extend(task.map(|task| task.by(due)));
    }
    if actor.holds(Role::SystemAdmin) {
        let invited = db::accounts::count_invited(tx.db)?;
        found.extend(Waiting::counted("/accounts?only=invited", "desk-invited", invited));
    }
    Ok(found)
}

/// Which accounts the list is narrowed to.
///
/// # Errors
/// The database is away.
pub fn narrowing(tx: &mut Tx<'_>, only: Option<AccountsOnly>) -> Result<Narrowing, Error> {
    Ok(match only {
        None => Narrowing::None,
        Some(AccountsOnly::Invited) => Narrowing::Invited,
        Some(AccountsOnly::Ending) => {
            Narrowing::Of(roles_ending(tx)?.into_iter().map(|(account, _)| account).collect())
        }
    })
}

/// Who holds a role that ends within the next days, with its last day, the first to end first.
fn roles_ending(tx: &mut Tx<'_>) -> Result<Vec<(AccountId, NaiveDate)>, Error> {
    let today = calendar::local_date(tx.now);
    Ok(db::accounts::ending(tx.db, today, today + TimeDelta::days(ROLE_DAYS_BEFORE))?)
}

fn draws(tx: &mut Tx<'_>, actor: &Actor, found: &mut Vec<Waiting>) -> Result<(), Error> {
    for (call, duty) in waiting(tx, actor)? {
        let key = match duty {
            DrawAction::Commit => "desk-draw-commit",
            DrawAction::List => "desk-draw-list",
            DrawAction::Reveal => "desk-draw-reveal",
            DrawAction::AcceptAnnulment => "desk-draw-annulment",
            DrawAction::Announce | DrawAction::Abandon | DrawAction::ProposeAnnulment | DrawAction::RefuseAnnulment => {
                continue;
            }
        };
        found.extend(Waiting::counted(&format!("/reviews/{call}/draw"), key, 1));
    }
    Ok(())
}
