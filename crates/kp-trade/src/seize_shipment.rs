//! Seize a shipment: customs takes what the importing authority has detained, weighs it, and keeps it as a lot.
//!
//! Scheme: CA-Act s.27; WGDE14 (technical certificates for seized goods). Closes: L32: from here on the lot has a reference
//! and a weight, up to its release, sale or destruction, and leaves the territory only under a technical certificate that
//! names it. Appends `shipment_seized`, with the weight on arrival beside the weight of the lot. Another officer than the
//! one who detained.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{
    Officer, Role,
    rules::{may_act, reference},
};
use kp_terms::{Carats, CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Holding, HoldingState,
    held_goods::{held, move_held},
    moves::Act,
    queries,
    rules::{amounts::MOST_CARATS, four_eyes},
};

const RECORD_SEIZURE: Sql = sql!("record_seizure");

/// Most characters of a lot's reference. Ours.
pub(crate) const LONGEST_LOT: usize = 24;

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper presented.
        number: CertificateNumber, "XA-000001";
        /// Who holds the goods.
        at: ParticipantCode, "XB";
        /// The lot's reference, starting with the participant's code.
        lot: String, "XB-L-3";
        /// Carats weighed when it was seized.
        carats: Carats, "1200.00";
        /// The order or law.
        legal_basis: String, "seizure order 2026/11, Diamond Act s. 30";
    }
}

/// A shipment is seized.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentSeized {
    /// The number on the paper presented.
    pub number: CertificateNumber,
    /// Who holds the goods.
    pub at: ParticipantCode,
    /// The lot's reference.
    pub lot: String,
    /// Carats weighed when it was seized.
    pub carats: Carats,
    /// Carats weighed on arrival: what is missing in between is seen.
    pub carats_on_arrival: Carats,
    /// The order or law.
    pub legal_basis: String,
    /// Who seized.
    pub seized_by: String,
}

impl Statement for ShipmentSeized {
    const KIND: &'static str = "shipment_seized";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a shipment is not seized.
    pub enum Refusal {
        /// The same person.
        SameOfficerDetained { officer: String } = "same_officer_detained_and_seized", "{officer} detained these goods; another officer must seize them", "four eyes (L19, L32)";
        /// A reference of another kind.
        NotALotReference { lot: String, code: ParticipantCode } = "lot_reference_not_of_participant", "the reference {lot} must start with {code} and a hyphen and have at most 24 characters: letters, digits, - / .", "references are unique across participants";
        /// In use, or these goods have another.
        LotTaken { lot: String } = "lot_reference_taken", "{lot} is the reference of another lot, or these goods were seized before under another one", "one lot, one reference (L32)";
        /// No scale shows that.
        NotAWeight { carats: Carats } = "not_a_weight", "{carats} ct is not the weight of goods: weigh again and write 0.01 to 1,000,000,000.00 ct", "limit ours (rules/amounts.rs)";
        /// No law.
        NoLegalBasis = "no_legal_basis", "name the order or the law; nobody's goods are taken without one", "CD Section IV(d)";
    }
}

struct Facts {
    officer: Officer,
    holdings: Vec<Holding>,
    lot: Option<Holding>,
    /// Whether the reference is that of goods which came without a certificate.
    lot_without_certificate: bool,
    carats_on_arrival: Carats,
}

/// Seizes a shipment.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn seize_shipment(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        holdings: queries::holdings_of_number(tx, &request.number)?,
        lot: queries::holding_of_lot(tx, &request.lot)?,
        lot_without_certificate: queries::seized_lot(tx, &request.lot)?.is_some(),
        carats_on_arrival: queries::arrivals_of_number(tx, &request.number)?
            .iter()
            .rev()
            .find(|arrival| arrival.at == request.at)
            .map_or(Carats::ZERO, |arrival| arrival.carats_received),
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<ShipmentSeized, Box<dyn Refuse>> {
    let (number, at, lot) = (request.number.clone(), request.at, request.lot.clone());
    may_act::of_participant(&facts.officer, Role::Customs, at)?;
    let holding = held(&facts.holdings, &number, at, Act::Seize)?;
    let officer = facts.officer.id.clone();
    if !four_eyes::is_second_person(&officer, &holding.detained_by) {
        return Err(Refusal::SameOfficerDetained { officer }.into());
    }
    if !reference::belongs_to(&lot, at, LONGEST_LOT) {
        return Err(Refusal::NotALotReference { lot, code: at }.into());
    }
    let is_own = holding.lot.as_ref().is_none_or(|own| *own == lot);
    let is_another = facts.lot_without_certificate;
    if !is_own || is_another || facts.lot.as_ref().is_some_and(|other| other.position != holding.position) {
        return Err(Refusal::LotTaken { lot }.into());
    }
    let carats = request.carats;
    if carats <= Carats::ZERO || carats > MOST_CARATS {
        return Err(Refusal::NotAWeight { carats }.into());
    }
    if request.legal_basis.trim().is_empty() {
        return Err(Refusal::NoLegalBasis.into());
    }
    let (carats_on_arrival, legal_basis) = (facts.carats_on_arrival, request.legal_basis.clone());
    Ok(ShipmentSeized { number, at, lot, carats, carats_on_arrival, legal_basis, seized_by: officer })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ShipmentSeized = entry.body()?;
    let Some(holding) = move_held(tx, entry, &body.number, body.at, Act::Seize, HoldingState::Seized)? else {
        return Ok(());
    };
    tx.execute(
        RECORD_SEIZURE,
        &[
            i64::try_from(holding.position)?.into(),
            (&body.lot).into(),
            body.carats.hundredths().into(),
            (&body.seized_by).into(),
            (&entry.on().to_string()).into(),
            (&body.legal_basis).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{Holding, HoldingState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XA", Role::Customs),
            holdings: vec![holding(HoldingState::Seized)],
            lot: Some(Holding { position: 5, ..holding(HoldingState::Seized) }),
            lot_without_certificate: false,
            carats_on_arrival: carats(120_000),
        };
        let request = Request {
            number: number("XA-1"),
            at: code("XB"),
            lot: "XA-L-1".into(),
            carats: carats(0),
            legal_basis: " ".into(),
        };
        let mut world = (facts, request);
        let seized = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XB", Role::Importer)),
                ("role_missing", |w| w.0.officer = officer("XB", Role::Customs)),
                ("shipment_seized", |w| w.0.holdings.clear()),
                ("not_detained", |w| {
                    w.0.holdings = vec![holding(HoldingState::Detained)];
                    w.0.holdings[0].detained_by = w.0.officer.id.clone();
                }),
                ("same_officer_detained_and_seized", |w| {
                    w.0.holdings[0].detained_by = "xb-importer-1".into()
                }),
                ("lot_reference_not_of_participant", |w| w.1.lot = "XB-L-1".into()),
                ("lot_reference_taken", |w| {
                    w.0.lot = None;
                    w.0.holdings[0].lot = Some("XB-L-7".into());
                }),
                ("lot_reference_taken", |w| {
                    w.0.holdings[0].lot = None;
                    w.0.lot_without_certificate = true;
                }),
                ("lot_reference_taken", |w| w.0.lot_without_certificate = false),
                ("not_a_weight", |w| w.1.carats = carats(119_990)),
                ("no_legal_basis", |w| w.1.legal_basis = "order 11".into()),
            ],
        );
        assert_eq!((seized.carats, seized.carats_on_arrival), (carats(119_990), carats(120_000)));
    }
}
