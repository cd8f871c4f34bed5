//! Who takes part, who may trade with whom, by which legal act, from when: signed by a threshold of root keys.
//!
//! Domain 4.3: membership, trade standing and bilateral recognition are three things with dates of their own; goods under
//! way when a standing changes follow the decision's own rule, and "hold and ask" where it has none. The list also names
//! the keys that sign each participant's own lists. The secretariat hands it on and signs nothing in it (security 7.1).

use kp_terms::{Date, ParticipantCode, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    file::{Head, List, Signers},
    text::{as_text, as_text_or_null, words},
};

/// The participant-status list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participants {
    /// Version and times; the issuer is `scheme`.
    pub head: Head,
    /// Who signs the snapshot that binds the lists of one day together.
    pub snapshot_signers: Signers,
    /// In the order of their codes.
    pub participants: Vec<Participant>,
}

/// One participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// Its code.
    pub code: ParticipantCode,
    /// Its name, in English.
    pub name: String,
    /// When it belonged to the scheme, in order.
    pub membership: Vec<Membership>,
    /// Changes of its trade standing, in order of their instants. Open where there is none.
    pub standing: Vec<StandingChange>,
    /// Whom it does not trade with, though both belong to the scheme.
    pub excluded: Vec<Exclusion>,
    /// Prefixes of its numbers besides its own code.
    pub prefixes: Vec<PrefixSpell>,
    /// Who signs its trust list.
    pub signers: Signers,
}

/// A time in the scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// From then on.
    #[serde(with = "as_text")]
    pub from: Timestamp,
    /// Up to then, itself not included.
    #[serde(with = "as_text_or_null")]
    pub until: Option<Timestamp>,
    /// By which decision.
    pub legal_act: String,
}

/// May it trade?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Open,
    /// It may under the condition that the scope names: zones, mines, classes of stock.
    Conditional,
    /// It may not, for a time.
    Suspended,
    /// Goods of it are under an embargo of the United Nations.
    Embargo,
}

words!(Standing, "a standing", Open => "open", Conditional => "conditional", Suspended => "suspended", Embargo => "embargo");

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// In and out.
    Both,
    /// Its exports.
    Export,
    /// Its imports.
    Import,
}

words!(Direction, "a direction", Both => "both", Export => "export", Import => "import");

/// What happens to goods that left before the change and arrive after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnderWay {
    /// Hold and ask.
    HoldAndAsk,
    /// Release.
    Release,
    /// Refuse.
    Refuse,
}

words!(UnderWay, "a rule for goods under way", HoldAndAsk => "hold-and-ask", Release => "release", Refuse => "refuse");

/// One change of trade standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingChange {
    /// What holds from then on, for this direction.
    pub standing: Standing,
    /// Which way.
    pub direction: Direction,
    /// The condition in words; empty where all goods are meant.
    pub scope: String,
    /// From when.
    #[serde(with = "as_text")]
    pub effective_at: Timestamp,
    /// For goods under way.
    pub under_way: UnderWay,
    /// By which decision.
    pub legal_act: String,
}

/// A time in which one participant's own law does not let it trade with another (recognition lag; domain 4.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// With whom.
    pub of: ParticipantCode,
    /// From then on.
    #[serde(with = "as_text")]
    pub from: Timestamp,
    /// Up to then, itself not included.
    #[serde(with = "as_text_or_null")]
    pub until: Option<Timestamp>,
    /// By which act.
    pub legal_act: String,
}

/// A prefix that stood for the participant for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrefixSpell {
    /// The two letters.
    pub prefix: ParticipantCode,
    /// First day of issue.
    #[serde(with = "as_text")]
    pub from: Date,
    /// Last day of issue.
    #[serde(with = "as_text_or_null")]
    pub until: Option<Date>,
}

impl List for Participants {
    const CONTENT_TYPE: &'static str = "application/kpc-participants+cbor";

    fn head(&self) -> &Head {
        &self.head
    }

    fn sound(&self) -> Result<(), &'static str> {
        if self.head.issuer != "scheme" {
            return Err("the list of participants is the scheme's");
        }
        if !self.participants.is_sorted_by(|a, b| a.code < b.code) {
            return Err("participants are not in the order of their codes");
        }
        let standing = |p: &Participant| p.standing.is_sorted_by_key(|change| change.effective_at);
        if !self.participants.iter().all(standing) {
            return Err("changes of standing are not in the order of their instants");
        }
        Ok(())
    }
}

impl Participants {
    /// A participant by its code.
    pub fn get(&self, code: ParticipantCode) -> Option<&Participant> {
        let at = self.participants.binary_search_by_key(&code, |each| each.code).ok()?;
        self.participants.get(at)
    }

    /// Whose numbers began with this prefix on a day of issue.
    pub fn by_prefix(&self, prefix: ParticipantCode, on: Date) -> Option<&Participant> {
        let spell = |p: &&Participant| {
            p.prefixes.iter().any(|spell| {
                spell.prefix == prefix && spell.from <= on && spell.until.is_none_or(|until| on <= until)
            })
        };
        self.participants.iter().find(spell).or_else(|| self.get(prefix))
    }
}

impl Participant {
    /// Whether it belonged to the scheme at that instant.
    pub fn belonged(&self, at: Timestamp) -> bool {
        self.membership.iter().any(|m| m.from <= at && m.until.is_none_or(|until| at < until))
    }

    /// The change that was in force for a direction at that instant; none where it was simply open.
    pub fn standing_at(&self, direction: Direction, at: Timestamp) -> Option<&StandingChange> {
        let concerns = |c: &&StandingChange| {
            c.effective_at <= at && (c.direction == Direction::Both || c.direction == direction)
        };
        self.standing.iter().rfind(concerns)
    }

    /// The act by which it did not trade with that other participant at that instant.
    pub fn exclusion(&self, of: ParticipantCode, at: Timestamp) -> Option<&Exclusion> {
        self.excluded
            .iter()
            .find(|each| each.of == of && each.from <= at && each.until.is_none_or(|until| at < until))
    }
}
