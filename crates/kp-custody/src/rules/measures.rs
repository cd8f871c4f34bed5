//! Whether a measure stands against the ground that stones come from, on a day.
//!
//! Scheme: domain 4.4 (Central African Republic 2015-2024: exports from compliant zones only, stones of the ban excluded,
//! an audit before any stockpile leaves). Closes: L25 and, for mixtures, L36. A source is tested on the day of its find,
//! of its first sale or of its import; a mixture is tested on today as well, because stones under a measure would hide in
//! it. An audit of the scheme's monitoring group clears stones of a frozen stockpile. Never changes a state.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kp_registry::{Standing, StandingChange, standing_at};
use kp_terms::{Carats, Date, ParticipantCode, Zone};

use crate::{Parcel, Share, Source, SourceKind};

/// From a day on, stones of a zone may be exported, or may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneState {
    /// Which zone.
    pub zone: Zone,
    /// `yes` where its stones may be exported.
    pub open: bool,
    /// First civil day on which this holds.
    pub from: Date,
    /// The decision.
    pub legal_act: String,
}

/// What is known of measures and audits.
#[derive(Debug, Clone, Default)]
pub struct Measures {
    /// Every state of every zone that was asked for, in the order of the log.
    pub zones: Vec<ZoneState>,
    /// Every change of standing of the countries that were asked for.
    pub standing: BTreeMap<ParticipantCode, Vec<StandingChange>>,
    /// Carats that each audit cleared, and for whose ground.
    pub audits: BTreeMap<String, (ParticipantCode, Carats)>,
}

/// A measure that keeps stones back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Barred {
    /// The lot: the source's own reference, `XA-P-1/2`.
    pub lot: String,
    /// The zone or country under the measure.
    pub ground: String,
    /// The day on which it stood.
    pub on: Date,
    /// The decision.
    pub legal_act: String,
}

impl Measures {
    /// The first measure that keeps a parcel from being exported.
    pub fn barring_export(&self, parcel: &Parcel, today: Date) -> Option<Barred> {
        if parcel.is_mixed() {
            self.barring_mixture(&parcel.shares, today)
        } else {
            self.barring_dates(&parcel.shares)
        }
    }

    /// The first measure that keeps stones out of a mixture: on their own days, or today.
    pub fn barring_mixture(&self, shares: &[Share], today: Date) -> Option<Barred> {
        let at_present = shares.iter().find_map(|share| self.barring_source(share, std::iter::once(today)));
        self.barring_dates(shares).or(at_present)
    }

    fn barring_dates(&self, shares: &[Share]) -> Option<Barred> {
        shares.iter().find_map(|share| self.barring_source(share, share.source.days()))
    }

    fn barring_source(&self, share: &Share, mut days: impl Iterator<Item = Date>) -> Option<Barred> {
        let source = &share.source;
        if self.is_cleared(source) {
            return None;
        }
        days.find_map(|day| {
            let (ground, legal_act) =
                self.zone_closed(source, day).or_else(|| self.land_barred(source, day))?;
            Some(Barred { lot: share.id.clone(), ground, on: day, legal_act })
        })
    }

    /// An audit clears stones of the land it was made in. How much it clears is tested when they are recorded.
    fn is_cleared(&self, source: &Source) -> bool {
        let audit = source.audit.as_ref().and_then(|audit| self.audits.get(audit));
        audit.is_some_and(|(land, _)| *land == source.origin())
    }

    /// A zone that was named by a decision is open or not from that decision's day on.
    fn zone_closed(&self, source: &Source, day: Date) -> Option<(String, String)> {
        let zone = source.zone()?;
        let known = self.zones.iter().filter(|state| state.zone == *zone && state.from <= day);
        let state = known.max_by_key(|state| state.from)?;
        (!state.open).then(|| (zone.to_string(), state.legal_act.clone()))
    }

    /// Whether the country's goods were barred at any moment of the day. For stones found and sold it is the country of
    /// origin; for an import the country that issued its certificate: what left its own land before a ban and went
    /// through others lawfully is not barred by it.
    fn land_barred(&self, source: &Source, day: Date) -> Option<(String, String)> {
        let land = match source.kind {
            SourceKind::Import => source.certificate()?.prefix(),
            SourceKind::Find | SourceKind::Purchase => source.origin(),
        };
        let changes = self.standing.get(&land)?;
        let morning: Timestamp = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
        let night = morning.checked_add(SignedDuration::from_secs(86_399)).ok()?;
        let within =
            changes.iter().filter(|change| morning < change.effective_at && change.effective_at <= night);
        let barred =
            standing_at(changes, morning).into_iter().chain(within).find(|c| c.standing != Standing::Open)?;
        Some((land.to_string(), barred.legal_act.clone()))
    }
}

