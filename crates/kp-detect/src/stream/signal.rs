//! What a detector says of a stream, before false discoveries are controlled and cases are built.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;

use super::context::Context;
use super::rows::Code;
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

/// Which part of the record a detector reads. Detectors of one group read the same signal and must not vote twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Numbers, seals, contents, dates.
    Identity,
    /// Carats against carats.
    Quantity,
    /// US$ and prices.
    Value,
    /// How many certificates.
    Volume,
    /// Who trades with whom.
    Network,
}

/// How a finding is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Keep an eye on it; ask when writing anyway.
    Watch,
    /// Ask.
    Alert,
}

/// How a detector's family of tests is held to its rate of false discoveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// Identities and equations: true or not, no chance in it.
    Exact,
    /// Benjamini and Hochberg: tests that do not overlap.
    StepUp,
    /// Benjamini and Yekutieli: scans whose windows overlap.
    StepUpAnyDependence,
}

/// Whether an innocent explanation was borne out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The data speak for it.
    Explains,
    /// The data speak against it.
    DoesNotExplain,
    /// The data do not say.
    NotKnown,
}

/// A counter-check that was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CounterCheck {
    /// The innocent explanation that is tried.
    pub explanation: String,
    /// What was found, with its figures.
    pub result: String,
    /// What that says.
    pub outcome: Outcome,
}

impl CounterCheck {
    pub(crate) fn new(explanation: impl Into<String>, result: impl Into<String>, outcome: Outcome) -> Self {
        Self { explanation: explanation.into(), result: result.into(), outcome }
    }

    /// A check that explains where something holds, and does not where it does not.
    pub(crate) fn holds(explanation: impl Into<String>, result: impl Into<String>, holds: bool) -> Self {
        Self::new(explanation, result, if holds { Outcome::Explains } else { Outcome::DoesNotExplain })
    }
}

/// What one detector says.
#[derive(Debug, Clone)]
pub(crate) struct Signal {
    /// What it is about besides participant, partner, firm and time: a number, a seal; may be empty.
    pub subject: String,
    pub participant: Code,
    pub partner: Option<Code>,
    pub firm: Option<i64>,
    /// First and last quarter.
    pub first: i32,
    pub last: i32,
    /// First day on which it could be seen.
    pub since: i32,
    /// Chance under the detector's own model; none for identities.
    pub p: Option<f64>,
    /// 1, 2 or 3.
    pub severity: i64,
    /// An explanation that bears out, or a weak kind of evidence, keeps it a matter to watch.
    pub at_most: Level,
    pub carats: i64,
    pub value: i64,
    /// Places of rows.
    pub certificates: Vec<u32>,
    pub confirmations: Vec<u32>,
    pub title: String,
    pub question: String,
    pub arithmetic: Vec<ArithmeticLine>,
    pub thresholds: Vec<Threshold>,
    pub counter_checks: Vec<CounterCheck>,
}

impl Signal {
    /// Nothing but whom and when it is about; the detector says the rest.
    pub(crate) fn about(
        participant: Code,
        partner: Option<Code>,
        (first, last): (i32, i32),
        since: i32,
    ) -> Self {
        Self {
            subject: String::new(),
            participant,
            partner,
            firm: None,
            first,
            last,
            since,
            p: None,
            severity: 2,
            at_most: Level::Alert,
            carats: 0,
            value: 0,
            certificates: Vec::new(),
            confirmations: Vec::new(),
            title: String::new(),
            question: String::new(),
            arithmetic: Vec::new(),
            thresholds: Vec::new(),
            counter_checks: Vec::new(),
        }
    }

    /// Keeps it to be watched where any of its explanations is borne out.
    pub(crate) fn weighed(mut self) -> Self {
        if self.counter_checks.iter().any(|check| check.outcome == Outcome::Explains) {
            self.at_most = Level::Watch;
        }
        self
    }
}

/// What a detector brings back.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    pub signals: Vec<Signal>,
    /// Tests made, by the year they are about: what a signal competed with.
    pub tests: BTreeMap<i32, u64>,
}

impl Looked {
    pub(crate) fn count(&mut self, year: i32) {
        *self.tests.entry(year).or_default() += 1;
    }
}

/// A detector: its page, what it reads, and the function that looks.
pub(crate) struct Detector {
    pub doc: &'static LazyLock<DetectorDoc>,
    pub group: Group,
    pub control: Control,
    pub look: fn(&Context<'_>) -> Looked,
}
