//! More time in an approved call: the one thing that may still change, for everybody, later only, with a reason. The
//! days that were planned for what follows are moved on with it.

use super::Tx;
use super::approve_call::recorded_content;
use super::calls::{self, Step};
use super::mail_batches::{self, ToMany};
use super::remind_deadline::told_of_call;
use crate::db;
use crate::db::calls::Call;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::call::{CallAction, Phase, PlannedDays, Windows, parse_instant};
use crate::domain::chain::canonical::digest;
use crate::domain::form::Problem;
use crate::domain::ids::CallId;
use crate::domain::mail_batch::MailAct;
use crate::domain::procedure::Station;
use crate::domain::refusal::Refusal;
use crate::domain::status::SessionStatus;
use crate::domain::timeline::Stop;
use crate::error::Error;
use chrono::NaiveDateTime;
use serde::Deserialize;
use utoipa::ToSchema;

/// More time. Instants are written on the wall clock of Guangdong (`2026-03-02T09:00`) or with an offset
/// (`2026-03-02T09:00:00+08:00`); an empty one stays as it is. Planned days are written as `2026-05-20`: one that is
/// left out stays as it is, an empty one is planned no more. Each must be later than the new deadlines; one that would
/// stay and is not is refused as `call_planned_overtaken`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendCall {
    /// The version that was seen.
    pub version: i32,
    /// Applications are accepted until here.
    #[serde(default)]
    pub closes_at: String,
    /// Bureaus recommend until here.
    #[serde(default)]
    pub recommend_by: String,
    /// The day by which form and eligibility are expected to be checked.
    #[serde(default)]
    #[schema(examples("2026-05-20"))]
    pub planned_screening_on: Option<String>,
    /// The day by which the experts' review is expected to end.
    #[serde(default)]
    pub planned_review_on: Option<String>,
    /// The day by which the decision is expected.
    #[serde(default)]
    pub planned_decision_on: Option<String>,
    /// The day on which the public notice is expected to begin.
    #[serde(default)]
    pub planned_notice_on: Option<String>,
    /// Why; at most 1000 characters.
    pub reason: String,
}

impl ExtendCall {
    /// What is said of the planned day of a stop.
    fn planned(&self, stop: Stop) -> Option<&str> {
        match stop {
            Stop::Screening => self.planned_screening_on.as_deref(),
            Stop::Review => self.planned_review_on.as_deref(),
            Stop::Decision => self.planned_decision_on.as_deref(),
            Stop::Notice => self.planned_notice_on.as_deref(),
            Stop::Filling | Stop::City | Stop::CityDecides | Stop::Publication => None,
        }
    }
}

/// Gives more time and tells everybody whom it concerns. A call that has closed is not opened again, for that would
/// favour those who were late; the bureaus' date may be put off after it has passed, else files would stay with them
/// for ever.
///
/// # Errors
/// `wrong_role`, `call_wrong_status`, stale; field by field what is wrong with the dates, and which planned days no
/// longer fit; a reason that is missing.
pub fn extend_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &ExtendCall) -> Result<(), Error> {
    compare(tx, actor, id, input)?;
    let (call, role) = calls::load_to_change(tx, actor, id, CallAction::Extend, input.version)?;
    let (windows, planned) = extended(&call, input, tx.now)?;
    // A file that a bureau still sent on would find its review over.
    let session = db::reviews::session_of_call(tx.db, id)?;
    if windows.recommend_by > call.recommend_by && session.is_some_and(|s| s.status == SessionStatus::Closed) {
        return Err(Refusal::conflict("call_review_over").into());
    }
    let reason = calls::must_be_reason(&input.reason)?;
    calls::must_have_changed(db::calls::extend(tx.db, id, call.version, &windows, &planned)?)?;
    let iso = calendar::local_datetime_iso;
    let mut detail = serde_json::json!({
        "closes_at": {"before": iso(call.closes_at), "after": iso(windows.closes_at)},
        "recommend_by": {"before": iso(call.recommend_by), "after": iso(windows.recommend_by)},
    });
    if planned != call.planned() {
        // The approval recorded what the call says, its planned days included.
        let after = recorded_content(&db::calls::find(tx.db, id)?);
        detail["planned"] = serde_json::json!({"before": call.planned(), "after": planned});
        detail["content_sha256"] =
            serde_json::json!({"before": digest(&recorded_content(&call)), "after": digest(&after)});
    }
    let step =
        Step { action: "call.extended", role, from: call.status, to: call.status, reason: Some(&reason), detail };
    calls::record(tx, actor, id, step)?;
    told_of_call(tx, id, &windows)?;
    tell(tx, actor, &call, &windows, &reason)
}

