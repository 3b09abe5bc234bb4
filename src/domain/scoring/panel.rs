//! From the sheets of every panel of a call to its ranking: the one computation that closing stores, the check of
//! invariants repeats, and every question of "what if" asks again.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::Sheet;
use super::aggregate::{Aggregate, Mean, aggregate, kept};
use super::fraction::Fraction;
use super::ranking::{Candidate, TieBreak, rank};
use super::severity::{Severity, adjusted};
use crate::domain::extra_station::{WHOLE_SHARE, combined};
use crate::domain::programme::{DecisionRules, ReviewRules};
use crate::domain::rubric::Rubric;

/// What one expert gave one application, by dimension. All in hundredths of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks<E> {
    /// Who.
    pub expert: E,
    /// In the order of the rubric's dimensions.
    pub points: Vec<i64>,
}

impl<E> Marks<E> {
    /// The points of a sheet, added up by dimension.
    pub fn of(expert: E, sheet: &Sheet, rubric: &Rubric) -> Marks<E> {
        let points = rubric.dimensions.iter();
        let points = points.map(|dimension| sheet.dimension(dimension.items.iter().map(|item| item.key.as_str())));
        Marks { expert, points: points.collect() }
    }

    /// The sheet's total, in hundredths.
    pub fn total(&self) -> i64 {
        self.points.iter().fold(0, |sum, points| sum.saturating_add(*points))
    }
}

/// An application with the sheets that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel<Id, E> {
    /// The application.
    pub id: Id,
    /// When it was last submitted: a tie may be broken by it.
    pub submitted_at: NaiveDateTime,
    /// Its sheets.
    pub sheets: Vec<Marks<E>>,
    /// Totals of the extra station's sheets, in hundredths, each with whose it is; empty without such a station.
    pub station: Vec<(E, i64)>,
}

/// What a dimension weighs as the rubric has it, in tenths.
pub const WHOLE: i64 = 10;

/// How sheets become places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// Keys of the rubric's dimensions, in order.
    pub dimensions: Vec<String>,
    /// The most that each can earn, in hundredths.
    pub maxima: Vec<i64>,
    /// What each weighs, in tenths of what the rubric says ([`WHOLE`]); the scores are brought back to full marks.
    pub weights: Vec<i64>,
    /// From this many sheets on one highest and one lowest total are left out.
    pub trim_from: usize,
    /// A spread of totals above this is to be discussed, in hundredths.
    pub max_spread: i64,
    /// What equal scores are ordered by.
    pub tie_order: Vec<TieBreak>,
    /// The extra station's share of the score, in thousandths ([`WHOLE_SHARE`]); none without such a station.
    pub station_share: Option<u32>,
}

impl Method {
    /// The method of a programme.
    pub fn of(rubric: &Rubric, rules: &ReviewRules, decision: &DecisionRules) -> Method {
        Method {
            dimensions: rubric.dimensions.iter().map(|dimension| dimension.key.clone()).collect(),
            maxima: rubric.dimensions.iter().map(|dimension| dimension.max_hundredths()).collect(),
            weights: vec![WHOLE; rubric.dimensions.len()],
            trim_from: rules.trim_from as usize,
            max_spread: rules.max_spread.hundredths(),
            tie_order: decision.tie_order.iter().map(|text| TieBreak::from_text(text)).collect(),
            station_share: rules.extra.as_ref().map(|extra| extra.weight * (WHOLE_SHARE / 100)),
        }
    }

    /// What an application comes to: its sheets, and those of the extra station where there is one. None without a sheet of
    /// either.
    pub fn score<E>(&self, panel: &Panel<impl Sized, E>) -> Option<Scored> {
        let aggregate = self.aggregate(&panel.sheets)?;
        let Some(share) = self.station_share else { return Some(Scored { aggregate, parts: None }) };
        let totals: Vec<i64> = panel.station.iter().map(|(_, total)| *total).collect();
        let station = Mean::of(&totals);
        let (official, plain) = self.exact(&panel.sheets);
        let parts = Parts { panel: aggregate.mean, station: station.rounded()? };
        let mean = combined(official, station, share)?;
        let plain_mean = combined(plain, station, share)?;
        Some(Scored { aggregate: Aggregate { mean, plain_mean, ..aggregate }, parts: Some(parts) })
    }

