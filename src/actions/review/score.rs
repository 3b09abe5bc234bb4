//! An expert's score sheet: saved as it is typed, submitted once.

use super::declare::expert_of;
use super::stages::own::{OwnStages, own_stages};
use super::work::Work;
use super::{record_sheet, within};
use crate::actions::Tx;
use crate::db;
use crate::db::Json;
use crate::db::applications::Application;
use crate::db::calls::Call;
use crate::db::extra_sheets::ExtraSheet;
use crate::db::reviews::{Assignment, OwnAssignment, ReviewDocument, ReviewSession, ScoreSheet};
use crate::domain::actor::Actor;
use crate::domain::chain::canonical;
use crate::domain::form::Problem;
use crate::domain::ids::AssignmentId;
use crate::domain::procedure::State;
use crate::domain::programme::Programme;
use crate::domain::refusal::Refusal;
use crate::domain::rubric::Rubric;
use crate::domain::scope::Scope;
use crate::domain::scoring::{CommentRule, MAX_DECIMALS, Sheet, parse_points};
use crate::domain::status::{AssignmentStatus, SessionStatus, SheetStatus};
use crate::domain::steps::AssignmentAction;
use crate::error::Error;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// Characters of points, as typed.
const POINTS_LIMIT: usize = 40;
/// Characters of a remark.
pub const COMMENT_LIMIT: usize = 2_000;
/// Characters of the opinion on the whole.
pub const OPINION_LIMIT: usize = 5_000;

/// A sheet as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetInput {
    /// The version that was seen.
    pub version: i32,
    /// Item of the rubric to points, as typed: `8`, `8.5`.
    #[serde(default)]
    pub items: BTreeMap<String, String>,
    /// Item of the rubric to remark.
    #[serde(default)]
    pub comments: BTreeMap<String, String>,
    /// The opinion on the whole.
    #[serde(default)]
    pub opinion: String,
}

impl SheetInput {
    /// A sheet as it is kept.
    pub(super) fn of(sheet: &ScoreSheet) -> SheetInput {
        SheetInput {
            version: sheet.version,
            items: sheet.items.0.clone(),
            comments: sheet.comments.0.clone(),
            opinion: sheet.opinion.clone(),
        }
    }
}

/// What is wrong with a sheet and what it lacks.
#[derive(Debug, Clone, Default)]
pub struct SheetCheck {
    /// Points that can be read.
    pub sheet: Sheet,
    /// Values that are wrong; kept as they were typed.
    pub problems: Vec<Problem>,
    /// What has to be filled in before the sheet can be submitted.
    pub missing: Vec<Problem>,
}

impl SheetCheck {
    /// The total, in hundredths of a point.
    ///
    /// # Errors
    /// Everything that is wrong or missing at once.
    pub(super) fn total(self) -> Result<i64, Error> {
        let wrong: Vec<Problem> = self.problems.into_iter().chain(self.missing).collect();
        if wrong.is_empty() { Ok(self.sheet.total()) } else { Err(Error::Invalid(wrong)) }
    }
}

/// Reads a sheet against the frozen rubric.
pub fn check(
    programme: &Programme,
    items: &BTreeMap<String, String>,
    comments: &BTreeMap<String, String>,
) -> SheetCheck {
    let rule = programme.review.as_ref().map(|rules| rules.comment_rule()).unwrap_or_default();
    programme.rubric.as_ref().map(|rubric| check_against(rubric, rule, items, comments)).unwrap_or_default()
}

/// Reads a sheet against one of the programme's rubrics.
pub fn check_against(
    rubric: &Rubric,
    rule: CommentRule,
    items: &BTreeMap<String, String>,
    comments: &BTreeMap<String, String>,
) -> SheetCheck {
    let mut found = SheetCheck::default();
    for item in rubric.items() {
        let path = format!("items.{}", item.key);
        let typed = items.get(&item.key).map(String::as_str).unwrap_or_default();
        let points = match parse_points(typed, item.max_hundredths(), MAX_DECIMALS) {
            Ok(points) => Some(points),
            Err(wrong) => {
                let empty = typed.trim().is_empty();
                let code = if empty { "score_missing" } else { wrong.code() };
                let mut problem = Problem::new(&path, code).naming("item", &item.names);
                problem.args.extend(wrong.args().into_iter().map(|(name, value)| (name.to_string(), value)));
                if empty {
                    found.missing.push(problem)
                } else {
                    found.problems.push(problem)
                }
                None
            }
        };
        found.sheet.points.insert(item.key.clone(), points);
        if let Some(comment) = comments.get(&item.key).filter(|comment| !comment.trim().is_empty()) {
            found.sheet.comments.insert(item.key.clone(), comment.clone());
        }
    }
    let maxima = rubric.items().map(|item| (item.key.as_str(), item.max_hundredths()));
    for key in found.sheet.uncommented(maxima, rule) {
        let names = rubric.item(key).map(|item| item.names.clone()).unwrap_or_default();
        let problem = Problem::new(&format!("comments.{key}"), "score_comment_missing");
        found.missing.push(problem.naming("item", &names));
    }
    found
}

