//! Messages over a real node in a temporary folder, a real mail server on a loopback port, and a receiver of webhooks.

#![allow(clippy::unwrap_used, reason = "a test whose premises fail has failed")]

mod engines;
mod mail;
mod webhooks;
mod world;
