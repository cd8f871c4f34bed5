//! Arithmetic of carats, dollars and unit values: exact, or nothing; never a panic, never a float.

use kp_terms::{Carats, UsdCents};
use proptest::prelude::*;

proptest! {
    #[test]
    fn sums_and_differences_are_exact_or_nothing(a in any::<i64>(), b in any::<i64>()) {
        let exact = |wide: i128| i64::try_from(wide).ok();
        let (sum, difference) = (exact(i128::from(a) + i128::from(b)), exact(i128::from(a) - i128::from(b)));
        let (x, y) = (Carats::from_hundredths(a), Carats::from_hundredths(b));
        prop_assert_eq!(x.checked_add(y).map(Carats::hundredths), sum);
        prop_assert_eq!(x.checked_sub(y).map(Carats::hundredths), difference);
        let (x, y) = (UsdCents::from_cents(a), UsdCents::from_cents(b));
        prop_assert_eq!(x.checked_add(y).map(UsdCents::cents), sum);
        prop_assert_eq!(x.checked_sub(y).map(UsdCents::cents), difference);
    }

    #[test]
    fn the_sum_of_many_does_not_depend_on_their_order(amounts in proptest::collection::vec(0..i64::MAX / 8, 0..12)) {
        let wide: i128 = amounts.iter().copied().map(i128::from).sum();
        let expected = i64::try_from(wide).ok();
        let backwards = amounts.iter().rev().copied().map(Carats::from_hundredths);
        prop_assert_eq!(Carats::sum(amounts.iter().copied().map(Carats::from_hundredths)).map(Carats::hundredths), expected);
        prop_assert_eq!(Carats::sum(backwards).map(Carats::hundredths), expected);
        prop_assert_eq!(UsdCents::sum(amounts.iter().copied().map(UsdCents::from_cents)).map(UsdCents::cents), expected);
    }

    /// Half up means: unit value u has 2u-1 <= 2 * exact < 2u+1.
    #[test]
    fn unit_values_are_the_nearest_cent_with_halves_up(cents in any::<i64>(), any in 1..i64::MAX, shift in 0..63_u32) {
        let hundredths = (any >> shift).max(1);
        let unit = UsdCents::from_cents(cents).unit_value(Carats::from_hundredths(hundredths));
        let (doubled, per) = (i128::from(cents) * 200, i128::from(hundredths));
        match unit.map(|u| i128::from(u.cents_per_carat())) {
            Some(u) => prop_assert!((2 * u - 1) * per <= doubled && doubled < (2 * u + 1) * per),
            None => prop_assert!(doubled.abs() >= (2 * i128::from(i64::MAX) + 1) * per),
        }
    }

    #[test]
    fn without_carats_there_is_no_unit_value(cents in any::<i64>(), hundredths in i64::MIN..=0) {
        prop_assert_eq!(UsdCents::from_cents(cents).unit_value(Carats::from_hundredths(hundredths)), None);
    }
}

/// Guinea's production returns as published (KPDB public statistics).
#[test]
fn published_unit_values_come_out_to_the_cent() {
    let cases = [
        ("531349.88", "22021020.02", 4_144),  // 2007-H1: 41.4435... US$ per carat
        ("487373.02", "24080125.25", 4_941),  // 2007-H2: 49.4079...
        ("1715579.67", "30880434.06", 1_800), // 2008-H1: exactly 18.00
        ("1382910.42", "22818021.93", 1_650), // 2008-H2: exactly 16.50
    ];
    for (carats, value, cents) in cases {
        let unit = value.parse::<UsdCents>().unwrap().unit_value(carats.parse().unwrap());
        assert_eq!(unit.map(|u| u.cents_per_carat()), Some(cents), "{value} US$ for {carats} ct");
    }
}

#[test]
fn halves_of_a_cent_round_up_on_both_sides_of_zero() {
    let cases = [(101, 51), (100, 50), (99, 50), (1, 1), (-1, 0), (-99, -49), (-101, -50)];
    for (cents, rounded) in cases {
        let unit = UsdCents::from_cents(cents).unit_value(Carats::from_hundredths(200));
        assert_eq!(unit.map(|u| u.cents_per_carat()), Some(rounded), "{cents} cents for 2 ct");
    }
}
