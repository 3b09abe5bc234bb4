//! The page of one call, for everyone; what the department may do with it stands on it too.

use super::id_of;
use super::programme::ProgrammeView;
use crate::actions::ask::{ANSWER_CHARS, QUESTION_CHARS};
use crate::actions::calls::{REASON_CHARS, Sight, look};
use crate::actions::draft::must_be_free_to_begin;
use crate::db;
use crate::db::applications::Application;
use crate::db::call_questions::Question;
use crate::db::calls::Call;
use crate::domain::actor::Role;
use crate::domain::calendar;
use crate::domain::call::{APPLICANTS, CallAction, CallProblem, CallStatus, Phase, PlannedDays};
use crate::domain::ids::CallId;
use crate::domain::procedure::{State, Station};
use crate::domain::programme::Difference;
use crate::domain::refusal::Refusal;
use crate::domain::steps::{Offered, QuestionAction};
use crate::domain::timeline::way;
use crate::error::Error;
use crate::web::access::{Submitted, Visit};
use crate::web::page::{Failure, Page, can_be_mended, html, ok, tone_of_days};
use crate::web::timeline::{Entry, timeline};
use crate::words::Words;
use actix_web::http::header::{CONTENT_DISPOSITION, ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;

/// A question as the page shows it.
pub struct QuestionView {
    pub id: String,
    pub text: String,
    pub asker: String,
    pub asked: String,
    pub answer: String,
    pub answered: String,
    pub field: String,
    pub may_answer: bool,
}

/// One value that differs.
pub struct DifferenceView {
    pub label: String,
    pub before: String,
    pub after: String,
}

/// A window of the call.
pub struct WindowView {
    pub label: String,
    pub at: String,
    pub iso: String,
    pub tone: &'static str,
    pub left: String,
}

#[derive(Template)]
#[template(path = "calls/show.html", config = "src/views/askama.toml")]
pub struct ShowPage {
    page: Page,
    id: CallId,
    version: i32,
    status: CallStatus,
    tag: (&'static str, String),
    body: Vec<String>,
    /// What it is called, what it says, and whether that is official text.
    basis: Vec<(String, String, bool)>,
    windows: Vec<WindowView>,
    programme: ProgrammeView,
    programme_version: String,
    problems: Vec<(bool, String)>,
    copied: Option<(String, String)>,
    differences: Vec<DifferenceView>,
    programme_changes: Vec<DifferenceView>,
    available: Vec<CallAction>,
    may_apply: bool,
    /// Why the organisation may not begin an application here, in words; empty if it may, or has one to go on with.
    refused: String,
    /// What the organisation has here already and leads on to: address and words.
    own: Option<(String, String)>,
    sign_in_to_apply: bool,
    city: bool,
    closes_local: String,
    recommends_local: String,
    /// The planned days that may be moved on with the deadlines.
    planned_days: Vec<PlannedField>,
    questions: Vec<QuestionView>,
    once: String,
    officers: Vec<(String, String)>,
    events: Vec<Entry>,
}

impl ShowPage {
    fn question_chars(&self) -> usize {
        QUESTION_CHARS
    }

    fn answer_chars(&self) -> usize {
        ANSWER_CHARS
    }

    fn reason_chars(&self) -> usize {
        REASON_CHARS
    }
}

/// The sentence of a problem.
pub fn problem_sentence(page: &Page, problem: &CallProblem) -> String {
    let found = match problem.code.as_str() {
        "dead_end" => page.t_of("state", &problem.found),
        _ => problem.found.clone(),
    };
    page.t2(&format!("call-problem-{}", problem.code), "found", found, "needed", &problem.needed)
}

/// Differences for people: of the call's own fields, then of its programme.
pub fn difference_views(page: &Page, fields: &[Difference], programme: &[Difference]) -> Vec<DifferenceView> {
    let view = |label: String, difference: &Difference| DifferenceView {
        label,
        before: difference.before.as_ref().map_or_else(|| page.t("call-difference-new"), |text| page.dated(text)),
        after: difference.after.as_ref().map_or_else(|| page.t("call-difference-gone"), |text| page.dated(text)),
    };
    let fields = fields.iter().map(|d| view(page.t_of("call-field", &d.key), d));
    let values = programme.iter().map(|d| view(page.t1("call-programme-value", "label", &d.label), d));
    fields.chain(values).collect()
}

pub(super) async fn sight(visit: &Visit, id: CallId) -> Result<Sight, Failure> {
    let actor = visit.actor.clone();
    visit.app.read(move |tx| look(tx, &actor, id)).await.map_err(|e| visit.fail(e))
}

pub(super) async fn show(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &path)?;
    let sight = sight(&visit, id).await?;
    let own = own_applications(&visit, id).await?;
    let page = Page::new(&visit, &sight.call.title);
    ok(&render(&visit, page, sight, &own))
}

/// What the visitor's organisations have in the call.
#[derive(Default)]
struct Own {
    /// Newest first.
    applications: Vec<Application>,
    /// Why the first of them, for which one is begun, may begin none.
    refusal: Option<Refusal>,
}

async fn own_applications(visit: &Visit, id: CallId) -> Result<Own, Failure> {
    let organisations = visit.actor.organisations();
    let Some(first) = organisations.first().copied() else { return Ok(Own::default()) };
    let read = visit.app.read(move |tx| {
        let mut own = Own::default();
        for organisation in organisations {
            own.applications.extend(db::applications::of_organisation_in_call(tx.db, organisation, id)?);
        }
        let call = db::calls::find(tx.db, id)?;
        let first = db::organisations::find(tx.db, first)?;
        own.refusal = match must_be_free_to_begin(tx, &call, &first) {
            Ok(()) => None,
            Err(Error::Refused(refusal)) => Some(refusal),
            Err(error) => return Err(error),
        };
        Ok(own)
    });
    read.await.map_err(|e| visit.fail(e))
}

/// Where the organisation goes on: its unfinished draft, or its file where it may begin no other.
fn going_on(page: &Page, own: &[Application], most: u32) -> Option<(String, String)> {
    let newest = own.first()?;
    let file = format!("/applications/{}", newest.id);
    if newest.state == State::Draft {
        return Some((format!("{file}/form"), page.t("action-save")));
    }
    (own.len() >= most as usize).then(|| (file, page.t("applications-own")))
}

/// The page again after one of its forms was not accepted.
pub(super) async fn show_again(form: &Submitted, id: CallId, error: Error) -> Result<HttpResponse, Failure> {
    if !can_be_mended(&error) {
        return Err(form.visit.fail(error));
    }
    let sight = sight(&form.visit, id).await?;
    let own = own_applications(&form.visit, id).await?;
    let page = Page::new(&form.visit, &sight.call.title).after(&error, &form.pairs);
    html(error.status(), &render(&form.visit, page, sight, &own))
}

/// The pinned programme, as data.
pub(super) async fn programme_json(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &path)?;
    let call = sight(&visit, id).await?.call;
    let name = format!("{}-{}.json", call.programme_key, call.programme_version);
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name)],
    };
    Ok(HttpResponse::Ok().insert_header((CONTENT_DISPOSITION, disposition)).json(&*call.programme.0))
}

