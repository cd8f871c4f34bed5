//! Webhooks: a program elsewhere is told that something changed, and asks for the rest.
//!
//! What is sent is a nudge: kind, place, subject, the call that shows more. It is signed as Standard Webhooks has it
//! (`webhook-id`, `webhook-timestamp`, `webhook-signature: v1,` HMAC-SHA256 over the three parts), so a receiver that checks
//! takes nothing from anybody else and nothing twice. A secret that is rotated goes on signing for a day beside the new one.
//! A webhook is told what the officer who set it up may see, at that moment: with the officer's rights it falls silent.

use anyhow::Result;
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use kp_accounts::{Accounts, rights::Viewer, shown::shown_to};
use kp_db::{Row, Sql, Tx, sql};
use kp_log::Entry;
use kp_node::ActFailure;
use kp_terms::FieldProblem;
use ring::hmac;
use zeroize::Zeroizing;

use crate::{
    outbox::{self, Channel, NewOutgoing},
    web_post,
};

const RECORD_WEBHOOK: Sql = sql!("record_webhook");
const WEBHOOKS: Sql = sql!("webhooks");
const ROTATE_WEBHOOK: Sql = sql!("rotate_webhook");
const END_WEBHOOK: Sql = sql!("end_webhook");

/// How long an old secret signs beside the new one.
pub const OVERLAP: SignedDuration = SignedDuration::from_hours(24);

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Short public name.
    pub id: String,
    /// Who set it up.
    pub officer_id: String,
    /// Where to.
    pub url: String,
    /// Kinds of statements; empty: all.
    pub kinds: Vec<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when the secret before signs too.
    pub old_until: Option<Timestamp>,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
    secret: Vec<u8>,
    old_secret: Option<Vec<u8>>,
}

impl Webhook {
    /// All webhooks, in the order in which they were made.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Self>> {
        tx.rows(WEBHOOKS, &[], webhook)
    }

    /// Makes one; its name and its secret, which is shown once.
    ///
    /// # Errors
    /// Names what does not serve; fails where the database does.
    pub fn make(
        tx: &mut Tx<'_>,
        accounts: &Accounts,
        officer_id: &str,
        url: &str,
        kinds: &[String],
        now: Timestamp,
    ) -> Result<(String, Zeroizing<String>), ActFailure> {
        let problems = objections(url, kinds);
        if !problems.is_empty() {
            return Err(ActFailure::Fields(problems));
        }
        let id = format!("w-{}", &outbox::random_name()?[..12]);
        let (secret, shown) = new_secret()?;
        let sealed = accounts.seal(&id, &secret)?;
        let (kinds, at) = (kinds.join(" "), now.to_string());
        let row = [
            (&id).into(),
            officer_id.into(),
            url.trim().into(),
            (&kinds).into(),
            (&sealed).into(),
            (&at).into(),
        ];
        tx.execute(RECORD_WEBHOOK, &row)?;
        Ok((id, shown))
    }

    /// Gives it a new secret, shown once; the old one signs too for a day.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn rotate(&self, tx: &mut Tx<'_>, accounts: &Accounts, now: Timestamp) -> Result<Zeroizing<String>> {
        let (secret, shown) = new_secret()?;
        let sealed = accounts.seal(&self.id, &secret)?;
        let until = now.checked_add(OVERLAP)?.to_string();
        tx.execute(ROTATE_WEBHOOK, &[(&self.id).into(), (&sealed).into(), (&until).into()])?;
        Ok(shown)
    }

    /// Ends it.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn end(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<()> {
        tx.execute(END_WEBHOOK, &[(&self.id).into(), (&now.to_string()).into()])?;
        Ok(())
    }

    /// The secrets that sign at a moment, the newest first.
    pub(crate) fn secrets(&self, accounts: &Accounts, now: Timestamp) -> Result<Vec<Zeroizing<Vec<u8>>>> {
        let old = self.old_secret.iter().filter(|_| self.old_until.is_some_and(|until| now < until));
        let mut secrets = Vec::new();
        for sealed in std::iter::once(&self.secret).chain(old) {
            if let Some(plain) = accounts.unseal(&self.id, sealed)? {
                secrets.push(Zeroizing::new(plain));
            }
        }
        Ok(secrets)
    }

    fn wants(&self, kind: &str) -> bool {
        self.ended_at.is_none() && (self.kinds.is_empty() || self.kinds.iter().any(|wanted| wanted == kind))
    }
}

