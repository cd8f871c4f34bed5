//! Keeps `specs/statement.md` and `specs/vectors/statement.txt` true: the vectors are made anew here.

use std::fmt::Write;

use crate::{
    log::{example_secret, log_with_example, officer},
    must_fail,
};

fn read(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs").join(path);
    std::fs::read_to_string(path).unwrap_or_default()
}

fn vectors() -> String {
    let (_, stored) = log_with_example();
    let opened = kp_sign::verify(&stored.signed, &officer().key.public()).unwrap();
    let mut text = String::from(
        "# Made by the tests of crates/kp-log. Name, a space, hexadecimal. must-fail: no such statement.\n",
    );
    let mut line = |name: &str, bytes: &[u8]| writeln!(text, "{name} {}", kp_sign::hex(bytes)).unwrap();
    line("secret-key", &example_secret());
    line("public-key", &officer().key.public().to_bytes());
    line("key-id", &officer().key.public().id().0);
    line("payload", &opened.payload);
    line("statement", &stored.signed);
    line("statement-sha256", &kp_sign::sha256(&stored.signed));
    line("entry", &stored.leaf);
    line("leaf-hash", &stored.leaf_hash);
    for (name, bytes) in must_fail::list() {
        line(&format!("must-fail/{name}"), &bytes);
    }
    text
}

#[test]
fn the_vectors_are_those_that_the_code_makes() {
    let made = vectors();
    assert_eq!(
        read("vectors/statement.txt"),
        made,
        "put this there, if the format was meant to change:\n{made}"
    );
    let hash = format!("SHA-256 of the vectors: `{}`", kp_sign::hex(&kp_sign::sha256(made.as_bytes())));
    assert!(read("statement.md").contains(&hash), "specs/statement.md must say: {hash}");
}

#[test]
fn the_page_shows_the_statement_and_names_every_vector_that_must_fail() {
    let page = read("statement.md");
    let shown: String = page
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    assert_eq!(shown, kp_sign::hex(&log_with_example().1.signed), "the first example of specs/statement.md");
    for (name, _) in must_fail::list() {
        assert!(page.contains(&format!("`{name}`")), "specs/statement.md does not say why {name} fails");
    }
}

#[test]
fn a_commitment_is_never_longer_than_it_may_be() {
    assert!(log_with_example().1.leaf.len() <= 200);
}

/// `specs/vectors/exchange.txt` is the example's log, carried whole.
#[test]
fn the_exchange_file_is_the_one_that_the_code_writes() {
    let (db, _) = log_with_example();
    let section = db.read(|tx| kp_log::section_of_log(tx, "kp.scheme/2026", 0)).unwrap();
    let file = kp_log::ExchangeFile { from: kp_log::CAPITAL.into(), sections: vec![section] };
    let made = file.to_text();
    assert_eq!(
        read("vectors/exchange.txt"),
        made,
        "put this there, if the format was meant to change:\n{made}"
    );
    assert_eq!(kp_log::ExchangeFile::read(&made), Ok(file));
    let page = read("exchange.md");
    for begin in made.lines().map(|line| line.chars().take(40).collect::<String>()) {
        let word = begin.split(' ').next().unwrap_or_default();
        assert!(page.contains(&format!("\n{word}")), "specs/exchange.md shows no line {word}");
    }
}
