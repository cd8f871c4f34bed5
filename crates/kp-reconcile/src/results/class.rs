//! W2's classes: what became of a certificate and its confirmation; the first that applies.

/// In the order of their names, which is the order of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// Arrived before it was issued.
    Date,
    /// Carats and value are the same.
    Exact,
    /// No confirmation, though it is due.
    Noconf,
    /// A confirmation of a number that no certificate has.
    Orphan,
    /// Exporter or importer differ.
    Partner,
    /// No confirmation yet, and not due.
    Pending,
    /// Within a tenth of a percent of carats (or a hundredth of a carat) and a percent of value.
    T1,
    /// Within one percent of carats and five of value.
    T2,
    /// Within five percent of carats and twenty-five of value.
    T3,
    /// Further apart.
    X,
}

impl Class {
    /// All, in order.
    pub const ALL: [Self; 10] = [
        Self::Date,
        Self::Exact,
        Self::Noconf,
        Self::Orphan,
        Self::Partner,
        Self::Pending,
        Self::T1,
        Self::T2,
        Self::T3,
        Self::X,
    ];

    /// The name in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Exact => "EXACT",
            Self::Noconf => "NOCONF",
            Self::Orphan => "ORPHAN",
            Self::Partner => "PARTNER",
            Self::Pending => "PENDING",
            Self::T1 => "T1",
            Self::T2 => "T2",
            Self::T3 => "T3",
            Self::X => "X",
        }
    }

    /// What it means, for a person.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Date => "confirmed as arrived before the certificate was issued",
            Self::Exact => "confirmed with the same carats and value",
            Self::Noconf => "certified and not confirmed, though the answer is due",
            Self::Orphan => "confirmed, but no certificate has this number",
            Self::Partner => "confirmed with another exporter or importer",
            Self::Pending => "certified and not confirmed yet; the answer is not due",
            Self::T1 => "confirmed within 0.1 % of carats (or 0.01 ct) and 1 % of value",
            Self::T2 => "confirmed within 1 % of carats and 5 % of value",
            Self::T3 => "confirmed within 5 % of carats and 25 % of value",
            Self::X => "confirmed, and further apart than that",
        }
    }

    /// Whether each such pair is listed.
    pub fn is_exception(self) -> bool {
        matches!(self, Self::Date | Self::Noconf | Self::Orphan | Self::Partner | Self::X)
    }

    /// By how far the amounts are apart: certified hundredths of carats and cents, and the differences.
    #[inline]
    pub(crate) fn by_difference(cc: i64, vc: i64, dc: i64, dv: i64) -> Self {
        let (dc, dv) = (dc.abs(), dv.abs());
        if dc == 0 && dv == 0 {
            Self::Exact
        } else if (dc * 1000 <= cc || dc <= 1) && dv * 100 <= vc {
            Self::T1
        } else if dc * 100 <= cc && dv * 20 <= vc {
            Self::T2
        } else if dc * 20 <= cc && dv * 4 <= vc {
            Self::T3
        } else {
            Self::X
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Class;

    #[test]
    fn the_classes_are_in_the_order_of_their_names() {
        assert!(Class::ALL.map(Class::name).is_sorted());
        assert!(Class::ALL.iter().enumerate().all(|(at, class)| *class as usize == at));
    }

    #[test]
    fn every_border_belongs_to_the_nearer_class() {
        let table = [
            // 1000.00 ct, 50000.00 USD: carats and cents of difference, and the class.
            ((100_000, 5_000_000), (0, 0), Class::Exact),
            ((100_000, 5_000_000), (100, 50_000), Class::T1),
            ((100_000, 5_000_000), (-100, -50_000), Class::T1),
            ((100_000, 5_000_000), (101, 0), Class::T2),
            ((100_000, 5_000_000), (0, 50_001), Class::T2),
            ((100_000, 5_000_000), (1000, 250_000), Class::T2),
            ((100_000, 5_000_000), (1001, 0), Class::T3),
            ((100_000, 5_000_000), (0, -250_001), Class::T3),
            ((100_000, 5_000_000), (5000, 1_250_000), Class::T3),
            ((100_000, 5_000_000), (5001, 0), Class::X),
            ((100_000, 5_000_000), (0, 1_250_001), Class::X),
            // A hundredth of a carat is rounding, whatever the certificate's weight.
            ((10, 5000), (1, 0), Class::T1),
            ((10, 5000), (2, 0), Class::X),
        ];
        for ((cc, vc), (dc, dv), expected) in table {
            assert_eq!(Class::by_difference(cc, vc, dc, dv), expected, "{cc} {vc} {dc} {dv}");
        }
    }
}
