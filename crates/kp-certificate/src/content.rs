//! What a certificate says in its signed bytes: an integer-keyed map with a cap for each field.
//!
//! CD Annex I.A (the minimum), Annex I.B and C (parcels, seals); UAE366 (a line for each class). The caps are those of
//! security 1.3: at most 486 bytes in all, so that the symbol scans at 30 mm. What does not fit here (addresses,
//! remarks, photographs, the composition of a mixed origin) stands behind the record hash. No floats.

mod fault;
mod payload;

use kp_terms::{Carats, CertificateNumber, HsCode, ParticipantCode, Timestamp, UsdCents};

pub use fault::{ContentFault, Field};
pub(crate) use payload::{Heading, participant};

use crate::{
    names::{is_plain, shorten},
    seals::{MOST_SEALS, is_seal},
};

/// No certificate holds longer than this: a year and a day (the national rules go up to a year).
pub const LONGEST_VALIDITY_SECONDS: i64 = 367 * 86_400;
/// Shortest that a name is cut to, so that it still says something.
const SHORTEST_NAME: usize = 12;

/// A company on the certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Name, normalised (NFC), perhaps cut by [`shorten`].
    pub name: String,
    /// Licence or registration number; empty where there is none.
    pub registry_id: String,
}

impl Party {
    /// A party whose name is cut, if need be, so that name and registry id fit their field.
    pub fn fitting(name: &str, registry_id: &str) -> Self {
        let registry_id = shorten(registry_id, 40);
        // Key, head of the list, heads of two texts (two bytes each from 24 bytes on).
        let room = Field::Exporter.cap().saturating_sub(registry_id.len() + 6);
        Self { name: shorten(name, room), registry_id }
    }
}

/// Where the goods were mined, as the face of the certificate says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origins {
    /// These countries, in the order of their codes.
    Named(Vec<ParticipantCode>),
    /// Of mixed origin: asterisks on the face; the composition may stand behind the record hash.
    Mixed,
}

/// Carats and value of one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Class.
    pub class: HsCode,
    /// Mass.
    pub carats: Carats,
    /// Value in US dollars.
    pub value: UsdCents,
}

/// What a technical certificate is for (WGDE14, IN-DGFT34).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Detained or seized goods.
    Seized,
    /// Goods moved for scientific research.
    Research,
    /// Goods sent back to where they came from.
    Return,
}

/// Sort of certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For a sale or other ordinary shipment.
    Normal,
    /// Technical.
    Technical(Purpose),
}

/// What a verifier must show besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    /// One officer alone signed, in an emergency that the law provides for (security 6).
    pub single_officer: bool,
    /// For training: no goods go with it.
    pub training: bool,
}

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Its number.
    pub number: CertificateNumber,
    /// Whose certificate it is.
    pub issuer: ParticipantCode,
    /// When it was validated and signed.
    pub issued_at: Timestamp,
    /// From then on no goods leave under it.
    pub expires_at: Timestamp,
    /// Short name of the issuing authority.
    pub authority: String,
    /// Where the goods go.
    pub destination: ParticipantCode,
    /// Who sends.
    pub exporter: Party,
    /// Who receives.
    pub importer: Party,
    /// Where the goods were mined.
    pub origins: Origins,
    /// One to three classes.
    pub lines: Vec<Line>,
    /// Number of parcels, 1 to 255.
    pub parcels: u32,
    /// Seal numbers in their plain form, see [`plain_seal`](crate::plain_seal).
    pub seals: Vec<String>,
    /// Normal or technical.
    pub kind: Kind,
    /// Emergency, training.
    pub flags: Flags,
    /// Salted SHA-256 of the full record, see [`record_hash`].
    pub record_hash: [u8; 32],
}

/// The hash by which a certificate stands for its full record: SHA-256 of 16 random bytes and the record's bytes. Without
/// the salt nobody can find out the record by guessing; with salt and record anybody can check it.
pub fn record_hash(salt: &[u8; 16], record: &[u8]) -> [u8; 32] {
    kp_sign::sha256(&[salt.as_slice(), record].concat())
}

impl Content {
    /// Carats of all lines, or nothing where they cannot be added up.
    pub fn carats(&self) -> Option<Carats> {
        Carats::sum(self.lines.iter().map(|line| line.carats))
    }

    /// Value of all lines, or nothing where it cannot be added up.
    pub fn value(&self) -> Option<UsdCents> {
        self.lines.iter().try_fold(UsdCents::default(), |sum, line| sum.checked_add(line.value))
    }

