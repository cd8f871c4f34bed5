//! What asks for a factor shown lately: one table, beside the table of rights. What stands nowhere here asks for none beyond
//! signing in.
//!
//! security 6: a fresh touch for each approval. A time code serves once in thirty seconds, so that a touch for each of forty
//! parcels would take twenty minutes of waiting; an approval therefore asks for one within five minutes, and only what sets a
//! rule aside asks each time. The minutes are ours. Closes: T18 in part: a desk taken over while its officer is away, or a
//! stolen cookie, does not approve, invalidate, or make itself a second way in.
//!
//! Programs are not asked: their tokens say what they may do, and never what makes officers or keys. Nor is who has no account,
//! on this machine only: there is no factor to show (rulings 23).

use jiff::{SignedDuration, Timestamp};
use kp_terms::{Sentence, sentence};

/// How somebody showed that they are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Given {
    /// Six digits of the moment, or a recovery code.
    Code,
    /// A passkey, with its PIN, finger or face.
    Passkey,
    /// The ministry's own sign-in.
    Ministry,
    /// The PIN of the session.
    Pin,
}

impl Given {
    /// The word in the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Passkey => "passkey",
            Self::Ministry => "ministry",
            Self::Pin => "pin",
        }
    }

    /// The word as it is said to people.
    pub fn in_words(self) -> Sentence {
        Sentence::behind::<&str>(&format!("given-{}", self.word()), self.word(), [])
    }
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Acts, by name.
    Acts(&'static [&'static str]),
    /// Forms about accounts, by path.
    Forms(&'static [&'static str]),
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Weighty {
    /// Its name.
    pub name: &'static str,
    /// What.
    pub what: What,
    /// Within how many minutes; none means with this very act.
    pub minutes: Option<i64>,
    /// What serves.
    pub by: &'static [Given],
    /// Where that comes from.
    pub source: &'static str,
}

/// The officer's own: whoever runs the ministry's directory makes nobody a way in here, and sets no rule aside.
const OWN: &[Given] = &[Given::Code, Given::Passkey];
const STRONG: &[Given] = &[Given::Code, Given::Passkey, Given::Ministry];
const ANY: &[Given] = &[Given::Code, Given::Passkey, Given::Ministry, Given::Pin];

/// The table.
pub const WEIGHTY: &[Weighty] = &[
    Weighty {
        name: "approval",
        what: What::Acts(&[
            "issue_certificate",
            "approve_certificate",
            "replace_certificate",
            "accept_correction",
        ]),
        minutes: Some(5),
        by: STRONG,
        source: "security 6: fresh touch for each approval, five minutes for approvers",
    },
    Weighty {
        name: "invalidation",
        what: What::Acts(&[
            "invalidate_certificate",
            "return_certificate",
            "report_paper",
            "instruct_correction",
        ]),
        minutes: Some(5),
        by: STRONG,
        source: "security 6: co-signing of voids and replacements; L24",
    },
    Weighty {
        name: "stamp",
        what: What::Acts(&["validate_certificate", "confirm_receipt", "forfeit_goods", "release_seized"]),
        minutes: Some(15),
        by: ANY,
        source: "security 6: touch; a gate seals forty parcels in a row, so the session's PIN serves",
    },
    Weighty {
        name: "override",
        what: What::Acts(&["override_refusal"]),
        minutes: None,
        by: OWN,
        source: "security 6: what sets a rule aside is touched each time",
    },
    Weighty {
        name: "key",
        what: What::Acts(&[
            "name_officer",
            "register_key",
            "withdraw_key",
            "register_office",
            "register_document_key",
            "witness_ceremony",
            "retire_document_key",
            "report_key_compromise",
        ]),
        minutes: Some(5),
        by: OWN,
        source: "security 6: enrolment and keys; ASVS 6.4, 7.5.3",
    },
    Weighty {
        name: "account",
        what: What::Forms(&[
            "/account/token",
            "/account/passkey",
            "/account/remove-passkey",
            "/account/bind-ministry",
            "/account/unbind-ministry",
            "/account/confirm-recovery",
            "/accounts/invite",
            "/accounts/close",
            "/accounts/recover",
            "/accounts/recovery-code",
        ]),
        minutes: Some(10),
        by: OWN,
        source: "ASVS 7.5.1: full re-authentication before factors and ways in change. Changing the password asks for the present one; ending sessions, tokens and recoveries asks for nothing, so that it is quick",
    },
];

/// The row of an act.
pub fn of_act(name: &str) -> Option<&'static Weighty> {
    WEIGHTY.iter().find(|row| matches!(row.what, What::Acts(acts) if acts.contains(&name)))
}

/// The row of a form about accounts.
pub fn of_form(path: &str) -> Option<&'static Weighty> {
    WEIGHTY.iter().find(|row| matches!(row.what, What::Forms(forms) if forms.contains(&path)))
}

impl Weighty {
    /// Whether a factor shown at an instant still serves.
    pub fn is_met_by(&self, shown: &[(Given, Timestamp)], now: Timestamp) -> bool {
        let Some(minutes) = self.minutes else { return false };
        let within = SignedDuration::from_mins(minutes);
        shown.iter().any(|(given, at)| {
            let age = now.duration_since(*at);
            self.by.contains(given) && age <= within && !age.is_negative()
        })
    }

    /// What serves, in words.
    pub fn in_words(&self) -> Sentence {
        Sentence::row(self.by.iter().map(|given| given.in_words()), ", ")
    }

    /// Its name, for people.
    pub fn called(&self) -> Sentence {
        Sentence::behind::<&str>(&format!("weighty-{}", self.name), self.name, [])
    }

    /// Within which time, for people.
    pub fn within(&self) -> Sentence {
        match self.minutes {
            None => sentence!("weighty-each-time", "each time"),
            Some(minutes) => sentence!("weighty-minutes", "{minutes} minutes", minutes = minutes),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn every_act_is_one_of_the_catalogue_and_stands_once() {
        let mut seen = BTreeSet::new();
        for row in WEIGHTY {
            let (What::Acts(all) | What::Forms(all)) = row.what;
            for name in all {
                assert!(seen.insert(*name), "{name} stands twice");
                if matches!(row.what, What::Acts(_)) {
                    assert!(kp_node::act_by_name(name).is_some(), "{name} is not an act");
                }
            }
        }
        assert!(of_act("issue_certificate").is_some() && of_act("draft_certificate").is_none());
        assert!(of_form("/accounts/invite").is_some() && of_form("/account/end-session").is_none());
    }

    #[test]
    fn a_factor_serves_for_its_minutes_and_a_pin_only_where_it_may() {
        let approval = of_act("issue_certificate").unwrap();
        assert!(approval.is_met_by(&[(Given::Code, at(0))], at(300)));
        assert!(!approval.is_met_by(&[(Given::Code, at(0))], at(301)));
        assert!(!approval.is_met_by(&[(Given::Code, at(1))], at(0)), "from tomorrow");
        assert!(!approval.is_met_by(&[(Given::Pin, at(0))], at(1)));
        assert!(approval.is_met_by(&[(Given::Ministry, at(0))], at(300)));
        let way_in = of_form("/account/passkey").unwrap();
        assert!(!way_in.is_met_by(&[(Given::Ministry, at(0))], at(1)), "a directory makes no way in");
        assert!(!approval.is_met_by(&[], at(0)));
        assert!(of_act("validate_certificate").unwrap().is_met_by(&[(Given::Pin, at(0))], at(900)));
        assert!(!of_act("override_refusal").unwrap().is_met_by(&[(Given::Passkey, at(0))], at(0)));
    }
}
