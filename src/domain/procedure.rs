//! The procedure as one table: which action leads an application from which state to which, who may take it, what must
//! hold and what it must carry. The server's permission, the buttons on a page, the API's `actions`, the diagram in the
//! documentation and the tests all read this table.

mod table;

use super::actor::{Actor, Role};
use super::ids::OrganisationId;
use super::refusal::Refusal;
use super::text::text_enum;

pub use table::PROCEDURE;

text_enum!(
    /// The state of an application.
    State {
        /// Being filled in.
        Draft = "draft",
        /// With the city bureau.
        Submitted = "submitted",
        /// Back with the applicant, for the city bureau.
        CityCorrection = "city_correction",
        /// The bureau does not recommend it. Final.
        NotRecommended = "not_recommended",
        /// With the department's screening.
        Recommended = "recommended",
        /// Back with the applicant, for the department.
        ScreeningCorrection = "screening_correction",
        /// Not eligible. Final.
        Ineligible = "ineligible",
        /// With the experts.
        InReview = "in_review",
        /// Scored; waits for the decision.
        Reviewed = "reviewed",
        /// Decided on for recognition; waits for the notice.
        Proposed = "proposed",
        /// Decided against. Final.
        NotSelected = "not_selected",
        /// Named in a public notice.
        InNotice = "in_notice",
        /// Held because of an accepted objection.
        Held = "held",
        /// Removed because an objection was upheld. Final.
        Removed = "removed",
        /// In a published list. Final.
        Recognised = "recognised",
        /// Withdrawn by the applicant. Final.
        Withdrawn = "withdrawn",
    }
);

text_enum!(
    /// What somebody does with an application.
    Action {
        /// Saves the form, documents or members.
        Save = "save",
        /// Files it.
        Submit = "submit",
        /// Files it again after a correction.
        Resubmit = "resubmit",
        /// Takes it back.
        Withdraw = "withdraw",
        /// Sends it back with everything that must be mended.
        RequestCorrection = "request_correction",
        /// Gives more time for a correction.
        ExtendCorrection = "extend_correction",
        /// Recommends it, with a rank.
        Recommend = "recommend",
        /// Moves it to another rank of its bureau.
        Rerank = "rerank",
        /// Takes back that it was recommended together with others.
        UndoRecommend = "undo_recommend",
        /// Does not recommend it.
        NotRecommend = "not_recommend",
        /// Records the result of a bureau that decides by itself.
        FileResult = "file_result",
        /// Finds form and eligibility in order.
        Accept = "accept",
        /// Takes back that it was accepted together with others.
        UndoAccept = "undo_accept",
        /// Finds it not eligible.
        DeclareIneligible = "declare_ineligible",
        /// Ends the review.
        CloseReview = "close_review",
        /// Decides for it, as another officer proposed.
        ApproveSelection = "approve_selection",
        /// Decides against it, as another officer proposed.
        ApproveDecline = "approve_decline",
        /// Takes the decision back, as another officer proposed.
        UndoDecision = "undo_decision",
        /// Names it in a public notice.
        OpenNotice = "open_notice",
        /// Holds it because of an accepted objection.
        Hold = "hold",
        /// Lets it go on: every objection was dismissed.
        Release = "release",
        /// Removes it: an objection was upheld.
        Remove = "remove",
        /// Publishes it in a list.
        Publish = "publish",
    }
);

text_enum!(
    /// A station that a programme may use or leave out. The decision is always there.
    Station {
        /// A city bureau checks and recommends.
        City = "city",
        /// A city bureau decides by itself and files the result.
        CityDecides = "city_decides",
        /// The department checks form and eligibility.
        Screening = "screening",
        /// Experts score.
        Review = "review",
        /// A public notice runs before the list.
        Notice = "notice",
    }
);

impl Action {
    /// Whether it takes back what led to a state: an end that can be taken back is an end all the same.
    pub fn takes_back(self) -> bool {
        matches!(self, Action::UndoDecision | Action::UndoRecommend | Action::UndoAccept)
    }

