//! Roots and proofs, made from leaf hashes that lie in memory or in storage.
//!
//! Rules: RFC 9162 2.1.3.1 (inclusion) and 2.1.4.1 (consistency). A proof reads every leaf hash of its tree once, in
//! pieces, so memory stays small: a log of one participant and one year has at most some hundred thousand entries.

use crate::frontier::Frontier;
use crate::hash::Hash;

/// Where leaf hashes come from when they do not lie in memory.
pub trait HashReader {
    /// What reading can end in.
    type Error;

    /// The leaf hashes `first .. first + count`, in order and none missing.
    fn leaf_hashes(&mut self, first: u64, count: u64) -> Result<Vec<Hash>, Self::Error>;
}

impl HashReader for &[Hash] {
    type Error = std::convert::Infallible;

    fn leaf_hashes(&mut self, first: u64, count: u64) -> Result<Vec<Hash>, Self::Error> {
        let from_first = self.iter().skip(usize::try_from(first).unwrap_or(usize::MAX));
        Ok(from_first.take(usize::try_from(count).unwrap_or(usize::MAX)).copied().collect())
    }
}

/// Why a proof could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E> {
    /// The tree does not reach that far.
    #[error("leaf {index} does not exist in a tree of {size} leaves; the last is {last}", last = size.saturating_sub(1))]
    NoSuchLeaf {
        /// The leaf asked for, counted from 0.
        index: u64,
        /// Leaves in the tree.
        size: u64,
    },
    /// The older tree is not the smaller one.
    #[error("a tree of {old} leaves cannot be the beginning of one of {new}")]
    NotOlder {
        /// Size of the tree said to be older.
        old: u64,
        /// Size of the tree said to be newer.
        new: u64,
    },
    /// A tile beyond 2^64 leaves.
    #[error("`{0}` is no tile of any tree: it lies beyond 2^64 leaves")]
    NoSuchTile(String),
    /// Storage gave another number of hashes than asked for.
    #[error("asked for {wanted} leaf hashes from {first} on, storage gave {found}")]
    ShortRead {
        /// First leaf of the piece.
        first: u64,
        /// Hashes asked for.
        wanted: u64,
        /// Hashes given.
        found: u64,
    },
    /// Storage failed.
    #[error("the leaf hashes could not be read")]
    Read(#[source] E),
}

/// The root of the tree over these leaf hashes; of none at all, [`crate::empty_root`].
pub fn root_of(leaves: &[Hash]) -> Hash {
    leaves.iter().copied().collect::<Frontier>().root()
}

/// The root over the leaves `first .. first + count` of a storage.
pub fn root_of_range<R: HashReader>(
    reader: &mut R,
    first: u64,
    count: u64,
) -> Result<Hash, ProveError<R::Error>> {
    /// Hashes read at once: 128 KiB.
    const PIECE: u64 = 4096;
    let mut frontier = Frontier::new();
    while frontier.size() < count {
        let at = first + frontier.size();
        let wanted = PIECE.min(count - frontier.size());
        let hashes = reader.leaf_hashes(at, wanted).map_err(ProveError::Read)?;
        if hashes.len() as u64 != wanted {
            return Err(ProveError::ShortRead { first: at, wanted, found: hashes.len() as u64 });
        }
        frontier.extend(hashes);
    }
    Ok(frontier.root())
}

/// Proves that leaf `index` lies in the tree over `leaves`: the hashes beside its path, from the bottom up.
pub fn inclusion_proof(
    mut leaves: &[Hash],
    index: u64,
) -> Result<Vec<Hash>, ProveError<std::convert::Infallible>> {
    let size = leaves.len() as u64;
    inclusion_proof_from(&mut leaves, index, size)
}

/// As [`inclusion_proof`], in the tree over the first `size` leaves of a storage.
pub fn inclusion_proof_from<R: HashReader>(
    reader: &mut R,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    if index >= size {
        return Err(ProveError::NoSuchLeaf { index, size });
    }
    // Downwards from the root: at every level the leaf is in one half, and the other half's root is the proof's hash.
    let (mut first, mut count) = (0, size);
    let mut beside = Vec::new();
    while count > 1 {
        let left = left_size(count);
        if index - first < left {
            beside.push((first + left, count - left));
            count = left;
        } else {
            beside.push((first, left));
            (first, count) = (first + left, count - left);
        }
    }
    beside.iter().rev().map(|&(first, count)| root_of_range(reader, first, count)).collect()
}

/// Proves that the first `old` of `leaves` made the older tree: nothing was changed, removed or put in between.
pub fn consistency_proof(
    mut leaves: &[Hash],
    old: u64,
) -> Result<Vec<Hash>, ProveError<std::convert::Infallible>> {
    let new = leaves.len() as u64;
    consistency_proof_from(&mut leaves, old, new)
}

/// As [`consistency_proof`], between the trees over the first `old` and the first `new` leaves of a storage.
///
/// Between equal sizes, and from the empty tree, the proof is empty: there is nothing to prove.
pub fn consistency_proof_from<R: HashReader>(
    reader: &mut R,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    if old > new {
        return Err(ProveError::NotOlder { old, new });
    }
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    // Downwards along the old tree's right edge, until a subtree ends exactly where the old tree ends.
    let (mut first, mut count) = (0, new);
    let mut beside = Vec::new();
    while first + count != old {
        let left = left_size(count);
        if old - first <= left {
            beside.push((first + left, count - left));
            count = left;
        } else {
            beside.push((first, left));
            (first, count) = (first + left, count - left);
        }
    }
    // That subtree is the whole old tree when it begins at 0: then its root is known and left out.
    if first != 0 {
        beside.push((first, count));
    }
    beside.iter().rev().map(|&(first, count)| root_of_range(reader, first, count)).collect()
}

/// Leaves in the left half of a tree of `count` (at least 2) leaves: the largest power of two below `count`.
fn left_size(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}
