//! The files that an expert is charged with: what is left first, with how long there is for it; the rest folded by call.

use crate::actions::review::declare;
use crate::actions::review::score::is_left;
use crate::actions::review::stages::{Duties, duties};
use crate::db;
use crate::db::reviews::OwnAssignment;
use crate::domain::calendar;
use crate::domain::status::{AssignmentStatus, SessionStatus};
use crate::web::access::Visit;
use crate::web::page::{Failure, Page, ok, tone_of_days};
use actix_web::HttpResponse;
use askama::Template;

/// One file of the list.
struct Line {
    href: String,
    organisation: String,
    call: String,
    /// Where it stands, in words.
    status: String,
    /// What is to be done with it after the scoring: the keys of its words.
    to_do: Vec<&'static str>,
    /// Until when, with the days left where something is left.
    due: String,
    /// The same for machines, and how pressing it is; empty where nothing presses.
    due_iso: String,
    tone: &'static str,
}

/// What is done with, of one call.
struct Done {
    call: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "reviews/assignments.html", config = "src/views/askama.toml")]
struct AssignmentsPage {
    page: Page,
    /// What is left, the first to be due first.
    left: Vec<Line>,
    done: Vec<Done>,
}

fn to_do(duties: &Duties, own: &OwnAssignment) -> Vec<&'static str> {
    let all = [
        (&duties.explain, "assignment-to-explain"),
        (&duties.discuss, "assignment-to-discuss"),
        (&duties.extra, "assignment-to-extra"),
    ];
    all.into_iter().filter(|(ids, _)| ids.contains(&own.id)).map(|(_, key)| key).collect()
}

fn line(page: &Page, own: &OwnAssignment, to_do: Vec<&'static str>) -> Line {
    let mut status = match own.sheet_status {
        Some(sheet) if own.status == AssignmentStatus::Accepted => page.t_of("sheet-status", sheet),
        _ => page.t_of("assignment-status", own.status),
    };
    if own.session_status == SessionStatus::Closed {
        let marks = page.marks();
        status.push_str(&format!("{}{}{}", marks.open, page.t("session-status-closed"), marks.close));
    }
    // What the stages after the scoring ask for has no day of its own here.
    let presses = is_left(own);
    let days = own.due_at().map(|due| calendar::days_left(page.now(), due));
    let due = match (own.due_at(), days) {
        (Some(due), Some(0)) if presses => page.t1("desk-over", "at", page.until(&due)),
        (Some(due), Some(days)) if presses => {
            let marks = page.marks();
            format!("{}{}{}{}", page.until(&due), marks.open, page.days_left(days), marks.close)
        }
        (Some(due), _) => page.until(&due),
        (None, _) => page.t("review-due-soon"),
    };
    let pressing = own.due_at().filter(|_| presses);
    Line {
        href: format!("/assignments/{}", own.id),
        organisation: own.organisation_name.clone(),
        call: own.call_title.clone(),
        status,
        to_do,
        due,
        due_iso: pressing.map(calendar::local_datetime_iso).unwrap_or_default(),
        tone: pressing.and(days).map_or("", tone_of_days),
    }
}

/// The list of an expert's own files.
pub(super) async fn assignments(visit: Visit) -> Result<HttpResponse, Failure> {
    let expert = declare::expert_of(&visit.actor).map_err(|e| visit.fail(e))?;
    let (mut own, duties) = visit
        .app
        .read(move |tx| Ok((db::reviews::own_assignments(tx.db, expert)?, duties(tx, expert)?)))
        .await
        .map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "assignments-title");
    // Whoever was charged too late for any day is asked to be quick: that comes before every day.
    own.sort_by_key(|own| (!is_left(own), is_left(own).then(|| own.due_at())));
    let (mut left, mut done) = (Vec::new(), Vec::<Done>::new());
    for own in &own {
        let to_do = to_do(&duties, own);
        let is_open = is_left(own) || !to_do.is_empty();
        let line = line(&page, own, to_do);
        if is_open {
            left.push(line);
            continue;
        }
        match done.iter_mut().find(|group| group.call == own.call_title) {
            Some(group) => group.lines.push(line),
            None => done.push(Done { call: own.call_title.clone(), lines: vec![line] }),
        }
    }
    ok(&AssignmentsPage { page, left, done })
}