    /// Whether it takes back what was done to several files together, and nothing that was done to one.
    pub fn is_joint_alone(self) -> bool {
        matches!(self, Action::UndoRecommend | Action::UndoAccept)
    }

    /// The code of the refusal in a state that does not allow it.
    const fn out_of_state(self) -> &'static str {
        match self {
            Action::Rerank => "rank_fixed",
            _ => "wrong_state",
        }
    }
}

/// A condition that must hold beside state and role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Between the call's opening and its closing.
    CallOpen,
    /// Before the bureaus' own date.
    RecommendationOpen,
    /// Before the date of the correction.
    CorrectionOpen,
    /// The date of the correction has passed.
    CorrectionLapsed,
    /// No correction was asked for at this station yet.
    CorrectionUnused,
    /// The bureau has a place left.
    QuotaLeft,
    /// No accepted objection is open.
    NoOpenObjection,
    /// The notice has run its full time.
    NoticeOver,
    /// Another officer proposed to undo the decision.
    UndoProposed,
}

/// What an action must bring along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carries {
    /// A reason, shown to the applicant.
    Reason,
    /// What must be mended, each with a reason.
    Marks,
    /// A date.
    Deadline,
    /// A rank within the bureau.
    Rank,
}

/// Which way a file goes, as a condition on the stations it passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// It passes all of these.
    pub with: &'static [Station],
    /// It passes none of these.
    pub without: &'static [Station],
}

impl When {
    /// Whether a file that passes these stations goes this way.
    pub fn holds(&self, stations: &[Station]) -> bool {
        self.with.iter().all(|s| stations.contains(s)) && !self.without.iter().any(|s| stations.contains(s))
    }
}

/// One row: an action from a set of states.
#[derive(Debug, Clone, Copy)]
pub struct Transition {
    /// What is done.
    pub action: Action,
    /// In which states.
    pub from: &'static [State],
    /// On which way.
    pub when: When,
    /// By whom.
    pub roles: &'static [Role],
    /// Where it leads; the state stays when empty.
    pub to: Option<State>,
    /// What must hold.
    pub guards: &'static [Guard],
    /// What must come along.
    pub carries: &'static [Carries],
}

/// What the guards ask about: the facts of one application at one instant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Between the call's opening and its closing.
    pub call_open: bool,
    /// Before the bureaus' own date.
    pub recommendation_open: bool,
    /// A correction is asked for and its date has not passed.
    pub correction_open: bool,
    /// The city bureau has used its one correction.
    pub city_correction_used: bool,
    /// The department has used its one correction.
    pub screening_correction_used: bool,
    /// The bureau has a place left.
    pub quota_left: bool,
    /// An objection waits for acceptance or for its outcome.
    pub objection_open: bool,
    /// The notice has begun.
    pub notice_begun: bool,
    /// The notice has run its full time.
    pub notice_over: bool,
    /// The decision on it is proposed to be undone.
    pub undo_proposed: bool,
}

impl Guard {
    /// The code of the refusal when the guard does not hold.
    fn code(self) -> &'static str {
        match self {
            Guard::CallOpen => "call_not_open",
            Guard::RecommendationOpen => "recommendation_closed",
            Guard::CorrectionOpen => "correction_over",
            Guard::CorrectionLapsed => "correction_still_running",
            Guard::CorrectionUnused => "correction_already_used",
            Guard::QuotaLeft => "quota_used_up",
            Guard::NoOpenObjection => "objection_open",
            Guard::NoticeOver => "notice_still_running",
            Guard::UndoProposed => "decision_undo_none_pending",
        }
    }

    fn holds(self, state: State, facts: &Facts) -> bool {
        match self {
            Guard::CallOpen => facts.call_open,
            Guard::RecommendationOpen => facts.recommendation_open,
            Guard::CorrectionOpen => facts.correction_open,
            Guard::CorrectionLapsed => !facts.correction_open,
            Guard::CorrectionUnused => match state {
                State::Submitted => !facts.city_correction_used,
                _ => !facts.screening_correction_used,
            },
            Guard::QuotaLeft => facts.quota_left,
            Guard::NoOpenObjection => !facts.objection_open,
            Guard::NoticeOver => facts.notice_begun && facts.notice_over,
            Guard::UndoProposed => facts.undo_proposed,
        }
    }
}

