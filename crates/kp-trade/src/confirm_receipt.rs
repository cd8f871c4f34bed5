//! Confirm a receipt: the importing authority tells the exporting one that the shipment arrived as certified.
//!
//! Scheme: Section III(b) (confirmation: number, parcels, carats, importer and exporter, sent expeditiously). Closes:
//! L22, L27; L24 for goods under way. Appends `receipt_confirmed` to the importer's log. A shipment that arrived
//! otherwise than certified is answered with `report_difference`.

#[cfg(test)]
mod tests;

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Direction, Exporter, Goods, Officer, Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Refuse, Sentence, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Arrival, Certificate, CertificateState, Confirmation, Discrepancy, DiscrepancyCode, Holding, NoticeOf,
    confirmation_queue,
    held_goods::open_holding,
    issue_certificate::exporter_of,
    kept::keep,
    moves::{self, Act},
    queries,
    rules::{
        eligible::{Side, UnderWay, left_at, under_way},
        weight,
    },
};

const RECORD_CONFIRMATION: Sql = sql!("record_confirmation");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The certificate's number.
        number: CertificateNumber, "XA-000001";
        /// The importing participant.
        at: ParticipantCode, "XB";
    }
}

/// A receipt is confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptConfirmed {
    /// The certificate's number.
    pub number: CertificateNumber,
    /// Importing participant.
    pub at: ParticipantCode,
    /// How many parcels.
    pub parcels: u32,
    /// Carats weighed.
    pub carats_confirmed: Carats,
    /// Who imports.
    pub importer: String,
    /// Who exports.
    pub exporter: String,
    /// Who confirmed.
    pub confirmed_by: String,
}

impl Statement for ReceiptConfirmed {
    const KIND: &'static str = "receipt_confirmed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a receipt is not confirmed.
    pub enum Refusal {
        /// Nothing was presented here.
        NoArrival { number: CertificateNumber, at: ParticipantCode } = "no_arrival", "no arrival of {number} at {at} is recorded; record it first, with its weight", "CD Section III(b); Annex II.23";
        /// The number is done.
        NumberAlreadyUsed { number: CertificateNumber, at: ParticipantCode } = "number_already_used", "certificate {number} was confirmed already, at {at}; a certificate covers one shipment, once", "CD Section II(a); L22";
        /// Presented before.
        PresentedBefore { number: CertificateNumber, times: usize } = "number_presented_before", "{number} was presented {times} times; hold the goods and ask the issuer, then report the difference", "domain 4.1: at most one presentation; L22";
        /// Never issued.
        NumberNeverIssued { number: CertificateNumber } = "number_never_issued", "{number} is not in the issuer's register; hold the goods and ask the issuer", "CD Section III(b); L21";
        /// The goods are held.
        Held { number: CertificateNumber } = "shipment_detained", "the goods of {number} are detained; release them, order them back or seize them first", "EU2368 Art 5(1)-(2)";
        /// The paper is in doubt.
        PaperReported { number: CertificateNumber, what: NoticeOf } = "paper_reported", "the paper of {number} was reported {what}; find out which paper was presented, then report the difference", "domain 4.1: lost, stolen, counterfeit";
        /// Meant for somebody else.
        OtherDestination { number: CertificateNumber, destination: ParticipantCode } = "destination_differs", "{number} was issued for {destination}; report the difference", "CD Annex I.B: destination; discrepancy DEST_MISMATCH";
        /// Presented before it left.
        ArrivedBeforeDeparture { number: CertificateNumber, arrived_on: Date, departed_on: Date } = "arrival_before_departure", "{number} was presented on {arrived_on}, before it left on {departed_on}; ask the issuer, then report the difference", "CD Section III(a); L21";
        /// Left before its issuer was barred, and the decision says ask.
        HoldAndAsk { issuer: ParticipantCode, legal_act: String } = "hold_and_ask_issuer", "{issuer} was barred after these goods left ({legal_act}): hold them and ask the exporting authority", "the decision's rule for goods under way (domain 4.3); L24";
        /// The issuer is barred and the goods left after.
        IssuerBarred { issuer: ParticipantCode, legal_act: String } = "issuer_barred", "{issuer} may not trade ({legal_act}) and these goods are not released by that decision", "CD Section III(c); L24";
        /// The importer's own participant was barred meanwhile.
        HoldAndAskChair { at: ParticipantCode, legal_act: String } = "hold_and_ask_chair", "{at} was barred from importing after these goods left ({legal_act}): hold them and ask the scheme's Chair", "the decision's rule for goods under way (domain 4.3); L24";
        /// The importer's own participant may not import.
        DestinationBarred { at: ParticipantCode, legal_act: String } = "destination_barred", "{at} may not import ({legal_act}) and these goods are not released by that decision", "CD Section III(c); L24";
        /// Seals were broken.
        SealsBroken { number: CertificateNumber } = "seals_broken", "the seals of {number} were not intact; report the difference", "CD Section III(d), IV(c); discrepancy SEAL_BROKEN";
        /// Other seals.
        SealsDiffer { number: CertificateNumber, says: Sentence } = "seals_differ", "{number} arrived with {says}; report the difference", "CD Section IV(c); discrepancy SEAL_MISMATCH; L28";
        /// Other parcels.
        ParcelsDiffer { number: CertificateNumber, says: Sentence } = "parcel_count_differs", "{number}: {says}; report the difference", "CD Section III(b); discrepancy PARCEL_COUNT";
        /// Another class.
        ClassDiffers { number: CertificateNumber, says: Sentence } = "class_differs", "{number}: {says}; report the difference", "discrepancy HS_DIFF; L17";
        /// Weights differ.
        WeightDiffers { number: CertificateNumber, stated: Carats, received: Carats } = "weight_differs", "{received} ct arrived where {number} states {stated} ct; report the difference", "CD Annex II.23; tolerance ours (rules/weight.rs)";
    }
}

