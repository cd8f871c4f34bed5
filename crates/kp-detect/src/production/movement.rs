//! The common movement: what the other participants' figures did at the same time.
//!
//! For one participant and period it is the median of the others' log ratios against the same period a year before
//! (the participant itself left out). A median in logs is moved neither by one large participant nor by the one that
//! is looked at. In 2009, when everybody fell, this is what keeps the year from filling the list.

use std::collections::BTreeMap;

use kp_terms::{ParticipantCode, Period};

/// What the others did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Movement {
    /// Median of their log ratios; 0 where there are too few of them.
    pub log: f64,
    /// How many others the median rests on; 0 where nothing was taken out.
    pub peers: usize,
}

/// Log ratios of all participants, by period.
#[derive(Debug, Default)]
pub(super) struct Movements(BTreeMap<Period, Vec<(f64, ParticipantCode)>>);

impl Movements {
    /// From log ratios against the same period a year before.
    pub(super) fn from_ratios(ratios: impl Iterator<Item = (Period, ParticipantCode, f64)>) -> Self {
        let mut by_period: BTreeMap<Period, Vec<(f64, ParticipantCode)>> = BTreeMap::new();
        for (period, participant, log) in ratios {
            by_period.entry(period).or_default().push((log, participant));
        }
        for ratios in by_period.values_mut() {
            ratios.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        Self(by_period)
    }

    /// The others' movement, seen from one participant. Invented and real participants are never each other's peers.
    pub(super) fn without(
        &self,
        period: Period,
        participant: ParticipantCode,
        peers_minimum: usize,
    ) -> Movement {
        let others: Vec<f64> = self
            .0
            .get(&period)
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .filter(|(_, other)| *other != participant && other.is_invented() == participant.is_invented())
            .map(|(log, _)| *log)
            .collect();
        if others.len() < peers_minimum.max(1) {
            return Movement { log: 0.0, peers: 0 };
        }
        Movement { log: median_of_sorted(&others), peers: others.len() }
    }
}

/// The middle of sorted numbers; 0 of none.
fn median_of_sorted(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle).copied().unwrap_or(0.0);
    let lower = sorted.get(middle.saturating_sub(1)).copied().unwrap_or(upper);
    if sorted.len() % 2 == 1 { upper } else { f64::midpoint(lower, upper) }
}

/// How much each participant's own figures usually move, whichever way, net of the common movement.
#[derive(Debug, Default)]
pub(super) struct Usual(BTreeMap<ParticipantCode, Vec<(f64, Period)>>);

impl Usual {
    /// From net log ratios.
    pub(super) fn from_nets(nets: impl Iterator<Item = (ParticipantCode, Period, f64)>) -> Self {
        let mut by_participant: BTreeMap<ParticipantCode, Vec<(f64, Period)>> = BTreeMap::new();
        for (participant, period, net) in nets {
            by_participant.entry(participant).or_default().push((libm::fabs(net), period));
        }
        for sizes in by_participant.values_mut() {
            sizes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        Self(by_participant)
    }

    /// Median size of the participant's other movements, the one that is looked at left out.
    pub(super) fn without(
        &self,
        participant: ParticipantCode,
        period: Period,
        minimum: usize,
    ) -> Option<f64> {
        let others: Vec<f64> = self
            .0
            .get(&participant)?
            .iter()
            .filter(|(_, other)| *other != period)
            .map(|(size, _)| *size)
            .collect();
        (others.len() >= minimum.max(1)).then(|| median_of_sorted(&others))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn movements(logs: &[(&str, f64)]) -> Movements {
        Movements::from_ratios(
            logs.iter().map(|(code, log)| (Period::Year(2009), code.parse().unwrap(), *log)),
        )
    }

    #[test]
    fn leaves_the_participant_itself_out_and_takes_the_median() {
        let all = movements(&[("XA", 9.0), ("XB", -0.5), ("XC", -0.4), ("XD", -0.3)]);
        let seen = all.without(Period::Year(2009), "XA".parse().unwrap(), 3);
        assert_eq!(seen, Movement { log: -0.4, peers: 3 });
    }

    #[test]
    fn too_few_others_take_nothing_out() {
        let all = movements(&[("XA", 9.0), ("XB", -0.5)]);
        assert_eq!(
            all.without(Period::Year(2009), "XA".parse().unwrap(), 5),
            Movement { log: 0.0, peers: 0 }
        );
    }

    #[test]
    fn invented_participants_do_not_move_real_ones() {
        let all = movements(&[("XA", 9.0), ("XB", 9.0), ("GN", 0.1), ("SL", 0.2)]);
        assert_eq!(
            all.without(Period::Year(2009), "GN".parse().unwrap(), 1),
            Movement { log: 0.2, peers: 1 }
        );
    }
}
