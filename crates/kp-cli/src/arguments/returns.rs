//! Arguments of the commands about returns: check, sandbox, submit, calendar, derive.

use std::path::PathBuf;

use clap::Subcommand;
use kp_statistics::{AnnexTable, declare_return::Forced};
use kp_terms::{Date, ParticipantCode, Period};

use super::Reading;

const CHECK: &str = "\
The file is a table in any layout (.csv, .xlsx, .ods): columns are found by their headings. Trade
needs partner, hs, carats and value_usd; stocks hs, carats and value_usd; production carats and
value_usd, with the kind of mining (ASM, LSM) where it is known; certificates a count and a column
that says validated or received. A column visibility says who may see a figure: public,
participants, secretariat. A row that says nil is a nil return.

Rules that block must be mended; rules that warn can be forced when the return is submitted, with a
reason that is published with it. The rules: docs/return-rules.md.

Exit code 1 says that something was found.";

/// Commands about returns.
#[derive(Debug, Subcommand)]
pub(crate) enum Returns {
    /// Check a file against the rules and the last twelve values; nothing is kept
    #[command(after_help = CHECK)]
    Check {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        which: Which,
        /// Write the sheet back as .xlsx, with its problems marked in its cells
        #[arg(long, value_name = "FILE")]
        marked: Option<PathBuf>,
        #[command(flatten)]
        reading: Reading,
    },
    /// Put a file into the participant's sandbox, where it stays until it is submitted or dropped
    Put {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        by: By,
    },
    /// List what is in a participant's sandbox
    Sandbox {
        /// Whose
        #[arg(long, value_name = "CODE")]
        of: ParticipantCode,
        #[command(flatten)]
        reading: Reading,
    },
    /// Take a file out of the sandbox unsaid
    Drop {
        /// Its name in the sandbox
        id: String,
        /// Whose
        #[arg(long, value_name = "CODE")]
        of: ParticipantCode,
        #[command(flatten)]
        by: By,
    },
    /// Declare a return that lies in the sandbox: it is signed, logged and durable when the command returns
    Submit {
        /// Its name in the sandbox
        id: String,
        /// Whose
        #[arg(long, value_name = "CODE")]
        of: ParticipantCode,
        /// Why it is sent again, where it is
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Force a rule that warns, with the reason: carats_jump="the mine reopened in April"
        #[arg(long, value_name = "RULE=REASON")]
        force: Vec<Forced>,
        /// What is blank and stood in the last return is meant to be blank
        #[arg(long)]
        complete: bool,
        #[command(flatten)]
        by: By,
    },
    /// What is due from whom, what came when, and how complete and punctual each participant is
    Calendar {
        /// Only this participant's
        #[arg(long, value_name = "CODE")]
        of: Option<ParticipantCode>,
        /// As it stood at the end of this day
        #[arg(long, value_name = "DAY")]
        as_of: Option<Date>,
        /// Print comma-separated text
        #[arg(long, conflicts_with = "json")]
        csv: bool,
        #[command(flatten)]
        reading: Reading,
    },
    /// A return as the register counts it, beside what was declared, with the difference
    Derive {
        #[command(flatten)]
        which: Which,
        /// Print comma-separated text, which `return put` reads
        #[arg(long, conflicts_with = "json")]
        csv: bool,
        #[command(flatten)]
        reading: Reading,
    },
    /// Every version of every declared return: when, from what, to what, why
    Versions(Reading),
}

/// Which return.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Which {
    /// Whose return
    #[arg(long, value_name = "CODE")]
    pub(crate) of: ParticipantCode,

    /// Which table: production, imports, exports, certificates, stocks
    #[arg(long, value_name = "TABLE")]
    pub(crate) table: AnnexTable,

    /// For which period: 2026-H1, 2026-Q1, 2026
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Period,
}

/// Who acts.
#[derive(Debug, clap::Args)]
pub(crate) struct By {
    /// Who acts, by officer id; the role focal-point is needed
    #[arg(long = "as", value_name = "OFFICER", env = "KPCS_OFFICER", hide_env_values = true)]
    pub(crate) officer: String,

    /// File whose first line is the passphrase of the officer; else KPCS_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}
