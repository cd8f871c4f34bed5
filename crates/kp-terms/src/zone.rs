//! A named mining zone of a participant.
//!
//! Scheme: exports may be allowed from some zones of a country and not from others (compliant zones), so a find
//! names its zone. A code names a zone; whether it is open, and since when, is the registry's to say.

use std::{fmt, str::FromStr};

use crate::{ParticipantCode, ReadError, quoted::quoted};

/// Longest name of a zone, in characters.
const LONGEST: usize = 40;

/// A zone's code: the participant and a short name, `XA/north-river`.
///
/// ```
/// use kp_terms::Zone;
/// let zone: Zone = "xa / North River".parse()?;
/// assert_eq!(zone.to_string(), "XA/north-river");
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone {
    participant: ParticipantCode,
    name: String,
}

impl Zone {
    /// Whose ground it is.
    ///
    /// ```
    /// let zone: kp_terms::Zone = "XA/north-river".parse()?;
    /// assert_eq!(zone.participant().as_str(), "XA");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn participant(&self) -> ParticipantCode {
        self.participant
    }

    /// The name within the participant: small letters, digits and single hyphens.
    ///
    /// ```
    /// let zone: kp_terms::Zone = "XA/north-river".parse()?;
    /// assert_eq!(zone.name(), "north-river");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{}", self.participant, self.name))
    }
}

impl FromStr for Zone {
    type Err = ReadError;

    /// Reads `XA/north-river`; capitals become small letters, and blanks, underscores and hyphens one hyphen.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let refuse = |why: &str| {
            ReadError::new(format!(
                "cannot read {} as a zone: {why}; write for example XA/north-river",
                quoted(text)
            ))
        };
        let (code, name) =
            text.split_once('/').ok_or_else(|| refuse("there is no slash between participant and name"))?;
        let participant =
            code.parse().map_err(|_| refuse("the slash does not follow a participant's two letters"))?;
        let words: Vec<&str> = name
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
            .filter(|word| !word.is_empty())
            .collect();
        let name = words.join("-").to_ascii_lowercase();
        if name.is_empty() {
            return Err(refuse("there is no name after the slash"));
        }
        if let Some(c) = name.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-') {
            return Err(refuse(&format!("{c:?} is not a letter without accent, a digit or a hyphen")));
        }
        if name.len() > LONGEST {
            return Err(refuse("the name is longer than forty characters"));
        }
        Ok(Self { participant, name })
    }
}
