//! Numbers and paper: ranges allotted to offices, blanks through their life, the national rule that asks for them.
//!
//! Decides nothing: the node does the act or refuses it. A story that moves blanks names two storekeepers, `xa-store` and
//! `xa-keeper`: the first does most things, the second accepts and witnesses.

use kp_terms::Fields;

use crate::{
    form::Args,
    set_up::usual,
    stage::{Stage, Stop, fields, maybe, one},
};

/// Steps of blank paper as stories write them, with the act and who usually does it.
pub(crate) const BLANK_STEPS: [(&str, &str, &str); 9] = [
    ("printed", "record_blanks_printed", "store"),
    ("received", "receive_blanks", "store"),
    ("handed-over", "hand_over_blanks", "store"),
    ("accepted", "accept_blanks", "keeper"),
    ("spoiled", "report_blanks_spoiled", "store"),
    ("lost", "report_blanks_lost", "store"),
    ("stolen", "report_blanks_lost", "store"),
    ("condemned", "condemn_blanks", "store"),
    ("destroyed", "destroy_blanks", "keeper"),
];

/// The participant whose prefix the numbers carry.
fn code_of(numbers: &str) -> &str {
    numbers.get(..2).unwrap_or(numbers)
}

pub(crate) fn blanks(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (numbers, step) = (one(args, "numbers")?, one(args, "blank-step")?);
    let found = BLANK_STEPS.into_iter().find(|(word, _, _)| *word == step);
    let (_, act, who) = found.ok_or_else(|| anyhow::anyhow!("{step} was read as a step of blanks"))?;
    let mut typed = fields(&[("numbers", numbers)]);
    let because = maybe(args, "text").unwrap_or("invented for this story");
    let more: &[(&str, &str)] = match step {
        "printed" => &[("printer", "Sample Security Printers"), ("form_version", "2026-1")],
        "handed-over" => &[("to", maybe(args, "custodian").unwrap_or("capital"))],
        "spoiled" | "condemned" => &[("reason", because)],
        "lost" | "stolen" => &[("how", step), ("circumstances", because)],
        "destroyed" => &[("how", "shredded")],
        _ => &[],
    };
    typed.extend(fields(more));
    stage.act(act, &usual(code_of(numbers), who), typed)
}

pub(crate) fn count(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let code = one(args, "participant")?;
    let mut counted: Fields = fields(&[("participant", code)]);
    if let Some(found) = args.get("numbers") {
        counted.insert("found".into(), found.clone());
    }
    stage.act("count_blanks", &usual(code, "store"), counted)
}

pub(crate) fn allot(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    range(stage, args, "allot_range", &[])
}

pub(crate) fn withdraw(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    range(stage, args, "withdraw_range", &[("reason", "invented for this story")])
}

fn range(stage: &mut Stage, args: &Args, act: &str, more: &[(&str, &str)]) -> Result<(), Stop> {
    let (numbers, office) = (one(args, "numbers")?, one(args, "custodian")?);
    let code = code_of(numbers);
    let mut typed = fields(&[("participant", code), ("office", office), ("numbers", numbers)]);
    typed.extend(fields(more));
    stage.act(act, &usual(code, "admin"), typed)
}
