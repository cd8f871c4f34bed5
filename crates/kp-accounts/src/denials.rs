//! Who was refused what, in the trail, without a way to flood it.
//!
//! security 6: every denial with subject, object and reason. A row is written at the first, tenth, hundredth, thousandth ...
//! time that one officer is refused one kind of thing in a day; each says how often it was by then. So an officer, or a program
//! in an officer's name, adds a handful of rows a day for each kind of thing, however long it hammers. What nobody who has signed
//! in asks for is not a denial: such visitors are sent to sign in. Counts are in memory; a restart begins the day's anew.
//!
//! Beyond [`Of::Denials`](crate::limits::Of)'s allowance the answer is to wait, instead of whether the thing is there.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use anyhow::Result;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kp_terms::{Sentence, sentence};

use crate::{Accounts, trail};

/// Far more than all officers of a node on all endpoints; beyond it a day's counts begin anew.
const MOST: usize = 50_000;

/// What was refused.
#[derive(Debug, Clone, Copy)]
pub struct Denied<'a> {
    /// To whom.
    pub officer_id: &'a str,
    /// The kind of thing: method and the path with names in the place of numbers.
    pub kind: &'a str,
    /// Which, of those: the path.
    pub path: &'a str,
    /// Why, as the answer's key says.
    pub why: &'a str,
}

/// Officer, kind of thing, why.
type Kind = (String, String, String);

#[derive(Default)]
struct Today {
    day: Option<Date>,
    times: BTreeMap<Kind, u64>,
}

/// How often each officer was refused each kind of thing today.
#[derive(Default)]
pub struct Denials(Mutex<Today>);

impl Denials {
    /// Counts a denial; how often it was today by now, where that is to be written down.
    fn count(&self, denied: &Denied<'_>, now: Timestamp) -> Option<u64> {
        let today = TimeZone::UTC.to_datetime(now).date();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.day != Some(today) || kept.times.len() >= MOST {
            *kept = Today { day: Some(today), times: BTreeMap::new() };
        }
        let key = (denied.officer_id.to_owned(), denied.kind.to_owned(), denied.why.to_owned());
        let times = kept.times.entry(key).or_default();
        *times += 1;
        is_power_of_ten(*times).then_some(*times)
    }
}

fn is_power_of_ten(mut number: u64) -> bool {
    while number >= 10 && number.is_multiple_of(10) {
        number /= 10;
    }
    number == 1
}

impl Accounts {
    /// Counts a denial, and writes it down where it is the first, tenth, hundredth ... of its kind today.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn denied(&self, denials: &Denials, denied: &Denied<'_>, now: Timestamp) -> Result<()> {
        let Some(times) = denials.count(denied, now) else { return Ok(()) };
        let path: String = denied.path.chars().take(120).collect();
        let detail = match times {
            1 => Sentence::from(format!("{path} ({})", denied.why)),
            _ => sentence!(
                "trail-detail-denied",
                "{kind} {times} times today, last {path} ({why})",
                kind = denied.kind,
                times = times,
                path = path,
                why = denied.why,
            ),
        };
        let id = denied.officer_id;
        self.node.db().write("record a denial", |tx| trail::add(tx, now, id, "denied", id, detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_thousand_denials_of_one_kind_are_four_rows_and_another_day_begins_anew() {
        let denials = Denials::default();
        let denied = Denied { officer_id: "xa-clerk-1", kind: "GET /x/{n}", path: "/x/1", why: "none" };
        let rows = (0..1500).filter_map(|_| denials.count(&denied, at(0))).collect::<Vec<_>>();
        assert_eq!(rows, [1, 10, 100, 1000]);
        let other = Denied { kind: "GET /y", ..denied };
        assert_eq!(denials.count(&other, at(0)), Some(1));
        assert_eq!(denials.count(&denied, at(86_400)), Some(1));
    }
}
