//! Sending a file back with everything that must be mended, once at each station.

use super::Tx;
use super::dossier::Dossier;
use super::extend_correction::open_correction;
use super::marks::name_of_mark;
use super::statement::{self, basis, station_names};
use crate::db;
use crate::db::corrections::{Correction, Mark, MarkKind};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, CorrectionId};
use crate::domain::language::Language;
use crate::domain::procedure::{Action, State};
use crate::domain::programme::Programme;
use crate::domain::status::CorrectionStation;
use crate::error::Error;
use chrono::{Days, NaiveDate, NaiveDateTime};
use serde::Deserialize;
use utoipa::ToSchema;

/// Characters of the reason of one mark.
pub const MARK_LENGTH: usize = 500;
/// Characters of the note to the applicant.
pub const NOTE_LENGTH: usize = 1000;
/// Days ahead that a date may lie: beyond it is a slip of the pen.
const LONGEST_DAYS: u64 = 180;

/// Everything that must be mended.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionRequest {
    /// The version that the officer looked at.
    pub version: i32,
    /// What must be mended, each with a reason of at most 500 characters; at least one.
    pub marks: Vec<Mark>,
    /// A word to the applicant; at most 1000 characters, may be empty.
    #[serde(default)]
    pub note: String,
    /// The last day, in Guangdong. Without it: as many working days from today as the programme says.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<NaiveDate>,
}

/// Sends the file back. The applicant may change only what is marked, until the end of the last day.
///
/// # Errors
/// `marks_missing`, `mark_unknown`, `mark_twice`, `statement_missing`, `statement_too_long`, those of [`due_at`] and
/// [`default_due_on`]; those of the procedure, among them `correction_already_used`.
pub fn request_correction(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApplicationId,
    input: &CorrectionRequest,
) -> Result<Dossier, Error> {
    let mut dossier = Dossier::load_to_change(tx, actor, id)?;
    dossier.acted_upon(tx, actor, input.version);
    compare(tx, actor, &dossier, input)?;
    let permission = dossier.permit(actor, Action::RequestCorrection)?;
    let requested_by = actor.must_be_somebody()?;
    tx.must_be_current(input.version, dossier.application.version)?;
    let station = station_of(dossier.application.state);
    let mut problems = Vec::new();
    let marks = read_marks(dossier.programme(), &input.marks, &mut problems);
    let note = statement::optional("note", &input.note, NOTE_LENGTH, &mut problems);
    let due_on = match input.due_on {
        Some(day) => Ok(day),
        None => default_due_on(tx, &dossier, station),
    };
    let due_at = due_on.and_then(|day| due_at(tx, &dossier, station, day)).map_err(|problem| problems.push(problem));
    let Ok(due_at) = due_at else { return Err(Error::Invalid(problems)) };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let correction = Correction {
        id: CorrectionId::new(&*tx.env.ids),
        application_id: id,
        station,
        marks: db::Json(marks),
        note,
        due_at,
        requested_by,
        requested_at: tx.now,
        answered_at: None,
    };
    db::corrections::create(tx.db, &correction)?;
    tx.vouch_for_new("corrections", correction.id.as_text())?;
    let marked: Vec<_> = correction.marks.0.iter().map(|m| serde_json::json!({"kind": m.kind, "key": m.key})).collect();
    let detail = serde_json::json!({
        "correction": correction.id, "station": station, "marks": marked,
        "due_at": calendar::local_datetime_iso(due_at),
    });
    let reason = (!correction.note.is_empty()).then_some(correction.note.as_str());
    dossier.advance(tx, actor, permission, reason, detail)?;
    tell(tx, &dossier, permission.role, &correction)?;
    Ok(dossier)
}

/// Beside a colleague's request, for whoever is too late with one.
fn compare(tx: &mut Tx<'_>, actor: &Actor, dossier: &Dossier, input: &CorrectionRequest) -> Result<(), Error> {
    if !tx.is_outdated() {
        return Ok(());
    }
    let Some(theirs) = open_correction(tx, dossier)? else { return Ok(()) };
    let day = input.due_on.map(|day| day.to_string()).unwrap_or_default();
    tx.compare("due_on", "correction-due", day, last_day(theirs.due_at));
    tx.compare("note", "correction-note", &input.note, &theirs.note);
    let members = tx.env.words.say(&actor.language, "mark-members");
    let named = |mark: &Mark| {
        let name = name_of_mark(dossier.programme(), mark, &actor.language, &members);
        format!("{name} · {}", mark.reason.trim())
    };
    let lines = |marks: &[Mark]| marks.iter().map(named).collect::<Vec<_>>().join("\n");
    tx.compare("marks", "correction-mark", lines(&input.marks), lines(&theirs.marks.0));
    Ok(())
}

/// Which station has the file in this state, or had it before it went back.
pub fn station_of(state: State) -> CorrectionStation {
    match state {
        State::Submitted | State::CityCorrection => CorrectionStation::City,
        _ => CorrectionStation::Screening,
    }
}

