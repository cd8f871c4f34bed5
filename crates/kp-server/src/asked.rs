//! What a read was asked with: query parameters that are all known, each read or explained.

use std::collections::BTreeMap;

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use kp_terms::Date;

use crate::{
    endpoint::Parameter,
    problem::{FieldSaid, Problem, Said},
};

/// The query parameters of a request, once each.
pub(crate) struct Asked(BTreeMap<String, String>);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await else {
            return Err(Problem::of_status(axum::http::StatusCode::BAD_REQUEST));
        };
        Ok(Self(pairs.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect()))
    }
}

impl Asked {
    /// A parameter as it was typed, or empty.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// A parameter, read; none where it was not given.
    ///
    /// # Errors
    /// Where it does not read; the sentence says what is expected.
    pub(crate) fn read<T>(&self, name: &str) -> Result<Option<T>, Problem>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        match self.text(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|error: T::Err| {
                let said = Said::of("input-not-read-as-typed").with("typed", text);
                let said = said.or_in_english(format!("cannot read {text:?}: {error}"));
                Problem::fields(vec![FieldSaid::new(name, said)])
            }),
        }
    }

    /// A day, as 2026-01-31; none where it was not given.
    ///
    /// # Errors
    /// Where it is none; the sentence shows how one is written.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        match self.text(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| {
                let said = Said::of("input-not-a-date").with("typed", text).with("example", "2026-01-31");
                Problem::fields(vec![FieldSaid::new(name, said)])
            }),
        }
    }

    /// As [`Asked::only`], with the parameters that stand in the call's description.
    ///
    /// # Errors
    /// Where there are others.
    pub(crate) fn only_those(&self, known: &[Parameter]) -> Result<(), Problem> {
        self.only(&known.iter().map(|parameter| parameter.name).collect::<Vec<_>>())
    }

    /// Refuses parameters that the call does not know, so that a misspelt filter does not pass for none.
    ///
    /// # Errors
    /// Where there are any.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Problem> {
        let unknown: Vec<FieldSaid> = self
            .0
            .keys()
            .filter(|name| !known.contains(&name.as_str()))
            .map(|name| {
                let said = match known {
                    [] => Said::of("input-no-parameters"),
                    _ => Said::of("input-unknown-parameter").with("known", known.join(", ")),
                };
                FieldSaid::new(name, said)
            })
            .collect();
        if unknown.is_empty() { Ok(()) } else { Err(Problem::fields(unknown)) }
    }
}
