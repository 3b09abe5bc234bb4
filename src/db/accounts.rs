//! Accounts and the roles they hold.

mod ends;
mod former;
mod unconfirmed;

use super::connection::Db;
use super::page::{Page, Pager};
use super::schema::{accounts, experts, grants, organisations};
use crate::domain::actor::Role;
use crate::domain::contact::half_width;
use crate::domain::ids::{AccountId, ExpertId, GrantId, OrganisationId};
use crate::domain::language::Language;
use crate::domain::status::AccountStatus;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;

pub use ends::{EndingRole, administrators_without_end, ending, ending_roles, move_end, note_reminded, set_end};
pub use former::{forget_former, former_hashes, keep_former};
pub use unconfirmed::{forget, is_unconfirmed, unconfirmed};

/// A person's account.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts)]
pub struct Account {
    /// Id.
    pub id: AccountId,
    /// Address, as written.
    pub email: String,
    /// Address, folded for comparison.
    pub email_key: String,
    /// Name.
    pub name: String,
    /// Argon2id in PHC form; none until the first password is set.
    pub password_hash: Option<String>,
    /// Language of pages and mail.
    pub language: String,
    /// Whether it can be used.
    pub status: AccountStatus,
    /// Made.
    pub created_at: NaiveDateTime,
    /// Last sign-in.
    pub signed_in_at: Option<NaiveDateTime>,
    /// Version for the optimistic lock.
    pub version: i32,
}

impl Account {
    /// Whether nobody ever took it up and what named them is gone: the row alone is left, for the record.
    pub fn is_forgotten(&self) -> bool {
        self.email.is_empty()
    }
}

/// The form of an address in which two are compared, however wide and in whatever case it was typed.
pub fn email_key(email: &str) -> String {
    half_width(email).trim().to_lowercase()
}

/// Adds an account; a unique violation means that the address is taken.
pub fn create(db: &mut Db, account: &Account) -> QueryResult<()> {
    diesel::insert_into(accounts::table).values(account).execute(db).map(drop)
}

/// The account of an id.
pub fn find(db: &mut Db, id: AccountId) -> QueryResult<Account> {
    accounts::table.find(id).select(Account::as_select()).first(db)
}

/// The account of an address.
pub fn find_by_email(db: &mut Db, email: &str) -> QueryResult<Option<Account>> {
    accounts::table.filter(accounts::email_key.eq(email_key(email))).select(Account::as_select()).first(db).optional()
}

/// Sets the password and puts the account into use.
pub fn set_password(db: &mut Db, id: AccountId, hash: &str) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set((
            accounts::password_hash.eq(hash),
            accounts::status.eq(AccountStatus::Active),
            accounts::version.eq(accounts::version + 1),
        ))
        .execute(db)
        .map(drop)
}

/// Puts an account into use without a password: its owner was proved by a provider of identities.
pub fn activate(db: &mut Db, id: AccountId) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set((accounts::status.eq(AccountStatus::Active), accounts::version.eq(accounts::version + 1)))
        .execute(db)
        .map(drop)
}

/// Gives an account another address; false when it was changed since `version`, and a unique violation where it is taken.
pub fn set_email(db: &mut Db, id: AccountId, version: i32, email: &str) -> QueryResult<bool> {
    diesel::update(accounts::table.find(id).filter(accounts::version.eq(version)))
        .set((
            accounts::email.eq(email.to_string()),
            accounts::email_key.eq(email_key(email)),
            accounts::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Sets the language of pages and mail.
pub fn set_language(db: &mut Db, id: AccountId, language: Language) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::language.eq(language.as_text())).execute(db).map(drop)
}

/// Keeps another hash of the same password.
pub fn renew_hash(db: &mut Db, id: AccountId, hash: &str) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::password_hash.eq(hash)).execute(db).map(drop)
}

/// Notes when the password was set.
pub fn note_password(db: &mut Db, id: AccountId, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::password_set_at.eq(now)).execute(db).map(drop)
}

/// Notes a sign-in.
pub fn note_sign_in(db: &mut Db, id: AccountId, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::signed_in_at.eq(now)).execute(db).map(drop)
}

/// Opens or closes an account; false when it was changed since `version`.
pub fn set_status(db: &mut Db, id: AccountId, version: i32, status: AccountStatus) -> QueryResult<bool> {
    diesel::update(accounts::table.find(id).filter(accounts::version.eq(version)))
        .set((accounts::status.eq(status), accounts::version.eq(version + 1)))
        .execute(db)
        .map(|rows| rows == 1)
}

/// How many accounts there are.
pub fn count(db: &mut Db) -> QueryResult<i64> {
    accounts::table.select(count_star()).first(db)
}

/// When the first account was made; none where there is none.
pub fn first_created_at(db: &mut Db) -> QueryResult<Option<NaiveDateTime>> {
    accounts::table.select(min(accounts::created_at)).first(db)
}

/// How many accounts were never taken up by whom they were made for.
pub fn count_invited(db: &mut Db) -> QueryResult<i64> {
    accounts::table.filter(accounts::status.eq(AccountStatus::Invited)).select(count_star()).first(db)
}

