//! Organisations, keyed by their credit code.

use super::connection::Db;
use super::schema::organisations;
use crate::domain::ids::OrganisationId;
use crate::domain::status::CodeCheck;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// An organisation.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisations)]
pub struct Organisation {
    /// Id.
    pub id: OrganisationId,
    /// 统一社会信用代码, normalised.
    pub credit_code: String,
    /// Name.
    pub name: String,
    /// Name, folded for search.
    pub name_key: String,
    /// Area of registration; none outside the province.
    pub registered_area: Option<String>,
    /// City it mainly serves.
    pub main_service_city: Option<String>,
    /// Day it was established.
    pub established_on: Option<NaiveDate>,
    /// Address.
    pub address: String,
    /// Contact person. Personal data.
    pub contact_name: String,
    /// Contact telephone. Personal data.
    pub contact_phone: String,
    /// What is known of the code's check character.
    pub code_check: CodeCheck,
    /// Registered here.
    pub created_at: NaiveDateTime,
    /// Version for the optimistic lock.
    pub version: i32,
}

/// A name as it is compared and searched: compatibility forms made one, lower case, no white space.
pub fn name_key(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}

/// Adds an organisation; a unique violation means that the code is registered.
pub fn create(db: &mut Db, organisation: &Organisation) -> QueryResult<()> {
    diesel::insert_into(organisations::table).values(organisation).execute(db).map(drop)
}

/// The organisation of an id. Names and codes are public once recognised; what else is here is shown to those whose
/// scope holds a file of it, and the caller sees to that.
pub fn find(db: &mut Db, id: OrganisationId) -> QueryResult<Organisation> {
    organisations::table.find(id).select(Organisation::as_select()).first(db)
}

/// The organisation of a credit code.
pub fn find_by_code(db: &mut Db, code: &str) -> QueryResult<Option<Organisation>> {
    organisations::table
        .filter(organisations::credit_code.eq(code))
        .select(Organisation::as_select())
        .first(db)
        .optional()
}
