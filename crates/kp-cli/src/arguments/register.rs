//! Arguments of the commands that show the register: certificates, cases, findings, figures.

use std::path::PathBuf;

use clap::Subcommand;

use super::{Extract, PrintCertificate, Reading, Slip, SpecimenSheet, paper::Acting};

const BATCH: &str = "\
The file is comma-separated text; its first row names the columns reference, licence, importer,
importer_address, destination, origin, parcels, declared_by, hs, carats, value_usd. Rows of one
reference stand together: they are the customs classes of one certificate.

One line is printed for each certificate (number, reference and state, with tabs between) after it
is durable. Both officers' passphrases come from a file each, or from KPCS_PASSPHRASE and
KPCS_APPROVER_PASSPHRASE; where the second is not given, the first serves for both.";

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
    /// Print a certificate as PDF/A; each print is an act, and from the second sheet on the paper says REPRINT
    Print(Box<PrintCertificate>),
    /// Print the slip that confirms an import to the issuer
    Slip(Slip),
    /// Write the pre-advice of a shipment that has left, to be sent to its importing authority (Annex II.19)
    PreAdvice {
        /// The number, for example XA-000001
        number: String,
        /// Language of the message: en, fr or pt
        #[arg(long, value_name = "LANGUAGE", default_value = "en")]
        lang: String,
    },
    /// Record a pre-advice that came, from the codes in it: a message, a PDF, a picture
    TakePreAdvice(Box<TakePreAdvice>),
    /// Print everything that is known about a number, with proofs, for a court or another authority
    Extract(Extract),
    /// Print a blank specimen of a participant's paper
    Specimen(SpecimenSheet),
    /// Take, draft and issue the certificates of a file; run again, it goes on where it stopped
    #[command(after_help = BATCH)]
    IssueBatch(Batch),
}

/// Options of `certificate take-pre-advice`.
#[derive(Debug, clap::Args)]
pub(crate) struct TakePreAdvice {
    /// The message, PDF or picture that came, with the certificate's code in it
    pub(crate) file: PathBuf,

    /// Who sent it, when, and under which reference
    #[arg(long, value_name = "TEXT")]
    pub(crate) sent_by: String,

    /// The day the goods left, where it was told
    #[arg(long, value_name = "DAY")]
    pub(crate) left_on: Option<String>,

    /// Where the goods were mined; asked for where the code says mixed: `mixed XA:100.00 XB:50.00`
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) origin: Option<String>,

    #[command(flatten)]
    pub(crate) acting: Acting,
}

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

/// Commands about cases.
#[derive(Debug, Subcommand)]
pub(crate) enum Case {
    /// List cases, the newest first
    List(Reading),
    /// Show one case with every step
    Show {
        /// The number, for example C-2026-0001
        number: String,
        #[command(flatten)]
        reading: Reading,
    },
}

/// Commands about findings.
#[derive(Debug, Subcommand)]
pub(crate) enum Findings {
    /// List findings: over the register, and over declared production
    List(FindingsList),
    /// Show one finding: question, arithmetic, thresholds, evidence
    Show {
        /// Its id, for example production_surge:GN:2008
        id: String,
        #[command(flatten)]
        reading: Reading,
    },
    /// Look at the register's certificates as a stream: cases in the order in which one would ask
    Stream(Reading),
    /// The thresholds that hold over certificate streams, and every one that was ever set
    Thresholds(Reading),
    /// Show what other thresholds would do to the cases of the last eight quarters; changes nothing
    Preview {
        /// A threshold and its value, for example missing_least=4; more than one may be given
        #[arg(required = true, value_name = "NAME=VALUE")]
        changes: Vec<String>,
        #[command(flatten)]
        reading: Reading,
    },
}

/// Options of `findings list`.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct FindingsList {
    /// At most this many over declared production; those over the register are all shown
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Commands about figures.
#[derive(Debug, Subcommand)]
pub(crate) enum Statistics {
    /// Declared production by participant and year
    Production(AsOf),
    /// Annex III cells and certificate counts, counted from departures, arrivals and validations
    Cells(AsOf),
    /// What left against what arrived, certificate by certificate; each gap split into its parts
    Reconcile {
        /// Split by customs class too
        #[arg(long)]
        by_class: bool,
        /// List the certificates behind each part
        #[arg(long)]
        numbers: bool,
        #[command(flatten)]
        as_of: AsOf,
    },
    /// Write the public tables: production, imports, exports, certificate counts
    Export {
        /// csv, xlsx, parquet or sdmx (SDMX-CSV 2.0)
        #[arg(long, value_name = "FORMAT", default_value = "csv", value_parser = ["csv", "xlsx", "parquet", "sdmx"])]
        format: String,
        /// Where to; standard output where none is given
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        as_of: AsOf,
    },
    /// Compare with customs figures from a file (CSV or workbook: reporter, partner, flow, hs, period, weight, value), every
    /// difference in its parts: unit, class, timing, freight, and what is left
    Customs {
        /// The file
        file: PathBuf,
        /// Against the register's own count instead of the returns
        #[arg(long)]
        by_register: bool,
        #[command(flatten)]
        as_of: AsOf,
    },
    /// Take over the returns of a file: one signed statement, however many rows
    Load(LoadReturns),
}

/// Options of figures: as of which day, and how.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct AsOf {
    /// As it was known at the end of this day, UTC: what did we believe on 2009-11-05?
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<kp_terms::Date>,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Options of `statistics load`.
#[derive(Debug, clap::Args)]
pub(crate) struct LoadReturns {
    /// The file: CSV or workbook, in any layout that `analyze` reads
    pub(crate) file: PathBuf,

    /// Who published the figures, so that they can be cited
    #[arg(long, value_name = "TEXT")]
    pub(crate) source: String,

    /// Who acts, by officer id; the role statistics is needed
    #[arg(long = "as", value_name = "OFFICER", env = "KPCS_OFFICER", hide_env_values = true)]
    pub(crate) officer: String,

    /// File whose first line is the passphrase of the officer; else KPCS_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}
