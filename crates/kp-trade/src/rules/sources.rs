//! What leaves again must have come in: a re-export draws on confirmed imports, and never more than they brought.
//!
//! Scheme: EU2368 Art 12(1)(a) (conclusive evidence of lawful import), CA-Reg s.2(e)(v) (numbers of every certificate).
//! Closes: part of L35 and L38: carats drawn over all applications stay within what was received. Closes: L32 on this
//! side: goods that are detained or seized are no source. Says nothing of goods whose source is not named.

use anyhow::Result;
use kp_db::Tx;
use kp_terms::{Carats, CertificateNumber, ParticipantCode, Refuse};

use crate::{
    CertificateState, Confirmation, Line, LotOfSeized, Purpose, SourceDraw,
    apply_for_certificate::ApplicationReceived, queries,
};

kp_terms::refusals! {
    /// Why a source does not serve.
    pub enum Refusal {
        /// Named twice.
        SourceTwice { number: CertificateNumber } = "source_twice", "{number} stands twice among the sources; add the two up", "CA-Reg s.2(e)(v)";
        /// Nothing drawn.
        NothingDrawn { number: CertificateNumber } = "source_not_positive", "say how many carats are drawn from {number}: more than 0.00", "CA-Reg s.2(e)(v)";
        /// Its goods are seized or held.
        SourceHeld { number: CertificateNumber, state: CertificateState } = "source_is_held", "the goods that came under {number} are {state}; they leave under a technical certificate that names the lot, or not at all", "WGDE14; L32";
        /// Not an import of this participant.
        NotAnImport { number: CertificateNumber, code: ParticipantCode } = "source_not_an_import", "{number} is not a confirmed import of {code}; name the certificates under which the goods came in", "EU2368 Art 12(1)(a)";
        /// More than came.
        SourceExhausted { number: CertificateNumber, left: Carats, asked: Carats } = "source_exhausted", "{asked} ct are to be drawn from {number}, of which {left} ct are left; mend the carats or name a further source", "carats out never exceed carats in (L35, L38)";
        /// More drawn than leaves.
        SourcesExceedLines { drawn: Carats, lines: Carats } = "sources_exceed_lines", "{drawn} ct are drawn from imports and only {lines} ct leave; draw no more than leaves", "carats out never exceed carats in (L35, L38)";
    }
}

/// One source with what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) draw: SourceDraw,
    pub(crate) state: Option<CertificateState>,
    pub(crate) confirmation: Option<Confirmation>,
    /// Carats that other applications draw on it.
    pub(crate) drawn: Carats,
}

/// What is known of everything that an application draws on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    pub(crate) imports: Vec<Source>,
    /// The seized lot that it names.
    pub(crate) lot: Option<LotOfSeized>,
    /// Carats that other applications draw on that lot.
    pub(crate) lot_drawn: Carats,
    /// Whether the certificate it is to replace is there, and whose.
    pub(crate) replaced: Option<(ParticipantCode, CertificateState)>,
}

pub(crate) fn load(tx: &mut Tx<'_>, request: &ApplicationReceived) -> Result<Sources> {
    let mut sources = Sources::default();
    let mut own = vec![request.application.clone()];
    if let Some(number) = &request.replaces
        && let Some(certificate) = queries::certificate_by_number(tx, number)?
    {
        sources.replaced = Some((certificate.application.participant, certificate.state));
        own.push(certificate.application.application);
    }
    let others = |draws: Vec<crate::Draw>| {
        let of_others = draws.into_iter().filter(|draw| !own.contains(&draw.application));
        Carats::from_hundredths(of_others.fold(0, |sum, draw| sum.saturating_add(draw.carats.hundredths())))
    };
    for draw in request.sources.iter().flatten() {
        sources.imports.push(Source {
            draw: draw.clone(),
            state: queries::state_of_number(tx, &draw.number)?,
            confirmation: queries::confirmation_of_number(tx, &draw.number)?,
            drawn: others(queries::draws_on_number(tx, &draw.number)?),
        });
    }
    if let (Some(Purpose::Seized), Some(lot)) = (request.purpose, &request.file_reference) {
        sources.lot = queries::lot_of_seized(tx, lot)?;
        sources.lot_drawn = others(queries::draws_on_lot(tx, lot)?);
    }
    Ok(sources)
}

pub(crate) fn check(sources: &Sources, request: &ApplicationReceived) -> Result<(), Box<dyn Refuse>> {
    let mut drawn = Carats::ZERO;
    for (index, source) in sources.imports.iter().enumerate() {
        let number = source.draw.number.clone();
        if sources.imports.iter().skip(index + 1).any(|other| other.draw.number == number) {
            return Err(Refusal::SourceTwice { number }.into());
        }
        check_source(source, request.participant)?;
        drawn = drawn.checked_add(source.draw.carats).unwrap_or(drawn);
    }
    let lines = Line::total_carats(&request.lines).unwrap_or_default();
    if drawn > lines {
        return Err(Refusal::SourcesExceedLines { drawn, lines }.into());
    }
    Ok(())
}

fn check_source(source: &Source, code: ParticipantCode) -> Result<(), Box<dyn Refuse>> {
    let (number, asked) = (source.draw.number.clone(), source.draw.carats);
    if asked <= Carats::ZERO {
        return Err(Refusal::NothingDrawn { number }.into());
    }
    use CertificateState::{Confirmed, ConfirmedWithDifference, Detained, Forfeited, Returning, Seized};
    if let Some(state @ (Detained | Seized | Returning | Forfeited)) = source.state {
        return Err(Refusal::SourceHeld { number, state }.into());
    }
    let is_answered = matches!(source.state, Some(Confirmed | ConfirmedWithDifference));
    let Some(import) = source.confirmation.as_ref().filter(|import| is_answered && import.at == code) else {
        return Err(Refusal::NotAnImport { number, code }.into());
    };
    let left = import.carats_confirmed.checked_sub(source.drawn).unwrap_or_default();
    if asked > left {
        return Err(Refusal::SourceExhausted { number, left, asked }.into());
    }
    Ok(())
}
