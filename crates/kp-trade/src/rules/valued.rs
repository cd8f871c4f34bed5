//! What valuation asks before a certificate is issued and before goods are sealed.
//!
//! Scheme: domain 7 (the highest of three values counts). Closes: L15 (all values in and open, none far from another
//! without an explanation by two persons; the certificate bears at least the highest), L18 (nothing gets lost between the
//! scales). Where the participant's own rule asks for no values and nobody opened a lot, nothing is asked.

use anyhow::Result;
use kp_custody::rules::weight;
use kp_db::Tx;
use kp_registry::{NationalRule, rule_on};
use kp_terms::{Carats, Date, HsCode, ParticipantCode, Refuse, UsdCents};
use kp_valuation::{
    Assessment, Lot, Matter, Party, Point, assess,
    rules::{explained, spread, weighings},
};

use crate::Line;

kp_terms::refusals! {
    /// Why the values or weights of a lot do not serve.
    pub enum Refusal {
        /// Nobody opened a lot, or values are missing.
        ValuesMissing { application: String, required: u32, missing: String } = "values_missing", "{required} values must be in before a certificate is issued for {application}; missing: {missing}", "national rule valuations-required; L15";
        /// In, and not open.
        ValuesSealed { lot: String, parties: String } = "values_sealed", "all values of lot {lot} are in, and these are not open yet: {parties}; each valuer opens the own one", "L15: blind until all are in, then open to all";
        /// Too far apart.
        SpreadUnexplained { lot: String, figures: String, spread: String, limit: u32, signed: usize } = "spread_unexplained", "the values of lot {lot} ({figures}) lie {spread} apart, more than {limit} %; two persons must explain it, {signed} signed so far", "L15; limit of 25 % ours, or the participant's own (national rule spread-limit)";
        /// The lot is another one.
        LotOfOtherGoods { lot: String, hs: HsCode, valued: Carats, stated: Carats } = "lot_of_other_goods", "lot {lot} holds {valued} ct of class {hs}, and the application states {stated} ct; open a lot of these goods", "L15, L17: what is valued is what leaves";
        /// Not weighed everywhere.
        WeighingMissing { lot: String, point: Point } = "weighing_missing", "lot {lot} was not weighed at {point}; weigh it, and record what the scale showed", "L18: weighed at three points";
        /// The same person.
        SamePersonWeighed { lot: String, officer: String, point: Point } = "same_person_weighed", "{officer} weighed lot {lot} at {point}; another person weighs when it is sealed", "L18: three weighings by different people";
        /// Something is lost.
        WeightUnexplained { lot: String, first: Point, before: Carats, second: Point, after: Carats, signed: usize } = "weight_unexplained", "lot {lot} weighed {before} ct at {first} and {after} ct at {second}; record the weighing, and let two persons explain it, {signed} signed so far", "L18; tolerance ours (rules/weight.rs)";
    }
}

/// The lot of an application, and what the participant's own rules ask.
#[derive(Debug, Clone, Default)]
pub struct Valued {
    /// The lot that counts, where there is one.
    pub lot: Option<Lot>,
    /// How many values must be in.
    pub required: u32,
    /// Largest spread that needs no explanation, percent.
    pub limit: u32,
}

