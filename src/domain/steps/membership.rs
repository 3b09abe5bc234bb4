//! Managing members (动态管理): warned and mended, taken out by two officers, let go as the organisation asks, renamed.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{AccountId, OrganisationId};
use crate::domain::membership::StandingOnDate;
use crate::domain::refusal::Refusal;
use crate::domain::status::ProposalKind;
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with a membership.
    MembershipAction {
        /// Warns, with a date to mend by.
        Warn = "warn",
        /// Lifts a warning: what was wrong is mended.
        LiftWarning = "lift_warning",
        /// Proposes to revoke it.
        ProposeRevocation = "propose_revocation",
        /// Proposes to keep an organisation whose membership was revoked from applying again for a time.
        ProposeBar = "propose_bar",
        /// Approves a revocation or a bar.
        Approve = "approve",
        /// Sends a proposed revocation or bar back.
        Return = "return",
        /// Asks, for the organisation itself, to be let go.
        AskWithdrawal = "ask_withdrawal",
        /// Lets it go.
        AcceptWithdrawal = "accept_withdrawal",
        /// Does not let it go.
        DeclineWithdrawal = "decline_withdrawal",
        /// Notes that the organisation has another name.
        Rename = "rename",
    }
);

/// Where a membership stands towards somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MembershipAt {
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What it is worth today.
    pub standing: StandingOnDate,
    /// What waits for a decision, and who proposed it.
    pub waiting: Option<(ProposalKind, AccountId)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Active,
    Warned,
    Expired,
    Withdrew,
    Revoked,
    Barred,
    /// A revocation or a bar waits.
    SanctionWaits,
    WithdrawalWaits,
}

use self::MembershipAction as A;
use self::Place as P;

const EVERYWHERE: &[Place] =
    &[P::Active, P::Warned, P::Expired, P::Withdrew, P::Revoked, P::Barred, P::SanctionWaits, P::WithdrawalWaits];

const RULES: &[Rule<MembershipAction, Place>] = &[
    by_handler(A::Warn, &[P::Active]),
    by_handler(A::LiftWarning, &[P::Warned]),
    // What a revocation is for may come to light after the last day, and a bar rests on a revocation.
    by_handler(A::ProposeRevocation, &[P::Active, P::Warned, P::Expired]),
    by_handler(A::ProposeBar, &[P::Revoked]),
    by_approver(A::Approve),
    by_approver(A::Return),
    Rule {
        action: A::AskWithdrawal,
        standings: &[P::Active, P::Warned],
        roles: &[Role::VendorAdmin],
        by_another: false,
    },
    by_handler(A::AcceptWithdrawal, &[P::WithdrawalWaits]),
    by_handler(A::DeclineWithdrawal, &[P::WithdrawalWaits]),
    by_handler(A::Rename, EVERYWHERE),
];

const fn by_handler(action: MembershipAction, standings: &'static [Place]) -> Rule<MembershipAction, Place> {
    Rule { action, standings, roles: &[Role::Handler], by_another: false }
}

const fn by_approver(action: MembershipAction) -> Rule<MembershipAction, Place> {
    Rule { action, standings: &[P::SanctionWaits], roles: &[Role::Approver], by_another: true }
}

impl MembershipAt {
    fn place(&self) -> Place {
        match (self.waiting, self.standing) {
            (Some((ProposalKind::Withdrawal, _)), _) => Place::WithdrawalWaits,
            (Some((ProposalKind::Revocation | ProposalKind::Bar, _)), _) => Place::SanctionWaits,
            (None, StandingOnDate::Active) => Place::Active,
            (None, StandingOnDate::Warned) => Place::Warned,
            (None, StandingOnDate::Expired) => Place::Expired,
            (None, StandingOnDate::Withdrew) => Place::Withdrew,
            (None, StandingOnDate::Revoked) => Place::Revoked,
            (None, StandingOnDate::Barred) => Place::Barred,
        }
    }

    /// The actor as far as this membership goes: an administrator is one of its own organisation alone.
    fn towards(&self, actor: &Actor) -> Actor {
        let own = |held: &&crate::domain::actor::Held| {
            held.role != Role::VendorAdmin || held.organisation == Some(self.organisation)
        };
        Actor { held: actor.held.iter().filter(own).cloned().collect(), ..actor.clone() }
    }

    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `wrong_role`, `membership_nothing_waits`, `membership_in_force`, `membership_warned`, `membership_expired`,
    /// `membership_withdrew`, `membership_revoked`, `membership_barred`, `membership_proposal_waits`, `own_proposal`.
    pub fn permit(&self, actor: &Actor, action: MembershipAction) -> Result<Role, Refusal> {
        let (standing, decides) =
            (self.place(), matches!(action, A::Approve | A::Return | A::AcceptWithdrawal | A::DeclineWithdrawal));
        let otherwise = match standing {
            _ if decides => "membership_nothing_waits",
            Place::Active => "membership_in_force",
            Place::Warned => "membership_warned",
            Place::Expired => "membership_expired",
            Place::Withdrew => "membership_withdrew",
            Place::Revoked => "membership_revoked",
            Place::Barred => "membership_barred",
            Place::SanctionWaits | Place::WithdrawalWaits => "membership_proposal_waits",
        };
        let proposed_by = self.waiting.map(|(_, by)| by);
        permit(RULES, &self.towards(actor), action, &At { standing, proposed_by, otherwise })
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<MembershipAction> {
        MembershipAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
