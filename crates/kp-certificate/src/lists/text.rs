//! How dates, instants, keys and hashes stand in lists: the first two as text, the others as bytes.
//!
//! A list is read, encoded again and compared, so a second spelling of the same instant is refused there, not here.

use std::{fmt::Display, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serializer, de};

/// As the text that it shows.
pub(super) mod as_text {
    use super::*;

    pub(crate) fn serialize<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(crate) fn deserialize<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// As the text that it shows, or null.
pub(super) mod as_text_or_null {
    use super::*;

    pub(crate) fn serialize<T: Display, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.collect_str(value),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(de::Error::custom)).transpose()
    }
}

/// As a row of bytes.
pub(super) mod as_bytes {
    use super::*;

    pub(crate) fn serialize<T: AsRef<[u8]>, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(value.as_ref())
    }

    pub(crate) fn deserialize<'de, T: for<'a> TryFrom<&'a [u8]>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        struct Visitor<T>(PhantomData<T>);
        impl<T: for<'a> TryFrom<&'a [u8]>> de::Visitor<'_> for Visitor<T> {
            type Value = T;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a row of bytes of the right length")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<T, E> {
                T::try_from(bytes).map_err(|_| E::invalid_length(bytes.len(), &self))
            }
        }
        deserializer.deserialize_byte_buf(Visitor(PhantomData))
    }
}

/// A public key as the 33 bytes of its compressed point.
pub(super) mod as_key {
    use kp_sign::PublicKey;

    use super::*;

    pub(crate) fn serialize<S: Serializer>(key: &PublicKey, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&key.to_bytes())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PublicKey, D::Error> {
        let bytes: [u8; 33] = as_bytes::deserialize(deserializer)?;
        PublicKey::from_bytes(&bytes).map_err(de::Error::custom)
    }
}

/// A word for each case of a plain enum, the same in every list and in every language of programming.
macro_rules! words {
    ($type:ident, $what:literal, $($variant:ident => $word:literal),+ $(,)?) => {
        impl $type {
            /// The word that stands in lists.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                match <String as serde::Deserialize>::deserialize(deserializer)?.as_str() {
                    $($word => Ok(Self::$variant),)+
                    other => Err(serde::de::Error::custom(format!("{other:?} is not {}", $what))),
                }
            }
        }
    };
}
pub(super) use words;
