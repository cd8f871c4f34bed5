//! The table of allowed moves: what each act does to a certificate in each state. The only one there is.
//!
//! Scheme: domain 4.1 and 4.2, rulings 11. The acts ask [`outcome`] and do nothing by a rule of their own; `advance`
//! moves the row by it; docs/certificate-moves.md is written from it; and a test takes a real node through every state
//! and every act. Expiry is not here: no act makes a certificate expire, its last day does
//! ([`Certificate::is_expired_on`](crate::Certificate::is_expired_on)).

mod page;

pub use page::as_markdown;

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_terms::CertificateNumber;

use crate::CertificateState::{self, *};

const MOVE_CERTIFICATE: Sql = sql!("move_certificate");

kp_terms::closed_words! {
    /// An act as it bears on a certificate's state. Named like the act; where one act has several ends, each has its own.
    pub enum Act, "an act on a certificate" {
        /// Give its number to another application.
        Draft = "draft_certificate",
        /// A first approver approves.
        Approve = "approve_certificate",
        /// Issue.
        Issue = "issue_certificate",
        /// Seal and validate.
        Validate = "validate_certificate",
        /// Record the departure.
        Depart = "depart_shipment",
        /// The closed container enters a third participant's territory.
        EnterTransit = "record_transit_entry",
        /// It leaves that territory as it came.
        ExitTransit = "record_transit_exit",
        /// Record an arrival.
        Arrive = "record_arrival",
        /// Confirm.
        Confirm = "confirm_receipt",
        /// Report a difference.
        Differ = "report_difference",
        /// A confirmation from outside says that it arrived as certified.
        AnswerOutside = "record_confirmation",
        /// A confirmation from outside says that it arrived otherwise.
        DifferOutside = "record_confirmation_with_difference",
        /// Detain what was presented at the destination.
        Detain = "detain_shipment",
        /// Release what was detained.
        Release = "release_shipment",
        /// Order what was detained back.
        OrderReturn = "order_return",
        /// Take back what was ordered back.
        TakeBack = "record_return",
        /// Seize what was detained.
        Seize = "seize_shipment",
        /// Lift a seizure.
        ReleaseSeized = "release_seized",
        /// Forfeit what was seized.
        Forfeit = "forfeit_goods",
        /// Sell or destroy what was forfeited.
        Dispose = "dispose_forfeited",
        /// Put another certificate in its place.
        Replace = "replace_certificate",
        /// Declare it void.
        Invalidate = "invalidate_certificate",
        /// Take back paper that was not used.
        ReturnUnused = "return_certificate",
        /// The issuer reports its paper lost.
        ReportLost = "report_paper_lost",
        /// The issuer reports its paper stolen.
        ReportStolen = "report_paper_stolen",
        /// The issuer reports its paper spoiled.
        ReportSpoiled = "report_paper_spoiled",
        /// Report a counterfeit that bears its number.
        ReportCounterfeit = "report_counterfeit",
        /// Instruct a correction.
        InstructCorrection = "instruct_correction",
        /// Accept a correction.
        AcceptCorrection = "accept_correction",
    }
}

/// What an act comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is done, and the certificate is in this state from then on.
    To(CertificateState),
    /// It is done, and the certificate stays where it is.
    Stays,
    /// It is refused, with the refusal's short name.
    Refused(&'static str),
}

use Outcome::{Refused, Stays, To};

const USED: Outcome = Refused("number_already_used");
const NOT_ISSUED: Outcome = Refused("certificate_not_issued");
const NOT_VALIDATED: Outcome = Refused("certificate_not_validated");
const NOT_DEPARTED: Outcome = Refused("certificate_not_departed");
const LEFT: Outcome = Refused("certificate_left_already");
const ENDED: Outcome = Refused("certificate_ended");
const HELD: Outcome = Refused("shipment_detained");
const NO_ARRIVAL: Outcome = Refused("no_arrival");
const NOT_DETAINED: Outcome = Refused("not_detained");
const SEIZED: Outcome = Refused("shipment_seized");
const ORDERED_BACK: Outcome = Refused("return_ordered");
const NOT_SEIZED: Outcome = Refused("not_seized");

