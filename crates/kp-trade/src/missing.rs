//! How blank paper went missing: lost, or stolen.

use kp_terms::{FieldValue, Kind, ReadError};

use crate::BlankPlace;

/// Lost, or stolen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// Nobody knows where it is.
    Lost,
    /// Somebody took it.
    Stolen,
}

impl Missing {
    /// The place in the stock.
    pub const fn place(self) -> BlankPlace {
        match self {
            Self::Lost => BlankPlace::Lost,
            Self::Stolen => BlankPlace::Stolen,
        }
    }
}

impl std::str::FromStr for Missing {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.trim() {
            "lost" => Ok(Self::Lost),
            "stolen" => Ok(Self::Stolen),
            other => Err(ReadError::new(format!("{other:?} is neither lost nor stolen"))),
        }
    }
}

impl FieldValue for Missing {
    const KIND: Kind = Kind::Choice(&["lost", "stolen"]);

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}
