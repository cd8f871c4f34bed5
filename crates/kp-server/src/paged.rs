//! Lists by pages: `limit` rows after the one that `after` names, and `next` to go on with.
//!
//! What `after` names is the last row of the page before, by its own name, so a row that comes in meanwhile neither skips nor
//! doubles another. Where that row has gone meanwhile, the call says so instead of guessing.

use crate::{
    asked::Asked,
    problem::{FieldSaid, Problem, Said},
};

/// Most rows of one answer. Ours.
pub(crate) const MOST: u32 = 500;

/// Which page is asked for.
pub(crate) struct Wanted {
    after: String,
    limit: usize,
}

impl Wanted {
    /// Reads `after` and `limit`; a number that cannot be kept to is refused, not bent.
    ///
    /// # Errors
    /// Where `limit` is no number from 1 to [`MOST`].
    pub(crate) fn of(asked: &Asked) -> Result<Self, Problem> {
        let limit = limit(asked, MOST)?;
        Ok(Self { after: asked.text("after").to_owned(), limit: limit as usize })
    }

    /// The name of the row that the page comes after; empty for the first page.
    pub(crate) fn after(&self) -> &str {
        &self.after
    }

    /// How many rows are asked for.
    pub(crate) fn limit(&self) -> u32 {
        u32::try_from(self.limit).unwrap_or(MOST)
    }

    /// The page of rows that were read from its first one on, one more than asked for where there is more; and the name to go
    /// on with.
    pub(crate) fn page<T>(&self, mut rows: Vec<T>, name: impl Fn(&T) -> String) -> (Vec<T>, Option<String>) {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = rows.last().filter(|_| more).map(name);
        (rows, next)
    }

    /// The page of a list in its order, and the name to go on with where there is more.
    ///
    /// # Errors
    /// Where the row that `after` names is not in the list.
    pub(crate) fn cut<T>(
        &self,
        rows: Vec<T>,
        name: impl Fn(&T) -> String,
    ) -> Result<(Vec<T>, Option<String>), Problem> {
        let from = match self.after.as_str() {
            "" => 0,
            after => match rows.iter().position(|row| name(row) == after) {
                Some(at) => at + 1,
                None => {
                    let said = Said::of("input-after-not-there").with("typed", after);
                    return Err(Problem::fields(vec![FieldSaid::new("after", said)]));
                }
            },
        };
        let more = rows.len() > from + self.limit;
        let page: Vec<T> = rows.into_iter().skip(from).take(self.limit).collect();
        let next = page.last().filter(|_| more).map(name);
        Ok((page, next))
    }
}

/// How many rows are asked for.
///
/// # Errors
/// Where `limit` is no number from 1 to [`MOST`].
pub(crate) fn limit(asked: &Asked, unsaid: u32) -> Result<u32, Problem> {
    let text = match asked.text("limit") {
        "" => return Ok(unsaid),
        text => text,
    };
    text.parse().ok().filter(|limit| (1..=MOST).contains(limit)).ok_or_else(|| {
        let said = Said::of("input-not-a-limit").with("typed", text).with("most", MOST);
        Problem::fields(vec![FieldSaid::new("limit", said)])
    })
}
