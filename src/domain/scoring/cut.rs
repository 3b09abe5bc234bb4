//! From places to who is selected.

use std::collections::{BTreeMap, BTreeSet};

use super::panel::{Method, Panel, Standing, standings};

/// What the ranking means for one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// It reaches the pass mark and has a place.
    Selected,
    /// Its score is below the pass mark.
    BelowPassMark {
        /// In hundredths.
        score: i64,
        /// In hundredths.
        pass_mark: i64,
    },
    /// It reaches the pass mark; the places of its group are taken.
    BeyondQuota {
        /// The group: the name of a city or a cluster.
        group: String,
        /// How many of it may be selected.
        most: usize,
    },
    /// It reaches the pass mark; the places are taken.
    BeyondPlaces {
        /// Its place.
        place: usize,
        /// How many there are.
        places: usize,
    },
}

impl Cut {
    /// Stable code; the sentence is in the locale files under `cut-<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            Cut::Selected => "selected",
            Cut::BelowPassMark { .. } => "below_pass_mark",
            Cut::BeyondQuota { .. } => "beyond_quota",
            Cut::BeyondPlaces { .. } => "beyond_places",
        }
    }

    /// What the sentence names.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Cut::Selected => Vec::new(),
            Cut::BelowPassMark { score, pass_mark } => {
                vec![("score", super::points_text(*score)), ("pass_mark", super::points_text(*pass_mark))]
            }
            Cut::BeyondQuota { group, most } => vec![("group", group.clone()), ("most", most.to_string())],
            Cut::BeyondPlaces { place, places } => vec![("place", place.to_string()), ("places", places.to_string())],
        }
    }
}

/// An application in the order of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contender<Id> {
    /// Which.
    pub id: Id,
    /// Its place, from 1.
    pub place: usize,
    /// Its final score, in hundredths.
    pub score: i64,
    /// Its city, or its clusters, if the programme caps them.
    pub groups: BTreeSet<String>,
}

/// Where the line is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The least score, included, in hundredths.
    pub pass_mark: Option<i64>,
    /// The most that are selected.
    pub places: Option<usize>,
    /// The most that are selected of each group.
    pub most: Option<usize>,
    /// How many of each group were selected before.
    pub taken: BTreeMap<String, usize>,
}

/// Draws the line, best first: who is below the pass mark is out; of those whose group is full the next takes the place;
/// then places, until there are none left. One of several groups counts in each, and needs room in each. One outcome per
/// contender, in the same order.
pub fn cut<Id: Clone>(contenders: &[Contender<Id>], line: &Line) -> Vec<(Id, Cut)> {
    let mut taken = line.taken.clone();
    let mut selected = 0;
    let mut judge = |contender: &Contender<Id>| {
        if let Some(pass_mark) = line.pass_mark.filter(|mark| contender.score < *mark) {
            return Cut::BelowPassMark { score: contender.score, pass_mark };
        }
        if let Some(places) = line.places.filter(|places| selected >= *places) {
            return Cut::BeyondPlaces { place: contender.place, places };
        }
        let is_full = |group: &&String, most| taken.get(*group).copied().unwrap_or_default() >= most;
        if let Some(most) = line.most
            && let Some(group) = contender.groups.iter().find(|group| is_full(group, most))
        {
            return Cut::BeyondQuota { group: group.clone(), most };
        }
        selected += 1;
        for group in &contender.groups {
            *taken.entry(group.clone()).or_default() += 1;
        }
        Cut::Selected
    };
    contenders.iter().map(|contender| (contender.id.clone(), judge(contender))).collect()
}

/// A ranking and what the line makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked<Id> {
    /// Best first.
    pub standings: Vec<Standing<Id>>,
    /// One for each, in the same order.
    pub cuts: Vec<Cut>,
}

impl<Id: Ord + Clone> Picked<Id> {
    /// Who is selected.
    pub fn selected(&self) -> BTreeSet<Id> {
        let all = self.standings.iter().zip(&self.cuts);
        all.filter(|(_, cut)| **cut == Cut::Selected).map(|(standing, _)| standing.id.clone()).collect()
    }

    /// Each place.
    pub fn places(&self) -> BTreeMap<Id, usize> {
        self.standings.iter().map(|standing| (standing.id.clone(), standing.place)).collect()
    }
}