    /// Cuts the names of exporter and importer until everything fits, the longer one first (of equal ones the
    /// exporter's), never below 12 bytes. What was cut ends in `…`; the record hash covers the full names.
    ///
    /// # Errors
    /// Where it cannot be made to fit that way, or something else is wrong with the content.
    pub fn fitted(mut self) -> Result<Self, ContentFault> {
        self.exporter = Party::fitting(&self.exporter.name, &self.exporter.registry_id);
        self.importer = Party::fitting(&self.importer.name, &self.importer.registry_id);
        loop {
            let over = match self.to_payload() {
                Ok(_) => return Ok(self),
                Err(ContentFault::TooLong { field: Field::Whole, over }) => over,
                Err(other) => return Err(other),
            };
            let longer = if self.exporter.name.len() >= self.importer.name.len() {
                &mut self.exporter.name
            } else {
                &mut self.importer.name
            };
            if longer.len() <= SHORTEST_NAME {
                return Err(ContentFault::TooLong { field: Field::Whole, over });
            }
            let limit = longer.len().saturating_sub(over).max(SHORTEST_NAME).max(longer.len() / 2);
            // What was cut before is cut further in, so that the mark stays the last thing in it.
            let whole = longer.trim_end_matches(crate::names::CUT);
            *longer = shorten(whole, limit.min(whole.len().saturating_sub(1)));
        }
    }

    /// What holds for every content, written or read, whatever its length.
    fn check(&self) -> Result<(), ContentFault> {
        if self.number.prefix() != self.issuer {
            let (number, issuer) = (self.number.to_string(), self.issuer);
            return Err(ContentFault::NotTheIssuers { number, issuer });
        }
        let (from, to) = (self.issued_at.as_second(), self.expires_at.as_second());
        if from < 0 || self.issued_at.subsec_nanosecond() != 0 || self.expires_at.subsec_nanosecond() != 0 {
            return Err(ContentFault::Time);
        }
        if to <= from || to - from > LONGEST_VALIDITY_SECONDS {
            return Err(ContentFault::Validity);
        }
        self.check_words()?;
        self.check_amounts()?;
        self.check_seals()
    }

    fn check_words(&self) -> Result<(), ContentFault> {
        for (field, text) in [
            (Field::Authority, &self.authority),
            (Field::Exporter, &self.exporter.name),
            (Field::Exporter, &self.exporter.registry_id),
            (Field::Importer, &self.importer.name),
            (Field::Importer, &self.importer.registry_id),
        ] {
            if !is_plain(text) {
                return Err(ContentFault::NotPlain(field));
            }
        }
        let named = [
            (Field::Authority, &self.authority),
            (Field::Exporter, &self.exporter.name),
            (Field::Importer, &self.importer.name),
        ];
        match named.iter().find(|(_, text)| text.is_empty()) {
            Some((field, _)) => Err(ContentFault::Missing(*field)),
            None => Ok(()),
        }
    }

    fn check_amounts(&self) -> Result<(), ContentFault> {
        if let Origins::Named(codes) = &self.origins
            && (!(1..=3).contains(&codes.len()) || !codes.is_sorted_by(|a, b| a < b))
        {
            return Err(ContentFault::OriginsOrder);
        }
        let classes_in_order = self.lines.is_sorted_by(|a, b| a.class < b.class);
        if !(1..=3).contains(&self.lines.len()) || !classes_in_order {
            return Err(ContentFault::LinesOrder);
        }
        for line in &self.lines {
            if line.carats <= Carats::ZERO || line.value < UsdCents::default() {
                return Err(ContentFault::Amount(line.class));
            }
        }
        if self.parcels == 0 { Err(ContentFault::Missing(Field::Parcels)) } else { Ok(()) }
    }

    fn check_seals(&self) -> Result<(), ContentFault> {
        if self.seals.is_empty() {
            return Err(ContentFault::Missing(Field::Seals));
        }
        if self.seals.len() > MOST_SEALS {
            let over = self.seals.len() - MOST_SEALS;
            return Err(ContentFault::TooLong { field: Field::Seals, over });
        }
        for (at, seal) in self.seals.iter().enumerate() {
            if !is_seal(seal) || self.seals.iter().take(at).any(|before| before == seal) {
                return Err(ContentFault::Seal(seal.clone()));
            }
        }
        Ok(())
    }
}
