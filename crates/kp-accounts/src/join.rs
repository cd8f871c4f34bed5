//! A code is taken up: the person chooses a password, reads the secret of the time codes into a program, and is shown ten
//! recovery codes once.
//!
//! The key's file is written before the account opens: if power fails between, the code still serves, and the password just
//! chosen opens the key. Where no key lies here one is made now, so nobody but the person ever knew what it lies under.

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_log::{Failure, Signer};
use kp_node::ActFailure;
use kp_terms::{FieldProblem, sentence};
use zeroize::Zeroizing;

use crate::{
    Accounts, Code, Invitation, Purpose, State,
    account::{self, Account},
    code,
    common::random,
    invite, ministry, passkey, password, seal, totp, trail,
};

const SET_PASSWORD: Sql = sql!("set_password");
const SET_FACTOR: Sql = sql!("set_factor");
const RECORD_RECOVERY_CODE: Sql = sql!("record_recovery_code");
const DROP_RECOVERY_CODES: Sql = sql!("drop_recovery_codes");

/// How many recovery codes a person is given.
const CODES: usize = 10;

kp_terms::refusals! {
    /// Why a code is not taken.
    pub enum Refusal {
        /// Used, expired, withdrawn, or never issued: one answer.
        NoSuchCode = "code_does_not_serve", "this code does not serve: it may be mistyped, used, withdrawn or older than three days; ask your administrator for another", "security 6: a code serves once";
    }
}

/// What a code offers: shown before anything is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// For whom, for what, until when.
    pub invitation: Invitation,
    /// Whether a key of this officer lies here, which then has to be opened with its present passphrase.
    pub has_key: bool,
    /// The secret of the time codes, as authenticator programs take it.
    pub factor: String,
    /// The same as an address, for a symbol.
    pub factor_address: String,
    /// The same, sealed, for the form that comes back.
    pub factor_sealed: Vec<u8>,
}

/// What the person chose.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// The code.
    pub code: String,
    /// The secret as it was sealed into the form.
    pub factor_sealed: Vec<u8>,
    /// Six digits made with it.
    pub factor_code: String,
    /// Present passphrase of the key that lies here; or the password, where only the factor is new.
    pub present: Zeroizing<String>,
    /// The new password.
    pub password: Zeroizing<String>,
    /// The same again.
    pub again: Zeroizing<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Who.
    pub officer_id: String,
    /// Shown once.
    pub recovery_codes: Vec<Code>,
    /// Public half of a key that was just made, hexadecimal: the administrator names the officer with it, or registers it.
    pub new_key: Option<String>,
}

impl Accounts {
    /// What a code offers. The secret is drawn anew unless the form brings the one it showed.
    ///
    /// # Errors
    /// Refuses where the code does not serve; fails where the database does.
    pub fn offer(&self, typed: &str, shown: &[u8], now: Timestamp) -> Result<Offer, Failure> {
        let Some(invitation) = self.node.db().read(|tx| invite::of_code(tx, typed, now))? else {
            return Err(Failure::refused(Refusal::NoSuchCode));
        };
        let about = about(&invitation);
        let secret = match seal::open(&self.secret, &about, shown)? {
            Some(secret) => secret,
            None => random::<{ totp::SECRET_BYTES }>()?.to_vec(),
        };
        let keyring = self.keyring()?;
        Ok(Offer {
            has_key: invitation.purpose == Purpose::Join && keyring.holds(&invitation.officer_id),
            factor: totp::base32(&secret),
            factor_address: totp::address(&secret, &self.node.keys().signer.id, &invitation.officer_id),
            factor_sealed: seal::seal(&self.secret, &about, &secret)?,
            invitation,
        })
    }

