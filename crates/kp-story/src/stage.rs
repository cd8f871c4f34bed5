//! The stage a story is played on: a fresh node, its officers with their keys, the clock, and the transcript.
//!
//! Every act goes through [`Node::perform`], like everybody else's. Keys are made from the officers' ids, so that the
//! same story gives the same bytes on every machine and every database.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use jiff::civil::Date;
use kp_db::Url;
use kp_log::{Failure, NodeKeys, Signer};
use kp_node::{ActFailure, Node};
use kp_sign::SigningKey;
use kp_terms::Fields;

use crate::{clock::Clock, form::Args, outside_memory::OutsideMemory};

/// Why a line could not be played to its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The node said no: the short name, the sentence, the rule.
    Refused { key: String, sentence: String, rule: String },
    /// Something broke.
    Broken(anyhow::Error),
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

/// How an attack ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It was refused.
    Stopped,
    /// It happened, and was seen.
    Exposed,
}

/// What an expectation saw.
#[derive(Debug)]
pub(crate) struct Sight {
    /// Whether it is as expected.
    pub(crate) holds: bool,
    /// What is there, in words.
    pub(crate) found: String,
    /// What it shows of an attack, where it is as expected.
    pub(crate) shows: Option<Verdict>,
}

pub(crate) struct Stage {
    pub(crate) node: Node,
    pub(crate) outside: OutsideMemory,
    pub(crate) clock: Clock,
    pub(crate) transcript: Vec<String>,
    /// Acts that were done by officers, by the position of their statement.
    pub(crate) acts: BTreeMap<u64, &'static str>,
    pub(crate) tampered: bool,
    keys: BTreeMap<String, u32>,
    /// How many applications the story's one-line `issue` has made.
    pub(crate) applications: u32,
    /// The lists that everybody carries: those published last.
    pub(crate) lists: Option<Box<kp_certificate::lists::Bundle>>,
    /// What a desk without a network said about the last paper.
    pub(crate) verdict: Option<kp_verify::Verdict>,
    /// Who signs the acts of this line, where it says so.
    signs: Option<String>,
}

impl Stage {
    /// A fresh node, founded, with its secretariat and its Working Group on Statistics.
    pub(crate) fn open(url: &Url, begins: Date) -> Result<Self> {
        let outside = OutsideMemory::default();
        let keys = NodeKeys {
            signer: signer("story-node", 0)?,
            checkpoint_seed: kp_sign::sha256(b"checkpoints of a story's node"),
            documents: kp_log::DocumentKeys::default(),
        };
        let node = Node::in_database_with_outside(url, keys, Box::new(outside.clone()))?;
        let mut stage = Self {
            node,
            outside,
            clock: Clock::beginning(begins)?,
            transcript: Vec::new(),
            acts: BTreeMap::new(),
            tampered: false,
            keys: BTreeMap::new(),
            applications: 0,
            lists: None,
            verdict: None,
            signs: None,
        };
        stage.found()?;
        Ok(stage)
    }

    fn found(&mut self) -> Result<()> {
        self.clock.founded();
        let now = self.clock.tick(&self.node)?;
        let founder = self.officer_fields("scheme-secretariat", "scheme", &["secretariat"])?;
        let node = self.node.keys().signer.clone();
        self.node.perform("name_officer", &founder, &node, now)?;
        let statistics = self.officer_fields("scheme-statistics", "scheme", &["statistics"])?;
        match self.act("name_officer", "scheme-secretariat", statistics) {
            Ok(()) => Ok(()),
            Err(Stop::Broken(error)) => Err(error),
            Err(Stop::Refused { sentence, .. }) => anyhow::bail!("the node could not be founded: {sentence}"),
        }
    }

    /// The fields that name an officer, with the key of that officer.
    pub(crate) fn officer_fields(&self, id: &str, body: &str, roles: &[&str]) -> Result<Fields> {
        let mut fields = fields(&[("body", body), ("officer_id", id), ("name", id)]);
        fields.insert("roles".into(), roles.iter().map(|role| (*role).to_owned()).collect());
        fields.insert("public_key".into(), vec![self.public_key(id)?]);
        Ok(fields)
    }

