//! How figures are put into words: ratios, amounts, lists. Rounded here and nowhere else, so that bytes are stable.

use kp_statistics::production::{ProductionType, RowPlace};
use kp_statistics::series::HalfFigure;
use kp_terms::{Carats, Half, Sentence, UsdCents, sentence};

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
pub(super) fn per_carat(unit_value: Option<UsdCents>) -> Sentence {
    match unit_value {
        Some(unit_value) => format!("{} US$/ct", unit_value.grouped()).into(),
        None => sentence!("found-no-unit-value", "no unit value"),
    }
}

/// `x 3.04` from whole numbers, rounded half up; `from nil` where there is nothing to compare with.
pub(super) fn times(after: i64, before: i64) -> Sentence {
    if before <= 0 {
        return sentence!("found-from-nil", "from nil");
    }
    let (a, b) = (i128::from(after.max(0)), i128::from(before));
    let hundredths = (a * 100 + b / 2) / b;
    if hundredths == 0 && a > 0 {
        let ten_thousandths = (a * 10_000 + b / 2) / b;
        return format!("x {}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000).into();
    }
    format!("x {}.{:02}", hundredths / 100, hundredths % 100).into()
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
            place: row_place(place),
            states: sentence!(
                "found-row-states",
                "{half} {kind}: {carats}, {value}",
                half = figure.half,
                kind = kind(row.production_type),
                carats = ct(row.carats),
                value = usd(row.value),
            ),
        })
        .collect();
    if figure.rows.len() > ROWS_SHOWN {
        shown.push(Evidence {
            place: sentence!(
                "found-more-rows",
                "and {count} more rows",
                count = figure.rows.len() - ROWS_SHOWN
            ),
            states: sentence!(
                "found-in-all",
                "{half} in all: {carats}, {value}",
                half = figure.half,
                carats = ct(figure.carats),
                value = usd(figure.value),
            ),
        });
    }
    shown
}

/// A row's place in its file: `kp_production_halfyear.csv, row 512`.
pub fn row_place(place: &RowPlace) -> Sentence {
    match &place.sheet {
        Some(sheet) => sentence!(
            "found-row-of-sheet",
            "{file}, sheet {sheet}, row {row}",
            file = place.file,
            sheet = sheet,
            row = place.row,
        ),
        None if place.is_submitted() => sentence!("found-row-submitted", "submitted by the participant"),
        None => sentence!("found-row-place", "{file}, row {row}", file = place.file, row = place.row),
    }
}

/// What kind of mining a row declares, as the public statistics write it.
pub(super) fn kind(of: ProductionType) -> Sentence {
    match of {
        ProductionType::Unlabelled => sentence!("found-kind-unlabelled", "Production"),
        labelled => labelled.label().into(),
    }
}

/// `18.00 US$/ct in 2008-H1`
pub(super) fn in_half(figure: impl Into<Sentence>, half: Half) -> Sentence {
    let figure: Sentence = figure.into();
    sentence!("found-in-half", "{figure} in {half}", figure = figure, half = half)
}

/// `a, b and c`
pub(super) fn list(items: &[Sentence]) -> Sentence {
    match items {
        [] => String::new().into(),
        [one] => one.clone(),
        [rest @ .., last] => {
            sentence!(
                "found-and",
                "{rest} and {last}",
                rest = Sentence::row(rest.iter().cloned(), ", "),
                last = last
            )
        }
    }
}

/// At most `most` of the items, then how many more.
pub(super) fn short_list(items: &[Sentence], most: usize) -> Sentence {
    if items.len() <= most {
        return list(items);
    }
    sentence!(
        "found-and-more",
        "{rest} and {count} more",
        rest = Sentence::row(items.iter().take(most).cloned(), ", "),
        count = items.len() - most,
    )
}

/// `10,000 ct a half`
pub(super) fn a_half(carats: Carats) -> Sentence {
    sentence!("found-a-half", "{carats} a half", carats = ct(carats))
}

/// `x 2.00 or more`
pub(super) fn or_more(limit: f64) -> Sentence {
    sentence!("found-or-more", "{limit} or more", limit = factor(limit))
}

/// `x 0.50 or less`
pub(super) fn or_less(limit: f64) -> Sentence {
    sentence!("found-or-less", "{limit} or less", limit = factor(limit))
}

/// What several detectors call the volume below which they are silent.
pub(super) fn smallest_volume() -> Sentence {
    sentence!("found-smallest", "smallest volume looked at")
}

/// From how many halves on a habit is asked about.
pub(super) fn habit_from() -> Sentence {
    sentence!("found-habit-from", "halves from which the habit is asked about")
}

/// `unit value, 2008-H1`
pub(super) fn unit_value_of(half: Half) -> Sentence {
    sentence!("found-unit-value-of", "unit value, {half}", half = half)
}
