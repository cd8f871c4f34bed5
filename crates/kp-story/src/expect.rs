//! What must be true: each expectation looks at the node as any door does, and says what it found.
//!
//! Looks only. An expectation that is not met is told with what is there instead, so that nobody has to search.

use anyhow::{Context, Result};
use jiff::{SignedDuration, civil::Date};
use kp_terms::{Carats, CertificateNumber, ParticipantCode};

use crate::{
    form::Args,
    slot,
    stage::{Sight, Stage, Verdict, maybe, nth, one},
};

/// Nothing about an attack.
pub(crate) fn sight(holds: bool, found: impl Into<String>) -> Sight {
    Sight { holds, found: found.into(), shows: None }
}

/// Something that makes an attack visible.
fn exposure(holds: bool, found: impl Into<String>) -> Sight {
    Sight { holds, found: found.into(), shows: Some(Verdict::Exposed) }
}

pub(crate) fn state(stage: &Stage, args: &Args) -> Result<Sight> {
    let number: CertificateNumber = one(args, "number")?.parse()?;
    let certificate = stage.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number))?;
    Ok(match certificate {
        Some(c) => sight(c.state.word() == one(args, "state")?, format!("{number} is {}", c.state)),
        None => sight(false, format!("there is no certificate {number}")),
    })
}

pub(crate) fn finding(stage: &Stage, args: &Args) -> Result<Sight> {
    let (detector, code, subject) =
        (one(args, "detector")?, one(args, "participant")?, one(args, "subject")?);
    let findings = stage.node.db().read(kp_detect::trade::findings)?;
    let about = findings.iter().map(|row| &row.finding).find(|finding| {
        let period = finding.periods.iter().any(|period| period.to_string() == subject);
        finding.detector == detector
            && finding.participant.as_str() == code
            && (finding.subject.as_deref() == Some(subject) || (finding.subject.is_none() && period))
    });
    Ok(match about {
        Some(finding) => exposure(true, finding.title.to_string()),
        None => exposure(false, all_findings(&findings)),
    })
}

fn all_findings(findings: &[kp_detect::trade::FindingRow]) -> String {
    let titles: Vec<String> =
        findings.iter().map(|row| format!("{} ({})", row.finding.title, row.finding.id)).collect();
    listed("finding", &titles)
}

/// Everything that is there, for somebody who expected something else.
fn listed(what: &str, all: &[String]) -> String {
    if all.is_empty() { format!("there is no {what}") } else { all.join("; ") }
}

pub(crate) fn no_finding(stage: &Stage, args: &Args) -> Result<Sight> {
    let mut findings = stage.node.db().read(kp_detect::trade::findings)?;
    if let Some(code) = maybe(args, "participant") {
        findings.retain(|row| row.finding.participant.as_str() == code);
    }
    Ok(sight(findings.is_empty(), all_findings(&findings)))
}

pub(crate) fn stream(stage: &Stage, args: &Args) -> Result<Sight> {
    let (detector, from, to) =
        (one(args, "detector")?, nth(args, "participant", 0)?, nth(args, "participant", 1)?);
    let analysis = stage.node.db().read(kp_node::stream::analysis)?;
    let about = analysis.findings.iter().find(|f| {
        let partner = f.partner.is_some_and(|partner| partner.as_str() == to);
        f.detector == detector && f.participant.as_str() == from && partner
    });
    Ok(match about {
        Some(finding) => exposure(true, finding.title.to_string()),
        None => exposure(false, seen_in_stream(&analysis)),
    })
}

pub(crate) fn no_stream(stage: &Stage, args: &Args) -> Result<Sight> {
    let detector = one(args, "detector")?;
    let analysis = stage.node.db().read(kp_node::stream::analysis)?;
    let none = analysis.findings.iter().all(|f| f.detector != detector);
    Ok(sight(none, seen_in_stream(&analysis)))
}

fn seen_in_stream(analysis: &kp_detect::stream::Analysis) -> String {
    let all: Vec<String> = analysis.findings.iter().map(|f| format!("{} ({})", f.title, f.id)).collect();
    listed("finding over the stream", &all)
}

