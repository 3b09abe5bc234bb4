//! Organisations, keyed by their credit code.

use super::connection::Db;
use super::page::{Page, Pager};
use super::schema::{code_overrides, organisations};
use crate::domain::ids::OrganisationId;
use crate::domain::status::CodeCheck;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Contact person. Personal data, sealed in the row.
    pub contact_name: String,
    /// Contact telephone. Personal data, sealed in the row.
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

/// The names of these organisations.
pub fn names(db: &mut Db, ids: &[OrganisationId]) -> QueryResult<BTreeMap<OrganisationId, String>> {
    let rows: Vec<(OrganisationId, String)> = organisations::table
        .filter(organisations::id.eq_any(ids.to_vec()))
        .select((organisations::id, organisations::name))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// Id, contact person and telephone of each organisation, as they are kept.
pub fn contacts(db: &mut Db) -> QueryResult<Vec<(String, String, String)>> {
    organisations::table
        .order(organisations::id)
        .select((organisations::id, organisations::contact_name, organisations::contact_phone))
        .load(db)
}

/// The same for those that the version before kept in the clear.
pub fn contacts_in_the_clear(db: &mut Db) -> QueryResult<Vec<(OrganisationId, String, String)>> {
    let clear = organisations::contact_name.not_like("sealed:%").or(organisations::contact_phone.not_like("sealed:%"));
    organisations::table
        .filter(clear)
        .order(organisations::id)
        .select((organisations::id, organisations::contact_name, organisations::contact_phone))
        .load(db)
}

/// Keeps a sealed contact. It is the same one, so the version of the row stays.
pub fn keep_sealed_contact(db: &mut Db, id: OrganisationId, name: &str, phone: &str) -> QueryResult<()> {
    diesel::update(organisations::table.find(id))
        .set((organisations::contact_name.eq(name.to_string()), organisations::contact_phone.eq(phone.to_string())))
        .execute(db)
        .map(drop)
}

/// The organisation of a credit code.
pub fn find_by_code(db: &mut Db, code: &str) -> QueryResult<Option<Organisation>> {
    organisations::table
        .filter(organisations::credit_code.eq(code))
        .select(Organisation::as_select())
        .first(db)
        .optional()
}

/// Which of these credit codes are registered, and as what.
pub fn ids_of_codes(db: &mut Db, codes: &[String]) -> QueryResult<BTreeMap<String, OrganisationId>> {
    let rows: Vec<(String, OrganisationId)> = organisations::table
        .filter(organisations::credit_code.eq_any(codes.to_vec()))
        .select((organisations::credit_code, organisations::id))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// Which of these names, folded for comparison, are those of a registered organisation.
pub fn known_names(db: &mut Db, keys: &[String]) -> QueryResult<BTreeSet<String>> {
    let found: Vec<String> = organisations::table
        .filter(organisations::name_key.eq_any(keys.to_vec()))
        .select(organisations::name_key)
        .load(db)?;
    Ok(found.into_iter().collect())
}

/// A pattern that finds `text` anywhere, with its wildcards taken literally.
pub(super) fn containing(text: &str) -> String {
    let literal = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

/// One page of the organisations, newest first; only those whose name or code holds `search`, whose code stands thus, and
/// whose licence image waits for an officer, if asked for. For officers.
pub fn list(
    db: &mut Db,
    search: Option<&str>,
    check: Option<CodeCheck>,
    licence_waits: bool,
    pager: Pager,
) -> QueryResult<Page<Organisation>> {
    let filtered = || {
        let mut query = organisations::table.into_boxed();
        if let Some(search) = search {
            let by_code = containing(&search.trim().to_uppercase());
            query = query.filter(
                organisations::name_key
                    .like(containing(&name_key(search)))
                    .escape('\\')
                    .or(organisations::credit_code.like(by_code).escape('\\')),
            );
        }
        if let Some(check) = check {
            query = query.filter(organisations::code_check.eq(check));
        }
        if licence_waits {
            let waiting = code_overrides::table
                .filter(code_overrides::decided_at.is_null())
                .select(code_overrides::organisation_id);
            query =
                query.filter(organisations::code_check.eq(CodeCheck::Wrong)).filter(organisations::id.eq_any(waiting));
        }
        query
    };
    let total = filtered().count().get_result(db)?;
    let rows = filtered()
        .order((organisations::created_at.desc(), organisations::id.desc()))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(Organisation::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// Holds an organisation until the transaction ends.
pub fn lock(db: &mut Db, id: OrganisationId) -> QueryResult<Organisation> {
    db.lock_row("organisations", id.as_text())?;
    find(db, id)
}

/// Changes what an organisation may change of itself; false when it was changed since `version`.
pub fn set_contact(
    db: &mut Db,
    id: OrganisationId,
    version: i32,
    address: &str,
    contact_name: &str,
    contact_phone: &str,
) -> QueryResult<bool> {
    diesel::update(organisations::table.find(id).filter(organisations::version.eq(version)))
        .set((
            organisations::address.eq(address.to_string()),
            organisations::contact_name.eq(contact_name.to_string()),
            organisations::contact_phone.eq(contact_phone.to_string()),
            organisations::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Gives an organisation another name; false when it was changed since `version`.
pub fn set_name(db: &mut Db, id: OrganisationId, version: i32, name: &str) -> QueryResult<bool> {
    diesel::update(organisations::table.find(id).filter(organisations::version.eq(version)))
        .set((
            organisations::name.eq(name.to_string()),
            organisations::name_key.eq(name_key(name)),
            organisations::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Corrects what an organisation was registered with: name, place, city served, day of establishment; false when it was changed
/// since the version that `corrected` holds.
pub fn correct(db: &mut Db, corrected: &Organisation) -> QueryResult<bool> {
    let row = organisations::table.find(corrected.id).filter(organisations::version.eq(corrected.version));
    diesel::update(row)
        .set((
            organisations::name.eq(corrected.name.clone()),
            organisations::name_key.eq(name_key(&corrected.name)),
            organisations::registered_area.eq(corrected.registered_area.clone()),
            organisations::main_service_city.eq(corrected.main_service_city.clone()),
            organisations::established_on.eq(corrected.established_on),
            organisations::version.eq(corrected.version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Notes what is known of the code's check character; false when the organisation was changed since `version`.
pub fn set_code_check(db: &mut Db, id: OrganisationId, version: i32, check: CodeCheck) -> QueryResult<bool> {
    diesel::update(organisations::table.find(id).filter(organisations::version.eq(version)))
        .set((organisations::code_check.eq(check), organisations::version.eq(version + 1)))
        .execute(db)
        .map(|rows| rows == 1)
}
