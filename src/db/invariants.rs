//! What must always hold, as far as a query can tell: each finds the rows that break one invariant. What needs
//! computing (hashes, signatures, files) is in [`crate::actions::fsck`], on what is loaded here.

mod calls;
mod kept;
mod lists;
mod origins;
mod queries;
mod readable;
mod record;
mod reviews;
mod rows;
mod submissions;
mod uploads;

use crate::db::connection::Db;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::Text;
use queries::{QUERIES, SQLITE_QUERIES};

pub use calls::{places_taken, programme_digests, programmes};
pub use kept::{As, KEPT, Keeping, KeptColumn, KeptTable, Typed, keeping, typed_columns};
pub use lists::{Certificate, certificates, published_list_ids};
pub use origins::{application_origins, correction_origins, objection_origins, submission_origins};
pub use readable::{Unreadable, unreadable};
pub use record::{ReadEvent, each_event_after, events_after, recorded, recorded_of};
pub use reviews::{
    Placed, Sheet, assignments, calls_with_closed_review, calls_with_open_review, rankings_of_sessions,
    submitted_extra_sheets, submitted_sheets,
};
pub use rows::{
    Act, AppointmentRow, FiledForm, GrantRow, OrganisationRow, Pair, ProposalRow, ScreeningRow, SessionRow,
    account_rows, acts, applications_by_organisation, appointment_rows, call_pairs, decision_changes, decision_entries,
    decision_pairs, decision_statuses, due_dates, extra_sheets as stored_extra_sheets, file_changes, filed_forms,
    forms, grant_rows, list_pairs, notice_entries, notice_rows, objection_pairs, organisation_rows, proposal_rows,
    ranks, roles_held, screening_rows, session_rows, sheets, sign_ins, standings_given, undoing_pairs,
};
pub use submissions::{Frozen, document, submission, submission_ids};
pub use uploads::{
    DocumentRow, applications_after, documents_of, documents_recorded, evidence, licences, licences_recorded,
};

/// Something that must not be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Violation {
    /// Which invariant.
    pub invariant: &'static str,
    /// Which row.
    pub subject: String,
    /// What is wrong with it.
    pub what: String,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    subject: String,
    #[diesel(sql_type = Text)]
    what: String,
}

/// The names of the invariants that queries check, for those who count them.
pub fn names() -> impl Iterator<Item = &'static str> {
    QUERIES.iter().chain(SQLITE_QUERIES).map(|(name, _)| *name)
}

/// Every row that breaks an invariant which a query can tell, and the invariants whose query told what cannot be read, with why.
#[derive(Debug, Default)]
pub struct ByQuery {
    /// The rows.
    pub violations: Vec<Violation>,
    /// The invariants that nothing can be said of.
    pub unread: Vec<(&'static str, String)>,
}

/// Asks for every row that breaks an invariant which a query can tell.
pub fn by_query(db: &mut Db) -> QueryResult<ByQuery> {
    let ByQuery { mut violations, mut unread } = ByQuery::default();
    let own: &[(&str, &str)] = if db.is_sqlite() { SQLITE_QUERIES } else { &[] };
    for (invariant, query) in QUERIES.iter().chain(own) {
        let found: Vec<Found> = match diesel::sql_query(*query).load(db) {
            Err(Error::DeserializationError(why)) => {
                unread.push((*invariant, why.to_string()));
                continue;
            }
            found => found?,
        };
        violations.extend(found.into_iter().map(|found| Violation {
            invariant,
            subject: found.subject,
            what: found.what,
        }));
    }
    violations.sort();
    Ok(ByQuery { violations, unread })
}
