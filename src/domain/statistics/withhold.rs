//! Withholding small figures of a row with its total, so that no withheld figure can be computed from the others.

/// A row as it is published: none where a figure is withheld.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Option<u64>>,
    /// Their sum.
    pub total: Option<u64>,
}

/// Withholds a row in which any figure is above zero and below the threshold: all its figures but the zeros, which give
/// nobody away. Hiding the small one with just one other would not do: whoever knows by which rule the other was chosen
/// can often compute both. The total stays as long as it reaches the threshold and leaves more than one way to fill the
/// cells; else the row goes with its zeros and its total.
pub fn withhold_row(cells: &[u64], threshold: u64) -> Row {
    let total: u64 = cells.iter().sum();
    if !cells.iter().any(|cell| (1..threshold).contains(cell)) {
        return Row { cells: cells.iter().copied().map(Some).collect(), total: Some(total) };
    }
    let filled = cells.iter().filter(|cell| **cell > 0).count();
    // Anybody knows that each withheld figure is at least one: a total that is no more than that tells all of them.
    if total < threshold || u64::try_from(filled).is_ok_and(|filled| total <= filled) {
        return Row { cells: vec![None; cells.len()], total: None };
    }
    Row { cells: cells.iter().map(|cell| (*cell == 0).then_some(0)).collect(), total: Some(total) }
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
            (&[1, 0, 9], &[None, Some(0), None], Some(10)),
            (&[1, 2, 9], &[None, None, None], Some(12)),
            (&[1, 2, 0], &[None, None, Some(0)], Some(3)),
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
