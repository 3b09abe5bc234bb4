//! From the sheets of a panel to one score.

use std::cmp::Ordering;

/// A mean as an exact fraction, so that comparing never rounds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mean {
    /// Sum of the points, in hundredths.
    pub sum: i64,
    /// Over how many sheets; with none there is no mean, which is below every other.
    pub count: u32,
}

impl Mean {
    /// The mean of these points, in hundredths.
    pub fn of(points: &[i64]) -> Mean {
        Mean {
            sum: points.iter().fold(0, |sum, p| i64::saturating_add(sum, *p)),
            count: u32::try_from(points.len()).unwrap_or(u32::MAX),
        }
    }

    /// To the hundredth, a half rounded up; none when there are no sheets.
    pub fn rounded(self) -> Option<i64> {
        let (sum, count) = (i128::from(self.sum), i128::from(self.count));
        if count == 0 {
            return None;
        }
        i64::try_from((2 * sum + count).div_euclid(2 * count)).ok()
    }
}

impl Ord for Mean {
    fn cmp(&self, other: &Mean) -> Ordering {
        match (self.count, other.count) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            (mine, theirs) => {
                (i128::from(self.sum) * i128::from(theirs)).cmp(&(i128::from(other.sum) * i128::from(mine)))
            }
        }
    }
}

