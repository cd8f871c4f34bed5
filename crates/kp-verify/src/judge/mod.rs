//! The judging of one thing presented: each room looks at one side of it and says what it found.
//!
//! Nothing stops at the first finding but a signature that does not fit: what an altered certificate says is worth nothing
//! and is not shown. Everything else is found side by side, put into the fixed order, and the strongest state wins.

mod codes;
mod number;
mod receipt;
mod signer;
mod time;
mod trade;
mod typed;

use kp_certificate::{CheckCode, Content, lists::KeyClass};
use kp_terms::{CertificateNumber, Timestamp};

use crate::{Bulk, Clock, Presented, Reason, Seen, SignatureCheck, State, TrustAge, TrustData, Verdict};

/// Verifies what is presented, with the faster of the two libraries.
///
/// `lists` are those at hand, `clock` is the device's, `seen` what this verifier itself saw presented before.
pub fn verify(presented: &Presented, lists: Option<&TrustData>, clock: Clock, seen: &Seen) -> Verdict {
    verify_with(&Bulk, presented, lists, clock, seen)
}

/// Verifies what is presented, with this library.
pub fn verify_with(
    check: &dyn SignatureCheck,
    presented: &Presented,
    lists: Option<&TrustData>,
    clock: Clock,
    seen: &Seen,
) -> Verdict {
    let mut case = Case::new(check, lists, clock, seen);
    match presented {
        Presented::NothingFound => case.found(Reason::NothingFound),
        Presented::Codes { credential, receipt, paper } => {
            codes::judge(&mut case, credential, receipt.as_ref(), paper);
        }
        Presented::Typed { number, check_code, issued_on } => {
            typed::judge(&mut case, number, check_code, *issued_on);
        }
    }
    case.verdict()
}

/// What is known while judging.
struct Case<'a> {
    check: &'a dyn SignatureCheck,
    lists: Option<&'a TrustData>,
    seen: &'a Seen,
    clock: Clock,
    /// Whether the clock can be trusted.
    clock_good: bool,
    reasons: Vec<Reason>,
    content: Option<Content>,
    number: Option<CertificateNumber>,
    check_code: Option<CheckCode>,
    key_class: Option<KeyClass>,
}

impl<'a> Case<'a> {
    fn new(
        check: &'a dyn SignatureCheck,
        lists: Option<&'a TrustData>,
        clock: Clock,
        seen: &'a Seen,
    ) -> Self {
        let clock_good = !clock.doubted && lists.is_none_or(|lists| !time::behind(clock.at, lists.newest()));
        Self {
            check,
            lists,
            seen,
            clock,
            clock_good,
            reasons: Vec::new(),
            content: None,
            number: None,
            check_code: None,
            key_class: None,
        }
    }

    fn found(&mut self, reason: Reason) {
        self.reasons.push(reason);
    }

    fn verdict(mut self) -> Verdict {
        if self.reasons.is_empty() {
            self.reasons.push(Reason::Good);
        }
        if self.reasons.len() > 1 {
            self.reasons.sort_by_key(|reason| (std::cmp::Reverse(reason.state()), reason.place()));
            self.reasons.dedup();
        }
        let state = self.reasons.first().map_or(State::Grey, Reason::state);
        let specimens = self.content.as_ref().map_or_else(Vec::new, |content| self.specimens(content));
        Verdict {
            state,
            trust: self.age(),
            reasons: self.reasons,
            content: self.content,
            number: self.number,
            check_code: self.check_code,
            key_class: self.key_class,
            specimens,
        }
    }

    fn age(&self) -> TrustAge {
        match self.lists {
            Some(lists) if !self.clock_good => TrustAge::Untold { as_of: lists.as_of() },
            lists => TrustAge::at(lists, self.clock.at),
        }
    }

    fn specimens(&self, content: &Content) -> Vec<kp_certificate::lists::Specimen> {
        let list = self.lists.and_then(|lists| lists.bundle().specimens.get(&content.issuer));
        list.map_or_else(Vec::new, |list| list.on(day(content.issued_at)).cloned().collect())
    }
}

impl TrustAge {
    /// How old lists are at a moment that a trusted clock says.
    pub fn at(lists: Option<&TrustData>, now: Timestamp) -> Self {
        match lists {
            None => Self::None,
            Some(lists) => Self::Known { as_of: lists.as_of(), days: time::days_between(lists.as_of(), now) },
        }
    }
}

/// The civil day of an instant, in UTC.
fn day(at: Timestamp) -> kp_terms::Date {
    let text = at.to_string();
    // An instant in UTC begins with its day.
    text.get(..10).and_then(|day| day.parse().ok()).unwrap_or(kp_terms::Date::ZERO)
}
