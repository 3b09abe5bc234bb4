//! A session as those who organise it see it: who scores what and how far they are, never a score.

use super::terms::needed_until;
use super::{ONLOOKERS, remind, rules, stages, standing, undo};
use crate::actions::Tx;
use crate::actions::draw::panel as drawn_panel;
use crate::actions::draw::view::annulled;
use crate::db;
use crate::db::calls::Call;
use crate::db::change_sets::ChangeSet;
use crate::db::experts::Expert;
use crate::db::page::{Page, Pager};
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::actor::Actor;
use crate::domain::assignment::Why;
use crate::domain::calendar::local_date;
use crate::domain::ids::{ApplicationId, AssignmentId, CallId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::programme::ReviewRules;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, Obstacle, SessionStatus, SheetStatus, Show};
use crate::domain::steps::{AssignmentAction, AssignmentAt, ChangeAction, ORGANISERS, ReviewAction, ReviewContent};
use crate::error::Error;
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::{BTreeMap, BTreeSet};

/// One expert of a session's page.
#[derive(Debug, Clone)]
pub struct PanelMember {
    /// The expert.
    pub expert: Expert,
    /// Applications that the expert is charged with now.
    pub load: usize,
    /// Of these, without a declaration.
    pub undeclared: usize,
    /// Sheets begun and not submitted.
    pub begun: usize,
    /// Sheets submitted.
    pub submitted: usize,
    /// Assignments that the expert recused from.
    pub recused: usize,
    /// Whether the expert takes part.
    pub chosen: bool,
    /// Whether the expert was named beside a draw: takes part in a panel that was drawn, and was not drawn.
    pub undrawn: bool,
    /// Whether sheets are missing after the time to score.
    pub late: bool,
    /// When the expert was last reminded.
    pub reminded_at: Option<NaiveDateTime>,
    /// The last day of the term, if it ends before the sheets are due that the expert has still to submit.
    pub term_ends_on: Option<NaiveDate>,
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
    /// Whether a sheet was begun and not submitted.
    pub begun: bool,
    /// What the one who looks may do with it now.
    pub actions: Vec<AssignmentAction>,
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
    /// Experts whom it should have; more than the programme asks for with a second panel.
    pub places: usize,
    /// Sheets submitted that count.
    pub submitted: usize,
    /// Whether it has fewer experts than the programme asks for.
    pub short: bool,
    /// Whether a sheet is missing after the time to score, of an expert who had that time.
    pub late: bool,
}

impl FileLine {
    /// Sheets that are still to come.
    pub fn missing(&self) -> usize {
        self.live.saturating_sub(self.submitted)
    }
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
    /// The applications under review, and those that have assignments, in the order of numbers.
    pub files: Vec<FileLine>,
    /// Applications that may still come to the review.
    pub upstream: i64,
    /// Why an open session cannot be closed, each with how many there are; empty when nothing stands against it.
    pub obstacles: Vec<(Obstacle, i64)>,
    /// Whether the time to score is over and the session is open.
    pub overdue: bool,
    /// What follows the scoring, counted for the confirmation of the closing.
    pub after: After,
    /// How many draws of the call were annulled.
    pub annulled_draws: usize,
    /// Why nothing is planned or opened as long as a draw is not settled, for whoever could otherwise.
    pub held: Option<Refusal>,
    /// What the one who looks may do now.
    pub actions: Vec<ReviewAction>,
}

impl Overview {
    /// Whether nothing stands against the end of the scoring, whoever looks; sheets that are missing ask for a reason.
    pub fn can_end_scoring(&self) -> bool {
        let stands =
            |obstacle: &Obstacle| is_unscored(*obstacle) || matches!(obstacle, Obstacle::CallOpen | Obstacle::Upstream);
        !self.obstacles.iter().any(|(obstacle, _)| stands(obstacle))
    }

    /// Whether nothing but a reason is lacking for the closing, whoever looks.
    pub fn can_close(&self) -> bool {
        self.obstacles.iter().all(|(obstacle, _)| obstacle.yields_to_a_reason())
    }
}

/// Whether it says that a file, or every file, is without any sheet.
fn is_unscored(obstacle: Obstacle) -> bool {
    matches!(obstacle, Obstacle::NoFiles | Obstacle::NoSheet)
}