impl PartialOrd for Mean {
    fn partial_cmp(&self, other: &Mean) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Equal as numbers: 1/2 is 2/4.
impl PartialEq for Mean {
    fn eq(&self, other: &Mean) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Mean {}

/// What a panel's totals come to. All scores in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aggregate {
    /// The official score: trimmed if there were enough sheets, rounded half up once.
    pub mean: i64,
    /// The mean of all sheets, rounded half up once.
    pub plain_mean: i64,
    /// How many sheets there were.
    pub sheets: usize,
    /// How many of them the official score leaves out: none or two.
    pub trimmed: usize,
    /// Highest less lowest total.
    pub spread: i64,
    /// Fewer sheets than trimming asks for: to be shown as a warning.
    pub short_panel: bool,
}

/// Aggregates the totals of a panel. From `trim_from` sheets on (the default of a programme is five, and fewer than three can never be
/// trimmed) one highest and one lowest total are left out; below it all count. None without a sheet.
pub fn aggregate(totals: &[i64], trim_from: usize) -> Option<Aggregate> {
    let mut sorted = totals.to_vec();
    sorted.sort_unstable();
    let (lowest, highest) = (*sorted.first()?, *sorted.last()?);
    let short_panel = sorted.len() < trim_from;
    let kept = kept(&sorted, trim_from);
    Some(Aggregate {
        mean: Mean::of(kept).rounded()?,
        plain_mean: Mean::of(&sorted).rounded()?,
        sheets: sorted.len(),
        trimmed: sorted.len() - kept.len(),
        spread: highest.saturating_sub(lowest),
        short_panel,
    })
}

/// Which of these totals, sorted, the official score is the mean of.
pub fn kept<T>(sorted: &[T], trim_from: usize) -> &[T] {
    match sorted {
        [_, inner @ .., _] if sorted.len() >= trim_from && !inner.is_empty() => inner,
        all => all,
    }
}

/// Which two of these totals the official score leaves out, lowest and highest, by their positions; of equal ones the first
/// of the lowest and the last of the highest. None when all count.
pub fn left_out(totals: &[i64], trim_from: usize) -> Option<(usize, usize)> {
    let mut order: Vec<usize> = (0..totals.len()).collect();
    order.sort_by_key(|at| totals.get(*at));
    if kept(&order, trim_from).len() == order.len() {
        return None;
    }
    Some((*order.first()?, *order.last()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn five_sheets_lose_the_highest_and_the_lowest() {
        // 85.00, 90.00, 92.00 remain: 267.00 / 3 = 89.00. Plain: 432.00 / 5 = 86.40.
        let found = aggregate(&[6500, 8500, 9000, 9200, 10_000], 5);
        let expected =
            Aggregate { mean: 8900, plain_mean: 8640, sheets: 5, trimmed: 2, spread: 3500, short_panel: false };
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn fewer_sheets_count_all_and_warn() {
        // (89.99 + 90.00) / 2 = 89.995, rounded half up once: 90.00.
        let found = aggregate(&[8999, 9000], 5);
        let expected = Aggregate { mean: 9000, plain_mean: 9000, sheets: 2, trimmed: 0, spread: 1, short_panel: true };
        assert_eq!(found, Some(expected));
        // (89.99 + 89.99 + 90.00) / 3 = 89.9933…: 89.99.
        assert_eq!(aggregate(&[8999, 8999, 9000], 5).map(|a| a.mean), Some(8999));
        assert_eq!(aggregate(&[7000], 5).map(|a| (a.mean, a.spread)), Some((7000, 0)));
        assert_eq!(aggregate(&[], 5), None);
    }

    #[test]
    fn equal_extremes_lose_only_one_each() {
        assert_eq!(aggregate(&[6000, 6000, 9000, 9000, 9000], 5).map(|a| a.mean), Some(8000));
        assert_eq!(aggregate(&[6000, 9000], 0).map(|a| (a.mean, a.trimmed, a.short_panel)), Some((7500, 0, false)));
    }

    #[test]
    fn means_compare_as_fractions() {
        assert!(Mean { sum: 1, count: 3 } > Mean { sum: 33, count: 100 });
        assert_eq!(Mean { sum: 1, count: 2 }, Mean { sum: 2, count: 4 });
        assert!(Mean { sum: 0, count: 0 } < Mean { sum: -5, count: 1 });
        assert_eq!(Mean::default().rounded(), None);
    }

    proptest! {
        /// Against the definition: the rounded mean m is the one whole number with m − ½ ≤ sum / count < m + ½.
        #[test]
        fn the_mean_is_the_rational_one_rounded_half_up_once(totals in prop::collection::vec(0i64..=10_000, 1..15), trim_from in 0usize..8) {
            let found = aggregate(&totals, trim_from).unwrap();
            let mut kept = totals.clone();
            if totals.len() >= trim_from.max(3) {
                let lowest = kept.iter().enumerate().min_by_key(|(_, t)| **t).map(|(i, _)| i).unwrap();
                kept.remove(lowest);
                let highest = kept.iter().enumerate().max_by_key(|(_, t)| **t).map(|(i, _)| i).unwrap();
                kept.remove(highest);
            }
            for (mean, of) in [(found.mean, &kept), (found.plain_mean, &totals)] {
                let (sum, count) = (of.iter().sum::<i64>(), of.len() as i64);
                prop_assert!((2 * mean - 1) * count <= 2 * sum && 2 * sum < (2 * mean + 1) * count);
            }
            prop_assert_eq!(found.trimmed, totals.len() - kept.len());
            prop_assert_eq!(found.short_panel, totals.len() < trim_from);
        }

        /// What is left out and what is kept are all there is.
        #[test]
        fn what_is_left_out_is_not_kept(totals in prop::collection::vec(0i64..9, 0..9), trim_from in 0usize..8) {
            let out = left_out(&totals, trim_from);
            let mut rest: Vec<i64> = (0..totals.len()).filter(|at| out.is_none_or(|out| *at != out.0 && *at != out.1)).map(|at| totals[at]).collect();
            rest.sort();
            let mut sorted = totals.clone();
            sorted.sort();
            prop_assert_eq!(kept(&sorted, trim_from), &rest[..]);
        }

        #[test]
        fn the_order_of_sheets_does_not_matter(mut totals in prop::collection::vec(0i64..=10_000, 1..10)) {
            let before = aggregate(&totals, 5);
            totals.reverse();
            prop_assert_eq!(aggregate(&totals, 5), before);
        }

        #[test]
        fn comparing_means_is_a_total_order(a in (any::<i64>(), any::<u32>()), b in (any::<i64>(), any::<u32>())) {
            let (a, b) = (Mean { sum: a.0, count: a.1 }, Mean { sum: b.0, count: b.1 });
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            let _ = a.rounded();
        }
    }
}
