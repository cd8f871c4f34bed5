//! What goes wrong, as the door tells it: one value, shown as a page or as `application/problem+json` (RFC 9457).
//!
//! A refusal keeps its key, sentence and rule. A fault of ours is logged once, here, and shows only a reference.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kp_accounts::rights::Class;
use kp_log::{Failure, Fault};
use kp_node::ActFailure;
use kp_terms::{FieldProblem, Refuse};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that kept a request from being answered.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) detail: String,
    pub(crate) rule: Option<&'static str>,
    pub(crate) fields: Vec<FieldProblem>,
    pub(crate) reference: Option<Box<str>>,
    /// Seconds; small, so that an answer stays light.
    pub(crate) retry_after: Option<u16>,
}

/// A problem in the API, RFC 9457. `type` and `key` name it for programs; `detail` is a sentence for people.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// `urn:kpcs:` and the key.
    #[serde(rename = "type")]
    kind: String,
    /// Stable name of the refusal or fault.
    key: String,
    /// What sort of problem.
    title: String,
    /// The HTTP status, again.
    status: u16,
    /// What happened and how to mend it.
    detail: String,
    /// The rule a refusal rests on, with its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// Fields that could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldBody>,
    /// What to quote when asking the node's keeper; only for faults of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

/// One field that could not be read.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub(crate) struct FieldBody {
    /// Which field.
    field: String,
    /// What is wrong and what is expected.
    sentence: String,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        key: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            key,
            title,
            detail: detail.into(),
            rule: None,
            fields: Vec::new(),
            reference: None,
            retry_after: None,
        }
    }

    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is no such thing here", detail)
    }

    pub(crate) fn key_not_opened() -> Self {
        let detail = "That passphrase does not open a key of that officer on this machine. Check both and try again; \
                      an officer's key lies only where it was made.";
        Self::new(StatusCode::UNAUTHORIZED, "key_not_opened", "The key was not opened", detail)
    }

    /// The session waits for its PIN.
    pub(crate) fn locked() -> Self {
        let detail = "This session is locked. Open it with its PIN, or sign in again; nothing was done.";
        Self::new(StatusCode::UNAUTHORIZED, "session_locked", "Locked", detail)
    }

    /// Signed in, but the registry knows no such officer with this key.
    pub(crate) fn not_named() -> Self {
        let detail = "You are signed in, but your key is not in force in the registry: your administrator has not named you \
                      with it yet, or has withdrawn it. Until then you see what everybody sees.";
        Self::new(StatusCode::FORBIDDEN, "not_named", "Your key is not in force", detail)
    }

    /// The table of rights says no to the whole class.
    pub(crate) fn not_for_role(class: Class) -> Self {
        let detail = match class.right() {
            Some(right) => format!(
                "Your roles show you nothing of this kind ({}). The table of rights, docs/rights.md, says who sees what and why.",
                right.about
            ),
            None => "Nobody sees this.".to_owned(),
        };
        Self::new(StatusCode::FORBIDDEN, "not_for_your_role", "Not for your role", detail)
    }

    /// The token does not say so.
    pub(crate) fn not_in_scope(what: &str) -> Self {
        let detail = format!(
            "This token was not made for {what}. Make another one with what it needs; nothing was done."
        );
        Self::new(StatusCode::FORBIDDEN, "not_in_scope", "Not in the token's scope", detail)
    }

    /// Attempts have to wait.
    pub(crate) fn wait(seconds: i64) -> Self {
        let detail = format!(
            "There were several attempts that did not succeed. The next one can be made in {seconds} seconds."
        );
        let mut problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "wait", "Please wait", detail);
        problem.retry_after = Some(u16::try_from(seconds).unwrap_or(u16::MAX));
        problem
    }

    pub(crate) fn not_signed_in() -> Self {
        let detail = "Officer, password and code do not fit together. Which of them is wrong is not said; check all three. A \
                      code of your device serves once: wait for the next one.";
        Self::new(StatusCode::UNAUTHORIZED, "not_signed_in", "You are not signed in", detail)
    }

    pub(crate) fn needs_officer() -> Self {
        let detail = "An act is signed with an officer's key, and none is open in this session. Sign in and try \
                      again; nothing was done.";
        Self::new(StatusCode::UNAUTHORIZED, "no_officer", "Nobody is at the desk", detail)
    }

    /// As [`Problem::needs_officer`], for a program: a page is opened elsewhere than a session.
    pub(crate) fn needs_token() -> Self {
        let detail = "An act is signed with an officer's key, and none is open for this request: its token is missing, \
                      unknown or locked. Open a session with POST /api/session and send its token as `Authorization: \
                      Bearer TOKEN`; nothing was done.";
        Self { detail: detail.to_owned(), ..Self::needs_officer() }
    }

    /// Nothing is done on top of a log that is not as it was written; reading goes on.
    pub(crate) fn log_not_as_written(fault: &Fault) -> Self {
        let detail = format!("Nothing can be done at this node until its log is settled: {fault}");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "log_not_as_written",
            "The log is not as it was written",
            detail,
        )
    }

    pub(crate) fn fields(fields: Vec<FieldProblem>) -> Self {
        let detail = match fields.len() {
            1 => "One field could not be read; nothing was done.".to_owned(),
            many => format!("{many} fields could not be read; nothing was done."),
        };
        let mut problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "fields_not_read",
            "Some of what was typed could not be read",
            detail,
        );
        problem.fields = fields;
        problem
    }

    /// Who may not act at all gets 403; an act that the facts forbid gets 409.
    fn refused(refusal: &dyn Refuse) -> Self {
        let status = match refusal.key() {
            "not_an_officer"
            | "key_not_registered"
            | "officer_of_another_body"
            | "role_missing"
            | "not_administrator_of_account"
            | "own_recovery"
            | "own_account"
            | "recovery_other_body"
            | "recovery_not_yours" => StatusCode::FORBIDDEN,
            _ => StatusCode::CONFLICT,
        };
        let mut problem = Self::new(status, refusal.key(), "The act was refused", refusal.to_string());
        problem.rule = Some(refusal.rule());
        problem
    }

    /// A fault of ours: logged once, with a reference that the person can quote.
    pub(crate) fn broke(error: anyhow::Error) -> Self {
        let reference = crate::token::random_text(5).unwrap_or_else(|_| "none".to_owned());
        tracing::error!(reference, "{error:#}");
        let detail = "Something broke at this node. Whether an act was recorded shows in its timeline; nothing is ever \
                      half done. Quote the reference to the node's keeper.";
        let mut problem =
            Self::new(StatusCode::INTERNAL_SERVER_ERROR, "node_fault", "The node could not answer", detail);
        problem.reference = Some(reference.into());
        problem
    }

    /// A bare status from the machinery around the handlers, in words.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let (key, title, detail) = match status {
            StatusCode::NOT_FOUND => {
                ("not_found", "There is no such page", "Check the address, or start at the desk.")
            }
            StatusCode::METHOD_NOT_ALLOWED => (
                "method_not_allowed",
                "Not that way",
                "This address is not used with this method; see /docs/api.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("too_large", "Too much at once", "At most one megabyte is taken in one request.")
            }
            StatusCode::SERVICE_UNAVAILABLE => (
                "too_slow",
                "The node took too long",
                "It may still finish what was asked; look at the timeline before trying again.",
            ),
            _ => (
                "not_understood",
                "The request was not understood",
                "See /docs/api for how this address is used.",
            ),
        };
        Self::new(status, key, title, detail)
    }

    pub(crate) fn body(&self) -> ProblemBody {
        ProblemBody {
            kind: format!("urn:kpcs:{}", self.key),
            key: self.key.to_owned(),
            title: self.title.to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.clone(),
            rule: self.rule.map(str::to_owned),
            fields: self
                .fields
                .iter()
                .map(|p| FieldBody { field: p.field.clone(), sentence: p.sentence.clone() })
                .collect(),
            reference: self.reference.as_deref().map(str::to_owned),
        }
    }

    /// As the API answers.
    pub(crate) fn json_response(&self) -> Response {
        let mut response = (self.status, Json(self.body())).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Self::broke(error)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::refused(refusal.as_ref()),
            Failure::Error(error) => Self::broke(error),
        }
    }
}

impl From<ActFailure> for Problem {
    fn from(failure: ActFailure) -> Self {
        match failure {
            ActFailure::Fields(fields) => Self::fields(fields),
            ActFailure::Failure(failure) => failure.into(),
        }
    }
}

/// Carried to the edge, where it becomes a page or JSON, whichever was asked for.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
