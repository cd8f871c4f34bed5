//! The run: read certificates, look at them alone, read confirmations against them, write the results.
//!
//! Every file is read once, front to back. What is held at once is stated by [`Memory`].

use std::{path::Path, sync::Mutex};

use crate::{
    certificates::{Amounts, CertificateSink, Certificates, put_together},
    csv,
    failure::Failure,
    index::Index,
    inputs::{Format, Inputs, Settings},
    memory::Memory,
    outcome::{Outcome, Read},
    parquet,
    results::{
        w1_quarters,
        w2_match::{Against, Marks, Matched, Matcher, summary_parts, unconfirmed},
        w2_write, w3_balances,
        w4_unit_values::{self, UnitValues},
        w5_repeats::{self, Content, Repeat},
    },
    sheet::Written,
    table::{Account, CERTIFICATES, CONFIRMATIONS, PRODUCTION, Rejected, STOCKS, Sink, Table},
    tally::Tally,
    threads::{Progress, Stage, in_turn},
    values::Words,
};

/// Reconciles: reads the inputs, writes W1 to W5 into the folder, and returns what a report is written from.
///
/// `told` hears the stage, how much of it is done, and how much there is.
///
/// # Errors
/// A sentence where a file cannot be read or is not what it should be, or the disk says no. Rows that cannot be read are
/// no error: they are in the outcome.
pub fn reconcile(
    inputs: &Inputs,
    folder: &Path,
    settings: &Settings,
    told: &(dyn Fn(Stage, u64, u64) + Sync),
) -> Result<Outcome, Failure> {
    std::fs::create_dir_all(folder).map_err(Failure::io("making the folder", folder))?;
    let words = Words::new();
    let progress = Progress { threads: settings.threads.max(1), stage: Stage::Certificates, told };
    let mut read = Vec::new();
    let balances = small_tables(inputs, &words, &progress, &mut read)?;
    let memory = Memory::new(settings.memory);
    let (mut certificates, sums) = read_certificates(inputs, &words, &progress, &memory, &mut read)?;
    let (index, alone) = look_at_certificates(&certificates, &sums, &words, &progress.at(Stage::Looking));
    certificates.forget_texts();
    let marks = Marks::new(index.len());
    let against = Against { certificates: &certificates, index: &index, marks: &marks };
    let progress = progress.at(Stage::Confirmations);
    let mut matched = match_confirmations(inputs, against, &words, &progress, &mut read)?;
    unconfirmed(against, settings.answered_until, &mut matched);
    if sums.has_passed() || matched.sums.has_passed() || matched.summaries.has_passed() {
        return Err(Failure::Input(
            "a sum passes 2^63: amounts this large cannot be meant; look at the largest values".to_owned(),
        ));
    }
    let progress = progress.at(Stage::Writing);
    let found = Found { sums, alone, matched, balances, words: &words };
    let mut outcome = found.write(folder, against, &progress)?;
    outcome.read = read;
    outcome.certificates = certificates.len() as u64;
    outcome.slots = against.index.len() as u64;
    outcome.answered_until = crate::calendar::written(settings.answered_until);
    outcome.threads = progress.threads as u64;
    Ok(outcome)
}

/// Reads one file, whichever its format.
fn read_table<S: Sink + Send>(
    path: &Path,
    table: &Table,
    words: &Words,
    progress: &Progress<'_>,
    read: &mut Vec<Read>,
    sink: impl Fn() -> S + Sync,
) -> Result<Vec<S>, Failure> {
    let (sinks, account, rejected): (Vec<S>, Account, Vec<Rejected>) = match Format::of(path)? {
        Format::Csv => csv::read(path, table, words, progress, sink)?,
        Format::Parquet => parquet::read(path, table, words, progress, sink)?,
    };
    read.push(Read { table: table.name, account, rejected });
    Ok(sinks)
}

/// What the balances need, where it is there.
type Declared = Option<(Vec<(u32, i64, i64, i64)>, w3_balances::ByYear)>;

fn small_tables(
    inputs: &Inputs,
    words: &Words,
    progress: &Progress<'_>,
    read: &mut Vec<Read>,
) -> Result<Declared, Failure> {
    let (Some(production), Some(stocks)) = (&inputs.production, &inputs.stocks) else { return Ok(None) };
    let quiet = Progress { threads: 1, told: &|_, _, _| {}, ..*progress };
    let made =
        read_table(production, &PRODUCTION, words, &quiet, read, w3_balances::ProductionSink::default)?;
    let held = read_table(stocks, &STOCKS, words, &quiet, read, w3_balances::StockSink::default)?;
    let mut by_year = w3_balances::ByYear::new();
    for (key, carats) in made.into_iter().flat_map(|sink| sink.0) {
        *by_year.entry(key).or_default() += carats;
    }
    Ok(Some((held.into_iter().flat_map(|sink| sink.0).collect(), by_year)))
}

fn read_certificates(
    inputs: &Inputs,
    words: &Words,
    progress: &Progress<'_>,
    memory: &Memory,
    read: &mut Vec<Read>,
) -> Result<(Certificates, Tally<Amounts>), Failure> {
    let full = Mutex::default();
    let sink = || CertificateSink::new(&full, memory);
    let sinks = read_table(&inputs.certificates, &CERTIFICATES, words, progress, read, sink)?;
    let (open, sums) = sinks.into_iter().map(CertificateSink::finish).unzip();
    memory.is_kept()?;
    put_together(full, sums, open)
}

