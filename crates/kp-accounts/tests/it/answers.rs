//! Answers under a name: kept, replayed, refused for another request, gone after a week; on both engines.

use jiff::SignedDuration;
use kp_accounts::answers::{KEPT_FOR, Known, Named};

use crate::office::Office;

fn named(officer: &str, request: u8) -> Named {
    Named { officer_id: officer.into(), name: "name-1".into(), request: [request; 32] }
}

#[test]
fn an_answer_is_kept_for_its_request_and_its_week() {
    for office in Office::on_each_engine("answers") {
        let (db, now) = (office.node().db(), office.now());
        let known = |named: &Named, now| db.read(|tx| named.known(tx, now)).unwrap();
        let mine = named("xa-clerk-1", 1);
        assert_eq!(db.write("test", |tx| mine.begin(tx, now)).unwrap(), Known::New);
        // As a power cut would leave it: nobody knows, and nobody does it again unasked.
        assert_eq!(known(&mine, now), Known::Begun);
        assert_eq!(db.write("test", |tx| mine.begin(tx, now)).unwrap(), Known::Begun);
        db.write("test", |tx| mine.answered(tx, 201, "{}")).unwrap();
        assert_eq!(known(&mine, now), Known::Answered { status: 201, answer: "{}".into() });
        assert_eq!(known(&named("xa-clerk-1", 2), now), Known::Other);
        assert_eq!(known(&named("xb-clerk-1", 2), now), Known::New, "a name is its officer's own");
        db.write("test", |tx| mine.refused(tx)).unwrap();
        assert_ne!(known(&mine, now), Known::New, "what was answered stays");
        let later = now.checked_add(KEPT_FOR).unwrap().checked_add(SignedDuration::from_secs(1)).unwrap();
        assert_eq!(known(&mine, later), Known::New);
        assert_eq!(db.write("test", |tx| named("xa-clerk-1", 2).begin(tx, later)).unwrap(), Known::New);
        db.write("test", |tx| named("xa-clerk-1", 2).refused(tx)).unwrap();
        assert_eq!(known(&named("xa-clerk-1", 3), later), Known::New, "what was refused is free again");
    }
}
