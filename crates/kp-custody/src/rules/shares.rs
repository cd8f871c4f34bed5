//! How the sources of a pool are shared out to the parcels that come out of it: exactly, in whole hundredths of a carat.
//!
//! Scheme: CD Section I (parcel of mixed origin). Closes: L35. Each output gets of every source in proportion, rounded by
//! the largest remainder, drawn from what the outputs before it left; what is lost is the last draw. So the shares of an
//! output sum to its weight, and what all outputs and the loss have of a source is what went in. A source whose share
//! rounds to nothing stays named with nought: it is still possible, and dilution washes nothing away (L36).

use std::collections::BTreeMap;

use kp_terms::Carats;

/// Carats by source.
pub type Pool = BTreeMap<String, Carats>;

/// Shares a pool out to weights that together are at most its own.
///
/// Nothing where the weights are more than the pool holds, or one is negative.
pub fn share_out(pool: &Pool, weights: &[Carats]) -> Option<Vec<Pool>> {
    let mut left: Vec<i64> = pool.values().map(|carats| carats.hundredths()).collect();
    let mut outputs = Vec::with_capacity(weights.len());
    for weight in weights {
        let drawn = draw(&left, weight.hundredths())?;
        left.iter_mut().zip(&drawn).for_each(|(left, drawn)| *left -= drawn);
        let named = pool.keys().cloned().zip(drawn.into_iter().map(Carats::from_hundredths));
        outputs.push(named.collect());
    }
    Some(outputs)
}

/// Draws a weight from amounts in proportion, by the largest remainder; of equal remainders the first. Never draws more
/// of an amount than there is: only an amount that does not divide evenly gets a hundredth on top.
fn draw(amounts: &[i64], weight: i64) -> Option<Vec<i64>> {
    let total: i128 = amounts.iter().map(|amount| i128::from(*amount)).sum();
    if weight < 0 || i128::from(weight) > total {
        return None;
    }
    if weight == 0 {
        return Some(vec![0; amounts.len()]);
    }
    let exact: Vec<(i128, i128)> = amounts
        .iter()
        .map(|amount| i128::from(*amount) * i128::from(weight))
        .map(|product| (product / total, product % total))
        .collect();
    let given: i128 = exact.iter().map(|(whole, _)| whole).sum();
    let mut by_remainder: Vec<usize> = (0..exact.len()).collect();
    by_remainder.sort_by_key(|index| std::cmp::Reverse(exact.get(*index).map(|(_, remainder)| *remainder)));
    let on_top = usize::try_from(i128::from(weight) - given).ok()?;
    let mut drawn =
        exact.iter().map(|(whole, _)| i64::try_from(*whole).ok()).collect::<Option<Vec<i64>>>()?;
    for index in by_remainder.into_iter().take(on_top) {
        *drawn.get_mut(index)? += 1;
    }
    Some(drawn)
}

#[cfg(test)]
mod tests {
    use kp_terms::Carats;
    use proptest::prelude::*;

    use super::{Pool, share_out};

    fn pool(parts: &[(&str, i64)]) -> Pool {
        parts.iter().map(|(id, carats)| ((*id).to_owned(), Carats::from_hundredths(*carats))).collect()
    }

    fn weights(hundredths: &[i64]) -> Vec<Carats> {
        hundredths.iter().map(|w| Carats::from_hundredths(*w)).collect()
    }

    fn sum(shares: &Pool) -> i64 {
        shares.values().map(|carats| carats.hundredths()).sum()
    }

    #[test]
    fn three_thirds_of_a_hundredth_are_a_hundredth() {
        let outputs = share_out(&pool(&[("a", 1), ("b", 1), ("c", 1)]), &weights(&[1, 1, 1])).unwrap();
        assert!(outputs.iter().all(|output| sum(output) == 1 && output.len() == 3), "{outputs:?}");
        let of_a: i64 = outputs.iter().map(|output| output["a"].hundredths()).sum();
        assert_eq!(of_a, 1);
    }

    #[test]
    fn no_more_comes_out_than_went_in() {
        assert!(share_out(&pool(&[("a", 100)]), &weights(&[60, 41])).is_none());
        assert!(share_out(&pool(&[("a", 100)]), &weights(&[-1])).is_none());
        assert_eq!(share_out(&pool(&[]), &weights(&[0])).unwrap(), [pool(&[])]);
    }

    #[test]
    fn one_percent_stays_named_however_small_the_piece() {
        let outputs = share_out(&pool(&[("clean", 9_900), ("banned", 100)]), &weights(&[10, 5_000])).unwrap();
        assert_eq!(outputs[0], pool(&[("clean", 10), ("banned", 0)]));
        assert_eq!(outputs[1]["banned"].hundredths(), 50);
    }

    /// A world of parcels: each a pool. Steps mix some and split the mixture, with or without a loss.
    fn step() -> impl Strategy<Value = (Vec<usize>, Vec<u32>)> {
        (proptest::collection::vec(0_usize..40, 1..5), proptest::collection::vec(0_u32..1_000, 1..6))
    }

    proptest! {
        /// Over any sequence of mixing and splitting: shares sum to the parcel's weight, no source grows, and every source
        /// that went into a parcel is named in whatever came out of it.
        #[test]
        fn conservation(
            starts in proptest::collection::vec(1_i64..5_000_000, 2..8),
            steps in proptest::collection::vec(step(), 1..30),
        ) {
            let mut parcels: Vec<Pool> =
                starts.iter().enumerate().map(|(i, w)| pool(&[(&format!("s{i}"), *w)])).collect();
            let mut lost = Pool::new();
            for (picked, parts) in steps {
                let mut mixed = Pool::new();
                let mut chosen: Vec<usize> = picked.into_iter().map(|i| i % parcels.len()).collect();
                chosen.sort_unstable();
                chosen.dedup();
                for index in chosen.into_iter().rev() {
                    for (id, carats) in parcels.swap_remove(index) {
                        let there = mixed.entry(id).or_insert(Carats::ZERO);
                        *there = there.checked_add(carats).unwrap();
                    }
                }
                let whole = sum(&mixed);
                let of: i64 = parts.iter().map(|p| i64::from(*p)).sum::<i64>() + 1;
                let out: Vec<i64> = parts.iter().map(|p| (i128::from(whole) * i128::from(*p) / i128::from(of)) as i64).collect();
                let outputs = share_out(&mixed, &weights(&out)).unwrap();
                for (output, weight) in outputs.iter().zip(&out) {
                    prop_assert_eq!(sum(output), *weight);
                    prop_assert_eq!(output.keys().collect::<Vec<_>>(), mixed.keys().collect::<Vec<_>>());
                    prop_assert!(output.values().all(|carats| *carats >= Carats::ZERO));
                }
                for (id, before) in &mixed {
                    let after: i64 = outputs.iter().map(|output| output[id].hundredths()).sum();
                    prop_assert!(after <= before.hundredths());
                    let loss = lost.entry(id.clone()).or_insert(Carats::ZERO);
                    *loss = Carats::from_hundredths(loss.hundredths() + before.hundredths() - after);
                }
                parcels.extend(outputs);
            }
            for (index, start) in starts.iter().enumerate() {
                let id = format!("s{index}");
                let alive: i64 = parcels.iter().filter_map(|p| p.get(&id)).map(|c| c.hundredths()).sum();
                prop_assert_eq!(alive + lost.get(&id).map_or(0, |c| c.hundredths()), *start);
            }
        }
    }
}
