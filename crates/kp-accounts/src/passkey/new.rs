//! Making a passkey, by an officer who is signed in and whose key is open.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use kp_db::{Sql, sql};
use kp_log::{Failure, Signer};
use kp_node::ActFailure;
use kp_terms::{Sentence, sentence};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{
    Ceremony, Keeping, Site, loan,
    webauthn::{self, Fault, Question},
};
use crate::{Accounts, State, join::problem, trail};

const RECORD_PASSKEY: Sql = sql!("record_passkey");

/// Most passkeys of one officer. Ours: a telephone, a machine, two keys on the ring, and as many again.
const MOST: usize = 8;
const LONGEST_NAME: usize = 60;
/// Bytes of the secret that an authenticator gives.
pub(super) const SECRET_BYTES: usize = 32;

kp_terms::refusals! {
    /// Why a passkey is not taken.
    pub enum Refusal {
        /// It does not hold.
        NotTaken = "passkey_not_taken", "the passkey is not taken: the question is older than five minutes, it was made for another address of this node, or the authenticator did not ask for a PIN, finger or face; try again from this page, and with another authenticator if it stays so", "WebAuthn level 2, 7.1";
        /// It is there.
        Known = "passkey_known", "this passkey is registered already", "WebAuthn level 2, 7.1 step 22";
        /// Enough.
        Enough = "passkeys_enough", "there are eight passkeys already; remove one that is not used any more", "limit ours: as many as a person can know";
        /// Nobody who signs in.
        NoAccount = "passkey_without_account", "a passkey belongs to an account, and you opened your key with its passphrase alone; ask your administrator for an invitation", "security 6";
    }
}

/// What the browser made.
#[derive(Debug, Clone)]
pub struct NewPasskey {
    client_data: Vec<u8>,
    attestation: Vec<u8>,
    secret: Option<Zeroizing<Vec<u8>>>,
}

#[derive(Deserialize)]
struct Sent {
    client_data: String,
    attestation: String,
    secret: Option<String>,
}

impl NewPasskey {
    /// Reads what the page's script sends.
    pub fn read(json: &str) -> Option<Self> {
        let sent: Sent = serde_json::from_str(json).ok()?;
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
        let secret = sent.secret.map(Zeroizing::new);
        Some(Self {
            client_data: bytes(&sent.client_data)?,
            attestation: bytes(&sent.attestation)?,
            secret: secret.and_then(|text| Some(Zeroizing::new(bytes(&text)?))),
        })
    }
}

/// A new passkey that holds.
struct Held {
    id: Vec<u8>,
    key: Vec<u8>,
    counter: u32,
    keeping: Keeping,
}

impl Accounts {
    /// Takes a new passkey. Where its authenticator gave a secret, a copy of the key is put under it first: if power fails
    /// between, a copy lies there that no row names.
    ///
    /// # Errors
    /// Names the field that does not serve; refuses with what does not hold; fails where database or key folder do.
    pub fn register_passkey(
        &self,
        by: &Signer,
        name: &str,
        new: &NewPasskey,
        ceremony: &Ceremony<'_>,
        now: Timestamp,
    ) -> Result<(), ActFailure> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            let sentence =
                "give it a name of up to 60 characters, by which you know it: my telephone, the blue key";
            return Err(ActFailure::Fields(vec![problem("name", sentence)]));
        }
        let held = self.held(new, ceremony, now).map_err(|_| refused(Refusal::NotTaken))?;
        if !self.of_officer(&by.id)?.is_some_and(|account| account.state == State::Open) {
            return Err(refused(Refusal::NoAccount));
        }
        if self.node.db().read(|tx| super::by_id(tx, &held.id))?.is_some() {
            return Err(refused(Refusal::Known));
        }
        let secret = new.secret.as_ref().filter(|secret| secret.len() == SECRET_BYTES);
        if let Some(secret) = secret {
            self.keyring()?.lend(by, &loan(&held.id), &kp_sign::hex(secret))?;
        }
        let opens = if secret.is_some() { "key" } else { "nothing" };
        let site = ceremony.site.name.as_str();
        self.node.db().write("register a passkey", |tx| {
            if Self::passkeys_of(tx, &by.id)?.len() >= MOST {
                return Err(Failure::refused(Refusal::Enough));
            }
            let at = now.to_string();
            let row = [
                held.id.as_slice().into(),
                (&by.id).into(),
                name.into(),
                site.into(),
                held.key.as_slice().into(),
                i64::from(held.counter).into(),
                held.keeping.word().into(),
                opens.into(),
                (&at).into(),
            ];
            // Nothing is written where another request was faster.
            if tx.execute(RECORD_PASSKEY, &row)? == 0 {
                return Err(Failure::refused(Refusal::Known));
            }
            let detail = made(name, site, held.keeping, secret.is_some());
            Ok(trail::add(tx, now, &by.id, "passkey_made", &by.id, detail)?)
        })?;
        Ok(())
    }

    /// Checks what was made: WebAuthn 7.1, the steps that apply without attestation.
    fn held(&self, new: &NewPasskey, ceremony: &Ceremony<'_>, now: Timestamp) -> Result<Held, Fault> {
        let challenge = webauthn::client_data(&new.client_data, Question::Create, ceremony.site)?;
        if !self.waits(&challenge, ceremony, now) {
            return Err(Fault::Challenge);
        }
        let data = webauthn::attested(&new.attestation)?;
        let said = webauthn::authenticator(&data, ceremony.site)?;
        let made = said.made.ok_or(Fault::Unread("the new passkey"))?;
        if !self.spend(&challenge, now).unwrap_or(false) {
            return Err(Fault::Challenge);
        }
        let keeping = if said.is_synced { Keeping::Synced } else { Keeping::Device };
        Ok(Held { id: made.id, key: made.key, counter: said.counter, keeping })
    }

    /// Credential ids of the officer's passkeys at a site, so that one authenticator is not registered twice.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn passkeys_at(&self, officer_id: &str, site: &Site) -> anyhow::Result<Vec<Vec<u8>>> {
        let all = self.node.db().read(|tx| Self::passkeys_of(tx, officer_id))?;
        Ok(all.into_iter().filter(|p| p.site == site.name).map(|p| p.credential_id).collect())
    }
}

fn refused(refusal: Refusal) -> ActFailure {
    ActFailure::Failure(Failure::refused(refusal))
}

/// What the trail says of a new passkey.
fn made(name: &str, site: &str, keeping: Keeping, opens_key: bool) -> Sentence {
    let keeping =
        Sentence::behind::<&str>(&format!("trail-detail-kept-{}", keeping.word()), keeping.word(), []);
    match opens_key {
        true => sentence!(
            "trail-detail-made-opens-key",
            "{name}, for {site}, {keeping}, opens key",
            name = name,
            site = site,
            keeping = keeping,
        ),
        false => sentence!(
            "trail-detail-made-opens-nothing",
            "{name}, for {site}, {keeping}, opens nothing",
            name = name,
            site = site,
            keeping = keeping,
        ),
    }
}
