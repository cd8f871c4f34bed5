//! Runs the built command in a folder of its own and gives back what it said.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

use tempfile::TempDir;

/// The passphrase of every key in these tests.
pub(crate) const PASSPHRASE: &str = "demonstration";

/// A data folder, and the command that uses it.
pub(crate) struct Kpcs {
    home: TempDir,
}

impl Kpcs {
    /// An empty home; there is no data folder yet.
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    /// A copy of the demonstration's invented world, which ends on 20 March 2024.
    pub(crate) fn with_world() -> Self {
        static WORLD: OnceLock<TempDir> = OnceLock::new();
        let world = WORLD.get_or_init(|| {
            let made = Self::new();
            let said = made.run(&["demo", "--no-serve", "--without-trade", "--now", "2024-03-20T09:00:00Z"]);
            assert!(said.code == 0, "{}", said.text);
            made.home
        });
        let copy = Self::new();
        copy_folder(&world.path().join("data"), &copy.data());
        copy
    }

    /// Where the data are.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// A file beside the data.
    pub(crate) fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// The path of something beside the data.
    pub(crate) fn path(&self, name: &str) -> String {
        self.home.path().join(name).display().to_string()
    }

    /// The command with these arguments, not yet run.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kpcs"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home.path())
            .env("KPCS_DATA", self.data())
            .env("KPCS_PASSPHRASE", PASSPHRASE)
            .env("KPCS_NEW_PASSPHRASE", PASSPHRASE)
            .current_dir(self.home.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs the command.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.said(self.command(arguments).output().unwrap())
    }

    /// What a finished command said, with volatile parts in brackets.
    pub(crate) fn said(&self, output: Output) -> Said {
        let code = output.status.code().unwrap();
        let (out, err) = (self.filtered(&output.stdout), self.filtered(&output.stderr));
        let mut text = format!("exit {code}\n");
        for (name, part) in [("out", &out), ("err", &err)] {
            if !part.is_empty() {
                text.push_str(&format!("--- {name}\n{part}"));
            }
        }
        Said { code, out, text: text.trim_end().to_owned() }
    }

    fn filtered(&self, bytes: &[u8]) -> String {
        let mut text = String::from_utf8(bytes.to_vec()).unwrap();
        let home = self.home.path().display().to_string();
        text = text.replace(&self.data().display().to_string(), "[DATA]").replace(&home, "[HOME]");
        let today = r"20(2[5-9]|[3-9]\d)-\d\d-\d\d"; // the invented world ends in 2024
        for (pattern, shown) in [
            (format!("{today}T[0-9:.]+Z"), "[NOW]"),
            (today.to_owned(), "[TODAY]"),
            (r"kp\.(scheme|X[A-Z])/20(2[5-9]|[3-9]\d)".to_owned(), "kp.$1/[YEAR]"),
            (r"\b[0-9a-f]{64}\b".to_owned(), "[SHA-256]"),
            (r"\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}".to_owned(), "+[KEY]"),
            (r"[A-Za-z0-9+/]{80,}={0,2}".to_owned(), "[SIGNATURE]"),
            (r"(^|[^A-Za-z0-9+/])[A-Za-z0-9+/]{43}=".to_owned(), "${1}[HASH]"),
            // Twelve digits of Crockford's alphabet with their check symbol.
            (r"\b([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{2}-[0-9A-Z*~$=]".to_owned(), "[CHECK CODE]"),
            // More tables come with every new room.
            (r"\d+ rows in \d+ tables".to_owned(), "[N] rows in [N] tables"),
        ] {
            text = regex::Regex::new(&pattern).unwrap().replace_all(&text, shown).into_owned();
        }
        text
    }
}

/// What a command said.
pub(crate) struct Said {
    /// Exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Everything, for a snapshot.
    pub(crate) text: String,
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
