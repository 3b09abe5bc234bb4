//! From scores to places, and from places to who is selected.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDateTime;

use super::aggregate::Mean;

/// What is compared when two scores are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TieBreak {
    /// The higher mean in this dimension of the rubric, as an exact fraction.
    Dimension(String),
    /// The earlier submission.
    SubmittedAt,
    /// The smaller id: the last resort that makes the order total. It has no merit, so an officer should know.
    Id,
}

impl TieBreak {
    /// Stable code; the sentence is in the locale files under `tie-<code>`, where a dimension's takes its name as `dimension`.
    pub fn code(&self) -> &'static str {
        match self {
            TieBreak::Dimension(_) => "dimension",
            TieBreak::SubmittedAt => "submitted_at",
            TieBreak::Id => "id",
        }
    }

    /// Reads a programme's word: `submitted_at`, or the key of a dimension.
    pub fn from_text(text: &str) -> TieBreak {
        match text {
            "submitted_at" => TieBreak::SubmittedAt,
            "id" => TieBreak::Id,
            dimension => TieBreak::Dimension(dimension.to_string()),
        }
    }
}

impl fmt::Display for TieBreak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TieBreak::Dimension(key) => key,
            other => other.code(),
        })
    }
}

/// A reviewed application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<Id> {
    /// Its id.
    pub id: Id,
    /// Its final score, rounded, in hundredths.
    pub score: i64,
    /// Its mean in each dimension.
    pub dimensions: BTreeMap<String, Mean>,
    /// When it was last submitted.
    pub submitted_at: NaiveDateTime,
}

/// An application and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked<Id> {
    /// From 1; no two are the same.
    pub place: usize,
    /// The application.
    pub id: Id,
    /// Its score, in hundredths.
    pub score: i64,
    /// Its mean in each dimension.
    pub dimensions: BTreeMap<String, Mean>,
    /// What put it behind the one before it, when their scores are equal.
    pub tie_broken_by: Option<TieBreak>,
}

/// Ranks candidates: by score, then by the tie order, then by id. The same candidates give the same ranking in whatever
/// order they come. A call runs one programme, which is one category: places are per category because they are per call.
pub fn rank<Id: Ord>(mut candidates: Vec<Candidate<Id>>, tie_order: &[TieBreak]) -> Vec<Ranked<Id>> {
    candidates.sort_by(|a, b| {
        let by_score = b.score.cmp(&a.score);
        by_score.then_with(|| break_tie(a, b, tie_order).map_or(Ordering::Equal, |(order, _)| order))
    });
    let ties: Vec<Option<TieBreak>> = candidates
        .windows(2)
        .map(|pair| match pair {
            [a, b] if a.score == b.score => break_tie(a, b, tie_order).map(|(_, tie)| tie),
            _ => None,
        })
        .collect();
    let ties = std::iter::once(None).chain(ties);
    let placed = (1..).zip(candidates).zip(ties);
    placed
        .map(|((place, candidate), tie_broken_by)| Ranked {
            place,
            id: candidate.id,
            score: candidate.score,
            dimensions: candidate.dimensions,
            tie_broken_by,
        })
        .collect()
}

/// Which comes first of two equal scores, and by what. None only for one and the same id.
fn break_tie<Id: Ord>(a: &Candidate<Id>, b: &Candidate<Id>, tie_order: &[TieBreak]) -> Option<(Ordering, TieBreak)> {
    tie_order.iter().chain([&TieBreak::Id]).find_map(|tie| {
        let order = match tie {
            TieBreak::Dimension(key) => {
                let mean = |candidate: &Candidate<Id>| candidate.dimensions.get(key).copied().unwrap_or_default();
                mean(b).cmp(&mean(a))
            }
            TieBreak::SubmittedAt => a.submitted_at.cmp(&b.submitted_at),
            TieBreak::Id => a.id.cmp(&b.id),
        };
        (order != Ordering::Equal).then(|| (order, tie.clone()))
    })
}

/// What the ranking means for one application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
            Cut::BeyondPlaces { place, places } => vec![("place", place.to_string()), ("places", places.to_string())],
        }
    }
}

