//! One parcel that comes out of a split: its reference, class and carats.

use kp_terms::{Carats, HsCode, ReadError};

/// Written `XA-P-8 7102.31 120.00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its reference.
    pub parcel: String,
    /// Its customs class.
    pub hs: HsCode,
    /// Its weight.
    pub carats: Carats,
}

impl std::fmt::Display for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.parcel, self.hs, self.carats)
    }
}

impl std::str::FromStr for Output {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.split_whitespace().collect::<Vec<_>>().as_slice() {
            [parcel, hs, carats] => {
                Ok(Self { parcel: (*parcel).to_owned(), hs: hs.parse()?, carats: carats.parse()? })
            }
            _ => Err(ReadError::new(format!(
                "{text:?} is not a parcel; write reference, class and carats, for example XA-P-8 7102.31 120.00"
            ))),
        }
    }
}

kp_terms::field_value! { Output => kp_terms::Kind::Text }
