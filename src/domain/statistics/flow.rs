//! Withholding figures of a call's flow: between two shown stations either nobody was left behind or not too few.

/// How many came how far, from the first station to the last; the last is on a public list and always shown. Counted back
/// from there, a figure is shown when nobody or at least `threshold` files stayed behind between it and the next figure
/// that is shown; else it is withheld (none).
pub fn withhold_flow(counts: &[u64], threshold: u64) -> Vec<Option<u64>> {
    let mut shown = Vec::with_capacity(counts.len());
    let mut next: Option<u64> = None;
    for count in counts.iter().rev() {
        let stayed = next.map_or(0, |next| count.saturating_sub(next));
        let may = stayed == 0 || stayed >= threshold;
        if may {
            next = Some(*count);
        }
        shown.push(may.then_some(*count));
    }
    shown.reverse();
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn falling(length: usize, most: u64) -> Vec<Vec<u64>> {
        if length == 0 {
            return vec![Vec::new()];
        }
        let longer = falling(length - 1, most);
        let with = |flow: &Vec<u64>| {
            let least = flow.first().copied().unwrap_or(0);
            (least..=most).map(|first| [vec![first], flow.clone()].concat()).collect::<Vec<_>>()
        };
        longer.iter().flat_map(with).collect()
    }

    #[test]
    fn no_withheld_figure_can_be_computed() {
        // The greatest figures have nothing above them here, so those that touch the bound prove nothing.
        for (length, most, threshold) in [(2, 14, 3), (4, 14, 3), (5, 11, 3), (3, 18, 5)] {
            let mut alike: BTreeMap<Vec<Option<u64>>, Vec<Vec<u64>>> = BTreeMap::new();
            for flow in falling(length, most) {
                alike.entry(withhold_flow(&flow, threshold)).or_default().push(flow);
            }
            for (published, possible) in alike {
                assert_eq!(published.last().copied().flatten(), possible[0].last().copied());
                if possible.iter().any(|flow| flow.iter().any(|count| count + threshold > most)) {
                    continue;
                }
                for at in (0..length).filter(|at| published[*at].is_none()) {
                    let values: BTreeSet<u64> = possible.iter().map(|flow| flow[at]).collect();
                    assert!(values.len() > 1, "{published:?} gives station {at} away");
                }
            }
        }
    }

    #[test]
    fn few_who_stayed_behind_are_not_told() {
        assert_eq!(withhold_flow(&[20, 12, 11, 8], 3), [Some(20), None, Some(11), Some(8)]);
        assert_eq!(withhold_flow(&[10, 10, 9, 8], 3), [None, None, None, Some(8)]);
        assert_eq!(withhold_flow(&[12, 10, 9, 8], 3), [Some(12), None, None, Some(8)]);
        assert_eq!(withhold_flow(&[8, 8], 3), [Some(8), Some(8)]);
    }
}
