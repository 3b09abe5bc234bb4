//! One run of a programme: its windows, who may do what with it, what it says, and what must be in order before it
//! opens.

mod content;
mod planned;
mod readiness;

use super::actor::{Actor, Role};
use super::calendar;
use super::procedure::Station;
use super::refusal::Refusal;
use super::text::text_enum;
use chrono::{NaiveDate, NaiveDateTime};

pub use content::{Content, RawContent, differences, parse_instant};
pub use planned::PlannedDays;
pub use readiness::{CallProblem, PoolExpert, Readiness, problems};

text_enum!(
    /// Where a call stands before the clock takes over.
    CallStatus {
        /// Being drafted by a handler.
        Draft = "draft",
        /// Waits for an approver.
        Pending = "pending",
        /// Approved: opened and closed by the clock.
        Approved = "approved",
        /// Given up before it opened.
        Cancelled = "cancelled",
    }
);

text_enum!(
    /// Where an approved call stands by the clock.
    Phase {
        /// Not yet open.
        Upcoming = "upcoming",
        /// Applications are accepted.
        Open = "open",
        /// Closed for applications.
        Closed = "closed",
    }
);

/// The instants of a call; each window is half open: the closing instant is already outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// Applications are accepted from here …
    pub opens_at: NaiveDateTime,
    /// … until here.
    pub closes_at: NaiveDateTime,
    /// Bureaus recommend until here.
    pub recommend_by: NaiveDateTime,
}

impl Windows {
    /// The local day that its last deadline ends with, for a call whose files pass these stations.
    pub fn last_day(&self, stations: &[Station]) -> NaiveDate {
        let has_city = stations.iter().any(|station| matches!(station, Station::City | Station::CityDecides));
        let last = if has_city { self.closes_at.max(self.recommend_by) } else { self.closes_at };
        calendar::due_day(last)
    }

    /// Where the call stands at `now`.
    pub fn phase(&self, now: NaiveDateTime) -> Phase {
        if now < self.opens_at {
            Phase::Upcoming
        } else if now < self.closes_at {
            Phase::Open
        } else {
            Phase::Closed
        }
    }

    /// Whether bureaus may still act at `now`.
    pub fn recommendation_open(&self, now: NaiveDateTime) -> bool {
        now < self.recommend_by
    }
}

text_enum!(
    /// What somebody does with a call; words under `call-action-<code>`.
    CallAction {
        /// Changes the draft.
        Change = "change",
        /// Takes today's version of the programme into the draft.
        Repin = "repin",
        /// Hands the draft to an approver.
        Submit = "submit",
        /// Approves it.
        Approve = "approve",
        /// Hands it back to be changed.
        Return = "return",
        /// Gives it up before it opens.
        Cancel = "cancel",
        /// Gives applicants or bureaus more time, and moves the planned days on with it.
        Extend = "extend",
        /// Asks a question.
        Ask = "ask",
        /// Answers a question.
        Answer = "answer",
    }
);

/// Where a call stands towards somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its status.
    pub status: CallStatus,
    /// By the clock.
    pub phase: Phase,
    /// Whether this person drafted, changed or submitted it.
    pub authored: bool,
    /// What keeps it from working once it is approved; only looked for while it waits for an approver who looks.
    pub blocking: usize,
    /// Whether its review is closed, after which a file that a bureau still sent on would find nobody; only looked for
    /// once applications are closed, for an approver who looks.
    pub review_over: bool,
}

/// Who sees calls that the public does not: drafts, pending and cancelled ones.
pub const INSIDERS: &[Role] = &[Role::Handler, Role::Approver, Role::Auditor, Role::System];

/// Who drafts calls.
pub const DRAFTERS: &[Role] = HANDLER;

/// Who begins applications, for the organisation that they work for.
pub const APPLICANTS: &[Role] = &[Role::VendorAdmin, Role::VendorMember];

const HANDLER: &[Role] = &[Role::Handler];
const APPROVER: &[Role] = &[Role::Approver];

/// One row: an action, in which status, by whom. Asking is open to everyone who has signed in.
struct Rule {
    action: CallAction,
    status: CallStatus,
    phases: &'static [Phase],
    roles: &'static [Role],
}

const fn rule(action: CallAction, status: CallStatus, phases: &'static [Phase], roles: &'static [Role]) -> Rule {
    Rule { action, status, phases, roles }
}

