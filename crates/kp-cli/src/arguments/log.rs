//! Arguments of the commands about the log, and of rebuild.

use std::path::PathBuf;

use clap::Subcommand;

use super::Reading;

/// Commands about the log.
#[derive(Debug, Subcommand)]
pub(crate) enum Log {
    /// List all logs with their size
    Heads(Reading),
    /// Check every entry of every log: hashes, signatures, tree, checkpoints, and the copy outside the database
    Verify(Reading),
    /// After a restore without the folder `outside`: make its copy anew from this database, known to be the newest
    AcceptOutside,
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

/// Options of `rebuild`.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Rebuild {
    /// Only compare, and name every row that differs; changes nothing
    #[arg(long)]
    pub(crate) check: bool,

    /// Print JSON
    #[arg(long, requires = "check")]
    pub(crate) json: bool,
}
