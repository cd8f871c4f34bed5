//! A ministry's own sign-in (OpenID Connect): it proves who sits there, in place of the second factor, and opens no key.
//!
//! Whoever runs the ministry's directory can be anybody in it, so nothing here stands in place of the password, under which
//! the officer's key lies (docs/decisions/0021-openid-connect.md). The officer binds the account, being signed in; no name or
//! e-mail address ever does. The network is behind [`Provider`]; nothing here knows it.

mod binding;
mod question;

use jiff::Timestamp;

pub use binding::{Binding, Refusal};
pub use question::{About, Known, Purpose, Question, SERVES, SKEW};

pub(crate) use binding::{end_all, of_person, use_up};

/// Whom a provider saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The provider, as it names itself.
    pub issuer: String,
    /// The person, as the provider names them for good.
    pub subject: String,
    /// What it calls them: shown, never compared.
    pub name: String,
    /// When the person last signed in there, by the provider's clock.
    pub auth_at: Timestamp,
}

/// Why a provider proved nobody. The sentences are for whoever keeps the node, not for the browser.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// It did not answer, or not as a provider does.
    #[error("the ministry's sign-in cannot be reached: {0}")]
    NotReached(String),
    /// It answered, and what it said does not hold.
    #[error("the ministry's sign-in proved nobody: {0}")]
    NotProven(String),
}

/// The provider that an office named.
pub trait Provider: Send + Sync {
    /// As it names itself.
    fn issuer(&self) -> &str;

    /// What the office calls it in a language, where it says so.
    fn label(&self, language: &str) -> Option<&str>;

    /// For how many minutes a sign-in of earlier serves to sign in here; 0: the person signs in anew each time.
    fn session_minutes(&self) -> i64;

    /// Whether it answers as a provider does.
    ///
    /// # Errors
    /// Where it is not reached, or what it says about itself does not serve.
    fn reach(&self, now: Timestamp) -> Result<(), Failed>;

    /// Where the browser is sent with a question.
    ///
    /// # Errors
    /// Where the provider is not reached.
    fn address(&self, question: &Question, state: &str) -> Result<String, Failed>;

    /// Whom the code that came back stands for.
    ///
    /// # Errors
    /// Where the provider is not reached, or anything about its word does not hold.
    fn proven(&self, question: &Question, code: &str, now: Timestamp) -> Result<Proven, Failed>;
}
