//! Record a weighing: what the scale showed, at one of three points, each by another person.
//!
//! Scheme: domain 7 (Sierra Leone: weighed when presented, valued, weighed again and sealed). Closes: L18. Appends
//! `weighing_recorded`. Every weighing is kept; the last at a point counts.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{Lot, Point, queries, rules::blind::unhex, submit_value};

const RECORD_WEIGHING: Sql = sql!("record_weighing");

/// Most characters of a scale's name. Ours.
const LONGEST_SCALE: usize = 40;

kp_terms::form! {
    /// What the person at the scale types.
    pub struct Request {
        /// The lot.
        lot: String, "XA-L-17";
        /// Where: reception, valuation or sealing.
        point: Point, "reception";
        /// What the scale showed.
        carats: Carats, "120.90";
        /// Which scale.
        scale: String, "scale 3, checked 2026-01-15";
        /// SHA-256 of a photograph of its display, 64 hexadecimal digits.
        photo_sha256: Option<String>, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    }
}

/// A weighing is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeighingRecorded {
    /// Who weighs.
    pub participant: ParticipantCode,
    /// Which lot.
    pub lot: String,
    /// Where.
    pub point: Point,
    /// What the scale showed.
    pub carats: Carats,
    /// Which scale.
    pub scale: String,
    /// SHA-256 of a photograph of its display.
    pub photo_sha256: Option<String>,
    /// Who weighed.
    pub weighed_by: String,
}

impl Statement for WeighingRecorded {
    const KIND: &'static str = "weighing_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.lot.clone()
    }
}

kp_terms::refusals! {
    /// Why a weighing is not recorded.
    pub enum Refusal {
        /// The same person at two points.
        SamePersonWeighed { officer: String, point: Point } = "same_person_weighed", "{officer} weighed this lot at {point}; at each point another person weighs", "L18: three weighings by different people";
        /// Nothing on the scale.
        NotAWeight { carats: Carats } = "weighing_not_a_weight", "{carats} ct cannot be what the scale showed; give more than 0.00 ct", "L18";
        /// Which scale?
        NotAScale { scale: String } = "not_a_scale", "{scale:?} does not name a scale; give its number, at most 40 characters", "L18: scales are checked";
        /// Not a hash.
        NotAPhoto = "not_a_photo_hash", "a photograph is named by its SHA-256, 64 hexadecimal digits in small letters", "L18: a photograph of the display";
    }
}

struct Facts {
    officer: Officer,
    lot: Option<Lot>,
}

/// Records a weighing.
///
/// # Errors
/// Refuses where the same person weighed at another point, or weight, scale or photograph do not serve.
pub fn record_weighing(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        lot: queries::lot_by_reference(tx, &request.lot)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

/// Who weighs at which point.
const fn role_of(point: Point) -> Role {
    match point {
        Point::Reception => Role::Clerk,
        Point::Valuation => Role::Valuer,
        Point::Sealing => Role::Customs,
    }
}

fn decide(facts: &Facts, request: &Request) -> Result<WeighingRecorded, Box<dyn Refuse>> {
    let Some(lot) = &facts.lot else {
        return Err(submit_value::Refusal::NoSuchLot { lot: request.lot.clone() }.into());
    };
    may_act::of_participant(&facts.officer, role_of(request.point), lot.participant)?;
    let officer = facts.officer.id.clone();
    let elsewhere = |w: &&crate::Weighing| w.weighed_by == officer && w.point != request.point;
    if let Some(other) = lot.weighings.iter().find(elsewhere) {
        return Err(Refusal::SamePersonWeighed { officer, point: other.point }.into());
    }
    if request.carats <= Carats::ZERO {
        return Err(Refusal::NotAWeight { carats: request.carats }.into());
    }
    let scale = request.scale.trim().to_owned();
    if scale.is_empty() || scale.chars().count() > LONGEST_SCALE {
        return Err(Refusal::NotAScale { scale }.into());
    }
    if request.photo_sha256.as_ref().is_some_and(|photo| unhex(photo).is_none_or(|bytes| bytes.len() != 32)) {
        return Err(Refusal::NotAPhoto.into());
    }
    Ok(WeighingRecorded {
        participant: lot.participant,
        lot: lot.lot.clone(),
        point: request.point,
        carats: request.carats,
        scale,
        photo_sha256: request.photo_sha256.clone(),
        weighed_by: officer,
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: WeighingRecorded = entry.body()?;
    tx.execute(
        RECORD_WEIGHING,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.lot).into(),
            body.point.word().into(),
            body.carats.hundredths().into(),
            (&body.scale).into(),
            body.photo_sha256.as_ref().into(),
            (&body.weighed_by).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{Point, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts { officer: officer("XB", Role::Customs), lot: None };
        let request = Request {
            lot: "XA-L-1".into(),
            point: Point::Sealing,
            carats: carats(0),
            scale: " ".into(),
            photo_sha256: Some("9F86".into()),
        };
        let weighed = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_lot", |w| {
                    let mut there = lot();
                    there.weighings = vec![weighing(Point::Reception, "120.90", "xa-customs-1")];
                    w.0.lot = Some(there);
                }),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Customs)),
                ("same_person_weighed", |w| w.0.officer.id = "xa-customs-2".into()),
                ("weighing_not_a_weight", |w| w.1.carats = carats(12_000)),
                ("not_a_scale", |w| w.1.scale = "s".repeat(41)),
                ("not_a_scale", |w| w.1.scale = "scale 3".into()),
                ("not_a_photo_hash", |w| w.1.photo_sha256 = Some("0a".repeat(32))),
            ],
        );
        assert_eq!((weighed.point, weighed.carats), (Point::Sealing, carats(12_000)));
    }
}
