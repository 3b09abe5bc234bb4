//! A session as those who organise it see it.

use super::{ONLOOKERS, rules, upstream};
use crate::actions::Tx;
use crate::db;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::actor::Actor;
use crate::domain::calendar::local_date;
use crate::domain::ids::{ApplicationId, CallId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::programme::ReviewRules;
use crate::domain::status::{AssignmentStatus, SheetStatus};
use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};

/// One expert of a session's page.
#[derive(Debug, Clone)]
pub struct PanelMember {
    /// The expert.
    pub expert: Expert,
    /// Applications that the expert is charged with now.
    pub load: usize,
    /// Sheets submitted.
    pub submitted: usize,
    /// Whether the expert takes part.
    pub chosen: bool,
}

/// One assignment of a session's page: standing only, never a score.
#[derive(Debug, Clone)]
pub struct AssignmentLine {
    /// The assignment.
    pub assignment: Assignment,
    /// The expert's name.
    pub expert_name: String,
    /// Whether the sheet was submitted.
    pub submitted: bool,
}

/// One application of a session's page.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// The application.
    pub id: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
    /// Where it stands.
    pub state: State,
    /// Who scores it.
    pub lines: Vec<AssignmentLine>,
    /// Experts charged with it now.
    pub live: usize,
    /// Sheets submitted that count.
    pub submitted: usize,
}

/// A session's page.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The call.
    pub call: Call,
    /// Its session, if it was prepared.
    pub session: Option<ReviewSession>,
    /// The review rules.
    pub rules: ReviewRules,
    /// The experts: the active ones, and those of the panel.
    pub panel: Vec<PanelMember>,
    /// The applications under review, and those that have assignments.
    pub files: Vec<FileLine>,
    /// Applications that may still come to the review.
    pub upstream: i64,
}

/// Shows a session to those who organise it or look on: who scores what and how far they are, never a score.
pub fn overview(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Overview, Error> {
    actor.must_hold(ONLOOKERS)?;
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    let session = db::reviews::session_of_call(tx.db, id)?;
    let (assignments, progress) = match &session {
        Some(session) => (db::reviews::assignments_of(tx.db, session.id)?, db::reviews::progress(tx.db, session.id)?),
        None => Default::default(),
    };
    let chosen: BTreeSet<ExpertId> = session.iter().flat_map(|session| session.panel.0.iter().copied()).collect();
    let mut experts: BTreeMap<ExpertId, Expert> =
        db::experts::serving(tx.db, local_date(tx.now))?.into_iter().map(|expert| (expert.id, expert)).collect();
    let mut missing: BTreeSet<ExpertId> = assignments.iter().map(|a| a.expert_id).collect();
    missing.extend(&chosen);
    missing.retain(|id| !experts.contains_key(id));
    let missing: Vec<ExpertId> = missing.into_iter().collect();
    experts.extend(db::experts::of_ids(tx.db, &missing)?.into_iter().map(|expert| (expert.id, expert)));
    let submitted =
        |a: &Assignment| a.status == AssignmentStatus::Accepted && progress.get(&a.id) == Some(&SheetStatus::Submitted);
    let panel = experts
        .values()
        .map(|expert| {
            let own = || assignments.iter().filter(|a| a.expert_id == expert.id);
            PanelMember {
                load: own().filter(|a| a.is_live()).count(),
                submitted: own().filter(|a| submitted(a)).count(),
                chosen: session.is_none() || chosen.contains(&expert.id),
                expert: expert.clone(),
            }
        })
        .collect();
    let mut lines_of: BTreeMap<ApplicationId, Vec<AssignmentLine>> = BTreeMap::new();
    for assignment in assignments {
        let expert_name = experts.get(&assignment.expert_id).map(|e| e.name.clone()).unwrap_or_default();
        let line = AssignmentLine { submitted: submitted(&assignment), expert_name, assignment };
        lines_of.entry(line.assignment.application_id).or_default().push(line);
    }
    let files = db::reviews::files(tx.db, id, State::ALL)?
        .into_iter()
        .filter(|file| file.application.state == State::InReview || lines_of.contains_key(&file.application.id))
        .map(|file| {
            let lines = lines_of.get(&file.application.id).cloned().unwrap_or_default();
            FileLine {
                id: file.application.id,
                number: file.application.number.unwrap_or_default(),
                organisation: file.organisation.name,
                state: file.application.state,
                live: lines.iter().filter(|line| line.assignment.is_live()).count(),
                submitted: lines.iter().filter(|line| line.submitted).count(),
                lines,
            }
        })
        .collect();
    let upstream = upstream(tx, &call)?;
    Ok(Overview { call, session, rules, panel, files, upstream })
}
