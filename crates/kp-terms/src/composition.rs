//! What a mixed origin consists of: how many carats from each country.
//!
//! Scheme: CD Section I (parcel of mixed origin). At least two countries, each once, each with carats, in the order
//! of their codes, so that the same mixture is always the same text. It never holds shares without carats.

use std::{collections::BTreeMap, fmt, str::FromStr};

use crate::{Carats, ParticipantCode, ReadError, quoted::quoted};

/// Carats by country of origin.
///
/// ```
/// use kp_terms::{Carats, Composition};
/// let parts = [("XB".parse()?, Carats::from_hundredths(5_000)), ("XA".parse()?, Carats::from_hundredths(10_000))];
/// let composition = Composition::new(parts)?;
/// assert_eq!(composition.to_string(), "XA:100.00 XB:50.00");
/// assert_eq!(composition.total(), "150".parse()?);
/// assert_eq!(composition, "xb:50 xa:100".parse()?);
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Composition {
    parts: Vec<(ParticipantCode, Carats)>,
    total: Carats,
}

impl Composition {
    /// A composition of these parts, in whatever order they come.
    ///
    /// # Errors
    /// Fewer than two countries, a country named twice, a part without carats, or more carats than can be counted.
    ///
    /// ```
    /// use kp_terms::{Carats, Composition};
    /// let alone = [("XA".parse()?, Carats::from_hundredths(1))];
    /// assert!(Composition::new(alone).is_err());
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn new(parts: impl IntoIterator<Item = (ParticipantCode, Carats)>) -> Result<Self, ReadError> {
        let mut sorted = BTreeMap::new();
        for (code, carats) in parts {
            if carats <= Carats::ZERO {
                return Err(ReadError::new(format!(
                    "the part from {code} of a mixed origin has {carats} ct; leave it out or give its carats"
                )));
            }
            if sorted.insert(code, carats).is_some() {
                return Err(ReadError::new(format!(
                    "{code} is named twice in a mixed origin; give its carats once"
                )));
            }
        }
        if sorted.len() < 2 {
            return Err(ReadError::new(
                "a mixed origin names two countries or more; write for example mixed XA:100.00 XB:50.00",
            ));
        }
        let total = Carats::sum(sorted.values().copied())
            .ok_or_else(|| ReadError::new("the parts of the mixed origin are too large to add up"))?;
        Ok(Self { parts: sorted.into_iter().collect(), total })
    }

    /// The parts in the order of their codes.
    ///
    /// ```
    /// let composition: kp_terms::Composition = "XB:2 XA:1".parse()?;
    /// let codes: Vec<_> = composition.parts().iter().map(|(code, _)| code.to_string()).collect();
    /// assert_eq!(codes, ["XA", "XB"]);
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn parts(&self) -> &[(ParticipantCode, Carats)] {
        &self.parts
    }

    /// All parts together; the carats of the parcel or shipment must equal it.
    ///
    /// ```
    /// let composition: kp_terms::Composition = "XA:100 XB:50".parse()?;
    /// assert_eq!(composition.total().to_string(), "150.00");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn total(&self) -> Carats {
        self.total
    }
}

impl fmt::Display for Composition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.parts.iter().map(|(code, carats)| format!("{code}:{carats}")).collect();
        f.pad(&parts.join(" "))
    }
}

impl FromStr for Composition {
    type Err = ReadError;

    /// Reads `XA:100.00 XB:50.00`: parts between blanks, each a code, a colon and carats without blanks.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let part = |part: &str| -> Result<(ParticipantCode, Carats), ReadError> {
            let (code, carats) = part.split_once(':').ok_or_else(|| {
                ReadError::new(format!(
                    "{} is not a part of a mixed origin; write code, colon, carats, for example XA:100.00",
                    quoted(part)
                ))
            })?;
            Ok((code.parse()?, carats.parse()?))
        };
        Self::new(text.split_whitespace().map(part).collect::<Result<Vec<_>, _>>()?)
    }
}
