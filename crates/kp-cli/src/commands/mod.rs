//! One file for each command; this one only calls them.

mod account;
mod act;
mod analyze;
mod batch;
mod case;
mod certificate;
mod confirmations;
mod customs;
mod day;
mod demo;
mod exchange;
mod findings;
mod init;
mod key;
mod lists;
mod log;
mod log_publish;
mod office;
mod paper;
mod pre_advice;
mod print_docs;
mod prove;
mod public_figures;
mod rebuild;
mod reconcile;
mod registry;
mod returns;
mod serve;
mod specimen;
mod statistics;
mod stream_findings;
mod verify;

use crate::{
    answer::Answer,
    arguments::{
        Case, Certificate, Command, CommandLine, Confirmations, Exchange, Findings, Log, Office, Statistics,
        Story,
    },
    place::Place,
};

/// Runs what was typed.
pub(crate) fn run(line: CommandLine) -> Answer {
    let place = &line.place;
    match &line.command {
        Command::Demo(options) => demo::run(place, options),
        Command::Analyze(options) => analyze::run(options),
        Command::Reconcile(options) => reconcile::run(options),
        Command::Init(options) => init::run(place, options),
        Command::Office(command) => office(place, command),
        Command::Exchange(command) => exchange(place, command),
        Command::Act { act } => act::run(place, act),
        Command::Certificate(command) => certificate(place, command),
        Command::Confirmations(Confirmations::Load(options)) => confirmations::load(place, options),
        Command::Confirmations(Confirmations::List { of, state, limit, reading }) => {
            confirmations::list(place, *of, *state, *limit, *reading)
        }
        Command::Case(Case::List(reading)) => case::list(place, *reading),
        Command::Case(Case::Show { number, reading }) => case::show(place, number, *reading),
        Command::Findings(Findings::List(options)) => findings::list(place, *options),
        Command::Findings(Findings::Show { id, reading }) => findings::show(place, id, *reading),
        Command::Findings(Findings::Stream(reading)) => stream_findings::list(place, *reading),
        Command::Findings(Findings::Thresholds(reading)) => stream_findings::thresholds(place, *reading),
        Command::Findings(Findings::Preview { changes, reading }) => {
            stream_findings::preview(place, changes, *reading)
        }
        Command::Returns(command) => returns::run(place, command),
        Command::Statistics(command) => statistics(place, command),
        Command::Key(command) => key::run(place, command),
        Command::Verify(options) => verify::run(place, options),
        Command::Lists(command) => lists::run(place, command),
        Command::Specimen(command) => specimen::run(place, command),
        Command::Account(command) => account::run(place, command),
        Command::Participants(reading) => registry::participants(place, *reading),
        Command::Officers(reading) => registry::officers(place, *reading),
        Command::Exporters(reading) => registry::exporters(place, *reading),
        Command::Day => day::run(place),
        Command::Log(command) => log(place, command),
        Command::Rebuild(options) => rebuild::run(place, *options),
        Command::Serve(options) => serve::run(place, options),
        Command::Prove(options) => prove::run(place, options),
        Command::Story(Story::Check { files }) => prove::check(files),
        Command::PrintDocs => print_docs::run(),
    }
}

fn office(place: &Place, command: &Office) -> Answer {
    match command {
        Office::List(reading) => office::list(place, *reading),
        Office::Prepare { office, out } => office::prepare(place, office, out),
        Office::OfficerKey { officer, new_passphrase_file } => {
            office::officer_key(place, officer, new_passphrase_file.as_ref())
        }
    }
}

fn exchange(place: &Place, command: &Exchange) -> Answer {
    match command {
        Exchange::Export { out, to, all } => exchange::export(place, to.as_ref(), *all, out),
        Exchange::Take { file, officer, passphrase_file } => {
            exchange::take(place, file, officer, passphrase_file.as_ref())
        }
    }
}

fn certificate(place: &Place, command: &Certificate) -> Answer {
    match command {
        Certificate::List(options) => certificate::list(place, options),
        Certificate::Show { number, reading } => certificate::show(place, number, *reading),
        Certificate::Print(options) => paper::print(place, options),
        Certificate::PreAdvice { number, lang } => pre_advice::write(place, number, lang),
        Certificate::TakePreAdvice(options) => pre_advice::take(place, options),
        Certificate::Slip(options) => paper::slip(place, options),
        Certificate::Extract(options) => paper::extract(place, options),
        Certificate::Specimen(options) => paper::specimen(place, options),
        Certificate::IssueBatch(options) => batch::run(place, options),
    }
}

fn statistics(place: &Place, command: &Statistics) -> Answer {
    match command {
        Statistics::Production(as_of) => statistics::production(place, *as_of),
        Statistics::Cells(as_of) => statistics::cells(place, *as_of),
        Statistics::Reconcile { by_class, numbers, as_of } => {
            public_figures::reconcile(place, *by_class, *numbers, *as_of)
        }
        Statistics::Export { format, out, as_of } => {
            public_figures::export(place, format, out.as_deref(), *as_of)
        }
        Statistics::Customs { file, by_register, as_of } => customs::run(place, file, *by_register, *as_of),
        Statistics::Load(options) => statistics::load(place, options),
    }
}

fn log(place: &Place, command: &Log) -> Answer {
    match command {
        Log::Heads(reading) => log::heads(place, *reading),
        Log::Verify(reading) => log::verify(place, *reading),
        Log::AcceptOutside => log::accept_outside(place),
        Log::Prove { log, entry } => log::prove(place, log, *entry),
        Log::Publish { folder } => log_publish::run(place, folder),
    }
}