pub(crate) fn case(stage: &Stage, args: &Args) -> Result<Sight> {
    let (cases, findings) = stage
        .node
        .db()
        .read(|tx| Ok::<_, anyhow::Error>((kp_cases::cases(tx)?, kp_detect::trade::findings(tx)?)))?;
    let is = |place: &str, there: &str| maybe(args, place).is_none_or(|expected| expected == there);
    let fits = |case: &&kp_cases::Case| {
        let detector = findings.iter().find(|row| row.finding.id == case.finding_id);
        is("case-state", &case.state)
            && is("participant", case.asked.as_str())
            && is("date", &case.answer_due.to_string())
            && is("detector", detector.map_or("", |row| &row.finding.detector))
            && is("level", case.level.word())
            && is("outcome", case.outcome.as_deref().unwrap_or_default())
            && is("case", &case.case_number)
    };
    Ok(match cases.iter().find(fits) {
        Some(case) => exposure(true, in_words(case)),
        None => exposure(false, listed("case", &cases.iter().map(in_words).collect::<Vec<_>>())),
    })
}

fn in_words(case: &kp_cases::Case) -> String {
    format!(
        "case {} ({}) is {}, asked {}, answer due {}, level {}, opened {}{}",
        case.case_number,
        case.title,
        case.state,
        case.asked,
        case.answer_due,
        case.level.word(),
        case.opened_on,
        case.outcome.as_ref().map_or(String::new(), |outcome| format!(", outcome {outcome}"))
    )
}

pub(crate) fn no_case(stage: &Stage, _args: &Args) -> Result<Sight> {
    let cases = stage.node.db().read(kp_cases::cases)?;
    Ok(sight(cases.is_empty(), listed("case", &cases.iter().map(in_words).collect::<Vec<_>>())))
}

pub(crate) fn step(stage: &Stage, args: &Args) -> Result<Sight> {
    let (wanted, day) = (one(args, "step")?, one(args, "date")?);
    let late = maybe(args, "timeliness");
    let steps = stage.node.db().read(|tx| kp_cases::steps_of_case(tx, one(args, "case")?))?;
    let timeliness = |step: &kp_cases::Step| if step.late { "late" } else { "in-time" };
    let holds = steps.iter().any(|step| {
        step.step == wanted && step.on.to_string() == day && late.is_none_or(|late| late == timeliness(step))
    });
    let all: Vec<String> = steps
        .iter()
        .map(|step| format!("{} on {} by {} ({})", step.step, step.on, step.by_whom, timeliness(step)))
        .collect();
    Ok(exposure(holds, listed("step of that case", &all)))
}

pub(crate) fn figure(stage: &Stage, args: &Args) -> Result<Sight> {
    let (code, half) = (one(args, "participant")?, one(args, "half")?);
    let day: Date = one(args, "date")?.parse()?;
    let evening = crate::clock::midnight(day.tomorrow()?)?.checked_sub(SignedDuration::from_secs(1))?;
    let rows = stage.node.db().read(|tx| kp_statistics::returns_as_known_on(tx, evening))?;
    let mine: Vec<Carats> = rows
        .iter()
        .filter(|row| row.participant.as_str() == code && row.half.to_string() == half)
        .map(|row| row.carats)
        .collect();
    if mine.is_empty() {
        return Ok(exposure(false, format!("nothing was declared of {half} by {code} on {day}")));
    }
    let sum = Carats::sum(mine).context("the rows of one half add up")?;
    let expected = slot::carats(one(args, "carats")?).context("carats were read")?;
    Ok(exposure(sum == expected, format!("on {day}, {half} of {code} was known as {} ct", sum.grouped())))
}

pub(crate) fn versions(stage: &Stage, args: &Args) -> Result<Sight> {
    let code: ParticipantCode = one(args, "participant")?.parse()?;
    let half = one(args, "half")?;
    let versions = stage.node.db().read(kp_statistics::restatements)?;
    let mine: Vec<String> = versions
        .iter()
        .filter(|version| version.participant == code && version.half.to_string() == half)
        .map(|version| format!("{} ct known since {}", version.carats.grouped(), version.recorded_at))
        .collect();
    let holds = mine.len().to_string() == one(args, "count")?;
    Ok(exposure(holds, format!("{half} of {code}, {} versions: {}", mine.len(), mine.join("; "))))
}

pub(crate) fn cell(stage: &Stage, args: &Args) -> Result<Sight> {
    let cells = stage.node.db().read(kp_statistics::cells)?;
    let Some(cell) = cell_of(&cells, args)? else {
        return Ok(sight(false, listed("cell", &cells.iter().map(cell_in_words).collect::<Vec<_>>())));
    };
    let value = maybe(args, "usd").map(|usd| slot::usd(usd).context("US dollars were read")).transpose()?;
    let holds = Some(cell.carats) == slot::carats(one(args, "carats")?)
        && value.is_none_or(|value| value == cell.value)
        && maybe(args, "count").is_none_or(|count| count == cell.shipments.to_string());
    Ok(sight(holds, cell_in_words(cell)))
}

