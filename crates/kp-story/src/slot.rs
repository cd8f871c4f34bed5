//! What can stand in a place of a form: carats with their unit, a code, a day. Each is read strictly.
//!
//! Every kind carries an example that reads and another value that reads too; the tests put the other value into each
//! expectation of each story and must see the story fail.

use jiff::{Timestamp, civil::Date};
use kp_log::LogOwner;
use kp_registry::{
    Condition, Direction, DocumentKeyState, MembershipEnd, NationalRule, Role, Standing, UnderWayRule,
    ZoneState,
};
use kp_terms::{
    Carats, CertificateNumber, FieldValue, Half, HsCode, ParticipantCode, Quarter, UsdCents, Zone,
};

/// One kind of place.
#[derive(Debug)]
pub struct Slot {
    /// Its name in forms: `carats` for `<carats>`.
    pub name: &'static str,
    /// What it holds, for the language's page.
    pub what: &'static str,
    /// An example that reads.
    pub example: &'static str,
    /// Another value that reads.
    pub other: &'static str,
    /// Whether a text reads.
    pub(crate) reads: fn(&str) -> bool,
}

/// Carats with the unit written: `36000.00ct`.
pub(crate) fn carats(text: &str) -> Option<Carats> {
    text.strip_suffix("ct").filter(|number| number.ends_with(|c: char| c.is_ascii_digit()))?.parse().ok()
}

/// US dollars with the unit written: `12600000usd`.
pub(crate) fn usd(text: &str) -> Option<UsdCents> {
    text.strip_suffix("usd").filter(|number| number.ends_with(|c: char| c.is_ascii_digit()))?.parse().ok()
}

fn date(text: &str) -> bool {
    text.parse::<Date>().is_ok()
}

fn instant(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
}

fn reads<T: FieldValue>(text: &str) -> bool {
    T::read(&[text.to_owned()]).is_ok()
}

/// XA to XZ without XI and XK, which are in use for real places: no story names a real participant by accident.
fn invented(text: &str) -> bool {
    reads::<ParticipantCode>(text) && text.starts_with('X') && !matches!(text, "XI" | "XK")
}

fn number(text: &str) -> bool {
    text.parse::<CertificateNumber>().is_ok_and(|number| invented(number.prefix().as_str()))
}

fn id(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
}

fn plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_'))
}

fn log_name(text: &str) -> bool {
    let owner_and_year = text.strip_prefix("kp.").and_then(|rest| rest.split_once('/'));
    owner_and_year.is_some_and(|(owner, year)| {
        owner.parse::<LogOwner>().is_ok() && year.len() == 4 && year.parse::<i16>().is_ok()
    })
}

fn one_of(words: &[&str], text: &str) -> bool {
    words.contains(&text)
}

macro_rules! slots {
    ($($name:literal, $what:literal, $example:literal, $other:literal, $reads:expr;)*) => {
        /// Every kind of place, in the order of their names.
        pub const SLOTS: &[Slot] = &[$(Slot { name: $name, what: $what, example: $example, other: $other, reads: $reads }),*];
    };
}

