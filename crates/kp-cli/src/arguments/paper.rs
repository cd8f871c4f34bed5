//! Arguments of the commands around paper and verification: print, slip, extract, specimen, lists, verify.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::{Timestamp, civil::Date};
use kp_terms::{Carats, CertificateNumber, UsdCents};

use super::Reading;

/// Who acts, and where the passphrase comes from.
#[derive(Debug, Args)]
pub(crate) struct Acting {
    /// Who acts, by officer id
    #[arg(long = "as", value_name = "OFFICER", env = "KPCS_OFFICER", hide_env_values = true)]
    pub(crate) officer: String,

    /// File whose first line is the passphrase of the officer; else KPCS_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// Where a sheet goes, and with which letters.
#[derive(Debug, Args)]
pub(crate) struct Sheet {
    /// Where the PDF goes; a file that is there is not overwritten
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    /// Folder with further fonts, for names in Chinese, Japanese or Korean; the system's are looked at too
    #[arg(long, value_name = "FOLDER")]
    pub(crate) fonts: Option<PathBuf>,
}

/// Options of `certificate print`.
#[derive(Debug, Args)]
pub(crate) struct PrintCertificate {
    /// The number, for example XA-000001
    pub(crate) number: String,

    /// Why it is printed again; needed from the second sheet on
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,

    /// Draw a sheet that was recorded before, by its running number, instead of recording a new one
    #[arg(long, value_name = "COPY", conflicts_with_all = ["reason", "officer"])]
    pub(crate) recorded: Option<u32>,

    /// Who prints, by officer id
    #[arg(long = "as", value_name = "OFFICER", env = "KPCS_OFFICER", hide_env_values = true)]
    pub(crate) officer: Option<String>,

    /// File whose first line is the passphrase of the officer; else KPCS_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) sheet: Sheet,
}

/// Options of `certificate slip`.
#[derive(Debug, Args)]
pub(crate) struct Slip {
    /// The number that was confirmed here
    pub(crate) number: String,

    #[command(flatten)]
    pub(crate) sheet: Sheet,
}

/// Options of `certificate extract`.
#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// The number
    pub(crate) number: String,

    /// Who answers for the extract, by officer id
    #[arg(long = "as", value_name = "OFFICER", env = "KPCS_OFFICER", hide_env_values = true)]
    pub(crate) officer: String,

    /// For which proceedings, or for whom
    #[arg(long = "for", value_name = "TEXT", default_value = "")]
    pub(crate) purpose: String,

    #[command(flatten)]
    pub(crate) sheet: Sheet,
}

/// Options of `certificate specimen`.
#[derive(Debug, Args)]
pub(crate) struct SpecimenSheet {
    /// Whose paper, for example XA
    pub(crate) participant: String,

    #[command(flatten)]
    pub(crate) sheet: Sheet,
}

const LISTS: &str = "\
Once, at the scheme: each holder makes a root key (`kpcs lists make-root`), and everybody who verifies
pins the public halves (`kpcs lists pin`). Then, daily, whoever keeps the register publishes
(`kpcs lists publish`) and hands the one small file on: by network, mail, stick or paper. Root holders
and custodians are asked only when something of theirs has changed. Whoever verifies takes the file over
(`kpcs lists take`), never backwards.";

/// Commands about the lists that verifiers carry.
#[derive(Debug, Subcommand)]
#[command(after_help = LISTS)]
pub(crate) enum Lists {
    /// Make a root key under a passphrase, and print its public half
    MakeRoot {
        /// Where the private half goes
        file: PathBuf,
        /// File with the key's passphrase; else KPCS_NEW_PASSPHRASE, else it is asked for
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
    },
    /// Pin root keys: believe lists that so many of them have signed
    Pin {
        /// How many must sign
        #[arg(long, value_name = "COUNT")]
        threshold: u32,
        /// Public halves, each with its holder: `02ab...=Chair's office`
        #[arg(required = true)]
        keys: Vec<String>,
    },
    /// Make the lists from the register, signed by whom each must be
    Publish(PublishLists),
    /// Take lists over from a file
    Take {
        /// The file
        file: PathBuf,
    },
    /// Show what the lists here say, and how old they are
    Show(Reading),
}

