//! Set a national rule: from a day on, the participant's own law says how long a certificate holds, and the like.
//!
//! Scheme: Section IV(d) (laws give the scheme force), domain 1.0 (every rule needs its legal basis). Appends
//! `national_rule_set` to the participant's log. Changes nothing that was issued before.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse, Sentence};

use crate::{NationalRule, Officer, Participant, Role, queries, rules::may_act};

const RECORD_NATIONAL_RULE: Sql = sql!("record_national_rule");

kp_terms::form! {
    /// A national rule is set.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct NationalRuleSet {
        /// Whose rule.
        participant: ParticipantCode, "XA";
        /// Which rule.
        rule: NationalRule, "validity";
        /// What holds from then on: 60-days, 2-months, a number, or yes and no.
        value: String, "2-months";
        /// First day on which it holds.
        effective_from: Date, "2026-01-01";
        /// The law or order.
        legal_act: String, "Diamond Act, s. 12";
    }
}

impl Statement for NationalRuleSet {
    const KIND: &'static str = "national_rule_set";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why a rule is not set.
    pub enum Refusal {
        /// There is no such participant.
        NotAParticipant { code: ParticipantCode } = "not_a_participant", "{code} is not a participant; admit it first", "CD Section VI.8";
        /// The value cannot be meant.
        NotAValue { rule: NationalRule, value: String, expected: Sentence } = "not_a_value_of_the_rule", "{value} cannot be set for {rule}; write {expected}", "domain 3.1, 1.2: each rule has its own values";
        /// Without a law there is no rule.
        WithoutLegalAct = "rule_without_legal_act", "a national rule needs the law or order that makes it one", "CD Section IV(d)";
    }
}

struct Facts {
    officer: Officer,
    participant: Option<Participant>,
}

/// Sets a national rule.
///
/// # Errors
/// Refuses where the officer is not an administrator of that participant, or the value does not serve.
pub fn set_national_rule(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &NationalRuleSet,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        participant: queries::participant_by_code(tx, request.participant)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &NationalRuleSet) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Administrator, request.participant)?;
    if facts.participant.is_none() {
        return Err(Refusal::NotAParticipant { code: request.participant }.into());
    }
    if let Some(expected) = request.rule.expected(&request.value) {
        return Err(Refusal::NotAValue { rule: request.rule, value: request.value.clone(), expected }.into());
    }
    if request.legal_act.trim().is_empty() {
        return Err(Refusal::WithoutLegalAct.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: NationalRuleSet = entry.body()?;
    tx.execute(
        RECORD_NATIONAL_RULE,
        &[
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            body.rule.word().into(),
            (&body.value).into(),
            (&body.effective_from.to_string()).into(),
            (&body.legal_act).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, NationalRuleSet, decide};
    use crate::{NationalRule, Role, testing::*};

    #[test]
    fn the_administrator_sets_what_the_law_says() {
        let request = NationalRuleSet {
            participant: code("XA"),
            rule: NationalRule::Validity,
            value: "two months".into(),
            effective_from: jiff::civil::date(2026, 1, 1),
            legal_act: " ".into(),
        };
        let facts = Facts { officer: officer("XB", Role::Administrator), participant: None };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Administrator)),
                ("not_a_participant", |w| w.0.participant = Some(participant("XA"))),
                ("not_a_value_of_the_rule", |w| w.1.value = "2-months".into()),
                ("rule_without_legal_act", |w| w.1.legal_act = "Diamond Act".into()),
            ],
        );
    }
}
