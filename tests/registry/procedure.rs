//! The procedure's table against a small model written another way, and against its diagram in the documentation.

use proptest::prelude::*;
use yuanchi::domain::actor::{Actor, Held, Role};
use yuanchi::domain::ids::{IdSource, OrganisationId};
use yuanchi::domain::procedure::{self, Action, Facts, Standpoint, State, Station};

struct Numbered(u128);

impl IdSource for Numbered {
    fn next(&self) -> uuid::Uuid {
        uuid::Uuid::from_u128(self.0)
    }
}

/// Which way a file goes.
#[derive(Debug, Clone, Copy)]
struct Way {
    city: bool,
    city_decides: bool,
    screening: bool,
    review: bool,
    notice: bool,
}

impl Way {
    fn stations(self) -> Vec<Station> {
        [
            (self.city, Station::City),
            (self.city_decides, Station::CityDecides),
            (self.screening, Station::Screening),
            (self.review, Station::Review),
            (self.notice, Station::Notice),
        ]
        .into_iter()
        .filter_map(|(uses, station)| uses.then_some(station))
        .collect()
    }
}

/// The model: what a person who has read the design would say, state by state. `mine` says that the file is the actor's
/// own (organisation or bureau).
fn model(way: Way, state: State, action: Action, role: Role, mine: bool, f: &Facts) -> Option<State> {
    let vendor = mine && matches!(role, Role::VendorAdmin | Role::VendorMember);
    let vendor_admin = mine && role == Role::VendorAdmin;
    let city = mine && role == Role::CityOfficer;
    let handler = role == Role::Handler;
    let approver = role == Role::Approver;
    let after_city = if way.screening {
        State::Recommended
    } else if way.review {
        State::InReview
    } else {
        State::Reviewed
    };
    let may = |yes: bool, to: State| yes.then_some(to);
    match (state, action) {
        (State::Draft, Action::Save) => may(vendor && f.call_open, State::Draft),
        (State::Draft, Action::Submit) => {
            let to = if way.city || way.city_decides { State::Submitted } else { after_city };
            may(vendor_admin && f.call_open, to)
        }
        (State::Draft, Action::Withdraw) => may(vendor_admin, State::Withdrawn),

        (State::Submitted, Action::RequestCorrection) => {
            may(city && f.recommendation_open && !f.city_correction_used, State::CityCorrection)
        }
        (State::Submitted, Action::Recommend) => {
            may(city && way.city && f.recommendation_open && f.quota_left, after_city)
        }
        (State::Submitted, Action::NotRecommend) => may(city, State::NotRecommended),
        (State::Submitted, Action::FileResult) => {
            may(city && way.city_decides && f.recommendation_open && f.quota_left, State::Proposed)
        }
        (State::Submitted, Action::Withdraw) => may(vendor_admin, State::Withdrawn),

        (State::CityCorrection, Action::Save) => may(vendor && f.correction_open, State::CityCorrection),
        (State::CityCorrection, Action::Resubmit) => may(vendor_admin && f.correction_open, State::Submitted),
        (State::CityCorrection, Action::ExtendCorrection) => may(city && f.recommendation_open, State::CityCorrection),
        (State::CityCorrection, Action::NotRecommend) => may(city && !f.correction_open, State::NotRecommended),
        (State::CityCorrection, Action::Withdraw) => may(vendor_admin, State::Withdrawn),

        (State::Recommended, Action::Rerank) => may(city && way.city && f.recommendation_open, State::Recommended),
        // Whatever a recommendation led to is taken back from there.
        (State::Recommended | State::InReview | State::Reviewed, Action::UndoRecommend) => {
            may(city && way.city && state == after_city && f.recommendation_open, State::Submitted)
        }
        (State::InReview, Action::UndoAccept) => may(handler && way.screening && way.review, State::Recommended),
        (State::Reviewed, Action::UndoAccept) => may(handler && way.screening && !way.review, State::Recommended),
        (State::Recommended, Action::RequestCorrection) => {
            may(handler && !f.screening_correction_used, State::ScreeningCorrection)
        }
        (State::Recommended, Action::Accept) => {
            may(handler, if way.review { State::InReview } else { State::Reviewed })
        }
        (State::Recommended, Action::DeclareIneligible) => may(handler, State::Ineligible),
        (State::Recommended, Action::Withdraw) => may(vendor_admin, State::Withdrawn),

        (State::ScreeningCorrection, Action::Save) => may(vendor && f.correction_open, State::ScreeningCorrection),
        (State::ScreeningCorrection, Action::Resubmit) => may(vendor_admin && f.correction_open, State::Recommended),
        (State::ScreeningCorrection, Action::ExtendCorrection) => may(handler, State::ScreeningCorrection),
        (State::ScreeningCorrection, Action::DeclareIneligible) => {
            may(handler && !f.correction_open, State::Ineligible)
        }
        (State::ScreeningCorrection, Action::Withdraw) => may(vendor_admin, State::Withdrawn),

        (State::InReview, Action::CloseReview) => {
            may(way.review && (handler || role == Role::Evaluator), State::Reviewed)
        }
        (State::InReview | State::Reviewed | State::Proposed, Action::Withdraw) => may(vendor_admin, State::Withdrawn),
        (State::Reviewed, Action::ApproveSelection) => may(approver, State::Proposed),
        (State::Reviewed, Action::ApproveDecline) => may(approver, State::NotSelected),
        (State::Proposed | State::NotSelected, Action::UndoDecision) => {
            may(approver && f.undo_proposed, State::Reviewed)
        }
        (State::Proposed, Action::OpenNotice) => may(handler && way.notice, State::InNotice),
        (State::Proposed, Action::Publish) => may(approver && !way.notice, State::Recognised),

        (State::InNotice, Action::Hold) => may(handler && way.notice, State::Held),
        (State::InNotice, Action::Publish) => {
            may(approver && way.notice && f.notice_begun && f.notice_over && !f.objection_open, State::Recognised)
        }
        (State::Held, Action::Release) => may(approver && way.notice && !f.objection_open, State::InNotice),
        (State::Held, Action::Remove) => may(approver && way.notice, State::Removed),
        _ => None,
    }
}

