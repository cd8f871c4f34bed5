//! What a participant's own law leaves open or sharpens: how long a certificate holds, how many values a lot needs, and so on.
//!
//! The Core Document is a floor in "should" language; every participant gives it force by its own law (domain 1.0, 8.2).
//! So these are data with a date and a legal act, not code. A rule that was never set has the default named here. It
//! never says whether the law is a good one.

use jiff::civil::Time;
use kp_terms::{Date, FieldValue, Kind, ReadError, Sentence, sentence};

/// A rule that a participant sets for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NationalRule {
    /// How long a certificate holds: `60-days`, `2-months`, any number of `-days` or `-months` (EU2368 Art 12(5): two
    /// months; CA-Reg s.6 and BR-GOV: 60 days). Default `60-days`. The day of expiry is the last day, to 24:00 UTC.
    Validity,
    /// How many values of a lot must be in before a certificate is issued: `0` to `3`. Default `0`.
    ValuationsRequired,
    /// Whether each parcel must name its sources before a certificate is issued: `yes`, `no`. Default `no`.
    SourcesRequired,
    /// Whether a second approver must issue with the first: `yes`, `no`. Default `no` (rulings 11).
    SecondApproval,
    /// Whether a refusal may be set aside by a director, with reason and legal basis: `yes`, `no`. Default `no`.
    OverrideAllowed,
    /// How far, in whole percent of the highest, the values of a lot may lie apart before two persons must explain it:
    /// `1` to `100`. Default `25` (ours).
    SpreadLimit,
    /// Whether certificates are written on numbered blank paper from the stock: `yes`, `no`. Default `no`.
    BlankStock,
    /// Whether the participant keeps its own list of whom it trades with (domain 4.3): `yes`, `no`. Default `no`: then it
    /// recognises every participant of the scheme from the first day of membership on.
    RecognitionList,
    /// How many certificates one document key signs at one desk on one day, UTC: a whole number up to 100,000. Default
    /// `1000` (ours): far above any office's day, and far below what a thief with the key would make (security T12).
    CertificatesADay,
    /// When certificates are signed, UTC: `07:00-18:00`, or `always`. Default `always`. What is signed at another time is
    /// asked about, and stands (security T12).
    OfficeHours,
}

impl NationalRule {
    /// All rules, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Validity,
        Self::ValuationsRequired,
        Self::SourcesRequired,
        Self::SecondApproval,
        Self::OverrideAllowed,
        Self::SpreadLimit,
        Self::BlankStock,
        Self::RecognitionList,
        Self::CertificatesADay,
        Self::OfficeHours,
    ];

    /// The word used in statements and forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Validity => "validity",
            Self::ValuationsRequired => "valuations-required",
            Self::SourcesRequired => "sources-required",
            Self::SecondApproval => "second-approval",
            Self::OverrideAllowed => "override-allowed",
            Self::SpreadLimit => "spread-limit",
            Self::BlankStock => "blank-stock",
            Self::RecognitionList => "recognition-list",
            Self::CertificatesADay => "certificates-a-day",
            Self::OfficeHours => "office-hours",
        }
    }

    /// What holds where nothing was set.
    pub const fn default_value(self) -> &'static str {
        match self {
            Self::Validity => "60-days",
            Self::ValuationsRequired => "0",
            Self::SourcesRequired
            | Self::SecondApproval
            | Self::OverrideAllowed
            | Self::BlankStock
            | Self::RecognitionList => "no",
            Self::SpreadLimit => "25",
            Self::CertificatesADay => "1000",
            Self::OfficeHours => "always",
        }
    }

    /// What may be set, in words; nothing where the value serves.
    pub fn expected(self, value: &str) -> Option<Sentence> {
        let serves = match self {
            Self::Validity => Validity::read(value).is_some(),
            Self::ValuationsRequired => matches!(value, "0" | "1" | "2" | "3"),
            Self::SpreadLimit => value.parse::<u32>().is_ok_and(|percent| (1..=100).contains(&percent)),
            Self::CertificatesADay => value.parse::<u32>().is_ok_and(|count| (1..=100_000).contains(&count)),
            Self::OfficeHours => value == "always" || OfficeHours::read(value).is_some(),
            _ => matches!(value, "yes" | "no"),
        };
        let expected = match self {
            Self::Validity => sentence!(
                "rule-expects-validity",
                "a number of days or months, such as 60-days or 2-months, of at most a year",
            ),
            Self::ValuationsRequired => sentence!("rule-expects-valuations", "0, 1, 2 or 3"),
            Self::SpreadLimit => sentence!("rule-expects-percent", "a whole percent from 1 to 100"),
            Self::CertificatesADay => sentence!("rule-expects-count", "a whole number from 1 to 100000"),
            Self::OfficeHours => {
                sentence!("rule-expects-hours", "always, or hours of one day such as 07:00-18:00, UTC")
            }
            _ => sentence!("rule-expects-yes-or-no", "yes or no"),
        };
        (!serves).then_some(expected)
    }
}

impl std::fmt::Display for NationalRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

