//! Who is told what; mail over SMTP with its states and waits; what a stop in the middle leaves; nothing leaves in training.

use std::sync::Mutex;

use kp_messages::{Carrier, Message, Refused, Round, Sending, outbox::State, webhook::Webhook};
use kp_testkit::smtp::{Manner, Smtp};

use crate::world::{MORNING, World, at};

fn messages(world: &World, officer: &str) -> Vec<Message> {
    world.node.db().read(|tx| Message::of(tx, officer, i64::MAX, 100)).expect("the database answers")
}

#[test]
fn those_are_told_whom_it_concerns_and_once() {
    let world = World::founded();
    let post = world.post(None, true);
    let number = world.depart("XA-A-1");
    world.round(&post, MORNING);
    world.round(&post, MORNING);
    let told = messages(&world, "xb-importer-1");
    assert_eq!(told.iter().map(|m| m.kind.as_str()).collect::<Vec<_>>(), ["shipment_departed"]);
    assert_eq!(told[0].about, format!("/certificates/{number}"));
    assert!(messages(&world, "xa-importer-1").is_empty() && messages(&world, "xb-admin-1").is_empty());
    let here = [("number", number.as_str()), ("at", "XB"), ("carats_received", "1200.00")];
    world.done("xb-importer-1", "record_arrival", &here);
    world.done("xb-importer-1", "confirm_receipt", &[("number", &number), ("at", "XB")]);
    world.round(&post, MORNING);
    for officer in ["xa-clerk-1", "xa-approver-1"] {
        assert_eq!(messages(&world, officer)[0].kind, "receipt_confirmed", "{officer}");
    }
    let unread = |officer: &str| world.node.db().read(|tx| Message::unread(tx, officer)).expect("a count");
    assert_eq!(unread("xa-clerk-1"), 1);
    let last = messages(&world, "xa-clerk-1")[0].id;
    world.node.db().write("test", |tx| Message::seen(tx, "xa-clerk-1", last, at(MORNING))).expect("seen");
    assert_eq!((unread("xa-clerk-1"), unread("xa-approver-1")), (0, 1));
    assert!(world.outbox().is_empty(), "nobody asked for mail");
}

#[test]
fn a_mail_says_enough_without_its_link_and_nothing_that_should_not_travel() {
    let world = World::founded();
    let server = Smtp::start();
    let post = world.post(Some(world.mail_at(server.address())), true);
    world.wants("xb-importer-1", "instant", "fr");
    let number = world.depart("XA-A-1");
    assert_eq!(world.round(&post, MORNING), Round { sent: 1, ..Round::default() });
    let mail = server.next();
    assert_eq!(
        (mail.from.as_str(), mail.to.as_slice()),
        ("kpcs@office.example", &["someone@office.example".to_owned()][..])
    );
    assert_eq!(mail.header("auto-submitted"), "auto-generated");
    assert!(mail.header("date").contains("3 Feb 2026"), "{}", mail.header("date"));
    assert!(
        mail.text.contains(&number) && mail.text.contains("https://kp.example/certificates/"),
        "{}",
        mail.text
    );
    assert!(mail.header("subject").contains("est parti vers vous"), "{}", mail.text);
    assert!(
        !mail.text.contains("1200") && !mail.text.contains("420000"),
        "no carats, no values: {}",
        mail.text
    );
    let row = &world.outbox()[0];
    assert_eq!((row.state, row.tries, row.last_answer.as_str()), (State::Sent, 1, "2.0.0 taken"));
    assert_eq!(world.round(&post, "2026-02-03T20:00:00Z"), Round::default());
    assert!(server.rest().is_empty(), "once is once");
}

#[test]
fn what_fails_is_tried_again_and_given_up_in_the_end() {
    let world = World::founded();
    let server = Smtp::start();
    let post = world.post(Some(world.mail_at(server.address())), true);
    world.wants("xb-importer-1", "instant", "en");
    world.depart("XA-A-1");
    server.manner(Manner::Busy);
    assert_eq!(world.round(&post, MORNING), Round { failed: 1, ..Round::default() });
    let row = &world.outbox()[0];
    assert!(row.state == State::Failed && row.last_answer.contains("come back later"), "{row:?}");
    assert_eq!(world.round(&post, "2026-02-03T08:00:59Z"), Round::default(), "not before its minute is over");
    server.manner(Manner::Takes);
    assert_eq!(world.round(&post, "2026-02-03T08:01:00Z"), Round { sent: 1, ..Round::default() });
    server.manner(Manner::NoSuchPerson);
    world.depart("XA-A-2");
    assert_eq!(
        world.round(&post, MORNING),
        Round { given_up: 1, ..Round::default() },
        "no such person is for good"
    );
    // A server that is busy for ever.
    server.manner(Manner::Busy);
    world.depart("XA-A-3");
    assert_eq!(world.round(&post, MORNING).failed, 1);
    let (mut now, mut rounds) = (world.outbox()[0].next_at, 0);
    while world.outbox()[0].state != State::GivenUp {
        post.round(&world.accounts, now).expect("a round");
        now = world.outbox()[0].next_at.max(now);
        rounds += 1;
        assert!(rounds < 20, "it goes on for ever");
    }
    assert_eq!(world.outbox()[0].tries, 10);
    let id = world.outbox()[0].id;
    assert!(world.node.db().write("test", |tx| kp_messages::outbox::try_again(tx, id, now)).expect("tried"));
    server.manner(Manner::Takes);
    assert_eq!(post.round(&world.accounts, now).expect("a round").sent, 1);
}

