//! How long a certificate may wait before the goods leave.
//!
//! National: EU two months (EU2368 Art 12(5)), Canada 60 days (CA-Reg s.6), Brazil 60 days (BR-GOV). The scheme sets no
//! length; where the issuing officer names no day, 60 days hold.

use jiff::{Span, civil::Date};

/// Days from issue to expiry where no other day is named.
pub const DEFAULT_DAYS: i64 = 60;

/// The last day on which the goods may leave.
pub fn expires_on(issued_on: Date, named: Option<Date>) -> Date {
    named.unwrap_or_else(|| issued_on.checked_add(Span::new().days(DEFAULT_DAYS)).unwrap_or(issued_on))
}

#[cfg(test)]
mod tests {
    #[test]
    fn sixty_days_where_nothing_is_named() {
        let issued = jiff::civil::date(2026, 2, 3);
        assert_eq!(super::expires_on(issued, None), jiff::civil::date(2026, 4, 4));
        let named = jiff::civil::date(2026, 3, 1);
        assert_eq!(super::expires_on(issued, Some(named)), named);
    }
}
