//! One endpoint: where, how guarded, what for. The router, the checked list, the description of the API and its page
//! are all made from these.

use axum::routing::MethodRouter;
use kp_accounts::rights::Class;
use utoipa::openapi::{RefOr, Schema};

use crate::app::Shared;

/// Who gets past the door of an endpoint. Kept by `guard`, which stands before every one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    /// Only reads; the class of what it shows says to whom.
    Open,
    /// A form of ours that only asks: nothing is kept, nothing changes, so it carries no token.
    Look,
    /// JSON that only asks.
    LookJson,
    /// What an officer at the desk sends from a page of ours: a file, in one piece with the form's token, or in parts.
    Upload,
    /// A form of ours, from this browser: it carries our token.
    Form,
    /// A form of ours, and an officer's key is open.
    FormAndOfficer,
    /// A form of ours that brings files: it carries our token.
    FormWithFiles,
    /// JSON from a program, not from a page elsewhere; what it says is checked by the handler.
    Json,
    /// A program with a bearer token, behind which an officer's key is open.
    Bearer,
}

impl Guard {
    /// As it stands in the checked list.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Open => "read",
            Self::Look => "look, our page",
            Self::LookJson => "look, json only",
            Self::Upload => "our page, officer",
            Self::Form => "form token",
            Self::FormAndOfficer => "form token, officer",
            Self::FormWithFiles => "form token, files",
            Self::Json => "json only",
            Self::Bearer => "bearer token, officer",
        }
    }
}

/// A query parameter of an API call.
#[derive(Clone, Copy)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) example: &'static str,
}

/// Which row a page of a list follows on.
pub(crate) const AFTER: Parameter = Parameter {
    name: "after",
    about: "Only rows after this one: the `next` of the page before.",
    example: "",
};
/// How many rows a page has.
pub(crate) const LIMIT: Parameter =
    Parameter { name: "limit", about: "How many rows, 1 to 500; 500 where nothing is said.", example: "500" };
/// The parameters of a list that has no others.
pub(crate) const BY_PAGES: &[Parameter] = &[AFTER, LIMIT];

/// What an API call answers with: the schema and everything it refers to.
pub(crate) struct Answered {
    pub(crate) schema: RefOr<Schema>,
    pub(crate) refers_to: Vec<(String, RefOr<Schema>)>,
}

/// The schema of a type, with what it refers to.
pub(crate) fn answers<T: utoipa::ToSchema>() -> Answered {
    let mut refers_to = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut refers_to);
    Answered { schema: utoipa::openapi::Ref::from_schema_name(T::name()).into(), refers_to }
}

/// One endpoint.
pub(crate) struct Endpoint {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) guard: Guard,
    /// The class of what is shown or changed: who may see nothing of it does not get in.
    pub(crate) sees: Class,
    pub(crate) about: &'static str,
    pub(crate) route: fn() -> MethodRouter<Shared>,
    pub(crate) query: &'static [Parameter],
    pub(crate) answer: Option<fn() -> Answered>,
    /// The JSON object that it takes.
    pub(crate) takes: Option<fn() -> Answered>,
    /// The status of its good answer, where it is not the one that the method suggests.
    pub(crate) status: Option<&'static str>,
}

impl Endpoint {
    /// Without anything that only some have.
    const fn plain(
        method: &'static str,
        path: &'static str,
        guard: Guard,
        sees: Class,
        about: &'static str,
        route: fn() -> MethodRouter<Shared>,
    ) -> Self {
        Self { method, path, guard, sees, about, route, query: &[], answer: None, takes: None, status: None }
    }

    /// A page or file that is only read.
    pub(crate) const fn page(
        path: &'static str,
        sees: Class,
        about: &'static str,
        route: fn() -> MethodRouter<Shared>,
    ) -> Self {
        Self::plain("GET", path, Guard::Open, sees, about, route)
    }

    /// A file that is only read.
    pub(crate) const fn file(
        path: &'static str,
        sees: Class,
        about: &'static str,
        route: fn() -> MethodRouter<Shared>,
    ) -> Self {
        Self::page(path, sees, about, route)
    }

    /// A form that is sent.
    pub(crate) const fn form(
        path: &'static str,
        guard: Guard,
        sees: Class,
        about: &'static str,
        route: fn() -> MethodRouter<Shared>,
    ) -> Self {
        Self::plain("POST", path, guard, sees, about, route)
    }

    /// Something that an officer's page sends, in any of HTTP's ways.
    pub(crate) const fn upload(
        method: &'static str,
        path: &'static str,
        sees: Class,
        about: &'static str,
        route: fn() -> MethodRouter<Shared>,
    ) -> Self {
        Self::plain(method, path, Guard::Upload, sees, about, route)
    }

    /// An API call.
    pub(crate) const fn api(
        method: &'static str,
        path: &'static str,
        guard: Guard,
        sees: Class,
        about: &'static str,
        route: fn() -> MethodRouter<Shared>,
        answer: Option<fn() -> Answered>,
    ) -> Self {
        let mut call = Self::plain(method, path, guard, sees, about, route);
        call.answer = answer;
        call
    }

    /// With a body.
    pub(crate) const fn takes(mut self, body: fn() -> Answered) -> Self {
        self.takes = Some(body);
        self
    }

    /// With another status than its method suggests.
    pub(crate) const fn says(mut self, status: &'static str) -> Self {
        self.status = Some(status);
        self
    }

    /// With query parameters.
    pub(crate) const fn with(mut self, query: &'static [Parameter]) -> Self {
        self.query = query;
        self
    }
}
