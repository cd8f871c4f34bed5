//! Sessions in memory: an opened key behind a random id; locked when idle, gone when ended or with the process.
//!
//! Only the SHA-256 of an id is kept, so that a look into this memory gives no usable id. Visitors who have opened no
//! key hold nothing here: their form token is worked out from their cookie (`token`). A locked session answers nothing and
//! keeps what was being typed; its PIN opens it again, five wrong ones end it (rulings 27, security 6).

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use kp_accounts::fresh::Given;
use kp_log::Signer;
use sha2::{Digest, Sha256};

use crate::token::{random_bytes, random_text};

/// Rulings 27: fifteen minutes at a desk of one's own, two at one that is shared.
const IDLE_PERSONAL: SignedDuration = SignedDuration::from_mins(15);
const IDLE_SHARED: SignedDuration = SignedDuration::from_mins(2);
/// Nobody stays longer than a working day.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// How long a locked session waits for its PIN. Ours: a meal, not a night.
const LOCKED_FOR: SignedDuration = SignedDuration::from_hours(2);
/// Wrong PINs after which the session ends.
const WRONG_PINS: u8 = 5;
/// Far more desks than one machine has; beyond it the one idle longest is ended.
const MOST: usize = 500;
/// Most forms that are kept while a session is locked, and most bytes of one.
const MOST_KEPT: usize = 8;
const MOST_BYTES_KEPT: usize = 64 * 1024;

/// Where somebody sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A desk of one's own.
    Personal,
    /// A machine that others use too.
    Shared,
    /// A demonstration: nothing to protect, shown at leisure.
    Demonstration,
    /// A program.
    Program,
}

impl Place {
    pub(crate) const fn idle(self) -> SignedDuration {
        match self {
            Self::Personal | Self::Program => IDLE_PERSONAL,
            Self::Shared => IDLE_SHARED,
            Self::Demonstration => LONGEST,
        }
    }
}

/// What a session begins with.
pub(crate) struct Opening {
    pub(crate) signer: Signer,
    pub(crate) place: Place,
    /// Empty where there is none: then idling ends the session.
    pub(crate) pin: String,
    /// The address it came from, for the officer's list.
    pub(crate) from: String,
    /// The factor that was shown, and when, where there is an account.
    pub(crate) shown: Option<(Given, Timestamp)>,
}

/// Forms that were sent or left while the session was locked, by path.
type KeptForms = BTreeMap<String, Vec<(String, String)>>;

struct Session {
    signer: Signer,
    place: Place,
    pin: Option<([u8; 32], [u8; 16])>,
    wrong_pins: u8,
    from: String,
    started_at: Timestamp,
    used_at: Timestamp,
    locked: bool,
    kept: KeptForms,
    shown: Vec<(Given, Timestamp)>,
}

/// Who is at the desk of a request.
#[derive(Clone)]
pub(crate) struct AtDesk {
    pub(crate) signer: Signer,
    pub(crate) place: Place,
    pub(crate) has_pin: bool,
    /// Factors shown in this session, each with when it last was; empty where there is no account to have any.
    pub(crate) shown: Vec<(Given, Timestamp)>,
}

/// What a cookie leads to.
#[derive(Clone)]
pub(crate) enum Seat {
    /// Nobody.
    Empty,
    /// A session that waits for its PIN; whose.
    Locked(String),
    /// Somebody.
    Taken(AtDesk),
}

/// What came of a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pin {
    Right,
    Wrong,
    /// The session has ended, or never was.
    Ended,
}

/// A session as its officer sees it.
pub(crate) struct Listed {
    /// To end it by; not the id.
    pub(crate) name: String,
    pub(crate) from: String,
    pub(crate) started_at: Timestamp,
    pub(crate) used_at: Timestamp,
    pub(crate) place: Place,
    pub(crate) is_locked: bool,
    pub(crate) is_here: bool,
}

#[derive(Default)]
pub(crate) struct Sessions {
    open: Mutex<BTreeMap<[u8; 32], Session>>,
}

impl Sessions {
    /// Opens a session for a key; the id that comes back is shown to nobody else.
    pub(crate) fn open(&self, opening: Opening, now: Timestamp) -> Result<String> {
        let id = random_text(32)?;
        let pin = match opening.pin.is_empty() {
            true => None,
            false => {
                let salt = random_bytes()?;
                Some((pin_hash(&opening.pin, &salt), salt))
            }
        };
        let mut open = self.lock_map();
        open.retain(|_, session| is_alive(session, now));
        while open.len() >= MOST {
            let Some(oldest) = open.iter().min_by_key(|(_, s)| s.used_at).map(|(id, _)| *id) else { break };
            open.remove(&oldest);
        }
        let session = Session {
            signer: opening.signer,
            place: opening.place,
            pin,
            wrong_pins: 0,
            from: opening.from,
            started_at: now,
            used_at: now,
            locked: false,
            kept: KeptForms::new(),
            shown: opening.shown.into_iter().collect(),
        };
        open.insert(digest(&id), session);
        Ok(id)
    }

