//! Every statement of this crate on both engines, in one walk.

use kp_messages::{
    Message, Setting,
    outbox::{self, State},
    webhook::Webhook,
};
use kp_testkit::smtp::{Manner, Smtp};

use crate::world::{MORNING, World, at};

#[test]
fn messages_leave_alike_on_both_engines() {
    for world in World::on_each_engine("messages") {
        let server = Smtp::start();
        let post = world.post(Some(world.mail_at(server.address())), true);
        let db = world.node.db();
        world.wants("xb-importer-1", "daily", "fr");
        world.wants("xb-importer-1", "instant", "en");
        world.wants("xa-approver-1", "daily", "pt");
        assert_eq!(
            db.read(|tx| Setting::of(tx, "xb-importer-1")).unwrap().map(|s| s.language.code()),
            Some("en")
        );
        let hook = db.write("test", |tx| {
            Webhook::make(tx, &world.accounts, "xb-importer-1", "http://127.0.0.1:9/", &[], at(MORNING))
        });
        let (id, _) = hook.unwrap();
        let number = world.depart("XA-A-1");
        let here = [("number", number.as_str()), ("at", "XB"), ("carats_received", "1200.00")];
        world.done("xb-importer-1", "record_arrival", &here);
        world.done("xb-importer-1", "confirm_receipt", &[("number", &number), ("at", "XB")]);
        let round = world.round(&post, MORNING);
        assert!(round.sent == 1 && round.failed > 0, "{round:?}");
        assert!(server.next().text.contains(&number));
        // The digest of the next day, from a server that first hangs up.
        server.manner(Manner::HangsUp);
        world.round(&post, "2026-02-04T06:00:00Z");
        server.manner(Manner::Takes);
        world.round(&post, "2026-02-04T07:00:00Z");
        let digest = world.outbox().into_iter().find(|row| row.officer_id == "xa-approver-1").unwrap();
        assert!(
            digest.state == State::Sent && digest.doubtful_at.is_some() && digest.tries == 2,
            "{digest:?}"
        );
        let hook = || db.read(Webhook::all).unwrap().into_iter().find(|hook| hook.id == id).unwrap();
        db.write("test", |tx| hook().rotate(tx, &world.accounts, at(MORNING))).unwrap();
        assert!(hook().old_until.is_some());
        db.write("test", |tx| hook().end(tx, at(MORNING))).unwrap();
        assert!(hook().ended_at.is_some());
        let waiting = world.outbox().into_iter().find(|row| row.target == id).unwrap();
        assert!(db.write("test", |tx| outbox::try_again(tx, waiting.id, at(MORNING))).unwrap());
        world.round(&post, "2026-02-04T08:00:00Z");
        let given_up = db.read(|tx| outbox::by_id(tx, waiting.id)).unwrap().unwrap();
        assert_eq!(
            (given_up.state, given_up.last_answer.as_str()),
            (State::GivenUp, "the webhook was ended")
        );
        let told = db.read(|tx| Message::of(tx, "xb-importer-1", i64::MAX, 10)).unwrap();
        db.write("test", |tx| Message::seen(tx, "xb-importer-1", told[0].id, at(MORNING))).unwrap();
        assert_eq!(db.read(|tx| Message::unread(tx, "xb-importer-1")).unwrap(), 0);
    }
}