/// Something wrong or missing, for the script and the API.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Remark {
    /// Name of the field.
    pub path: String,
    /// What to do, in words.
    pub text: String,
}

/// What saving a sheet came to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Saved {
    /// The new version.
    pub version: i32,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// Values that are wrong; kept as they were typed.
    pub problems: Vec<Remark>,
    /// What has to be filled in before the sheet can be submitted.
    pub missing: Vec<Remark>,
}

/// Problems in words.
pub(super) fn remarks(tx: &Tx<'_>, actor: &Actor, problems: &[Problem]) -> Vec<Remark> {
    let say = |p: &Problem| Remark { path: p.path.clone(), text: tx.env.words.problem(&actor.language, p) };
    problems.iter().map(say).collect()
}

/// The sheet of an own assignment that can still be filled in, and the programme that it is judged by.
fn sheet_to_fill(
    tx: &mut Tx<'_>,
    actor: &Actor,
    assignment: &Assignment,
    session: &ReviewSession,
    action: AssignmentAction,
    input: &SheetInput,
) -> Result<(Arc<Programme>, ScoreSheet), Error> {
    let work = Work::of(tx, assignment, session)?;
    if let Some(sheet) = &work.sheet {
        tx.acts_upon(actor, "assignment", assignment.id.as_text(), (input.version, sheet.version));
        compare(tx, &actor.language, work.programme.rubric.as_ref(), input, &SheetInput::of(sheet));
    }
    work.at.permit(actor, action)?;
    let sheet = work.sheet.ok_or(Error::NotFound)?;
    must_be_newest(input.version, sheet.version)?;
    Ok((work.programme, sheet))
}

/// Compares a sheet with what its own expert has typed in another window, for whoever is too late here.
pub(super) fn compare(
    tx: &mut Tx<'_>,
    language: &str,
    rubric: Option<&Rubric>,
    sent: &SheetInput,
    stored: &SheetInput,
) {
    if !tx.is_outdated() {
        return;
    }
    let remark = tx.env.words.say(language, "sheet-comment");
    let text = |values: &BTreeMap<String, String>, key: &str| values.get(key).cloned().unwrap_or_default();
    for item in rubric.iter().flat_map(|rubric| rubric.items()) {
        let (key, name) = (item.key.as_str(), item.names.in_language(language));
        let groups = [
            ("items", name.to_string(), text(&sent.items, key), text(&stored.items, key)),
            ("comments", format!("{name} · {remark}"), text(&sent.comments, key), text(&stored.comments, key)),
        ];
        for (group, label, sent, stored) in groups {
            tx.compare_named(&format!("{group}.{key}"), &label, (&sent, &sent), (&stored, &stored));
        }
    }
    tx.compare("opinion", "sheet-opinion", &sent.opinion, &stored.opinion);
}

/// Refuses a sheet that was saved since it was seen. Only its own expert writes in it: that was in another window.
///
/// # Errors
/// `sheet_saved_elsewhere`.
pub(super) fn must_be_newest(seen: i32, stored: i32) -> Result<(), Error> {
    if seen == stored { Ok(()) } else { Err(Refusal::conflict("sheet_saved_elsewhere").into()) }
}

