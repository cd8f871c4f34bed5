//! What a certificate stream consists of, as a door hands it over: one row a certificate, one a confirmation, and the
//! small tables beside them. Amounts are whole hundredths, days are numbers since 1970-01-01.

use std::fmt;

use serde::{Serialize, Serializer};

/// A participant's code in files: two of A-Z and 0-9, opaque (rulings 14). `NA` is Namibia.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; 2]);

impl Code {
    /// Mixed origin in the column `origin`.
    pub const MIXED: Self = Self(*b"ZZ");

    /// The code; none where the text is not one.
    pub fn read(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [a, b] if [a, b].iter().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) => {
                Some(Self([*a, *b]))
            }
            _ => None,
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({})", self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One certificate. The order of the fields is the order of the stream: rows in any order sort to the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CertificateRow {
    /// Day of issue.
    pub issued: i32,
    /// Record id.
    pub id: i64,
    /// Number as written.
    pub number: String,
    /// Exporting participant.
    pub exporter: Code,
    /// Importing participant.
    pub importer: Code,
    /// Country of mining; [`Code::MIXED`] where mixed.
    pub origin: Code,
    /// 710210 unsorted, 710221 industrial, 710231 gem.
    pub hs: u32,
    /// Last day of validity.
    pub expires: i32,
    /// Hundredths of carats.
    pub carats: i64,
    /// US cents.
    pub value: i64,
    /// Parcels in the shipment.
    pub parcels: u32,
    /// Exporting firm; 0 where the files do not say.
    pub exporter_firm: i64,
    /// Importing firm; 0 where the files do not say.
    pub importer_firm: i64,
    /// Seal as written; empty where none is given.
    pub seal: String,
}

/// One import confirmation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfirmationRow {
    /// Day of arrival.
    pub arrived: i32,
    /// Record id.
    pub id: i64,
    /// Number as the importer wrote it.
    pub number: String,
    /// Exporter as the importer reports it.
    pub exporter: Code,
    /// Importing participant.
    pub importer: Code,
    /// HS code on arrival.
    pub hs: u32,
    /// Hundredths of carats received.
    pub carats: i64,
    /// US cents received.
    pub value: i64,
}

/// Declared production of a half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProductionLine {
    /// Whose.
    pub participant: Code,
    /// Year.
    pub year: i32,
    /// 1 or 2.
    pub half: i32,
    /// Hundredths of carats.
    pub carats: i64,
    /// US cents.
    pub value: i64,
}

/// Declared stocks of a year, in hundredths of carats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StockLine {
    /// Whose.
    pub participant: Code,
    /// Year.
    pub year: i32,
    /// On 1 January.
    pub opening: i64,
    /// On 31 December.
    pub closing: i64,
}

/// Declared counts of certificates of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountLine {
    /// Whose.
    pub participant: Code,
    /// Year.
    pub year: i32,
    /// Certificates issued.
    pub issued: i64,
    /// Certificates received.
    pub received: i64,
}

/// A participant as the participants' table has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Its code.
    pub code: Code,
    /// Year it joined.
    pub joined: i32,
    /// Participants it borders on.
    pub neighbours: Vec<Code>,
}

/// A measure that forbids a participant's exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Embargo {
    /// Against whom.
    pub participant: Code,
    /// First day.
    pub start: i32,
    /// Last day.
    pub end: i32,
}

/// Everything that was read. Tables that are not there stay empty, and the detectors that need them say so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Certificates.
    pub certificates: Vec<CertificateRow>,
    /// Confirmations.
    pub confirmations: Vec<ConfirmationRow>,
    /// Declared production.
    pub production: Vec<ProductionLine>,
    /// Declared stocks.
    pub stocks: Vec<StockLine>,
    /// Declared counts.
    pub counts: Vec<CountLine>,
    /// Participants.
    pub members: Vec<Member>,
    /// Measures.
    pub embargoes: Vec<Embargo>,
}
