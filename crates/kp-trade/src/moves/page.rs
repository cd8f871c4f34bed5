//! The table of moves as a page for people: docs/certificate-moves.md, and this crate's documentation.

use super::{Act, Outcome, outcome};
use crate::CertificateState;

/// The page.
pub fn as_markdown() -> String {
    let mut page = String::from(HEAD);
    page.push_str("\n## What leads on from each state\n\n| State | Leads to |\n|---|---|\n");
    for state in CertificateState::ALL {
        let ways: Vec<String> = Act::ALL
            .iter()
            .filter_map(|act| match outcome(*state, *act) {
                Outcome::To(next) => Some(format!("`{act}`: {next}")),
                _ => None,
            })
            .collect();
        let ways = if state.is_end() { "an end".to_owned() } else { ways.join("; ") };
        page.push_str(&format!("| {state} | {ways} |\n"));
    }
    page.push_str(
        "\n## What each act does\n\n| Act | Moves | Done, state stays | Refused |\n|---|---|---|---|\n",
    );
    for act in Act::ALL {
        let (moves, stays, refused) = row(*act);
        page.push_str(&format!("| `{act}` | {moves} | {stays} | {refused} |\n"));
    }
    page.push_str(FOOT);
    page
}

fn row(act: Act) -> (String, String, String) {
    let (mut moves, mut stays) = (Vec::new(), Vec::new());
    let mut refused: Vec<(&str, Vec<String>)> = Vec::new();
    for state in CertificateState::ALL {
        match outcome(*state, act) {
            Outcome::To(next) => moves.push(format!("{state} -> {next}")),
            Outcome::Stays => stays.push(state.to_string()),
            Outcome::Refused(key) => match refused.iter_mut().find(|(known, _)| *known == key) {
                Some((_, states)) => states.push(state.to_string()),
                None => refused.push((key, vec![state.to_string()])),
            },
        }
    }
    // The longest list is what holds otherwise; the others name their states.
    let longest = refused.iter().map(|(_, states)| states.len()).chain([stays.len()]).max().unwrap_or(0);
    let otherwise = |states: &[String]| match states.len() {
        all if all == CertificateState::ALL.len() => "in every state".to_owned(),
        most if most == longest && most > 6 => "otherwise".to_owned(),
        _ => states.join(", "),
    };
    refused.sort_by_key(|(_, states)| states.len() == longest);
    let refused: Vec<String> =
        refused.iter().map(|(key, states)| format!("`{key}`: {}", otherwise(states))).collect();
    (moves.join("; "), otherwise(&stays), refused.join("; "))
}

const HEAD: &str = "\
# Moves of a certificate

Written by a test from `crates/kp-trade/src/moves.rs`, which is what the acts themselves ask
(`UPDATE_DOCS=1 cargo test -p kp-trade`). Do not edit. A test takes a real node through every state and every act:
`crates/kp-node/tests/it/moves.rs`.

The acts of an importing authority are meant at the certificate's destination. Goods that are presented anywhere else
under its number are recorded, detained and seized as goods and never move the certificate: otherwise whoever presents a
copy could stop the genuine shipment. `report_paper` stands here three times, by what is reported.
";

const FOOT: &str = "
Expiry is no act: a certificate that is issued or validated has expired when its last day has passed; it is then refused
at validation and departure, and goes back by `return_certificate`. A shipment without an answer is no state either: it
is the finding `unconfirmed_after_due` and its case.
";
