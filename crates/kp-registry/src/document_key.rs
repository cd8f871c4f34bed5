//! A document key: the key under which a participant's certificates are signed, and what is known of it.
//!
//! security 7: made in a ceremony, good for a year or so, replaced by a successor that was made known before, and where
//! it may have been stolen, believed up to an entry of the log and no further. Knows public halves only.

use jiff::{Timestamp, civil::Date};
use kp_log::day_of;
use kp_sign::PublicKey;
use kp_terms::ParticipantCode;

use crate::word::word;

/// Where the private half lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyClass {
    /// In a file of the node. Verdicts say so (rulings 20).
    Software,
    /// In a token or hardware module that never gives it away.
    Token,
}

word!(KeyClass, "a class of key", Software => "software", Token => "token");

/// Where a document key is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKeyState {
    /// Made, and not yet witnessed by a second custodian: signs nothing.
    AwaitingWitness,
    /// Witnessed, and its first day has not come.
    NotYetValid,
    /// Signs certificates.
    Active,
    /// Its last day of signing is over; what it signed stays good for as long as the certificates run.
    Expired,
    /// Taken out of use; what it signed stays good.
    Retired,
    /// May have been in other hands: believed only for what the log shows before the cut.
    Compromised,
}

word!(DocumentKeyState, "a state of a document key", AwaitingWitness => "awaiting-witness", NotYetValid => "not-yet-valid",
    Active => "active", Expired => "expired", Retired => "retired", Compromised => "compromised");

/// From which entry of a log on a key is not believed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct LogCut {
    /// Which log: `kp.XA/2026`.
    pub log_id: String,
    /// The first entry number that is not believed.
    pub from_entry: u64,
}

/// What was reported of a key that may have been in other hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compromise {
    /// The earliest instant of suspicion.
    pub suspected_from: Timestamp,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// What happened, in the custodian's words.
    pub what_happened: String,
    /// Of every log of the participant at the time of the report, by name. Logs that are not here are not believed at all.
    pub cuts: Vec<LogCut>,
}

/// A document key, as registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentKey {
    /// First eight bytes of the SHA-256 of the public half, hexadecimal.
    pub key_id: String,
    /// Whose certificates it signs.
    pub participant: ParticipantCode,
    /// Which authority's.
    pub authority: String,
    /// Public half.
    pub public_key: PublicKey,
    /// Where the private half lies.
    pub class: KeyClass,
    /// First civil day of signing.
    pub valid_from: Date,
    /// Last civil day of signing.
    pub signs_until: Date,
    /// The key it will replace.
    pub successor_of: Option<String>,
    /// Custodians present when it was made, by name.
    pub custodians: Vec<String>,
    /// Where it was made.
    pub place: String,
    /// SHA-256 of the record of the ceremony (script, film), hexadecimal.
    pub record_hash: String,
    /// The custodian who registered it.
    pub registered_by: String,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// When a second custodian witnessed it.
    pub witnessed_at: Option<Timestamp>,
    /// When it was taken out of use.
    pub retired_at: Option<Timestamp>,
    /// What was reported, where it may have been in other hands. The widest report holds.
    pub compromise: Option<Compromise>,
}

impl DocumentKey {
    /// Where the key is in its life at an instant, as was known then.
    pub fn state_at(&self, at: Timestamp) -> DocumentKeyState {
        let day = day_of(at);
        let by_then = |instant: Option<Timestamp>| instant.is_some_and(|instant| instant <= at);
        if by_then(self.compromise.as_ref().map(|compromise| compromise.reported_at)) {
            DocumentKeyState::Compromised
        } else if by_then(self.retired_at) {
            DocumentKeyState::Retired
        } else if !by_then(self.witnessed_at) {
            DocumentKeyState::AwaitingWitness
        } else if day < self.valid_from {
            DocumentKeyState::NotYetValid
        } else if day > self.signs_until {
            DocumentKeyState::Expired
        } else {
            DocumentKeyState::Active
        }
    }

    /// Whether what this key signed at a place in a log is believed, after all that was reported. A key that is not
    /// compromised is believed wherever a good log holds its signature; a compromised one only before the cut, and for
    /// nothing outside the log (security 7.4).
    pub fn believed_at(&self, log_id: &str, entry_number: u64) -> bool {
        match &self.compromise {
            None => true,
            Some(compromise) => {
                compromise.cuts.iter().any(|cut| cut.log_id == log_id && entry_number < cut.from_entry)
            }
        }
    }
}

