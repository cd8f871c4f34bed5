//! When two weighings of the same goods differ too much.
//!
//! No scheme-wide tolerance was found (domain 3.7). Ours, and labelled so: the larger of 0.05 ct per parcel and 0.1 % of
//! the stated carats. Many small parcels do not add up to a licence to lose stones: beyond 1 % of the stated carats (or
//! 0.05 ct, for the smallest shipments) no number of parcels helps. Anything beyond is a difference that a person explains.

use kp_terms::Carats;

/// Largest difference that passes without an explanation.
pub fn tolerance(stated: Carats, parcels: u32) -> Carats {
    let stated = stated.hundredths().saturating_abs();
    let per_parcel = i64::from(parcels).saturating_mul(5).min((stated / 100).max(5));
    Carats::from_hundredths(per_parcel.max(stated / 1000))
}

/// Whether a weighing agrees with what is stated.
pub fn agrees(stated: Carats, weighed: Carats, parcels: u32) -> bool {
    stated.checked_sub(weighed).is_some_and(|difference| {
        difference.hundredths().saturating_abs() <= tolerance(stated, parcels).hundredths()
    })
}

#[cfg(test)]
mod tests {
    use kp_terms::Carats;

    #[test]
    fn a_tenth_of_a_percent_or_five_points_a_parcel() {
        let check = |stated: i64, weighed: i64, parcels: u32, agrees: bool| {
            let (stated, weighed) = (Carats::from_hundredths(stated), Carats::from_hundredths(weighed));
            assert_eq!(
                super::agrees(stated, weighed, parcels),
                agrees,
                "{stated} against {weighed}, {parcels} parcels"
            );
        };
        check(10_000, 10_005, 1, true);
        check(10_000, 10_010, 1, true);
        check(10_000, 10_011, 1, false);
        check(1_000, 1_010, 2, true);
        check(1_000, 1_011, 2, false);
        check(3_600_000, 3_596_400, 1, true);
        check(3_600_000, 3_596_399, 1, false);
        check(i64::MAX, i64::MIN, 1, false);
        check(0, i64::MIN, 1, false);
        // L18: a shipment of a thousand parcels hides no more than one percent.
        check(120_000, 121_200, 1_000, true);
        check(120_000, 121_201, 1_000, false);
        check(120_000, 0, u32::MAX, false);
        check(10, 15, 1, true);
        check(10, 16, 40, false);
    }
}
