//! Signing in: officer, password and second factor together; one answer for whatever was wrong, after the same time.
//!
//! The order is: may an attempt be made at all; the password's hash, or that of nobody; the second factor; and only then the
//! key. Each attempt that was looked at leaves a row in the trail, known account or not, so that the time tells nothing either.
//! A passkey is a second factor, or both at once where its secret opens the key.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_log::Signer;
use kp_terms::{Sentence, sentence};

use crate::{
    Accounts, State,
    account::{self, Account},
    code,
    common::{random, same, sha256},
    join::factor_of,
    limits::{Limits, Of},
    ministry::{self, Binding, Known},
    passkey::{Ceremony, Right, Shown},
    password, seal, totp, trail,
};

const SET_FACTOR_STEP: Sql = sql!("set_factor_step");
const USE_RECOVERY_CODE: Sql = sql!("use_recovery_code");
const RECOVERY_CODES_LEFT: Sql = sql!("recovery_codes_left");

/// What somebody typed, and from where.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// Officer's id.
    pub officer_id: &'a str,
    /// Password.
    pub password: &'a str,
    /// Six digits of the moment, or a recovery code.
    pub factor: &'a str,
    /// A passkey in place of it.
    pub passkey: Option<(&'a Shown, Ceremony<'a>)>,
    /// Or the ministry's own sign-in.
    pub ministry: Option<&'a Known>,
    /// The address it came from.
    pub from: &'a str,
    /// The mark that this browser was given when it last signed in, if any.
    pub mark: &'a str,
}

/// Somebody who is in.
#[derive(Debug)]
pub struct SignedIn {
    /// With the key open.
    pub signer: Signer,
    /// For this browser, to be kept a year.
    pub mark: String,
    /// How many recovery codes are left, where one was just used.
    pub codes_left: Option<i64>,
}

/// Why nobody is in.
#[derive(Debug)]
pub enum NotSignedIn {
    /// Officer, password or second factor: which, is not said.
    Wrong,
    /// Too many attempts: seconds to wait.
    Wait(i64),
    /// All was right, but the key that the password should open is not here or opens with another.
    NoKey,
    /// The passkey was right, but it opens no key by itself: officer and password are needed beside it.
    OpensNothing,
    /// Something broke.
    Error(anyhow::Error),
}

impl From<anyhow::Error> for NotSignedIn {
    fn from(error: anyhow::Error) -> Self {
        Self::Error(error)
    }
}

/// A second factor that was looked at and is not used up yet.
pub(crate) enum Factor {
    Step(i64),
    Recovery([u8; 32]),
    Passkey(Box<Right>),
    Ministry(Box<(Known, Binding)>),
    None,
}

impl Factor {
    /// How the trail tells of it, before the address.
    fn came(&self, from: &str) -> Sentence {
        match self {
            Self::Passkey(_) => sentence!("trail-detail-passkey", "with a passkey, from {from}", from = from),
            Self::Ministry(_) => {
                sentence!("trail-detail-ministry", "with the ministry's sign-in, from {from}", from = from)
            }
            Self::Recovery(_) => {
                sentence!("trail-detail-recovery", "with a recovery code, from {from}", from = from)
            }
            Self::Step(_) | Self::None => sentence!("trail-detail-from", "from {from}", from = from),
        }
    }
}

impl Accounts {
    /// Signs in.
    ///
    /// # Errors
    /// Says no without saying why; asks to wait; or fails.
    pub fn sign_in(&self, a: &Attempt<'_>, limits: &Limits, now: Timestamp) -> Result<SignedIn, NotSignedIn> {
        let id = a.officer_id;
        let known = self.is_mark_of(a.mark, id);
        let account = if known { Of::Browser(id, a.mark) } else { Of::Account(id) };
        let counted = [account, Of::Address(a.from)];
        if let Some(seconds) = limits.wait(&counted, now) {
            return Err(NotSignedIn::Wait(seconds));
        }
        // Counted before it is looked at: a hundred at once are a hundred attempts.
        limits.failed(&counted, now);
        let Some(codes_left) = self.is_right(a, now)? else { return Err(NotSignedIn::Wrong) };
        limits.succeeded(&counted);
        let Ok(signer) = self.node.open_key(id, &password::normal(a.password)) else {
            return Err(NotSignedIn::NoKey);
        };
        Ok(SignedIn { signer, mark: self.new_mark(id)?, codes_left })
    }

