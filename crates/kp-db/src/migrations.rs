//! The schema's steps, forward only, each recorded with its SHA-256.
//!
//! A step whose text changed after it was applied stops the program: the schema on disk is then not what the program
//! believes. `schema/current.sql` shows the sum of all steps; a test keeps the two equal.

use anyhow::{Result, ensure};
use sha2::{Digest, Sha256};

use crate::{Engine, Sql, Tx, sql};

/// One step.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// File name without its ending.
    pub name: &'static str,
    /// The engine it is for, or both.
    pub engine: Option<Engine>,
    /// The text.
    pub text: &'static str,
}

macro_rules! step {
    ($name:literal) => {
        Migration {
            name: $name,
            engine: None,
            text: include_str!(concat!("../../../schema/migrations/", $name, ".sql")),
        }
    };
    ($name:literal, $engine:expr) => {
        Migration {
            name: $name,
            engine: Some($engine),
            text: include_str!(concat!("../../../schema/migrations/", $name, ".sql")),
        }
    };
}

/// All steps in order.
pub const MIGRATIONS: &[Migration] = &[
    step!("0001_log"),
    step!("0002_log_guard.sqlite", Engine::Sqlite),
    step!("0002_log_guard.postgres", Engine::Postgres),
    step!("0003_registry"),
    step!("0004_trade"),
    step!("0005_statistics"),
    step!("0006_detect"),
    step!("0007_cases"),
    step!("0008_statement_once"),
    step!("0009_national_rules"),
    step!("0010_credential"),
    step!("0011_numbers"),
    step!("0012_life"),
    step!("0013_custody"),
    step!("0014_valuation"),
    step!("0015_trust"),
    step!("0016_specimens"),
    step!("0017_seized_goods"),
    step!("0018_detect_origins"),
    step!("0019_oddity"),
    step!("0020_confirmations"),
    step!("0021_returns"),
    step!("0022_signing_desk"),
    step!("0030_accounts"),
    step!("0031_accounts_guard.sqlite", Engine::Sqlite),
    step!("0031_accounts_guard.postgres", Engine::Postgres),
    step!("0032_thresholds"),
    step!("0037_attached"),
    step!("0040_search"),
    step!("0041_desks"),
    step!("0042_passkeys"),
    step!("0043_mandates"),
    step!("0044_sandbox_notes"),
    step!("0045_answers"),
    step!("0046_messages"),
    step!("0047_ministry"),
    step!("0048_growth"),
    step!("0049_pages"),
    step!("0050_finding_versions"),
];

const CREATE_REGISTER: Sql = sql!("create_migration_register");
const APPLIED: Sql = sql!("migrations_applied");
const RECORD: Sql = sql!("record_migration");

/// Brings the schema up to date; runs inside one write transaction, so a power cut leaves the old schema whole.
pub(crate) fn migrate(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute(CREATE_REGISTER, &[])?;
    let applied: Vec<(String, String)> = tx.rows(APPLIED, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let steps: Vec<&Migration> =
        MIGRATIONS.iter().filter(|m| m.engine.is_none_or(|engine| engine == tx.engine())).collect();
    for (index, (name, sha256)) in applied.iter().enumerate() {
        let Some(step) = steps.get(index) else {
            anyhow::bail!(
                "this database was made by a newer kpcs: it has schema step {name}, which this program does not know; use the newer program"
            );
        };
        ensure!(
            step.name == name && *sha256 == digest(step.text),
            "schema step {} differs from what was applied to this database ({name}); the program or the database was altered",
            step.name
        );
    }
    for (index, step) in steps.iter().enumerate().skip(applied.len()) {
        tx.batch(step.text)?;
        let order = i64::try_from(index)?;
        tx.execute(RECORD, &[order.into(), step.name.into(), (&digest(step.text)).into()])?;
    }
    Ok(())
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
