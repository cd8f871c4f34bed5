//! What an entry of an office must find here, kind by kind: the certificate, application, holding, lot, arrival or correction
//! that it is about, in a state from which the act leads on.
//!
//! Of our own acts the desk has asked all this. An office's may have been true where it was stated, and is not here: it is
//! kept, and asked about. What is evidence by itself needs nothing: a presentation, an entry into transit, a counterfeit, a
//! lost paper of somebody else's, a count of blanks.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{CREDENTIAL_SIGNED, Entry, Statement};
use kp_terms::{CertificateNumber, ParticipantCode, Sentence, sentence};

use super::{Misfit, answered_before, named_twice, never_drafted};
use crate::{
    ApplicationState, HoldingState,
    accept_correction::CorrectionAccepted,
    approve_certificate::CertificateApproved,
    confirm_receipt::ReceiptConfirmed,
    cure_application::ApplicationCured,
    decide_seizure::SeizureDecided,
    detain_shipment::ShipmentDetained,
    dispose_forfeited::ForfeitedDisposed,
    dispose_seized_goods::SeizedGoodsDisposed,
    find_deficiency::DeficiencyFound,
    forfeit_goods::GoodsForfeited,
    held_goods::held,
    instruct_correction::CorrectionInstructed,
    invalidate_certificate::CertificateInvalidated,
    moves::{self, Act},
    order_return::ReturnOrdered,
    print_certificate::CertificatePrinted,
    queries,
    record_return::ReturnRecorded,
    record_transit_exit::TransitLeft,
    reject_application::ApplicationRejected,
    release_seized::SeizureLifted,
    release_shipment::ShipmentReleased,
    replace_certificate::CertificateReplaced,
    report_difference::DifferenceReported,
    report_paper::PaperReported,
    return_certificate::CertificateReturned,
    seize_goods::GoodsSeized,
    seize_shipment::ShipmentSeized,
};

/// Why an entry of an office does not stand here, where it does not.
pub(super) fn misfit(tx: &mut Tx<'_>, entry: &Entry) -> Result<Misfit> {
    let sentence = match entry.kind.as_str() {
        DeficiencyFound::KIND => application(tx, &entry.subject, ApplicationState::Applied)?,
        ApplicationCured::KIND => cured(tx, entry)?,
        ApplicationRejected::KIND => rejected(tx, &entry.subject)?,
        CertificateApproved::KIND => certificate(tx, &entry.subject, Act::Approve)?,
        CertificateReplaced::KIND => certificate(tx, &entry.subject, Act::Replace)?,
        CertificateInvalidated::KIND => certificate(tx, &entry.subject, Act::Invalidate)?,
        CertificateReturned::KIND => certificate(tx, &entry.subject, Act::ReturnUnused)?,
        CorrectionInstructed::KIND => certificate(tx, &entry.subject, Act::InstructCorrection)?,
        PaperReported::KIND => own_paper(tx, &entry.body()?)?,
        CertificatePrinted::KIND => printed(tx, &entry.body()?)?,
        CREDENTIAL_SIGNED => signed(tx, &entry.subject)?,
        CorrectionAccepted::KIND => accepted(tx, &entry.body()?)?,
        TransitLeft::KIND => left_transit(tx, &entry.body()?)?,
        _ => return held_or_answered(tx, entry),
    };
    Ok(sentence.map(|sentence| (entry.subject.clone(), sentence)))
}