    /// Whether all three are right; if so uses the factor up. Inside is how many recovery codes are left, where one was used.
    fn is_right(&self, a: &Attempt<'_>, now: Timestamp) -> Result<Option<Option<i64>>> {
        let found = self.of_officer(a.officer_id)?.filter(|account| account.state == State::Open);
        let kept = found.as_ref().and_then(|account| account.password.as_deref());
        let password = self.hashing.is_right(&password::normal(a.password), kept)?;
        let factor = self.factor(found.as_ref(), a, now)?;
        self.node.db().write("sign in", |tx| {
            let id = a.officer_id;
            // A factor is used up by whoever has the password: guessing at one does not burn the other.
            let right = password && self.use_factor(tx, id, &factor, now)?;
            let (what, detail) = match right {
                true => ("signed_in", factor.came(a.from)),
                false => {
                    ("not_signed_in", sentence!("trail-detail-attempt", "attempt from {from}", from = a.from))
                }
            };
            // What was typed as an officer may be a password: only known names are written down.
            let about = found.as_ref().map_or("unknown", |account| account.officer_id.as_str());
            trail::add(tx, now, about, what, about, detail)?;
            if !right {
                return Ok(None);
            }
            match factor {
                Factor::Recovery(_) => {
                    Ok(Some(Some(tx.one(RECOVERY_CODES_LEFT, &[id.into()], |row| row.get(0))?)))
                }
                _ => Ok(Some(None)),
            }
        })
    }

    /// What a proof of the ministry's sign-in is for an officer: nothing where it was asked for something else (`asked` says),
    /// or where another's account is bound to that person.
    pub(crate) fn ministry_factor(&self, known: &Known, officer_id: &str, asked: bool) -> Result<Factor> {
        let bound = self.node.db().read(|tx| ministry::of_person(tx, known))?;
        let own = bound.filter(|bound| asked && bound.officer_id == officer_id);
        Ok(own.map_or(Factor::None, |own| Factor::Ministry(Box::new((known.clone(), own)))))
    }

    fn factor(&self, account: Option<&Account>, a: &Attempt<'_>, now: Timestamp) -> Result<Factor> {
        if let Some(known) = a.ministry {
            let asked = known.purpose == ministry::Purpose::SignIn;
            return self.ministry_factor(known, a.officer_id, asked);
        }
        match &a.passkey {
            Some((shown, ceremony)) => {
                let right = self.right(shown, ceremony, now)?.ok();
                let own = right.filter(|right| right.passkey.officer_id == a.officer_id);
                Ok(own.map_or(Factor::None, |right| Factor::Passkey(Box::new(right))))
            }
            None => self.typed_factor(account, a.officer_id, a.factor, now),
        }
    }

    /// What six digits or a recovery code are worth.
    pub(crate) fn typed_factor(
        &self,
        account: Option<&Account>,
        officer_id: &str,
        typed: &str,
        now: Timestamp,
    ) -> Result<Factor> {
        let digits = typed.chars().filter(|c| !c.is_whitespace());
        if digits.clone().count() != 6 || !digits.clone().all(|c| c.is_ascii_digit()) {
            return Ok(Factor::Recovery(code::hash(typed, officer_id)));
        }
        let Some((account, sealed)) = account.and_then(|a| Some((a, a.factor.as_deref()?))) else {
            return Ok(Factor::None);
        };
        let secret = seal::open(&self.secret, &factor_of(&account.officer_id), sealed)?;
        let step = secret.and_then(|s| totp::step_of(&s, typed, now, account.factor_step));
        Ok(step.map_or(Factor::None, Factor::Step))
    }

    /// Uses a factor up; whether it served.
    pub(crate) fn use_factor(
        &self,
        tx: &mut Tx<'_>,
        id: &str,
        factor: &Factor,
        now: Timestamp,
    ) -> Result<bool> {
        let used = match factor {
            Factor::Step(step) => tx.execute(SET_FACTOR_STEP, &[id.into(), (*step).into()])?,
            Factor::Recovery(hash) => {
                let at = now.to_string();
                tx.execute(USE_RECOVERY_CODE, &[id.into(), hash.as_slice().into(), (&at).into()])?
            }
            Factor::Passkey(right) => return self.use_up(tx, right, now),
            Factor::Ministry(proof) => {
                let (known, binding) = proof.as_ref();
                let once = self.spent.spend(&known.mark(), ministry::SERVES, now)?;
                return Ok(once && ministry::use_up(tx, binding, now)?);
            }
            Factor::None => 0,
        };
        Ok(used == 1)
    }

