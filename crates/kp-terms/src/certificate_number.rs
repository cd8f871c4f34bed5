//! The number of a certificate: whose it is (the prefix) and which one (the serial).
//!
//! Scheme: CD Annex I.A (a unique number with the issuer's ISO 3166-1 alpha-2 prefix). Numbers are not formatted
//! alike everywhere, so three things are kept apart: the text as printed, the normalised number (prefix and serial)
//! that is compared, and the renderings of single schemes (`MX0012345` in a US customs message, CSMS12).
//! It never says who issued a certificate: a prefix belongs to a participant for a time only, see
//! [`participant_for_prefix`]. Foreign ranges have been used again, so a foreign number names one certificate only
//! together with its year of issue (rulings 13).

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use jiff::civil::Date;

use crate::{ParticipantCode, ReadError, participant_for_prefix, read_number::read_number};

/// A certificate's number. Equality, order and hash look at prefix and serial only, never at the printed text.
///
/// Written canonically as prefix, hyphen and the serial with at least six digits; that text is also what is stored
/// and signed. Whoever must keep how a paper really looked keeps [`printed`](Self::printed) beside it.
///
/// ```
/// use kp_terms::CertificateNumber;
/// let number: CertificateNumber = "xa 0001".parse()?;
/// assert_eq!(number.to_string(), "XA-000001");
/// assert_eq!(number.printed(), "xa 0001");
/// assert_eq!(number, "XA-000001".parse()?);
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone)]
pub struct CertificateNumber {
    prefix: ParticipantCode,
    serial: u64,
    printed: String,
}

/// A number together with how it was read, for the person who typed or scanned it.
///
/// ```
/// use kp_terms::CertificateNumber;
/// let reading = CertificateNumber::read_explained("XA-0O01")?;
/// assert_eq!(reading.number.serial(), 1);
/// assert_eq!(reading.explanations[0], "read letter O at position 5 as digit 0");
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What was understood.
    pub number: CertificateNumber,
    /// One sentence for each thing that was not taken as it stood; empty for the canonical form.
    pub explanations: Vec<String>,
}

impl CertificateNumber {
    /// A number made from its two parts; its printed text is the canonical one.
    ///
    /// ```
    /// use kp_terms::CertificateNumber;
    /// let number = CertificateNumber::new("XA".parse()?, 17);
    /// assert_eq!(number.printed(), "XA-000017");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn new(prefix: ParticipantCode, serial: u64) -> Self {
        Self { prefix, serial, printed: canonical(prefix, serial) }
    }

    /// Reads what people type and says how it was read.
    ///
    /// Capital and small letters are the same. Blanks, hyphens, dots and slashes are left out. Among the digits the
    /// letter O is read as 0 and the letters I and L as 1, as long as a true digit stands there too.
    /// Positions count the characters of `text` from 1.
    ///
    /// # Errors
    /// One sentence: what could not be read, where, and how a number is written.
    ///
    /// ```
    /// use kp_terms::CertificateNumber;
    /// let reading = CertificateNumber::read_explained("xa/12.345")?;
    /// assert_eq!(reading.number.to_string(), "XA-012345");
    /// assert_eq!(reading.explanations, [
    ///     "read the prefix xa as XA",
    ///     "left out the separators at positions 3 and 6",
    ///     "wrote the serial 12345 as 012345; zeros in front make no difference",
    /// ]);
    /// assert!(CertificateNumber::read_explained("hello").is_err());
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn read_explained(text: &str) -> Result<Reading, ReadError> {
        let read = read_number(text)?;
        let number = Self { prefix: read.prefix, serial: read.serial, printed: text.trim().to_owned() };
        Ok(Reading { number, explanations: read.explanations })
    }

    /// The two letters in front, which are not always the issuer's own code: see [`issuer`](Self::issuer).
    ///
    /// ```
    /// let number: kp_terms::CertificateNumber = "XA-000001".parse()?;
    /// assert_eq!(number.prefix().as_str(), "XA");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn prefix(&self) -> ParticipantCode {
        self.prefix
    }

    /// The digits as one whole number: without zeros in front and without separators.
    ///
    /// ```
    /// let number: kp_terms::CertificateNumber = "XA-0012.345".parse()?;
    /// assert_eq!(number.serial(), 12_345);
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// The text as it was printed, typed or scanned, without blanks around it.
    ///
    /// ```
    /// let number: kp_terms::CertificateNumber = " XA 1 ".parse()?;
    /// assert_eq!(number.printed(), "XA 1");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn printed(&self) -> &str {
        &self.printed
    }

    /// The number that follows with the same prefix, or nothing after the last one.
    ///
    /// ```
    /// use kp_terms::CertificateNumber;
    /// let number: CertificateNumber = "XA-000009".parse()?;
    /// assert_eq!(number.following(), Some("XA-000010".parse()?));
    /// assert_eq!(CertificateNumber::new("XA".parse()?, u64::MAX).following(), None);
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn following(&self) -> Option<Self> {
        self.serial.checked_add(1).map(|serial| Self::new(self.prefix, serial))
    }

    /// The participant that the prefix belonged to on the day the certificate was issued.
    ///
    /// # Errors
    /// Says so where the prefix belonged to nobody on that day.
    ///
    /// ```
    /// use kp_terms::CertificateNumber;
    /// let number: CertificateNumber = "EC-00012345".parse()?;
    /// assert_eq!(number.issuer(jiff::civil::date(2008, 5, 2))?.as_str(), "EU");
    /// assert!(number.issuer(jiff::civil::date(2014, 5, 2)).is_err());
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn issuer(&self, issued_on: Date) -> Result<ParticipantCode, ReadError> {
        participant_for_prefix(self.prefix, issued_on)
    }

    /// As a US customs message writes it (CSMS12): prefix and seven digits. Nothing where the serial is longer.
    ///
    /// ```
    /// let number: kp_terms::CertificateNumber = "MX 12345".parse()?;
    /// assert_eq!(number.us_message_form().as_deref(), Some("MX0012345"));
    /// let number: kp_terms::CertificateNumber = "XA 12345678".parse()?;
    /// assert_eq!(number.us_message_form(), None);
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn us_message_form(&self) -> Option<String> {
        (self.serial <= 9_999_999).then(|| format!("{}{:07}", self.prefix, self.serial))
    }
}

/// Six digits at least, because papers of the scheme carry so many and lists then sort as one expects.
fn canonical(prefix: ParticipantCode, serial: u64) -> String {
    format!("{prefix}-{serial:06}")
}

impl fmt::Display for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&canonical(self.prefix, self.serial))
    }
}

impl FromStr for CertificateNumber {
    type Err = ReadError;

    /// Reads as [`read_explained`](Self::read_explained) does, without the explanations.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::read_explained(text).map(|reading| reading.number)
    }
}

impl PartialEq for CertificateNumber {
    fn eq(&self, other: &Self) -> bool {
        (self.prefix, self.serial) == (other.prefix, other.serial)
    }
}

impl Eq for CertificateNumber {}

impl PartialOrd for CertificateNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CertificateNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.prefix, self.serial).cmp(&(other.prefix, other.serial))
    }
}

impl Hash for CertificateNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.prefix, self.serial).hash(state);
    }
}
