//! Two-letter codes of participants.
//!
//! Scheme: CD Annex I.A (ISO 3166-1 alpha-2). A code is opaque here: `NA` is Namibia, `EU` is one participant, and
//! XA..XZ except XI and XK are invented participants for stories and training (rulings 14).

use crate::{ReadError, quoted::quoted};

/// A participant's code: two capital letters.
///
/// ```
/// use kp_terms::ParticipantCode;
/// let code: ParticipantCode = " xa".parse()?;
/// assert_eq!(code.to_string(), "XA");
/// assert!("X1".parse::<ParticipantCode>().is_err());
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ParticipantCode([u8; 2]);

/// By its letters, compared as one number. Not derived: in an optimised build of rustc 1.95 a map with keys of two bytes
/// and a number was seen to lose them (`kp-detect/src/stream/rows.rs` has the test).
impl Ord for ParticipantCode {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        u16::from_be_bytes(self.0).cmp(&u16::from_be_bytes(other.0))
    }
}

impl PartialOrd for ParticipantCode {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl ParticipantCode {
    /// A code that stands in our own tables, where the compiler has seen that it is two capital letters.
    pub(crate) const fn literal(letters: [u8; 2]) -> Self {
        assert!(letters[0].is_ascii_uppercase() && letters[1].is_ascii_uppercase());
        Self(letters)
    }

    /// The code as text.
    ///
    /// ```
    /// let code: kp_terms::ParticipantCode = "na".parse()?;
    /// assert_eq!(code.as_str(), "NA");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// Whether the code is one of the user-assigned ISO codes kept for invented participants.
    ///
    /// ```
    /// use kp_terms::ParticipantCode;
    /// assert!("XA".parse::<ParticipantCode>()?.is_invented());
    /// assert!(!"XK".parse::<ParticipantCode>()?.is_invented());
    /// assert!(!"NA".parse::<ParticipantCode>()?.is_invented());
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn is_invented(self) -> bool {
        self.0[0] == b'X' && !matches!(self.0[1], b'I' | b'K')
    }
}

impl std::fmt::Debug for ParticipantCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ParticipantCode({})", self.as_str())
    }
}

impl std::fmt::Display for ParticipantCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for ParticipantCode {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(ReadError::new(format!(
                "{} is not a participant code; a code is two letters, for example XA",
                quoted(text)
            ))),
        }
    }
}
