//! Where the goods of a re-export came in: the number of an import certificate, and the carats drawn from it.
//!
//! Scheme: CA-Reg s.2(e)(v), EU2368 Art 12(1)(a). It is in the application and in the log, never on the paper.

use kp_terms::{Carats, CertificateNumber, FieldValue, Kind, ReadError};

/// Carats drawn from one import. Written `XA-000001 100.00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDraw {
    /// The certificate under which they came.
    pub number: CertificateNumber,
    /// How many of its carats.
    pub carats: Carats,
}

impl std::fmt::Display for SourceDraw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.number, self.carats)
    }
}

impl std::str::FromStr for SourceDraw {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.trim().rsplit_once(char::is_whitespace) {
            Some((number, carats)) => Ok(Self { number: number.parse()?, carats: carats.parse()? }),
            None => Err(ReadError::new(format!(
                "{text:?} is not a source; write the import certificate's number and the carats drawn from it, for example \
                 \"XB-000017 100.00\""
            ))),
        }
    }
}

impl serde::Serialize for SourceDraw {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for SourceDraw {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FieldValue for SourceDraw {
    const KIND: Kind = Kind::Text;

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_source_is_a_number_however_it_is_typed_and_carats() {
        let source: super::SourceDraw = "xb 17  100".parse().unwrap();
        assert_eq!(source.to_string(), "XB-000017 100.00");
        for bad in ["", "XB-000017", "100.00 XB-000017", "XB-000017 much"] {
            assert!(bad.parse::<super::SourceDraw>().is_err(), "{bad:?}");
        }
    }
}
