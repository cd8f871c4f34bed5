//! What officers and programs are told: messages in the office, e-mail, webhooks, and the outbox they leave through.
//!
//! Follows the log and the trail of accounts with cursors of its own, in the transaction that writes the messages: nothing is
//! told twice and nothing is left out. What leaves the house goes through the [`outbox`], whose rows say in plain words what
//! became of them. Owns the tables `messages_*`: settings of one node, which no statement says. A message never holds carats
//! or values: mail can be read on the way. Reads no clock.

pub mod carrier;
pub mod event;
pub mod message;
pub mod outbox;
pub mod post;
pub mod say;
pub mod setting;
mod smtp;
pub mod stage;
mod web_post;
pub mod webhook;

pub use carrier::{Carrier, Refused, Sending};
pub use message::Message;
pub use post::{Post, Round};
pub use setting::{Cadence, Setting};
pub use smtp::MailServer;
pub use web_post::{WebPost, is_private};
