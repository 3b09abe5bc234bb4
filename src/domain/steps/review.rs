//! A review session: prepared, opened, scored, talked over and closed by those who organise it.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::refusal::Refusal;
use crate::domain::status::SessionStatus;
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with the review of a call.
    ReviewAction {
        /// Plans who scores what.
        Prepare = "prepare",
        /// Pins or forbids an expert, or takes that back.
        Wish = "wish",
        /// Opens it: the experts are told.
        Open = "open",
        /// Takes more experts in and fills empty places.
        Complete = "complete",
        /// Reminds experts whose sheets are missing.
        Remind = "remind",
        /// Ends the scoring.
        EndScoring = "end_scoring",
        /// Opens a discussion of a file.
        OpenDiscussion = "open_discussion",
        /// Ends discussions.
        EndDiscussions = "end_discussions",
        /// Adds experts where a discussion did not help.
        CallSecondPanel = "call_second_panel",
        /// Closes it: the sheets become a ranking.
        Close = "close",
    }
);

/// Who prepares, opens and closes a review.
pub const ORGANISERS: &[Role] = &[Role::Handler, Role::Evaluator];

/// Where a review stands, with the time before and after the end of the scoring told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Unprepared,
    Preparing,
    Scoring,
    Scored,
    Closed,
}

const OPEN: &[Standing] = &[Standing::Scoring, Standing::Scored];
const SCORED: &[Standing] = &[Standing::Scored];

const RULES: &[Rule<ReviewAction, Standing>] = &[
    rule(ReviewAction::Prepare, &[Standing::Unprepared, Standing::Preparing]),
    rule(ReviewAction::Wish, &[Standing::Preparing]),
    rule(ReviewAction::Open, &[Standing::Preparing]),
    rule(ReviewAction::Complete, OPEN),
    rule(ReviewAction::Remind, OPEN),
    rule(ReviewAction::EndScoring, &[Standing::Scoring]),
    rule(ReviewAction::OpenDiscussion, SCORED),
    rule(ReviewAction::EndDiscussions, SCORED),
    rule(ReviewAction::CallSecondPanel, SCORED),
    rule(ReviewAction::Close, OPEN),
];

const fn rule(action: ReviewAction, standings: &'static [Standing]) -> Rule<ReviewAction, Standing> {
    Rule { action, standings, roles: ORGANISERS, by_another: false }
}

/// How a draw of experts stands in the way of a plan, and of a review that opens with one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DrawHold {
    /// It does not.
    #[default]
    None,
    /// It is running: a panel is not named by hand beside it.
    Running,
    /// A proposal to annul it waits for an answer: a plan would decide what another person is asked.
    ToBeAnnulled,
}

impl DrawHold {
    /// What whoever plans all the same is told.
    pub fn refusal(self) -> Option<Refusal> {
        match self {
            DrawHold::None => None,
            DrawHold::Running => Some(Refusal::conflict("draw_unfinished")),
            DrawHold::ToBeAnnulled => Some(Refusal::conflict("draw_annulment_waiting")),
        }
    }
}

/// Where the review of a call stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReviewAt {
    /// The session's status; none while it is not prepared.
    pub session: Option<SessionStatus>,
    /// Whether a session that is being prepared has a plan; it loses it when the first one is undone.
    pub has_plan: bool,
    /// Whether the scoring has ended.
    pub scoring_ended: bool,
    /// Whether the time to score is over.
    pub overdue: bool,
    /// Whether the call still takes applications.
    pub call_open: bool,
    /// Applications that may still come to the review.
    pub upstream: i64,
    /// Whether the programme ends the scoring before the closing.
    pub has_stages: bool,
    /// Whether files are talked over.
    pub has_discussion: bool,
    /// Whether a second panel can be called.
    pub has_second_panel: bool,
    /// Whether a draw stands in the way; only looked for before the review is open.
    pub draw: DrawHold,
}

