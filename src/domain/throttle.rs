//! How often something may be tried: a window that slides in ten slots, counted in whole numbers.

use super::text::text_enum;

text_enum!(
    /// What is counted, each by itself.
    Throttled {
        /// Sign-ins that failed, by the address that was typed, whether it has an account or not.
        SignInAccount = "sign_in_account",
        /// Sign-ins that failed, by where they came from.
        SignInNetwork = "sign_in_network",
        /// Codes of a second factor, by account.
        SecondFactor = "second_factor",
        /// Requests to set a password anew, by where they come from; and by account those for another address to sign in with.
        PasswordReset = "password_reset",
        /// Registrations of people.
        Registration = "registration",
        /// Objections.
        Objection = "objection",
        /// Documents that are brought in for an objection.
        Evidence = "evidence",
        /// Subscriptions to a search, by network.
        Subscription = "subscription",
        /// Subscriptions to a search, by the neighbourhood of the network.
        SubscriptionNeighbours = "subscription_neighbours",
        /// Numbers of certificates that there are none of.
        Certificate = "certificate",
    }
);

impl Throttled {
    /// Whether waiting for it grows with each time that its limit is reached: what guesses passwords.
    pub fn grows(self) -> bool {
        matches!(self, Throttled::SignInAccount | Throttled::SignInNetwork)
    }
}

/// Seconds for which it is remembered that a limit was reached, and that a wait which grows lasts at most.
pub const MEMORY: i64 = 86_400;

/// Slots of a window.
const SLOTS: i64 = 10;

/// So many attempts in so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    attempts: i64,
    slot_seconds: i64,
}

impl Limit {
    /// A limit of `attempts` in any window of `minutes`.
    pub fn new(attempts: i64, minutes: i64) -> Limit {
        Limit { attempts, slot_seconds: (minutes * 60 / SLOTS).max(1) }
    }

    /// The slot of an instant, in seconds since 1970.
    pub fn slot_at(&self, second: i64) -> i64 {
        second.div_euclid(self.slot_seconds)
    }

    /// The oldest slot that counts at an instant.
    pub fn oldest_at(&self, second: i64) -> i64 {
        self.slot_at(second) - SLOTS + 1
    }

    /// The second from which a slot counts no more.
    pub fn end_of(&self, slot: i64) -> i64 {
        (slot + SLOTS) * self.slot_seconds
    }

    /// The second at which a slot begins.
    pub fn start_of(&self, slot: i64) -> i64 {
        slot * self.slot_seconds
    }

    /// The first slot from an instant on, and no more than `ahead` slots after it, in which one more keeps every window
    /// within the limit. `counted` are the slots that count, those among them in which something is to happen later.
    pub fn first_free(&self, counted: &[(i64, i64)], second: i64, ahead: i64) -> Option<i64> {
        let made_from = |first: i64| -> i64 {
            counted.iter().filter(|(slot, _)| (first..first + SLOTS).contains(slot)).map(|(_, made)| made).sum()
        };
        let now = self.slot_at(second);
        (now..=now + ahead).find(|slot| (slot - SLOTS + 1..=*slot).all(|first| made_from(first) < self.attempts))
    }

    /// Whether what was counted is all that is allowed; the attempt in question is among it.
    pub fn is_reached(&self, counted: &[(i64, i64)]) -> bool {
        counted.iter().map(|(_, made)| made).sum::<i64>() == self.attempts
    }

    /// The second until which nothing more is tried, where the limit was reached again: from the second time within [`MEMORY`]
    /// on, the wait is twice the window, then twice as long each time, up to a day. `reached` are the seconds at which it was,
    /// oldest first, each with how often.
    pub fn held_until(&self, reached: &[(i64, i64)]) -> Option<i64> {
        let times: i64 = reached.iter().map(|(_, made)| made).sum();
        let (last, _) = reached.iter().rev().find(|(_, made)| *made > 0)?;
        let window = self.slot_seconds * SLOTS;
        let most = MEMORY.max(window);
        (times > 1).then(|| last + (1..times.min(32)).fold(window, |wait, _| (wait * 2).min(most)))
    }

