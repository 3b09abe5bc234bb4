//! The second factor: whom it is asked of, what is still owed after the password, and how long a code counts as fresh.

use super::actor::{Held, Role};
use chrono::{Duration, NaiveDateTime};

/// Minutes for which a code counts as fresh: long enough to look at what one decides on, short enough for a screen that was
/// left alone (C-02: five minutes at most).
pub const FRESH_MINUTES: i64 = 5;

/// What somebody still owes whose password was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Nothing: they are in.
    Nothing,
    /// To set up a second factor.
    Enrol,
    /// A code.
    Code,
    /// To set a new password: the one in use is older than the rule allows.
    NewPassword,
    /// To sign in anew: half a sign-in, of which the other half is asked no more.
    SignIn,
}

impl Demand {
    /// The same in a session that half a sign-in began. It never becomes whole by owing nothing any more: neither because a setting
    /// was changed meanwhile nor because a role came to its end, for nobody has shown there what was asked.
    pub fn of_half_sign_in(self) -> Demand {
        match self {
            Demand::Enrol | Demand::Code => self,
            Demand::Nothing | Demand::NewPassword | Demand::SignIn => Demand::SignIn,
        }
    }
}

/// Whether somebody with these roles acts for others, and so is bound to have a second factor: officers, experts,
/// administrators and auditors.
pub fn is_bound(held: &[Held]) -> bool {
    held.iter().any(|held| is_role_bound(held.role))
}

/// Whether a role is one of those.
pub fn is_role_bound(role: Role) -> bool {
    !matches!(role, Role::VendorAdmin | Role::VendorMember)
}

/// What is owed: whoever has a second factor gives a code in each session, whether it is required of them or not.
/// An old password is changed by whoever has shown all else.
pub fn demand(required: bool, enrolled: bool, given_at: Option<NaiveDateTime>, is_old: bool) -> Demand {
    match (enrolled, given_at) {
        (true, None) => Demand::Code,
        (false, _) if required => Demand::Enrol,
        _ if is_old => Demand::NewPassword,
        _ => Demand::Nothing,
    }
}

/// Whether the last code of a session is fresh enough for what weighs most.
pub fn is_fresh(given_at: Option<NaiveDateTime>, now: NaiveDateTime) -> bool {
    given_at.is_some_and(|at| now - at <= Duration::minutes(FRESH_MINUTES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_02_everybody_who_acts_for_others_is_bound() {
        let held = |role| Held { role, organisation: None, bureau: None, expert: None };
        for role in Role::ALL.iter().copied() {
            let vendor = matches!(role, Role::VendorAdmin | Role::VendorMember);
            assert_eq!(is_bound(&[held(Role::VendorMember), held(role)]), !vendor, "{role}");
        }
        assert!(!is_bound(&[]));
    }

    #[test]
    fn c_02_a_code_is_owed_by_whoever_has_a_factor() {
        let at: NaiveDateTime = "2026-03-02T01:00:00".parse().expect("an instant");
        for required in [false, true] {
            assert_eq!(demand(required, true, None, true), Demand::Code);
            assert_eq!(demand(required, true, Some(at), false), Demand::Nothing);
        }
        assert_eq!(demand(true, false, None, true), Demand::Enrol);
        // A code of a factor that was taken away counts no more.
        assert_eq!(demand(true, false, Some(at), false), Demand::Enrol);
        assert_eq!(demand(false, false, None, false), Demand::Nothing);
        assert_eq!(demand(false, false, None, true), Demand::NewPassword);
    }

    #[test]
    fn c_02_half_a_sign_in_opens_nothing_whatever_is_owed_later() {
        let at: NaiveDateTime = "2026-03-02T01:00:00".parse().expect("an instant");
        for required in [false, true] {
            for enrolled in [false, true] {
                for (given_at, is_old) in [(None, false), (None, true), (Some(at), false), (Some(at), true)] {
                    let owed = demand(required, enrolled, given_at, is_old).of_half_sign_in();
                    assert!(matches!(owed, Demand::Enrol | Demand::Code | Demand::SignIn), "{owed:?}");
                    assert_eq!(owed == Demand::Enrol, required && !enrolled, "what is still asked can still be shown");
                }
            }
        }
        assert_eq!(Demand::Code.of_half_sign_in(), Demand::Code);
    }

    #[test]
    fn c_02_a_code_is_fresh_for_five_minutes() {
        let at: NaiveDateTime = "2026-03-02T01:00:00".parse().expect("an instant");
        assert!(is_fresh(Some(at), at + Duration::minutes(5)));
        assert!(!is_fresh(Some(at), at + Duration::minutes(5) + Duration::seconds(1)));
        assert!(!is_fresh(None, at));
    }
}