/// What there is to act on. The acts themselves look at it file by file and name each file in their answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReviewContent {
    /// Somebody has something to do and had no reminder today.
    pub somebody_to_remind: bool,
    /// A file under review was not talked over yet.
    pub file_to_discuss: bool,
    /// Discussions run.
    pub discussions_running: bool,
    /// Files stayed over the limit and had no second panel.
    pub second_panel_wanted: bool,
    /// Every file under review, and there is one, has a sheet: without it the scoring does not end, whatever the reason.
    pub every_file_scored: bool,
    /// Nothing but a reason is lacking for the closing.
    pub closable: bool,
}

impl ReviewAt {
    fn standing(&self) -> Standing {
        match (self.session, self.scoring_ended) {
            (None, _) => Standing::Unprepared,
            (Some(SessionStatus::Preparing), _) => Standing::Preparing,
            (Some(SessionStatus::Open), false) => Standing::Scoring,
            (Some(SessionStatus::Open), true) => Standing::Scored,
            (Some(SessionStatus::Closed), _) => Standing::Closed,
        }
    }

    /// In which role the actor may take the action now, as far as the calendar and the programme go.
    ///
    /// # Errors
    /// `wrong_role`; `review_not_prepared`, `review_not_open`, `review_already_open`, `review_closed`; `scoring_already_ended`,
    /// `review_scoring_open`; `review_no_plan`, `review_due_passed`; `draw_unfinished`, `draw_annulment_waiting`;
    /// `review_call_open`, `review_files_upstream`; `discussion_not_used`, `second_panel_not_used`.
    pub fn permit(&self, actor: &Actor, action: ReviewAction) -> Result<Role, Refusal> {
        use ReviewAction as A;
        let standing = self.standing();
        let otherwise = match standing {
            Standing::Unprepared => "review_not_prepared",
            Standing::Preparing => "review_not_open",
            Standing::Closed => "review_closed",
            Standing::Scored if action == A::EndScoring => "scoring_already_ended",
            Standing::Scoring if matches!(action, A::OpenDiscussion | A::EndDiscussions | A::CallSecondPanel) => {
                "review_scoring_open"
            }
            Standing::Scoring | Standing::Scored => "review_already_open",
        };
        actor.must_hold(ORGANISERS)?;
        match action {
            A::OpenDiscussion if !self.has_discussion => return Err(Refusal::unacceptable("discussion_not_used")),
            A::CallSecondPanel if !self.has_second_panel => return Err(Refusal::unacceptable("second_panel_not_used")),
            _ => {}
        }
        let role = permit(RULES, actor, action, &At { standing, proposed_by: None, otherwise })?;
        if action == A::Open && !self.has_plan {
            return Err(Refusal::conflict("review_no_plan"));
        }
        if action == A::Open && self.overdue {
            return Err(Refusal::conflict("review_due_passed"));
        }
        if matches!(action, A::Prepare | A::Open)
            && let Some(refusal) = self.draw.refusal()
        {
            return Err(refusal);
        }
        if matches!(action, A::EndScoring | A::Close) {
            if self.call_open {
                return Err(Refusal::conflict("review_call_open"));
            }
            if self.upstream > 0 {
                return Err(Refusal::conflict("review_files_upstream").with("count", self.upstream));
            }
        }
        if action == A::Close && self.has_stages && !self.scoring_ended {
            return Err(Refusal::conflict("review_scoring_open"));
        }
        Ok(role)
    }

    /// Every action that the actor may take now and that has something to act on.
    pub fn available(&self, actor: &Actor, content: &ReviewContent) -> Vec<ReviewAction> {
        let has_content = |action: &ReviewAction| match action {
            ReviewAction::Remind => content.somebody_to_remind,
            ReviewAction::OpenDiscussion => content.file_to_discuss,
            ReviewAction::EndDiscussions => content.discussions_running,
            ReviewAction::CallSecondPanel => content.second_panel_wanted,
            ReviewAction::EndScoring => content.every_file_scored,
            ReviewAction::Close => content.closable,
            _ => true,
        };
        ReviewAction::ALL.iter().copied().filter(has_content).filter(|a| self.permit(actor, *a).is_ok()).collect()
    }
}
