//! The same story gives the same answer on every engine (I11).
//!
//! PostgreSQL is tried where it can be had. While a story is written, `KP_STORY=L25` plays those alone whose file has this
//! in its name.

use kp_testkit::postgres::Database;

use kp_story::{Extent, Place, Played, Story, play};

fn played(story: &Story, place: &Place) -> Result<Played, String> {
    let played = play(story, place, Extent::Whole)
        .map_err(|e| format!("{} on {place} could not be played: {e:#}", story.file))?;
    let missed: Vec<String> = played.missed.iter().map(|missed| format!("  {missed}")).collect();
    if missed.is_empty() {
        Ok(played)
    } else {
        Err(format!("{} on {place}:\n{}", story.file, missed.join("\n")))
    }
}

/// The transcripts of one story on two engines differ nowhere.
fn same(story: &Story, place: &Place, first: &Played, again: &Played) -> Result<(), String> {
    let differs = first.transcript.iter().zip(&again.transcript).find(|(a, b)| a != b);
    if let Some((a, b)) = differs {
        return Err(format!("{} on {place} differs from memory:\n  {a}\n  {b}", story.file));
    }
    (first.transcript.len() == again.transcript.len())
        .then_some(())
        .ok_or_else(|| format!("{} on {place} has another number of lines", story.file))
}

fn places(folder: &std::path::Path, postgres: Option<&Database>) -> Vec<Place> {
    let mut places = vec![Place::Folder(folder.to_owned())];
    places.extend(postgres.map(|database| Place::Postgres(database.url())));
    places
}

#[test]
fn every_story_gives_the_same_answer_on_every_engine() {
    let folder = tempfile::tempdir().unwrap();
    let postgres = kp_testkit::postgres::database("stories on PostgreSQL");
    let stories = crate::wanted();
    let mut wrong = Vec::new();
    let first: Vec<(&Story, Played)> = stories
        .iter()
        .filter_map(|story| played(story, &Place::Memory).map_err(|e| wrong.push(e)).ok().map(|p| (story, p)))
        .collect();
    let on_engine = |place: &Place| -> Vec<String> {
        let again = |(story, first): &(&Story, Played)| {
            played(story, place).and_then(|again| same(story, place, first, &again)).err()
        };
        first.iter().filter_map(again).collect()
    };
    wrong.extend(std::thread::scope(|scope| {
        let running: Vec<_> = places(folder.path(), postgres.as_ref())
            .into_iter()
            .map(|place| {
                scope.spawn({
                    let on_engine = &on_engine;
                    move || on_engine(&place)
                })
            })
            .collect();
        running.into_iter().flat_map(|engine| engine.join().expect("no panic")).collect::<Vec<_>>()
    }));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
