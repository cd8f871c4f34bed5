//! Returns of Annex III: declared, due, locked; and what the gap between two participants' figures is made of.

use anyhow::{Context, Result};
use kp_statistics::{
    AnnexTable,
    calendar::{self, ReturnStep},
    reconcile,
};
use kp_terms::{Carats, Period, Timestamp};

use crate::{
    form::Args,
    set_up::usual,
    slot,
    stage::{Sight, Stage, Stop, Verdict, fields, maybe, one},
};

pub(crate) fn begin(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let begun = fields(&[("from", one(args, "date")?), ("decision", one(args, "decision")?)]);
    stage.act("begin_calendar", "scheme-statistics", begun)
}

pub(crate) fn declare(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let code = one(args, "participant")?;
    let mut declared = fields(&[
        ("participant", code),
        ("table", one(args, "annex-table")?),
        ("period", one(args, "period")?),
    ]);
    for (place, field) in [("figure", "figures"), ("forced", "forced"), ("text", "reason")] {
        if let Some(values) = args.get(place) {
            declared.insert(field.to_owned(), values.clone());
        }
    }
    stage.act("declare_return", &usual(code, "focal"), declared)
}

pub(crate) fn approve(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let period = fields(&[("table", one(args, "annex-table")?), ("period", one(args, "period")?)]);
    stage.act("approve_period", "scheme-statistics", period)
}

pub(crate) fn open(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let opened = fields(&[
        ("table", one(args, "annex-table")?),
        ("period", one(args, "period")?),
        ("reason", one(args, "text")?),
    ]);
    stage.act("open_period", "scheme-statistics", opened)
}

/// Where a return stands. What is missing or late makes silence visible.
pub(crate) fn return_stands(stage: &Stage, args: &Args) -> Result<Sight> {
    let (code, today) = (one(args, "participant")?, stage.clock.today());
    let table: AnnexTable = one(args, "annex-table")?.parse()?;
    let period: Period = one(args, "period")?.parse()?;
    let due = stage.node.db().read(|tx| calendar::calendar(tx, today))?;
    let found =
        due.iter().find(|due| due.participant.as_str() == code && due.table == table && due.period == period);
    let Some(due) = found else {
        return Ok(Sight {
            holds: false,
            found: format!("no return of {table} for {period} is due from {code}"),
            shows: None,
        });
    };
    let state = due.state(today).replace(' ', "-");
    let step = due.step.map_or("none", ReturnStep::word);
    let holds =
        state == one(args, "return-state")? && maybe(args, "return-step").is_none_or(|wanted| wanted == step);
    let found = format!("{table} of {code} for {period}: {state}, step {step}, due on {}", due.due_on);
    Ok(Sight { holds, found, shows: Some(Verdict::Exposed) })
}

/// A part of a gap of a route, by class or not at all, with the certificates behind it.
pub(crate) fn gap(stage: &Stage, args: &Args) -> Result<Sight> {
    let (postings, presentations) = stage.node.db().read(|tx| {
        let postings = kp_statistics::postings_as_known_on(tx, Timestamp::MAX)?;
        anyhow::Ok((postings, kp_statistics::presentations_as_known_on(tx, Timestamp::MAX)?))
    })?;
    let class = maybe(args, "hs");
    let result = reconcile::reconcile(&postings, &presentations, stage.clock.today(), class.is_some());
    let (from, to, quarter) = (one(args, "exporter")?, one(args, "importer")?, one(args, "quarter")?);
    let route = result.gaps.iter().find(|(route, _)| {
        route.exporter.as_str() == from
            && route.importer.as_str() == to
            && route.quarter.to_string() == quarter
            && route.hs.map(|hs| hs.code()) == class
    });
    let Some((_, gap)) = route else {
        return Ok(Sight {
            holds: false,
            found: format!("nothing left {from} for {to} in {quarter}"),
            shows: None,
        });
    };
    let said = |(of, part): (&reconcile::Agreement, &reconcile::Part)| {
        let carats = Carats::from_hundredths(part.carats.saturating_abs());
        format!("{} {carats} ct ({})", of.word(), part.numbers.join(" "))
    };
    let found: Vec<String> = gap.parts.iter().map(said).collect();
    let wanted = slot::carats(one(args, "carats")?).context("carats were read")?;
    let numbers = args.get("number").cloned().unwrap_or_default();
    let part = gap.parts.iter().find(|(of, _)| of.word() == one(args, "part").unwrap_or_default());
    let holds = part.is_some_and(|(_, part)| {
        part.carats.saturating_abs() == wanted.hundredths() && part.numbers == numbers
    });
    Ok(Sight { holds, found: found.join("; "), shows: Some(Verdict::Exposed) })
}
