//! How strict an expert is, told by the panels that they sat in, and what scores would be without it.
//!
//! Beside the official score and never instead of it: computed when it is looked at, stored nowhere.

use std::collections::BTreeMap;

use super::aggregate::kept;
use super::fraction::Fraction;
use super::panel::{Marks, Panel};

/// Fewer files than this say nothing of a person: their totals are not adjusted.
pub const MIN_FILES: usize = 3;

/// How far a total lies from the mean of the other sheets of its file, in hundredths: above zero is more generous than
/// the others, below is stricter. None without another sheet.
pub fn deviation(own: i64, others: &[i64]) -> Option<Fraction> {
    let others: Vec<Fraction> = others.iter().map(|total| Fraction::whole(*total)).collect();
    Fraction::whole(own).minus(Fraction::mean(&others)?)
}

/// The same of the total at a place among all those of its file; none without such a place.
pub fn deviation_at(totals: &[i64], at: usize) -> Option<Fraction> {
    let others = totals.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, total)| *total);
    deviation(*totals.get(at)?, &others.collect::<Vec<_>>())
}

/// The deviation of each sheet of a panel, in the order of the sheets.
pub fn deviations<E>(sheets: &[Marks<E>]) -> Vec<Option<Fraction>> {
    let totals: Vec<i64> = sheets.iter().map(Marks::total).collect();
    (0..totals.len()).map(|at| deviation_at(&totals, at)).collect()
}

/// Whether a deviation is so large that the sheet is flagged.
pub fn is_outlier(deviation: Fraction, limit: i64) -> bool {
    deviation.size() > Fraction::whole(limit)
}

/// What an expert's panels say of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Severity {
    /// The mean deviation, in hundredths: below zero is strict. Exact; none in the case, beyond any real panel, that it
    /// cannot be written as a fraction.
    pub mean: Option<Fraction>,
    /// Over how many files.
    pub files: usize,
}

impl Severity {
    /// The severity that these deviations come to, one a file; none without any.
    pub fn of(deviations: &[Fraction]) -> Option<Severity> {
        (!deviations.is_empty()).then(|| Severity { mean: Fraction::mean(deviations), files: deviations.len() })
    }

    /// What is taken off the expert's totals: nothing while it rests on too few files.
    pub fn adjustment(&self) -> Option<Fraction> {
        if self.files < MIN_FILES { Some(Fraction::ZERO) } else { self.mean }
    }
}

/// The severity of every expert who shared a file with another.
pub fn severities<Id, E: Ord + Clone>(panels: &[Panel<Id, E>]) -> BTreeMap<E, Severity> {
    let mut of_expert: BTreeMap<E, Vec<Fraction>> = BTreeMap::new();
    for panel in panels {
        for (sheet, deviation) in panel.sheets.iter().zip(deviations(&panel.sheets)) {
            of_expert.entry(sheet.expert.clone()).or_default().extend(deviation);
        }
    }
    of_expert.into_iter().filter_map(|(expert, all)| Some((expert, Severity::of(&all)?))).collect()
}

