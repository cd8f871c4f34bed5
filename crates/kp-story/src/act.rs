//! Acts on certificates, returns and cases: a line's values become the act's fields, nothing more.
//!
//! Decides nothing: the node does the act or refuses it. Where a line names nobody, the usual officer of the participant
//! signs.

use anyhow::Context;
use kp_terms::{CertificateNumber, Fields};

use crate::{
    form::Args,
    set_up::usual,
    slot,
    stage::{Stage, Stop, fields, maybe, nth, one},
};

/// The customs class where a line names none: unsorted rough, the most common one.
const USUAL_CLASS: &str = "7102.31";

pub(crate) fn apply(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let reference = one(args, "reference")?.to_owned();
    let exporter = one(args, "exporter")?;
    stage.act("apply_for_certificate", &usual(exporter, "clerk"), application(args, &reference)?)
}

pub(crate) fn application(args: &Args, reference: &str) -> Result<Fields, Stop> {
    let exporter = one(args, "exporter")?;
    let carats = slot::carats(one(args, "carats")?).context("carats were read")?;
    let usd = slot::usd(one(args, "usd")?).context("US dollars were read")?;
    let first = format!("{} {carats} {usd}", maybe(args, "hs").unwrap_or(USUAL_CLASS));
    let mut fields = fields(&[
        ("participant", exporter),
        ("application", reference),
        ("licence_number", maybe(args, "licence").unwrap_or(&format!("{exporter}-EXP-1"))),
        ("importer", "Harbour Gems"),
        ("importer_address", "5 Quay Street, Port Sample"),
        ("destination", one(args, "destination")?),
        ("origin", maybe(args, "origin").unwrap_or(exporter)),
        ("parcels", maybe(args, "count").unwrap_or("1")),
        ("declared_by", "M. Exporter"),
    ]);
    let lines = std::iter::once(first).chain(args.get("line").into_iter().flatten().cloned());
    fields.insert("lines".into(), lines.collect());
    if let Some(parcels) = args.get("parcel") {
        fields.insert("from_parcels".into(), parcels.clone());
    }
    for (name, place) in [("replaces", "replaced"), ("transit_purpose", "text"), ("containers", "containers")]
    {
        if let Some(value) = maybe(args, place) {
            fields.insert(name.into(), vec![value.to_owned()]);
        }
    }
    if let Some(sources) = args.get("source") {
        fields.insert("sources".into(), sources.clone());
    }
    if let (Some(purpose), Some(file)) = (maybe(args, "purpose"), maybe(args, "file")) {
        let technical = [
            ("certificate_kind", "technical"),
            ("purpose", purpose),
            ("file_reference", file),
            ("exporter", "Customs store"),
            ("exporter_address", "1 Customs Road, Port Sample"),
        ];
        fields.extend(technical.map(|(name, value)| (name.to_owned(), vec![value.to_owned()])));
    }
    Ok(fields)
}

pub(crate) fn draft(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (number, reference) = (one(args, "number")?, one(args, "reference")?);
    let clerk = usual(code_of(reference), "clerk");
    stage.act("draft_certificate", &clerk, fields(&[("application", reference), ("number", number)]))
}

pub(crate) fn issue(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    let mut issued = fields(&[("number", number)]);
    if let Some(expires) = maybe(args, "date") {
        issued.insert("expires_on".into(), vec![expires.to_owned()]);
    }
    stage.act("issue_certificate", &of_issuer(number, "approver"), issued)
}

/// Apply, draft, issue, seal and validate: clerk, clerk, approver, customs.
pub(crate) fn issue_at_once(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (number, exporter) = (one(args, "number")?, one(args, "exporter")?);
    stage.applications += 1;
    // S for story: its own applications do not collide with those a story names.
    let reference = format!("{exporter}-A-S{}", stage.applications);
    let clerk = usual(exporter, "clerk");
    let applied = application(args, &reference)?;
    let weighed = total(&applied)?;
    stage.act("apply_for_certificate", &clerk, applied)?;
    stage.act("draft_certificate", &clerk, fields(&[("application", &reference), ("number", number)]))?;
    stage.act("issue_certificate", &usual(exporter, "approver"), fields(&[("number", number)]))?;
    let seals = match args.get("seal") {
        Some(seals) => seals.clone(),
        None => vec![format!("S-{number}")],
    };
    seal(stage, &usual(exporter, "customs"), number, &weighed, seals)
}

