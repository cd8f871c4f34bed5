//! What every act on blank paper asks of its numbers: they are ours, and every one of them can make the step.
//!
//! Source: EU2368 Annex IV (numbers without gaps), L23. A refusal names the first number that cannot, and where it is.

use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, Date, ParticipantCode, Refuse, Sentence, sentence};

use super::blank_moves::BlankMove;
use crate::{BlankPiece, NumberRange, blank_stock};

kp_terms::refusals! {
    /// Why blanks are not moved.
    pub enum Refusal {
        /// The prefix belongs to nobody.
        NumbersOfNobody { numbers: NumberRange } = "numbers_of_nobody", "the prefix of {numbers} belongs to no participant", "CD Annex I.A: prefix of the issuing participant";
        /// A number cannot make the step.
        NotThere { number: CertificateNumber, is: Sentence, aim: Sentence } = "blank_elsewhere", "{number} is {is}, so it cannot be {aim}; give the numbers that can, or report what is missing", "domain 4.1: one sheet, one place (L23)";
    }
}

/// Whose numbers they are, and that the officer keeps that participant's stock.
///
/// # Errors
/// The first reason that applies.
pub(crate) fn storekeeper_of(
    officer: &Officer,
    numbers: &NumberRange,
    today: Date,
) -> Result<ParticipantCode, Box<dyn Refuse>> {
    let Some(code) = numbers.issuer(today) else {
        return Err(Refusal::NumbersOfNobody { numbers: numbers.clone() }.into());
    };
    may_act::of_participant(officer, Role::Storekeeper, code)?;
    Ok(code)
}

/// That every number can make the step.
///
/// # Errors
/// Names the first that cannot.
pub(crate) fn can(
    pieces: &[BlankPiece],
    numbers: &NumberRange,
    step: &BlankMove,
) -> Result<(), Box<dyn Refuse>> {
    let unfit = blank_stock::first_unfit(pieces, numbers.serials(), |piece| step.allows(piece));
    let Some((serial, there)) = unfit else { return Ok(()) };
    let second = there.is_some_and(|piece| {
        let alone = BlankPiece { officer: String::new(), ..piece.clone() };
        step.allows(&alone)
    });
    let is = match there {
        Some(piece) if second => sentence!(
            "blank-by-one-alone",
            "{place} by {officer} alone, and a second person must sign",
            place = piece.place,
            officer = piece.officer,
        ),
        Some(piece) => blank_stock::in_words(piece),
        None => blank_stock::not_in_stock(),
    };
    let number = CertificateNumber::new(numbers.first().prefix(), serial);
    Err(Refusal::NotThere { number, is, aim: step.aim() }.into())
}
