//! How figures are put into words: ratios, amounts, lists. Rounded here and nowhere else, so that bytes are stable.

use kp_statistics::series::HalfFigure;
use kp_terms::{Carats, UsdCents};

use crate::finding::Evidence;

/// Rows of one half shown as evidence; the rest is counted.
const ROWS_SHOWN: usize = 8;

/// `1,018,722.90 ct`
pub(super) fn ct(carats: Carats) -> String {
    format!("{} ct", carats.grouped())
}

/// `US$ 53,698,455.99`
pub(super) fn usd(value: UsdCents) -> String {
    format!("US$ {}", value.grouped())
}

/// `18.00 US$/ct`, or that there is none.
pub(super) fn per_carat(unit_value: Option<UsdCents>) -> String {
    unit_value.map_or_else(|| "no unit value".to_owned(), |u| format!("{} US$/ct", u.grouped()))
}

/// `x 3.04` from whole numbers, rounded half up; `from nil` where there is nothing to compare with.
pub(super) fn times(after: i64, before: i64) -> String {
    if before <= 0 {
        return "from nil".to_owned();
    }
    let (a, b) = (i128::from(after.max(0)), i128::from(before));
    let hundredths = (a * 100 + b / 2) / b;
    if hundredths == 0 && a > 0 {
        let ten_thousandths = (a * 10_000 + b / 2) / b;
        return format!("x {}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000);
    }
    format!("x {}.{:02}", hundredths / 100, hundredths % 100)
}

/// `x 0.97` from a logarithm, rounded to two decimals.
pub(super) fn times_log(log: f64) -> String {
    factor(libm::exp(log)).to_string()
}

/// `x 2` or `x 1.5`.
pub(super) fn factor(factor: f64) -> String {
    let hundredths = to_hundredths(factor);
    format!("x {}.{:02}", hundredths / 100, hundredths % 100)
}

/// Rounded to whole hundredths, held within what an i64 takes.
#[expect(clippy::cast_possible_truncation, reason = "clamped on the line before")]
pub(super) fn to_hundredths(number: f64) -> i64 {
    let clamped = libm::fmin(libm::fmax(number * 100.0, -9.0e15), 9.0e15);
    libm::round(clamped) as i64
}

/// A figure as a float, for logarithms only; exact up to 2^53 hundredths (90 million million carats).
#[expect(clippy::cast_precision_loss, reason = "only logarithms of ratios are taken of it")]
pub(super) fn float(whole: i64) -> f64 {
    whole as f64
}

/// The rows of one half, each with what it declares.
pub(super) fn evidence(figure: &HalfFigure) -> Vec<Evidence> {
    let mut shown: Vec<Evidence> = figure
        .rows
        .iter()
        .zip(&figure.declared)
        .take(ROWS_SHOWN)
        .map(|(place, row)| Evidence {
            place: place.to_string(),
            states: format!(
                "{} {}: {}, {}",
                figure.half,
                row.production_type.label(),
                ct(row.carats),
                usd(row.value)
            ),
        })
        .collect();
    if figure.rows.len() > ROWS_SHOWN {
        shown.push(Evidence {
            place: format!("and {} more rows", figure.rows.len() - ROWS_SHOWN),
            states: format!("{} in all: {}, {}", figure.half, ct(figure.carats), usd(figure.value)),
        });
    }
    shown
}

/// `a, b and c`
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// At most `most` of the items, then how many more.
pub(super) fn short_list(items: &[String], most: usize) -> String {
    if items.len() <= most {
        return list(items);
    }
    format!("{} and {} more", items.get(..most).unwrap_or_default().join(", "), items.len() - most)
}
