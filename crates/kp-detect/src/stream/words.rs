//! Figures as a person reads them.

use kp_terms::{Carats, UsdCents};

pub(crate) fn ct(hundredths: i64) -> String {
    format!("{} ct", Carats::from_hundredths(hundredths).grouped())
}

pub(crate) fn usd(cents: i64) -> String {
    format!("US$ {}", UsdCents::from_cents(cents).grouped())
}

/// `2.50` from hundredths.
pub(crate) fn hundredths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", value.unsigned_abs() / 100, value.unsigned_abs() % 100)
}

/// Rounded to whole hundredths and written with two decimals.
pub(crate) fn decimal(value: f64) -> String {
    hundredths(rounded(value * 100.0))
}

/// Rounded half away from zero, held within what an i64 takes.
#[expect(clippy::cast_possible_truncation, reason = "clamped on the line before")]
pub(crate) fn rounded(value: f64) -> i64 {
    let held = if value.is_nan() { 0.0 } else { value.clamp(-9.0e15, 9.0e15) };
    libm::round(held) as i64
}

#[expect(clippy::cast_precision_loss, reason = "counts and amounts enter ratios and logarithms only")]
pub(crate) fn float(whole: i64) -> f64 {
    whole as f64
}

/// `x 1.35` from a logarithm.
pub(crate) fn times(log: f64) -> String {
    format!("x {}", decimal(libm::exp(log)))
}

/// `10^-7.31`, or `1 in 250` where that is easier to read.
pub(crate) fn chance(p: f64) -> String {
    if p >= 0.001 {
        return format!("1 in {}", rounded(1.0 / p.max(1e-3)));
    }
    format!("10^-{}", decimal(super::chance::normal::surprise(p)))
}

/// `7 of 12 (58.3 %)`.
pub(crate) fn share(k: i64, n: i64) -> String {
    let permille = if n == 0 { 0 } else { rounded(float(k) * 1000.0 / float(n)) };
    format!("{k} of {n} ({}.{} %)", permille / 10, permille % 10)
}

/// `3.0 %` from a share.
pub(crate) fn percent(share: f64) -> String {
    let permille = rounded(share * 1000.0);
    format!("{}{}.{} %", if permille < 0 { "-" } else { "" }, permille.abs() / 10, permille.abs() % 10)
}

/// US$ a carat.
pub(crate) fn per_carat(value: i64, carats: i64) -> String {
    if carats <= 0 {
        return "no unit value".to_owned();
    }
    format!("US$ {}/ct", UsdCents::from_cents(rounded(float(value) * 100.0 / float(carats))).grouped())
}

/// At most `most` of the items, then how many more.
pub(crate) fn short_list(items: &[String], most: usize) -> String {
    if items.len() <= most {
        return items.join(", ");
    }
    format!("{} and {} more", items[..most].join(", "), items.len() - most)
}