    /// How many seconds to wait, where what was counted goes beyond the limit. `counted` are the slots that count, oldest
    /// first, with the attempt in question among them.
    pub fn wait(&self, counted: &[(i64, i64)], second: i64) -> Option<i64> {
        let mut left: i64 = counted.iter().map(|(_, made)| made).sum();
        if left <= self.attempts {
            return None;
        }
        let mut until = second + self.slot_seconds * SLOTS;
        for (slot, made) in counted {
            left -= made;
            if left <= self.attempts {
                until = self.end_of(*slot);
                break;
            }
        }
        Some((until - second).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ten in a hundred seconds: slots of ten seconds.
    fn limit(attempts: i64) -> Limit {
        Limit { attempts, slot_seconds: 10 }
    }

    #[test]
    fn a_window_slides_slot_by_slot() {
        let three = limit(3);
        assert_eq!(three.wait(&[(100, 3)], 1_005), None);
        // The fourth waits until the first slot has left the window of ten.
        assert_eq!(three.wait(&[(100, 2), (101, 2)], 1_015), Some(1_100 - 1_015));
        assert_eq!((three.oldest_at(1_099), three.oldest_at(1_100)), (100, 101));
        assert_eq!(limit(0).wait(&[(100, 1)], 1_000), Some(100), "nothing is allowed");
        assert_eq!(Limit::new(5, 15).slot_seconds, 90);
    }

    #[test]
    fn c_05_the_wait_doubles_each_time_up_to_a_day() {
        let ten = limit(10);
        let reached = |times: i64| -> Vec<(i64, i64)> { (0..times).map(|number| (1_000 + number * 500, 1)).collect() };
        let waits: Vec<Option<i64>> = (0..14)
            .map(|times| ten.held_until(&reached(times)).map(|until| until - (1_000 + (times - 1) * 500)))
            .collect();
        let expected = [200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200, 86_400, 86_400, 86_400];
        assert_eq!(waits[..2], [None, None], "the first time the window slides as it does");
        assert_eq!(waits[2..], expected.map(Some));
        // What was taken back was never reached.
        assert_eq!(ten.held_until(&[(1_000, 1), (2_000, 0)]), None);
        assert_eq!(ten.held_until(&[(1_000, 1), (2_000, 1), (3_000, 0)]), Some(2_200));
        assert_eq!(Limit::new(1, 10_080).held_until(&[(0, 40)]), Some(10_080 * 60), "no shorter than its window");
    }

    proptest! {
        #[test]
        fn what_is_put_off_keeps_every_window_within_the_limit(
            many in 1_usize..60, attempts in 1_i64..6, ahead in 0_i64..60,
        ) {
            let limit = limit(attempts);
            let mut placed = std::collections::BTreeMap::new();
            let mut last = 100;
            for _ in 0..many {
                let counted: Vec<(i64, i64)> = placed.iter().map(|(slot, made)| (*slot, *made)).collect();
                let Some(slot) = limit.first_free(&counted, 1_005, ahead) else {
                    // So many as leave in that time are placed already.
                    prop_assert_eq!(counted.iter().map(|(_, made)| made).sum::<i64>(), attempts * (ahead / 10 + 1));
                    break;
                };
                prop_assert!((last..=100 + ahead).contains(&slot), "in the order in which they came: {}", slot);
                last = slot;
                *placed.entry(slot).or_insert(0_i64) += 1;
                for first in 90..=slot {
                    let made: i64 = placed.range(first..first + 10).map(|(_, made)| *made).sum();
                    prop_assert!(made <= attempts, "{} from {}", made, first);
                }
            }
        }

        #[test]
        fn whoever_waits_as_told_is_let_in(made in prop::collection::vec(0_i64..5, 10), attempts in 1_i64..20, within in 0_i64..10) {
            let limit = limit(attempts);
            let now = 1_090 + within;
            let counted: Vec<(i64, i64)> = (100..).zip(made).collect();
            if let Some(wait) = limit.wait(&counted, now) {
                prop_assert!((1..=100).contains(&wait));
                let later: i64 = counted.iter().filter(|(slot, _)| *slot >= limit.oldest_at(now + wait)).map(|(_, made)| made).sum();
                prop_assert!(later <= attempts);
            }
        }
    }
}
