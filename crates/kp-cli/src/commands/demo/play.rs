//! Playing the invented world into a node, through the same acts as everybody's, at the times at which they happen there.
//!
//! Each step is one statement of an officer, so the log itself says how far the world came: a run that was cut short,
//! even by a power cut, goes on with the next step.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::TimeZone};
use kp_log::Signer;
use kp_node::{ActFailure, Node, Receipt};
use kp_statistics::load_returns::ReturnsLoaded;
use kp_terms::{Fields, ParticipantCode};

use super::{
    papers, trade,
    world::{CEREMONY, DAYS, LOAD_RETURNS, REGISTER_KEY, STEPS, Step},
};

/// The passphrase of every key of the invented world. Published: it protects nothing.
pub(super) const PASSPHRASE: &str = "demonstration";
/// The officer whom the node itself names.
const FOUNDER: &str = "scheme-secretary";
/// Entries read at a time.
const BATCH: u32 = 500;

/// A world being played.
pub(super) struct Player<'a> {
    node: &'a Node,
    begins: Date,
    /// Published returns of real participants; a world for training has none.
    returns: Option<&'a ReturnsLoaded>,
    keys: BTreeMap<String, Signer>,
}

impl<'a> Player<'a> {
    /// A world that ends at a moment.
    pub(super) fn new(node: &'a Node, ends: Timestamp, returns: Option<&'a ReturnsLoaded>) -> Result<Self> {
        let begins = TimeZone::UTC.to_datetime(ends).date().checked_sub(DAYS.days())?;
        Ok(Self { node, begins, returns, keys: BTreeMap::new() })
    }

    /// Plays what is left to play, day by day.
    pub(super) fn play(&mut self, with_trade: bool, bar: &ProgressBar) -> Result<()> {
        self.found()?;
        let done = self.acts_in_log()?;
        let in_order = in_order(self.begins, with_trade, self.returns.is_some());
        bar.set_length(in_order.len() as u64);
        bar.set_position(done as u64);
        let first = in_order.get(done).map_or(DAYS, |(step, _)| step.day);
        let mut left = in_order.into_iter().skip(done).peekable();
        for day in first..DAYS {
            // The node's clock runs every day, as it does where `kpcs serve` runs.
            self.node.reach_day(self.moment(day, 0)?)?;
            while let Some((step, minute)) = left.next_if(|(step, _)| step.day == day) {
                self.act(&step, self.moment(day, minute)?)?;
                bar.inc(1);
            }
        }
        Ok(())
    }

    fn moment(&self, day: i64, minute: i64) -> Result<Timestamp> {
        let midnight = self.begins.checked_add(day.days())?.at(0, 0, 0, 0);
        let midnight = TimeZone::UTC.to_timestamp(midnight)?;
        Ok(midnight.checked_add(SignedDuration::from_mins(minute))?)
    }

    fn found(&self) -> Result<()> {
        if self.node.is_founded()? {
            return Ok(());
        }
        let fields = fields_of(&[
            ("body", "scheme"),
            ("officer_id", FOUNDER),
            ("name", "Z. Secretary"),
            ("roles", "secretariat"),
        ]);
        let founder = &self.node.keys().signer;
        self.drop_key_of_nobody(FOUNDER)?;
        self.node.perform_with_new_key("name_officer", fields, PASSPHRASE, founder, self.moment(0, 0)?)?;
        Ok(())
    }

    /// How many acts of people the log holds; the node's own do not count.
    fn acts_in_log(&self) -> Result<usize> {
        let node_key = self.node.keys().signer.key.public().id();
        let (mut position, mut acts) = (0, 0);
        loop {
            let entries = self.node.db().read(|tx| kp_log::entries_after(tx, position, BATCH))?;
            let Some(last) = entries.last() else { return Ok(acts) };
            position = last.position;
            acts += entries.iter().filter(|entry| entry.key_id != node_key).count();
        }
    }

    fn act(&mut self, step: &Step, now: Timestamp) -> Result<()> {
        let fields = self.filled(step)?;
        let signer = self.signer(&step.officer)?;
        let outcome: Result<Receipt, ActFailure> = match step.act {
            LOAD_RETURNS => match self.returns {
                Some(returns) => self.node.load_returns(returns, &signer, now).map_err(ActFailure::from),
                None => bail!("a world without returns loads none"),
            },
            REGISTER_KEY => self.register_key(fields, &signer, now),
            "name_officer" => {
                let id =
                    fields.get("officer_id").and_then(|typed| typed.first()).cloned().unwrap_or_default();
                self.drop_key_of_nobody(&id)?;
                self.node.perform_with_new_key(step.act, fields, PASSPHRASE, &signer, now)
            }
            _ => self.node.perform(step.act, &fields, &signer, now),
        };
        match outcome {
            Ok(_) => Ok(()),
            Err(failure) => bail!(
                "the invented world cannot be played: {} by {} on day {}: {failure}",
                step.act,
                step.officer,
                step.day
            ),
        }
    }

