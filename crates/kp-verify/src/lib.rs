//! Certificate, receipt and lists into one verdict with a sentence, offline.
