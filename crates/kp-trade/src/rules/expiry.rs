//! How long a certificate may wait before the goods leave: as the issuer's own rule says.
//!
//! National: EU two months (EU2368 Art 12(5)), Canada 60 days to 24:00 GMT (CA-Reg s.6), Brazil 60 days (BR-GOV). The scheme
//! sets no length; a participant that has set none has 60 days. The day named is the last one, up to 24:00 UTC.

use jiff::civil::Date;
use kp_registry::{NationalRule, RuleSet, Validity, rule_on};

/// The last day on which goods may leave under a certificate issued on a day.
pub fn latest(rules: &[RuleSet], issued_on: Date) -> Date {
    let value = rule_on(rules, NationalRule::Validity, issued_on);
    Validity::read(value).map_or(issued_on, |validity| validity.last_day(issued_on))
}

#[cfg(test)]
mod tests {
    use crate::testing::{day, rule};

    #[test]
    fn sixty_days_where_nothing_is_set_and_else_the_issuers_rule() {
        let latest = |rules: &[_], on: &str| super::latest(rules, day(on)).to_string();
        assert_eq!(latest(&[], "2026-02-03"), "2026-04-04");
        assert_eq!(latest(&[rule("validity", "2-months")], "2026-02-03"), "2026-04-03");
        assert_eq!(latest(&[rule("validity", "2-months")], "2025-12-31"), "2026-02-28");
        // The rule holds from its day on.
        assert_eq!(latest(&[rule("validity", "2-months")], "2024-12-31"), "2025-03-01");
    }
}
