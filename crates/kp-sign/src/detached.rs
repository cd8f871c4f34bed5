//! Signatures that stand beside what they sign: several people may sign the same bytes (lists signed by a threshold).
//!
//! ```text
//! protected   { 1: -7 (ES256), 3: content type, 4: key id (8 bytes) }
//! unprotected { }
//! payload     nil: the bytes lie elsewhere
//! signature   64 bytes r||s, low-S
//! ```
//!
//! RFC 9052 section 2 (detached content). As strict as a statement: one encoding only. Who may sign is not decided here.

use coset::{CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana};

use crate::{KeyError, KeyId, MessageSigner, PublicKey, StatementError};

/// A signature that was opened; it is not yet checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Detached {
    /// What sort of bytes it says to sign.
    pub content_type: String,
    /// Which key signed.
    pub key_id: KeyId,
    sign1: coset::CoseSign1,
}

impl Detached {
    /// Checks that this key signed these bytes.
    ///
    /// # Errors
    /// Where the key is another or the signature does not fit.
    pub fn check(&self, payload: &[u8], key: &PublicKey) -> Result<(), KeyError> {
        if key.id() != self.key_id {
            return Err(KeyError::BadSignature);
        }
        self.sign1
            .verify_detached_signature(payload, &[], |signature, message| key.verify(message, signature))
    }
}

fn protected(content_type: &str, key_id: KeyId) -> coset::Header {
    HeaderBuilder::new()
        .algorithm(iana::Algorithm::ES256)
        .content_type(content_type.to_owned())
        .key_id(key_id.0.to_vec())
        .build()
}

/// Signs bytes that lie elsewhere.
///
/// # Errors
/// Where the signer fails.
pub fn sign_detached(
    payload: &[u8],
    content_type: &str,
    signer: &dyn MessageSigner,
) -> Result<Vec<u8>, StatementError> {
    CoseSign1Builder::new()
        .protected(protected(content_type, signer.public().id()))
        .try_create_detached_signature(payload, &[], |message| signer.sign_message(message))?
        .build()
        .to_tagged_vec()
        .map_err(|_| StatementError::Envelope("it could not be encoded"))
}

/// Opens a signature without checking it: the key to check it with is named inside.
///
/// # Errors
/// Where the bytes are not exactly of our profile.
pub fn open_detached(bytes: &[u8]) -> Result<Detached, StatementError> {
    let wrong = StatementError::Envelope;
    if bytes.len() > 512 {
        return Err(wrong("a signature is not that long"));
    }
    let sign1 =
        coset::CoseSign1::from_tagged_slice(bytes).map_err(|_| wrong("it is not a tagged COSE_Sign1"))?;
    if sign1.payload.is_some() || !sign1.unprotected.is_empty() {
        return Err(wrong("it holds a payload or something that is not signed"));
    }
    let header = &sign1.protected.header;
    let Some(coset::ContentType::Text(content_type)) = &header.content_type else {
        return Err(wrong("its content type is no text"));
    };
    let id: [u8; 8] =
        header.key_id.as_slice().try_into().map_err(|_| wrong("its key id is not eight bytes"))?;
    let (content_type, key_id) = (content_type.clone(), KeyId(id));
    // Made anew from what was read, it must be the same bytes: no other header, no second encoding.
    let again = CoseSign1Builder::new()
        .protected(protected(&content_type, key_id))
        .signature(sign1.signature.clone())
        .build()
        .to_tagged_vec();
    if again.ok().as_deref() != Some(bytes) {
        return Err(wrong("its bytes are not the one canonical encoding of our profile"));
    }
    Ok(Detached { content_type, key_id, sign1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SigningKey;

    #[test]
    fn every_flipped_bit_and_every_other_key_or_payload_is_noticed() {
        let key = SigningKey::from_bytes(&[5; 32]).unwrap();
        let bytes = sign_detached(b"list", "application/x", &key).unwrap();
        let opened = open_detached(&bytes).unwrap();
        assert_eq!(opened.check(b"list", &key.public()), Ok(()));
        assert!(opened.check(b"lisp", &key.public()).is_err());
        assert!(opened.check(b"list", &SigningKey::from_bytes(&[6; 32]).unwrap().public()).is_err());
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut altered = bytes.clone();
                altered[at] ^= 1 << bit;
                let taken = open_detached(&altered).is_ok_and(|it| it.check(b"list", &key.public()).is_ok());
                assert!(!taken, "bit {bit} of byte {at} went unnoticed");
            }
        }
        let mut longer = bytes;
        longer.push(0);
        assert!(open_detached(&longer).is_err());
    }
}
