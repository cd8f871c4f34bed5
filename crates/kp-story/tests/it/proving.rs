//! What `kpcs prove` plays and prints.

use kp_story::{Ending, Place, Story, Verdict, prove, render};

#[test]
fn every_loophole_story_ends_as_it_says_and_the_text_shows_it() {
    let stories = kp_story::with_attack().unwrap();
    let mut heard = Vec::new();
    let proofs = prove(&stories, &Place::Memory, |story| heard.push(story.file.clone()));
    let text = render(&proofs, &Place::Memory);
    assert_eq!(heard.len(), proofs.len());
    for loophole in ["L03", "L19", "L21", "L22", "L23", "L24", "L25", "L27", "L53"] {
        let proof = proofs.iter().find(|proof| proof.loopholes.iter().any(|l| l == loophole));
        assert!(proof.is_some_and(kp_story::Proof::is_good), "{loophole}:\n{text}");
    }
    let days = |file: &str| {
        proofs.iter().find(|proof| proof.file.contains(file)).map(|proof| match &proof.ending {
            Ending::Shown(shown) => (shown.verdict, shown.days),
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(days("L03"), Some((Verdict::Exposed, 0)));
    assert_eq!(days("L22"), Some((Verdict::Stopped, 0)));
    assert_eq!(days("L27"), Some((Verdict::Exposed, 15)));
    assert!(text.contains("EXPOSED  after 15 days of the story's clock"), "{text}");
    assert!(text.contains("(rule: CD Section II(a); L22)"), "{text}");
    assert!(text.ends_with(" 0 failed\n"), "{text}");
}

#[test]
fn a_story_that_does_not_hold_fails_and_says_where() {
    let text = "title \"A wrong hope\"\ncloses L22\nparticipants XA XB as usual\nattack \"nothing happens\"\n\
                expect state XA-000001 confirmed\nexpect no case";
    let story = Story::read("wrong.story", text).unwrap();
    let proofs = prove(std::slice::from_ref(&story), &Place::Memory, |_| {});
    assert!(!proofs[0].is_good());
    let text = render(&proofs, &Place::Memory);
    assert!(text.contains("line 5: expect state XA-000001 confirmed"), "{text}");
    assert!(text.contains("there is no certificate XA-000001"), "{text}");
    assert!(text.contains("nothing in the story shows how it ended"), "{text}");
    assert!(text.ends_with("0 stopped, 0 exposed, 1 failed\n"), "{text}");
}

#[test]
fn a_refused_act_ends_the_story() {
    let text = "title \"Refused\"\nparticipants XA as usual\nconfirm XA-000001 at XA\nexpect no case";
    let story = Story::read("refused.story", text).unwrap();
    let proofs = prove(&[story], &Place::Memory, |_| {});
    let text = render(&proofs, &Place::Memory);
    assert!(text.contains("it was refused (no_arrival): no arrival of XA-000001 at XA"), "{text}");
}
