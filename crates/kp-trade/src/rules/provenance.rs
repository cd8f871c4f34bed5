//! From which zones, mines and stock goods come, as the parcels behind an application say.
//!
//! Scheme: domain 4.4 (compliant zones, mines found compliant one by one, audited stock). Closes: L25: a standing lets go
//! what it names, and a parcel of which one source says nothing is a parcel of which nobody has said. Asked are the sources
//! from the issuer's own ground: what came in under a certificate of another was that one's to vouch for, and comes back
//! only as far as its arrival is confirmed (rules/parcels.rs). Stones that an audit cleared are not asked for their zone.

use kp_custody::{Parcel, Share, rules::measures::Measures};
use kp_registry::Goods;
use kp_terms::ParticipantCode;

/// What is known of goods, with what their parcels say of zones, mines and stock. Every parcel that stands behind the goods
/// must be among them.
pub(crate) fn say(goods: Goods, issuer: ParticipantCode, parcels: &[Parcel], measures: &Measures) -> Goods {
    let own = || {
        let shares = parcels.iter().flat_map(|parcel| &parcel.shares);
        shares.map(|share: &Share| &share.source).filter(|source| source.origin() == issuer)
    };
    let asked = own().filter(|source| !measures.is_cleared(source));
    Goods {
        zones: all(asked.map(|source| source.zone().cloned())),
        mines: all(own().map(|source| source.mine.clone())),
        stock: all(own().map(|source| source.stock.clone())),
        ..goods
    }
}

/// Each once, in order; nothing where one is not known.
fn all<T: Ord>(each: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let known: Option<std::collections::BTreeSet<T>> = each.collect();
    known.map(|known| known.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{code, day};
    use kp_custody::ParcelState;

    fn parcel(sources: &[&str]) -> Parcel {
        let share = |text: &&str| {
            let source: kp_custody::Source = text.parse().unwrap();
            // Nought carats: possible all the same, and it counts.
            Share { id: "XA-P-1/1".into(), carats: kp_terms::Carats::ZERO, source }
        };
        Parcel {
            parcel: "XA-P-1".into(),
            participant: code("XA"),
            hs: "7102.31".parse().unwrap(),
            carats: kp_terms::Carats::ZERO,
            holder: "XA-EXP-1".into(),
            state: ParcelState::Reserved,
            application: None,
            recorded_on: day("2026-01-20"),
            recorded_by: "xa-clerk".into(),
            handed_to: None,
            handed_by: None,
            shares: sources.iter().map(share).collect(),
        }
    }

    const NORTH: &str = "find L1 zone XA/north mine pit-2 stock production found 2026-01-10 carats 1.00";
    const SOUTH: &str = "find L2 zone XA/south mine pit-3 found 2026-01-10 carats 1.00";
    const NOWHERE: &str = "find L3 origin XA found 2026-01-10 carats 1.00";
    const AUDITED: &str =
        "find L4 origin XA mine pit-2 stock old found 2014-01-10 carats 1.00 audit XA-AUD-1";
    const IMPORT: &str = "import XB-000004 origin XC imported 2026-01-12 carats 1.00";
    const RETURNED: &str = "import XB-000005 zone XA/south imported 2026-01-12 carats 1.00";

    #[test]
    fn what_one_source_does_not_say_nobody_has_said() {
        let mut measures = Measures::default();
        measures.audits.insert("XA-AUD-1".into(), (code("XA"), "5.00".parse().unwrap()));
        for (sources, zones, mines, stock) in [
            (&[NORTH][..], "XA/north", "pit-2", "production"),
            (&[SOUTH, NORTH], "XA/north XA/south", "pit-2 pit-3", "?"),
            (&[NORTH, NOWHERE], "?", "?", "?"),
            (&[NORTH, AUDITED], "XA/north", "pit-2", "old production"),
            (&[NORTH, IMPORT], "XA/north", "pit-2", "production"),
            (&[IMPORT], "", "", ""),
            // Own stones that come back are own stones.
            (&[RETURNED], "XA/south", "?", "?"),
        ] {
            let parcels: Vec<Parcel> = sources.iter().map(|source| parcel(&[source])).collect();
            for parcels in [parcels, vec![parcel(sources)]] {
                let said = say(Goods::default(), code("XA"), &parcels, &measures);
                let zones_said = said.zones.map(|zones| zones.iter().map(ToString::to_string).collect());
                let words = |list: Option<Vec<String>>| list.map_or("?".into(), |list| list.join(" "));
                let found = (words(zones_said), words(said.mines), words(said.stock));
                assert_eq!(found, (zones.into(), mines.into(), stock.into()), "{sources:?}");
            }
        }
    }
}
