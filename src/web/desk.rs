//! What should I do now: the first page of each role.

use super::access::Visit;
use super::guide;
use super::organisations::AdminTermView;
use super::page::{Failure, Page, ok, tone_of_days};
use super::routes::{Access, Routes};
use super::saved_filters::FilterLink;
use super::settings::OPERATORS;
use crate::actions::Tx;
use crate::actions::backups::is_due;
use crate::actions::completeness::{completeness, left};
use crate::actions::desk::{REVIEWS_TO_CLOSE, Waiting, of_administrator, of_auditor, of_officer, until};
use crate::actions::dossier::Dossier;
use crate::actions::mail_batches::OFFICERS;
use crate::actions::marks::{Marks, untouched};
use crate::actions::organisations::admin_term;
use crate::actions::review::stages::duties;
use crate::actions::saved_filters;
use crate::actions::timeline::expected;
use crate::config::StorageKind;
use crate::db;
use crate::db::applications::{Application, Filter};
use crate::db::page::Pager;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::{self, TimeLeft};
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::pace::{self, FIRST_GUESS_MINUTES, Span};
use crate::domain::procedure::{State, is_final};
use crate::domain::scope::Scope;
use crate::domain::status::{AssignmentStatus, ROLE_DAYS_BEFORE};
use crate::domain::timeline::Stop;
use crate::error::Error;
use actix_web::HttpResponse;
use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/desk", Access::SignedIn, show);
}

/// Something to do: where, its words' key, how many, until when; without a number a plain link.
#[derive(Default)]
struct Task {
    href: String,
    key: &'static str,
    count: Option<i64>,
    /// Until when, or since when it waits, in words; empty where nothing says so.
    date: String,
    /// The deadline itself, by which the tasks are put in order.
    due: Option<NaiveDateTime>,
    /// The same for machines, and how pressing it is; empty without a deadline.
    due_iso: String,
    tone: &'static str,
    /// What was done of it already, in words.
    done: String,
    /// How long the rest may take, in words.
    takes: String,
}

impl Task {
    fn counted(href: &str, key: &'static str, count: i64) -> Option<Task> {
        (count > 0).then(|| Task { href: href.to_string(), key, count: Some(count), ..Task::default() })
    }

    fn link(href: &str, key: &'static str) -> Option<Task> {
        Some(Task { href: href.to_string(), key, ..Task::default() })
    }

    /// What waits for an officer.
    fn of(tx: &Tx<'_>, actor: &Actor, waiting: Waiting) -> Task {
        let date = waiting.date(tx, actor);
        let Waiting { href, key, count, due, .. } = waiting;
        Task { href, key, count: Some(count), date, ..Task::default() }.due(tx, actor, due)
    }

    /// The same, with when it must be done.
    fn due(self, tx: &Tx<'_>, actor: &Actor, deadline: Option<NaiveDateTime>) -> Task {
        let Some(due) = deadline else { return self };
        Task {
            date: until(tx, actor, due),
            due: deadline,
            due_iso: calendar::local_datetime_iso(due),
            tone: tone_of_days(calendar::days_left(tx.now, due)),
            ..self
        }
    }
}

/// An application of a vendor.
struct Mine {
    href: String,
    call_id: CallId,
    call: String,
    number: String,
    state: State,
    tone: &'static str,
    /// The next date, that it has passed, or until when others have it; empty for one that has ended.
    due: String,
    /// The same for machines, and how pressing it is; empty without a date to come.
    due_iso: String,
    due_tone: &'static str,
    /// What stands in the way of filing it, in words; empty where nothing can be filed any more.
    missing: String,
}

/// A call that is open.
struct OpenCall {
    href: String,
    title: String,
    closes_at: String,
    /// When it closes, and how long it is until then in words.
    closes: NaiveDateTime,
    left: String,
    /// The application that the reader's organisation has under it already.
    own: Option<OwnUnderCall>,
}

/// What an organisation has under an open call already: nothing else can be begun there.
struct OwnUnderCall {
    href: String,
    state: State,
    tone: &'static str,
}

/// A state with how many applications are in it.
struct StateCount {
    state: State,
    count: i64,
}

