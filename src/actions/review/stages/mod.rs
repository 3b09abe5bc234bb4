//! What follows the scoring: it is ended by an act ([`end_scoring`]); whoever lies far from the panel explains it
//! ([`explain`]); files whose sheets lie too far apart are talked over ([`open_discussion`], [`position`],
//! [`end_discussion`]); where that does not help, a second panel scores too ([`second_panel`]); a site visit or defence has
//! sheets of its own ([`extra`]). What is left of it stands against the closing. The end of the scoring, and of
//! discussions, is taken back while nothing rests on it ([`undo_end`]).
//!
//! **Who sees what.** Before the session is closed nobody sees another's total, position or explanation. The members of a
//! file's panel see, of a discussion: why it was opened, never by how much, so that nobody can work out what the others
//! gave; and what the others say, under a letter that stands for nobody (see [`own`]). Never a name, never an item, never
//! whether another has changed the sheet. Organisers see which files are talked over and how many have said something, no
//! figure and no word of it; after the closing those who decide see everything ([`board`]).

pub mod board;
pub mod end_discussion;
pub mod end_scoring;
pub mod explain;
pub mod extra;
pub mod open_discussion;
pub mod own;
pub mod position;
pub mod second_panel;
pub mod undo_end;

use super::tell;
use crate::actions::Tx;
use crate::db;
use crate::db::calls::Call;
use crate::db::discussions::{Discussion, Position};
use crate::db::reviews::{CountedSheet, ReviewSession};
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, ApplicationId, AssignmentId, ExpertId};
use crate::domain::language::Language;
use crate::domain::names::Names;
use crate::domain::programme::ReviewRules;
use crate::domain::status::{AssignmentStatus, Grounds, Obstacle, SheetStatus};
use crate::error::Error;
use std::collections::BTreeMap;

/// The sheets that count, by file.
fn counted_by_file(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
) -> Result<BTreeMap<ApplicationId, Vec<CountedSheet>>, Error> {
    let mut of_file: BTreeMap<ApplicationId, Vec<CountedSheet>> = BTreeMap::new();
    for sheet in db::reviews::counted_sheets(tx.db, session.id)? {
        of_file.entry(sheet.application).or_default().push(sheet);
    }
    Ok(of_file)
}

fn totals(sheets: &[CountedSheet]) -> Vec<i64> {
    sheets.iter().map(|counted| i64::from(counted.sheet.total.unwrap_or_default())).collect()
}

/// Opens a discussion of a file on these sheets.
fn begin(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    account: AccountId,
    sheets: &[CountedSheet],
    grounds: Grounds,
    reason: Option<String>,
) -> Result<(), Error> {
    let Some(application) = sheets.first().map(|sheet| sheet.application) else { return Ok(()) };
    let discussion = Discussion {
        application_id: application,
        session_id: session.id,
        grounds,
        reason,
        opened_by: account,
        opened_at: tx.now,
        closed_at: None,
    };
    let positions: Vec<Position> = sheets
        .iter()
        .map(|counted| Position {
            assignment_id: counted.sheet.assignment_id,
            application_id: application,
            before_total: counted.sheet.total.unwrap_or_default(),
            after_total: None,
            remark: None,
            stated_at: None,
        })
        .collect();
    db::discussions::create(tx.db, &discussion, &positions)?;
    tx.vouch_for_new("discussions", application.as_text())
}

/// Writes one mail to each of these experts, with what is counted for them in their own language.
fn tell_counts(
    tx: &mut Tx<'_>,
    call: &Call,
    session: &ReviewSession,
    template: &str,
    of_expert: &BTreeMap<ExpertId, Vec<(&'static str, Names)>>,
) -> Result<(), Error> {
    let ids: Vec<ExpertId> = of_expert.keys().copied().collect();
    for expert in db::experts::of_ids(tx.db, &ids)? {
        let args = of_expert.get(&expert.id).map(Vec::as_slice).unwrap_or_default();
        let account = expert.account_id.map(|account| db::accounts::find(tx.db, account)).transpose()?;
        let language = account.map_or_else(|| Language::default().as_text().to_string(), |account| account.language);
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.in_language(&language))).collect();
        tell(tx, &expert, template, call, session, &args)?;
    }
    Ok(())
}

/// What is left to do for one file after the scoring.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// Whether it is being talked over.
    pub discussion: bool,
    /// Explanations that are not written.
    pub explanations: usize,
    /// Submitted sheets of the extra station.
    pub extra: usize,
    /// Sheets still to come of those who came after the scoring had ended.
    pub out: usize,
}

