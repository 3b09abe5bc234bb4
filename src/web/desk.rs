//! What should I do now: the first page of each role.

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::actions::draw::view::waiting;
use crate::actions::publish_list::outlook;
use crate::actions::review::stages::duties;
use crate::db;
use crate::db::applications::Filter;
use crate::db::page::Pager;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::procedure::State;
use crate::domain::scope::Scope;
use crate::domain::status::AssignmentStatus;
use crate::domain::steps::DrawAction;
use crate::error::Error;
use actix_web::HttpResponse;
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/desk", Access::SignedIn, show);
}

/// Something to do: where, its words' key, how many; without a number a plain link.
struct Task {
    href: String,
    key: &'static str,
    count: Option<i64>,
}

impl Task {
    fn counted(href: &str, key: &'static str, count: i64) -> Option<Task> {
        (count > 0).then(|| Task { href: href.to_string(), key, count: Some(count) })
    }

    fn link(href: &str, key: &'static str) -> Option<Task> {
        Some(Task { href: href.to_string(), key, count: None })
    }
}

/// An application of a vendor.
struct Mine {
    href: String,
    call: String,
    number: String,
    state: State,
    due: String,
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
    tasks: Vec<Task>,
    mine: Vec<Mine>,
    open_calls: Vec<OpenCall>,
    states: Vec<StateCount>,
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let vendor = actor.holds_any(&[Role::VendorAdmin, Role::VendorMember]);
    let read = visit.app.read(move |tx| {
        let mut tasks = Vec::new();
        let counts = db::applications::count_by_state(tx.db, &Scope::of(&actor), &Filter::default())?;
        officers(tx, &actor, &counts, &mut tasks)?;
        draws(tx, &actor, &mut tasks)?;
        experts(tx, &actor, &mut tasks)?;
        administrators(tx, &actor, &mut tasks)?;
        let (mut mine, mut open_calls) = (Vec::new(), Vec::new());
        if vendor || actor.held.is_empty() {
            open_calls = open(tx)?;
        }
        if vendor {
            mine = applications(tx, &actor)?;
        }
        let officer = actor.holds_any(&[Role::CityOfficer, Role::Handler, Role::Approver, Role::Auditor]);
        let states = counts.into_iter().filter(|_| officer).map(|(state, count)| StateCount { state, count }).collect();
        Ok((tasks, mine, open_calls, states))
    });
    let (tasks, mine, open_calls, states) = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "nav-desk");
    ok(&DeskPage { page, vendor, tasks, mine, open_calls, states })
}

fn open(tx: &mut Tx<'_>) -> Result<Vec<OpenCall>, Error> {
    let calls = db::desk::open_calls(tx.db, tx.now)?;
    let call = |(id, title, _, closes_at): db::desk::OpenCall| OpenCall {
        href: format!("/calls/{id}"),
        title,
        closes_at: calendar::local_datetime_text(closes_at),
    };
    Ok(calls.into_iter().map(call).collect())
}