/// Where an application stands, as far as the procedure asks.
#[derive(Debug, Clone, Copy)]
pub struct Standpoint<'a> {
    /// Its state.
    pub state: State,
    /// The stations it passes.
    pub stations: &'a [Station],
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Which bureau's it is.
    pub bureau: Option<&'a str>,
    /// What the guards ask about.
    pub facts: &'a Facts,
}

impl Standpoint<'_> {
    /// The roles that the actor holds towards this application.
    fn roles_of(&self, actor: &Actor) -> Vec<Role> {
        actor
            .held
            .iter()
            .filter(|held| match held.role {
                Role::VendorAdmin | Role::VendorMember => held.organisation == Some(self.organisation),
                Role::CityOfficer => held.bureau.is_some() && held.bureau.as_deref() == self.bureau,
                _ => true,
            })
            .map(|held| held.role)
            .collect()
    }
}

/// An action that may be taken: the row that allows it and the role in which it is taken.
#[derive(Debug, Clone, Copy)]
pub struct Permission {
    /// The row.
    pub transition: &'static Transition,
    /// The role that acts.
    pub role: Role,
    /// The state it leads to.
    pub to: State,
}

/// Whether `actor` may take `action` now, and why not. The nearest reason is given: first the role, then the state,
/// then the guard.
pub fn permit(actor: &Actor, action: Action, at: &Standpoint<'_>) -> Result<Permission, Refusal> {
    let roles = at.roles_of(actor);
    let mut nearest = Refusal::forbidden("wrong_role");
    for transition in PROCEDURE.iter().filter(|t| t.action == action) {
        let Some(role) = transition.roles.iter().copied().find(|role| roles.contains(role)) else { continue };
        if !transition.from.contains(&at.state) || !transition.when.holds(at.stations) {
            if nearest.code == "wrong_role" {
                nearest = Refusal::conflict(action.out_of_state()).with("state", at.state);
            }
            continue;
        }
        match transition.guards.iter().find(|guard| !guard.holds(at.state, at.facts)) {
            None => return Ok(Permission { transition, role, to: transition.to.unwrap_or(at.state) }),
            Some(guard) => nearest = Refusal::conflict(guard.code()),
        }
    }
    Err(nearest)
}

impl Action {
    /// Whether it is taken on the application itself. The others follow from an act on several files, a review, a
    /// decision, a notice, an objection or a list, and are offered there.
    pub const fn is_direct(self) -> bool {
        use Action as A;
        !matches!(
            self,
            A::CloseReview
                | A::ApproveSelection
                | A::ApproveDecline
                | A::OpenNotice
                | A::Hold
                | A::Release
                | A::Remove
                | A::Publish
                | A::UndoDecision
                | A::UndoRecommend
                | A::UndoAccept
        )
    }
}

/// Every action that `actor` may take now on the application itself: the buttons of the page and the `actions` of the API.
pub fn available(actor: &Actor, at: &Standpoint<'_>) -> Vec<Action> {
    let direct = Action::ALL.iter().copied().filter(|action| action.is_direct());
    direct.filter(|action| permit(actor, *action, at).is_ok()).collect()
}

/// The state diagram as Mermaid text, for the documentation; a test holds the documentation to it.
pub fn diagram() -> String {
    let mut lines = vec!["stateDiagram-v2".to_string(), "    [*] --> draft".to_string()];
    let mut seen = std::collections::BTreeSet::new();
    for transition in PROCEDURE {
        let Some(to) = transition.to else { continue };
        for from in transition.from {
            let line = format!("    {from} --> {to}: {}", transition.action);
            if seen.insert(line.clone()) {
                lines.push(line);
            }
        }
    }
    lines.join("\n")
}

