//! Which person at the provider is which officer here: bound and unbound by the officer, ended with the account.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Row, Sql, Tx, sql};
use kp_log::Failure;
use kp_terms::{Sentence, sentence};

use super::{Known, Purpose};
use crate::{
    Accounts, State, account,
    common::random,
    limits::{Limits, Of},
    trail,
};

const RECORD_BINDING: Sql = sql!("record_binding");
const BINDING_OF_OFFICER: Sql = sql!("binding_of_officer");
const BINDINGS: Sql = sql!("bindings");
const BINDING_OF_PERSON: Sql = sql!("binding_of_person");
const USE_BINDING: Sql = sql!("use_binding");
const END_BINDING: Sql = sql!("end_binding");
/// Most letters of a name that a provider gives; the rest says nothing more.
const LONGEST_NAME: usize = 100;

/// An account bound to a person at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Whose account.
    pub officer_id: String,
    /// The provider.
    pub issuer: String,
    /// The person there.
    pub subject: String,
    /// What the provider called them when it was bound.
    pub name: String,
    /// When it was bound.
    pub bound_at: Timestamp,
    /// When it last let the officer in or through.
    pub last_used_at: Option<Timestamp>,
    binding_id: String,
}

kp_terms::refusals! {
    /// Why an account is not bound.
    pub enum Refusal {
        /// Asked for something else, by somebody else, too long ago, or used.
        NotAsked = "ministry_not_asked", "the ministry's sign-in was not asked for this, or too long ago: begin again under Account", "OpenID Connect core 3.1.2.7: an answer fits its question";
        /// Nothing to bind.
        NoAccount { id: String } = "no_open_account_to_bind", "{id} has no open account to bind", "security 6";
        /// Two at once.
        BoundAlready { id: String } = "bound_already", "{id} is bound to a sign-in of the ministry already; end that binding first", "one person, one account (ours)";
        /// Somebody else's.
        BoundToAnother = "bound_to_another", "this sign-in of the ministry is bound to another officer's account; that officer ends it there first", "security 6: no shared accounts";
    }
}

impl Accounts {
    /// The binding of an officer that serves.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn binding_of(tx: &mut Tx<'_>, officer_id: &str) -> Result<Option<Binding>> {
        tx.optional(BINDING_OF_OFFICER, &[officer_id.into()], binding)
    }

    /// All bindings that serve, by officer.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn bindings(tx: &mut Tx<'_>) -> Result<Vec<Binding>> {
        tx.rows(BINDINGS, &[], binding)
    }

    /// The officer whose account somebody is bound to, where it is open.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn officer_known_as(tx: &mut Tx<'_>, known: &Known) -> Result<Option<String>> {
        Ok(of_person(tx, known)?.map(|binding| binding.officer_id))
    }

    /// Binds the account of the officer who asked.
    ///
    /// # Errors
    /// Refuses what was not asked by this officer for this, or is bound; fails where the database does.
    pub fn bind(&self, officer_id: &str, known: &Known, now: Timestamp) -> Result<(), Failure> {
        if known.purpose != Purpose::Bind || known.officer_id != officer_id {
            return Err(Failure::refused(Refusal::NotAsked));
        }
        let id = kp_sign::hex(&random::<8>()?);
        let at = now.to_string();
        self.node.db().write("bind an account", |tx| {
            let open = account::by_officer(tx, officer_id)?.is_some_and(|a| a.state == State::Open);
            let (own, other) = (Self::binding_of(tx, officer_id)?, person(tx, known)?);
            decide(officer_id, open, own.as_ref(), other.as_ref()).map_err(Failure::refused)?;
            if !self.spent.spend(&known.mark(), super::SERVES, now)? {
                return Err(Failure::refused(Refusal::NotAsked));
            }
            let name: String = known.name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
            let row = [
                (&id).into(),
                officer_id.into(),
                (&known.issuer).into(),
                (&known.subject).into(),
                (&name).into(),
                (&at).into(),
            ];
            tx.execute(RECORD_BINDING, &row)?;
            let detail = at_provider(&known.subject, &known.issuer);
            Ok(trail::add(tx, now, officer_id, "ministry_bound", officer_id, detail)?)
        })
    }

    /// Ends the officer's own binding. One that is not there has ended already.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn unbind(&self, officer_id: &str, now: Timestamp) -> Result<()> {
        self.node.db().write("unbind an account", |tx| {
            let Some(own) = Self::binding_of(tx, officer_id)? else { return Ok(()) };
            tx.execute(END_BINDING, &[officer_id.into(), "removed".into(), (&now.to_string()).into()])?;
            let detail = at_provider(&own.subject, &own.issuer);
            trail::add(tx, now, officer_id, "ministry_unbound", officer_id, detail)
        })
    }

    /// Counts an answer of the provider before it is looked at, like any attempt; how many seconds to wait, where too many came
    /// from there that proved nobody.
    pub fn count_answer(from: &str, limits: &Limits, now: Timestamp) -> Option<i64> {
        let wait = limits.wait(&[Of::Address(from)], now);
        if wait.is_none() {
            limits.failed(&[Of::Address(from)], now);
        }
        wait
    }

    /// Takes the count back: the answer held.
    pub fn answer_held(from: &str, limits: &Limits) {
        limits.succeeded(&[Of::Address(from)]);
    }

    /// Notes in the trail that somebody came with an answer that proved nobody, or nobody who is bound.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn nobody_proven(&self, why: &Sentence, from: &str, now: Timestamp) -> Result<()> {
        self.node.db().write("refuse an answer of the ministry", |tx| {
            let detail = sentence!("trail-detail-why-from", "{why}, from {from}", why = why, from = from);
            trail::add(tx, now, "unknown", "not_signed_in", "unknown", detail)
        })
    }
}

