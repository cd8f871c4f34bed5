//! firm_unit_value_shift: one firm's price per carat moved away from its own usual price for some quarters.
//!
//! Question: what changed in this firm's goods or in how they were valued?
//! Formula: residuals of the logarithm of price against class, half-year and source, the firm itself left out; the mean of
//! a window of 2, 3, 4, 6 or 8 quarters against the firm's other quarters: z = (m_w - m_b) / (s sqrt(1/n_w + 1/n_b)).
//! Minimum data: 4 certificates of the firm in the window, 6 outside, 12 in all.
//! Thresholds (ours): chance of the best window below 10^-8.5, which pays for every firm and window; a shift of at least a
//! fifth; spread of at least 0.3; residuals held within e^2.2, so that one stone does not carry the mean.
//! Innocent explanations: better goods of a new supplier; single big stones; another mix of classes; a price cycle;
//! sorting that is permanent.
//! Counter-checks: does the shift last to the end of the record (a firm that sorts, or new goods); are the parcels of
//! another size (other goods); did the importers' values agree; is it within one class.
//! An answer must contain: suppliers and lots of the window; invoices; the valuer's reports; why the price came back.
//! Evidence: the certificates of the window.
//! Source: needs L15 and L16; FATF 2013 on over- and undervaluation; detectors D09.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{last_day, span_text, year_of};
use super::super::chance::contrast::{Sums, means};
use super::super::chance::normal::{surprise, upper_tail};
use super::super::context::Context;
use super::super::rows::Code;
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Level, Looked, Outcome, Signal};
use super::super::table::place;
use super::super::words::{chance, ct, decimal, float, hundredths, per_carat, rounded, times, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("firm_unit_value_shift.rs")));

const WIDTHS: [i32; 5] = [2, 3, 4, 6, 8];
const IN_ALL: i64 = 12;
/// A shift of less than a fifth is no question, however sure.
const LEAST: f64 = 0.18;

/// The best window of one firm.
#[derive(Debug, Clone, Copy)]
struct Best {
    first: i32,
    last: i32,
    window: Sums,
    base: Sums,
    p: f64,
    z: f64,
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let mut firms: BTreeMap<(Code, i64), Vec<u32>> = BTreeMap::new();
    for (at, c) in context.stream.certificates.iter().enumerate().filter(|(_, c)| c.exporter_firm != 0) {
        firms.entry((c.exporter, c.exporter_firm)).or_default().push(place(at));
    }
    for ((exporter, firm), rows) in firms {
        if let Some(best) = best_window(context, &rows, &mut looked)
            && surprise(best.p) >= parts(context.settings.shift_chance, 100)
        {
            looked.signals.push(signal(context, exporter, firm, &rows, &best));
        }
    }
    looked
}

fn best_window(context: &Context<'_>, rows: &[u32], looked: &mut Looked) -> Option<Best> {
    let mut quarters: BTreeMap<i32, Sums> = BTreeMap::new();
    for at in rows {
        if let Some(residual) = context.prices.of_firm[*at as usize] {
            quarters.entry(context.stream.certificate(*at).quarter).or_default().add(residual);
        }
    }
    let all = quarters.values().copied().fold(Sums::default(), Sums::plus);
    if all.n < IN_ALL {
        return None;
    }
    let floor = parts(context.settings.shift_floor, 10_000);
    let mut best: Option<Best> = None;
    for first in quarters.keys() {
        for width in WIDTHS {
            let last = first + width - 1;
            let window =
                quarters.range(*first..=last).map(|(_, sums)| *sums).fold(Sums::default(), Sums::plus);
            let base = all.less(window);
            if window.n < context.settings.shift_in_least || base.n < context.settings.shift_out_least {
                continue;
            }
            looked.count(year_of(*first));
            let Some(z) = means(window, base, floor) else { continue };
            let p = 2.0 * upper_tail(libm::fabs(z));
            let far = libm::fabs(window.mean() - base.mean()) >= LEAST;
            if far && best.is_none_or(|b| p < b.p) {
                best = Some(Best { first: *first, last, window, base, p, z });
            }
        }
    }
    best
}