/// What is left to do for each file that something is known of.
pub fn left(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<BTreeMap<ApplicationId, Left>, Error> {
    let mut left: BTreeMap<ApplicationId, Left> = BTreeMap::new();
    if session.scoring_ended_at.is_none() {
        return Ok(left);
    }
    for discussion in db::discussions::of_session(tx.db, session.id)? {
        left.entry(discussion.application_id).or_default().discussion = discussion.closed_at.is_none();
    }
    for (explanation, assignment) in db::explanations::of_session(tx.db, session.id)? {
        let asked = assignment.status == AssignmentStatus::Accepted && explanation.explained_at.is_none();
        left.entry(assignment.application_id).or_default().explanations += usize::from(asked);
    }
    for (application, _) in db::extra_sheets::counted(tx.db, session.id)? {
        left.entry(application).or_default().extra += 1;
    }
    let progress = db::reviews::progress(tx.db, session.id)?;
    for assignment in db::reviews::assignments_of(tx.db, session.id)? {
        let out = assignment.is_live() && progress.get(&assignment.id) != Some(&SheetStatus::Submitted);
        left.entry(assignment.application_id).or_default().out += usize::from(out);
    }
    Ok(left)
}

/// What of it stands against the closing, each with how many files: for the files that are under review.
pub fn obstacles(
    rules: &ReviewRules,
    session: &ReviewSession,
    left: &BTreeMap<ApplicationId, Left>,
    files: &[ApplicationId],
) -> Vec<(Obstacle, i64)> {
    if session.scoring_ended_at.is_none() {
        return if rules.has_stages() { vec![(Obstacle::ScoringOpen, 1)] } else { Vec::new() };
    }
    let of = |file: &ApplicationId| left.get(file).copied().unwrap_or_default();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let least = rules.extra.as_ref().map_or(0, |extra| extra.min_sheets as usize);
    vec![
        (Obstacle::SheetOut, files.iter().map(|file| number(of(file).out)).sum()),
        (Obstacle::DiscussionOpen, number(files.iter().filter(|file| of(file).discussion).count())),
        (Obstacle::ExplanationMissing, files.iter().map(|file| number(of(file).explanations)).sum()),
        (Obstacle::ExtraMissing, number(files.iter().filter(|file| least > 0 && of(file).extra == 0).count())),
        (Obstacle::FewExtra, number(files.iter().filter(|file| (1..least).contains(&of(file).extra)).count())),
    ]
}

/// Refuses the closing while something is left, each file by its name. `files` are those under review. Where an expert does
/// not explain a sheet, or too few were at the extra station, a reason lets it be closed: else one who is silent could hold
/// everybody up, now that no sheet is taken out any more.
pub fn must_be_done(
    tx: &mut Tx<'_>,
    rules: &ReviewRules,
    session: &ReviewSession,
    files: &[(ApplicationId, String)],
    reason: &str,
) -> Result<(), Error> {
    if session.scoring_ended_at.is_none() {
        return Ok(());
    }
    let left = left(tx, session)?;
    let least = rules.extra.as_ref().map_or(0, |extra| extra.min_sheets as usize);
    let mut problems = Vec::new();
    for (id, name) in files {
        let of = left.get(id).copied().unwrap_or_default();
        let said = |code: &str| Problem::new("reason", code).with("organisation", name);
        if of.out > 0 {
            problems.push(said("review_sheet_out").with("count", of.out));
        }
        if of.discussion {
            problems.push(said("review_discussion_open"));
        }
        if of.explanations > 0 && reason.is_empty() {
            problems.push(said("review_explanation_missing").with("count", of.explanations));
        }
        if least > 0 && of.extra == 0 {
            problems.push(said("review_extra_missing"));
        } else if of.extra < least && reason.is_empty() {
            problems.push(said("review_few_extra").with("found", of.extra).with("needed", least));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// The assignments of an expert with something to do after the scoring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duties {
    /// Sheets to explain.
    pub explain: Vec<AssignmentId>,
    /// Positions to state.
    pub discuss: Vec<AssignmentId>,
    /// Sheets of the extra station to submit.
    pub extra: Vec<AssignmentId>,
}

/// What an expert has to do after the scoring.
pub fn duties(tx: &mut Tx<'_>, expert: ExpertId) -> Result<Duties, Error> {
    let mut extra = Vec::new();
    for id in db::extra_sheets::unsubmitted_of(tx.db, expert)? {
        let assignment = db::reviews::find_assignment(tx.db, id)?;
        let (programme, _, _, _) = db::reviews::assigned_application(tx.db, assignment.application_id)?;
        if programme.review.as_ref().is_some_and(|rules| rules.extra.is_some()) {
            extra.push(id);
        }
    }
    Ok(Duties {
        explain: db::explanations::unwritten_of(tx.db, expert)?,
        discuss: db::discussions::unstated_of(tx.db, expert)?,
        extra,
    })
}
