//! Members afterwards (动态管理), one verb per file: a warning and its end; a revocation or a bar, proposed by one officer and decided by
//! another; a withdrawal that the organisation asks for and a handler decides; another name. What they share stands here. No act
//! rewrites a list: its text stays as it was signed, and what a membership is worth stands beside it.

pub mod accept_withdrawal;
pub mod approve;
pub mod ask_withdrawal;
pub mod decline_withdrawal;
pub mod lift_warning;
pub mod propose_bar;
pub mod propose_revocation;
pub mod rename;
pub mod send_back;
pub mod view;
pub mod warn;

use super::{Record, Tx};
use crate::db;
use crate::db::membership_proposals::Proposal;
use crate::db::memberships::Membership;
use crate::db::organisations::Organisation;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::{local_date, local_date_text};
use crate::domain::form::Problem;
use crate::domain::ids::{MembershipId, MembershipProposalId, OrganisationId};
use crate::domain::membership::{StandingOnDate, standing_now};
use crate::domain::names::Names;
use crate::domain::plain_text;
use crate::domain::refusal::Refusal;
use crate::domain::status::{ProposalKind, ProposalStatus, Standing};
use crate::domain::steps::{MembershipAction, MembershipAt};
use crate::error::Error;
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who may look at every membership.
pub const READERS: &[Role] = &[Role::Handler, Role::Approver, Role::Auditor];
/// Characters of a reason.
pub const REASON_LENGTH: usize = 1_000;
/// Characters of the rule that an act rests on.
pub const BASIS_LENGTH: usize = 300;
/// Months that an organisation may have to mend.
const MEND_MONTHS: u32 = 12;
/// Months for which an organisation may be kept from applying.
const BAR_MONTHS: u32 = 60;

/// An act with its reason.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipReason {
    /// The version of the membership that was seen.
    pub version: i32,
    /// Why, at most 1,000 characters.
    pub reason: String,
}

/// A membership that an act is about, held until the transaction ends.
struct Subject {
    membership: Membership,
    organisation: Organisation,
    waiting: Option<Proposal>,
    /// In which role the act is taken.
    role: Role,
    today: NaiveDate,
}

/// What officers keep among themselves until it is decided.
pub(super) const INTERNAL: &[&str] = &[
    "membership.revocation_proposed",
    "membership.revocation_returned",
    "membership.bar_proposed",
    "membership.bar_returned",
];

/// What waits about a membership for this person. What officers propose is for officers alone, and is decided before
/// what the organisation asks for; for everybody else there is no such thing, and nothing hangs on it.
fn waiting_for(tx: &mut Tx<'_>, actor: &Actor, membership: MembershipId) -> Result<Option<Proposal>, Error> {
    let mut waiting = db::membership_proposals::pending(tx.db, membership)?;
    if !actor.holds_any(READERS) {
        waiting.retain(|proposal| proposal.kind == ProposalKind::Withdrawal);
    }
    waiting.sort_by_key(|proposal| proposal.kind == ProposalKind::Withdrawal);
    Ok(waiting.into_iter().next())
}

/// The version of a membership that this person sees: it moves with every act for officers, and with those alone that
/// are no secret for everybody else, who could count the others by it.
fn version_for(tx: &mut Tx<'_>, actor: &Actor, membership: &Membership) -> Result<i32, Error> {
    if !actor.holds_any(READERS) {
        return Ok(membership.version);
    }
    let unseen = db::membership_proposals::unseen_acts(tx.db, membership.id)?;
    Ok(membership.version.saturating_add(i32::try_from(unseen).unwrap_or(i32::MAX)))
}

/// A day as the record and the mails have it.
fn told(day: NaiveDate) -> String {
    local_date_text(day)
}

