//! `kpcs demo`: the main job in one command (rulings 25). Real returns analysed, an invented world played through the
//! thread, two certificates printed and verified without the register, a screenful of what was found, the pages served.
//!
//! Keeps to a folder of its own, which carries a mark; deletes nothing without that mark. Real participants appear only
//! with their published figures and their source.

mod folder;
mod papers;
mod play;
mod summary;
mod trade;
mod world;

use std::path::Path;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kp_detect::production::{Analysis, Input};
use kp_exchange::{ProductionReader, Reading, participants::Participants};
use kp_node::Node;
use kp_report::{AnalysisInput, write_report};
use kp_server::DemoSettings;
use kp_statistics::load_returns::ReturnsLoaded;

use super::{analyze, serve};
use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::Demo,
    clock,
    instance::Instance,
    place::{Place, default_folder},
    screen::say,
};
use folder::Mark;
use play::{PASSPHRASE, Player};

/// The published returns, so that the command needs no checkout.
const RETURNS: &[u8] = include_bytes!("../../../../data/kp_production_halfyear.csv");
const RETURNS_FILE: &str = "kp_production_halfyear.csv";
/// How the figures are to be cited.
const SOURCE: &str = "Kimberley Process Rough Diamond Statistics, production by half-year, as of 2024";

/// Makes or continues the demonstration.
pub(crate) fn run(place: &Place, options: &Demo) -> Answer {
    let place = own_place(place)?;
    let folder = place.folder()?;
    if options.fresh {
        // Whoever serves it holds its lock; deleting it under them would leave them with half of it.
        if folder.exists() && Mark::read(&folder)?.is_some() {
            drop(Instance::take(&folder)?);
        }
        folder::delete(&folder)?;
    }
    folder::refuse_foreign(&folder)?;
    let now = options.now.unwrap_or_else(clock::now);
    let mut mark = match Mark::read(&folder)? {
        Some(mark) => mark,
        None => Mark::new(now, !options.without_trade),
    };
    mark.write(&folder)?;
    let mut instance = Instance::take(&folder)?;
    let node = place.open_or_make()?;
    let reading = read();
    if mark.played {
        say(&format!("Going on with the demonstration in {}; --fresh starts again.\n", folder.display()))?;
    } else {
        play(&node, &mark, &reading)?;
        mark.played = true;
        mark.write(&folder)?;
    }
    node.reach_day(now)?;
    let analysis = report(&reading, &folder)?;
    let papers = papers::make(&node, &folder, now)?;
    say(&summary::text(&node, &reading, &analysis, &papers, &folder, now)?)?;
    if options.no_serve {
        say("Not serving; without --no-serve the pages are served on a free port.")?;
        return Ok(Outcome::Done);
    }
    let demo = DemoSettings { passphrase: PASSPHRASE.to_owned().into() };
    let running = serve::start(node, options.port, Some(demo), &mut instance)?;
    say(&format!(
        "Pages:  {0}\nFigures in pictures: {0}explore\nStop with Ctrl-C; a second run goes on, --fresh starts again.",
        running.url()
    ))?;
    running.wait();
    Ok(Outcome::Done)
}

/// The folder named, or the demonstration's own; always its own database.
fn own_place(place: &Place) -> Result<Place, Trouble> {
    if place.database.is_some() {
        let sentence = "the demonstration keeps to its own folder; leave out --database and KPCS_DATABASE";
        return Err(Trouble::Usage(sentence.into()));
    }
    let data = match &place.data {
        Some(folder) => folder.clone(),
        None => default_folder("kpcs-demo")?,
    };
    Ok(Place { data: Some(data), database: None })
}

fn read() -> Reading {
    let participants = Participants::known();
    let mut reader = ProductionReader::new(&participants);
    reader.add_bytes(RETURNS_FILE, RETURNS);
    reader.finish()
}

fn play(node: &Node, mark: &Mark, reading: &Reading) -> Result<()> {
    let file = reading.files.first().context("because one file was read")?;
    let returns = ReturnsLoaded::from_rows(SOURCE, RETURNS_FILE, &file.sha256, &reading.rows);
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} acts of the invented world");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    Player::new(node, mark.ends, Some(&returns))?.play(mark.with_trade, &bar)?;
    bar.finish_and_clear();
    Ok(())
}

/// Plays the invented world into a node for training, without the returns of real participants. All its officers' keys open
/// with the passphrase that comes back.
pub(crate) fn fill(node: &Node) -> Result<&'static str> {
    Player::new(node, clock::now(), None)?.play(false, &ProgressBar::hidden())?;
    node.reach_day(clock::now())?;
    Ok(PASSPHRASE)
}

/// The same report that `kpcs analyze` writes, into the data folder.
fn report(reading: &Reading, folder: &Path) -> Result<Analysis> {
    let membership = Participants::known().membership();
    let input = Input { rows: &reading.rows, capacities: &[], membership: &membership, today: None };
    let analysis = kp_detect::production::analyze(&input);
    let report = write_report(&AnalysisInput {
        program: analyze::PROGRAM,
        reading,
        analysis: &analysis,
        capacities: &[],
        other_files: &[],
        citation: Some(SOURCE),
        as_of: None,
    });
    analyze::keep(&report, &folder.join("report"))?;
    Ok(analysis)
}
