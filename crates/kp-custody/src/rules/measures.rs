//! Whether a measure stands against the ground that stones come from, on a day.
//!
//! Scheme: domain 4.4 (Central African Republic 2015-2024: exports from compliant zones only, stones of the ban excluded,
//! an audit before any stockpile leaves). Closes: L25 and, for mixtures, L36. A source is tested on the day of its find,
//! of its first sale or of its import; a mixture is tested on today as well, because stones under a measure would hide in
//! it. An audit of the scheme's monitoring group clears stones of a frozen stockpile. Never changes a state.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kp_registry::{
    Condition, Direction, Standing, StandingChange, ZoneChange, ZoneState, standing_for, zone_on,
};
use kp_terms::{Carats, Date, ParticipantCode};

use crate::{Parcel, Share, Source, SourceKind};

/// What is known of measures and audits.
#[derive(Debug, Clone, Default)]
pub struct Measures {
    /// Every state of every zone that was asked for, in the order of the log.
    pub zones: Vec<ZoneChange>,
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
    pub fn is_cleared(&self, source: &Source) -> bool {
        let audit = source.audit.as_ref().and_then(|audit| self.audits.get(audit));
        audit.is_some_and(|(land, _)| *land == source.origin())
    }

    /// A zone that was named by a decision is open or not from that decision's day on. Where the country's exports are
    /// allowed from compliant zones only, any other zone is closed, named or not.
    fn zone_closed(&self, source: &Source, day: Date) -> Option<(String, String)> {
        let known = source.zone().and_then(|zone| zone_on(&self.zones, zone, day));
        if let Some(change) = known.filter(|change| !change.state.is_open()) {
            return Some((change.zone.to_string(), change.legal_act.clone()));
        }
        if source.kind == SourceKind::Import || known.is_some_and(|c| c.state == ZoneState::Compliant) {
            return None;
        }
        let night = morning_of(day)?.checked_add(SignedDuration::from_secs(86_399)).ok()?;
        let standing = standing_for(self.standing.get(&source.origin())?, Direction::Export, night)?;
        let names = |zone| standing.scope.zones.contains(zone);
        let asks = standing.standing == Standing::Conditional
            && (standing.conditions.contains(&Condition::CompliantZones) || !standing.scope.zones.is_empty());
        if !asks || source.zone().is_some_and(names) {
            return None;
        }
        let ground = source.zone().map_or_else(|| source.origin().to_string(), ToString::to_string);
        Some((ground, standing.legal_act.clone()))
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
        let morning = morning_of(day)?;
        let night = morning.checked_add(SignedDuration::from_secs(86_399)).ok()?;
        let within =
            changes.iter().filter(|change| morning < change.effective_at && change.effective_at <= night);
        let at_first = standing_for(changes, Direction::Export, morning).into_iter();
        // What concerns imports, or some goods only, keeps no stones of a whole land back.
        let bars = |change: &&StandingChange| {
            change.standing.bars() && change.scope.is_all() && change.direction.covers(Direction::Export)
        };
        let barred = at_first.chain(within).find(bars)?;
        Some((land.to_string(), barred.legal_act.clone()))
    }
}

fn morning_of(day: Date) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
}

#[cfg(test)]
mod tests {
    use kp_registry::{Condition, Direction, Standing, StandingChange, UnderWayRule, ZoneChange, ZoneState};
    use kp_terms::Carats;

    use super::Measures;
    use crate::{Parcel, Share, testing::*};

    /// XA is barred from 23 May 2013 noon to 17 July 2015; its zone a is open from 1 March 2016.
    fn measures() -> Measures {
        let change = |standing, effective_at: &str| {
            let at = effective_at.parse().unwrap();
            StandingChange::of_all(standing, at, "decision 1".into(), UnderWayRule::HoldAndAsk)
        };
        let zone = |name: &str, open: bool, from: &str| ZoneChange {
            zone: name.parse().unwrap(),
            state: if open { ZoneState::Open } else { ZoneState::Suspended },
            effective_from: day(from),
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

    /// From 17 July 2015 on compliant zones only: what no decision calls compliant on the day of the find stays, named or
    /// not; and a bar on imports keeps no find back.
    #[test]
    fn under_a_conditional_standing_a_zone_must_be_compliant_on_the_day_of_the_find() {
        let change = |standing, at: &str, direction, conditions| StandingChange {
            direction,
            conditions,
            ..StandingChange::of_all(standing, at.parse().unwrap(), "decision 3".into(), UnderWayRule::Refuse)
        };
        let compliant = vec![Condition::CompliantZones];
        let mut measures = measures();
        measures.standing.insert(
            code("XA"),
            vec![
                change(Standing::Conditional, "2015-07-17T00:00:00Z", Direction::Export, compliant),
                change(Standing::Suspended, "2015-07-17T00:00:00Z", Direction::Import, Vec::new()),
            ],
        );
        measures.zones = vec![ZoneChange {
            zone: "XA/a".parse().unwrap(),
            state: ZoneState::Compliant,
            effective_from: day("2016-03-01"),
            legal_act: "decision 4".into(),
        }];
        for (source, ground) in [
            ("find L1 zone XA/a found 2015-07-16 carats 1.00", None),
            ("find L1 zone XA/a found 2016-02-29 carats 1.00", Some("XA/a")),
            ("find L1 zone XA/a found 2016-03-01 carats 1.00", None),
            ("find L1 zone XA/b found 2016-03-01 carats 1.00", Some("XA/b")),
            ("find L1 origin XA found 2016-03-01 carats 1.00", Some("XA")),
            ("import XA-000001 origin XA imported 2016-01-01 carats 1.00", None),
        ] {
            let barred = measures.barring_export(&parcel_of(&[source]), day("2017-01-01"));
            assert_eq!(barred.map(|barred| barred.ground).as_deref(), ground, "{source}");
        }
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
