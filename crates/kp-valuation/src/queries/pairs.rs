//! How far apart two persons' values lie, over all lots they both valued: what protects an honest valuer, and what shows
//! two who always agree with each other and never with the third.
//!
//! Closes part of L15. For the exporter's value the licence stands in place of the person, because clerks only take it
//! down. Figures are whole hundredths of a percent; a mean is rounded down. Accuses nobody: a pair may well differ.

use std::collections::BTreeMap;

use anyhow::Result;
use kp_db::Tx;
use kp_terms::{ParticipantCode, UsdCents};

use crate::{Lot, Party, Stage, queries::lots_of_participant, rules::spread};

/// The spread between two who valued the same lots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairSpread {
    /// The first of the two, by name: an officer, or an exporter's licence.
    pub first: String,
    /// The second.
    pub second: String,
    /// How many valuations they have in common.
    pub lots: u32,
    /// Mean spread, hundredths of a percent of the higher value.
    pub mean: u32,
    /// Largest spread.
    pub largest: u32,
    /// How often the first gave the higher value.
    pub first_higher: u32,
}

/// The spread of every pair that valued lots of a participant, by their names.
///
/// # Errors
/// Where the database fails.
pub fn spread_by_pair(tx: &mut Tx<'_>, participant: ParticipantCode) -> Result<Vec<PairSpread>> {
    Ok(by_pair(&lots_of_participant(tx, participant)?))
}

fn by_pair(lots: &[Lot]) -> Vec<PairSpread> {
    let mut pairs: BTreeMap<(String, String), (u32, u64, u32, u32)> = BTreeMap::new();
    for lot in lots {
        for stage in [Stage::AsPresented, Stage::Cleaned] {
            let mut valued = open_values(lot, stage);
            valued.sort();
            for (index, (first, one)) in valued.iter().enumerate() {
                for (second, other) in valued.iter().skip(index + 1) {
                    let Some(points) = spread::basis_points(&[*one, *other]) else { continue };
                    let pair = pairs.entry((first.clone(), second.clone())).or_default();
                    pair.0 += 1;
                    pair.1 += u64::from(points);
                    pair.2 = pair.2.max(points);
                    pair.3 += u32::from(one > other);
                }
            }
        }
    }
    let spread =
        |((first, second), (lots, sum, largest, first_higher)): ((String, String), (u32, u64, u32, u32))| {
            let mean = u32::try_from(sum / u64::from(lots.max(1))).unwrap_or(u32::MAX);
            PairSpread { first, second, lots, mean, largest, first_higher }
        };
    pairs.into_iter().map(spread).collect()
}

/// Who valued a lot at a stage, and at how much.
fn open_values(lot: &Lot, stage: Stage) -> Vec<(String, UsdCents)> {
    lot.values_at(stage)
        .filter_map(|value| {
            let who = if value.party == Party::Exporter { &lot.licence_number } else { &value.valued_by };
            Some((who.clone(), value.total()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::by_pair;
    use crate::{Party, Value, testing::*};

    #[test]
    fn pairs_are_counted_by_person_and_licence() {
        let mut first = lot();
        first.values = vec![
            value(Party::Exporter, "xa-clerk-1", "50.00"),
            value(Party::Government, "xa-valuer-1", "100.00"),
        ];
        let mut second = lot();
        second.values = vec![
            value(Party::Exporter, "xa-clerk-2", "100.00"),
            value(Party::Government, "xa-valuer-1", "75.00"),
        ];
        let mut sealed = first.clone();
        sealed.values[1] = Value { opened_on: None, lines: Vec::new(), ..sealed.values[1].clone() };
        let pairs = by_pair(&[first, second, sealed]);
        assert_eq!(pairs.len(), 1);
        let pair = &pairs[0];
        assert_eq!((pair.first.as_str(), pair.second.as_str()), ("XA-EXP-1", "xa-valuer-1"));
        assert_eq!((pair.lots, pair.mean, pair.largest, pair.first_higher), (2, 3_750, 5_000, 1));
    }
}
