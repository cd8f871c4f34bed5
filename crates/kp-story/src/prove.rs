//! The "prove it" suite: every story with an attack, played against fresh copies, with how each ended.
//!
//! Says nothing that was not seen in this run: the sentence beside each attack is what the system itself said.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::{
    place::Place,
    play::{Extent, Missed, Shown, play},
    stage::Verdict,
    story::Story,
};

/// How one story ended.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The story's file.
    pub file: String,
    /// Its title.
    pub title: String,
    /// The loopholes it is about; empty for tampering and for everyday stories.
    pub loopholes: Vec<String>,
    /// What happened.
    pub ending: Ending,
    /// How long this machine took to play it.
    pub took: Duration,
}

/// What became of a story.
#[derive(Debug, Clone)]
pub enum Ending {
    /// The attack ended as told: stopped or exposed.
    Shown(Shown),
    /// A story without an attack, and everything was as expected.
    Held,
    /// Something was not as expected.
    Failed(Vec<Missed>),
    /// It could not be played.
    Broken(String),
}

impl Proof {
    /// Whether the story held.
    pub fn is_good(&self) -> bool {
        matches!(self.ending, Ending::Shown(_) | Ending::Held)
    }
}

/// Plays stories one after the other; `before` hears of each before it is played.
pub fn prove(stories: &[Story], place: &Place, mut before: impl FnMut(&Story)) -> Vec<Proof> {
    stories
        .iter()
        .map(|story| {
            before(story);
            let clock = Instant::now();
            let ending = ending_of(story, place);
            Proof {
                file: story.file.clone(),
                title: story.title.clone(),
                loopholes: story.closes.iter().chain(&story.exposes).cloned().collect(),
                ending,
                took: clock.elapsed(),
            }
        })
        .collect()
}

fn ending_of(story: &Story, place: &Place) -> Ending {
    let played: Result<_> = play(story, place, Extent::Whole);
    match played {
        Err(error) => Ending::Broken(format!("{error:#}")),
        Ok(played) if !played.missed.is_empty() => Ending::Failed(played.missed),
        Ok(played) => played.shown.map_or(Ending::Held, Ending::Shown),
    }
}

/// The proofs as plain text, for a terminal or a file.
pub fn render(proofs: &[Proof], place: &Place) -> String {
    let mut text = String::new();
    for proof in proofs {
        text.push_str(&paragraph(proof));
    }
    text.push_str(&summary(proofs, place));
    text
}

fn paragraph(proof: &Proof) -> String {
    let loopholes = proof.loopholes.join(" ");
    let name = if loopholes.is_empty() || proof.title.starts_with(&loopholes) {
        proof.title.clone()
    } else {
        format!("{loopholes} {}", proof.title)
    };
    let milliseconds = proof.took.as_millis();
    let body = match &proof.ending {
        Ending::Shown(shown) => format!(
            "  attack   {}\n  {:<8} {}\n  because  {}\n",
            shown.attack,
            word(shown.verdict),
            when(shown),
            shown.sentence
        ),
        Ending::Held => "  held     everything was as the story expects\n".to_owned(),
        Ending::Failed(missed) => missed
            .iter()
            .map(|missed| format!("  FAILED   {}\n", missed.to_string().replace('\n', "\n         ")))
            .collect(),
        Ending::Broken(sentence) => format!("  BROKEN   {sentence}\n"),
    };
    format!("{name}\n{body}  played   {} in {milliseconds} ms\n\n", proof.file)
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Stopped => "STOPPED",
        Verdict::Exposed => "EXPOSED",
    }
}

fn when(shown: &Shown) -> String {
    match shown.days {
        0 => "at once, on the same day".to_owned(),
        1 => "on the next day".to_owned(),
        days => format!("after {days} days of the story's clock"),
    }
}

fn summary(proofs: &[Proof], place: &Place) -> String {
    let count = |wanted: fn(&Ending) -> bool| proofs.iter().filter(|proof| wanted(&proof.ending)).count();
    let stopped = count(|e| matches!(e, Ending::Shown(shown) if shown.verdict == Verdict::Stopped));
    let exposed = count(|e| matches!(e, Ending::Shown(shown) if shown.verdict == Verdict::Exposed));
    let held = count(|e| matches!(e, Ending::Held));
    let failed = count(|e| matches!(e, Ending::Failed(_) | Ending::Broken(_)));
    let mut parts = vec![format!("{stopped} stopped"), format!("{exposed} exposed")];
    if held > 0 {
        parts.push(format!("{held} without an attack held"));
    }
    parts.push(format!("{failed} failed"));
    format!("{} stories on {place}: {}\n", proofs.len(), parts.join(", "))
}
