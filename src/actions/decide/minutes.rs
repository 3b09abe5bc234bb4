//! The minutes of a call's review and decision, as a department keeps them.

use super::{Board, READERS, board};
use crate::actions::Tx;
use crate::db;
use crate::db::draws::Draw;
use crate::db::reviews::{CountedSheet, ReviewSession};
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, CallId, ExpertId};
use crate::domain::procedure::{State, Station};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, DecisionStatus, Outcome};
use crate::error::Error;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An expert of the panel.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesExpert {
    /// Who.
    pub expert: ExpertId,
    /// Name.
    pub name: String,
    /// Employer.
    pub employer: String,
    /// Title.
    pub title: String,
    /// Sheets that were counted.
    pub sheets: usize,
}

/// An expert who did not score a file that lay with them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesRecusal {
    /// Name of the expert.
    pub expert: String,
    /// The application's organisation.
    pub organisation: String,
    /// The application's number.
    pub number: String,
    /// `recused` by declaration, or `released` by rule or by the organisers.
    pub status: AssignmentStatus,
    /// Why.
    pub reason: String,
}

/// How the panel was drawn.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesDraw {
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// SHA-256 of the record, to be compared with the record file.
    pub record_digest: String,
}

/// An application of the ranking.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesLine {
    /// Which.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
    /// Its place; none for a programme without review.
    pub place: Option<i32>,
    /// Its score, hundredths of a point.
    pub score: Option<i32>,
    /// How many sheets.
    pub sheets: usize,
    /// Where it stands.
    pub state: State,
    /// Selected or not.
    pub outcome: Option<Outcome>,
    /// Why.
    pub reason: String,
}

/// A decision sheet: proposed, approved, returned or undone.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesDecision {
    /// Where it stands.
    pub status: DecisionStatus,
    /// What it rests on.
    pub grounds: String,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who approved or returned it.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was returned.
    pub return_reason: Option<String>,
    /// When it was undone, if it was.
    pub undone_at: Option<DateTime<Utc>>,
    /// Why it was undone.
    pub undo_reason: Option<String>,
}

/// The minutes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Minutes {
    /// The call.
    pub call: CallId,
    /// Its title.
    pub title: String,
    /// Its year.
    pub year: i32,
    /// Name of its programme.
    pub programme: String,
    /// The policy: title.
    pub basis_title: String,
    /// The policy: number.
    pub basis_number: String,
    /// The policy: day of issue.
    pub basis_issued_on: NaiveDate,
    /// When the review was opened.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// The draw; none where the organisers named the panel.
    pub draw: Option<MinutesDraw>,
    /// The least score, hundredths of a point.
    pub pass_mark: Option<i64>,
    /// The most that are selected.
    pub places: Option<u32>,
    /// The panel.
    pub panel: Vec<MinutesExpert>,
    /// Recusals.
    pub recusals: Vec<MinutesRecusal>,
    /// The ranking with what was decided.
    pub lines: Vec<MinutesLine>,
    /// The decision sheets, newest first.
    pub decisions: Vec<MinutesDecision>,
}

impl Minutes {
    /// The sheet that was approved last.
    pub fn approved(&self) -> Option<&MinutesDecision> {
        self.decisions.iter().find(|decision| decision.status == DecisionStatus::Approved)
    }

    /// How many are selected.
    pub fn selected(&self) -> usize {
        self.lines.iter().filter(|line| line.outcome == Some(Outcome::Selected)).count()
    }
}

