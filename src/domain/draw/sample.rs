//! Uniform sampling without replacement from a stream of SHA-256 blocks.
//!
//! Each number below `n` comes from a uniform 64-bit integer; integers at or above the largest multiple of `n` are thrown away, so every remainder
//! has exactly as many integers behind it. Fisher–Yates over such numbers gives every ordered selection the same chance.

use super::digest::tagged;
use crate::domain::chain::Hash;

/// What a block's hash starts with.
const STREAM: &str = "yuanchi/draw/1/stream";

/// The numbers of one stratum, in order.
struct Stream<'a> {
    seed: &'a Hash,
    stratum: &'a str,
    counter: u64,
}

impl Stream<'_> {
    /// The first eight bytes of the next block, big-endian.
    fn next(&mut self) -> u64 {
        let block = tagged(STREAM, &[self.seed, self.stratum.as_bytes(), &self.counter.to_be_bytes()]);
        self.counter += 1;
        let [a, b, c, d, e, f, g, h, ..] = block;
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }
}

/// A number below `bound`, from the first integer of `integers` that lies below the largest multiple of `bound` within 2⁶⁴.
/// `bound` is at least one.
fn below(bound: u64, mut integers: impl FnMut() -> u64) -> u64 {
    // 2^64 mod bound, without leaving 64 bits.
    let excess = (u64::MAX % bound + 1) % bound;
    loop {
        let integer = integers();
        if integer <= u64::MAX - excess {
            return integer % bound;
        }
    }
}

/// The first `count` of a random order of `ids` (all of them when there are fewer). The caller has sorted them.
pub(super) fn sample(seed: &Hash, stratum: &str, mut ids: Vec<String>, count: usize) -> Vec<String> {
    let mut stream = Stream { seed, stratum, counter: 0 };
    let count = count.min(ids.len());
    for place in 0..count {
        let left = (ids.len() - place) as u64;
        let other = place + below(left, || stream.next()) as usize;
        ids.swap(place, other);
    }
    ids.truncate(count);
    ids
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn integers_beyond_the_largest_multiple_are_thrown_away() {
        for (bound, limit) in [(3u64, u64::MAX), (10, 18_446_744_073_709_551_610), (u64::MAX, u64::MAX)] {
            // The largest multiple itself is the first integer refused; the one before it is the last accepted.
            let mut integers = [limit, u64::MAX, limit - 1].into_iter();
            assert_eq!(below(bound, || integers.next().expect("enough")), (limit - 1) % bound, "{bound}");
        }
        assert_eq!(below(1, || u64::MAX), 0);
        assert_eq!(below(1 << 63, || u64::MAX), (1 << 63) - 1);
    }

    /// Every ordered selection of 3 out of 5 is as frequent as chance allows, over fixed seeds. 59 degrees of freedom: chi-square exceeds
    /// 110 once in about 20,000 fair runs.
    #[test]
    fn ordered_selections_are_uniform() {
        let ids: Vec<String> = ["a", "b", "c", "d", "e"].map(String::from).to_vec();
        let mut counts: BTreeMap<Vec<String>, u32> = BTreeMap::new();
        let draws = 30_000u32;
        for number in 0..draws {
            let seed = tagged("test", &[&number.to_be_bytes()]);
            *counts.entry(sample(&seed, "s", ids.clone(), 3)).or_default() += 1;
        }
        assert_eq!(counts.len(), 60);
        let expected = f64::from(draws) / 60.0;
        let chi_square: f64 = counts.values().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
        assert!(chi_square < 110.0, "{chi_square}");
        assert!(chi_square > 25.0, "suspiciously even: {chi_square}");
    }

    /// An independent model: instead of swapping in place, take the drawn element out and let the last-placed first element fill the hole.
    #[test]
    fn the_order_is_that_of_drawing_from_an_urn() {
        for size in 1..40usize {
            let seed = tagged("urn", &[&size.to_be_bytes()]);
            let ids: Vec<String> = (0..size).map(|id| format!("{id:03}")).collect();
            let mut stream = Stream { seed: &seed, stratum: "x", counter: 0 };
            let mut urn = ids.clone();
            let mut drawn = Vec::new();
            while !urn.is_empty() {
                let integer = u128::from(stream.next());
                let bound = urn.len() as u128;
                if integer >= (1u128 << 64) / bound * bound {
                    continue;
                }
                let at = (integer % bound) as usize;
                let first = urn.remove(0);
                drawn.push(if at == 0 { first } else { std::mem::replace(&mut urn[at - 1], first) });
            }
            assert_eq!(sample(&seed, "x", ids, size), drawn);
        }
    }
}