fn signal(context: &Context<'_>, exporter: Code, firm: i64, rows: &[u32], best: &Best) -> Signal {
    let last = best.last.min(super::super::calendar::quarter_of(context.stream.watermark));
    let mut signal = Signal::about(exporter, None, (best.first, last), last_day(last));
    signal.firm = Some(firm);
    signal.p = Some(best.p);
    let inside = |at: &&u32| (best.first..=last).contains(&context.stream.certificate(**at).quarter);
    signal.certificates = rows.iter().filter(inside).copied().collect();
    let outside: Vec<u32> = rows.iter().filter(|at| !inside(at)).copied().collect();
    let shift = best.window.mean() - best.base.mean();
    let ((carats, value), (carats_out, value_out)) =
        (context.totals(&signal.certificates), context.totals(&outside));
    signal.carats = carats;
    signal.value = rounded(libm::fabs(float(value) * (1.0 - libm::exp(-shift))));
    let when = span_text(best.first, last);
    signal.title = format!(
        "{exporter}, firm {firm}, {when}: prices {} their own usual ones for such goods, on {} certificates",
        times(shift),
        best.window.n
    );
    signal.question =
        format!("What changed in the goods of firm {firm} in {when}, or in how they were valued?");
    signal.arithmetic = vec![
        ArithmeticLine::new(
            "US$ a carat, in the window and outside",
            format!(
                "{} ({}) ; {} ({})",
                per_carat(value, carats),
                best.window.n,
                per_carat(value_out, carats_out),
                best.base.n
            ),
            times(shift),
        ),
        ArithmeticLine::new(
            "mean of residuals",
            format!("{} - {}", decimal(best.window.mean()), decimal(best.base.mean())),
            decimal(shift),
        ),
        ArithmeticLine::new("contrast", format!("z = {}", decimal(best.z)), chance(best.p)),
        ArithmeticLine::new(
            "value above or below normal",
            format!("|{} (1 - 1 / {})|", usd(value), times(shift)),
            usd(signal.value),
        ),
    ];
    signal.thresholds = vec![
        Threshold::ours(
            "chance of the best window below",
            format!("10^-{}", hundredths(context.settings.shift_chance)),
        ),
        Threshold::ours("shift, at least", times(LEAST)),
    ];
    signal.counter_checks = checks(context, &outside, &signal.certificates, last);
    if signal.counter_checks[0].outcome == Outcome::Explains {
        signal.at_most = Level::Watch;
    }
    signal
}

fn checks(context: &Context<'_>, outside: &[u32], inside: &[u32], last: i32) -> Vec<CounterCheck> {
    let after = outside.iter().filter(|at| context.stream.certificate(**at).quarter > last).count();
    let before = outside.len() - after;
    let mean = |rows: &[u32]| {
        let (carats, _) = context.totals(rows);
        carats / i64::try_from(rows.len().max(1)).unwrap_or(1)
    };
    let (size_in, size_out) = (mean(inside), mean(outside));
    let larger = float(size_in.max(1)) / float(size_out.max(1));
    let mut differing = (0_i64, 0_i64);
    for at in inside {
        if let Some(answer) = context.matched.answered_by[*at as usize] {
            let (certified, received) =
                (context.stream.certificate(*at).value, context.stream.confirmation(answer).value);
            differing.1 += 1;
            differing.0 += i64::from((certified - received).abs() * 20 > certified);
        }
    }
    vec![
        CounterCheck::holds(
            "new goods or sorting that is permanent",
            format!("{before} certificates of the firm stand before the window and {after} after it"),
            after == 0 && before > 0,
        ),
        CounterCheck::new(
            "other goods, seen by their size",
            format!("{} a certificate in the window, {} outside", ct(size_in), ct(size_out)),
            if (0.5..=2.0).contains(&larger) { Outcome::DoesNotExplain } else { Outcome::NotKnown },
        ),
        CounterCheck::new(
            "the importers valued them so too",
            format!("{} of {} receipts differ by more than 5 %", differing.0, differing.1),
            Outcome::NotKnown,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    fn dearer(firms: &[i64]) -> Small {
        let mut small = Small::steady(&["A1", "B2", "C3"], 2008..=2012, 10);
        for row in small.certificates().iter_mut() {
            let inside = (day("2010-01-01")..day("2010-10-01")).contains(&row.issued);
            if inside && row.exporter.as_str() == "A1" && firms.contains(&row.exporter_firm) {
                row.value *= 3;
            }
        }
        small
    }

    #[test]
    fn fires_on_one_firm_and_is_silent_where_all_firms_of_the_source_moved() {
        let found = dearer(&[2]).found("firm_unit_value_shift");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("firm_unit_value_shift:A1-firm2:20"), "{found:?}");
        let all = dearer(&[1, 2, 3, 4]).found("firm_unit_value_shift");
        assert!(all.len() < 4, "the source's half-year takes most of it: {all:?}");
        assert_eq!(dearer(&[]).found("firm_unit_value_shift"), [""; 0]);
    }
}
