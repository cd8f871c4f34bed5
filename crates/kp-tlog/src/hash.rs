//! The two hashes of the tree: a leaf is `SHA-256(0x00 || bytes)`, a node is `SHA-256(0x01 || left || right)`.
//!
//! Rule: RFC 9162 2.1.1. The first byte keeps anybody from passing a node off as an entry.
//! Nothing here knows how large a tree is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// A SHA-256 hash: of a leaf, of a node, or of a whole tree.
///
/// ```
/// let hash = kp_tlog::leaf_hash(b"");
/// assert_eq!(hash.to_hex(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
/// assert_eq!(kp_tlog::Hash::from_base64(&hash.to_base64()), Ok(hash));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

/// Why a text or some bytes are not a hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashFault {
    /// The number of bytes is wrong.
    #[error("a hash has 32 bytes, this has {0}")]
    Length(usize),
    /// The text is not base64 with its padding.
    #[error("`{0}` is not base64 as RFC 4648 section 4 writes it (44 characters, ending in `=`)")]
    Base64(String),
    /// The text is not lower-case hexadecimal.
    #[error("`{0}` is not 64 lower-case hexadecimal digits")]
    Hex(String),
}

impl Hash {
    /// A hash from 32 bytes that came from storage.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, HashFault> {
        bytes.try_into().map(Self).map_err(|_| HashFault::Length(bytes.len()))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Standard base64 with padding, as checkpoints and proofs write it: 44 characters.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads exactly what [`Hash::to_base64`] writes; no other spelling of the same bytes is taken.
    pub fn from_base64(text: &str) -> Result<Self, HashFault> {
        let bytes = STANDARD.decode(text).map_err(|_| HashFault::Base64(text.to_owned()))?;
        Self::from_slice(&bytes)
    }

    /// Lower-case hexadecimal: 64 digits.
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    /// Reads exactly what [`Hash::to_hex`] writes.
    pub fn from_hex(text: &str) -> Result<Self, HashFault> {
        let fault = || HashFault::Hex(text.to_owned());
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return Err(fault());
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte =
                digit(pair[0]).zip(digit(pair[1])).map(|(high, low)| high << 4 | low).ok_or_else(fault)?;
        }
        Ok(Self(bytes))
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Hash({})", self.to_hex())
    }
}

/// The hash of an entry's bytes as a leaf of the tree.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0x00]).chain_update(entry).finalize().into())
}

/// The hash of two neighbouring subtrees.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(Sha256::new().chain_update([0x01]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The root of a tree without leaves: SHA-256 of nothing.
pub fn empty_root() -> Hash {
    Hash(Sha256::digest(b"").into())
}

/// Lower-case hexadecimal of any bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The value of one lower-case hexadecimal digit.
fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_forms_are_read_back_and_other_spellings_are_not() {
        let hash = leaf_hash(b"entry");
        assert_eq!(Hash::from_hex(&hash.to_hex()), Ok(hash));
        assert_eq!(Hash::from_base64(&hash.to_base64()), Ok(hash));
        assert!(Hash::from_hex(&hash.to_hex().to_uppercase()).is_err());
        assert!(Hash::from_hex(&hash.to_hex()[2..]).is_err());
        assert!(Hash::from_base64(hash.to_base64().trim_end_matches('=')).is_err());
        assert!(Hash::from_base64(&format!("{}\n", hash.to_base64())).is_err());
        assert_eq!(Hash::from_slice(&[0; 31]), Err(HashFault::Length(31)));
        // The last digit before `=` holds two unused bits; a second spelling with those set must not be taken.
        let zeros = Hash([0; 32]).to_base64();
        assert!(Hash::from_base64(&zeros.replace("A=", "B=")).is_err());
    }

    #[test]
    fn a_node_cannot_be_passed_off_as_a_leaf() {
        let (left, right) = (leaf_hash(b"left"), leaf_hash(b"right"));
        let joined = [left.0, right.0].concat();
        assert_ne!(node_hash(&left, &right), leaf_hash(&joined));
    }
}
