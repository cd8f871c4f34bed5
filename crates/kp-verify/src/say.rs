//! Verdicts in words, in English, French and Portuguese, from the files in `locales/`.
//!
//! One sentence for each reason, and behind it always the age of the trust data (peers' complaint: a verdict without a
//! date). Tests hold that no language lacks a key and that no two reasons share a sentence. No direction marks are put
//! around values: the sentences also go to terminals and to paper.

use kp_certificate::{Purpose, lists::KeyClass};
use kp_language::{Language, Texts, Values};
use kp_terms::Timestamp;

use crate::{NextStep, Reason, State, TrustAge, Verdict};

/// A speaker of verdicts in one language.
#[derive(Debug, Clone, Copy)]
pub struct Speaker {
    texts: Texts,
}

impl Speaker {
    /// A speaker of a language.
    pub fn new(language: Language) -> Self {
        Self { texts: Texts::of(language) }
    }

    /// The verdict in one breath: its first reason and the age of the trust data.
    pub fn sentence(&self, verdict: &Verdict) -> String {
        format!("{} {}", self.reason(verdict.reason()), self.age(verdict.trust))
    }

    /// One reason, without the age.
    pub fn reason(&self, reason: &Reason) -> String {
        self.texts.say(&format!("verdict-{}", reason.key()), &arguments(reason))
    }

    /// How old the trust data are.
    pub fn age(&self, age: TrustAge) -> String {
        let mut args = Values::new();
        let key = match age {
            TrustAge::None => "age-none",
            TrustAge::Known { as_of, days } => {
                args.set("as_of", day(as_of));
                args.set("days", days);
                "age-known"
            }
            TrustAge::Untold { as_of } => {
                args.set("as_of", day(as_of));
                "age-untold"
            }
        };
        self.texts.say(key, &args)
    }

    /// The word beside the colour.
    pub fn state(&self, state: State) -> String {
        let key = match state {
            State::Green => "state-green",
            State::Amber => "state-amber",
            State::Grey => "state-grey",
            State::Red => "state-red",
        };
        self.text(key)
    }

    /// What to do next.
    pub fn next_step(&self, step: NextStep) -> String {
        let key = match step {
            NextStep::Compare => "next-compare",
            NextStep::CompareAndAsk => "next-compare-and-ask",
            NextStep::ScanFirst => "next-scan-first",
            NextStep::ScanAgain => "next-scan-again",
            NextStep::TypeAgain => "next-type-again",
            NextStep::UpdateLists => "next-update-lists",
            NextStep::UpdateProgram => "next-update-program",
            NextStep::SetClock => "next-set-clock",
            NextStep::Hold => "next-hold",
            NextStep::Practice => "next-practice",
        };
        self.text(key)
    }

    /// Where the key lives that signed.
    pub fn key_class(&self, class: KeyClass) -> String {
        let key = match class {
            KeyClass::Token => "key-token",
            KeyClass::Software => "key-software",
        };
        self.text(key)
    }

    /// Everything to be shown below each other: the sentence, the other reasons, the key's class, what to do next.
    pub fn lines(&self, verdict: &Verdict) -> Vec<String> {
        let mut lines = vec![self.sentence(verdict)];
        lines.extend(verdict.reasons.iter().skip(1).map(|reason| self.reason(reason)));
        lines.extend(verdict.key_class.map(|class| self.key_class(class)));
        lines.push(self.next_step(verdict.next_step()));
        lines
    }

    /// The text behind a key that takes no values.
    pub(crate) fn text(&self, key: &str) -> String {
        self.texts.text(key)
    }
}

/// The day of an instant, in UTC.
fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}

/// The minute of an instant, in UTC.
pub(crate) fn minute(at: Timestamp) -> String {
    let text: String = at.to_string().chars().take(16).collect();
    format!("{} UTC", text.replace('T', " "))
}

