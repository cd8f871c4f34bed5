//! Whom a participant's own law lets it trade with, day by day.
//!
//! Scheme: domain 4.3, trap 5. The scheme decides on one day, and each participant changes its own list on another:
//! between 17 July 2015 and 26 April 2017 one and the same country could lawfully export to some participants and not to
//! others. So a certificate needs the scheme and both national lists, on its day. Closes: L24. A participant keeps a list
//! or it does not, and says which by its national rule `recognition-list`:
//!
//! - where it keeps none (the default), it recognises every participant of the scheme from the first day of membership on;
//!   entries about one participant, if there are any, decide about that one;
//! - where it keeps one, it recognises whom an entry names, on the days that the entry names, and nobody else.

use jiff::civil::Date;
use kp_terms::ParticipantCode;

use crate::{NationalRule, RuleSet, rule_on};

/// One entry of a national list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// Who is recognised.
    pub of: ParticipantCode,
    /// First day.
    pub valid_from: Date,
    /// Last day; none where no end is known.
    pub valid_to: Option<Date>,
    /// The law or notice.
    pub legal_act: String,
}

impl Recognition {
    fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// A time in which a participant does not recognise another, though both may belong to the scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecognised {
    /// First day; none where it goes back as far as anything is known.
    pub from: Option<Date>,
    /// Last day; none where no end is known.
    pub to: Option<Date>,
    /// What says so.
    pub legal_act: String,
}

/// What a participant's own law says of others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnList {
    /// Its national rules, oldest statement first.
    pub rules: Vec<RuleSet>,
    /// Entries, oldest statement first. A later entry about a participant with the same first day replaces an earlier one.
    pub entries: Vec<Recognition>,
}

impl OwnList {
    /// Whether it keeps a list on a day.
    pub fn is_kept_on(&self, day: Date) -> bool {
        rule_on(&self.rules, NationalRule::RecognitionList, day) == "yes"
    }

    /// Whether a participant is recognised on a day, as far as the own law goes.
    pub fn recognises(&self, of: ParticipantCode, day: Date) -> bool {
        let mut about = self.about(of).peekable();
        if about.peek().is_none() {
            return !self.is_kept_on(day);
        }
        about.any(|entry| entry.holds_on(day))
    }

    /// Entries in force about one participant, oldest statement first.
    fn about(&self, of: ParticipantCode) -> impl Iterator<Item = &Recognition> {
        self.entries.iter().enumerate().filter_map(move |(index, entry)| {
            let later = self.entries.get(index + 1..).unwrap_or_default();
            let replaced = later.iter().any(|other| other.of == of && other.valid_from == entry.valid_from);
            (entry.of == of && !replaced).then_some(entry)
        })
    }

    /// The times in which a participant is not recognised, in order: for the list that verifiers carry.
    pub fn unrecognised(&self, of: ParticipantCode) -> Vec<Unrecognised> {
        let mut days: Vec<Date> = self.rules.iter().map(|set| set.effective_from).collect();
        for entry in self.about(of) {
            days.push(entry.valid_from);
            days.extend(entry.valid_to.and_then(|last| last.tomorrow().ok()));
        }
        days.sort_unstable();
        days.dedup();
        let mut spells: Vec<Unrecognised> = Vec::new();
        let mut open = (!self.recognises(of, Date::MIN)).then(|| self.unrecognised_from(None));
        for day in days {
            match (self.recognises(of, day), open.take()) {
                (true, Some(spell)) => spells.push(Unrecognised { to: day.yesterday().ok(), ..spell }),
                (false, None) => open = Some(self.unrecognised_from(Some(day))),
                (_, spell) => open = spell,
            }
        }
        spells.extend(open);
        spells
    }

    fn unrecognised_from(&self, from: Option<Date>) -> Unrecognised {
        let rule = self.rules.iter().rev().find(|set| set.rule == NationalRule::RecognitionList);
        let legal_act = rule.map_or_else(|| "its own list".to_owned(), |set| set.legal_act.clone());
        Unrecognised { from, to: None, legal_act }
    }
}

#[cfg(test)]
mod tests {
    use super::{OwnList, Recognition};
    use crate::{NationalRule, RuleSet, testing::code};

    fn entry(of: &str, from: &str, to: Option<&str>) -> Recognition {
        Recognition {
            of: code(of),
            valid_from: from.parse().unwrap(),
            valid_to: to.map(|to| to.parse().unwrap()),
            legal_act: "notice".into(),
        }
    }

    fn keeps_list(from: &str) -> Vec<RuleSet> {
        vec![RuleSet {
            rule: NationalRule::RecognitionList,
            value: "yes".into(),
            effective_from: from.parse().unwrap(),
            legal_act: "Diamond Trade Act".into(),
        }]
    }

    #[test]
    fn a_list_names_whom_it_names_and_no_list_names_everybody() {
        let none = OwnList::default();
        assert!(none.recognises(code("XC"), "2026-01-01".parse().unwrap()));
        // XA keeps a list from 2004 on; XC was on it until May 2013 and is again from 26 April 2017.
        let kept = OwnList {
            rules: keeps_list("2004-01-01"),
            entries: vec![
                entry("XC", "2004-01-01", Some("2013-05-22")),
                entry("XC", "2017-04-26", None),
                entry("XB", "2004-01-01", None),
            ],
        };
        for (of, day, recognised) in [
            ("XB", "2015-08-01", true),
            ("XC", "2013-05-22", true),
            ("XC", "2013-05-23", false),
            ("XC", "2015-07-17", false),
            ("XC", "2017-04-25", false),
            ("XC", "2017-04-26", true),
            ("XD", "2015-01-01", false),
            ("XD", "2003-12-31", true),
        ] {
            assert_eq!(kept.recognises(code(of), day.parse().unwrap()), recognised, "{of} on {day}");
        }
        let spells: Vec<(Option<String>, Option<String>)> = kept
            .unrecognised(code("XC"))
            .into_iter()
            .map(|spell| (spell.from.map(|d| d.to_string()), spell.to.map(|d| d.to_string())))
            .collect();
        let day = |text: &str| Some(text.to_owned());
        assert_eq!(
            spells,
            [(None, day("2003-12-31")), (day("2013-05-23"), day("2017-04-25"))],
            "before its first entry XC is not on the list, and between the two entries"
        );
        assert_eq!(kept.unrecognised(code("XB")).len(), 1);
        assert_eq!(none.unrecognised(code("XB")), []);
    }

    #[test]
    fn without_a_list_entries_about_one_decide_about_that_one_and_a_later_entry_replaces_its_first_day() {
        let own = OwnList {
            rules: Vec::new(),
            entries: vec![entry("XC", "2020-01-01", None), entry("XC", "2020-01-01", Some("2022-12-31"))],
        };
        let on = |of: &str, day: &str| own.recognises(code(of), day.parse().unwrap());
        assert!(on("XB", "2023-01-01") && on("XC", "2022-12-31") && !on("XC", "2023-01-01"));
    }
}
