//! Reminding those who must keep a deadline, three days before it and once: applicants of a draft or a correction, a bureau of
//! the files that wait for it, experts of their sheets.

use super::Tx;
use super::dossier::{Dossier, correction_state};
use super::review::remind::remind_before_due;
use super::statement::station_names;
use crate::db;
use crate::db::applications::Filter;
use crate::db::deadlines::{Near, Subject};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_deadline_text;
use crate::domain::call::Windows;
use crate::domain::deadline::{DAYS_BEFORE, DeadlineKind, is_near, is_to_remind};
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::{State, Station};
use crate::domain::scope::Scope;
use crate::domain::status::CorrectionStation;
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};
use std::collections::BTreeSet;

/// The deadlines of which nobody was reminded yet, though it is time.
///
/// # Errors
/// The database is away.
pub fn due(tx: &mut Tx<'_>) -> Result<Vec<Near>, Error> {
    let near = db::deadlines::near(tx.db, tx.now, tx.now + Duration::days(DAYS_BEFORE))?;
    if near.is_empty() {
        return Ok(near);
    }
    let known: BTreeSet<(String, String, NaiveDateTime)> =
        db::deadlines::reminded(tx.db, tx.now)?.into_iter().collect();
    let is_known = |one: &Near| known.contains(&(one.kind.as_text().to_string(), one.subject.key(), one.due_at));
    Ok(near.into_iter().filter(|one| is_to_remind(one.began, one.due_at, tx.now) && !is_known(one)).collect())
}

/// Reminds of one deadline, unless that was done before; whether it was done now. Whoever has done meanwhile what was to be
/// done is not written to.
///
/// # Errors
/// The database is away.
pub fn remind(tx: &mut Tx<'_>, near: &Near) -> Result<bool, Error> {
    if !db::deadlines::note_reminded(tx.db, near, tx.now)? {
        return Ok(false);
    }
    match (&near.subject, near.kind) {
        (Subject::Application(id), DeadlineKind::Closing) => closing(tx, *id, near.due_at)?,
        (Subject::Application(id), _) => correction(tx, *id, near.due_at)?,
        (Subject::Bureau(call, bureau), _) => recommendation(tx, *call, bureau)?,
        (Subject::Review(call), _) => remind_before_due(tx, *call)?,
    }
    Ok(true)
}

/// Takes note that whoever must keep a deadline was told of it just now, by the letter that it was put off: in its last
/// days no reminder follows at once.
///
/// # Errors
/// The database is away.
pub(super) fn told_just_now(
    tx: &mut Tx<'_>,
    kind: DeadlineKind,
    subject: Subject,
    due_at: NaiveDateTime,
) -> Result<(), Error> {
    if is_near(due_at, tx.now) {
        let near = Near { kind, subject, began: tx.now, due_at };
        db::deadlines::note_reminded(tx.db, &near, tx.now)?;
    }
    Ok(())
}

/// The same of the deadlines of a call, which is in store as it was put off.
///
/// # Errors
/// The database is away.
pub(super) fn told_of_call(tx: &mut Tx<'_>, call: CallId, windows: &Windows) -> Result<(), Error> {
    let (closes_at, recommend_by) = (windows.closes_at, windows.recommend_by);
    if is_near(closes_at, tx.now) {
        let filter = Filter { call: Some(call), states: vec![State::Draft], ..Filter::default() };
        for draft in db::applications::ids(tx.db, &Scope::everything(), &filter)? {
            told_just_now(tx, DeadlineKind::Closing, Subject::Application(draft), closes_at)?;
        }
    }
    let env = tx.env;
    for bureau in &env.reference.bureaus {
        let subject = Subject::Bureau(call, bureau.code.clone());
        told_just_now(tx, DeadlineKind::Recommendation, subject, recommend_by)?;
    }
    Ok(())
}

fn closing(tx: &mut Tx<'_>, id: ApplicationId, due_at: NaiveDateTime) -> Result<(), Error> {
    let dossier = Dossier::load(tx, &Actor::system(), id)?;
    if dossier.application.state != State::Draft || dossier.call.closes_at != due_at {
        return Ok(());
    }
    let due = local_deadline_text(due_at);
    let args = [
        ("organisation", dossier.organisation.name.as_str()),
        ("call", dossier.call.title.as_str()),
        ("due", due.as_str()),
    ];
    let path = format!("/applications/{id}/form");
    tx.post_to_organisation(dossier.application.organisation_id, "deadline-closing", &path, &args)
}

fn correction(tx: &mut Tx<'_>, id: ApplicationId, due_at: NaiveDateTime) -> Result<(), Error> {
    let dossier = Dossier::load(tx, &Actor::system(), id)?;
    let application = &dossier.application;
    let corrections = db::corrections::of_application(tx.db, id)?;
    let open = corrections.into_iter().find(|one| {
        one.answered_at.is_none() && one.due_at == due_at && correction_state(one.station) == application.state
    });
    let Some(open) = open else { return Ok(()) };
    let role = match open.station {
        CorrectionStation::City => Role::CityOfficer,
        CorrectionStation::Screening => Role::Handler,
    };
    let (due, station) = (local_deadline_text(due_at), station_names(tx, &dossier, role));
    let args = [
        ("organisation", dossier.organisation.name.as_str()),
        ("number", application.number.as_deref().unwrap_or_default()),
        ("call", dossier.call.title.as_str()),
        ("due", due.as_str()),
    ];
    let path = format!("/applications/{id}/form");
    tx.post_to_organisation_from(application.organisation_id, "deadline-correction", &path, &args, &station)
}

fn recommendation(tx: &mut Tx<'_>, id: CallId, bureau: &str) -> Result<(), Error> {
    let waiting = db::deadlines::waiting_for(tx.db, id, bureau)?;
    if waiting == 0 {
        return Ok(());
    }
    let call = db::calls::find(tx.db, id)?;
    let (due, count) = (local_deadline_text(call.recommend_by), waiting.to_string());
    // Where the bureau decides by itself it recommends nobody.
    let decides = if call.programme.0.uses(Station::CityDecides) { "yes" } else { "no" };
    let args = [("call", call.title.as_str()), ("due", due.as_str()), ("count", count.as_str()), ("decides", decides)];
    let path = format!("/recommendations?call={id}");
    tx.post_to_bureau(bureau, "deadline-recommendation", &path, &args)
}
