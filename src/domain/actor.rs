//! Who acts, and in which role.

use super::ids::{AccountId, ExpertId, OrganisationId};
use super::refusal::Refusal;
use super::text::text_enum;

text_enum!(
    /// A role. What each may do with an application is in [`super::procedure::PROCEDURE`].
    Role {
        /// Runs an organisation's account: admits members, submits, withdraws.
        VendorAdmin = "vendor_admin",
        /// Fills in an organisation's applications.
        VendorMember = "vendor_member",
        /// Checks and recommends for one bureau.
        CityOfficer = "city_officer",
        /// The department's handler: drafts, screens, proposes.
        Handler = "handler",
        /// The department's approver: approves what a handler proposed.
        Approver = "approver",
        /// Runs an evaluation for the department without deciding anything (measures, item nine).
        Evaluator = "evaluator",
        /// Scores.
        Expert = "expert",
        /// Reads everything that was done, changes nothing.
        Auditor = "auditor",
        /// Runs the system: accounts' creation, mail, settings.
        SystemAdmin = "system_admin",
        /// Grants and withdraws roles.
        SecurityAdmin = "security_admin",
        /// The service itself.
        System = "system",
    }
);

impl Role {
    /// The department's own officers, who see every file after the draft.
    pub const DEPARTMENT: &'static [Role] = &[Role::Handler, Role::Approver];

    /// What a grant of this role is bound to.
    pub fn bound_to(self) -> Bound {
        match self {
            Role::VendorAdmin | Role::VendorMember => Bound::Organisation,
            Role::CityOfficer => Bound::Bureau,
            Role::Expert => Bound::Expert,
            _ => Bound::Nothing,
        }
    }
}

/// What a role is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// One organisation.
    Organisation,
    /// One bureau.
    Bureau,
    /// One expert of the pool.
    Expert,
    /// The whole service.
    Nothing,
}

/// A role that the actor holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub role: Role,
    /// For a vendor's roles.
    pub organisation: Option<OrganisationId>,
    /// For a city officer: the bureau's code.
    pub bureau: Option<String>,
    /// For an expert.
    pub expert: Option<ExpertId>,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Nobody in particular for the service itself and for the public.
    pub account: Option<AccountId>,
    /// Shown on pages; never the ground of a decision.
    pub name: String,
    /// Language of pages and mail.
    pub language: String,
    /// What the actor holds now; read anew at each request.
    pub held: Vec<Held>,
}

impl Actor {
    /// The service itself.
    pub fn system() -> Actor {
        Actor {
            account: None,
            name: "system".into(),
            language: "zh-CN".into(),
            held: vec![Held { role: Role::System, organisation: None, bureau: None, expert: None }],
        }
    }

    /// Nobody in particular.
    pub fn public(language: &str) -> Actor {
        Actor { account: None, name: String::new(), language: language.into(), held: Vec::new() }
    }

    /// Whether the actor holds the role, whatever it is bound to.
    pub fn holds(&self, role: Role) -> bool {
        self.held.iter().any(|held| held.role == role)
    }

    /// Whether the actor holds any of the roles.
    pub fn holds_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.holds(*role))
    }

    /// The first of these roles that the actor holds, or the refusal.
    pub fn must_hold(&self, roles: &[Role]) -> Result<Role, Refusal> {
        roles.iter().copied().find(|role| self.holds(*role)).ok_or_else(|| Refusal::forbidden("wrong_role"))
    }

    /// The account behind the actor; the service itself and the public have none.
    pub fn must_be_somebody(&self) -> Result<AccountId, Refusal> {
        self.account.ok_or_else(|| Refusal::forbidden("wrong_role"))
    }

    /// The organisations the actor works for.
    pub fn organisations(&self) -> Vec<OrganisationId> {
        let mut ids: Vec<_> = self.held.iter().filter_map(|held| held.organisation).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Whether the actor administers this organisation.
    pub fn administers(&self, organisation: OrganisationId) -> bool {
        self.held.iter().any(|held| held.role == Role::VendorAdmin && held.organisation == Some(organisation))
    }

    /// The bureau the actor works for.
    pub fn bureau(&self) -> Option<&str> {
        self.held.iter().find_map(|held| held.bureau.as_deref())
    }

    /// The expert that the actor is.
    pub fn expert(&self) -> Option<ExpertId> {
        self.held.iter().find_map(|held| held.expert)
    }

    /// As the record names the actor: the account's id, or a word for those without one.
    pub fn for_record(&self) -> &str {
        match &self.account {
            Some(id) => id.as_text(),
            None if self.holds(Role::System) => "system",
            None => "public",
        }
    }
}
