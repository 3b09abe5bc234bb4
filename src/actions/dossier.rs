//! Everything an action on an application asks about, loaded in one way; and the one way to move it on.

use super::sealed::open_form;
use super::{Record, Tx};
use crate::db::applications::Application;
use crate::db::calls::Call;
use crate::db::corrections::Correction;
use crate::db::organisations::Organisation;
use crate::db::{self};
use crate::domain::actor::Actor;
use crate::domain::calendar;
use crate::domain::call::{CallStatus, Phase};
use crate::domain::form::RawForm;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::{self, Action, Facts, Permission, Standpoint, State, Station};
use crate::domain::programme::Programme;
use crate::domain::refusal::Refusal;
use crate::domain::scope::Scope;
use crate::domain::status::CorrectionStation;
use crate::error::Error;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// An application with what its procedure asks about.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The application.
    pub application: Application,
    /// Its form, open: what was typed, as it was typed.
    pub form: RawForm,
    /// Its call, with the pinned programme.
    pub call: Call,
    /// Its organisation.
    pub organisation: Organisation,
    /// The stations this file passes.
    pub stations: Vec<Station>,
    /// What the guards ask about, at the instant of loading.
    pub facts: Facts,
    /// What a refusal names beside the call's own dates.
    figures: Figures,
}

/// The figures behind the facts, for the sentence of a refusal.
#[derive(Debug, Clone, Default)]
struct Figures {
    /// The bureau's places, and how many of them are taken.
    places: Option<(u32, i64)>,
    /// When the notice has run its full time.
    notice_ends_at: Option<NaiveDateTime>,
}

impl Dossier {
    /// Loads for reading, within the actor's scope.
    pub fn load(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<Dossier, Error> {
        let application = db::applications::find(tx.db, &Scope::of(actor), id)?;
        Dossier::around(tx, application)
    }

    /// Loads for a change: held until the transaction ends.
    pub fn load_to_change(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<Dossier, Error> {
        let application = db::applications::find_to_change(tx.db, &Scope::of(actor), id)?;
        Dossier::around(tx, application)
    }

    fn around(tx: &mut Tx<'_>, application: Application) -> Result<Dossier, Error> {
        let form = open_form(tx.env, application.id, &application.form)?;
        let call = db::calls::find(tx.db, application.call_id)?;
        let organisation = db::organisations::find(tx.db, application.organisation_id)?;
        let stations = stations_of(&call.programme.0, application.bureau.is_some());
        let (facts, figures) = facts(tx, &application, &call)?;
        Ok(Dossier { application, form, call, organisation, stations, facts, figures })
    }

    /// Notes that the actor acts upon the file as they saw it in this version.
    pub(crate) fn acted_upon(&self, tx: &mut Tx<'_>, actor: &Actor, seen: i32) {
        tx.acts_upon(actor, "application", self.application.id.as_text(), (seen, self.application.version));
    }

    /// The pinned programme.
    pub fn programme(&self) -> &Programme {
        &self.call.programme.0
    }

    /// Where it stands.
    pub fn standpoint(&self) -> Standpoint<'_> {
        standpoint(&self.application, &self.stations, &self.facts)
    }

    /// Whether the actor may take the action now.
    pub fn permit(&self, actor: &Actor, action: Action) -> Result<Permission, Error> {
        procedure::permit(actor, action, &self.standpoint()).map_err(|refusal| self.dated(refusal).into())
    }

    /// The refusal with the dates and figures that its sentence names.
    fn dated(&self, refusal: Refusal) -> Refusal {
        match refusal.code {
            "call_not_open" => call_not_open(&self.call),
            "quota_used_up" => {
                let (limit, taken) = self.figures.places.unwrap_or_default();
                refusal.with("limit", limit).with("taken", taken)
            }
            "notice_still_running" => {
                let ends = self.figures.notice_ends_at.map(calendar::local_deadline_text);
                refusal.with("ends", ends.unwrap_or_default())
            }
            _ => refusal,
        }
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<Action> {
        procedure::available(actor, &self.standpoint())
    }

    /// Moves the application on as permitted and records it. `reason` is what the applicant will read.
    pub fn advance(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        permission: Permission,
        reason: Option<&str>,
        detail: serde_json::Value,
    ) -> Result<(), Error> {
        let from = self.application.state;
        let id = self.application.id;
        if !db::applications::advance(tx.db, id, self.application.version, permission.to, tx.now)? {
            return Err(Error::Stale);
        }
        self.application.state = permission.to;
        self.application.version += 1;
        self.application.updated_at = tx.now;
        tx.record(
            actor,
            Record {
                subject_kind: "application",
                subject_id: id.as_text(),
                action: event_name(permission.transition.action),
                role: permission.role.as_text(),
                from: Some(from.as_text()),
                to: Some(permission.to.as_text()),
                reason,
                detail,
            },
        )
    }
}

/// What the actor may do now with each of these applications, in their order: the same that each [`Dossier`] says, read in
/// a few queries for all of them.
pub fn available_of_each(
    tx: &mut Tx<'_>,
    actor: &Actor,
    applications: &[&Application],
) -> Result<Vec<Vec<Action>>, Error> {
    let ids: Vec<ApplicationId> = applications.iter().map(|application| application.id).collect();
    let mut corrections: BTreeMap<ApplicationId, Vec<Correction>> = BTreeMap::new();
    for correction in db::corrections::of_applications(tx.db, &ids)? {
        corrections.entry(correction.application_id).or_default().push(correction);
    }
    let mut calls: BTreeMap<CallId, Call> = BTreeMap::new();
    let mut counted: BTreeMap<_, Option<(u32, i64)>> = BTreeMap::new();
    let mut available = Vec::new();
    for application in applications {
        let call = match calls.entry(application.call_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(db::calls::find(tx.db, application.call_id)?),
        };
        let places = match counted.entry((application.call_id, application.bureau.clone(), application.state)) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(unknown) => *unknown.insert(places(tx, application, call)?),
        };
        let of_file = corrections.get(&application.id).map(Vec::as_slice).unwrap_or_default();
        let facts = own_facts(tx.now, application, call, of_file, places);
        let stations = stations_of(&call.programme.0, application.bureau.is_some());
        available.push(procedure::available(actor, &standpoint(application, &stations, &facts)));
    }
    Ok(available)
}

fn standpoint<'a>(application: &'a Application, stations: &'a [Station], facts: &'a Facts) -> Standpoint<'a> {
    Standpoint {
        state: application.state,
        stations,
        organisation: application.organisation_id,
        bureau: application.bureau.as_deref(),
        facts,
    }
}

