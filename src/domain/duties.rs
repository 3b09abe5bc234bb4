//! Separation of duties: which roles one person may not hold together.
//!
//! System, security and audit administration lie with different people (GB/T 22239-2019 8.1.5, 三权分立), and whoever
//! handles a file does not approve it. Nobody audits their own acts.

use super::actor::Role;
use chrono::{Days, NaiveDate};

/// Two sides that judge one another: who holds a role of the one holds none of the other.
const APART: &[(&[Role], &[Role])] = &[
    // Administration.
    (&[Role::SystemAdmin], &[Role::SecurityAdmin, Role::Auditor]),
    (&[Role::SecurityAdmin], &[Role::Auditor]),
    // Who handles a file does not approve it, and who recommends it decides nothing.
    (&[Role::Handler], &[Role::Approver]),
    (&[Role::CityOfficer], &[Role::Handler, Role::Approver]),
    // Who acts in the procedure does not audit what was done there.
    (&[Role::Auditor], &[Role::CityOfficer, Role::Handler, Role::Approver, Role::Evaluator]),
    // Who applies does not judge.
    (
        &[Role::VendorAdmin, Role::VendorMember],
        &[Role::CityOfficer, Role::Handler, Role::Approver, Role::Evaluator, Role::Auditor],
    ),
    // Who scores neither recommends, handles, approves, organises nor looks on.
    (&[Role::Expert], &[Role::CityOfficer, Role::Handler, Role::Approver, Role::Evaluator, Role::Auditor]),
];

/// The role among `held` that does not go with `wanted`, if any.
pub fn conflict(held: &[Role], wanted: Role) -> Option<Role> {
    let apart = |role: Role| {
        APART.iter().any(|(one, other)| {
            (one.contains(&wanted) && other.contains(&role)) || (other.contains(&wanted) && one.contains(&role))
        })
    };
    held.iter().copied().find(|role| apart(*role))
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

    #[test]
    fn c_24_duties_that_check_one_another_lie_with_different_people() {
        use Role::*;
        let officers = [CityOfficer, Handler, Approver, Evaluator];
        let mut apart = vec![
            (SystemAdmin, SecurityAdmin),
            (SystemAdmin, Auditor),
            (SecurityAdmin, Auditor),
            (Handler, Approver),
            (CityOfficer, Handler),
            (CityOfficer, Approver),
            (VendorAdmin, Auditor),
            (VendorMember, Auditor),
            (Expert, Auditor),
        ];
        for judged in [VendorAdmin, VendorMember, Expert, Auditor] {
            apart.extend(officers.map(|officer| (judged, officer)));
        }
        for a in Role::ALL.iter().copied() {
            for b in Role::ALL.iter().copied() {
                let forbidden = apart.contains(&(a, b)) || apart.contains(&(b, a));
                assert_eq!(conflict(&[a], b), forbidden.then_some(a), "{a} and {b}");
            }
        }
    }
}