#[allow(clippy::too_many_lines, reason = "one line for each reason")]
fn arguments(reason: &Reason) -> Values<'static> {
    use Reason as R;
    let mut args = Values::new();
    let mut set = |name: &'static str, value: String| args.set(name, value);
    match reason {
        R::NewerForm { form } => set("form", form.clone()),
        R::IssuerUnknown { issuer } | R::KeyForOtherUse { issuer } | R::NoStatusList { issuer } => {
            set("issuer", issuer.to_string());
        }
        R::WrongIssuer { issuer, signer } => {
            set("issuer", issuer.to_string());
            set("signer", signer.to_string());
        }
        R::UnknownKey { issuer, key } => {
            set("issuer", issuer.to_string());
            set("key", key.to_string());
        }
        R::Altered { number }
        | R::OutsideRanges { number }
        | R::AnotherRegistered { number }
        | R::CheckCodeOfAnother { number }
        | R::NumberNotListed { number }
        | R::OnlyNumberChecked { number } => set("number", number.to_string()),
        R::PaperNumberDiffers { number, paper } => {
            set("number", number.to_string());
            set("paper", paper.to_string());
        }
        R::PaperCaratsDiffer { number, paper, signed } => {
            set("number", number.to_string());
            set("paper", paper.to_string());
            set("signed", signed.to_string());
        }
        R::PaperValueDiffers { number, paper, signed } => {
            set("number", number.to_string());
            set("paper", paper.to_string());
            set("signed", signed.to_string());
        }
        R::KeyNotYetValid { from } => set("from", day(*from)),
        R::NotYetValid { from } => set("from", minute(*from)),
        R::KeyOutOfUse { until } => set("until", day(*until)),
        R::KeyRevokedBefore { noted } | R::KeyRevokedUnproven { noted } | R::KeyRevokedAfter { noted } => {
            set("noted", day(*noted));
        }
        R::Used { place, at }
        | R::SeenHere { place, at }
        | R::Detained { place, at }
        | R::Seized { place, at }
        | R::SentBack { place, at } => {
            set("place", place.clone());
            set("at", day(*at));
        }
        R::Counterfeit { at }
        | R::Stolen { at }
        | R::Lost { at }
        | R::Void { at }
        | R::ReturnedUnused { at } => set("at", day(*at)),
        R::Expired { at } => set("at", minute(*at)),
        R::Replaced { at, by } => {
            set("at", day(*at));
            set("by", by.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string));
        }
        R::BlankMissing { state, since } => {
            set("blank", state.word().to_owned());
            set("since", since.to_string());
        }
        R::NeverIssued { number, complete } => {
            set("number", number.to_string());
            set("complete", minute(*complete));
        }
        R::IssuedAfterList { complete } => set("complete", minute(*complete)),
        R::IssuerNotParticipant { issuer, on } => {
            set("issuer", issuer.to_string());
            set("on", day(*on));
        }
        R::IssuerSuspended { issuer, since, act }
        | R::UnderWayRefused { issuer, since, act }
        | R::UnderWayHold { issuer, since, act } => {
            set("issuer", issuer.to_string());
            set("since", day(*since));
            set("act", act.clone());
        }
        R::DestinationBarred { destination, .. } => set("destination", destination.to_string()),
        R::NotRecognised { by, of, act } => {
            set("by", by.to_string());
            set("of", of.to_string());
            set("act", act.clone());
        }
        R::Conditional { issuer, scope, act } => {
            set("issuer", issuer.to_string());
            set("scope", scope.clone());
            set("act", act.clone());
        }
        R::ReceiptUnknownLog { log } => set("log", log.clone()),
        R::ClockNotTrusted { clock, newest } => {
            set("clock", minute(*clock));
            set("newest", minute(*newest));
        }
        R::TrustTooOld { days } | R::TrustOld { days } => args.set("days", *days),
        R::Technical { purpose } => {
            let word = match purpose {
                Purpose::Seized => "seized",
                Purpose::Research => "research",
                Purpose::Return => "return",
            };
            set("purpose", word.to_owned());
        }
        R::NothingFound
        | R::NotOurCode
        | R::ReceiptAlone
        | R::DamagedCode
        | R::NotInForm { .. }
        | R::NumberUnreadable { .. }
        | R::CheckCodeUnreadable { .. }
        | R::NoTrustData
        | R::Training
        | R::ReceiptDoesNotFit { .. }
        | R::ReceiptMissing
        | R::ReceiptDamaged
        | R::SingleOfficer
        | R::Good => {}
    }
    args
}
