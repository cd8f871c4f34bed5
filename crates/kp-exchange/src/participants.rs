//! Who takes part in the scheme, under which names, and since when: the reference history in `data/`.
//!
//! Tables with their sources: `data/participants.csv` (names), `data/participant_events.csv` (what happened to their
//! membership, and UN measures) and `data/participant_members.csv` (who takes part with another, for hints). Many dates are known to the year only; a question about a day inside such
//! a span is answered with [`Membership::Uncertain`], never guessed. It never says who may trade on a date: that
//! also depends on the lists of each participant.

mod history;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use jiff::civil::Date;
use kp_statistics::series::MembershipSpan;
use kp_terms::ParticipantCode;

pub use history::{Event, EventKind, Precision};

use crate::delimited::Delimited;
use crate::names;

const NAMES_TABLE: &str = include_str!("../../../data/participants.csv");
const MEMBERS_TABLE: &str = include_str!("../../../data/participant_members.csv");
const EVENTS_TABLE: &str = include_str!("../../../data/participant_events.csv");

/// Whether somebody was a participant on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// Certainly a participant, suspended or not: returns are due.
    Participant,
    /// Certainly not.
    NotParticipant,
    /// The sources do not settle it for this day.
    Uncertain,
}

/// One participant of the reference history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// ISO alpha-2 code, or `EU`.
    pub code: ParticipantCode,
    /// Name as the public statistics write it.
    pub name: String,
    /// `state`, `regional_organisation` or `trading_entity`.
    pub entity: String,
    /// What happened, oldest first.
    pub events: Vec<Event>,
}

/// The reference history, by code, with the table of names.
#[derive(Debug, Clone)]
pub struct Participants {
    by_code: BTreeMap<ParticipantCode, Participant>,
    /// Key of a name to its code. Only looked up, never walked.
    by_name: HashMap<String, ParticipantCode>,
    written: Vec<String>,
    /// Names of a register, by code.
    registered: BTreeMap<ParticipantCode, String>,
    /// States and territories that take part with another.
    members: Vec<Member>,
}

/// A state or territory that takes part with another, for hints alone.
#[derive(Debug, Clone)]
struct Member {
    name: String,
    with: ParticipantCode,
    /// Its code, and its names in other languages.
    also: Vec<String>,
}

impl Participants {
    /// The history that comes with this program.
    pub fn known() -> Self {
        let mut participants =
            Self::read(NAMES_TABLE, EVENTS_TABLE).expect("because a test reads the tables that are built in");
        for (_, cells) in records(MEMBERS_TABLE) {
            participants.add_member(&cells).expect("because a test reads the tables that are built in");
        }
        participants
    }

    /// The same with the names of a register, which go before the names of the history.
    #[must_use]
    pub fn with_registered(mut self, names: impl IntoIterator<Item = (ParticipantCode, String)>) -> Self {
        for (code, name) in names {
            self.by_name.insert(names::key(&name), code);
            self.written.push(name.clone());
            self.registered.insert(code, name);
        }
        self
    }

    /// Reads the two tables.
    ///
    /// # Errors
    /// Names the row that cannot be read, a name that means two participants, or an event of nobody.
    pub fn read(names_table: &str, events_table: &str) -> Result<Self> {
        let mut participants = Self {
            by_code: BTreeMap::new(),
            by_name: HashMap::new(),
            written: Vec::new(),
            registered: BTreeMap::new(),
            members: Vec::new(),
        };
        for (row, cells) in records(names_table) {
            participants.add_name(&cells).with_context(|| format!("participants.csv, row {row}"))?;
        }
        for (row, cells) in records(events_table) {
            participants.add_event(&cells).with_context(|| format!("participant_events.csv, row {row}"))?;
        }
        Ok(participants)
    }

    /// Everybody in the history, by code.
    pub fn all(&self) -> impl Iterator<Item = &Participant> {
        self.by_code.values()
    }

    /// One participant of the history.
    pub fn get(&self, code: ParticipantCode) -> Option<&Participant> {
        self.by_code.get(&code)
    }

    /// Whether `code` was a participant on a day.
    pub fn membership_on(&self, code: ParticipantCode, day: Date) -> Membership {
        self.get(code).map_or(Membership::NotParticipant, |p| history::membership_on(&p.events, day))
    }

    /// Whether `code` was certainly a participant during all of `first..=last`, so that a return was due.
    pub fn was_participant_throughout(&self, code: ParticipantCode, first: Date, last: Date) -> bool {
        let certain = |day| self.membership_on(code, day) == Membership::Participant;
        let changes =
            self.get(code).into_iter().flat_map(|p| &p.events).filter(|e| e.kind.changes_membership());
        let quiet = changes.into_iter().all(|e| e.last < first || e.first > last);
        certain(first) && certain(last) && quiet
    }