/// What certificates say by themselves.
#[derive(Default)]
struct Alone {
    unit_values: UnitValues,
    numbers: Vec<Repeat>,
    seals: Vec<Repeat>,
    contents: Vec<Content>,
}

/// What one task found.
enum Part {
    Index(Index, Vec<Repeat>),
    UnitValues(UnitValues),
    Seals(Vec<Repeat>),
    Contents(Vec<Content>),
}

fn look_at_certificates(
    certificates: &Certificates,
    sums: &Tally<Amounts>,
    words: &Words,
    progress: &Progress<'_>,
) -> (Index, Alone) {
    let sorted = sums.sorted();
    let hs_codes = words.hs_codes();
    let parts = progress.threads as u64;
    let mut tasks: Vec<Box<dyn FnOnce() -> Part + Send + '_>> = vec![Box::new(|| {
        let index = Index::of(certificates, words.books.len());
        let numbers = w5_repeats::numbers(certificates, &index, &words.books);
        Part::Index(index, numbers)
    })];
    let (sorted, hs_codes) = (&sorted, &hs_codes);
    for part in 0..parts {
        tasks.push(Box::new(move || {
            Part::Seals(w5_repeats::seals(certificates, &words.books, (part, parts)))
        }));
        tasks.push(Box::new(move || {
            Part::Contents(w5_repeats::contents(certificates, hs_codes, (part, parts)))
        }));
    }
    for span in w4_unit_values::spans(sorted, 4 * parts as i64) {
        tasks.push(Box::new(move || Part::UnitValues(w4_unit_values::look(certificates, sorted, span))));
    }
    let done = |done, of| progress.step(done as u64, of as u64);
    let mut index = Index::default();
    let mut alone = Alone::default();
    for part in in_turn(progress.threads, tasks, done) {
        match part {
            Part::Index(of_all, numbers) => (index, alone.numbers) = (of_all, numbers),
            Part::UnitValues(some) => alone.unit_values.take_in(some),
            Part::Seals(mut some) => alone.seals.append(&mut some),
            Part::Contents(mut some) => alone.contents.append(&mut some),
        }
    }
    (index, alone)
}

fn match_confirmations(
    inputs: &Inputs,
    against: Against<'_>,
    words: &Words,
    progress: &Progress<'_>,
    read: &mut Vec<Read>,
) -> Result<Matched, Failure> {
    let sinks =
        read_table(&inputs.confirmations, &CONFIRMATIONS, words, progress, read, || Matcher::new(against))?;
    let mut matched = Matched::new();
    for mut sink in sinks {
        matched.take_in(&mut sink.matched);
    }
    Ok(matched)
}

/// Everything that was found, to be written.
struct Found<'a> {
    sums: Tally<Amounts>,
    alone: Alone,
    matched: Matched,
    balances: Declared,
    words: &'a Words,
}

/// One file's writing, or several's.
type Writing<'a> = Box<dyn FnOnce() -> Result<Vec<Written>, Failure> + Send + 'a>;

impl Found<'_> {
    fn write(self, folder: &Path, against: Against<'_>, progress: &Progress<'_>) -> Result<Outcome, Failure> {
        let Self { sums, mut alone, mut matched, balances, words } = self;
        let hs_codes = &words.hs_codes();
        let rows = w1_quarters::rows(&sums, &matched.sums, hs_codes);
        let (rows, declared) = (&rows, balances.as_ref());
        let balances = declared.map(|(stocks, made)| w3_balances::balances(stocks, made, rows));
        let mut summaries = matched.summaries.sorted();
        summaries.sort_unstable_by_key(|(key, _)| summary_parts(*key));
        let mut confirmed = w5_repeats::confirmed(&mut matched, against, &words.books);
        let mut outcome = Outcome::of(&summaries, balances.as_deref(), &alone.unit_values);
        outcome.same_rows = w5_repeats::same_rows(&alone.numbers);
        let tasks: Vec<Writing<'_>> = vec![
            Box::new(|| {
                let w1 = w1_quarters::write(folder, rows)?;
                Ok(vec![w1, w3_balances::write(folder, balances.as_deref().unwrap_or_default())?])
            }),
            Box::new(|| {
                let w2 = w2_write::write_summaries(folder, &summaries)?;
                Ok(vec![w2, w2_write::write_exceptions(folder, &mut matched.exceptions)?])
            }),
            Box::new(|| Ok(w4_unit_values::write(folder, &mut alone.unit_values, hs_codes)?.into())),
            Box::new(|| Ok(vec![w5_repeats::write_contents(folder, &mut alone.contents)?])),
            Box::new(|| {
                let header = ("w5_certno.csv", "cert_no,n,min_id,max_id");
                let numbers = w5_repeats::write(folder, header, &mut alone.numbers)?;
                let header = ("w5_confno.csv", "cert_no,n,importers,min_id,max_id");
                let confirmed = w5_repeats::write(folder, header, &mut confirmed)?;
                let header = ("w5_seal.csv", "seal_no,n,min_id,max_id");
                Ok(vec![numbers, confirmed, w5_repeats::write(folder, header, &mut alone.seals)?])
            }),
        ];
        let done = |done, of| progress.step(done as u64, of as u64);
        for written in in_turn(progress.threads, tasks, done) {
            outcome.written.append(&mut written?);
        }
        outcome.seal();
        Ok(outcome)
    }
}
