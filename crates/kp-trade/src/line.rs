//! One customs class on a certificate: class, carats, value.
//!
//! Scheme: Annex I.A (carats, value, HS classification); a form has one carat and one US$ cell per class (UAE366).

use kp_terms::{Carats, FieldValue, HsCode, Kind, ReadError, UsdCents};

/// One line. Written `7102.31 36000.00 12600000.00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Customs class.
    pub hs: HsCode,
    /// Carats of this class.
    pub carats: Carats,
    /// Declared value of this class, US$.
    pub value: UsdCents,
}

impl Line {
    /// Carats of all lines, or nothing where the sum does not fit.
    pub fn total_carats(lines: &[Self]) -> Option<Carats> {
        lines.iter().try_fold(Carats::ZERO, |sum, line| sum.checked_add(line.carats))
    }

    /// Value of all lines, or nothing where the sum does not fit.
    pub fn total_value(lines: &[Self]) -> Option<UsdCents> {
        lines.iter().try_fold(UsdCents::ZERO, |sum, line| sum.checked_add(line.value))
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.hs, self.carats, self.value)
    }
}

impl std::str::FromStr for Line {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.split_whitespace().collect::<Vec<_>>().as_slice() {
            [hs, carats, value] => {
                Ok(Self { hs: hs.parse()?, carats: carats.parse()?, value: value.parse()? })
            }
            _ => Err(ReadError::new(format!(
                "{text:?} is not a line of a certificate; write class, carats and US$ with blanks between, \
                 for example \"7102.31 36000.00 12600000.00\""
            ))),
        }
    }
}

impl serde::Serialize for Line {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Line {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FieldValue for Line {
    const KIND: Kind = Kind::Goods(&["7102.10", "7102.21", "7102.31"]);

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}