impl std::str::FromStr for NationalRule {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::ALL.into_iter().find(|rule| rule.word() == text.trim()).ok_or_else(|| {
            let words: Vec<&str> = Self::ALL.iter().map(|rule| rule.word()).collect();
            ReadError::new(format!("{text:?} is not a national rule; the rules are {}", words.join(", ")))
        })
    }
}

impl serde::Serialize for NationalRule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> serde::Deserialize<'de> for NationalRule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FieldValue for NationalRule {
    const KIND: Kind = Kind::Choice(&[
        "validity",
        "valuations-required",
        "sources-required",
        "second-approval",
        "override-allowed",
        "spread-limit",
        "blank-stock",
        "recognition-list",
        "certificates-a-day",
        "office-hours",
    ]);

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

/// How long a certificate holds from its day of issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// So many days.
    Days(u16),
    /// So many calendar months (the same day of the month, or its last day).
    Months(u16),
}

impl Validity {
    /// Reads `60-days` or `2-months`; at most a year.
    pub fn read(text: &str) -> Option<Self> {
        let (count, unit) = text.split_once('-')?;
        let count: u16 = count.parse().ok().filter(|count| *count > 0)?;
        match unit {
            "days" if count <= 366 => Some(Self::Days(count)),
            "months" if count <= 12 => Some(Self::Months(count)),
            _ => None,
        }
    }

    /// The last day on which goods may leave under a certificate issued on a day.
    pub fn last_day(self, issued_on: Date) -> Date {
        let span = match self {
            Self::Days(days) => jiff::Span::new().days(days),
            Self::Months(months) => jiff::Span::new().months(months),
        };
        issued_on.checked_add(span).unwrap_or(issued_on)
    }
}

/// Hours of a day, UTC, to the minute; the first belongs to them, the last does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeHours {
    from: Time,
    until: Time,
}

impl OfficeHours {
    /// Reads `07:00-18:00`; nothing for `always`, and for what is no part of one day.
    pub fn read(text: &str) -> Option<Self> {
        let (from, until) = text.split_once('-')?;
        let time = |text: &str| (text.len() == 5).then(|| text.parse::<Time>().ok()).flatten();
        let (from, until) = (time(from)?, time(until)?);
        (from < until).then_some(Self { from, until })
    }

    /// Whether an instant lies within them.
    pub fn include(self, at: jiff::Timestamp) -> bool {
        let time = jiff::tz::TimeZone::UTC.to_datetime(at).time();
        self.from <= time && time < self.until
    }
}

/// One rule as it was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// Which rule.
    pub rule: NationalRule,
    /// What holds.
    pub value: String,
    /// First civil day on which it holds.
    pub effective_from: Date,
    /// The law or order.
    pub legal_act: String,
}

/// The value in force on a day: of those effective by then the one effective last (later statements win a tie), else the
/// default.
pub fn rule_on(sets: &[RuleSet], rule: NationalRule, day: Date) -> &str {
    sets.iter()
        .filter(|set| set.rule == rule && set.effective_from <= day)
        .max_by_key(|set| set.effective_from)
        .map_or(rule.default_value(), |set| set.value.as_str())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{NationalRule, OfficeHours, RuleSet, Validity, rule_on};

    #[test]
    fn months_are_of_the_calendar_and_days_are_counted() {
        let last = |text: &str, from| Validity::read(text).unwrap().last_day(from).to_string();
        assert_eq!(last("2-months", date(2025, 12, 31)), "2026-02-28");
        assert_eq!(last("60-days", date(2026, 2, 3)), "2026-04-04");
        for bad in ["", "60", "0-days", "367-days", "13-months", "2-weeks", "-1-days", "60-days "] {
            assert_eq!(Validity::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn hours_are_of_one_day() {
        let hours = OfficeHours::read("07:00-18:00").unwrap();
        for (at, within) in [
            ("2026-02-03T06:59:59Z", false),
            ("2026-02-03T07:00:00Z", true),
            ("2026-02-03T17:59:59.999Z", true),
            ("2026-02-03T18:00:00Z", false),
        ] {
            assert_eq!(hours.include(at.parse().unwrap()), within, "{at}");
        }
        for bad in ["", "always", "7:00-18:00", "18:00-07:00", "07:00-07:00", "07:00-24:00", "07:00"] {
            assert_eq!(OfficeHours::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_rule_effective_last_holds_and_before_any_the_default() {
        let set = |value: &str, effective_from| RuleSet {
            rule: NationalRule::Validity,
            value: value.into(),
            effective_from,
            legal_act: "invented".into(),
        };
        let sets = [
            set("90-days", date(2026, 3, 1)),
            set("2-months", date(2026, 1, 1)),
            set("1-months", date(2026, 3, 1)),
        ];
        let on = |day| rule_on(&sets, NationalRule::Validity, day);
        assert_eq!(on(date(2025, 12, 31)), "60-days");
        assert_eq!(on(date(2026, 1, 1)), "2-months");
        assert_eq!(on(date(2026, 3, 1)), "1-months");
        assert_eq!(rule_on(&sets, NationalRule::BlankStock, date(2026, 3, 1)), "no");
    }
}
