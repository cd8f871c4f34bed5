//! Playing a story: line by line through the node, then what must hold after every story without being asked.
//!
//! After each story: the log verifies and every table is what the log says (I3), unless the story tampers; and one
//! person's act is one statement (I2). The transcript is the same on every engine (I11).

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use jiff::civil::Date;
use kp_db::Url;

use crate::{
    expect,
    place::Place,
    stage::{Stage, Stop, Verdict},
    story::{Line, Story},
    words::Does,
};

/// Something that was not as the story expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The line, or 0 for what must hold after every story.
    pub line: usize,
    /// The line's text.
    pub text: String,
    /// What was there instead.
    pub found: String,
}

impl std::fmt::Display for Missed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "after the story: {} expected, but {}", self.text, self.found),
            line => write!(f, "line {line}: {}\n    but {}", self.text, self.found),
        }
    }
}

/// How an attack ended, and the sentence that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What was attacked, in the story's words.
    pub attack: String,
    /// Stopped or exposed.
    pub verdict: Verdict,
    /// Days of the story's clock from the attack until then.
    pub days: i32,
    /// What the system said.
    pub sentence: String,
}

/// A story that was played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// Everything that was not as expected; empty where the story holds.
    pub missed: Vec<Missed>,
    /// How the attack ended, where the story has one and it ended.
    pub shown: Option<Shown>,
    /// What happened, line by line, and every table at the end. The same on every engine.
    pub transcript: Vec<String>,
}

/// How much of a story is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it, with what must hold after every story.
    Whole,
    /// Up to the first line that is not as expected.
    UntilFirstMiss,
}

/// Plays a story in a fresh copy.
///
/// # Errors
/// Where the copy cannot be made or the database fails; what the story does not expect is told in [`Played`].
pub fn play(story: &Story, place: &Place, extent: Extent) -> Result<Played> {
    let copy = place.fresh(&story.file).with_context(|| format!("making a copy for {}", story.file))?;
    play_in(story, &copy.url, extent)
}

fn play_in(story: &Story, url: &Url, extent: Extent) -> Result<Played> {
    let mut playing = Playing {
        stage: Stage::open(url, story.begins())?,
        attack: None,
        played: Played { missed: Vec::new(), shown: None, transcript: Vec::new() },
    };
    for line in &story.lines {
        let before = playing.played.missed.len();
        let goes_on =
            playing.line(line).with_context(|| format!("{}:{}: {}", story.file, line.number, line.text))?;
        let missed = playing.played.missed.len() > before;
        if !goes_on || (missed && extent == Extent::UntilFirstMiss) {
            return Ok(playing.played);
        }
    }
    if extent == Extent::Whole {
        playing.after_the_story(story)?;
    }
    Ok(playing.played)
}

struct Playing {
    stage: Stage,
    attack: Option<(String, Date)>,
    played: Played,
}

impl Playing {
    /// Plays one line. Returns whether the story can go on.
    fn line(&mut self, line: &Line) -> Result<bool> {
        self.stage.transcript.push(format!("{}: {}", line.number, line.text));
        self.stage.begin_line(&line.args)?;
        match line.word.does {
            Does::Tell(_) => {}
            Does::Attack => {
                let text = line.args.get("text").map(|texts| texts.join(" ")).unwrap_or_default();
                self.attack = Some((text, self.stage.clock.today()));
            }
            Does::Clock(pass) => pass(&mut self.stage, &line.args)?,
            Does::Tamper(write) => write(&mut self.stage, &line.args)?,
            Does::Act(act) => {
                let outcome = act(&mut self.stage, &line.args);
                return self.done(line, outcome);
            }
            Does::Expect(look) => {
                let sight = look(&self.stage, &line.args)?;
                self.stage.transcript.push(format!("  {}", sight.found));
                if sight.holds {
                    self.show(sight.shows, &sight.found);
                } else {
                    self.miss(line, sight.found);
                }
            }
            Does::ExpectRefusal => self.refusal(line)?,
        }
        Ok(true)
    }

    fn done(&mut self, line: &Line, outcome: Result<(), Stop>) -> Result<bool> {
        match outcome {
            Ok(()) => Ok(true),
            Err(Stop::Broken(error)) => Err(error),
            Err(Stop::Refused { key, sentence, rule }) => {
                self.miss(line, format!("it was refused ({key}): {sentence} (rule: {rule})"));
                // What follows rests on this act; playing on would only tell its consequences.
                Ok(false)
            }
        }
    }

