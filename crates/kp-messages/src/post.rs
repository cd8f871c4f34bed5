//! The post: follows, fills the outbox, and carries what is due. One round is what `serve` runs every few seconds.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use jiff::Timestamp;
use kp_accounts::Accounts;
use kp_language::Texts;
use kp_node::Node;

use crate::{
    Carrier, Refused, Sending, Setting,
    outbox::{self, Channel, Outgoing, State},
    stage,
    webhook::Webhook,
};

/// Most that leaves in one round, so that one slow receiver does not hold the post for ever.
const MOST_A_ROUND: usize = 50;

/// The post of a node.
pub struct Post {
    node: Arc<Node>,
    /// Address at which this node is reached, for links.
    base: String,
    /// Who carries mail; none where the office named no server: mails wait.
    mail: Option<Box<dyn Carrier>>,
    /// Who calls webhooks.
    web: Box<dyn Carrier>,
    /// Nothing leaves a node that is for training.
    sends: bool,
    /// One round at a time.
    at_work: Mutex<()>,
}

/// What a round came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Taken by the other side.
    pub sent: usize,
    /// Tried again later.
    pub failed: usize,
    /// Not tried again by itself.
    pub given_up: usize,
}

impl Post {
    /// The post of a node. What was being sent when the node stopped is found again here.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn open(
        node: Arc<Node>,
        base: String,
        mail: Option<Box<dyn Carrier>>,
        web: Box<dyn Carrier>,
        sends: bool,
        now: Timestamp,
    ) -> Result<Self> {
        let doubtful = node.db().write("find what was being sent", |tx| outbox::doubt(tx, now))?;
        if doubtful > 0 {
            tracing::warn!(
                doubtful,
                "the node stopped while sending; what may have arrived is sent again and says so"
            );
        }
        Ok(Self { node, base, mail, web, sends, at_work: Mutex::default() })
    }

    /// Whether mail can leave here.
    pub fn has_mail(&self) -> bool {
        self.sends && self.mail.is_some()
    }

    /// Whether anything leaves here at all.
    pub fn sends(&self) -> bool {
        self.sends
    }

    /// Follows what is new, and sends what is due.
    ///
    /// # Errors
    /// Where the database fails. What the other side says is no error: it stands in the outbox.
    pub fn round(&self, accounts: &Accounts, now: Timestamp) -> Result<Round> {
        let _one = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        let db = self.node.db();
        if db.read(|tx| stage::is_behind(tx, self.sends, now))? {
            while db.write("tell officers", |tx| stage::follow(tx, &self.base, self.sends, now))? {}
            if self.sends {
                db.write("write digests", |tx| stage::digest(tx, &self.base, now))?;
            }
        }
        let mut round = Round::default();
        for _ in 0..MOST_A_ROUND {
            if !self.sends || !db.read(|tx| outbox::is_due(tx, now, self.mail.is_some()))? {
                break;
            }
            // Durable before the other side is spoken to: see `outbox`.
            let begun = db.write("begin sending", |tx| outbox::begin_next(tx, now, self.mail.is_some()))?;
            let Some(row) = begun else { break };
            let outcome = self.carry(accounts, &row, now)?;
            let state = db.write("keep what became of it", |tx| match &outcome {
                Ok(answer) => outbox::sent(tx, &row, answer, now),
                Err(refused) => outbox::failed(tx, &row, refused, now),
            })?;
            match state {
                State::Sent => round.sent += 1,
                State::GivenUp => round.given_up += 1,
                _ => round.failed += 1,
            }
        }
        Ok(round)
    }

    fn carry(&self, accounts: &Accounts, row: &Outgoing, now: Timestamp) -> Result<Result<String, Refused>> {
        match row.channel {
            Channel::Mail => self.carry_mail(row, now),
            Channel::Webhook => self.carry_call(accounts, row, now),
        }
    }

    fn carry_mail(&self, row: &Outgoing, now: Timestamp) -> Result<Result<String, Refused>> {
        let Some(mail) = &self.mail else {
            return Ok(Err(Refused::for_now("this node has no mail server")));
        };
        let body = match row.doubtful_at {
            None => row.body.clone(),
            Some(_) => {
                let language = self.node.db().read(|tx| Setting::of(tx, &row.officer_id))?;
                let texts = Texts::of(language.map_or(kp_language::Language::English, |s| s.language));
                format!("{}\n\n{}", texts.text("message-perhaps-twice"), row.body)
            }
        };
        let sending = Sending::Mail {
            to: &row.target,
            subject: &row.subject,
            body: &body,
            name: &row.sending_name,
            now,
        };
        Ok(mail.carry(&sending))
    }

    fn carry_call(
        &self,
        accounts: &Accounts,
        row: &Outgoing,
        now: Timestamp,
    ) -> Result<Result<String, Refused>> {
        let all = self.node.db().read(Webhook::all)?;
        let webhook = all.into_iter().find(|webhook| webhook.id == row.target && webhook.ended_at.is_none());
        let Some(webhook) = webhook else {
            return Ok(Err(Refused::for_good("the webhook was ended")));
        };
        let secrets = webhook.secrets(accounts, now)?;
        let sending = Sending::Call {
            url: &webhook.url,
            body: &row.body,
            name: &row.sending_name,
            secrets: &secrets,
            now,
        };
        Ok(self.web.carry(&sending))
    }
}
