//! The credential: a certificate's content in its signed envelope, and its text on paper.
//!
//! COSE_Sign1 with tag 18, ES256, everything protected (security 1.2). Opening is strict: whatever is not exactly of this
//! profile is refused, so one certificate has one row of bytes, one SHA-256 and one text (T05). It never says who may
//! sign: key, lists and clock are `kp-verify`'s.

use kp_sign::{Header, KeyId, MessageSigner, Profile, StatementError, sha256, sign_under};
use kp_terms::Timestamp;

use crate::{
    Base45Fault, CheckCode, Content, ContentFault, base45,
    cbor::{CborFault, Reader},
    content::{Heading, participant},
    signature::{in_range, signed_message},
};

/// What the first symbol on the paper begins with.
pub const CREDENTIAL_PREFIX: &str = "KPC1:";
/// Most bytes of a credential: a QR symbol of version 17 at level M.
pub const LARGEST_CREDENTIAL: usize = 486;

const CONTENT_TYPE: &str = "application/kpc+cbor";

/// Why bytes are not a credential, or a content cannot become one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialFault {
    /// The bytes are not of the agreed form.
    #[error("the certificate is not of the agreed form: {0}")]
    NotInForm(String),
    /// What it says cannot be on a certificate.
    #[error(transparent)]
    Content(#[from] ContentFault),
    /// The key or token did not sign.
    #[error("the certificate could not be signed: {0}")]
    Signer(#[from] StatementError),
}

impl From<CborFault> for CredentialFault {
    fn from(fault: CborFault) -> Self {
        Self::NotInForm(fault.to_string())
    }
}

/// Why a scanned or pasted text gives no credential or receipt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextFault<Inside> {
    /// The text does not begin like one of ours.
    #[error("this is not a KP code")]
    NotOurs,
    /// It begins like a form that is newer than this program.
    #[error("this is a KP code of form {0}, which is newer than this program")]
    Newer(String),
    /// It is one of ours, and damaged.
    #[error("the KP code is damaged: {0}")]
    Damaged(Base45Fault),
    /// The text is whole; what is inside is not a credential or receipt.
    #[error(transparent)]
    Inside(Inside),
}

impl<Inside> TextFault<Inside> {
    pub(crate) fn not_opened(fault: TextFault<std::convert::Infallible>) -> Self {
        match fault {
            TextFault::NotOurs => Self::NotOurs,
            TextFault::Newer(form) => Self::Newer(form),
            TextFault::Damaged(fault) => Self::Damaged(fault),
            TextFault::Inside(never) => match never {},
        }
    }
}

/// The bytes behind a text with this prefix; `family` is the prefix without its version.
pub(crate) fn from_prefixed(
    text: &str,
    prefix: &str,
    family: &str,
) -> Result<Vec<u8>, TextFault<std::convert::Infallible>> {
    if let Some(rest) = text.strip_prefix(prefix) {
        return base45::decode(rest).map_err(TextFault::Damaged);
    }
    let version = text.strip_prefix(family).and_then(|rest| rest.split_once(':')).map(|(version, _)| version);
    match version {
        Some(digits) if matches!(digits.len(), 1..=3) && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Err(TextFault::Newer(format!("{family}{digits}")))
        }
        _ => Err(TextFault::NotOurs),
    }
}

/// An opened credential. Its signature is not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    content: Content,
    key_id: KeyId,
    hash: [u8; 32],
    message: Vec<u8>,
    signature: [u8; 64],
    bytes: Vec<u8>,
}

impl Credential {
    /// Signs a content with the participant's document key.
    ///
    /// # Errors
    /// Where the content cannot be on a certificate or is too long (which field, by how many bytes), or the signer fails.
    pub fn sign(content: &Content, signer: &dyn MessageSigner) -> Result<Self, CredentialFault> {
        let payload = content.to_payload()?;
        let header = Header {
            profile: Profile::Credential,
            issuer: content.issuer.to_string(),
            subject: content.number.to_string(),
            issued_at: content.issued_at.as_second(),
            expires_at: Some(content.expires_at.as_second()),
            key_id: signer.public().id(),
        };
        Self::open(&sign_under(&payload, &header, signer)?)
    }

