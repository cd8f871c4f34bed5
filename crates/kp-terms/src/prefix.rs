//! Whose prefix a certificate number carries, and when.
//!
//! Scheme: CD Annex I.A asks for an ISO 3166-1 alpha-2 prefix. That is not enough: `EU` is a reserved code and no
//! country, and the former `EC` of the EU's certificates (EU2368 Annex IV) is Ecuador's code. So the exceptions
//! stand in an explicit, dated table. It never says whether a participant was admitted or suspended on a day: the
//! registry knows that.

use jiff::civil::{Date, date};

use crate::{ParticipantCode, ReadError};

/// One prefix that is not simply the code of its participant, for as long as it was so.
///
/// ```
/// use kp_terms::PREFIXES;
/// let former = PREFIXES.iter().find(|row| row.prefix.as_str() == "EC").expect("the table has EC");
/// assert_eq!(former.participant.as_str(), "EU");
/// assert_eq!(former.valid_to, Some(jiff::civil::date(2012, 12, 31)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrefixRow {
    /// The two letters in front of the number.
    pub prefix: ParticipantCode,
    /// The participant whose certificates carried them.
    pub participant: ParticipantCode,
    /// First day of issue with this prefix.
    pub valid_from: Date,
    /// Last day of issue with this prefix, if it has ended.
    pub valid_to: Option<Date>,
    /// Where this is written.
    pub source: &'static str,
}

/// The exceptions. A prefix that is named here belongs to nobody outside its dates; every other prefix is the code
/// of the participant itself.
///
/// ```
/// assert!(kp_terms::PREFIXES.iter().all(|row| !row.source.is_empty()));
/// ```
pub const PREFIXES: &[PrefixRow] = &[
    PrefixRow {
        prefix: ParticipantCode::literal(*b"EC"),
        participant: ParticipantCode::literal(*b"EU"),
        // The scheme began on this day; the EU's import and export articles applied from 1 February (EU2368 Art 29(3)).
        // The earlier day is taken, so that a paper of the first weeks still finds its issuer.
        valid_from: date(2003, 1, 1),
        valid_to: Some(date(2012, 12, 31)),
        source: "EU2368 Annex IV",
    },
    PrefixRow {
        prefix: ParticipantCode::literal(*b"EU"),
        participant: ParticipantCode::literal(*b"EU"),
        valid_from: date(2013, 1, 1),
        valid_to: None,
        source: "EU947: new layout from 1 January 2013",
    },
];

/// The participant whose certificates carried this prefix when they were issued on that day.
///
/// `on` is the day of issue, not the day of arrival: a certificate outlives a change of the table.
///
/// # Errors
/// Says so where the table knows the prefix, but not for that day.
///
/// ```
/// use jiff::civil::date;
/// use kp_terms::participant_for_prefix;
/// assert_eq!(participant_for_prefix("EC".parse()?, date(2012, 12, 31))?.as_str(), "EU");
/// assert_eq!(participant_for_prefix("EU".parse()?, date(2013, 1, 1))?.as_str(), "EU");
/// assert_eq!(participant_for_prefix("XA".parse()?, date(2026, 2, 3))?.as_str(), "XA");
/// // Ecuador is no participant, and its code is nobody's prefix any more.
/// assert!(participant_for_prefix("EC".parse()?, date(2013, 1, 1)).is_err());
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
pub fn participant_for_prefix(prefix: ParticipantCode, on: Date) -> Result<ParticipantCode, ReadError> {
    let mut rows = PREFIXES.iter().filter(|row| row.prefix == prefix).peekable();
    if rows.peek().is_none() {
        return Ok(prefix);
    }
    let mut spans = Vec::new();
    for row in rows {
        if row.valid_from <= on && row.valid_to.is_none_or(|last| on <= last) {
            return Ok(row.participant);
        }
        let until = row.valid_to.map_or_else(|| "on".to_owned(), |last| format!("to {last}"));
        spans.push(format!("{} from {} {until} ({})", row.participant, row.valid_from, row.source));
    }
    Err(ReadError::new(format!(
        "the prefix {prefix} belonged to no participant on {on}; it stood for {}; check prefix and day of issue",
        spans.join(" and for ")
    )))
}
