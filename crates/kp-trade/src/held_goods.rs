//! Goods that an importing authority holds: which of them an act is about, and how they and their certificate move.
//!
//! Shared by every act on held goods. What may be done is asked of the table of moves, with the state that a certificate
//! has whose own goods are held like this. Goods that are not a certificate's own never move it.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::Entry;
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};

use crate::{
    CertificateState, Holding, HoldingState,
    moves::{self, Act},
    queries,
};

const MOVE_HOLDING: Sql = sql!("move_holding");
const END_HOLDING: Sql = sql!("end_holding");

impl HoldingState {
    /// The state that a certificate has whose own goods are held like this.
    pub(crate) const fn of_certificate(self) -> CertificateState {
        match self {
            Self::Detained => CertificateState::Detained,
            Self::Seized => CertificateState::Seized,
            Self::Returning => CertificateState::Returning,
            Self::Forfeited => CertificateState::Forfeited,
            // Nothing is held any more.
            Self::Released | Self::Returned | Self::Sold | Self::Destroyed => CertificateState::Arrived,
        }
    }

    const fn is_over(self) -> bool {
        matches!(self, Self::Released | Self::Returned | Self::Sold | Self::Destroyed)
    }
}

/// What is held there under the number, until it is released, taken back or forfeited.
pub(crate) fn open_holding(holdings: &[Holding], at: ParticipantCode) -> Option<&Holding> {
    let is_open =
        |state| matches!(state, HoldingState::Detained | HoldingState::Seized | HoldingState::Returning);
    holdings.iter().rev().find(|held| held.at == at && held.ended_on.is_none() && is_open(held.state))
}

/// What is held there, where the table of moves lets the act be done to it.
///
/// # Errors
/// The refusal of the table.
pub(crate) fn held<'h>(
    holdings: &'h [Holding],
    number: &CertificateNumber,
    at: ParticipantCode,
    act: Act,
) -> Result<&'h Holding, Box<dyn Refuse>> {
    let open = match act {
        Act::Dispose => {
            let is_there = |held: &&Holding| held.state == HoldingState::Forfeited && held.ended_on.is_none();
            holdings.iter().rev().filter(|held| held.at == at).find(is_there)
        }
        _ => open_holding(holdings, at),
    };
    let state = open.map_or(CertificateState::Arrived, |held| held.state.of_certificate());
    moves::permit(number, state, act)?;
    open.ok_or_else(|| moves::Refusal::NotDetained { number: number.clone() }.into())
}

/// Moves what is held, and the certificate where the goods are its own. Gives it as it was before; where nothing is held
/// there, the statement moves nothing.
pub(crate) fn move_held(
    tx: &mut Tx<'_>,
    entry: &Entry,
    number: &CertificateNumber,
    at: ParticipantCode,
    act: Act,
    next: HoldingState,
) -> Result<Option<Holding>> {
    let holdings = queries::holdings_of_number(tx, number)?;
    let Ok(found) = held(&holdings, number, at, act) else { return Ok(None) };
    let position = i64::try_from(found.position)?;
    if next.is_over() {
        tx.execute(END_HOLDING, &[position.into(), next.word().into(), (&entry.on().to_string()).into()])?;
    } else {
        tx.execute(MOVE_HOLDING, &[position.into(), next.word().into()])?;
    }
    if found.moves_certificate {
        moves::advance(tx, number, act)?;
    }
    Ok(Some(found.clone()))
}
