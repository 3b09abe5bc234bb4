//! The cut-line sheet: who would be selected if one thing about the review had been otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::cut::{Line, Picked, pick};
use super::panel::{Method, Panel, WHOLE};
use crate::domain::extra_station::WHOLE_SHARE;
use crate::domain::text::text_enum;

/// From how many sheets on the other aggregate trims, where the official one never does.
pub const TRIM_FROM_LEAST: usize = 3;

/// Places on either side of the line within which a change of place is told.
pub const NEAR: usize = 5;

text_enum!(
    /// An aggregate to ask about.
    Aggregation {
        /// As the programme says.
        Official = "official",
        /// The plain mean of all totals.
        Plain = "plain",
        /// One highest and one lowest total left out wherever there are three sheets or more.
        Trimmed = "trimmed",
    }
);

impl Aggregation {
    /// The method with this aggregate.
    pub fn apply(self, method: &Method) -> Method {
        let trim_from = match self {
            Aggregation::Official => method.trim_from,
            Aggregation::Plain => usize::MAX,
            Aggregation::Trimmed => TRIM_FROM_LEAST,
        };
        Method { trim_from, ..method.clone() }
    }
}

/// The one thing that is otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<E> {
    /// An expert's sheets do not count.
    Without(E),
    /// A dimension weighs nine or eleven tenths of what the rubric says; the scores are brought back to full marks.
    Weight {
        /// Which dimension.
        dimension: String,
        /// In tenths.
        tenths: i64,
    },
    /// The extra station's share is nine or eleven tenths of what the programme says, and the panel has the rest.
    Station {
        /// In tenths.
        tenths: i64,
    },
    /// The plain mean of all totals instead of the trimmed one.
    PlainMean,
    /// The trimmed mean wherever there are three sheets or more, instead of the plain one.
    TrimmedMean,
}

/// An application whose place would be another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved<Id> {
    /// Which.
    pub id: Id,
    /// Its place as it is.
    pub from: usize,
    /// Its place as it would be; none when it would have no sheet left.
    pub to: Option<usize>,
}

/// What one change comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario<Id, E> {
    /// What is otherwise.
    pub change: Change<E>,
    /// Who would be selected and is not, in the order of ids.
    pub enters: Vec<Id>,
    /// Who is selected and would not be, in the order of ids.
    pub leaves: Vec<Id>,
    /// Whose place within [`NEAR`] of the line would be another, by their places as they are.
    pub moved: Vec<Moved<Id>>,
}

/// The whole sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutLine<Id, E> {
    /// The ranking and the selected as they are.
    pub base: Picked<Id>,
    /// Every change: experts, then dimensions, then the extra station, then the aggregate.
    pub scenarios: Vec<Scenario<Id, E>>,
}

impl<E: PartialEq + Clone> Change<E> {
    /// The other aggregate: the plain mean, where anything is trimmed at all.
    fn of_aggregate<Id>(panels: &[Panel<Id, E>], method: &Method) -> Change<E> {
        let trims = |panel: &Panel<Id, E>| panel.sheets.len() >= method.trim_from.max(TRIM_FROM_LEAST);
        if panels.iter().any(trims) { Change::PlainMean } else { Change::TrimmedMean }
    }

    /// The panels and the method under this change.
    fn apply<Id: Clone>(&self, panels: &[Panel<Id, E>], method: &Method) -> (Vec<Panel<Id, E>>, Method) {
        let (mut panels, mut method) = (panels.to_vec(), method.clone());
        match self {
            Change::Without(expert) => {
                panels.iter_mut().for_each(|panel| {
                    panel.sheets.retain(|sheet| sheet.expert != *expert);
                    panel.station.retain(|(giver, _)| giver != expert);
                });
            }
            Change::Weight { dimension, tenths } => {
                let weights = method.weights.iter_mut().zip(&method.dimensions);
                weights.filter(|(_, key)| *key == dimension).for_each(|(weight, _)| *weight = *tenths);
            }
            Change::Station { tenths } => {
                method.station_share = method.station_share.map(|share| moved(share, *tenths))
            }
            Change::PlainMean => method = Aggregation::Plain.apply(&method),
            Change::TrimmedMean => method = Aggregation::Trimmed.apply(&method),
        }
        (panels, method)
    }
}

/// A share of the whole at so many tenths of it, the whole at most.
fn moved(share: u32, tenths: i64) -> u32 {
    u32::try_from(i64::from(share) * tenths / WHOLE).unwrap_or_default().min(WHOLE_SHARE)
}

