//! production_outside_capacity: a year's carats lie outside what the ground is estimated to give.
//!
//! Question: where did the carats above the estimate come from (or why is so little declared)?
//! Formula: carats of the year against the band on file: above its high, or, with both halves returned, below its low.
//! Minimum data: a capacity band with its source for the year.
//! Thresholds (ours): the band itself; no margin is added.
//! Innocent explanations: the estimate is old or leaves out a mine; stocks of earlier years; a rush; re-exports booked as
//! production; conditions that halved the working season.
//! An answer must contain: carats by mine or area; what the estimate left out, with its own source; stocks at both ends.
//! Evidence: the band with its source; every row of the year, with its place in the file.
//! Source: the scheme's experts have compared returns with miners x days x grade (for example USGS Fact Sheet 2012-3128).

use std::sync::LazyLock;

use kp_statistics::series::{ParticipantSeries, YearFigure, unit_value};
use kp_terms::{Carats, Period, Sentence, UsdCents, sentence};

use super::super::CapacityBand;
use super::super::change::whole;
use super::super::context::Context;
use super::super::signal::{Kind, Role, Signal};
use super::super::words::{ct, evidence, float, times};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Evidence, Severity, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("production_outside_capacity.rs")));

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    let mut bands: Vec<&CapacityBand> = context.capacities.iter().collect();
    bands.sort();
    let mut signals = Vec::new();
    for band in bands {
        let Some(series) = context.series.of(band.participant) else { continue };
        let covered = series
            .years
            .iter()
            .filter(|y| y.year >= band.first_year && band.last_year.is_none_or(|last| y.year <= last));
        signals.extend(covered.filter_map(|year| signal(series, band, year)));
    }
    signals
}

fn signal(series: &ParticipantSeries, band: &CapacityBand, year: &YearFigure) -> Option<Signal> {
    let low = band.low.filter(|low| year.halves_returned == 2 && year.carats < *low);
    let above = year.carats > band.high;
    let limit = if above { band.high } else { low? };
    let off = (year.carats.hundredths() - limit.hundredths()).abs();
    let per_carat = unit_value(year.carats, year.value).unwrap_or(UsdCents::ZERO);
    let (larger, smaller) = if above { (year.carats, limit) } else { (limit, year.carats) };
    let ratio = float(larger.hundredths()) / float(smaller.hundredths().max(1));
    let off = Carats::from_hundredths(off);
    Some(Signal {
        doc: &DOC,
        kind: Kind::Capacity,
        role: Role::Year(year.year),
        participant: series.participant,
        severity: if above { Severity::Urgent } else { Severity::Note },
        periods: vec![Period::Year(year.year)],
        carats_at_stake: off,
        value_at_stake: UsdCents::from_cents(whole(libm::round(
            float(off.hundredths()) / 100.0 * float(per_carat.cents()),
        ))),
        beyond: ratio,
        direction: None,
        undoes_year_before: false,
        title: title(series, year, limit, above),
        question: match above {
            true => sentence!(
                "found-band-above",
                "Where did the {carats} above the estimate come from?",
                carats = ct(off),
            ),
            false => sentence!(
                "found-band-below",
                "Why was so little declared, {carats} less than the low estimate?",
                carats = ct(off),
            ),
        },
        arithmetic: vec![ArithmeticLine::new(
            match above {
                true => sentence!(
                    "found-band-high",
                    "carats of {year} against the high estimate",
                    year = year.year,
                ),
                false => {
                    sentence!("found-band-low", "carats of {year} against the low estimate", year = year.year,)
                }
            },
            format!("{} / {}", year.carats.grouped(), limit.grouped()),
            times(year.carats.hundredths(), limit.hundredths()),
        )],
        thresholds: vec![Threshold::ours(
            sentence!("found-band-threshold", "carats a year ({source})", source = band.source),
            band_in_words(band),
        )],
        evidence: std::iter::once(Evidence { place: (&band.source).into(), states: band_in_words(band) })
            .chain(series.halves.iter().filter(|h| h.half.year == year.year).flat_map(evidence))
            .collect(),
    })
}

fn title(series: &ParticipantSeries, year: &YearFigure, limit: Carats, above: bool) -> Sentence {
    let (name, carats, limit) = (&series.name, ct(year.carats), ct(limit));
    match above {
        true => sentence!(
            "found-band-title-above",
            "{name} {year}: {carats} declared, above the high estimate of {limit}",
            name = name,
            year = year.year,
            carats = carats,
            limit = limit,
        ),
        false => sentence!(
            "found-band-title-below",
            "{name} {year}: {carats} declared, below the low estimate of {limit}",
            name = name,
            year = year.year,
            carats = carats,
            limit = limit,
        ),
    }
}

fn band_in_words(band: &CapacityBand) -> Sentence {
    match band.low {
        Some(low) => {
            sentence!("found-from-to", "{first} to {last}", first = ct(low), last = ct(band.high))
        }
        None => sentence!("found-at-most", "at most {carats}", carats = ct(band.high)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_above_the_high_estimate() {
        let rows = steady_world(2009).capacity("XA", 2008, "20000.00", "90000.00");
        assert_eq!(findings(&rows, "production_outside_capacity"), ["production_outside_capacity:XA:2008"]);
    }

    #[test]
    fn is_silent_inside_the_band() {
        let rows = steady_world(2009).capacity("XA", 2008, "20000.00", "190000.00");
        assert_eq!(findings(&rows, "production_outside_capacity"), [""; 0]);
    }
}