    /// The spans during which everybody certainly was a participant and owed returns, by code.
    pub fn membership(&self) -> Vec<MembershipSpan> {
        self.all().flat_map(|p| history::certain_spans(p.code, &p.events)).collect()
    }

    /// The participant that a name or code means, however it is written.
    pub fn by_name(&self, name: &str) -> Option<ParticipantCode> {
        self.by_name.get(&names::key(name)).copied()
    }

    /// The participant that a cell means: by the code of one that is known or invented, or by a name.
    pub fn meant(&self, text: &str) -> Option<ParticipantCode> {
        let is_known = |code: &ParticipantCode| {
            code.is_invented() || self.get(*code).is_some() || self.registered.contains_key(code)
        };
        text.parse().ok().filter(is_known).or_else(|| self.by_name(text))
    }

    /// Whom a state or territory takes part with, where it does so with another: its name, and the participant.
    pub fn member_of(&self, text: &str) -> Option<(&str, &Participant)> {
        let wanted = names::key(text);
        let is_meant = |member: &&Member| {
            std::iter::once(&member.name).chain(&member.also).any(|name| names::key(name) == wanted)
        };
        let member = self.members.iter().find(is_meant)?;
        Some((&member.name, self.get(member.with)?))
    }

    /// What somebody who wrote an unknown name may have meant, to be shown and never taken: every participant whose
    /// name contains it (`Congo` is part of two), or else the name that differs least.
    pub fn suggestion(&self, name: &str) -> Option<String> {
        let part = names::squeeze(name);
        let of_history =
            self.all().map(|p| (p.code, &p.name)).filter(|(code, _)| !self.registered.contains_key(code));
        let named = self.registered.iter().map(|(code, name)| (*code, name)).chain(of_history);
        let holders = named.filter(|(_, name)| part.len() >= 4 && names::squeeze(name).contains(&part));
        let holders: Vec<String> = holders.map(|(code, name)| format!("{name} ({code})")).collect();
        match holders.len() {
            1..=4 => Some(holders.join(" or ")),
            _ => names::nearest(name, self.written.iter().map(String::as_str)).map(str::to_owned),
        }
    }

    fn add_name(&mut self, cells: &[String]) -> Result<()> {
        let [code, name, entity, also] = cells else {
            anyhow::bail!("expected 4 columns, found {}", cells.len());
        };
        let code: ParticipantCode = code.parse()?;
        for written in [name.as_str()].into_iter().chain(also.split(';')).filter(|w| !w.is_empty()) {
            let other = self.by_name.insert(names::key(written), code);
            anyhow::ensure!(other.is_none_or(|o| o == code), "{written:?} is also a name of {other:?}");
            self.written.push(written.to_owned());
        }
        let participant =
            Participant { code, name: name.clone(), entity: entity.clone(), events: Vec::new() };
        anyhow::ensure!(self.by_code.insert(code, participant).is_none(), "{code} is listed twice");
        Ok(())
    }

    fn add_member(&mut self, cells: &[String]) -> Result<()> {
        let [code, name, with, also, _source] = cells else {
            anyhow::bail!("expected 5 columns, found {}", cells.len());
        };
        let with = with.parse()?;
        anyhow::ensure!(self.by_code.contains_key(&with), "{with} is not in participants.csv");
        let also = std::iter::once(code.as_str()).chain(also.split(';')).filter(|name| !name.is_empty());
        let also = also.map(str::to_owned).collect();
        self.members.push(Member { name: name.clone(), with, also });
        Ok(())
    }

    fn add_event(&mut self, cells: &[String]) -> Result<()> {
        let [code, rest @ ..] = cells else { anyhow::bail!("the row is empty") };
        let code: ParticipantCode = code.parse()?;
        let event = Event::read(rest)?;
        let participant =
            self.by_code.get_mut(&code).with_context(|| format!("{code} is not in participants.csv"))?;
        participant.events.push(event);
        participant.events.sort_by_key(|e| (e.first, e.last));
        Ok(())
    }
}

/// The rows of one of our own tables behind its header, blank ones left out.
fn records(table: &str) -> Vec<(u32, Vec<String>)> {
    let mut records = Vec::new();
    Delimited::new(table, b',').visit(&mut |row| {
        if row.number > 1 && !row.cells.iter().all(|c| c.is_blank()) {
            let cells = row.cells.iter().map(|c| Cow::clone(&c.text).into_owned()).collect();
            records.push((row.number, cells));
        }
        true
    });
    records
}
