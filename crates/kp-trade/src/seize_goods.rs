//! Seize goods that carry no certificate: found in luggage, in a car, behind a wall; nothing was presented.
//!
//! Scheme: CD Section III(b)-(c) (no shipment without a certificate), Section IV(d) (penalties), WGDE14 (technical
//! certificates for seized goods). Closes: L32 for what L31 brings: from the scales on, the lot has a reference and a weight,
//! up to its release, sale or destruction. Appends `goods_seized`. Weighed before a second officer, because nobody else will
//! ever know what was there. Says nothing of whose goods they are: circumstances are for the court's file.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{
    Officer, Role,
    rules::{may_act, reference},
};
use kp_terms::{Carats, HsCode, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{LotOfSeized, ParcelLine, queries, rules::amounts::MOST_CARATS, seize_shipment::LONGEST_LOT};

const RECORD_SEIZED_LOT: Sql = sql!("record_seized_lot");
const RECORD_SEIZED_LOT_LINE: Sql = sql!("record_seized_lot_line");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// Who seizes.
        at: ParticipantCode, "XB";
        /// The lot's reference, starting with the participant's code.
        lot: String, "XB-L-7";
        /// Class and carats as they were weighed, each class once.
        goods: Vec<ParcelLine>, "7102.31 493.00";
        /// Where they were found.
        found: String, "airport of Port Sample, flight 12";
        /// How they were found, and what their holder said.
        circumstances: String, "in a power bank in hand luggage; the holder says they are glass";
        /// The order or law.
        legal_basis: String, "Diamond Act s. 30";
        /// The second officer at the scales.
        witness: String, "xb-importer-1";
    }
}

/// Goods without a certificate are seized.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsSeized {
    /// Who seizes.
    pub at: ParticipantCode,
    /// The lot's reference.
    pub lot: String,
    /// Class by class.
    pub goods: Vec<ParcelLine>,
    /// All classes together.
    pub carats: Carats,
    /// Where they were found.
    pub found: String,
    /// How they were found.
    pub circumstances: String,
    /// The order or law.
    pub legal_basis: String,
    /// Who seized.
    pub seized_by: String,
    /// The second officer at the scales.
    pub witness: String,
}

impl Statement for GoodsSeized {
    const KIND: &'static str = "goods_seized";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.lot.clone()
    }
}

kp_terms::refusals! {
    /// Why goods are not seized.
    pub enum Refusal {
        /// A reference of another kind.
        NotALotReference { lot: String, code: ParticipantCode } = "lot_reference_not_of_participant", "the reference {lot} must start with {code} and a hyphen and have at most 24 characters: letters, digits, - / .", "references are unique across participants";
        /// In use.
        LotTaken { lot: String } = "lot_reference_taken", "{lot} is the reference of another lot; give the next free one", "one lot, one reference (L32)";
        /// Nothing was weighed.
        NothingWeighed = "nothing_weighed", "weigh the goods and write each class with its carats", "L32: the weight of a seized lot is kept";
        /// A class twice.
        ClassTwice { hs: HsCode } = "class_twice", "class {hs} stands twice; add the two up", "one line for each class";
        /// No scale shows that.
        NotAWeight { carats: Carats } = "not_a_weight", "{carats} ct is not the weight of goods: weigh again and write 0.01 to 1,000,000,000.00 ct", "limit ours (rules/amounts.rs)";
        /// No words.
        NotDescribed = "seizure_not_described", "say where the goods were found, how, and what their holder said", "WGDE14; L31, L32";
        /// No law.
        NoLegalBasis = "no_legal_basis", "name the order or the law; nobody's goods are taken without one", "CD Section IV(d)";
        /// Nobody else was there.
        NoSecondOfficer { witness: String, code: ParticipantCode } = "no_second_officer", "{witness} is not another officer of {code}; name the officer who stood at the scales with you", "four eyes (L19, L32)";
    }
}

struct Facts {
    officer: Officer,
    lot: Option<LotOfSeized>,
    witness: Option<Officer>,
}

