//! A finding: what a detector saw, put as a question with its arithmetic and evidence.
//!
//! Form after the scheme's Data Anomaly Questionnaire: participant, series, periods compared, figures, what an answer
//! must contain. A finding never accuses: its detector is named after the fact seen, innocent explanations stand
//! beside the question, and every threshold says that it is ours (no threshold of the Working Group is published).
//! Its place in the list is explained by factors that are shown; there is no bare score.

use kp_terms::{Carats, ParticipantCode, Period, Sentence, UsdCents, sentence};
use serde::{Deserialize, Serialize};

/// How soon somebody should ask. Ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know; ask when writing anyway.
    Note,
    /// A weakness of the record (a round unit value, a late return); ask with the next questionnaire.
    Watch,
    /// The figures moved in a way nobody else's did; ask within the period.
    Ask,
    /// The figures contradict each other or what is physically plausible; ask at once.
    Urgent,
}

impl Severity {
    /// `urgent`, `ask`, `watch`, `note`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Watch => "watch",
            Self::Ask => "ask",
            Self::Urgent => "urgent",
        }
    }

    /// The factor with which it enters the ranking, in hundredths. Ours.
    pub const fn weight_hundredths(self) -> i64 {
        match self {
            Self::Note => 50,
            Self::Watch => 100,
            Self::Ask => 200,
            Self::Urgent => 300,
        }
    }
}

/// One line of the arithmetic, as a person would check it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArithmeticLine {
    /// What is worked out: `carats, 2008 against 2007`.
    pub label: Sentence,
    /// The numbers put in: `3,098,490.09 / 1,018,722.90`.
    pub expression: Sentence,
    /// What comes out: `x 3.04`.
    pub result: Sentence,
}

impl ArithmeticLine {
    /// A line.
    pub fn new(
        label: impl Into<Sentence>,
        expression: impl Into<Sentence>,
        result: impl Into<Sentence>,
    ) -> Self {
        Self { label: label.into(), expression: expression.into(), result: result.into() }
    }
}

/// A threshold that was applied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Threshold {
    /// What is limited: `carats against the world's movement`.
    pub name: Sentence,
    /// The limit: `x 2 or more`.
    pub value: Sentence,
    /// Who chose it. Always `ours` until a published threshold is adopted.
    pub set_by: Sentence,
}

impl Threshold {
    /// A threshold of our own choice.
    pub fn ours(name: impl Into<Sentence>, value: impl Into<Sentence>) -> Self {
        Self { name: name.into(), value: value.into(), set_by: sentence!("found-ours", "ours") }
    }
}

/// One piece of evidence: where it stands and what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// Where: `kp_production_halfyear.csv, row 512`, or `log XA/2026, entry 14`.
    pub place: Sentence,
    /// What stands there: `2008-H1 Production: 1,562,897.63 ct, US$ 28,132,157.34`.
    pub states: Sentence,
}

/// A further fact about the same participant and adjacent periods that belongs to the same story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportingSignal {
    /// The detector that saw it.
    pub detector: String,
    /// When.
    pub periods: Vec<Period>,
    /// The fact in a sentence.
    pub title: Sentence,
    /// Its question.
    pub question: Sentence,
    /// Its arithmetic.
    pub arithmetic: Vec<ArithmeticLine>,
    /// Its thresholds.
    pub thresholds: Vec<Threshold>,
    /// Whether it measures something other than the leading signal (carats, value, form of the figures, record): only
    /// such signals lift the finding in the list, because two views of one number must not vote twice.
    pub independent: bool,
}

/// Why the finding stands where it stands. All factors are shown; none is a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankFactors {
    /// How soon to ask.
    pub severity: Severity,
    /// Carats the question is about.
    pub carats_at_stake: Carats,
    /// US$ the question is about.
    pub value_at_stake: UsdCents,
    /// How far the figure went against its yardstick, in hundredths: 100 is the yardstick, 200 twice as far.
    pub beyond_hundredths: i64,
    /// Independent signals that agree (see [`SupportingSignal::independent`]).
    pub corroboration: u8,
    /// How many findings of the same participant stand above this one (each further one of a participant counts less,
    /// so that nobody floods the list).
    pub same_participant_above: u8,
    /// The product of the factors in thousandths; only for ordering, never shown alone.
    pub order_thousandths: i64,
}

