//! Separation of duties: which roles one person may not hold together.
//!
//! System, security and audit administration lie with different people (GB/T 22239-2019 8.1.5, 三权分立), and whoever
//! handles a file does not approve it. Nobody audits their own acts.

use super::actor::Role;

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

#[cfg(test)]
mod tests {
    use super::*;

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
