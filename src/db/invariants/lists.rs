//! Published lists and the certificates given with them, as stored.

use crate::db::connection::Db;
use crate::db::schema::{memberships, published_lists};
use crate::domain::ids::{ApplicationId, PublishedListId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The ids of all lists that have a place in the chain of lists or say that they are published, as stored.
pub fn published_list_ids(db: &mut Db) -> QueryResult<Vec<String>> {
    published_lists::table
        .filter(published_lists::status.eq("published").or(published_lists::chain_number.is_not_null()))
        .order(published_lists::id)
        .select(published_lists::id)
        .load(db)
}

/// A certificate that was given with a list: application, number, seal, first and last day.
pub type Certificate = (ApplicationId, String, Option<String>, NaiveDate, NaiveDate);

/// The certificates that were given with a list.
pub fn certificates(db: &mut Db, list: PublishedListId) -> QueryResult<Vec<Certificate>> {
    memberships::table
        .filter(memberships::list_id.eq(list))
        .order(memberships::id)
        .select((
            memberships::application_id,
            memberships::certificate_number,
            memberships::certificate_seal,
            memberships::valid_from,
            memberships::valid_to,
        ))
        .load(db)
}
