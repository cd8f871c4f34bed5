//! Arguments of the commands about confirmations from outside.

use std::path::PathBuf;

use clap::Subcommand;
use kp_terms::ParticipantCode;
use kp_trade::{CameBy, RowState};

use super::Reading;

const LOAD: &str = "\
The file is a list in any layout: comma- or semicolon-separated text, .xlsx, .ods, or the text of a
message with a table, with slips of `word: value`, or with one certificate to a line
(`XA-000071, 72.50 ct`, `XA-000071 72.50 2026-12-01`). Columns are found by their headings
(certificate number, carats, date of arrival, importing authority, remarks), in any order. Numbers
are read forgivingly: case, blanks, O for 0, I for 1, separators, words in front, missing letters.

A word that speaks against an arrival (never, missing, refused, seized; jamais, manque; não, falta)
makes a row to mend: nothing is confirmed in doubt. Lines that hold neither a number nor a weight
are listed as passed over.

Every row is matched to its certificate, or gets a sentence that says what is wrong and how to mend
it; it waits in the queue until `kpcs act record-confirmation --mends ROW` or
`kpcs act drop-confirmation` ends it. The file is kept under its SHA-256; loaded again it changes
nothing.

Exit code 1 says that rows wait.";

/// Commands about confirmations from outside.
#[derive(Debug, Subcommand)]
pub(crate) enum Confirmations {
    /// Take in a list of confirmations from a file, or a message from standard input
    #[command(after_help = LOAD)]
    Load(LoadConfirmations),
    /// List the queue, the newest file first
    List {
        /// Only this participant's
        #[arg(long, value_name = "CODE")]
        of: Option<ParticipantCode>,
        /// Only rows in this state: matched, noted, to_mend, mended, dropped
        #[arg(long, value_name = "STATE")]
        state: Option<RowState>,
        /// At most this many
        #[arg(long, value_name = "COUNT", default_value_t = 200)]
        limit: u32,
        #[command(flatten)]
        reading: Reading,
    },
}

/// Options of `confirmations load`.
#[derive(Debug, clap::Args)]
pub(crate) struct LoadConfirmations {
    /// The file; - reads a pasted message from standard input
    pub(crate) file: PathBuf,

    /// Whose certificates are confirmed: the exporting participant
    #[arg(long, value_name = "CODE")]
    pub(crate) of: ParticipantCode,

    /// Who confirms, for rows that do not say so: the importing participant
    #[arg(long, value_name = "CODE")]
    pub(crate) from: Option<ParticipantCode>,

    /// Who sent it and when, in words, so that they can be asked
    #[arg(long, value_name = "TEXT")]
    pub(crate) sent_by: String,

    /// How it came: file, message, slip, portal or telephone
    #[arg(long, value_name = "WAY", default_value = "file")]
    pub(crate) came_by: CameBy,

    /// Who acts, by officer id; the role clerk is needed
    #[arg(long = "as", value_name = "OFFICER", env = "KPCS_OFFICER", hide_env_values = true)]
    pub(crate) officer: String,

    /// File whose first line is the passphrase of the officer; else KPCS_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) reading: Reading,
}
