//! One expert's work on one file: declared, scored and explained by the expert, taken back by those who organise the review.

use super::review::ORGANISERS;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::ExpertId;
use crate::domain::procedure::State;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, SessionStatus, SheetStatus};
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with an assignment.
    AssignmentAction {
        /// Declares that there is no conflict of interest; the file opens.
        Accept = "accept",
        /// Declares a conflict of interest.
        Recuse = "recuse",
        /// Saves the score sheet.
        SaveSheet = "save_sheet",
        /// Submits the score sheet.
        SubmitSheet = "submit_sheet",
        /// Explains a sheet that lies far from the panel.
        Explain = "explain",
        /// States a position in a discussion.
        StatePosition = "state_position",
        /// Saves the sheet of the extra station.
        SaveExtraSheet = "save_extra_sheet",
        /// Submits the sheet of the extra station.
        SubmitExtraSheet = "submit_extra_sheet",
        /// Gives a submitted sheet back to its expert.
        Reopen = "reopen",
        /// Takes the assignment back.
        Release = "release",
    }
);

/// Where an assignment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssignmentAt {
    /// Whose it is.
    pub expert: ExpertId,
    /// Whether the expert serves now ([`crate::domain::appointment::Appointment`]).
    pub serves: bool,
    /// The session's status.
    pub session: SessionStatus,
    /// Whether the scoring has ended.
    pub scoring_ended: bool,
    /// Its own status.
    pub status: AssignmentStatus,
    /// Where the application stands.
    pub file: State,
    /// The score sheet's status; none before the declaration.
    pub sheet: Option<SheetStatus>,
    /// Whether an explanation was asked for.
    pub to_explain: bool,
    /// Whether the discussion that the expert takes part in runs; none if there is none.
    pub discussion: Option<bool>,
    /// Whether the programme has an extra station.
    pub has_extra: bool,
    /// The status of the extra station's sheet; none while nothing was typed.
    pub extra_sheet: Option<SheetStatus>,
}

impl AssignmentAt {
    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `wrong_role`; `review_closed`, `review_not_open`, `expert_not_active`, `assignment_file_left`, `assignment_ended`;
    /// `already_declared`, `declare_first`; `sheet_scoring_ended`, `sheet_submitted`, `sheet_not_submitted`;
    /// `explanation_not_asked`, `discussion_none`, `discussion_ended`; `extra_not_used`, `review_scoring_open`;
    /// `release_scored`.
    pub fn permit(&self, actor: &Actor, action: AssignmentAction) -> Result<Role, Refusal> {
        use AssignmentAction as A;
        let role = match action {
            A::Reopen | A::Release => actor.must_hold(ORGANISERS)?,
            _ if actor.expert() == Some(self.expert) => Role::Expert,
            _ => return Err(Refusal::forbidden("wrong_role")),
        };
        self.must_be_workable(action)?;
        match action {
            A::Accept if self.status != AssignmentStatus::Awaiting => Err(Refusal::conflict("already_declared")),
            // From here on it can be told who lies far from the panel: a sheet is no longer taken out by those who organise
            // the review. Where a ground for recusal is found or declared, it ends by that.
            A::Release if self.scoring_ended && self.sheet == Some(SheetStatus::Submitted) => {
                Err(Refusal::conflict("release_scored"))
            }
            A::Accept | A::Recuse | A::Release => Ok(role),
            A::SaveSheet | A::SubmitSheet => self.must_be_fillable(self.sheet).map(|()| role),
            A::Explain if !self.to_explain => Err(Refusal::conflict("explanation_not_asked")),
            A::Explain => Ok(role),
            A::StatePosition => match self.discussion {
                None => Err(Refusal::conflict("discussion_none")),
                Some(false) => Err(Refusal::conflict("discussion_ended")),
                Some(true) => self.must_be_submitted().map(|()| role),
            },
            A::SaveExtraSheet | A::SubmitExtraSheet => {
                self.must_be_declared()?;
                if !self.scoring_ended {
                    return Err(Refusal::conflict("review_scoring_open"));
                }
                self.must_be_fillable(self.extra_sheet).map(|()| role)
            }
            A::Reopen if self.scoring_ended => Err(Refusal::conflict("sheet_scoring_ended")),
            A::Reopen => self.must_be_submitted().map(|()| role),
        }
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<AssignmentAction> {
        AssignmentAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }

    /// Whether anything can be done with it at all.
    fn must_be_workable(&self, action: AssignmentAction) -> Result<(), Refusal> {
        use AssignmentAction as A;
        let live = matches!(self.status, AssignmentStatus::Awaiting | AssignmentStatus::Accepted);
        match self.session {
            SessionStatus::Open => {}
            SessionStatus::Preparing if action == A::Release => return Err(Refusal::conflict("review_not_open")),
            SessionStatus::Preparing | SessionStatus::Closed => return Err(Refusal::conflict("review_closed")),
        }
        if action == A::Release {
            return if live { Ok(()) } else { Err(Refusal::conflict("assignment_ended")) };
        }
        // With the scoring, what was not submitted has ended: the expert hears that, not that somebody took it back.
        let scores = matches!(action, A::SaveSheet | A::SubmitSheet);
        if scores && self.scoring_ended && self.status == AssignmentStatus::Released {
            return Err(Refusal::conflict("sheet_scoring_ended"));
        }
        if !self.serves {
            return Err(Refusal::conflict("expert_not_active"));
        }
        if self.file != State::InReview {
            return Err(Refusal::conflict("assignment_file_left").with("state", self.file));
        }
        if !live {
            return Err(Refusal::conflict("assignment_ended"));
        }
        if matches!(action, A::SaveExtraSheet | A::SubmitExtraSheet) && !self.has_extra {
            return Err(Refusal::unacceptable("extra_not_used"));
        }
        Ok(())
    }

    fn must_be_declared(&self) -> Result<(), Refusal> {
        match self.status {
            AssignmentStatus::Awaiting => Err(Refusal::forbidden("declare_first")),
            _ => Ok(()),
        }
    }

    fn must_be_fillable(&self, sheet: Option<SheetStatus>) -> Result<(), Refusal> {
        self.must_be_declared()?;
        match sheet {
            Some(SheetStatus::Submitted) => Err(Refusal::conflict("sheet_submitted")),
            Some(SheetStatus::Void) => Err(Refusal::conflict("assignment_ended")),
            Some(SheetStatus::Draft) | None => Ok(()),
        }
    }

    fn must_be_submitted(&self) -> Result<(), Refusal> {
        match self.sheet {
            Some(SheetStatus::Submitted) => Ok(()),
            _ => Err(Refusal::conflict("sheet_not_submitted")),
        }
    }
}
