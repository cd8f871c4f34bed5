//! One parcel as an application describes it: class and carats.
//!
//! Scheme: Section I (a parcel is a packet, not a stone list), Annex I.B (description, optional). At most five are
//! described, because that is what a printed sheet shows.

use kp_terms::{Carats, FieldValue, HsCode, Kind, ReadError};

/// One parcel. Written `7102.31 600.00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParcelLine {
    /// Customs class.
    pub hs: HsCode,
    /// Its carats.
    pub carats: Carats,
}

impl std::fmt::Display for ParcelLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.hs, self.carats)
    }
}

impl std::str::FromStr for ParcelLine {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.split_whitespace().collect::<Vec<_>>().as_slice() {
            [hs, carats] => Ok(Self { hs: hs.parse()?, carats: carats.parse()? }),
            _ => Err(ReadError::new(format!(
                "{text:?} is not a parcel; write class and carats, for example \"7102.31 600.00\""
            ))),
        }
    }
}

impl serde::Serialize for ParcelLine {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for ParcelLine {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FieldValue for ParcelLine {
    const KIND: Kind = Kind::Text;

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}
