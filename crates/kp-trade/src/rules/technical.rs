//! Technical certificates: for goods that move and are not traded, each with the file that it belongs to.
//!
//! Scheme: WGDE14 (seized goods, research), IN-DGFT34 (return at the issuer's request). Closes: L32: a seized lot leaves
//! only under a technical certificate that names it, and never more than was weighed when it was seized.

use kp_terms::{Carats, CertificateNumber, ParticipantCode, Refuse};

use super::sources::Sources;
use crate::{CertificateKind, HoldingState, Line, Purpose, apply_for_certificate::ApplicationReceived};

kp_terms::refusals! {
    /// Why a technical certificate, or a replacement, is not applied for like this.
    pub enum Refusal {
        /// A purpose on an ordinary certificate.
        NormalWithPurpose = "normal_with_purpose", "only a technical certificate has a purpose and a file; write technical, or leave the two out", "WGDE14; L32";
        /// No purpose or no file.
        WithoutFile = "technical_without_file", "a technical certificate needs its purpose, the lot, project or number it is about, and who exports", "WGDE14; IN-DGFT34";
        /// No such lot here.
        NoSuchLot { lot: String, code: ParticipantCode } = "no_such_lot", "{lot} is not a lot that {code} has seized", "WGDE14; L32";
        /// The lot is gone.
        LotIsGone { lot: String, state: HoldingState } = "lot_is_gone", "lot {lot} is {state}; there is nothing left of it to send", "L32";
        /// More than the lot.
        LotExhausted { lot: String, left: Carats, asked: Carats } = "lot_exhausted", "{asked} ct are to leave of lot {lot}, of which {left} ct are left", "L32: the weight of a seized lot is kept";
        /// Nothing of that number to replace.
        NothingToReplace { number: CertificateNumber, code: ParticipantCode } = "nothing_to_replace", "{number} is not a certificate of {code} whose goods are still here; only such a one is replaced", "CA-Act s.11; CA-Reg s.3";
    }
}

pub(crate) fn check(sources: &Sources, request: &ApplicationReceived) -> Result<(), Box<dyn Refuse>> {
    if let Some(number) = &request.replaces {
        let is_here = sources
            .replaced
            .is_some_and(|(code, state)| code == request.participant && state.is_before_departure());
        if !is_here {
            let number = number.clone();
            return Err(Refusal::NothingToReplace { number, code: request.participant }.into());
        }
    }
    if request.certificate_kind.unwrap_or_default() == CertificateKind::Normal {
        return match (&request.purpose, &request.file_reference, &request.exporter) {
            (None, None, None) => Ok(()),
            _ => Err(Refusal::NormalWithPurpose.into()),
        };
    }
    let (Some(purpose), Some(file), Some(_)) = (request.purpose, &request.file_reference, &request.exporter)
    else {
        return Err(Refusal::WithoutFile.into());
    };
    match purpose {
        Purpose::Seized => check_lot(sources, request, file),
        Purpose::Research | Purpose::Return => Ok(()),
    }
}

fn check_lot(sources: &Sources, request: &ApplicationReceived, lot: &str) -> Result<(), Box<dyn Refuse>> {
    let lot = lot.to_owned();
    let Some(held) = sources.lot.as_ref().filter(|held| held.at == request.participant) else {
        return Err(Refusal::NoSuchLot { lot, code: request.participant }.into());
    };
    if !matches!(held.state, HoldingState::Seized | HoldingState::Forfeited) {
        return Err(Refusal::LotIsGone { lot, state: held.state }.into());
    }
    let left = held.carats.checked_sub(sources.lot_drawn).unwrap_or_default();
    let asked = Line::total_carats(&request.lines).unwrap_or_default();
    if asked > left {
        return Err(Refusal::LotExhausted { lot, left, asked }.into());
    }
    Ok(())
}
