//! What a certificate says, as plain data: texts as they shall be printed, amounts and codes in the scheme's words.

use kp_terms::{
    Carats, CertificateNumber, Date, HsCode, Origin, ParticipantCode, Provenance, Timestamp, UsdCents,
};

use crate::error::PaperError;

/// As many parcels as a certificate lists; of more only the number is printed.
pub const LISTED_PARCELS: usize = 5;

/// A certificate as it shall be printed. Core Document, Annex I.A and I.B.
#[derive(Debug, Clone)]
pub struct CertificateSheet {
    /// The certificate's number.
    pub number: CertificateNumber,
    /// The issuing participant's full name, as in `Republic of Exemplia`.
    pub issuer_name: String,
    /// The issuing authority, with its address on further lines.
    pub authority: String,
    /// Date of issue.
    pub issued_on: Date,
    /// The last day on which the certificate may be used.
    pub expires_on: Date,
    /// Who validated it and when; nothing before validation.
    pub validation: Option<Validation>,
    /// Who sends the goods.
    pub exporter: Party,
    /// Who receives the goods.
    pub importer: Party,
    /// Where the diamonds were mined. A mixed origin is printed as asterisks (US592.307).
    pub origin: Origin,
    /// Name of the country of origin; not printed for a mixed origin.
    pub origin_name: String,
    /// From where the goods are exported.
    pub provenance: Provenance,
    /// Name of the country of provenance.
    pub provenance_name: String,
    /// Where the goods go.
    pub destination: ParticipantCode,
    /// Name of the country of destination.
    pub destination_name: String,
    /// Carats and value in each class, each class once, at least one.
    pub goods: Vec<GoodsLine>,
    /// Number of parcels, at least one.
    pub parcels: u32,
    /// The parcels one by one; none, or as many as `parcels` says and five at most.
    pub parcel_list: Vec<ParcelLine>,
    /// Containers with their seals, at least one before validation is printed.
    pub containers: Vec<Container>,
    /// For a technical certificate: what it is for (seized goods, research, a return).
    pub technical_purpose: Option<String>,
    /// Quality and remarks; may be empty.
    pub quality: String,
    /// Purpose of transit, where the goods pass through another country.
    pub transit_purpose: Option<String>,
    /// The codes; nothing before validation.
    pub codes: Option<Codes>,
    /// Whether it is the first print.
    pub print: Print,
    /// Whether it is a node for training, whose sheets are worth nothing.
    pub training: bool,
    /// When it is printed, in UTC: the creation date of the file.
    pub printed_at: Timestamp,
}

/// A company or person.
#[derive(Debug, Clone)]
pub struct Party {
    /// The name in full.
    pub name: String,
    /// The address; lines parted by line breaks.
    pub address: String,
    /// Number of the licence or registration; empty where there is none.
    pub licence: String,
}

/// That the exporting authority validated the certificate.
#[derive(Debug, Clone)]
pub struct Validation {
    /// On which day.
    pub on: Date,
    /// The officer's name as it is printed above the signature.
    pub officer: String,
}

/// Carats and value of one customs class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoodsLine {
    /// The class.
    pub class: HsCode,
    /// Mass in carats.
    pub carats: Carats,
    /// Value in US cents.
    pub value: UsdCents,
}

/// One parcel of a shipment.
#[derive(Debug, Clone)]
pub struct ParcelLine {
    /// How the authority calls it.
    pub label: String,
    /// What is in it.
    pub goods: GoodsLine,
}

/// A container and the seal on it.
#[derive(Debug, Clone)]
pub struct Container {
    /// How the container is marked.
    pub label: String,
    /// Number of its seal.
    pub seal: String,
}

/// The codes that go on the paper.
#[derive(Debug, Clone)]
pub struct Codes {
    /// Text of the certificate's symbol, as in `KPC1:...`.
    pub certificate: String,
    /// Text of the receipt's symbol, as in `KPR1:...`; nothing where it is only in the published list.
    pub receipt: Option<String>,
    /// The check code in its groups, as in `7QK2-M9TR-0H-4`.
    pub check_code: String,
}

/// Which print of a document it is. Each print is an act of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Print {
    /// The first.
    Original,
    /// A further one; the sheet says REPRINT with this number and day.
    Reprint {
        /// 1 for the first reprint.
        number: u32,
        /// The day of the reprint.
        on: Date,
    },
}

impl CertificateSheet {
    /// Sums of carats and value, or why the sheet contradicts itself.
    pub(crate) fn totals(&self) -> Result<(Carats, UsdCents), PaperError> {
        let refused =
            |field: &str, why: &str| Err(PaperError::Sheet { field: field.to_owned(), why: why.to_owned() });
        let sums = Carats::sum(self.goods.iter().map(|line| line.carats))
            .zip(UsdCents::sum(self.goods.iter().map(|line| line.value)));
        let mut classes: Vec<HsCode> = self.goods.iter().map(|line| line.class).collect();
        classes.sort_unstable();
        classes.dedup();
        match sums {
            _ if self.goods.is_empty() => {
                refused("goods", "there are none; give at least one class with its carats")
            }
            _ if classes.len() < self.goods.len() => {
                refused("goods", "a class is given twice; give each class once")
            }
            None => refused("goods", "the carats or the values are too large to add up"),
            Some(_) if self.parcels == 0 => refused("parcels", "there are none; a shipment has at least one"),
            Some(_) if self.parcel_list.len() > LISTED_PARCELS => refused(
                "parcel_list",
                "more than five are given; list five at most, or none, so that only their number is printed",
            ),
            Some(_)
                if !self.parcel_list.is_empty()
                    && u32::try_from(self.parcel_list.len()) != Ok(self.parcels) =>
            {
                refused(
                    "parcel_list",
                    "it has another number of parcels than the certificate; list all of them or none",
                )
            }
            Some(_) if self.codes.is_some() && self.validation.is_none() => refused(
                "codes",
                "there are codes and no validation; a certificate is signed when it is validated",
            ),
            Some(sums) => Ok(sums),
        }
    }
}