/// Refuses what no sheet of this rubric can hold: unknown items, texts that are too long.
pub(super) fn must_fit(rubric: Option<&Rubric>, input: &SheetInput) -> Result<(), Error> {
    let known = |key: &str| rubric.is_some_and(|rubric| rubric.item(key).is_some());
    for (group, values) in [("items", &input.items), ("comments", &input.comments)] {
        for (key, value) in values {
            let path = format!("{group}.{key}");
            if !known(key) {
                return Err(Error::field(&path, "score_unknown_item"));
            }
            within(&path, value, if group == "items" { POINTS_LIMIT } else { COMMENT_LIMIT })?;
        }
    }
    within("opinion", &input.opinion, OPINION_LIMIT)
}

/// Writes what was typed into a sheet.
pub(super) fn take_over(programme: &Programme, sheet: &mut ScoreSheet, input: &SheetInput) -> Result<(), Error> {
    must_fit(programme.rubric.as_ref(), input)?;
    sheet.items = Json(input.items.clone());
    sheet.comments = Json(input.comments.clone());
    sheet.opinion = input.opinion.clone();
    Ok(())
}

/// Saves a sheet as it stands, wrong values too.
pub fn save(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId, input: &SheetInput) -> Result<Saved, Error> {
    let expert = expert_of(actor)?;
    let assignment = db::reviews::find_own_assignment_to_change(tx.db, expert, id)?;
    let session = db::reviews::find_session(tx.db, assignment.session_id)?;
    let action = AssignmentAction::SaveSheet;
    let (programme, mut sheet) = sheet_to_fill(tx, actor, &assignment, &session, action, input)?;
    take_over(&programme, &mut sheet, input)?;
    sheet.saved_at = tx.now;
    if !db::reviews::update_sheet(tx.db, &sheet, input.version)? {
        return Err(Error::Stale);
    }
    let found = check(&programme, &sheet.items.0, &sheet.comments.0);
    Ok(saved(tx, actor, input, &found))
}

/// What is answered to a sheet that was saved: its next version, and what would still keep it from being submitted.
pub(super) fn saved(tx: &Tx<'_>, actor: &Actor, input: &SheetInput, found: &SheetCheck) -> Saved {
    Saved {
        version: input.version + 1,
        saved_at: tx.now.and_utc(),
        problems: remarks(tx, actor, &found.problems),
        missing: remarks(tx, actor, &found.missing),
    }
}

/// Submits a sheet, once. A late sheet counts until the session is closed.
///
/// # Errors
/// Everything that is wrong or missing at once.
pub fn submit(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId, input: &SheetInput) -> Result<(), Error> {
    let expert = expert_of(actor)?;
    let found = db::reviews::find_own_assignment(tx.db, expert, id)?;
    // Held against the closing of the session: a sheet is either counted by it or refused.
    let session = db::reviews::find_session_to_change(tx.db, found.session_id)?;
    let assignment = db::reviews::find_own_assignment_to_change(tx.db, expert, id)?;
    let action = AssignmentAction::SubmitSheet;
    let (programme, mut sheet) = sheet_to_fill(tx, actor, &assignment, &session, action, input)?;
    take_over(&programme, &mut sheet, input)?;
    let total = check(&programme, &sheet.items.0, &sheet.comments.0).total()?;
    sheet.status = SheetStatus::Submitted;
    sheet.total = i32::try_from(total).ok();
    sheet.saved_at = tx.now;
    sheet.submitted_at = Some(tx.now);
    if !db::reviews::update_sheet(tx.db, &sheet, input.version)? {
        return Err(Error::Stale);
    }
    let mac = sheet_mac(tx, SUBMITTED, &sheet)?;
    record_sheet(tx, actor, &assignment, SUBMITTED, &mac)
}

/// The record's name of a submission.
const SUBMITTED: &str = "sheet.submitted";

/// A keyed hash of everything that a sheet says, in hex, for the record of an act upon it. A plain hash of a few points could be guessed by
/// trying all of them before the session is closed; and two acts upon one sheet have two hashes, so that nobody sees from them whether the
/// second changed it.
pub(in crate::actions) fn sheet_mac(tx: &Tx<'_>, action: &str, sheet: &ScoreSheet) -> Result<String, Error> {
    let said = serde_json::json!({
        "action": action, "assignment": sheet.assignment_id, "items": sheet.items.0, "comments": sheet.comments.0,
        "opinion": sheet.opinion, "total": sheet.total,
    });
    let bytes = canonical::to_bytes(&said).map_err(anyhow::Error::from)?;
    Ok(hex::encode(tx.env.keys.mac("score sheet", &bytes)))
}

