//! The exchange file: entries of logs as they are, to be carried on a stick from one node to another.
//!
//! Format: `specs/exchange.md`. Text, one entry a line, so that a person can look into it and a damaged line is named by
//! its number. The bytes are those of the log: nothing is signed anew, and nothing in the file is believed for its own
//! sake; `take_over` holds every entry to its signature, its tree and its checkpoint. Never interprets a statement.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// The first line.
const FIRST_LINE: &str = "kpcs-exchange/1";

/// One entry as it is carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Its number in its log.
    pub entry_number: u64,
    /// The commitment.
    pub leaf: Vec<u8>,
    /// The signed statement.
    pub signed: Vec<u8>,
}

/// Entries of one log, up to its end when the file was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Name of the log.
    pub log_id: String,
    /// Number of the first entry carried; those before it are with the receiver already.
    pub first: u64,
    /// The entries, in order.
    pub entries: Vec<Carried>,
    /// The log's signed checkpoint over all its entries.
    pub checkpoint: String,
}

/// A whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeFile {
    /// Which node wrote it: `capital`, or an office such as `XA.north`.
    pub from: String,
    /// The logs, by name.
    pub sections: Vec<Section>,
}

impl ExchangeFile {
    /// The file's text.
    pub fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\nfrom {}\n", self.from);
        for section in &self.sections {
            text.push_str(&checked(&format!(
                "log {} first {} count {}",
                section.log_id,
                section.first,
                section.entries.len()
            )));
            for entry in &section.entries {
                let (leaf, signed) = (STANDARD.encode(&entry.leaf), STANDARD.encode(&entry.signed));
                text.push_str(&checked(&format!("entry {} {leaf} {signed}", entry.entry_number)));
            }
            text.push_str(&checked(&format!("checkpoint {}", STANDARD.encode(&section.checkpoint))));
        }
        let sum = kp_sign::hex(&kp_sign::sha256(text.as_bytes()));
        text.push_str(&format!("end {sum}\n"));
        text
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// One sentence that names the line: it was damaged, is missing, or is none of this format.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut lines = Lines { lines: text.split_inclusive('\n').enumerate() };
        if lines.next()?.1 != FIRST_LINE {
            return Err("this is not an exchange file of kpcs: its first line is not kpcs-exchange/1".into());
        }
        let (_, from) = lines.next()?;
        let from = from.strip_prefix("from ").ok_or("line 2 does not say from which node the file comes")?;
        let mut file = Self { from: from.to_owned(), sections: Vec::new() };
        loop {
            let (number, line) = lines.next()?;
            if let Some(sum) = line.strip_prefix("end ") {
                file.end(text, sum, lines.lines.next().is_some())?;
                return Ok(file);
            }
            let section = lines.section(number, line)?;
            if file.sections.iter().any(|other| other.log_id == section.log_id) {
                return Err(format!("line {number} begins log {} a second time", section.log_id));
            }
            file.sections.push(section);
        }
    }

    fn end(&self, text: &str, sum: &str, more: bool) -> Result<(), String> {
        if more {
            return Err("something stands after the end of the file".into());
        }
        let body = text.len() - "end ".len() - sum.len() - 1;
        let same = text.get(..body).map(|body| kp_sign::hex(&kp_sign::sha256(body.as_bytes())));
        if same.as_deref() == Some(sum) {
            return Ok(());
        }
        Err("the sum at the end does not fit what stands before it: lines were altered, removed or put in"
            .into())
    }
}

/// A line with the first eight digits of its own SHA-256 behind it.
fn checked(line: &str) -> String {
    format!("{line} {}\n", check_of(line))
}

fn check_of(line: &str) -> String {
    kp_sign::hex(&kp_sign::sha256(line.as_bytes())).chars().take(8).collect()
}

struct Lines<'a> {
    lines: std::iter::Enumerate<std::str::SplitInclusive<'a, char>>,
}

impl<'a> Lines<'a> {
    /// The next line and its number, from 1.
    fn next(&mut self) -> Result<(usize, &'a str), String> {
        let (index, line) = self.lines.next().ok_or("the file was cut: its last line is missing")?;
        let whole = line.strip_suffix('\n').ok_or(format!("line {} was cut in the middle", index + 1))?;
        Ok((index + 1, whole))
    }

