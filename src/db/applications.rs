//! Applications. Every query takes a [`Scope`]: what is out of sight is not found.

use super::connection::{Db, MultiBackend};
use super::page::{Page, Pager};
use super::portable::Fixed;
use super::schema::{
    applications, assignments, calls, code_overrides, experts, organisations, recommendations, review_sessions,
};
use super::types::{Json, Sealed};
use crate::domain::ids::{AccountId, ApplicationId, CallId, OrganisationId};
use crate::domain::procedure::State;
use crate::domain::scope::Scope;
use crate::domain::status::{AssignmentStatus, ExpertStatus, SessionStatus};
use chrono::NaiveDateTime;
use diesel::dsl::{count_star, min, sql};
use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde::{Deserialize, Serialize};

// A unit: of its people nothing is asked, and so it is not sealed as the form is.
/// A consortium member beside the lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Name.
    pub name: String,
    /// 统一社会信用代码, normalised.
    pub credit_code: String,
    /// What it does in the consortium.
    pub duty: String,
}

/// An application.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = applications)]
pub struct Application {
    /// Id.
    pub id: ApplicationId,
    /// Of which call.
    pub call_id: CallId,
    /// Of which organisation.
    pub organisation_id: OrganisationId,
    /// Given at the first submission.
    pub number: Option<String>,
    /// Its state.
    pub state: State,
    /// The recommending bureau.
    pub bureau: Option<String>,
    /// What was typed, as it was typed, sealed ([`crate::actions::sealed::open_form`]).
    pub form: Sealed,
    /// Consortium members beside the lead.
    pub members: Json<Vec<Member>>,
    /// Times it was submitted.
    pub submission_count: i32,
    /// Last submitted.
    pub submitted_at: Option<NaiveDateTime>,
    /// Begun by.
    pub created_by: AccountId,
    /// Begun.
    pub created_at: NaiveDateTime,
    /// Last changed.
    pub updated_at: NaiveDateTime,
    /// Version for the optimistic lock.
    pub version: i32,
}

type Condition = Box<dyn BoxableExpression<applications::table, MultiBackend, SqlType = Bool>>;

/// What the scope lets one see, as a condition on the row itself.
fn visible(scope: &Scope) -> Condition {
    use applications::dsl as a;
    if scope.drafts {
        return Box::new(a::version.gt(0));
    }
    let submitted = || a::submission_count.gt(0);
    // One comparison each and no `eq_any`, with which a statement is prepared anew every time.
    let mut any: Vec<Condition> = Vec::new();
    for organisation in &scope.organisations {
        any.push(Box::new(a::organisation_id.eq(*organisation)));
    }
    if scope.all {
        any.push(Box::new(submitted()));
    }
    for bureau in &scope.bureaus {
        let of_bureau = a::bureau.is_not_null().and(a::bureau.assume_not_null().eq(bureau.clone()));
        any.push(Box::new(submitted().and(of_bureau)));
    }
    if let Some(expert) = scope.expert {
        let assigned = assignments::table
            .inner_join(review_sessions::table)
            .filter(assignments::expert_id.eq(expert))
            .inner_join(experts::table)
            .filter(experts::status.eq(ExpertStatus::Active))
            .filter(assignments::status.eq(AssignmentStatus::Accepted))
            .filter(review_sessions::status.eq(SessionStatus::Open))
            .select(assignments::application_id);
        any.push(Box::new(a::id.eq_any(assigned)));
    }
    let either = |one: Condition, other: Condition| -> Condition { Box::new(one.or(other)) };
    any.into_iter().reduce(either).unwrap_or_else(|| Box::new(a::version.lt(0)))
}

/// Adds an application; a unique violation means that the organisation has one in this call.
pub fn create(db: &mut Db, application: &Application) -> QueryResult<()> {
    diesel::insert_into(applications::table).values(application).execute(db).map(drop)
}

/// The application of an id, within the scope.
pub fn find(db: &mut Db, scope: &Scope, id: ApplicationId) -> QueryResult<Application> {
    applications::table.find(id).filter(visible(scope)).select(Application::as_select()).first(db)
}

