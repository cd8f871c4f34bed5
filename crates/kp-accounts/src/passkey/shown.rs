//! A passkey that is shown: WebAuthn level 2, 7.2.

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_terms::sentence;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{
    Ceremony, Passkey, by_id, end,
    webauthn::{self, Fault, Question},
};
use crate::{Accounts, State, account, common::same, trail};

const USE_PASSKEY: Sql = sql!("use_passkey");

/// What a browser shows.
#[derive(Debug, Clone)]
pub struct Shown {
    id: Vec<u8>,
    client_data: Vec<u8>,
    authenticator: Vec<u8>,
    signature: Vec<u8>,
    user: Vec<u8>,
    secret: Option<Zeroizing<Vec<u8>>>,
}

#[derive(Deserialize)]
struct Sent {
    id: String,
    client_data: String,
    authenticator: String,
    signature: String,
    user: String,
    secret: Option<String>,
}

impl Shown {
    /// Reads what the page's script sends.
    pub fn read(json: &str) -> Option<Self> {
        let sent: Sent = serde_json::from_str(json).ok()?;
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
        let secret = sent.secret.map(Zeroizing::new);
        Some(Self {
            id: bytes(&sent.id)?,
            client_data: bytes(&sent.client_data)?,
            authenticator: bytes(&sent.authenticator)?,
            signature: bytes(&sent.signature)?,
            user: bytes(&sent.user)?,
            secret: secret.and_then(|text| Some(Zeroizing::new(bytes(&text)?))),
        })
    }

    /// The secret that opens the copy of the key, as the copy was put under it.
    pub(crate) fn opening(&self) -> Option<Zeroizing<String>> {
        self.secret.as_ref().map(|secret| Zeroizing::new(kp_sign::hex(secret)))
    }
}

/// A passkey that was rightly shown; not used up yet.
pub(crate) struct Right {
    pub(crate) passkey: Passkey,
    counter: i64,
    challenge: Vec<u8>,
}

impl Accounts {
    /// Whether what is shown is a passkey of an open account that answers our question. The answer is used up by [`Right::used`].
    pub(crate) fn right(
        &self,
        shown: &Shown,
        ceremony: &Ceremony<'_>,
        now: Timestamp,
    ) -> Result<Result<Right, Fault>> {
        let found = self.node.db().read(|tx| {
            let Some(passkey) = by_id(tx, &shown.id)? else { return Ok(None) };
            let account = account::by_officer(tx, &passkey.officer_id)?;
            Ok::<_, anyhow::Error>(Some(passkey).filter(|_| account.is_some_and(|a| a.state == State::Open)))
        })?;
        let Some(passkey) = found else { return Ok(Err(Fault::Signature)) };
        Ok(self.fits(shown, passkey, ceremony, now))
    }

    fn fits(
        &self,
        shown: &Shown,
        passkey: Passkey,
        ceremony: &Ceremony<'_>,
        now: Timestamp,
    ) -> Result<Right, Fault> {
        // A passkey is asked for without a name, so the authenticator says whose it is; it has to agree with the table.
        if !same(&shown.user, &self.user_handle(&passkey.officer_id)) || passkey.site != ceremony.site.name {
            return Err(Fault::Site);
        }
        let challenge = webauthn::client_data(&shown.client_data, Question::Get, ceremony.site)?;
        if !self.waits(&challenge, ceremony, now) {
            return Err(Fault::Challenge);
        }
        let said = webauthn::authenticator(&shown.authenticator, ceremony.site)?;
        webauthn::signed(&passkey.public_key, &shown.authenticator, &shown.client_data, &shown.signature)?;
        Ok(Right { passkey, counter: said.counter.into(), challenge })
    }

    /// Uses the answer up: once, and only while the counter goes up. One that went back may have been copied: the passkey
    /// serves no more, and the trail says so.
    pub(crate) fn use_up(&self, tx: &mut Tx<'_>, right: &Right, now: Timestamp) -> Result<bool> {
        if !self.spend(&right.challenge, now)? {
            return Ok(false);
        }
        let passkey = &right.passkey;
        let id = passkey.credential_id.as_slice();
        if tx.execute(USE_PASSKEY, &[id.into(), right.counter.into(), (&now.to_string()).into()])? == 1 {
            return Ok(true);
        }
        let detail = sentence!(
            "trail-detail-copied",
            "{name}: its counter said {counter} after {before}; it may have been copied and serves no more",
            name = passkey.name,
            counter = right.counter,
            before = passkey.counter,
        );
        end(tx, passkey, "copied", now)?;
        trail::add(tx, now, &passkey.officer_id, "passkey_copied", &passkey.officer_id, detail)?;
        Ok(false)
    }
}
