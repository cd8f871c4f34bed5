//! Certificates looked at without a network: files and codes into pairs, a copy from the log as the camera would read it,
//! and the verdict. What `kpcs verify`, stories and pages share.
//!
//! Decides nothing: `kp-verify` does. Closes: L21, L22, L23 at a desk that has lists and no connection.

use kp_certificate::{CREDENTIAL_PREFIX, RECEIPT_PREFIX};
use kp_scan::{Scan, read_codes};
use kp_verify::{Clock, Code, OnPaper, Presented, Seen, TrustData, Verdict, verify};

use crate::{address::unescaped, signed_copy::SignedCopy};

/// So many certificates are looked at sooner than another thread begins.
const FEW: usize = 64;

/// Letters of a foreign code that are looked at; ours are shorter.
const LONGEST: usize = 4_000;

/// A certificate's code and its receipt's, as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// `KPC1:...`, or whatever else was read.
    pub credential: String,
    /// `KPR1:...`, where it was read too.
    pub receipt: Option<String>,
}

impl Pair {
    /// The codes as a camera reads them from the printed sheet of a certificate in the log.
    pub fn of_copy(copy: &SignedCopy) -> Self {
        Self {
            credential: copy.credential.to_text(),
            receipt: copy.receipt.as_ref().map(kp_certificate::Receipt::to_text),
        }
    }

    /// The verdict on these codes, beside what stands on the paper.
    pub fn verdict(&self, paper: &OnPaper, trust: Option<&TrustData>, clock: Clock, seen: &Seen) -> Verdict {
        let receipt = self.receipt.as_deref().map(Code::Text);
        let presented = Presented::Codes { credential: Code::Text(&self.credential), receipt, paper };
        verify(&presented, trust, clock, seen)
    }
}

/// The codes of one paper, file or line of text, and what else is to be said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskScan {
    /// Certificates, each with its receipt where there is one. None where no code was found.
    pub pairs: Vec<Pair>,
    /// Symbols that could not be read, pages that were left out, or why nothing could be read, in sentences.
    pub remarks: Vec<String>,
}

impl DeskScan {
    /// The codes in a PDF, a picture or a text file, by what its bytes are, not by its name.
    pub fn of_file(bytes: &[u8]) -> Self {
        match read_codes(bytes) {
            Err(error) => Self { pairs: Vec::new(), remarks: vec![error.to_string()] },
            Ok(scan) => {
                let remarks = remarks(&scan);
                Self { remarks, ..Self::of_texts(scan.codes.into_iter().map(|code| code.text)) }
            }
        }
    }

    /// What was typed, pasted or scanned into a field: the codes in it, also where they stand escaped in a web address. Where
    /// there is none, the whole of it is a code of somebody else, and judged as that. Nothing of an empty text.
    pub fn of_typed(text: &str) -> Self {
        let plain = unescaped(text);
        let found = [text, &plain].map(|text| Self::of_file(text.as_bytes()));
        if let Some(found) = found.into_iter().find(|scan| !scan.pairs.is_empty()) {
            return found;
        }
        let whole: String = text.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        Self::of_texts((!whole.is_empty()).then_some(whole))
    }

    /// Codes that were read one by one. Each certificate begins a pair; a receipt belongs to the
    /// certificate before it, or to the first where it came first.
    pub fn of_texts(texts: impl IntoIterator<Item = String>) -> Self {
        let mut pairs: Vec<Pair> = Vec::new();
        let mut early = None;
        for text in texts {
            if !text.starts_with(RECEIPT_PREFIX) {
                // What is neither is judged too: it may be a look-alike.
                let is_ours = text.starts_with(CREDENTIAL_PREFIX);
                let receipt = if is_ours { early.take() } else { None };
                pairs.push(Pair { credential: text, receipt });
            } else if let Some(pair) = pairs.last_mut().filter(|pair| pair.receipt.is_none()) {
                pair.receipt = Some(text);
            } else {
                early = Some(text);
            }
        }
        if let Some(receipt) = early {
            pairs.push(Pair { credential: receipt, receipt: None });
        }
        Self { pairs, remarks: Vec::new() }
    }