    /// Signs in with a passkey alone: it says who, proves it, and its secret opens the key.
    ///
    /// # Errors
    /// Says no without saying why; asks to wait; says that the passkey opens nothing; or fails.
    pub fn sign_in_with_passkey(
        &self,
        shown: &Shown,
        ceremony: &Ceremony<'_>,
        from: &str,
        limits: &Limits,
        now: Timestamp,
    ) -> Result<SignedIn, NotSignedIn> {
        let counted = [Of::Address(from)];
        if let Some(seconds) = limits.wait(&counted, now) {
            return Err(NotSignedIn::Wait(seconds));
        }
        limits.failed(&counted, now);
        let right = self.right(shown, ceremony, now)?.ok();
        let about = right.as_ref().map_or("unknown", |right| right.passkey.officer_id.as_str());
        let used = self.node.db().write("sign in with a passkey", |tx| {
            let used = match &right {
                Some(right) => self.use_up(tx, right, now)?,
                None => false,
            };
            let (what, detail) = match &right {
                Some(right) if used && right.passkey.opens_key => (
                    "signed_in",
                    sentence!("trail-detail-passkey-alone", "with a passkey alone, from {from}", from = from),
                ),
                Some(_) if used => (
                    "not_signed_in",
                    sentence!(
                        "trail-detail-opens-nothing",
                        "with a passkey that opens no key, from {from}",
                        from = from,
                    ),
                ),
                _ => (
                    "not_signed_in",
                    sentence!(
                        "trail-detail-passkey-attempt",
                        "attempt with a passkey from {from}",
                        from = from
                    ),
                ),
            };
            trail::add(tx, now, about, what, about, detail)?;
            Ok::<_, anyhow::Error>(used)
        })?;
        let Some(passkey) = right.filter(|_| used).map(|right| right.passkey) else {
            return Err(NotSignedIn::Wrong);
        };
        limits.succeeded(&counted);
        let opening = shown.opening().filter(|_| passkey.opens_key).ok_or(NotSignedIn::OpensNothing)?;
        let opened = self.keyring()?.open_lent(&passkey.officer_id, &passkey.loan(), &opening);
        let signer = opened.map_err(|_| NotSignedIn::NoKey)?;
        Ok(SignedIn { mark: self.new_mark(&signer.id)?, signer, codes_left: None })
    }

    /// Notes in the trail that somebody left, or was made to.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn signed_out(&self, officer_id: &str, why: &Sentence, now: Timestamp) -> Result<()> {
        self.node
            .db()
            .write("sign out", |tx| trail::add(tx, now, officer_id, "signed_out", officer_id, why.clone()))
    }

    fn new_mark(&self, officer_id: &str) -> Result<String> {
        let nonce = kp_sign::hex(&random::<16>()?);
        let seal = kp_sign::hex(&self.mark_seal(officer_id, &nonce));
        Ok(format!("{nonce}{seal}"))
    }

    pub(crate) fn is_mark_of(&self, mark: &str, officer_id: &str) -> bool {
        mark.split_at_checked(32).is_some_and(|(nonce, seal)| {
            same(seal.as_bytes(), kp_sign::hex(&self.mark_seal(officer_id, nonce)).as_bytes())
        })
    }

    fn mark_seal(&self, officer_id: &str, nonce: &str) -> [u8; 32] {
        let inner = sha256(&[b"kpcs mark", self.secret.as_slice(), officer_id.as_bytes(), nonce.as_bytes()]);
        sha256(&[b"kpcs mark", self.secret.as_slice(), &inner])
    }

    /// Whether an officer's account, where there is one, still lets the officer in: asked with every request.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn still_open(tx: &mut kp_db::Tx<'_>, officer_id: &str) -> Result<bool> {
        Ok(account::by_officer(tx, officer_id)?.is_none_or(|account| account.state != State::Closed))
    }
}
