//! What the checks of [`crate::actions::fsck`] compare with the record: columns of rows, as stored, and the acts of the record.

use crate::db::connection::Db;
use crate::db::extra_sheets::ExtraSheet;
use crate::db::reviews::ScoreSheet;
use crate::db::schema::{
    accounts, applications, calls, change_sets, corrections, decision_entries, decisions, events, experts,
    extra_sheets, grants, membership_proposals, notice_entries, objections, organisations, published_lists,
    recommendations, score_sheets, screenings, sessions, submissions,
};
use crate::db::types::{Json, Sealed};
use crate::domain::actor::Role;
use crate::domain::status::ChangeSetKind;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::Value;

/// An act of the record, as far as rows are compared with it.
#[derive(Debug, Clone)]
pub struct Act {
    /// Id of the subject.
    pub subject: String,
    /// What was done.
    pub action: String,
    /// By whom: an account's id, `public` or `system`.
    pub actor: String,
    /// When.
    pub at: NaiveDateTime,
    /// Its detail.
    pub detail: Value,
}

/// The acts of some kinds on one kind of subject, subject by subject, oldest first.
pub fn acts(db: &mut Db, kind: &str, actions: &[&str]) -> QueryResult<Vec<Act>> {
    type Row = (String, String, String, NaiveDateTime, Json<Value>);
    let rows: Vec<Row> = events::table
        .filter(events::subject_kind.eq(kind.to_string()))
        .filter(events::action.eq_any(actions.iter().map(ToString::to_string)))
        .order((events::subject_id, events::seq))
        .select((events::subject_id, events::action, events::actor, events::at, events::detail))
        .load(db)?;
    let act = |(subject, action, actor, at, detail): Row| Act { subject, action, actor, at, detail: detail.0 };
    Ok(rows.into_iter().map(act).collect())
}

/// The columns that name who proposed something and who decided on it.
#[derive(Debug, Clone, Queryable)]
pub struct Pair {
    /// Id of the row.
    pub id: String,
    /// Who proposed.
    pub proposed: Option<String>,
    /// Who decided.
    pub decided: Option<String>,
}

/// Of calls.
pub fn call_pairs(db: &mut Db) -> QueryResult<Vec<Pair>> {
    calls::table.order(calls::id).select((calls::id, calls::drafted_by.nullable(), calls::approved_by)).load(db)
}

/// Of decisions.
pub fn decision_pairs(db: &mut Db) -> QueryResult<Vec<Pair>> {
    decisions::table
        .order(decisions::id)
        .select((decisions::id, decisions::proposed_by.nullable(), decisions::decided_by))
        .load(db)
}

/// Of decisions that were undone, or are to be.
pub fn undoing_pairs(db: &mut Db) -> QueryResult<Vec<Pair>> {
    decisions::table
        .order(decisions::id)
        .select((decisions::id, decisions::undo_proposed_by, decisions::undone_by))
        .load(db)
}

/// Of objections.
pub fn objection_pairs(db: &mut Db) -> QueryResult<Vec<Pair>> {
    objections::table
        .order(objections::id)
        .select((objections::id, objections::proposed_by, objections::decided_by))
        .load(db)
}

/// Of lists.
pub fn list_pairs(db: &mut Db) -> QueryResult<Vec<Pair>> {
    published_lists::table
        .order(published_lists::id)
        .select((published_lists::id, published_lists::proposed_by, published_lists::published_by))
        .load(db)
}

/// What is proposed about a membership.
#[derive(Debug, Clone, Queryable)]
pub struct ProposalRow {
    /// Id.
    pub id: String,
    /// Where it stands.
    pub status: String,
    /// Who proposed.
    pub proposed_by: String,
    /// Who decided.
    pub decided_by: Option<String>,
    /// The last day of a bar.
    pub barred_until: Option<NaiveDate>,
}

