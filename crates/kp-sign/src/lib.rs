//! Canonical bytes and signatures of statements, and the keys that make them.
//!
//! Pure: no clock, no disk, no network, no randomness (a new key's bytes come in as an argument). Statements are
//! COSE_Sign1 with ES256 over deterministic CBOR (rulings 3; RFC 9052, RFC 8949 4.2.1, RFC 6979, low-S). The format is
//! described in `specs/statement.md`. Knows nothing of what a statement says.

mod canonical;
mod detached;
mod key;
mod statement;

pub use canonical::{CanonicalError, from_canonical, from_checked, to_canonical};
pub use detached::{Detached, open_detached, sign_detached};
pub use key::{KeyError, KeyId, PublicKey, SigningKey, low_s};
pub use statement::{Header, MessageSigner, Opened, Profile, StatementError, open, sign, sign_under, verify};

/// SHA-256, the one hash of the whole house.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests;
