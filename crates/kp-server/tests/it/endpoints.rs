//! I12: every endpoint stands in a list with how it is guarded, and the guard is really there.

use crate::{
    browser::{form, served},
    world::World,
};

#[test]
fn the_list_of_endpoints_is_the_reviewed_one() {
    crate::rights::is_as_reviewed("tests/endpoints.txt", &kp_server::endpoint_list());
}

/// Method, path, guard and class of every endpoint, from the list itself.
pub(crate) fn endpoints() -> Vec<(String, String, String, String)> {
    let line = |line: &str| {
        let (path, rest) = line.split_at(40);
        let (method, rest) = rest.trim_start().split_at(6);
        let (guard, rest) = rest.split_at(23);
        let class = rest.split_whitespace().next().unwrap_or_default();
        (method.trim().to_owned(), path.trim().to_owned(), guard.trim().to_owned(), class.to_owned())
    };
    kp_server::endpoint_list().lines().map(line).collect()
}

pub(crate) fn filled(path: &str) -> String {
    path.replace("{act}", "issue_certificate")
        .replace("{position}", "1")
        .replace("{at}", "1")
        .replace("{reference}", "XA-A-5")
        .replace("{name}", "queue-drafted")
        .replace("{code}", "XA")
        .replace("cases/{number}", "cases/C-2026-0001")
        .replace("{number}", "XA-000001")
        .replace("{of}/{id}", "XA/exports-2026-Q1-960fda9d4b863d97")
        .replace("{id}", "exports_above_capacity:XA:2026")
        .replace("{log}", "kp.XA%2F2026")
        .replace("{entry}", "1")
        .replace("{session}", "none")
        .replace("{token}", "none")
        .replace("{recovery}", "none")
        .replace("{webhook}", "none")
        .replace("{outgoing}", "0")
        .replace("{officer}", "xq-nobody-1")
}

#[test]
fn nothing_that_acts_is_let_through_without_its_credentials() {
    let served = served(World::founded(), None);
    let before = served.world.node.db().read(kp_log::last_position).unwrap();
    let mut refused = 0;
    for (method, path, guard, class) in endpoints() {
        let path = filled(&path);
        let mut browser = served.browser();
        browser.get("/sign-in").is(200);
        let json = [("content-type", "application/json")];
        let typed = [("content-type", "application/x-www-form-urlencoded")];
        let expected = match guard.as_str() {
            "read" => {
                assert_eq!(method, "GET", "{path} has no guard but rights, so it only reads");
                continue;
            }
            // They only ask: nobody needs a name, but a page elsewhere gets no answer.
            "look, our page" => {
                let elsewhere = [("sec-fetch-site", "cross-site"), ("content-type", "multipart/form-data")];
                // What is not for everybody asks first who it is.
                browser.send("POST", &path, &elsewhere, "").is(if class == "public" { 403 } else { 401 });
                refused += 1;
                continue;
            }
            "look, json only" => {
                browser.send("POST", &path, &[("content-type", "text/plain")], "{}").is(415);
                refused += 1;
                continue;
            }
            "form token" | "form token, files" if class != "public" => {
                browser.send("POST", &path, &typed, "token=guessed").is(401);
                401
            }
            "form token" => {
                browser.send("POST", &path, &typed, "token=guessed&officer=xa-clerk-1").is(403);
                browser.token.clear();
                403
            }
            "our page, officer" => {
                let elsewhere = [("sec-fetch-site", "cross-site"), ("content-type", "multipart/form-data")];
                browser.send(&method, &path, &elsewhere, "").is(401);
                401
            }
            "form token, officer" => {
                browser.send("POST", &path, &typed, "token=guessed").is(403);
                401
            }
            "json only" => {
                browser.send("POST", &path, &[("content-type", "text/plain")], "{}").is(415);
                400
            }
            "bearer token, officer" => 401,
            other => panic!("{path} has a guard {other:?} that this test does not know"),
        };
        let token = browser.token.clone();
        let answer = match expected {
            400 => browser.send(&method, &path, &json, "{}"),
            401 if guard.starts_with("bearer") => browser.send(&method, &path, &json, "{}"),
            _ => browser.send(&method, &path, &typed, &form(&[("token", &token), ("number", "XA-000001")])),
        };
        answer.is(expected);
        refused += 1;
    }
    assert!(refused >= 20, "only {refused} endpoints act");
    assert_eq!(served.world.node.db().read(kp_log::last_position).unwrap(), before, "something was recorded");
}

#[test]
fn the_description_of_the_api_is_complete_and_as_reviewed() {
    let served = served(World::empty(), None);
    let description = served.browser().get("/api/openapi.json").is(200).json();
    let paths = description["paths"].as_object().expect("it describes paths");
    for act in kp_node::ACTS {
        assert!(paths.contains_key(&format!("/api/acts/{}", act.name)), "{} is not described", act.name);
    }
    let text = description.to_string();
    let mut rest = text.as_str();
    let begins = "\"$ref\":\"#/components/schemas/";
    while let Some(at) = rest.find(begins) {
        rest = &rest[at + begins.len()..];
        let name = &rest[..rest.find('"').expect("a reference ends")];
        assert!(
            !description["components"]["schemas"][name].is_null(),
            "{name} is referred to and not described"
        );
    }
    let required = &description["components"]["schemas"]["apply_for_certificate"]["required"];
    assert!(required.as_array().is_some_and(|names| names.contains(&"lines".into())), "{required}");
    for (guessed, real) in [("/api", "/docs/api"), ("/openapi.json", "/api/openapi.json")] {
        assert_eq!(served.browser().get(guessed).is(303).headers["location"], real);
    }
    insta::assert_json_snapshot!("openapi", description);
}
