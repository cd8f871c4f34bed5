//! Keys that sign checkpoints: Ed25519 with a name, and the text form in which the public half is handed around.
//!
//! Rule: C2SP `signed-note`, signature type 0x01. The text form is `name+keyid+base64(0x01 || public key)`, as the Go
//! tools for signed notes write it. Nothing here makes a key (that needs randomness) or stores one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// The signature type of plain Ed25519 in C2SP `signed-note`.
const ED25519: u8 = 0x01;

/// Why a key, or a key's text, is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// The name could not stand in a signature line.
    #[error("`{0}` cannot name a key: a name is not empty and has no space, no `+` and no control character")]
    Name(String),
    /// The text has not three parts.
    #[error("`{0}` is not a verifier key: expected `name+keyid+key`, joined by `+`")]
    Parts(String),
    /// The key id is not eight hexadecimal digits.
    #[error("`{0}` is not a key id: expected 8 lower-case hexadecimal digits")]
    KeyId(String),
    /// The key is not base64 of a type byte and 32 bytes.
    #[error("`{0}` is not a key: expected base64 of the byte 0x01 and the 32 bytes of an Ed25519 public key")]
    Encoding(String),
    /// A type of signature that we do not read.
    #[error("key `{name}` is of signature type {found:#04x}; only Ed25519 (0x01) is read")]
    Type {
        /// The key's name.
        name: String,
        /// Its type byte.
        found: u8,
    },
    /// The 32 bytes are no point that may serve as a public key.
    #[error("the 32 bytes of key `{0}` are not an Ed25519 public key")]
    NotAPoint(String),
    /// Name and key do not hash to the key id: something was mistyped.
    #[error("key `{name}` hashes to key id {computed}, its text says {found}: it was mistyped or altered")]
    IdDiffers {
        /// The key's name.
        name: String,
        /// The id that name and key hash to.
        computed: String,
        /// The id in the text.
        found: String,
    },
}

/// The secret half of a log's key. Never printed; wiped from memory when dropped.
///
/// ```
/// let key = kp_tlog::CheckpointKey::from_seed("kp.XA/2026", [7; 32])?;
/// let text = key.verifier_key().to_string();
/// assert!(text.starts_with("kp.XA/2026+"));
/// assert_eq!(text.parse::<kp_tlog::VerifierKey>()?, key.verifier_key());
/// # Ok::<(), kp_tlog::KeyFault>(())
/// ```
pub struct CheckpointKey {
    public: VerifierKey,
    secret: SigningKey,
}

impl CheckpointKey {
    /// A log's key under its name, which is the log's origin.
    pub fn new(name: &str, secret: SigningKey) -> Result<Self, KeyFault> {
        let public = VerifierKey::new(name, secret.verifying_key())?;
        Ok(Self { public, secret })
    }

    /// As [`CheckpointKey::new`], from the 32 secret bytes of RFC 8032.
    pub fn from_seed(name: &str, seed: [u8; 32]) -> Result<Self, KeyFault> {
        Self::new(name, SigningKey::from_bytes(&seed))
    }

    /// The public half.
    pub fn verifier_key(&self) -> VerifierKey {
        self.public.clone()
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.public.name
    }

    /// Signs the text of a note.
    pub(crate) fn sign(&self, text: &str) -> [u8; 64] {
        self.secret.sign(text.as_bytes()).to_bytes()
    }
}

impl std::fmt::Debug for CheckpointKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CheckpointKey({}, secret not shown)", self.public)
    }
}

/// The public half of a log's key: a name, a key id and an Ed25519 key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

impl VerifierKey {
    /// A public key under a name.
    pub fn new(name: &str, key: VerifyingKey) -> Result<Self, KeyFault> {
        if !is_key_name(name) {
            return Err(KeyFault::Name(name.to_owned()));
        }
        // A key of small order would accept signatures that nobody made.
        if key.is_weak() {
            return Err(KeyFault::NotAPoint(name.to_owned()));
        }
        Ok(Self { name: name.to_owned(), id: key_id(name, key.as_bytes()), key })
    }

