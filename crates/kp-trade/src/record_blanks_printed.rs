//! Record that blanks were printed: the printer numbers them, and every number is in the stock from then on.
//!
//! Scheme: EU2368 Annex IV (the printer is responsible for numbering and keeps the database). Closes: L23. Appends
//! `blanks_printed`. A number is printed once; numbers that were drafted without a blank before cannot be printed after.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::Officer;
use kp_terms::{CertificateNumber, Date, ParticipantCode, Refuse, sentence};
use serde::{Deserialize, Serialize};

use crate::{
    BlankPiece, BlankPlace, NumberRange, blank_stock, problems, rules::blank_span, series::highest_used,
};

kp_terms::form! {
    /// What the storekeeper types.
    pub struct Request {
        /// Who printed them.
        printer: String, "Sample Security Printers";
        /// The numbers printed.
        numbers: NumberRange, "XA-000001..XA-001000";
        /// Version of the form.
        form_version: String, "2026-1";
    }
}

/// Blanks were printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlanksPrinted {
    /// Whose form.
    pub participant: ParticipantCode,
    /// Who printed them.
    pub printer: String,
    /// The numbers printed.
    pub numbers: NumberRange,
    /// Version of the form.
    pub form_version: String,
    /// Who signs.
    pub by: String,
}

impl Statement for BlanksPrinted {
    const KIND: &'static str = "blanks_printed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why blanks are not recorded.
    pub enum Refusal {
        /// The numbers are in the stock.
        PrintedAlready { number: CertificateNumber } = "blanks_printed_already", "the blank {number} is in the stock already; a number is printed once", "EU2368 Annex IV: numbered once (L23)";
        /// The numbers have served.
        NumbersUsed { number: CertificateNumber } = "blanks_of_used_numbers", "certificate {number} was drafted already; begin after it", "CD Annex I.A: unique number (L22)";
        /// The form is not named.
        NoFormVersion = "no_form_version", "name the version of the form and the printer, so that a specimen can be shown beside it", "CD Section II(d): features are notified";
    }
}

struct Facts {
    officer: Officer,
    /// Pieces that overlap or lie beside the numbers.
    pieces: Vec<BlankPiece>,
    used: Option<u64>,
}

/// Records printed blanks.
///
/// # Errors
/// Refuses where the officer keeps no stock of this participant, or a number is in the stock or was used.
pub fn record_blanks_printed(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let (prefix, serials) = (request.numbers.first().prefix(), request.numbers.serials());
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        pieces: blank_stock::touching(tx, prefix, serials)?,
        used: highest_used(tx, prefix, serials.0, serials.1)?,
    };
    let statement = decide(&facts, request, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request, today: Date) -> Result<BlanksPrinted, Box<dyn Refuse>> {
    let participant = blank_span::storekeeper_of(&facts.officer, &request.numbers, today)?;
    if let Some(serial) = first_in_stock(&facts.pieces, &request.numbers) {
        return Err(Refusal::PrintedAlready { number: CertificateNumber::new(participant, serial) }.into());
    }
    if let Some(used) = facts.used {
        return Err(Refusal::NumbersUsed { number: CertificateNumber::new(participant, used) }.into());
    }
    if request.form_version.trim().is_empty() || request.printer.trim().is_empty() {
        return Err(Refusal::NoFormVersion.into());
    }
    Ok(BlanksPrinted {
        participant,
        printer: request.printer.clone(),
        numbers: request.numbers.clone(),
        form_version: request.form_version.clone(),
        by: facts.officer.id.clone(),
    })
}

/// The first number that the stock knows.
fn first_in_stock(pieces: &[BlankPiece], numbers: &NumberRange) -> Option<u64> {
    let (first, last) = numbers.serials();
    pieces.iter().find(|piece| piece.last >= first && piece.first <= last).map(|piece| piece.first.max(first))
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: BlanksPrinted = entry.body()?;
    let prefix = body.numbers.first().prefix();
    let pieces = blank_stock::touching(tx, prefix, body.numbers.serials())?;
    if let Some(serial) = first_in_stock(&pieces, &body.numbers) {
        let number = CertificateNumber::new(prefix, serial);
        let sentence = sentence!(
            "misfit-blanks-printed",
            "blanks {numbers} were stated as printed, but {number} is in the stock",
            numbers = body.numbers,
            number = number,
        );
        return problems::record(tx, entry, &body.numbers.to_string(), &sentence);
    }
    let (first, last) = body.numbers.serials();
    let new = BlankPiece {
        first,
        last,
        place: BlankPlace::Printed,
        custodian: "printer".into(),
        officer: String::new(),
        form_version: body.form_version,
    };
    blank_stock::put_in(tx, prefix, new)
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{BlankPlace, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let request = Request {
            printer: "Sample Printers".into(),
            numbers: "XA-000011..XA-000020".parse().unwrap(),
            form_version: " ".into(),
        };
        let facts = Facts {
            officer: officer("XB", Role::Storekeeper),
            pieces: vec![blanks(20, 30, BlankPlace::Destroyed, "capital")],
            used: Some(12),
        };
        let printed = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request, day("2026-02-03"))),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Storekeeper)),
                ("blanks_printed_already", |w| w.0.pieces = vec![blanks(1, 10, BlankPlace::Used, "capital")]),
                ("blanks_of_used_numbers", |w| w.0.used = None),
                ("no_form_version", |w| w.1.form_version = "2026-1".into()),
            ],
        );
        assert_eq!(printed.numbers.count(), 10);
    }
}
