//! How far the sheets of one file lie apart, once the scoring has ended. All in hundredths of a point, and exact: a mean is
//! never rounded before it is compared.

use super::scoring::Fraction;
use super::scoring::severity::{deviation_at, is_outlier};
use super::status::Grounds;

/// The highest total less the lowest; 0 with fewer than two.
pub fn spread(totals: &[i64]) -> i64 {
    match (totals.iter().max(), totals.iter().min()) {
        (Some(highest), Some(lowest)) => highest.saturating_sub(*lowest),
        _ => 0,
    }
}

/// Whether the total at a place lies further than `limit` from the mean of the others: `Some(true)` above it,
/// `Some(false)` below it, `None` within the limit or without others.
pub fn far(totals: &[i64], at: usize, limit: i64) -> Option<bool> {
    let apart = deviation_at(totals, at)?;
    is_outlier(apart, limit).then_some(apart > Fraction::ZERO)
}

/// Why a file is talked over: its totals lie further apart than `max_spread`, or one of them further than `far_limit` from
/// the mean of the others. None if neither holds.
pub fn grounds(totals: &[i64], max_spread: i64, far_limit: Option<i64>) -> Option<Grounds> {
    if totals.len() < 2 {
        return None;
    }
    if spread(totals) > max_spread {
        return Some(Grounds::Spread);
    }
    let limit = far_limit?;
    (0..totals.len()).any(|at| far(totals, at, limit).is_some()).then_some(Grounds::Outlier)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_total_is_far_only_beyond_the_limit() {
        // 90.00 beside 70.00 and 60.00: 25.00 above their mean of 65.00.
        let totals = [9000, 7000, 6000];
        assert_eq!(far(&totals, 0, 2500), None);
        assert_eq!(far(&totals, 0, 2499), Some(true));
        assert_eq!(far(&totals, 2, 1999), Some(false));
        assert_eq!(far(&totals, 9, 0), None);
        assert_eq!(far(&[9000], 0, 0), None);
    }

    #[test]
    fn a_file_is_talked_over_for_its_spread_before_its_outlier() {
        assert_eq!(grounds(&[9000, 7000, 6000], 2999, Some(100)), Some(Grounds::Spread));
        assert_eq!(grounds(&[9000, 7000, 6000], 3000, Some(2499)), Some(Grounds::Outlier));
        assert_eq!(grounds(&[9000, 7000, 6000], 3000, Some(2500)), None);
        assert_eq!(grounds(&[9000, 7000, 6000], 3000, None), None);
        assert_eq!(grounds(&[9000], 0, Some(0)), None);
    }

    proptest! {
        /// Against the definition in fractions, written another way: each side times the number of the others.
        #[test]
        fn far_is_what_the_fractions_say(totals in prop::collection::vec(0i64..=10_000, 2..9), limit in 0i64..=10_000) {
            for (at, own) in totals.iter().enumerate() {
                let others: Vec<i64> = totals.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| *t).collect();
                let (sum, count) = (others.iter().sum::<i64>(), others.len() as i64);
                let above = own * count > sum + limit * count;
                let below = own * count < sum - limit * count;
                let expected = if above { Some(true) } else if below { Some(false) } else { None };
                prop_assert_eq!(far(&totals, at, limit), expected);
            }
        }

        #[test]
        fn whoever_is_far_makes_a_spread_at_least_as_large(totals in prop::collection::vec(0i64..=10_000, 2..9), limit in 0i64..=10_000) {
            let any = (0..totals.len()).any(|at| far(&totals, at, limit).is_some());
            prop_assert!(!any || spread(&totals) > limit);
            let mut turned = totals.clone();
            turned.reverse();
            prop_assert_eq!(grounds(&turned, limit, Some(limit)), grounds(&totals, limit, Some(limit)));
        }
    }
}