    /// The key's name; for a log's own key, its origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256(name, newline, 0x01, public key): finds the key, proves nothing.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The 32 bytes of the public key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Whether these 64 bytes are this key's signature of the text. Strict: no second encoding passes.
    pub(crate) fn signed(&self, text: &str, signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(text.as_bytes(), &signature).is_ok())
    }
}

impl std::fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let typed = [&[ED25519], self.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, crate::hash::hex(&self.id), STANDARD.encode(typed))
    }
}

impl std::str::FromStr for VerifierKey {
    type Err = KeyFault;

    fn from_str(text: &str) -> Result<Self, KeyFault> {
        let parts = || KeyFault::Parts(text.to_owned());
        // Neither name nor id holds a `+`, base64 may.
        let (name, rest) = text.split_once('+').ok_or_else(parts)?;
        let (id, key) = rest.split_once('+').ok_or_else(parts)?;
        if id.len() != 8 || !id.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(KeyFault::KeyId(id.to_owned()));
        }
        let encoding = || KeyFault::Encoding(key.to_owned());
        let typed = STANDARD.decode(key).map_err(|_| encoding())?;
        let (&kind, bytes) = typed.split_first().ok_or_else(encoding)?;
        if kind != ED25519 {
            return Err(KeyFault::Type { name: name.to_owned(), found: kind });
        }
        let bytes: &[u8; 32] = bytes.try_into().map_err(|_| encoding())?;
        let point = VerifyingKey::from_bytes(bytes).map_err(|_| KeyFault::NotAPoint(name.to_owned()))?;
        let key = Self::new(name, point)?;
        let computed = crate::hash::hex(&key.id);
        if computed != id {
            return Err(KeyFault::IdDiffers { name: key.name, computed, found: id.to_owned() });
        }
        Ok(key)
    }
}

/// Whether a name may stand in a signature line (C2SP `signed-note`, Format).
pub(crate) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

/// SHA-256(name || 0x0A || 0x01 || public key), cut to four bytes.
fn key_id(name: &str, key: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new()
        .chain_update(name.as_bytes())
        .chain_update([b'\n', ED25519])
        .chain_update(key)
        .finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The public example of golang.org/x/mod/sumdb/note.
    const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    #[test]
    fn the_public_example_is_read_and_written_back() {
        let key: VerifierKey = PETER.parse().unwrap();
        assert_eq!(key.name(), "PeterNeumann");
        assert_eq!(key.id(), [0xc7, 0x4f, 0x20, 0xa3]);
        assert_eq!(key.to_string(), PETER);
    }

    #[test]
    fn every_mistake_has_its_sentence() {
        let fault = |text: String| text.parse::<VerifierKey>().unwrap_err().to_string();
        assert!(fault("PeterNeumann".into()).contains("joined by `+`"));
        assert!(fault(PETER.replace("PeterNeumann", "Peter Neumann")).contains("cannot name a key"));
        assert!(fault(PETER.replace("c74f20a3", "C74F20A3")).contains("is not a key id"));
        assert!(fault(PETER.replace("ARpc", "!Rpc")).contains("is not a key:"));
        assert!(fault(PETER.replace("ARpc", "Ahpc")).contains("signature type 0x02"));
        assert!(fault(PETER.replace("Peter", "Petra")).contains("mistyped or altered"));
        assert!(fault(format!("{PETER}\n")).contains("is not a key:"));
        // The neutral element: a key of small order.
        let neutral = STANDARD.encode([&[1, 1][..], &[0; 31]].concat());
        assert!(fault(format!("weak+00000000+{neutral}")).contains("not an Ed25519 public key"));
    }

    #[test]
    fn the_secret_is_not_printed() {
        let key = CheckpointKey::from_seed("kp.XA/2026", [7; 32]).unwrap();
        let printed = format!("{key:?}");
        assert!(printed.contains("kp.XA/2026") && !printed.contains("7, 7"), "{printed}");
    }
}