/// The same, held until the transaction ends.
pub fn find_to_change(db: &mut Db, scope: &Scope, id: ApplicationId) -> QueryResult<Application> {
    db.lock_row("applications", id.as_text())?;
    find(db, scope, id)
}

/// Moves an application on; false when it was changed since `version`.
pub fn advance(db: &mut Db, id: ApplicationId, version: i32, to: State, now: NaiveDateTime) -> QueryResult<bool> {
    let seen = applications::table.find(id).filter(applications::version.eq(version));
    let moved = (applications::state.eq(to), applications::updated_at.eq(now), applications::version.eq(version + 1));
    Fixed(diesel::update(seen).set(moved)).execute(db).map(|rows| rows == 1)
}

/// Sends a file to another bureau; none for the department itself.
pub fn route(db: &mut Db, id: ApplicationId, bureau: Option<&str>) -> QueryResult<()> {
    diesel::update(applications::table.find(id))
        .set(applications::bureau.eq(bureau.map(str::to_string)))
        .execute(db)
        .map(drop)
}

/// Keeps what was typed; false when the application was changed since `version`. The caller then moves it on.
pub fn keep(db: &mut Db, id: ApplicationId, version: i32, form: &Sealed, members: &[Member]) -> QueryResult<bool> {
    let seen = applications::table.find(id).filter(applications::version.eq(version));
    let typed = (applications::form.eq(form.clone()), applications::members.eq(Json(members.to_vec())));
    Fixed(diesel::update(seen).set(typed)).execute(db).map(|rows| rows == 1)
}

/// Id, version and form of up to `limit` applications after one whose form stands in the clear: the version before wrote it.
pub fn forms_in_the_clear(db: &mut Db, after: &str, limit: i64) -> QueryResult<Vec<(String, i32, Sealed)>> {
    applications::table
        .filter(applications::id.gt(after.to_string()))
        .filter(sql::<Bool>("substr(CAST(form AS TEXT), 1, 1) <> '\"'"))
        .order(applications::id)
        .limit(limit)
        .select((applications::id, applications::version, applications::form))
        .load(db)
}

/// Keeps the sealed form of an application that was not changed since `version`. It is the same form, so the version stays.
pub fn keep_sealed_form(db: &mut Db, id: &str, version: i32, form: &Sealed) -> QueryResult<bool> {
    let seen = applications::table.find(id.to_string()).filter(applications::version.eq(version));
    diesel::update(seen).set(applications::form.eq(form.clone())).execute(db).map(|rows| rows == 1)
}

/// Notes a submission. The caller then moves the application on.
pub fn note_submission(
    db: &mut Db,
    id: ApplicationId,
    number: &str,
    count: i32,
    submitted_at: NaiveDateTime,
) -> QueryResult<()> {
    let filed = (
        applications::number.eq(number.to_string()),
        applications::submission_count.eq(count),
        applications::submitted_at.eq(submitted_at),
    );
    Fixed(diesel::update(applications::table.find(id)).set(filed)).execute(db).map(drop)
}

/// Holds an organisation until the transaction ends: it begins one application of a call at a time.
pub fn lock_organisation(db: &mut Db, id: OrganisationId) -> QueryResult<()> {
    db.lock_row("organisations", id.as_text())
}

/// What an organisation has in a call, unless it withdrew it.
pub fn of_organisation_in_call(
    db: &mut Db,
    organisation: OrganisationId,
    call: CallId,
) -> QueryResult<Vec<Application>> {
    applications::table
        .filter(applications::organisation_id.eq(organisation).and(applications::call_id.eq(call)))
        .filter(applications::state.ne(State::Withdrawn))
        .order((applications::created_at.desc(), applications::id.desc()))
        .select(Application::as_select())
        .load(db)
}

/// The newest earlier application of the same organisation in the same programme that was filed: its answers are
/// offered again.
pub fn earlier(db: &mut Db, application: &Application, programme_key: &str) -> QueryResult<Option<Application>> {
    applications::table
        .inner_join(calls::table)
        .filter(applications::organisation_id.eq(application.organisation_id))
        .filter(calls::programme_key.eq(programme_key.to_string()))
        .filter(applications::id.ne(application.id))
        .filter(applications::submission_count.gt(0))
        .order((applications::created_at.desc(), applications::id.desc()))
        .select(Application::as_select())
        .first(db)
        .optional()
}