slots! {
    "annex-table", "production, imports, exports, certificates or stocks", "exports", "stocks", reads::<kp_statistics::AnnexTable>;
    "application-state", "applied, deficient, rejected or drafted", "deficient", "drafted", |t| t.parse::<kp_trade::ApplicationState>().is_ok();
    "audit", "an audit's reference", "XA-AUD-1", "XZ-AUD-9", plain;
    "authority", "an authority's short id", "xa-gdo", "xb-gdo", id;
    "band", "class, size where there is one, lowest and highest US$ per carat, in quotes", "7102.31 100.00 900.00", "7102.31 1.00 2.00", reads::<kp_valuation::Band>;
    "blank-step", "printed, received, handed-over, accepted, spoiled, lost, stolen, condemned or destroyed", "printed", "destroyed", |t| crate::numbers::BLANK_STEPS.iter().any(|(word, _, _)| *word == t);
    "body", "a participant's code, or the word scheme", "XA", "scheme", |t| t == "scheme" || invented(t);
    "carats", "carats, with ct", "36000.00ct", "0.07ct", |t| carats(t).is_some();
    "carats-a-year", "carats a year, with ct/year", "5000.00ct/year", "7.00ct/year", |t| t.strip_suffix("/year").is_some_and(|t| carats(t).is_some());
    "case", "a case's number", "C-2026-0001", "C-2026-0099", |t| t.starts_with("C-") && plain(t);
    "case-state", "open, answered or closed", "open", "closed", |t| one_of(&["open", "answered", "closed"], t);
    "column", "a column of a table", "carats", "number", id;
    "condition", "prior-approval, pictures, compliant-zones or post-audit", "prior-approval", "pictures", reads::<Condition>;
    "container", "a container's number", "BOX-17", "BOX-99", plain;
    "containers", "how many containers", "2", "98", |t| t.parse::<u32>().is_ok();
    "count", "a whole number", "3", "97", |t| t.parse::<u32>().is_ok();
    "custodian", "capital, or the label of an office", "north", "capital", id;
    "date", "a day", "2026-02-03", "1999-12-31", date;
    "day", "a day", "2026-02-03", "1999-12-31", date;
    "decision", "the decision, in quotes", "Plenary decision 2024/7", "another decision", |t| !t.is_empty();
    "destination", "the participant the goods are for", "XB", "XZ", invented;
    "detector", "a detector's name", "exports_above_capacity", "nothing_of_the_kind", id;
    "direction", "export, import or both", "export", "import", reads::<Direction>;
    "discrepancy", "what differs", "SEAL_BROKEN", "ORIGIN_IMPLAUSIBLE", |t| t.parse::<kp_trade::DiscrepancyCode>().is_ok();
    "disposal", "sold or destroyed", "destroyed", "sold", |t| one_of(&["sold", "destroyed"], t);
    "duty", "exporting, importing or both", "both", "importing", |t| one_of(&["exporting", "importing", "both"], t);
    "end", "removed, withdrawn, absorbed or separated", "withdrawn", "removed", reads::<MembershipEnd>;
    "entry", "an entry's number in its log, from 0", "6", "4711", |t| t.parse::<u32>().is_ok();
    "exporter", "the participant the goods leave", "XA", "XZ", invented;
    "field", "a field of a certificate", "importer-name", "remarks", |t| t.parse::<kp_trade::CorrectedField>().is_ok();
    "figure", "partner, class, carats and US$ as far as the table asks for them; or validated or received and a count; in quotes", "XB 7102.31 1200.00 420000.00", "validated 17", reads::<kp_statistics::figure::Figure>;
    "file", "what a technical certificate is about: lot, project or number", "XB-L-1", "XZ-L-9", plain;
    "flow", "export or import", "export", "import", |t| one_of(&["export", "import"], t);
    "forced", "a rule that warns, a colon, and why it is so all the same, in quotes", "carats_jump: the mine reopened", "round_unit_value: the price is fixed", reads::<kp_statistics::declare_return::Forced>;
    "from", "a day, or an instant", "2026-07-09T12:00:00Z", "1999-12-31", |t| instant(t) || date(t);
    "goods", "class, size where there is one, and carats, in quotes", "7102.31 large 1200.00", "7102.31 1.00", reads::<kp_valuation::Goods>;
    "half", "a half-year", "2008-H1", "1999-H2", reads::<Half>;
    "holder", "a licence, an authority or an officer", "XA-EXP-1", "xz-gdo", plain;
    "holding-state", "where held goods are", "seized", "sold", |t| t.parse::<kp_trade::HoldingState>().is_ok();
    "hs", "a customs class", "7102.31", "7102.10", reads::<HsCode>;
    "importer", "the participant the goods come to", "XB", "XZ", invented;
    "instant", "a moment, UTC", "2026-07-09T12:00:00Z", "1999-12-31T23:59:59Z", instant;
    "key", "the short name of a refusal", "number_already_used", "some_other_reason", id;
    "key-name", "what a story calls a document key", "first", "no-such-key", id;
    "key-state", "where a document key is in its life", "active", "expired", reads::<DocumentKeyState>;
    "law", "the law or order, in quotes", "Diamond Act, s. 12", "another law", |t| !t.is_empty();
    "level", "query, answer_owed, visible or public", "public", "query", |t| one_of(&["query", "answer_owed", "visible", "public"], t);
    "licence", "a licence's number", "XA-EXP-1", "XZ-EXP-9", plain;
    "line", "class, carats and US$, in quotes", "7102.10 50.00 400.00", "7102.21 1.00 1.00", reads::<kp_trade::Line>;
    "log", "the name of a log", "kp.XA/2026", "kp.XZ/1999", log_name;
    "loophole", "a number of docs/loopholes.md", "L22", "L99", |t| t.len() == 3 && t.starts_with('L') && t.chars().skip(1).all(|c| c.is_ascii_digit());
    "lot", "a lot's reference", "XA-L-1", "XZ-L-9", plain;
    "mandate", "a mandate's reference", "XA-M-1", "XZ-M-9", plain;
    "matter", "spread or weight", "spread", "weight", reads::<kp_valuation::Matter>;
    "mine", "a mine's name", "Sample Pit 2", "Another Pit", |t| !t.is_empty();
    "mining", "artisanal or large-scale", "artisanal", "large-scale", |t| one_of(&["artisanal", "large-scale"], t);
    "mishap", "lost, stolen or spoiled", "lost", "stolen", |t| one_of(&["lost", "stolen", "spoiled"], t);
    "notice", "lost, stolen, spoiled or counterfeit", "counterfeit", "spoiled", |t| t.parse::<kp_trade::NoticeOf>().is_ok();
    "number", "a certificate's number", "XA-000001", "XZ-009999", number;
    "numbers", "numbers from first to last, or one", "XA-000101..XA-000200", "XZ-000001..XZ-000009", |t| t.split("..").all(number) && reads::<kp_trade::NumberRange>(t);
    "officer", "an officer's short id", "xa-clerk", "xz-clerk", id;
    "origin", "one code, or mixed with its composition, in quotes; what does not read is refused at the desk", "mixed XA:100.00 XC:50.00", "XZ", |t| !t.is_empty();
    "outcome", "explained, corrected or not_explained", "explained", "corrected", |t| one_of(&["explained", "corrected", "not_explained"], t);
    "output", "reference, class and carats, in quotes", "XA-P-8 7102.31 8.00", "XA-P-9 7102.21 1.00", reads::<kp_custody::Output>;
    "overridden-act", "issue_certificate or validate_certificate", "issue_certificate", "validate_certificate", reads::<kp_registry::override_refusal::OverriddenAct>;
    "paper", "handed-in or missing", "missing", "handed-in", |t| one_of(&["handed-in", "missing"], t);
    "parcel", "a parcel's reference", "XA-P-7", "XZ-P-9", plain;
    "parcel-state", "held, reserved, exported, seized or spent", "held", "spent", |t| t.parse::<kp_custody::ParcelState>().is_ok();
    "part", "how two sides of a certificate compare", "timing", "weight", |t| kp_statistics::reconcile::Agreement::ALL.iter().any(|it| it.word() == t);
    "participant", "an invented participant, XA to XZ without XI and XK", "XA", "XZ", invented;
    "party", "exporter, government or independent", "government", "exporter", reads::<kp_valuation::Party>;
    "percent", "a percent, with %", "8.81%", "99.99%", |t| t.strip_suffix('%').is_some_and(|n| n.parse::<Carats>().is_ok());
    "period", "a half-year, a quarter or a year", "2026-Q1", "1999-Q4", reads::<kp_terms::Period>;
    "person", "an officer, or an exporter's licence", "xa-valuer", "xz-valuer", plain;
    "point", "reception, valuation or sealing", "reception", "sealing", reads::<kp_valuation::Point>;
    "purpose", "seized, research or return", "seized", "research", |t| t.parse::<kp_trade::Purpose>().is_ok();
    "quarter", "a quarter", "2026-Q1", "1999-Q4", reads::<Quarter>;
    "recognised", "the participant that is recognised", "XC", "XZ", invented;
    "reference", "an application's reference", "XA-A-17", "XZ-A-99", plain;
    "replaced", "the number that is to be replaced", "XA-000001", "XZ-009999", number;
    "return-state", "open, missing, late or in-time", "missing", "in-time", |t| one_of(&["open", "missing", "late", "in-time"], t);
    "return-step", "reminded, overdue, reported_to_chair or named", "overdue", "named", |t| t.parse::<kp_statistics::calendar::ReturnStep>().is_ok();
    "role", "what an officer may do", "clerk", "approver", reads::<Role>;
    "row", "how a row is named: its first column and value, in quotes", "number XA-000001", "number XZ-009999", |t| t.contains(' ');
    "rule", "a national rule", "recognition-list", "validity", reads::<NationalRule>;
    "seal", "a seal's number", "77120-A", "00000-Z", plain;
    "seal-state", "sealed or open", "sealed", "open", |t| one_of(&["sealed", "open"], t);
    "seals", "intact or broken", "broken", "intact", |t| one_of(&["intact", "broken"], t);
    "seizure-outcome", "released or forfeited", "forfeited", "released", reads::<kp_trade::decide_seizure::SeizureOutcome>;
    "signer", "the officer who signs", "xa-clerk", "xz-clerk", id;
    "source", "an import certificate and the carats drawn from it, in quotes", "XA-000001 100.00", "XZ-009999 1.00", reads::<kp_trade::SourceDraw>;
    "source-id", "a source of a parcel: the parcel it was recorded with, and its place there", "XA-P-1/1", "XZ-P-9/9", plain;
    "stage", "as-presented or cleaned", "cleaned", "as-presented", reads::<kp_valuation::Stage>;
    "standing", "open, conditional, self-suspended, suspended, embargo or removed", "suspended", "removed", reads::<Standing>;
    "state", "a certificate's state", "confirmed", "drafted", |t| t.parse::<kp_trade::CertificateState>().is_ok();
    "step", "opened, asked, answered, reminded, escalated or closed", "reminded", "closed", |t| one_of(&["opened", "asked", "answered", "reminded", "escalated", "closed"], t);
    "stock", "a sort of stock, in the words of a decision", "stockpile-2025", "stockpile-1999", plain;
    "stones", "a find, purchase or import, in quotes", "find XA-ART-12 zone XA/north found 2026-01-10 carats 12.00", "import XZ-000009 origin XZ imported 2026-01-10 carats 1.00", reads::<kp_custody::Source>;
    "subject", "a year, half-year or certificate number", "2026", "1999", plain;
    "successor", "the participant that answers for another from then on", "XB", "XZ", invented;
    "table", "a table of the database", "trade_certificate", "trade_arrival", id;
    "text", "words, in quotes", "invented survey", "other words", |t| !t.is_empty();
    "timeliness", "in-time or late", "late", "in-time", |t| one_of(&["in-time", "late"], t);
    "under-way", "hold-and-ask, release or refuse", "hold-and-ask", "release", reads::<UnderWayRule>;
    "usd", "US dollars, with usd", "12600000usd", "3usd", |t| usd(t).is_some();
    "value", "what is written into a row", "confirmed", "something else", |t| !t.is_empty();
    "valued", "class, size where there is one, and US$, in quotes", "7102.31 large 648540.00", "7102.31 1.00", reads::<kp_valuation::ValueLine>;
    "verdict", "the short name of a verdict's reason (specs/certificate.md)", "used", "good", |t| kp_verify::Reason::order().contains(&t);
    "version", "a price book's version", "2026-01", "1999-01", plain;
    "weighed", "class and carats, in quotes", "7102.31 493.00", "7102.10 1.00", reads::<kp_trade::ParcelLine>;
    "what", "validated or received", "validated", "received", |t| one_of(&["validated", "received"], t);
    "year", "a year", "2026", "1999", |t| t.len() == 4 && t.parse::<i16>().is_ok();
    "zone", "a zone", "XA/north-river", "XZ/elsewhere", |t| reads::<Zone>(t) && invented(t.split('/').next().unwrap_or_default());
    "zone-state", "open, compliant or suspended", "compliant", "suspended", reads::<ZoneState>;
}

/// The kind with this name.
pub(crate) fn slot(name: &str) -> &'static Slot {
    SLOTS.iter().find(|slot| slot.name == name).expect("because a test reads every form of the language")
}

#[cfg(test)]
mod tests {
    use super::SLOTS;

    #[test]
    fn every_example_reads_and_the_list_is_sorted() {
        for slot in SLOTS {
            assert!((slot.reads)(slot.example), "{}: {}", slot.name, slot.example);
            assert!((slot.reads)(slot.other), "{}: {}", slot.name, slot.other);
            assert_ne!(slot.example, slot.other, "{}", slot.name);
        }
        assert!(SLOTS.windows(2).all(|pair| pair[0].name < pair[1].name));
    }

    #[test]
    fn units_are_written() {
        assert!(super::carats("36000.00").is_none() && super::carats("ct").is_none());
        assert!(super::usd("12600000").is_none() && super::usd("12,600,000usd").is_some());
    }
}
