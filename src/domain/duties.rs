//! Separation of duties: which roles one person may not hold together.
//!
//! System, security and audit administration lie with different people (GB/T 22239-2019 8.1.5, 三权分立), and whoever
//! handles a file does not approve it.

use super::actor::Role;

/// Sets of roles of which one account may hold one at most.
const APART: &[&[Role]] = &[&[Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor], &[Role::Handler, Role::Approver]];

/// The role among `held` that does not go with `wanted`, if any.
pub fn conflict(held: &[Role], wanted: Role) -> Option<Role> {
    APART
        .iter()
        .filter(|apart| apart.contains(&wanted))
        .find_map(|apart| held.iter().copied().find(|role| *role != wanted && apart.contains(role)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duties_that_check_one_another_lie_with_different_people() {
        use Role::*;
        let apart =
            [(SystemAdmin, SecurityAdmin), (SystemAdmin, Auditor), (SecurityAdmin, Auditor), (Handler, Approver)];
        for a in Role::ALL.iter().copied() {
            for b in Role::ALL.iter().copied() {
                let forbidden = apart.contains(&(a, b)) || apart.contains(&(b, a));
                assert_eq!(conflict(&[a], b), forbidden.then_some(a), "{a} and {b}");
            }
        }
    }
}
