//! Everything an action on an application asks about, loaded in one way; and the one way to move it on.

use super::{Record, Tx};
use crate::db::applications::Application;
use crate::db::calls::Call;
use crate::db::organisations::Organisation;
use crate::db::{self};
use crate::domain::actor::Actor;
use crate::domain::calendar;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::{self, Action, Facts, Permission, Standpoint, State, Station};
use crate::domain::programme::Programme;
use crate::domain::refusal::Refusal;
use crate::domain::scope::Scope;
use crate::domain::status::CorrectionStation;
use crate::error::Error;
use chrono::NaiveDateTime;

/// An application with what its procedure asks about.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The application.
    pub application: Application,
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
        let call = db::calls::find(tx.db, application.call_id)?;
        let organisation = db::organisations::find(tx.db, application.organisation_id)?;
        let stations = stations_of(&call.programme.0, application.bureau.is_some());
        let (facts, figures) = facts(tx, &application, &call)?;
        Ok(Dossier { application, call, organisation, stations, facts, figures })
    }

    /// The pinned programme.
    pub fn programme(&self) -> &Programme {
        &self.call.programme.0
    }

    /// Where it stands.
    pub fn standpoint(&self) -> Standpoint<'_> {
        Standpoint {
            state: self.application.state,
            stations: &self.stations,
            organisation: self.application.organisation_id,
            bureau: self.application.bureau.as_deref(),
            facts: &self.facts,
        }
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

fn facts(tx: &mut Tx<'_>, application: &Application, call: &Call) -> Result<(Facts, Figures), Error> {
    let windows = call.windows();
    let corrections = db::corrections::of_application(tx.db, application.id)?;
    let used = |station| corrections.iter().any(|c| c.station == station);
    let correction_open = corrections
        .iter()
        .any(|c| c.answered_at.is_none() && tx.now < c.due_at && correction_state(c.station) == application.state);
    let places = match (&application.bureau, application.state) {
        (Some(bureau), State::Submitted) => {
            let taken = db::recommendations::count(tx.db, call.id, bureau)?;
            call.programme.0.quota.for_bureau(bureau).map(|limit| (limit, taken))
        }
        _ => None,
    };
    let notice = db::notices::of_application(tx.db, application.id)?;
    let figures = Figures { places, notice_ends_at: notice.as_ref().map(|notice| notice.ends_at) };
    let facts = Facts {
        call_open: call.status == crate::domain::call::CallStatus::Approved
            && windows.phase(tx.now) == crate::domain::call::Phase::Open,
        recommendation_open: windows.recommendation_open(tx.now),
        correction_open,
        city_correction_used: used(CorrectionStation::City),
        screening_correction_used: used(CorrectionStation::Screening),
        quota_left: places.is_none_or(|(limit, taken)| taken < i64::from(limit)),
        objection_open: db::objections::any_open(tx.db, application.id)?,
        notice_begun: notice.is_some(),
        notice_over: notice.is_some_and(|notice| notice.ends_at <= tx.now),
        undo_proposed: matches!(application.state, State::Proposed | State::NotSelected)
            && db::decisions::is_undoing_proposed(tx.db, application.id)?,
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
        Action::NotRecommend => "application.not_recommended",
        Action::FileResult => "application.result_filed",
        Action::Accept => "application.accepted",
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
