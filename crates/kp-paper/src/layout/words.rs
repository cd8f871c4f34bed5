//! The words that are printed inside tables and parts: English always, and the issuer's own where the layout has them.

/// A word: its key in the layout's `[words]`, and its English.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) key: &'static str,
    pub(crate) english: &'static str,
}

/// All words that a layout may give in the issuer's language.
pub(crate) const WORDS: &[Word] = &[
    Word { key: "hs_class", english: "HS class" },
    Word { key: "description", english: "Rough diamonds" },
    Word { key: "unsorted", english: "unsorted" },
    Word { key: "industrial", english: "industrial" },
    Word { key: "non_industrial", english: "non-industrial" },
    Word { key: "carats", english: "Carats" },
    Word { key: "value", english: "Value in US$" },
    Word { key: "total", english: "Total" },
    Word { key: "licence", english: "licence" },
    Word { key: "seal_number", english: "seal" },
    Word { key: "mixed_origin", english: "mixed origin" },
    Word { key: "not_listed", english: "not listed on the certificate" },
    Word { key: "not_validated", english: "Issued, not yet validated: no code" },
    Word { key: "no_code", english: "no code" },
    Word { key: "receipt_in_list", english: "The receipt is in the published list" },
    Word {
        key: "how_to_check",
        english: "Scan both codes: left the certificate, right its receipt from the log. By telephone: read out the \
                  number and the check code, group by group; 0 is zero, 1 is one, and there is no I, L or O. A photocopy \
                  carries the same codes: compare the parcels, the seals and the weight.",
    },
    Word { key: "certificate_code", english: "Certificate" },
    Word { key: "receipt_code", english: "Receipt of the log" },
    Word { key: "confirmation", english: "Import confirmation" },
    Word { key: "detach", english: "Detach here and return to the issuing authority" },
    Word { key: "destination", english: "Country of destination" },
    Word { key: "importer", english: "Importer" },
    Word { key: "exporter", english: "Exporter" },
    Word { key: "parcels", english: "Number of parcels" },
    Word { key: "certified", english: "Certified" },
    Word { key: "received", english: "Received" },
    Word { key: "carats_received", english: "Carats received" },
    Word { key: "received_on", english: "Received on" },
    Word { key: "seals_intact", english: "Seals intact" },
    Word { key: "opened", english: "Opened" },
    Word { key: "yes_no", english: "yes / no" },
    Word { key: "differences", english: "Differences" },
    Word { key: "importing_authority", english: "Importing authority: signature, stamp" },
];

/// A word by its key.
///
/// # Panics
/// Where the key is not in the table, which a test over the callers rules out.
pub(crate) fn word(key: &str) -> Word {
    *WORDS.iter().find(|word| word.key == key).expect("because callers name words of this table")
}