/// The score that a panel's sheets come to when each expert's severity is taken off their total: the same aggregate,
/// rounded half up once. It is not held within 0 and full marks, so that nothing of the comparison is lost. None without
/// a sheet, or where a severity has no exact value.
pub fn adjusted<E: Ord>(sheets: &[Marks<E>], severities: &BTreeMap<E, Severity>, trim_from: usize) -> Option<i64> {
    let total = |sheet: &Marks<E>| {
        let adjustment = severities.get(&sheet.expert).map_or(Some(Fraction::ZERO), Severity::adjustment)?;
        Fraction::whole(sheet.total()).minus(adjustment)
    };
    let mut totals = sheets.iter().map(total).collect::<Option<Vec<Fraction>>>()?;
    totals.sort_unstable();
    Fraction::mean(kept(&totals, trim_from))?.rounded()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::panel::tests::{any_panels, method, panel};
    use super::super::{aggregate, rank};
    use super::*;
    use crate::domain::scoring::{Candidate, standings};

    fn fraction(numerator: i128, denominator: i128) -> Fraction {
        Fraction::new(numerator, denominator).expect("a fraction")
    }

    #[test]
    fn a_severity_is_the_mean_over_files_and_says_how_many() {
        // Expert 1 gives 60.00 where the others give 70.00 and 75.00: −12.50; and 50.00 beside 60.00: −10.00.
        let panels = [
            panel(1, &[(1, 2000, 4000), (2, 3000, 4000), (3, 3000, 4500)]),
            panel(2, &[(1, 2000, 3000), (2, 2000, 4000)]),
            panel(3, &[(1, 4000, 6000)]),
        ];
        let found = severities(&panels);
        assert_eq!(found[&1], Severity { mean: Some(fraction(-1125, 1)), files: 2 });
        // Two files are too few to take anything off.
        assert_eq!(found[&1].adjustment(), Some(Fraction::ZERO));
        assert_eq!(adjusted(&panels[0].sheets, &found, 5), Some(6833));
        let firm = BTreeMap::from([(1, Severity { files: MIN_FILES, ..found[&1] })]);
        // (60.00 + 11.25 + 70.00 + 75.00) / 3 = 72.0833… → 72.08.
        assert_eq!(adjusted(&panels[0].sheets, &firm, 5), Some(7208));
        assert_eq!(deviation(7000, &[]), None);
        assert!(is_outlier(fraction(-1001, 1), 1000) && !is_outlier(fraction(1000, 1), 1000));
    }

    #[test]
    fn an_adjusted_score_may_leave_the_scale() {
        let kind = BTreeMap::from([(1, Severity { mean: Some(fraction(-500, 1)), files: 9 })]);
        assert_eq!(adjusted(&panel(1, &[(1, 4000, 6000)]).sheets, &kind, 5), Some(10_500));
    }

    /// The same by a slow way: every deviation over one common denominator, which the sizes of all panels divide.
    fn slow(panels: &[Panel<u32, u32>], expert: u32) -> Option<(i128, i128, usize)> {
        const ALL: i128 = 2 * 3 * 4 * 5 * 6 * 7;
        let (mut sum, mut files) = (0, 0);
        for panel in panels.iter().filter(|panel| panel.sheets.len() > 1) {
            for sheet in panel.sheets.iter().filter(|sheet| sheet.expert == expert) {
                let all: i128 = panel.sheets.iter().map(|sheet| i128::from(sheet.total())).sum();
                let own = i128::from(sheet.total());
                sum += own * ALL - (all - own) * (ALL / (panel.sheets.len() as i128 - 1));
                files += 1;
            }
        }
        (files > 0).then_some((sum, ALL * files as i128, files))
    }

    proptest! {
        #[test]
        fn severities_are_those_of_the_slow_model(panels in any_panels()) {
            let found = severities(&panels);
            for expert in 0..8 {
                let expected = slow(&panels, expert).map(|(sum, over, files)| Severity { mean: Fraction::new(sum, over), files });
                prop_assert_eq!(found.get(&expert).copied(), expected);
            }
            // And so are the scores: the mean of the totals less the severities, over one common denominator.
            for panel in panels.iter().filter(|panel| !panel.sheets.is_empty()) {
                let totals: Vec<(i128, i128)> = panel.sheets.iter().map(|sheet| {
                    let own = i128::from(sheet.total());
                    match slow(&panels, sheet.expert) {
                        Some((sum, over, files)) if files >= MIN_FILES => (own * over - sum, over),
                        _ => (own, 1),
                    }
                }).collect();
                let over: i128 = totals.iter().map(|(_, over)| over).product();
                let mut scaled: Vec<i128> = totals.iter().map(|(total, of)| total * (over / of)).collect();
                scaled.sort();
                let scaled = if scaled.len() >= 5 { &scaled[1..scaled.len() - 1] } else { &scaled[..] };
                let (sum, over) = (scaled.iter().sum::<i128>(), over * scaled.len() as i128);
                prop_assert_eq!(adjusted(&panel.sheets, &found, 5).map(i128::from), Some((2 * sum + over).div_euclid(2 * over)));
            }
        }

        #[test]
        fn order_does_not_matter(panels in any_panels()) {
            let mut turned = panels.clone();
            turned.reverse();
            turned.iter_mut().for_each(|panel| panel.sheets.reverse());
            prop_assert_eq!(severities(&panels), severities(&turned));
        }

        /// Who are all equally strict change no place.
        #[test]
        fn equal_severities_leave_the_ranks_as_they_are(panels in any_panels(), strict in -2000i64..2000) {
            let all = (0..8).map(|expert| (expert, Severity { mean: Some(Fraction::whole(strict)), files: MIN_FILES })).collect();
            let official = standings(&panels, &method());
            let candidates = official.iter().filter_map(|standing| {
                let panel = panels.iter().find(|panel| panel.id == standing.id)?;
                let score = adjusted(&panel.sheets, &all, 5)?;
                assert_eq!(score, standing.aggregate.mean - strict);
                Some(Candidate { id: panel.id, score, dimensions: standing.dimensions.clone(), submitted_at: panel.submitted_at })
            });
            let ranks: Vec<u32> = rank(candidates.collect(), &method().tie_order).iter().map(|ranked| ranked.id).collect();
            prop_assert_eq!(ranks, official.iter().map(|standing| standing.id).collect::<Vec<_>>());
        }

        /// Panels that agree need no adjustment: the score is the official one.
        #[test]
        fn panels_that_agree_are_left_alone(rows in prop::collection::vec((0i64..=4000, 0i64..=6000, 1u32..7), 1..8)) {
            let sheets = |a, b, count| (0..count).map(|expert| (expert, a, b)).collect::<Vec<_>>();
            let panels: Vec<_> = (1..).zip(&rows).map(|(id, (a, b, count))| panel(id, &sheets(*a, *b, *count))).collect();
            let all = severities(&panels);
            for panel in &panels {
                let totals: Vec<i64> = panel.sheets.iter().map(Marks::total).collect();
                prop_assert_eq!(adjusted(&panel.sheets, &all, 5), aggregate(&totals, 5).map(|a| a.mean));
            }
        }
    }
}