/// Ranks, and draws the line.
pub fn pick<Id: Ord + Clone, E>(
    panels: &[Panel<Id, E>],
    method: &Method,
    line: &Line,
    groups: &BTreeMap<Id, BTreeSet<String>>,
) -> Picked<Id> {
    let standings = standings(panels, method);
    let contenders: Vec<Contender<Id>> = standings
        .iter()
        .map(|standing| Contender {
            id: standing.id.clone(),
            place: standing.place,
            score: standing.aggregate.mean,
            groups: groups.get(&standing.id).cloned().unwrap_or_default(),
        })
        .collect();
    let cuts = cut(&contenders, line).into_iter().map(|(_, cut)| cut).collect();
    Picked { standings, cuts }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn contenders(rows: &[(i64, &[&str])]) -> Vec<Contender<usize>> {
        let row = |(place, (score, groups)): (usize, &(i64, &[&str]))| Contender {
            id: place,
            place,
            score: *score,
            groups: groups.iter().map(|group| group.to_string()).collect(),
        };
        (1..).zip(rows).map(row).collect()
    }

    fn codes(rows: &[(i64, &[&str])], line: &Line) -> Vec<&'static str> {
        cut(&contenders(rows), line).iter().map(|(_, cut)| cut.code()).collect()
    }

    #[test]
    fn the_line_is_drawn_by_mark_and_places() {
        let rows: [(i64, &[&str]); 4] = [(9000, &[]), (8000, &[]), (6000, &[]), (5999, &[])];
        let line = Line { pass_mark: Some(6000), places: Some(2), ..Line::default() };
        assert_eq!(codes(&rows, &line), ["selected", "selected", "beyond_places", "below_pass_mark"]);
        assert!(codes(&rows, &Line::default()).iter().all(|code| *code == "selected"));
        assert_eq!(
            Cut::BelowPassMark { score: 5999, pass_mark: 6000 }.args(),
            [("score", "59.99".into()), ("pass_mark", "60.00".into())]
        );
    }

    #[test]
    fn who_is_beyond_the_quota_leaves_the_place_to_the_next() {
        let rows: [(i64, &[&str]); 5] =
            [(9000, &["广州市"]), (8500, &["广州市"]), (8000, &["深圳市"]), (7000, &[]), (6000, &["佛山市"])];
        let line = Line { places: Some(3), most: Some(1), ..Line::default() };
        assert_eq!(codes(&rows, &line), ["selected", "beyond_quota", "selected", "selected", "beyond_places"]);
        let before = Line { taken: [("广州市".to_string(), 1)].into(), ..line };
        assert_eq!(codes(&rows, &before), ["beyond_quota", "beyond_quota", "selected", "selected", "selected"]);
        let full = Cut::BeyondQuota { group: "广州市".into(), most: 1 };
        assert_eq!(full.args(), [("group", "广州市".into()), ("most", "1".into())]);
    }

    #[test]
    fn one_of_several_groups_needs_room_in_each() {
        let rows: [(i64, &[&str]); 3] = [(9000, &["a"]), (8000, &["a", "b"]), (7000, &["b"])];
        let line = Line { most: Some(1), ..Line::default() };
        assert_eq!(codes(&rows, &line), ["selected", "beyond_quota", "selected"]);
    }

    prop_compose! {
        fn any_contenders()(mut rows in prop::collection::vec((0i64..9, prop::collection::btree_set("[abc]", 0..3)), 0..20))
            -> Vec<Contender<usize>> {
            rows.sort_by_key(|row| std::cmp::Reverse(row.0));
            (1..).zip(rows).map(|(place, (score, groups))| Contender { id: place, place, score, groups }).collect()
        }
    }

    proptest! {
        #[test]
        fn the_limits_hold_and_nobody_is_left_out_without_need(
            all in any_contenders(), pass_mark in prop::option::of(0i64..9),
            places in prop::option::of(0usize..8), most in prop::option::of(0usize..4)
        ) {
            let line = Line { pass_mark, places, most, taken: BTreeMap::new() };
            let cuts: Vec<Cut> = cut(&all, &line).into_iter().map(|(_, cut)| cut).collect();
            let selected: Vec<&Contender<usize>> = all.iter().zip(&cuts).filter(|(_, cut)| **cut == Cut::Selected).map(|(c, _)| c).collect();
            let of = |group: &str, before: usize| selected.iter().filter(|c| c.place < before && c.groups.contains(group)).count();
            prop_assert!(places.is_none_or(|places| selected.len() <= places));
            for contender in &all {
                let before = selected.iter().filter(|other| other.place < contender.place).count();
                let expected = pass_mark.is_none_or(|mark| contender.score >= mark)
                    && places.is_none_or(|places| before < places)
                    && most.is_none_or(|most| contender.groups.iter().all(|group| of(group, contender.place) < most));
                prop_assert_eq!(cuts[contender.place - 1] == Cut::Selected, expected);
            }
        }
    }
}