/// Of some keys the one that signs at an instant: active, and of several the one whose first day came last (the later
/// registered wins a tie). Keys come oldest registration first.
pub fn signing_key_at<'a>(
    keys: &'a [DocumentKey],
    authority: Option<&str>,
    at: Timestamp,
) -> Option<&'a DocumentKey> {
    keys.iter()
        .filter(|key| authority.is_none_or(|authority| key.authority == authority))
        .filter(|key| key.state_at(at) == DocumentKeyState::Active)
        .max_by_key(|key| key.valid_from)
}

#[cfg(test)]
mod tests {
    use super::{Compromise, DocumentKeyState, LogCut, signing_key_at};
    use crate::testing::document_key;

    fn at(text: &str) -> jiff::Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_key_lives_through_its_states_and_the_past_is_told_as_it_was_known() {
        let mut key = document_key("XA", "2026-01-10", "2027-01-09");
        let state = |key: &crate::DocumentKey, text: &str| key.state_at(at(text));
        assert_eq!(state(&key, "2026-01-04T23:59:59Z"), DocumentKeyState::AwaitingWitness);
        assert_eq!(state(&key, "2026-01-05T00:00:00Z"), DocumentKeyState::NotYetValid);
        assert_eq!(state(&key, "2026-01-10T00:00:00Z"), DocumentKeyState::Active);
        assert_eq!(state(&key, "2027-01-09T23:59:59Z"), DocumentKeyState::Active);
        assert_eq!(state(&key, "2027-01-10T00:00:00Z"), DocumentKeyState::Expired);
        key.retired_at = Some(at("2026-06-01T00:00:00Z"));
        assert_eq!(state(&key, "2026-05-31T23:59:59Z"), DocumentKeyState::Active);
        assert_eq!(state(&key, "2026-06-01T00:00:00Z"), DocumentKeyState::Retired);
        key.compromise = Some(Compromise {
            suspected_from: at("2026-04-01T00:00:00Z"),
            reported_at: at("2026-07-01T00:00:00Z"),
            what_happened: "the safe was open".into(),
            cuts: vec![LogCut { log_id: "kp.XA/2026".into(), from_entry: 40 }],
        });
        assert_eq!(state(&key, "2026-06-30T00:00:00Z"), DocumentKeyState::Retired);
        assert_eq!(state(&key, "2026-07-01T00:00:00Z"), DocumentKeyState::Compromised);
    }

    #[test]
    fn a_compromised_key_is_believed_before_the_cut_and_nowhere_else() {
        let mut key = document_key("XA", "2026-01-10", "2027-01-09");
        assert!(key.believed_at("kp.XA/2026", 10_000));
        let cut = |log_id: &str, from_entry| LogCut { log_id: log_id.into(), from_entry };
        key.compromise = Some(Compromise {
            suspected_from: at("2026-04-01T00:00:00Z"),
            reported_at: at("2026-07-01T00:00:00Z"),
            what_happened: "the safe was open".into(),
            cuts: vec![cut("kp.XA/2025", 500), cut("kp.XA/2026", 40)],
        });
        for (log_id, entry_number, believed) in [
            ("kp.XA/2026", 39, true),
            ("kp.XA/2026", 40, false),
            ("kp.XA/2025", 499, true),
            ("kp.XA/2027", 0, false),
            ("kp.XB/2026", 1, false),
        ] {
            assert_eq!(key.believed_at(log_id, entry_number), believed, "{log_id} {entry_number}");
        }
    }

    #[test]
    fn the_newest_active_key_signs_and_the_successor_takes_over_when_it_is_gone() {
        let old = document_key("XA", "2026-01-10", "2027-01-09");
        let mut new = document_key("XA", "2026-12-01", "2027-11-30");
        new.key_id = "ffffffffffffffff".into();
        let keys = [old.clone(), new.clone()];
        let signs = |keys: &[crate::DocumentKey], text: &str| {
            signing_key_at(keys, None, at(text)).map(|key| key.key_id.clone())
        };
        assert_eq!(signs(&keys, "2026-11-30T12:00:00Z"), Some(old.key_id.clone()));
        assert_eq!(signs(&keys, "2026-12-01T00:00:00Z"), Some(new.key_id.clone()));
        let mut gone = new;
        gone.retired_at = Some(at("2026-12-05T00:00:00Z"));
        assert_eq!(signs(&[old.clone(), gone], "2026-12-06T00:00:00Z"), Some(old.key_id));
        assert_eq!(signs(&keys, "2028-01-01T00:00:00Z"), None);
        assert_eq!(signing_key_at(&keys, Some("xa-other"), at("2026-12-01T00:00:00Z")), None);
    }
}