/// Seizes goods without a certificate.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn seize_goods(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        lot: queries::lot_of_seized(tx, &request.lot)?,
        witness: kp_registry::officer_by_id(tx, &request.witness)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<GoodsSeized, Box<dyn Refuse>> {
    let (at, lot) = (request.at, request.lot.clone());
    may_act::of_participant(&facts.officer, Role::Customs, at)?;
    if !reference::belongs_to(&lot, at, LONGEST_LOT) {
        return Err(Refusal::NotALotReference { lot, code: at }.into());
    }
    if facts.lot.is_some() {
        return Err(Refusal::LotTaken { lot }.into());
    }
    let carats = weighed(&request.goods)?;
    if request.found.trim().is_empty() || request.circumstances.trim().is_empty() {
        return Err(Refusal::NotDescribed.into());
    }
    if request.legal_basis.trim().is_empty() {
        return Err(Refusal::NoLegalBasis.into());
    }
    let officer = facts.officer.id.clone();
    let second = facts.witness.as_ref();
    if second
        .is_none_or(|second| second.id == officer || second.body != facts.officer.body || second.is_trader())
    {
        let witness = request.witness.clone();
        return Err(Refusal::NoSecondOfficer { witness, code: at }.into());
    }
    Ok(GoodsSeized {
        at,
        lot,
        goods: request.goods.clone(),
        carats,
        found: request.found.clone(),
        circumstances: request.circumstances.clone(),
        legal_basis: request.legal_basis.clone(),
        seized_by: officer,
        witness: request.witness.clone(),
    })
}

/// All classes together.
fn weighed(goods: &[ParcelLine]) -> Result<Carats, Box<dyn Refuse>> {
    if goods.is_empty() {
        return Err(Refusal::NothingWeighed.into());
    }
    for (index, line) in goods.iter().enumerate() {
        if goods.iter().skip(index + 1).any(|other| other.hs == line.hs) {
            return Err(Refusal::ClassTwice { hs: line.hs }.into());
        }
        if line.carats <= Carats::ZERO || line.carats > MOST_CARATS {
            return Err(Refusal::NotAWeight { carats: line.carats }.into());
        }
    }
    Carats::sum(goods.iter().map(|line| line.carats)).ok_or_else(|| Refusal::NothingWeighed.into())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: GoodsSeized = entry.body()?;
    tx.execute(
        RECORD_SEIZED_LOT,
        &[
            (&body.lot).into(),
            body.at.as_str().into(),
            body.carats.hundredths().into(),
            (&body.found).into(),
            (&body.circumstances).into(),
            (&body.legal_basis).into(),
            (&body.seized_by).into(),
            (&body.witness).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    for line in &body.goods {
        tx.execute(
            RECORD_SEIZED_LOT_LINE,
            &[(&body.lot).into(), (&line.hs.to_string()).into(), line.carats.hundredths().into()],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{HoldingState, LotOfSeized, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let taken = LotOfSeized { at: code("XB"), state: HoldingState::Sold, carats: carats(1) };
        let facts = Facts { officer: officer("XA", Role::Customs), lot: Some(taken), witness: None };
        let request = Request {
            at: code("XB"),
            lot: "XA-L-7".into(),
            goods: Vec::new(),
            found: "airport".into(),
            circumstances: " ".into(),
            legal_basis: " ".into(),
            witness: "xb-importer-1".into(),
        };
        let line = |text: &str| text.parse().unwrap();
        let mut world = (facts, request);
        let seized = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XB", Role::Importer)),
                ("role_missing", |w| w.0.officer = officer("XB", Role::Customs)),
                ("lot_reference_not_of_participant", |w| w.1.lot = "XB-L-7".into()),
                ("lot_reference_taken", |w| w.0.lot = None),
                ("nothing_weighed", |w| {
                    w.1.goods = ["7102.31 0.00", "7102.10 3.00"].map(|text| text.parse().unwrap()).into();
                }),
                ("not_a_weight", |w| {
                    w.1.goods = ["7102.31 490.00", "7102.31 3.00"].map(|text| text.parse().unwrap()).into();
                }),
                ("class_twice", |w| w.1.goods[1] = "7102.10 3.00".parse().unwrap()),
                ("seizure_not_described", |w| w.1.circumstances = "in a power bank".into()),
                ("no_legal_basis", |w| w.1.legal_basis = "Diamond Act s. 30".into()),
                ("no_second_officer", |w| w.0.witness = Some(w.0.officer.clone())),
                ("no_second_officer", |w| w.0.witness = Some(officer("XA", Role::Customs))),
                ("no_second_officer", |w| {
                    let mut second = officer("XB", Role::Importer);
                    second.id = "xb-importer-1".into();
                    w.0.witness = Some(second);
                }),
            ],
        );
        assert_eq!(seized.carats, carats(49_300));
        assert_eq!(seized.goods, [line("7102.31 490.00"), line("7102.10 3.00")]);
    }
}