/// Which accounts are asked for, beside what was typed.
#[derive(Debug, Clone)]
pub enum Narrowing {
    /// Every account.
    None,
    /// Those that were never taken up.
    Invited,
    /// These.
    Of(Vec<AccountId>),
}

/// One page of the accounts, newest first; only those whose name or address holds `search`, if asked for.
pub fn list(db: &mut Db, search: Option<&str>, pager: Pager) -> QueryResult<Page<Account>> {
    list_narrowed(db, search, &Narrowing::None, pager)
}

/// The same of some accounts alone.
pub fn list_narrowed(
    db: &mut Db,
    search: Option<&str>,
    narrowing: &Narrowing,
    pager: Pager,
) -> QueryResult<Page<Account>> {
    let filtered = || {
        // What is left of one that was forgotten is nobody to be found.
        let mut query = accounts::table.into_boxed().filter(accounts::email.ne(""));
        if let Some(search) = search {
            let pattern = super::organisations::containing(search);
            let by_key = super::organisations::containing(&email_key(search));
            query = query
                .filter(accounts::name.like(pattern).escape('\\').or(accounts::email_key.like(by_key).escape('\\')));
        }
        match narrowing {
            Narrowing::None => query,
            Narrowing::Invited => query.filter(accounts::status.eq(AccountStatus::Invited)),
            Narrowing::Of(ids) => query.filter(accounts::id.eq_any(ids.clone())),
        }
    };
    let total = filtered().select(count_star()).first(db)?;
    let rows = filtered()
        .order((accounts::created_at.desc(), accounts::id.desc()))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(Account::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// Holds an account until the transaction ends, so that two changes to its roles are made one after the other.
pub fn lock(db: &mut Db, id: AccountId) -> QueryResult<Account> {
    db.lock_row("accounts", id.as_text())?;
    find(db, id)
}

/// Changes the name of an account that has not been put into use yet.
pub fn set_name(db: &mut Db, id: AccountId, name: &str) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::name.eq(name.to_string())).execute(db).map(drop)
}

/// The expert of the pool with this address, to whom an account's role is bound.
pub fn expert_of_address(db: &mut Db, email: &str) -> QueryResult<Option<ExpertId>> {
    experts::table.filter(experts::email_key.eq(email_key(email))).select(experts::id).first(db).optional()
}

/// Ties an expert of the pool to the account that they sign in with.
pub fn bind_expert(db: &mut Db, expert: ExpertId, account: AccountId) -> QueryResult<()> {
    diesel::update(experts::table.find(expert)).set(experts::account_id.eq(account)).execute(db).map(drop)
}

/// Notes that an expert has no account.
pub fn unbind_expert(db: &mut Db, expert: ExpertId) -> QueryResult<()> {
    diesel::update(experts::table.find(expert)).set(experts::account_id.eq(None::<AccountId>)).execute(db).map(drop)
}

/// A role held by a person.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = grants)]
pub struct Grant {
    /// Id.
    pub id: GrantId,
    /// Who holds it.
    pub account_id: AccountId,
    /// Which.
    pub role: Role,
    /// For a vendor's roles.
    pub organisation_id: Option<OrganisationId>,
    /// For a city officer.
    pub bureau: Option<String>,
    /// For an expert.
    pub expert_id: Option<ExpertId>,
    /// Who gave it; none where the operator did.
    pub granted_by: Option<AccountId>,
    /// Why.
    pub reason: String,
    /// When.
    pub granted_at: NaiveDateTime,
    /// Last day, included. Only what an earlier version gave can be without one, until the next start.
    pub ends_on: Option<NaiveDate>,
    /// Taken back.
    pub revoked_at: Option<NaiveDateTime>,
    /// Given by whoever runs the service: by the link of a start, or by a command. True exactly if no account gave it.
    pub by_operator: bool,
}

/// Gives a role.
pub fn grant(db: &mut Db, grant: &Grant) -> QueryResult<()> {
    diesel::insert_into(grants::table).values(grant).execute(db).map(drop)
}

/// A grant that has not been taken back.
pub fn find_grant(db: &mut Db, id: GrantId) -> QueryResult<Grant> {
    grants::table.find(id).filter(grants::revoked_at.is_null()).select(Grant::as_select()).first(db)
}

/// Takes a role back; false when it was already.
pub fn revoke(db: &mut Db, id: GrantId, now: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(grants::table.find(id).filter(grants::revoked_at.is_null()))
        .set(grants::revoked_at.eq(now))
        .execute(db)
        .map(|rows| rows == 1)
}

/// The role of an expert that was given last and was not taken back, at its end or not.
pub fn newest_grant_of_expert(db: &mut Db, expert: ExpertId) -> QueryResult<Option<Grant>> {
    grants::table
        .filter(grants::expert_id.eq(expert).and(grants::revoked_at.is_null()))
        .order((grants::granted_at.desc(), grants::id.desc()))
        .select(Grant::as_select())
        .first(db)
        .optional()
}