/// Compares the dates that were sent with those that hold by now, for whoever is too late.
fn compare(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &ExtendCall) -> Result<(), Error> {
    let call = calls::acted_upon(tx, actor, id, input.version)?;
    let deadlines =
        [("closes_at", &input.closes_at, call.closes_at), ("recommend_by", &input.recommend_by, call.recommend_by)];
    for (field, typed, stored) in deadlines {
        if let Some(sent) = parse_instant(typed) {
            let text = calendar::local_deadline_text;
            tx.compare(field, &format!("call-field-{field}"), text(sent), text(stored));
        }
    }
    for stop in PlannedDays::STOPS {
        if let Some(sent) = input.planned(stop) {
            let field = format!("planned_{stop}_on");
            let current = call.planned().of(stop).map(|day| day.to_string()).unwrap_or_default();
            tx.compare(&field, &format!("call-field-{field}"), sent, current);
        }
    }
    Ok(())
}

/// The deadlines and the planned days of a call after more time was given.
fn extended(call: &Call, input: &ExtendCall, now: NaiveDateTime) -> Result<(Windows, PlannedDays), Error> {
    let mut problems = Vec::new();
    let mut read = |path: &str, typed: &str, stored: NaiveDateTime| {
        if typed.trim().is_empty() {
            return stored;
        }
        match parse_instant(typed) {
            // A page shows minutes only: what it sent back unchanged is unchanged.
            Some(instant) if instant < stored && stored - instant < chrono::TimeDelta::minutes(1) => stored,
            Some(instant) if instant < stored => {
                let limit = calendar::local_deadline_text(stored);
                problems.push(Problem::new(path, "call_not_later").with("limit", limit));
                stored
            }
            Some(instant) => instant,
            None => {
                problems.push(Problem::new(path, "call_instant").with("value", typed.trim()));
                stored
            }
        }
    };
    let closes_at = read("closes_at", &input.closes_at, call.closes_at);
    let mut recommend_by = read("recommend_by", &input.recommend_by, call.recommend_by);
    let programme = &call.programme.0;
    let city = programme.uses(Station::City) || programme.uses(Station::CityDecides);
    if !city {
        recommend_by = recommend_by.max(closes_at);
    }
    if closes_at > call.closes_at && call.windows().phase(now) == Phase::Closed {
        let closed = calendar::local_deadline_text(call.closes_at);
        problems.push(Problem::new("closes_at", "call_closed_already").with("limit", closed));
    }
    if city && recommend_by <= closes_at {
        let limit = calendar::local_deadline_text(closes_at);
        problems.push(Problem::new("recommend_by", "call_recommends_before_closing").with("limit", limit));
    }
    if recommend_by > call.recommend_by && recommend_by <= now {
        let limit = calendar::local_datetime_text(now);
        problems.push(Problem::new("recommend_by", "call_not_later").with("limit", limit));
    }
    if problems.is_empty() && closes_at == call.closes_at && recommend_by == call.recommend_by {
        let limit = calendar::local_deadline_text(call.closes_at);
        problems.push(Problem::new("closes_at", "call_not_later").with("limit", limit));
    }
    let windows = Windows { opens_at: call.opens_at, closes_at, recommend_by };
    let planned = call.planned().said_anew(&programme.stations, |stop| input.planned(stop)).unwrap_or_else(|wrong| {
        problems.extend(wrong);
        call.planned()
    });
    if problems.is_empty() {
        problems = planned.misfits(&programme.stations, windows.last_day(&programme.stations));
    }
    if problems.is_empty() { Ok((windows, planned)) } else { Err(Error::Invalid(problems)) }
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, call: &Call, windows: &Windows, reason: &str) -> Result<(), Error> {
    let closes = calendar::local_deadline_text(windows.closes_at);
    let recommends = calendar::local_deadline_text(windows.recommend_by);
    let args = [("title", call.title.as_str()), ("closes", &closes), ("recommends", &recommends), ("reason", reason)];
    let path = format!("/calls/{}", call.id);
    mail_batches::begin(tx);
    for organisation in db::calls::applicants(tx.db, call.id)? {
        tx.post_to_organisation(organisation, "call-extended", &path, &args)?;
    }
    // Until they read of it applicants count with the deadlines as they were: with the next that is still to come.
    let deadlines = [call.closes_at, call.recommend_by, windows.closes_at, windows.recommend_by];
    let term_ends = deadlines.into_iter().filter(|ends| tx.now < *ends).min();
    mail_batches::end(
        tx,
        actor,
        &ToMany { act: MailAct::CallExtended, call: call.id, title: &call.title, bureau: None, term_ends },
    )?;
    let programme = &call.programme.0;
    if programme.uses(Station::City) || programme.uses(Station::CityDecides) {
        tx.post_to_role(Role::CityOfficer, "call-extended", &path, &args)?;
    }
    Ok(())
}
