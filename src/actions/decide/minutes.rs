//! The minutes of a call's review and decision, as a department keeps them.

mod stages;

use super::{Board, READERS, board};
use crate::actions::Tx;
use crate::actions::draw::panel::of_call;
use crate::actions::review::close::people_then;
use crate::db;
use crate::db::draws::Draw;
use crate::db::reviews::{CountedSheet, ReviewSession};
use crate::domain::actor::Actor;
use crate::domain::ids::{AccountId, ApplicationId, AssignmentId, CallId, ExpertId};
use crate::domain::procedure::{State, Station};
use crate::domain::programme::{CapBy, ExtraKind};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, DecisionStatus, Outcome, PanelOrigin, SheetStatus};
use crate::error::Error;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
pub use stages::{MinutesSaid, MinutesStage, followed, second_panel};
use std::collections::{BTreeMap, BTreeSet};
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
    /// How they came into the panel.
    pub origin: PanelOrigin,
    /// Why they were named while the review was open, where a reason was given.
    pub named_because: Option<String>,
    /// Applications that they were ever charged with.
    pub assigned: usize,
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
    /// Whether a sheet had been submitted, which counts no more.
    pub voided: bool,
    /// Why.
    pub reason: String,
}

/// A site visit or defence.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesExtra {
    /// What it was.
    pub kind: ExtraKind,
    /// Its share of the score, in percent.
    pub weight: u32,
    /// Sheets that each application needed.
    pub min_sheets: u32,
    /// Sheets that were counted.
    pub sheets: usize,
}

/// The most that are selected of one city or cluster.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesCap {
    /// City or cluster.
    pub by: CapBy,
    /// How many of each.
    pub most: u32,
}

/// How the panel was drawn.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesDraw {
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// SHA-256 of the record, to be compared with the record file.
    pub record_digest: String,
}

/// A draw that was annulled by two people.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesAnnulledDraw {
    /// Its number among the attempts of the call, from 1.
    pub attempt: i32,
    /// Name of the one who proposed it.
    pub proposed_by: String,
    /// Name of the one who agreed.
    pub accepted_by: String,
    /// When it was annulled.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
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
    /// Who proposed to undo it, if it was undone.
    pub undo_proposed_by: Option<String>,
    /// When.
    pub undo_proposed_at: Option<DateTime<Utc>>,
    /// Who approved that.
    pub undone_by: Option<String>,
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
    /// The reason for ending the scoring while sheets were missing, if one was given.
    pub scoring_ended_because: Option<String>,
    /// The reason for closing the review while something was missing, if one was given.
    pub closed_because: Option<String>,
    /// The draw; none where the organisers named the panel.
    pub draw: Option<MinutesDraw>,
    /// The draws that were annulled, in their order.
    pub annulled_draws: Vec<MinutesAnnulledDraw>,
    /// The least score, hundredths of a point.
    pub pass_mark: Option<i64>,
    /// The most that are selected.
    pub places: Option<u32>,
    /// The most of one city or cluster; none where there is no such cap.
    pub cap: Option<MinutesCap>,
    /// The site visit or defence; none where there is none.
    pub extra: Option<MinutesExtra>,
    /// The panel, with the reserves of its draw.
    pub panel: Vec<MinutesExpert>,
    /// Whether the experts are told of as they are today: the review was closed before it was kept how they were then.
    pub panel_is_of_today: bool,
    /// Recusals.
    pub recusals: Vec<MinutesRecusal>,
    /// What followed the scoring, by application.
    pub stages: Vec<MinutesStage>,
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
    let (panel, recusals, stages, draw, closed_by) = match &session {
        None => Default::default(),
        Some(session) => (
            panel(tx, &board, session)?,
            recusals(tx, session)?,
            stages::of_call(tx, actor, id)?,
            drawn(tx, id, session)?,
            session.closed_by.map(|by| db::accounts::find(tx.db, by)).transpose()?.map(|account| account.name),
        ),
    };
    let panel_is_of_today = match &session {
        Some(session) => session.closed_at.is_some() && db::reviews::people_at_closing(tx.db, session.id)?.is_empty(),
        None => false,
    };
    let (scoring_ended_because, closed_because) = match &session {
        Some(session) => ended_because(tx, session)?,
        None => (None, None),
    };
    let (call, rules) = (&board.call, &board.call.programme.0.decision);
    let extra = call.programme.0.review.as_ref().and_then(|review| review.extra.as_ref()).filter(|_| session.is_some());
    let extra = extra.map(|extra| MinutesExtra {
        kind: extra.kind,
        weight: extra.weight,
        min_sheets: extra.min_sheets,
        sheets: stages.iter().map(|stage| stage.extra_sheets).sum(),
    });
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
        scoring_ended_because,
        closed_because,
        draw,
        annulled_draws: annulled_draws(tx, id)?,
        pass_mark: rules.pass_mark.map(|mark| mark.hundredths()),
        places: rules.places,
        cap: rules.cap.map(|cap| MinutesCap { by: cap.by, most: cap.most }),
        extra,
        panel,
        panel_is_of_today,
        recusals,
        stages,
        lines: lines(&board),
        decisions: decisions(tx, &board)?,
    })
}

