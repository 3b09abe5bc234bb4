//! Files that were moved on together, by a bureau or in screening: taken back by one act while nothing rests on it.

use crate::domain::actor::{Actor, Role};
use crate::domain::procedure::{Action, State};
use crate::domain::refusal::Refusal;
use crate::domain::status::{ChangeSetKind, ChangeSetStatus};
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with several files together.
    BatchKind {
        /// Their bureau recommends them.
        Recommendation = "recommendation",
        /// They are accepted in screening.
        Screening = "screening",
    }
);

text_enum!(
    /// What is done with files that were moved on together.
    BatchAction {
        /// Takes it back, whole or not at all.
        Undo = "undo",
    }
);

/// Who moves files on together.
pub const BATCH_OFFICERS: &[Role] = &[Role::CityOfficer, Role::Handler];

/// Who reads what was moved on together: a bureau's officers their own, the department all.
pub const BATCH_READERS: &[Role] = &[Role::CityOfficer, Role::Handler, Role::Approver, Role::Auditor];

impl BatchKind {
    /// The kind of a change set; none for one that moved no files on together.
    pub fn of(kind: ChangeSetKind) -> Option<BatchKind> {
        match kind {
            ChangeSetKind::Recommendation => Some(BatchKind::Recommendation),
            ChangeSetKind::Screening => Some(BatchKind::Screening),
            _ => None,
        }
    }

    /// As a change set names it.
    pub fn change_set(self) -> ChangeSetKind {
        match self {
            BatchKind::Recommendation => ChangeSetKind::Recommendation,
            BatchKind::Screening => ChangeSetKind::Screening,
        }
    }

    /// Who does it.
    pub fn role(self) -> Role {
        match self {
            BatchKind::Recommendation => Role::CityOfficer,
            BatchKind::Screening => Role::Handler,
        }
    }

    /// What is done with each of the files.
    pub fn action(self) -> Action {
        match self {
            BatchKind::Recommendation => Action::Recommend,
            BatchKind::Screening => Action::Accept,
        }
    }

    /// What takes that back.
    pub fn undone_by(self) -> Action {
        match self {
            BatchKind::Recommendation => Action::UndoRecommend,
            BatchKind::Screening => Action::UndoAccept,
        }
    }
}

/// Where an act on several files stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchAt<'a> {
    /// What was done.
    pub kind: BatchKind,
    /// Whether it is in force.
    pub status: ChangeSetStatus,
    /// The bureau that did it; none in screening.
    pub bureau: Option<&'a str>,
}

impl BatchAt<'_> {
    /// In which role the actor may take the action now, as far as nothing rests on it.
    ///
    /// # Errors
    /// `wrong_role`, `change_undone`.
    pub fn permit(&self, actor: &Actor, action: BatchAction) -> Result<Role, Refusal> {
        let role = self.kind.role();
        let own = |bureau: Option<&str>| match self.kind {
            BatchKind::Recommendation => bureau.is_some() && bureau == self.bureau,
            BatchKind::Screening => true,
        };
        let held = actor.held.iter().any(|held| held.role == role && own(held.bureau.as_deref()));
        match (action, self.status) {
            _ if !held => Err(Refusal::forbidden("wrong_role")),
            (BatchAction::Undo, ChangeSetStatus::Applied) => Ok(role),
            (BatchAction::Undo, ChangeSetStatus::Undone) => Err(Refusal::conflict("change_undone")),
        }
    }

    /// Every action that the actor may take now; nothing where something rests on it.
    pub fn available(&self, actor: &Actor, is_rested_on: bool) -> Vec<BatchAction> {
        let all = BatchAction::ALL.iter().copied().filter(|_| !is_rested_on);
        all.filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}

/// Where a file stands that was moved on together with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovedFileAt {
    /// Where the act left it.
    pub left_in: State,
    /// The version that the act made.
    pub left_at: i32,
    /// Its state now.
    pub state: State,
    /// Its version now.
    pub version: i32,
    /// Whether an expert was ever charged with it.
    pub is_assigned: bool,
    /// Whether a decision sheet of its call waits for the second officer.
    pub is_being_decided: bool,
}

impl MovedFileAt {
    /// Why it cannot be moved back; none if nothing rests on where it was left.
    pub fn obstacle(&self) -> Option<&'static str> {
        match self.state {
            State::Withdrawn => Some("batch_undo_withdrawn"),
            state if state != self.left_in || self.version != self.left_at => Some("batch_undo_moved"),
            _ if self.is_assigned => Some("batch_undo_assigned"),
            // A sheet that waits names the files that are reviewed now, or was made without them.
            State::Reviewed if self.is_being_decided => Some("batch_undo_being_decided"),
            _ => None,
        }
    }
}
