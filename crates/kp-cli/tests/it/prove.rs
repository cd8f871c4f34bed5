//! Stories through the command.

use insta::assert_snapshot;

use crate::kpcs::Kpcs;

const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../stories");

#[test]
fn every_attack_is_stopped_or_exposed_and_no_data_folder_is_made() {
    let kpcs = Kpcs::new();
    let said = kpcs.run(&["prove"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(said.out.contains("L03") && said.out.contains(" 0 failed"), "{}", said.text);
    assert!(!kpcs.data().exists());
}

#[test]
fn a_story_that_expects_what_does_not_happen_fails() {
    let kpcs = Kpcs::new();
    let text =
        std::fs::read_to_string(format!("{STORIES}/loopholes/L03_exports_above_capacity.story")).unwrap();
    assert!(text.contains("exports_above_capacity"));
    let wrong = kpcs.file("wrong.story", text.replace("exports_above_capacity", "number_used_twice"));
    let said = kpcs.run(&["prove", &wrong]);
    assert!(said.code == 1 && said.out.contains("FAILED"), "{}", said.text);
}

#[test]
fn stories_are_checked_without_being_played() {
    let kpcs = Kpcs::new();
    let said = kpcs.run(&["story", "check", STORIES]);
    assert_eq!(said.code, 0, "{}", said.text);
    kpcs.file("odd.story", "title  an odd story\nfrobnicate  XA\n");
    // Which words there are is the business of the stories; they stand after `expected`.
    let said = kpcs.run(&["story", "check", "odd.story"]);
    assert!(said.code == 1, "{}", said.text);
    assert!(said.out.contains("odd.story:2: found \"frobnicate\", expected one of "), "{}", said.text);
    let said = kpcs.run(&["prove", "odd.story"]);
    assert!(said.code == 2 && said.text.contains("error: nothing was played"), "{}", said.text);
    assert_snapshot!(kpcs.run(&["story", "check", "nowhere.story"]).text, @r"
    exit 3
    --- err
    error: there is no story nowhere.story; check the name and the folder
    ");
}
