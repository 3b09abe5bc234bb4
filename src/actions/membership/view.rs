//! Members as officers see them, and one membership with its history, for officers and for its own people.

use super::{INTERNAL, READERS, must_see, place, version_for, waiting_for, worth};
use crate::actions::{Tx, statement};
use crate::db;
use crate::db::events::StoredEvent;
use crate::db::membership_proposals::Proposal;
use crate::db::memberships::{Filter, Member, Membership};
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::ids::{AccountId, ApplicationId, MembershipId, OrganisationId, PublishedListId};
use crate::domain::membership::{StandingOnDate, standing_now};
use crate::domain::status::ProposalKind;
use crate::domain::steps::{MembershipAction, MembershipAt};
use crate::error::Error;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A member in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MembershipLine {
    /// Id of the membership.
    pub id: MembershipId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Its name today.
    pub organisation: String,
    /// Its 统一社会信用代码.
    pub credit_code: String,
    /// The category's key.
    pub category: String,
    /// The city's code, where there is one.
    pub city: Option<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
    /// What it is worth today.
    pub standing: StandingOnDate,
    /// The last day to mend what a warning is about.
    pub mend_by: Option<NaiveDate>,
    /// What waits for a decision.
    pub waiting: Option<ProposalKind>,
    /// What this person may do now.
    pub actions: Vec<MembershipAction>,
}

/// What waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaitingProposal {
    /// What is proposed.
    pub kind: ProposalKind,
    /// Why.
    pub reason: String,
    /// The rule that it rests on; empty for a withdrawal.
    pub basis: String,
    /// The last day of a bar, where one is proposed.
    pub barred_until: Option<NaiveDate>,
    /// By whom.
    pub proposed_by: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
}

/// Something that was done with a membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MembershipStep {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub action: String,
    /// In which role; empty for an act of the service itself.
    pub role: String,
    /// By whom; only for officers.
    pub by: Option<String>,
    /// The standing before.
    pub from: Option<String>,
    /// The standing after.
    pub to: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The rule that it rests on.
    pub basis: Option<String>,
    /// The last day to mend.
    pub mend_by: Option<NaiveDate>,
    /// The last day of a bar.
    pub barred_until: Option<NaiveDate>,
    /// The new name.
    pub name: Option<String>,
    /// What proves it.
    pub evidence: Option<String>,
}

/// A membership with its history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MembershipFile {
    /// Id.
    pub id: MembershipId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Its name today.
    pub organisation: String,
    /// Its 统一社会信用代码.
    pub credit_code: String,
    /// The application that it rests on.
    pub application: ApplicationId,
    /// The list that it rests on.
    pub list: PublishedListId,
    /// Its title.
    pub list_title: String,
    /// The category's key.
    pub category: String,
    /// The city's code, where there is one.
    pub city: Option<String>,
    /// The certificate's number.
    pub certificate: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
    /// What it is worth today.
    pub standing: StandingOnDate,
    /// The last day to mend what a warning is about.
    pub mend_by: Option<NaiveDate>,
    /// The last day of the bar that was laid last.
    pub barred_until: Option<NaiveDate>,
    /// The policy of its call, on which an act may rest.
    pub basis: String,
    /// Version; for officers it moves with what they keep among themselves as well.
    pub version: i32,
    /// What waits for a decision; what officers propose is shown to officers alone.
    pub waiting: Option<WaitingProposal>,
    /// What was done, oldest first.
    pub history: Vec<MembershipStep>,
    /// What this person may do now.
    pub actions: Vec<MembershipAction>,
}

/// One page of the members, by name.
///
/// # Errors
/// `wrong_role`.
pub fn index(tx: &mut Tx<'_>, actor: &Actor, filter: &Filter, pager: Pager) -> Result<Page<MembershipLine>, Error> {
    actor.must_hold(READERS)?;
    let today = local_date(tx.now);
    let found = db::memberships::list(tx.db, filter, today, pager)?;
    let ids: Vec<MembershipId> = found.items.iter().map(|member| member.membership.id).collect();
    let bars: BTreeMap<MembershipId, NaiveDate> = db::membership_proposals::bars_of(tx.db, &ids)?.into_iter().collect();
    let mut waiting = db::membership_proposals::waiting_of(tx.db, &ids)?;
    // What officers propose is decided first: it comes last, and stays.
    waiting.sort_by_key(|(_, (kind, _))| *kind != ProposalKind::Withdrawal);
    let waiting: BTreeMap<MembershipId, (ProposalKind, AccountId)> = waiting.into_iter().collect();
    let warned = dates_to_mend(tx, &ids)?;
    Ok(found.map(|member| {
        let waiting = waiting.get(&member.membership.id).copied();
        line(actor, member, today, &bars, waiting, &warned)
    }))
}

fn line(
    actor: &Actor,
    member: Member,
    today: NaiveDate,
    bars: &BTreeMap<MembershipId, NaiveDate>,
    waiting: Option<(ProposalKind, AccountId)>,
    warned: &BTreeMap<MembershipId, NaiveDate>,
) -> MembershipLine {
    let Member { membership: held, name, credit_code } = member;
    let standing = standing_now(held.standing, held.valid_to, bars.get(&held.id).copied(), today);
    MembershipLine {
        actions: MembershipAt { organisation: held.organisation_id, standing, waiting }.available(actor),
        id: held.id,
        organisation_id: held.organisation_id,
        organisation: name,
        credit_code,
        category: held.category,
        city: held.city,
        valid_from: held.valid_from,
        valid_to: held.valid_to,
        standing,
        mend_by: warned.get(&held.id).copied().filter(|_| standing == StandingOnDate::Warned),
        waiting: waiting.map(|(kind, _)| kind),
    }
}

