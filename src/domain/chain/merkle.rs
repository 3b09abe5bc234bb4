//! The Merkle tree of RFC 6962, section 2.1: a leaf's hash is SHA-256(0x00 ‖ data), a node's SHA-256(0x01 ‖ left ‖ right), and a tree of n
//! leaves splits at the largest power of two below n.

use sha2::{Digest, Sha256};

use super::Hash;

/// The hash of a leaf.
pub fn leaf_hash(data: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0x00]);
    hasher.update(data);
    hasher.finalize().into()
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0x01]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// The largest power of two below `count`, which is at least two.
fn split(count: usize) -> usize {
    1 << (count - 1).ilog2()
}

/// The root over leaf hashes; of no leaves, the hash of nothing.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// What proves that the leaf at `index` is in the tree: the hashes beside its path, from the leaf up. None when there is no such leaf.
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let at = split(leaves.len());
    let (left, right) = leaves.split_at(at);
    let (mut proof, beside) = if index < at {
        (inclusion_proof(left, index)?, root(right))
    } else {
        (inclusion_proof(right, index - at)?, root(left))
    };
    proof.push(beside);
    Some(proof)
}

/// Whether a proof leads from the leaf at `index` of `count` to this root.
pub fn verify_inclusion(leaf: &Hash, index: usize, count: usize, proof: &[Hash], expected: &Hash) -> bool {
    climb(leaf, index, count, proof).is_some_and(|found| found == *expected)
}

/// Where a proof leads from the leaf at `index` of `count`; none when its length does not fit.
pub fn climb(leaf: &Hash, index: usize, count: usize, proof: &[Hash]) -> Option<Hash> {
    if index >= count {
        return None;
    }
    if count == 1 {
        return proof.is_empty().then_some(*leaf);
    }
    let (beside, below) = proof.split_last()?;
    let at = split(count);
    Some(if index < at {
        node_hash(&climb(leaf, index, at, below)?, beside)
    } else {
        node_hash(beside, &climb(leaf, index - at, count - at, below)?)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The reference vectors of the Certificate Transparency implementations.
    #[test]
    fn roots_are_those_of_the_reference_implementation() {
        let leaves =
            ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        let hashes: Vec<Hash> = leaves.iter().map(|data| leaf_hash(&hex::decode(data).expect("hex"))).collect();
        for (count, expected) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ] {
            assert_eq!(hex::encode(root(&hashes[..count])), expected, "{count} leaves");
        }
    }

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count).map(|index| leaf_hash(&index.to_be_bytes())).collect()
    }

    #[test]
    fn absurd_counts_are_answered() {
        assert!(!verify_inclusion(&[0; 32], usize::MAX - 1, usize::MAX, &[[0; 32]; 64], &[0; 32]));
        assert!(!verify_inclusion(&[0; 32], 0, 0, &[], &[0; 32]));
    }

    proptest! {
        #[test]
        fn a_proof_holds_for_its_leaf_and_for_nothing_else(count in 1usize..70, index: prop::sample::Index, byte in 0usize..32, part: prop::sample::Index) {
            let leaves = leaves(count);
            let index = index.index(count);
            let root = root(&leaves);
            let proof = inclusion_proof(&leaves, index).unwrap();
            prop_assert!(verify_inclusion(&leaves[index], index, count, &proof, &root));

            let mut other = leaves[index];
            other[byte] ^= 1;
            prop_assert!(!verify_inclusion(&other, index, count, &proof, &root));
            prop_assert!(!verify_inclusion(&leaves[index], index, count, &proof, &other));
            for wrong in (0..count + 2).filter(|wrong| *wrong != index) {
                prop_assert!(!verify_inclusion(&leaves[index], wrong, count, &proof, &root));
            }
            let mut longer = proof.clone();
            longer.push(other);
            prop_assert!(!verify_inclusion(&leaves[index], index, count, &longer, &root));
            if !proof.is_empty() {
                let mut tampered = proof.clone();
                let part = part.index(proof.len());
                tampered[part][byte] ^= 1;
                prop_assert!(!verify_inclusion(&leaves[index], index, count, &tampered, &root));
                prop_assert!(!verify_inclusion(&leaves[index], index, count, &proof[1..], &root));
            }
        }

        #[test]
        fn every_leaf_moves_the_root(count in 1usize..70, index: prop::sample::Index) {
            let mut leaves = leaves(count);
            let before = root(&leaves);
            leaves[index.index(count)][0] ^= 1;
            prop_assert_ne!(root(&leaves), before);
            prop_assert_eq!(inclusion_proof(&leaves, count), None);
        }
    }
}