/// What follows the scoring, counted over the files under review.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct After {
    /// Files that were talked over.
    pub discussions: usize,
    /// Explanations that were written.
    pub explanations: usize,
    /// Sheets of the extra station.
    pub extra: usize,
}

/// Which applications of a session are shown.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// All of them if none is given.
    pub show: Option<Show>,
    /// In number or organisation.
    pub q: String,
    /// Those that this expert is or was charged with.
    pub expert: Option<ExpertId>,
}

/// A session's page with one page of its applications.
#[derive(Debug, Clone)]
pub struct Board {
    /// The session, its applications narrowed to [`Board::files`].
    pub overview: Overview,
    /// The applications asked for.
    pub files: Page<FileLine>,
    /// Why they have the experts that they have.
    pub why: BTreeMap<AssignmentId, Why>,
    /// What this person may undo.
    pub undoable: Vec<ChangeSet>,
}

/// Shows a session to those who organise it or look on.
pub fn overview(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Overview, Error> {
    actor.must_hold(ONLOOKERS)?;
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    let session = db::reviews::session_of_call(tx.db, id)?;
    let (assignments, progress) = match &session {
        Some(session) => (db::reviews::assignments_of(tx.db, session.id)?, db::reviews::progress(tx.db, session.id)?),
        None => Default::default(),
    };
    let open = session.as_ref().is_some_and(|session| session.status == SessionStatus::Open);
    let overdue = open && session.as_ref().is_some_and(|session| session.due_at <= tx.now);
    let experts = experts(tx, &rules, session.as_ref(), &assignments)?;
    let found = db::reviews::session_files(tx.db, id)?;
    let state_of: BTreeMap<ApplicationId, State> = found.iter().map(|file| (file.id, file.state)).collect();
    let mut lines_of: BTreeMap<ApplicationId, Vec<AssignmentLine>> = BTreeMap::new();
    let today = local_date(tx.now);
    let out = db::experts::out_of_role(tx.db, today)?;
    for assignment in assignments {
        let sheet = progress.get(&assignment.id);
        let counts = assignment.status == AssignmentStatus::Accepted;
        let expert = experts.get(&assignment.expert_id);
        let file = state_of.get(&assignment.application_id).copied();
        let at = session.as_ref().zip(expert).zip(file).map(|((session, expert), file)| AssignmentAt {
            expert: expert.id,
            serves: expert.serves_on(today) && !out.contains(&expert.id),
            session: session.status,
            scoring_ended: session.scoring_ended_at.is_some(),
            status: assignment.status,
            file,
            sheet: sheet.copied(),
            // What concerns the expert alone, who does not look on here.
            to_explain: false,
            discussion: None,
            has_extra: false,
            extra_sheet: None,
        });
        let line = AssignmentLine {
            actions: at.map(|at| at.available(actor)).unwrap_or_default(),
            expert_name: expert.map(|expert| expert.name.clone()).unwrap_or_default(),
            submitted: counts && sheet == Some(&SheetStatus::Submitted),
            begun: counts && sheet == Some(&SheetStatus::Draft),
            assignment,
        };
        lines_of.entry(line.assignment.application_id).or_default().push(line);
    }
    let panel = panel(tx, id, session.as_ref(), experts, &lines_of, overdue)?;
    // After the scoring a place is filled only where there would be too few sheets.
    let ended = session.as_ref().is_some_and(|session| session.scoring_ended_at.is_some());
    let asked = rules.experts_per_application as usize;
    let wanted = if ended { rules.min_sheets as usize } else { asked };
    let files: Vec<FileLine> = found
        .into_iter()
        .map(|file| {
            let lines = lines_of.remove(&file.id).unwrap_or_default();
            let live = lines.iter().filter(|line| line.assignment.is_live()).count();
            FileLine {
                id: file.id,
                number: file.number.unwrap_or_default(),
                organisation: file.organisation,
                state: file.state,
                live,
                places: if file.state == State::InReview { live.max(asked) } else { live },
                submitted: lines.iter().filter(|line| line.submitted).count(),
                short: file.state == State::InReview && live < wanted,
                late: overdue && lines.iter().any(|line| is_owed(line, session.as_ref())),
                lines,
            }
        })
        .collect();
    let at = standing(tx, &call, session.as_ref())?;
    let (mut found, mut after, mut content) = (Vec::new(), After::default(), ReviewContent::default());
    if let Some(session) = session.as_ref().filter(|_| open) {
        let under_review: Vec<ApplicationId> =
            files.iter().filter(|file| file.state == State::InReview).map(|file| file.id).collect();
        let left = stages::left(tx, session)?;
        found = obstacles(&rules, &files, at.call_open, at.upstream);
        found.extend(stages::obstacles(&rules, session, &left, &under_review));
        found.retain(|(_, count)| *count > 0);
        after = counted(tx, session, &under_review)?;
        content = ReviewContent {
            somebody_to_remind: !remind::to_remind(tx, session)?.0.is_empty(),
            file_to_discuss: after.discussions < under_review.len(),
            discussions_running: left.values().any(|left| left.discussion),
            second_panel_wanted: !stages::second_panel::wanting(tx, &rules, session)?.is_empty(),
            every_file_scored: !found.iter().any(|(obstacle, _)| is_unscored(*obstacle)),
            closable: found.iter().all(|(obstacle, _)| obstacle.yields_to_a_reason()),
        };
    }
    let actions = at.available(actor, &content);
    let upstream = at.upstream;
    let annulled_draws = annulled(&db::draws::of_call(tx.db, id)?).len();
    let held = at.draw.refusal().filter(|_| actor.holds_any(ORGANISERS));
    Ok(Overview {
        call,
        session,
        rules,
        panel,
        files,
        upstream,
        obstacles: found,
        overdue,
        after,
        annulled_draws,
        held,
        actions,
    })
}

fn counted(tx: &mut Tx<'_>, session: &ReviewSession, files: &[ApplicationId]) -> Result<After, Error> {
    let discussions = db::discussions::of_session(tx.db, session.id)?;
    let explanations = db::explanations::of_session(tx.db, session.id)?;
    let extra = db::extra_sheets::counted(tx.db, session.id)?;
    let written = explanations.iter().filter(|(explanation, assignment)| {
        explanation.explained_at.is_some() && files.contains(&assignment.application_id)
    });
    Ok(After {
        discussions: discussions.iter().filter(|discussion| files.contains(&discussion.application_id)).count(),
        explanations: written.count(),
        extra: extra.iter().filter(|(file, _)| files.contains(file)).count(),
    })
}

/// Everyone whom the page names: who serves today in the programme's pool, who takes part, who was charged with something.
fn experts(
    tx: &mut Tx<'_>,
    rules: &ReviewRules,
    session: Option<&ReviewSession>,
    assignments: &[Assignment],
) -> Result<BTreeMap<ExpertId, Expert>, Error> {
    let mut experts: BTreeMap<ExpertId, Expert> =
        db::experts::serving(tx.db, local_date(tx.now))?.into_iter().map(|expert| (expert.id, expert)).collect();
    experts.retain(|_, expert| rules.draws_on(&expert.pool));
    let mut missing: BTreeSet<ExpertId> = assignments.iter().map(|a| a.expert_id).collect();
    missing.extend(session.iter().flat_map(|session| &session.panel.0));
    missing.retain(|id| !experts.contains_key(id));
    let missing: Vec<ExpertId> = missing.into_iter().collect();
    experts.extend(db::experts::of_ids(tx.db, &missing)?.into_iter().map(|expert| (expert.id, expert)));
    Ok(experts)
}

fn panel(
    tx: &mut Tx<'_>,
    call: CallId,
    session: Option<&ReviewSession>,
    experts: BTreeMap<ExpertId, Expert>,
    lines_of: &BTreeMap<ApplicationId, Vec<AssignmentLine>>,
    overdue: bool,
) -> Result<Vec<PanelMember>, Error> {
    let chosen: BTreeSet<ExpertId> = session.iter().flat_map(|session| session.panel.0.iter().copied()).collect();
    let reminded = remind::last_reminders(tx, call)?;
    let drawn = drawn_panel::of_call(tx, call)?.filter(|by| session.is_some_and(|one| one.draw_id == Some(by.draw)));
    let needed_until = session.and_then(needed_until);
    let mut of_expert: BTreeMap<ExpertId, Vec<&AssignmentLine>> = BTreeMap::new();
    for line in lines_of.values().flatten() {
        of_expert.entry(line.assignment.expert_id).or_default().push(line);
    }
    let mut panel: Vec<PanelMember> = experts
        .into_values()
        .map(|expert| {
            let own = of_expert.remove(&expert.id).unwrap_or_default();
            let with = |status| own.iter().filter(|line| line.assignment.status == status).count();
            let load = own.iter().filter(|line| line.assignment.is_live()).count();
            let submitted = own.iter().filter(|line| line.submitted).count();
            PanelMember {
                load,
                undeclared: with(AssignmentStatus::Awaiting),
                begun: own.iter().filter(|line| line.begun).count(),
                submitted,
                recused: with(AssignmentStatus::Recused),
                // Nobody is chosen yet, or the panel that was drawn was annulled.
                chosen: chosen.is_empty() || chosen.contains(&expert.id),
                undrawn: chosen.contains(&expert.id)
                    && drawn.as_ref().is_some_and(|by| by.stratum(expert.id).is_none()),
                late: overdue && own.iter().any(|line| is_owed(line, session)),
                reminded_at: reminded.get(&expert.id).copied(),
                term_ends_on: needed_until
                    .filter(|_| load > submitted)
                    .and_then(|day| expert.appointment().ends_before(day)),
                expert,
            }
        })
        .collect();
    panel.sort_by(|a, b| (&a.expert.name, a.expert.id).cmp(&(&b.expert.name, b.expert.id)));
    Ok(panel)
}

/// Whether a sheet is still to come from somebody who is asked for it by the session's day.
pub fn is_owed(line: &AssignmentLine, session: Option<&ReviewSession>) -> bool {
    let due = session.and_then(|session| line.assignment.late_after(session.due_at));
    line.assignment.is_live() && !line.submitted && due.is_some()
}

fn obstacles(rules: &ReviewRules, files: &[FileLine], taking: bool, upstream: i64) -> Vec<(Obstacle, i64)> {
    let open = || files.iter().filter(|file| file.state == State::InReview);
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let none = open().filter(|file| file.submitted == 0).count();
    let few = open().filter(|file| file.submitted > 0 && file.submitted < rules.min_sheets as usize).count();
    vec![
        (Obstacle::NoFiles, i64::from(open().next().is_none())),
        (Obstacle::CallOpen, i64::from(taking)),
        (Obstacle::Upstream, upstream),
        (Obstacle::NoSheet, count(none)),
        (Obstacle::FewSheets, count(few)),
    ]
}

/// The same with one page of the applications asked for.
pub fn board(tx: &mut Tx<'_>, actor: &Actor, id: CallId, filter: &Filter, pager: Pager) -> Result<Board, Error> {
    let overview = overview(tx, actor, id)?;
    let files = page_of(&overview, filter, pager);
    let ids: Vec<ApplicationId> = files.items.iter().map(|file| file.id).collect();
    let (why, undoable) = match &overview.session {
        Some(session) => {
            let why = db::reviews::explanations(tx.db, session.id, &ids)?;
            let mut changes = undo::changes(tx, actor, id)?;
            changes.retain(|(_, actions)| actions.contains(&ChangeAction::Undo));
            (why, changes.into_iter().map(|(set, _)| set).collect::<Vec<_>>())
        }
        None => Default::default(),
    };
    Ok(Board { overview, files, why, undoable })
}

/// One page of the applications asked for.
pub fn page_of(overview: &Overview, filter: &Filter, pager: Pager) -> Page<FileLine> {
    let wanted = |file: &&FileLine| {
        let show = match filter.show.unwrap_or(Show::All) {
            Show::All => true,
            Show::Unfinished => file.missing() > 0,
            Show::Late => file.late,
            Show::Short => file.short,
        };
        let own = |expert| file.lines.iter().any(|line| line.assignment.expert_id == expert);
        show && (file.number.contains(&filter.q) || file.organisation.contains(&filter.q))
            && filter.expert.is_none_or(own)
    };
    let found: Vec<&FileLine> = overview.files.iter().filter(wanted).collect();
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let from = usize::try_from(pager.offset()).unwrap_or(usize::MAX);
    let count = usize::try_from(pager.limit()).unwrap_or_default();
    pager.page(found.into_iter().skip(from).take(count).cloned().collect(), total)
}