#[derive(Template)]
#[template(path = "desk/show.html", config = "src/views/askama.toml")]
struct DeskPage {
    page: Page,
    vendor: bool,
    /// That the reader's role as an administrator of an organisation ends soon or has ended.
    term: Option<AdminTermView>,
    /// What waits, the most pressing first.
    tasks: Vec<Task>,
    /// Where this role looks things up.
    links: Vec<Task>,
    mine: Vec<Mine>,
    open_calls: Vec<OpenCall>,
    states: Vec<StateCount>,
    /// The filters of the list of applications that the reader keeps.
    filters: Vec<FilterLink>,
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let vendor = actor.holds_any(&[Role::VendorAdmin, Role::VendorMember]);
    let read = visit.app.read(move |tx| {
        let (mut tasks, mut links) = (Vec::new(), Vec::new());
        let counts = db::applications::count_by_state(tx.db, &Scope::of(&actor), &Filter::default())?;
        let mut waiting = of_officer(tx, &actor, &counts)?;
        waiting.extend(of_auditor(tx, &actor)?);
        waiting.extend(of_administrator(tx, &actor)?);
        tasks.extend(waiting.into_iter().map(|waiting| Task::of(tx, &actor, waiting)));
        experts(tx, &actor, &mut tasks)?;
        administrators(tx, &actor, &mut tasks, &mut links)?;
        let (mut mine, mut open_calls) = (Vec::new(), Vec::new());
        if vendor {
            to_correct(tx, &actor, &mut tasks)?;
            mine = applications(tx, &actor)?;
        }
        if vendor || actor.held.is_empty() {
            open_calls = open(tx, &mine)?;
        }
        let officer = actor.holds_any(&[Role::CityOfficer, Role::Handler, Role::Approver, Role::Auditor]);
        let states = counts.into_iter().filter(|_| officer).map(|(state, count)| StateCount { state, count }).collect();
        let kept = if vendor { Vec::new() } else { saved_filters::kept(tx, &actor)? };
        let filters = kept.into_iter().map(FilterLink::from).collect();
        let term = admin_term(tx, &actor)?;
        Ok((tasks, links, mine, open_calls, states, filters, term))
    });
    let (mut tasks, mut links, mine, mut open_calls, states, filters, term) = read.await.map_err(|e| visit.fail(e))?;
    if visit.actor.holds_any(OPERATORS) {
        let unfit = counted(visit.app.config.not_for_production().len());
        tasks.extend(Task::counted("/settings", "desk-settings-unfit", unfit));
        links.extend(Task::link("/settings", "desk-settings"));
    }
    // What lies in a bucket and in a database of its own is backed up where it lies, and nobody says so here.
    let config = &visit.app.config;
    if !config.database_url().starts_with("sqlite://") && config.storage.kind != StorageKind::Folder {
        tasks.retain(|task| task.key != "desk-backup-due");
    }
    links.extend(guide::of_actor(&visit.actor).into_iter().filter_map(|(href, key)| Task::link(href, key)));
    // What has no deadline stays in the order of the stations, behind what has one.
    // A review that waits for its organisers alone comes before those whose experts still have time.
    tasks.sort_by_key(|task| (task.due.is_none() && task.key != REVIEWS_TO_CLOSE, task.due));
    let page = Page::titled(&visit, "nav-desk");
    open_calls.iter_mut().for_each(|call| call.left = time_left(&page, call.closes));
    let term = term.map(|term| AdminTermView::of(&page, &term));
    ok(&DeskPage { page, vendor, term, tasks, links, mine, open_calls, states, filters })
}

/// How long it is until a deadline, as [`until`] counts it.
fn time_left(page: &Page, deadline: NaiveDateTime) -> String {
    if calendar::day_ended_by(deadline).is_some() {
        return page.days_left(calendar::days_left(page.now(), deadline));
    }
    match calendar::time_left(page.now(), deadline) {
        TimeLeft::Days(days) => page.t1("deadline-days-left", "days", days),
        TimeLeft::Hours(hours) => page.t1("deadline-hours-left", "hours", hours),
        TimeLeft::Soon => page.t("deadline-soon"),
    }
}

/// The calls that are open, each with what the reader's organisation has under it.
fn open(tx: &mut Tx<'_>, mine: &[Mine]) -> Result<Vec<OpenCall>, Error> {
    let now = tx.now;
    let calls = db::desk::open_calls(tx.db, now)?;
    let call = |(id, title, _, closes_at): db::desk::OpenCall| {
        // Whoever withdrew may apply anew.
        let own = mine.iter().find(|mine| mine.call_id == id && mine.state != State::Withdrawn);
        OpenCall {
            href: format!("/calls/{id}"),
            title,
            closes_at: calendar::local_deadline_text(closes_at),
            closes: closes_at,
            left: String::new(),
            own: own.map(|own| OwnUnderCall { href: own.href.clone(), state: own.state, tone: own.tone }),
        }
    };
    Ok(calls.into_iter().map(call).collect())
}