/// Frees the bureau's place of an application that was withdrawn.
pub fn free_place(db: &mut Db, id: ApplicationId, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(recommendations::table.filter(recommendations::application_id.eq(id)))
        .filter(recommendations::ended_at.is_null())
        .set(recommendations::ended_at.eq(now))
        .execute(db)
        .map(drop)
}

/// The bureau's recommendation in force: rank and opinion. For the bureau and the department only.
pub fn recommendation(db: &mut Db, id: ApplicationId) -> QueryResult<Option<(i32, String)>> {
    recommendations::table
        .filter(recommendations::application_id.eq(id).and(recommendations::ended_at.is_null()))
        .select((recommendations::rank, recommendations::opinion))
        .first(db)
        .optional()
}

/// Whether the organisation has shown its licence because its code's check character is wrong.
pub fn licence_provided(db: &mut Db, organisation: OrganisationId) -> QueryResult<bool> {
    code_overrides::table.find(organisation).select(count_star()).first::<i64>(db).map(|count| count > 0)
}

/// Whether a file of the organisation stands in a public notice, held or not.
pub fn any_in_notice(db: &mut Db, organisation: OrganisationId) -> QueryResult<bool> {
    applications::table
        .filter(applications::organisation_id.eq(organisation))
        .filter(applications::state.eq(State::InNotice).or(applications::state.eq(State::Held)))
        .select(count_star())
        .first::<i64>(db)
        .map(|count| count > 0)
}

/// Id, title and year of the calls that have an application in sight, newest first: for a filter.
pub fn calls_in_sight(db: &mut Db, scope: &Scope) -> QueryResult<Vec<(CallId, String, i32)>> {
    let in_sight: Vec<CallId> =
        applications::table.filter(visible(scope)).select(applications::call_id).distinct().load(db)?;
    calls::table
        .filter(calls::id.eq_any(in_sight))
        .order((calls::year.desc(), calls::title, calls::id))
        .select((calls::id, calls::title, calls::year))
        .load(db)
}

/// The first of the bureaus' dates among the calls of the applications in sight that are in this state.
pub fn first_recommend_by(db: &mut Db, scope: &Scope, state: State) -> QueryResult<Option<NaiveDateTime>> {
    let of_those: Vec<CallId> = applications::table
        .filter(visible(scope))
        .filter(applications::state.eq(state))
        .select(applications::call_id)
        .distinct()
        .load(db)?;
    calls::table.filter(calls::id.eq_any(of_those)).select(min(calls::recommend_by)).first(db)
}

/// Since when the application in sight that is longest in this state was not moved on.
pub fn waiting_since(db: &mut Db, scope: &Scope, state: State) -> QueryResult<Option<NaiveDateTime>> {
    let filter = Filter { states: vec![state], ..Filter::default() };
    filtered(scope, &filter).select(min(applications::updated_at)).first(db)
}

/// Which applications are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of one call.
    pub call: Option<CallId>,
    /// Of one organisation.
    pub organisation: Option<OrganisationId>,
    /// Of one bureau.
    pub bureau: Option<String>,
    /// In any of these states; all when empty.
    pub states: Vec<State>,
    /// Name, number or credit code contain this.
    pub text: Option<String>,
    /// Those that have stood still for longest first, instead of those that were changed last.
    pub longest_first: bool,
}

/// One row of a list of applications.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The application.
    pub application: Application,
    /// Name of its organisation.
    pub organisation_name: String,
    /// Credit code of its organisation.
    pub credit_code: String,
}