/// Carats of all lines of an application, as they are weighed.
fn total(application: &Fields) -> Result<String, Stop> {
    let lines = application.get("lines").into_iter().flatten();
    let lines: Vec<kp_trade::Line> = lines
        .map(|line| line.parse())
        .collect::<Result<_, kp_terms::ReadError>>()
        .map_err(anyhow::Error::from)?;
    Ok(kp_trade::Line::total_carats(&lines).context("the lines add up")?.to_string())
}

pub(crate) fn validate(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    let seals = args.get("seal").cloned().unwrap_or_default();
    seal(stage, &of_issuer(number, "customs"), number, one(args, "carats")?, seals)
}

fn seal(stage: &mut Stage, by: &str, number: &str, weighed: &str, seals: Vec<String>) -> Result<(), Stop> {
    let mut validated = fields(&[("number", number), ("carats_weighed", weighed)]);
    validated.insert("seals".into(), seals);
    stage.act("validate_certificate", by, validated)
}

pub(crate) fn depart(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    let mut departed = fields(&[("number", number)]);
    if let Some(day) = maybe(args, "date") {
        departed.insert("departed_on".into(), vec![day.to_owned()]);
    }
    stage.act("depart_shipment", &of_issuer(number, "customs"), departed)
}

pub(crate) fn advise(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (number, importer) = (one(args, "number")?, one(args, "importer")?);
    let carats = slot::carats(one(args, "carats")?).context("carats were read")?;
    let usd = slot::usd(one(args, "usd")?).context("US dollars were read")?;
    let line = format!("{} {carats} {usd}", maybe(args, "hs").unwrap_or("7102.31"));
    let issuer = number.parse::<CertificateNumber>().map_err(anyhow::Error::from)?.prefix().to_string();
    let mut advised = fields(&[
        ("number", number),
        ("at", importer),
        ("issued_on", one(args, "date")?),
        ("exporter", "River Stones Ltd"),
        ("importer", "Harbour Gems BV"),
        ("origin", &issuer),
        ("lines", &line),
        ("parcels", maybe(args, "count").unwrap_or("1")),
        ("came_by", "message"),
        ("sent_by", "its export desk"),
    ]);
    if let Some(day) = maybe(args, "from") {
        advised.insert("departed_on".into(), vec![day.to_owned()]);
    }
    if let Some(seals) = args.get("seal") {
        advised.insert("seals".into(), seals.clone());
    }
    stage.act("record_pre_advice", &usual(importer, "importer"), advised)
}

pub(crate) fn arrive(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let importer = one(args, "importer")?;
    let intact = if maybe(args, "seals") == Some("broken") { "no" } else { "yes" };
    let mut arrived = fields(&[
        ("number", one(args, "number")?),
        ("at", importer),
        ("carats_received", one(args, "carats")?),
        ("seals_intact", intact),
    ]);
    if let Some(day) = maybe(args, "date") {
        arrived.insert("arrived_on".into(), vec![day.to_owned()]);
    }
    for (name, place) in [
        ("lines", "line"),
        ("parcels", "count"),
        ("container", "container"),
        ("seals", "seal"),
        ("importer", "text"),
    ] {
        if let Some(values) = args.get(place) {
            arrived.insert(name.into(), values.clone());
        }
    }
    stage.act("record_arrival", &usual(importer, "importer"), arrived)
}