    /// What the final score would be if nobody were strict or generous: each total less its expert's severity, by the same
    /// aggregate, with the station's mean by the same share, rounded half up once. Nothing is taken off at the station, whose
    /// sheets no severity was worked out from. None without a sheet of either, or where there is no exact value.
    pub fn adjusted<E: Ord>(&self, panel: &Panel<impl Sized, E>, severities: &BTreeMap<E, Severity>) -> Option<i64> {
        let Some(share) = self.station_share else { return adjusted(&panel.sheets, severities, self.trim_from) };
        let less = |sheet: &Marks<E>| {
            let severity = severities.get(&sheet.expert).map_or(Some(Fraction::ZERO), Severity::adjustment)?;
            Fraction::whole(sheet.total()).minus(severity)
        };
        let mut totals = panel.sheets.iter().map(less).collect::<Option<Vec<Fraction>>>()?;
        totals.sort_unstable();
        let station: Vec<Fraction> = panel.station.iter().map(|(_, total)| Fraction::whole(*total)).collect();
        let part = |mean: Fraction, share: u32| {
            let (over, under) = mean.parts();
            Fraction::new(over.checked_mul(share.into())?, under.checked_mul(WHOLE_SHARE.into())?)
        };
        let own = part(Fraction::mean(kept(&totals, self.trim_from))?, WHOLE_SHARE.checked_sub(share)?)?;
        own.plus(part(Fraction::mean(&station)?, share)?)?.rounded()
    }

    /// The official mean and that of all sheets, before they are rounded.
    fn exact<E>(&self, sheets: &[Marks<E>]) -> (Mean, Mean) {
        let mut weighed: Vec<i64> = sheets.iter().map(|sheet| self.weighed(&sheet.points)).collect();
        weighed.sort_unstable();
        let mean = |of: &[i64]| self.to_full_marks(Mean::of(of));
        (mean(kept(&weighed, self.trim_from)), mean(&weighed))
    }

    /// What the sheets of one application come to; none without a sheet.
    pub fn aggregate<E>(&self, sheets: &[Marks<E>]) -> Option<Aggregate> {
        let totals: Vec<i64> = sheets.iter().map(Marks::total).collect();
        let official = aggregate(&totals, self.trim_from)?;
        if self.weights.iter().all(|weight| *weight == WHOLE) {
            return Some(official);
        }
        let (mean, plain_mean) = self.exact(sheets);
        Some(Aggregate { mean: mean.rounded()?, plain_mean: plain_mean.rounded()?, ..official })
    }

    /// Points by dimension, weighed: in tenths of a hundredth.
    fn weighed(&self, points: &[i64]) -> i64 {
        self.weights.iter().zip(points).fold(0, |sum, (weight, points)| sum.saturating_add(weight * points))
    }

    /// Brings a mean of weighed totals back to the rubric's full marks, as an exact fraction.
    fn to_full_marks(&self, mean: Mean) -> Mean {
        let full: i64 = self.maxima.iter().sum();
        let count = i64::from(mean.count).saturating_mul(self.weighed(&self.maxima));
        Mean { sum: mean.sum.saturating_mul(full), count: u32::try_from(count).unwrap_or_default() }
    }

    /// The mean in each dimension over all sheets, by key.
    fn dimension_means<E>(&self, sheets: &[Marks<E>]) -> BTreeMap<String, Mean> {
        let mean = |at: usize| {
            let points: Vec<i64> = sheets.iter().filter_map(|sheet| sheet.points.get(at).copied()).collect();
            Mean::of(&points)
        };
        self.dimensions.iter().enumerate().map(|(at, key)| (key.clone(), mean(at))).collect()
    }
}

/// What the final score of a file with an extra station is made of, each rounded for reading; in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// The panel's own score.
    pub panel: i64,
    /// The mean of the station's sheets.
    pub station: i64,
}

/// What an application comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scored {
    /// Of its sheets, see [`Standing::aggregate`].
    pub aggregate: Aggregate,
    /// What the score is made of, where there is an extra station.
    pub parts: Option<Parts>,
}