/// The refusal outside the call's window, with its dates.
pub(super) fn call_not_open(call: &Call) -> Refusal {
    Refusal::conflict("call_not_open")
        .with("opens", calendar::local_datetime_text(call.opens_at))
        .with("closes", calendar::local_deadline_text(call.closes_at))
}

/// The stations that a file passes: those of the programme, without the city's for a file that no bureau recommends.
pub fn stations_of(programme: &Programme, has_bureau: bool) -> Vec<Station> {
    programme
        .stations
        .iter()
        .copied()
        .filter(|station| has_bureau || !matches!(station, Station::City | Station::CityDecides))
        .collect()
}

/// The bureau's places and how many of them are taken, for a file that may take one; none without a limit.
fn places(tx: &mut Tx<'_>, application: &Application, call: &Call) -> Result<Option<(u32, i64)>, Error> {
    match (&application.bureau, application.state) {
        (Some(bureau), State::Submitted) => {
            let taken = db::recommendations::count(tx.db, call.id, bureau)?;
            Ok(call.programme.0.quota.for_bureau(bureau).map(|limit| (limit, taken)))
        }
        _ => Ok(None),
    }
}

/// What is asked about by whatever is done with the file itself.
fn own_facts(
    now: NaiveDateTime,
    application: &Application,
    call: &Call,
    corrections: &[Correction],
    places: Option<(u32, i64)>,
) -> Facts {
    let windows = call.windows();
    let used = |station| corrections.iter().any(|c| c.station == station);
    let is_open =
        |c: &Correction| c.answered_at.is_none() && now < c.due_at && correction_state(c.station) == application.state;
    Facts {
        call_open: call.status == CallStatus::Approved && windows.phase(now) == Phase::Open,
        recommendation_open: windows.recommendation_open(now),
        correction_open: corrections.iter().any(is_open),
        city_correction_used: used(CorrectionStation::City),
        screening_correction_used: used(CorrectionStation::Screening),
        quota_left: places.is_none_or(|(limit, taken)| taken < i64::from(limit)),
        ..Facts::default()
    }
}

fn facts(tx: &mut Tx<'_>, application: &Application, call: &Call) -> Result<(Facts, Figures), Error> {
    let corrections = db::corrections::of_application(tx.db, application.id)?;
    let places = places(tx, application, call)?;
    let notice = db::notices::of_application(tx.db, application.id)?;
    let figures = Figures { places, notice_ends_at: notice.as_ref().map(|notice| notice.ends_at) };
    let facts = Facts {
        objection_open: db::objections::any_open(tx.db, application.id)?,
        notice_begun: notice.is_some(),
        notice_over: notice.is_some_and(|notice| notice.ends_at <= tx.now),
        undo_proposed: matches!(application.state, State::Proposed | State::NotSelected)
            && db::decisions::is_undoing_proposed(tx.db, application.id)?,
        ..own_facts(tx.now, application, call, &corrections, places)
    };
    Ok((facts, figures))
}

/// The state of a file that is back with the applicant for this station.
pub fn correction_state(station: CorrectionStation) -> State {
    match station {
        CorrectionStation::City => State::CityCorrection,
        CorrectionStation::Screening => State::ScreeningCorrection,
    }
}

/// The record's name of an action.
fn event_name(action: Action) -> &'static str {
    match action {
        Action::Save => "application.saved",
        Action::Submit => "application.submitted",
        Action::Resubmit => "application.resubmitted",
        Action::Withdraw => "application.withdrawn",
        Action::RequestCorrection => "application.correction_requested",
        Action::ExtendCorrection => "application.correction_extended",
        Action::Recommend => "application.recommended",
        Action::Rerank => "application.reranked",
        Action::UndoRecommend => "application.recommendation_undone",
        Action::NotRecommend => "application.not_recommended",
        Action::FileResult => "application.result_filed",
        Action::Accept => "application.accepted",
        Action::UndoAccept => "application.acceptance_undone",
        Action::DeclareIneligible => "application.declared_ineligible",
        Action::CloseReview => "application.reviewed",
        Action::ApproveSelection => "application.selected",
        Action::ApproveDecline => "application.declined",
        Action::UndoDecision => "application.decision_undone",
        Action::OpenNotice => "application.noticed",
        Action::Hold => "application.held",
        Action::Release => "application.released",
        Action::Remove => "application.removed",
        Action::Publish => "application.recognised",
    }
}
