//! Arguments of `kpcs key document`: the keys under which certificates are signed.

use std::path::PathBuf;

use clap::Subcommand;

use super::Reading;

const MAKE: &str = "\
The key is made where this command runs, and its public half is registered in the same act. It
signs nothing until a second custodian has run `kpcs key document witness`. Where its private half
lies is chosen once:

  under a passphrase   the default; whoever starts `kpcs serve` gives it
                       (--document-passphrase-file, or KPCS_DOCUMENT_PASSPHRASE)
  in a token           --token LABEL --module LIBRARY; the PIN comes from --pin-file, from
                       KPCS_TOKEN_PIN, or is asked for
  open                 --open; for an office that must issue again after a power cut with nobody
                       there, and knows that a stolen disk is then a stolen key

The ceremony, step by step: docs/operating/keys.md.";

/// Commands about keys.
#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// Document keys: they sign certificates and nothing else
    #[command(subcommand)]
    Document(DocumentKey),
}

/// Commands about document keys.
#[derive(Debug, Subcommand)]
pub(crate) enum DocumentKey {
    /// List document keys with their state, and whether they are kept here
    List(Reading),
    /// Make a document key in a ceremony and register it
    #[command(after_help = MAKE)]
    Make(Box<MakeDocumentKey>),
    /// Witness a ceremony as a second custodian; from then on the key signs
    Witness {
        #[command(flatten)]
        key: AtKey,
        /// The record of the ceremony (signed script, film); its SHA-256 is stated
        #[arg(long, value_name = "FILE")]
        record: PathBuf,
        /// Anything that did not go by the script
        #[arg(long, value_name = "TEXT")]
        remark: Option<String>,
    },
    /// Take a key out of use; what it signed stays good
    Retire {
        #[command(flatten)]
        key: AtKey,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Report that a key may have been in other hands; nothing it signed from then on is believed
    Compromise {
        #[command(flatten)]
        key: AtKey,
        /// The earliest instant of suspicion, UTC; too early is safe, too late is not
        #[arg(long, value_name = "INSTANT")]
        since: String,
        /// What happened
        #[arg(long, value_name = "TEXT")]
        what: String,
    },
    /// Open a key that is kept here and let it sign a test, which is thrown away
    Check {
        /// Id of the key, sixteen hexadecimal digits
        key: String,
        /// File with the passphrase; else KPCS_DOCUMENT_PASSPHRASE, else it is asked for
        #[arg(long, value_name = "FILE")]
        document_passphrase_file: Option<PathBuf>,
        /// File with the PIN of the token; else KPCS_TOKEN_PIN, else it is asked for
        #[arg(long, value_name = "FILE")]
        pin_file: Option<PathBuf>,
    },
}

/// Who acts.
#[derive(Debug, clap::Args)]
pub(crate) struct Signing {
    /// Officer who acts
    #[arg(long = "as", value_name = "OFFICER")]
    pub(crate) officer: String,

    /// File with the officer's passphrase; else KPCS_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// Who acts on which key.
#[derive(Debug, clap::Args)]
pub(crate) struct AtKey {
    /// Id of the key, sixteen hexadecimal digits
    pub(crate) key: String,

    #[command(flatten)]
    pub(crate) signing: Signing,
}

/// Options of `key document make`.
#[derive(Debug, clap::Args)]
pub(crate) struct MakeDocumentKey {
    #[command(flatten)]
    pub(crate) signing: Signing,

    /// Whose certificates the key will sign
    #[arg(long, value_name = "CODE")]
    pub(crate) participant: String,

    /// Which authority's certificates
    #[arg(long, value_name = "AUTHORITY")]
    pub(crate) authority: String,

    /// First day of signing; today where nothing is said
    #[arg(long, value_name = "DATE")]
    pub(crate) valid_from: Option<String>,

    /// Last day of signing, at most 13 months later
    #[arg(long, value_name = "DATE")]
    pub(crate) signs_until: String,

    /// The key it will replace
    #[arg(long, value_name = "KEY")]
    pub(crate) successor_of: Option<String>,

    /// A custodian present, by name; give it once for each
    #[arg(long = "custodian", value_name = "NAME", required = true)]
    pub(crate) custodians: Vec<String>,

    /// A witness from outside, by name and house
    #[arg(long = "outside-witness", value_name = "NAME")]
    pub(crate) outside_witnesses: Vec<String>,

    /// Where the ceremony is held
    #[arg(long, value_name = "TEXT")]
    pub(crate) place: String,

    /// The record of the ceremony (signed script, film); its SHA-256 is stated
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,

    /// Make the key in the token with this label
    #[arg(long, value_name = "LABEL", requires = "module", conflicts_with = "open")]
    pub(crate) token: Option<String>,

    /// The PKCS#11 library of the token's maker
    #[arg(long, value_name = "LIBRARY", requires = "token")]
    pub(crate) module: Option<PathBuf>,

    /// Label of the key in the token; the participant's code and the first day where nothing is said
    #[arg(long, value_name = "LABEL", requires = "token")]
    pub(crate) key_label: Option<String>,

    /// File with the PIN of the token
    #[arg(long, value_name = "FILE", requires = "token")]
    pub(crate) pin_file: Option<PathBuf>,

    /// Keep the key without a passphrase, readable by the node's account alone
    #[arg(long)]
    pub(crate) open: bool,

    /// File with the passphrase for the new key; else KPCS_DOCUMENT_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE", conflicts_with_all = ["open", "token"])]
    pub(crate) document_passphrase_file: Option<PathBuf>,
}
