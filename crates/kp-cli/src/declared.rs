//! Declared production as it stands in the database, analysed with the same detectors as `kpcs analyze`.

use anyhow::Result;
use jiff::{Timestamp, tz::TimeZone};
use kp_detect::production::{Analysis, CapacityBand, Input, analyze};
use kp_exchange::participants::Participants;
use kp_node::Node;

/// What is known at an instant, analysed as of that day.
pub(crate) fn analysis(node: &Node, now: Timestamp) -> Result<Analysis> {
    let (rows, capacities) = node.db().read(|tx| {
        let mut capacities = Vec::new();
        for participant in kp_registry::participants(tx)? {
            capacities.extend(kp_registry::capacities_of_participant(tx, participant.code)?);
        }
        Ok::<_, anyhow::Error>((kp_statistics::returns_as_known_on(tx, now)?, capacities))
    })?;
    let capacities: Vec<CapacityBand> = capacities
        .into_iter()
        .map(|capacity| CapacityBand {
            participant: capacity.participant,
            first_year: capacity.from_year,
            last_year: None,
            low: None,
            high: capacity.high,
            source: format!("{}, {}", capacity.source, capacity.dated),
        })
        .collect();
    let today = Some(TimeZone::UTC.to_datetime(now).date());
    let membership = Participants::known().membership();
    Ok(analyze(&Input { rows: &rows, capacities: &capacities, membership: &membership, today }))
}
