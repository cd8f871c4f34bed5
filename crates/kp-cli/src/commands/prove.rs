//! `kpcs prove` and `kpcs story check`: the stories of attacks, played against fresh copies that are gone afterwards.
//!
//! Plays what the binary carries, or the files named. Touches no data folder; on PostgreSQL each story has a schema of
//! its own, which is dropped.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kp_story::{Mistake, Story};

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::Prove,
    place::Place,
    screen::{counted, say},
};

/// Plays the stories, and says how each ended.
pub(crate) fn run(place: &Place, options: &Prove) -> Answer {
    let stories = if options.files.is_empty() {
        kp_story::with_attack().map_err(not_understood)?
    } else {
        let read = files(&options.files)?.iter().map(|file| read(file)).collect::<Result<Vec<_>>>()?;
        read.into_iter().collect::<Result<Vec<_>, _>>().map_err(not_understood)?
    };
    let stage = match &place.database {
        Some(address) => kp_story::Place::Postgres(address.clone()),
        None => kp_story::Place::Memory,
    };
    let bar = ProgressBar::with_draw_target(Some(stories.len() as u64), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{wide_bar} {pos} of {len}  {msg}");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let proofs = kp_story::prove(&stories, &stage, |story| {
        bar.set_message(story.title.clone());
        bar.inc(1);
    });
    bar.finish_and_clear();
    say(kp_story::render(&proofs, &stage).trim_end())?;
    let good = proofs.iter().all(kp_story::Proof::is_good);
    Ok(if good { Outcome::Done } else { Outcome::Found })
}

/// Reads stories without playing them, and names every word that is not understood.
pub(crate) fn check(named: &[PathBuf]) -> Answer {
    let mut mistakes = 0;
    for file in files(named)? {
        match read(&file)? {
            Ok(story) => say(&format!("{}: understood ({})", file.display(), story.title))?,
            Err(found) => {
                mistakes += found.len();
                for mistake in found {
                    say(&mistake.to_string())?;
                }
            }
        }
    }
    if mistakes == 0 {
        return Ok(Outcome::Done);
    }
    say(&counted(mistakes, "mistake"))?;
    Ok(Outcome::Found)
}

fn read(file: &Path) -> Result<Result<Story, Vec<Mistake>>> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("reading the story {}", file.display()))?;
    Ok(Story::read(&file.display().to_string(), &text))
}

fn not_understood(mistakes: Vec<Mistake>) -> Trouble {
    let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    Trouble::Usage(format!("nothing was played, because not every word is understood:\n{}", lines.join("\n")))
}

/// The files named, and of a folder its stories with those of the folders in it, in the order of their names.
fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in named {
        if path.is_dir() {
            let before = found.len();
            stories_below(path, &mut found)?;
            anyhow::ensure!(
                found.len() > before,
                "the folder {} holds no file that ends in .story",
                path.display()
            );
        } else {
            anyhow::ensure!(
                path.exists(),
                "there is no story {}; check the name and the folder",
                path.display()
            );
            found.push(path.clone());
        }
    }
    Ok(found)
}

fn stories_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let read =
        std::fs::read_dir(folder).with_context(|| format!("reading the folder {}", folder.display()))?;
    let mut paths = read.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            stories_below(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "story") {
            found.push(path);
        }
    }
    Ok(())
}
