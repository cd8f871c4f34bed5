//! The page of a detector, read from the header of its own source file, so that code and documentation are one text.
//!
//! A detector's file opens with `//!` lines: its name and the fact it sees, then the sections below, each begun by its
//! heading and a colon; lists are separated by semicolons. `docs/detectors.md` is generated from this, and the "why am
//! I asked?" of a finding quotes it.

use kp_terms::Sentence;
use serde::Serialize;

/// What a detector's page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DetectorDoc {
    /// The fact seen: `production_surge`.
    pub name: String,
    /// The fact in a sentence.
    pub fact: String,
    /// The question in general words.
    pub question: String,
    /// The formula.
    pub formula: String,
    /// What data it needs before it speaks.
    pub minimum_data: String,
    /// Thresholds by default, all ours.
    pub thresholds: Vec<String>,
    /// What would explain it without fault.
    pub innocent_explanations: Vec<String>,
    /// Which of these are tried on the data, and how; empty where a detector tries none.
    pub counter_checks: Vec<String>,
    /// What an answer must contain.
    pub answer_must_contain: Vec<String>,
    /// Which evidence is attached.
    pub evidence: String,
    /// Rule or source it rests on.
    pub source: String,
}

/// Headings as they stand in the files, in the order of the page.
const HEADINGS: [&str; 9] = [
    "Question",
    "Formula",
    "Minimum data",
    "Thresholds (ours)",
    "Innocent explanations",
    "Counter-checks",
    "An answer must contain",
    "Evidence",
    "Source",
];

impl DetectorDoc {
    /// Reads the header of a detector's source. A missing section comes out empty; a test refuses that.
    pub fn from_header(source: &str) -> Self {
        let mut head = String::new();
        let mut sections: [String; HEADINGS.len()] = Default::default();
        let mut current = None;
        for line in source.lines().map_while(|l| l.strip_prefix("//!")).map(str::trim) {
            let begun =
                HEADINGS.iter().position(|h| line.strip_prefix(h).is_some_and(|rest| rest.starts_with(':')));
            let (text, into) = match (begun, current) {
                (Some(at), _) => {
                    current = Some(at);
                    (line.get(HEADINGS[at].len() + 1..).unwrap_or_default().trim(), &mut sections[at])
                }
                (None, Some(at)) => (line, &mut sections[at]),
                (None, None) => (line, &mut head),
            };
            if !text.is_empty() {
                if !into.is_empty() {
                    into.push(' ');
                }
                into.push_str(text);
            }
        }
        let (name, fact) = head.split_once(':').unwrap_or((head.as_str(), ""));
        let [question, formula, minimum_data, thresholds, innocent, checks, answer, evidence, source] =
            sections;
        Self {
            name: name.trim().to_owned(),
            fact: fact.trim().to_owned(),
            question,
            formula,
            minimum_data,
            thresholds: items(&thresholds),
            innocent_explanations: items(&innocent),
            counter_checks: items(&checks),
            answer_must_contain: items(&answer),
            evidence,
            source,
        }
    }

    /// What would explain its findings, under the keys by which other languages say it.
    pub fn explanations(&self) -> Vec<Sentence> {
        self.fixed("explains", &self.innocent_explanations)
    }

    /// What an answer to its findings must contain, under the keys by which other languages say it.
    pub fn answers(&self) -> Vec<Sentence> {
        self.fixed("answer", &self.answer_must_contain)
    }

    fn fixed(&self, what: &str, items: &[String]) -> Vec<Sentence> {
        let key = |at| format!("found-{}-{what}-{at}", self.name);
        let numbered = (1..).zip(items);
        numbered.map(|(at, item)| Sentence::behind::<&str>(&key(at), item, [])).collect()
    }

    /// The sections that are empty; a detector is not complete while there are any. Counter-checks are asked of the
    /// detectors over certificate streams only, where [`crate::stream`] looks for them.
    pub fn empty_sections(&self) -> Vec<&'static str> {
        let empty = [
            self.question.is_empty(),
            self.formula.is_empty(),
            self.minimum_data.is_empty(),
            self.thresholds.is_empty(),
            self.innocent_explanations.is_empty(),
            false,
            self.answer_must_contain.is_empty(),
            self.evidence.is_empty(),
            self.source.is_empty(),
        ];
        HEADINGS.into_iter().zip(empty).filter_map(|(heading, empty)| empty.then_some(heading)).collect()
    }
}

/// A detector's name for people: `production surge`.
pub fn name_in_words(name: &str) -> Sentence {
    Sentence::behind::<&str>(&format!("detector-{name}"), name.replace('_', " "), [])
}

/// The pages of detectors as one Markdown text: `docs/detectors.md` is this, and a test keeps it so.
pub fn as_markdown(groups: &[(&str, &[DetectorDoc])]) -> String {
    let mut page = String::from(PREFACE);
    for (heading, docs) in groups {
        page.push_str(&format!("\n## {heading}\n"));
        for doc in *docs {
            page.push_str(&format!("\n### `{}`\n\n{}\n\n", doc.name, capital(&doc.fact)));
            for (name, text) in [
                ("Question", doc.question.clone()),
                ("Formula", doc.formula.clone()),
                ("Minimum data", doc.minimum_data.clone()),
                ("Thresholds (ours)", doc.thresholds.join("; ")),
                ("Innocent explanations", doc.innocent_explanations.join("; ")),
                ("Counter-checks", doc.counter_checks.join("; ")),
                ("An answer must contain", doc.answer_must_contain.join("; ")),
                ("Evidence", doc.evidence.clone()),
                ("Source", doc.source.clone()),
            ]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            {
                page.push_str(&format!("- **{name}.** {}\n", capital(&text)));
            }
        }
    }
    page
}

const PREFACE: &str = "# Detectors

Generated from the headers of the detectors' source files; a test keeps it so. A detector is named after the fact it sees,
never after a suspicion. What it finds is a question with its arithmetic, and it changes nothing: only a person's act does.
Every threshold is our own choice; no threshold of the Working Group on Statistics is published.
";

/// Detectors are pasted into Markdown as they are; a factor written `x 2` or a `*` must not become markup.
fn capital(text: &str) -> String {
    let escaped = text.replace('*', "\\*").replace('_', "\\_");
    let mut chars = escaped.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn items(section: &str) -> Vec<String> {
    section
        .split(';')
        .map(|item| item.trim().trim_end_matches('.').to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_head_sections_and_lists_over_several_lines() {
        let doc = DetectorDoc::from_header(
            "//! two_moons: the sky shows\n//! two.\n//!\n//! Question: which?\n//! Innocent explanations: a lamp;\n//! \
             a mirror.\n\nuse sky;\n//! Source: not in the header",
        );
        assert_eq!((doc.name.as_str(), doc.fact.as_str()), ("two_moons", "the sky shows two."));
        assert_eq!(doc.question, "which?");
        assert_eq!(doc.innocent_explanations, ["a lamp", "a mirror"]);
        assert_eq!(doc.empty_sections().len(), 6);
    }
}
