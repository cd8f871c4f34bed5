//! Report that a document key may have been in other hands: from an instant on, nothing under it is believed.
//!
//! Scheme: security 7.4, S-20. Closes: T11, T14. The instant becomes a place in the log, because a thief writes any time he
//! likes into what he signs, and the log's order he cannot write: entries before the cut stay good, later ones must be
//! re-issued, and what is in no log is worth nothing. Appends `key_compromise_reported` to the participant's log. Freezing
//! is quick on purpose: one custodian or one administrator suffices. Bringing a key back is impossible; it takes a new one.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{DocumentKey, LogCut, Officer, Role, queries, rules::may_act};

const RECORD_KEY_COMPROMISE: Sql = sql!("record_key_compromise");
const CLEAR_KEY_CUTS: Sql = sql!("clear_key_cuts");
const RECORD_KEY_CUT: Sql = sql!("record_key_cut");

kp_terms::form! {
    /// A key may have been in other hands.
    pub struct Request {
        /// Whose key.
        participant: ParticipantCode, "XA";
        /// Id of the key, sixteen hexadecimal digits.
        key_id: String, "0123456789abcdef";
        /// The earliest instant at which it may have been in other hands, UTC; too early is safe, too late is not.
        suspected_from: Timestamp, "2026-07-09T12:00:00Z";
        /// What happened.
        what_happened: String, "the safe was found open after the weekend";
    }
}

/// A key may have been in other hands, and the places in the logs from which on it is not believed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct KeyCompromiseReported {
    /// Whose key.
    pub participant: ParticipantCode,
    /// Id of the key.
    pub key_id: String,
    /// The earliest instant.
    pub suspected_from: Timestamp,
    /// What happened.
    pub what_happened: String,
    /// Of every log of the participant at that moment, by name: the first entry at or after the instant.
    pub cuts: Vec<LogCut>,
}

impl Statement for KeyCompromiseReported {
    const KIND: &'static str = "key_compromise_reported";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.key_id.clone()
    }
}

kp_terms::refusals! {
    /// Why a compromise is not reported.
    pub enum Refusal {
        /// There is no such key.
        NoSuchDocumentKey { id: String } = "no_such_document_key", "{id} is not a document key of this participant; the list of keys shows which there are", "security 7.4";
        /// From tomorrow on.
        InTheFuture { suspected_from: Timestamp, now: Timestamp } = "compromise_in_the_future", "{suspected_from} has not come yet (it is {now}); to take a key out of use from now on, retire it", "security 7.4: the earliest suspicion";
        /// Nothing happened.
        WithoutAccount = "compromise_without_account", "say what happened; other participants act on this", "security 7.4";
        /// An earlier report already reaches further.
        ReachesNoFurther { id: String, reported: Timestamp } = "compromise_reaches_no_further", "key {id} is not believed from {reported} on already; a later instant takes nothing back", "security 7.4: a report is never taken back";
    }
}

struct Facts {
    officer: Officer,
    key: Option<DocumentKey>,
    cuts: Vec<LogCut>,
}

/// Reports that a document key may have been in other hands.
///
/// # Errors
/// Refuses where the officer is neither custodian nor administrator of that participant, or the report says nothing new.
pub fn report_key_compromise(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        key: queries::document_key_by_id(tx, &request.key_id)?,
        cuts: kp_log::first_entries_since(
            tx,
            LogOwner::Participant(request.participant),
            request.suspected_from,
        )?
        .into_iter()
        .map(|(log_id, from_entry)| LogCut { log_id, from_entry })
        .collect(),
    };
    let statement = decide(facts, request, desk.now)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: Facts, request: &Request, now: Timestamp) -> Result<KeyCompromiseReported, Box<dyn Refuse>> {
    let id = request.key_id.clone();
    let role = if facts.officer.roles.contains(&Role::Administrator) {
        Role::Administrator
    } else {
        Role::Custodian
    };
    may_act::of_participant(&facts.officer, role, request.participant)?;
    let Some(key) = facts.key.as_ref().filter(|key| key.participant == request.participant) else {
        return Err(Refusal::NoSuchDocumentKey { id }.into());
    };
    if request.suspected_from > now {
        return Err(Refusal::InTheFuture { suspected_from: request.suspected_from, now }.into());
    }
    if request.what_happened.trim().is_empty() {
        return Err(Refusal::WithoutAccount.into());
    }
    let reported = key.compromise.as_ref().map(|compromise| compromise.suspected_from);
    if let Some(reported) = reported.filter(|reported| *reported <= request.suspected_from) {
        return Err(Refusal::ReachesNoFurther { id, reported }.into());
    }
    Ok(KeyCompromiseReported {
        participant: request.participant,
        key_id: id,
        suspected_from: request.suspected_from,
        what_happened: request.what_happened.clone(),
        cuts: facts.cuts,
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: KeyCompromiseReported = entry.body()?;
    tx.execute(
        RECORD_KEY_COMPROMISE,
        &[
            (&body.key_id).into(),
            (&body.suspected_from.to_string()).into(),
            (&entry.at.to_string()).into(),
            (&body.what_happened).into(),
        ],
    )?;
    tx.execute(CLEAR_KEY_CUTS, &[(&body.key_id).into()])?;
    for cut in &body.cuts {
        tx.execute(
            RECORD_KEY_CUT,
            &[(&body.key_id).into(), (&cut.log_id).into(), i64::try_from(cut.from_entry)?.into()],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{Compromise, LogCut, Role, testing::*};

    fn at(text: &str) -> jiff::Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn one_custodian_or_administrator_suffices_and_a_second_report_may_only_reach_further_back() {
        let request = Request {
            participant: code("XA"),
            key_id: "0123456789abcdef".into(),
            suspected_from: at("2026-07-10T00:00:00Z"),
            what_happened: " ".into(),
        };
        let mut key = document_key("XB", "2026-01-10", "2027-01-09");
        key.compromise = Some(Compromise {
            suspected_from: at("2026-07-08T00:00:00Z"),
            reported_at: at("2026-07-08T00:00:00Z"),
            what_happened: "lost".into(),
            cuts: Vec::new(),
        });
        let facts = || Facts {
            officer: officer("XB", Role::Custodian),
            key: Some(key.clone()),
            cuts: vec![LogCut { log_id: "kp.XA/2026".into(), from_entry: 7 }],
        };
        let reported = refused_in_order(
            &mut (officer("XB", Role::Custodian), code("XB"), request),
            |(officer, of, request)| {
                let mut facts = facts();
                facts.officer = officer.clone();
                facts.key.as_mut().unwrap().participant = *of;
                keyed(decide(facts, request, at("2026-07-09T12:00:00Z")))
            },
            &[
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0 = officer("XA", Role::Administrator)),
                ("no_such_document_key", |w| w.1 = code("XA")),
                ("compromise_in_the_future", |w| w.2.suspected_from = at("2026-07-09T12:00:00Z")),
                ("compromise_without_account", |w| w.2.what_happened = "the safe was open".into()),
                ("compromise_reaches_no_further", |w| w.2.suspected_from = at("2026-07-07T00:00:00Z")),
            ],
        );
        assert_eq!(reported.cuts, [LogCut { log_id: "kp.XA/2026".into(), from_entry: 7 }]);
    }
}