pub(crate) fn no_cell(stage: &Stage, args: &Args) -> Result<Sight> {
    let cells = stage.node.db().read(kp_statistics::cells)?;
    let cell = cell_of(&cells, args)?;
    Ok(sight(cell.is_none(), cell.map_or("there is no such cell".into(), cell_in_words)))
}

/// The cell a line speaks of: whose, which way, with whom, when, which class.
fn cell_of<'a>(cells: &'a [kp_statistics::Cell], args: &Args) -> Result<Option<&'a kp_statistics::Cell>> {
    let (code, partner) = (nth(args, "participant", 0)?, nth(args, "participant", 1)?);
    let (flow, quarter, hs) = (one(args, "flow")?, one(args, "quarter")?, one(args, "hs")?);
    Ok(cells.iter().find(|cell| {
        cell.participant.as_str() == code
            && cell.flow == flow
            && cell.partner.as_str() == partner
            && cell.quarter.to_string() == quarter
            && cell.hs.code() == hs
    }))
}

fn cell_in_words(cell: &kp_statistics::Cell) -> String {
    format!(
        "{} {} {} {} {}: {} ct, US$ {}, {} shipments",
        cell.participant,
        cell.flow,
        cell.partner,
        cell.quarter,
        cell.hs.code(),
        cell.carats.grouped(),
        cell.value,
        cell.shipments
    )
}

pub(crate) fn certificates(stage: &Stage, args: &Args) -> Result<Sight> {
    let counts = stage.node.db().read(kp_statistics::certificate_counts)?;
    let (code, quarter, what) = (one(args, "participant")?, one(args, "quarter")?, one(args, "what")?);
    let count = counts
        .iter()
        .find(|c| c.participant.as_str() == code && c.quarter.to_string() == quarter && c.what == what)
        .map_or(0, |c| c.certificates);
    Ok(sight(count.to_string() == one(args, "count")?, format!("{count} {what} by {code} in {quarter}")))
}

pub(crate) fn statements(stage: &Stage, args: &Args) -> Result<Sight> {
    let node = stage.node.keys().signer.key.public().id();
    let entries = stage.node.db().read(|tx| match maybe(args, "subject") {
        Some(subject) => kp_log::entries_of_subject(tx, subject),
        None => kp_log::entries_after(tx, 0, u32::MAX),
    })?;
    let count = entries
        .iter()
        .filter(|entry| entry.key_id != node && entry.kind != kp_log::CREDENTIAL_SIGNED)
        .count();
    Ok(sight(count.to_string() == one(args, "count")?, format!("people signed {count} statements")))
}

pub(crate) fn verify_clean(stage: &Stage, _args: &Args) -> Result<Sight> {
    let faults = faults(stage)?;
    Ok(sight(faults.is_empty(), listed("fault", &faults)))
}

pub(crate) fn faults(stage: &Stage) -> Result<Vec<String>> {
    Ok(stage.node.verify_log()?.faults.iter().map(ToString::to_string).collect())
}

pub(crate) fn verify_names(stage: &Stage, args: &Args) -> Result<Sight> {
    let (log, entry): (&str, u64) = (one(args, "log")?, one(args, "entry")?.parse()?);
    let faults = stage.node.verify_log()?.faults;
    Ok(match faults.iter().find(|fault| fault.log_id == log && fault.entry_number == Some(entry)) {
        Some(fault) => exposure(true, fault.to_string()),
        None => exposure(false, listed("fault", &faults.iter().map(ToString::to_string).collect::<Vec<_>>())),
    })
}

pub(crate) fn rebuild_clean(stage: &Stage, _args: &Args) -> Result<Sight> {
    let differences = differences(stage)?;
    Ok(sight(differences.is_empty(), listed("difference", &differences)))
}

pub(crate) fn differences(stage: &Stage) -> Result<Vec<String>> {
    Ok(stage.node.rebuild_check()?.differences.iter().map(ToString::to_string).collect())
}

pub(crate) fn rebuild_names(stage: &Stage, args: &Args) -> Result<Sight> {
    let (table, row) = (one(args, "table")?, one(args, "row")?);
    let report = stage.node.rebuild_check()?;
    Ok(match report.differences.iter().find(|d| d.table == table && d.row == row) {
        Some(difference) => exposure(true, difference.to_string()),
        None => {
            let all: Vec<String> = report.differences.iter().map(ToString::to_string).collect();
            exposure(false, listed("difference", &all))
        }
    })
}
