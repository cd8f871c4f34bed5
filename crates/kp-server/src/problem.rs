//! What goes wrong, as the door tells it: one value, shown as a page or as `application/problem+json` (RFC 9457).
//!
//! A refusal keeps its key, sentence and rule. A fault of ours is logged once, here, and shows only a reference. What is
//! said is kept by its key in `locales/`, and said in the visitor's language at the edge.

use std::{fmt::Display, sync::Arc};

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kp_accounts::rights::Class;
use kp_language::{Language, Texts, Values};
use kp_log::{Failure, Fault};
use kp_node::{Act, ActFailure};
use kp_terms::{FieldProblem, Fields, Kind, Refuse, Sentence};
use serde::Serialize;
use utoipa::ToSchema;

/// A sentence that is said later, in a language that is known later.
#[derive(Debug, Clone)]
pub(crate) enum Said {
    /// A text of `locales/` with its values; a sentence that is no key is said as it is.
    Key(String, Vec<(&'static str, Sentence)>),
    /// What other rooms say in English, and the text that stands for it in every other language.
    English(String, Box<Said>),
    /// A refusal, which says itself.
    Refusal(Arc<dyn Refuse>),
}

impl Said {
    /// A text of `locales/`.
    pub(crate) fn of(key: impl Into<String>) -> Self {
        Self::Key(key.into(), Vec::new())
    }

    /// With a value.
    pub(crate) fn with(self, name: &'static str, value: impl Display) -> Self {
        self.with_sentence(name, value.to_string().into())
    }

    /// With a value that is itself said in the reader's language.
    pub(crate) fn with_sentence(self, name: &'static str, value: Sentence) -> Self {
        match self {
            Self::Key(key, mut values) => {
                values.push((name, value));
                Self::Key(key, values)
            }
            Self::English(sentence, other) => {
                Self::English(sentence, Box::new(other.with_sentence(name, value)))
            }
            refusal @ Self::Refusal(_) => refusal,
        }
    }

    /// This, but in English what somebody else says.
    pub(crate) fn or_in_english(self, sentence: impl Into<String>) -> Self {
        Self::English(sentence.into(), Box::new(self))
    }

    /// The sentence in a language.
    pub(crate) fn said(&self, texts: Texts) -> String {
        match self {
            Self::Key(key, values) => {
                let said: Vec<String> = values.iter().map(|(_, value)| texts.sentence(value)).collect();
                let mut args = Values::new();
                for ((name, _), value) in values.iter().zip(&said) {
                    args.set(*name, value.as_str());
                }
                texts.say(key, &args)
            }
            Self::English(sentence, _) if texts.language() == Language::English => sentence.clone(),
            Self::English(_, other) => other.said(texts),
            Self::Refusal(refusal) => texts.refusal(refusal.as_ref()),
        }
    }
}

impl From<&str> for Said {
    fn from(key: &str) -> Self {
        Self::of(key)
    }
}

impl From<String> for Said {
    fn from(key: String) -> Self {
        Self::of(key)
    }
}

/// One field that could not be read, and what is said about it.
#[derive(Debug, Clone)]
pub(crate) struct FieldSaid {
    pub(crate) field: String,
    pub(crate) said: Said,
}

impl FieldSaid {
    pub(crate) fn new(field: impl Into<String>, said: impl Into<Said>) -> Self {
        Self { field: field.into(), said: said.into() }
    }
}

impl From<FieldProblem> for FieldSaid {
    fn from(problem: FieldProblem) -> Self {
        let said = Said::of("input-not-read").or_in_english(problem.sentence);
        Self { field: problem.field, said }
    }
}

/// Something that kept a request from being answered.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) key: &'static str,
    /// Key of the title.
    pub(crate) title: &'static str,
    /// Boxed, so that an answer stays light.
    pub(crate) detail: Box<Said>,
    pub(crate) rule: Option<&'static str>,
    pub(crate) fields: Vec<FieldSaid>,
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
    /// A problem; title and detail are keys of `locales/`.
    pub(crate) fn new(
        status: StatusCode,
        key: &'static str,
        title: &'static str,
        detail: impl Into<Said>,
    ) -> Self {
        Self {
            status,
            key,
            title,
            detail: Box::new(detail.into()),
            rule: None,
            fields: Vec::new(),
            reference: None,
            retry_after: None,
        }
    }

    pub(crate) fn not_found(detail: impl Into<Said>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "problem-not-found-title", detail)
    }

