//! An expert's standing in the pool and term of appointment, and with them the expert's role.

use super::grants::{end_sessions_of_other_powers, longest_term};
use super::review::exclusions::apply_now;
use super::{Record, Tx, review};
use crate::db;
use crate::db::experts::{Expert, NewStanding};
use crate::domain::actor::{Actor, Role};
use crate::domain::appointment::Appointment;
use crate::domain::calendar::local_date;
use crate::domain::duties;
use crate::domain::ids::{ExpertId, GrantId};
use crate::domain::status::ExpertStatus;
use crate::domain::steps::ExpertAction;
use crate::error::Error;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A change of an expert's standing.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingChange {
    /// The version that was seen.
    pub version: i32,
    /// The new standing.
    pub status: ExpertStatus,
    /// Why.
    pub reason: String,
}

/// Suspends, removes or takes back an expert, who holds the expert's role no more, or again. What they have submitted stays;
/// what they still have to score in an open session is released, and others step in.
///
/// # Errors
/// No reason; the standing is the same; the expert was changed since `version`.
pub fn change_standing(tx: &mut Tx<'_>, actor: &Actor, id: ExpertId, input: &StandingChange) -> Result<(), Error> {
    let expert = db::experts::find_to_change(tx.db, id)?;
    tx.acts_upon(actor, "expert", id.as_text(), (input.version, expert.version));
    tx.compare_coded("status", ("experts-status", "expert-status"), input.status, expert.status);
    tx.must_be_current(input.version, expert.version)?;
    let role = ExpertAction::towards(input.status).permit(actor, expert.status)?;
    let reason = review::reason("reason", &input.reason)?;
    let new = NewStanding { status: input.status, reason: &reason, by: actor.account, at: tx.now };
    if !db::experts::set_status(tx.db, id, input.version, &new)? {
        return Err(Error::Stale);
    }
    tx.vouch("experts", id.as_text(), &["status_reason", "status_changed_by", "status_changed_at"])?;
    tx.record(
        actor,
        Record {
            subject_kind: "expert",
            subject_id: id.as_text(),
            action: "expert.standing_changed",
            role: role.as_text(),
            from: Some(expert.status.as_text()),
            to: Some(input.status.as_text()),
            reason: Some(&reason),
            ..Record::default()
        },
    )?;
    let account = expert.account_id.map(|account| db::accounts::find(tx.db, account)).transpose()?;
    if let Some(account) = account {
        let standing = tx.env.words.say(&account.language, &format!("expert-status-{}", input.status));
        let args = [("name", account.name.as_str()), ("standing", standing.as_str()), ("reason", reason.as_str())];
        // The expert's own page is open to who serves.
        let page = if input.status == ExpertStatus::Active { "/expert" } else { "/account" };
        tx.post((&account).into(), "expert-standing", page, &args)?;
    }
    carry_out(tx, &expert, Appointment { status: input.status, ..expert.appointment() })
}

/// Does at once what another appointment means today. Where the expert's role begins or ends by it, every session of its
/// holder ends, as with any other role (C-10); what may no longer be scored is released, and others step in.
fn carry_out(tx: &mut Tx<'_>, before: &Expert, after: Appointment) -> Result<(), Error> {
    end_sessions_if_role_moves(tx, before, after)?;
    apply_now(tx, &[before.id])
}

/// The first half of it, for whoever releases by themselves.
pub(super) fn end_sessions_if_role_moves(tx: &mut Tx<'_>, before: &Expert, after: Appointment) -> Result<(), Error> {
    let today = local_date(tx.now);
    if before.serves_on(today) == after.serves_on(today) {
        return Ok(());
    }
    match before.account_id {
        Some(account) => {
            // A sign-in of this moment comes before it or after it.
            db::accounts::lock(tx.db, account)?;
            end_sessions_of_other_powers(tx, account)
        }
        None => Ok(()),
    }
}

/// The last day that the expert's role has by itself, of a term that ends on `term_to`: not before the term is over, and not
/// sooner than any role that is given today.
pub(super) fn role_end(tx: &Tx<'_>, term_to: Option<NaiveDate>) -> NaiveDate {
    let longest = longest_term(tx, Role::Expert);
    term_to.map_or(longest, |last| last.max(longest))
}

