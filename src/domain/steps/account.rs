//! Administration of an account: invited and closed by the system administrator, given roles by the security administrator.
//! Nobody changes their own.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::domain::status::AccountStatus;
use crate::domain::text::text_enum;

text_enum!(
    /// What an administrator does with an account.
    AccountAction {
        /// Sends a new link to somebody who has not set a password yet.
        InviteAgain = "invite_again",
        /// Closes it, which ends its sessions.
        Close = "close",
        /// Opens it again.
        Reopen = "reopen",
        /// Ends its sessions.
        EndSessions = "end_sessions",
        /// Takes its second factor away, for somebody who lost the device and the recovery codes.
        ResetFactor = "reset_factor",
        /// Takes the identity of a provider away from it: it was tied by somebody else, or its owner
        /// cannot come into the account any more.
        UntieIdentity = "untie_identity",
        /// Gives it a role.
        GrantRole = "grant_role",
        /// Takes a role back.
        RevokeRole = "revoke_role",
    }
);

/// Who manages accounts and roles.
pub const ADMINISTRATORS: &[Role] = &[Role::SystemAdmin, Role::SecurityAdmin];

/// The offices that lie apart so that each is watched by the others (三权分立): none of them loses its last holder by an act of
/// another.
pub const OFFICES: &[Role] = &[Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];

/// Who invites people.
pub const INVITERS: &[Role] = SYSTEM;

const SYSTEM: &[Role] = &[Role::SystemAdmin];
const SECURITY: &[Role] = &[Role::SecurityAdmin];
const USED: &[AccountStatus] = &[AccountStatus::Invited, AccountStatus::Active];
const CLOSED: &[AccountStatus] = &[AccountStatus::Disabled];

const RULES: &[Rule<AccountAction, AccountStatus>] = &[
    rule(AccountAction::InviteAgain, &[AccountStatus::Invited], SYSTEM),
    rule(AccountAction::Close, USED, ADMINISTRATORS),
    rule(AccountAction::Reopen, CLOSED, ADMINISTRATORS),
    rule(AccountAction::EndSessions, AccountStatus::ALL, ADMINISTRATORS),
    rule(AccountAction::ResetFactor, AccountStatus::ALL, SECURITY),
    rule(AccountAction::UntieIdentity, AccountStatus::ALL, SECURITY),
    rule(AccountAction::GrantRole, USED, SECURITY),
    rule(AccountAction::RevokeRole, AccountStatus::ALL, SECURITY),
];

const fn rule(
    action: AccountAction,
    standings: &'static [AccountStatus],
    roles: &'static [Role],
) -> Rule<AccountAction, AccountStatus> {
    Rule { action, standings, roles, by_another: false }
}

impl AccountAction {
    /// In which role the actor may take the action on an account of this status.
    ///
    /// # Errors
    /// `wrong_role`, `own_account`, `own_factor`, `own_identity`, `own_roles`, `account_not_invited`,
    /// `account_status_unchanged`, `account_disabled`.
    pub fn permit(self, actor: &Actor, account: AccountId, status: AccountStatus) -> Result<Role, Refusal> {
        use AccountAction as A;
        let otherwise = match self {
            A::InviteAgain => "account_not_invited",
            A::GrantRole => "account_disabled",
            _ => "account_status_unchanged",
        };
        let permitted = permit(RULES, actor, self, &At { standing: status, proposed_by: None, otherwise });
        let own = actor.account == Some(account);
        match self {
            _ if !own || permitted.as_ref().is_err_and(|refusal| refusal.code == "wrong_role") => permitted,
            A::Close | A::Reopen => Err(Refusal::conflict("own_account")),
            A::ResetFactor => Err(Refusal::conflict("own_factor")),
            A::UntieIdentity => Err(Refusal::conflict("own_identity")),
            A::GrantRole | A::RevokeRole => Err(Refusal::conflict("own_roles")),
            A::InviteAgain | A::EndSessions => permitted,
        }
    }

    /// Every action that the actor may take now.
    pub fn available(actor: &Actor, account: AccountId, status: AccountStatus) -> Vec<AccountAction> {
        AccountAction::ALL.iter().copied().filter(|a| a.permit(actor, account, status).is_ok()).collect()
    }
}

text_enum!(
    /// What is done with one session.
    SessionAction {
        /// Ends it.
        End = "end",
    }
);

impl SessionAction {
    /// Every action that the actor may take on one session of an account: one's own are ended one by one, those of somebody
    /// else all at once (see [`AccountAction::EndSessions`]).
    pub fn available(actor: &Actor, account: AccountId) -> Vec<SessionAction> {
        if actor.account == Some(account) { vec![SessionAction::End] } else { Vec::new() }
    }
}
