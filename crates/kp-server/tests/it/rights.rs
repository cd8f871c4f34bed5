//! Every role, nobody, and another participant's officers ask every endpoint and try every act; the answers are reviewed
//! tables (security 6, test a). A cell that changes is a right that changes.

use std::collections::BTreeMap;

use kp_node::ACTS;
use serde_json::{Map, Value};

use crate::{
    acting::unlocked,
    browser::{Browser, Served, served},
    endpoints::{endpoints, filled},
    world::{PASSPHRASE, World},
};

/// Compares a file of this crate with what the code says; `UPDATE_DOCS=1` writes it, to be looked at in the difference.
pub(crate) fn is_as_reviewed(file: &str, now: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, now).expect("the file is written");
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    let differing = now.lines().zip(reviewed.lines()).find(|(now, reviewed)| now != reviewed);
    assert!(
        now == reviewed,
        "{} is not what the code says ({differing:?}): look at what changed, then UPDATE_DOCS=1 cargo test -p kp-server",
        path.display()
    );
}

#[test]
fn the_page_of_rights_says_what_the_code_says() {
    is_as_reviewed("../../docs/rights.md", &kp_server::rights_page());
}

/// Everybody of the table: one officer of each role, those of another participant who matter, and nobody.
const ASKING: [&str; 22] = [
    "nobody",
    "scheme-sec-1",
    "scheme-monitoring-1",
    "scheme-chair-1",
    "scheme-observer-1",
    "xa-admin-1",
    "xa-clerk-1",
    "xa-approver-1",
    "xa-customs-1",
    "xa-importer-1",
    "xa-focal-1",
    "xa-valuer-1",
    "xa-house-1",
    "xa-store-1",
    "xa-custodian-1",
    "xa-director-1",
    "xa-auditor-1",
    "xb-importer-1",
    "xc-admin-1",
    "xc-clerk-1",
    "xc-auditor-1",
    "xa-stones-1",
];

/// The busy world with a third participant that has no part in any shipment.
fn world() -> World {
    let world = World::busy();
    let fields = [("code", "XC"), ("name", "Corvania"), ("member_from", "2025-01-01"), ("legal_act", "D")];
    world.done("scheme-sec-1", "admit_participant", &fields);
    world.name("scheme-sec-1", "XC", "xc-admin-1", &["administrator"]);
    world.name("xc-admin-1", "XC", "xc-clerk-1", &["clerk"]);
    world.name("xc-admin-1", "XC", "xc-auditor-1", &["auditor"]);
    world.name_trader("xa-stones-1", "XA-EXP-7");
    world
}

fn everybody(served: &Served) -> Vec<(&'static str, Browser, String)> {
    let of = |id: &'static str| {
        if id == "nobody" {
            return (id, served.browser(), String::new());
        }
        let mut browser = unlocked(served, id);
        let body = serde_json::json!({"officer": id, "passphrase": PASSPHRASE});
        let session = browser.call("/api/session", "", &[], &body).is(201).json();
        (id, browser, session["token"].as_str().expect("a token").to_owned())
    };
    ASKING.into_iter().map(of).collect()
}

/// Short word of an answer: what a person would call it.
fn word(status: u16, location: &str) -> String {
    match (status, location) {
        (303, to) if to.starts_with("/sign-in") => "sign-in".into(),
        (200 | 204 | 303, _) => "yes".into(),
        (404, _) => "none".into(),
        (401 | 403, _) => "no".into(),
        (other, _) => other.to_string(),
    }
}

