//! A result file: comma, newline, no quotation marks, whole numbers and plain texts, with its SHA-256 worked out on the
//! way.
//!
//! It is written under another name and takes its own when it is complete: a run that ends early leaves no result that
//! looks whole.

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{certificates::RouteClass, failure::Failure, values::code_text};

/// Bytes that are written at once.
const BUFFER: usize = 256 * 1024;

/// A result file that is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name in the folder of results.
    pub name: String,
    /// Its rows, without the header.
    pub rows: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A result file that is being written.
pub(crate) struct Sheet {
    path: PathBuf,
    name: &'static str,
    file: File,
    buffer: Vec<u8>,
    hash: Sha256,
    rows: u64,
}

impl Sheet {
    /// Begins a file with its header.
    pub(crate) fn begin(folder: &Path, name: &'static str, header: &str) -> Result<Self, Failure> {
        let path = folder.join(name);
        let part = part_of(&path);
        let file = File::create(&part).map_err(Failure::io("writing", &part))?;
        let mut buffer = Vec::with_capacity(BUFFER + 1024);
        buffer.extend_from_slice(header.as_bytes());
        buffer.push(b'\n');
        Ok(Self { path, name, file, buffer, hash: Sha256::new(), rows: 0 })
    }

    /// One field: a whole number.
    pub(crate) fn int(&mut self, value: i64) -> &mut Self {
        let mut digits = [0; 20];
        let mut at = digits.len();
        let mut rest = value.unsigned_abs();
        while rest > 0 || at == digits.len() {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        if value < 0 {
            self.buffer.push(b'-');
        }
        self.buffer.extend_from_slice(&digits[at..]);
        self.buffer.push(b',');
        self
    }

    /// Several fields of whole numbers.
    pub(crate) fn ints(&mut self, values: &[i64]) -> &mut Self {
        values.iter().for_each(|value| {
            self.int(*value);
        });
        self
    }

    /// One field: a text without commas.
    pub(crate) fn text(&mut self, text: &[u8]) -> &mut Self {
        self.buffer.extend_from_slice(text);
        self.buffer.push(b',');
        self
    }

    /// Two fields: exporter and importer.
    pub(crate) fn route(&mut self, route: u32) -> &mut Self {
        self.text(&code_text(RouteClass::exporter_of(route))).text(&code_text(RouteClass::importer_of(route)))
    }

    /// Ends the row.
    pub(crate) fn end(&mut self) -> Result<(), Failure> {
        if let Some(last) = self.buffer.last_mut() {
            *last = b'\n';
        }
        self.rows += 1;
        if self.buffer.len() >= BUFFER { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Failure> {
        self.hash.update(&self.buffer);
        self.file.write_all(&self.buffer).map_err(Failure::io("writing", &self.path))?;
        self.buffer.clear();
        Ok(())
    }

    /// Gives the file its name.
    pub(crate) fn finish(mut self) -> Result<Written, Failure> {
        self.write()?;
        std::fs::rename(part_of(&self.path), &self.path).map_err(Failure::io("naming", &self.path))?;
        let sha256 = hexadecimal(&self.hash.finalize());
        Ok(Written { name: self.name.to_owned(), rows: self.rows, sha256 })
    }
}

fn part_of(path: &Path) -> PathBuf {
    path.with_extension("part")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One hash for all results: SHA-256 of the lines `sha  name`, sorted by name and joined by newlines.
pub(crate) fn hash_of_all(written: &[Written]) -> String {
    let mut sorted: Vec<&Written> = written.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let lines: Vec<String> = sorted.iter().map(|each| format!("{}  {}", each.sha256, each.name)).collect();
    hexadecimal(&Sha256::digest(lines.join("\n").as_bytes()))
}
