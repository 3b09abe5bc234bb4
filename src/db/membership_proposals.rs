//! What is proposed about a membership, for somebody else to decide.

use super::connection::Db;
use super::schema::{membership_proposals, memberships};
use crate::domain::ids::{AccountId, MembershipId, MembershipProposalId, OrganisationId};
use crate::domain::status::{ProposalKind, ProposalStatus};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;

/// A proposal.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = membership_proposals)]
pub struct Proposal {
    /// Id.
    pub id: MembershipProposalId,
    /// About which membership.
    pub membership_id: MembershipId,
    /// What is proposed.
    pub kind: ProposalKind,
    /// Where it stands.
    pub status: ProposalStatus,
    /// Why.
    pub reason: String,
    /// The rule that it rests on; empty for a withdrawal.
    pub basis: String,
    /// The last day of a bar, where one is proposed.
    pub barred_until: Option<NaiveDate>,
    /// By whom.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: NaiveDateTime,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<NaiveDateTime>,
    /// Why it was sent back.
    pub answer: Option<String>,
}

/// Adds a proposal.
pub fn create(db: &mut Db, proposal: &Proposal) -> QueryResult<()> {
    diesel::insert_into(membership_proposals::table).values(proposal).execute(db).map(drop)
}

/// The proposals about a membership that wait, in the order in which they were made: of officers one at most, and one
/// of the organisation itself.
pub fn pending(db: &mut Db, membership: MembershipId) -> QueryResult<Vec<Proposal>> {
    membership_proposals::table
        .filter(membership_proposals::membership_id.eq(membership))
        .filter(membership_proposals::status.eq(ProposalStatus::Pending))
        .order(membership_proposals::id)
        .select(Proposal::as_select())
        .load(db)
}

/// How many acts officers kept among themselves there were about a membership: each of their proposals is one, and each
/// sending back of one.
pub fn unseen_acts(db: &mut Db, membership: MembershipId) -> QueryResult<i64> {
    let of_officers = || {
        membership_proposals::table
            .filter(membership_proposals::membership_id.eq(membership))
            .filter(membership_proposals::kind.ne(ProposalKind::Withdrawal))
    };
    let made: i64 = of_officers().select(count_star()).first(db)?;
    let returned: i64 = of_officers()
        .filter(membership_proposals::status.eq(ProposalStatus::Returned))
        .select(count_star())
        .first(db)?;
    Ok(made + returned)
}

/// Notes how a waiting proposal was decided; false when somebody was faster.
pub fn decide(
    db: &mut Db,
    id: MembershipProposalId,
    status: ProposalStatus,
    by: AccountId,
    answer: Option<&str>,
    now: NaiveDateTime,
) -> QueryResult<bool> {
    let waiting = membership_proposals::table
        .filter(membership_proposals::id.eq(id))
        .filter(membership_proposals::status.eq(ProposalStatus::Pending));
    diesel::update(waiting)
        .set((
            membership_proposals::status.eq(status),
            membership_proposals::decided_by.eq(by),
            membership_proposals::decided_at.eq(now),
            membership_proposals::answer.eq(answer.map(str::to_string)),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// What waits about these memberships, and who proposed it.
pub fn waiting_of(db: &mut Db, ids: &[MembershipId]) -> QueryResult<Vec<(MembershipId, (ProposalKind, AccountId))>> {
    membership_proposals::table
        .filter(membership_proposals::membership_id.eq_any(ids.to_vec()))
        .filter(membership_proposals::status.eq(ProposalStatus::Pending))
        .order(membership_proposals::id)
        .select((membership_proposals::membership_id, (membership_proposals::kind, membership_proposals::proposed_by)))
        .load(db)
}

/// The bars that were laid on these memberships, with the last day of each, in the order in which they were decided.
pub fn bars_of(db: &mut Db, ids: &[MembershipId]) -> QueryResult<Vec<(MembershipId, NaiveDate)>> {
    membership_proposals::table
        .filter(membership_proposals::membership_id.eq_any(ids.to_vec()))
        .filter(membership_proposals::status.eq(ProposalStatus::Accepted))
        .filter(membership_proposals::barred_until.is_not_null())
        .order((membership_proposals::decided_at, membership_proposals::id))
        .select((membership_proposals::membership_id, membership_proposals::barred_until.assume_not_null()))
        .load(db)
}

/// Until when an organisation may not apply, if it may not today.
pub fn organisation_barred(
    db: &mut Db,
    organisation: OrganisationId,
    today: NaiveDate,
) -> QueryResult<Option<NaiveDate>> {
    membership_proposals::table
        .inner_join(memberships::table)
        .filter(memberships::organisation_id.eq(organisation))
        .filter(membership_proposals::status.eq(ProposalStatus::Accepted))
        .filter(membership_proposals::barred_until.ge(today))
        .order(membership_proposals::barred_until.desc())
        .select(membership_proposals::barred_until.assume_not_null())
        .first(db)
        .optional()
}

/// How many proposals of these kinds wait that somebody else made.
pub fn count_waiting(db: &mut Db, kinds: &[ProposalKind], account: AccountId) -> QueryResult<i64> {
    membership_proposals::table
        .filter(membership_proposals::status.eq(ProposalStatus::Pending))
        .filter(membership_proposals::kind.eq_any(kinds.to_vec()))
        .filter(membership_proposals::proposed_by.ne(account))
        .select(count_star())
        .first(db)
}

/// Since when the first of them waits.
pub fn waiting_since(db: &mut Db, kinds: &[ProposalKind], account: AccountId) -> QueryResult<Option<NaiveDateTime>> {
    membership_proposals::table
        .filter(membership_proposals::status.eq(ProposalStatus::Pending))
        .filter(membership_proposals::kind.eq_any(kinds.to_vec()))
        .filter(membership_proposals::proposed_by.ne(account))
        .select(min(membership_proposals::proposed_at))
        .first(db)
}