/// Acts of importing authorities and of customs: on what was presented, is held, or was seized without a certificate.
fn held_or_answered(tx: &mut Tx<'_>, entry: &Entry) -> Result<Misfit> {
    let sentence = match entry.kind.as_str() {
        ReceiptConfirmed::KIND => presented(tx, &entry.subject, entry.body::<ReceiptConfirmed>()?.at)?,
        DifferenceReported::KIND => presented(tx, &entry.subject, entry.body::<DifferenceReported>()?.at)?,
        ShipmentDetained::KIND => presented(tx, &entry.subject, entry.body::<ShipmentDetained>()?.at)?,
        ShipmentReleased::KIND => released(tx, &entry.body()?)?,
        ReturnOrdered::KIND => {
            let body: ReturnOrdered = entry.body()?;
            holding(tx, &body.number, body.at, Act::OrderReturn)?
        }
        ReturnRecorded::KIND => {
            let body: ReturnRecorded = entry.body()?;
            holding(tx, &body.number, body.at, Act::TakeBack)?
        }
        ShipmentSeized::KIND => seized(tx, &entry.body()?)?,
        SeizureLifted::KIND => {
            let body: SeizureLifted = entry.body()?;
            holding(tx, &body.number, body.at, Act::ReleaseSeized)?
        }
        GoodsForfeited::KIND => {
            let body: GoodsForfeited = entry.body()?;
            holding(tx, &body.number, body.at, Act::Forfeit)?
        }
        ForfeitedDisposed::KIND => {
            let body: ForfeitedDisposed = entry.body()?;
            holding(tx, &body.number, body.at, Act::Dispose)?
        }
        GoodsSeized::KIND => lot_is_new(tx, &entry.subject)?,
        SeizureDecided::KIND => lot_is(tx, &entry.subject, HoldingState::Seized)?,
        SeizedGoodsDisposed::KIND => lot_is(tx, &entry.subject, HoldingState::Forfeited)?,
        _ => None,
    };
    Ok(sentence.map(|sentence| (entry.subject.clone(), sentence)))
}

type Found = Option<Sentence>;

fn no_application(reference: &str) -> Sentence {
    sentence!("misfit-no-application", "application {reference} does not stand here", reference = reference,)
}

fn application(tx: &mut Tx<'_>, reference: &str, needed: ApplicationState) -> Result<Found> {
    Ok(match queries::application_by_reference(tx, reference)? {
        None => Some(no_application(reference)),
        Some(found) if found.state != needed => Some(sentence!(
            "misfit-application-state",
            "application {reference} is {state} here, and this needs it to be {needed}",
            reference = reference,
            state = found.state,
            needed = needed,
        )),
        Some(_) => None,
    })
}

fn cured(tx: &mut Tx<'_>, entry: &Entry) -> Result<Found> {
    let body: ApplicationCured = entry.body()?;
    let found = application(tx, &entry.subject, ApplicationState::Deficient)?;
    Ok(found.or_else(|| named_twice(&body.content)))
}

fn rejected(tx: &mut Tx<'_>, reference: &str) -> Result<Found> {
    Ok(match queries::application_by_reference(tx, reference)?.map(|found| found.state) {
        None => Some(no_application(reference)),
        Some(state @ (ApplicationState::Drafted | ApplicationState::Rejected)) => Some(sentence!(
            "misfit-not-rejected",
            "application {reference} is {state} here, and is not rejected any more",
            reference = reference,
            state = state,
        )),
        Some(ApplicationState::Applied | ApplicationState::Deficient) => None,
    })
}

/// An act of the issuer on its own certificate.
fn certificate(tx: &mut Tx<'_>, number: &str, act: Act) -> Result<Found> {
    let state = match number.parse::<CertificateNumber>() {
        Ok(number) => queries::state_of_number(tx, &number)?,
        Err(_) => None,
    };
    Ok(match state {
        None => Some(never_drafted(number)),
        Some(state) => match moves::outcome(state, act) {
            moves::Outcome::Refused(_) => {
                let act = Sentence::behind::<&str>(
                    &format!("act-{}", act.word()),
                    act.word().replace('_', " "),
                    [],
                );
                Some(sentence!(
                    "misfit-no-state-for",
                    "{number} is {state} here, and that is no state for this: {act}",
                    number = number,
                    state = state,
                    act = act,
                ))
            }
            moves::Outcome::To(_) | moves::Outcome::Stays => None,
        },
    })
}

/// The issuer's report of its own paper; of another's it is evidence.
fn own_paper(tx: &mut Tx<'_>, body: &PaperReported) -> Result<Found> {
    if body.participant != body.issuer {
        return Ok(None);
    }
    certificate(tx, &body.number.to_string(), body.mishap.act())
}

fn printed(tx: &mut Tx<'_>, body: &CertificatePrinted) -> Result<Found> {
    let (number, copy) = (&body.number, body.copy);
    if queries::state_of_number(tx, number)?.is_none() {
        return Ok(Some(never_drafted(number)));
    }
    let prints = queries::prints_of_number(tx, number)?;
    let again = prints.iter().any(|print| print.copy == copy);
    Ok(again.then(|| {
        sentence!(
            "misfit-printed-before",
            "sheet {copy} of {number} was printed before, at another desk",
            copy = copy,
            number = number,
        )
    }))
}

