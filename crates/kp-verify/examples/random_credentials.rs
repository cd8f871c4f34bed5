//! Random certificates and receipts as lines of JSON, for verifiers written by others: `random_credentials SEED [COUNT]`.
//!
//! Each line is complete in itself: both texts, what they say, the leaf, the root, the path and the public keys. The same
//! seed gives the same lines. The keys are made from names and published; they sign nothing else.

#![allow(clippy::print_stdout, reason = "the lines are what the program is for")]

#[path = "../tests/it/world.rs"]
mod world;

use kp_certificate::{
    Content, Credential, Flags, Kind, Line, Origins, Party, Placed, Purpose, Receipt, leaf_of, log_of,
    shorten,
};
use kp_sign::{hex, sha256};
use kp_terms::{Carats, CertificateNumber, HsCode, Timestamp, UsdCents};
use kp_tlog::{Hash, inclusion_proof, leaf_hash, root_of};
use serde_json::json;
use world::{code, content, key};

/// Numbers that look random and are the same for the same seed.
struct Draw {
    seed: u64,
    count: u64,
}

impl Draw {
    fn next(&mut self) -> u64 {
        self.count += 1;
        let hash = sha256(&[self.seed.to_be_bytes(), self.count.to_be_bytes()].concat());
        u64::from_be_bytes(std::array::from_fn(|at| hash[at]))
    }

    /// From `low` to `high`, both included.
    fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let at = self.between(0, all.len() as u64 - 1);
        all[usize::try_from(at).expect("because lists are short")]
    }

    fn amount(&mut self, high: i64) -> i64 {
        i64::try_from(self.next() % u64::try_from(high).expect("because it is positive"))
            .expect("because high is one")
    }
}

const NAMES: &[&str] = &[
    "River Stones Ltd",
    "Société d'Exploitation Minière de la Haute-Sangha et du Centre",
    "Companhia Lapidária do Cuango, Lda.",
    "Общество с ограниченной ответственностью «Северные алмазы»",
    "شركة الخليج لتجارة الألماس الخام",
    "上海浦东钻石进出口有限公司",
    "A/S Nordic Gems",
    "Nguyễn & Đặng Kim Cương",
    "X",
];

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>());
    let mut number = |otherwise| arguments.next().and_then(Result::ok).unwrap_or(otherwise);
    let (seed, count) = (number(1), number(1000));
    let mut draw = Draw { seed, count: 0 };
    let mut leaves: Vec<Hash> = vec![leaf_hash(b"log opened")];
    for each in 0..count {
        let content = random_content(&mut draw, each);
        let issued = Credential::sign(&content, &key("XA document")).expect("because it was fitted");
        // Other entries come before, so that paths of all lengths are met.
        for _ in 0..draw.between(0, 3) {
            leaves.push(leaf_hash(&draw.next().to_be_bytes()));
        }
        let receipt = receipt(&mut draw, &issued, &mut leaves);
        println!("{}", line(&issued, &receipt));
    }
}

fn random_content(draw: &mut Draw, each: u64) -> Content {
    let mut content = content(1 + each * draw.between(1, 3) * 7);
    content.number = CertificateNumber::new(code("XA"), 1 + each * 5 + draw.between(0, 4));
    let issued = 1_770_000_000 + i64::try_from(each * 20_000 / 1000).expect("because it is small");
    content.issued_at = Timestamp::from_second(issued).expect("because it is a time");
    content.expires_at =
        Timestamp::from_second(issued + 86_400 * (1 + draw.amount(90))).expect("because it is a time");
    content.authority =
        shorten(draw.one_of(&["Ministry of Mines", "Bureau d'évaluation", "GPA", "Алмазный контроль"]), 23);
    content.destination = code(draw.one_of(&["XB", "XC", "XD"]));
    let id = |draw: &mut Draw| {
        if draw.next().is_multiple_of(3) { String::new() } else { format!("R-{}", draw.between(1, 99_999)) }
    };
    content.exporter = Party::fitting(draw.one_of(NAMES), &id(draw));
    content.importer = Party::fitting(draw.one_of(NAMES), &id(draw));
    content.origins = match draw.between(0, 3) {
        0 => Origins::Mixed,
        1 => Origins::Named(["XA", "XC", "XD"].map(code).to_vec()),
        _ => Origins::Named(vec![code("XA")]),
    };
    let classes = draw.between(1, 3);
    content.lines = HsCode::ALL
        .into_iter()
        .filter(|_| !draw.next().is_multiple_of(classes))
        .map(|class| Line { class, carats: Carats::from_hundredths(1), value: UsdCents::from_cents(0) })
        .collect();
    if content.lines.is_empty() {
        content.lines.push(Line {
            class: HsCode::Unsorted,
            carats: Carats::from_hundredths(1),
            value: UsdCents::from_cents(0),
        });
    }
    for line in &mut content.lines {
        let size = draw.one_of(&[20_i64, 300, 70_000, 5_000_000_000]);
        line.carats = Carats::from_hundredths(1 + draw.amount(size));
        line.value = UsdCents::from_cents(draw.amount(size * 300));
    }
    content.parcels = u32::try_from(draw.between(1, 255)).expect("because it is small");
    let first = draw.between(10_000, 99_000);
    let run = draw.between(1, 12);
    content.seals = (first..first + run).map(|seal| format!("CD{seal}")).collect();
    if draw.next().is_multiple_of(2) {
        content.seals.push(format!("XA{}", draw.between(1, 9999)));
    }
    content.kind = draw.one_of(&[
        Kind::Normal,
        Kind::Normal,
        Kind::Normal,
        Kind::Technical(Purpose::Seized),
        Kind::Technical(Purpose::Research),
        Kind::Technical(Purpose::Return),
    ]);
    content.flags =
        Flags { single_officer: draw.next().is_multiple_of(10), training: draw.next().is_multiple_of(20) };
    content.record_hash = sha256(&draw.next().to_be_bytes());
    content.fitted().expect("because names can be cut")
}

