//! A desk that issues with the real `kpcs`: a data folder, a database, two officers, a file of applications.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The officers' passphrase.
pub(crate) const PASSPHRASE: &str = "a passphrase of the test";

/// What was done to make the desk: one statement each.
const PREPARED: u64 = 8;

pub(crate) struct Desk {
    folder: tempfile::TempDir,
    database: Option<String>,
}

impl Desk {
    /// Founds the scheme's secretariat, two participants, clerk and approver of one of them, and an exporter.
    pub(crate) fn found(database: Option<String>) -> Self {
        let desk = Self { folder: real_folder(), database };
        desk.done(&["init"]);
        for code in ["XA", "XB"] {
            desk.act(
                "admit-participant",
                "scheme-secretary",
                &[("code", code), ("name", code), ("member-from", "2003-01-01"), ("legal-act", "test")],
            );
        }
        for (officer, role, by) in [
            ("xa-admin-1", "administrator", "scheme-secretary"),
            ("xa-clerk-1", "clerk", "xa-admin-1"),
            ("xa-approver-1", "approver", "xa-admin-1"),
            ("xa-customs-1", "customs", "xa-admin-1"),
        ] {
            desk.act(
                "name-officer",
                by,
                &[("body", "XA"), ("officer-id", officer), ("name", "A. Sample"), ("roles", role)],
            );
        }
        desk.act(
            "license-exporter",
            "xa-admin-1",
            &[
                ("participant", "XA"),
                ("licence-number", "XA-EXP-7"),
                ("holder", "River Stones"),
                ("address", "1 Market Road"),
                ("valid-from", "2003-01-01"),
                ("valid-until", "2999-12-31"),
            ],
        );
        desk
    }

    /// How many statements the making of the desk wrote, without the first entry of each log.
    pub(crate) fn prepared() -> u64 {
        PREPARED
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn database(&self) -> Option<&String> {
        self.database.as_ref()
    }

    /// A command of `kpcs` at this desk, with nothing of the machine's own settings.
    pub(crate) fn command(&self) -> Command {
        self.command_in(self.folder())
    }

    /// The same in another folder.
    pub(crate) fn command_in(&self, folder: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kpcs"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KPCS_")) {
            command.env_remove(name);
        }
        command.arg("--data").arg(folder).env("KPCS_PASSPHRASE", PASSPHRASE);
        command.env("KPCS_NEW_PASSPHRASE", PASSPHRASE).stdin(Stdio::null());
        if let Some(database) = &self.database {
            command.args(["--database", database]);
        }
        command
    }

    /// Runs a command that must succeed.
    #[track_caller]
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.command().args(arguments).output().unwrap();
        let (said, complained) = (String::from_utf8(stdout).unwrap(), String::from_utf8_lossy(&stderr));
        assert!(status.success(), "kpcs {}: {status}\n{said}\n{complained}", arguments.join(" "));
        said
    }

    #[track_caller]
    pub(crate) fn act(&self, act: &str, officer: &str, fields: &[(&str, &str)]) {
        let mut arguments = vec!["act".to_owned(), act.to_owned(), "--as".to_owned(), officer.to_owned()];
        for (name, value) in fields {
            arguments.extend([format!("--{name}"), (*value).to_owned()]);
        }
        self.done(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// Writes a file that asks for this many certificates, each of other carats.
    pub(crate) fn file_of(&self, count: u64) -> PathBuf {
        let mut text = String::from(
            "reference,licence,importer,importer_address,destination,origin,parcels,declared_by,hs,carats,value_usd\n",
        );
        for number in 1..=count {
            writeln!(
                text,
                "{},XA-EXP-7,Harbour Gems,5 Quay Street,XB,XA,1,M. Exporter,7102.31,{number}.25,{number}00.00",
                reference(number)
            )
            .unwrap();
        }
        let file = self.folder().join("applications.csv");
        std::fs::write(&file, text).unwrap();
        file
    }

    /// The command that issues what a file asks for.
    pub(crate) fn issuing(&self, file: &Path) -> Command {
        let mut command = self.command();
        command.args(["certificate", "issue-batch"]).arg(file);
        command.args(["--clerk", "xa-clerk-1", "--approver", "xa-approver-1"]);
        command
    }
}

/// A folder under its real name, as a traced process sees it.
fn real_folder() -> tempfile::TempDir {
    tempfile::tempdir_in(std::env::temp_dir().canonicalize().unwrap()).unwrap()
}

/// The reference of an application in the file.
pub(crate) fn reference(number: u64) -> String {
    format!("XA-A-{number:05}")
}
