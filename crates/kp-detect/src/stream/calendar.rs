//! Days as whole numbers since 1970-01-01, and the quarters and halves they lie in: a stream of a million rows is walked
//! by day, and no row needs a calendar of its own.

/// The civil year, month and day of a day number (proleptic Gregorian).
pub(crate) fn civil(day: i32) -> (i32, i32, i32) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i32::from(month <= 2), month, day_of_month)
}

/// The day number of a civil date; the date is taken as it is.
pub fn day_number(year: i32, month: i32, day: i32) -> i32 {
    let from_march = year - i32::from(month <= 2);
    let era = from_march.div_euclid(400);
    let year_of_era = from_march.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}

/// `2009-06-30`.
pub fn written(day: i32) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Quarters since the year 0.
pub(crate) fn quarter_of(day: i32) -> i32 {
    let (year, month, _) = civil(day);
    year * 4 + (month - 1) / 3
}

/// The year a quarter lies in.
pub(crate) fn year_of(quarter: i32) -> i32 {
    quarter.div_euclid(4)
}

/// First day of a quarter.
pub(crate) fn first_day(quarter: i32) -> i32 {
    day_number(year_of(quarter), quarter.rem_euclid(4) * 3 + 1, 1)
}

/// Last day of a quarter.
pub(crate) fn last_day(quarter: i32) -> i32 {
    first_day(quarter + 1) - 1
}

/// `2009-Q2`.
pub(crate) fn quarter_text(quarter: i32) -> String {
    format!("{}-Q{}", year_of(quarter), quarter.rem_euclid(4) + 1)
}

/// `2009-Q2` or `2009-Q2 to 2010-Q1`.
pub(crate) fn span_text(first: i32, last: i32) -> String {
    if first == last {
        quarter_text(first)
    } else {
        format!("{} to {}", quarter_text(first), quarter_text(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_agree_with_the_calendar_of_jiff() {
        let start = jiff::civil::date(1999, 12, 25);
        for passed in (0..12_000).step_by(7) {
            let date = start + jiff::Span::new().days(passed);
            let day = day_number(date.year().into(), date.month().into(), date.day().into());
            assert_eq!(written(day), date.to_string());
            assert_eq!(day, day_number(1999, 12, 25) + passed);
        }
        assert_eq!(day_number(1970, 1, 1), 0);
    }

    #[test]
    fn quarters() {
        let quarter = quarter_of(day_number(2009, 6, 30));
        assert_eq!(quarter_text(quarter), "2009-Q2");
        assert_eq!(
            (written(first_day(quarter)), written(last_day(quarter))),
            ("2009-04-01".into(), "2009-06-30".into())
        );
    }
}
