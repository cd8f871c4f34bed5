//! Where a shipment last came from: the most recent participant that exported it.
//!
//! Scheme: CD Section I (country of provenance). It never says where the diamonds were mined: that is
//! [`Origin`](crate::Origin). A shipment re-exported from XB with stones mined in XA has origin XA, provenance XB,
//! and a number with XB's prefix.

use std::{fmt, str::FromStr};

use crate::{ParticipantCode, ReadError};

/// The participant from which a shipment was most recently exported.
///
/// A type of its own, so that the compiler refuses it where an origin is asked for.
///
/// ```
/// use kp_terms::{Origin, Provenance};
/// let origin: Origin = "XA".parse()?; // mined here
/// let provenance: Provenance = "XB".parse()?; // exported from here
/// assert_eq!(provenance.participant().as_str(), "XB");
/// assert!(!origin.includes(provenance.participant()));
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Provenance(pub ParticipantCode);

impl Provenance {
    /// The exporting participant.
    ///
    /// ```
    /// use kp_terms::Provenance;
    /// assert_eq!(Provenance("XB".parse()?).participant().as_str(), "XB");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn participant(self) -> ParticipantCode {
        self.0
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Provenance {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        text.parse().map(Self)
    }
}