/// Everything that was ever proposed about a membership.
pub fn proposal_rows(db: &mut Db) -> QueryResult<Vec<ProposalRow>> {
    membership_proposals::table
        .order(membership_proposals::id)
        .select((
            membership_proposals::id,
            membership_proposals::status,
            membership_proposals::proposed_by,
            membership_proposals::decided_by,
            membership_proposals::barred_until,
        ))
        .load(db)
}

/// A grant's columns.
#[derive(Debug, Clone)]
pub struct GrantRow {
    /// Id.
    pub id: String,
    columns: [Option<String>; 6],
    /// Whether it was taken back.
    pub revoked: bool,
}

impl GrantRow {
    /// The columns that the record names.
    pub const COLUMNS: [&'static str; 6] = ["account", "role", "organisation", "bureau", "expert", "ends_on"];

    /// A column, in the words of the record.
    pub fn column(&self, name: &str) -> Value {
        let mut named = Self::COLUMNS.iter().zip(&self.columns);
        named.find(|(column, _)| **column == name).map_or(Value::Null, |(_, value)| value.clone().into())
    }
}

/// Every grant that was ever given.
pub fn grant_rows(db: &mut Db) -> QueryResult<Vec<GrantRow>> {
    type Row = (
        (String, String, String),
        (Option<String>, Option<String>, Option<String>),
        (Option<NaiveDate>, Option<NaiveDateTime>),
    );
    let rows: Vec<Row> = grants::table
        .order(grants::id)
        .select((
            (grants::id, grants::account_id, grants::role),
            (grants::organisation_id, grants::bureau, grants::expert_id),
            (grants::ends_on, grants::revoked_at),
        ))
        .load(db)?;
    let grant = |((id, account, role), (organisation, bureau, expert), (ends_on, revoked_at)): Row| GrantRow {
        id,
        columns: [Some(account), Some(role), organisation, bureau, expert, ends_on.map(|day| day.to_string())],
        revoked: revoked_at.is_some(),
    };
    Ok(rows.into_iter().map(grant).collect())
}

/// How an expert is appointed, as stored.
#[derive(Debug, Clone, Queryable)]
pub struct AppointmentRow {
    /// The expert's id.
    pub id: String,
    /// The standing.
    pub standing: String,
    /// First day of the term.
    pub from: Option<NaiveDate>,
    /// Last day of the term.
    pub to: Option<NaiveDate>,
}

/// Every expert's appointment.
pub fn appointment_rows(db: &mut Db) -> QueryResult<Vec<AppointmentRow>> {
    experts::table
        .order(experts::id)
        .select((experts::id, experts::status, experts::term_from, experts::term_to))
        .load(db)
}

/// To which standing each act moved an expert, expert by expert, oldest first.
pub fn standings_given(db: &mut Db) -> QueryResult<Vec<(String, Option<String>)>> {
    events::table
        .filter(events::subject_kind.eq("expert").and(events::action.eq("expert.standing_changed")))
        .order((events::subject_id, events::seq))
        .select((events::subject_id, events::to_state))
        .load(db)
}

/// Every account: its id and its status, as stored.
pub fn account_rows(db: &mut Db) -> QueryResult<Vec<(String, String)>> {
    accounts::table.order(accounts::id).select((accounts::id, accounts::status)).load(db)
}

/// A session's columns, but for what finds it.
#[derive(Debug, Clone, Queryable)]
pub struct SessionRow {
    /// Whose.
    pub account: String,
    /// Begun.
    pub created_at: NaiveDateTime,
    /// Ends then unless it is used again.
    pub expires_at: NaiveDateTime,
    /// A code of the second factor was last given.
    pub factor_at: Option<NaiveDateTime>,
    /// Begun by half a sign-in.
    pub is_half: bool,
}

/// Every session that is kept.
pub fn session_rows(db: &mut Db) -> QueryResult<Vec<SessionRow>> {
    sessions::table
        .order((sessions::account_id, sessions::created_at, sessions::id))
        .select((
            sessions::account_id,
            sessions::created_at,
            sessions::expires_at,
            sessions::factor_at,
            sessions::is_half,
        ))
        .load(db)
}

/// Who signed in when, as recorded.
pub fn sign_ins(db: &mut Db) -> QueryResult<Vec<(String, NaiveDateTime)>> {
    events::table
        .filter(events::subject_kind.eq("account").and(events::action.eq("account.signed_in")))
        .select((events::subject_id, events::at))
        .load(db)
}

/// An organisation's columns.
#[derive(Debug, Clone, Queryable)]
pub struct OrganisationRow {
    /// Id.
    pub id: String,
    /// 统一社会信用代码.
    pub credit_code: String,
    /// Name.
    pub name: String,
    /// What is known of the check character.
    pub code_check: String,
}

/// Every organisation.
pub fn organisation_rows(db: &mut Db) -> QueryResult<Vec<OrganisationRow>> {
    organisations::table
        .order(organisations::id)
        .select((organisations::id, organisations::credit_code, organisations::name, organisations::code_check))
        .load(db)
}

/// Applications that an organisation has in a call and did not withdraw: call, organisation, how many.
pub fn applications_by_organisation(db: &mut Db) -> QueryResult<Vec<(String, String, i64)>> {
    applications::table
        .filter(applications::state.ne("withdrawn"))
        .group_by((applications::call_id, applications::organisation_id))
        .having(diesel::dsl::count_star().gt(1))
        .order((applications::call_id, applications::organisation_id))
        .select((applications::call_id, applications::organisation_id, diesel::dsl::count_star()))
        .load(db)
}

/// The rank of each recommendation in force.
pub fn ranks(db: &mut Db) -> QueryResult<Vec<(String, i32)>> {
    recommendations::table
        .filter(recommendations::ended_at.is_null())
        .order(recommendations::application_id)
        .select((recommendations::application_id, recommendations::rank))
        .load(db)
}

/// When each correction is due.
pub fn due_dates(db: &mut Db) -> QueryResult<Vec<(String, NaiveDateTime)>> {
    corrections::table.order(corrections::id).select((corrections::id, corrections::due_at)).load(db)
}

/// A screening's columns.
#[derive(Debug, Clone, Queryable)]
pub struct ScreeningRow {
    /// Of which application.
    pub application: String,
    /// The check list.
    pub findings: Json<Value>,
    /// How it ended.
    pub conclusion: String,
    /// By whom.
    pub screened_by: String,
}

/// Every screening.
pub fn screening_rows(db: &mut Db) -> QueryResult<Vec<ScreeningRow>> {
    screenings::table
        .order(screenings::application_id)
        .select((screenings::application_id, screenings::findings, screenings::conclusion, screenings::screened_by))
        .load(db)
}

/// Id and form of up to `limit` applications after one, drafts too.
pub fn forms(db: &mut Db, after: &str, limit: i64) -> QueryResult<Vec<(String, Sealed)>> {
    applications::table
        .filter(applications::id.gt(after.to_string()))
        .order(applications::id)
        .select((applications::id, applications::form))
        .limit(limit)
        .load(db)
}

/// A filed application beside its last submission.
#[derive(Debug, Clone, Queryable)]
pub struct FiledForm {
    /// The application.
    pub application: String,
    /// Its form, sealed.
    pub form: Sealed,
    /// Its members.
    pub members: Json<Value>,
    /// Which submission was the last.
    pub number: i32,
    /// What was frozen, sealed.
    pub content: Sealed,
}

/// Up to `limit` filed applications after one, that were not withdrawn and do not wait for a correction: while they do, the applicant
/// changes them, and what was changed stays when the time runs out.
pub fn filed_forms(db: &mut Db, after: &str, limit: i64) -> QueryResult<Vec<FiledForm>> {
    let unanswered = corrections::table
        .filter(corrections::application_id.eq(applications::id))
        .filter(corrections::answered_at.is_null());
    applications::table
        .inner_join(submissions::table.on(submissions::application_id.eq(applications::id)))
        .filter(submissions::number.eq(applications::submission_count))
        .filter(applications::state.ne_all(["draft", "withdrawn"].map(String::from)))
        .filter(diesel::dsl::not(diesel::dsl::exists(unanswered)))
        .filter(applications::id.gt(after.to_string()))
        .order(applications::id)
        .select((
            applications::id,
            applications::form,
            applications::members,
            submissions::number,
            submissions::content,
        ))
        .limit(limit)
        .load(db)
}

/// Up to `limit` score sheets after one, in any standing.
pub fn sheets(db: &mut Db, after: &str, limit: i64) -> QueryResult<Vec<ScoreSheet>> {
    score_sheets::table
        .filter(score_sheets::assignment_id.gt(after.to_string()))
        .order(score_sheets::assignment_id)
        .select(ScoreSheet::as_select())
        .limit(limit)
        .load(db)
}

/// Every sheet of an extra station, in any standing.
pub fn extra_sheets(db: &mut Db) -> QueryResult<Vec<ExtraSheet>> {
    extra_sheets::table.order(extra_sheets::assignment_id).select(ExtraSheet::as_select()).load(db)
}

/// What approved decisions did: id, standing, what the undoing needs.
pub fn decision_changes(db: &mut Db) -> QueryResult<Vec<(String, String, Value)>> {
    changes(db, &[ChangeSetKind::Decision])
}

/// What moved several files on together: id, standing, what the undoing needs.
pub fn file_changes(db: &mut Db) -> QueryResult<Vec<(String, String, Value)>> {
    changes(db, &[ChangeSetKind::Recommendation, ChangeSetKind::Screening])
}

fn changes(db: &mut Db, kinds: &[ChangeSetKind]) -> QueryResult<Vec<(String, String, Value)>> {
    let rows: Vec<(String, String, Json<Value>)> = change_sets::table
        .filter(change_sets::kind.eq_any(kinds.to_vec()))
        .order(change_sets::id)
        .select((change_sets::id, change_sets::status, change_sets::before))
        .load(db)?;
    Ok(rows.into_iter().map(|(id, status, before)| (id, status, before.0)).collect())
}

/// Every decision with its standing.
pub fn decision_statuses(db: &mut Db) -> QueryResult<Vec<(String, String)>> {
    decisions::table.order(decisions::id).select((decisions::id, decisions::status)).load(db)
}

/// Every entry of a decision: decision, application, outcome, reason.
pub fn decision_entries(db: &mut Db) -> QueryResult<Vec<(String, String, String, String)>> {
    decision_entries::table
        .order((decision_entries::decision_id, decision_entries::application_id))
        .select((
            decision_entries::decision_id,
            decision_entries::application_id,
            decision_entries::outcome,
            decision_entries::reason,
        ))
        .load(db)
}

/// Every notice.
pub fn notice_rows(db: &mut Db) -> QueryResult<Vec<crate::db::notices::Notice>> {
    use crate::db::schema::notices;
    notices::table.order(notices::id).select(crate::db::notices::Notice::as_select()).load(db)
}

/// An entry of a notice: notice, application, position, cells.
type NoticeEntry = (String, String, i32, Json<Value>);

/// Every entry of a notice.
pub fn notice_entries(db: &mut Db) -> QueryResult<Vec<NoticeEntry>> {
    notice_entries::table
        .order((notice_entries::notice_id, notice_entries::position))
        .select((
            notice_entries::notice_id,
            notice_entries::application_id,
            notice_entries::position,
            notice_entries::shown,
        ))
        .load(db)
}

/// Every role that is held on a day: account and role.
pub fn roles_held(db: &mut Db, today: NaiveDate) -> QueryResult<Vec<(String, Role)>> {
    grants::table
        .filter(grants::revoked_at.is_null().and(grants::ends_on.is_null().or(grants::ends_on.ge(today))))
        .order((grants::account_id, grants::role))
        .select((grants::account_id, grants::role))
        .load(db)
}
