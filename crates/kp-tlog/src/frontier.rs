//! The right edge of a growing tree: just enough to append a leaf and to know the root.
//!
//! It holds the roots of the complete subtrees that make up the tree, largest first: one for each bit set in the size
//! (RFC 9162 2.1.1), at most 64. The log keeps its bytes in the head row, so that an append reads no older entry.

use crate::hash::{Hash, empty_root, node_hash};

/// The right edge of a tree: size and roots of its complete subtrees.
///
/// ```
/// use kp_tlog::{Frontier, leaf_hash};
/// let mut frontier = Frontier::new();
/// assert_eq!(frontier.append(leaf_hash(b"first")), 0);
/// let stored = frontier.to_bytes();
/// let mut again = Frontier::from_bytes(&stored)?;
/// assert_eq!(again.append(leaf_hash(b"second")), 1);
/// assert_eq!(again.size(), 2);
/// # Ok::<(), kp_tlog::FrontierFault>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// Largest subtree first; as many as `size` has bits set.
    subtrees: Vec<Hash>,
}

/// Why stored bytes are not a frontier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontierFault {
    /// Not even the size is there.
    #[error("a stored frontier begins with a size of 8 bytes; only {0} bytes are there")]
    NoSize(usize),
    /// The size is beyond what a database's integer holds.
    #[error("a stored frontier says {0} leaves; no log holds more than {limit}", limit = Frontier::LARGEST)]
    TooLarge(u64),
    /// The number of subtrees does not belong to the size.
    #[error("a frontier of {size} leaves is {expected} bytes long; these are {found}")]
    Length {
        /// Leaves, as stored.
        size: u64,
        /// Bytes that such a frontier has.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
}

impl Frontier {
    /// The largest size that is read back: databases count in signed 64-bit integers.
    pub const LARGEST: u64 = i64::MAX as u64;

    /// The frontier of an empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a leaf's hash and gives the index it has from now on (the first leaf is 0).
    pub fn append(&mut self, leaf: Hash) -> u64 {
        let index = self.size;
        let mut subtree = leaf;
        // Every trailing one-bit of the size is a complete subtree as large as the one in hand: join them.
        for _ in 0..index.trailing_ones() {
            let left =
                self.subtrees.pop().expect("because there is one subtree for each bit set in the size");
            subtree = node_hash(&left, &subtree);
        }
        self.subtrees.push(subtree);
        self.size = index.checked_add(1).expect("because no log reaches 2^64 leaves");
        index
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree as it stands.
    pub fn root(&self) -> Hash {
        let from_the_right = self.subtrees.iter().rev().copied();
        from_the_right.reduce(|right, left| node_hash(&left, &right)).unwrap_or_else(empty_root)
    }

    /// For storage: the size in 8 bytes, big-endian, then 32 bytes for each subtree, largest first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        for subtree in &self.subtrees {
            bytes.extend_from_slice(subtree.as_bytes());
        }
        bytes
    }

    /// Reads what [`Frontier::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierFault> {
        let (size, subtrees) = bytes.split_first_chunk::<8>().ok_or(FrontierFault::NoSize(bytes.len()))?;
        let size = u64::from_be_bytes(*size);
        if size > Self::LARGEST {
            return Err(FrontierFault::TooLarge(size));
        }
        let expected = 8 + 32 * size.count_ones() as usize;
        if bytes.len() != expected {
            return Err(FrontierFault::Length { size, expected, found: bytes.len() });
        }
        let (hashes, _) = subtrees.as_chunks::<32>();
        Ok(Self { size, subtrees: hashes.iter().copied().map(Hash).collect() })
    }
}

impl Extend<Hash> for Frontier {
    fn extend<I: IntoIterator<Item = Hash>>(&mut self, leaves: I) {
        for leaf in leaves {
            self.append(leaf);
        }
    }
}

impl FromIterator<Hash> for Frontier {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut frontier = Self::new();
        frontier.extend(leaves);
        frontier
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaf_hash;

    #[test]
    fn stored_bytes_are_read_back_at_every_size() {
        let mut frontier = Frontier::new();
        for number in 0..200_u64 {
            assert_eq!(Frontier::from_bytes(&frontier.to_bytes()), Ok(frontier.clone()));
            assert_eq!(frontier.append(leaf_hash(&number.to_be_bytes())), number);
        }
    }

    #[test]
    fn damaged_bytes_are_refused_with_a_sentence() {
        let frontier: Frontier = [leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c")].into_iter().collect();
        let bytes = frontier.to_bytes();
        assert_eq!(Frontier::from_bytes(&bytes[..5]), Err(FrontierFault::NoSize(5)));
        let cut = Frontier::from_bytes(&bytes[..bytes.len() - 1]).unwrap_err();
        assert_eq!(cut.to_string(), "a frontier of 3 leaves is 72 bytes long; these are 71");
        assert!(Frontier::from_bytes(&[bytes.as_slice(), &[0]].concat()).is_err());
        assert_eq!(Frontier::from_bytes(&[0xff; 8]), Err(FrontierFault::TooLarge(u64::MAX)));
    }
}
