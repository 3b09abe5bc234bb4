//! Separation of duties: which roles one person may not hold together.
//!
//! System, security and audit administration lie with different people, and with nobody who has a part in the procedure
//! (GB/T 22239-2019 8.1.5, 三权分立): who gives roles or runs the system gains nothing by it, and nobody audits their own acts. Whoever
//! handles a file does not approve it, and whoever is commissioned to run an evaluation decides nothing (measures, item nine).

use super::actor::Role;
use chrono::{Days, NaiveDate};

/// Roles that are held alone: their holders look at what others do, or others at what they do.
const ALONE: &[Role] = &[
    // Administration.
    Role::SystemAdmin,
    Role::SecurityAdmin,
    Role::Auditor,
    // A bureau recommends, the department's handler proposes, its approver decides: each looks at what the one before has done.
    Role::CityOfficer,
    Role::Handler,
    Role::Approver,
    // Prepares what these decide upon, for pay perhaps, and decides nothing.
    Role::Evaluator,
];

/// Whether two roles must not lie with one person. What is left goes together: an applicant's two roles, and an applicant's with an
/// expert's, whom the rules of recusal keep from files of their own.
fn are_apart(one: Role, other: Role) -> bool {
    one != other && (ALONE.contains(&one) || ALONE.contains(&other)) && ![one, other].contains(&Role::System)
}

/// The role among `held` that does not go with `wanted`, if any.
pub fn conflict(held: &[Role], wanted: Role) -> Option<Role> {
    held.iter().copied().find(|role| are_apart(*role, wanted))
}

/// Whether these roles may lie with one person.
pub fn go_together(held: &[Role]) -> bool {
    held.iter().all(|role| conflict(held, *role).is_none())
}

/// Days before the last day of an administrator's role, of the service or of an organisation, from which on those who are to know
/// are told that it ends: once from each of them on.
pub const TOLD_DAYS_BEFORE: [i32; 2] = [30, 7];

