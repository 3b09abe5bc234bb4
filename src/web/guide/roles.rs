//! What each role does, in order, and where: the tables behind the guides. Each place is an address of the table of
//! routes that lets one of the guide's roles in; a test holds the two together.

use crate::domain::actor::Role;
use crate::domain::timeline::Stop;

/// A step: its words are `guide-step-<key>` and `guide-step-<key>-text`.
pub struct Step {
    /// Its key.
    pub key: &'static str,
    /// Where it is done, as the table of routes writes it.
    pub at: &'static str,
}

/// The guide of some roles.
pub struct Guide {
    /// Its name in keys: `guide-lead-<who>`.
    pub who: &'static str,
    /// Where it is read.
    pub path: &'static str,
    /// Key of its title.
    pub title: &'static str,
    /// Whose it is.
    pub roles: &'static [Role],
    /// Stops at which they act without moving the file by themselves; those where they do are in the procedure's table.
    pub stops: &'static [Stop],
    /// First to last.
    pub steps: &'static [Step],
}

const fn step(key: &'static str, at: &'static str) -> Step {
    Step { key, at }
}

/// Every guide; the first is the public's.
pub const GUIDES: &[Guide] = &[
    Guide {
        who: "vendor",
        path: "/guide/vendor",
        title: "guide-vendor",
        roles: &[Role::VendorAdmin, Role::VendorMember],
        stops: &[],
        steps: &[
            step("vendor-register", "/registration/new"),
            step("vendor-organisation", "/organisation"),
            step("vendor-call", "/calls"),
            step("vendor-fill", "/applications/{id}/form"),
            step("vendor-documents", "/applications/{id}/documents"),
            step("vendor-submit", "/applications/{id}/submission"),
            step("vendor-follow", "/applications"),
            step("vendor-correct", "/applications/{id}/form"),
            step("vendor-notice", "/notices"),
            step("vendor-member", "/organisation"),
        ],
    },
    Guide {
        who: "city",
        path: "/guide/city-officer",
        title: "guide-city",
        roles: &[Role::CityOfficer],
        stops: &[],
        steps: &[
            step("city-desk", "/desk"),
            step("city-check", "/applications"),
            step("city-correct", "/applications/{id}/corrections/new"),
            step("city-recommend", "/applications/{id}/recommendation"),
            step("city-batch", "/applications"),
            step("city-undo", "/batches"),
            step("city-rank", "/recommendations"),
            step("city-refuse", "/applications/{id}/refusal"),
            step("city-result", "/applications/{id}/result"),
            step("city-filters", "/filters"),
        ],
    },
    Guide {
        who: "handler",
        path: "/guide/handler",
        title: "guide-handler",
        roles: &[Role::Handler],
        stops: &[],
        steps: &[
            step("handler-call", "/calls/new"),
            step("handler-screen", "/applications/{id}/screening"),
            step("handler-experts", "/experts"),
            step("handler-draw", "/reviews/{call}/draw"),
            step("handler-review", "/reviews"),
            step("handler-decide", "/decisions"),
            step("handler-notice", "/calls/{id}/notices/new"),
            step("handler-objections", "/objections"),
            step("handler-list", "/calls/{id}/lists/new"),
            step("handler-members", "/memberships"),
        ],
    },
    Guide {
        who: "approver",
        path: "/guide/approver",
        title: "guide-approver",
        roles: &[Role::Approver],
        stops: &[],
        steps: &[
            step("approver-desk", "/desk"),
            step("approver-call", "/calls"),
            step("approver-decide", "/decisions"),
            step("approver-objections", "/objections"),
            step("approver-list", "/lists"),
            step("approver-members", "/memberships"),
        ],
    },
    Guide {
        who: "evaluator",
        path: "/guide/evaluator",
        title: "guide-evaluator",
        roles: &[Role::Evaluator],
        stops: &[],
        steps: &[
            step("evaluator-desk", "/desk"),
            step("evaluator-draw", "/reviews/{call}/draw"),
            step("evaluator-plan", "/reviews"),
            step("evaluator-remind", "/reviews/{call}/reminders"),
            step("evaluator-close", "/reviews/{call}"),
            step("evaluator-minutes", "/decisions/{call}/minutes"),
        ],
    },
    Guide {
        who: "expert",
        path: "/guide/expert",
        title: "guide-expert",
        roles: &[Role::Expert],
        stops: &[Stop::Review],
        steps: &[
            step("expert-ties", "/expert"),
            step("expert-declare", "/assignments"),
            step("expert-score", "/assignments/{id}"),
            step("expert-submit", "/assignments/{id}"),
            step("expert-discuss", "/assignments/{id}"),
            step("expert-extra", "/assignments/{id}/extra"),
        ],
    },
    Guide {
        who: "auditor",
        path: "/guide/auditor",
        title: "guide-auditor",
        roles: &[Role::Auditor],
        stops: &[],
        steps: &[
            step("auditor-events", "/events"),
            step("auditor-subject", "/events/{kind}/{id}"),
            step("auditor-draw", "/reviews/{call}/draw"),
            step("auditor-decisions", "/decisions"),
            step("auditor-accounts", "/accounts"),
            step("auditor-verify", "/verify"),
        ],
    },
    Guide {
        who: "administrators",
        path: "/guide/administrators",
        title: "guide-administrators",
        roles: &[Role::SystemAdmin, Role::SecurityAdmin],
        stops: &[],
        steps: &[
            step("admin-account", "/accounts/new"),
            step("admin-grant", "/accounts/{id}"),
            step("admin-leave", "/accounts"),
            step("admin-factor", "/accounts/{id}"),
            step("admin-mail", "/mails"),
            step("admin-settings", "/settings"),
            step("admin-backup", "/settings"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::routes::Access;
    use actix_web::http::Method;
    use std::collections::BTreeSet;

    /// A guide leads nobody to a door that is not there, or not open to its roles.
    #[test]
    fn every_step_is_done_where_the_guides_roles_may_come_in() {
        let routes = crate::web::routes();
        for guide in GUIDES {
            assert_eq!(routes.access(&Method::GET, guide.path), Some(Access::Public));
            for step in guide.steps {
                let open = match routes.access(&Method::GET, step.at) {
                    Some(Access::Public | Access::SignedIn) => true,
                    Some(Access::Roles(roles)) => guide.roles.iter().any(|role| roles.contains(role)),
                    None => false,
                };
                assert!(open, "{} is sent to {}", guide.who, step.at);
            }
        }
    }

    #[test]
    fn every_role_that_a_person_holds_has_one_guide() {
        let told: Vec<Role> = GUIDES.iter().flat_map(|guide| guide.roles).copied().collect();
        let once: BTreeSet<Role> = told.iter().copied().collect();
        assert_eq!(told.len(), once.len());
        let held: BTreeSet<Role> = Role::ALL.iter().copied().filter(|role| *role != Role::System).collect();
        assert_eq!(once, held);
        let steps: Vec<&str> = GUIDES.iter().flat_map(|guide| guide.steps).map(|step| step.key).collect();
        assert_eq!(steps.iter().collect::<BTreeSet<_>>().len(), steps.len(), "a step is written once");
    }
}
