//! The public tables as they were known on a day: what participants declared for everybody to see, beside what the register
//! counts. Works nothing out itself.

use anyhow::Result;
use kp_db::Tx;
use kp_exchange::public_tables::Observation;
use kp_statistics::{AnnexTable, figure::Visibility, production::Declaration};
use kp_terms::Date;

use crate::declared::end_of;

/// Every public observation as it was known at the end of a day, in order. A figure that its participant has not made
/// public is left out, whoever asks.
///
/// # Errors
/// Where the database fails.
pub fn public_observations(tx: &mut Tx<'_>, as_of: Date) -> Result<Vec<Observation>> {
    let known_at = end_of(as_of)?;
    let mut all = Vec::new();
    for row in kp_statistics::returns_as_known_on(tx, known_at)? {
        let kind =
            if row.declaration == Declaration::NoProduction { "nil" } else { row.production_type.label() };
        let whose = Observation {
            table: AnnexTable::Production.word().into(),
            participant: row.participant.to_string(),
            kind: if kind == "Production" { String::new() } else { kind.to_lowercase() },
            period: row.half.to_string(),
            source: "declared".into(),
            ..empty()
        };
        push(&mut all, &whose, &row.carats.to_string(), &row.value.to_string());
    }
    for declared in kp_statistics::declared_as_known_on(tx, known_at, None, None)? {
        // Production stands in the table of production returns already.
        let Some(figure) = declared.figure.filter(|_| declared.table != AnnexTable::Production) else {
            continue;
        };
        if figure.visibility != Visibility::Public {
            continue;
        }
        let whose = Observation {
            table: declared.table.word().into(),
            participant: declared.participant.to_string(),
            partner: figure.partner.map(|code| code.to_string()).unwrap_or_default(),
            hs: figure.hs.map(|hs| hs.to_string()).unwrap_or_default(),
            kind: figure.certificates.map(|(what, _)| what.word().to_owned()).unwrap_or_default(),
            period: declared.period.to_string(),
            source: "declared".into(),
            known_since: declared.recorded_at.to_string(),
            ..empty()
        };
        match figure.certificates {
            Some((_, count)) => all.push(measured(&whose, "certificates", &count.to_string())),
            None => push(&mut all, &whose, &figure.carats.to_string(), &figure.value.to_string()),
        }
    }
    for cell in kp_statistics::cells_as_known_on(tx, known_at)? {
        let whose = Observation {
            table: format!("{}s", cell.flow),
            participant: cell.participant.to_string(),
            partner: cell.partner.to_string(),
            hs: cell.hs.to_string(),
            period: cell.quarter.to_string(),
            source: "register".into(),
            ..empty()
        };
        push(&mut all, &whose, &cell.carats.to_string(), &cell.value.to_string());
    }
    for count in kp_statistics::certificate_counts_as_known_on(tx, known_at)? {
        let whose = Observation {
            table: AnnexTable::Certificates.word().into(),
            participant: count.participant.to_string(),
            kind: count.what.clone(),
            period: count.quarter.to_string(),
            source: "register".into(),
            ..empty()
        };
        all.push(measured(&whose, "certificates", &count.certificates.to_string()));
    }
    all.sort();
    Ok(all)
}

fn empty() -> Observation {
    Observation {
        table: String::new(),
        participant: String::new(),
        partner: String::new(),
        hs: String::new(),
        kind: String::new(),
        period: String::new(),
        source: String::new(),
        measure: String::new(),
        value: String::new(),
        known_since: String::new(),
    }
}

fn measured(whose: &Observation, measure: &str, value: &str) -> Observation {
    Observation { measure: measure.to_owned(), value: value.to_owned(), ..whose.clone() }
}

fn push(all: &mut Vec<Observation>, whose: &Observation, carats: &str, value: &str) {
    all.push(measured(whose, "carats", carats));
    all.push(measured(whose, "value_usd", value));
}
