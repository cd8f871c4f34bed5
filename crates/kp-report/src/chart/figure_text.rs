//! Figures as text on an axis, from whole hundredths: `2.5M`, `750k`, `0.4`.

/// A figure in hundredths, shortened for an axis: thousands `k`, millions `M`, thousand millions `bn`, up to two
/// decimals. Exact for round ticks; others are cut, so never use it where the figure itself is meant.
///
/// ```
/// use kp_report::chart::compact;
/// assert_eq!(compact(250_000_000), "2.5M");
/// assert_eq!(compact(7_500_000), "75k");
/// assert_eq!(compact(40), "0.4");
/// assert_eq!(compact(0), "0");
/// ```
pub fn compact(hundredths: i64) -> String {
    let (unit, suffix) = match hundredths.unsigned_abs() {
        100_000_000_000.. => (100_000_000_000, "bn"),
        100_000_000.. => (100_000_000, "M"),
        100_000.. => (100_000, "k"),
        _ => (100, ""),
    };
    let sign = if hundredths < 0 { "-" } else { "" };
    let amount = hundredths.unsigned_abs();
    let (whole, rest) = (amount / unit, amount % unit * 100 / unit);
    match (rest, rest % 10) {
        (0, _) => format!("{sign}{whole}{suffix}"),
        (_, 0) => format!("{sign}{whole}.{}{suffix}", rest / 10),
        _ => format!("{sign}{whole}.{rest:02}{suffix}"),
    }
}

/// A figure in hundredths with thousands separators and two decimals: `36,000.50`.
///
/// ```
/// assert_eq!(kp_report::chart::grouped_hundredths(3_600_050), "36,000.50");
/// ```
pub fn grouped_hundredths(hundredths: i64) -> String {
    kp_terms::Carats::from_hundredths(hundredths).grouped()
}