fn read_marks(programme: &Programme, sent: &[Mark], problems: &mut Vec<Problem>) -> Vec<Mark> {
    if sent.is_empty() {
        problems.push(Problem::new("marks", "marks_missing"));
    }
    let mut marks: Vec<Mark> = Vec::new();
    for (index, mark) in sent.iter().enumerate() {
        let key = if mark.kind == MarkKind::Members { "" } else { mark.key.as_str() };
        if !has(programme, mark.kind, key) {
            let shown: String = mark.key.chars().take(60).collect();
            problems.push(statement::problem(&format!("marks[{index}].key"), "mark_unknown", [("key", shown)]));
            continue;
        }
        if marks.iter().any(|m| m.kind == mark.kind && m.key == key) {
            problems.push(Problem::new(&format!("marks[{index}].key"), "mark_twice"));
            continue;
        }
        let reason = statement::required(&format!("marks[{index}].reason"), &mark.reason, MARK_LENGTH, problems);
        marks.push(Mark { kind: mark.kind, key: key.into(), reason });
    }
    marks
}

/// Whether the programme has the thing that a mark is on.
fn has(programme: &Programme, kind: MarkKind, key: &str) -> bool {
    match kind {
        MarkKind::Field => programme.field(key).is_some(),
        MarkKind::Document => programme.document(key).is_some(),
        MarkKind::Members => programme.applicants.consortium,
    }
}

/// The last day that the programme proposes, brought before the bureaus' own date.
///
/// # Errors
/// `beyond_calendar` when the holidays of that year are not loaded.
pub fn default_due_on(tx: &Tx<'_>, dossier: &Dossier, station: CorrectionStation) -> Result<NaiveDate, Problem> {
    let days = dossier.programme().correction.working_days.max(1);
    let today = calendar::local_date(tx.now);
    let proposed = tx.env.reference.calendar.add_working_days(today, days, false).map_err(|beyond| {
        let mut problem = Problem::new("due_on", beyond.code());
        problem.args.extend(beyond.args().into_iter().map(|(name, value)| (name.to_string(), value)));
        problem
    })?;
    Ok(match station {
        CorrectionStation::City => proposed.min(last_city_day(dossier.call.recommend_by)),
        CorrectionStation::Screening => proposed,
    })
}

/// The last day that ends before the bureaus' own date.
fn last_city_day(recommend_by: NaiveDateTime) -> NaiveDate {
    let day = calendar::local_date(recommend_by);
    if calendar::end_of_day_utc(day) <= recommend_by { day } else { day.pred_opt().unwrap_or(day) }
}

/// The instant at which a correction that may be answered until `day` is over.
///
/// # Errors
/// `due_too_early` (it must be tomorrow or later), `due_after_recommendation` (a bureau needs the file back before its
/// own date), `due_no_time` (there is no full day left before it), `due_too_far`.
pub fn due_at(
    tx: &Tx<'_>,
    dossier: &Dossier,
    station: CorrectionStation,
    day: NaiveDate,
) -> Result<NaiveDateTime, Problem> {
    let today = calendar::local_date(tx.now);
    let limit = |code: &str, limit: NaiveDate| {
        Err(statement::problem("due_on", code, [("limit", calendar::local_date_text(limit))]))
    };
    if station == CorrectionStation::City && last_city_day(dossier.call.recommend_by) <= today {
        let until = calendar::local_deadline_text(dossier.call.recommend_by);
        return Err(statement::problem("due_on", "due_no_time", [("limit", until)]));
    }
    if day <= today {
        return limit("due_too_early", today.succ_opt().unwrap_or(today));
    }
    if station == CorrectionStation::City && calendar::end_of_day_utc(day) > dossier.call.recommend_by {
        return limit("due_after_recommendation", last_city_day(dossier.call.recommend_by));
    }
    let farthest = today.checked_add_days(Days::new(LONGEST_DAYS)).unwrap_or(NaiveDate::MAX);
    if day > farthest {
        return limit("due_too_far", farthest);
    }
    Ok(calendar::end_of_day_utc(day))
}

fn tell(tx: &mut Tx<'_>, dossier: &Dossier, role: Role, correction: &Correction) -> Result<(), Error> {
    let (words, programme) = (tx.env.words, dossier.programme());
    let lines = |language: Language| {
        let (tag, colon) = (language.as_text(), language.punctuation().colon);
        let members = words.say(tag, "mark-members");
        let line = |(index, mark): (usize, &Mark)| {
            format!("{}. {}{colon}{}", index + 1, name_of_mark(programme, mark, tag, &members), mark.reason)
        };
        let mut lines = correction.marks.0.iter().enumerate().map(line).collect::<Vec<_>>().join("\n");
        if !correction.note.is_empty() {
            lines += "\n\n";
            lines += &words.say_with(tag, "correction-note-said", [("note", correction.note.as_str())]);
        }
        lines
    };
    let application = &dossier.application;
    let named = [
        ("organisation", dossier.organisation.name.clone()),
        ("number", application.number.clone().unwrap_or_default()),
        ("call", dossier.call.title.clone()),
        ("basis", basis(&dossier.call)),
        ("due", calendar::local_date_text(last_day(correction.due_at))),
    ];
    let station = station_names(tx, dossier, role);
    let path = format!("/applications/{}", application.id);
    tx.post_to_organisation_in_each(application.organisation_id, "correction-requested", &path, |language| {
        let station = station.in_language(language.as_text()).to_string();
        named.iter().cloned().chain([("station", station), ("marks", lines(language))]).collect()
    })
}

/// The last day on which a correction may be answered.
pub fn last_day(due_at: NaiveDateTime) -> NaiveDate {
    let day = calendar::local_date(due_at);
    if calendar::start_of_day_utc(day) == due_at { day.pred_opt().unwrap_or(day) } else { day }
}
