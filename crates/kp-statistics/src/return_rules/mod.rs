//! Rules for returns before they are published: some block, some warn. One rule per file, each with its source.
//!
//! A rule that blocks is about what cannot be right; one that warns is about what is seldom right, and is forced only with
//! a name and a reason, which are published with the figure (peers 4.2; L46, L53). Thresholds are ours and say so. Pure:
//! what is known comes in.

mod carats_jump;
mod differs_from_register;
mod factor_of_ten;
mod figure_incomplete;
mod figure_repeated;
mod not_positive;
mod partner_unknown;
mod period_not_over;
mod round_unit_value;
mod same_as_before;
mod total_differs;
mod unit_value_jump;

use std::collections::{BTreeMap, BTreeSet};

use kp_terms::{Carats, Date, ParticipantCode, Period, Sentence, UsdCents, sentence};

use crate::{
    annex_table::{AnnexTable, year_before},
    figure::Figure,
};

/// Whether a rule blocks or warns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// The return cannot be submitted.
    Blocks,
    /// It can, with a name and a reason.
    Warns,
}

impl Force {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Warns => "warns",
        }
    }
}

/// A rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The fact seen: `unit_value_jump`.
    pub name: &'static str,
    /// Whether it blocks.
    pub force: Force,
    /// What it looks at, in a sentence.
    pub says: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    check: fn(&Draft, &Known) -> Vec<Breach>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Every rule, those that block first.
pub const RULES: &[Rule] = &[
    figure_incomplete::RULE,
    figure_repeated::RULE,
    not_positive::RULE,
    partner_unknown::RULE,
    period_not_over::RULE,
    carats_jump::RULE,
    differs_from_register::RULE,
    factor_of_ten::RULE,
    round_unit_value::RULE,
    same_as_before::RULE,
    total_differs::RULE,
    unit_value_jump::RULE,
];

/// A return before it is submitted.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Whose.
    pub participant: ParticipantCode,
    /// Which table.
    pub table: AnnexTable,
    /// For which period.
    pub period: Period,
    /// Its figures with the row where each stands; none is a nil return.
    pub rows: Vec<(u32, Figure)>,
    /// Sums that its file states, each with its row; a return that is declared has none.
    pub totals: Vec<(u32, Total)>,
}

/// A sum that a file states of rows above it, as far as it states one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Carats.
    pub carats: Option<Carats>,
    /// Value, US$.
    pub value: Option<UsdCents>,
    /// Certificates.
    pub certificates: Option<u32>,
}

impl Total {
    /// Whether every sum that it states is nothing.
    pub fn is_nothing(&self) -> bool {
        self.carats.is_none_or(|carats| carats == Carats::ZERO)
            && self.value.is_none_or(|value| value == UsdCents::ZERO)
            && self.certificates.is_none_or(|count| count == 0)
    }
}

/// What is known besides.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The day.
    pub today: Date,
    /// Whom one can trade with.
    pub participants: BTreeSet<ParticipantCode>,
    /// Earlier returns of the same table, by period, each as it stands now.
    pub history: BTreeMap<Period, Vec<Figure>>,
    /// The same return as the register counts it; nothing where the register has no certificate of that period.
    pub register: Option<Vec<Figure>>,
}

/// Something a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Which rule.
    pub rule: &'static str,
    /// Whether it blocks.
    pub force: Force,
    /// The row; 0 where it is about the whole return.
    pub row: u32,
    /// Which cell of the row.
    pub column: Column,
    /// What is wrong.
    pub sentence: Sentence,
    /// How to mend it.
    pub mend: Sentence,
}

/// A cell of a row of a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Partner.
    Partner,
    /// Customs class.
    Class,
    /// Kind of mining.
    Mining,
    /// Carats.
    Carats,
    /// Value.
    Value,
    /// Number of certificates.
    Certificates,
    /// Who may see it.
    Visibility,
    /// Whose return it is, where a file says so in its rows.
    Participant,
    /// For which period it is, where a file says so in its rows.
    Period,
    /// Which table it is, where a file says so in its rows.
    Table,
}

impl Column {
    /// The word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Class => "class",
            Self::Mining => "mining",
            Self::Carats => "carats",
            Self::Value => "value",
            Self::Certificates => "certificates",
            Self::Visibility => "visibility",
            Self::Participant => "participant",
            Self::Period => "period",
            Self::Table => "table",
        }
    }

    /// The word as it is said in every language.
    pub fn in_words(self) -> Sentence {
        Sentence::behind::<&str>(&format!("word-{}", self.word()), self.word(), [])
    }
}

/// Everything that all rules find, those that block first, then by rule and row.
pub fn check(draft: &Draft, known: &Known) -> Vec<Breach> {
    RULES.iter().flat_map(|rule| (rule.check)(draft, known)).collect()
}

/// How often each rule found something, in the order of the rules.
pub fn by_rule(breaches: &[Breach]) -> Vec<(&'static Rule, usize)> {
    let count = |rule: &Rule| breaches.iter().filter(|breach| breach.rule == rule.name).count();
    RULES.iter().map(|rule| (rule, count(rule))).filter(|(_, count)| *count > 0).collect()
}

/// The last twelve values of a figure, newest first: the period, and the figure as it stands now.
pub fn last_twelve<'k>(key: &str, known: &'k Known) -> Vec<(Period, &'k Figure)> {
    let of_period = |(period, figures): (&Period, &'k Vec<Figure>)| {
        figures.iter().find(|figure| figure.key() == key).map(|figure| (*period, figure))
    };
    known.history.iter().rev().filter_map(of_period).take(12).collect()
}

impl Rule {
    /// What it looks at, as it is said in every language.
    pub fn in_words(&self) -> Sentence {
        Sentence::behind::<&str>(&format!("return-rule-{}", self.name), self.says, [])
    }

    fn breach(&self, row: u32, column: Column, sentence: Sentence, mend: Sentence) -> Breach {
        Breach { rule: self.name, force: self.force, row, column, sentence, mend }
    }
}

impl Breach {
    /// What is wrong, with its row where it is about one.
    pub fn in_row(&self) -> Sentence {
        match self.row {
            0 => self.sentence.clone(),
            row => sentence!("return-in-row", "row {row}, {sentence}", row = row, sentence = self.sentence),
        }
    }
}

impl Known {
    /// The figure of the same key a year before, else in the last period there is.
    fn earlier(&self, draft: &Draft, key: &str) -> Option<(Period, &Figure)> {
        let wanted = year_before(draft.period);
        let find = |period: Period| {
            self.history.get(&period)?.iter().find(|figure| figure.key() == key).map(|f| (period, f))
        };
        find(wanted).or_else(|| {
            last_twelve(key, self)
                .into_iter()
                .find(|(period, _)| period.last_day() < draft.period.first_day())
        })
    }
}

/// The rules as a page: docs/return-rules.md.
pub fn as_markdown() -> String {
    let mut page = String::from(
        "# Rules for returns\n\nWritten by a test from the headers of `crates/kp-statistics/src/return_rules/`\n\
         (`UPDATE_DOCS=1 cargo test -p kp-statistics`). Do not edit.\n\nA rule that blocks must be mended. A rule that warns can \
         be forced with a name and a reason;\nboth are published with the return.\n\n| Rule | Blocks or warns | What it looks at \
         | Source |\n|---|---|---|---|\n",
    );
    for rule in RULES {
        page.push_str(&format!(
            "| `{}` | {} | {} | {} |\n",
            rule.name,
            rule.force.word(),
            rule.says,
            rule.source
        ));
    }
    page
}

#[cfg(test)]
mod tests;
