//! One file for each command; this one only calls them.

mod act;
mod batch;
mod certificate;
mod init;
mod log;
mod log_publish;
mod registry;

use crate::{
    answer::Answer,
    arguments::{Certificate, Command, CommandLine, Log},
};

/// Runs what was typed.
pub(crate) fn run(line: CommandLine) -> Answer {
    let place = &line.place;
    match &line.command {
        Command::Init(options) => init::run(place, options),
        Command::Act { act } => act::run(place, act),
        Command::Certificate(Certificate::List(options)) => certificate::list(place, options),
        Command::Certificate(Certificate::Show { number, reading }) => {
            certificate::show(place, number, *reading)
        }
        Command::Certificate(Certificate::IssueBatch(options)) => batch::run(place, options),
        Command::Participants(reading) => registry::participants(place, *reading),
        Command::Officers(reading) => registry::officers(place, *reading),
        Command::Exporters(reading) => registry::exporters(place, *reading),
        Command::Log(Log::Heads(reading)) => log::heads(place, *reading),
        Command::Log(Log::Verify(reading)) => log::verify(place, *reading),
        Command::Log(Log::Prove { log, entry }) => log::prove(place, log, *entry),
        Command::Log(Log::Publish { folder }) => log_publish::run(place, folder),
    }
}