/// An application's place with every figure behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<Id> {
    /// From 1; no two are the same.
    pub place: usize,
    /// The application.
    pub id: Id,
    /// What its sheets come to; with an extra station both means are the final score, made with that station's mean.
    pub aggregate: Aggregate,
    /// What the final score is made of, where there is an extra station.
    pub parts: Option<Parts>,
    /// Its mean in each dimension, by key.
    pub dimensions: BTreeMap<String, Mean>,
    /// The spread is over the programme's limit.
    pub to_discuss: bool,
    /// What put it behind the one before it, when their scores are equal.
    pub tie_broken_by: Option<TieBreak>,
}

/// Ranks the applications of a call, best first. One without a sheet has no place. The same panels give the same ranking
/// in whatever order they and their sheets come.
pub fn standings<Id: Ord + Clone, E>(panels: &[Panel<Id, E>], method: &Method) -> Vec<Standing<Id>> {
    let mut aggregates = BTreeMap::new();
    let mut candidates = Vec::with_capacity(panels.len());
    for panel in panels {
        let Some(scored) = method.score(panel) else { continue };
        let dimensions = method.dimension_means(&panel.sheets);
        let score = scored.aggregate.mean;
        candidates.push(Candidate { id: panel.id.clone(), score, dimensions, submitted_at: panel.submitted_at });
        aggregates.insert(panel.id.clone(), scored);
    }
    let placed = rank(candidates, &method.tie_order).into_iter();
    placed
        .filter_map(|ranked| {
            let Scored { aggregate, parts } = *aggregates.get(&ranked.id)?;
            Some(Standing {
                place: ranked.place,
                id: ranked.id,
                to_discuss: aggregate.spread > method.max_spread,
                aggregate,
                parts,
                dimensions: ranked.dimensions,
                tie_broken_by: ranked.tie_broken_by,
            })
        })
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Two dimensions of 40 and 60 points, trimmed from five sheets on.
    pub(crate) fn method() -> Method {
        Method {
            dimensions: vec!["effect".to_string(), "technology".to_string()],
            maxima: vec![4000, 6000],
            weights: vec![WHOLE; 2],
            trim_from: 5,
            max_spread: 2000,
            tie_order: ["effect", "submitted_at"].map(TieBreak::from_text).to_vec(),
            station_share: None,
        }
    }

    pub(crate) fn submitted(minute: u32) -> NaiveDateTime {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23);
        day.and_then(|day| day.and_hms_opt(9, minute % 60, 0)).expect("an instant")
    }

    /// A panel from its sheets: expert, effect, technology.
    pub(crate) fn panel(id: u32, sheets: &[(u32, i64, i64)]) -> Panel<u32, u32> {
        let sheets = sheets.iter();
        let sheets =
            sheets.map(|(expert, effect, technology)| Marks { expert: *expert, points: vec![*effect, *technology] });
        Panel { id, submitted_at: submitted(id), sheets: sheets.collect(), station: Vec::new() }
    }

    prop_compose! {
        /// Up to eight applications with up to six sheets each, by eight experts, in quarters of the points: so that
        /// ties are frequent.
        pub(crate) fn any_panels()(
            rows in prop::collection::vec(prop::collection::btree_map(0u32..8, (0i64..=4, 0i64..=4), 0..7), 0..8)
        ) -> Vec<Panel<u32, u32>> {
            let sheets = |row: &BTreeMap<u32, (i64, i64)>| -> Vec<(u32, i64, i64)> {
                row.iter().map(|(expert, (a, b))| (*expert, a * 1000, b * 1500)).collect()
            };
            (1u32..).zip(&rows).map(|(id, row)| panel(id, &sheets(row))).collect()
        }
    }

    #[test]
    fn a_place_has_every_figure_behind_it() {
        let panels = [
            panel(1, &[(1, 3000, 5000), (2, 3000, 4000)]),
            panel(2, &[(1, 4000, 4000), (2, 3000, 4000)]),
            panel(3, &[(1, 1000, 2000), (2, 4000, 5000)]),
            panel(4, &[]),
        ];
        let found = standings(&panels, &method());
        let told: Vec<_> = found
            .iter()
            .map(|s| (s.place, s.id, s.aggregate.mean, s.to_discuss, s.tie_broken_by.as_ref().map(|t| t.to_string())))
            .collect();
        // 75.00 twice: the effect's means are 30.00 and 35.00.
        let effect = Some("effect".to_string());
        assert_eq!(told, [(1, 2, 7500, false, None), (2, 1, 7500, false, effect), (3, 3, 6000, true, None)]);
        assert_eq!(found[0].dimensions["effect"], Mean { sum: 7000, count: 2 });
    }

    #[test]
    fn an_extra_station_is_mixed_in_before_anything_is_rounded() {
        let with = Method { station_share: Some(500), ..method() };
        // 84.005 by the panel and 84.00 at the station: 84.0025, where the rounded 84.01 would give 84.01.
        let mut first = panel(1, &[(1, 3400, 5000), (2, 3401, 5000)]);
        first.station = vec![(1, 8400), (2, 8400)];
        let found = standings(&[first.clone(), panel(2, &[(1, 4000, 6000)])], &with);
        assert_eq!(found.len(), 1, "who was not at the station has no place");
        assert_eq!((found[0].aggregate.mean, found[0].aggregate.sheets), (8400, 2));
        assert_eq!(found[0].parts, Some(Parts { panel: 8401, station: 8400 }));
        // Without the station its sheets are not looked at.
        let without = standings(&[first], &method());
        assert_eq!((without[0].aggregate.mean, without[0].parts), (8401, None));
    }

    #[test]
    fn a_score_without_severity_has_the_same_share_of_the_station() {
        let with = Method { station_share: Some(300), ..method() };
        let mut file = panel(1, &[(1, 3000, 4000), (2, 3000, 5000)]);
        file.station = vec![(1, 9000), (2, 8001)];
        let severity = |hundredths| Severity { mean: Some(Fraction::whole(hundredths)), files: 9 };
        let strict = BTreeMap::from([(1, severity(-1000)), (2, severity(0))]);
        // (80.00 + 80.00) / 2 × 0.7 + 85.005 × 0.3 = 56 + 25.5015 = 81.5015.
        assert_eq!(with.adjusted(&file, &strict), Some(8150));
        // Without any severity it is the official score, (70.00 + 80.00) / 2 × 0.7 + 25.5015 = 78.0015.
        assert_eq!(with.adjusted(&file, &BTreeMap::new()), Some(7800));
        assert_eq!(with.score(&file).map(|scored| scored.aggregate.mean), Some(7800));
        // Without the station, of the sheets alone.
        assert_eq!(method().adjusted(&file, &strict), Some(8000));
        file.station.clear();
        assert_eq!(with.adjusted(&file, &strict), None);
    }

    #[test]
    fn a_weight_moves_the_score_and_full_marks_stay_full() {
        // Effect at nine tenths: (9 × 30.00 + 10 × 40.00) / (9 × 40 + 10 × 60) × 100 = 670 / 960 × 100 = 69.7916… → 69.79.
        let lighter = Method { weights: vec![9, WHOLE], ..method() };
        let score = |of: &[(u32, i64, i64)]| lighter.aggregate(&panel(1, of).sheets).map(|a| a.mean);
        assert_eq!(score(&[(1, 3000, 4000)]), Some(6979));
        assert_eq!(score(&[(1, 4000, 6000)]), Some(10_000));
        assert_eq!(score(&[(1, 0, 0)]), Some(0));
        assert_eq!(score(&[]), None);
    }

    proptest! {
        #[test]
        fn order_does_not_matter(panels in any_panels()) {
            let mut turned: Vec<_> = panels.clone();
            turned.reverse();
            turned.iter_mut().for_each(|panel| panel.sheets.reverse());
            prop_assert_eq!(standings(&panels, &method()), standings(&turned, &method()));
        }

        /// Weights that are all moved alike move nothing.
        #[test]
        fn equal_weights_change_nothing(panels in any_panels(), weight in 1i64..30) {
            let alike = Method { weights: vec![weight; 2], ..method() };
            prop_assert_eq!(standings(&panels, &alike), standings(&panels, &method()));
        }
    }
}
