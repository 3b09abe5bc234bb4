//! What follows the scoring as the organisers see it: how far everybody is, and no figure before the closing.

use super::second_panel::who_would_come;
use super::{Left, counted_by_file, left, totals};
use crate::actions::Tx;
use crate::actions::decide;
use crate::actions::review::close::people_then;
use crate::actions::review::{ONLOOKERS, rules, standing};
use crate::db;
use crate::db::calls::Call;
use crate::db::discussions::Discussion;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::actor::Actor;
use crate::domain::deviation::spread;
use crate::domain::ids::{ApplicationId, CallId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::programme::ReviewRules;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentSource, AssignmentStatus, SessionStatus};
use crate::domain::steps::{ReviewAction, ReviewContent};
use crate::error::Error;
use std::collections::BTreeMap;

/// One expert's words, with a name: for those who decide, after the closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The expert's name.
    pub expert: String,
    /// In a discussion: the total before and after it, hundredths of a point, and the remark; none if nothing was said.
    pub position: Option<(i32, Option<i32>, Option<String>)>,
    /// The explanation asked for, and whether the total lay above the others; none if none was asked for.
    pub explanation: Option<(bool, Option<String>)>,
}

/// One file with something that follows the scoring.
#[derive(Debug, Clone)]
pub struct StageFile {
    /// The application.
    pub id: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
    /// Where it stands.
    pub state: State,
    /// Its discussion, if there is or was one.
    pub discussion: Option<Discussion>,
    /// Experts who have stated a position, of those who are asked.
    pub stated: (usize, usize),
    /// Explanations written, of those asked for.
    pub explained: (usize, usize),
    /// Experts of a second panel.
    pub second: usize,
    /// Whether the totals still lie too far apart after the discussion has ended.
    pub still_over: bool,
    /// Who would come with a second panel, if one can be called; for those who organise the review.
    pub next: Vec<String>,
    /// What is left to do.
    pub left: Left,
    /// What was said; empty before the closing, and for those who do not decide.
    pub said: Vec<Said>,
}

/// The page of what follows the scoring.
#[derive(Debug, Clone)]
pub struct StageBoard {
    /// The call.
    pub call: Call,
    /// Its session.
    pub session: ReviewSession,
    /// The review rules.
    pub rules: ReviewRules,
    /// Every file of the session that was scored, in the order of numbers.
    pub files: Vec<StageFile>,
    /// What the one who looks may do now.
    pub actions: Vec<ReviewAction>,
}

impl StageFile {
    /// Whether a second panel can be called for it.
    pub fn wants_second(&self) -> bool {
        self.state == State::InReview && self.still_over && self.second == 0
    }
}

/// Shows what follows the scoring to those who organise it or look on.
///
/// # Errors
/// The review is not prepared.
pub fn stage_board(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<StageBoard, Error> {
    actor.must_hold(ONLOOKERS)?;
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    let session = db::reviews::session_of_call(tx.db, id)?.ok_or_else(|| Refusal::conflict("review_not_prepared"))?;
    let mut files = if session.scoring_ended_at.is_some() { files(tx, actor, &rules, &session)? } else { Vec::new() };
    let content = ReviewContent {
        file_to_discuss: files.iter().any(|file| file.state == State::InReview && file.discussion.is_none()),
        discussions_running: files.iter().any(|file| file.left.discussion),
        second_panel_wanted: files.iter().any(StageFile::wants_second),
        ..ReviewContent::default()
    };
    let actions = standing(tx, &call, Some(&session))?.available(actor, &content);
    if actions.contains(&ReviewAction::CallSecondPanel) {
        let mut next = who_would_come(tx, &call, &rules, &session)?;
        files.iter_mut().for_each(|file| file.next = next.remove(&file.id).unwrap_or_default());
    }
    Ok(StageBoard { call, session, rules, files, actions })
}

fn files(
    tx: &mut Tx<'_>,
    actor: &Actor,
    rules: &ReviewRules,
    session: &ReviewSession,
) -> Result<Vec<StageFile>, Error> {
    let mut discussions: BTreeMap<ApplicationId, Discussion> = db::discussions::of_session(tx.db, session.id)?
        .into_iter()
        .map(|discussion| (discussion.application_id, discussion))
        .collect();
    let left = left(tx, session)?;
    let spreads: BTreeMap<ApplicationId, i64> =
        counted_by_file(tx, session)?.into_iter().map(|(file, sheets)| (file, spread(&totals(&sheets)))).collect();
    let positions = db::discussions::positions(tx.db, session.id)?;
    let explanations = db::explanations::of_session(tx.db, session.id)?;
    let assignments = db::reviews::assignments_of(tx.db, session.id)?;
    let reveals = session.status == SessionStatus::Closed && actor.holds_any(decide::READERS);
    let mut said = if reveals { said(tx, session)? } else { BTreeMap::new() };
    let counts = |assignment: &Assignment| assignment.status == AssignmentStatus::Accepted;
    let mut lines = Vec::new();
    for file in db::reviews::session_files(tx.db, session.call_id)? {
        let discussion = discussions.remove(&file.id);
        let of_file = || positions.iter().filter(|(p, a)| p.application_id == file.id && counts(a));
        let asked = || explanations.iter().filter(|(_, a)| a.application_id == file.id && counts(a));
        let second = assignments.iter().filter(|assignment| {
            assignment.application_id == file.id
                && assignment.source == AssignmentSource::SecondPanel
                && assignment.is_live()
        });
        let over = spreads.get(&file.id).is_some_and(|spread| *spread > rules.max_spread.hundredths());
        let ended = discussion.as_ref().is_some_and(|discussion| discussion.closed_at.is_some());
        lines.push(StageFile {
            stated: (of_file().filter(|(position, _)| position.stated_at.is_some()).count(), of_file().count()),
            explained: (asked().filter(|(explanation, _)| explanation.explained_at.is_some()).count(), asked().count()),
            second: second.count(),
            still_over: ended && over,
            next: Vec::new(),
            left: left.get(&file.id).copied().unwrap_or_default(),
            said: said.remove(&file.id).unwrap_or_default(),
            id: file.id,
            number: file.number.unwrap_or_default(),
            organisation: file.organisation,
            state: file.state,
            discussion,
        });
    }
    Ok(lines)
}

fn said(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<BTreeMap<ApplicationId, Vec<Said>>, Error> {
    let mut of_expert: BTreeMap<(ApplicationId, ExpertId), Said> = BTreeMap::new();
    let nothing = || Said { expert: String::new(), position: None, explanation: None };
    for (position, assignment) in db::discussions::positions(tx.db, session.id)? {
        let line = of_expert.entry((assignment.application_id, assignment.expert_id)).or_insert_with(nothing);
        line.position = Some((position.before_total, position.after_total, position.remark));
    }
    for (explanation, assignment) in db::explanations::of_session(tx.db, session.id)? {
        let line = of_expert.entry((assignment.application_id, assignment.expert_id)).or_insert_with(nothing);
        line.explanation = Some((explanation.above, explanation.text));
    }
    let ids: Vec<ExpertId> = of_expert.keys().map(|(_, expert)| *expert).collect();
    let people = people_then(tx, session.id, &ids)?.into_iter();
    let names: BTreeMap<ExpertId, String> = people.map(|person| (person.expert, person.name)).collect();
    let mut said: BTreeMap<ApplicationId, Vec<Said>> = BTreeMap::new();
    for ((file, expert), line) in of_expert {
        let expert = names.get(&expert).cloned().unwrap_or_default();
        said.entry(file).or_default().push(Said { expert, ..line });
    }
    Ok(said)
}