#[test]
fn a_day_comes_in_one_mail() {
    let world = World::founded();
    let server = Smtp::start();
    let post = world.post(Some(world.mail_at(server.address())), true);
    world.wants("xb-importer-1", "daily", "pt");
    let (one, two) = (world.depart("XA-A-1"), world.depart("XA-A-2"));
    assert_eq!(world.round(&post, "2026-02-03T23:59:00Z"), Round::default(), "the day is not over");
    assert_eq!(world.round(&post, "2026-02-04T00:00:10Z").sent, 1);
    let mail = server.next();
    assert!(mail.text.contains(&one) && mail.text.contains(&two), "{}", mail.text);
    assert!(mail.header("subject").contains("2 mensagens"), "{}", mail.text);
    assert_eq!(world.round(&post, "2026-02-05T00:00:10Z"), Round::default(), "told once");
}

/// Whoever carries something and never comes back.
struct Vanishes(Mutex<bool>);

impl Carrier for Vanishes {
    fn carry(&self, _: &Sending<'_>) -> Result<String, Refused> {
        *self.0.lock().expect("nobody panicked") = true;
        panic!("the machine stops here");
    }
}

#[test]
fn a_stop_in_the_middle_loses_nothing_and_doubles_nothing_in_silence() {
    let world = World::founded();
    world.wants("xb-importer-1", "instant", "en");
    let post = world.post(Some(Box::new(Vanishes(Mutex::new(false)))), true);
    world.depart("XA-A-1");
    let stopped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| world.round(&post, MORNING)));
    assert!(stopped.is_err());
    drop(post);
    let name = world.outbox()[0].sending_name.clone();
    assert_eq!(world.outbox()[0].state, State::Sending, "durable before the server was spoken to");
    let server = Smtp::start();
    let again = world.post_again(Some(world.mail_at(server.address())));
    assert_eq!(world.round(&again, MORNING), Round { sent: 1, ..Round::default() });
    let mail = server.next();
    assert!(mail.text.contains("You may have this mail already"), "{}", mail.text);
    assert!(mail.header("message-id").contains(&name), "the same name, so that doubles can be told");
    let row = &world.outbox()[0];
    assert!(row.state == State::Sent && row.doubtful_at.is_some() && row.tries == 2, "{row:?}");
    // A server that hangs up after the text leaves the same doubt, and the same care.
    server.manner(Manner::HangsUp);
    world.depart("XA-A-2");
    assert_eq!(world.round(&again, MORNING).failed, 1);
    assert!(!server.next().text.contains("already") && world.outbox()[0].doubtful_at.is_some());
    server.manner(Manner::Takes);
    assert_eq!(world.round(&again, "2026-02-03T09:00:00Z").sent, 1);
    assert!(server.next().text.contains("You may have this mail already"));
}

#[test]
fn nothing_leaves_where_nothing_may() {
    let world = World::founded();
    let server = Smtp::start();
    let post = world.post(Some(world.mail_at(server.address())), false);
    world.wants("xb-importer-1", "instant", "en");
    world
        .node
        .db()
        .write("test", |tx| {
            Webhook::make(tx, &world.accounts, "xb-importer-1", "http://127.0.0.1:9/", &[], at(MORNING))
        })
        .expect("it serves");
    world.depart("XA-A-1");
    assert_eq!(world.round(&post, MORNING), Round::default());
    assert_eq!(world.round(&post, "2026-02-05T08:00:00Z"), Round::default());
    assert_eq!(messages(&world, "xb-importer-1").len(), 1, "the office itself is told");
    assert!(world.outbox().is_empty() && server.rest().is_empty() && !post.has_mail());
}

#[test]
fn mails_wait_for_a_server() {
    let world = World::founded();
    let post = world.post(None, true);
    world.wants("xb-importer-1", "instant", "en");
    world.depart("XA-A-1");
    assert_eq!(world.round(&post, MORNING), Round::default());
    assert_eq!(world.outbox()[0].state, State::Waiting);
    let server = Smtp::start();
    let post = world.post_again(Some(world.mail_at(server.address())));
    assert_eq!(world.round(&post, MORNING).sent, 1);
}