/// What an act comes to on a certificate in a state, as far as the state decides. The acts of an importing authority
/// are meant at the certificate's destination: goods presented elsewhere are not the certificate's and never move it.
pub const fn outcome(state: CertificateState, act: Act) -> Outcome {
    match act {
        Act::Draft => USED,
        Act::Approve | Act::Issue | Act::Validate | Act::Depart => on_the_way_out(state, act),
        Act::EnterTransit | Act::ExitTransit | Act::Arrive => on_the_way(state, act),
        Act::Confirm | Act::Differ => answered(state, act),
        Act::AnswerOutside | Act::DifferOutside => answered_outside(state, act),
        Act::Detain | Act::Release | Act::OrderReturn | Act::TakeBack => held_back(state, act),
        Act::Seize | Act::ReleaseSeized | Act::Forfeit | Act::Dispose => taken(state, act),
        Act::Replace | Act::Invalidate | Act::ReturnUnused => taken_out_of_use(state, act),
        Act::ReportLost | Act::ReportStolen | Act::ReportSpoiled => reported(state, act),
        Act::ReportCounterfeit => Stays,
        Act::InstructCorrection | Act::AcceptCorrection => corrected(state),
    }
}

const fn on_the_way_out(state: CertificateState, act: Act) -> Outcome {
    match (act, state) {
        (Act::Approve, Drafted) => Stays,
        (Act::Issue, Drafted) => To(Issued),
        (Act::Validate, Issued) => To(Validated),
        (Act::Depart, Validated) => To(Departed),
        (Act::Validate, _) => NOT_ISSUED,
        (Act::Depart, _) => NOT_VALIDATED,
        _ => USED,
    }
}

/// What was seen on the way is evidence and always recorded. Leaving transit is not evidence but leave to go on.
const fn on_the_way(state: CertificateState, act: Act) -> Outcome {
    match (act, state) {
        (Act::EnterTransit, Departed) => To(InTransit),
        (Act::ExitTransit, InTransit) => To(Departed),
        (Act::ExitTransit, Drafted | Issued | Validated) => NOT_DEPARTED,
        (Act::ExitTransit, state) if state.is_end() && !is_confirmed(state) => ENDED,
        (Act::Arrive, Departed | InTransit) => To(Arrived),
        _ => Stays,
    }
}

const fn answered(state: CertificateState, act: Act) -> Outcome {
    match (state, act) {
        (Drafted | Issued | Validated, _) => NOT_DEPARTED,
        (Arrived, Act::Confirm) => To(Confirmed),
        // What arrives at the destination moves the certificate to arrived: here nothing has.
        (Departed | InTransit, Act::Confirm) => NO_ARRIVAL,
        // Goods that were seen elsewhere before they had left on paper.
        (Departed | InTransit | Arrived, _) => To(ConfirmedWithDifference),
        (Detained | Seized | Returning, _) => HELD,
        (Confirmed | ConfirmedWithDifference, _) => USED,
        _ => ENDED,
    }
}

/// An importing authority that does not sign here has answered. What was presented to one that does waits for its own
/// signature.
const fn answered_outside(state: CertificateState, act: Act) -> Outcome {
    match (state, act) {
        (Departed | InTransit, Act::AnswerOutside) => To(Confirmed),
        (Departed | InTransit, _) => To(ConfirmedWithDifference),
        (Arrived, _) => Stays,
        _ => match answered(state, Act::Differ) {
            Refused(key) => Refused(key),
            _ => Stays,
        },
    }
}

const fn held_back(state: CertificateState, act: Act) -> Outcome {
    match (act, state) {
        (Act::Detain, Departed | InTransit) => NO_ARRIVAL,
        (Act::Detain, Arrived) => To(Detained),
        (Act::Detain, Detained | Seized | Returning) => Refused("already_detained"),
        // The goods that lie there are not those of a certificate that has not left, or is answered, or has ended.
        (Act::Detain, _) => Stays,
        (Act::Release, Detained) => To(ConfirmedWithDifference),
        (Act::OrderReturn, Detained) => To(Returning),
        (Act::Release | Act::OrderReturn, Seized) => SEIZED,
        (Act::Release | Act::OrderReturn, Returning) => ORDERED_BACK,
        (Act::TakeBack, Returning) => To(Returned),
        (Act::TakeBack, _) => Refused("no_return_ordered"),
        _ => NOT_DETAINED,
    }
}

const fn taken(state: CertificateState, act: Act) -> Outcome {
    match (act, state) {
        (Act::Seize, Detained) => To(Seized),
        (Act::Seize, Seized) => SEIZED,
        (Act::Seize, Returning) => ORDERED_BACK,
        (Act::Seize, _) => NOT_DETAINED,
        (Act::ReleaseSeized, Seized) => To(Detained),
        (Act::Forfeit, Seized) => To(Forfeited),
        (Act::Dispose, Forfeited) => Stays,
        (Act::Dispose, _) => Refused("not_forfeited"),
        _ => NOT_SEIZED,
    }
}

