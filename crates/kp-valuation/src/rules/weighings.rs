//! Three weighings by three persons: when goods come in, when they are valued, when they are sealed.
//!
//! Scheme: domain 7 (Sierra Leone: weigh, value, weigh again and seal). Closes: L18. The tolerance is the one for every
//! weighing (`kp_custody::rules::weight`). Never decides what happened to the stones.

use kp_custody::rules::weight;
use kp_terms::Carats;

use crate::{Lot, Point, Weighing};

/// The points in the order of a lot's way.
const WAY: [Point; 3] = [Point::Reception, Point::Valuation, Point::Sealing];

/// The last weighing at a point.
pub fn last_at(lot: &Lot, point: Point) -> Option<&Weighing> {
    lot.weighings.iter().rev().find(|weighing| weighing.point == point)
}

/// The weighings on record as one text, `reception 120.90, valuation 120.90`; an explanation is bound to it.
pub fn figures(lot: &Lot) -> String {
    let at = |point: Point| last_at(lot, point).map(|weighing| format!("{point} {}", weighing.carats));
    WAY.into_iter().filter_map(at).collect::<Vec<_>>().join(", ")
}

/// The first two neighbouring weighings that differ by more than scales do, counting one that is just being made.
pub fn differing(lot: &Lot, sealing_now: Option<Carats>) -> Option<(Point, Carats, Point, Carats)> {
    let carats_at = |point: Point| match (point, sealing_now) {
        (Point::Sealing, Some(carats)) => Some(carats),
        _ => last_at(lot, point).map(|weighing| weighing.carats),
    };
    let weighed: Vec<(Point, Carats)> =
        WAY.into_iter().filter_map(|point| Some((point, carats_at(point)?))).collect();
    weighed.windows(2).find_map(|pair| match pair {
        [(first, before), (second, after)] if !weight::agrees(*before, *after, 1) => {
            Some((*first, *before, *second, *after))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{differing, figures};
    use crate::{Point, testing::*};

    #[test]
    fn neighbours_are_compared_and_the_last_at_each_point_counts() {
        let mut lot = lot();
        lot.weighings = vec![
            weighing(Point::Reception, "120.90", "xa-clerk-1"),
            weighing(Point::Valuation, "99.00", "xa-valuer-1"),
            weighing(Point::Valuation, "120.85", "xa-valuer-1"),
        ];
        assert_eq!(differing(&lot, None), None);
        assert_eq!(figures(&lot), "reception 120.90, valuation 120.85");
        let lost = differing(&lot, Some("120.00".parse().unwrap())).unwrap();
        assert_eq!((lost.0, lost.2), (Point::Valuation, Point::Sealing));
        lot.weighings.remove(2);
        assert_eq!(differing(&lot, None).unwrap().0, Point::Reception);
    }
}
