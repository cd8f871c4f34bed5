//! Webhooks: signed as Standard Webhooks has it, told only what their officer may see, tried again, secrets rotated.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::mpsc::{Receiver, channel},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use kp_messages::{
    outbox::State,
    webhook::{Webhook, signature},
};
use zeroize::Zeroizing;

use crate::world::{MORNING, World, at};

struct Call {
    head: Vec<String>,
    body: String,
}

impl Call {
    fn header(&self, name: &str) -> &str {
        let found = self
            .head
            .iter()
            .filter_map(|line| line.split_once(": "))
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }
}

/// Answers each call with the next status.
fn receiver(statuses: &'static [&'static str]) -> (String, Receiver<Call>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/kpcs", listener.local_addr().expect("an address"));
    let (give, calls) = channel();
    std::thread::spawn(move || {
        for status in statuses {
            let (stream, _) = listener.accept().expect("a caller");
            let mut out = stream.try_clone().expect("a stream");
            let mut input = BufReader::new(stream);
            let mut head = Vec::new();
            loop {
                let mut line = String::new();
                input.read_line(&mut line).expect("a line");
                if line.trim_end().is_empty() {
                    break;
                }
                head.push(line.trim_end().to_owned());
            }
            let call = Call { head, body: String::new() };
            let length: usize = call.header("content-length").parse().expect("a length");
            let mut body = vec![0; length];
            input.read_exact(&mut body).expect("a body");
            let location = if status.starts_with("302") { "location: http://127.0.0.1:1/\r\n" } else { "" };
            let answer =
                format!("HTTP/1.1 {status}\r\n{location}content-length: 0\r\nconnection: close\r\n\r\n");
            out.write_all(answer.as_bytes()).expect("an answer");
            let body = String::from_utf8(body).expect("text");
            if give.send(Call { body, ..call }).is_err() {
                return;
            }
        }
    });
    (url, calls)
}

fn made(world: &World, officer: &str, url: &str, kinds: &[&str]) -> (String, Zeroizing<Vec<u8>>) {
    let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let made = world
        .node
        .db()
        .write("test", |tx| Webhook::make(tx, &world.accounts, officer, url, &kinds, at(MORNING)));
    let (id, shown) = made.expect("it serves");
    (id, plain(&shown))
}

fn plain(shown: &str) -> Zeroizing<Vec<u8>> {
    let coded = shown.strip_prefix("whsec_").expect("a secret of Standard Webhooks");
    Zeroizing::new(STANDARD.decode(coded).expect("base64"))
}

#[test]
fn a_call_is_signed_and_tried_again_under_the_same_name() {
    let world = World::founded();
    let (url, calls) = receiver(&["500 no", "302 elsewhere", "204 thanks"]);
    let post = world.post(None, true);
    let (_, secret) = made(&world, "xb-importer-1", &url, &["shipment_departed"]);
    let number = world.depart("XA-A-1");
    assert_eq!(world.round(&post, MORNING).failed, 1);
    let first = calls.recv().expect("a call");
    assert!(first.body.contains(&format!("\"subject\":\"{number}\"")), "{}", first.body);
    assert!(!first.body.contains("1200"), "a nudge, no figures: {}", first.body);
    let signed = |call: &Call| {
        let name = call.header("webhook-id");
        let now = jiff::Timestamp::from_second(call.header("webhook-timestamp").parse().expect("seconds"))
            .expect("an instant");
        signature(&[Zeroizing::new(secret.to_vec())], name, now, &call.body)
    };
    assert_eq!(first.header("webhook-signature"), signed(&first));
    assert_eq!(world.round(&post, "2026-02-03T08:01:00Z").failed, 1, "a redirect is not followed");
    let _ = calls.recv().expect("a call");
    assert_eq!(world.round(&post, "2026-02-03T08:06:00Z").sent, 1);
    let third = calls.recv().expect("a call");
    assert_eq!(third.header("webhook-id"), first.header("webhook-id"));
    assert_ne!(
        third.header("webhook-signature"),
        first.header("webhook-signature"),
        "signed for its own moment"
    );
    assert_eq!(third.header("webhook-signature"), signed(&third));
}

#[test]
fn it_is_told_what_its_officer_may_see() {
    let world = World::founded();
    let post = world.post(None, true);
    // Never called: what is waiting is looked at.
    made(&world, "xb-importer-1", "http://127.0.0.1:9/", &[]);
    made(&world, "xb-admin-1", "http://127.0.0.1:9/", &["certificate_issued", "shipment_departed"]);
    world.depart("XA-A-1");
    world.round(&post, MORNING);
    let rows = world.outbox();
    assert!(rows.iter().any(|row| row.officer_id == "xb-importer-1" && row.subject == "shipment_departed"));
    assert!(rows.iter().all(|row| row.officer_id != "xb-admin-1"), "an administrator reads no trade");
    assert!(rows.iter().all(|row| row.state == State::Failed), "nobody listens on port 9");
}

#[test]
fn a_secret_is_rotated_without_a_gap_and_ends_with_the_webhook() {
    let world = World::founded();
    let (url, calls) = receiver(&["204 a", "204 b"]);
    let post = world.post(None, true);
    let (id, old) = made(&world, "xb-importer-1", &url, &["shipment_departed"]);
    let hook = |id: &str| {
        let all = world.node.db().read(Webhook::all).expect("the database answers");
        all.into_iter().find(|hook| hook.id == id).expect("it is there")
    };
    let shown = world
        .node
        .db()
        .write("test", |tx| hook(&id).rotate(tx, &world.accounts, at(MORNING)))
        .expect("rotated");
    let new = plain(&shown);
    world.depart("XA-A-1");
    world.round(&post, MORNING);
    let both = calls.recv().expect("a call");
    let expect = |secrets: &[Zeroizing<Vec<u8>>], call: &Call| {
        let now = jiff::Timestamp::from_second(call.header("webhook-timestamp").parse().expect("seconds"))
            .expect("an instant");
        signature(secrets, call.header("webhook-id"), now, &call.body)
    };
    assert_eq!(both.header("webhook-signature"), expect(&[new.clone(), old], &both));
    world.depart("XA-A-2");
    world.round(&post, "2026-02-04T08:00:00Z");
    let later = calls.recv().expect("a call");
    assert_eq!(later.header("webhook-signature"), expect(&[new], &later), "the old one has had its day");
    world.node.db().write("test", |tx| hook(&id).end(tx, at(MORNING))).expect("ended");
    world.depart("XA-A-3");
    let before = world.outbox().len();
    world.round(&post, "2026-02-04T09:00:00Z");
    assert_eq!(world.outbox().len(), before);
}