pub(crate) struct Facts {
    pub(crate) officer: Officer,
    pub(crate) certificate: Option<Certificate>,
    pub(crate) exporter: Option<Exporter>,
    pub(crate) arrivals: Vec<Arrival>,
    pub(crate) confirmation: Option<Confirmation>,
    pub(crate) goods: Goods,
    pub(crate) issuer: Side,
    pub(crate) holdings: Vec<Holding>,
    pub(crate) notices: Vec<NoticeOf>,
    /// What differed on the last arrival here.
    pub(crate) discrepancies: Vec<Discrepancy>,
    pub(crate) destination: Side,
}

/// Confirms a receipt.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn confirm_receipt(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = load(tx, desk, &request.number, request.at)?;
    let statement = decide(&facts, request, desk.now)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

pub(crate) fn load(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    number: &CertificateNumber,
    at: ParticipantCode,
) -> Result<Facts, Failure> {
    let arrivals = queries::arrivals_of_number(tx, number)?;
    let mut facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        certificate: queries::certificate_by_number(tx, number)?,
        exporter: None,
        discrepancies: match arrivals.iter().rev().find(|arrival| arrival.at == at) {
            Some(last) => queries::discrepancies_of_arrival(tx, last.position)?,
            None => Vec::new(),
        },
        arrivals,
        confirmation: queries::confirmation_of_number(tx, number)?,
        goods: Goods::default(),
        issuer: Side::default(),
        destination: Side::default(),
        holdings: queries::holdings_of_number(tx, number)?,
        notices: queries::notices_of_number(tx, number)?.iter().map(|notice| notice.what).collect(),
    };
    if let Some(application) = facts.certificate.as_ref().map(|certificate| &certificate.application) {
        facts.exporter = kp_registry::exporter_by_licence(tx, &application.licence_number)?;
        facts.goods = queries::goods_of_application(tx, application)?;
        facts.issuer = queries::side(tx, application.participant)?;
        facts.destination = queries::side(tx, application.destination)?;
    }
    Ok(facts)
}

fn decide(facts: &Facts, request: &Request, now: Timestamp) -> Result<ReceiptConfirmed, Box<dyn Refuse>> {
    let number = request.number.clone();
    may_act::of_participant(&facts.officer, Role::Importer, request.at)?;
    if let Some(confirmation) = &facts.confirmation {
        return Err(Refusal::NumberAlreadyUsed { number, at: confirmation.at }.into());
    }
    let Some(arrival) = facts.arrivals.iter().rev().find(|a| a.at == request.at) else {
        return Err(Refusal::NoArrival { number, at: request.at }.into());
    };
    if facts.arrivals.len() > 1 {
        return Err(Refusal::PresentedBefore { number, times: facts.arrivals.len() }.into());
    }
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NumberNeverIssued { number }.into());
    };
    check_state(facts, certificate, request.at, Act::Confirm)?;
    // A counterfeit says nothing of the genuine paper; a genuine paper that is missing does.
    if let Some(what) = facts.notices.iter().find(|what| **what != NoticeOf::Counterfeit) {
        return Err(Refusal::PaperReported { number, what: *what }.into());
    }
    if certificate.application.destination != request.at {
        return Err(
            Refusal::OtherDestination { number, destination: certificate.application.destination }.into()
        );
    }
    if let Some(departed_on) = certificate.departed_on.filter(|day| arrival.arrived_on < *day) {
        let arrived_on = arrival.arrived_on;
        return Err(Refusal::ArrivedBeforeDeparture { number, arrived_on, departed_on }.into());
    }
    check_sides(facts, certificate, now)?;
    check_goods(facts, arrival, certificate)?;
    Ok(ReceiptConfirmed {
        number,
        at: request.at,
        parcels: certificate.application.parcels,
        carats_confirmed: arrival.carats_received,
        importer: certificate.application.importer.clone(),
        exporter: exporter_of(&certificate.application, facts.exporter.as_ref()).0,
        confirmed_by: facts.officer.id.clone(),
    })
}

