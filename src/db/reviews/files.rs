//! Applications as a review asks for them.

use crate::db::connection::Db;
use crate::db::schema::{applications, assignments, calls, organisations, review_sessions, score_sheets};
use crate::domain::call::CallStatus;
use crate::domain::ids::{ApplicationId, CallId, ExpertId, OrganisationId};
use crate::domain::procedure::State;
use crate::domain::status::SheetStatus;
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// How many applications of a call are in a state.
pub fn count_in_states(db: &mut Db, call: CallId, states: &[State]) -> QueryResult<i64> {
    applications::table
        .filter(applications::call_id.eq(call).and(applications::state.eq_any(states.to_vec())))
        .select(count_star())
        .first(db)
}

/// Names of organisations of these applications, with their numbers.
pub fn names_of_applications(
    db: &mut Db,
    ids: &[ApplicationId],
) -> QueryResult<BTreeMap<ApplicationId, (String, Option<String>)>> {
    let rows: Vec<(ApplicationId, String, Option<String>)> = applications::table
        .inner_join(organisations::table)
        .filter(applications::id.eq_any(ids.to_vec()))
        .order(applications::id)
        .select((applications::id, organisations::name, applications::number))
        .load(db)?;
    Ok(rows.into_iter().map(|(id, name, number)| (id, (name, number))).collect())
}

/// When these applications were last submitted: what a tie may be broken by.
pub fn submission_times(
    db: &mut Db,
    ids: &[ApplicationId],
) -> QueryResult<BTreeMap<ApplicationId, Option<NaiveDateTime>>> {
    let rows: Vec<(ApplicationId, Option<NaiveDateTime>)> = applications::table
        .filter(applications::id.eq_any(ids.to_vec()))
        .order(applications::id)
        .select((applications::id, applications::submitted_at))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// An application with its organisation, as the rules of a review ask for them.
#[derive(Debug, Clone)]
pub struct ReviewFile {
    /// The application.
    pub application: crate::db::applications::Application,
    /// Its organisation.
    pub organisation: crate::db::organisations::Organisation,
}

/// The applications of a call in these states with their organisations, in the order of ids: for the rules of a review
/// and for officers of the department.
pub fn files(db: &mut Db, call: CallId, states: &[State]) -> QueryResult<Vec<ReviewFile>> {
    use crate::db::applications::Application;
    use crate::db::organisations::Organisation;
    let rows: Vec<(Application, Organisation)> = applications::table
        .inner_join(organisations::table)
        .filter(applications::call_id.eq(call).and(applications::state.eq_any(states.to_vec())))
        .order(applications::id)
        .select((Application::as_select(), Organisation::as_select()))
        .load(db)?;
    Ok(rows.into_iter().map(|(application, organisation)| ReviewFile { application, organisation }).collect())
}

/// An application of a session's page.
#[derive(Debug, Clone, Queryable)]
pub struct SessionFile {
    /// The application.
    pub id: ApplicationId,
    /// Its number.
    pub number: Option<String>,
    /// Its organisation's name.
    pub organisation: String,
    /// Where it stands.
    pub state: State,
}

/// The applications of a call that are under review or have assignments, in the order of numbers: for officers of the
/// department.
pub fn session_files(db: &mut Db, call: CallId) -> QueryResult<Vec<SessionFile>> {
    let assigned = assignments::table
        .inner_join(review_sessions::table)
        .filter(review_sessions::call_id.eq(call))
        .select(assignments::application_id);
    applications::table
        .inner_join(organisations::table)
        .filter(applications::call_id.eq(call))
        .filter(applications::state.eq(State::InReview).or(applications::id.eq_any(assigned)))
        .order((applications::number, applications::id))
        .select((applications::id, applications::number, organisations::name, applications::state))
        .load(db)
}

/// One application with its organisation, for the rules of a review.
pub fn file(db: &mut Db, application: ApplicationId) -> QueryResult<Option<ReviewFile>> {
    use crate::db::applications::Application;
    use crate::db::organisations::Organisation;
    let row: Option<(Application, Organisation)> = applications::table
        .inner_join(organisations::table)
        .filter(applications::id.eq(application))
        .select((Application::as_select(), Organisation::as_select()))
        .first(db)
        .optional()?;
    Ok(row.map(|(application, organisation)| ReviewFile { application, organisation }))
}

/// Which of these experts scored which organisations in the programme's call before this one.
pub fn scored_before(
    db: &mut Db,
    call: &crate::db::calls::Call,
    experts: &[ExpertId],
) -> QueryResult<Vec<(ExpertId, OrganisationId)>> {
    let before: Option<CallId> = calls::table
        .filter(calls::programme_key.eq(&call.programme_key).and(calls::status.eq(CallStatus::Approved)))
        .filter(calls::opens_at.lt(call.opens_at))
        .order((calls::opens_at.desc(), calls::id.desc()))
        .select(calls::id)
        .first(db)
        .optional()?;
    let Some(before) = before else { return Ok(Vec::new()) };
    assignments::table
        .inner_join(applications::table)
        .inner_join(score_sheets::table)
        .filter(applications::call_id.eq(before).and(score_sheets::status.eq(SheetStatus::Submitted)))
        .filter(assignments::expert_id.eq_any(experts.to_vec()))
        .select((assignments::expert_id, applications::organisation_id))
        .load(db)
}

/// A document of an application that the caller may see.
#[derive(Debug, Clone, Queryable)]
pub struct ReviewDocument {
    /// Id.
    pub id: crate::domain::ids::AttachmentId,
    /// Kind, as the programme names it.
    pub kind: String,
    /// Name of the file.
    pub name: String,
    /// Size.
    pub bytes: i64,
    /// Extension of its type.
    pub file_type: String,
}

/// The documents of an application that was found within the caller's scope.
pub fn documents(db: &mut Db, application: ApplicationId) -> QueryResult<Vec<ReviewDocument>> {
    use crate::db::schema::attachments;
    attachments::table
        .filter(attachments::application_id.eq(application).and(attachments::removed_at.is_null()))
        .order((attachments::kind, attachments::uploaded_at, attachments::id))
        .select((attachments::id, attachments::kind, attachments::name, attachments::bytes, attachments::file_type))
        .load(db)
}
