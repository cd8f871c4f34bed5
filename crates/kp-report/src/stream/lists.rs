//! `cases.csv`, `findings.csv` and `findings.json`: the lists for a spreadsheet and for other programs.
//!
//! They hold nothing of the files but their rows, so that an outsider who has the rows in another order can compare bytes.

use std::collections::BTreeMap;

use kp_detect::stream::{Analysis, Finding, VERSION};
use serde::Serialize;

use super::{carats, chance, level, money, of_case, said, thousandths};
use crate::report::table_text::{csv_text, plain};

const CASES: [&str; 13] = [
    "place",
    "id",
    "participants",
    "level",
    "asked",
    "quarter",
    "since",
    "value_at_stake_usd",
    "certainty",
    "size",
    "severity",
    "priority",
    "findings",
];

pub(super) fn cases_csv(analysis: &Analysis, by_id: &BTreeMap<&str, &Finding>) -> String {
    let rows = analysis.cases.iter().map(|case| {
        let factors = &case.factors;
        vec![
            case.place.to_string(),
            plain(&case.id),
            case.participants.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            level(case.level).to_owned(),
            if case.asked { "asked" } else { "below the cut" }.to_owned(),
            case.quarter.clone(),
            case.since.clone(),
            money(case.value_at_stake).replace(',', ""),
            thousandths(factors.certainty_thousandths),
            thousandths(factors.size_thousandths),
            factors.severity.to_string(),
            thousandths(factors.priority_thousandths),
            plain(&of_case(case, by_id).iter().map(|f| f.title.clone()).collect::<Vec<_>>().join(" | ")),
        ]
    });
    csv_text(&CASES, rows)
}

const FINDINGS: [&str; 18] = [
    "case",
    "id",
    "detector",
    "level",
    "participant",
    "partner",
    "firm",
    "from",
    "to",
    "since",
    "title",
    "question",
    "carats_at_stake",
    "value_at_stake_usd",
    "chance",
    "arithmetic",
    "counter_checks",
    "rows",
];

pub(super) fn findings_csv(analysis: &Analysis, by_id: &BTreeMap<&str, &Finding>) -> String {
    let rows =
        analysis.cases.iter().flat_map(|case| of_case(case, by_id).into_iter().map(|f| row(case.place, f)));
    csv_text(&FINDINGS, rows)
}

fn row(place: usize, f: &Finding) -> Vec<String> {
    let arithmetic = f.arithmetic.iter().map(|a| format!("{}: {} = {}", a.label, a.expression, a.result));
    let checks = f.counter_checks.iter().map(|c| format!("{}: {} ({})", c.explanation, c.result, said(c)));
    let ids = |kind: &str, ids: &[i64]| ids.iter().map(|id| format!("{kind} {id}")).collect::<Vec<_>>();
    let mut rows = ids("cert", &f.certificates);
    rows.extend(ids("conf", &f.confirmations));
    let list = |items: Vec<String>| plain(&items.join(" | "));
    vec![
        place.to_string(),
        plain(&f.id),
        f.detector.clone(),
        level(f.level).to_owned(),
        f.participant.to_string(),
        f.partner.map(|p| p.to_string()).unwrap_or_default(),
        f.firm.map(|firm| firm.to_string()).unwrap_or_default(),
        f.from.clone(),
        f.to.clone(),
        f.since.clone(),
        plain(&f.title),
        plain(&f.question),
        carats(f.carats_at_stake).replace(',', ""),
        money(f.value_at_stake).replace(',', ""),
        chance(f),
        list(arithmetic.collect()),
        list(checks.collect()),
        list(rows),
    ]
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    program: &'a str,
    thresholds_version: &'static str,
    thresholds_set_by: &'static str,
    #[serde(flatten)]
    analysis: &'a Analysis,
}

pub(super) fn findings_json(analysis: &Analysis, program: &str) -> String {
    let document = Document {
        format: "kpcs-stream-findings/1",
        program,
        thresholds_version: VERSION,
        thresholds_set_by: "ours; the scheme's Working Group on Statistics has published none",
        analysis,
    };
    let mut text = serde_json::to_string_pretty(&document)
        .expect("because it holds only texts, whole numbers and lists of them");
    text.push('\n');
    text
}
