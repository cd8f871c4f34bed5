//! Arguments of the commands that need no set-up (demo, analyze, prove, story) and of serve.

use std::path::PathBuf;

use clap::Subcommand;
use jiff::{Timestamp, civil::Date};

const DEMO: &str = "\
The demonstration has a data folder of its own: `kpcs-demo` where your system keeps users' data, or
the one named with --data. A second run goes on with it; --fresh deletes it (only if a
demonstration made it) and starts again. The officers' keys lie in it under the passphrase
`demonstration`, so that every command can be tried:

  kpcs act draft-certificate --help
  kpcs --data FOLDER certificate list";

/// Options of `demo`.
#[derive(Debug, clap::Args)]
#[command(after_help = DEMO)]
pub(crate) struct Demo {
    /// Delete the demonstration that is there and start again
    #[arg(long)]
    pub(crate) fresh: bool,

    /// End after the summary
    #[arg(long)]
    pub(crate) no_serve: bool,

    /// Port of the pages; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,

    /// Leave out the two years of invented trade, which take a while to play
    #[arg(long)]
    pub(crate) without_trade: bool,

    /// The moment at which the invented world ends, for tests: every time in it is invented
    #[arg(long, hide = true, value_name = "INSTANT")]
    pub(crate) now: Option<Timestamp>,
}

const ANALYZE: &str = "\
Reads the scheme's public export layout and the tidy layout of `data/`, as CSV, text or workbook,
with titles, totals, separators of thousands, decimal commas and old encodings. Every row read
becomes used, nil, duplicate or rejected; rejected rows are listed with what is wrong and how to
mend it. The same files give the same bytes.

A folder that holds `certificates` and `confirmations` (.csv or .parquet, as for `reconcile`) is
looked at as a stream instead: every certificate matched with its receipt, 21 detectors, cases in
the order in which one would ask. Production, stocks, cert_counts, participants and embargoes
beside them are used where they are there. The same rows in any order give the same findings.

Exits with 1 where one of several files could not be read (the others are still analysed) and
where no row could be used.";

/// Options of `analyze`.
#[derive(Debug, clap::Args)]
#[command(after_help = ANALYZE)]
pub(crate) struct Analyze {
    /// Files of production returns, or folders of them; or one folder of certificates and confirmations
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Folder for the report; made where it is missing
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,

    /// Thresholds of the detectors over certificates, one `name = value` a line; the report holds the list
    #[arg(long, value_name = "FILE")]
    pub(crate) thresholds: Option<PathBuf>,

    /// Capacity bands with their sources: participant, from_year, to_year, low, likely, high, source, dated
    #[arg(long, value_name = "FILE")]
    pub(crate) capacities: Option<PathBuf>,

    /// The day for which to say who had not reported; without it nobody is called late or missing at the end
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Date>,

    /// Who published the figures, as the report is to cite them
    #[arg(long, value_name = "TEXT")]
    pub(crate) citation: Option<String>,
}

/// A day as it is written everywhere here; what jiff says of another way is no help to a person.
pub(super) fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "write it as 2026-02-03")
}

/// Options of `serve`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Serve {
    /// Port of the pages; 0 takes a free one
    #[arg(long, default_value_t = 7102)]
    pub(crate) port: u16,

    /// Serve other machines too, over TLS: with a certificate of your own, or with one that this node makes
    #[arg(long, requires = "name", conflicts_with = "behind_proxy")]
    pub(crate) https: bool,

    /// A name or address that browsers call this machine by; give it once for each
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Vec<String>,

    /// The address of this machine to listen on, with --https; all of them where nothing is said
    #[arg(long, value_name = "ADDRESS", requires = "https")]
    pub(crate) listen: Option<std::net::IpAddr>,

    /// File with the certificate for these names and those above it, PEM
    #[arg(long, value_name = "FILE", requires = "https", requires = "certificate_key")]
    pub(crate) certificate: Option<PathBuf>,

    /// File with the key of that certificate, PEM without a passphrase
    #[arg(long, value_name = "FILE", requires = "certificate")]
    pub(crate) certificate_key: Option<PathBuf>,

    /// A proxy on this machine speaks TLS to the outside: its X-Forwarded-For is believed, and --name says what browsers call
    #[arg(long, requires = "name")]
    pub(crate) behind_proxy: bool,

    /// File with the passphrase of the document keys; else KPCS_DOCUMENT_PASSPHRASE, else it is asked for at a terminal
    #[arg(long, value_name = "FILE")]
    pub(crate) document_passphrase_file: Option<PathBuf>,

    /// File with the PIN of the token that holds document keys; else KPCS_TOKEN_PIN, else it is asked for at a terminal
    #[arg(long, value_name = "FILE")]
    pub(crate) pin_file: Option<PathBuf>,
}

/// Options of `prove`.
#[derive(Debug, clap::Args)]
pub(crate) struct Prove {
    /// Stories, or folders of them; those that come with this program where none is given
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

/// Commands about stories.
#[derive(Debug, Subcommand)]
pub(crate) enum Story {
    /// Say whether every word of a story is understood; plays nothing
    Check {
        /// The stories
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}
