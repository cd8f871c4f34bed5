//! Declare a return: any table of Annex III, for one period, by the participant's focal point.
//!
//! Scheme: CD Annex III (tables, periods, a nil return is a return). Closes: L46, L53. The rules of `return_rules` are
//! looked at again when it is declared, whatever a sandbox said before: what blocks is refused, what warns must be forced
//! by rule with a reason, and both stand in the statement for everybody to read. Appends `return_declared`. A return sent
//! again is a new statement beside the one before.

use std::collections::BTreeMap;

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Date, FieldValue, Kind, ParticipantCode, Period, ReadError, Refuse, Sentence};
use serde::{Deserialize, Serialize};

use crate::{
    ReturnLine,
    annex_table::AnnexTable,
    figure::Figure,
    production::Declaration,
    queries,
    return_comment::Comment,
    return_rules::{self, Draft, Force, Known},
};

const RECORD_DECLARED: Sql = sql!("record_declared");
const RECORD_FORCED: Sql = sql!("record_forced");
const RECORD_COMMENT: Sql = sql!("record_comment");

/// A warning that was forced. Written `unit_value_jump: a rich pocket was reached in March`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forced {
    /// Which rule.
    pub rule: String,
    /// Why it is so all the same.
    pub reason: String,
}

impl std::fmt::Display for Forced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.rule, self.reason)
    }
}

impl std::str::FromStr for Forced {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let wrong = || {
            ReadError::new(format!(
                "{text:?} forces nothing; write the rule and the reason, for example \"carats_jump: the mine reopened in April\""
            ))
        };
        let (rule, reason) = text.split_once([':', '=']).ok_or_else(wrong)?;
        let (rule, reason) = (rule.trim(), reason.trim());
        let known = return_rules::RULES.iter().any(|it| it.name == rule && it.force == Force::Warns);
        if !known || reason.is_empty() {
            return Err(wrong());
        }
        Ok(Self { rule: rule.to_owned(), reason: reason.to_owned() })
    }
}

impl Serialize for Forced {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Forced {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (rule, reason) = text.split_once(": ").unwrap_or((&text, ""));
        // A rule of another version may be unknown here; what was signed reads all the same.
        Ok(Self { rule: rule.to_owned(), reason: reason.to_owned() })
    }
}

impl FieldValue for Forced {
    const KIND: Kind = Kind::Text;

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

kp_terms::form! {
    /// A return is declared.
    #[derive(Serialize, Deserialize)]
    pub struct ReturnDeclared {
        /// Whose return.
        participant: ParticipantCode, "XA";
        /// Which table: production, imports, exports, certificates or stocks.
        table: AnnexTable, "exports";
        /// For which period: a half-year, a quarter, a year.
        period: Period, "2026-Q1";
        /// Partner, class, carats and US$, as far as the table asks for them; none for a nil return.
        figures: Option<Vec<Figure>>, "XB 7102.31 1200.00 420000.00";
        /// Why it is sent again, where it is.
        reason: Option<String>, "a shipment was missing";
        /// Each warning that is forced, with its rule and why it is so all the same.
        forced: Option<Vec<Forced>>, "carats_jump: the mine reopened in April";
        /// What is said of single figures, each with the figure it is about; also of those that are missing on purpose.
        comments: Option<Vec<Comment>>, "XB 7102.31: two parcels of the last week are in it";
    }
}

impl ReturnDeclared {
    fn draft(&self) -> Draft {
        let rows = (1..).zip(self.figures.iter().flatten().cloned()).collect();
        Draft {
            participant: self.participant,
            table: self.table,
            period: self.period,
            rows,
            totals: Vec::new(),
        }
    }
}

impl Statement for ReturnDeclared {
    const KIND: &'static str = "return_declared";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        format!("return {} {} {}", self.participant, self.table, self.period)
    }
}

