//! What can be typed: the fixed commands, and the acts of the catalogue below `act`.

use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::{act_command::ActCommand, place::Place};

const ABOUT: &str = "The Kimberley Process Certification Scheme for rough diamonds, as working software";
const EXIT_CODES: &str = "Exit codes:\n  0  done\n  1  something was found (a fault, a difference), or an act was refused; the rule is named\n  2  what was typed cannot be understood; nothing was done\n  3  something broke; the message says what\n\nTry `kpcs demo` first: it needs nothing and shows the whole thread.";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "kpcs", version, about = ABOUT, after_help = EXIT_CODES, max_term_width = 110)]
pub(crate) struct CommandLine {
    #[command(flatten)]
    pub(crate) place: Place,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a data folder, the node's keys and the founding officer of the secretariat
    Init(Init),
    /// Do an act as an officer: it is signed, logged and durable when the command returns
    Act {
        #[command(subcommand)]
        act: ActCommand,
    },
    /// Certificates: list, show, issue many
    #[command(subcommand)]
    Certificate(Certificate),
    /// List participants with their standing
    Participants(Reading),
    /// List officers with their roles
    Officers(Reading),
    /// List licensed exporters
    Exporters(Reading),
    /// The log of everything that was done: heads, verification, proofs, publication
    #[command(subcommand)]
    Log(Log),
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
}

/// Commands about certificates.
#[derive(Debug, Subcommand)]
pub(crate) enum Certificate {
    /// List certificates in order of their number
    List(CertificateList),
    /// Show one certificate with everything that happened to it
    Show {
        /// The number, for example XA-000001
        number: String,
        #[command(flatten)]
        reading: Reading,
    },
    /// Take, draft and issue the certificates of a file; can be run again and goes on where it stopped
    #[command(after_help = BATCH)]
    IssueBatch(Batch),
}

const BATCH: &str = "The file is comma-separated text; its first row names the columns reference, licence, importer,\nimporter_address, destination, origin, parcels, declared_by, hs, carats, value_usd. Rows of one\nreference stand together: they are the customs classes of one certificate.\n\nOne line is printed for each certificate, number, reference and state with tabs between, after it\nis durable. Both officers' passphrases: a file each, or KPCS_PASSPHRASE and\nKPCS_APPROVER_PASSPHRASE; where the second is not given the first serves for both.";

/// Options of `certificate issue-batch`.
#[derive(Debug, clap::Args)]
pub(crate) struct Batch {
    /// The file
    pub(crate) file: PathBuf,

    /// Officer who takes and drafts
    #[arg(long, value_name = "OFFICER")]
    pub(crate) clerk: String,

    /// Officer who issues; another than the clerk
    #[arg(long, value_name = "OFFICER")]
    pub(crate) approver: String,

    /// File with the clerk's passphrase
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,

    /// File with the approver's passphrase
    #[arg(long, value_name = "FILE")]
    pub(crate) approver_passphrase_file: Option<PathBuf>,
}

/// Options of `certificate list`.
#[derive(Debug, clap::Args)]
pub(crate) struct CertificateList {
    /// Begin after this number
    #[arg(long, value_name = "NUMBER", default_value = "")]
    pub(crate) after: String,

    /// At most this many
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    pub(crate) limit: u32,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Commands about the log.
#[derive(Debug, Subcommand)]
pub(crate) enum Log {
    /// List all logs with their size
    Heads(Reading),
    /// Check every entry of every log: hashes, signatures, tree, checkpoints, and the copy outside the database
    Verify(Reading),
    /// Print a proof that an entry is in its log (C2SP tlog-proof)
    Prove {
        /// Name of the log, for example kp.XA/2026
        log: String,
        /// Number of the entry, from 0
        entry: u64,
    },
    /// Write checkpoints, tiles and entry bundles (C2SP tlog-tiles) for a web server, a mirror or a stick
    Publish {
        /// Folder to write to; what is there already must be an earlier state of the same logs
        folder: PathBuf,
    },
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