/// What may be done with a call. Once it is approved nothing changes but its last days, later only, and with them the
/// days that are planned for what follows.
const RULES: &[Rule] = &[
    rule(CallAction::Change, CallStatus::Draft, Phase::ALL, HANDLER),
    rule(CallAction::Repin, CallStatus::Draft, Phase::ALL, HANDLER),
    rule(CallAction::Submit, CallStatus::Draft, Phase::ALL, HANDLER),
    rule(CallAction::Approve, CallStatus::Pending, Phase::ALL, APPROVER),
    rule(CallAction::Return, CallStatus::Pending, Phase::ALL, APPROVER),
    rule(CallAction::Cancel, CallStatus::Draft, Phase::ALL, Role::DEPARTMENT),
    rule(CallAction::Cancel, CallStatus::Pending, Phase::ALL, Role::DEPARTMENT),
    rule(CallAction::Cancel, CallStatus::Approved, &[Phase::Upcoming], APPROVER),
    rule(CallAction::Extend, CallStatus::Approved, Phase::ALL, APPROVER),
    rule(CallAction::Ask, CallStatus::Approved, Phase::ALL, &[]),
    rule(CallAction::Answer, CallStatus::Approved, Phase::ALL, HANDLER),
];

/// In which role the actor may take the action now (none for asking, which needs no role), or why not: first the role,
/// then the status, then the rule that nobody approves what they wrote.
///
/// # Errors
/// `wrong_role`, `call_wrong_status`, `call_opened`, `own_proposal`, `call_not_ready`, `call_review_over`.
pub fn permit(actor: &Actor, action: CallAction, at: &Standing) -> Result<Option<Role>, Refusal> {
    let mut nearest = Refusal::forbidden("wrong_role");
    for rule in RULES.iter().filter(|rule| rule.action == action) {
        let role = rule.roles.iter().copied().find(|role| actor.holds(*role));
        if role.is_none() && !(rule.roles.is_empty() && actor.account.is_some()) {
            continue;
        }
        if rule.status != at.status {
            // Being able to do it in another status does not hide that this one asks for another role.
            if nearest.code == "wrong_role" && !awaits_another_role(actor, action, at) {
                nearest = Refusal::conflict("call_wrong_status").with("status", at.status);
            }
        } else if !rule.phases.contains(&at.phase) {
            nearest = Refusal::conflict("call_opened");
        } else if action == CallAction::Approve && at.authored {
            nearest = Refusal::conflict("own_proposal");
        } else if action == CallAction::Approve && at.blocking > 0 {
            nearest = Refusal::conflict("call_not_ready").with("count", at.blocking);
        } else if action == CallAction::Extend && at.phase == Phase::Closed && at.review_over {
            // Neither of its last days can be put off any more.
            nearest = Refusal::conflict("call_review_over");
        } else {
            return Ok(role);
        }
    }
    Err(nearest)
}

/// Whether the action is possible in this status, only not in a role that the actor holds.
fn awaits_another_role(actor: &Actor, action: CallAction, at: &Standing) -> bool {
    RULES.iter().any(|rule| rule.action == action && rule.status == at.status && !actor.holds_any(rule.roles))
}

