//! The report of `kpcs reconcile`: what was read, what became of it, where to ask first; as a page and as plain text.
//!
//! Both are written from the same sections, so that they cannot say different things. The same files give the same
//! bytes: nothing here knows a time or a machine.

mod sections;
mod text;

use askama::Template;
use kp_reconcile::Outcome;

use crate::style::STYLE;

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReconciliationReport {
    /// `report.html`
    pub html: String,
    /// `report.txt`
    pub text: String,
}

/// A part of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    heading: &'static str,
    /// What the figures say and how to read them, one paragraph each.
    paragraphs: Vec<String>,
    table: Option<Table>,
}

/// Columns of texts; a header that begins with `>` has figures, which stand to the right.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    headers: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// The header's words, and whether its column holds figures.
    fn columns(&self) -> Vec<(&'static str, bool)> {
        self.headers.iter().map(|header| (header.trim_start_matches('>'), header.starts_with('>'))).collect()
    }
}

#[derive(Template)]
#[template(path = "reconciliation/page.html")]
struct Page<'a> {
    style: &'static str,
    program: &'a str,
    lead: String,
    sections: &'a [Section],
}

/// Writes the report. `program` is the name and version for the foot of the page.
pub fn write_reconciliation(outcome: &Outcome, program: &str) -> ReconciliationReport {
    let (lead, sections) = (sections::lead(outcome), sections::sections(outcome));
    let text = text::written(&lead, &sections, program);
    let page = Page { style: STYLE, program, lead, sections: &sections };
    let html = page.render().expect("because the template only writes texts that are already there");
    ReconciliationReport { html, text }
}
