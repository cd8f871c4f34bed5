//! Messages in the office: what an officer is told, whether it was seen.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Row, Sql, Tx, sql};

use crate::event::Event;

const LAST_MESSAGE: Sql = sql!("last_message");
const RECORD_MESSAGE: Sql = sql!("record_message");
const MESSAGES_OF: Sql = sql!("messages_of");
const UNREAD_COUNT: Sql = sql!("unread_count");
const MARK_READ: Sql = sql!("mark_read");
const NOT_MAILED: Sql = sql!("not_mailed");
const SET_MAILED: Sql = sql!("set_mailed");

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// 1, 2, 3 ...
    pub id: i64,
    /// Who is told.
    pub officer_id: String,
    /// Which text is said.
    pub kind: String,
    /// What it is filled with.
    pub details: Vec<(String, String)>,
    /// The page of what it is about, or empty.
    pub about: String,
    /// When it happened.
    pub at: Timestamp,
    /// When it was seen.
    pub read_at: Option<Timestamp>,
}

impl Message {
    /// A detail by its name, or empty.
    pub fn detail(&self, name: &str) -> &str {
        self.details.iter().find(|(n, _)| n == name).map_or("", |(_, text)| text)
    }

    /// An officer's messages before one, the newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn of(tx: &mut Tx<'_>, officer_id: &str, before: i64, limit: u32) -> Result<Vec<Self>> {
        tx.rows(MESSAGES_OF, &[officer_id.into(), before.into(), i64::from(limit).into()], message)
    }

    /// How many of an officer's messages were not seen.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn unread(tx: &mut Tx<'_>, officer_id: &str) -> Result<i64> {
        tx.one(UNREAD_COUNT, &[officer_id.into()], |row| row.get(0))
    }

    /// An officer has seen the messages up to one.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn seen(tx: &mut Tx<'_>, officer_id: &str, up_to: i64, now: Timestamp) -> Result<u64> {
        tx.execute(MARK_READ, &[officer_id.into(), up_to.into(), (&now.to_string()).into()])
    }

    /// What an officer was told from one instant to another and nobody mailed, the oldest first.
    pub(crate) fn not_mailed(
        tx: &mut Tx<'_>,
        officer_id: &str,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Self>> {
        let (from, until) = (from.to_string(), until.to_string());
        tx.rows(NOT_MAILED, &[officer_id.into(), (&until).into(), (&from).into()], message)
    }

    pub(crate) fn set_mailed(&self, tx: &mut Tx<'_>, outbox_id: i64) -> Result<()> {
        tx.execute(SET_MAILED, &[self.id.into(), outbox_id.into()])?;
        Ok(())
    }
}

/// Tells everybody whom an event is for; the messages.
pub(crate) fn tell(tx: &mut Tx<'_>, event: &Event, at: Timestamp) -> Result<Vec<Message>> {
    let mut told = Vec::new();
    for officer_id in &event.to {
        let last: i64 = tx.one(LAST_MESSAGE, &[], |row| row.get(0))?;
        let message = Message {
            id: last + 1,
            officer_id: officer_id.clone(),
            kind: event.kind.to_owned(),
            details: event.details.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect(),
            about: event.about.clone(),
            at,
            read_at: None,
        };
        let details: serde_json::Map<String, serde_json::Value> =
            message.details.iter().map(|(name, text)| (name.clone(), text.clone().into())).collect();
        let details = serde_json::Value::from(details).to_string();
        let at = at.to_string();
        let row = [
            message.id.into(),
            officer_id.into(),
            event.kind.into(),
            (&details).into(),
            (&event.about).into(),
            (&at).into(),
        ];
        tx.execute(RECORD_MESSAGE, &row)?;
        told.push(message);
    }
    Ok(told)
}

fn message(row: &Row<'_>) -> Result<Message> {
    let details: String = row.get(3)?;
    let details: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&details)?;
    let text = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    Ok(Message {
        id: row.get(0)?,
        officer_id: row.get(1)?,
        kind: row.get(2)?,
        details: details.into_iter().map(|(name, value)| (name, text(value))).collect(),
        about: row.get(4)?,
        at: row.word(5)?,
        read_at: row.optional_word(6)?,
    })
}