    /// A verdict for each certificate, beside what stands on the paper; one that says so where no code was found.
    pub fn verdicts(&self, paper: &OnPaper, trust: Option<&TrustData>, clock: Clock) -> Vec<Verdict> {
        self.verdicts_telling(paper, trust, clock, &|| {})
    }

    /// The same, in the same order, on every core of the machine; `looked` is called after each, so that somebody with a
    /// wallet of ten thousand sees it go on.
    pub fn verdicts_telling(
        &self,
        paper: &OnPaper,
        trust: Option<&TrustData>,
        clock: Clock,
        looked: &(dyn Fn() + Sync),
    ) -> Vec<Verdict> {
        let seen = Seen::new();
        if self.pairs.is_empty() {
            let nothing = verify(&Presented::NothingFound, trust, clock, &seen);
            looked();
            return vec![nothing];
        }
        let each = |pair: &Pair| {
            let verdict = pair.verdict(paper, trust, clock, &seen);
            looked();
            verdict
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let share = self.pairs.len().div_ceil(cores).max(FEW);
        if share >= self.pairs.len() {
            return self.pairs.iter().map(each).collect();
        }
        std::thread::scope(|scope| {
            let shares: Vec<_> = self
                .pairs
                .chunks(share)
                .map(|pairs| scope.spawn(move || pairs.iter().map(each).collect::<Vec<_>>()))
                .collect();
            shares.into_iter().flat_map(joined).collect()
        })
    }
}

/// What a thread came to; where it panicked, this one does.
fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn remarks(scan: &Scan) -> Vec<String> {
    let unread =
        scan.unread.iter().map(|symbol| format!("a symbol on page {} could not be read", symbol.page));
    unread.chain(scan.left_out.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::DeskScan;

    #[test]
    fn receipts_find_their_certificates() {
        let paired = |texts: &[&str]| -> Vec<(String, Option<String>)> {
            let scan = DeskScan::of_texts(texts.iter().map(|text| (*text).to_owned()));
            scan.pairs.into_iter().map(|pair| (pair.credential, pair.receipt)).collect()
        };
        let pair = |a: &str, b: Option<&str>| (a.to_owned(), b.map(str::to_owned));
        assert_eq!(paired(&["KPC1:A", "KPR1:a"]), [pair("KPC1:A", Some("KPR1:a"))]);
        assert_eq!(paired(&["KPR1:a", "KPC1:A"]), [pair("KPC1:A", Some("KPR1:a"))]);
        assert_eq!(
            paired(&["KPC1:A", "KPC1:B", "KPR1:b", "https://kp.example"]),
            [pair("KPC1:A", None), pair("KPC1:B", Some("KPR1:b")), pair("https://kp.example", None)]
        );
        assert_eq!(paired(&["KPR1:a"]), [pair("KPR1:a", None)]);
    }

    #[test]
    fn what_was_typed_is_never_taken_for_a_picture() {
        let typed = |text: &str| {
            let pairs = DeskScan::of_typed(text).pairs.into_iter();
            pairs.map(|pair| (pair.credential, pair.receipt)).collect::<Vec<_>>()
        };
        let in_an_address = "https://kp.example/v?c=KPC1%3A6BFA%2F1";
        assert_eq!(typed(in_an_address), [("KPC1:6BFA/1".to_owned(), None)]);
        assert_eq!(
            typed(" https://kp.example/XA-000451\n"),
            [("https://kp.example/XA-000451".to_owned(), None)]
        );
        assert_eq!(typed("100% of it"), [("100% of it".to_owned(), None)]);
        assert_eq!(typed(" \n"), []);
    }
}
