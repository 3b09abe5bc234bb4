//! The ranks that a bureau may give within its quota (推荐名额).

/// The highest rank that may be given: the quota, or without one the place behind the last.
pub fn last_rank(taken: &[i32], limit: Option<u32>) -> i32 {
    match limit {
        Some(limit) => i32::try_from(limit).unwrap_or(i32::MAX),
        None => taken.iter().copied().max().unwrap_or(0).saturating_add(1),
    }
}

/// The ranks that are still free, best first. None when as many places are taken as there are.
pub fn free_ranks(taken: &[i32], limit: Option<u32>) -> Vec<i32> {
    if limit.is_some_and(|limit| taken.len() >= limit as usize) {
        return Vec::new();
    }
    (1..=last_rank(taken, limit)).filter(|rank| !taken.contains(rank)).collect()
}

/// Places left; none if there is no limit.
pub fn places_left(taken: usize, limit: Option<u32>) -> Option<u32> {
    limit.map(|limit| limit.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_a_quota_the_gaps_and_the_place_behind_the_last_are_free() {
        assert_eq!(free_ranks(&[], None), [1]);
        assert_eq!(free_ranks(&[1, 4], None), [2, 3, 5]);
        assert_eq!(places_left(7, None), None);
    }

    proptest! {
        /// Whatever is given and freed, a rank is offered exactly while there is a place, and never twice.
        #[test]
        fn places_and_free_ranks_agree(limit in 0_u32..12, acts in prop::collection::vec((any::<bool>(), 0_usize..12), 0..60)) {
            let mut taken: Vec<i32> = Vec::new();
            for (give, choice) in acts {
                let free = free_ranks(&taken, Some(limit));
                prop_assert_eq!(Some(u32::try_from(free.len()).unwrap()), places_left(taken.len(), Some(limit)));
                if give {
                    if let Some(rank) = free.get(choice % free.len().max(1)) {
                        prop_assert!(!taken.contains(rank) && (1..=last_rank(&taken, Some(limit))).contains(rank));
                        taken.push(*rank);
                    }
                } else if !taken.is_empty() {
                    taken.remove(choice % taken.len());
                }
                prop_assert!(taken.len() <= limit as usize);
            }
        }
    }
}