kp_terms::refusals! {
    /// Why a return is not taken.
    pub enum Refusal {
        /// Not a participant.
        NotAParticipant { code: ParticipantCode } = "not_a_participant", "{code} is not a participant", "CD Section VI.8";
        /// A rule blocks.
        Blocked { count: usize, rule: String, first: Sentence } = "return_blocked", "{count} findings must be mended first; {rule}: {first}", "docs/return-rules.md: rules that block";
        /// A warning is not forced.
        NotForced { rule: String, first: Sentence } = "warning_not_forced", "{rule}: {first}. Mend it, or force the rule with a reason, which is published with the return", "docs/return-rules.md: rules that warn";
        /// The period is locked.
        Locked { period: Period, table: AnnexTable } = "period_locked", "{table} of {period} are approved and locked; ask the Working Group on Statistics to open the period", "peers 1.E10: lock and approve a period";
        /// Figures of earlier returns are missing, and nobody has said that they are meant to be.
        NotComplete { count: usize, first: String } = "return_not_complete", "{count} figures of the last return are blank, the first {first}; mark the return complete if that is meant", "peers 4.1: mark complete, so that a blank is no slip";
        /// Sent again without a reason.
        NoReason { period: Period } = "restatement_without_reason", "{period} was declared before; say why it is sent again", "L53: restatements are listed with their reason";
    }
}

struct Facts {
    officer: Officer,
    is_participant: bool,
    declared_before: bool,
    locked: bool,
    known: Known,
}

/// Takes a return.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn declare_return(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &ReturnDeclared) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        is_participant: kp_registry::participant_by_code(tx, request.participant)?.is_some(),
        declared_before: queries::history(tx, request.participant, request.table)?
            .contains_key(&request.period),
        locked: crate::approve_period::is_locked(tx, request.table, request.period)?,
        known: known(tx, request.participant, request.table, request.period, desk.today())?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

/// What the rules need to know about a return.
///
/// # Errors
/// Where the database fails.
pub fn known(
    tx: &mut Tx<'_>,
    participant: ParticipantCode,
    table: AnnexTable,
    period: Period,
    today: Date,
) -> Result<Known> {
    let mut history: BTreeMap<Period, Vec<Figure>> = queries::history(tx, participant, table)?;
    history.remove(&period);
    let register = crate::register::figures(tx, participant, table, period)?;
    Ok(Known {
        today,
        participants: kp_registry::participants(tx)?.into_iter().map(|p| p.code).collect(),
        history,
        register,
    })
}

fn decide(facts: &Facts, request: &ReturnDeclared) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::FocalPoint, request.participant)?;
    if !facts.is_participant {
        return Err(Refusal::NotAParticipant { code: request.participant }.into());
    }
    let breaches = return_rules::check(&request.draft(), &facts.known);
    let blocking: Vec<_> = breaches.iter().filter(|breach| breach.force == Force::Blocks).collect();
    if let Some(first) = blocking.first() {
        let (rule, said) = (first.rule.to_owned(), first.in_row());
        return Err(Refusal::Blocked { count: blocking.len(), rule, first: said }.into());
    }
    let forced = |rule: &str| request.forced.iter().flatten().any(|forced| forced.rule == rule);
    if let Some(first) = breaches.iter().find(|breach| !forced(breach.rule)) {
        let (rule, said) = (first.rule.to_owned(), first.in_row());
        return Err(Refusal::NotForced { rule, first: said }.into());
    }
    if facts.locked {
        return Err(Refusal::Locked { period: request.period, table: request.table }.into());
    }
    if facts.declared_before && request.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Refusal::NoReason { period: request.period }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ReturnDeclared = entry.body()?;
    let position = i64::try_from(entry.position)?;
    let nil = Figure::of(kp_terms::Carats::ZERO, kp_terms::UsdCents::ZERO);
    let figures = body.figures.clone().filter(|figures| !figures.is_empty());
    let declared = if figures.is_some() { "figure" } else { "nil" };
    for (order, figure) in (0..).zip(figures.unwrap_or_else(|| vec![nil])) {
        let (what, count) = match figure.certificates {
            Some((what, count)) => (Some(what.word()), Some(i64::from(count))),
            None => (None, None),
        };
        tx.execute(
            RECORD_DECLARED,
            &[
                position.into(),
                i64::from(order).into(),
                body.participant.as_str().into(),
                body.table.word().into(),
                (&body.period.to_string()).into(),
                declared.into(),
                figure.partner.as_ref().map(ParticipantCode::as_str).into(),
                figure.hs.map(|hs| hs.code()).into(),
                crate::return_line::type_word(figure.production_type).into(),
                figure.carats.hundredths().into(),
                figure.value.cents().into(),
                what.into(),
                count.into(),
                figure.visibility.word().into(),
                (&entry.at.to_string()).into(),
                body.reason.as_deref().unwrap_or_default().into(),
            ],
        )?;
    }
    for (order, forced) in (0..).zip(body.forced.iter().flatten()) {
        let order: i64 = order;
        tx.execute(
            RECORD_FORCED,
            &[position.into(), order.into(), (&forced.rule).into(), (&forced.reason).into()],
        )?;
    }
    for (order, comment) in (0..).zip(body.comments.iter().flatten()) {
        let order: i64 = order;
        tx.execute(
            RECORD_COMMENT,
            &[position.into(), order.into(), (&comment.figure).into(), (&comment.words).into()],
        )?;
    }
    match body.period {
        Period::Half(half) if body.table == AnnexTable::Production => as_production(tx, entry, &body, half),
        _ => Ok(()),
    }
}

