//! A parcel as the tables give it: stones handled together, with every source that may be in them.
//!
//! Scheme: CD Section I (a parcel is a packet, not a list of stones). Never says which stone came from which source:
//! once mixed, nobody knows, so each parcel carries shares and names every possible source.

use kp_terms::{Carats, Composition, Date, HsCode, Origin, ParticipantCode, ReadError};

use crate::Source;

/// Where a parcel is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParcelState {
    /// Somebody holds it and may split, mix, hand over or apply for a certificate for it.
    Held,
    /// A certificate is drafted for it.
    Reserved,
    /// It left under a certificate.
    Exported,
    /// An authority took it.
    Seized,
    /// It was split or mixed; its stones go on under other references.
    Spent,
}

impl ParcelState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Held, Self::Reserved, Self::Exported, Self::Seized, Self::Spent];

    /// The word in tables and stories.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Reserved => "reserved",
            Self::Exported => "exported",
            Self::Seized => "seized",
            Self::Spent => "spent",
        }
    }
}

impl std::fmt::Display for ParcelState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

impl std::str::FromStr for ParcelState {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::ALL
            .into_iter()
            .find(|state| state.word() == text)
            .ok_or_else(|| ReadError::new(format!("{text:?} is not a state of a parcel")))
    }
}

/// How much of a parcel comes from one source. Nought means: too little to count in hundredths, and possible all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The source's own reference: the parcel it was recorded with and its place there, `XA-P-1/2`.
    pub id: String,
    /// What it is.
    pub source: Source,
    /// Carats of this parcel from it, by proportion.
    pub carats: Carats,
}

/// A parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The office's own reference, `XA-P-7`.
    pub parcel: String,
    /// In whose territory it lies.
    pub participant: ParticipantCode,
    /// Customs class.
    pub hs: HsCode,
    /// Its weight; for a spent parcel the last one.
    pub carats: Carats,
    /// Who holds it: a trader's licence, an authority or an officer.
    pub holder: String,
    /// Where it is in its life.
    pub state: ParcelState,
    /// The application it is reserved for, or left under.
    pub application: Option<String>,
    /// When it was recorded, split off or mixed.
    pub recorded_on: Date,
    /// By whom.
    pub recorded_by: String,
    /// To whom it is on its way, until that side has accepted.
    pub handed_to: Option<String>,
    /// Who handed it over.
    pub handed_by: Option<String>,
    /// Every possible source with its share, by reference.
    pub shares: Vec<Share>,
}

impl Parcel {
    /// Where its stones were mined: one country, or several with their carats.
    ///
    /// Nothing where the shares are all nought, which only an empty parcel has.
    pub fn origin(&self) -> Option<Origin> {
        origin_of(std::iter::once(self))
    }

    /// Whether its stones come from more than one source.
    pub fn is_mixed(&self) -> bool {
        self.shares.len() > 1
    }
}

/// The origin of several parcels together.
pub fn origin_of<'a>(parcels: impl IntoIterator<Item = &'a Parcel>) -> Option<Origin> {
    let mut by_country = std::collections::BTreeMap::new();
    for share in parcels.into_iter().flat_map(|parcel| &parcel.shares) {
        let sum: &mut Carats = by_country.entry(share.source.origin()).or_default();
        *sum = sum.checked_add(share.carats)?;
    }
    by_country.retain(|_, carats| *carats > Carats::ZERO);
    match by_country.len() {
        0 => None,
        1 => by_country.into_keys().next().map(Origin::One),
        _ => Composition::new(by_country).ok().map(Origin::Mixed),
    }
}
