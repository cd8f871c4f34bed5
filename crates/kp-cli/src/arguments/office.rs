//! Arguments of the commands about offices that work without a network, and about the files between them and the capital.

use std::path::PathBuf;

use clap::Subcommand;
use kp_log::OfficeName;

use super::Reading;

const BEGIN: &str = "\
An office begins like this, with a stick in both directions:
  1. at the office    kpcs init --office north --of XA
  2. at the office    kpcs office officer-key xa-clerk-7         (for each officer who works there)
  3. at the capital   kpcs act register-office ... --node-key KEY     (printed by 1)
                      kpcs act name-officer ... --public-key KEY      (printed by 2)
                      kpcs act allot-range --participant XA --office north --numbers XA-000101..XA-000200
  4. at the capital   kpcs office prepare XA.north --out north.kpx
  5. at the office    kpcs exchange take north.kpx --as xa-clerk-7
Then the office works. Whenever a stick travels: `kpcs exchange export` on one side, `take` on the other.";

/// Commands about offices.
#[derive(Debug, Subcommand)]
#[command(after_help = BEGIN)]
pub(crate) enum Office {
    /// List offices with their ranges of numbers
    List(Reading),
    /// At the capital: write the file with which an office begins, the registry as it is known
    Prepare {
        /// The office, for example XA.north
        #[arg(value_name = "OFFICE")]
        office: OfficeName,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// At an office: make the key of an officer who works here, and print its public half for the capital
    OfficerKey {
        /// The officer's id, as the capital will name it
        #[arg(value_name = "OFFICER")]
        officer: String,
        /// File with the passphrase for the new key; else KPCS_NEW_PASSPHRASE, else it is asked for
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
}

/// Commands about exchange files.
#[derive(Debug, Subcommand)]
pub(crate) enum Exchange {
    /// Write what the other node does not have yet: at an office for the capital, at the capital for one office
    Export {
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// At the capital: for which office, for example XA.north
        #[arg(long, value_name = "OFFICE")]
        to: Option<OfficeName>,
        /// Everything from the first entry on, whatever the other node has said that it has
        #[arg(long)]
        all: bool,
    },
    /// Take over a file that the other node wrote; the same file twice changes nothing
    Take {
        /// The file
        file: PathBuf,
        /// Who brings it, by officer id: any officer of the participant
        #[arg(long = "as", value_name = "OFFICER", env = "KPCS_OFFICER", hide_env_values = true)]
        officer: String,
        /// File whose first line is the passphrase of the officer; else KPCS_PASSPHRASE, else it is asked for
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
    },
}
