//! One figure of a return: for which partner, class or kind of mining; carats and value, or a count; and who may see it.
//!
//! Scheme: CD Annex III; commercially sensitive data are to be protected (Annex III(d)): visibility is set figure by
//! figure, never for a whole return.

use kp_terms::{Carats, FieldValue, HsCode, Kind, ParticipantCode, ReadError, UsdCents};

use crate::{
    production::ProductionType,
    return_line::{type_of, type_word},
};

/// Who may see a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// Participants of the scheme.
    Participants,
    /// The secretariat and the Working Group on Statistics.
    Secretariat,
}

impl Visibility {
    /// All, from everybody to few.
    pub const ALL: [Self; 3] = [Self::Public, Self::Participants, Self::Secretariat];

    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Participants => "participants",
            Self::Secretariat => "secretariat",
        }
    }
}

impl std::str::FromStr for Visibility {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::ALL.into_iter().find(|it| it.word() == text.trim()).ok_or_else(|| {
            ReadError::new(format!("{text:?} is no visibility; write public, participants or secretariat"))
        })
    }
}

/// What a figure counts, where it is no carats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// Certificates validated for export.
    Validated,
    /// Imported shipments that a certificate came with.
    Received,
}

impl Counted {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Validated => "validated",
            Self::Received => "received",
        }
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Destination, or provenance.
    pub partner: Option<ParticipantCode>,
    /// Customs class.
    pub hs: Option<HsCode>,
    /// Who dug.
    pub production_type: ProductionType,
    /// Carats.
    pub carats: Carats,
    /// Value, US$.
    pub value: UsdCents,
    /// A count of certificates instead.
    pub certificates: Option<(Counted, u32)>,
    /// Who may see it.
    pub visibility: Visibility,
}

impl Figure {
    /// Carats and value, and nothing else.
    pub const fn of(carats: Carats, value: UsdCents) -> Self {
        Self {
            partner: None,
            hs: None,
            production_type: ProductionType::Unlabelled,
            carats,
            value,
            certificates: None,
            visibility: Visibility::Public,
        }
    }

    /// What the figure is about, so that figures of two periods can be laid side by side: `XB 7102.31`.
    pub fn key(&self) -> String {
        let mut words = Vec::new();
        words.extend(self.partner.map(|code| code.to_string()));
        words.extend(self.hs.map(|hs| hs.to_string()));
        if self.production_type != ProductionType::Unlabelled {
            words.push(type_word(self.production_type).to_owned());
        }
        words.extend(self.certificates.map(|(what, _)| what.word().to_owned()));
        if words.is_empty() { "total".to_owned() } else { words.join(" ") }
    }

    /// US cents for a carat, rounded down; nothing where there are no carats.
    pub fn unit_value(&self) -> Option<i128> {
        let carats = i128::from(self.carats.hundredths());
        (carats > 0).then(|| i128::from(self.value.cents()) * 100 / carats)
    }
}

impl std::fmt::Display for Figure {
    /// `XB 7102.31 1200.00 420000.00`, `artisanal 12.00 600.00 secretariat`, `validated 17`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.certificates {
            Some((what, count)) => write!(f, "{} {count}", what.word())?,
            None => {
                if self.key() != "total" {
                    write!(f, "{} ", self.key())?;
                }
                write!(f, "{} {}", self.carats, self.value)?;
            }
        }
        match self.visibility {
            Visibility::Public => Ok(()),
            other => write!(f, " {}", other.word()),
        }
    }
}

impl std::str::FromStr for Figure {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let wrong = || {
            ReadError::new(format!(
                "{text:?} is not a figure of a return; write \"XB 7102.31 1200.00 420000.00\" (partner, class, carats, US$, as \
                 far as the table asks for them; or artisanal, large-scale), or \"validated 17\", \"received 9\"; behind it who \
                 may see it, where not everybody: participants, secretariat"
            ))
        };
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let mut figure = Self::of(Carats::ZERO, UsdCents::ZERO);
        if let Some(visibility) = words.last().and_then(|word| word.parse().ok()) {
            figure.visibility = visibility;
            words.pop();
        }
        if let [what @ ("validated" | "received"), count] = words.as_slice() {
            let what = if *what == "validated" { Counted::Validated } else { Counted::Received };
            figure.certificates = Some((what, count.parse().map_err(|_| wrong())?));
            return Ok(figure);
        }
        let [about @ .., carats, value] = words.as_slice() else { return Err(wrong()) };
        for word in about {
            if let (Some(kind), ProductionType::Unlabelled) = (type_of(word), figure.production_type) {
                figure.production_type = kind;
            } else if let (None, Ok(hs)) = (figure.hs, word.parse::<HsCode>()) {
                figure.hs = Some(hs);
            } else if let (None, Ok(code)) = (figure.partner, word.parse::<ParticipantCode>()) {
                figure.partner = Some(code);
            } else {
                return Err(wrong());
            }
        }
        (figure.carats, figure.value) = (carats.parse()?, value.parse()?);
        Ok(figure)
    }
}

impl serde::Serialize for Figure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Figure {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FieldValue for Figure {
    const KIND: Kind = Kind::Text;

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::Figure;

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "XB 7102.31 1200.00 420000.00",
            "7102.10 5.00 10.00 participants",
            "artisanal 12.00 600.00 secretariat",
            "0.00 0.00",
            "validated 17",
            "received 9 participants",
        ] {
            assert_eq!(text.parse::<Figure>().map(|f| f.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "1.00", "XB XC 1.00 1.00", "validated many", "XB 7102.31 x 1.00", "mined 1.00 1.00"]
        {
            assert!(text.parse::<Figure>().is_err(), "{text}");
        }
    }
}
