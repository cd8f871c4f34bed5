//! SQL text taken apart far enough for tidiness: which tables a text writes, and how.
//!
//! Not a parser: words, with comments and quoted texts left out. What it does not recognise it does not let pass as
//! harmless: a write whose table cannot be read is reported as a write to `?`.

/// What is done to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// New rows only.
    Insert,
    /// Changed rows, also by `ON CONFLICT DO UPDATE` and `INSERT OR REPLACE`.
    Update,
    /// Rows removed, also all at once.
    Delete,
    /// The table itself is made, changed or dropped.
    Define,
}

/// One write.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Write {
    /// What is done.
    pub(crate) verb: Verb,
    /// To which table, in lower case.
    pub(crate) table: String,
    /// On which line, counted from 1.
    pub(crate) line: usize,
}

/// All writes in a text, in order.
pub(crate) fn writes(text: &str) -> Vec<Write> {
    let words = words(text);
    let upper: Vec<String> = words.iter().map(|(_, word)| word.to_uppercase()).collect();
    let word = |at: usize| upper.get(at).map_or("", String::as_str);
    let mut found: Vec<Write> = Vec::new();
    let mut inserted_into = "?".to_owned();
    for at in 0..words.len() {
        let before = if at == 0 { "" } else { word(at - 1) };
        // (verb, how many words further the table's name stands)
        let write = match (word(at), word(at + 1)) {
            ("INSERT" | "MERGE", "INTO") => Some((Verb::Insert, 2)),
            ("INSERT", "OR") => Some((if word(at + 2) == "IGNORE" { Verb::Insert } else { Verb::Update }, 4)),
            ("REPLACE", "INTO") if before != "OR" => Some((Verb::Update, 2)),
            // `ON CONFLICT DO UPDATE SET`, and `WHEN MATCHED THEN UPDATE SET`
            ("UPDATE", "SET") => Some((Verb::Update, 0)),
            // The event of a trigger, or a lock: nothing is written.
            ("UPDATE", "OR") if !matches!(word(at + 2), "DELETE" | "INSERT" | "TRUNCATE") => {
                Some((Verb::Update, 3))
            }
            ("UPDATE" | "TRUNCATE", "ON" | "OR" | "OF") => None,
            ("UPDATE", _) if matches!(before, "FOR" | "KEY") => None,
            ("UPDATE", "ONLY") => Some((Verb::Update, 2)),
            ("UPDATE", _) => Some((Verb::Update, 1)),
            ("DELETE", "FROM") => Some((Verb::Delete, if word(at + 2) == "ONLY" { 3 } else { 2 })),
            ("TRUNCATE", next) => Some((Verb::Delete, if next == "TABLE" { 2 } else { 1 })),
            ("CREATE" | "ALTER" | "DROP", "TABLE") => Some((Verb::Define, 2 + if_exists(&upper, at + 2))),
            _ => None,
        };
        let Some((verb, further)) = write else { continue };
        let table = match further {
            0 => inserted_into.clone(),
            _ => words.get(at + further).map_or("?", |(_, name)| name).to_lowercase(),
        };
        if matches!(word(at), "INSERT" | "MERGE") {
            inserted_into.clone_from(&table);
        }
        found.push(Write { verb, table, line: words[at].0 });
    }
    found
}

/// Words of `IF EXISTS` or `IF NOT EXISTS` at this place.
fn if_exists(upper: &[String], at: usize) -> usize {
    if upper.get(at).is_some_and(|word| word == "IF") {
        if upper.get(at + 1).is_some_and(|word| word == "NOT") { 3 } else { 2 }
    } else {
        0
    }
}

/// Names, keywords and numbers with their lines; comments and quoted texts are left out, quoted names are names.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut chars = text.chars().peekable();
    let mut line = 1;
    while let Some(c) = chars.next() {
        match c {
            '\n' => line += 1,
            '-' if chars.peek() == Some(&'-') => while chars.next_if(|c| *c != '\n').is_some() {},
            '\'' => line += chars.by_ref().take_while(|c| *c != '\'').filter(|c| *c == '\n').count(),
            c if c.is_alphanumeric() || matches!(c, '_' | '{') => {
                let mut word = c.to_string();
                while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '}')) {
                    word.push(c);
                }
                found.push((line, word));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(Verb, String)> {
        writes(text).into_iter().map(|write| (write.verb, write.table)).collect()
    }

    #[test]
    fn every_kind_of_write_is_seen() {
        use Verb::{Define, Delete, Insert, Update};
        let one = |text: &str, verb: Verb, table: &str| {
            assert_eq!(told(text), [(verb, table.to_owned())], "{text}")
        };
        one("INSERT INTO trade_number (a) VALUES ($1)", Insert, "trade_number");
        one("insert or ignore into trade_number values ($1)", Insert, "trade_number");
        one("INSERT OR REPLACE INTO trade_number VALUES ($1)", Update, "trade_number");
        one("REPLACE INTO trade_number VALUES ($1)", Update, "trade_number");
        one("UPDATE trade_number SET a = $1", Update, "trade_number");
        one("UPDATE OR REPLACE trade_number SET a = $1", Update, "trade_number");
        one("UPDATE \"trade_number\" SET a = $1", Update, "trade_number");
        one("DELETE FROM trade_number WHERE a = $1", Delete, "trade_number");
        one("TRUNCATE TABLE trade_number", Delete, "trade_number");
        one("CREATE TABLE IF NOT EXISTS trade_number (a TEXT)", Define, "trade_number");
        one("DROP TABLE IF EXISTS trade_number", Define, "trade_number");
        one("WITH x AS (SELECT 1) UPDATE trade_number SET a = 1", Update, "trade_number");
        one("DELETE FROM {table}", Delete, "{table}");
        let upsert = "INSERT INTO log_entry (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = $1";
        assert_eq!(told(upsert), [(Insert, "log_entry".to_owned()), (Update, "log_entry".to_owned())]);
    }

    #[test]
    fn what_writes_nothing_is_let_pass() {
        for text in [
            "SELECT a FROM trade_number FOR UPDATE",
            "SELECT 'DELETE FROM log_entry' FROM trade_number -- UPDATE log_entry SET",
            "CREATE TRIGGER kept BEFORE UPDATE ON log_entry BEGIN SELECT 1; END",
            "CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entry",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }
}