    /// Takes a code up.
    ///
    /// # Errors
    /// Names every field that does not serve; refuses where the code does not; fails where database or key folder do.
    pub fn join(&self, taken: &Taken, from: &str, now: Timestamp) -> Result<Joined, ActFailure> {
        let offer = self.offer(&taken.code, &taken.factor_sealed, now)?;
        let officer_id = offer.invitation.officer_id.clone();
        let secret = seal::open(&self.secret, &about(&offer.invitation), &taken.factor_sealed)?;
        let (officer, existing) = self.node.db().read(|tx| {
            Ok::<_, anyhow::Error>((
                kp_registry::officer_by_id(tx, &officer_id)?,
                account::by_officer(tx, &officer_id)?,
            ))
        })?;
        let name = officer.map(|officer| officer.name).unwrap_or_default();
        let mut problems = Vec::new();
        let step = secret.as_deref().and_then(|s| totp::step_of(s, &taken.factor_code, now, 0));
        if step.is_none() {
            problems.push(problem(
                "factor_code",
                "is not the code of this moment: wait for the next one, and check the clock of the device",
            ));
        }
        let keeps_password = offer.invitation.purpose == Purpose::NewFactor;
        if keeps_password {
            self.check_present_password(existing.as_ref(), &taken.present, &mut problems)?;
        } else {
            check_new(&taken.password, &taken.again, &[&officer_id, &name], &mut problems);
        }
        let signer = match offer.has_key && problems.is_empty() {
            true => self.present_key(&officer_id, taken, &mut problems),
            false => None,
        };
        let (Some(secret), Some(step), true) = (secret, step, problems.is_empty()) else {
            return Err(ActFailure::Fields(problems));
        };
        let chosen = password::normal(&taken.password);
        let new_key =
            if keeps_password { None } else { self.put_key_under(&officer_id, signer, &offer, &chosen)? };
        let codes: Vec<Code> = (0..CODES).map(|_| Code::draw()).collect::<Result<_>>()?;
        let hash = match keeps_password {
            true => None,
            false => Some(self.hashing.hash(&chosen, random()?)?),
        };
        let sealed = seal::seal(&self.secret, &factor_of(&officer_id), &secret)?;
        let opening = Opening { taken, sealed: &sealed, step, hash, codes: &codes, from };
        let lent = self
            .node
            .db()
            .write("take up an invitation", |tx| open_account(tx, &offer.invitation, &opening, now))?;
        for name in lent {
            self.keyring()?.end_loan(&name)?;
        }
        Ok(Joined { officer_id, recovery_codes: codes, new_key })
    }

    /// Changes the password of an officer who is signed in. The key's file is put under it first: if power fails between, the
    /// new password opens the key and the old one still signs in nowhere else, and changing it again mends both.
    ///
    /// # Errors
    /// Names the fields that do not serve; fails where database or key folder do.
    pub fn change_password(
        &self,
        signer: &Signer,
        name: &str,
        present: &str,
        new: &str,
        again: &str,
        now: Timestamp,
    ) -> Result<(), ActFailure> {
        let existing = self.of_officer(&signer.id)?.filter(|account| account.state == State::Open);
        let mut problems = Vec::new();
        self.check_present_password(existing.as_ref(), present, &mut problems)?;
        check_new(new, again, &[&signer.id, name], &mut problems);
        if !problems.is_empty() {
            return Err(ActFailure::Fields(problems));
        }
        let chosen = password::normal(new);
        self.keyring()?.rewrap(signer, &chosen)?;
        let hash = self.hashing.hash(&chosen, random()?)?;
        let id = signer.id.as_str();
        self.node.db().write("change a password", |tx| {
            tx.execute(SET_PASSWORD, &[id.into(), (&hash).into(), (&now.to_string()).into()])?;
            trail::add(
                tx,
                now,
                id,
                "password_changed",
                id,
                sentence!("trail-detail-by-officer", "by its officer"),
            )
        })?;
        Ok(())
    }

    fn check_present_password(
        &self,
        existing: Option<&Account>,
        present: &str,
        problems: &mut Vec<FieldProblem>,
    ) -> Result<()> {
        let kept = existing.and_then(|account| account.password.as_deref());
        if !self.hashing.is_right(&password::normal(present), kept)? {
            problems.push(problem("present", "is not the password of this account"));
        }
        Ok(())
    }