/// Options of `lists publish`.
#[derive(Debug, Args)]
pub(crate) struct PublishLists {
    /// A root key's file, where the list of participants changed; may stand several times
    #[arg(long, value_name = "FILE")]
    pub(crate) root: Vec<PathBuf>,

    /// A custodian whose key lies here, where keys changed; may stand several times
    #[arg(long, value_name = "OFFICER")]
    pub(crate) custodian: Vec<String>,

    /// File with the passphrase of these keys; else KPCS_PASSPHRASE, else it is asked for one by one
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,

    /// Where a copy of the lists goes
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Commands about specimens of paper.
#[derive(Debug, Subcommand)]
pub(crate) enum Specimen {
    /// Record how a participant's form looks, with its picture
    Add(AddSpecimen),
    /// List the forms of all participants
    List,
}

/// Options of `specimen add`.
#[derive(Debug, Args)]
pub(crate) struct AddSpecimen {
    /// The picture, PNG or JPEG
    pub(crate) picture: PathBuf,

    /// Whose form
    #[arg(long, value_name = "CODE")]
    pub(crate) participant: String,

    /// The form's own name or version
    #[arg(long, value_name = "TEXT")]
    pub(crate) form: String,

    /// First day of issue on it
    #[arg(long, value_name = "DAY")]
    pub(crate) valid_from: Date,

    /// Last day of issue on it
    #[arg(long, value_name = "DAY")]
    pub(crate) valid_until: Option<Date>,

    /// What to look for; may stand several times
    #[arg(long, value_name = "TEXT", required = true)]
    pub(crate) feature: Vec<String>,

    #[command(flatten)]
    pub(crate) acting: Acting,
}

const VERIFY: &str = "\
WHAT may be PDF files, photographs or scans (PNG, JPEG), text files with codes, folders of any of these, or
a code itself (KPC1:..., with KPR1:... beside it). With a number and a check code typed from the paper,
nothing needs to be scanned:

  kpcs verify --number XA-000001 --check-code 7QK2-M9TR-0H-4

A code says what was signed, the paper may say otherwise: a photocopy with other carats. With what stands on the
paper, the two are compared:

  kpcs verify scan.jpg --paper-carats 1200.00

No network is used. Verdicts are green, amber, grey or red, each with one sentence and the age of the lists.
Exit code 0: all green. 1: anything else. In a folder, exceptions come first.";

/// Options of `verify`.
#[derive(Debug, Args)]
#[command(after_help = VERIFY)]
pub(crate) struct Verify {
    /// Files, folders or codes
    pub(crate) what: Vec<String>,

    /// The number on the paper, where nothing can be scanned
    #[arg(long, value_name = "NUMBER", requires = "check_code")]
    pub(crate) number: Option<String>,

    /// The check code on the paper
    #[arg(long, value_name = "CODE", requires = "number")]
    pub(crate) check_code: Option<String>,

    /// The day of issue on the paper
    #[arg(long, value_name = "DAY", requires = "number")]
    pub(crate) issued_on: Option<Date>,

    /// The number that stands on the paper, to be compared with what was signed
    #[arg(long, value_name = "NUMBER", conflicts_with = "number")]
    pub(crate) paper_number: Option<CertificateNumber>,

    /// The carats that stand on the paper, all classes together
    #[arg(long, value_name = "CARATS", conflicts_with = "number")]
    pub(crate) paper_carats: Option<Carats>,

    /// The value that stands on the paper, US dollars, all classes together
    #[arg(long, value_name = "USD", conflicts_with = "number")]
    pub(crate) paper_usd: Option<UsdCents>,

    /// A file of lists; else those in the data folder
    #[arg(long, value_name = "FILE")]
    pub(crate) lists: Option<PathBuf>,

    /// A file of root keys that are believed; else those in the data folder
    #[arg(long, value_name = "FILE")]
    pub(crate) roots: Option<PathBuf>,

    /// Ask the register of the data folder too, for what happened since the lists were made
    #[arg(long)]
    pub(crate) online: bool,

    /// Language of the sentences: en, fr or pt
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub(crate) lang: String,

    /// Verify as of this moment instead of now, for practice and audits
    #[arg(long, value_name = "INSTANT")]
    pub(crate) at: Option<Timestamp>,

    #[command(flatten)]
    pub(crate) reading: Reading,
}