/// Whether nothing leads out of the state but taking back what led there.
pub fn is_final(state: State) -> bool {
    let leads_out = |t: &Transition| t.from.contains(&state) && t.to.is_some_and(|to| to != state);
    !PROCEDURE.iter().any(|t| leads_out(t) && !t.action.takes_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way that a programme may lay out.
    fn ways() -> Vec<Vec<Station>> {
        let all = [Station::City, Station::CityDecides, Station::Screening, Station::Review, Station::Notice];
        (0..1 << all.len())
            .map(|bits| all.iter().enumerate().filter(|(i, _)| bits & (1 << i) != 0).map(|(_, s)| *s).collect())
            .filter(|way: &Vec<Station>| !(way.contains(&Station::City) && way.contains(&Station::CityDecides)))
            .collect()
    }

    #[test]
    fn one_row_at_most_decides_where_an_action_leads() {
        for way in ways() {
            for action in Action::ALL {
                for state in State::ALL {
                    let rows: Vec<_> = PROCEDURE
                        .iter()
                        .filter(|t| t.action == *action && t.from.contains(state) && t.when.holds(&way))
                        .collect();
                    assert!(rows.len() <= 1, "{action} in {state} on {way:?}: {rows:?}");
                }
            }
        }
    }

    #[test]
    fn on_every_way_each_state_that_can_be_reached_leads_on_or_is_final() {
        for way in ways() {
            let mut reached = std::collections::BTreeSet::from([State::Draft]);
            while let Some(next) = PROCEDURE
                .iter()
                .filter(|t| t.when.holds(&way) && t.from.iter().any(|s| reached.contains(s)))
                .filter_map(|t| t.to)
                .find(|to| !reached.contains(to))
            {
                reached.insert(next);
            }
            assert!(reached.contains(&State::Recognised), "{way:?} never recognises anybody");
            for state in reached {
                let leads_on =
                    PROCEDURE.iter().any(|t| t.when.holds(&way) && t.from.contains(&state) && t.to.is_some());
                assert!(leads_on || is_final(state), "nobody can leave {state} on {way:?}");
            }
        }
    }

    #[test]
    fn an_end_that_can_be_taken_back_is_an_end() {
        let ends: Vec<State> = State::ALL.iter().copied().filter(|state| is_final(*state)).collect();
        use State as S;
        let expected = [S::NotRecommended, S::Ineligible, S::NotSelected, S::Removed, S::Recognised, S::Withdrawn];
        assert_eq!(ends, expected);
        for transition in PROCEDURE.iter().filter(|t| t.action.takes_back()) {
            // What is taken back can be done again: every state that it leads from is led to from where it leads.
            for from in transition.from {
                let again = |t: &&Transition| t.from.iter().any(|s| Some(*s) == transition.to) && t.to == Some(*from);
                assert!(PROCEDURE.iter().any(|t| again(&t)), "{} from {from}", transition.action);
            }
            assert!(transition.carries.contains(&Carries::Reason), "{}", transition.action);
        }
    }

    /// A list of files asks about no more than that.
    #[test]
    fn what_is_done_with_a_file_itself_rests_on_its_windows_its_corrections_and_the_places() {
        for transition in PROCEDURE.iter().filter(|t| t.action.is_direct()) {
            for guard in transition.guards {
                use Guard as G;
                let known = matches!(
                    guard,
                    G::CallOpen
                        | G::RecommendationOpen
                        | G::CorrectionOpen
                        | G::CorrectionLapsed
                        | G::CorrectionUnused
                        | G::QuotaLeft
                );
                assert!(known, "{} asks about {guard:?}", transition.action);
            }
        }
    }

    #[test]
    fn an_adverse_action_carries_a_reason() {
        for transition in PROCEDURE {
            let adverse = matches!(
                transition.to,
                Some(State::NotRecommended | State::Ineligible | State::NotSelected | State::Removed | State::Held)
            );
            assert!(!adverse || transition.carries.contains(&Carries::Reason), "{:?}", transition.action);
        }
    }
}
