//! Handling an objection: a handler accepts or declines it and proposes how it ends; an approver has the last word.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::domain::status::{ObjectionOutcome, ObjectionStatus};
use crate::domain::text::text_enum;

text_enum!(
    /// What an officer does with an objection.
    ObjectionAction {
        /// Accepts it for handling; its entry is held.
        Accept = "accept",
        /// Does not accept it for handling.
        Decline = "decline",
        /// Proposes how it ends.
        ProposeOutcome = "propose_outcome",
        /// Approves the proposed outcome.
        ApproveOutcome = "approve_outcome",
        /// Sends the proposed outcome back.
        ReturnOutcome = "return_outcome",
        /// Opens the seal on who objected.
        OpenIdentity = "open_identity",
    }
);

text_enum!(
    /// What is done with the evidence of an objection.
    EvidenceAction {
        /// Reads it.
        Read = "read",
    }
);

/// Who reads the evidence: those who judge it. It may tell who objected, so nobody else does, the auditor included.
pub const EVIDENCE_READERS: &[Role] = Role::DEPARTMENT;

impl EvidenceAction {
    /// Every action that the actor may take now.
    pub fn available(actor: &Actor) -> Vec<EvidenceAction> {
        let may = |action: &EvidenceAction| match action {
            EvidenceAction::Read => actor.holds_any(EVIDENCE_READERS),
        };
        EvidenceAction::ALL.iter().copied().filter(may).collect()
    }
}

/// Where an objection stands, with what an approver can act on told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Received,
    Handled,
    Proposed,
    Ended,
}

/// Where an objection stands towards somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectionAt {
    /// Its status.
    pub status: ObjectionStatus,
    /// The outcome that waits for approval.
    pub proposed: Option<ObjectionOutcome>,
    /// Who proposed it.
    pub proposed_by: Option<AccountId>,
    /// Whether another objection to the same entry waits to be accepted or declined: a dismissal has to wait for it.
    pub others_waiting: bool,
    /// Whether its entry is in the notice, or held already: one that was removed or published cannot be held any more.
    pub entry_can_be_held: bool,
}

const HANDLER: &[Role] = &[Role::Handler];
const APPROVER: &[Role] = &[Role::Approver];
const ANY: &[Standing] = &[Standing::Received, Standing::Handled, Standing::Proposed, Standing::Ended];

const RULES: &[Rule<ObjectionAction, Standing>] = &[
    rule(ObjectionAction::Accept, &[Standing::Received], HANDLER),
    rule(ObjectionAction::Decline, &[Standing::Received], HANDLER),
    rule(ObjectionAction::ProposeOutcome, &[Standing::Handled, Standing::Proposed], HANDLER),
    Rule { by_another: true, ..rule(ObjectionAction::ApproveOutcome, &[Standing::Proposed], APPROVER) },
    rule(ObjectionAction::ReturnOutcome, &[Standing::Proposed], APPROVER),
    rule(ObjectionAction::OpenIdentity, ANY, HANDLER),
];

const fn rule(
    action: ObjectionAction,
    standings: &'static [Standing],
    roles: &'static [Role],
) -> Rule<ObjectionAction, Standing> {
    Rule { action, standings, roles, by_another: false }
}

impl ObjectionAt {
    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `wrong_role`, `objection_wrong_status`, `objection_nothing_proposed`, `own_proposal`, `objection_entry_settled`,
    /// `objection_others_waiting`.
    pub fn permit(&self, actor: &Actor, action: ObjectionAction) -> Result<Role, Refusal> {
        let standing = match (self.status, self.proposed) {
            (ObjectionStatus::Received, _) => Standing::Received,
            (ObjectionStatus::Accepted, None) => Standing::Handled,
            (ObjectionStatus::Accepted, Some(_)) => Standing::Proposed,
            _ => Standing::Ended,
        };
        let of_outcome = matches!(action, ObjectionAction::ApproveOutcome | ObjectionAction::ReturnOutcome);
        let otherwise = match standing {
            Standing::Handled if of_outcome => "objection_nothing_proposed",
            _ => "objection_wrong_status",
        };
        let role = permit(RULES, actor, action, &At { standing, proposed_by: self.proposed_by, otherwise })?;
        if action == ObjectionAction::Accept && !self.entry_can_be_held {
            return Err(Refusal::conflict("objection_entry_settled"));
        }
        // The last act on a held entry must be an approver's: a release that came with a decline would be a handler's.
        let dismisses = self.proposed == Some(ObjectionOutcome::Dismissed);
        if action == ObjectionAction::ApproveOutcome && dismisses && self.others_waiting {
            return Err(Refusal::conflict("objection_others_waiting"));
        }
        Ok(role)
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<ObjectionAction> {
        ObjectionAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