#[test]
fn every_role_asks_every_endpoint_and_gets_the_reviewed_answer() {
    let served = served(world(), None);
    let mut people = everybody(&served);
    let mut table = format!("{:<42}{}\n", "endpoint", ASKING.map(|id| format!("{id:<20}")).concat());
    for (method, path, _, _) in endpoints().into_iter().filter(|(method, ..)| method == "GET") {
        table.push_str(&format!("{path:<42}"));
        for (id, browser, token) in &mut people {
            let answer = match (path.starts_with("/api/"), id) {
                (true, &mut "nobody") | (false, _) => browser.send(&method, &filled(&path), &[], ""),
                (true, _) => {
                    let bearer = format!("Bearer {token}");
                    browser.send(&method, &filled(&path), &[("authorization", &bearer)], "")
                }
            };
            let location = answer.headers.get("location").cloned().unwrap_or_default();
            table.push_str(&format!("{:<20}", word(answer.status, &location)));
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
    is_as_reviewed("tests/who_sees_what.txt", &table);
}

#[test]
fn every_role_sends_every_form_of_accounts_and_gets_the_reviewed_answer() {
    let served = served(world(), None);
    let mut table = format!("{:<42}{}\n", "endpoint", ASKING.map(|id| format!("{id:<20}")).concat());
    let mut people = everybody(&served);
    let of_accounts = endpoints().into_iter().filter(|(method, path, ..)| {
        method == "POST" && path.starts_with("/account") && !path.ends_with("/end-session")
    });
    for (_, path, ..) in of_accounts {
        table.push_str(&format!("{path:<42}"));
        for (_, browser, _) in &mut people {
            browser.get("/acts").is(200);
            // A name that nobody has, so that nothing is changed for the next.
            let typed =
                [("officer", "xq-nobody-1"), ("kind", "factor"), ("recovery", "none"), ("id", "none")];
            let answer = browser.post(&path, &typed);
            table.push_str(&format!("{:<20}", answer.status));
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
    is_as_reviewed("tests/who_sends_what.txt", &table);
}

#[test]
fn every_role_calls_everything_about_accounts_and_gets_the_reviewed_answer() {
    let served = served(world(), None);
    let mut table = format!("{:<50}{}\n", "call", ASKING.map(|id| format!("{id:<20}")).concat());
    let mut people = everybody(&served);
    let of_accounts = endpoints()
        .into_iter()
        .filter(|(method, path, ..)| method != "GET" && path.starts_with("/api/account"));
    for (method, path, ..) in of_accounts {
        table.push_str(&format!("{:<50}", format!("{method} {path}")));
        // Things that nobody has, so that nothing is changed for the next.
        let path = path.replace("{session}", "none").replace("{token}", "none").replace("{recovery}", "none");
        let path = path.replace("{officer}", "xq-nobody-1");
        let body = match path.rsplit('/').next() {
            Some("password") => serde_json::json!({"present": "none of it", "password": "none of it"}),
            Some("tokens") => serde_json::json!({"label": "", "scopes": [], "days": 0}),
            Some("seen") => serde_json::json!({"seen_in_person": true}),
            Some("invitations") => serde_json::json!({"officer": "Nobody"}),
            Some("recoveries") => serde_json::json!({"officer": "xq-nobody-1", "kind": "factor"}),
            _ => serde_json::json!({}),
        };
        for (_, browser, token) in &mut people {
            let bearer = format!("Bearer {token}");
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
            let answer = browser.send(&method, &path, &headers, &body.to_string());
            table.push_str(&format!("{:<20}", answer.status));
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
    is_as_reviewed("tests/who_calls_what.txt", &table);
}

#[test]
fn what_is_not_theirs_answers_like_what_does_not_exist() {
    let served = served(world(), None);
    let mut stranger = unlocked(&served, "xc-clerk-1");
    for (real, none) in [
        ("/certificates/XA-000001", "/certificates/XA-000099"),
        ("/findings/exports_above_capacity:XA:2026", "/findings/exports_above_capacity:XA:1999"),
        ("/cases/C-2026-0001", "/cases/C-2026-0099"),
    ] {
        let (theirs, nothing) = (stranger.get(real), stranger.get(none));
        assert_eq!(theirs.status, nothing.status, "{real}");
        if real.starts_with("/certificates") {
            assert_eq!(theirs.status, 404);
            let alike = |text: String| {
                let token =
                    crate::browser::between(&text, "name=\"token\" value=\"", "\"").unwrap_or_default();
                text.replace("XA-000001", "N").replace("XA-000099", "N").replace(&token, "")
            };
            assert_eq!(alike(theirs.text()), alike(nothing.text()));
        }
    }
    // A form is no way around.
    let form = stranger.get("/act/draft_certificate?application=XA-A-4").is(200).text();
    assert!(!form.contains("Harbour Gems") && !form.contains("River Stones"), "{form}");
    let search = stranger.get("/certificates?number=XA-000001").is(200).text();
    assert!(search.contains("No certificate XA-000001 is on file"), "{search}");
    assert!(!stranger.get("/log").is(200).text().contains("XA-000001"));
}

/// Which acts an officer may do at all: every act with fields that read, in a transaction that mostly fails later.
#[test]
fn every_role_tries_every_act_and_only_its_own_are_not_refused_for_who_it_is() {
    let served = served(world(), None);
    let mut people: Vec<_> = everybody(&served).into_iter().filter(|(id, ..)| *id != "nobody").collect();
    let mut table = String::new();
    let mut done: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for act in ACTS {
        let mut may = Vec::new();
        // Who is refused so often waits; here everybody has a minute between two tries.
        served.world.pass(61);
        for (id, browser, token) in &mut people {
            let answer = browser.call(&format!("/api/acts/{}", act.name), token, &[], &example(act, id));
            assert_ne!(answer.status, 429, "{id} {}", act.name);
            assert!(answer.status < 500, "{id} {}: {}", act.name, answer.text());
            let key = if answer.status == 201 { "done".to_owned() } else { answer.json()["key"].to_string() };
            if key == "done" {
                done.entry(id).or_default().push(act.name);
            }
            // Others are refused for who they are in the act's own words; the table is read with that in mind.
            let own_words = ["not_the_holder", "nothing_sealed", "asked_party_may_not_close"];
            let barred = ["role_missing", "officer_of_another_body"].iter().chain(&own_words);
            if !barred.clone().any(|no| key.contains(no)) {
                may.push(*id);
            }
        }
        table.push_str(&format!("{:<32}{}\n", act.name, may.join(" ")));
    }
    assert_eq!(done.get("xa-auditor-1"), Some(&vec!["record_dissent"]), "an auditor objects, as anybody may");
    assert_eq!(done.get("scheme-observer-1"), None, "an observer does nothing");
    let of_administrator = done.get("xa-admin-1").cloned().unwrap_or_default();
    let rooms = |name: &&str| kp_node::act_by_name(name).map(|act| act.room);
    assert!(
        of_administrator.iter().all(|name| rooms(name) != Some("certificate")),
        "an administrator does no officer's act: {of_administrator:?}"
    );
    is_as_reviewed("tests/who_does_what.txt", &table);
}

/// The examples of an act's fields, for the officer's own body.
fn example(act: &kp_node::Act, id: &str) -> Value {
    let own = id.split('-').next().unwrap_or_default();
    let code = if own == "scheme" { own.to_owned() } else { own.to_uppercase() };
    let mut fields = Map::new();
    for field in act.fields.iter().filter(|field| field.name != "public_key") {
        let text = match (field.name, field.example) {
            ("participant" | "at" | "body", "XA" | "XB") if code != "scheme" => code.clone(),
            // What is there, so that the refusal is about the officer.
            ("application", _) => "XA-A-4".to_owned(),
            ("number", _) => "XA-000004".to_owned(),
            ("officer_id", _) => format!("{own}-new-1"),
            (_, example) => example.to_owned(),
        };
        fields.insert(field.name.to_owned(), Value::String(text));
    }
    if act.fields.iter().any(|field| field.name == "public_key") {
        fields.insert("public_key".into(), Value::String("02".repeat(33)));
    }
    fields.into()
}
