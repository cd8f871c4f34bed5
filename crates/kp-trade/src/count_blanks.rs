//! Count blanks: a custodian has gone through the safe and says which numbers are there.
//!
//! Scheme: L23 (a monthly count by number). Appends `blanks_counted` with what was found, what the stock says should be
//! there and is not, and what is there and should not be. Refuses no result: a count that does not come out is what it is
//! for, and `blanks_unaccounted` asks about it. It moves nothing; whoever finds nothing reports the numbers lost.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{BlankPiece, NumberRange, blank_stock, series::custodian_at};

kp_terms::form! {
    /// What the storekeeper types.
    pub struct Request {
        /// Whose blanks.
        participant: ParticipantCode, "XA";
        /// Each run of numbers that was found; leave it out where none was found.
        found: Vec<NumberRange>, "XA-000058..XA-000100";
        /// Who counted with the storekeeper.
        witness: Option<String>, "M. Witness, audit office";
    }
}

/// Blanks were counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlanksCounted {
    /// Whose blanks.
    pub participant: ParticipantCode,
    /// The custodian whose safe was counted.
    pub here: String,
    /// What was found.
    pub found: Vec<NumberRange>,
    /// What the stock says is here and was not found.
    pub missing: Vec<NumberRange>,
    /// What was found and should not be here.
    pub surplus: Vec<NumberRange>,
    /// Who counted with the storekeeper.
    pub witness: Option<String>,
    /// Who counted.
    pub by: String,
}

impl Statement for BlanksCounted {
    const KIND: &'static str = "blanks_counted";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why a count is not taken down.
    pub enum Refusal {
        /// A number of somebody else.
        NumberOfAnotherIssuer { numbers: NumberRange, code: ParticipantCode } = "number_of_another_issuer", "{numbers} do not carry the prefix of {code}", "CD Annex I.A: prefix of the issuing participant";
        /// The same number twice.
        CountedTwice { numbers: NumberRange } = "blanks_counted_twice", "{numbers} overlap another run of this count; a sheet is counted once", "L23: one sheet, one count";
    }
}

struct Facts {
    officer: Officer,
    pieces: Vec<BlankPiece>,
    here: String,
}

/// Takes down a count.
///
/// # Errors
/// Refuses where the officer keeps no stock of this participant, or the count does not read.
pub fn count_blanks(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        pieces: blank_stock::blanks_of_participant(tx, request.participant)?,
        here: custodian_at(desk),
    };
    let statement = decide(&facts, request)?;
    Ok(append(tx, desk, &statement)?)
}

fn decide(facts: &Facts, request: &Request) -> Result<BlanksCounted, Box<dyn Refuse>> {
    let code = request.participant;
    may_act::of_participant(&facts.officer, Role::Storekeeper, code)?;
    let mut found = request.found.clone();
    if let Some(numbers) = found.iter().find(|numbers| numbers.first().prefix() != code) {
        return Err(Refusal::NumberOfAnotherIssuer { numbers: numbers.clone(), code }.into());
    }
    found.sort_by_key(NumberRange::serials);
    if let Some([_, twice]) = found.array_windows().find(|[a, b]| a.serials().1 >= b.serials().0) {
        return Err(Refusal::CountedTwice { numbers: twice.clone() }.into());
    }
    let here = facts.pieces.iter().filter(|p| p.place.is_counted() && p.custodian == facts.here);
    let expected: Vec<(u64, u64)> = here.map(|piece| (piece.first, piece.last)).collect();
    let counted: Vec<(u64, u64)> = found.iter().map(NumberRange::serials).collect();
    let ranges = |spans: Vec<(u64, u64)>| -> Vec<NumberRange> {
        spans.into_iter().filter_map(|(first, last)| NumberRange::of_serials(code, first, last)).collect()
    };
    Ok(BlanksCounted {
        participant: code,
        here: facts.here.clone(),
        missing: ranges(without(&expected, &counted)),
        surplus: ranges(without(&counted, &expected)),
        found,
        witness: request.witness.clone(),
        by: facts.officer.id.clone(),
    })
}

/// What is in the first spans and not in the second; both sorted and each without overlaps. Neighbours are joined.
fn without(these: &[(u64, u64)], those: &[(u64, u64)]) -> Vec<(u64, u64)> {
    let mut left: Vec<(u64, u64)> = Vec::new();
    for (first, last) in these {
        let mut next = *first;
        for (from, to) in those.iter().filter(|(from, to)| to >= first && from <= last) {
            if *from > next {
                left.push((next, from - 1));
            }
            next = next.max(to + 1);
        }
        if next <= *last {
            left.push((next, *last));
        }
    }
    left.dedup_by(|next, span| {
        let joins = span.1 + 1 == next.0;
        if joins {
            span.1 = next.1;
        }
        joins
    });
    left
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, NumberRange, Request, decide, without};
    use crate::{BlankPlace, testing::*};

    #[test]
    fn a_count_says_what_is_missing_and_what_should_not_be_there() {
        let read =
            |texts: &[&str]| -> Vec<NumberRange> { texts.iter().map(|t| t.parse().unwrap()).collect() };
        let request = Request {
            participant: code("XA"),
            found: read(&["XA-000050..XA-000060", "XB-000001"]),
            witness: None,
        };
        let facts = Facts {
            officer: officer("XB", Role::Storekeeper),
            pieces: vec![
                blanks(1, 40, BlankPlace::Used, "north"),
                blanks(41, 45, BlankPlace::Spoiled, "north"),
                blanks(46, 100, BlankPlace::Held, "north"),
                blanks(101, 200, BlankPlace::Held, "capital"),
                blanks(201, 210, BlankPlace::HandedOver, "north"),
            ],
            here: "north".into(),
        };
        let counted = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Storekeeper)),
                ("number_of_another_issuer", |w| {
                    w.1.found =
                        vec!["XA-000043..XA-000080".parse().unwrap(), "XA-000001..XA-000043".parse().unwrap()]
                }),
                ("blanks_counted_twice", |w| {
                    w.1.found = vec!["XA-000081..XA-000101".parse().unwrap(), "XA-000041".parse().unwrap()]
                }),
            ],
        );
        assert_eq!(counted.missing, read(&["XA-000042..XA-000080"]));
        assert_eq!(counted.surplus, read(&["XA-000101"]));
        assert_eq!(without(&[(1, 10)], &[]), [(1, 10)]);
        assert_eq!(without(&[(1, 10)], &[(0, 0), (3, 4), (10, 12)]), [(1, 2), (5, 9)]);
        assert_eq!(without(&[], &[(1, 2)]), []);
    }
}
