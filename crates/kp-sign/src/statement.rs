//! The signed envelope of a statement: COSE_Sign1 (tag 18), everything in the protected header, nothing outside it.
//!
//! ```text
//! protected   { 1: -7 (ES256), 3: "application/kpcs-statement+cbor", 4: key id (8 bytes),
//!               15: { 1: issuer, 2: subject, 6: issued at (unix seconds) } }
//! unprotected { }
//! payload     canonical CBOR of the statement
//! signature   64 bytes r||s, low-S
//! ```
//!
//! The same shape as a SCITT signed statement (RFC 9052; security notes 1.2). A second encoding of the same envelope
//! is refused, so a statement has one SHA-256 and no other.

use ciborium::Value;
use coset::{CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana};

use crate::{CanonicalError, KeyError, KeyId, PublicKey, SigningKey, canonical};

const CONTENT_TYPE: &str = "application/kpcs-statement+cbor";
const CWT_CLAIMS: i64 = 15;
const CLAIM_ISSUER: i64 = 1;
const CLAIM_SUBJECT: i64 = 2;
const CLAIM_ISSUED_AT: i64 = 6;
/// A statement larger than this is not opened (a bulk return of the whole scheme is about 300 KB).
const LARGEST_STATEMENT: usize = 4 * 1024 * 1024;

/// What stands in the protected header besides the algorithm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Whose log this is for: a participant's code, or `scheme`.
    pub issuer: String,
    /// What it is about: a certificate number, a case number, or the kind of act.
    pub subject: String,
    /// Unix seconds, as the signing desk's clock said.
    pub issued_at: i64,
    /// Which key signed.
    pub key_id: KeyId,
}

/// An envelope that was opened; its signature is not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The protected header.
    pub header: Header,
    /// Canonical CBOR of the statement.
    pub payload: Vec<u8>,
}

/// Why bytes are not a statement we accept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// The envelope is not what the profile says.
    #[error("the statement's envelope is not of our profile: {0}")]
    Envelope(&'static str),
    /// The envelope or payload is not canonical.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    /// The signature or the key is wrong.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// Signs a canonical payload.
///
/// # Errors
/// Where the payload is not canonical CBOR.
pub fn sign(
    payload: &[u8],
    issuer: &str,
    subject: &str,
    issued_at: i64,
    key: &SigningKey,
) -> Result<Vec<u8>, StatementError> {
    canonical::canonical_value(payload)?;
    let claims = Value::Map(vec![
        (Value::from(CLAIM_ISSUER), Value::from(issuer)),
        (Value::from(CLAIM_SUBJECT), Value::from(subject)),
        (Value::from(CLAIM_ISSUED_AT), Value::from(issued_at)),
    ]);
    let protected = HeaderBuilder::new()
        .algorithm(iana::Algorithm::ES256)
        .content_type(CONTENT_TYPE.to_owned())
        .key_id(key.public().id().0.to_vec())
        .value(CWT_CLAIMS, claims)
        .build();
    CoseSign1Builder::new()
        .protected(protected)
        .payload(payload.to_vec())
        .create_signature(&[], |message| key.sign(message))
        .build()
        .to_tagged_vec()
        .map_err(|_| StatementError::Envelope("it could not be encoded"))
}

/// Opens an envelope without checking its signature: the key to check it with is named inside.
///
/// # Errors
/// Where the bytes are not exactly of our profile.
pub fn open(bytes: &[u8]) -> Result<Opened, StatementError> {
    let sign1 = parse(bytes)?;
    let header = header_of(&sign1)?;
    let payload = sign1.payload.ok_or(StatementError::Envelope("it has no payload"))?;
    canonical::canonical_value(&payload)?;
    Ok(Opened { header, payload })
}

/// Opens an envelope and checks its signature with this key.
///
/// # Errors
/// As [`open`], and where the signature does not fit.
pub fn verify(bytes: &[u8], key: &PublicKey) -> Result<Opened, StatementError> {
    let opened = open(bytes)?;
    if opened.header.key_id != key.id() {
        return Err(StatementError::Envelope("it names another key"));
    }
    parse(bytes)?.verify_signature(&[], |signature, message| key.verify(message, signature))?;
    Ok(opened)
}

fn parse(bytes: &[u8]) -> Result<CoseSign1, StatementError> {
    if bytes.len() > LARGEST_STATEMENT {
        return Err(StatementError::Envelope("it is larger than 4 MiB"));
    }
    let sign1 = CoseSign1::from_tagged_slice(bytes)
        .map_err(|_| StatementError::Envelope("it is not a tagged COSE_Sign1"))?;
    let again = sign1
        .clone()
        .to_tagged_vec()
        .map_err(|_| StatementError::Envelope("it could not be encoded again"))?;
    if again != bytes {
        return Err(StatementError::Envelope("its bytes are not the one canonical encoding"));
    }
    Ok(sign1)
}

fn header_of(sign1: &CoseSign1) -> Result<Header, StatementError> {
    let wrong = StatementError::Envelope;
    if !sign1.unprotected.is_empty() {
        return Err(wrong("its unprotected header is not empty"));
    }
    let protected = &sign1.protected.header;
    let content_type = coset::ContentType::Text(CONTENT_TYPE.to_owned());
    if protected.alg != Some(coset::Algorithm::Assigned(iana::Algorithm::ES256)) {
        return Err(wrong("its algorithm is not ES256"));
    }
    if protected.content_type != Some(content_type) {
        return Err(wrong("its content type is not a kpcs statement"));
    }
    let id: [u8; 8] =
        protected.key_id.as_slice().try_into().map_err(|_| wrong("its key id is not eight bytes"))?;
    let [(coset::Label::Int(CWT_CLAIMS), Value::Map(claims))] = protected.rest.as_slice() else {
        return Err(wrong("its protected header holds something else than the claims"));
    };
    let [(i, issuer), (s, subject), (t, at)] = claims.as_slice() else {
        return Err(wrong("its claims are not exactly issuer, subject and time"));
    };
    if [i, s, t] != [&Value::from(CLAIM_ISSUER), &Value::from(CLAIM_SUBJECT), &Value::from(CLAIM_ISSUED_AT)] {
        return Err(wrong("its claims are not exactly issuer, subject and time"));
    }
    match (issuer.as_text(), subject.as_text(), at.as_integer().and_then(|n| i64::try_from(n).ok())) {
        (Some(issuer), Some(subject), Some(issued_at)) => {
            let canonical = HeaderBuilder::new()
                .algorithm(iana::Algorithm::ES256)
                .content_type(CONTENT_TYPE.to_owned())
                .key_id(id.to_vec())
                .value(CWT_CLAIMS, Value::Map(claims.clone()))
                .build()
                .to_vec()
                .map_err(|_| wrong("its header could not be encoded again"))?;
            if sign1.protected.original_data.as_ref().is_some_and(|original| *original != canonical) {
                return Err(wrong("its protected header is not the one canonical encoding"));
            }
            Ok(Header {
                issuer: issuer.to_owned(),
                subject: subject.to_owned(),
                issued_at,
                key_id: KeyId(id),
            })
        }
        _ => Err(wrong("its claims have the wrong types")),
    }
}
