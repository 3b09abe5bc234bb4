//! Withholding small figures of a row with its total, so that no withheld figure can be computed from the others.

/// A row as it is published: none where a figure is withheld.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Option<u64>>,
    /// Their sum.
    pub total: Option<u64>,
}

/// Withholds what is above zero and below the threshold, and then as much more as it takes.
///
/// Zero gives nobody away and stays, unless the whole row has to go. A single withheld cell would be the total less the
/// others, and cells whose sum leaves only one way to fill them would be known as well: the smallest of the shown cells
/// goes with them until at least two are withheld, their sum reaches the threshold and there is more than one way. Where
/// that cannot be had, the row is withheld with its zeros and its total.
pub fn withhold_row(cells: &[u64], threshold: u64) -> Row {
    let total: u64 = cells.iter().sum();
    let known = Row { cells: cells.iter().copied().map(Some).collect(), total: Some(total) };
    let is_small = |cell: u64| cell > 0 && cell < threshold;
    if !cells.iter().copied().any(is_small) {
        return known;
    }
    if total < threshold {
        return nothing(cells.len());
    }
    let mut hidden: Vec<bool> = cells.iter().copied().map(is_small).collect();
    while !is_safe(cells, &hidden, threshold) {
        let shown = cells.iter().zip(&hidden).enumerate().filter(|(_, (cell, hidden))| **cell > 0 && !**hidden);
        let smallest = shown.min_by_key(|(_, (cell, _))| **cell).map(|(at, _)| at);
        match smallest.and_then(|at| hidden.get_mut(at)) {
            Some(cell) => *cell = true,
            None => return nothing(cells.len()),
        }
    }
    let shown = cells.iter().zip(&hidden).map(|(cell, hidden)| (!hidden).then_some(*cell));
    Row { cells: shown.collect(), total: Some(total) }
}

fn nothing(cells: usize) -> Row {
    Row { cells: vec![None; cells], total: None }
}

/// Every withheld cell is at least one, which anybody knows: their sum must leave room beyond that.
fn is_safe(cells: &[u64], hidden: &[bool], threshold: u64) -> bool {
    let withheld = cells.iter().zip(hidden).filter(|(_, hidden)| **hidden);
    let (count, sum) = withheld.fold((0_u64, 0_u64), |(count, sum), (cell, _)| (count + 1, sum + cell));
    count >= 2 && sum >= threshold && sum > count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Every row of `columns` cells up to `most`.
    fn rows(columns: u32, most: u64) -> Vec<Vec<u64>> {
        let base = most + 1;
        (0..base.pow(columns)).map(|n| (0..columns).map(|at| n / base.pow(at) % base).collect()).collect()
    }

    /// Whoever knows the rule and everything that is published still has at least two values for each withheld figure.
    #[test]
    fn no_withheld_figure_can_be_computed() {
        for (columns, most, threshold) in [(1, 12, 3), (2, 12, 3), (3, 9, 3), (4, 6, 3), (2, 16, 5), (3, 12, 5)] {
            let mut alike: BTreeMap<Row, Vec<Vec<u64>>> = BTreeMap::new();
            for cells in rows(columns, most) {
                alike.entry(withhold_row(&cells, threshold)).or_default().push(cells);
            }
            for (published, possible) in alike {
                for at in (0..columns as usize).filter(|at| published.cells[*at].is_none()) {
                    let values: BTreeSet<u64> = possible.iter().map(|cells| cells[at]).collect();
                    assert!(values.len() > 1, "{published:?} gives column {at} away: {values:?}");
                }
                let totals: BTreeSet<u64> = possible.iter().map(|cells| cells.iter().sum()).collect();
                assert!(published.total.is_some() || totals.len() > 1, "{published:?} gives the total away");
            }
        }
    }

    #[test]
    fn what_is_withheld_and_what_stays() {
        let cases: &[(&[u64], &[Option<u64>], Option<u64>)] = &[
            (&[0, 0], &[Some(0), Some(0)], Some(0)),
            (&[3, 4], &[Some(3), Some(4)], Some(7)),
            (&[1, 7, 9], &[None, None, Some(9)], Some(17)),
            (&[1, 2, 9], &[None, None, Some(9)], Some(12)),
            (&[1, 1, 9], &[None, None, None], Some(11)),
            (&[1, 0, 0], &[None, None, None], None),
            (&[1, 1, 1], &[None, None, None], None),
        ];
        for (cells, shown, total) in cases {
            assert_eq!(withhold_row(cells, 3), Row { cells: shown.to_vec(), total: *total }, "{cells:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_small_is_shown_and_nothing_shown_is_wrong(cells in prop::collection::vec(0_u64..40, 0..8), threshold in 1_u64..8) {
            let row = withhold_row(&cells, threshold);
            for (shown, cell) in row.cells.iter().zip(&cells) {
                prop_assert!(shown.is_none_or(|shown| shown == *cell && (shown == 0 || shown >= threshold)));
            }
            let sum: u64 = cells.iter().sum();
            prop_assert!(row.total.is_none_or(|total| total == sum));
            let hidden = row.cells.iter().filter(|cell| cell.is_none()).count();
            prop_assert!(row.total.is_none() || hidden != 1, "{row:?}");
        }
    }
}