impl RankFactors {
    /// The factors in one line of words.
    pub fn in_words(&self) -> Sentence {
        sentence!(
            "found-rank",
            "severity {severity}; at stake {carats} ct and US$ {value}; {beyond} times the yardstick; {corroboration} \
             independent supporting signal(s); {above} finding(s) of the same participant above",
            severity = Sentence::behind::<&str>(
                &format!("severity-{}", self.severity.as_str()),
                self.severity.as_str(),
                []
            ),
            carats = self.carats_at_stake.grouped(),
            value = self.value_at_stake.grouped(),
            beyond = format!("{}.{:02}", self.beyond_hundredths / 100, self.beyond_hundredths % 100),
            corroboration = self.corroboration,
            above = self.same_participant_above,
        )
    }
}

/// What a detector saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Composed, stable: `production_surge:GN:2008`, `number_used_twice:XA:XA-000001`. The same facts give the same id.
    pub id: String,
    /// The fact seen: `production_surge`.
    pub detector: String,
    /// Who is asked.
    pub participant: ParticipantCode,
    /// Its name, for people.
    pub participant_name: String,
    /// What else it is about, e.g. a certificate number; none for series.
    pub subject: Option<String>,
    /// The period asked about first, then those it is compared with.
    pub periods: Vec<Period>,
    /// The fact in a sentence with its figures.
    pub title: Sentence,
    /// The question, as it can be sent.
    pub question: Sentence,
    /// How the fact was worked out.
    pub arithmetic: Vec<ArithmeticLine>,
    /// What was applied, and that it is ours.
    pub thresholds: Vec<Threshold>,
    /// What would explain it without fault.
    pub innocent_explanations: Vec<Sentence>,
    /// What an answer must contain to close the question.
    pub answer_must_contain: Vec<Sentence>,
    /// Where the figures stand.
    pub evidence: Vec<Evidence>,
    /// Further signals of the same story.
    pub supporting: Vec<SupportingSignal>,
    /// Why it stands where it stands in the list.
    pub rank: RankFactors,
}

impl Finding {
    /// The same finding with every sentence of it made anew: said in another language, or written to be kept.
    #[must_use]
    pub fn with_sentences(mut self, make: &dyn Fn(&Sentence) -> Sentence) -> Self {
        let sentences = [&mut self.title, &mut self.question]
            .into_iter()
            .chain(&mut self.innocent_explanations)
            .chain(&mut self.answer_must_contain)
            .chain(self.evidence.iter_mut().flat_map(|piece| [&mut piece.place, &mut piece.states]))
            .chain(self.arithmetic.iter_mut().flat_map(ArithmeticLine::sentences))
            .chain(self.thresholds.iter_mut().flat_map(Threshold::sentences));
        for sentence in sentences.chain(self.supporting.iter_mut().flat_map(SupportingSignal::sentences)) {
            *sentence = make(sentence);
        }
        self
    }
}

impl ArithmeticLine {
    fn sentences(&mut self) -> [&mut Sentence; 3] {
        [&mut self.label, &mut self.expression, &mut self.result]
    }
}

impl Threshold {
    fn sentences(&mut self) -> [&mut Sentence; 3] {
        [&mut self.name, &mut self.value, &mut self.set_by]
    }
}

impl SupportingSignal {
    fn sentences(&mut self) -> impl Iterator<Item = &mut Sentence> {
        [&mut self.title, &mut self.question]
            .into_iter()
            .chain(self.arithmetic.iter_mut().flat_map(ArithmeticLine::sentences))
            .chain(self.thresholds.iter_mut().flat_map(Threshold::sentences))
    }
}