/// A vendor's applications with the next date of each: of an open correction, or of the call while it is a draft.
fn applications(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Mine>, Error> {
    let pager = Pager::new(None, Some(50));
    let listed = db::applications::list(tx.db, &Scope::of(actor), &Filter::default(), pager)?.items;
    let ids: Vec<_> = listed.iter().map(|listed| listed.application.id).collect();
    let corrections = db::desk::corrections_due(tx.db, &ids, tx.now)?;
    let mut mine = Vec::new();
    for listed in listed {
        let application = listed.application;
        let call = db::calls::find(tx.db, application.call_id)?;
        let due = match application.state {
            State::Draft => Some(call.closes_at),
            State::CityCorrection | State::ScreeningCorrection => {
                corrections.iter().find(|(id, _)| *id == application.id).map(|(_, due_at)| *due_at)
            }
            _ => None,
        };
        mine.push(Mine {
            href: format!("/applications/{}", application.id),
            call: call.title,
            number: application.number.unwrap_or_default(),
            state: application.state,
            due: due.map(calendar::local_datetime_text).unwrap_or_default(),
        });
    }
    Ok(mine)
}

fn officers(tx: &mut Tx<'_>, actor: &Actor, counts: &[(State, i64)], tasks: &mut Vec<Task>) -> Result<(), Error> {
    let of = |state: State| counts.iter().find(|(found, _)| *found == state).map_or(0, |(_, count)| *count);
    if actor.holds(Role::CityOfficer) {
        tasks.extend(Task::counted("/applications?state=submitted", "desk-to-check", of(State::Submitted)));
    }
    if actor.holds(Role::Handler) {
        tasks.extend(Task::counted("/applications?state=recommended", "desk-to-screen", of(State::Recommended)));
        tasks.extend(Task::counted("/decisions", "desk-to-decide", of(State::Reviewed)));
        tasks.extend(Task::counted("/notices", "desk-to-notice", of(State::Proposed)));
        let mut ready = 0;
        for call in db::published_lists::calls_to_publish(tx.db)? {
            let outlook = outlook(tx, actor, call)?;
            ready += i64::from(outlook.pending.is_none() && !outlook.ready.is_empty());
        }
        tasks.extend(Task::counted("/lists", "desk-lists-ready", ready));
    }
    if actor.holds_any(&[Role::Handler, Role::Evaluator]) {
        tasks.extend(Task::counted("/reviews", "desk-reviews-open", db::desk::reviews_open(tx.db)?));
    }
    if actor.holds_any(Role::DEPARTMENT) {
        tasks.extend(Task::counted("/objections", "desk-objections", db::desk::objections_open(tx.db)?));
    }
    if let Some(account) = actor.account.filter(|_| actor.holds(Role::Approver)) {
        let calls = db::desk::calls_to_approve(tx.db, account)?;
        tasks.extend(Task::counted("/calls", "desk-calls-to-approve", calls));
        let decisions = db::desk::decisions_to_approve(tx.db, account)?;
        tasks.extend(Task::counted("/decisions", "desk-decisions-to-approve", decisions));
        let lists = db::published_lists::pending(tx.db)?;
        let lists = lists.iter().filter(|list| list.proposed_by != Some(account)).count();
        tasks.extend(Task::counted("/lists", "desk-lists-to-approve", i64::try_from(lists).unwrap_or(i64::MAX)));
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
        tasks.extend(Task::link(&format!("/reviews/{call}/draw"), key));
    }
    Ok(())
}

fn experts(tx: &mut Tx<'_>, actor: &Actor, tasks: &mut Vec<Task>) -> Result<(), Error> {
    let Some(expert) = actor.expert() else { return Ok(()) };
    let awaiting = db::desk::assignments_of(tx.db, expert, AssignmentStatus::Awaiting)?;
    tasks.extend(Task::counted("/assignments", "desk-to-declare", awaiting));
    let accepted = db::desk::assignments_of(tx.db, expert, AssignmentStatus::Accepted)?;
    tasks.extend(Task::counted("/assignments", "desk-to-score", accepted));
    let duties = duties(tx, expert)?;
    for (ids, key) in
        [(duties.explain, "desk-to-explain"), (duties.discuss, "desk-to-discuss"), (duties.extra, "desk-to-extra")]
    {
        tasks.extend(Task::counted("/assignments", key, i64::try_from(ids.len()).unwrap_or(i64::MAX)));
    }
    Ok(())
}

fn administrators(tx: &mut Tx<'_>, actor: &Actor, tasks: &mut Vec<Task>) -> Result<(), Error> {
    if actor.held.is_empty() {
        tasks.extend(Task::link("/organisation", "desk-join-organisation"));
    }
    if actor.holds(Role::Auditor) {
        tasks.extend(Task::link("/events", "desk-events"));
    }
    if actor.holds_any(&[Role::SystemAdmin, Role::SecurityAdmin]) {
        tasks.extend(Task::link("/accounts", "desk-accounts"));
    }
    if actor.holds(Role::SystemAdmin) {
        tasks.extend(Task::link("/mails", "desk-mails"));
        tasks.extend(Task::counted("/mails?standing=failed", "desk-mails-failed", db::desk::mails_failed(tx.db)?));
    }
    Ok(())
}