    /// The document key lies open, so that the demonstration signs again after a restart with nobody there.
    fn register_key(
        &self,
        mut fields: Fields,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<Receipt, ActFailure> {
        let keyring = self.node.keyring().context("a demonstration in a folder has a keyring")?;
        // If power failed between making a key and registering it, its file is a key of nobody.
        for file in keyring.document_keys()? {
            let known = self.node.db().read(|tx| kp_registry::document_key_by_id(tx, &file.key_id))?;
            if known.is_none() {
                keyring.unmake_document_key(&file.key_id)?;
            }
        }
        let public = keyring.make_document_key(None)?.public();
        fields.insert("public_key".to_owned(), vec![kp_sign::hex(&public.to_bytes())]);
        let receipt = self.node.perform(REGISTER_KEY, &fields, signer, now)?;
        self.node.open_document_key(&public.id().to_string(), None)?;
        Ok(receipt)
    }

    /// If power failed between making a key file and naming its officer, the file is a key of nobody.
    fn drop_key_of_nobody(&self, officer: &str) -> Result<()> {
        let named = self.node.db().read(|tx| kp_registry::officer_by_id(tx, officer))?.is_some();
        match self.node.keyring() {
            Some(keyring) if !named && keyring.holds(officer) => keyring.unmake(officer),
            _ => Ok(()),
        }
    }

    fn signer(&mut self, officer: &str) -> Result<Signer> {
        if let Some(signer) = self.keys.get(officer) {
            return Ok(signer.clone());
        }
        let signer = self.node.open_key(officer, PASSPHRASE)?;
        self.keys.insert(officer.to_owned(), signer.clone());
        Ok(signer)
    }

    /// Dates and case numbers are known only when the world is played.
    fn filled(&self, step: &Step) -> Result<Fields> {
        let mut fields = Fields::new();
        for (name, value) in step.pairs() {
            let value = if let Some(day) = value.strip_prefix('@') {
                self.begins.checked_add(day.parse::<i64>()?.days())?.to_string()
            } else if let Some(detector) = value.strip_prefix("case:") {
                self.case_about(detector)?
            } else if let Some(participant) = value.strip_prefix("key:") {
                self.document_key_of(participant.parse()?)?
            } else if value == "record:ceremony" {
                papers::sha256(CEREMONY.as_bytes())
            } else {
                value.to_owned()
            };
            fields.entry(name.to_owned()).or_default().push(value);
        }
        Ok(fields)
    }

    fn document_key_of(&self, participant: ParticipantCode) -> Result<String> {
        let keys = self.node.db().read(|tx| kp_registry::document_keys_of_participant(tx, participant))?;
        let key = keys.into_iter().next_back();
        Ok(key.with_context(|| format!("{participant} has no document key yet"))?.key_id)
    }

    fn case_about(&self, detector: &str) -> Result<String> {
        let cases = self.node.db().read(kp_cases::cases)?;
        let about = cases.into_iter().find(|case| case.finding_id.starts_with(&format!("{detector}:")));
        Ok(about.with_context(|| format!("no case was opened about {detector}"))?.case_number)
    }
}

/// Every step with the minute of its day: from eight o'clock on, one each five minutes. The same however much of the
/// day was played before.
fn in_order(begins: Date, with_trade: bool, with_returns: bool) -> Vec<(Step, i64)> {
    let trade = if with_trade { trade::steps(begins) } else { Vec::new() };
    let of_the_world = STEPS.iter().filter(|step| with_returns || step.act != LOAD_RETURNS).cloned();
    let mut steps: Vec<Step> = of_the_world.chain(trade).collect();
    steps.sort_by_key(|step| step.day); // stable: steps of one day keep their order
    let mut timed: Vec<(Step, i64)> = Vec::new();
    for step in steps {
        let minute = match timed.last() {
            Some((last, minute)) if last.day == step.day => minute + 5,
            _ => 480,
        };
        timed.push((step, minute));
    }
    timed
}

fn fields_of(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
}
