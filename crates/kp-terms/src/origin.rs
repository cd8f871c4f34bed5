//! Where diamonds were mined: one country, or several with their shares kept.
//!
//! Scheme: CD Section I (country of origin; parcel of mixed origin), CD Annex I.A (origin on the certificate of a
//! shipment of unmixed origin). A mixed origin is printed as asterisks (US592.307), but mixed means unknown on paper
//! only: the composition is kept, because tests by zone or embargo need it.
//! Origin is never provenance, and never the issuer's prefix: see [`Provenance`](crate::Provenance).

use std::{fmt, str::FromStr};

use crate::{Composition, ParticipantCode, ReadError, quoted::quoted};

/// Where diamonds were mined.
///
/// ```
/// use kp_terms::Origin;
/// let one: Origin = "xa".parse()?;
/// let mixed: Origin = "mixed XB:50 XA:100".parse()?;
/// assert_eq!((one.to_string(), one.printed()), ("XA".to_owned(), "XA".to_owned()));
/// assert_eq!((mixed.to_string(), mixed.printed()), ("mixed XA:100.00 XB:50.00".to_owned(), "**".to_owned()));
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// All of it from one country.
    One(ParticipantCode),
    /// From two or more countries, in known shares.
    Mixed(Composition),
}

impl Origin {
    /// What the certificate's origin field shows: the code, or `**` for a mixed origin (US592.307).
    ///
    /// ```
    /// let mixed: kp_terms::Origin = "mixed XA:1 XB:2".parse()?;
    /// assert_eq!(mixed.printed(), "**");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn printed(&self) -> String {
        match self {
            Self::One(code) => code.to_string(),
            Self::Mixed(_) => "**".to_owned(),
        }
    }

    /// Whether any of it was mined in this country.
    ///
    /// ```
    /// let mixed: kp_terms::Origin = "mixed XA:1 XB:2".parse()?;
    /// assert!(mixed.includes("XB".parse()?));
    /// assert!(!mixed.includes("XC".parse()?));
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn includes(&self, country: ParticipantCode) -> bool {
        match self {
            Self::One(code) => *code == country,
            Self::Mixed(composition) => composition.parts().iter().any(|(code, _)| *code == country),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(code) => f.pad(code.as_str()),
            Self::Mixed(composition) => f.pad(&format!("mixed {composition}")),
        }
    }
}

impl FromStr for Origin {
    type Err = ReadError;

    /// Reads `XA` and `mixed XA:100.00 XB:50.00`. Asterisks alone are refused: they hide what must be kept.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let bare = text.trim();
        let (first, rest) = bare.split_once(char::is_whitespace).unwrap_or((bare, ""));
        if first.eq_ignore_ascii_case("mixed") {
            return rest.parse().map(Self::Mixed);
        }
        if !bare.is_empty() && bare.chars().all(|c| c == '*') {
            return Err(ReadError::new(format!(
                "{} says that the origin is mixed but not of what; write for example mixed XA:100.00 XB:50.00",
                quoted(text)
            )));
        }
        bare.parse().map(Self::One).map_err(|_| {
            ReadError::new(format!(
                "cannot read {} as an origin; write one code, for example XA, or mixed XA:100.00 XB:50.00",
                quoted(text)
            ))
        })
    }
}
