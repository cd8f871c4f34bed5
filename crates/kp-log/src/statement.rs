//! What a statement is to the log: a kind, an owner, a subject, and a body that others understand.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::LogOwner;

/// A fact that a person or a node signs.
pub trait Statement: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    /// Stable name, noun and past participle: `certificate_issued`.
    const KIND: &'static str;

    /// Whose log it goes into.
    fn owner(&self) -> LogOwner;

    /// What it is about, in public: a certificate number, a case number, a participant's code. Empty where the subject
    /// would name a person or a company: entries are published, and names are not (security notes 2.1).
    fn subject(&self) -> String;
}

/// The payload as it is signed: canonical CBOR of this map.
#[derive(Serialize, Deserialize)]
pub(crate) struct Payload<B> {
    /// Version of this map.
    pub(crate) v: u8,
    pub(crate) kind: String,
    pub(crate) owner: String,
    /// The desk's clock, RFC 3339 UTC, whole seconds.
    pub(crate) at: String,
    pub(crate) body: B,
}

/// The same map read without its body.
#[derive(Deserialize)]
pub(crate) struct PayloadHead {
    pub(crate) v: u8,
    pub(crate) kind: String,
    pub(crate) owner: String,
    pub(crate) at: String,
}

/// The only version there is.
pub(crate) const VERSION: u8 = 1;