const fn taken_out_of_use(state: CertificateState, act: Act) -> Outcome {
    match (act, state) {
        (_, state) if state.is_end() && !is_confirmed(state) => ENDED,
        (Act::Replace, Drafted | Issued | Validated) => To(Replaced),
        (Act::Invalidate | Act::ReturnUnused, Drafted) => NOT_ISSUED,
        (Act::ReturnUnused, Issued | Validated) => To(ReturnedUnused),
        (Act::Invalidate, Issued | Validated | Departed | InTransit | Arrived) => To(Invalidated),
        (Act::Invalidate, Detained | Seized | Returning) => HELD,
        (Act::Invalidate, _) => USED,
        _ => LEFT,
    }
}

/// Paper that is missing after the goods left ends nothing: the goods are still to be answered for.
const fn reported(state: CertificateState, act: Act) -> Outcome {
    match (act, state) {
        (Act::ReportLost, Drafted | Issued | Validated) => To(Lost),
        (Act::ReportStolen, Drafted | Issued | Validated) => To(Stolen),
        (Act::ReportSpoiled, Drafted | Issued | Validated) => To(Spoiled),
        (Act::ReportSpoiled, state) if state.is_end() && !is_confirmed(state) => ENDED,
        (Act::ReportSpoiled, _) => LEFT,
        _ => Stays,
    }
}

const fn corrected(state: CertificateState) -> Outcome {
    match state {
        Drafted | Issued | Validated => Refused("correct_before_departure"),
        state if state.is_end() && !is_confirmed(state) => ENDED,
        _ => Stays,
    }
}

const fn is_confirmed(state: CertificateState) -> bool {
    matches!(state, Confirmed | ConfirmedWithDifference)
}

/// Whether the state lets an act be done.
pub const fn allows(state: CertificateState, act: Act) -> bool {
    !matches!(outcome(state, act), Refused(_))
}

/// Moves a certificate by the table. A statement that the table would refuse today (older rules, another office's log
/// that came late) stays in the log and moves nothing.
pub(crate) fn advance(tx: &mut Tx<'_>, number: &CertificateNumber, act: Act) -> Result<()> {
    let Some(state) = crate::queries::state_of_number(tx, number)? else { return Ok(()) };
    if let To(next) = outcome(state, act) {
        tx.execute(MOVE_CERTIFICATE, &[(&number.to_string()).into(), next.word().into()])?;
        move_parcels(tx, number, next)?;
    }
    Ok(())
}

/// The parcels that its application names go with it: gone with the departure, held again by whoever held them where the
/// certificate comes to nothing or the goods come back.
fn move_parcels(tx: &mut Tx<'_>, number: &CertificateNumber, next: CertificateState) -> Result<()> {
    let goods_go = match next {
        Departed => kp_custody::export,
        Returned | ReturnedUnused | Replaced | Invalidated | Spoiled | Lost | Stolen => kp_custody::release,
        _ => return Ok(()),
    };
    let certificate = crate::queries::certificate_by_number(tx, number)?;
    certificate.map_or(Ok(()), |certificate| goods_go(tx, &certificate.application.application))
}

