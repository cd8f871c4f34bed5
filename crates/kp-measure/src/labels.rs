//! What was put in on purpose, and what only looks like it.

use kp_detect::stream::Code;

/// Kinds of oddities; the letters are those of the research notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A01: a producer certifies foreign goods as its own for a while.
    ProductionSurge,
    /// A02: a firm's re-exports are overvalued.
    ReExportInflation,
    /// A03: what arrives is valued otherwise than what left.
    MirrorValueGap,
    /// A04: a confirmation of a number that was never issued.
    FakeNumber,
    /// A05: a second certificate under a number.
    DuplicateNumber,
    /// A06: receipts of a route stay away.
    MissingReceipts,
    /// A07: more left than was there.
    OverExport,
    /// A08: goods of a participant under measures leave through a neighbour.
    EmbargoLaundering,
    /// A09: a firm's values are round.
    RoundValues,
    /// A10: a number is received twice.
    NumberReuse,
    /// A11: a route's parcels arrive lighter and lighter.
    QuantityDrift,
    /// A12: one parcel in a ring, dearer each time.
    CircularTrade,
    /// A13: a dormant route bursts into life with odd prices.
    NewRouteBurst,
    /// A14: a seal on two certificates.
    SealReuse,
    /// A15: a certificate's contents a second time.
    ContentClone,
    /// A16: undervalued out of one participant, revalued out of the next.
    Corridor,
    /// A17: a declared count of certificates that the register does not bear out.
    CountSlip,
    /// Innocent: a rush, the same goods only more.
    Rush,
    /// Innocent: a new mine that stays.
    NewMine,
    /// Innocent: stock released, and declared so.
    StockRelease,
    /// Innocent: an importer that confirms nothing for a while.
    Outage,
    /// Innocent: a receipt in parts.
    SplitReceipt,
    /// Innocent: a mistyped number.
    Typo,
    /// Innocent: a firm that sells by price list.
    PriceList,
    /// Innocent: lawful new business between two participants.
    NewBusiness,
}

impl Kind {
    /// The name in `labels.csv` and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::ProductionSurge => "A01 production surge",
            Self::ReExportInflation => "A02 re-export inflation",
            Self::MirrorValueGap => "A03 mirror value gap",
            Self::FakeNumber => "A04 fake number",
            Self::DuplicateNumber => "A05 duplicate number",
            Self::MissingReceipts => "A06 missing receipts",
            Self::OverExport => "A07 over-export",
            Self::EmbargoLaundering => "A08 embargo laundering",
            Self::RoundValues => "A09 round values",
            Self::NumberReuse => "A10 number reuse",
            Self::QuantityDrift => "A11 quantity drift",
            Self::CircularTrade => "A12 circular trade",
            Self::NewRouteBurst => "A13 new-route burst",
            Self::SealReuse => "A14 seal reuse",
            Self::ContentClone => "A15 content clone",
            Self::Corridor => "A16 corridor",
            Self::CountSlip => "A17 count slip",
            Self::Rush => "rush",
            Self::NewMine => "new mine",
            Self::StockRelease => "stock release",
            Self::Outage => "outage",
            Self::SplitReceipt => "split receipt",
            Self::Typo => "typing error",
            Self::PriceList => "price list",
            Self::NewBusiness => "new business",
        }
    }

    /// Which detectors claim to see it: only these are credited.
    pub fn claimed_by(self) -> &'static [&'static str] {
        match self {
            Self::ProductionSurge => &["own_origin_surge", "exports_above_production", "balance_short"],
            Self::ReExportInflation => &["firm_unit_value_shift", "re_export_uplift"],
            Self::MirrorValueGap => &["value_differs_on_arrival"],
            Self::FakeNumber => &["number_not_issued"],
            Self::DuplicateNumber => &["number_on_two_certificates"],
            Self::MissingReceipts => &["receipts_missing_on_route"],
            Self::OverExport => &["balance_short", "exports_above_production"],
            Self::EmbargoLaundering => &["surge_beside_measure", "own_origin_surge"],
            Self::RoundValues => &["round_values"],
            Self::NumberReuse => &["certificate_received_twice"],
            Self::QuantityDrift => &["carats_drift_on_route"],
            Self::CircularTrade => &["parcel_comes_round"],
            Self::NewRouteBurst => &["dormant_route_burst"],
            Self::SealReuse => &["seal_on_two_certificates"],
            Self::ContentClone => &["contents_copied"],
            Self::Corridor => &["revalued_in_corridor", "firm_unit_value_shift", "re_export_uplift"],
            Self::CountSlip => &["counts_differ_from_register"],
            _ => &[],
        }
    }

    /// Whether it is one row's matter: then a finding must hold the row, not only the parties and the time.
    pub fn is_row(self) -> bool {
        matches!(
            self,
            Self::FakeNumber
                | Self::DuplicateNumber
                | Self::NumberReuse
                | Self::CircularTrade
                | Self::SealReuse
                | Self::ContentClone
        )
    }
}

/// One oddity, or one innocent event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What it is.
    pub kind: Kind,
    /// 1 easy, 2 medium, 3 hard.
    pub difficulty: u8,
    /// Whose it is.
    pub participant: Code,
    /// The other side, where there is one.
    pub partner: Option<Code>,
    /// The firm, where it is one's.
    pub firm: Option<i64>,
    /// First and last day.
    pub start: i32,
    /// Last day.
    pub end: i32,
    /// How large, in words.
    pub magnitude: String,
    /// Ids of its certificates.
    pub certificates: Vec<i64>,
    /// Ids of its confirmations.
    pub confirmations: Vec<i64>,
}