/// A standing that changed while the goods were under way follows the decision's own rule. Goods that left while their
/// issuer was barred (a decision can be recorded after the instant from which it holds) stay barred, whatever came later.
/// What was decided about either side since the goods left.
fn check_sides(facts: &Facts, certificate: &Certificate, now: Timestamp) -> Result<(), Box<dyn Refuse>> {
    let (issuer, at) = (certificate.application.participant, certificate.application.destination);
    let left = certificate.departed_on.zip(certificate.departed_at).map(|(day, stated)| left_at(day, stated));
    match under_way(&facts.issuer, Direction::Export, &facts.goods, left, now) {
        UnderWay::Free => {}
        UnderWay::HoldAndAsk { legal_act } => return Err(Refusal::HoldAndAsk { issuer, legal_act }.into()),
        UnderWay::Refused { legal_act } => return Err(Refusal::IssuerBarred { issuer, legal_act }.into()),
    }
    match under_way(&facts.destination, Direction::Import, &facts.goods, left, now) {
        UnderWay::Free => Ok(()),
        UnderWay::HoldAndAsk { legal_act } => Err(Refusal::HoldAndAskChair { at, legal_act }.into()),
        UnderWay::Refused { legal_act } => Err(Refusal::DestinationBarred { at, legal_act }.into()),
    }
}

/// Whether the certificate's state and what is held there let it be answered; shared with the report of a difference.
pub(crate) fn check_state(
    facts: &Facts,
    certificate: &Certificate,
    at: ParticipantCode,
    act: Act,
) -> Result<(), Box<dyn Refuse>> {
    moves::permit(&certificate.number, certificate.state, act)?;
    match open_holding(&facts.holdings, at) {
        Some(_) => Err(Refusal::Held { number: certificate.number.clone() }.into()),
        None => Ok(()),
    }
}

fn check_goods(facts: &Facts, arrival: &Arrival, certificate: &Certificate) -> Result<(), Box<dyn Refuse>> {
    let number = certificate.number.clone();
    if !arrival.seals_intact {
        return Err(Refusal::SealsBroken { number }.into());
    }
    let differs = |code| facts.discrepancies.iter().find(|d| d.code == code).map(|d| d.says.clone());
    if let Some(says) = differs(DiscrepancyCode::SealMismatch) {
        return Err(Refusal::SealsDiffer { number, says }.into());
    }
    if let Some(says) = differs(DiscrepancyCode::ParcelCount) {
        return Err(Refusal::ParcelsDiffer { number, says }.into());
    }
    if let Some(says) = differs(DiscrepancyCode::HsDiff) {
        return Err(Refusal::ClassDiffers { number, says }.into());
    }
    let (stated, received) = (certificate.application.carats, arrival.carats_received);
    if !weight::agrees(stated, received, certificate.application.parcels) {
        return Err(Refusal::WeightDiffers { number, stated, received }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ReceiptConfirmed = entry.body()?;
    moves::advance(tx, &body.number, Act::Confirm)?;
    record(
        tx,
        entry,
        &body.number,
        body.at,
        CertificateState::Confirmed,
        body.carats_confirmed,
        &Sentence::from(""),
        &body.confirmed_by,
    )
}

#[expect(clippy::too_many_arguments, reason = "one row, shared with the report of a difference")]
pub(crate) fn record(
    tx: &mut Tx<'_>,
    entry: &Entry,
    number: &CertificateNumber,
    at: ParticipantCode,
    outcome: CertificateState,
    carats: Carats,
    explanation: &Sentence,
    by: &str,
) -> Result<()> {
    tx.execute(
        RECORD_CONFIRMATION,
        &[
            (&number.to_string()).into(),
            at.as_str().into(),
            outcome.word().into(),
            carats.hundredths().into(),
            (&keep(explanation)).into(),
            (&entry.on().to_string()).into(),
            by.into(),
        ],
    )?;
    // What waits from outside about this number may say the same, or now says otherwise than its answer.
    confirmation_queue::look_again(tx, entry, number)
}