/// What stands in the way of filing an application that is still in its applicant's hands: what is missing or wrong, and of a
/// correction what is still as it was sent back.
fn missing(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<String, Error> {
    let dossier = Dossier::load(tx, actor, id)?;
    let attachments = db::attachments::of_application(tx.db, id)?;
    let words = tx.env.words;
    let found = completeness(tx, &dossier, &attachments, &actor.language)?;
    let marks = Marks::of(tx, &dossier)?;
    let to_mend = untouched(tx, &dossier, &marks, &attachments)?.len();
    Ok(match (left(&dossier, &found), to_mend) {
        (0, 0) => words.say(&actor.language, "desk-complete"),
        (0, count) => words.say_with(&actor.language, "desk-to-mend", [("count", count)]),
        (count, 0) => words.say_with(&actor.language, "desk-missing", [("count", count)]),
        (count, mend) => words.say_with(&actor.language, "desk-missing-and-mend", [("count", count), ("mend", mend)]),
    })
}

/// Until when others have a file that is not in its applicant's hands, in words: what the call or the notice publishes, when it is
/// expected, or that nothing is published. Empty for one that has ended.
fn due_of_others(
    tx: &mut Tx<'_>,
    actor: &Actor,
    application: &Application,
    recommend_by: NaiveDateTime,
) -> Result<String, Error> {
    let state = application.state;
    let (at, key) = match state {
        State::Submitted => (Some(recommend_by), "application-deadline-recommendation"),
        State::InNotice | State::Held => {
            let notice = db::notices::of_application(tx.db, application.id)?;
            (notice.map(|notice| notice.ends_at), "timeline-notice-until")
        }
        _ => (None, ""),
    };
    let words = tx.env.words;
    Ok(match at {
        Some(at) => words.say_with(&actor.language, key, [("at", calendar::local_deadline_text(at))]),
        None if is_final(state) => String::new(),
        None => match expected(tx, application)? {
            Some((stop, day)) => {
                let over = (calendar::local_date(tx.now) - day).num_days().max(0);
                let key = match (stop == Stop::Notice, over > 0) {
                    (true, false) => "timeline-planned-notice",
                    (true, true) => "desk-planned-notice-over",
                    (false, false) => "timeline-planned",
                    (false, true) => "desk-planned-over",
                };
                let args = [("day", calendar::local_date_text(day)), ("days", over.to_string())];
                words.say_with(&actor.language, key, args)
            }
            None => words.say(&actor.language, "timeline-due-none"),
        },
    })
}

/// A vendor's applications with the next date of each: of an open correction, or of the call while it is a draft. Once
/// it has passed, that it was missed; until then, what is missing. While others have it, until when.
fn applications(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Mine>, Error> {
    let pager = Pager::new(None, Some(50));
    let listed = db::applications::list(tx.db, &Scope::of(actor), &Filter::default(), pager)?.items;
    let ids: Vec<_> = listed.iter().map(|listed| listed.application.id).collect();
    let corrections = db::desk::corrections_due(tx.db, &ids)?;
    let mut mine = Vec::new();
    for listed in listed {
        let application = listed.application;
        let call = db::calls::find(tx.db, application.call_id)?;
        let (due, missed) = match application.state {
            State::Draft => (Some(call.closes_at), "desk-draft-over"),
            State::CityCorrection | State::ScreeningCorrection => {
                let of_this = corrections.iter().find(|(id, _)| *id == application.id);
                (of_this.map(|(_, due_at)| *due_at), "desk-correction-over")
            }
            _ => (None, ""),
        };
        let to_come = due.filter(|due| tx.now < *due);
        let missing = if to_come.is_some() { missing(tx, actor, application.id)? } else { String::new() };
        let told = match due {
            Some(due) if tx.now < due => until(tx, actor, due),
            Some(due) => {
                let at = calendar::local_deadline_text(due);
                tx.env.words.say_with(&actor.language, missed, [("at", at)])
            }
            None => due_of_others(tx, actor, &application, call.recommend_by)?,
        };
        mine.push(Mine {
            href: format!("/applications/{}", application.id),
            call_id: application.call_id,
            call: call.title,
            number: application.number.unwrap_or_default(),
            state: application.state,
            tone: super::applications::tone(application.state),
            due: told,
            due_iso: to_come.map(calendar::local_datetime_iso).unwrap_or_default(),
            due_tone: to_come.map_or("", |due| tone_of_days(calendar::days_left(tx.now, due))),
            missing,
        });
    }
    Ok(mine)
}

/// What an applicant has to mend, and until when the first of it.
fn to_correct(tx: &mut Tx<'_>, actor: &Actor, tasks: &mut Vec<Task>) -> Result<(), Error> {
    let filter = Filter { states: vec![State::CityCorrection, State::ScreeningCorrection], ..Filter::default() };
    let back = db::applications::ids(tx.db, &Scope::of(actor), &filter)?;
    let mut due = db::desk::corrections_due(tx.db, &back)?;
    // Once the date has passed there is nothing that the applicant could do.
    due.retain(|(_, at)| tx.now < *at);
    let href = match due.as_slice() {
        [(only, _)] => format!("/applications/{only}"),
        _ => "/applications".into(),
    };
    let first = due.iter().map(|(_, at)| *at).min();
    let task = Task::counted(&href, "desk-to-correct", counted(due.len()));
    tasks.extend(task.map(|task| task.due(tx, actor, first)));
    Ok(())
}

fn counted(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// How long the sheets that are left may take: by the expert's own pace, or a first guess.
fn takes(tx: &Tx<'_>, actor: &Actor, sheets: &[db::desk::OwnSheet], left: usize) -> String {
    let submitted: Vec<NaiveDateTime> = sheets.iter().filter_map(|sheet| sheet.submitted_at).collect();
    let (each, key) = match pace::minutes_each(&submitted) {
        Some(each) => (each, "desk-takes-pace"),
        None => (FIRST_GUESS_MINUTES, "desk-takes-guess"),
    };
    let words = tx.env.words;
    let span = match pace::span(left, each) {
        Span::Minutes(minutes) => words.say_with(&actor.language, "desk-span-minutes", [("count", minutes)]),
        Span::HalfHours(halves) => {
            let hours = format!("{}{}", halves / 2, if halves % 2 == 0 { "" } else { ".5" });
            words.say_with(&actor.language, "desk-span-hours", [("count", hours)])
        }
    };
    words.say_with(&actor.language, key, [("span", span), ("each", each.to_string())])
}

fn experts(tx: &mut Tx<'_>, actor: &Actor, tasks: &mut Vec<Task>) -> Result<(), Error> {
    let Some(expert) = actor.expert() else { return Ok(()) };
    let awaiting = AssignmentStatus::Awaiting;
    let task = Task::counted("/assignments", "desk-to-declare", db::desk::assignments_of(tx.db, expert, awaiting)?);
    let due = db::desk::first_assignment_due(tx.db, expert, awaiting)?;
    tasks.extend(task.map(|task| task.due(tx, actor, due)));
    let sheets = db::desk::sheets_of(tx.db, expert)?;
    let left: Vec<Option<NaiveDateTime>> =
        sheets.iter().filter(|sheet| sheet.is_left()).map(|sheet| sheet.due_at).collect();
    let done = [("done", sheets.len() - left.len()), ("all", sheets.len())];
    let done = tx.env.words.say_with(&actor.language, "desk-sheets-done", done);
    let task = Task::counted("/assignments", "desk-to-score", counted(left.len()));
    let takes = takes(tx, actor, &sheets, left.len());
    tasks.extend(task.map(|task| Task { done, takes, ..task.due(tx, actor, left.iter().flatten().min().copied()) }));
    let duties = duties(tx, expert)?;
    for (ids, key) in
        [(duties.explain, "desk-to-explain"), (duties.discuss, "desk-to-discuss"), (duties.extra, "desk-to-extra")]
    {
        tasks.extend(Task::counted("/assignments", key, counted(ids.len())));
    }
    Ok(())
}

fn administrators(tx: &mut Tx<'_>, actor: &Actor, tasks: &mut Vec<Task>, links: &mut Vec<Task>) -> Result<(), Error> {
    if actor.held.is_empty() {
        tasks.extend(Task::link("/organisation", "desk-join-organisation"));
    }
    for held in actor.held.iter().filter(|held| held.role == Role::VendorAdmin) {
        let Some(organisation) = held.organisation else { continue };
        let waiting = db::join_requests::waiting(tx.db, organisation)?.len();
        tasks.extend(Task::counted("/organisation", "desk-join-requests", counted(waiting)));
        let soon = calendar::local_date(tx.now) + TimeDelta::days(ROLE_DAYS_BEFORE);
        let members = db::accounts::members(tx.db, organisation, tx.now)?;
        // One's own is another's to put off, and said by itself.
        let others = members.iter().filter(|member| actor.account != Some(member.account));
        let ending = others.filter(|member| member.ends_on.is_some_and(|last| last <= soon)).count();
        tasks.extend(Task::counted("/organisation", "desk-members-ending", counted(ending)));
    }
    if actor.holds_any(OFFICERS) {
        links.extend(Task::link("/letters", "desk-letters"));
    }
    if actor.holds(Role::Auditor) {
        links.extend(Task::link("/events", "desk-events"));
        links.extend(Task::link("/events?action=account.data_exported", "desk-exported"));
        links.extend(Task::link("/accounts", "desk-accounts-read"));
        links.extend(Task::link("/decisions", "desk-decisions-read"));
    }
    if actor.holds_any(&[Role::SystemAdmin, Role::SecurityAdmin]) {
        links.extend(Task::link("/accounts", "desk-accounts"));
    }
    if actor.holds(Role::SystemAdmin) {
        links.extend(Task::link("/mails", "desk-mails"));
        tasks.extend(Task::counted("/mails?standing=failed", "desk-mails-failed", db::desk::mails_failed(tx.db)?));
        if is_due(tx)? {
            tasks.extend(Task::link("/settings", "desk-backup-due"));
        }
    }
    Ok(())
}
