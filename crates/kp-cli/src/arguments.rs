//! What can be typed: the fixed commands, and the acts of the catalogue below `act`.

mod account;
mod analysis;
mod confirmations;
mod key;
mod log;
mod office;
mod paper;
mod reconcile;
mod register;
mod returns;

pub(crate) use account::Account;
pub(crate) use analysis::{Analyze, Demo, Prove, Serve, Story};
pub(crate) use confirmations::{Confirmations, LoadConfirmations};
pub(crate) use key::{AtKey, DocumentKey, Key, MakeDocumentKey, Signing};
pub(crate) use log::{Log, Rebuild};
pub(crate) use office::{Exchange, Office};
pub(crate) use paper::{
    AddSpecimen, Extract, Lists, PrintCertificate, PublishLists, Sheet, Slip, Specimen, SpecimenSheet, Verify,
};
pub(crate) use reconcile::{Format as ReconcileFormat, Reconcile};
pub(crate) use register::{
    AsOf, Batch, Case, Certificate, CertificateList, Findings, FindingsList, LoadReturns, Statistics,
    TakePreAdvice,
};

pub(crate) use returns::{Returns, Which};

use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use kp_language::Language;
use kp_terms::ParticipantCode;

use crate::{act_command::ActCommand, place::Place};

const ABOUT: &str = "The Kimberley Process Certification Scheme for rough diamonds, as working software";
const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  something was found (a fault, a difference), or an act was refused; the rule is named
  2  what was typed cannot be understood; nothing was done
  3  something broke; the message says what

Try `kpcs demo` first: it needs nothing and shows the whole thread.";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "kpcs", version, about = ABOUT, after_help = EXIT_CODES, max_term_width = 110)]
pub(crate) struct CommandLine {
    #[command(flatten)]
    pub(crate) place: Place,

    /// Language in which a refusal is said: en, fr or pt [default: the system's where it is one of them, else English].
    #[arg(long, value_name = "LANGUAGE", env = "KPCS_LANG", hide_env_values = true)]
    pub(crate) lang: Option<Language>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the whole thread on real returns and an invented world, and serve its pages
    Demo(Demo),
    /// Look at files of production returns and write a report; needs no data folder
    Analyze(Analyze),
    /// Match certificates with import confirmations from two files, tens of millions of rows; needs no data folder
    Reconcile(Reconcile),
    /// Make a data folder, the node's keys and the founding officer of the secretariat; or the folder of an office
    Init(Init),
    /// Offices that work without a network: list, prepare, make keys
    #[command(subcommand)]
    Office(Office),
    /// Files between the capital and its offices: write one, take one over
    #[command(subcommand)]
    Exchange(Exchange),
    /// Do an act as an officer: it is signed, logged and durable when the command returns
    Act {
        #[command(subcommand)]
        act: ActCommand,
    },
    /// Certificates: list, show, issue many
    #[command(subcommand)]
    Certificate(Certificate),
    /// Confirmations that came from outside: take a list in, see what waits
    #[command(subcommand)]
    Confirmations(Confirmations),
    /// Cases: questions with an owner and a due date
    #[command(subcommand)]
    Case(Case),
    /// Findings: what the detectors saw, with the arithmetic
    #[command(subcommand)]
    Findings(Findings),
    /// Returns of Annex III: check a file, keep it in the sandbox, submit it; what is due, and what came
    #[command(subcommand, name = "return")]
    Returns(Returns),
    /// Figures: production returns, and Annex III cells counted from the register
    #[command(subcommand)]
    Statistics(Statistics),
    /// Keys that sign certificates: make, witness, retire, report, list
    #[command(subcommand)]
    Key(Key),
    /// Verify certificates: files, folders, photographs, codes, or a number with its check code; no network
    Verify(Box<Verify>),
    /// The lists that verifiers carry: make, publish, take over, show
    #[command(subcommand)]
    Lists(Lists),
    /// Specimens of papers: what they look like and what to look for
    #[command(subcommand)]
    Specimen(Specimen),
    /// Accounts: invite, close, recover; who looked at what
    #[command(subcommand)]
    Account(Account),
    /// List participants with their standing
    Participants(Reading),
    /// List officers with their roles
    Officers(Reading),
    /// List licensed exporters
    Exporters(Reading),
    /// State that a new day has come, so that clocks run; `serve` does this by itself
    Day,
    /// The log of everything that was done: heads, verification, proofs, publication
    #[command(subcommand)]
    Log(Log),
    /// Work every table out again from the log
    Rebuild(Rebuild),
    /// Serve the pages and the API to this machine
    Serve(Serve),
    /// Play the stories of attacks against fresh copies, and say which were stopped, which exposed
    Prove(Prove),
    /// Stories: check whether every word of them is understood
    #[command(subcommand)]
    Story(Story),
    /// Print the reference of this command as Markdown
    #[command(hide = true)]
    PrintDocs,
}

/// Options of every command that only reads.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Reading {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Options of `init`.
#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// Id of the founding officer
    #[arg(long, value_name = "OFFICER", default_value = "scheme-secretary")]
    pub(crate) officer: String,

    /// Name of the founding officer, as a person writes it
    #[arg(long, value_name = "NAME", default_value = "Founding secretary")]
    pub(crate) name: String,

    /// File whose first line is the officer's passphrase; else KPCS_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,

    /// Make a folder for training: invented participants only, prints with TRAINING across them, nothing leaves it
    #[arg(long, conflicts_with = "office")]
    pub(crate) training: bool,

    /// Play the invented world of `kpcs demo` into the folder for training, so that there is something to train with
    #[arg(long, requires = "training")]
    pub(crate) with_world: bool,

    /// Make the folder of an office with this label instead: a node that works without a network
    #[arg(long, value_name = "LABEL", requires = "of")]
    pub(crate) office: Option<String>,

    /// Whose office it is
    #[arg(long, value_name = "CODE", requires = "office")]
    pub(crate) of: Option<ParticipantCode>,
}

/// What `kpcs` alone says.
pub(crate) fn help() -> String {
    CommandLine::command().render_help().to_string()
}

/// Reads the arguments of this process.
pub(crate) fn read() -> Result<CommandLine, clap::Error> {
    let matches = CommandLine::command().try_get_matches()?;
    CommandLine::from_arg_matches(&matches)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_fits_together() {
        super::CommandLine::command().debug_assert();
    }
}