/// The same of a sheet of an extra station.
pub(in crate::actions) fn extra_mac(tx: &Tx<'_>, action: &str, sheet: &ExtraSheet) -> Result<String, Error> {
    sheet_mac(tx, action, &ScoreSheet::from(sheet.clone()))
}

/// The file beside the sheet, once the expert has declared.
#[derive(Debug, Clone)]
pub struct OpenedFile {
    /// The application.
    pub application: Application,
    /// Its documents.
    pub documents: Vec<ReviewDocument>,
}

/// An assignment as its expert sees it.
#[derive(Debug, Clone)]
pub struct OwnView {
    /// The assignment.
    pub assignment: Assignment,
    /// Its session.
    pub session: ReviewSession,
    /// Until when the expert is asked to score; none for whoever was charged too late for the session's day.
    pub due_at: Option<NaiveDateTime>,
    /// The call.
    pub call: Call,
    /// The applicant and the application's number.
    pub applicant: (String, Option<String>),
    /// Names of the consortium's other members.
    pub members: Vec<String>,
    /// Only after a declaration without a conflict, and only while the session is open.
    pub file: Option<OpenedFile>,
    /// The expert's own sheet.
    pub sheet: Option<ScoreSheet>,
    /// What follows the scoring, as far as it concerns this expert.
    pub stages: OwnStages,
    /// Whether the sheet was submitted once and given back.
    pub given_back: bool,
    /// The expert's other files of open sessions: the one before, the one after, in the order of their list.
    pub neighbours: (Option<AssignmentId>, Option<AssignmentId>),
    /// The expert's files, this one too, that still need a declaration or a submitted sheet.
    pub left: usize,
    /// What the expert may do now.
    pub actions: Vec<AssignmentAction>,
}

/// Whether the file still needs its expert's declaration or submitted sheet.
pub fn is_left(own: &OwnAssignment) -> bool {
    own.session_status == SessionStatus::Open
        && own.state == State::InReview
        && matches!(own.status, AssignmentStatus::Awaiting | AssignmentStatus::Accepted)
        && own.sheet_status != Some(SheetStatus::Submitted)
}

/// Shows an assignment to its expert. Before the declaration only the names that the declaration is about.
pub fn view(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId) -> Result<OwnView, Error> {
    let expert = expert_of(actor)?;
    let assignment = db::reviews::find_own_assignment(tx.db, expert, id)?;
    let session = db::reviews::find_session(tx.db, assignment.session_id)?;
    let call = db::calls::find(tx.db, session.call_id)?;
    let all = db::reviews::own_assignments(tx.db, expert)?;
    let own = all.iter().find(|own| own.id == id).cloned().ok_or(Error::NotFound)?;
    let ends = [AssignmentStatus::Recused, AssignmentStatus::Released];
    let walked = |own: &&OwnAssignment| {
        own.id == id || (own.session_status == SessionStatus::Open && !ends.contains(&own.status))
    };
    let walk: Vec<AssignmentId> = all.iter().filter(walked).map(|own| own.id).collect();
    let here = walk.iter().position(|other| *other == id).unwrap_or_default();
    let before = here.checked_sub(1).and_then(|at| walk.get(at)).copied();
    let neighbours = (before, walk.get(here + 1).copied());
    let mut file = None;
    if assignment.status == AssignmentStatus::Accepted && session.status == SessionStatus::Open {
        // Within the expert's own scope: the same condition that guards the application's pages and documents.
        let application = db::applications::find(tx.db, &Scope::of(actor), assignment.application_id)?;
        let documents = db::reviews::documents(tx.db, application.id)?;
        file = Some(OpenedFile { application, documents });
    }
    let Work { sheet, at, .. } = Work::of(tx, &assignment, &session)?;
    let given_back = db::sheet_versions::count(tx.db, id)? > 0;
    let stages = own_stages(tx, &assignment, &session, &call)?;
    Ok(OwnView {
        actions: at.available(actor),
        assignment,
        session,
        due_at: own.due_at(),
        call,
        applicant: (own.organisation_name, own.number),
        members: own.members.0.into_iter().map(|member| member.name).collect(),
        file,
        sheet,
        stages,
        given_back,
        neighbours,
        left: all.iter().filter(|own| is_left(own)).count(),
    })
}