    /// Who is at the desk with this id; being seen keeps the session awake, unless it is locked.
    pub(crate) fn seat(&self, id: &str, now: Timestamp) -> Seat {
        let mut open = self.lock_map();
        let key = digest(id);
        if open.get(&key).is_some_and(|session| !is_alive(session, now)) {
            open.remove(&key);
        }
        let Some(session) = open.get_mut(&key) else { return Seat::Empty };
        if session.locked || now.duration_since(session.used_at) > session.place.idle() {
            session.locked = true;
            return Seat::Locked(session.signer.id.clone());
        }
        session.used_at = session.used_at.max(now);
        Seat::Taken(AtDesk {
            signer: session.signer.clone(),
            place: session.place,
            has_pin: session.pin.is_some(),
            shown: session.shown.clone(),
        })
    }

    /// Notes that a factor was shown, and when.
    pub(crate) fn show(&self, id: &str, given: Given, at: Timestamp) {
        if let Some(session) = self.lock_map().get_mut(&digest(id)) {
            note(&mut session.shown, given, at);
        }
    }

    /// Locks a session that has a PIN, ends one that has none. Whether it is locked now.
    pub(crate) fn lock(&self, id: &str) -> bool {
        let mut open = self.lock_map();
        let key = digest(id);
        match open.get_mut(&key) {
            Some(session) if session.pin.is_some() => {
                session.locked = true;
                true
            }
            _ => {
                open.remove(&key);
                false
            }
        }
    }

    /// Opens a locked session with its PIN.
    pub(crate) fn unlock(&self, id: &str, pin: &str, now: Timestamp) -> Pin {
        let mut open = self.lock_map();
        let key = digest(id);
        let Some(session) = open.get_mut(&key).filter(|session| is_alive(session, now)) else {
            return Pin::Ended;
        };
        let Some((hash, salt)) = session.pin else { return Pin::Ended };
        if pin_hash(pin, &salt) == hash {
            session.locked = false;
            session.wrong_pins = 0;
            // Where there is no account, a PIN does not begin to be asked for.
            if !session.shown.is_empty() {
                note(&mut session.shown, Given::Pin, now);
            }
            session.used_at = session.used_at.max(now);
            return Pin::Right;
        }
        session.wrong_pins += 1;
        if session.wrong_pins >= WRONG_PINS {
            open.remove(&key);
            return Pin::Ended;
        }
        Pin::Wrong
    }

    /// Keeps a form that was sent or left while the session is locked.
    pub(crate) fn keep(&self, id: &str, path: &str, typed: Vec<(String, String)>) {
        if typed.iter().map(|(name, text)| name.len() + text.len()).sum::<usize>() > MOST_BYTES_KEPT {
            return;
        }
        if let Some(session) = self.lock_map().get_mut(&digest(id))
            && (session.kept.len() < MOST_KEPT || session.kept.contains_key(path))
        {
            session.kept.insert(path.to_owned(), typed);
        }
    }

    /// Takes out a form that was kept.
    pub(crate) fn kept(&self, id: &str, path: &str) -> Option<Vec<(String, String)>> {
        self.lock_map().get_mut(&digest(id))?.kept.remove(path)
    }

    /// Ends a session: the key leaves memory.
    pub(crate) fn close(&self, id: &str) {
        self.lock_map().remove(&digest(id));
    }

    /// The sessions of an officer; `here` is the id of the one that asks.
    pub(crate) fn of(&self, officer_id: &str, here: &str, now: Timestamp) -> Vec<Listed> {
        let here = digest(here);
        let open = self.lock_map();
        let own = open.iter().filter(|(_, s)| s.signer.id == officer_id && is_alive(s, now));
        own.map(|(key, session)| Listed {
            name: name_of(key),
            from: session.from.clone(),
            started_at: session.started_at,
            used_at: session.used_at,
            place: session.place,
            is_locked: session.locked || now.duration_since(session.used_at) > session.place.idle(),
            is_here: *key == here,
        })
        .collect()
    }

    /// Ends one of an officer's sessions by its name, or all of them. How many ended.
    pub(crate) fn end(&self, officer_id: &str, name: Option<&str>) -> usize {
        let mut open = self.lock_map();
        let before = open.len();
        open.retain(|key, s| s.signer.id != officer_id || name.is_some_and(|name| name_of(key) != name));
        before - open.len()
    }

