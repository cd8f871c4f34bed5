//! What a re-export draws on imports is what the sources of its parcels say: two ways of saying one thing, which must agree.
//!
//! Scheme: EU2368 Art 12(1)(a) (conclusive evidence of lawful import), CA-Reg s.2(e)(v) (numbers of every certificate).
//! Closes: L35, L38: carats drawn are counted by what applications state, parcels by what they hold; if the two could differ, an
//! import could serve twice. At our desk what differs is refused (rules/parcels.rs). What another node states is recorded all
//! the same, with what is odd about it, and the detector `sources_differ_from_parcels` asks. The tolerance is the one for
//! every weighing (rules/weight.rs), because shares of a mixture are proportions.

use std::collections::BTreeMap;

use anyhow::Result;
use kp_custody::{Parcel, rules::weight};
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement};
use kp_terms::{Carats, CertificateNumber, Sentence, sentence};

use crate::{
    SourceDraw,
    apply_for_certificate::ApplicationReceived,
    cure_application::ApplicationCured,
    file_application::ApplicationFiled,
    kept::{keep, kept},
};

const RECORD_ODDITY: Sql = sql!("record_oddity");
const ODDITY_AT: Sql = sql!("oddity_at");

/// One import on which the two do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) number: CertificateNumber,
    /// Carats of it in the parcels.
    pub(crate) held: Carats,
    /// Carats that the application draws on it.
    pub(crate) drawn: Carats,
}

/// The first import, by number, of which parcels hold other carats than the application draws.
pub(crate) fn difference<'a>(
    parcels: impl IntoIterator<Item = &'a Parcel>,
    draws: &[SourceDraw],
    count: u32,
) -> Option<Difference> {
    let mut both: BTreeMap<CertificateNumber, (Carats, Carats)> = BTreeMap::new();
    for share in parcels.into_iter().flat_map(|parcel| &parcel.shares) {
        if let Some(number) = share.source.certificate() {
            let held = &mut both.entry(number).or_default().0;
            *held = held.checked_add(share.carats).unwrap_or(*held);
        }
    }
    for draw in draws {
        let drawn = &mut both.entry(draw.number.clone()).or_default().1;
        *drawn = drawn.checked_add(draw.carats).unwrap_or(*drawn);
    }
    let differs = |(number, (held, drawn)): (CertificateNumber, (Carats, Carats))| {
        // Nothing where there is something is no matter of scales.
        let one_is_nothing = (held == Carats::ZERO) != (drawn == Carats::ZERO);
        let agree = !one_is_nothing && weight::agrees(held, drawn, count);
        (!agree).then_some(Difference { number, held, drawn })
    };
    both.into_iter().find_map(differs)
}

/// Whether an entry is of a kind about which this may find something odd.
pub fn may_be_odd(entry: &Entry) -> bool {
    [ApplicationReceived::KIND, ApplicationFiled::KIND, ApplicationCured::KIND].contains(&entry.kind.as_str())
}

/// Records what is odd about an application that was stated elsewhere: parcels that are not known here, or that do not agree with
/// what it draws. Of one that was taken at our desk nothing is odd: it would have been refused.
pub(crate) fn look(tx: &mut Tx<'_>, entry: &Entry, body: &ApplicationReceived) -> Result<()> {
    let Some(named) = body.from_parcels.as_ref().filter(|named| !named.is_empty()) else { return Ok(()) };
    let mut parcels = Vec::new();
    for name in named {
        match kp_custody::parcel_by_reference(tx, name)? {
            Some(parcel) => parcels.push(parcel),
            None => {
                let sentence = sentence!(
                    "misfit-parcel-unknown",
                    "{application} names parcel {parcel}, which is not known here",
                    application = body.application,
                    parcel = name,
                );
                return record(tx, entry, &body.application, &sentence);
            }
        }
    }
    let draws = body.sources.as_deref().unwrap_or_default();
    match difference(&parcels, draws, body.parcels) {
        None => Ok(()),
        Some(Difference { number, held, drawn }) => {
            let sentence = sentence!(
                "misfit-parcels-differ",
                "the parcels of {application} hold {held} ct that came under {number}, and it draws {drawn} ct on that import",
                application = body.application,
                held = held,
                number = number,
                drawn = drawn,
            );
            record(tx, entry, &body.application, &sentence)
        }
    }
}

fn record(tx: &mut Tx<'_>, entry: &Entry, about: &str, sentence: &Sentence) -> Result<()> {
    let (position, sentence) = (i64::try_from(entry.position)?, keep(sentence));
    tx.execute(RECORD_ODDITY, &[position.into(), about.into(), (&sentence).into()])?;
    Ok(())
}

/// What is odd about the entry at a position, which stands all the same: what it is about, and a sentence.
///
/// # Errors
/// Where the database fails.
pub fn oddity_at(tx: &mut Tx<'_>, position: u64) -> Result<Option<(String, Sentence)>> {
    tx.optional(ODDITY_AT, &[i64::try_from(position)?.into()], |row| Ok((row.get(0)?, kept(row.get(1)?))))
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::testing::*;

    /// Parcels with shares of XB-4 and XB-5, and draws on them: the number that differs, or none.
    #[test]
    fn each_import_agrees_or_is_named() {
        for (shares, draws, differs) in [
            (&["XB-4 40.00", "XB-5 10.00"][..], &["XB-4 40.00", "XB-5 10.00"][..], None),
            // Shares of a mixture are proportions; a scale is a scale.
            (&["XB-4 40.00"], &["XB-4 40.05"], None),
            (&["XB-4 40.00"], &["XB-4 40.06"], Some("XB-000004")),
            (&["XB-4 20.00", "XB-4 20.00"], &["XB-4 40.00"], None),
            (&["XB-4 40.00", "XB-5 10.00"], &["XB-4 50.00"], Some("XB-000004")),
            (&["XB-4 40.00", "XB-5 0.04"], &["XB-4 40.00"], Some("XB-000005")),
            // Too little to count in hundredths, and possible all the same: nothing is drawn.
            (&["XB-4 40.00", "XB-5 0.00"], &["XB-4 40.00"], None),
            (&["XB-4 40.00"], &[], Some("XB-000004")),
            (&[], &["XB-4 40.00"], Some("XB-000004")),
            (&[], &[], None),
        ] {
            let parcels = [imported_parcel(shares)];
            let draws: Vec<crate::SourceDraw> = draws.iter().map(|text| text.parse().unwrap()).collect();
            let found = difference(&parcels, &draws, 1).map(|difference| difference.number.to_string());
            assert_eq!(found.as_deref(), differs, "{shares:?} {draws:?}");
        }
    }
}