/// Takes an expert's role back that was given by mistake: it is the role of nobody in the pool, and no reason against being
/// taken in again. False when it was taken back already.
pub fn annul(db: &mut Db, id: GrantId, now: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(grants::table.find(id).filter(grants::revoked_at.is_null()))
        .set((grants::revoked_at.eq(now), grants::expert_id.eq(None::<ExpertId>)))
        .execute(db)
        .map(|rows| rows == 1)
}

/// The roles of an account that have not been taken back.
pub fn grants_of(db: &mut Db, account: AccountId) -> QueryResult<Vec<Grant>> {
    grants::table
        .filter(grants::account_id.eq(account).and(grants::revoked_at.is_null()))
        .order((grants::granted_at, grants::id))
        .select(Grant::as_select())
        .load(db)
}

/// Holds everybody with this role until the transaction ends, in the order of their ids: whoever takes it from one of
/// them, at the same time as another does, waits and counts anew.
pub fn lock_holders(db: &mut Db, role: Role) -> QueryResult<()> {
    let ids: Vec<AccountId> = grants::table
        .filter(grants::role.eq(role).and(grants::revoked_at.is_null()))
        .order(grants::account_id)
        .select(grants::account_id)
        .distinct()
        .load(db)?;
    ids.into_iter().try_for_each(|id| db.lock_row("accounts", id.as_text()))
}

/// Somebody who works for an organisation.
#[derive(Debug, Clone, Queryable)]
pub struct Member {
    /// The grant that makes them a member.
    pub grant: GrantId,
    /// Who.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// `VendorAdmin` or `VendorMember`.
    pub role: Role,
    /// Since when.
    pub since: NaiveDateTime,
    /// Last day, included.
    pub ends_on: Option<NaiveDate>,
}

/// Everybody who works for an organisation now, in the order of joining.
pub fn members(db: &mut Db, organisation: OrganisationId, now: NaiveDateTime) -> QueryResult<Vec<Member>> {
    let today = crate::domain::calendar::local_date(now);
    grants::table
        .inner_join(accounts::table.on(accounts::id.eq(grants::account_id)))
        .filter(grants::organisation_id.eq(organisation).and(grants::revoked_at.is_null()))
        .filter(grants::ends_on.is_null().or(grants::ends_on.ge(today)))
        .filter(accounts::status.ne(AccountStatus::Disabled))
        .order((grants::granted_at, grants::id))
        .select((
            grants::id,
            accounts::id,
            accounts::name,
            accounts::email,
            grants::role,
            grants::granted_at,
            grants::ends_on,
        ))
        .load(db)
}

/// The names of accounts.
pub fn names(db: &mut Db, ids: &[AccountId]) -> QueryResult<Vec<(AccountId, String)>> {
    accounts::table
        .filter(accounts::id.eq_any(ids.to_vec()))
        .order(accounts::id)
        .select((accounts::id, accounts::name))
        .load(db)
}

/// Names of the organisations that grants are bound to.
pub fn organisation_names(db: &mut Db, ids: &[OrganisationId]) -> QueryResult<Vec<(OrganisationId, String)>> {
    organisations::table
        .filter(organisations::id.eq_any(ids.to_vec()))
        .order(organisations::id)
        .select((organisations::id, organisations::name))
        .load(db)
}

/// The people who hold a role now: for mail to all of them.
pub fn holders(db: &mut Db, role: Role, now: NaiveDateTime) -> QueryResult<Vec<Account>> {
    holders_where(db, Some(role), None, None, now)
}

/// The officers of a bureau.
pub fn holders_in_bureau(db: &mut Db, bureau: &str, now: NaiveDateTime) -> QueryResult<Vec<Account>> {
    holders_where(db, Some(Role::CityOfficer), Some(bureau), None, now)
}

/// Everyone of an organisation, or those in one role alone.
pub fn holders_in_organisation(
    db: &mut Db,
    organisation: OrganisationId,
    role: Option<Role>,
    now: NaiveDateTime,
) -> QueryResult<Vec<Account>> {
    holders_where(db, role, None, Some(organisation), now)
}

fn holders_where(
    db: &mut Db,
    role: Option<Role>,
    bureau: Option<&str>,
    organisation: Option<OrganisationId>,
    now: NaiveDateTime,
) -> QueryResult<Vec<Account>> {
    let today = crate::domain::calendar::local_date(now);
    let mut query = grants::table
        .inner_join(accounts::table.on(accounts::id.eq(grants::account_id)))
        .filter(grants::revoked_at.is_null())
        .filter(grants::ends_on.is_null().or(grants::ends_on.ge(today)))
        .filter(accounts::status.eq(AccountStatus::Active))
        .into_boxed();
    if let Some(role) = role {
        query = query.filter(grants::role.eq(role));
    }
    if let Some(bureau) = bureau {
        query = query.filter(grants::bureau.eq(bureau.to_string()));
    }
    if let Some(organisation) = organisation {
        query = query.filter(grants::organisation_id.eq(organisation));
    }
    query.order(accounts::id).select(Account::as_select()).load(db)
}