pub(crate) fn confirm(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let importer = one(args, "importer")?;
    let confirmed = fields(&[("number", one(args, "number")?), ("at", importer)]);
    stage.act("confirm_receipt", &usual(importer, "importer"), confirmed)
}

pub(crate) fn difference(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let importer = one(args, "importer")?;
    let reported =
        fields(&[("number", one(args, "number")?), ("at", importer), ("explanation", one(args, "text")?)]);
    stage.act("report_difference", &usual(importer, "importer"), reported)
}

pub(crate) fn nil_return(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    submit(stage, args, "nil".to_owned(), None)
}

pub(crate) fn production_return(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let line = production_line(args, maybe(args, "mining").unwrap_or("production"))?;
    submit(stage, args, line, None)
}

pub(crate) fn restate(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let line = production_line(args, "production")?;
    submit(stage, args, line, Some(one(args, "text")?.to_owned()))
}

fn production_line(args: &Args, kind: &str) -> Result<String, Stop> {
    let carats = slot::carats(one(args, "carats")?).context("carats were read")?;
    let usd = slot::usd(one(args, "usd")?).context("US dollars were read")?;
    Ok(format!("{kind} {carats} {usd}"))
}

fn submit(stage: &mut Stage, args: &Args, line: String, reason: Option<String>) -> Result<(), Stop> {
    let code = one(args, "participant")?;
    let mut submitted = fields(&[("participant", code), ("half", one(args, "half")?), ("lines", &line)]);
    if let Some(reason) = reason {
        submitted.insert("reason".into(), vec![reason]);
    }
    stage.act("submit_return", &usual(code, "focal"), submitted)
}

pub(crate) fn open_case(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let text = args.get("text").map(Vec::as_slice).unwrap_or_default();
    let [title, question] = text else {
        return Err(anyhow::anyhow!("the form has two texts").into());
    };
    let mut opened =
        fields(&[("asked", one(args, "participant")?), ("title", title), ("question", question)]);
    add_due_date(&mut opened, args);
    stage.act("open_case", "scheme-statistics", opened)
}

pub(crate) fn ageing(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let mut set = fields(&[("decision", one(args, "decision")?)]);
    for (at, step) in ["query_after", "owed_after", "visible_after", "public_after"].into_iter().enumerate() {
        set.insert(step.into(), vec![nth(args, "count", at)?.to_owned()]);
    }
    stage.act("set_ageing", "scheme-statistics", set)
}

pub(crate) fn ask(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let mut asked = fields(&[("case_number", one(args, "case")?), ("question", one(args, "text")?)]);
    add_due_date(&mut asked, args);
    stage.act("ask_question", "scheme-statistics", asked)
}

fn add_due_date(fields: &mut Fields, args: &Args) {
    if let Some(day) = maybe(args, "date") {
        fields.insert("answer_due".into(), vec![day.to_owned()]);
    }
}

pub(crate) fn answer(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "case")?;
    let case = stage.node.db().read(|tx| kp_cases::case_by_number(tx, number))?;
    let focal = match case {
        Some(case) => usual(case.asked.as_str(), "focal"),
        // Nobody was asked; whoever tries is refused, because there is no such case.
        None => "scheme-statistics".to_owned(),
    };
    stage.act("answer_case", &focal, fields(&[("case_number", number), ("answer", one(args, "text")?)]))
}

pub(crate) fn close(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let closed = fields(&[
        ("case_number", one(args, "case")?),
        ("outcome", one(args, "outcome")?),
        ("reason", one(args, "text")?),
    ]);
    stage.act("close_case", "scheme-statistics", closed)
}

/// The usual officer of the participant whose prefix a number carries.
pub(crate) fn of_issuer(number: &str, who: &str) -> String {
    let prefix = number.parse::<CertificateNumber>().map(|number| number.prefix().to_string());
    usual(prefix.as_deref().unwrap_or(number), who)
}

/// The participant a reference begins with.
pub(crate) fn code_of(reference: &str) -> &str {
    reference.split_once('-').map_or(reference, |(code, _)| code)
}
