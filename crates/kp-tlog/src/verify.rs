//! Checking proofs with nothing but hashes: what a stranger with a checkpoint in hand does.
//!
//! Rules: RFC 9162 2.1.3.2 (inclusion) and 2.1.4.2 (consistency). Nothing here reads storage. The size and the index
//! belong to the proof: a path alone fits several (size, index) pairs, so both must come from signed text.

use crate::hash::{Hash, empty_root, node_hash};

/// Why a proof proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// The tree does not reach that far.
    #[error("leaf {index} cannot be in a tree of {size} leaves")]
    NoSuchLeaf {
        /// The leaf, counted from 0.
        index: u64,
        /// Leaves in the tree.
        size: u64,
    },
    /// The older tree is larger than the newer one: the log was cut.
    #[error("the older tree has {old} leaves and the newer {new}: a log never shrinks")]
    Shrunk {
        /// Size of the older tree.
        old: u64,
        /// Size of the newer tree.
        new: u64,
    },
    /// The number of hashes does not belong to the sizes.
    #[error("the proof has {found} hashes where these sizes need {expected}")]
    Length {
        /// Hashes that a proof of these sizes has.
        expected: u64,
        /// Hashes found.
        found: u64,
    },
    /// An empty tree with a root that is not the empty root.
    #[error("a tree without leaves has the root SHA-256(\"\"), not {0}")]
    NotEmptyRoot(Hash),
    /// The older root does not follow from the proof.
    #[error("the proof leads to the older root {computed}, not to {given}")]
    OldRootDiffers {
        /// What the proof gives.
        computed: Hash,
        /// What was claimed.
        given: Hash,
    },
    /// The root does not follow from the proof.
    #[error("the proof leads to the root {computed}, not to {given}")]
    RootDiffers {
        /// What the proof gives.
        computed: Hash,
        /// What was claimed.
        given: Hash,
    },
}

/// Checks that `leaf` is leaf number `index` (from 0) of the tree of `size` leaves with this `root`.
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: Hash,
) -> Result<(), ProofFault> {
    same_root(root_from_inclusion(leaf, index, size, proof)?, root)
}

/// The root that follows from `leaf` as leaf number `index` (from 0) of a tree of `size` leaves. Whoever asks compares it
/// with a root that was signed, or checks a signature over it.
pub fn root_from_inclusion(leaf: Hash, index: u64, size: u64, proof: &[Hash]) -> Result<Hash, ProofFault> {
    if index >= size {
        return Err(ProofFault::NoSuchLeaf { index, size });
    }
    expect_length(inclusion_length(index, size), proof)?;
    let (mut node, mut last, mut computed) = (index, size - 1, leaf);
    for beside in proof {
        // A node that is the right child, or the lonely right edge of its level, has its neighbour to the left.
        if node & 1 == 1 || node == last {
            computed = node_hash(beside, &computed);
            // On the right edge the levels without a neighbour are skipped.
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            computed = node_hash(&computed, beside);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    Ok(computed)
}

/// Checks that the tree of `old_size` leaves with `old_root` is the beginning of the one of `new_size` with `new_root`.
pub fn verify_consistency(
    old_size: u64,
    old_root: Hash,
    new_size: u64,
    new_root: Hash,
    proof: &[Hash],
) -> Result<(), ProofFault> {
    if old_size > new_size {
        return Err(ProofFault::Shrunk { old: old_size, new: new_size });
    }
    if old_size == 0 {
        return from_empty(old_root, new_size, new_root, proof);
    }
    if old_size == new_size {
        expect_length(0, proof)?;
        return same_root(old_root, new_root);
    }
    expect_length(consistency_length(old_size, new_size), proof)?;
    let (mut node, mut last) = (old_size - 1, new_size - 1);
    while node & 1 == 1 {
        (node, last) = (node >> 1, last >> 1);
    }
    // When the old size is a power of two its root is itself the first subtree, and the proof leaves it out.
    let (seed, rest) = match proof.split_first() {
        Some((first, rest)) if !old_size.is_power_of_two() => (*first, rest),
        _ => (old_root, proof),
    };
    let (mut old_computed, mut new_computed) = (seed, seed);
    for beside in rest {
        if node & 1 == 1 || node == last {
            old_computed = node_hash(beside, &old_computed);
            new_computed = node_hash(beside, &new_computed);
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            new_computed = node_hash(&new_computed, beside);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    if old_computed != old_root {
        return Err(ProofFault::OldRootDiffers { computed: old_computed, given: old_root });
    }
    same_root(new_computed, new_root)
}

/// Every tree continues the empty one; only the roots of empty trees can be checked.
fn from_empty(old_root: Hash, new_size: u64, new_root: Hash, proof: &[Hash]) -> Result<(), ProofFault> {
    expect_length(0, proof)?;
    for (size, root) in [(0, old_root), (new_size, new_root)] {
        if size == 0 && root != empty_root() {
            return Err(ProofFault::NotEmptyRoot(root));
        }
    }
    Ok(())
}

/// Hashes in an inclusion proof: the levels up to where leaf and right edge meet, then the left neighbours above.
fn inclusion_length(index: u64, size: u64) -> u64 {
    let below = u64::BITS - (index ^ (size - 1)).leading_zeros();
    let above = index.checked_shr(below).unwrap_or(0).count_ones();
    u64::from(below + above)
}

/// Hashes in a consistency proof between sizes `0 < old < new`: those beside the path of the largest complete subtree
/// that ends where the old tree ends, and that subtree itself unless it is the whole old tree.
fn consistency_length(old: u64, new: u64) -> u64 {
    let level = old.trailing_zeros();
    let path = inclusion_length((old - 1) >> level, ((new - 1) >> level) + 1);
    path + u64::from(!old.is_power_of_two())
}

fn expect_length(expected: u64, proof: &[Hash]) -> Result<(), ProofFault> {
    let found = proof.len() as u64;
    if found == expected { Ok(()) } else { Err(ProofFault::Length { expected, found }) }
}

fn same_root(computed: Hash, given: Hash) -> Result<(), ProofFault> {
    if computed == given { Ok(()) } else { Err(ProofFault::RootDiffers { computed, given }) }
}
