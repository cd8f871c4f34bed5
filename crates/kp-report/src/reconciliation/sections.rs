//! What the report says, part by part: figures, and how to read them.

use kp_reconcile::{Balance, Class, Gap, Outcome, memory};

use super::{Section, Table};

/// How many balances and rejected rows stand on the page.
const SHOWN: usize = 25;

/// The first sentence.
pub(super) fn lead(outcome: &Outcome) -> String {
    let of = |class: Class| {
        outcome.classes.iter().find(|total| total.class == class).map_or(0, |total| total.count)
    };
    let agree = of(Class::Exact) + of(Class::T1) + of(Class::T2) + of(Class::T3);
    let rejected = match outcome.rejected() {
        0 => "Every row could be read".to_owned(),
        1 => "1 row could not be read and was left out".to_owned(),
        many => format!("{} rows could not be read and were left out", count(many)),
    };
    let same = match outcome.same_rows {
        0 => String::new(),
        1 => " 1 number has one certificate whose row stands in the file more than once: each time it is counted (w5_certno.csv).".to_owned(),
        many => format!(
            " {} numbers have one certificate whose row stands in the file more than once: each time it is counted (w5_certno.csv).",
            count(many)
        ),
    };
    format!(
        "{} certificates: {} pairs with a confirmation agree within the tolerances, {} certificates are due and not confirmed, {} confirmations name a number that no certificate has. {rejected}.{same}",
        count(outcome.certificates),
        signed(agree),
        signed(of(Class::Noconf)),
        signed(of(Class::Orphan)),
    )
}

/// All parts, in order.
pub(super) fn sections(outcome: &Outcome) -> Vec<Section> {
    let mut sections = vec![files(outcome)];
    sections.extend(left_out(outcome));
    sections.extend([
        classes(outcome),
        gaps(outcome),
        balances(outcome),
        unit_values(outcome),
        repeats(outcome),
    ]);
    sections.extend([results(outcome), needed(outcome)]);
    sections
}

fn files(outcome: &Outcome) -> Section {
    let row = |read: &kp_reconcile::Read| {
        let account = &read.account;
        let total = account.used + account.rejected;
        vec![
            read.table.to_owned(),
            account.file.clone(),
            count(account.bytes),
            count(total),
            count(account.used),
            count(account.rejected),
        ]
    };
    Section {
        heading: "What was read",
        paragraphs: vec!["Every row is used or left out; blank lines are no rows.".to_owned()],
        table: Some(Table {
            headers: vec!["table", "file", ">bytes", ">rows", ">used", ">left out"],
            rows: outcome.read.iter().map(row).collect(),
        }),
    }
}

fn left_out(outcome: &Outcome) -> Option<Section> {
    let all = || outcome.read.iter().flat_map(|read| &read.rejected);
    all().next()?;
    let row = |rejected: &kp_reconcile::Rejected| {
        let rejected = rejected.clone();
        vec![rejected.file, rejected.row.to_string(), rejected.column, rejected.found, rejected.expected]
    };
    Some(Section {
        heading: "Rows that were left out",
        paragraphs: vec![format!(
            "They are in no figure below. The first {SHOWN}; all are in rejected.csv beside this report. Mend them in the file and run again."
        )],
        table: Some(Table {
            headers: vec!["file", ">row", "column", "found", "expected"],
            rows: all().take(SHOWN).map(row).collect(),
        }),
    })
}

fn classes(outcome: &Outcome) -> Section {
    let all: i64 = outcome.classes.iter().map(|total| total.count).sum();
    let row = |total: &kp_reconcile::ClassTotal| {
        vec![
            total.class.name().to_owned(),
            total.class.meaning().to_owned(),
            signed(total.count),
            share(total.count, all),
            hundredths(total.cc),
            hundredths(total.vc),
            hundredths(total.cc_apart),
            hundredths(total.vc_apart),
        ]
    };
    Section {
        heading: "What became of certificates and confirmations",
        paragraphs: vec![
            format!(
                "Each certificate is put beside each confirmation of its number; a number on two certificates or in two confirmations makes several pairs. The first class that applies is taken. A certificate issued by {} should have been confirmed.",
                outcome.answered_until
            ),
            "By route and year: w2_summary.csv. Pair by pair, for the classes that are asked about: w2_exceptions.csv.".to_owned(),
        ],
        table: Some(Table {
            headers: vec!["class", "meaning", ">pairs", ">share", ">carats", ">value US$", ">carats apart", ">US$ apart"],
            rows: outcome.classes.iter().map(row).collect(),
        }),
    }
}

fn gaps(outcome: &Outcome) -> Section {
    let row = |gap: &Gap| {
        vec![
            letters(gap.exporter),
            letters(gap.importer),
            gap.year.to_string(),
            hundredths(gap.certified),
            hundredths(gap.unexplained()),
            hundredths(gap.not_confirmed),
            hundredths(gap.without_certificate),
            hundredths(gap.other_partner),
            hundredths(gap.apart),
        ]
    };
    Section {
        heading: "The largest unexplained gaps",
        paragraphs: vec![format!(
            "In carats, by exporter, importer and year of issue, split into its parts: the first {} of {} routes' years that leave something unexplained. The numbers behind a part are the rows of w2_exceptions.csv. Ask where one part stands out: a route with nothing confirmed for months is a lost mailbag or a lost shipment, single differences are a scale.",
            outcome.gaps.len(),
            count(outcome.gaps_in_all)
        )],
        table: Some(Table {
            headers: vec![
                "exporter",
                "importer",
                "year",
                ">certified",
                ">unexplained",
                ">not confirmed",
                ">no certificate",
                ">other partner",
                ">apart",
            ],
            rows: outcome.gaps.iter().map(row).collect(),
        }),
    }
}

