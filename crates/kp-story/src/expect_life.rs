//! What must be true of a certificate beside its state: expiry, what differed, what is left, what is held, what was said.

use anyhow::Result;
use kp_terms::CertificateNumber;

use crate::{
    form::Args,
    slot,
    stage::{Sight, Stage, one},
};

fn sight(holds: bool, found: String) -> Sight {
    Sight { holds, found, shows: None }
}

fn listed(what: &str, all: &[String]) -> String {
    if all.is_empty() { format!("there is no {what}") } else { all.join("; ") }
}

pub(crate) fn expired(stage: &Stage, args: &Args) -> Result<Sight> {
    let number: CertificateNumber = one(args, "number")?.parse()?;
    let today = stage.clock.today();
    let certificate = stage.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number))?;
    Ok(match certificate {
        None => sight(false, format!("there is no certificate {number}")),
        Some(certificate) => {
            let last = certificate.expires_on.map(|day| day.to_string()).unwrap_or_default();
            let found =
                format!("{number} is {}, its last day is {last}, today is {today}", certificate.state);
            sight(certificate.is_expired_on(today), found)
        }
    })
}

pub(crate) fn application(stage: &Stage, args: &Args) -> Result<Sight> {
    let reference = one(args, "reference")?;
    let application = stage.node.db().read(|tx| kp_trade::application_by_reference(tx, reference))?;
    Ok(match application {
        None => sight(false, format!("there is no application {reference}")),
        Some(application) => {
            let holds = application.state.word() == one(args, "application-state")?;
            sight(holds, format!("{reference} is {}", application.state))
        }
    })
}

/// On any arrival of the number at that place. What differs makes an attack visible.
pub(crate) fn discrepancy(stage: &Stage, args: &Args) -> Result<Sight> {
    let number: CertificateNumber = one(args, "number")?.parse()?;
    let (code, at) = (one(args, "discrepancy")?, one(args, "importer")?);
    let found = stage.node.db().read(|tx| {
        let mut found = Vec::new();
        for arrival in kp_trade::arrivals_of_number(tx, &number)?.iter().filter(|a| a.at.as_str() == at) {
            found.extend(kp_trade::discrepancies_of_arrival(tx, arrival.position)?);
        }
        anyhow::Ok(found)
    })?;
    let holds = found.iter().any(|one| one.code.word() == code);
    let found: Vec<String> = found.iter().map(|one| format!("{}: {}", one.code, one.says)).collect();
    let shows = Some(crate::stage::Verdict::Exposed);
    Ok(Sight { holds, found: listed("discrepancy", &found), shows })
}

pub(crate) fn left(stage: &Stage, args: &Args) -> Result<Sight> {
    let number: CertificateNumber = one(args, "number")?.parse()?;
    let left = stage.node.db().read(|tx| kp_trade::import_left(tx, &number))?;
    let found =
        left.map_or_else(|| format!("{number} is no confirmed import"), |left| format!("{left} ct are left"));
    Ok(sight(left.is_some() && left == slot::carats(one(args, "carats")?), found))
}

pub(crate) fn held(stage: &Stage, args: &Args) -> Result<Sight> {
    let number: CertificateNumber = one(args, "number")?.parse()?;
    let (at, state) = (one(args, "importer")?, one(args, "holding-state")?);
    let all = stage.node.db().read(|tx| kp_trade::holdings_of_number(tx, &number))?;
    let holds =
        all.iter().rev().find(|held| held.at.as_str() == at).is_some_and(|held| held.state.word() == state);
    let all: Vec<String> = all.iter().map(|held| format!("{} at {}", held.state, held.at)).collect();
    Ok(sight(holds, listed("holding", &all)))
}

pub(crate) fn lot(stage: &Stage, args: &Args) -> Result<Sight> {
    let reference = one(args, "lot")?;
    let lot = stage.node.db().read(|tx| kp_trade::lot_of_seized(tx, reference))?;
    Ok(match lot {
        None => sight(false, format!("there is no lot {reference}")),
        Some(lot) => {
            let same = slot::carats(one(args, "carats")?) == Some(lot.carats);
            let holds = same && lot.state.word() == one(args, "holding-state")?;
            sight(holds, format!("{reference} is {}, {} ct", lot.state, lot.carats))
        }
    })
}

pub(crate) fn reported(stage: &Stage, args: &Args) -> Result<Sight> {
    let number: CertificateNumber = one(args, "number")?.parse()?;
    let what = one(args, "notice")?;
    let all = stage.node.db().read(|tx| kp_trade::notices_of_number(tx, &number))?;
    let holds = all.iter().any(|notice| notice.what.word() == what);
    let all: Vec<String> = all.iter().map(|n| format!("{} by {}", n.what, n.code)).collect();
    let shows = Some(crate::stage::Verdict::Exposed);
    Ok(Sight { holds, found: listed("report", &all), shows })
}

/// Accepted by both sides.
pub(crate) fn corrected(stage: &Stage, args: &Args) -> Result<Sight> {
    let number: CertificateNumber = one(args, "number")?.parse()?;
    let (field, becomes) = (one(args, "field")?, one(args, "text")?);
    let all = stage.node.db().read(|tx| kp_trade::corrections_of_number(tx, &number))?;
    let holds =
        all.iter().any(|c| c.field.word() == field && c.becomes == becomes && c.accepted_at.is_some());
    let shown = |c: &kp_trade::Correction| {
        let by = if c.accepted_at.is_some() { "accepted" } else { "not accepted" };
        format!("{}: {:?} to {:?}, {by}", c.field, c.was, c.becomes)
    };
    Ok(sight(holds, listed("correction", &all.iter().map(shown).collect::<Vec<_>>())))
}