impl Valued {
    /// Loads the lot and the rules.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn load(tx: &mut Tx<'_>, participant: ParticipantCode, application: &str, day: Date) -> Result<Self> {
        let sets = kp_registry::national_rules_of_participant(tx, participant)?;
        Ok(Self {
            lot: kp_valuation::valued_lot(tx, application)?,
            required: rule_on(&sets, NationalRule::ValuationsRequired, day).parse()?,
            limit: rule_on(&sets, NationalRule::SpreadLimit, day).parse()?,
        })
    }

    /// Who valued: these persons sign no certificate of this lot.
    pub fn valuers(&self) -> Vec<&str> {
        self.lot.as_ref().map(Lot::valuers).unwrap_or_default()
    }

    /// Whether the values are in, open, and explained where they lie far apart.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn check_values(&self, application: &str) -> Result<(), Box<dyn Refuse>> {
        let Some(lot) = &self.lot else {
            return self.missing(application, "all, no lot was opened");
        };
        if lot.required < self.required {
            return self
                .missing(application, "those that the rule asks since the lot was opened; open a new lot");
        }
        match assess(lot) {
            Assessment::Missing(parties) => self.missing(application, &words(&parties)),
            Assessment::Sealed(parties) => {
                Err(Refusal::ValuesSealed { lot: lot.lot.clone(), parties: words(&parties) }.into())
            }
            Assessment::Open { spread: Some(points), .. }
                if spread::is_beyond(points, self.limit) && !explained::is_explained(lot, Matter::Spread) =>
            {
                Err(Refusal::SpreadUnexplained {
                    lot: lot.lot.clone(),
                    figures: explained::figures(lot, Matter::Spread),
                    spread: spread::percent(points),
                    limit: self.limit,
                    signed: explained::signatures(lot, Matter::Spread).len(),
                }
                .into())
            }
            Assessment::Open { .. } => Ok(()),
        }
    }

    /// Missing values matter where the rule asks for values, or somebody opened a lot.
    fn missing(&self, application: &str, missing: &str) -> Result<(), Box<dyn Refuse>> {
        let required = self.lot.as_ref().map_or(0, |lot| lot.required).max(self.required);
        if required == 0 {
            return Ok(());
        }
        let (application, missing) = (application.to_owned(), missing.to_owned());
        Err(Refusal::ValuesMissing { application, required, missing }.into())
    }

    /// Whether the lot holds the goods that are certified.
    ///
    /// # Errors
    /// The first class that does not agree.
    pub fn check_goods(&self, lines: &[Line], parcels: u32) -> Result<(), Box<dyn Refuse>> {
        let Some(lot) = &self.lot else { return Ok(()) };
        for hs in HsCode::ALL {
            let of_class = lot.goods.iter().filter(|goods| goods.sort.hs == hs).map(|goods| goods.carats);
            let valued = Carats::sum(of_class).unwrap_or_default();
            let stated = lines.iter().find(|line| line.hs == hs).map(|line| line.carats).unwrap_or_default();
            if !weight::agrees(stated, valued, parcels) || stated.is_zero() != valued.is_zero() {
                return Err(Refusal::LotOfOtherGoods { lot: lot.lot.clone(), hs, valued, stated }.into());
            }
        }
        Ok(())
    }

    /// The lines that the certificate bears: as declared, or as the highest value says where that is more.
    pub fn lines(&self, declared: &[Line]) -> Vec<Line> {
        let total = Line::total_value(declared).unwrap_or_default();
        match self.lot.as_ref().map(assess) {
            Some(Assessment::Open { tax_base, by_class, .. }) if tax_base > total => {
                declared.iter().map(|line| Line { value: of_class(&by_class, line), ..*line }).collect()
            }
            _ => declared.to_vec(),
        }
    }

    /// Whether the lot was weighed at every point, by different persons, and weighs now what it weighed before.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn check_weighings(&self, weighed: Carats) -> Result<(), Box<dyn Refuse>> {
        let Some(lot) = &self.lot else { return Ok(()) };
        for point in [Point::Reception, Point::Valuation] {
            if weighings::last_at(lot, point).is_none() {
                return Err(Refusal::WeighingMissing { lot: lot.lot.clone(), point }.into());
            }
        }
        let Some((first, before, second, after)) = weighings::differing(lot, Some(weighed)) else {
            return Ok(());
        };
        // What two persons explained is what was recorded; another weight at the seal is another matter.
        let recorded = weighings::last_at(lot, Point::Sealing).is_none_or(|w| w.carats == weighed);
        if recorded && explained::is_explained(lot, Matter::Weight) {
            return Ok(());
        }
        let signed = explained::signatures(lot, Matter::Weight).len();
        Err(Refusal::WeightUnexplained { lot: lot.lot.clone(), first, before, second, after, signed }.into())
    }

    /// Whether the person who seals weighed the lot nowhere before.
    ///
    /// # Errors
    /// Where it was the same person.
    pub fn check_who_seals(&self, officer: &str) -> Result<(), Box<dyn Refuse>> {
        let Some(lot) = &self.lot else { return Ok(()) };
        let elsewhere = lot.weighings.iter().find(|w| w.weighed_by == officer && w.point != Point::Sealing);
        match elsewhere {
            Some(weighing) => Err(Refusal::SamePersonWeighed {
                lot: lot.lot.clone(),
                officer: officer.to_owned(),
                point: weighing.point,
            }
            .into()),
            None => Ok(()),
        }
    }
}

