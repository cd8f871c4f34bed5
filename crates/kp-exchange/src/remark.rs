//! What was read and counted, but not as it stood, in one sentence for all the rows of a table.

/// Something read, but not as it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Remark {
    Rounded,
    DateInDoubt,
    NotADate,
    NotAFlag,
    AlsoElsewhere,
}

impl Remark {
    /// One sentence for all the rows of a table that it is about.
    pub(crate) fn sentence(self, rows: usize, found: &str) -> String {
        let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
        match self {
            Self::Rounded => format!("{rows}: more than two decimals, rounded to two (first: {found})"),
            Self::DateInDoubt => {
                format!(
                    "{rows}: day first or month first cannot be told, so the date is left out (first: {found:?})"
                )
            }
            Self::NotADate => format!("{rows}: not a date, left out (first: {found:?})"),
            Self::NotAFlag => format!("{rows}: neither true nor false, left out (first: {found:?})"),
            Self::AlsoElsewhere => format!(
                "{rows}: an earlier table has another figure for the same participant, half and type; both are \
                 counted (first: {found} carats). Leave one table out if one replaces the other"
            ),
        }
    }
}