    /// A number, code or id in an address that does not read; in English the sentence of whoever tried.
    pub(crate) fn address_not_read(typed: &str, error: impl Display) -> Self {
        let said = Said::of("problem-address-not-read").with("typed", typed);
        Self::not_found(said.or_in_english(format!("{error}.")))
    }

    pub(crate) fn key_not_opened() -> Self {
        let title = "problem-key-not-opened-title";
        Self::new(StatusCode::UNAUTHORIZED, "key_not_opened", title, "problem-key-not-opened")
    }

    /// The session waits for its PIN.
    pub(crate) fn locked() -> Self {
        let title = "problem-session-locked-title";
        Self::new(StatusCode::UNAUTHORIZED, "session_locked", title, "problem-session-locked")
    }

    /// Signed in, but the registry knows no such officer with this key.
    pub(crate) fn not_named() -> Self {
        Self::new(StatusCode::FORBIDDEN, "not_named", "problem-not-named-title", "frame-not-in-force")
    }

    /// The table of rights says no to the whole class.
    pub(crate) fn not_for_role(class: Class) -> Self {
        let detail = match class.right() {
            Some(right) => Said::of("problem-not-for-your-role").with_sentence("what", right.examples()),
            None => Said::of("problem-for-nobody"),
        };
        let title = "problem-not-for-your-role-title";
        Self::new(StatusCode::FORBIDDEN, "not_for_your_role", title, detail)
    }

    /// The token does not say so.
    pub(crate) fn not_in_scope(what: &str) -> Self {
        let detail = Said::of("problem-not-in-scope").with("what", what);
        Self::new(StatusCode::FORBIDDEN, "not_in_scope", "problem-not-in-scope-title", detail)
    }

