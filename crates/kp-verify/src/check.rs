//! The check of one ES256 signature, by two libraries that must agree.
//!
//! p256 is the reference (the library that signs); ring is several times faster and checks in bulk. A property test holds
//! them against each other. Range and low-S were checked when the bytes were opened; nothing else is decided here.

use kp_sign::{KeyId, PublicKey};

/// A public key made ready for both libraries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckKey {
    id: KeyId,
    public: PublicKey,
    uncompressed: Vec<u8>,
}

impl CheckKey {
    /// Makes a key ready.
    pub fn new(public: &PublicKey) -> Self {
        Self { id: public.id(), public: public.clone(), uncompressed: public.to_uncompressed() }
    }

    /// The key's short name.
    pub fn id(&self) -> KeyId {
        self.id
    }
}

/// Whatever can check a signature of 64 bytes r||s over a message.
pub trait SignatureCheck {
    /// Whether it fits.
    fn fits(&self, key: &CheckKey, message: &[u8], signature: &[u8; 64]) -> bool;
}

/// The library that also signs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reference;

impl SignatureCheck for Reference {
    fn fits(&self, key: &CheckKey, message: &[u8], signature: &[u8; 64]) -> bool {
        key.public.check_signature(message, signature).is_ok()
    }
}

/// The faster library.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bulk;

impl SignatureCheck for Bulk {
    fn fits(&self, key: &CheckKey, message: &[u8], signature: &[u8; 64]) -> bool {
        ring::signature::UnparsedPublicKey::new(&ring::signature::ECDSA_P256_SHA256_FIXED, &key.uncompressed)
            .verify(message, signature)
            .is_ok()
    }
}
