//! The reference history: who was a participant on a day, as far as the sources say.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use kp_exchange::participants::{EventKind, Membership, Participants};
use kp_terms::ParticipantCode;

fn code(text: &str) -> ParticipantCode {
    text.parse().unwrap()
}

fn on(text: &str, day: Date) -> Membership {
    Participants::known().membership_on(code(text), day)
}

#[test]
fn sixty_participants_at_the_end_of_2025() {
    let known = Participants::known();
    let on_that_day =
        known.all().filter(|p| known.membership_on(p.code, date(2025, 12, 31)) == Membership::Participant);
    assert_eq!(on_that_day.count(), 60);
}

#[test]
fn removals_and_returns_to_the_day() {
    assert_eq!(on("CG", date(2004, 7, 8)), Membership::Participant);
    assert_eq!(on("CG", date(2004, 7, 9)), Membership::NotParticipant);
    assert_eq!(on("CG", date(2007, 11, 8)), Membership::Participant);
    assert_eq!(on("HR", date(2014, 1, 1)), Membership::NotParticipant);
    assert_eq!(on("GB", date(2020, 12, 31)), Membership::NotParticipant);
    assert_eq!(
        on("VE", date(2012, 1, 1)),
        Membership::Participant,
        "self-suspended, and still a participant"
    );
}

#[test]
fn what_the_sources_leave_open_stays_open() {
    assert_eq!(on("LB", date(2004, 6, 1)), Membership::Uncertain);
    assert_eq!(on("LB", date(2006, 1, 1)), Membership::Participant);
    assert_eq!(on("SZ", date(2012, 3, 1)), Membership::Uncertain);
    assert_eq!(on("TW", date(2012, 3, 1)), Membership::NotParticipant, "a trading entity is none");
    assert_eq!(on("XA", date(2012, 3, 1)), Membership::NotParticipant);
}

#[test]
fn spans_leave_out_the_days_that_are_not_certain() {
    let known = Participants::known();
    let spans: Vec<String> = known
        .membership()
        .iter()
        .filter(|s| s.participant == code("CG"))
        .map(|s| format!("{:?} {:?}", s.from, s.to))
        .collect();
    assert_eq!(spans, ["Some(2003-08-31) Some(2004-07-08)", "Some(2007-11-08) None"]);
    assert!(known.was_participant_throughout(code("CG"), date(2008, 1, 1), date(2008, 6, 30)));
    assert!(!known.was_participant_throughout(code("CG"), date(2004, 1, 1), date(2004, 12, 31)));
}

#[test]
fn every_source_tag_is_explained() {
    let readme = include_str!("../../../../data/README.md");
    let explained: BTreeSet<&str> = readme.split(['|', ',', ' ', '`', '\n']).collect();
    for participant in Participants::known().all() {
        for event in &participant.events {
            for tag in event.source.split("; ") {
                assert!(explained.contains(tag), "{} {:?}: {tag}", participant.code, event.kind);
            }
        }
    }
}

#[test]
fn un_measures_have_a_beginning_and_an_end() {
    let known = Participants::known();
    for participant in known.all() {
        let of = |kind| participant.events.iter().filter(|e| e.kind == kind).count();
        assert_eq!(of(EventKind::EmbargoBegan), of(EventKind::EmbargoEnded), "{}", participant.code);
    }
}

#[test]
fn a_broken_history_is_named_by_row() {
    let error = Participants::read("code,name,entity,also_written\nXA,Xanadu,state,\nXB,XANADU,state,\n", "")
        .unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "participants.csv, row 3: \"XANADU\" is also a name of Some(ParticipantCode(XA))"
    );
    let events = "code,event,date,precision,certain_by,source,note\nXA,joined,2003-13,month,,invented,\n";
    let error = Participants::read("code,name,entity,also_written\nXA,Xanadu,state,\n", events).unwrap_err();
    assert_eq!(format!("{error:#}"), "participant_events.csv, row 2: not a month");
}

#[test]
fn an_unknown_name_is_answered_with_what_may_be_meant() {
    let known = Participants::known();
    let suggested = |name| known.suggestion(name);
    assert_eq!(suggested("Congo").unwrap(), "Congo, Democratic Republic of (CD) or Congo, Republic of (CG)");
    assert_eq!(suggested("Zimbabwee").unwrap(), "Zimbabwe");
    assert_eq!(suggested("CÃ´te d'Ivoire").unwrap(), "Côte d'Ivoire", "text read in the wrong encoding");
    assert_eq!(suggested("Atlantis"), None);
}

#[test]
fn a_name_is_known_in_every_spelling() {
    let known = Participants::known();
    let spellings = [
        ("Côte d’Ivoire", "CI"),
        ("COTE D IVOIRE", "CI"),
        ("Ivory Coast", "CI"),
        ("DRC", "CD"),
        ("Congo (Kinshasa)", "CD"),
        ("Democratic Republic of the Congo", "CD"),
        ("Republic of Congo", "CG"),
        ("Congo, Republic of", "CG"),
        ("Swaziland", "SZ"),
        ("Eswatini", "SZ"),
        ("Türkiye", "TR"),
        ("TURKEY", "TR"),
        ("Russia", "RU"),
        ("Russian Federation", "RU"),
        ("European Community", "EU"),
        ("European Union", "EU"),
        ("EC", "EU"),
        ("Lao PDR", "LA"),
        ("Laos", "LA"),
        ("Viet Nam", "VN"),
        ("Vietnam", "VN"),
        ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Republic of Korea", "KR"),
        ("USA", "US"),
        ("United States", "US"),
        ("Tanzania, United Republic of", "TZ"),
        ("China", "CN"),
        ("Kyrgyzstan", "KG"),
        ("Namibia", "NA"),
        ("UK", "GB"),
    ];
    for (name, expected) in spellings {
        assert_eq!(known.by_name(name), Some(code(expected)), "{name}");
    }
}
