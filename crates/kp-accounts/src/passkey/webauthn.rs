//! What an authenticator says, read and checked: W3C Web Authentication level 2, sections 5.8.1, 6.1, 6.5, 7.1, 7.2.
//!
//! Pure: bytes in, an answer out. Keys are ES256, EdDSA and RS256 (the last for TPMs). Attestation is not asked for and not
//! read: which make of authenticator it is, nobody here decides by. Everything is bounded before it is read.

use ciborium::Value;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;

/// Far above what any authenticator sends; an RSA key of 4096 bits with its statement is a third of it.
const MOST_BYTES: usize = 8 * 1024;
/// WebAuthn 4, credential id: at most 1023 bytes.
const LONGEST_ID: usize = 1023;

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const SYNCED: u8 = 0x10;
const ATTESTED: u8 = 0x40;
const EXTENDED: u8 = 0x80;

/// Why what came is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It does not read.
    #[error("{0} does not read")]
    Unread(&'static str),
    /// Another kind of ceremony.
    #[error("it answers another kind of question")]
    Kind,
    /// Another challenge, an old one, or one that served.
    #[error("it does not answer the question that was asked here")]
    Challenge,
    /// Another site.
    #[error("it was made for another site")]
    Site,
    /// Nobody touched it, or it did not ask for a PIN, finger or face.
    #[error("the authenticator did not make sure that its owner is there")]
    NotVerified,
    /// A key of a kind that is not taken.
    #[error("the authenticator made a key of a kind that is not taken here: ES256, EdDSA and RS256 are")]
    Algorithm,
    /// The signature is not the key's.
    #[error("the signature does not fit")]
    Signature,
}

/// Who a browser thinks it talks to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The name without a port: what passkeys are bound to.
    pub name: String,
    /// Scheme, name and port, as the browser writes it.
    pub origin: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

/// What a browser was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Make a passkey.
    Create,
    /// Show one.
    Get,
}

/// Reads what the browser says it did, and gives back the challenge that it answered.
pub(crate) fn client_data(bytes: &[u8], question: Question, site: &Site) -> Result<Vec<u8>, Fault> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    if bytes.len() > MOST_BYTES {
        return Err(Fault::Unread("the browser's part"));
    }
    let said: ClientData = serde_json::from_slice(bytes).map_err(|_| Fault::Unread("the browser's part"))?;
    let expected = match question {
        Question::Create => "webauthn.create",
        Question::Get => "webauthn.get",
    };
    if said.kind != expected {
        return Err(Fault::Kind);
    }
    if said.origin != site.origin || said.cross_origin {
        return Err(Fault::Site);
    }
    URL_SAFE_NO_PAD.decode(said.challenge.trim_end_matches('=')).map_err(|_| Fault::Challenge)
}

/// What the authenticator says.
#[derive(Debug)]
pub(crate) struct Authenticator {
    pub(crate) counter: u32,
    pub(crate) is_synced: bool,
    /// Of one just made.
    pub(crate) made: Option<Made>,
}

/// A credential just made.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) id: Vec<u8>,
    /// As it came, COSE_Key.
    pub(crate) key: Vec<u8>,
}

/// Reads the authenticator's part, made for this site by somebody who was there and showed it.
pub(crate) fn authenticator(bytes: &[u8], site: &Site) -> Result<Authenticator, Fault> {
    const UNREAD: Fault = Fault::Unread("the authenticator's part");
    if bytes.len() > MOST_BYTES {
        return Err(UNREAD);
    }
    let (site_hash, rest) = bytes.split_first_chunk::<32>().ok_or(UNREAD)?;
    let ([flags], rest) = rest.split_first_chunk::<1>().ok_or(UNREAD)?;
    let (counter, mut rest) = rest.split_first_chunk::<4>().ok_or(UNREAD)?;
    if *site_hash != kp_sign::sha256(site.name.as_bytes()) {
        return Err(Fault::Site);
    }
    if flags & USER_PRESENT == 0 || flags & USER_VERIFIED == 0 {
        return Err(Fault::NotVerified);
    }
    let made = match flags & ATTESTED {
        0 => None,
        _ => Some(made(&mut rest)?),
    };
    if flags & EXTENDED != 0 {
        item(&mut rest).ok_or(UNREAD)?;
    }
    if !rest.is_empty() {
        return Err(UNREAD);
    }
    Ok(Authenticator { counter: u32::from_be_bytes(*counter), is_synced: flags & SYNCED != 0, made })
}