/// Compares the selection with what it would be under every single change.
pub fn cut_line<Id: Ord + Clone, E: Ord + Clone>(
    panels: &[Panel<Id, E>],
    method: &Method,
    line: &Line,
    groups: &BTreeMap<Id, BTreeSet<String>>,
) -> CutLine<Id, E> {
    let base = pick(panels, method, line, groups);
    let experts: BTreeSet<&E> = panels.iter().flat_map(|panel| &panel.sheets).map(|sheet| &sheet.expert).collect();
    let without = experts.into_iter().map(|expert| Change::Without(expert.clone()));
    let weights = method.dimensions.iter().flat_map(|dimension| {
        [WHOLE - 1, WHOLE + 1].map(|tenths| Change::Weight { dimension: dimension.clone(), tenths })
    });
    let station = method.station_share.into_iter();
    let station = station.flat_map(|_| [WHOLE - 1, WHOLE + 1].map(|tenths| Change::Station { tenths }));
    let changes = without.chain(weights).chain(station).chain([Change::of_aggregate(panels, method)]);
    let scenario = |change: Change<E>| {
        let (panels, method) = change.apply(panels, method);
        compare(change, &base, &pick(&panels, &method, line, groups))
    };
    let scenarios = changes.map(scenario).collect();
    CutLine { base, scenarios }
}

