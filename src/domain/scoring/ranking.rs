//! From scores to places.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDateTime;

use super::aggregate::Mean;

/// The last thing that is compared.
static LAST_RESORT: TieBreak = TieBreak::Id;

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
            [a, b] if a.score == b.score => break_tie(a, b, tie_order).map(|(_, tie)| tie.clone()),
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
fn break_tie<'a, Id: Ord>(
    a: &Candidate<Id>,
    b: &Candidate<Id>,
    tie_order: &'a [TieBreak],
) -> Option<(Ordering, &'a TieBreak)> {
    tie_order.iter().chain([&LAST_RESORT]).find_map(|tie| {
        let order = match tie {
            TieBreak::Dimension(key) => {
                let mean = |candidate: &Candidate<Id>| candidate.dimensions.get(key).copied().unwrap_or_default();
                mean(b).cmp(&mean(a))
            }
            TieBreak::SubmittedAt => a.submitted_at.cmp(&b.submitted_at),
            TieBreak::Id => a.id.cmp(&b.id),
        };
        (order != Ordering::Equal).then_some((order, tie))
    })
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
    }
}