/// Which of [`TOLD_DAYS_BEFORE`] it is time for, of a role that was given on a day, is held until `last`, included, and of whose
/// end the administrations were told so many days before; none where nothing is to be told. A role that was given within those
/// days was given with its end before everybody's eyes.
pub fn telling_due(given: NaiveDate, last: NaiveDate, told: Option<i32>, today: NaiveDate) -> Option<i32> {
    let is_due = |days: &i32| {
        let from = u64::try_from(*days).ok().and_then(|days| last.checked_sub_days(Days::new(days)));
        from.is_some_and(|from| given < from && from <= today && today <= last)
    };
    let nearest = TOLD_DAYS_BEFORE.into_iter().rev().find(is_due)?;
    told.is_none_or(|told| nearest < told).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::actor::{Actor, Held};
    use crate::domain::procedure::{Action, PROCEDURE, Transition};
    use crate::domain::steps::{DecisionAction, DecisionAt};
    use std::collections::BTreeSet;

    /// Day by day over the life of a role, against its last thirty and seven days counted one by one.
    #[test]
    fn c_24_each_end_is_told_once_a_month_and_once_a_week_before() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let day = |number: u64| first + Days::new(number);
        for length in 0..60 {
            let (mut told, mut days) = (None, Vec::new());
            for today in 0..=length + 3 {
                if let Some(due) = telling_due(first, day(length), told, day(today)) {
                    told = Some(due);
                    days.push((due, today));
                }
            }
            let expected = [(30, 30), (7, 7)].into_iter().filter(|(_, before)| length > *before);
            let expected: Vec<(i32, u64)> = expected.map(|(due, before)| (due, length - before)).collect();
            assert_eq!(days, expected, "a role of {length} days");
            // Where the service stood still meanwhile, the end is told once, by what is the case then.
            assert_eq!(telling_due(first, day(length), None, day(length)), (length > 7).then_some(7));
            assert_eq!(telling_due(first, day(length), None, day(length + 1)), None, "it is over");
        }
    }

    fn go(one: Role, other: Role) -> bool {
        let together = conflict(&[one], other).is_none();
        assert_eq!(together, conflict(&[other], one).is_none(), "{one} and {other}: whichever comes first");
        assert_eq!(together, go_together(&[one, other]), "{one} and {other}");
        together
    }

    /// The roles that the procedure lets act on a file: its applicants, and those who lead it on.
    fn of_procedure() -> (BTreeSet<Role>, BTreeSet<Role>) {
        let filed = PROCEDURE.iter().filter(|row| row.action == Action::Submit).flat_map(|row| row.roles);
        let mut applicants: BTreeSet<Role> = filed.copied().collect();
        let saved = PROCEDURE.iter().filter(|row| row.action == Action::Save).flat_map(|row| row.roles);
        applicants.extend(saved.copied());
        let all = PROCEDURE.iter().flat_map(|row| row.roles).copied();
        let leading = all.filter(|role| !applicants.contains(role)).collect();
        (applicants, leading)
    }

    /// The roles that decide: whatever leads a file on, but for the end of its scoring, what is proposed and approved of files, members and
    /// lists, and scores.
    fn deciding() -> BTreeSet<Role> {
        let decides = |row: &&Transition| row.action != Action::CloseReview && row.to.is_some();
        let (applicants, leading) = of_procedure();
        let rows = PROCEDURE.iter().filter(decides).flat_map(|row| row.roles).copied();
        let mut deciding: BTreeSet<Role> = rows.filter(|role| leading.contains(role)).collect();
        let decision = DecisionAt { reviewed: true, to_decide: 1, pending: None };
        let may = |role: Role, action: DecisionAction| {
            let held = vec![Held { role, organisation: None, bureau: None, expert: None }];
            let actor = Actor { held, ..Actor::public("zh-CN") };
            decision.permit(&actor, action).map_or_else(|refusal| refusal.code != "wrong_role", |_| true)
        };
        let of_decision = |role: &Role| DecisionAction::ALL.iter().any(|action| may(*role, *action));
        deciding.extend(Role::ALL.iter().copied().filter(of_decision));
        deciding.insert(Role::Expert);
        assert!(deciding.is_disjoint(&applicants));
        deciding
    }

    /// "A commissioned third party may run the evaluation (measures, item nine) without deciding anything."
    #[test]
    fn c_24_whoever_evaluates_holds_no_role_that_decides() {
        let deciding = deciding();
        assert!(!deciding.contains(&Role::Evaluator), "{deciding:?}");
        for role in [Role::CityOfficer, Role::Handler, Role::Approver, Role::Expert] {
            assert!(deciding.contains(&role), "{role} decides something");
        }
        for role in deciding {
            assert!(!go(Role::Evaluator, role), "{role}");
        }
    }

    /// System, security and audit administration lie apart, and apart from everybody who has a part in the procedure.
    #[test]
    fn c_24_no_administration_lies_with_another_or_with_the_procedure() {
        let (applicants, leading) = of_procedure();
        let administrations = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];
        for one in administrations {
            for other in applicants.iter().chain(&leading).copied().chain(deciding()).chain(administrations) {
                assert_eq!(go(one, other), one == other, "{one} and {other}");
            }
        }
    }

    /// Nobody approves their own proposal, and nobody judges who applies: of those who lead a file on each is held alone.
    #[test]
    fn c_24_duties_that_check_one_another_lie_with_different_people() {
        let (applicants, leading) = of_procedure();
        for one in &leading {
            for other in applicants.iter().chain(&leading).filter(|other| *other != one) {
                assert!(!go(*one, *other), "{one} and {other}");
            }
            assert!(!go(*one, Role::Expert), "{one}: who scores leads no file on");
        }
        // Together go the parts of one applicant, and those of an applicant and an expert, whom recusal keeps apart file by file.
        let mut together = BTreeSet::new();
        for one in Role::ALL.iter().copied().filter(|role| *role != Role::System) {
            let others = Role::ALL.iter().copied().filter(|other| one < *other && *other != Role::System);
            together.extend(others.filter(|other| go(one, *other)).map(|other| (one, other)));
        }
        let (admin, member, expert) = (Role::VendorAdmin, Role::VendorMember, Role::Expert);
        assert_eq!(together, BTreeSet::from([(admin, member), (admin, expert), (member, expert)]));
    }
}