/// Every action that the actor may take now: the buttons of the page and the `actions` of the API.
pub fn available(actor: &Actor, at: &Standing) -> Vec<CallAction> {
    CallAction::ALL.iter().copied().filter(|action| permit(actor, *action, at).is_ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::actor::Held;
    use crate::domain::ids::{AccountId, IdSource};

    struct Fixed;
    impl IdSource for Fixed {
        fn next(&self) -> uuid::Uuid {
            uuid::Uuid::from_u128(7)
        }
    }

    fn actor(roles: &[Role]) -> Actor {
        Actor {
            account: Some(AccountId::new(&Fixed)),
            name: "x".into(),
            language: "zh-CN".into(),
            held: roles
                .iter()
                .map(|role| Held { role: *role, organisation: None, bureau: None, expert: None })
                .collect(),
        }
    }

    fn at(status: CallStatus, phase: Phase, authored: bool) -> Standing {
        Standing { status, phase, authored, blocking: 0, review_over: false }
    }

    fn instant(text: &str) -> NaiveDateTime {
        text.parse().expect("an instant")
    }

    #[test]
    fn windows_are_half_open() {
        let windows = Windows {
            opens_at: instant("2026-03-01T01:00:00"),
            closes_at: instant("2026-03-31T09:00:00"),
            recommend_by: instant("2026-04-15T09:00:00"),
        };
        assert_eq!(windows.phase(instant("2026-03-01T00:59:59.999999")), Phase::Upcoming);
        assert_eq!(windows.phase(windows.opens_at), Phase::Open);
        assert_eq!(windows.phase(instant("2026-03-31T08:59:59.999999")), Phase::Open);
        assert_eq!(windows.phase(windows.closes_at), Phase::Closed);
        assert!(windows.recommendation_open(windows.closes_at));
        assert!(!windows.recommendation_open(windows.recommend_by));
    }

    #[test]
    fn each_role_may_do_its_part_and_no_more() {
        use CallAction as A;
        use CallStatus as S;
        let cases: &[(&[Role], S, Phase, &[A])] = &[
            (&[Role::Handler], S::Draft, Phase::Upcoming, &[A::Change, A::Repin, A::Submit, A::Cancel]),
            (&[Role::Approver], S::Draft, Phase::Upcoming, &[A::Cancel]),
            (&[Role::Handler], S::Pending, Phase::Upcoming, &[A::Cancel]),
            (&[Role::Approver], S::Pending, Phase::Upcoming, &[A::Approve, A::Return, A::Cancel]),
            (&[Role::Handler], S::Approved, Phase::Upcoming, &[A::Ask, A::Answer]),
            (&[Role::Approver], S::Approved, Phase::Upcoming, &[A::Cancel, A::Extend, A::Ask]),
            (&[Role::Approver], S::Approved, Phase::Open, &[A::Extend, A::Ask]),
            (&[Role::Handler], S::Cancelled, Phase::Upcoming, &[]),
            (&[Role::Auditor], S::Draft, Phase::Upcoming, &[]),
            (&[Role::VendorAdmin], S::Approved, Phase::Open, &[A::Ask]),
            (&[], S::Approved, Phase::Open, &[A::Ask]),
        ];
        for (roles, status, phase, expected) in cases {
            assert_eq!(available(&actor(roles), &at(*status, *phase, false)), *expected, "{roles:?} {status} {phase}");
        }
        assert!(available(&Actor::public("zh-CN"), &at(S::Approved, Phase::Open, false)).is_empty());
    }

    #[test]
    fn the_nearest_reason_is_given() {
        use CallAction as A;
        use CallStatus as S;
        let code = |roles: &[Role], action, standing: Standing| {
            permit(&actor(roles), action, &standing).map_err(|refusal| refusal.code)
        };
        let both = &[Role::Handler, Role::Approver];
        assert_eq!(code(both, A::Approve, at(S::Pending, Phase::Upcoming, true)), Err("own_proposal"));
        assert_eq!(code(both, A::Approve, at(S::Pending, Phase::Upcoming, false)), Ok(Some(Role::Approver)));
        let unready = Standing { blocking: 2, ..at(S::Pending, Phase::Upcoming, false) };
        assert_eq!(code(both, A::Approve, unready), Err("call_not_ready"));
        assert!(!available(&actor(both), &unready).contains(&A::Approve));
        let over = Standing { review_over: true, ..at(S::Approved, Phase::Closed, false) };
        assert_eq!(code(both, A::Extend, over), Err("call_review_over"));
        assert!(!available(&actor(both), &over).contains(&A::Extend));
        assert_eq!(code(both, A::Extend, at(S::Approved, Phase::Closed, false)), Ok(Some(Role::Approver)));
        assert_eq!(code(both, A::Approve, at(S::Approved, Phase::Upcoming, false)), Err("call_wrong_status"));
        assert_eq!(code(&[Role::Handler], A::Approve, at(S::Pending, Phase::Upcoming, false)), Err("wrong_role"));
        assert_eq!(code(&[Role::Handler], A::Change, at(S::Approved, Phase::Open, false)), Err("call_wrong_status"));
        assert_eq!(code(&[Role::Approver], A::Cancel, at(S::Approved, Phase::Open, false)), Err("call_opened"));
        assert_eq!(code(&[Role::Handler], A::Cancel, at(S::Approved, Phase::Upcoming, false)), Err("wrong_role"));
        assert_eq!(
            code(&[Role::Handler], A::Cancel, at(S::Cancelled, Phase::Upcoming, false)),
            Err("call_wrong_status")
        );
    }
}