fn render(visit: &Visit, page: Page, sight: Sight, own: &Own) -> ShowPage {
    let call = &sight.call;
    let programme = &call.programme.0;
    let phase = call.windows().phase(visit.now);
    let approved = call.status == CallStatus::Approved;
    let open = approved && phase == Phase::Open;
    let local = |instant| calendar::local_datetime(instant).format("%Y-%m-%dT%H:%M").to_string();
    let city = programme.uses(Station::City) || programme.uses(Station::CityDecides);
    let most = programme.applicants.per_organisation;
    let goes_on = if open { going_on(&page, &own.applications, most) } else { None };
    ShowPage {
        id: call.id,
        version: call.version,
        status: call.status,
        tag: match (call.status, phase) {
            (CallStatus::Approved, Phase::Open) => ("good", page.t_of("phase", phase)),
            (CallStatus::Approved, phase) => ("neutral", page.t_of("phase", phase)),
            (status, _) => ("attention", page.t_of("call-status", status)),
        },
        body: call.body.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(Into::into).collect(),
        basis: basis(&page, &sight),
        windows: windows(&page, &sight, city),
        programme: ProgrammeView::new(&page, programme, &visit.app.env.reference, approved.then_some(phase)),
        programme_version: version_for_officers(&page, &sight),
        problems: sight.problems.iter().map(|p| (p.blocking, problem_sentence(&page, p))).collect(),
        copied: sight.copied.as_ref().map(|copied| (format!("/calls/{}", copied.id), copied.title.clone())),
        differences: sight
            .copied
            .as_ref()
            .map(|copied| difference_views(&page, &copied.fields, &copied.programme))
            .unwrap_or_default(),
        programme_changes: difference_views(&page, &[], &sight.programme_changes),
        may_apply: open && visit.actor.holds_any(APPLICANTS) && own.refusal.is_none(),
        refused: match &own.refusal {
            Some(refusal) if open && goes_on.is_none() => Words.refusal(page.lang(), refusal),
            _ => String::new(),
        },
        own: goes_on,
        sign_in_to_apply: open && visit.session.is_none(),
        city,
        closes_local: local(call.closes_at),
        recommends_local: local(call.recommend_by),
        planned_days: planned_fields(&page, call),
        questions: sight.questions.iter().map(|question| question_view(visit, &page, &sight, question)).collect(),
        once: visit.app.env.ids.next().to_string(),
        officers: sight
            .officers
            .iter()
            .zip(["call-drafted-by", "call-approved-by"])
            .map(|(account, key)| (page.t(key), account.name.clone()))
            .collect(),
        events: timeline(&page, &sight.events),
        available: sight.available.clone(),
        page,
    }
}

