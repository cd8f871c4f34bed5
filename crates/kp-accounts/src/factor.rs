//! A factor shown again by somebody who is signed in: before weighty acts ([`fresh`](crate::fresh)).
//!
//! Counted, used up and written in the trail like the one shown when signing in.

use jiff::Timestamp;
use kp_terms::sentence;

use crate::{
    Accounts, NotSignedIn, State,
    fresh::Given,
    limits::{Limits, Of},
    ministry::{Known, Purpose},
    passkey::{Ceremony, Shown},
    sign_in::Factor,
    trail,
};

/// What is shown.
#[derive(Clone, Copy)]
pub enum Proof<'a> {
    /// Six digits of the moment, or a recovery code.
    Code(&'a str),
    /// A passkey.
    Passkey(&'a Shown, Ceremony<'a>),
    /// Whom the ministry's sign-in proved.
    Ministry(&'a Known),
}

impl Accounts {
    /// Takes a factor of an officer who is signed in.
    ///
    /// # Errors
    /// Says no; asks to wait; or fails.
    pub fn show_factor(
        &self,
        officer_id: &str,
        proof: Proof<'_>,
        (from, mark): (&str, &str),
        limits: &Limits,
        now: Timestamp,
    ) -> Result<Given, NotSignedIn> {
        let known = self.is_mark_of(mark, officer_id);
        let of = if known { Of::Browser(officer_id, mark) } else { Of::Account(officer_id) };
        let counted = [of, Of::Address(from)];
        if let Some(seconds) = limits.wait(&counted, now) {
            return Err(NotSignedIn::Wait(seconds));
        }
        limits.failed(&counted, now);
        let account = self.of_officer(officer_id)?.filter(|account| account.state == State::Open);
        let (factor, given) = match proof {
            Proof::Code(typed) => {
                let factor = match account {
                    Some(_) => self.typed_factor(account.as_ref(), officer_id, typed, now)?,
                    None => Factor::None,
                };
                (factor, Given::Code)
            }
            Proof::Passkey(shown, ceremony) => {
                let right = self.right(shown, &ceremony, now)?.ok();
                let own = right.filter(|right| right.passkey.officer_id == officer_id);
                (own.map_or(Factor::None, |right| Factor::Passkey(Box::new(right))), Given::Passkey)
            }
            Proof::Ministry(known) => {
                let asked = known.purpose == Purpose::Factor && known.officer_id == officer_id;
                (self.ministry_factor(known, officer_id, asked)?, Given::Ministry)
            }
        };
        let served = self.node.db().write("show a factor", |tx| {
            let served = self.use_factor(tx, officer_id, &factor, now)?;
            let what = if served { "factor_shown" } else { "factor_refused" };
            let detail = sentence!(
                "trail-detail-factor",
                "{given}, from {from}",
                given = given.in_words(),
                from = from
            );
            trail::add(tx, now, officer_id, what, officer_id, detail)?;
            Ok::<_, anyhow::Error>(served)
        })?;
        if !served {
            return Err(NotSignedIn::Wrong);
        }
        limits.succeeded(&counted);
        Ok(given)
    }
}
