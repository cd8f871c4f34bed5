//! What a command wrote below its data folder, in order, as `strace` saw it.
//!
//! Only calls that change files are recorded. One that is not understood here stops the test: a write that was not seen
//! would make every later conclusion worthless. `kpcs.db-shm` is left out: it is shared memory, holds nothing that is
//! not in the other files, and is made anew by the first process that opens the database.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use kp_testkit::{Missing, find_program};

/// Calls that change files. A question mark lets `strace` pass over those that this machine does not have.
const CALLS: &str = "trace=?open,?openat,?openat2,?creat,?write,?pwrite64,?writev,?pwritev,?pwritev2,?lseek,\
                     ?ftruncate,?truncate,?fallocate,?rename,?renameat,?renameat2,?link,?linkat,?symlink,?symlinkat,\
                     ?unlink,?unlinkat,?rmdir,?mkdir,?mkdirat,?fsync,?fdatasync,?sync,?syncfs,?sync_file_range,\
                     ?copy_file_range,?sendfile,?splice,?close,?dup,?dup2,?dup3";

/// One change, or one wish that changes be durable. Files are numbered; names below the data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A new file under a new name.
    Make {
        file: usize,
        name: String,
    },
    Write {
        file: usize,
        offset: usize,
        bytes: Vec<u8>,
    },
    Shorten {
        file: usize,
        length: usize,
    },
    Rename {
        from: String,
        to: String,
    },
    Remove {
        name: String,
    },
    /// What was written to this file is durable from here on.
    Sync {
        file: usize,
    },
    /// Names in this folder are durable from here on.
    SyncFolder {
        folder: String,
    },
    /// Printed for the person: from here on it is acknowledged.
    Said {
        text: String,
    },
}

/// A recorded run.
#[derive(Debug)]
pub(crate) struct Trace {
    /// Files of the data folder before the run, by name; they are numbered in this order.
    pub(crate) before: BTreeMap<String, Vec<u8>>,
    pub(crate) steps: Vec<Step>,
}

/// Whether `strace` is here and may watch a process.
pub(crate) fn strace() -> Result<PathBuf, Missing> {
    let program = find_program("strace").ok_or_else(|| Missing {
        reason: "strace was not found".into(),
        remedy: "`apt-get install strace` (Linux only)".into(),
    })?;
    let tried = Command::new(&program).args(["-f", "-o", "/dev/null", "true"]).output();
    match tried {
        Ok(output) if output.status.success() => Ok(program),
        Ok(output) => Err(not_permitted(&String::from_utf8_lossy(&output.stderr))),
        Err(error) => Err(not_permitted(&error.to_string())),
    }
}

fn not_permitted(why: &str) -> Missing {
    Missing {
        reason: format!("strace may not watch a process here ({})", why.lines().next().unwrap_or_default()),
        remedy: "run the tests where ptrace is permitted (in a container: --cap-add=SYS_PTRACE)".into(),
    }
}

/// Runs a command that works in a data folder, and records what it wrote there.
pub(crate) fn record(strace: &Path, folder: &Path, command: &Command) -> Trace {
    let before = files_of(folder);
    let log = tempfile::NamedTempFile::new().unwrap();
    // -xx: every byte as hexadecimal; -s: no string is shortened.
    let options = ["-f", "-xx", "-s", "16777216", "-e", CALLS, "-e", "signal=none"];
    let mut traced = under(strace, &options, log.path(), command);
    let output = traced.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(log.path()).unwrap();
    let mut reader = Reader::new(folder, &before);
    for line in text.lines() {
        reader.read(line);
    }
    Trace { before, steps: reader.steps }
}

/// The same command, watched by `strace` with these options.
pub(crate) fn under(strace: &Path, options: &[&str], log: &Path, command: &Command) -> Command {
    let mut watched = Command::new(strace);
    watched.args(options).arg("-o").arg(log);
    watched.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => watched.env(name, value),
            None => watched.env_remove(name),
        };
    }
    watched
}

/// Every file below a folder.
pub(crate) fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// What an open descriptor stands for.
#[derive(Debug, Clone)]
enum Open {
    File { file: usize, position: usize },
    Folder(String),
}

struct Reader {
    folder: String,
    names: BTreeMap<String, usize>,
    files: usize,
    open: BTreeMap<String, Open>,
    steps: Vec<Step>,
}

impl Reader {
    fn new(folder: &Path, before: &BTreeMap<String, Vec<u8>>) -> Self {
        Self {
            folder: folder.to_str().unwrap().to_owned(),
            names: before.keys().cloned().zip(0..).collect(),
            files: before.len(),
            open: BTreeMap::new(),
            steps: Vec::new(),
        }
    }

