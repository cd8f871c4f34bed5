//! No story passes by saying nothing: every expectation of every story, made wrong in every way its form offers, must
//! make the story fail at that very line.

use kp_story::{Extent, Place, Story, play};

/// What is wrong with a story whose expectation was made wrong: nothing, where it failed as it should.
fn passes_although_wrong(line: usize, wrong: &str, story: &Story) -> Option<String> {
    let place = Place::Memory;
    match play(story, &place, Extent::UntilFirstMiss) {
        Err(error) => Some(format!("{}:{line}: {wrong}: could not be played: {error:#}", story.file)),
        Ok(played) => match played.missed.as_slice() {
            [missed] if missed.line == line => None,
            [] => Some(format!("{}:{line}: {wrong}: was not missed", story.file)),
            other => Some(format!("{}:{line}: {wrong}: another line was missed: {other:?}", story.file)),
        },
    }
}

#[test]
fn every_expectation_can_fail() {
    let stories = crate::wanted();
    let changed: Vec<(usize, String, Story)> = stories
        .iter()
        .flat_map(|story| story.with_wrong_expectations().expect("changed lines read"))
        .collect();
    let of = |file: &str| stories.iter().any(|story| story.file == file);
    let texts = kp_story::STORIES.iter().filter(|text| of(text.file));
    let expectations: usize = texts.map(|text| expectations(text.text)).sum();
    assert!(changed.len() >= expectations, "{} wrong lines for {expectations} expectations", changed.len());
    let half = changed.len() / 2;
    let look = |some: &[(usize, String, Story)]| -> Vec<String> {
        some.iter().filter_map(|(line, wrong, story)| passes_although_wrong(*line, wrong, story)).collect()
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let first = scope.spawn(|| look(&changed[..half]));
        let second = look(&changed[half..]);
        first.join().expect("no panic").into_iter().chain(second).collect()
    });
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), changed.len(), wrong.join("\n"));
    println!("{} wrong expectations were all missed", changed.len());
}

fn expectations(text: &str) -> usize {
    text.lines().filter(|line| line.trim_start().starts_with("expect ")).count()
}