/// Puts an entry into the outbox for every webhook that wants it and may be told of it.
pub(crate) fn of_entry(tx: &mut Tx<'_>, webhooks: &[Webhook], entry: &Entry, now: Timestamp) -> Result<()> {
    for webhook in webhooks.iter().filter(|webhook| webhook.wants(&entry.kind)) {
        let officer = kp_registry::officer_by_id(tx, &webhook.officer_id)?;
        let signs = !kp_registry::keys_of_officer(tx, &webhook.officer_id)?.is_empty();
        let Some(officer) = officer.filter(|_| signs) else { continue };
        let signer = kp_registry::officer_of_key(tx, &entry.key_id.to_string())?.unwrap_or_default();
        if shown_to(tx, &Viewer::Officer(officer), entry, &signer)?.is_none() {
            continue;
        }
        let body = serde_json::json!({
            "type": entry.kind,
            "timestamp": entry.at.to_string(),
            "data": {
                "position": entry.position,
                "subject": entry.subject,
                "log_id": entry.log_id,
                "entry_number": entry.entry_number,
                "changes": format!("/api/changes?after={}", entry.position - 1),
            },
        })
        .to_string();
        let new = NewOutgoing {
            channel: Channel::Webhook,
            officer_id: &webhook.officer_id,
            target: &webhook.id,
            subject: &entry.kind,
            body: &body,
        };
        outbox::put(tx, &new, now)?;
    }
    Ok(())
}

/// `webhook-signature`: one `v1,...` for each secret, separated by blanks.
pub fn signature(secrets: &[Zeroizing<Vec<u8>>], name: &str, now: Timestamp, body: &str) -> String {
    let signed = format!("{name}.{}.{body}", now.as_second());
    let one = |secret: &Zeroizing<Vec<u8>>| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        format!("v1,{}", STANDARD.encode(hmac::sign(&key, signed.as_bytes())))
    };
    secrets.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn new_secret() -> Result<(Zeroizing<Vec<u8>>, Zeroizing<String>)> {
    let mut bytes = Zeroizing::new(vec![0_u8; 32]);
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gave no random bytes: {e}"))?;
    let shown = Zeroizing::new(format!("whsec_{}", STANDARD.encode(bytes.as_slice())));
    Ok((bytes, shown))
}

fn objections(url: &str, kinds: &[String]) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if let Err(sentence) = web_post::read_url(url.trim()) {
        problems.push(FieldProblem { field: "url".into(), sentence });
    }
    for kind in kinds {
        if kind.is_empty() || !kind.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            let sentence = format!("{kind:?} is no kind of statement; write for example certificate_issued");
            problems.push(FieldProblem { field: "kinds".into(), sentence });
        }
    }
    problems
}

fn webhook(row: &Row<'_>) -> Result<Webhook> {
    let kinds: String = row.get(3)?;
    Ok(Webhook {
        id: row.get(0)?,
        officer_id: row.get(1)?,
        url: row.get(2)?,
        kinds: kinds.split_whitespace().map(str::to_owned).collect(),
        secret: row.get(4)?,
        old_secret: row.get(5)?,
        old_until: row.optional_word(6)?,
        made_at: row.word(7)?,
        ended_at: row.optional_word(8)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks specification's reference libraries.
    #[test]
    fn the_signature_is_that_of_standard_webhooks() {
        let secret = Zeroizing::new(STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap());
        let now = Timestamp::from_second(1_614_265_330).unwrap();
        let signed = signature(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", now, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