/// Writes the minutes of a call.
///
/// # Errors
/// The review is not closed.
pub fn minutes(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Minutes, Error> {
    actor.must_hold(READERS)?;
    let board = board(tx, actor, id)?;
    if !board.reviewed {
        return Err(Refusal::conflict("decision_before_review").into());
    }
    let session = match board.call.programme.0.uses(Station::Review) {
        true => db::reviews::session_of_call(tx.db, id)?,
        false => None,
    };
    let (panel, recusals, draw, closed_by) = match &session {
        None => Default::default(),
        Some(session) => (
            panel(tx, &board, session)?,
            recusals(tx, session)?,
            drawn(tx, id, session)?,
            session.closed_by.map(|by| db::accounts::find(tx.db, by)).transpose()?.map(|account| account.name),
        ),
    };
    let (call, rules) = (&board.call, &board.call.programme.0.decision);
    Ok(Minutes {
        call: id,
        title: call.title.clone(),
        year: call.year,
        programme: call.programme.0.names.in_language(&actor.language).to_string(),
        basis_title: call.basis_title.clone(),
        basis_number: call.basis_number.clone(),
        basis_issued_on: call.basis_issued_on,
        opened_at: session.as_ref().and_then(|session| session.opened_at).map(|at| at.and_utc()),
        closed_at: session.as_ref().and_then(|session| session.closed_at).map(|at| at.and_utc()),
        closed_by,
        draw,
        pass_mark: rules.pass_mark.map(|mark| mark.hundredths()),
        places: rules.places,
        panel,
        recusals,
        lines: lines(&board),
        decisions: decisions(&board),
    })
}

fn panel(tx: &mut Tx<'_>, board: &Board, session: &ReviewSession) -> Result<Vec<MinutesExpert>, Error> {
    let mut counted: BTreeMap<ExpertId, usize> = BTreeMap::new();
    for sheet in board.lines.iter().flat_map(|line| &line.sheets) {
        *counted.entry(sheet.expert).or_default() += 1;
    }
    // Who is in the panel without a sheet stayed a reserve.
    let ids: Vec<ExpertId> = session.panel.0.iter().chain(counted.keys()).copied().collect();
    let experts = db::experts::of_ids(tx.db, &ids)?.into_iter();
    Ok(experts
        .map(|expert| MinutesExpert {
            expert: expert.id,
            sheets: counted.get(&expert.id).copied().unwrap_or_default(),
            name: expert.name,
            employer: expert.employer,
            title: expert.title,
        })
        .collect())
}

fn recusals(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<Vec<MinutesRecusal>, Error> {
    let ended: Vec<_> = db::reviews::assignments_of(tx.db, session.id)?
        .into_iter()
        .filter(|assignment| matches!(assignment.status, AssignmentStatus::Recused | AssignmentStatus::Released))
        .collect();
    let files: Vec<ApplicationId> = ended.iter().map(|assignment| assignment.application_id).collect();
    let files = db::reviews::names_of_applications(tx.db, &files)?;
    let experts: Vec<ExpertId> = ended.iter().map(|assignment| assignment.expert_id).collect();
    let experts = db::experts::of_ids(tx.db, &experts)?.into_iter();
    let names: BTreeMap<ExpertId, String> = experts.map(|expert| (expert.id, expert.name)).collect();
    let line = |assignment: db::reviews::Assignment| {
        let (organisation, number) = files.get(&assignment.application_id).cloned().unwrap_or_default();
        MinutesRecusal {
            expert: names.get(&assignment.expert_id).cloned().unwrap_or_default(),
            organisation,
            number: number.unwrap_or_default(),
            status: assignment.status,
            reason: assignment.reason.unwrap_or_default(),
        }
    };
    Ok(ended.into_iter().map(line).collect())
}

fn drawn(tx: &mut Tx<'_>, call: CallId, session: &ReviewSession) -> Result<Option<MinutesDraw>, Error> {
    let is_used = |draw: &Draw| Some(draw.id) == session.draw_id;
    let draw = db::draws::of_call(tx.db, call)?.into_iter().find(is_used);
    Ok(draw.and_then(|draw| {
        Some(MinutesDraw { at: draw.ended_at.map(|at| at.and_utc()), record_digest: draw.record_digest? })
    }))
}

fn lines(board: &Board) -> Vec<MinutesLine> {
    let said = |line: &super::BoardLine| line.entry.clone().filter(|_| board.in_force(line));
    let line = |line: &super::BoardLine| MinutesLine {
        application: line.id,
        number: line.number.clone(),
        organisation: line.organisation.clone(),
        place: line.ranking.as_ref().map(|ranking| ranking.place),
        score: line.ranking.as_ref().map(|ranking| ranking.score),
        sheets: line.sheets.iter().filter(|sheet: &&CountedSheet| sheet.sheet.total.is_some()).count(),
        state: line.state,
        outcome: said(line).map(|entry| entry.outcome),
        reason: said(line).map(|entry| entry.reason).unwrap_or_default(),
    };
    board.lines.iter().map(line).collect()
}

fn decisions(board: &Board) -> Vec<MinutesDecision> {
    let decisions = board.decisions.iter();
    decisions
        .map(|(decision, proposer, decider)| MinutesDecision {
            status: decision.status,
            grounds: decision.grounds.clone(),
            proposed_by: proposer.clone(),
            proposed_at: decision.proposed_at.and_utc(),
            decided_by: (!decider.is_empty()).then(|| decider.clone()),
            decided_at: decision.decided_at.map(|at| at.and_utc()),
            return_reason: decision.return_reason.clone(),
            undone_at: decision.undone_at.map(|at| at.and_utc()),
            undo_reason: decision.undo_reason.clone().filter(|_| decision.status == DecisionStatus::Undone),
        })
        .collect()
}
