//! Objections. Who objected stands in a table of its own and is read by one function alone.

use super::connection::Db;
use super::schema::objections;
use crate::domain::ids::ApplicationId;
use crate::domain::status::ObjectionStatus;
use diesel::dsl::exists;
use diesel::prelude::*;

/// Whether an objection to this application waits for acceptance or for its outcome.
pub fn any_open(db: &mut Db, application: ApplicationId) -> QueryResult<bool> {
    diesel::select(exists(
        objections::table
            .filter(objections::application_id.eq(application))
            .filter(objections::status.eq_any([ObjectionStatus::Received, ObjectionStatus::Accepted])),
    ))
    .get_result(db)
}