/// Moves the end of the expert's role behind that of a term that was given: whoever is appointed for longer holds it for
/// longer. Says which role and until when, for the record; none where there is nothing to move: the role was taken back, or
/// was at its end and its holder has another meanwhile that must not lie with it.
pub(super) fn follow_term(
    tx: &mut Tx<'_>,
    expert: ExpertId,
    term_to: Option<NaiveDate>,
) -> Result<Option<(GrantId, NaiveDate)>, Error> {
    let Some(grant) = db::accounts::newest_grant_of_expert(tx.db, expert)? else { return Ok(None) };
    let (today, ends_on) = (local_date(tx.now), role_end(tx, term_to));
    if grant.ends_on == Some(ends_on) {
        return Ok(None);
    }
    if grant.ends_on.is_some_and(|last| last < today) {
        // It is held again from now on, as one that is given.
        db::accounts::lock(tx.db, grant.account_id)?;
        let others: Vec<Role> = db::accounts::grants_of(tx.db, grant.account_id)?
            .into_iter()
            .filter(|other| other.id != grant.id && other.ends_on.is_none_or(|last| today <= last))
            .map(|other| other.role)
            .collect();
        if duties::conflict(&others, Role::Expert).is_some() {
            return Ok(None);
        }
        end_sessions_of_other_powers(tx, grant.account_id)?;
    }
    Ok(db::accounts::move_end(tx.db, grant.id, ends_on)?.then_some((grant.id, ends_on)))
}

/// Whose term ended with the passing of days while they had something to score, in the order of ids. Nobody does anything on
/// that day: the role is gone by itself, and the files wait for others.
pub fn charged_without_serving(tx: &mut Tx<'_>) -> Result<Vec<ExpertId>, Error> {
    Ok(db::experts::charged_without_serving(tx.db, local_date(tx.now))?)
}

/// Releases what an expert who does not serve any more has still to score, and lets others step in.
/// Whoever was given another term meanwhile keeps it.
pub fn relieve(tx: &mut Tx<'_>, id: ExpertId) -> Result<(), Error> {
    apply_now(tx, &[id])
}

/// A change of an expert's term of appointment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermChange {
    /// The version that was seen.
    pub version: i32,
    /// First day; none if it is open.
    pub term_from: Option<NaiveDate>,
    /// Last day, included; none if it is open.
    pub term_to: Option<NaiveDate>,
}

/// Changes the term of appointment, and with it when the expert's role ends or is held again. Outside the term nobody is
/// drawn or assigned, and what is still to be scored passes to others.
///
/// # Errors
/// The last day is before the first; the expert was changed since `version`.
pub fn change_term(tx: &mut Tx<'_>, actor: &Actor, id: ExpertId, input: &TermChange) -> Result<(), Error> {
    if input.term_from.zip(input.term_to).is_some_and(|(first, last)| last < first) {
        return Err(Error::field("term_to", "expert_term_order"));
    }
    let expert = db::experts::find_to_change(tx.db, id)?;
    tx.acts_upon(actor, "expert", id.as_text(), (input.version, expert.version));
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    tx.compare("term_from", "expert-term-from", day(input.term_from), day(expert.term_from));
    tx.compare("term_to", "expert-term-to", day(input.term_to), day(expert.term_to));
    tx.must_be_current(input.version, expert.version)?;
    let role = ExpertAction::ChangeTerm.permit(actor, expert.status)?;
    if !db::experts::set_term(tx.db, id, input.version, input.term_from, input.term_to)? {
        return Err(Error::Stale);
    }
    let days = |expert: &Expert| serde_json::json!([expert.term_from, expert.term_to]);
    let (before, term) = (days(&expert), [input.term_from, input.term_to]);
    let detail = match follow_term(tx, id, input.term_to)? {
        None => serde_json::json!({ "before": before, "term": term }),
        Some((grant, ends_on)) => {
            serde_json::json!({ "before": before, "term": term, "grant": grant, "ends_on": ends_on })
        }
    };
    tx.record(
        actor,
        Record {
            subject_kind: "expert",
            subject_id: id.as_text(),
            action: "expert.term_changed",
            role: role.as_text(),
            detail,
            ..Record::default()
        },
    )?;
    carry_out(tx, &expert, Appointment { from: input.term_from, to: input.term_to, ..expert.appointment() })
}
