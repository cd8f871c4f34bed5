//! What the detectors remember of numbers and blank paper: drafts, ranges, sheets that are missing, who must count.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement};
use kp_registry::{NationalRule, set_national_rule::NationalRuleSet};
use kp_terms::{Date, ParticipantCode};
use kp_trade::{
    accept_blanks::BlanksAccepted, allot_range::RangeAllotted, count_blanks::BlanksCounted,
    draft_certificate::CertificateDrafted, receive_blanks::BlanksReceived, report_blanks_lost::BlanksLost,
};

use super::detectors::log_place;

const REMEMBER_DRAFT: Sql = sql!("remember_draft");
const REMEMBER_RANGE: Sql = sql!("remember_range");
const REMEMBER_BLANK_MISSING: Sql = sql!("remember_blank_missing");
const REMEMBER_BLANK_KEEPER: Sql = sql!("remember_blank_keeper");
const REMEMBER_BLANK_COUNT: Sql = sql!("remember_blank_count");
const REMEMBER_BLANK_RULE: Sql = sql!("remember_blank_rule");

/// Remembers an entry, also one that was set aside: that a number was drafted twice is what is looked for.
pub(super) fn remember(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    match entry.kind.as_str() {
        CertificateDrafted::KIND => drafted(tx, entry, &entry.body()?),
        RangeAllotted::KIND => allotted(tx, entry, &entry.body()?),
        BlanksLost::KIND => missing(tx, entry, &entry.body()?),
        BlanksReceived::KIND => {
            let body: BlanksReceived = entry.body()?;
            keeper(tx, entry, body.participant, &body.here)
        }
        BlanksAccepted::KIND => {
            let body: BlanksAccepted = entry.body()?;
            keeper(tx, entry, body.participant, &body.here)
        }
        BlanksCounted::KIND => {
            let body: BlanksCounted = entry.body()?;
            let month = month_of(entry.on());
            let count = [body.participant.as_str().into(), (&body.here).into(), (&month).into()];
            tx.execute(REMEMBER_BLANK_COUNT, &count)?;
            Ok(())
        }
        NationalRuleSet::KIND => rule(tx, entry, &entry.body()?),
        _ => Ok(()),
    }
}

/// `2026-02`.
pub(super) fn month_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn drafted(tx: &mut Tx<'_>, entry: &Entry, body: &CertificateDrafted) -> Result<()> {
    let position = i64::try_from(entry.position)?;
    let number = body.number.to_string();
    tx.execute(REMEMBER_DRAFT, &[(&number).into(), position.into(), log_place(entry).as_str().into()])?;
    Ok(())
}

fn allotted(tx: &mut Tx<'_>, entry: &Entry, body: &RangeAllotted) -> Result<()> {
    tx.execute(
        REMEMBER_RANGE,
        &[
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            (&body.office).into(),
            i64::try_from(body.numbers.first().serial())?.into(),
            i64::try_from(body.numbers.last().serial())?.into(),
            log_place(entry).as_str().into(),
        ],
    )?;
    Ok(())
}

fn missing(tx: &mut Tx<'_>, entry: &Entry, body: &BlanksLost) -> Result<()> {
    tx.execute(
        REMEMBER_BLANK_MISSING,
        &[
            i64::try_from(entry.position)?.into(),
            body.numbers.first().prefix().as_str().into(),
            i64::try_from(body.numbers.first().serial())?.into(),
            i64::try_from(body.numbers.last().serial())?.into(),
            body.how.place().word().into(),
            (&entry.on().to_string()).into(),
            log_place(entry).as_str().into(),
        ],
    )?;
    Ok(())
}

fn keeper(tx: &mut Tx<'_>, entry: &Entry, code: ParticipantCode, custodian: &str) -> Result<()> {
    let (day, place) = (entry.on().to_string(), log_place(entry));
    let keeper = [code.as_str().into(), custodian.into(), (&day).into(), place.as_str().into()];
    tx.execute(REMEMBER_BLANK_KEEPER, &keeper)?;
    Ok(())
}

fn rule(tx: &mut Tx<'_>, entry: &Entry, body: &NationalRuleSet) -> Result<()> {
    if body.rule != NationalRule::BlankStock {
        return Ok(());
    }
    tx.execute(
        REMEMBER_BLANK_RULE,
        &[
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            (&body.value).into(),
            (&body.effective_from.to_string()).into(),
        ],
    )?;
    Ok(())
}
