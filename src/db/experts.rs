//! The pool of experts.

use super::connection::{Db, MultiBackend};
use super::page::{Page, Pager};
use super::schema::{assignments, draws, expert_ties, experts, grants, review_sessions, score_sheets};
use super::types::Json;
use crate::domain::actor::Role;
use crate::domain::appointment::Appointment;
use crate::domain::ids::{AccountId, ExpertId, OrganisationId};
use crate::domain::service::{Task, due_of};
use crate::domain::status::{AssignmentStatus, ExpertStatus, SessionStatus, SheetStatus};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeSet;

/// An expert of the pool.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = experts)]
pub struct Expert {
    /// Id.
    pub id: ExpertId,
    /// The account with which the expert signs in.
    pub account_id: Option<AccountId>,
    /// Name.
    pub name: String,
    /// Address, as written. Personal data.
    pub email: String,
    /// Address, folded for comparison.
    pub email_key: String,
    /// Employer (单位).
    pub employer: String,
    /// Employer's 统一社会信用代码, normalised.
    pub employer_code: Option<String>,
    /// Professional title (职称).
    pub title: String,
    /// Code of the city.
    pub city: Option<String>,
    /// Fields of expertise: keys of categories and clusters.
    pub fields: Json<BTreeSet<String>>,
    /// Most applications in one review.
    pub load_limit: i32,
    /// Standing in the pool.
    pub status: ExpertStatus,
    /// Added.
    pub created_at: NaiveDateTime,
    /// Version for the optimistic lock.
    pub version: i32,
    /// [`PROVINCE`], or the code of the bureau whose pool it is.
    pub pool: String,
    /// First day of the appointment; none if it is open.
    pub term_from: Option<NaiveDate>,
    /// Last day of the appointment, included; none if it is open.
    pub term_to: Option<NaiveDate>,
    /// Why the standing was last changed.
    pub status_reason: Option<String>,
    /// By whom.
    pub status_changed_by: Option<AccountId>,
    /// When.
    pub status_changed_at: Option<NaiveDateTime>,
}

/// The pool of the whole province.
pub const PROVINCE: &str = "province";

impl Expert {
    /// How the expert is appointed.
    pub fn appointment(&self) -> Appointment {
        Appointment { status: self.status, from: self.term_from, to: self.term_to }
    }

    /// Whether the expert serves on a day; what that means is said at [`Appointment`].
    pub fn serves_on(&self, day: NaiveDate) -> bool {
        self.appointment().serves_on(day)
    }
}

/// Takes away an expert who was brought in by mistake and on whom nothing rests, with the ties that came along.
pub fn delete(db: &mut Db, id: ExpertId) -> QueryResult<()> {
    diesel::delete(expert_ties::table.filter(expert_ties::expert_id.eq(id))).execute(db)?;
    diesel::delete(experts::table.find(id)).execute(db).map(drop)
}

/// Everyone of these names, whatever their standing, in the order of ids.
pub fn of_names(db: &mut Db, names: &[String]) -> QueryResult<Vec<Expert>> {
    experts::table.filter(experts::name.eq_any(names.to_vec())).order(experts::id).select(Expert::as_select()).load(db)
}

/// Whether an expert was ever charged with anything.
pub fn is_assigned(db: &mut Db, id: ExpertId) -> QueryResult<bool> {
    let count: i64 = assignments::table.filter(assignments::expert_id.eq(id)).select(count_star()).first(db)?;
    Ok(count > 0)
}

/// Whether an expert is named in the list of a draw, or in the panel or the reserves of a review.
pub fn is_named(db: &mut Db, id: ExpertId) -> QueryResult<bool> {
    let named = format!("%{id}%");
    let draws: i64 = draws::table.filter(draws::list.like(named)).select(count_star()).first(db)?;
    type Named = Json<Vec<ExpertId>>;
    let panels: Vec<(Named, Named)> =
        review_sessions::table.select((review_sessions::panel, review_sessions::reserves)).load(db)?;
    Ok(draws > 0 || panels.iter().any(|(panel, reserves)| panel.0.contains(&id) || reserves.0.contains(&id)))
}

/// Adds an expert; a unique violation means that the address is in the pool.
pub fn create(db: &mut Db, expert: &Expert) -> QueryResult<()> {
    diesel::insert_into(experts::table).values(expert).execute(db).map(drop)
}

