//! Measures the detectors over certificate streams on invented trade, and writes the page.
//!
//! `measure-detectors` measures the held-back seeds and prints the page; `--write FILE` writes it. `--tuning` uses the
//! tuning seeds instead, `--certificates N` one size only, `--seeds a,b`; `--folder F` writes one history as files and
//! ends. Progress goes to standard error.

#![allow(clippy::print_stdout, reason = "a command for developers speaks on standard output")]

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use kp_detect::stream::{Settings, analyze};
use kp_measure::baselines::{Test, fared};
use kp_measure::evaluate::score;
use kp_measure::page::{Measured, page};
use kp_measure::{HELD_BACK, TUNING, files, labelled};

#[derive(Default)]
struct Options {
    write: Option<PathBuf>,
    folder: Option<PathBuf>,
    is_tuning: bool,
    is_verbose: bool,
    certificates: Option<usize>,
    seeds: Option<Vec<u64>>,
}

fn main() -> Result<()> {
    let options = options()?;
    let seeds = |default: &[u64]| options.seeds.clone().unwrap_or_else(|| default.to_vec());
    if let Some(folder) = &options.folder {
        let seed = *seeds(&TUNING).first().context("a seed")?;
        let history = labelled(options.certificates.unwrap_or(100_000), seed);
        files::write(folder, &history.rows, &history.labels, &history.decoys)?;
        println!(
            "{} certificates, {} labels in {}",
            history.rows.certificates.len(),
            history.labels.len(),
            folder.display()
        );
        return Ok(());
    }
    let mut all = Vec::new();
    let sizes = options.certificates.map_or_else(|| vec![100_000, 1_000_000], |one| vec![one]);
    for certificates in sizes {
        let known: &[u64] = if options.is_tuning { &TUNING } else { &HELD_BACK };
        // A million takes ten times as long: three histories hold as many certificates as thirty of the others.
        let known = if certificates >= 500_000 { &known[..3] } else { known };
        all.push(measure(certificates, seeds(known), options.is_verbose));
    }
    let text = page(&all);
    match &options.write {
        Some(path) => std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))?,
        None => print!("{text}"),
    }
    Ok(())
}

fn measure(certificates: usize, seeds: Vec<u64>, is_verbose: bool) -> Measured {
    let mut measured = Measured { certificates, seeds: seeds.clone(), ..Measured::default() };
    let settings = Settings::default();
    for seed in seeds {
        let history = labelled(certificates, seed);
        let analysis = analyze(history.rows.clone(), &settings);
        let clean = analyze(history.clean.clone(), &settings);
        let scored = score(&history, &analysis, &clean);
        eprintln!(
            "{certificates} certificates, seed {seed}: {} labels, {} cases, recall {}, clean {:?}; {}",
            history.labels.len(),
            analysis.cases.len(),
            kp_measure::page::in_words(scored.recall_in_all()),
            scored.clean,
            analysis.reconciled,
        );
        if is_verbose {
            for case in clean.cases.iter().take(60) {
                let title = clean.findings.iter().find(|f| f.id == case.id).map_or("", |f| f.title.as_str());
                eprintln!("  clean {:?} {} {title}", case.level, case.id);
            }
        }
        for test in Test::ALL {
            measured.others.entry(test).or_default().take_in(&fared(&history, test, analysis.cases.len()));
        }
        measured.ours.take_in(scored);
    }
    measured
}

fn options() -> Result<Options> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--tuning" => options.is_tuning = true,
            "--verbose" => options.is_verbose = true,
            "--write" => options.write = Some(value()?.into()),
            "--folder" => options.folder = Some(value()?.into()),
            "--certificates" => {
                options.certificates = Some(value()?.parse().context("how many certificates")?)
            }
            "--seeds" => {
                let text = value()?;
                options.seeds = Some(
                    text.split(',').map(str::parse).collect::<Result<_, _>>().context("seeds as 1,2,3")?,
                );
            }
            other => bail!(
                "there is no option {other}; those there are stand at the head of this program's source"
            ),
        }
    }
    Ok(options)
}