fn ways() -> impl Strategy<Value = Way> {
    (0..3_u8, any::<[bool; 3]>()).prop_map(|(first, [screening, review, notice])| Way {
        city: first == 1,
        city_decides: first == 2,
        screening,
        review,
        notice,
    })
}

fn facts() -> impl Strategy<Value = Facts> {
    any::<[bool; 10]>().prop_map(|b| Facts {
        call_open: b[0],
        recommendation_open: b[1],
        correction_open: b[2],
        city_correction_used: b[3],
        screening_correction_used: b[4],
        quota_left: b[5],
        objection_open: b[6],
        notice_begun: b[7],
        notice_over: b[8],
        undo_proposed: b[9],
    })
}

fn actor(role: Role, mine: bool) -> Actor {
    let organisation = matches!(role, Role::VendorAdmin | Role::VendorMember)
        .then(|| OrganisationId::new(&Numbered(if mine { 1 } else { 2 })));
    let bureau = (role == Role::CityOfficer).then(|| if mine { "foshan" } else { "zhuhai" }.to_string());
    Actor {
        account: None,
        name: String::new(),
        language: "zh-CN".into(),
        held: vec![Held { role, organisation, bureau, expert: None }],
    }
}

fn table(way: Way, state: State, action: Action, role: Role, mine: bool, facts: &Facts) -> Option<State> {
    let stations = way.stations();
    let at = Standpoint {
        state,
        stations: &stations,
        organisation: OrganisationId::new(&Numbered(1)),
        bureau: Some("foshan"),
        facts,
    };
    procedure::permit(&actor(role, mine), action, &at).ok().map(|permission| permission.to)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every cell of state × action × role, on a random way with random facts.
    #[test]
    fn c_52_every_cell_of_the_table_is_as_the_model_says(way in ways(), facts in facts()) {
        for state in State::ALL {
            for action in Action::ALL {
                for role in Role::ALL {
                    for mine in [true, false] {
                        prop_assert_eq!(
                            table(way, *state, *action, *role, mine, &facts),
                            model(way, *state, *action, *role, mine, &facts),
                            "{} in {} as {} (own: {})", action, state, role, mine
                        );
                    }
                }
            }
        }
    }

    /// Random sequences: table and model walk the same path, and a file that has reached an end stays there.
    #[test]
    fn c_52_random_sequences_walk_the_same_path(
        way in ways(),
        steps in proptest::collection::vec((0..Action::ALL.len(), 0..Role::ALL.len(), facts()), 1..60),
    ) {
        let mut state = State::Draft;
        for (action, role, facts) in steps {
            let (action, role) = (Action::ALL[action], Role::ALL[role]);
            let next = table(way, state, action, role, true, &facts);
            prop_assert_eq!(next, model(way, state, action, role, true, &facts));
            if let Some(next) = next {
                prop_assert!(!procedure::is_final(state) || next == state || action.takes_back());
                state = next;
            }
        }
    }

    /// The buttons are exactly what the server would accept.
    #[test]
    fn buttons_are_what_the_server_accepts(way in ways(), facts in facts()) {
        let stations = way.stations();
        for state in State::ALL {
            let at = Standpoint {
                state: *state,
                stations: &stations,
                organisation: OrganisationId::new(&Numbered(1)),
                bureau: Some("foshan"),
                facts: &facts,
            };
            for role in Role::ALL {
                let actor = actor(*role, true);
                let shown = procedure::available(&actor, &at);
                for action in Action::ALL {
                    let accepted = procedure::permit(&actor, *action, &at).is_ok();
                    prop_assert_eq!(shown.contains(action), accepted && action.is_direct());
                }
            }
        }
    }
}

#[test]
fn the_documentation_draws_the_table() {
    let readme = include_str!("../../README.md");
    let drawn = readme
        .split_once("```mermaid\n")
        .and_then(|(_, rest)| rest.split_once("\n```"))
        .map(|(drawn, _)| drawn)
        .unwrap_or_default();
    assert_eq!(drawn, procedure::diagram(), "print procedure::diagram() into README.md");
}