kp_terms::refusals! {
    /// Why an act does not fit a certificate's state. One for each short name of the table; acts that say more about a
    /// reason have their own sentence under the same name.
    pub enum Refusal {
        /// The number has served.
        NumberAlreadyUsed { number: CertificateNumber, state: CertificateState } = "number_already_used", "certificate number {number} was used already: it is {state}", "CD Annex I.A: unique number; L22";
        /// Nobody has issued it.
        NotIssued { number: CertificateNumber, state: CertificateState } = "certificate_not_issued", "certificate {number} is {state}; it must be issued for this", "rulings 11: order of acts";
        /// Nobody has validated it.
        NotValidated { number: CertificateNumber, state: CertificateState } = "certificate_not_validated", "certificate {number} is {state}; only goods under a validated certificate leave, and once", "CD Section III(a)";
        /// Has not left.
        NotDeparted { number: CertificateNumber, state: CertificateState } = "certificate_not_departed", "{number} is {state}: the issuer has not recorded its departure; ask the issuer", "CD Section III(a)";
        /// Has left.
        LeftAlready { number: CertificateNumber, state: CertificateState } = "certificate_left_already", "{number} is {state}: its goods have left, and its paper with them; this is done before export only", "CA-Act s.11; EU2368 Art 12(5)";
        /// Is over.
        Ended { number: CertificateNumber, state: CertificateState } = "certificate_ended", "{number} is {state}; that is its end, and it covers no goods", "domain 3.6: a number has exactly one end";
        /// Is held.
        Held { number: CertificateNumber } = "shipment_detained", "the goods of {number} are detained; release them, order them back or seize them first", "EU2368 Art 5(1)-(2)";
        /// Nothing came.
        NoArrival { number: CertificateNumber } = "no_arrival", "no arrival of {number} is recorded there; record it first, with its weight", "CD Section III(b); Annex II.23";
        /// Held already.
        AlreadyDetained { number: CertificateNumber } = "already_detained", "the goods presented under {number} are detained already", "EU2368 Art 5(1)";
        /// Not held.
        NotDetained { number: CertificateNumber } = "not_detained", "nothing that was presented under {number} is detained there; detain it first, with the reason", "EU2368 Art 5(1)";
        /// Seized.
        Seized { number: CertificateNumber } = "shipment_seized", "the goods of {number} are seized; lift the seizure first, by the decision that does so", "CA-Act s.27";
        /// On its way back.
        ReturnOrdered { number: CertificateNumber } = "return_ordered", "the goods of {number} were ordered back already", "CA-Act s.15; IN-DGFT34";
        /// Not seized.
        NotSeized { number: CertificateNumber } = "not_seized", "nothing that was presented under {number} is under seizure there", "CA-Act s.27; L32";
        /// Not forfeited.
        NotForfeited { number: CertificateNumber } = "not_forfeited", "nothing that was presented under {number} is forfeited and still there", "CA-Act: forfeited stones; L32";
        /// Not ordered back.
        NoReturnOrdered { number: CertificateNumber } = "no_return_ordered", "no return of the goods of {number} is ordered and open", "CA-Act s.15; IN-DGFT34";
        /// Too early to correct.
        CorrectBeforeDeparture { number: CertificateNumber, state: CertificateState } = "correct_before_departure", "{number} is {state}: before export a wrong certificate is replaced, not corrected", "CA-Act s.11; IN-DGFT34; L34";
    }
}

/// Says no where the table does.
///
/// # Errors
/// The refusal whose short name stands in the table.
pub(crate) fn permit(
    number: &CertificateNumber,
    state: CertificateState,
    act: Act,
) -> Result<(), Box<dyn kp_terms::Refuse>> {
    let number = number.clone();
    let Refused(key) = outcome(state, act) else { return Ok(()) };
    Err(match key {
        "certificate_not_issued" => Refusal::NotIssued { number, state },
        "certificate_not_validated" => Refusal::NotValidated { number, state },
        "certificate_not_departed" => Refusal::NotDeparted { number, state },
        "certificate_left_already" => Refusal::LeftAlready { number, state },
        "certificate_ended" => Refusal::Ended { number, state },
        "shipment_detained" => Refusal::Held { number },
        "no_arrival" => Refusal::NoArrival { number },
        "already_detained" => Refusal::AlreadyDetained { number },
        "not_detained" => Refusal::NotDetained { number },
        "shipment_seized" => Refusal::Seized { number },
        "return_ordered" => Refusal::ReturnOrdered { number },
        "not_seized" => Refusal::NotSeized { number },
        "not_forfeited" => Refusal::NotForfeited { number },
        "no_return_ordered" => Refusal::NoReturnOrdered { number },
        "correct_before_departure" => Refusal::CorrectBeforeDeparture { number, state },
        _ => Refusal::NumberAlreadyUsed { number, state },
    }
    .into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kp_terms::Refuse;

    /// A number has exactly one end: from an end no act leads on.
    #[test]
    fn no_act_leads_on_from_an_end_and_every_other_state_has_a_way_on() {
        for state in CertificateState::ALL {
            let moves = Act::ALL.iter().filter(|act| matches!(outcome(*state, **act), To(_))).count();
            assert_eq!(moves == 0, state.is_end(), "{state}: {moves} moves");
        }
    }

    #[test]
    fn every_refusal_of_the_table_has_its_sentence() {
        for state in CertificateState::ALL {
            for act in Act::ALL {
                let refused = permit(&crate::testing::number("XA-000001"), *state, *act).err();
                match outcome(*state, *act) {
                    Refused(key) => assert_eq!(refused.unwrap().key(), key, "{act} on {state}"),
                    _ => assert!(refused.is_none(), "{act} on {state}"),
                }
            }
        }
        assert_eq!(Refusal::NotSeized { number: crate::testing::number("XA-1") }.key(), "not_seized");
    }
}
