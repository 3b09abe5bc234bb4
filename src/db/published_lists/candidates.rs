//! The files of a call that a list may name.

use crate::db::connection::Db;
use crate::db::schema::{applications, notice_entries, notices};
use crate::db::types::Json;
use crate::domain::ids::{ApplicationId, CallId, OrganisationId};
use crate::domain::procedure::State;
use crate::domain::published_list::Shown;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// An application of a call that a list may name.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The application.
    pub application: ApplicationId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub state: State,
    /// Until when objections are in time; none for a call without notice.
    pub notice_ends_at: Option<NaiveDateTime>,
    /// The public columns as they stood in the notice; none for a call without notice.
    pub shown: Option<Vec<Shown>>,
}

/// The applications of a call that stand in its notices, in the notices' order.
pub fn noticed(db: &mut Db, call: CallId) -> QueryResult<Vec<Candidate>> {
    type Row = (ApplicationId, OrganisationId, State, NaiveDateTime, Json<Vec<Shown>>);
    let rows: Vec<Row> = notice_entries::table
        .inner_join(notices::table)
        .inner_join(applications::table)
        .filter(notices::call_id.eq(call))
        .order((notices::opened_at, notices::id, notice_entries::position))
        .select((
            applications::id,
            applications::organisation_id,
            applications::state,
            notices::ends_at,
            notice_entries::shown,
        ))
        .load(db)?;
    let candidate = |(application, organisation, state, ends_at, shown): (_, _, _, _, Json<Vec<Shown>>)| Candidate {
        application,
        organisation,
        state,
        notice_ends_at: Some(ends_at),
        shown: Some(shown.0),
    };
    Ok(rows.into_iter().map(candidate).collect())
}

/// The applications of a call in a state, in the order of their numbers: for a call without notice.
pub fn in_state(db: &mut Db, call: CallId, state: State) -> QueryResult<Vec<Candidate>> {
    let rows: Vec<(ApplicationId, OrganisationId, State)> = applications::table
        .filter(applications::call_id.eq(call).and(applications::state.eq(state)))
        .order((applications::number, applications::id))
        .select((applications::id, applications::organisation_id, applications::state))
        .load(db)?;
    let candidate = |(application, organisation, state)| Candidate {
        application,
        organisation,
        state,
        notice_ends_at: None,
        shown: None,
    };
    Ok(rows.into_iter().map(candidate).collect())
}

/// Calls with files that a list may name.
pub fn calls_to_publish(db: &mut Db) -> QueryResult<Vec<CallId>> {
    applications::table
        .filter(applications::state.eq_any([State::InNotice, State::Proposed]))
        .select(applications::call_id)
        .distinct()
        .order(applications::call_id)
        .load(db)
}
