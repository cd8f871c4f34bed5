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
//! A *credential* (the certificate as signed bytes, specs/certificate.md) has the same envelope with another content type,
//! `application/kpc+cbor`, and one more claim, `4: expires at`; it stands in the log like any other statement.
//!
//! The same shape as a SCITT signed statement (RFC 9052; security notes 1.2). A second encoding of the same envelope
//! is refused, so a statement has one SHA-256 and no other.

use ciborium::Value;
use coset::{CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana};

use crate::{CanonicalError, KeyError, KeyId, PublicKey, SigningKey, canonical};

const CLAIM_EXPIRES_AT: i64 = 4;
const CWT_CLAIMS: i64 = 15;
const CLAIM_ISSUER: i64 = 1;
const CLAIM_SUBJECT: i64 = 2;
const CLAIM_ISSUED_AT: i64 = 6;
/// A statement larger than this is not opened (a bulk return of the whole scheme is about 300 KB).
const LARGEST_STATEMENT: usize = 4 * 1024 * 1024;

/// What sort of signed bytes: told by the content type, never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// A person's or the node's statement.
    Statement,
    /// A certificate as signed bytes.
    Credential,
}

impl Profile {
    const fn content_type(self) -> &'static str {
        match self {
            Self::Statement => "application/kpcs-statement+cbor",
            Self::Credential => "application/kpc+cbor",
        }
    }
}

/// Whatever can sign: a key in memory, or a token that keeps its key.
pub trait MessageSigner {
    /// The public half.
    fn public(&self) -> PublicKey;

    /// ES256 over the message: 64 bytes r||s, low-S.
    ///
    /// # Errors
    /// Where the token does not answer, or answers with something that is not a signature.
    fn sign_message(&self, message: &[u8]) -> Result<Vec<u8>, KeyError>;
}

impl MessageSigner for SigningKey {
    fn public(&self) -> PublicKey {
        Self::public(self)
    }

    fn sign_message(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        Ok(self.sign(message))
    }
}

/// What stands in the protected header besides the algorithm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Statement or credential.
    pub profile: Profile,
    /// Whose log this is for: a participant's code, or `scheme`.
    pub issuer: String,
    /// What it is about: a certificate number, a case number, or the kind of act.
    pub subject: String,
    /// Unix seconds, as the signing desk's clock said.
    pub issued_at: i64,
    /// Unix seconds, for a credential: from then on no goods leave under it.
    pub expires_at: Option<i64>,
    /// Which key signed.
    pub key_id: KeyId,
}

impl Header {
    fn claims(&self) -> Value {
        let mut claims = vec![
            (Value::from(CLAIM_ISSUER), Value::from(self.issuer.as_str())),
            (Value::from(CLAIM_SUBJECT), Value::from(self.subject.as_str())),
        ];
        claims.extend(self.expires_at.map(|at| (Value::from(CLAIM_EXPIRES_AT), Value::from(at))));
        claims.push((Value::from(CLAIM_ISSUED_AT), Value::from(self.issued_at)));
        Value::Map(claims)
    }

    fn protected(&self) -> coset::Header {
        HeaderBuilder::new()
            .algorithm(iana::Algorithm::ES256)
            .content_type(self.profile.content_type().to_owned())
            .key_id(self.key_id.0.to_vec())
            .value(CWT_CLAIMS, self.claims())
            .build()
    }
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

/// Signs a statement's canonical payload.
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
    let (issuer, subject, key_id) = (issuer.to_owned(), subject.to_owned(), key.public().id());
    let header = Header { profile: Profile::Statement, issuer, subject, issued_at, expires_at: None, key_id };
    sign_under(payload, &header, key)
}

/// Signs a canonical payload under a header; the header's key id must be the signer's.
///
/// # Errors
/// Where the payload is not canonical CBOR, the header does not fit its profile or the signer, or the signer fails.
pub fn sign_under(
    payload: &[u8],
    header: &Header,
    signer: &dyn MessageSigner,
) -> Result<Vec<u8>, StatementError> {
    canonical::ensure_canonical(payload)?;
    if (header.profile == Profile::Credential) != header.expires_at.is_some() {
        return Err(StatementError::Envelope("a credential has an expiry and a statement has none"));
    }
    if header.key_id != signer.public().id() {
        return Err(StatementError::Envelope("it names another key"));
    }
    CoseSign1Builder::new()
        .protected(header.protected())
        .payload(payload.to_vec())
        .try_create_signature(&[], |message| signer.sign_message(message))?
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
    canonical::ensure_canonical(&payload)?;
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
    if protected.alg != Some(coset::Algorithm::Assigned(iana::Algorithm::ES256)) {
        return Err(wrong("its algorithm is not ES256"));
    }
    let named = [Profile::Statement, Profile::Credential].into_iter().find(|profile| {
        protected.content_type == Some(coset::ContentType::Text(profile.content_type().to_owned()))
    });
    let profile = named.ok_or(wrong("its content type is neither a kpcs statement nor a certificate"))?;
    let id: [u8; 8] =
        protected.key_id.as_slice().try_into().map_err(|_| wrong("its key id is not eight bytes"))?;
    let [(coset::Label::Int(CWT_CLAIMS), Value::Map(claims))] = protected.rest.as_slice() else {
        return Err(wrong("its protected header holds something else than the claims"));
    };
    let header = header_from(profile, KeyId(id), claims)?;
    let canonical =
        header.protected().to_vec().map_err(|_| wrong("its header could not be encoded again"))?;
    if sign1.protected.original_data.as_ref().is_some_and(|original| *original != canonical) {
        return Err(wrong("its protected header is not the one canonical encoding"));
    }
    Ok(header)
}

fn header_from(profile: Profile, key_id: KeyId, claims: &[(Value, Value)]) -> Result<Header, StatementError> {
    let wrong = StatementError::Envelope;
    let keys: Vec<Option<i64>> = claims.iter().map(|(key, _)| integer(key)).collect();
    let expected: &[i64] = match profile {
        Profile::Statement => &[CLAIM_ISSUER, CLAIM_SUBJECT, CLAIM_ISSUED_AT],
        Profile::Credential => &[CLAIM_ISSUER, CLAIM_SUBJECT, CLAIM_EXPIRES_AT, CLAIM_ISSUED_AT],
    };
    if keys != expected.iter().map(|key| Some(*key)).collect::<Vec<_>>() {
        return Err(wrong("its claims are not exactly those of its profile"));
    }
    let claim =
        |wanted: i64| claims.iter().find(|(key, _)| integer(key) == Some(wanted)).map(|(_, value)| value);
    let text = |wanted: i64| claim(wanted).and_then(Value::as_text).map(str::to_owned);
    let types = wrong("its claims have the wrong types");
    let expires_at = claim(CLAIM_EXPIRES_AT).map(|value| integer(value).ok_or(types.clone())).transpose()?;
    match (text(CLAIM_ISSUER), text(CLAIM_SUBJECT), claim(CLAIM_ISSUED_AT).and_then(integer)) {
        (Some(issuer), Some(subject), Some(issued_at)) => {
            Ok(Header { profile, issuer, subject, issued_at, expires_at, key_id })
        }
        _ => Err(types),
    }
}

fn integer(value: &Value) -> Option<i64> {
    value.as_integer().and_then(|n| i64::try_from(n).ok())
}