fn balances(outcome: &Outcome) -> Section {
    let Some(flagged) = &outcome.flagged else {
        return Section {
            heading: "Balances",
            paragraphs: vec![
                "Not worked out: production and stocks were not given, so w3.csv has only its header."
                    .to_owned(),
            ],
            table: None,
        };
    };
    let mut worst: Vec<&Balance> = flagged.iter().collect();
    worst.sort_by_key(|balance| balance.residual());
    let row = |balance: &&Balance| {
        vec![
            letters(balance.participant),
            balance.year.to_string(),
            hundredths(balance.opening),
            hundredths(balance.production),
            hundredths(balance.imports),
            hundredths(balance.exports),
            hundredths(balance.closing),
            hundredths(balance.residual()),
        ]
    };
    Section {
        heading: "Balances",
        paragraphs: vec![format!(
            "Opening stock + production + imports - exports - closing stock, in carats. Below zero, more went out or is in stock than came in; {} of {} participant years are flagged because that is more than two percent of what came in. The {} furthest below zero; all are in w3.csv.",
            count(flagged.len() as u64),
            count(outcome.balances),
            worst.len().min(SHOWN)
        )],
        table: Some(Table {
            headers: vec![
                "participant",
                "year",
                ">opening",
                ">production",
                ">imports",
                ">exports",
                ">closing",
                ">left over",
            ],
            rows: worst.iter().take(SHOWN).map(row).collect(),
        }),
    }
}

fn unit_values(outcome: &Outcome) -> Section {
    Section {
        heading: "Value per carat",
        paragraphs: vec![
            format!(
                "{} certificates stand outside their group of {} groups of at least eight (same exporter, importer, class and quarter): further from the median than 3.5 scaled median absolute deviations, and by more than a tenth in the logarithm. They are in w4_outliers.csv, the groups in w4_groups.csv.",
                count(outcome.outliers),
                count(outcome.groups)
            ),
            format!(
                "{} certificates state no carats or no value and have no value per carat.",
                count(outcome.without_unit_value)
            ),
        ],
        table: None,
    }
}

fn repeats(outcome: &Outcome) -> Section {
    let row = |(what, name, how): (&str, &str, &str)| {
        vec![what.to_owned(), count(outcome.rows_of(name)), name.to_owned(), how.to_owned()]
    };
    let rows = [
        (
            "numbers on several certificates",
            "w5_certno.csv",
            "a number is used once: each is a question to the issuer",
        ),
        (
            "numbers confirmed several times",
            "w5_confno.csv",
            "by two importers it is a question to both; by one mostly a letter sent twice",
        ),
        (
            "seals on several certificates",
            "w5_seal.csv",
            "innocent where one container carries both; ask where issuers or months differ",
        ),
        (
            "identical contents",
            "w5_content.csv",
            "same route, class, carats and value: ask where the amounts are not round",
        ),
    ];
    Section {
        heading: "What is there more than once",
        paragraphs: Vec::new(),
        table: Some(Table {
            headers: vec!["what", ">how many", "file", "how to read it"],
            rows: rows.into_iter().map(row).collect(),
        }),
    }
}

fn results(outcome: &Outcome) -> Section {
    let row = |written: &kp_reconcile::Written| {
        vec![written.name.clone(), count(written.rows), written.sha256.clone()]
    };
    let mut rows: Vec<Vec<String>> = outcome.written.iter().map(row).collect();
    rows.push(vec!["ALL".to_owned(), String::new(), outcome.sha256.clone()]);
    Section {
        heading: "The results",
        paragraphs: vec![
            "Defined to the byte, so that anybody can work them out with other means and compare. ALL is the SHA-256 of the lines `sha  name`, sorted by name.".to_owned(),
        ],
        table: Some(Table { headers: vec!["file", ">rows", "SHA-256"], rows }),
    }
}

fn needed(outcome: &Outcome) -> Section {
    let reading = memory::FIXED + outcome.certificates * memory::EACH_CERTIFICATE;
    let listed = outcome.rows_of("w2_exceptions.csv") * memory::EACH_EXCEPTION;
    let matching = memory::FIXED + outcome.certificates * 32 + outcome.slots * memory::EACH_SERIAL + listed;
    Section {
        heading: "Memory",
        paragraphs: vec![format!(
            "At most {} MiB: the larger of {} MiB while certificates are read and looked at ({} bytes for each) and {} MiB while confirmations are matched (32 bytes for each certificate, {} for each serial number between the first and the last of a series, {} for each exception), {} MiB of it whatever the size. Confirmations are not kept. Parquet adds the needed columns of one row group for each thread.",
            reading.max(matching) >> 20,
            reading >> 20,
            memory::EACH_CERTIFICATE,
            matching >> 20,
            memory::EACH_SERIAL,
            memory::EACH_EXCEPTION,
            memory::FIXED >> 20,
        )],
        table: None,
    }
}

fn letters(code: [u8; 2]) -> String {
    code.iter().map(|letter| char::from(*letter)).collect()
}

fn count(number: u64) -> String {
    crate::words::count(number as usize)
}

fn signed(number: i64) -> String {
    format!("{}{}", if number < 0 { "-" } else { "" }, count(number.unsigned_abs()))
}

/// Hundredths with two decimals.
fn hundredths(value: i64) -> String {
    let rest = value.unsigned_abs() % 100;
    format!("{}{}.{rest:02}", if value < 0 { "-" } else { "" }, count(value.unsigned_abs() / 100))
}

/// A share in hundredths of a percent.
fn share(part: i64, all: i64) -> String {
    let share = i128::from(part) * 10_000 / i128::from(all.max(1));
    format!("{}.{:02} %", share / 100, share % 100)
}
