//! Keys that were lent to programs, once opened: a token is looked up with every call, its key is opened once.
//!
//! Opening a lent key takes as long as a passphrase does. What is kept is found by the SHA-256 of the whole token, and only
//! after the database has said that the token still serves.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use anyhow::Result;
use kp_accounts::{Lent, Token};
use sha2::{Digest, Sha256};

use crate::{
    app::App,
    session::{AtDesk, Place},
};

/// Most tokens whose keys are kept open.
const MOST: usize = 200;

#[derive(Default)]
pub(crate) struct LentKeys(Mutex<BTreeMap<[u8; 32], AtDesk>>);

/// A token that serves, and the desk it acts at, where it may.
#[derive(Clone)]
pub(crate) struct Program {
    pub(crate) token: Token,
    pub(crate) at_desk: Option<AtDesk>,
}

impl LentKeys {
    /// The program behind a token, where it serves.
    pub(crate) fn program(&self, app: &App, text: &str) -> Result<Option<Program>> {
        let Some(token) = app.accounts.token(text, app.now())? else { return Ok(None) };
        if !token.acts() {
            return Ok(Some(Program { token, at_desk: None }));
        }
        let key: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let at_desk = match kept {
            Some(at_desk) => at_desk,
            None => {
                let Lent { signer } = app.accounts.open_lent(&token, text)?;
                let at_desk = AtDesk { signer, place: Place::Program, has_pin: false, shown: Vec::new() };
                let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                if all.len() >= MOST {
                    all.pop_first();
                }
                all.entry(key).or_insert(at_desk).clone()
            }
        };
        Ok(Some(Program { token, at_desk: Some(at_desk) }))
    }
}