fn panel(tx: &mut Tx<'_>, board: &Board, session: &ReviewSession) -> Result<Vec<MinutesExpert>, Error> {
    let mut counted: BTreeMap<ExpertId, usize> = BTreeMap::new();
    for sheet in board.lines.iter().flat_map(|line| &line.sheets) {
        *counted.entry(sheet.expert).or_default() += 1;
    }
    let mut assigned: BTreeMap<ExpertId, usize> = BTreeMap::new();
    for assignment in db::reviews::assignments_of(tx.db, session.id)? {
        *assigned.entry(assignment.expert_id).or_default() += 1;
    }
    let mut because = named_because(tx, session)?;
    let drawn = of_call(tx, session.call_id)?.filter(|drawn| Some(drawn.draw) == session.draw_id);
    let joined = |id: &ExpertId| session.panel.0.contains(id) || counted.contains_key(id);
    let origin = |id: &ExpertId| match &drawn {
        None => PanelOrigin::Named,
        Some(drawn) if drawn.panel.contains(id) => PanelOrigin::Drawn,
        Some(drawn) if drawn.reserves.contains(id) && joined(id) => PanelOrigin::Called,
        Some(drawn) if drawn.reserves.contains(id) => PanelOrigin::Reserve,
        Some(_) => PanelOrigin::Undrawn,
    };
    let reserves = drawn.iter().flat_map(|drawn| &drawn.reserves);
    let ids: Vec<ExpertId> = session.panel.0.iter().chain(counted.keys()).chain(reserves).copied().collect();
    let people = people_then(tx, session.id, &ids)?;
    Ok(people
        .into_iter()
        .map(|person| MinutesExpert {
            expert: person.expert,
            origin: origin(&person.expert),
            named_because: because.remove(&person.expert),
            assigned: assigned.get(&person.expert).copied().unwrap_or_default(),
            sheets: counted.get(&person.expert).copied().unwrap_or_default(),
            name: person.name,
            employer: person.employer,
            title: person.title,
        })
        .collect())
}

