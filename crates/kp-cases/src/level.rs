//! How far a case has come without an answer, and what that means for who sees it.
//!
//! Ours (domain 4.1: ageing steps are configurable; L27): the due date, then 30 and 60 days after it.

use kp_terms::{ReadError, Sentence, sentence};

/// A step of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A question was put.
    Query,
    /// The due date has passed without an answer.
    AnswerOwed,
    /// Every participant sees that it is unanswered.
    Visible,
    /// Everybody sees it.
    Public,
}

impl Level {
    /// All steps, and how many days after the due date each is reached. The first is where a case begins.
    pub const LADDER: [(Self, i64); 4] =
        [(Self::Query, i64::MIN), (Self::AnswerOwed, 0), (Self::Visible, 30), (Self::Public, 60)];

    /// The step reached this many days after the due date (negative before it).
    pub fn after_due(days: i64) -> Self {
        Self::LADDER
            .into_iter()
            .rev()
            .find(|(_, from)| if *from == 0 { days > 0 } else { days >= *from })
            .map_or(Self::Query, |(level, _)| level)
    }

    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::AnswerOwed => "answer_owed",
            Self::Visible => "visible",
            Self::Public => "public",
        }
    }

    /// What it means, for people.
    pub fn meaning(self) -> Sentence {
        match self {
            Self::Query => sentence!("case-level-query", "a question was put"),
            Self::AnswerOwed => sentence!("case-level-answer_owed", "an answer is owed"),
            Self::Visible => sentence!("case-level-visible", "not settled, visible to all participants"),
            Self::Public => sentence!("case-level-public", "not settled, public"),
        }
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

impl std::str::FromStr for Level {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let found = Self::LADDER.into_iter().map(|(level, _)| level).find(|level| level.word() == text);
        found.ok_or_else(|| ReadError::new(format!("{text:?} is not a level of a case")))
    }
}

impl serde::Serialize for Level {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> serde::Deserialize<'de> for Level {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn levels_follow_the_due_date() {
        let check = |days, level| assert_eq!(Level::after_due(days), level, "{days} days after");
        check(-30, Level::Query);
        check(0, Level::Query);
        check(1, Level::AnswerOwed);
        check(29, Level::AnswerOwed);
        check(30, Level::Visible);
        check(59, Level::Visible);
        check(60, Level::Public);
        check(600, Level::Public);
    }
}