/// Draws the line: a pass mark (included, in hundredths), a number of places, both, or neither. One outcome per ranked
/// application, in the same order.
pub fn cut<Id: Clone>(ranked: &[Ranked<Id>], pass_mark: Option<i64>, places: Option<usize>) -> Vec<(Id, Cut)> {
    let judge = |entry: &Ranked<Id>| match (pass_mark, places) {
        (Some(pass_mark), _) if entry.score < pass_mark => Cut::BelowPassMark { score: entry.score, pass_mark },
        (_, Some(places)) if entry.place > places => Cut::BeyondPlaces { place: entry.place, places },
        _ => Cut::Selected,
    };
    ranked.iter().map(|entry| (entry.id.clone(), judge(entry))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn candidate(id: u32, score: i64, effect: (i64, u32), minute: u32) -> Candidate<u32> {
        let submitted_at = chrono::NaiveDate::from_ymd_opt(2026, 11, 23)
            .and_then(|d| d.and_hms_opt(9, minute, 0))
            .expect("an instant");
        let dimensions = BTreeMap::from([("effect".to_string(), Mean { sum: effect.0, count: effect.1 })]);
        Candidate { id, score, dimensions, submitted_at }
    }

    fn tie_order() -> Vec<TieBreak> {
        ["effect", "submitted_at"].map(TieBreak::from_text).to_vec()
    }

    #[test]
    fn ties_follow_the_programmes_order() {
        let candidates = vec![
            candidate(5, 8000, (100, 3), 2),
            candidate(4, 8000, (100, 3), 1),
            candidate(3, 8000, (100, 3), 2),
            candidate(2, 8000, (34, 1), 9), // 34 > 33.33…
            candidate(1, 9000, (0, 1), 9),
        ];
        let found: Vec<_> = rank(candidates, &tie_order())
            .into_iter()
            .map(|r| (r.place, r.id, r.tie_broken_by.map(|t| t.to_string())))
            .collect();
        let tie = |text: &str| Some(text.to_string());
        assert_eq!(
            found,
            [(1, 1, None), (2, 2, None), (3, 4, tie("effect")), (4, 3, tie("submitted_at")), (5, 5, tie("id"))]
        );
    }

    #[test]
    fn a_missing_dimension_is_behind_every_other() {
        let mut without = candidate(1, 8000, (0, 1), 1);
        without.dimensions.clear();
        let found = rank(vec![without, candidate(2, 8000, (0, 1), 1)], &tie_order());
        assert_eq!(found.iter().map(|r| r.id).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn the_line_is_drawn_by_mark_and_places() {
        let candidates: Vec<_> =
            [(1, 9000), (2, 8000), (3, 6000), (4, 5999)].map(|(id, score)| candidate(id, score, (0, 1), 1)).into();
        let ranked = rank(candidates, &tie_order());
        let codes = |pass_mark, places| {
            cut(&ranked, pass_mark, places).into_iter().map(|(id, cut)| (id, cut.code())).collect::<Vec<_>>()
        };
        assert_eq!(
            codes(Some(6000), Some(2)),
            [(1, "selected"), (2, "selected"), (3, "beyond_places"), (4, "below_pass_mark")]
        );
        assert_eq!(codes(None, Some(1)).iter().filter(|(_, code)| *code == "selected").count(), 1);
        assert!(codes(None, None).iter().all(|(_, code)| *code == "selected"));
        assert_eq!(
            Cut::BelowPassMark { score: 5999, pass_mark: 6000 }.args(),
            [("score", "59.99".into()), ("pass_mark", "60.00".into())]
        );
    }

    prop_compose! {
        fn any_candidates()(rows in prop::collection::btree_map(0u32..1000, (0i64..4, 0i64..3, 1u32..3, 0u32..3), 0..25))
            -> Vec<Candidate<u32>> {
            rows.into_iter()
                .map(|(id, (score, sum, count, minute))| candidate(id, score, (sum, count), minute))
                .collect()
        }
    }

    proptest! {
        #[test]
        fn the_ranking_is_the_same_in_whatever_order_they_come(shuffled in any_candidates().prop_shuffle()) {
            let mut sorted = shuffled.clone();
            sorted.sort_by_key(|c| c.id);
            let ranked = rank(shuffled, &tie_order());
            prop_assert_eq!(&ranked, &rank(sorted, &tie_order()));
            for pair in ranked.windows(2) {
                prop_assert_eq!(pair[0].place + 1, pair[1].place);
                prop_assert!(pair[0].score >= pair[1].score);
                prop_assert_eq!(pair[1].tie_broken_by.is_some(), pair[0].score == pair[1].score);
            }
        }

        #[test]
        fn a_higher_score_is_never_declined_for_a_lower_one(candidates in any_candidates(), mark in prop::option::of(0i64..4), places in prop::option::of(0usize..6)) {
            let ranked = rank(candidates, &tie_order());
            let outcomes = cut(&ranked, mark, places);
            for (a, (_, outcome_a)) in ranked.iter().zip(&outcomes) {
                for (b, (_, outcome_b)) in ranked.iter().zip(&outcomes) {
                    if a.score > b.score && *outcome_b == Cut::Selected {
                        prop_assert_eq!(*outcome_a, Cut::Selected);
                    }
                }
            }
        }
    }
}