    fn lock_map(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], Session>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn note(shown: &mut Vec<(Given, Timestamp)>, given: Given, now: Timestamp) {
    shown.retain(|(kind, _)| *kind != given);
    shown.push((given, now));
}

fn is_alive(session: &Session, now: Timestamp) -> bool {
    let idle = now.duration_since(session.used_at);
    let longest_idle = match session.pin {
        Some(_) => LOCKED_FOR,
        None => session.place.idle(),
    };
    idle <= longest_idle && now.duration_since(session.started_at) <= LONGEST
}

fn digest(id: &str) -> [u8; 32] {
    Sha256::digest(id.as_bytes()).into()
}

fn name_of(key: &[u8; 32]) -> String {
    key.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// A PIN has few digits: what guards it is that five wrong ones end the session.
fn pin_hash(pin: &str, salt: &[u8; 16]) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(pin.as_bytes()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + 60 * minute).unwrap()
    }

    fn opened(sessions: &Sessions, place: Place, pin: &str) -> String {
        let key = kp_sign::SigningKey::from_bytes(&[7; 32]).unwrap();
        let signer = Signer { id: "xa-clerk-1".into(), key };
        sessions
            .open(Opening { signer, place, pin: pin.into(), from: "here".into(), shown: None }, at(0))
            .unwrap()
    }

    fn word(seat: &Seat) -> &'static str {
        match seat {
            Seat::Empty => "empty",
            Seat::Locked(_) => "locked",
            Seat::Taken(_) => "taken",
        }
    }

    #[test]
    fn a_shared_desk_locks_after_two_minutes_and_a_personal_one_after_fifteen() {
        for (place, idle) in [(Place::Shared, 2), (Place::Personal, 15)] {
            let sessions = Sessions::default();
            let id = opened(&sessions, place, "2468");
            assert_eq!(word(&sessions.seat(&id, at(idle))), "taken");
            assert_eq!(word(&sessions.seat(&id, at(2 * idle))), "taken", "being used keeps it awake");
            assert_eq!(word(&sessions.seat(&id, at(3 * idle + 1))), "locked");
            assert_eq!(word(&sessions.seat(&id, at(3 * idle + 1))), "locked", "asking does not wake it");
            sessions.keep(&id, "/act/x", vec![("number".into(), "1".into())]);
            assert_eq!(sessions.unlock(&id, "2468", at(3 * idle + 2)), Pin::Right);
            assert_eq!(word(&sessions.seat(&id, at(3 * idle + 2))), "taken");
            assert_eq!(sessions.kept(&id, "/act/x").unwrap().len(), 1);
            assert!(sessions.kept(&id, "/act/x").is_none(), "it is given back once");
        }
    }

    #[test]
    fn without_a_pin_idling_ends_it_and_with_one_two_hours_do() {
        let sessions = Sessions::default();
        let (bare, pinned) =
            (opened(&sessions, Place::Personal, ""), opened(&sessions, Place::Personal, "2468"));
        assert_eq!(word(&sessions.seat(&bare, at(16))), "empty");
        assert_eq!(word(&sessions.seat(&pinned, at(120))), "locked");
        assert_eq!(word(&sessions.seat(&pinned, at(121))), "empty");
        assert_eq!(sessions.unlock(&pinned, "2468", at(121)), Pin::Ended);
    }

    #[test]
    fn five_wrong_pins_end_it() {
        let sessions = Sessions::default();
        let id = opened(&sessions, Place::Shared, "2468");
        assert!(sessions.lock(&id));
        for _ in 0..4 {
            assert_eq!(sessions.unlock(&id, "1111", at(0)), Pin::Wrong);
        }
        assert_eq!(sessions.unlock(&id, "1111", at(0)), Pin::Ended);
        assert_eq!(sessions.unlock(&id, "2468", at(0)), Pin::Ended);
        assert_eq!(word(&sessions.seat(&id, at(0))), "empty");
    }

    #[test]
    fn an_officer_sees_and_ends_the_own_sessions() {
        let sessions = Sessions::default();
        let (one, two) = (opened(&sessions, Place::Shared, "2468"), opened(&sessions, Place::Personal, ""));
        let listed = sessions.of("xa-clerk-1", &one, at(1));
        assert_eq!(listed.len(), 2);
        let other = listed.iter().find(|listed| !listed.is_here).unwrap();
        assert_eq!(sessions.end("xb-clerk-1", Some(&other.name)), 0, "another's");
        assert_eq!(sessions.end("xa-clerk-1", Some(&other.name)), 1);
        assert_eq!(
            (word(&sessions.seat(&one, at(1))), word(&sessions.seat(&two, at(1)))),
            ("taken", "empty")
        );
        assert_eq!(sessions.end("xa-clerk-1", None), 1);
    }
}
