//! Days, years and quarters as whole numbers, in a few instructions: every row of both files asks for them.
//!
//! Days are counted from 1970-01-01, quarters as `year * 4 + (month - 1) / 3`, in the Gregorian calendar. Compared with
//! jiff in a test; used instead of it because a row has some sixty nanoseconds in all.

/// First and last year that a date may have.
pub(crate) const YEARS: std::ops::RangeInclusive<i64> = 1000..=9999;

const DAYS_IN_MONTH: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/// Days from 0000-03-01 to 1970-01-01.
const TO_EPOCH: i64 = 719_468;
/// Days in four hundred years.
const ERA: i64 = 146_097;

/// The day's number, or nothing where there is no such day.
pub(crate) fn day_number(year: u32, month: u32, day: u32) -> Option<i64> {
    let known = YEARS.contains(&i64::from(year)) && (1..=12).contains(&month) && day >= 1;
    if !known || day > days_in(year, month) {
        return None;
    }
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * i64::from((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    Some(era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - TO_EPOCH)
}

fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    DAYS_IN_MONTH[(month - 1) as usize] + u32::from(month == 2 && leap)
}

/// Year and month of a day.
fn year_and_month(day: i32) -> (i32, i32) {
    let since = i64::from(day) + TO_EPOCH;
    let era = since.div_euclid(ERA);
    let of_era = since.rem_euclid(ERA);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as i32)
}

/// The quarter of a day: `year * 4 + (month - 1) / 3`.
pub(crate) fn quarter_of(day: i32) -> u16 {
    let (year, month) = year_and_month(day);
    (year * 4 + (month - 1) / 3) as u16
}

/// `YYYY-MM-DD`.
pub(crate) fn written(day: i32) -> String {
    let (year, month) = year_and_month(day);
    let first = day_number(year as u32, month as u32, 1).unwrap_or_default();
    format!("{year:04}-{month:02}-{:02}", i64::from(day) - first + 1)
}

/// Remembers the last day asked for: rows come sorted by date, so that most ask for the same one.
#[derive(Debug, Default)]
pub(crate) struct QuarterOf {
    last: Option<(i32, u16)>,
}

impl QuarterOf {
    /// The quarter of this day.
    pub(crate) fn day(&mut self, day: i32) -> u16 {
        match self.last {
            Some((known, quarter)) if known == day => quarter,
            _ => {
                let quarter = quarter_of(day);
                self.last = Some((day, quarter));
                quarter
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{day_number, quarter_of, written};

    #[test]
    fn every_day_of_twelve_centuries_is_as_jiff_has_it() {
        let epoch = jiff::civil::date(1970, 1, 1);
        let mut date = jiff::civil::date(1000, 1, 1);
        while date.year() < 2200 {
            let day = day_number(date.year() as u32, date.month() as u32, date.day() as u32).unwrap();
            assert_eq!(day, i64::from(epoch.until(date).unwrap().get_days()), "{date}");
            let quarter = date.year() * 4 + (i16::from(date.month()) - 1) / 3;
            assert_eq!(i16::try_from(quarter_of(day as i32)).unwrap(), quarter, "{date}");
            assert_eq!(written(day as i32), date.to_string());
            date = date.tomorrow().unwrap();
        }
    }

    #[test]
    fn days_that_are_not_there() {
        for (year, month, day) in [
            (2023, 2, 29),
            (1900, 2, 29),
            (2024, 4, 31),
            (2024, 0, 1),
            (2024, 13, 1),
            (2024, 1, 0),
            (999, 1, 1),
        ] {
            assert_eq!(day_number(year, month, day), None, "{year}-{month}-{day}");
        }
        assert!(day_number(2024, 2, 29).is_some() && day_number(2000, 2, 29).is_some());
    }
}