/// The field of a planned day when more time is given.
struct PlannedField {
    field: String,
    label: String,
    day: String,
}

/// The fields of the stops that files of a call come to, with the days that are planned.
fn planned_fields(page: &Page, call: &Call) -> Vec<PlannedField> {
    let way = way(&call.programme.0.stations);
    let asked = PlannedDays::STOPS.into_iter().filter(|stop| way.contains(stop));
    let planned = call.planned();
    asked
        .map(|stop| PlannedField {
            field: format!("extend-planned_{stop}_on"),
            label: page.t_of("call-field", format!("planned_{stop}_on")),
            day: planned.of(stop).map(|day| day.to_string()).unwrap_or_default(),
        })
        .collect()
}

/// Which version of the programme the call keeps: nothing that an applicant could do anything with.
fn version_for_officers(page: &Page, sight: &Sight) -> String {
    if !page.actor().holds_any(&[Role::CityOfficer, Role::Handler, Role::Approver, Role::Auditor]) {
        return String::new();
    }
    let digest: String = sight.call.programme_digest.chars().take(12).collect();
    page.t2("call-programme-version", "version", sight.call.programme_version, "digest", digest)
}

fn basis(page: &Page, sight: &Sight) -> Vec<(String, String, bool)> {
    let call = &sight.call;
    let until = match call.basis_valid_until {
        Some(day) => page.day(&day),
        None => page.t("call-basis-no-end"),
    };
    vec![
        (page.t("call-field-basis_title"), call.basis_title.clone(), true),
        (page.t("call-field-basis_number"), call.basis_number.clone(), true),
        (page.t("call-field-basis_issued_on"), page.day(&call.basis_issued_on), false),
        (page.t("call-field-basis_valid_until"), until, false),
    ]
}

fn windows(page: &Page, sight: &Sight, city: bool) -> Vec<WindowView> {
    let call = &sight.call;
    let now = page.now();
    let approved = call.status == CallStatus::Approved;
    let mut list = vec![("opens_at", call.opens_at), ("closes_at", call.closes_at)];
    if city {
        list.push(("recommend_by", call.recommend_by));
    }
    let mut windows: Vec<WindowView> = list
        .into_iter()
        .map(|(key, at)| {
            let opens = key == "opens_at";
            let days = calendar::days_left(now, at);
            let left = match (approved, now >= at) {
                (false, _) => String::new(),
                (true, true) if opens => page.t("call-has-opened"),
                (true, true) => page.t("call-has-passed"),
                (true, false) if opens => opening(page, at),
                (true, false) => page.days_left(days),
            };
            WindowView {
                label: page.t_of("call-field", key),
                at: if key == "opens_at" { page.at(&at) } else { page.until(&at) },
                iso: calendar::local_datetime_iso(at),
                tone: if opens { "neutral" } else { tone_of_days(days) },
                left,
            }
        })
        .collect();
    // A plan binds nobody: no days are counted down to it.
    let planned = call.planned_in_force();
    windows.extend(PlannedDays::STOPS.iter().filter_map(|stop| {
        planned.of(*stop).map(|day| WindowView {
            label: page.t_of("call-field", format!("planned_{stop}_on")),
            at: page.day(&day),
            iso: day.to_string(),
            tone: "neutral",
            left: String::new(),
        })
    }));
    windows
}

/// In how many days a call opens: nothing ends with that day, so today is not counted.
fn opening(page: &Page, at: NaiveDateTime) -> String {
    match (calendar::local_date(at) - calendar::local_date(page.now())).num_days() {
        ..=0 => page.t("call-opens-today"),
        days => page.t1("call-opens-in", "days", days),
    }
}

fn question_view(visit: &Visit, page: &Page, sight: &Sight, question: &Question) -> QuestionView {
    QuestionView {
        may_answer: sight.of_question(&visit.actor, question).contains(&QuestionAction::Answer),
        id: question.id.to_string(),
        text: question.question.clone(),
        asker: sight.askers.get(question.asked_by.as_text()).cloned().unwrap_or_default(),
        asked: page.at(&question.asked_at),
        answer: question.answer.clone().unwrap_or_default(),
        answered: question.answered_at.map(|at| page.at(&at)).unwrap_or_default(),
        field: format!("answer-{}", question.id),
    }
}
