//! P-256 keys of officers, devices and nodes: identity, storage form, signing and checking.
//!
//! ES256 because every smart card, token and browser has it (rulings 3). Signatures are deterministic (RFC 6979) and
//! low-S, so one statement under one key has one signature and no second valid encoding. Keys at rest are PKCS#8,
//! encrypted with scrypt and AES-256 (PBES2), which `openssl pkcs8` reads too.

use p256::ecdsa::{
    Signature, SigningKey as EcdsaKey, VerifyingKey,
    signature::{Signer, Verifier},
};
use pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding, pkcs5::pbes2};
use zeroize::Zeroizing;

/// scrypt work factor of stored keys: N = 2^14, r = 8, p = 5 (16 MiB; one of the equal choices of the OWASP password
/// storage cheat sheet). Not N = 2^15: OpenSSL refuses what needs more than 32 MiB, and a key file must open without us.
const SCRYPT_LOG_N: u8 = 14;
const SCRYPT_R: u32 = 8;
const SCRYPT_P: u32 = 5;

/// Short name of a public key: the first eight bytes of the SHA-256 of its compressed point.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 8]);

impl std::fmt::Display for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&crate::hex(&self.0))
    }
}

impl std::fmt::Debug for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// What can be wrong with a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The bytes are not a P-256 key.
    #[error("these bytes are not a P-256 key")]
    NotAKey,
    /// The stored key does not open with this passphrase.
    #[error("the key does not open: the passphrase is wrong, or the file is damaged")]
    DoesNotOpen,
    /// The signature does not belong to these bytes and this key.
    #[error("the signature does not fit")]
    BadSignature,
    /// A token did not sign.
    #[error("the token did not sign: {0}")]
    Token(String),
}

/// A private key. Its bytes are wiped when it is dropped and never shown by `Debug`.
#[derive(Clone)]
pub struct SigningKey(EcdsaKey);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.public().id())
    }
}

impl SigningKey {
    /// From 32 random bytes that the caller drew.
    ///
    /// # Errors
    /// In the one case in 2^128 where the bytes are not a valid scalar: draw again.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        EcdsaKey::from_slice(bytes).map(Self).map_err(|_| KeyError::NotAKey)
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(*self.0.verifying_key())
    }

    /// PKCS#8 PEM without a passphrase, for a node's own key in a file that only the node may read.
    ///
    /// # Errors
    /// Only if the encoder fails, which the key type excludes.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, KeyError> {
        self.0.to_pkcs8_pem(LineEnding::LF).map_err(|_| KeyError::NotAKey)
    }

    /// Reads what [`SigningKey::to_pem`] wrote.
    ///
    /// # Errors
    /// Where the text is not a P-256 key.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        EcdsaKey::from_pkcs8_pem(pem).map(Self).map_err(|_| KeyError::NotAKey)
    }

    /// PKCS#8 PEM under a passphrase. `salt` and `iv` are random bytes that the caller drew.
    ///
    /// # Errors
    /// Only if the encoder fails, which the key type excludes.
    pub fn to_encrypted_pem(
        &self,
        passphrase: &str,
        salt: [u8; 16],
        iv: [u8; 16],
    ) -> Result<Zeroizing<String>, KeyError> {
        let params = scrypt::Params::new(SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P).map_err(|_| KeyError::NotAKey)?;
        let scheme =
            pbes2::Parameters::generate_scrypt_aes256cbc(params, &salt, iv).map_err(|_| KeyError::NotAKey)?;
        let plain = self.0.to_pkcs8_der().map_err(|_| KeyError::NotAKey)?;
        let sealed = pkcs8::PrivateKeyInfoRef::try_from(plain.as_bytes())
            .and_then(|info| info.encrypt_with_params(scheme, passphrase))
            .map_err(|_| KeyError::NotAKey)?;
        sealed.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).map_err(|_| KeyError::NotAKey)
    }

    /// Opens what [`SigningKey::to_encrypted_pem`] wrote.
    ///
    /// # Errors
    /// Where the passphrase is wrong or the text is damaged; the two cannot be told apart.
    pub fn from_encrypted_pem(pem: &str, passphrase: &str) -> Result<Self, KeyError> {
        EcdsaKey::from_pkcs8_encrypted_pem(pem, passphrase).map(Self).map_err(|_| KeyError::DoesNotOpen)
    }

    /// Signs: 64 bytes r||s, deterministic, low-S.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: Signature = self.0.sign(message);
        signature.normalize_s().to_bytes().to_vec()
    }
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// From the 33 bytes of the compressed point.
    ///
    /// # Errors
    /// Where the bytes are not a point on P-256.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        if bytes.len() != 33 {
            return Err(KeyError::NotAKey);
        }
        VerifyingKey::from_sec1_bytes(bytes).map(Self).map_err(|_| KeyError::NotAKey)
    }

    /// The 33 bytes of the compressed point.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_sec1_point(true).as_bytes().to_vec()
    }

    /// The 65 bytes of the uncompressed point, which other libraries want.
    pub fn to_uncompressed(&self) -> Vec<u8> {
        self.0.to_sec1_point(false).as_bytes().to_vec()
    }

    /// The key's short name.
    pub fn id(&self) -> KeyId {
        let digest = crate::sha256(&self.to_bytes());
        let mut id = [0; 8];
        id.copy_from_slice(&digest[..8]);
        KeyId(id)
    }

    /// Checks a signature over a message: 64 bytes r||s, low-S only.
    ///
    /// # Errors
    /// Where the signature does not fit, or is the second (high-S) form of one that would.
    pub fn check_signature(&self, message: &[u8], signature: &[u8]) -> Result<(), KeyError> {
        self.verify(message, signature)
    }

    /// Checks a signature; a high-S signature is refused even where it would verify.
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), KeyError> {
        let signature = Signature::from_slice(signature).map_err(|_| KeyError::BadSignature)?;
        if signature.normalize_s() != signature {
            return Err(KeyError::BadSignature);
        }
        self.0.verify(message, &signature).map_err(|_| KeyError::BadSignature)
    }
}

/// The low-S form of a signature of 64 bytes r||s, for tokens that do not care.
///
/// # Errors
/// Where the bytes are not an ES256 signature.
pub fn low_s(signature: &[u8]) -> Result<Vec<u8>, KeyError> {
    let signature = Signature::from_slice(signature).map_err(|_| KeyError::BadSignature)?;
    Ok(signature.normalize_s().to_bytes().to_vec())
}
