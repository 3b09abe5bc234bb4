//! Calendars of deadlines: of every call that runs, and of one call.

use super::ical::{Deadline, calendar};
use crate::actions::Tx;
use crate::db;
use crate::db::calls::Call;
use crate::db::notices::Notice;
use crate::db::open_data::CallHead;
use crate::domain::calendar::{day_ended_by, end_of_day_utc, local_date};
use crate::domain::call::PlannedDays;
use crate::domain::ids::CallId;
use crate::domain::procedure::Station;
use crate::error::Error;
use crate::web::access::Visit;
use crate::web::page::Failure;
use crate::words::DEFAULT_LANGUAGE;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;

/// Calls of the calendar at most; a handful run at a time.
const CALLS: i64 = 200;

pub(super) async fn all(visit: Visit) -> Result<HttpResponse, Failure> {
    let read = visit.app.read(|tx| {
        let now = tx.now;
        let mut deadlines = Vec::new();
        for call in db::open_data::running_calls(tx.db, now, CALLS)? {
            deadlines.extend(of_one(tx, &call)?);
        }
        // Of a call that is closed the days are still expected that its plan has ahead.
        for call in db::open_data::planned_calls(tx.db, now, local_date(now), CALLS)? {
            let whole = db::calls::find(tx.db, call.id)?;
            deadlines.extend(planned_of(tx, &call, &whole).into_iter().filter(|deadline| now < deadline.at));
        }
        for (id, ..) in db::desk::running_notices(tx.db, now)? {
            let notice = db::notices::find(tx.db, id)?;
            deadlines.push(of_notice(tx, &notice));
        }
        // A notice of a call that still runs came with the call.
        deadlines.sort_by(|a, b| (a.at, &a.uid).cmp(&(b.at, &b.uid)));
        deadlines.dedup_by(|a, b| a.uid == b.uid);
        Ok(calendar(&tx.env.words.say(DEFAULT_LANGUAGE, "calendar-name"), &deadlines))
    });
    Ok(answer(read.await.map_err(|e| visit.fail(e))?))
}

pub(super) async fn of_call(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = CallId::from_text(&id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let read = visit.app.read(move |tx| {
        let call = db::open_data::call(tx.db, id)?;
        Ok(calendar(&call.title, &of_one(tx, &call)?))
    });
    Ok(answer(read.await.map_err(|e| visit.fail(e))?))
}

fn answer(text: String) -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/calendar; charset=utf-8")).body(text)
}

fn of_one(tx: &mut Tx<'_>, call: &CallHead) -> Result<Vec<Deadline>, Error> {
    let whole = db::calls::find(tx.db, call.id)?;
    let notices = db::notices::of_call(tx.db, call.id)?;
    let mut deadlines =
        vec![of_window(tx, call, "opens", call.opens_at), of_window(tx, call, "closes", call.closes_at)];
    if whole.programme.0.uses(Station::City) {
        deadlines.push(of_window(tx, call, "recommend", call.recommend_by));
    }
    deadlines.extend(planned_of(tx, call, &whole));
    deadlines.extend(notices.iter().map(|notice| of_notice(tx, notice)));
    Ok(deadlines)
}

/// The planned days of a call that hold.
fn planned_of(tx: &Tx<'_>, call: &CallHead, whole: &Call) -> Vec<Deadline> {
    let planned = whole.planned_in_force();
    let days = PlannedDays::STOPS.into_iter().filter_map(|stop| Some((stop, planned.of(stop)?)));
    days.map(|(stop, day)| of_window(tx, call, &format!("planned_{stop}"), end_of_day_utc(day))).collect()
}

fn of_window(tx: &Tx<'_>, call: &CallHead, window: &str, at: NaiveDateTime) -> Deadline {
    let key = format!("calendar-{window}");
    let url = format!("{}/calls/{}", tx.env.base_url, call.id);
    Deadline {
        uid: format!("{}-{window}@yuanchi", call.id),
        sequence: call.version,
        stamp: call.approved_at.unwrap_or(call.opens_at),
        at,
        day: if window == "opens" { None } else { day_ended_by(at) },
        summary: tx.env.words.say_with(DEFAULT_LANGUAGE, &key, [("title", &call.title)]),
        description: url.clone(),
        url,
    }
}

fn of_notice(tx: &Tx<'_>, notice: &Notice) -> Deadline {
    let url = format!("{}/notices/{}", tx.env.base_url, notice.id);
    Deadline {
        uid: format!("{}-objections@yuanchi", notice.id),
        sequence: 0,
        stamp: notice.opened_at,
        at: notice.ends_at,
        day: day_ended_by(notice.ends_at),
        summary: tx.env.words.say_with(DEFAULT_LANGUAGE, "calendar-objections", [("title", &notice.title)]),
        description: url.clone(),
        url,
    }
}
