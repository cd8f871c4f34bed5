//! A return as the register counts it: from the participant's own departures, arrivals and validations.
//!
//! Scheme: CD Annex III, rulings 12. What is declared is always shown beside it, with the difference (L47). Production and
//! stocks are not counted from certificates: for them there is nothing here.

use anyhow::Result;
use kp_db::Tx;
use kp_terms::{ParticipantCode, Period, Quarter};

use crate::{
    annex_table::AnnexTable,
    figure::{Counted, Figure},
    queries,
};

/// The figures of one return; nothing where the register holds no certificate of that quarter, or the table is not of
/// certificates.
///
/// # Errors
/// Where the database fails.
pub fn figures(
    tx: &mut Tx<'_>,
    participant: ParticipantCode,
    table: AnnexTable,
    period: Period,
) -> Result<Option<Vec<Figure>>> {
    let Period::Quarter(quarter) = period else { return Ok(None) };
    let figures = match table {
        AnnexTable::Exports => trade(tx, participant, "export", quarter)?,
        AnnexTable::Imports => trade(tx, participant, "import", quarter)?,
        AnnexTable::Certificates => counts(tx, participant, quarter)?,
        AnnexTable::Production | AnnexTable::Stocks => return Ok(None),
    };
    Ok(Some(figures).filter(|figures| !figures.is_empty()))
}

fn trade(tx: &mut Tx<'_>, code: ParticipantCode, flow: &str, quarter: Quarter) -> Result<Vec<Figure>> {
    let cells = queries::cells(tx)?;
    let wanted =
        cells.into_iter().filter(|c| c.participant == code && c.flow == flow && c.quarter == quarter);
    Ok(wanted
        .map(|cell| Figure {
            partner: Some(cell.partner),
            hs: Some(cell.hs),
            ..Figure::of(cell.carats, cell.value)
        })
        .collect())
}

fn counts(tx: &mut Tx<'_>, code: ParticipantCode, quarter: Quarter) -> Result<Vec<Figure>> {
    let counts = queries::certificate_counts(tx)?;
    let wanted = counts.into_iter().filter(|count| count.participant == code && count.quarter == quarter);
    let figure = |count: queries::CertificateCount| -> Result<Figure> {
        let what = if count.what == "validated" { Counted::Validated } else { Counted::Received };
        let nothing = Figure::of(kp_terms::Carats::ZERO, kp_terms::UsdCents::ZERO);
        Ok(Figure { certificates: Some((what, u32::try_from(count.certificates)?)), ..nothing })
    };
    wanted.map(figure).collect()
}
