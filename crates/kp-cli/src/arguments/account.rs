//! Arguments of the commands about accounts: who signs in to the pages.

use clap::Subcommand;

use super::{Reading, key::Signing};

const BEGIN: &str = "\
Accounts begin like this:
  kpcs account invite scheme-secretary --as scheme-secretary   (the first officer invites herself: her key lies here)
  kpcs serve                                                   (she types the code under Invitation)
From then on every administrator invites on the page Accounts. A code serves once, within three days.

A password opens its officer's signing key and cannot be reset. Who loses it gets a new key:
  kpcs account recover xa-clerk-1 password --as xa-admin-1     (starts it)
  kpcs account confirm ID --as xa-approver-1                   (another officer, who has seen the person)
  kpcs account recovery-code ID --as xa-admin-1                (a day later)
  kpcs act withdraw-key ... and kpcs act register-key ...      (the old key, the new key)";

/// Commands about accounts.
#[derive(Debug, Subcommand)]
#[command(after_help = BEGIN)]
pub(crate) enum Account {
    /// List accounts with their state
    List(Reading),
    /// Invite an officer, named already or about to be; prints a code that serves once
    Invite {
        /// The officer's id
        #[arg(value_name = "OFFICER")]
        whose: String,
        #[command(flatten)]
        by: Signing,
    },
    /// Somebody leaves: close the account; sessions, codes and tokens end, and the keys to withdraw are named
    Close {
        /// The officer's id
        #[arg(value_name = "OFFICER")]
        whose: String,
        #[command(flatten)]
        by: Signing,
    },
    /// Start the recovery of a lost second factor or a lost password
    Recover {
        /// The officer's id
        #[arg(value_name = "OFFICER")]
        whose: String,
        /// What was lost
        #[arg(value_name = "WHAT", value_parser = ["factor", "password"])]
        what: String,
        #[command(flatten)]
        by: Signing,
    },
    /// Confirm a recovery: another officer, who has seen the person
    Confirm {
        /// The recovery's id
        #[arg(value_name = "ID")]
        recovery: String,
        #[command(flatten)]
        by: Signing,
    },
    /// Stop a recovery: its officer, or an administrator
    Stop {
        /// The recovery's id
        #[arg(value_name = "ID")]
        recovery: String,
        #[command(flatten)]
        by: Signing,
    },
    /// Fetch the code of a recovery, a day after it was confirmed
    RecoveryCode {
        /// The recovery's id
        #[arg(value_name = "ID")]
        recovery: String,
        #[command(flatten)]
        by: Signing,
    },
    /// Check the ministry's own sign-in (ministry.toml): whether the file serves, and whether the provider answers
    Ministry,
    /// What was done to accounts, who came and went; whether a row was changed or removed
    Trail(Reading),
    /// Who looked at what; whether a row was changed or removed
    Looks(Reading),
}
