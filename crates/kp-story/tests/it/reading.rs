//! Stories are read strictly: what cannot be read is told with file, line, what was found and what was expected.

use kp_story::{Chapter, Story, WORDS};

fn mistakes(text: &str) -> Vec<String> {
    match Story::read("some.story", text) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
    }
}

fn mistake(line: &str) -> String {
    let found = mistakes(&format!("title \"A title\"\n{line}\nexpect no case"));
    assert_eq!(found.len(), 1, "{line}: {found:?}");
    found[0].clone()
}

#[test]
fn an_unknown_word_names_the_known_ones() {
    let found = mistake("ishue XA-000001");
    assert!(
        found.starts_with(
            "some.story:2: found \"ishue\", expected one of accept, adjust, advise, ageing, agree, allot, answer, apply, approve, "
        ),
        "{found}"
    );
}

#[test]
fn what_is_missing_or_too_much_is_named() {
    let check = |line: &str, expected: &str| assert_eq!(mistake(line), format!("some.story:2: {expected}"));
    check("confirm XA-000001", "found the end of the line, expected the word at");
    check(
        "arrive XA-000001 at XB 1200.00",
        "found \"1200.00\", expected carats, with ct, for example 36000.00ct",
    );
    check(
        "expect no finding about GB",
        "found \"GB\", expected an invented participant, XA to XZ without XI and XK, for example XA",
    );
    check(
        "depart XA-000001 seal 77120-A",
        "found \"seal\", expected the end of the line, or left-on, by, on, at",
    );
    check("depart XA-000001 on 2026-02-30", "found \"2026-02-30\", expected a day, for example 2026-02-03");
    check(
        "expect state XA-000001 mislaid",
        "found \"mislaid\", expected a certificate's state, for example confirmed",
    );
    check(
        "why \"not closed",
        "found \"not closed, expected a quotation mark at the end of the quoted words, then a blank",
    );
    check(
        "expect refusal day 2026-02-03 some_reason",
        "found \"day\", expected an act of a person, which can be refused",
    );
    check(
        "expect refusal confirm XA-000001 at XB",
        "found the end of the line, expected the short name of a refusal, for example number_already_used",
    );
}

#[test]
fn a_whole_story_has_a_title_and_expects_something() {
    assert_eq!(
        mistakes("day 2026-02-03"),
        [
            "some.story:1: found \"day 2026-02-03\", expected the story's title first, for example: title \"A shipment is confirmed\"",
            "some.story:1: found the end of the story, expected a title",
        ]
    );
    let silent = mistakes("title \"Silent\"\nday 2026-02-03");
    assert!(silent[0].contains("a story that expects nothing shows nothing"), "{silent:?}");
    let unmarked = mistakes("title \"Unmarked\"\ncloses L22\nexpect no case");
    assert!(unmarked[0].contains("a line that begins with attack"), "{unmarked:?}");
    let untitled = mistakes("why \"first\"\ntitle \"Second\"\nexpect no case");
    assert!(untitled[0].contains("the story's title first"), "{untitled:?}");
    let late = mistakes("title \"Late\"\nexpect no case\nwhy \"too late\"");
    assert!(late[0].contains("before everything that happens"), "{late:?}");
}

#[test]
fn every_mistake_of_a_file_is_told() {
    assert_eq!(mistakes("title \"Two\"\nfoo\nbar\nexpect no case").len(), 2);
}

#[test]
fn every_example_of_the_language_reads() {
    for word in WORDS {
        let text = if word.chapter == Chapter::Telling {
            format!("title \"A title\"\n{}\nattack \"x\"\nexpect no case", word.example)
        } else {
            format!("title \"A title\"\n{}\nexpect no case", word.example)
        };
        let text = text.replacen("title \"A title\"\ntitle", "title", 1);
        assert_eq!(mistakes(&text), Vec::<String>::new(), "{}", word.example);
        assert!(word.example.starts_with(word.first()), "{}", word.example);
    }
}