/// Production stands in the table of production returns too, which the series are made from.
fn as_production(tx: &mut Tx<'_>, entry: &Entry, body: &ReturnDeclared, half: kp_terms::Half) -> Result<()> {
    let figures = body.figures.clone().unwrap_or_default();
    let line = |figure: &Figure| ReturnLine {
        declaration: Declaration::Production,
        production_type: figure.production_type,
        carats: figure.carats,
        value: figure.value,
    };
    let mut lines: Vec<ReturnLine> = figures.iter().map(line).collect();
    if lines.is_empty() {
        let nil = Figure::of(kp_terms::Carats::ZERO, kp_terms::UsdCents::ZERO);
        lines.push(ReturnLine { declaration: Declaration::NoProduction, ..line(&nil) });
    }
    for (order, line) in lines.into_iter().enumerate() {
        let row = queries::ReturnRow {
            code: body.participant,
            name: "",
            half,
            line,
            created: Some(entry.on()),
            modified: None,
            source: "declared by the participant",
            file: "",
            file_row: 0,
        };
        queries::record_return(tx, entry, order, &row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::*;
    use crate::testing::*;

    #[test]
    fn each_reason_in_its_order() {
        let earlier = vec!["12000.00 1111111.00".parse().unwrap()];
        let known = Known {
            today: jiff::civil::date(2026, 7, 2),
            history: [("2025-H1".parse().unwrap(), earlier)].into(),
            ..Known::default()
        };
        let facts = Facts {
            officer: officer("XB", Role::FocalPoint),
            is_participant: false,
            declared_before: true,
            locked: true,
            known,
        };
        let request = ReturnDeclared {
            participant: code("XA"),
            table: AnnexTable::Production,
            period: "2026-H1".parse().unwrap(),
            figures: Some(vec!["5.00 0.00".parse().unwrap()]),
            reason: Some(" ".into()),
            forced: None,
            comments: None,
        };
        let mut world = (facts, request);
        refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::FocalPoint)),
                ("not_a_participant", |w| w.0.is_participant = true),
                ("return_blocked", |w| w.1.figures = Some(vec!["40000.00 3703703.00".parse().unwrap()])),
                ("warning_not_forced", |w| {
                    w.1.forced = Some(vec!["carats_jump: the mine reopened".parse().unwrap()]);
                }),
                ("period_locked", |w| w.0.locked = false),
                ("restatement_without_reason", |w| w.1.reason = Some("a mine was missing".into())),
            ],
        );
    }

    #[test]
    fn a_rule_that_blocks_cannot_be_forced_and_a_reason_is_needed() {
        for text in ["not_positive: it is so", "carats_jump", "carats_jump: ", "no_such_rule: because"] {
            assert!(text.parse::<Forced>().is_err(), "{text}");
        }
    }
}
