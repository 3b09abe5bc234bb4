//! What should I do now: the first page of each role.

use super::access::Visit;
use super::guide;
use super::page::{Failure, Page, ok, tone_of_days};
use super::routes::{Access, Routes};
use super::settings::OPERATORS;
use crate::actions::Tx;
use crate::actions::backups::is_due;
use crate::actions::completeness::completeness;
use crate::actions::dossier::Dossier;
use crate::actions::draw::view::waiting;
use crate::actions::membership::view;
use crate::actions::publish_list::outlook;
use crate::actions::review::stages::duties;
use crate::config::StorageKind;
use crate::db;
use crate::db::applications::Filter;
use crate::db::page::Pager;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::State;
use crate::domain::scope::Scope;
use crate::domain::status::{AssignmentStatus, ProposalKind};
use crate::domain::steps::DrawAction;
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
}

impl Task {
    fn counted(href: &str, key: &'static str, count: i64) -> Option<Task> {
        (count > 0).then(|| Task { href: href.to_string(), key, count: Some(count), ..Task::default() })
    }

    fn link(href: &str, key: &'static str) -> Option<Task> {
        Some(Task { href: href.to_string(), key, ..Task::default() })
    }

    /// The same, with since when it waits.
    fn dated(self, date: String) -> Task {
        Task { date, ..self }
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
    call: String,
    number: String,
    state: State,
    tone: &'static str,
    /// The next date, or that it has passed.
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
    /// What waits, the most pressing first.
    tasks: Vec<Task>,
    /// Where this role looks things up.
    links: Vec<Task>,
    mine: Vec<Mine>,
    open_calls: Vec<OpenCall>,
    states: Vec<StateCount>,
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let vendor = actor.holds_any(&[Role::VendorAdmin, Role::VendorMember]);
    let read = visit.app.read(move |tx| {
        let (mut tasks, mut links) = (Vec::new(), Vec::new());
        let counts = db::applications::count_by_state(tx.db, &Scope::of(&actor), &Filter::default())?;
        officers(tx, &actor, &counts, &mut tasks)?;
        draws(tx, &actor, &mut tasks)?;
        experts(tx, &actor, &mut tasks)?;
        administrators(tx, &actor, &mut tasks, &mut links)?;
        let (mut mine, mut open_calls) = (Vec::new(), Vec::new());
        if vendor || actor.held.is_empty() {
            open_calls = open(tx)?;
        }
        if vendor {
            to_correct(tx, &actor, &mut tasks)?;
            mine = applications(tx, &actor)?;
        }
        let officer = actor.holds_any(&[Role::CityOfficer, Role::Handler, Role::Approver, Role::Auditor]);
        let states = counts.into_iter().filter(|_| officer).map(|(state, count)| StateCount { state, count }).collect();
        Ok((tasks, links, mine, open_calls, states))
    });
    let (mut tasks, mut links, mine, open_calls, states) = read.await.map_err(|e| visit.fail(e))?;
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
    tasks.sort_by_key(|task| (task.due.is_none(), task.due));
    let page = Page::titled(&visit, "nav-desk");
    ok(&DeskPage { page, vendor, tasks, links, mine, open_calls, states })
}

fn open(tx: &mut Tx<'_>) -> Result<Vec<OpenCall>, Error> {
    let calls = db::desk::open_calls(tx.db, tx.now)?;
    let call = |(id, title, _, closes_at): db::desk::OpenCall| OpenCall {
        href: format!("/calls/{id}"),
        title,
        closes_at: calendar::local_deadline_text(closes_at),
    };
    Ok(calls.into_iter().map(call).collect())
}

/// What stands in the way of filing an application that is still in its applicant's hands.
fn missing(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<String, Error> {
    let dossier = Dossier::load(tx, actor, id)?;
    let attachments = db::attachments::of_application(tx.db, id)?;
    let words = tx.env.words;
    Ok(match completeness(tx, &dossier, &attachments, &actor.language)?.all().len() {
        0 => words.say(&actor.language, "desk-complete"),
        count => words.say_with(&actor.language, "desk-missing", [("count", count)]),
    })
}

/// A vendor's applications with the next date of each: of an open correction, or of the call while it is a draft. Once
/// it has passed, that it was missed; until then, what is missing.
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
        let due = due.map(|due| match tx.now < due {
            true => until(tx, actor, due),
            false => {
                let at = calendar::local_deadline_text(due);
                tx.env.words.say_with(&actor.language, missed, [("at", at)])
            }
        });
        mine.push(Mine {
            href: format!("/applications/{}", application.id),
            call: call.title,
            number: application.number.unwrap_or_default(),
            state: application.state,
            tone: super::applications::tone(application.state),
            due: due.unwrap_or_default(),
            due_iso: to_come.map(calendar::local_datetime_iso).unwrap_or_default(),
            due_tone: to_come.map_or("", |due| tone_of_days(calendar::days_left(tx.now, due))),
            missing,
        });
    }
    Ok(mine)
}