fn receipt(draw: &mut Draw, credential: &Credential, leaves: &mut Vec<Hash>) -> Receipt {
    let index = leaves.len() as u64;
    let later = draw.between(0, 20);
    let position = index + draw.between(1, 500);
    let placed = Placed { size: index + 1 + later, index, position, previous: draw.between(0, position - 1) };
    leaves.push(leaf_hash(&leaf_of(credential, placed)));
    leaves.extend((0..later).map(|_| leaf_hash(&draw.next().to_be_bytes())));
    let path = inclusion_proof(leaves, index).expect("because the leaf is there");
    let issued = credential.content().issued_at;
    let at = Timestamp::from_second(issued.as_second() + draw.amount(60)).expect("because it is a time");
    let log = log_of(credential.content().issuer, issued);
    Receipt::sign(&log, placed, &path, root_of(leaves), at, &key("XA log"))
        .expect("because the places are good")
}

fn line(credential: &Credential, receipt: &Receipt) -> serde_json::Value {
    let root = receipt.root(credential).expect("because the receipt is its own");
    let placed = receipt.placed();
    json!({
        "content": content_json(credential.content()),
        "kpc1": credential.to_text(),
        "kpr1": receipt.to_text(),
        "check_code": credential.check_code().to_string(),
        "hash": hex(credential.hash()),
        "leaf": hex(&leaf_of(credential, placed)),
        "root": root.to_hex(),
        "path": receipt.path().iter().map(Hash::to_hex).collect::<Vec<_>>(),
        "size": placed.size,
        "index": placed.index,
        "document_key": hex(&key("XA document").public().to_bytes()),
        "log_key": hex(&key("XA log").public().to_bytes()),
    })
}

fn content_json(content: &Content) -> serde_json::Value {
    let lines: Vec<_> = content
        .lines
        .iter()
        .map(|line| json!({"class": line.class.code(), "carats": line.carats.hundredths(), "value": line.value.cents()}))
        .collect();
    let origins = match &content.origins {
        Origins::Mixed => vec!["**".to_owned()],
        Origins::Named(codes) => codes.iter().map(ToString::to_string).collect(),
    };
    json!({
        "number": content.number.to_string(),
        "issuer": content.issuer.as_str(),
        "issued_at": content.issued_at.as_second(),
        "expires_at": content.expires_at.as_second(),
        "authority": content.authority,
        "destination": content.destination.as_str(),
        "exporter": [content.exporter.name, content.exporter.registry_id],
        "importer": [content.importer.name, content.importer.registry_id],
        "origins": origins,
        "lines": lines,
        "parcels": content.parcels,
        "seals": content.seals,
        "technical": match content.kind {
            Kind::Normal => 0,
            Kind::Technical(Purpose::Seized) => 1,
            Kind::Technical(Purpose::Research) => 2,
            Kind::Technical(Purpose::Return) => 3,
        },
        "single_officer": content.flags.single_officer,
        "training": content.flags.training,
        "record_hash": hex(&content.record_hash),
    })
}