    /// Attempts have to wait.
    pub(crate) fn wait(seconds: i64) -> Self {
        let detail = Said::of("problem-wait").with("seconds", seconds);
        let mut problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "wait", "problem-wait-title", detail);
        problem.retry_after = Some(u16::try_from(seconds).unwrap_or(u16::MAX));
        problem
    }

    pub(crate) fn not_signed_in() -> Self {
        let title = "problem-not-signed-in-title";
        Self::new(StatusCode::UNAUTHORIZED, "not_signed_in", title, "problem-not-signed-in")
    }

    pub(crate) fn needs_officer() -> Self {
        let title = "problem-no-officer-title";
        Self::new(StatusCode::UNAUTHORIZED, "no_officer", title, "problem-no-officer")
    }

    /// As [`Problem::needs_officer`], for a program: a page is opened elsewhere than a session.
    pub(crate) fn needs_token() -> Self {
        Self { detail: Box::new(Said::of("problem-no-token")), ..Self::needs_officer() }
    }

    /// Nothing is done on top of a log that is not as it was written; reading goes on.
    pub(crate) fn log_not_as_written(fault: &Fault) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "log_not_as_written",
            "problem-log-not-as-written-title",
            Said::of("problem-log-not-as-written").with("fault", fault),
        )
    }

    /// The body of a call is not what is expected; `detail` says what is.
    pub(crate) fn json_not_read(detail: &'static str, error: impl Display) -> Self {
        let detail = Said::of(detail).with("error", error);
        Self::new(StatusCode::BAD_REQUEST, "json_not_read", "problem-json-not-read-title", detail)
    }

    pub(crate) fn fields(fields: Vec<impl Into<FieldSaid>>) -> Self {
        let fields: Vec<FieldSaid> = fields.into_iter().map(Into::into).collect();
        let detail = match fields.len() {
            1 => Said::of("problem-field-not-read"),
            many => Said::of("problem-fields-not-read").with("count", many),
        };
        let title = "problem-fields-not-read-title";
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "fields_not_read", title, detail);
        problem.fields = fields;
        problem
    }

    /// Why an act was not done. Fields that could not be read are told by what they take.
    pub(crate) fn of_act(failure: ActFailure, act: &Act, typed: &Fields) -> Self {
        match failure {
            ActFailure::Fields(problems) => {
                Self::fields(problems.into_iter().map(|p| of_field(p, act, typed)).collect::<Vec<_>>())
            }
            other => other.into(),
        }
    }

    /// Who may not act at all gets 403; an act that the facts forbid gets 409.
    fn refused(refusal: Arc<dyn Refuse>) -> Self {
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
        let (key, rule) = (refusal.key(), refusal.rule());
        let mut problem = Self::new(status, key, "problem-refused-title", Said::Refusal(refusal));
        problem.rule = Some(rule);
        problem
    }

    /// A fault of ours: logged once, with a reference that the person can quote.
    pub(crate) fn broke(error: anyhow::Error) -> Self {
        let reference = crate::token::random_text(5).unwrap_or_else(|_| "none".to_owned());
        tracing::error!(reference, "{error:#}");
        let title = "problem-node-fault-title";
        let mut problem =
            Self::new(StatusCode::INTERNAL_SERVER_ERROR, "node_fault", title, "problem-node-fault");
        problem.reference = Some(reference.into());
        problem
    }

    /// A bare status from the machinery around the handlers, in words.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let (key, title, detail) = match status {
            StatusCode::NOT_FOUND => ("not_found", "problem-no-page-title", "problem-no-page"),
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method_not_allowed", "problem-method-not-allowed-title", "problem-method-not-allowed")
            }
            StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "problem-too-large-title", "problem-too-large"),
            StatusCode::SERVICE_UNAVAILABLE => ("too_slow", "problem-too-slow-title", "problem-too-slow"),
            _ => ("not_understood", "problem-not-understood-title", "problem-not-understood"),
        };
        Self::new(status, key, title, detail)
    }

    pub(crate) fn body(&self, texts: Texts) -> ProblemBody {
        ProblemBody {
            kind: format!("urn:kpcs:{}", self.key),
            key: self.key.to_owned(),
            title: texts.text(self.title),
            status: self.status.as_u16(),
            detail: self.detail.said(texts),
            rule: self.rule.map(str::to_owned),
            fields: self
                .fields
                .iter()
                .map(|p| FieldBody { field: p.field.clone(), sentence: p.said.said(texts) })
                .collect(),
            reference: self.reference.as_deref().map(str::to_owned),
        }
    }

    /// As the API answers.
    pub(crate) fn json_response(&self, language: Language) -> Response {
        let mut response = (self.status, Json(self.body(Texts::of(language)))).into_response();
        let spoken = HeaderValue::from_static(language.code());
        response.headers_mut().insert(header::CONTENT_LANGUAGE, spoken);
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
            Failure::Refused(refusal) => Self::refused(Arc::from(refusal)),
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

/// What is said of a field of an act: in English what the reader of the field says, which knows most; in other languages
/// by what the field takes and what was typed.
fn of_field(problem: FieldProblem, act: &Act, typed: &Fields) -> FieldSaid {
    let Some(field) = act.fields.iter().find(|field| field.name == problem.field) else {
        let said = Said::of("input-unknown").or_in_english(problem.sentence);
        return FieldSaid { field: problem.field, said };
    };
    let given = typed.get(field.name).map_or(&[][..], Vec::as_slice);
    let key = match field.kind {
        _ if given.iter().all(|text| text.trim().is_empty()) => "input-missing",
        _ if given.len() > 1 && !field.repeated => "input-given-twice",
        Kind::Date => "input-not-a-date",
        Kind::Instant => "input-not-an-instant",
        Kind::Carats => "input-not-carats",
        Kind::Usd => "input-not-usd",
        Kind::Count => "input-not-a-count",
        Kind::Participant => "input-not-a-participant",
        Kind::Period => "input-not-a-period",
        Kind::Choice(_) => "input-not-a-choice",
        Kind::Goods(_) => "input-not-goods",
        Kind::Text | Kind::Prose => "input-not-text",
    };
    let said = Said::of(key).with("typed", given.join(", ")).with("example", field.example);
    FieldSaid { field: problem.field, said: said.or_in_english(problem.sentence) }
}

/// Carried to the edge, where it becomes a page or JSON, whichever was asked for.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
