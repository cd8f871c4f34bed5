//! Whose log a statement goes into, and the log's name.
//!
//! A participant's node keeps `kp.XA/2026`; an office of it that works without a network keeps `kp.XA.north/2026` beside
//! it, so that two nodes never write into one log (T35). A point and not a plus sign: a log's name is also the name of
//! its checkpoint key, and C2SP `signed-note` forbids the plus sign there.

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

/// Most characters of an office's label. Ours: the label stands in every checkpoint.
const LONGEST_LABEL: usize = 20;

/// The word for the participant's own node where an office could stand.
pub const CAPITAL: &str = "capital";

/// An office of a participant with a node, and therefore logs, of its own: `XA.north`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeName {
    participant: ParticipantCode,
    label: String,
}

impl OfficeName {
    /// An office by its participant and label.
    ///
    /// # Errors
    /// Where the label is not lower-case letters, digits and single hyphens, begins with no letter, is longer than 20
    /// characters or is the word `capital`.
    pub fn new(participant: ParticipantCode, label: &str) -> Result<Self, ReadError> {
        let plain = label.starts_with(|c: char| c.is_ascii_lowercase())
            && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !label.ends_with('-')
            && !label.contains("--");
        if plain && label.len() <= LONGEST_LABEL && label != CAPITAL {
            return Ok(Self { participant, label: label.to_owned() });
        }
        Err(ReadError::new(format!(
            "{label:?} is not the label of an office: lower-case letters, digits and hyphens, at most {LONGEST_LABEL}, for \
             example north; {CAPITAL} is the participant's own node"
        )))
    }

    /// Whose office.
    pub fn participant(&self) -> ParticipantCode {
        self.participant
    }

    /// `north`.
    pub fn label(&self) -> &str {
        &self.label
    }
}

impl std::fmt::Display for OfficeName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.participant, self.label)
    }
}

impl std::str::FromStr for OfficeName {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let parts = text.split_once('.');
        let (code, label) =
            parts.ok_or_else(|| ReadError::new(format!("{text:?} is not an office, such as XA.north")))?;
        Self::new(code.parse()?, label)
    }
}

/// The name of a log, read: whose, kept by which office, of which year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogName {
    /// Whose log.
    pub owner: LogOwner,
    /// The office that keeps it; none for the participant's own node.
    pub office: Option<OfficeName>,
    /// Calendar year.
    pub year: i16,
}

impl LogName {
    /// Which node keeps the log: `XA.north`, or nothing for the participant's own node. As it stands in `log_head`.
    pub fn node(&self) -> String {
        self.office.as_ref().map(OfficeName::to_string).unwrap_or_default()
    }
}

impl std::fmt::Display for LogName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.office {
            None => f.write_str(&self.owner.log_id(self.year)),
            Some(office) => write!(f, "kp.{office}/{}", self.year),
        }
    }
}

impl std::str::FromStr for LogName {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let no_name = || ReadError::new(format!("{text:?} is not the name of a log, such as kp.XA/2026"));
        let (who, year) =
            text.strip_prefix("kp.").and_then(|rest| rest.split_once('/')).ok_or_else(no_name)?;
        let office: Option<OfficeName> = who.contains('.').then(|| who.parse()).transpose()?;
        let owner = match &office {
            Some(office) => LogOwner::Participant(office.participant),
            None => who.parse()?,
        };
        let name = Self { owner, office, year: year.parse().map_err(|_| no_name())? };
        // One name, one log: `kp.XA/+2026` is none.
        if name.to_string() == text { Ok(name) } else { Err(no_name()) }
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

#[cfg(test)]
mod tests {
    use super::LogName;

    #[test]
    fn a_name_reads_back_and_nothing_else_reads() {
        for good in ["kp.scheme/2026", "kp.XA/2026", "kp.XA.north/2026", "kp.XA.port-2/2027"] {
            let name: LogName = good.parse().unwrap();
            assert_eq!(name.to_string(), good);
        }
        for bad in [
            "kp.XA",
            "kp.XA/",
            "kp.XA/+2026",
            "kp.XA/02026",
            "XA/2026",
            "kp.XA./2026",
            "kp.XA.North/2026",
            "kp.XA.capital/2026",
            "kp.XA.a--b/2026",
            "kp.XA.a-/2026",
            "kp.scheme.north/2026",
            "kp.XA+north/2026",
            "kp.XA.-a/2026",
            "kp.XA.aaaaaaaaaaaaaaaaaaaaa/2026",
        ] {
            assert!(bad.parse::<LogName>().is_err(), "{bad}");
        }
    }
}
