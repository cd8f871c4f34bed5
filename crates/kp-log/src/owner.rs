//! Whose log a statement goes into, and the log's name.

use kp_terms::{ParticipantCode, ReadError};

/// The owner of a log: one participant, or the scheme as a whole (admissions, standing, decisions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogOwner {
    /// Acts of the Chair, the secretariat and the working groups.
    Scheme,
    /// Acts of a participant's authorities.
    Participant(ParticipantCode),
}

impl LogOwner {
    /// The log's name for one calendar year: `kp.XA/2026`.
    pub fn log_id(self, year: i16) -> String {
        format!("kp.{self}/{year}")
    }
}

impl std::fmt::Display for LogOwner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Scheme => f.write_str("scheme"),
            Self::Participant(code) => code.fmt(f),
        }
    }
}

impl std::str::FromStr for LogOwner {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        if text == "scheme" { Ok(Self::Scheme) } else { text.parse().map(Self::Participant) }
    }
}

impl serde::Serialize for LogOwner {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for LogOwner {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

kp_terms::field_value! {
    LogOwner => kp_terms::Kind::Text,
}