    /// Opens the key that lies here: with its present passphrase, or with the new password where an earlier attempt got so far.
    fn present_key(&self, id: &str, taken: &Taken, problems: &mut Vec<FieldProblem>) -> Option<Signer> {
        let opened = self
            .node
            .open_key(id, &taken.present)
            .or_else(|_| self.node.open_key(id, &password::normal(&taken.password)));
        if opened.is_err() {
            problems.push(problem(
                "present",
                "does not open the key that lies here; if nobody knows its passphrase, ask for recovery with a new key",
            ));
        }
        opened.ok()
    }

    /// Puts the officer's key under the password; makes one where there is none. Returns the public half of a new one.
    fn put_key_under(
        &self,
        id: &str,
        signer: Option<Signer>,
        offer: &Offer,
        password: &str,
    ) -> Result<Option<String>> {
        let keyring = self.keyring()?;
        if let Some(signer) = signer {
            keyring.rewrap(&signer, password)?;
            return Ok(None);
        }
        if offer.invitation.purpose == Purpose::NewPassword && self.node.open_key(id, password).is_err() {
            keyring.set_aside(id, &offer.invitation.expires_at.to_string())?;
        }
        let made = match keyring.holds(id) {
            true => self.node.open_key(id, password).context("the key made in an earlier attempt")?,
            false => keyring.make(id, password)?,
        };
        Ok(Some(kp_sign::hex(&made.key.public().to_bytes())))
    }
}

struct Opening<'a> {
    taken: &'a Taken,
    sealed: &'a [u8],
    step: i64,
    hash: Option<String>,
    codes: &'a [Code],
    from: &'a str,
}

fn open_account(
    tx: &mut Tx<'_>,
    invitation: &Invitation,
    o: &Opening<'_>,
    now: Timestamp,
) -> Result<Vec<String>, Failure> {
    // Asked again inside the transaction: two who send the same code at once are not both let in.
    if invite::of_code(tx, &o.taken.code, now)?.is_none() {
        return Err(Failure::refused(Refusal::NoSuchCode));
    }
    let id = invitation.officer_id.as_str();
    invite::end_all(tx, id, now)?;
    account::set_state(tx, id, State::Open, now)?;
    if let Some(hash) = &o.hash {
        tx.execute(SET_PASSWORD, &[id.into(), hash.into(), (&now.to_string()).into()])?;
    }
    tx.execute(SET_FACTOR, &[id.into(), o.sealed.into(), o.step.into()])?;
    tx.execute(DROP_RECOVERY_CODES, &[id.into()])?;
    // Whoever lost a factor or the password begins anew: what was registered before may be in other hands.
    let lent = passkey::end_all(tx, id, now)?;
    ministry::end_all(tx, id, now)?;
    for code in o.codes {
        let hash = code::hash(&code.to_string(), id);
        tx.execute(RECORD_RECOVERY_CODE, &[id.into(), hash.as_slice().into()])?;
    }
    let (what, detail) = match invitation.purpose {
        Purpose::Join => {
            ("joined", sentence!("trail-detail-opened", "account opened; from {from}", from = o.from))
        }
        Purpose::NewFactor => (
            "factor_renewed",
            sentence!(
                "trail-detail-new-factor",
                "new second factor and recovery codes; from {from}",
                from = o.from,
            ),
        ),
        Purpose::NewPassword => (
            "password_renewed",
            sentence!(
                "trail-detail-new-password",
                "new password, new key, new second factor and recovery codes; from {from}",
                from = o.from,
            ),
        ),
    };
    trail::add(tx, now, id, what, id, detail)?;
    Ok(lent)
}

fn about(invitation: &Invitation) -> String {
    format!("offer {} {}", invitation.officer_id, invitation.expires_at)
}

/// What the sealed secret of time codes is bound to.
pub(crate) fn factor_of(officer_id: &str) -> String {
    format!("factor {officer_id}")
}

pub(crate) fn check_new(password: &str, again: &str, of: &[&str], problems: &mut Vec<FieldProblem>) {
    if let Some(objection) = password::objection(&password::normal(password), of) {
        problems.push(problem("password", objection));
    }
    if password != again {
        problems.push(problem("again", "is not the same as the password above"));
    }
}

pub(crate) fn problem(field: &str, sentence: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), sentence: sentence.to_owned() }
}
