//! How far values of one lot are apart, and what they come to.
//!
//! Scheme: domain 7 (Sierra Leone, Liberia: the highest of three values counts). Closes: L15. The spread is the distance
//! from the lowest to the highest in hundredths of a percent of the highest, rounded down: 0 where all agree, never above
//! 10,000. That measure, and the limit of 25 % above which two persons must explain, are ours; an authority sets its own
//! limit (national rule `spread-limit`).

use kp_terms::UsdCents;

/// Spread in basis points, hundredths of a percent. Nothing for fewer than two values, or where the highest is nothing.
pub fn basis_points(values: &[UsdCents]) -> Option<u32> {
    let (low, high) = (values.iter().min()?.cents(), values.iter().max()?.cents());
    if values.len() < 2 || high <= 0 || low < 0 {
        return None;
    }
    u32::try_from(i128::from(high - low) * 10_000 / i128::from(high)).ok()
}

/// A spread as people read it: `9.17 %`.
pub fn percent(basis_points: u32) -> String {
    format!("{}.{:02} %", basis_points / 100, basis_points % 100)
}

/// Whether a spread is above a limit of whole percent.
pub fn is_beyond(basis_points: u32, limit_percent: u32) -> bool {
    basis_points > limit_percent.saturating_mul(100)
}

#[cfg(test)]
mod tests {
    use kp_terms::UsdCents;

    use super::{basis_points, is_beyond, percent};

    #[test]
    fn values_and_their_spread() {
        let spread = |values: &[&str]| {
            let values: Vec<UsdCents> = values.iter().map(|v| v.parse().unwrap()).collect();
            basis_points(&values)
        };
        // A published triple, Sierra Leone 2018, and the two values of one parcel, Tanzania 2017 (docs/loopholes.md L15).
        assert_eq!(spread(&["601701", "648540", "659925.48"]), Some(882));
        assert_eq!(spread(&["14700000", "29500000"]), Some(5_016));
        assert_eq!(spread(&["5.00", "5.00"]), Some(0));
        assert_eq!(spread(&["5.00"]), None);
        assert_eq!(spread(&["0.00", "0.00"]), None);
        assert_eq!(spread(&["0.00", "5.00"]), Some(10_000));
        assert_eq!((percent(882), percent(5)), ("8.82 %".into(), "0.05 %".into()));
        assert!(!is_beyond(2_500, 25) && is_beyond(2_501, 25));
    }
}
