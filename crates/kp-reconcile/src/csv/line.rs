//! A line that is not plain (quotation marks, spaces, another number of fields), read the careful way.
//!
//! Follows RFC 4180 within one line. The fields come out in a padded buffer with their ends, as if the line had been
//! plain.

use crate::{digits::PAD, table::Fault};

/// A line taken apart.
#[derive(Debug, Default)]
pub(super) struct Careful {
    pub(super) bytes: Vec<u8>,
    /// Where each field ends in `bytes`; the next begins one byte later.
    pub(super) ends: Vec<u32>,
}

impl Careful {
    /// Takes a line, without its line end, apart into as many fields as there should be.
    pub(super) fn take_apart(&mut self, line: &[u8], fields: usize) -> Result<(), Fault> {
        self.bytes.clear();
        self.bytes.resize(PAD, b'\n');
        self.ends.clear();
        if std::str::from_utf8(line).is_err() {
            return Err(Fault::Encoding);
        }
        let mut rest = line;
        loop {
            let (taken, more) = match rest.first() {
                Some(b'"') => self.quoted(&rest[1..])?,
                _ => {
                    let end = rest.iter().position(|byte| *byte == b',').unwrap_or(rest.len());
                    self.bytes.extend_from_slice(&rest[..end]);
                    (end, end < rest.len())
                }
            };
            self.ends.push(self.bytes.len() as u32);
            self.bytes.push(b'\n');
            if !more {
                break;
            }
            rest = &rest[taken + 1..];
        }
        self.bytes.resize(self.bytes.len() + PAD, b'\n');
        match self.ends.len() {
            found if found == fields => Ok(()),
            found => Err(Fault::Fields { expected: fields, found }),
        }
    }

    /// The field behind an opening quotation mark: how much of the rest it took, and whether a comma follows.
    fn quoted(&mut self, rest: &[u8]) -> Result<(usize, bool), Fault> {
        let mut at = 0;
        loop {
            match (rest.get(at), rest.get(at + 1)) {
                (Some(b'"'), Some(b'"')) => {
                    self.bytes.push(b'"');
                    at += 2;
                }
                (Some(b'"'), None) => return Ok((at + 2, false)),
                (Some(b'"'), Some(b',')) => return Ok((at + 2, true)),
                (Some(b'"'), Some(_)) | (None, _) => return Err(Fault::Quotes),
                (Some(byte), _) => {
                    self.bytes.push(*byte);
                    at += 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Careful, PAD};
    use crate::table::Fault;

    fn apart(line: &str, fields: usize) -> Result<Vec<String>, Fault> {
        let mut careful = Careful::default();
        careful.take_apart(line.as_bytes(), fields)?;
        let mut from = PAD;
        let mut taken = Vec::new();
        for end in &careful.ends {
            taken.push(String::from_utf8(careful.bytes[from..*end as usize].to_vec()).unwrap());
            from = *end as usize + 1;
        }
        Ok(taken)
    }

    #[test]
    fn fields_with_and_without_quotation_marks() {
        assert_eq!(apart("a,b c,", 3).unwrap(), ["a", "b c", ""]);
        assert_eq!(apart(r#""a","b,""c""","""#, 3).unwrap(), ["a", r#"b,"c""#, ""]);
        assert_eq!(apart(r#""","x""#, 2).unwrap(), ["", "x"]);
        assert_eq!(apart("", 1).unwrap(), [""]);
    }

    #[test]
    fn what_is_wrong_with_a_line_is_told() {
        assert_eq!(apart("a,b", 3), Err(Fault::Fields { expected: 3, found: 2 }));
        assert_eq!(apart(r#""a"b,c"#, 2), Err(Fault::Quotes));
        assert_eq!(apart(r#""a,c"#, 2), Err(Fault::Quotes));
        let mut careful = Careful::default();
        assert_eq!(careful.take_apart(b"\xff,b", 2), Err(Fault::Encoding));
    }
}