fn filtered(scope: &Scope, filter: &Filter) -> applications::BoxedQuery<'static, MultiBackend> {
    // The scope comes first and stands on the row itself: no filter of the asker's reaches a row out of sight.
    let mut query = applications::table.filter(visible(scope)).into_boxed();
    if let Some(call) = filter.call {
        query = query.filter(applications::call_id.eq(call));
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(applications::organisation_id.eq(organisation));
    }
    if let Some(bureau) = &filter.bureau {
        query = query.filter(applications::bureau.eq(bureau.clone()));
    }
    if !filter.states.is_empty() {
        query = query.filter(applications::state.eq_any(filter.states.clone()));
    }
    if let Some(text) = filter.text.as_deref().map(super::organisations::name_key).filter(|text| !text.is_empty()) {
        let pattern = super::organisations::containing(&text);
        let upper = pattern.to_uppercase();
        let by_name = organisations::name_key.like(pattern).escape('\\');
        let named = organisations::table
            .filter(by_name.or(organisations::credit_code.like(upper.clone()).escape('\\')))
            .select(organisations::id);
        let by_number = applications::number.assume_not_null().like(upper).escape('\\');
        query = query
            .filter(applications::organisation_id.eq_any(named).or(applications::number.is_not_null().and(by_number)));
    }
    query
}

/// One page of the applications in sight, last changed first unless the filter says otherwise.
pub fn list(db: &mut Db, scope: &Scope, filter: &Filter, pager: Pager) -> QueryResult<Page<Listed>> {
    let total = filtered(scope, filter).select(count_star()).first(db)?;
    let ordered = match filter.longest_first {
        true => filtered(scope, filter).order((applications::updated_at.asc(), applications::id.asc())),
        false => filtered(scope, filter).order((applications::updated_at.desc(), applications::id.desc())),
    };
    let found: Vec<Application> =
        ordered.limit(pager.limit()).offset(pager.offset()).select(Application::as_select()).load(db)?;
    Ok(pager.page(with_organisations(db, found)?, total))
}

/// Where each of the applications in sight is, in the order of ids: id, call, state, last changed.
pub fn places(
    db: &mut Db,
    scope: &Scope,
    filter: &Filter,
) -> QueryResult<Vec<(ApplicationId, CallId, State, NaiveDateTime)>> {
    filtered(scope, filter)
        .order(applications::id)
        .select((applications::id, applications::call_id, applications::state, applications::updated_at))
        .load(db)
}

/// The applications in sight of these ids, in their order.
pub fn of_ids(db: &mut Db, scope: &Scope, ids: &[ApplicationId]) -> QueryResult<Vec<Listed>> {
    let mut found: Vec<Application> = applications::table
        .filter(visible(scope))
        .filter(applications::id.eq_any(ids.to_vec()))
        .select(Application::as_select())
        .load(db)?;
    found.sort_by_key(|application| ids.iter().position(|id| *id == application.id));
    with_organisations(db, found)
}

/// The same with their organisations.
fn with_organisations(db: &mut Db, found: Vec<Application>) -> QueryResult<Vec<Listed>> {
    let ids: Vec<_> = found.iter().map(|application| application.organisation_id).collect();
    let names: std::collections::HashMap<OrganisationId, (String, String)> = organisations::table
        .filter(organisations::id.eq_any(ids))
        .select((organisations::id, organisations::name, organisations::credit_code))
        .load::<(OrganisationId, String, String)>(db)?
        .into_iter()
        .map(|(id, name, code)| (id, (name, code)))
        .collect();
    let rows = found
        .into_iter()
        .map(|application| {
            let (organisation_name, credit_code) = names.get(&application.organisation_id).cloned().unwrap_or_default();
            Listed { application, organisation_name, credit_code }
        })
        .collect();
    Ok(rows)
}

/// How many applications are in sight.
pub fn count(db: &mut Db, scope: &Scope, filter: &Filter) -> QueryResult<i64> {
    filtered(scope, filter).select(count_star()).first(db)
}

/// The ids of the applications in sight, in the order of ids.
pub fn ids(db: &mut Db, scope: &Scope, filter: &Filter) -> QueryResult<Vec<ApplicationId>> {
    filtered(scope, filter).order(applications::id).select(applications::id).load(db)
}

/// How many applications in sight are in each state.
pub fn count_by_state(db: &mut Db, scope: &Scope, filter: &Filter) -> QueryResult<Vec<(State, i64)>> {
    let mut counts = Vec::new();
    for state in State::ALL {
        let count: i64 =
            filtered(scope, filter).filter(applications::state.eq(state)).select(count_star()).first(db)?;
        if count > 0 {
            counts.push((*state, count));
        }
    }
    Ok(counts)
}