/// Until when each of these was to mend, by its last warning.
fn dates_to_mend(tx: &mut Tx<'_>, ids: &[MembershipId]) -> Result<BTreeMap<MembershipId, NaiveDate>, Error> {
    let warnings = db::events::of_memberships(tx.db, ids, "membership.warned")?;
    let date = |event: &StoredEvent| Some((MembershipId::from_text(&event.subject_id)?, day(event, "mend_by")?));
    Ok(warnings.iter().filter_map(date).collect())
}

/// Members under a warning whose date has passed: somebody has to look whether it was mended.
///
/// # Errors
/// The database's.
pub fn overdue(tx: &mut Tx<'_>) -> Result<usize, Error> {
    let today = local_date(tx.now);
    let warned = db::memberships::warned(tx.db, today)?;
    Ok(dates_to_mend(tx, &warned)?.values().filter(|mend_by| **mend_by < today).count())
}

fn text(event: &StoredEvent, name: &str) -> Option<String> {
    event.detail.0.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_string)
}

fn day(event: &StoredEvent, name: &str) -> Option<NaiveDate> {
    event.detail.0.get(name)?.as_str()?.parse().ok()
}

/// A membership with its history.
///
/// # Errors
/// It does not exist, or not for this person.
pub fn show(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId) -> Result<MembershipFile, Error> {
    let held = db::memberships::find(tx.db, id)?;
    must_see(actor, &held)?;
    let officer = actor.holds_any(READERS);
    let organisation = db::organisations::find(tx.db, held.organisation_id)?;
    let list = db::published_lists::find(tx.db, held.list_id)?;
    let waiting = waiting_for(tx, actor, id)?;
    let (standing, barred_until) = worth(tx, &held)?;
    let actions = place(tx, &held, waiting.as_ref())?.available(actor);
    let mend_by = dates_to_mend(tx, &[id])?.remove(&id).filter(|_| standing == StandingOnDate::Warned);
    let version = version_for(tx, actor, &held)?;
    Ok(MembershipFile {
        basis: basis_of(tx, &held)?,
        waiting: waiting.map(|proposal| waiting_proposal(tx, &proposal)).transpose()?,
        history: history(tx, id, officer)?,
        id,
        organisation_id: held.organisation_id,
        organisation: organisation.name,
        credit_code: organisation.credit_code,
        application: held.application_id,
        list: held.list_id,
        list_title: list.title,
        category: held.category,
        city: held.city,
        certificate: held.certificate_number,
        valid_from: held.valid_from,
        valid_to: held.valid_to,
        standing,
        mend_by,
        barred_until,
        version,
        actions,
    })
}

/// The policy of the call that a membership came from.
fn basis_of(tx: &mut Tx<'_>, held: &Membership) -> Result<String, Error> {
    let call = db::memberships::call_of(tx.db, held.id)?;
    Ok(statement::basis(&db::calls::find(tx.db, call)?))
}

fn waiting_proposal(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<WaitingProposal, Error> {
    Ok(WaitingProposal {
        kind: proposal.kind,
        reason: proposal.reason.clone(),
        basis: proposal.basis.clone(),
        barred_until: proposal.barred_until,
        proposed_by: db::accounts::find(tx.db, proposal.proposed_by)?.name,
        proposed_at: proposal.proposed_at.and_utc(),
    })
}

/// What was done; for the organisation's own people without what officers keep among themselves.
fn history(tx: &mut Tx<'_>, id: MembershipId, officer: bool) -> Result<Vec<MembershipStep>, Error> {
    let mut events = db::events::of_subject(tx.db, "membership", id.as_text())?;
    events.retain(|event| officer || !INTERNAL.contains(&event.action.as_str()));
    let ids: Vec<AccountId> = events.iter().filter_map(|event| AccountId::from_text(&event.actor)).collect();
    let names: BTreeMap<AccountId, String> = db::accounts::names(tx.db, &ids)?.into_iter().collect();
    let by = |event: &StoredEvent| names.get(&AccountId::from_text(&event.actor)?).cloned();
    let step = |event: &StoredEvent| MembershipStep {
        at: event.at.and_utc(),
        action: event.action.clone(),
        role: event.role.clone(),
        // Whoever works for the organisation knows its own people; officers sign as the department.
        by: by(event).filter(|_| officer || event.role == Role::VendorAdmin.as_text()),
        from: event.from_state.clone(),
        to: event.to_state.clone(),
        reason: event.reason.clone(),
        basis: text(event, "basis"),
        mend_by: day(event, "mend_by"),
        barred_until: day(event, "until"),
        name: text(event, "name"),
        evidence: text(event, "evidence"),
    };
    Ok(events.iter().map(step).collect())
}

/// The memberships of an organisation, the newest first, with what each is worth today.
///
/// # Errors
/// The database's.
pub fn of_organisation(
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
) -> Result<Vec<(Membership, StandingOnDate)>, Error> {
    let mut found = Vec::new();
    for held in db::memberships::of_organisation(tx.db, organisation)? {
        let standing = worth(tx, &held)?.0;
        found.push((held, standing));
    }
    Ok(found)
}
