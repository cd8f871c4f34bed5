//! Explain a difference: one signature under the reason why values are far apart, or weights differ. Two are needed, and
//! one of them from a person who had no part in the figures.
//!
//! Closes: L15, L18. Appends `difference_explained`, which states the figures it explains. Changes no figure.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Lot, Matter, queries,
    queries::{Assessment, assess},
    rules::{explained, spread, weighings},
    submit_value,
};

const RECORD_EXPLANATION: Sql = sql!("record_explanation");

/// Who may sign: those who value, seal, issue or direct.
const ROLES: [Role; 5] =
    [Role::Approver, Role::Valuer, Role::IndependentValuer, Role::Customs, Role::Director];

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The lot.
        lot: String, "XA-L-17";
        /// What is explained: spread or weight.
        matter: Matter, "spread";
        /// Why.
        explanation: String, "One fancy stone of 12 ct, seen by all three; the exporter's book has no band for it.";
    }
}

/// A difference is explained by one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceExplained {
    /// Whose lot.
    pub participant: ParticipantCode,
    /// Which lot.
    pub lot: String,
    /// What is explained.
    pub matter: Matter,
    /// The figures it explains; it stands for no others.
    pub figures: String,
    /// Why.
    pub explanation: String,
    /// Who signed.
    pub explained_by: String,
}

impl Statement for DifferenceExplained {
    const KIND: &'static str = "difference_explained";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.lot.clone()
    }
}

kp_terms::refusals! {
    /// Why an explanation is not taken.
    pub enum Refusal {
        /// Nothing differs.
        NothingToExplain { lot: String, matter: Matter } = "nothing_to_explain", "nothing about the {matter} of lot {lot} needs an explanation: values are not all open, or figures are within the limit", "L15, L18: two signatures where figures are far apart";
        /// Signed already.
        SignedAlready { officer: String, figures: String } = "signed_already", "{officer} has signed for {figures} already; the second signature is another person's", "four eyes (L15, L18)";
        /// Without words.
        WithoutWords = "explanation_without_words", "say why the figures differ", "L15, L18: every difference is explained";
    }
}

struct Facts {
    officer: Officer,
    lot: Option<Lot>,
    /// Largest spread that needs no explanation, percent.
    limit: u32,
}

/// Explains a difference.
///
/// # Errors
/// Refuses where nothing needs an explanation, or this person has signed already.
pub fn explain_difference(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let mut facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        lot: queries::lot_by_reference(tx, &request.lot)?,
        limit: 0,
    };
    if let Some(lot) = &facts.lot {
        facts.limit = queries::spread_limit_on(tx, lot.participant, desk.today())?;
    }
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<DifferenceExplained, Box<dyn Refuse>> {
    let Some(lot) = &facts.lot else {
        return Err(submit_value::Refusal::NoSuchLot { lot: request.lot.clone() }.into());
    };
    let held = ROLES.into_iter().find(|role| facts.officer.roles.contains(role));
    may_act::of_participant(&facts.officer, held.unwrap_or(Role::Approver), lot.participant)?;
    let (officer, matter) = (facts.officer.id.clone(), request.matter);
    if !differs(lot, matter, facts.limit) {
        return Err(Refusal::NothingToExplain { lot: lot.lot.clone(), matter }.into());
    }
    let figures = explained::figures(lot, matter);
    if explained::signatures(lot, matter).contains(&officer.as_str()) {
        return Err(Refusal::SignedAlready { officer, figures }.into());
    }
    if request.explanation.trim().is_empty() {
        return Err(Refusal::WithoutWords.into());
    }
    Ok(DifferenceExplained {
        participant: lot.participant,
        lot: lot.lot.clone(),
        matter,
        figures,
        explanation: request.explanation.clone(),
        explained_by: officer,
    })
}

fn differs(lot: &Lot, matter: Matter, limit: u32) -> bool {
    match (matter, assess(lot)) {
        (Matter::Weight, _) => weighings::differing(lot, None).is_some(),
        (Matter::Spread, Assessment::Open { spread: Some(points), .. }) => spread::is_beyond(points, limit),
        (Matter::Spread, _) => false,
    }
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: DifferenceExplained = entry.body()?;
    tx.execute(
        RECORD_EXPLANATION,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.lot).into(),
            body.matter.word().into(),
            (&body.figures).into(),
            (&body.explanation).into(),
            (&body.explained_by).into(),
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
    use crate::{Explanation, Matter, Party, Point, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts { officer: officer("XB", Role::Customs), lot: None, limit: 25 };
        let request = Request { lot: "XA-L-1".into(), matter: Matter::Spread, explanation: " ".into() };
        let explained = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_lot", |w| w.0.lot = Some(lot())),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Customs)),
                ("nothing_to_explain", |w| {
                    w.0.lot.as_mut().unwrap().values = vec![
                        value(Party::Exporter, "xa-clerk-1", "75.00"),
                        value(Party::Government, "xa-valuer-1", "100.00"),
                    ];
                }),
                // A quarter apart is within the limit; a cent more is not.
                ("nothing_to_explain", |w| {
                    let lot = w.0.lot.as_mut().unwrap();
                    lot.values[0] = value(Party::Exporter, "xa-clerk-1", "74.99");
                    lot.explanations = vec![Explanation {
                        matter: Matter::Spread,
                        figures: "exporter 74.99, government 100.00".into(),
                        explanation: "seen".into(),
                        explained_by: "xa-customs-1".into(),
                    }];
                }),
                ("signed_already", |w| w.0.lot.as_mut().unwrap().explanations.clear()),
                ("explanation_without_words", |w| w.1.explanation = "one fancy stone".into()),
            ],
        );
        assert_eq!(explained.figures, "exporter 74.99, government 100.00");
    }

    #[test]
    fn a_lost_weight_is_explained_by_its_figures() {
        let mut there = lot();
        there.weighings = vec![
            weighing(Point::Valuation, "120.90", "xa-valuer-1"),
            weighing(Point::Sealing, "120.00", "xa-customs-1"),
        ];
        let facts = Facts { officer: officer("XA", Role::Director), lot: Some(there), limit: 25 };
        let request =
            Request { lot: "XA-L-1".into(), matter: Matter::Weight, explanation: "a stone fell".into() };
        assert_eq!(decide(&facts, &request).unwrap().figures, "valuation 120.90, sealing 120.00");
    }
}
