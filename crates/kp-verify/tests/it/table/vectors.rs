//! The rows as vectors for verifiers in other languages of programming: what lies on the desk, and every word of the
//! verdict in three languages (`specs/vectors/verdicts.json`; the verifier in the browser is held against them).

use std::collections::BTreeMap;

use kp_sign::{hex, sha256};
use kp_verify::{Language, OnPaper, Speaker};
use serde_json::{Value, json};

use super::{Desk, NOW, but, rows, unlisted};
use crate::{
    vectors::{compare, word},
    world::at,
};

/// Rows, and what is worth more than one row: papers that say what was signed, and those that say something else.
fn desks() -> Vec<(String, Desk)> {
    let paper = |number: &str, carats: &str, value: &str| OnPaper {
        number: Some(number.parse().unwrap()),
        carats: Some(carats.parse().unwrap()),
        value: Some(value.parse().unwrap()),
    };
    let said = [
        ("good-beside-its-paper", paper("xa 451", "44124", "12697657.00")),
        ("three-figures-differ", paper("XA-1", "1", "1")),
    ];
    let said = said.map(|(name, paper)| (name.to_owned(), but(Desk::new(), |desk| desk.paper = paper)));
    // Signed after the list was made, it says; but its place in the log is one for which the list is complete.
    let passed = unlisted(|content| content.issued_at = at("2026-02-11T09:00:00Z"));
    let more = said.into_iter().chain([("never-issued-by-its-place".to_owned(), passed)]);
    rows().into_iter().map(|row| (row.key.to_owned(), row.desk)).chain(more).collect()
}

fn presented(desk: &Desk) -> Value {
    match &desk.typed {
        _ if desk.nothing => json!({ "nothing": true }),
        Some((number, check_code, on)) => {
            json!({ "number": number, "check_code": check_code, "issued_on": on })
        }
        None => json!({
            "kpc1": desk.credential,
            "kpr1": desk.receipt,
            "paper": {
                "number": desk.paper.number.as_ref().map(ToString::to_string),
                "carats": desk.paper.carats.map(|carats| carats.to_string()),
                "value": desk.paper.value.map(|value| value.to_string()),
            },
        }),
    }
}

fn of_desk(name: &str, desk: &Desk, lists: Option<String>) -> Value {
    let verdict = desk.verdict();
    let in_words = |say: &dyn Fn(Speaker) -> Value| -> Value {
        let one = |language: Language| (language.code().to_owned(), say(Speaker::new(language)));
        Value::Object(Language::ALL.into_iter().map(one).collect())
    };
    let facts = |speaker: Speaker| verdict.content.as_ref().map(|content| speaker.facts(content));
    let seen = |(number, sighting): (&kp_terms::CertificateNumber, &kp_verify::Sighting)| json!({ "number": number.to_string(), "place": sighting.place, "at": sighting.at.to_string() });
    json!({
        "name": name,
        "presented": presented(desk),
        "lists": lists,
        "clock": desk.clock.at.to_string(),
        "clock_doubted": desk.clock.doubted,
        "seen": desk.seen.iter().map(seen).collect::<Vec<_>>(),
        "state": word(verdict.state),
        "reasons": verdict.reasons.iter().map(kp_verify::Reason::key).collect::<Vec<_>>(),
        "check_code": verdict.check_code.map(|code| code.to_string()),
        "lines": in_words(&|speaker| speaker.lines(&verdict).into()),
        "facts": in_words(&|speaker| json!(facts(speaker))),
    })
}

#[test]
fn the_vectors_of_verdicts_are_those_that_the_code_makes() {
    let mut lists: BTreeMap<String, String> = BTreeMap::new();
    let mut verdicts = Vec::new();
    for (name, desk) in desks() {
        let bundle = (!desk.without_lists).then(|| desk.world.bundle());
        let key = bundle.map(|bytes| {
            let key = hex(&sha256(&bytes)).chars().take(16).collect::<String>();
            lists.insert(key.clone(), hex(&bytes));
            key
        });
        verdicts.push(of_desk(&name, &desk, key));
    }
    let made = json!({
        "about": "Made by the tests of crates/kp-verify; see specs/certificate.md. Keys are those of certificate.json.",
        "clock": NOW,
        "roots": { "threshold": 2, "keys": ["root 1", "root 2", "root 3"] },
        "order": kp_verify::Reason::order(),
        "lists": lists,
        "verdicts": verdicts,
    });
    compare("vectors/verdicts.json", "certificate.md", &made);
}
