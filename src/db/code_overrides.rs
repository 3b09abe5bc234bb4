//! The licence image that stands in for a right check character, and the officer's word on it.

use super::connection::Db;
use super::portable::Portable;
use super::schema::code_overrides;
use crate::domain::ids::{AccountId, OrganisationId};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// A licence image, with the decision on it once there is one.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = code_overrides)]
pub struct CodeOverride {
    /// Whose.
    pub organisation_id: OrganisationId,
    /// The file's name, for people.
    pub licence_name: String,
    /// SHA-256 of the file; its key in the store.
    pub licence_sha256: String,
    /// Bytes.
    pub licence_bytes: i64,
    /// `pdf`, `png` or `jpg`.
    pub licence_type: String,
    /// Who provided it.
    pub provided_by: AccountId,
    /// When.
    pub provided_at: NaiveDateTime,
    /// Why the officer accepted the code.
    pub reason: Option<String>,
    /// Which officer.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<NaiveDateTime>,
}

/// Keeps a licence image, in place of an earlier one.
pub fn provide(db: &mut Db, licence: &CodeOverride) -> QueryResult<()> {
    Portable(
        diesel::insert_into(code_overrides::table)
            .values(licence)
            .on_conflict(code_overrides::organisation_id)
            .do_update()
            .set((
                code_overrides::licence_name.eq(licence.licence_name.clone()),
                code_overrides::licence_sha256.eq(licence.licence_sha256.clone()),
                code_overrides::licence_bytes.eq(licence.licence_bytes),
                code_overrides::licence_type.eq(licence.licence_type.clone()),
                code_overrides::provided_by.eq(licence.provided_by),
                code_overrides::provided_at.eq(licence.provided_at),
            )),
    )
    .execute(db)
    .map(drop)
}

/// The licence image of an organisation.
pub fn find(db: &mut Db, organisation: OrganisationId) -> QueryResult<Option<CodeOverride>> {
    code_overrides::table.find(organisation).select(CodeOverride::as_select()).first(db).optional()
}

/// Writes down that an officer accepted the code; false when there is no image or it was accepted before.
pub fn decide(
    db: &mut Db,
    organisation: OrganisationId,
    reason: &str,
    by: AccountId,
    now: NaiveDateTime,
) -> QueryResult<bool> {
    diesel::update(code_overrides::table.find(organisation).filter(code_overrides::decided_at.is_null()))
        .set((
            code_overrides::reason.eq(reason.to_string()),
            code_overrides::decided_by.eq(by),
            code_overrides::decided_at.eq(now),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}