    /// `process call(arguments) = result`.
    fn read(&mut self, line: &str) {
        let (_, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        if call.starts_with("+++") {
            return;
        }
        let (name, rest) = call.split_once('(').unwrap_or_else(|| panic!("not understood: {line:.200}"));
        let (arguments, result) =
            rest.rsplit_once(" = ").unwrap_or_else(|| panic!("not understood: {line:.200}"));
        let arguments = arguments.trim_end().strip_suffix(')').unwrap();
        let arguments: Vec<&str> = arguments.split(", ").collect();
        if result.starts_with('-') {
            return; // failed: nothing changed
        }
        let result = result.split(' ').next().unwrap_or_default();
        self.understand(name, &arguments, result);
    }

    fn understand(&mut self, name: &str, arguments: &[&str], result: &str) {
        match (name, arguments) {
            ("openat", [_, path, flags, ..]) => self.opened(&text(path), flags, result),
            ("close", [descriptor]) => _ = self.open.remove(*descriptor),
            ("write", ["1", said, _]) => self.steps.push(Step::Said { text: text(said) }),
            ("write", [descriptor, written, _]) => self.written(descriptor, &bytes(written), None),
            ("pwrite64", [descriptor, written, _, offset]) => {
                self.written(descriptor, &bytes(written), Some(offset.parse().unwrap()));
            }
            ("lseek", [descriptor, ..]) => {
                if let Some(Open::File { position, .. }) = self.open.get_mut(*descriptor) {
                    *position = result.parse().unwrap();
                }
            }
            ("ftruncate", [descriptor, length]) => {
                if let Some(Open::File { file, .. }) = self.open.get(*descriptor) {
                    self.steps.push(Step::Shorten { file: *file, length: length.parse().unwrap() });
                }
            }
            ("fsync" | "fdatasync", [descriptor]) => match self.open.get(*descriptor).cloned() {
                Some(Open::File { file, .. }) => self.steps.push(Step::Sync { file }),
                Some(Open::Folder(folder)) => self.steps.push(Step::SyncFolder { folder }),
                None => {}
            },
            ("rename", [from, to]) => self.renamed(&text(from), &text(to)),
            ("unlink", [path]) => self.removed(&text(path)),
            _ => {
                let ours = arguments.iter().any(|argument| {
                    self.open.contains_key(*argument) || self.name(&text(argument)).is_some()
                });
                assert!(!ours, "this test does not know what {name}({arguments:.60?}) does to the disk");
            }
        }
    }

    /// The name below the data folder; the folder itself is the empty name.
    fn name(&self, path: &str) -> Option<String> {
        let name = path.strip_prefix(&self.folder)?;
        (name.is_empty() || name.starts_with('/')).then(|| name.trim_start_matches('/').to_owned())
    }

    fn opened(&mut self, path: &str, flags: &str, descriptor: &str) {
        let Some(name) = self.name(path).filter(|name| !name.ends_with("-shm")) else { return };
        assert!(!flags.contains("O_APPEND"), "{name} is opened to append; teach this test to follow that");
        if !self.names.contains_key(&name) && !flags.contains("O_CREAT") {
            self.open.insert(descriptor.to_owned(), Open::Folder(name));
            return;
        }
        let file = self.names.get(&name).copied().unwrap_or_else(|| {
            let file = self.files;
            self.files += 1;
            self.names.insert(name.clone(), file);
            self.steps.push(Step::Make { file, name });
            file
        });
        if flags.contains("O_TRUNC") {
            self.steps.push(Step::Shorten { file, length: 0 });
        }
        self.open.insert(descriptor.to_owned(), Open::File { file, position: 0 });
    }

    fn written(&mut self, descriptor: &str, written: &[u8], at: Option<usize>) {
        let Some(Open::File { file, position }) = self.open.get_mut(descriptor) else { return };
        let offset = at.unwrap_or(*position);
        if at.is_none() {
            *position += written.len();
        }
        self.steps.push(Step::Write { file: *file, offset, bytes: written.to_owned() });
    }

    fn renamed(&mut self, from: &str, to: &str) {
        let (Some(from), Some(to)) = (self.name(from), self.name(to)) else { return };
        let file = self.names.remove(&from).unwrap();
        self.names.insert(to.clone(), file);
        self.steps.push(Step::Rename { from, to });
    }

    fn removed(&mut self, path: &str) {
        let Some(name) = self.name(path).filter(|name| !name.ends_with("-shm")) else { return };
        self.names.remove(&name);
        self.steps.push(Step::Remove { name });
    }
}

/// The bytes of a string of `\x41\x42`.
fn bytes(quoted: &str) -> Vec<u8> {
    assert!(!quoted.ends_with("..."), "strace shortened what was written");
    let digits = quoted.trim_matches('"').split("\\x").skip(1);
    digits.map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

fn text(quoted: &str) -> String {
    if quoted.starts_with('"') { String::from_utf8(bytes(quoted)).unwrap() } else { quoted.to_owned() }
}
