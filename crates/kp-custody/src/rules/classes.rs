//! Which customs class follows from which when stones are split or mixed.
//!
//! Scheme: domain 1.1 (7102.10 is for lots that no expert has looked at). Closes part of L17. Sorting turns unsorted stones
//! into one of the two sorted classes; sorted stones stay in their class, or go back to unsorted when classes are thrown
//! together. Industrial never becomes gem by being split.

use kp_terms::HsCode;

const UNSORTED: &str = "7102.10";

/// Whether stones of these classes may come out as this class.
pub fn follows(from: &[HsCode], to: HsCode) -> bool {
    let unsorted = |hs: &HsCode| hs.code() == UNSORTED;
    if unsorted(&to) {
        return from.iter().any(unsorted) || from.windows(2).any(|pair| matches!(pair, [a, b] if a != b));
    }
    from.iter().all(|hs| *hs == to || unsorted(hs)) && (from.len() == 1 || !from.iter().any(unsorted))
}

#[cfg(test)]
mod tests {
    #[test]
    fn sorted_stones_stay_what_they_are() {
        let check = |from: &[&str], to: &str, expected: bool| {
            let classes: Vec<_> = from.iter().map(|hs| hs.parse().unwrap()).collect();
            assert_eq!(super::follows(&classes, to.parse().unwrap()), expected, "{from:?} to {to}");
        };
        check(&["7102.31"], "7102.31", true);
        check(&["7102.10"], "7102.31", true);
        check(&["7102.10"], "7102.10", true);
        check(&["7102.31"], "7102.10", false);
        check(&["7102.21"], "7102.31", false);
        check(&["7102.21", "7102.31"], "7102.10", true);
        check(&["7102.21", "7102.31"], "7102.31", false);
        check(&["7102.31", "7102.31"], "7102.31", true);
        check(&["7102.31", "7102.31"], "7102.10", false);
        check(&["7102.10", "7102.31"], "7102.31", false);
    }
}