/// In the order a clerk would check.
fn decide(id: &str, open: bool, own: Option<&Binding>, other: Option<&Binding>) -> Result<(), Refusal> {
    let id = id.to_owned();
    if !open {
        return Err(Refusal::NoAccount { id });
    }
    if own.is_some() {
        return Err(Refusal::BoundAlready { id });
    }
    if other.is_some() {
        return Err(Refusal::BoundToAnother);
    }
    Ok(())
}

fn person(tx: &mut Tx<'_>, known: &Known) -> Result<Option<Binding>> {
    tx.optional(BINDING_OF_PERSON, &[(&known.issuer).into(), (&known.subject).into()], binding)
}

/// The binding of somebody whom the provider proved, while the account is open.
pub(crate) fn of_person(tx: &mut Tx<'_>, known: &Known) -> Result<Option<Binding>> {
    let Some(found) = person(tx, known)? else { return Ok(None) };
    let open = account::by_officer(tx, &found.officer_id)?.is_some_and(|a| a.state == State::Open);
    Ok(Some(found).filter(|_| open))
}

/// Notes that a binding served; whether it still does.
pub(crate) fn use_up(tx: &mut Tx<'_>, binding: &Binding, now: Timestamp) -> Result<bool> {
    let id = binding.binding_id.as_str();
    Ok(tx.execute(USE_BINDING, &[id.into(), (&now.to_string()).into()])? == 1)
}

/// Ends the binding of an account that is closed or recovered.
pub(crate) fn end_all(tx: &mut Tx<'_>, officer_id: &str, now: Timestamp) -> Result<()> {
    tx.execute(END_BINDING, &[officer_id.into(), "account".into(), (&now.to_string()).into()])?;
    Ok(())
}

fn binding(row: &Row<'_>) -> Result<Binding> {
    Ok(Binding {
        binding_id: row.get(0)?,
        officer_id: row.get(1)?,
        issuer: row.get(2)?,
        subject: row.get(3)?,
        name: row.get(4)?,
        bound_at: row.word(5)?,
        last_used_at: row.optional_word(6)?,
    })
}

fn at_provider(subject: &str, issuer: &str) -> Sentence {
    sentence!("trail-detail-at-provider", "{subject} at {issuer}", subject = subject, issuer = issuer)
}