    /// Opens a credential: its form and its own sense, not its signature.
    ///
    /// # Errors
    /// Where the bytes are not exactly of our profile, or what they say cannot be on a certificate.
    pub fn open(bytes: &[u8]) -> Result<Self, CredentialFault> {
        if bytes.len() > LARGEST_CREDENTIAL {
            let over = bytes.len() - LARGEST_CREDENTIAL;
            return Err(CredentialFault::NotInForm(format!("it is {over} bytes longer than it may be")));
        }
        let mut outer = Reader::new(bytes);
        outer.tag(18, "the tag of a COSE_Sign1")?;
        outer.array_of(4, "the four parts of a COSE_Sign1")?;
        let protected = outer.bytes()?;
        outer.map_of(0, "an unprotected header with nothing in it")?;
        let payload = outer.bytes()?;
        let signature = in_range(outer.bytes()?)
            .ok_or_else(|| CredentialFault::NotInForm("its signature is none of ours".into()))?;
        outer.end()?;
        let (key_id, heading) = protected_header(protected)?;
        let content = Content::from_payload(heading, payload)?;
        Ok(Self {
            content,
            key_id,
            hash: sha256(bytes),
            message: signed_message(protected, payload),
            signature,
            bytes: bytes.to_owned(),
        })
    }

    /// Opens the text of the first symbol.
    ///
    /// # Errors
    /// Where the text is not one of ours, is damaged, or does not hold a credential.
    pub fn from_text(text: &str) -> Result<Self, TextFault<CredentialFault>> {
        let bytes = from_prefixed(text, CREDENTIAL_PREFIX, "KPC").map_err(TextFault::not_opened)?;
        Self::open(&bytes).map_err(TextFault::Inside)
    }

    /// The text of the first symbol: `KPC1:` and base45.
    pub fn to_text(&self) -> String {
        format!("{CREDENTIAL_PREFIX}{}", base45::encode(&self.bytes))
    }

    /// What the certificate says.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// What the certificate says, without the rest.
    pub fn into_content(self) -> Content {
        self.content
    }

    /// Which of the issuer's document keys signed.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// The signed bytes: what is stored, logged and printed, and never written anew.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the signed bytes.
    pub fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// The first 16 bytes of [`hash`](Self::hash), as the list of all certificates holds it.
    pub fn short_hash(&self) -> [u8; 16] {
        let (short, _) = self.hash.split_first_chunk().unwrap_or((&[0; 16], &[]));
        *short
    }

    /// The code that is printed below the symbols and can be read over a telephone.
    pub fn check_code(&self) -> CheckCode {
        CheckCode::of_hash(&self.hash)
    }

    /// The bytes whose ES256 signature is [`signature`](Self::signature).
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// 64 bytes r||s, low-S.
    pub fn signature(&self) -> &[u8; 64] {
        &self.signature
    }
}

fn protected_header(bytes: &[u8]) -> Result<(KeyId, Heading<'_>), CredentialFault> {
    let mut header = Reader::new(bytes);
    header.map_of(4, "the four protected headers")?;
    header.exactly(1, "the algorithm")?;
    header.exactly(-7, "ES256")?;
    header.exactly(3, "the content type")?;
    if header.text()? != CONTENT_TYPE {
        return Err(CredentialFault::NotInForm(format!("its content type is not {CONTENT_TYPE}")));
    }
    header.exactly(4, "the key id")?;
    let key_id = KeyId(header.fixed("a key id of eight bytes")?);
    header.exactly(15, "the claims")?;
    header.map_of(4, "the four claims")?;
    header.exactly(1, "the issuer")?;
    let issuer = participant(header.text()?)?;
    header.exactly(2, "the number")?;
    let number = header.text()?;
    header.exactly(4, "the expiry")?;
    let expires_at = instant(header.amount()?)?;
    header.exactly(6, "the time of issue")?;
    let issued_at = instant(header.amount()?)?;
    header.end()?;
    Ok((key_id, Heading { number, issuer, issued_at, expires_at }))
}

fn instant(seconds: i64) -> Result<Timestamp, CredentialFault> {
    Timestamp::from_second(seconds).map_err(|_| CredentialFault::NotInForm("a time in it is no time".into()))
}
