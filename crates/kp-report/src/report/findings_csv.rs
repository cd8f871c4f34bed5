//! `findings.csv`: one line per finding, in the order of the list, for a spreadsheet.
//!
//! Columns: `place` in the list; `id`, stable; `detector`; `severity`; `participant_code`; `participant_name`;
//! `subject` (empty for series); `periods`, the one asked about first; `title`; `question`; `carats_at_stake` and
//! `value_at_stake_usd`, two decimals; `beyond_yardstick`, 1.00 is the yardstick; `independent_signals`;
//! `same_participant_above`; `order`, the product that the list is sorted by; then lists with ` | ` between their items:
//! `arithmetic`, `thresholds`, `innocent_explanations`, `answer_must_contain`, `supporting`, `evidence`.

use kp_detect::finding::Finding;

use super::table_text::{csv_text, plain};

const COLUMNS: [&str; 22] = [
    "place",
    "id",
    "detector",
    "severity",
    "participant_code",
    "participant_name",
    "subject",
    "periods",
    "title",
    "question",
    "carats_at_stake",
    "value_at_stake_usd",
    "beyond_yardstick",
    "independent_signals",
    "same_participant_above",
    "order",
    "arithmetic",
    "thresholds",
    "innocent_explanations",
    "answer_must_contain",
    "supporting",
    "evidence",
];

pub(super) fn findings_csv(findings: &[Finding]) -> String {
    csv_text(&COLUMNS, findings.iter().enumerate().map(|(at, finding)| row(at + 1, finding)))
}

fn row(place: usize, f: &Finding) -> Vec<String> {
    vec![
        place.to_string(),
        plain(&f.id),
        plain(&f.detector),
        f.rank.severity.as_str().to_owned(),
        f.participant.to_string(),
        plain(&f.participant_name),
        plain(f.subject.as_deref().unwrap_or_default()),
        list(f.periods.iter().map(ToString::to_string)),
        plain(&f.title),
        plain(&f.question),
        f.rank.carats_at_stake.to_string(),
        f.rank.value_at_stake.to_string(),
        decimals(f.rank.beyond_hundredths, 2),
        f.rank.corroboration.to_string(),
        f.rank.same_participant_above.to_string(),
        decimals(f.rank.order_thousandths, 3),
        list(f.arithmetic.iter().map(|a| format!("{}: {} = {}", a.label, a.expression, a.result))),
        list(f.thresholds.iter().map(|t| format!("{}: {} ({})", t.name, t.value, t.set_by))),
        list(f.innocent_explanations.iter().map(ToString::to_string)),
        list(f.answer_must_contain.iter().map(ToString::to_string)),
        list(f.supporting.iter().map(|s| s.title.to_string())),
        list(f.evidence.iter().map(|e| format!("{}: {}", e.place, e.states))),
    ]
}

fn list(items: impl Iterator<Item = String>) -> String {
    plain(&items.collect::<Vec<_>>().join(" | "))
}

/// A figure kept in whole parts, written with its decimals: `2.00`.
pub(super) fn decimals(parts: i64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let sign = if parts < 0 { "-" } else { "" };
    let (whole, rest) = (parts.unsigned_abs() / unit, parts.unsigned_abs() % unit);
    format!("{sign}{whole}.{rest:0width$}", width = places as usize)
}