    fn refusal(&mut self, line: &Line) -> Result<()> {
        let inner = line.refused.as_ref().context("a refusal has an act")?;
        let Does::Act(act) = inner.word.does else { anyhow::bail!("only acts are refused") };
        self.stage.begin_line(&inner.args)?;
        let expected = line.args.get("key").map(|keys| keys.join(" ")).unwrap_or_default();
        match act(&mut self.stage, &inner.args) {
            Err(Stop::Refused { key, sentence, rule }) if key == expected => {
                self.show(Some(Verdict::Stopped), &format!("{sentence} (rule: {rule})"));
            }
            Err(Stop::Refused { key, sentence, .. }) => {
                self.miss(line, format!("it was refused for another reason ({key}): {sentence}"));
            }
            Err(Stop::Broken(error)) => return Err(error),
            Ok(()) => self.miss(line, "it was done".into()),
        }
        Ok(())
    }

    fn miss(&mut self, line: &Line, found: String) {
        self.played.missed.push(Missed { line: line.number, text: line.text.clone(), found });
    }

    /// The first thing after the attack that shows how it ended is how it ended.
    fn show(&mut self, verdict: Option<Verdict>, sentence: &str) {
        let (Some(verdict), Some((attack, since)), None) = (verdict, &self.attack, &self.played.shown) else {
            return;
        };
        let days = since.until(self.stage.clock.today()).map_or(0, |span| span.get_days());
        self.played.shown =
            Some(Shown { attack: attack.clone(), verdict, days, sentence: sentence.to_owned() });
    }

    fn after_the_story(&mut self, story: &Story) -> Result<()> {
        let mut always = |text: &str, found: Vec<String>| {
            if !found.is_empty() {
                let missed = Missed { line: 0, text: text.to_owned(), found: found.join("; ") };
                self.played.missed.push(missed);
            }
        };
        if !self.stage.tampered {
            always("a log that verifies", expect::faults(&self.stage)?);
            always("tables that are what the log says", expect::differences(&self.stage)?);
            always("one statement for one person's act", acts_without_their_statement(&self.stage)?);
        }
        always("an attack that ends as the story says", ends_otherwise(story, self.played.shown.as_ref()));
        self.played.transcript = std::mem::take(&mut self.stage.transcript);
        self.played.transcript.extend(last_state(&self.stage)?);
        Ok(())
    }
}

/// I2: the statements that people signed are those of the acts that were done, one for one.
fn acts_without_their_statement(stage: &Stage) -> Result<Vec<String>> {
    let node = stage.node.keys().signer.key.public().id();
    let entries = stage.node.db().read(|tx| kp_log::entries_after(tx, 0, u32::MAX))?;
    let mut acts = stage.acts.clone();
    let mut found = Vec::new();
    for entry in
        entries.iter().filter(|entry| entry.key_id != node && entry.kind != kp_log::CREDENTIAL_SIGNED)
    {
        if acts.remove(&entry.position).is_none() {
            found.push(format!("nobody did an act for the {} at position {}", entry.kind, entry.position));
        }
    }
    found.extend(acts.iter().map(|(position, act)| format!("the act {act} left no statement at {position}")));
    Ok(found)
}

/// A story that closes a loophole shows its attack stopped; one that only exposes it shows it seen.
fn ends_otherwise(story: &Story, shown: Option<&Shown>) -> Vec<String> {
    let expected = match (story.closes.is_empty(), story.exposes.is_empty()) {
        (false, _) => Verdict::Stopped,
        (true, false) => Verdict::Exposed,
        (true, true) => return Vec::new(),
    };
    match shown {
        Some(shown) if shown.verdict == expected => Vec::new(),
        Some(shown) => vec![format!("it was {:?}, not {expected:?}: {}", shown.verdict, shown.sentence)],
        None => vec!["nothing in the story shows how it ended".to_owned()],
    }
}

/// Every table and the head of every log, row by row.
fn last_state(stage: &Stage) -> Result<Vec<String>> {
    stage.node.db().read(|tx| {
        let mut rows = Vec::new();
        for table in kp_node::rebuilt_tables() {
            for row in tx.table_rows(table)? {
                let cells: Vec<String> =
                    row.iter().map(|(column, value)| format!("{column}={value}")).collect();
                rows.push(format!("{table}: {}", cells.join(" ")));
            }
        }
        let heads: BTreeMap<String, (u64, String)> = kp_log::log_heads(tx)?
            .into_iter()
            .map(|head| (head.log_id, (head.size, head.checkpoint)))
            .collect();
        rows.extend(heads.iter().map(|(log, (size, note))| format!("{log}: {size} entries, {note:?}")));
        Ok(rows)
    })
}