/// The expert of an id.
pub fn find(db: &mut Db, id: ExpertId) -> QueryResult<Expert> {
    experts::table.find(id).select(Expert::as_select()).first(db)
}

/// How an expert is appointed; none for one who is not in the pool.
pub fn appointment(db: &mut Db, id: ExpertId) -> QueryResult<Option<Appointment>> {
    type Row = (ExpertStatus, Option<NaiveDate>, Option<NaiveDate>);
    let row: Option<Row> =
        experts::table.find(id).select((experts::status, experts::term_from, experts::term_to)).first(db).optional()?;
    Ok(row.map(|(status, from, to)| Appointment { status, from, to }))
}

/// The same, held until the transaction ends.
pub fn find_to_change(db: &mut Db, id: ExpertId) -> QueryResult<Expert> {
    db.lock_row("experts", id.as_text())?;
    find(db, id)
}

/// The expert of an address.
pub fn find_by_email(db: &mut Db, email: &str) -> QueryResult<Option<Expert>> {
    experts::table
        .filter(experts::email_key.eq(super::accounts::email_key(email)))
        .select(Expert::as_select())
        .first(db)
        .optional()
}

/// Brings what is known of an expert up to date; account, address and standing stay. False when the
/// expert was changed since the version that `expert` has.
pub fn update(db: &mut Db, expert: &Expert) -> QueryResult<bool> {
    diesel::update(experts::table.find(expert.id).filter(experts::version.eq(expert.version)))
        .set((
            experts::name.eq(&expert.name),
            experts::employer.eq(&expert.employer),
            experts::employer_code.eq(&expert.employer_code),
            experts::title.eq(&expert.title),
            experts::city.eq(&expert.city),
            experts::fields.eq(expert.fields.clone()),
            experts::load_limit.eq(expert.load_limit),
            experts::pool.eq(&expert.pool),
            experts::term_from.eq(expert.term_from),
            experts::term_to.eq(expert.term_to),
            experts::version.eq(experts::version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// A new standing, with who gave it, when and why.
#[derive(Debug, Clone)]
pub struct NewStanding<'a> {
    /// The standing.
    pub status: ExpertStatus,
    /// Why.
    pub reason: &'a str,
    /// By whom.
    pub by: Option<AccountId>,
    /// When.
    pub at: NaiveDateTime,
}

/// Changes the standing; false when the expert was changed since `version`.
pub fn set_status(db: &mut Db, id: ExpertId, version: i32, new: &NewStanding<'_>) -> QueryResult<bool> {
    diesel::update(experts::table.find(id).filter(experts::version.eq(version)))
        .set((
            experts::status.eq(new.status),
            experts::status_reason.eq(new.reason),
            experts::status_changed_by.eq(new.by),
            experts::status_changed_at.eq(new.at),
            experts::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Changes the term of appointment; false when the expert was changed since `version`.
pub fn set_term(
    db: &mut Db,
    id: ExpertId,
    version: i32,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> QueryResult<bool> {
    diesel::update(experts::table.find(id).filter(experts::version.eq(version)))
        .set((experts::term_from.eq(from), experts::term_to.eq(to), experts::version.eq(version + 1)))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Which experts are asked for; everyone if nothing is said.
#[derive(Debug, Clone, Default)]
pub struct PoolFilter {
    /// Of this standing.
    pub status: Option<ExpertStatus>,
    /// In name, employer or address.
    pub text: Option<String>,
    /// Of this pool.
    pub pool: Option<String>,
}

fn filtered(filter: &PoolFilter, within: Option<&[String]>) -> experts::BoxedQuery<'static, MultiBackend> {
    let mut query = experts::table.into_boxed();
    if let Some(within) = within {
        query = query.filter(experts::pool.eq_any(within.to_vec()));
    }
    if let Some(pool) = filter.pool.clone() {
        query = query.filter(experts::pool.eq(pool));
    }
    if let Some(status) = filter.status {
        query = query.filter(experts::status.eq(status));
    }
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let pattern = super::organisations::containing(text);
        let by_address = experts::email_key.like(pattern.to_lowercase()).escape('\\');
        query = query.filter(
            experts::name
                .like(pattern.clone())
                .escape('\\')
                .or(experts::employer.like(pattern).escape('\\'))
                .or(by_address),
        );
    }
    query
}

/// One page of the experts asked for, by name, from these pools only if any are named.
pub fn list(db: &mut Db, filter: &PoolFilter, within: Option<&[String]>, pager: Pager) -> QueryResult<Page<Expert>> {
    let total = filtered(filter, within).select(count_star()).first(db)?;
    let rows = filtered(filter, within)
        .order((experts::name, experts::id))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(Expert::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// The expert of an id, from these pools only if any are named.
pub fn find_within(db: &mut Db, id: ExpertId, within: Option<&[String]>) -> QueryResult<Expert> {
    filtered(&PoolFilter::default(), within).filter(experts::id.eq(id)).select(Expert::as_select()).first(db)
}

/// The expert of an account.
pub fn of_account(db: &mut Db, account: AccountId) -> QueryResult<Option<ExpertId>> {
    experts::table.filter(experts::account_id.eq(account)).select(experts::id).first(db).optional()
}

/// Every expert who may be assigned on a day ([`only_serving`]), in the order of ids.
pub fn serving(db: &mut Db, day: NaiveDate) -> QueryResult<Vec<Expert>> {
    let active = experts::table
        .filter(experts::status.eq(ExpertStatus::Active))
        .order(experts::id)
        .select(Expert::as_select())
        .load::<Expert>(db)?;
    only_serving(db, active, day)
}

/// Those of these experts who serve on a day and whose role is not at its own end: nobody is given work who cannot get at it.
pub fn only_serving(db: &mut Db, mut experts: Vec<Expert>, day: NaiveDate) -> QueryResult<Vec<Expert>> {
    let out = out_of_role(db, day)?;
    experts.retain(|expert| expert.serves_on(day) && !out.contains(&expert.id));
    Ok(experts)
}

/// Whose expert's role has come to its own last day before a day, whatever the term of appointment, and was not given again.
pub fn out_of_role(db: &mut Db, day: NaiveDate) -> QueryResult<BTreeSet<ExpertId>> {
    let rows: Vec<(Option<ExpertId>, Option<NaiveDate>)> = grants::table
        .filter(grants::role.eq(Role::Expert))
        .filter(grants::revoked_at.is_null())
        .order(grants::id)
        .select((grants::expert_id, grants::ends_on))
        .load(db)?;
    let (mut held, mut over) = (BTreeSet::new(), BTreeSet::new());
    for (expert, ends_on) in rows {
        let whose = if ends_on.is_some_and(|last| last < day) { &mut over } else { &mut held };
        whose.extend(expert);
    }
    Ok(over.difference(&held).copied().collect())
}

/// Who is charged in an open session with a file that they have not scored yet, and does not serve on a day, in the order of
/// ids.
pub fn charged_without_serving(db: &mut Db, day: NaiveDate) -> QueryResult<Vec<ExpertId>> {
    let rows: Vec<(ExpertId, AssignmentStatus, Option<SheetStatus>)> = assignments::table
        .inner_join(review_sessions::table)
        .left_join(score_sheets::table)
        .filter(review_sessions::status.eq(SessionStatus::Open))
        .select((assignments::expert_id, assignments::status, score_sheets::status.nullable()))
        .load(db)?;
    let live = |status: AssignmentStatus| matches!(status, AssignmentStatus::Awaiting | AssignmentStatus::Accepted);
    let owing = rows.into_iter().filter(|(_, status, sheet)| live(*status) && *sheet != Some(SheetStatus::Submitted));
    let owing: BTreeSet<ExpertId> = owing.map(|(expert, ..)| expert).collect();
    let charged = of_ids(db, &owing.into_iter().collect::<Vec<_>>())?;
    let out = out_of_role(db, day)?;
    let rests = |expert: &Expert| !expert.serves_on(day) || out.contains(&expert.id);
    Ok(charged.into_iter().filter(rests).map(|expert| expert.id).collect())
}

/// These experts, whatever their standing, in the order of ids.
pub fn of_ids(db: &mut Db, ids: &[ExpertId]) -> QueryResult<Vec<Expert>> {
    experts::table.filter(experts::id.eq_any(ids.to_vec())).order(experts::id).select(Expert::as_select()).load(db)
}

/// Which accounts work for which organisations now: an expert who is also a vendor's person must not judge that vendor.
pub fn vendor_ties(db: &mut Db) -> QueryResult<BTreeSet<(AccountId, OrganisationId)>> {
    let accounts =
        experts::table.filter(experts::account_id.is_not_null()).select(experts::account_id.assume_not_null());
    let rows: Vec<(AccountId, Option<OrganisationId>)> = grants::table
        .filter(grants::revoked_at.is_null())
        .filter(grants::role.eq_any([Role::VendorAdmin, Role::VendorMember]))
        .filter(grants::account_id.eq_any(accounts))
        .order(grants::id)
        .select((grants::account_id, grants::organisation_id))
        .load(db)?;
    Ok(rows.into_iter().filter_map(|(account, organisation)| Some((account, organisation?))).collect())
}

/// The same as it was at an instant: whoever was let in later, or had been let go by then, did not work there.
pub fn vendor_ties_at(db: &mut Db, at: NaiveDateTime) -> QueryResult<BTreeSet<(AccountId, OrganisationId)>> {
    let accounts =
        experts::table.filter(experts::account_id.is_not_null()).select(experts::account_id.assume_not_null());
    let rows: Vec<(AccountId, Option<OrganisationId>)> = grants::table
        .filter(grants::granted_at.le(at))
        .filter(grants::revoked_at.is_null().or(grants::revoked_at.gt(at)))
        .filter(grants::role.eq_any([Role::VendorAdmin, Role::VendorMember]))
        .filter(grants::account_id.eq_any(accounts))
        .order(grants::id)
        .select((grants::account_id, grants::organisation_id))
        .load(db)?;
    Ok(rows.into_iter().filter_map(|(account, organisation)| Some((account, organisation?))).collect())
}

/// Whether the account's role of this expert was taken back, and not given again.
pub fn grant_was_revoked(db: &mut Db, account: AccountId, expert: ExpertId) -> QueryResult<bool> {
    let count: i64 = grants::table
        .filter(grants::account_id.eq(account))
        .filter(grants::expert_id.eq(expert))
        .filter(grants::revoked_at.is_not_null())
        .select(count_star())
        .first(db)?;
    Ok(count > 0 && !has_grant(db, account, expert)?)
}

/// Whether the account holds the role of an expert that was not taken back.
fn has_grant(db: &mut Db, account: AccountId, expert: ExpertId) -> QueryResult<bool> {
    let count: i64 = grants::table
        .filter(grants::account_id.eq(account))
        .filter(grants::expert_id.eq(expert))
        .filter(grants::revoked_at.is_null())
        .select(count_star())
        .first(db)?;
    Ok(count > 0)
}

/// Whether the account holds the role of an expert on a day, as far as the role's own last day goes.
pub fn has_grant_on(db: &mut Db, account: AccountId, expert: ExpertId, day: NaiveDate) -> QueryResult<bool> {
    let count: i64 = grants::table
        .filter(grants::account_id.eq(account))
        .filter(grants::expert_id.eq(expert))
        .filter(grants::revoked_at.is_null())
        .filter(grants::ends_on.is_null().or(grants::ends_on.ge(day)))
        .select(count_star())
        .first(db)?;
    Ok(count > 0)
}

/// What an expert was charged with in sessions that were opened, in the order of ids.
pub fn tasks(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<Task>> {
    type Row = (AssignmentStatus, Option<SheetStatus>, Option<NaiveDateTime>, NaiveDateTime, NaiveDateTime);
    let rows: Vec<Row> = assignments::table
        .inner_join(review_sessions::table)
        .left_join(score_sheets::table)
        .filter(assignments::expert_id.eq(expert))
        .filter(review_sessions::status.ne(SessionStatus::Preparing))
        .order(assignments::id)
        .select((
            assignments::status,
            score_sheets::status.nullable(),
            score_sheets::submitted_at.nullable(),
            assignments::assigned_at,
            review_sessions::due_at,
        ))
        .load(db)?;
    let task = |(assignment, sheet, submitted_at, assigned_at, due_at)| {
        let due_at = due_of(assigned_at, due_at);
        Task { assignment, sheet, submitted_at, due_at }
    };
    Ok(rows.into_iter().map(task).collect())
}
