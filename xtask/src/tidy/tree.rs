//! The files of the repository, read once, and the crates with what they depend on.
//!
//! Build output and version control are left out; everything else that lies in the folder counts, committed or not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};

/// Endings of the files that rules read.
const TEXTS: &[&str] = &["rs", "sql", "md", "toml", "html", "story", "ratchet.txt"];

/// Folders with what others wrote, or might write: samples for tests, in any encoding and form.
const SAMPLES: &str = "fixtures/";

/// Folders that are not ours to judge.
const LEFT_OUT: &[&str] = &["target", ".git", "node_modules"];

/// The repository's files.
pub(crate) struct Tree {
    /// Every file and folder, relative to the root, with `/`.
    pub(crate) paths: BTreeSet<String>,
    /// The texts among them.
    texts: BTreeMap<String, String>,
}

/// A crate and its manifest.
pub(crate) struct Crate {
    /// `kp-trade`.
    pub(crate) name: String,
    /// `crates/kp-trade`.
    pub(crate) folder: String,
    /// What it depends on, of every kind.
    pub(crate) dependencies: Vec<Dependency>,
}

/// One line of a manifest.
pub(crate) struct Dependency {
    /// Name of the package.
    pub(crate) name: String,
    /// Only needed for tests, examples and benches.
    pub(crate) for_tests: bool,
}

impl Tree {
    /// Reads everything below a root.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let mut tree = Self { paths: BTreeSet::new(), texts: BTreeMap::new() };
        tree.add(root, "")?;
        Ok(tree)
    }

    fn add(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let entries = std::fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if LEFT_OUT.contains(&name.as_str()) {
                continue;
            }
            let path = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                self.add(&entry.path(), &format!("{path}/"))?;
            } else if !prefix.contains(SAMPLES) && TEXTS.iter().any(|ending| is_of(&path, ending)) {
                let text =
                    std::fs::read_to_string(entry.path()).with_context(|| format!("reading {path}"))?;
                self.texts.insert(path.clone(), text);
            }
            self.paths.insert(path);
        }
        Ok(())
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// All texts with an ending, in order of their paths.
    pub(crate) fn texts<'t>(&'t self, ending: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
        let all = self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        all.filter(move |(path, _)| is_of(path, ending))
    }

    /// The crates below `crates/`, and `xtask`.
    pub(crate) fn crates(&self) -> Result<Vec<Crate>> {
        let manifests = self.texts("toml").filter(|(path, _)| {
            let parts: Vec<&str> = path.split('/').collect();
            matches!(parts[..], ["crates", _, "Cargo.toml"] | ["xtask", "Cargo.toml"])
        });
        manifests.map(|(path, text)| read_manifest(path, text)).collect()
    }

    /// The declared order of crates: `[workspace.metadata.house] order` in the root manifest.
    pub(crate) fn order(&self) -> Result<Vec<String>> {
        let text = self.text("Cargo.toml").context("there is no Cargo.toml in the root")?;
        let manifest: toml::Table = text.parse().context("reading Cargo.toml")?;
        let order = ["workspace", "metadata", "house", "order"]
            .iter()
            .try_fold(&toml::Value::Table(manifest), |value, key| value.get(key))
            .and_then(|order| order.as_array().cloned())
            .context("Cargo.toml has no list `order` in [workspace.metadata.house]")?;
        Ok(order.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
    }

    /// Every `.sql` file of a crate: (crate, path, text).
    pub(crate) fn sql_of_crates(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.texts("sql").filter_map(|(path, text)| {
            let (name, inside) = path.strip_prefix("crates/")?.split_once('/')?;
            (!inside.starts_with("tests/")).then_some((name, path, text))
        })
    }
}

/// Whether a file's name is this, or ends in a dot and this.
fn is_of(path: &str, ending: &str) -> bool {
    path.strip_suffix(ending).is_some_and(|before| before.ends_with(['.', '/']))
}

fn read_manifest(path: &str, text: &str) -> Result<Crate> {
    let manifest: toml::Table = text.parse().with_context(|| format!("reading {path}"))?;
    let name = manifest.get("package").and_then(|package| package.get("name")).and_then(|name| name.as_str());
    let mut dependencies = Vec::new();
    let tables = [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)];
    let targets =
        manifest.get("target").and_then(|all| all.as_table()).into_iter().flat_map(toml::Table::values);
    for section in targets.filter_map(toml::Value::as_table).chain([&manifest]) {
        for (table, for_tests) in tables {
            let table = section.get(table).and_then(|table| table.as_table());
            for (key, value) in table.into_iter().flatten() {
                // `key = { package = "name" }` renames; the package is what counts.
                let package = value.get("package").and_then(|name| name.as_str()).unwrap_or(key);
                dependencies.push(Dependency { name: package.to_owned(), for_tests });
            }
        }
    }
    Ok(Crate {
        name: name.with_context(|| format!("{path} names no package"))?.to_owned(),
        folder: path.trim_end_matches("/Cargo.toml").to_owned(),
        dependencies,
    })
}
