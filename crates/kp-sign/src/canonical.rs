//! Deterministic CBOR, both ways: one value has exactly one encoding, and any other encoding of it is refused.
//!
//! RFC 8949 section 4.2.1: shortest integers, definite lengths, map keys sorted by their encoded bytes, no duplicate
//! keys. Floats and tags are not allowed inside statements at all.

mod check;

pub(crate) use check::ensure_canonical;

use ciborium::Value;
use serde::{Serialize, de::DeserializeOwned};

/// Why bytes are not a canonical encoding, or a value has none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// The bytes are not CBOR, or not a value of the expected shape.
    #[error("not readable as CBOR: {0}")]
    Unreadable(String),
    /// The bytes say something, but not in the one canonical way.
    #[error("the bytes are CBOR but not in canonical form (RFC 8949 4.2.1)")]
    NotCanonical,
    /// Floats, tags and the like have no place in a statement.
    #[error("a statement may not contain {0}")]
    NotAllowed(&'static str),
    /// The same key twice in one map.
    #[error("a map holds the same key twice")]
    DuplicateKey,
}

/// Encodes a value in canonical form.
///
/// ```
/// let bytes = kp_sign::to_canonical(&std::collections::BTreeMap::from([("b", 1), ("a", 2)]))?;
/// assert_eq!(bytes, [0xa2, 0x61, b'a', 2, 0x61, b'b', 1]);
/// # Ok::<(), kp_sign::CanonicalError>(())
/// ```
///
/// # Errors
/// Where the value holds floats, tags or duplicate keys.
pub fn to_canonical<T: Serialize>(value: &T) -> Result<Vec<u8>, CanonicalError> {
    let value = Value::serialized(value).map_err(|e| CanonicalError::Unreadable(e.to_string()))?;
    encode(&sorted(value)?)
}

/// Reads a value from canonical bytes.
///
/// # Errors
/// Where the bytes are not CBOR, not canonical, or not of the expected shape.
pub fn from_canonical<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CanonicalError> {
    ensure_canonical(bytes)?;
    from_checked(bytes)
}

/// Reads a value from bytes that are known to be canonical: the payload of what was [opened](crate::open).
///
/// # Errors
/// Where they are not of the expected shape.
pub fn from_checked<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CanonicalError> {
    let unreadable = |error: String| CanonicalError::Unreadable(error);
    match ciborium::from_reader(bytes) {
        Ok(read) => Ok(read),
        // Straight from the bytes some shapes do not read, such as long texts that are asked for as borrowed ones.
        Err(_) => {
            let value: Value = ciborium::from_reader(bytes).map_err(|e| unreadable(e.to_string()))?;
            value.deserialized().map_err(|e| unreadable(e.to_string()))
        }
    }
}

fn encode(value: &Value) -> Result<Vec<u8>, CanonicalError> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).map_err(|e| CanonicalError::Unreadable(e.to_string()))?;
    Ok(bytes)
}

/// Sorts every map by the encoded bytes of its keys and refuses what is not allowed.
fn sorted(value: Value) -> Result<Value, CanonicalError> {
    match value {
        Value::Array(items) => Ok(Value::Array(items.into_iter().map(sorted).collect::<Result<_, _>>()?)),
        Value::Map(pairs) => {
            let mut keyed = Vec::with_capacity(pairs.len());
            for (key, value) in pairs {
                keyed.push((encode(&sorted(key.clone())?)?, (key, sorted(value)?)));
            }
            keyed.sort_by(|a, b| a.0.cmp(&b.0));
            if keyed.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
                return Err(CanonicalError::DuplicateKey);
            }
            Ok(Value::Map(keyed.into_iter().map(|(_, pair)| pair).collect()))
        }
        Value::Float(_) => Err(CanonicalError::NotAllowed("a float")),
        Value::Tag(..) => Err(CanonicalError::NotAllowed("a tag")),
        plain => Ok(plain),
    }
}