    /// The public half of the key an officer signs with now.
    pub(crate) fn public_key(&self, id: &str) -> Result<String> {
        Ok(kp_sign::hex(&self.signer(id)?.key.public().to_bytes()))
    }

    /// The officer's next key; in use at once.
    pub(crate) fn take_next_key(&mut self, id: &str) {
        *self.keys.entry(id.to_owned()).or_default() += 1;
    }

    /// Back to the key before, where the next one was not registered.
    pub(crate) fn give_key_back(&mut self, id: &str) {
        if let Some(number) = self.keys.get_mut(id) {
            *number = number.saturating_sub(1);
        }
    }

    pub(crate) fn signer(&self, id: &str) -> Result<Signer> {
        signer(id, self.keys.get(id).copied().unwrap_or_default())
    }

    /// What a line says about who signs and when.
    pub(crate) fn begin_line(&mut self, args: &Args) -> Result<()> {
        self.signs = args.get("signer").and_then(|v| v.first()).cloned();
        self.clock.begin_line(args)
    }

    /// Does one act: by the officer that the line names, or else by the usual one.
    pub(crate) fn act(&mut self, name: &str, usual: &str, fields: Fields) -> Result<(), Stop> {
        let officer = self.signs.clone().unwrap_or_else(|| usual.to_owned());
        let now = self.clock.tick(&self.node)?;
        let signer = self.signer(&officer)?;
        match self.node.perform(name, &fields, &signer, now) {
            Ok(receipt) => {
                self.transcript.push(format!(
                    "{now} {officer} {}: {} entry {} {}",
                    receipt.act, receipt.log_id, receipt.entry_number, receipt.statement_hash
                ));
                self.acts.insert(receipt.position, receipt.act);
                // Its failure is only reported to the node's own log there; a story must see it.
                Ok(self.node.catch_up(now).context("the stages could not follow")?)
            }
            Err(failure) => Err(self.refused(failure, &format!("{now} {officer} {name}"))),
        }
    }

    fn refused(&mut self, failure: ActFailure, who: &str) -> Stop {
        let (key, sentence, rule) = match failure {
            ActFailure::Failure(Failure::Error(error)) => return Stop::Broken(error),
            ActFailure::Failure(Failure::Refused(no)) => {
                (no.key().to_owned(), no.to_string(), no.rule().to_owned())
            }
            unread @ ActFailure::Fields(_) => {
                ("field_not_read".into(), unread.to_string(), "fields are read before anything else".into())
            }
        };
        self.transcript.push(format!("{who}: refused, {key}: {sentence} ({rule})"));
        Stop::Refused { key, sentence, rule }
    }
}

/// The officer's key with this number: the same on every machine.
fn signer(id: &str, number: u32) -> Result<Signer> {
    let seed = kp_sign::sha256(format!("key {number} of {id} in a story").as_bytes());
    let key = SigningKey::from_bytes(&seed).with_context(|| format!("making a key for {id}"))?;
    Ok(Signer { id: id.to_owned(), key })
}

/// Typed fields, each given once.
pub(crate) fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
}

/// The one value of a place that the form requires.
pub(crate) fn one<'a>(args: &'a Args, place: &str) -> Result<&'a str> {
    nth(args, place, 0)
}

/// The value at an index, where a form has several places of one kind.
pub(crate) fn nth<'a>(args: &'a Args, place: &str, index: usize) -> Result<&'a str> {
    args.get(place)
        .and_then(|values| values.get(index))
        .map(String::as_str)
        .with_context(|| format!("the form has no <{place}>"))
}

/// The value of a place that may be left out.
pub(crate) fn maybe<'a>(args: &'a Args, place: &str) -> Option<&'a str> {
    args.get(place).and_then(|values| values.first()).map(String::as_str)
}