/// A deadline with the days left, or that it is over.
fn until(tx: &Tx<'_>, actor: &Actor, deadline: NaiveDateTime) -> String {
    let words = tx.env.words;
    let at = calendar::local_deadline_text(deadline);
    if tx.now >= deadline {
        return words.say_with(&actor.language, "desk-over", [("at", at)]);
    }
    // The last day is the one before the instant at which it is too late.
    let last = deadline.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(deadline);
    match (calendar::local_date(last) - calendar::local_date(tx.now)).num_days() {
        ..=0 => words.say_with(&actor.language, "desk-until-today", [("at", at)]),
        days => words.say_with(&actor.language, "desk-until", [("at", at), ("days", days.to_string())]),
    }
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

/// Files that were not mended in time: only the officers of the station can lead them on.
fn lapsed(tx: &mut Tx<'_>, actor: &Actor, state: State, tasks: &mut Vec<Task>) -> Result<(), Error> {
    let filter = Filter { states: vec![state], ..Filter::default() };
    let back = db::applications::ids(tx.db, &Scope::of(actor), &filter)?;
    let over = db::desk::corrections_due(tx.db, &back)?.iter().filter(|(_, due)| *due <= tx.now).count();
    let href = format!("/applications?state={state}");
    tasks.extend(Task::counted(&href, "desk-corrections-over", counted(over)));
    Ok(())
}

fn counted(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Where several calls wait: at the one, or at the list of calls.
fn at_calls(calls: &[CallId]) -> String {
    match calls {
        [first, rest @ ..] if rest.iter().all(|call| call == first) => format!("/calls/{first}"),
        _ => "/calls".into(),
    }
}

/// What waits for a handler beside the files: drafts that came back, questions, licence images.
fn handlers(tx: &mut Tx<'_>, actor: &Actor, tasks: &mut Vec<Task>) -> Result<(), Error> {
    if let Some(account) = actor.account {
        let returned = db::desk::calls_returned(tx.db, account)?;
        tasks.extend(Task::counted(&at_calls(&returned), "desk-calls-returned", counted(returned.len())));
    }
    let asked = db::desk::questions_waiting(tx.db, tx.now)?;
    tasks.extend(Task::counted(&at_calls(&asked), "desk-questions", counted(asked.len())));
    let licences = db::desk::licences_to_check(tx.db)?;
    tasks.extend(Task::counted("/organisations?code_check=licence", "desk-licences", licences));
    if let Some(account) = actor.account {
        let leaving = db::membership_proposals::count_waiting(tx.db, &[ProposalKind::Withdrawal], account)?;
        tasks.extend(Task::counted("/memberships?waiting=true", "desk-withdrawals", leaving));
    }
    let overdue = view::overdue(tx)?;
    tasks.extend(Task::counted("/memberships?standing=warned", "desk-warnings-over", counted(overdue)));
    Ok(())
}

fn officers(tx: &mut Tx<'_>, actor: &Actor, counts: &[(State, i64)], tasks: &mut Vec<Task>) -> Result<(), Error> {
    let of = |state: State| counts.iter().find(|(found, _)| *found == state).map_or(0, |(_, count)| *count);
    if actor.holds(Role::CityOfficer) {
        let task = Task::counted("/applications?state=submitted&order=waiting", "desk-to-check", of(State::Submitted));
        let date = db::applications::first_recommend_by(tx.db, &Scope::of(actor), State::Submitted)?;
        tasks.extend(task.map(|task| task.due(tx, actor, date)));
        lapsed(tx, actor, State::CityCorrection, tasks)?;
    }
    if actor.holds(Role::Handler) {
        let task =
            Task::counted("/applications?state=recommended&order=waiting", "desk-to-screen", of(State::Recommended));
        let since = db::applications::waiting_since(tx.db, &Scope::of(actor), State::Recommended)?;
        let since = since.map(|since| {
            let day = calendar::local_date_text(calendar::local_date(since));
            tx.env.words.say_with(&actor.language, "desk-since", [("at", day)])
        });
        tasks.extend(task.map(|task| task.dated(since.unwrap_or_default())));
        lapsed(tx, actor, State::ScreeningCorrection, tasks)?;
        handlers(tx, actor, tasks)?;
        tasks.extend(Task::counted("/decisions", "desk-to-decide", db::desk::to_decide(tx.db)?));
        tasks.extend(Task::counted("/notices", "desk-to-notice", of(State::Proposed)));
        let mut ready = 0;
        for call in db::published_lists::calls_to_publish(tx.db)? {
            let outlook = outlook(tx, actor, call)?;
            ready += i64::from(outlook.at().is_ready());
        }
        tasks.extend(Task::counted("/lists", "desk-lists-ready", ready));
    }
    if actor.holds_any(&[Role::Handler, Role::Evaluator]) {
        let waiting = db::desk::reviews_to_prepare(tx.db, tx.now)?;
        let href = match waiting.as_slice() {
            [only] => format!("/reviews/{only}"),
            _ => "/reviews".into(),
        };
        tasks.extend(Task::counted(&href, "desk-reviews-to-prepare", counted(waiting.len())));
        let task = Task::counted("/reviews", "desk-reviews-open", db::desk::reviews_open(tx.db)?);
        let due = db::desk::first_review_due(tx.db)?;
        tasks.extend(task.map(|task| task.due(tx, actor, due)));
    }
    if actor.holds(Role::Handler) {
        tasks.extend(Task::counted("/objections", "desk-objections", db::desk::objections_to_handle(tx.db)?));
    }
    if let Some(account) = actor.account.filter(|_| actor.holds(Role::Approver)) {
        let calls = db::desk::calls_to_approve(tx.db, account)?;
        tasks.extend(Task::counted("/calls", "desk-calls-to-approve", calls));
        let decisions = db::desk::decisions_to_approve(tx.db, account)?;
        tasks.extend(Task::counted("/decisions", "desk-decisions-to-approve", decisions));
        let objections = db::desk::objections_to_approve(tx.db, account)?;
        tasks.extend(Task::counted("/objections", "desk-objections-to-approve", objections));
        let lists = db::published_lists::pending(tx.db)?;
        let lists = lists.iter().filter(|list| list.proposed_by != Some(account)).count();
        tasks.extend(Task::counted("/lists", "desk-lists-to-approve", counted(lists)));
        let sanctions = [ProposalKind::Revocation, ProposalKind::Bar];
        let sanctions = db::membership_proposals::count_waiting(tx.db, &sanctions, account)?;
        tasks.extend(Task::counted("/memberships?waiting=true", "desk-sanctions-to-approve", sanctions));
    }
    Ok(())
}

fn draws(tx: &mut Tx<'_>, actor: &Actor, tasks: &mut Vec<Task>) -> Result<(), Error> {
    for (call, duty) in waiting(tx, actor)? {
        let key = match duty {
            DrawAction::Commit => "desk-draw-commit",
            DrawAction::List => "desk-draw-list",
            DrawAction::Reveal => "desk-draw-reveal",
            DrawAction::Announce | DrawAction::Abandon => continue,
        };
        tasks.extend(Task::counted(&format!("/reviews/{call}/draw"), key, 1));
    }
    Ok(())
}

fn experts(tx: &mut Tx<'_>, actor: &Actor, tasks: &mut Vec<Task>) -> Result<(), Error> {
    let Some(expert) = actor.expert() else { return Ok(()) };
    let awaiting = AssignmentStatus::Awaiting;
    let task = Task::counted("/assignments", "desk-to-declare", db::desk::assignments_of(tx.db, expert, awaiting)?);
    let due = db::desk::first_assignment_due(tx.db, expert, awaiting)?;
    tasks.extend(task.map(|task| task.due(tx, actor, due)));
    let sheets = db::desk::sheets_of(tx.db, expert)?;
    let left: Vec<NaiveDateTime> = sheets.iter().filter(|sheet| sheet.is_left()).map(|sheet| sheet.due_at).collect();
    let done = [("done", sheets.len() - left.len()), ("all", sheets.len())];
    let done = tx.env.words.say_with(&actor.language, "desk-sheets-done", done);
    let task = Task::counted("/assignments", "desk-to-score", counted(left.len()));
    tasks.extend(task.map(|task| Task { done, ..task.due(tx, actor, left.iter().min().copied()) }));
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
    }
    if actor.holds(Role::Auditor) {
        links.extend(Task::link("/events", "desk-events"));
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
