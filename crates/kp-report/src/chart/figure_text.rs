//! Figures as text on an axis, from whole hundredths: `2.5M`, `750k`, `0.4`.

/// A figure in hundredths, shortened for an axis: thousands `k`, millions `M`, thousand millions `bn`, up to two
/// decimals. Exact for round ticks; others are rounded, so never use it where the figure itself is meant.
///
/// ```
/// use kp_report::chart::compact;
/// assert_eq!(compact(250_000_000), "2.5M");
/// assert_eq!(compact(7_500_000), "75k");
/// assert_eq!(compact(40), "0.4");
/// assert_eq!(compact(0), "0");
/// assert_eq!(compact(259_871_958_000), "2.6bn");
/// assert_eq!(compact(99_999_999), "1M");
/// ```
pub fn compact(hundredths: i64) -> String {
    let amount = hundredths.unsigned_abs();
    // A figure is of the unit in which it is one or more once it is rounded.
    let (unit, suffix) = match amount {
        99_999_500_000.. => (100_000_000_000, "bn"),
        99_999_500.. => (100_000_000, "M"),
        100_000.. => (100_000, "k"),
        _ => (100, ""),
    };
    let sign = if hundredths < 0 { "-" } else { "" };
    let rounded = (u128::from(amount) * 100 + unit / 2) / unit;
    let (whole, rest) = (rounded / 100, rounded % 100);
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
