//! What was scanned so far: carried in the form itself, so that nothing is kept here and the page works without scripts.
//!
//! One line for each text: `c` and a code as it was read, or `t`, a number and the check code beside it, parted by tabs. What
//! comes back from the form is foreign like everything typed: it is read anew, verified anew, and decides nothing.

use kp_node::offline::{DeskScan, Pair};
use kp_terms::CertificateNumber;

/// Parcels of one screen.
pub(crate) const MOST: usize = 40;

/// One parcel's paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scan {
    /// Codes that were read.
    Codes(Pair),
    /// Number and check code, read from the paper by somebody.
    Typed { number: String, check_code: String },
}

/// The papers in the order in which they were scanned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scans {
    pub(crate) all: Vec<Scan>,
    /// Codes that were on the list already.
    pub(crate) again: usize,
    /// Papers for which there was no room.
    pub(crate) left_out: usize,
    /// Symbols that were not read, or why a file could not be.
    pub(crate) remarks: Vec<String>,
}

impl Scans {
    /// What a form carried.
    pub(crate) fn read(kept: &str) -> Self {
        let mut scans = Self::default();
        let mut codes: Vec<String> = Vec::new();
        for line in kept.lines() {
            match line.split_once('\t') {
                Some(("c", code)) => codes.push(code.to_owned()),
                Some(("t", rest)) => {
                    scans.add_codes(std::mem::take(&mut codes));
                    let (number, check_code) = rest.split_once('\t').unwrap_or((rest, ""));
                    scans.add(Scan::Typed { number: number.to_owned(), check_code: check_code.to_owned() });
                }
                _ => {}
            }
        }
        scans.add_codes(codes);
        scans
    }

    /// As the form carries it on.
    pub(crate) fn written(&self) -> String {
        let clean = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        let mut out = String::new();
        for scan in &self.all {
            match scan {
                Scan::Codes(pair) => {
                    for code in [Some(&pair.credential), pair.receipt.as_ref()].into_iter().flatten() {
                        out.push_str(&format!("c\t{}\n", clean(code)));
                    }
                }
                Scan::Typed { number, check_code } => {
                    out.push_str(&format!("t\t{}\t{}\n", clean(number), clean(check_code)));
                }
            }
        }
        out
    }

    /// Adds what a scanner typed: codes, or a number where there is no code in it. The second symbol of a paper joins the
    /// first.
    pub(crate) fn add_text(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        // A number alone is what a tired officer types; without its check code it says so and is no verdict.
        if text.parse::<CertificateNumber>().is_ok() {
            self.add(Scan::Typed { number: text.to_owned(), check_code: String::new() });
            return;
        }
        // Somebody else's code is judged too, and gets its own sentence.
        let scan = DeskScan::of_typed(text);
        let texts = scan.pairs.into_iter().flat_map(|pair| [Some(pair.credential), pair.receipt]);
        self.add_codes(texts.flatten().collect());
    }

    /// Adds what stands in a PDF, a picture or a text.
    pub(crate) fn add_file(&mut self, bytes: &[u8]) {
        let scan = DeskScan::of_file(bytes);
        self.remarks.extend(scan.remarks);
        if scan.pairs.is_empty() {
            // Never silence: a file without a code is a row that says so.
            self.add(Scan::Codes(Pair { credential: String::new(), receipt: None }));
        }
        let texts = scan.pairs.into_iter().flat_map(|pair| [Some(pair.credential), pair.receipt]);
        self.add_codes(texts.flatten().collect());
    }

    /// Adds a number with the check code that stands beside it.
    pub(crate) fn add_typed(&mut self, number: &str, check_code: &str) {
        if !number.is_empty() || !check_code.is_empty() {
            self.add(Scan::Typed { number: number.to_owned(), check_code: check_code.to_owned() });
        }
    }

    /// Takes one paper off the list.
    pub(crate) fn drop_at(&mut self, at: usize) {
        if at < self.all.len() {
            self.all.remove(at);
        }
    }

    fn add_codes(&mut self, mut texts: Vec<String>) {
        // The receipt that a scanner reads after the certificate belongs to the paper read last, where that has none.
        if let (Some(Scan::Codes(last)), Some(first)) = (self.all.last_mut(), texts.first())
            && last.receipt.is_none()
            && first.starts_with("KPR1:")
            && last.credential.starts_with("KPC1:")
        {
            last.receipt = Some(texts.remove(0));
        }
        for pair in DeskScan::of_texts(texts).pairs {
            self.add(Scan::Codes(pair));
        }
    }

    fn add(&mut self, scan: Scan) {
        let is_again = |other: &&mut Scan| match (&**other, &scan) {
            (Scan::Codes(a), Scan::Codes(b)) => a.credential == b.credential && !a.credential.is_empty(),
            (a, b) => *a == *b,
        };
        if let Some(other) = self.all.iter_mut().find(is_again) {
            self.again += 1;
            if let (Scan::Codes(a), Scan::Codes(b)) = (other, scan)
                && a.receipt.is_none()
            {
                a.receipt = b.receipt;
            }
            return;
        }
        if self.all.len() == MOST {
            self.left_out += 1;
            return;
        }
        self.all.push(scan);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_form_carries_comes_back_as_it_was() {
        let mut scans = Scans::default();
        for text in ["KPC1:A B", "KPR1:A", "KPC1:C", "XA-000001", "KPC1:A B"] {
            scans.add_text(text);
        }
        scans.add_typed("XA-000002", "7QK2-M9TR-0H-4");
        assert_eq!(scans.all.len(), 4, "{scans:?}");
        assert_eq!(scans.again, 1);
        let first = Scan::Codes(Pair { credential: "KPC1:A B".into(), receipt: Some("KPR1:A".into()) });
        assert_eq!(scans.all[0], first);
        let mut back = Scans::read(&scans.written());
        assert_eq!(back.all, scans.all);
        back.drop_at(0);
        back.drop_at(99);
        assert_eq!(back.all[..], scans.all[1..]);
    }

    #[test]
    fn there_is_room_for_forty_and_the_rest_is_counted() {
        let mut scans = Scans::default();
        for each in 0..45 {
            scans.add_text(&format!("KPC1:{each}"));
        }
        assert_eq!((scans.all.len(), scans.left_out), (40, 5));
    }

    #[test]
    fn nothing_in_a_line_makes_another_line() {
        let mut scans = Scans::default();
        scans.add_typed("XA-1\nc\tKPC1:x", "a\tb");
        assert_eq!(Scans::read(&scans.written()).all.len(), 1);
        assert_eq!(Scans::read("x\ty\nno tab\n").all, []);
    }
}
