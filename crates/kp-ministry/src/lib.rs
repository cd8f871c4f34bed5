//! A ministry's own sign-in: asks its OpenID Connect provider who sits there (docs/decisions/0021-openid-connect.md).
//!
//! The authorization code flow with PKCE, and every check of its answer. What an answer is worth here, and to whom, is decided by
//! `kp-accounts`, whose questions these are. Built in with the cargo feature `oidc` only. Reads no clock.

#![cfg(feature = "oidc")]

mod carried;
mod configuration;
mod provider;

pub use configuration::{FILE, SECRET};
pub use provider::{Described, Ministry};