/// Why experts were named while the review was open, from the record.
fn named_because(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<BTreeMap<ExpertId, String>, Error> {
    let mut because = BTreeMap::new();
    for event in db::events::of_subject(tx.db, "review", session.id.as_text())? {
        if event.action != "review.panel_extended" {
            continue;
        }
        let experts = event.detail.0.get("experts").and_then(|all| all.as_array()).into_iter().flatten();
        for id in experts.filter_map(|id| ExpertId::from_text(id.as_str()?)) {
            because.extend(event.reason.clone().map(|reason| (id, reason)));
        }
    }
    Ok(because)
}

/// Why the scoring was ended, and why the review was closed, with something missing: from the record, as far as it stands.
fn ended_because(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<(Option<String>, Option<String>), Error> {
    let events = db::events::of_subject(tx.db, "review", session.id.as_text())?;
    let last =
        |action: &str| events.iter().rfind(|event| event.action == action).and_then(|event| event.reason.clone());
    let scoring = session.scoring_ended_at.and_then(|_| last("review.scoring_ended"));
    let closing = session.closed_at.and_then(|_| last("review.closed"));
    Ok((scoring, closing))
}

fn recusals(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<Vec<MinutesRecusal>, Error> {
    let ended: Vec<_> = db::reviews::assignments_of(tx.db, session.id)?
        .into_iter()
        .filter(|assignment| matches!(assignment.status, AssignmentStatus::Recused | AssignmentStatus::Released))
        .collect();
    let mut voided: BTreeSet<AssignmentId> = BTreeSet::new();
    for assignment in &ended {
        let sheet = db::reviews::sheet(tx.db, assignment.id)?;
        let is_voided = sheet.is_some_and(|one| one.status == SheetStatus::Void && one.submitted_at.is_some());
        voided.extend(is_voided.then_some(assignment.id));
    }
    let files: Vec<ApplicationId> = ended.iter().map(|assignment| assignment.application_id).collect();
    let files = db::reviews::names_of_applications(tx.db, &files)?;
    let experts: Vec<ExpertId> = ended.iter().map(|assignment| assignment.expert_id).collect();
    let people = people_then(tx, session.id, &experts)?.into_iter();
    let names: BTreeMap<ExpertId, String> = people.map(|person| (person.expert, person.name)).collect();
    let line = |assignment: db::reviews::Assignment| {
        let (organisation, number) = files.get(&assignment.application_id).cloned().unwrap_or_default();
        MinutesRecusal {
            expert: names.get(&assignment.expert_id).cloned().unwrap_or_default(),
            organisation,
            number: number.unwrap_or_default(),
            status: assignment.status,
            voided: voided.contains(&assignment.id),
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

/// Who annulled which draws of the call, when and why.
fn annulled_draws(tx: &mut Tx<'_>, call: CallId) -> Result<Vec<MinutesAnnulledDraw>, Error> {
    let mut found = Vec::new();
    for draw in db::draws::of_call(tx.db, call)? {
        let Some(at) = draw.annulled_at else { continue };
        let mut name = |account: Option<AccountId>| -> Result<String, Error> {
            let Some(account) = account else { return Ok(String::new()) };
            Ok(db::accounts::find(tx.db, account)?.name)
        };
        found.push(MinutesAnnulledDraw {
            attempt: draw.attempt,
            proposed_by: name(draw.annulment_proposed_by)?,
            accepted_by: name(draw.annulled_by)?,
            at: at.and_utc(),
            reason: draw.annulment_reason.unwrap_or_default(),
        });
    }
    Ok(found)
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

fn decisions(tx: &mut Tx<'_>, board: &Board) -> Result<Vec<MinutesDecision>, Error> {
    let mut found = Vec::new();
    for (decision, proposer, decider) in &board.decisions {
        // A proposal that waits has undone nothing yet.
        let undone = decision.status == DecisionStatus::Undone;
        let mut name = |account: Option<AccountId>| -> Result<Option<String>, Error> {
            let account = account.filter(|_| undone);
            Ok(account.map(|account| db::accounts::find(tx.db, account)).transpose()?.map(|account| account.name))
        };
        found.push(MinutesDecision {
            status: decision.status,
            grounds: decision.grounds.clone(),
            proposed_by: proposer.clone(),
            proposed_at: decision.proposed_at.and_utc(),
            decided_by: (!decider.is_empty()).then(|| decider.clone()),
            decided_at: decision.decided_at.map(|at| at.and_utc()),
            return_reason: decision.return_reason.clone(),
            undone_at: decision.undone_at.map(|at| at.and_utc()),
            undo_reason: decision.undo_reason.clone().filter(|_| undone),
            undo_proposed_by: name(decision.undo_proposed_by)?,
            undo_proposed_at: decision.undo_proposed_at.filter(|_| undone).map(|at| at.and_utc()),
            undone_by: name(decision.undone_by)?,
        });
    }
    Ok(found)
}