fn compare<Id: Ord + Clone, E>(change: Change<E>, base: &Picked<Id>, other: &Picked<Id>) -> Scenario<Id, E> {
    let (was, would) = (base.selected(), other.selected());
    let places = other.places();
    let selected = base.standings.iter().filter(|standing| was.contains(&standing.id));
    let line = selected.map(|standing| standing.place).max().unwrap_or_default();
    let near = base.standings.iter().filter(|standing| standing.place.abs_diff(line) <= NEAR);
    let moved = near.filter_map(|standing| {
        let to = places.get(&standing.id).copied();
        (to != Some(standing.place)).then(|| Moved { id: standing.id.clone(), from: standing.place, to })
    });
    Scenario {
        moved: moved.collect(),
        enters: would.difference(&was).cloned().collect(),
        leaves: was.difference(&would).cloned().collect(),
        change,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::panel::tests::{any_panels, method, panel};
    use super::*;

    #[test]
    fn one_expert_can_decide_who_is_in() {
        let panels = [
            panel(1, &[(1, 4000, 5000), (2, 2000, 4000)]),
            panel(2, &[(1, 2000, 5000), (2, 3000, 4000)]),
            panel(3, &[(1, 1000, 1000)]),
        ];
        let line = Line { places: Some(1), pass_mark: Some(1000), ..Line::default() };
        let found = cut_line(&panels, &method(), &line, &BTreeMap::new());
        assert_eq!(found.base.selected(), [1].into());
        let of = |change: Change<u32>| found.scenarios.iter().find(|s| s.change == change).expect("the scenario");
        let without = of(Change::Without(1));
        assert_eq!((without.enters.as_slice(), without.leaves.as_slice()), (&[2][..], &[1][..]));
        let to = [(1, 1, Some(2)), (2, 2, Some(1)), (3, 3, None)].map(|(id, from, to)| Moved { id, from, to });
        assert_eq!(without.moved, to);
        let stays = of(Change::Without(2));
        assert!(stays.enters.is_empty() && stays.leaves.is_empty() && stays.moved.is_empty());
        // Two experts, two dimensions each way, and the other aggregate, which trims because nothing was trimmed.
        assert_eq!(found.scenarios.len(), 2 + 4 + 1);
        assert_eq!(found.scenarios.last().map(|s| &s.change), Some(&Change::TrimmedMean));
    }

    #[test]
    fn where_something_is_trimmed_the_other_aggregate_is_the_plain_mean() {
        let panels = [panel(1, &[(1, 0, 0), (2, 0, 0), (3, 0, 0), (4, 0, 0), (5, 0, 0)])];
        let found = cut_line(&panels, &method(), &Line::default(), &BTreeMap::new());
        assert_eq!(found.scenarios.last().map(|s| &s.change), Some(&Change::PlainMean));
    }

    #[test]
    fn the_stations_share_is_moved_by_a_tenth_each_way() {
        let with = Method { station_share: Some(300), ..method() };
        let mut panels = [panel(1, &[(1, 3500, 4500)]), panel(2, &[(1, 2500, 4000)])];
        (panels[0].station, panels[1].station) = (vec![(1, 5000)], vec![(1, 8400)]);
        // 80 × 0.7 + 50 × 0.3 = 71.00 and 65 × 0.7 + 84 × 0.3 = 70.70.
        let line = Line { places: Some(1), ..Line::default() };
        let found = cut_line(&panels, &with, &line, &BTreeMap::new());
        assert_eq!(found.base.selected(), [1].into());
        let of =
            |tenths| found.scenarios.iter().find(|s| s.change == Change::Station { tenths }).expect("the scenario");
        // At 0.33: 53.60 + 16.50 = 70.10 and 43.55 + 27.72 = 71.27.
        assert_eq!((of(11).enters.as_slice(), of(11).leaves.as_slice()), (&[2][..], &[1][..]));
        // At 0.27: 58.40 + 13.50 = 71.90 and 47.45 + 22.68 = 70.13.
        assert!(of(9).enters.is_empty() && of(9).moved.is_empty());
        // One expert, two dimensions each way, the station each way, the other aggregate.
        assert_eq!(found.scenarios.len(), 1 + 4 + 2 + 1);
        assert_eq!((moved(990, 11), moved(300, 9), moved(10, 11)), (1000, 270, 11));
    }

    /// A ranking by brute force: each score over a common denominator, each pair compared.
    fn brute(
        panels: &[Panel<u32, u32>],
        weights: [i64; 2],
        trim_from: usize,
        places: usize,
        mark: i64,
    ) -> (BTreeMap<u32, usize>, BTreeSet<u32>) {
        let score = |panel: &Panel<u32, u32>| -> i64 {
            let mut totals: Vec<i64> =
                panel.sheets.iter().map(|s| s.points[0] * weights[0] + s.points[1] * weights[1]).collect();
            if totals.len() >= trim_from && totals.len() > 2 {
                for extreme in [totals.iter().min().copied(), totals.iter().max().copied()] {
                    let at = totals.iter().position(|total| Some(*total) == extreme).expect("it is there");
                    totals.remove(at);
                }
            }
            let full = 4000 * weights[0] + 6000 * weights[1];
            let (top, bottom) = (totals.iter().sum::<i64>() * 10_000, totals.len() as i64 * full);
            // The largest whole number that is at most a half above the quotient.
            (0..=10_000).rev().find(|score| (2 * score - 1) * bottom <= 2 * top).expect("a score")
        };
        let counted: Vec<&Panel<u32, u32>> = panels.iter().filter(|panel| !panel.sheets.is_empty()).collect();
        let scores: BTreeMap<u32, i64> = counted.iter().map(|panel| (panel.id, score(panel))).collect();
        let effect = |panel: &Panel<u32, u32>| {
            (panel.sheets.iter().map(|s| s.points[0]).sum::<i64>(), panel.sheets.len() as i64)
        };
        let beats = |a: &Panel<u32, u32>, b: &Panel<u32, u32>| {
            let (x, y) = (effect(a), effect(b));
            let keys = |p: &Panel<u32, u32>, e: i64| {
                (scores[&p.id], e, std::cmp::Reverse(p.submitted_at), std::cmp::Reverse(p.id))
            };
            keys(a, x.0 * y.1) > keys(b, y.0 * x.1)
        };
        let place = |panel: &Panel<u32, u32>| 1 + counted.iter().filter(|other| beats(other, panel)).count();
        let all: BTreeMap<u32, usize> = counted.iter().map(|panel| (panel.id, place(panel))).collect();
        let passed: BTreeSet<u32> =
            counted.iter().filter(|panel| scores[&panel.id] >= mark).map(|panel| panel.id).collect();
        let selected = all.iter().filter(|(id, place)| **place <= places && passed.contains(id)).map(|(id, _)| *id);
        (all.clone(), selected.collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn every_scenario_is_that_of_brute_force(panels in any_panels(), places in 0usize..6, mark in 0i64..8000) {
            let line = Line { places: Some(places), pass_mark: Some(mark), ..Line::default() };
            let found = cut_line(&panels, &method(), &line, &BTreeMap::new());
            let (was_at, was) = brute(&panels, [10, 10], 5, places, mark);
            prop_assert_eq!(found.base.places(), was_at.clone());
            prop_assert_eq!(found.base.selected(), was.clone());
            for scenario in &found.scenarios {
                let mut left = panels.clone();
                let (mut weights, mut trim_from) = ([10, 10], 5);
                match &scenario.change {
                    Change::Without(expert) => left.iter_mut().for_each(|p| p.sheets.retain(|s| s.expert != *expert)),
                    Change::Weight { dimension, tenths } => weights[usize::from(dimension == "technology")] = *tenths,
                    Change::Station { .. } => prop_assert!(false, "there is no station"),
                    Change::PlainMean => trim_from = 99,
                    Change::TrimmedMean => trim_from = 3,
                }
                let (would_at, would) = brute(&left, weights, trim_from, places, mark);
                prop_assert_eq!(&scenario.enters, &would.difference(&was).copied().collect::<Vec<_>>());
                prop_assert_eq!(&scenario.leaves, &was.difference(&would).copied().collect::<Vec<_>>());
                let line = was.iter().map(|id| was_at[id]).max().unwrap_or(0);
                for (id, from) in &was_at {
                    let told = scenario.moved.iter().find(|moved| moved.id == *id);
                    let to = would_at.get(id).copied();
                    let near = from.abs_diff(line) <= NEAR && to != Some(*from);
                    let expected = near.then_some(Moved { id: *id, from: *from, to });
                    prop_assert_eq!(told, expected.as_ref());
                }
            }
        }
    }
}