fn made(rest: &mut &[u8]) -> Result<Made, Fault> {
    const UNREAD: Fault = Fault::Unread("the new passkey");
    // Sixteen bytes say the make, which nobody decides by.
    let (_, after) = rest.split_first_chunk::<16>().ok_or(UNREAD)?;
    let (length, after) = after.split_first_chunk::<2>().ok_or(UNREAD)?;
    let length = usize::from(u16::from_be_bytes(*length));
    if length == 0 || length > LONGEST_ID {
        return Err(UNREAD);
    }
    let (id, after) = after.split_at_checked(length).ok_or(UNREAD)?;
    let before = after;
    *rest = after;
    item(rest).ok_or(UNREAD)?;
    let key = before.get(..before.len() - rest.len()).ok_or(UNREAD)?.to_vec();
    Key::of(&key)?;
    Ok(Made { id: id.to_vec(), key })
}

/// The authenticator's part of an attestation object; the statement beside it is left unread.
pub(crate) fn attested(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    const UNREAD: Fault = Fault::Unread("the new passkey");
    if bytes.len() > MOST_BYTES {
        return Err(UNREAD);
    }
    let mut rest = bytes;
    let Some(Value::Map(pairs)) = item(&mut rest).filter(|_| rest.is_empty()) else { return Err(UNREAD) };
    let data = pairs.into_iter().find(|(key, _)| key.as_text() == Some("authData")).map(|(_, value)| value);
    match data {
        Some(Value::Bytes(data)) => Ok(data),
        _ => Err(UNREAD),
    }
}

/// One CBOR item from the front; shallow, because nothing here is deep.
fn item(rest: &mut &[u8]) -> Option<Value> {
    ciborium::de::from_reader_with_recursion_limit(rest, 6).ok()
}

/// A public key of a passkey.
enum Key {
    Es256([u8; 65]),
    EdDsa([u8; 32]),
    Rs256 { n: Vec<u8>, e: Vec<u8> },
}

impl Key {
    /// RFC 9053 section 7 and RFC 8812: kty, alg, and the members of that kind.
    fn of(cose: &[u8]) -> Result<Self, Fault> {
        let mut rest = cose;
        let Some(Value::Map(pairs)) = item(&mut rest).filter(|_| rest.is_empty()) else {
            return Err(Fault::Unread("the passkey's key"));
        };
        let of = |label: i64| {
            let mut all = pairs.iter().filter(|(key, _)| key.as_integer() == Some(label.into()));
            all.next().map(|(_, value)| value)
        };
        let number = |label| of(label).and_then(Value::as_integer).and_then(|n| i64::try_from(n).ok());
        let bytes = |label| of(label).and_then(Value::as_bytes).map(Vec::as_slice);
        let fixed = |label| bytes(label).and_then(|b| <[u8; 32]>::try_from(b).ok()).ok_or(Fault::Algorithm);
        match (number(1), number(3), number(-1)) {
            (Some(2), Some(-7), Some(1)) => {
                let mut point = [4; 65];
                point[1..33].copy_from_slice(&fixed(-2)?);
                point[33..].copy_from_slice(&fixed(-3)?);
                Ok(Self::Es256(point))
            }
            (Some(1), Some(-8), Some(6)) => Ok(Self::EdDsa(fixed(-2)?)),
            (Some(3), Some(-257), _) => match (bytes(-1), bytes(-2)) {
                (Some(n), Some(e)) if !n.is_empty() && !e.is_empty() => {
                    Ok(Self::Rs256 { n: n.to_vec(), e: e.to_vec() })
                }
                _ => Err(Fault::Algorithm),
            },
            _ => Err(Fault::Algorithm),
        }
    }

    fn check(&self, message: &[u8], signature: &[u8]) -> Result<(), Fault> {
        let outcome = match self {
            Self::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Self::EdDsa(bytes) => UnparsedPublicKey::new(&ED25519, bytes).verify(message, signature),
            Self::Rs256 { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
        };
        outcome.map_err(|_| Fault::Signature)
    }
}

/// Whether the key that was kept signed both parts.
pub(crate) fn signed(
    key: &[u8],
    authenticator: &[u8],
    client_data: &[u8],
    signature: &[u8],
) -> Result<(), Fault> {
    let message = [authenticator, &kp_sign::sha256(client_data)].concat();
    Key::of(key)?.check(&message, signature)
}

#[cfg(test)]
mod tests;