fn signed(tx: &mut Tx<'_>, number: &str) -> Result<Found> {
    let Ok(parsed) = number.parse::<CertificateNumber>() else {
        return Ok(Some(sentence!(
            "misfit-no-number",
            "{number} is no certificate number, and was signed as one",
            number = number,
        )));
    };
    if queries::state_of_number(tx, &parsed)?.is_none() {
        return Ok(Some(never_drafted(number)));
    }
    let before = queries::credential_of_number(tx, &parsed)?.is_some();
    Ok(before.then(|| {
        sentence!(
            "misfit-signed-before",
            "{number} was signed before; a certificate is signed once",
            number = number,
        )
    }))
}

fn accepted(tx: &mut Tx<'_>, body: &CorrectionAccepted) -> Result<Found> {
    let open = crate::accept_correction::open_instruction(tx, body)?;
    Ok(open.is_none().then(|| {
        sentence!(
            "misfit-no-correction",
            "no correction of {field} of {number} that waits is known here",
            field = body.field,
            number = body.number,
        )
    }))
}

fn left_transit(tx: &mut Tx<'_>, body: &TransitLeft) -> Result<Found> {
    let transits = queries::transits_of_number(tx, &body.number)?;
    let open = transits.iter().any(|transit| transit.at == body.at && transit.ended_as.is_none());
    Ok((!open).then(|| {
        sentence!(
            "misfit-not-entered",
            "{number} has not entered the territory of {at}, as far as is known here",
            number = body.number,
            at = body.at,
        )
    }))
}

fn presented(tx: &mut Tx<'_>, number: &str, at: ParticipantCode) -> Result<Found> {
    let arrivals = match number.parse::<CertificateNumber>() {
        Ok(number) => queries::arrivals_of_number(tx, &number)?,
        Err(_) => Vec::new(),
    };
    let there = arrivals.iter().any(|arrival| arrival.at == at);
    Ok(
        (!there).then(|| {
            sentence!(
                "misfit-no-arrival",
                "no arrival of {number} at {at} stands here",
                number = number,
                at = at,
            )
        }),
    )
}

/// What the table of moves says of the goods that are held there; its sentence.
fn holding(tx: &mut Tx<'_>, number: &CertificateNumber, at: ParticipantCode, act: Act) -> Result<Found> {
    let holdings = queries::holdings_of_number(tx, number)?;
    Ok(held(&holdings, number, at, act).err().map(|refusal| Sentence::from(refusal.as_ref())))
}

/// A release answers for the certificate where the goods are its own, and a number is answered once.
fn released(tx: &mut Tx<'_>, body: &ShipmentReleased) -> Result<Found> {
    if let Some(sentence) = holding(tx, &body.number, body.at, Act::Release)? {
        return Ok(Some(sentence));
    }
    let answered = queries::confirmation_of_number(tx, &body.number)?.is_some();
    let holdings = queries::holdings_of_number(tx, &body.number)?;
    let own = held(&holdings, &body.number, body.at, Act::Release).is_ok_and(|held| held.moves_certificate);
    Ok((answered && own).then(|| answered_before(&body.number)))
}

fn seized(tx: &mut Tx<'_>, body: &ShipmentSeized) -> Result<Found> {
    if let Some(sentence) = holding(tx, &body.number, body.at, Act::Seize)? {
        return Ok(Some(sentence));
    }
    let there = queries::holding_of_lot(tx, &body.lot)?;
    let own = there.as_ref().is_some_and(|held| held.number == body.number && held.at == body.at);
    if own { Ok(None) } else { lot_is_new(tx, &body.lot) }
}

fn lot_is_new(tx: &mut Tx<'_>, lot: &str) -> Result<Found> {
    let there = queries::lot_of_seized(tx, lot)?;
    Ok(there
        .map(|_| sentence!("misfit-another-lot", "{lot} is the reference of another lot here", lot = lot)))
}

fn lot_is(tx: &mut Tx<'_>, lot: &str, needed: HoldingState) -> Result<Found> {
    Ok(match queries::seized_lot(tx, lot)? {
        None => Some(sentence!(
            "misfit-no-lot",
            "{lot} is not a lot that was seized without a certificate, as far as is known here",
            lot = lot,
        )),
        Some(found) if found.state != needed => Some(sentence!(
            "misfit-lot-state",
            "lot {lot} is {state} here, and this needs it to be {needed}",
            lot = lot,
            state = found.state,
            needed = needed,
        )),
        Some(_) => None,
    })
}