/// Whether this person may know of the membership at all: officers and its own people do.
fn must_see(actor: &Actor, membership: &Membership) -> Result<(), Error> {
    if actor.holds_any(READERS) || actor.organisations().contains(&membership.organisation_id) {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// What a membership is worth today, with the last day of a bar.
fn worth(tx: &mut Tx<'_>, membership: &Membership) -> Result<(StandingOnDate, Option<NaiveDate>), Error> {
    let barred = db::membership_proposals::bars_of(tx.db, &[membership.id])?.pop().map(|(_, until)| until);
    let standing = standing_now(membership.standing, membership.valid_to, barred, local_date(tx.now));
    Ok((standing, barred))
}

/// Where a membership stands: what the table of its acts is asked with.
fn place(tx: &mut Tx<'_>, membership: &Membership, waiting: Option<&Proposal>) -> Result<MembershipAt, Error> {
    Ok(MembershipAt {
        organisation: membership.organisation_id,
        standing: worth(tx, membership)?.0,
        waiting: waiting.map(|proposal| (proposal.kind, proposal.proposed_by)),
    })
}

impl Subject {
    /// A membership for one who may take this action on it now.
    fn load(
        tx: &mut Tx<'_>,
        actor: &Actor,
        id: MembershipId,
        action: MembershipAction,
        version: i32,
    ) -> Result<Subject, Error> {
        let membership = db::memberships::lock(tx.db, id)?;
        must_see(actor, &membership)?;
        let waiting = waiting_for(tx, actor, id)?;
        let current = version_for(tx, actor, &membership)?;
        tx.acts_upon(actor, "membership", id.as_text(), (version, current));
        let role = place(tx, &membership, waiting.as_ref())?.permit(actor, action)?;
        // What somebody else has done meanwhile is said as such.
        tx.must_be_current(version, current)?;
        let organisation = db::organisations::find(tx.db, membership.organisation_id)?;
        Ok(Subject { membership, organisation, waiting, role, today: local_date(tx.now) })
    }

    /// The proposal that waits.
    fn proposal(&self) -> Result<&Proposal, Error> {
        self.waiting.as_ref().ok_or_else(|| Refusal::conflict("membership_nothing_waits").into())
    }

    /// Keeps what the act made of the membership.
    fn store(&self, tx: &mut Tx<'_>, to: Standing) -> Result<(), Error> {
        let held = &self.membership;
        if db::memberships::advance(tx.db, held.id, held.version, to)? { Ok(()) } else { Err(Error::Stale) }
    }

    /// Records the act, with the standing that it led from and to.
    fn record(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        action: &str,
        moved: Option<(Standing, Standing)>,
        reason: Option<&str>,
        detail: serde_json::Value,
    ) -> Result<(), Error> {
        tx.record(
            actor,
            Record {
                subject_kind: "membership",
                subject_id: self.membership.id.as_text(),
                action,
                role: self.role.as_text(),
                from: moved.as_ref().map(|(from, _)| from.as_text()),
                to: moved.as_ref().map(|(_, to)| to.as_text()),
                reason,
                detail,
            },
        )
    }

    /// Writes to everyone who works for the organisation: what was done, by whom, when, and `args`.
    fn tell(&self, tx: &mut Tx<'_>, template: &str, args: &[(&str, &str)]) -> Result<(), Error> {
        let words = tx.env.words;
        let station = Names::of_each(|language| words.say(language, "signer-department"));
        let category = self.category(tx);
        let date = told(self.today);
        let mut all = vec![("organisation", self.organisation.name.as_str()), ("date", date.as_str())];
        all.extend_from_slice(args);
        let names = [("category", &category), ("station", &station)];
        let held = &self.membership;
        // After what was written of the file that it comes from.
        let about = Some(held.application_id);
        tx.post_to_organisation_about(about, held.organisation_id, template, &self.path(), &all, &names)
    }

    /// The address of its page.
    fn path(&self) -> String {
        format!("/memberships/{}", self.membership.id)
    }

    /// What its category is called.
    fn category(&self, tx: &Tx<'_>) -> Names {
        let key = self.membership.category.as_str();
        let programme = tx.env.programmes.iter().find(|programme| programme.category.key == key);
        programme.map_or_else(|| Names::same(key), |programme| programme.names.clone())
    }
}

/// What is proposed, and why.
struct Grounds {
    kind: ProposalKind,
    reason: String,
    basis: String,
    barred_until: Option<NaiveDate>,
}

/// Keeps a proposal about a membership and records it under `action`.
fn propose(tx: &mut Tx<'_>, actor: &Actor, subject: &Subject, action: &str, grounds: &Grounds) -> Result<(), Error> {
    let proposal = Proposal {
        id: MembershipProposalId::new(&*tx.env.ids),
        membership_id: subject.membership.id,
        kind: grounds.kind,
        status: ProposalStatus::Pending,
        reason: grounds.reason.clone(),
        basis: grounds.basis.clone(),
        barred_until: grounds.barred_until,
        proposed_by: actor.must_be_somebody()?,
        proposed_at: tx.now,
        decided_by: None,
        decided_at: None,
        answer: None,
    };
    db::membership_proposals::create(tx.db, &proposal)?;
    // What officers propose moves nothing that others see; the row of the proposal moves the version that they see
    // themselves.
    if proposal.kind == ProposalKind::Withdrawal {
        subject.store(tx, subject.membership.standing)?;
    }
    let detail = serde_json::json!({
        "proposal": proposal.id, "basis": proposal.basis, "until": proposal.barred_until,
    });
    subject.record(tx, actor, action, None, Some(&proposal.reason), detail)
}

/// Notes how the proposal that waits was decided.
fn decide(
    tx: &mut Tx<'_>,
    actor: &Actor,
    proposal: &Proposal,
    status: ProposalStatus,
    answer: Option<&str>,
) -> Result<(), Error> {
    let by = actor.must_be_somebody()?;
    let decided = db::membership_proposals::decide(tx.db, proposal.id, status, by, answer, tx.now)?;
    if decided { Ok(()) } else { Err(Error::Stale) }
}

fn clean_reason(typed: &str, problems: &mut Vec<Problem>) -> String {
    plain_text::required_lines("reason", typed, REASON_LENGTH, problems)
}

/// The reason of an act that asks for nothing else.
fn reason_alone(typed: &str) -> Result<String, Error> {
    let mut problems = Vec::new();
    let reason = clean_reason(typed, &mut problems);
    if problems.is_empty() { Ok(reason) } else { Err(Error::Invalid(problems)) }
}

fn clean_basis(typed: &str, problems: &mut Vec<Problem>) -> String {
    plain_text::required_line("basis", typed, BASIS_LENGTH, problems)
}

/// A day that was typed, after today and within so many months.
fn clean_day(path: &str, typed: &str, today: NaiveDate, months: u32, problems: &mut Vec<Problem>) -> Option<NaiveDate> {
    let Ok(day) = typed.trim().parse::<NaiveDate>() else {
        let code = if typed.trim().is_empty() { plain_text::TEXT_MISSING } else { "date_invalid" };
        problems.push(Problem::new(path, code));
        return None;
    };
    let last = today.checked_add_months(Months::new(months)).unwrap_or(today);
    if day <= today || day > last {
        problems.push(Problem::new(path, "membership_day").with("today", told(today)).with("last", told(last)));
        return None;
    }
    Some(day)
}

/// The last day of a bar, as typed.
fn clean_bar(typed: &str, today: NaiveDate, problems: &mut Vec<Problem>) -> Option<NaiveDate> {
    clean_day("barred_until", typed, today, BAR_MONTHS, problems)
}

/// The last day of the bar of an organisation that may not apply yet, in words.
pub(super) fn barred_until(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<Option<String>, Error> {
    let until = db::membership_proposals::organisation_barred(tx.db, organisation, local_date(tx.now))?;
    Ok(until.map(told))
}

/// Refuses an organisation that may not apply yet.
///
/// # Errors
/// `organisation_barred`, with the last day of the bar.
pub(super) fn must_not_be_barred(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<(), Error> {
    match barred_until(tx, organisation)? {
        Some(until) => Err(Refusal::forbidden("organisation_barred").with("until", until).into()),
        None => Ok(()),
    }
}