fn of_class(by_class: &[(HsCode, UsdCents)], line: &Line) -> UsdCents {
    by_class.iter().find(|(hs, _)| *hs == line.hs).map_or(line.value, |(_, value)| *value)
}

fn words(parties: &[Party]) -> String {
    parties.iter().map(|party| party.word()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;
    use kp_valuation::{Explanation, Lot, Matter, Party, Point, Stage, Value, Weighing};

    use super::Valued;
    use crate::{Line, testing::*};

    fn lot() -> Lot {
        Lot {
            lot: "XA-L-1".into(),
            participant: code("XA"),
            application: "XA-A-1".into(),
            licence_number: "XA-EXP-7".into(),
            required: 2,
            opened_on: day("2026-02-01"),
            opened_by: "xa-clerk-1".into(),
            goods: vec!["7102.21 20.00".parse().unwrap(), "7102.31 100.00".parse().unwrap()],
            values: Vec::new(),
            weighings: Vec::new(),
            explanations: Vec::new(),
        }
    }

    fn value(party: Party, by: &str, industrial: &str, gem: &str) -> Value {
        Value {
            stage: Stage::AsPresented,
            party,
            valued_by: by.into(),
            key_id: String::new(),
            sealed_at: String::new(),
            commitment: String::new(),
            sealed: String::new(),
            opened_on: Some(day("2026-02-02")),
            lines: vec![
                format!("7102.21 {industrial}").parse().unwrap(),
                format!("7102.31 {gem}").parse().unwrap(),
            ],
            price_book: None,
        }
    }

    fn weighing(point: Point, weighed: &str, by: &str) -> Weighing {
        Weighing {
            point,
            carats: weighed.parse().unwrap(),
            scale: "3".into(),
            photo: None,
            weighed_by: by.into(),
            weighed_on: day("2026-02-02"),
        }
    }

    fn signed(matter: Matter, figures: &str, by: &str) -> Explanation {
        Explanation { matter, figures: figures.into(), explanation: "seen".into(), explained_by: by.into() }
    }

    fn there(valued: &mut Valued) -> &mut Lot {
        valued.lot.as_mut().unwrap()
    }

    #[test]
    fn values_are_in_open_and_explained() {
        let mut valued = Valued { lot: None, required: 3, limit: 25 };
        refused_in_order(
            &mut valued,
            |valued| keyed(valued.check_values("XA-A-1")),
            &[
                ("values_missing", |v| v.lot = Some(lot())),
                ("values_missing", |v| v.required = 2),
                ("values_missing", |v| {
                    there(v).values.push(Value {
                        opened_on: None,
                        lines: Vec::new(),
                        ..value(Party::Exporter, "xa-clerk-1", "1.00", "1.00")
                    });
                    there(v).values.push(value(Party::Government, "xa-valuer-1", "100.00", "900.00"));
                }),
                ("values_sealed", |v| {
                    there(v).values[0] = value(Party::Exporter, "xa-clerk-1", "100.00", "649.90");
                }),
                ("spread_unexplained", |v| {
                    let figures = "exporter 749.90, government 1000.00";
                    there(v).explanations.push(signed(Matter::Spread, figures, "xa-valuer-1"));
                }),
                ("spread_unexplained", |v| {
                    let figures = "exporter 749.90, government 1000.00";
                    there(v).explanations.push(signed(Matter::Spread, figures, "xa-director-1"));
                }),
            ],
        );
        Valued::default().check_values("XA-A-1").unwrap();
        assert_eq!(valued.valuers(), ["xa-valuer-1"]);
    }

    #[test]
    fn the_certificate_bears_the_highest_value_class_by_class() {
        let lines: Vec<Line> =
            vec!["7102.31 100.00 800.00".parse().unwrap(), "7102.21 20.00 150.00".parse().unwrap()];
        let mut valued = Valued { lot: Some(lot()), required: 0, limit: 25 };
        assert_eq!(valued.lines(&lines), lines, "no values yet");
        there(&mut valued).values = vec![
            value(Party::Exporter, "xa-clerk-1", "150.00", "800.00"),
            value(Party::Government, "xa-valuer-1", "100.00", "900.00"),
        ];
        let borne: Vec<String> = valued.lines(&lines).iter().map(ToString::to_string).collect();
        assert_eq!(borne, ["7102.31 100.00 900.00", "7102.21 20.00 100.00"]);
        let more: Vec<Line> = vec!["7102.31 100.00 2000.00".parse().unwrap()];
        assert_eq!(valued.lines(&more), more, "declared higher than anybody values");
    }

    #[test]
    fn a_lot_is_of_the_goods_that_leave() {
        let valued = Valued { lot: Some(lot()), required: 0, limit: 25 };
        let check = |lines: &[&str]| {
            let lines: Vec<Line> = lines.iter().map(|line| line.parse().unwrap()).collect();
            keyed(valued.check_goods(&lines, 1))
        };
        assert_eq!(check(&["7102.31 100.10 1.00", "7102.21 20.05 1.00"]), Ok(()));
        for other in [
            &["7102.31 100.11 1.00", "7102.21 20.00 1.00"] as &[&str],
            &["7102.31 100.00 1.00"],
            &["7102.31 100.00 1.00", "7102.21 20.00 1.00", "7102.10 0.01 1.00"],
        ] {
            assert_eq!(check(other).unwrap_err(), "lot_of_other_goods", "{other:?}");
        }
    }

    #[test]
    fn what_was_lost_is_explained_before_it_is_sealed() {
        let mut valued = Valued { lot: Some(lot()), required: 0, limit: 25 };
        let check = |valued: &Valued| keyed(valued.check_weighings(carats(12_000)));
        refused_in_order(
            &mut valued,
            check,
            &[
                ("weighing_missing", |v| {
                    there(v).weighings.push(weighing(Point::Reception, "120.90", "xa-clerk-1"));
                }),
                ("weighing_missing", |v| {
                    there(v).weighings.push(weighing(Point::Valuation, "120.90", "xa-valuer-1"));
                }),
                // L18: 0.9 ct are gone between valuation and seal.
                ("weight_unexplained", |v| {
                    there(v).weighings.push(weighing(Point::Sealing, "120.00", "xa-customs-1"));
                    let figures = "reception 120.90, valuation 120.90, sealing 120.00";
                    there(v).explanations.push(signed(Matter::Weight, figures, "xa-customs-1"));
                }),
                ("weight_unexplained", |v| {
                    let figures = "reception 120.90, valuation 120.90, sealing 120.00";
                    there(v).explanations.push(signed(Matter::Weight, figures, "xa-approver-1"));
                }),
            ],
        );
        let other = keyed(valued.check_weighings(carats(11_990)));
        assert_eq!(other.unwrap_err(), "weight_unexplained", "not the weight that was explained");
        assert_eq!(keyed(valued.check_who_seals("xa-valuer-1")).unwrap_err(), "same_person_weighed");
        valued.check_who_seals("xa-customs-1").unwrap();
    }
}
