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

/// The ranks that files get which are to be in another order: each with the rank that it has and the one that is wanted for it. They
/// share out the ranks that they have. Of two for which the same is wanted, the one that moves up comes before the one that stays,
/// and the one that moves down behind it; so whoever is sent to the last place ends there.
pub fn shared_out(places: &[(i32, i32)]) -> Vec<i32> {
    let mut ranks: Vec<i32> = places.iter().map(|(from, _)| *from).collect();
    ranks.sort_unstable();
    let mut order: Vec<(usize, (i32, i32))> = places.iter().copied().enumerate().collect();
    order.sort_by_key(|(_, (from, to))| (*to, to.cmp(from), *from));
    let mut given: Vec<(usize, i32)> = order.into_iter().map(|(index, _)| index).zip(ranks).collect();
    given.sort_unstable();
    given.into_iter().map(|(_, rank)| rank).collect()
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

    #[test]
    fn who_moves_goes_where_it_was_sent_and_the_others_close_up() {
        // The last to the front, the first to the end, into the middle, and two at once.
        assert_eq!(shared_out(&[(1, 1), (2, 2), (3, 3), (4, 1)]), [2, 3, 4, 1]);
        assert_eq!(shared_out(&[(1, 4), (2, 2), (3, 3), (4, 4)]), [4, 1, 2, 3]);
        assert_eq!(shared_out(&[(1, 1), (2, 2), (3, 3), (4, 2)]), [1, 3, 4, 2]);
        assert_eq!(shared_out(&[(1, 2), (2, 1)]), [2, 1]);
        // What is asked for beyond the last is the last; gaps stay where they are.
        assert_eq!(shared_out(&[(2, 99), (5, 5)]), [5, 2]);
        assert_eq!(shared_out(&[]), Vec::<i32>::new());
    }

    proptest! {
        /// No rank is lost, none is given twice, and who asks for nothing gets nothing else.
        #[test]
        fn ranks_are_shared_out_among_those_who_have_them(ranks in prop::collection::btree_set(1_i32..50, 0..20), wanted in prop::collection::vec(-5_i32..60, 20)) {
            let ranks: Vec<i32> = ranks.into_iter().collect();
            let places: Vec<(i32, i32)> = ranks.iter().copied().zip(wanted).collect();
            let mut given = shared_out(&places);
            given.sort_unstable();
            prop_assert_eq!(&given, &ranks);
            let still: Vec<(i32, i32)> = ranks.iter().map(|rank| (*rank, *rank)).collect();
            prop_assert_eq!(shared_out(&still), ranks);
        }

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
