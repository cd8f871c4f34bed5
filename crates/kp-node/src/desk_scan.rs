//! What is laid on a desk, told apart: which codes a file holds, which receipt belongs to which certificate, and the
//! verdict on each.
//!
//! L21, L22. Shared by the command, the pages and the stories, so that all three say the same of the same paper. Finds
//! codes with `kp-scan`, judges with `kp-verify`; decides nothing itself and keeps nothing.

use kp_certificate::{CREDENTIAL_PREFIX, RECEIPT_PREFIX};
use kp_scan::{Scan, read_codes};
use kp_verify::{Clock, Code, Presented, Seen, TrustData, Verdict, verify};

/// A certificate's code and its receipt's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePair {
    credential: String,
    receipt: Option<String>,
}

/// The codes of one paper, file or line of text, and what else is to be said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskScan {
    /// Certificates, each with its receipt where there is one. None where no code was found.
    pub pairs: Vec<CodePair>,
    /// Symbols that could not be read, pages that were left out, or why nothing could be read, in sentences.
    pub remarks: Vec<String>,
}

impl CodePair {
    /// As it is verified.
    pub fn presented(&self) -> Presented<'_> {
        let receipt = self.receipt.as_deref().map(Code::Text);
        Presented::Codes { credential: Code::Text(&self.credential), receipt }
    }
}

impl DeskScan {
    /// The codes in a PDF, a picture or a text file, by what its bytes are, not by its name.
    pub fn of_file(bytes: &[u8]) -> Self {
        match read_codes(bytes) {
            Err(error) => Self { pairs: Vec::new(), remarks: vec![error.to_string()] },
            Ok(scan) => {
                let remarks = remarks(&scan);
                Self { pairs: Self::of_texts(scan.codes.into_iter().map(|code| code.text)).pairs, remarks }
            }
        }
    }

    /// Codes that were typed, pasted or read by a scanner. Each certificate begins a pair; a receipt belongs to the
    /// certificate before it, or to the first where it came first.
    pub fn of_texts(texts: impl IntoIterator<Item = String>) -> Self {
        let mut pairs: Vec<CodePair> = Vec::new();
        let mut early = None;
        for text in texts {
            if !text.starts_with(RECEIPT_PREFIX) {
                // What is neither is judged too: it may be a look-alike.
                let is_ours = text.starts_with(CREDENTIAL_PREFIX);
                let receipt = if is_ours { early.take() } else { None };
                pairs.push(CodePair { credential: text, receipt });
            } else if let Some(pair) = pairs.last_mut().filter(|pair| pair.receipt.is_none()) {
                pair.receipt = Some(text);
            } else {
                early = Some(text);
            }
        }
        if let Some(receipt) = early {
            pairs.push(CodePair { credential: receipt, receipt: None });
        }
        Self { pairs, remarks: Vec::new() }
    }

    /// A verdict for each certificate; one that says so where no code was found.
    pub fn verdicts(&self, trust: Option<&TrustData>, clock: Clock) -> Vec<Verdict> {
        let seen = Seen::new();
        if self.pairs.is_empty() {
            return vec![verify(&Presented::NothingFound, trust, clock, &seen)];
        }
        self.pairs.iter().map(|pair| verify(&pair.presented(), trust, clock, &seen)).collect()
    }
}

fn remarks(scan: &Scan) -> Vec<String> {
    let unread =
        scan.unread.iter().map(|symbol| format!("a symbol on page {} could not be read", symbol.page));
    unread.chain(scan.left_out.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{CodePair, DeskScan};

    #[test]
    fn receipts_find_their_certificates() {
        let paired = |texts: &[&str]| DeskScan::of_texts(texts.iter().map(|text| (*text).to_owned())).pairs;
        let pair =
            |a: &str, b: Option<&str>| CodePair { credential: a.to_owned(), receipt: b.map(str::to_owned) };
        assert_eq!(paired(&["KPC1:A", "KPR1:a"]), [pair("KPC1:A", Some("KPR1:a"))]);
        assert_eq!(paired(&["KPR1:a", "KPC1:A"]), [pair("KPC1:A", Some("KPR1:a"))]);
        assert_eq!(
            paired(&["KPC1:A", "KPC1:B", "KPR1:b", "https://kp.example"]),
            [pair("KPC1:A", None), pair("KPC1:B", Some("KPR1:b")), pair("https://kp.example", None)]
        );
        assert_eq!(paired(&["KPR1:a"]), [pair("KPR1:a", None)]);
    }
}
