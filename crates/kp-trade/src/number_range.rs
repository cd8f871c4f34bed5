//! Numbers from a first to a last: how blank paper and allotted numbers are named.
//!
//! Written `XA-000001..XA-000100`, or as one number alone. Ranges, not rows: a box of ten thousand blanks is one line.

use kp_terms::{CertificateNumber, Date, Kind, ParticipantCode, ReadError};

/// Highest serial. One number with a digit too many would otherwise push the whole series up after it.
pub(crate) const HIGHEST_SERIAL: u64 = 99_999_999;

/// Numbers of one prefix, from a first to a last, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRange {
    first: CertificateNumber,
    last: CertificateNumber,
}

impl NumberRange {
    /// From first to last.
    ///
    /// # Errors
    /// Where the prefixes differ, the last comes before the first, or a number has more than 8 digits.
    pub fn new(first: CertificateNumber, last: CertificateNumber) -> Result<Self, ReadError> {
        if first.prefix() != last.prefix() {
            return Err(ReadError::new(format!("{first} and {last} have different prefixes")));
        }
        if first.serial() > last.serial() {
            return Err(ReadError::new(format!("{last} comes before {first}; write the lower number first")));
        }
        if last.serial() > HIGHEST_SERIAL {
            return Err(ReadError::new(format!("number {last} has more than 8 digits")));
        }
        Ok(Self { first, last })
    }

    /// The serials of a prefix from a first to a last; nothing where they are none.
    pub(crate) fn of_serials(prefix: ParticipantCode, first: u64, last: u64) -> Option<Self> {
        Self::new(CertificateNumber::new(prefix, first), CertificateNumber::new(prefix, last)).ok()
    }

    /// The first number.
    pub fn first(&self) -> &CertificateNumber {
        &self.first
    }

    /// The last number.
    pub fn last(&self) -> &CertificateNumber {
        &self.last
    }

    /// How many numbers.
    pub fn count(&self) -> u64 {
        self.last.serial() - self.first.serial() + 1
    }

    /// First and last serial.
    pub(crate) fn serials(&self) -> (u64, u64) {
        (self.first.serial(), self.last.serial())
    }

    /// The participant to whom the prefix belongs on a day, where it belongs to one.
    pub fn issuer(&self, on: Date) -> Option<ParticipantCode> {
        self.first.issuer(on).ok()
    }
}

impl std::fmt::Display for NumberRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last { self.first.fmt(f) } else { write!(f, "{}..{}", self.first, self.last) }
    }
}

impl std::str::FromStr for NumberRange {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        Self::new(first.parse()?, last.parse()?)
    }
}

impl serde::Serialize for NumberRange {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for NumberRange {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

kp_terms::field_value! {
    NumberRange => Kind::Text,
}

#[cfg(test)]
mod tests {
    use super::NumberRange;

    #[test]
    fn a_range_reads_as_people_write_it() {
        let read = |text: &str| text.parse::<NumberRange>().map(|range| range.to_string());
        assert_eq!(read("xa 1..XA-100").unwrap(), "XA-000001..XA-000100");
        assert_eq!(read("XA-000007").unwrap(), "XA-000007");
        for bad in ["XA-2..XA-1", "XA-1..XB-2", "XA-1..", "..XA-1", "XA-1..XA-100000000", ""] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
