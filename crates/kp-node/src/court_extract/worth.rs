//! What the goods of a certificate were worth to whom, what they weighed where, and who said what about it.
//!
//! L15, L18, L19: a court sees every lot of the application, the first and those opened anew; every value, or that it is
//! sealed; the spread; the weighings by point, the one at validation among them; and dissent, which nobody can remove.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, Statement};
use kp_paper::{RemarkLine, WeighingLine, WorthLine};
use kp_terms::Date;
use kp_trade::{Certificate, validate_certificate::CertificateValidated};
use kp_valuation::{Assessment, Lot, assess, rules::spread};

use super::person;

/// Everything about value and weight.
#[derive(Default)]
pub(super) struct Worth {
    pub(super) values: Vec<WorthLine>,
    pub(super) valuation: Vec<(String, String)>,
    pub(super) weighings: Vec<WeighingLine>,
    pub(super) remarks: Vec<RemarkLine>,
}

pub(super) fn of(tx: &mut Tx<'_>, certificate: Option<&Certificate>, entries: &[Entry]) -> Result<Worth> {
    let mut worth = Worth::default();
    let Some(certificate) = certificate else { return Ok(worth) };
    for lot in kp_valuation::lots_of_application(tx, &certificate.application.application)? {
        let day = certificate.issued_on.unwrap_or(lot.opened_on);
        lot_of(tx, &mut worth, &lot, day)?;
    }
    for entry in entries.iter().filter(|entry| entry.kind == CertificateValidated::KIND) {
        let validated: CertificateValidated = entry.body()?;
        worth.weighings.push(WeighingLine {
            point: "validation, before the seals".to_owned(),
            carats: validated.carats_weighed.grouped(),
            scale: String::new(),
            by: person(tx, &validated.validated_by)?,
            on: validated.validated_on.to_string(),
        });
    }
    Ok(worth)
}

fn lot_of(tx: &mut Tx<'_>, worth: &mut Worth, lot: &Lot, day: Date) -> Result<()> {
    for value in &lot.values {
        let sum = value.total().map_or_else(|| "sealed".to_owned(), |total| total.grouped());
        worth.values.push(WorthLine {
            lot: format!("{}, {}", lot.lot, value.stage),
            party: value.party.to_string(),
            by: person(tx, &value.valued_by)?,
            value: sum,
            price_book: value.price_book.clone().unwrap_or_default(),
        });
    }
    come_to(tx, worth, lot, day)?;
    for weighing in &lot.weighings {
        worth.weighings.push(WeighingLine {
            point: format!("{} of {}", weighing.point, lot.lot),
            carats: weighing.carats.grouped(),
            scale: weighing.scale.clone(),
            by: person(tx, &weighing.weighed_by)?,
            on: weighing.weighed_on.to_string(),
        });
    }
    for explained in &lot.explanations {
        worth.remarks.push(RemarkLine {
            what: format!("explanation of {}, {}", explained.matter, lot.lot),
            words: format!("{} (for {})", explained.explanation, explained.figures),
            by: person(tx, &explained.explained_by)?,
        });
    }
    for dissent in kp_valuation::dissents_of_lot(tx, &lot.lot)? {
        worth.remarks.push(RemarkLine {
            what: format!("dissent about {}, {}", lot.lot, dissent.dissented_on),
            words: dissent.words,
            by: person(tx, &dissent.dissented_by)?,
        });
    }
    Ok(())
}

/// What the values of a lot come to, at the last stage at which it was valued, by the limit of the day of issue.
fn come_to(tx: &mut Tx<'_>, worth: &mut Worth, lot: &Lot, day: Date) -> Result<()> {
    let mut say = |what: &str, value: String| worth.valuation.push((format!("{what}, {}", lot.lot), value));
    match assess(lot) {
        Assessment::Missing(parties) => say("Values missing", words(&parties)),
        Assessment::Sealed(parties) => say("Values sealed", words(&parties)),
        Assessment::Open { tax_base, spread, .. } => {
            say("Tax base, US$", tax_base.grouped());
            let limit = kp_valuation::spread_limit_on(tx, lot.participant, day)?;
            let spread = spread.map_or_else(
                || "none: a single value".to_owned(),
                |spread| {
                    format!(
                        "{} of the highest; more than {limit} % is explained by two persons",
                        spread::percent(spread)
                    )
                },
            );
            say("Spread", spread);
        }
    }
    for warning in kp_valuation::warnings_of_lot(tx, lot)? {
        say("Outside the price book", warning.to_string());
    }
    Ok(())
}

fn words(parties: &[kp_valuation::Party]) -> String {
    parties.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