    fn section(&mut self, number: usize, line: &str) -> Result<Section, String> {
        let words = words_of(number, line)?;
        let ["log", log_id, "first", first, "count", count] = words[..] else {
            return Err(format!("line {number} is none that can stand here: a log begins with its name"));
        };
        let (first, count) = (count_of(number, first)?, count_of(number, count)?);
        let mut section =
            Section { log_id: log_id.to_owned(), first, entries: Vec::new(), checkpoint: String::new() };
        for _ in 0..count {
            let (number, line) = self.next()?;
            let words = words_of(number, line)?;
            let ["entry", entry_number, leaf, signed] = words[..] else {
                return Err(format!("line {number} is not an entry of {log_id}: entries are missing"));
            };
            section.entries.push(Carried {
                entry_number: count_of(number, entry_number)?,
                leaf: bytes_of(number, leaf)?,
                signed: bytes_of(number, signed)?,
            });
        }
        let (number, line) = self.next()?;
        let words = words_of(number, line)?;
        let ["checkpoint", note] = words[..] else {
            return Err(format!(
                "line {number} is not the checkpoint of {log_id}: there are more entries than it says"
            ));
        };
        section.checkpoint = String::from_utf8(bytes_of(number, note)?)
            .map_err(|_| format!("the checkpoint in line {number} is no text"))?;
        Ok(section)
    }
}

/// The words of a line whose check fits.
fn words_of(number: usize, line: &str) -> Result<Vec<&str>, String> {
    match line.rsplit_once(' ') {
        Some((words, check)) if check_of(words) == check => Ok(words.split(' ').collect()),
        _ => Err(format!("line {number} was damaged: it no longer has the check behind it")),
    }
}

fn count_of(number: usize, word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("{word:?} in line {number} is not a number"))
}

fn bytes_of(number: usize, word: &str) -> Result<Vec<u8>, String> {
    STANDARD.decode(word).map_err(|_| format!("line {number} holds something that is not base64"))
}

#[cfg(test)]
#[allow(clippy::type_complexity, reason = "what a strategy gives")]
mod tests {
    use proptest::prelude::*;

    use super::{Carried, ExchangeFile, Section};

    fn sections() -> impl Strategy<Value = Vec<Section>> {
        let bytes = || prop::collection::vec(any::<u8>(), 0..40);
        let entries = prop::collection::vec((bytes(), bytes()), 0..4);
        let one = (any::<u32>(), entries, "[a-z\n+/ -]{0,40}");
        prop::collection::vec(one, 0..4).prop_map(|all| {
            let section =
                |(index, (first, entries, checkpoint)): (usize, (u32, Vec<(Vec<u8>, Vec<u8>)>, String))| {
                    let carried = |(at, (leaf, signed)): (usize, (Vec<u8>, Vec<u8>))| Carried {
                        entry_number: u64::from(first) + at as u64,
                        leaf,
                        signed,
                    };
                    let entries = entries.into_iter().enumerate().map(carried).collect();
                    Section { log_id: format!("kp.X{index}/2026"), first: first.into(), entries, checkpoint }
                };
            all.into_iter().enumerate().map(section).collect()
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_and_one_changed_byte_does_not(
            sections in sections(), at in any::<prop::sample::Index>(), to in any::<u8>(),
        ) {
            let file = ExchangeFile { from: "XA.north".into(), sections };
            let text = file.to_text();
            prop_assert_eq!(ExchangeFile::read(&text), Ok(file));
            let mut bytes = text.clone().into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = to;
            if let Ok(changed) = String::from_utf8(bytes) {
                prop_assert!(changed == text || ExchangeFile::read(&changed).is_err(), "byte {}", at);
            }
            prop_assert!(ExchangeFile::read(&text[..at]).is_err());
        }

        #[test]
        fn no_text_whatever_breaks_the_reader(text in "(kpcs-exchange/1\n)?(from x\n)?(log|entry|end)?[ -~\n]{0,80}") {
            let _ = ExchangeFile::read(&text);
        }
    }
}