#[cfg(test)]
mod tests {
    use kp_registry::{Standing, StandingChange, UnderWayRule};
    use kp_terms::Carats;

    use super::{Measures, ZoneState};
    use crate::{Parcel, Share, testing::*};

    /// XA is barred from 23 May 2013 noon to 17 July 2015; its zone a is open from 1 March 2016.
    fn measures() -> Measures {
        let change = |standing, effective_at: &str| StandingChange {
            standing,
            effective_at: effective_at.parse().unwrap(),
            legal_act: "decision 1".into(),
            under_way: UnderWayRule::HoldAndAsk,
        };
        let zone = |name: &str, open, from: &str| ZoneState {
            zone: name.parse().unwrap(),
            open,
            from: day(from),
            legal_act: "decision 2".into(),
        };
        Measures {
            zones: vec![
                zone("XA/a", false, "2015-07-17"),
                zone("XA/a", true, "2016-03-01"),
                zone("XA/b", false, "2015-07-17"),
            ],
            standing: [(
                code("XA"),
                vec![
                    change(Standing::Suspended, "2013-05-23T12:00:00Z"),
                    change(Standing::Open, "2015-07-17T00:00:00Z"),
                ],
            )]
            .into(),
            audits: [("XA-AUD-1".into(), (code("XA"), Carats::from_hundredths(500)))].into(),
        }
    }

    fn parcel_of(sources: &[&str]) -> Parcel {
        let share = |(index, text): (usize, &&str)| {
            let source: crate::Source = text.parse().unwrap();
            Share { id: format!("XA-P-1/{}", index + 1), carats: source.carats, source }
        };
        Parcel { shares: sources.iter().enumerate().map(share).collect(), ..parcel("XA-P-1", 10_000) }
    }

    #[track_caller]
    fn check(source: &str, expected: Option<&str>) {
        let barred = measures().barring_export(&parcel_of(&[source]), day("2017-01-01"));
        let found = barred.map(|b| format!("{} {} {}", b.lot, b.ground, b.on));
        assert_eq!(found.as_deref(), expected, "{source}");
    }

    #[test]
    fn the_day_of_find_and_the_day_of_sale_are_tested() {
        check("find L1 zone XA/a found 2016-03-01 carats 1.00", None);
        check("find L1 zone XA/a found 2016-02-29 carats 1.00", Some("XA-P-1/1 XA/a 2016-02-29"));
        check("find L1 zone XA/a found 2013-05-22 carats 1.00", None);
        check("find L1 zone XA/a found 2013-05-23 carats 1.00", Some("XA-P-1/1 XA 2013-05-23"));
        check("find L1 origin XA found 2015-07-16 carats 1.00", Some("XA-P-1/1 XA 2015-07-16"));
        check("find L1 origin XA found 2015-07-17 carats 1.00", None);
        // A stone from the ban is sold from the green zone.
        let sold = "zone XA/a found 2015-01-10 bought 2016-04-01 carats 1.00";
        check(&format!("purchase S1 {sold}"), Some("XA-P-1/1 XA 2015-01-10"));
        check(&format!("purchase S1 {sold} audit XA-AUD-1"), None);
        check(&format!("purchase S1 {sold} audit XA-AUD-9"), Some("XA-P-1/1 XA 2015-01-10"));
        check("find L1 origin XB found 2014-01-01 carats 1.00 audit XA-AUD-1", None);
    }

    #[test]
    fn an_import_is_tested_for_who_certified_it() {
        check("import XA-000001 origin XA imported 2014-01-01 carats 1.00", Some("XA-P-1/1 XA 2014-01-01"));
        check("import XC-000001 origin XA imported 2014-01-01 carats 1.00", None);
        check("import XA-000001 origin XA imported 2016-01-01 carats 1.00", None);
    }

    #[test]
    fn a_mixture_holds_nothing_that_is_under_a_measure_today() {
        let clean = "find L1 zone XA/a found 2016-04-01 carats 99.00";
        let other = "find L2 zone XA/b found 2012-04-01 carats 1.00";
        let barred = |sources: &[&str]| measures().barring_export(&parcel_of(sources), day("2017-01-01"));
        assert_eq!(barred(&[other]), None, "found before the measure, and on its own");
        let mixed = barred(&[clean, other]).unwrap();
        assert_eq!((mixed.lot.as_str(), mixed.ground.as_str()), ("XA-P-1/2", "XA/b"));
        assert_eq!(mixed.on, day("2017-01-01"));
        assert_eq!(barred(&[clean, clean]), None);
    }
}
