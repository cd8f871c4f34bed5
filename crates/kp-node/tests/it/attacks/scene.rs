//! A small world to be attacked, and the tools of the attacker: raw SQL without the guards, and a forger's desk.

use kp_db::Engine;
use kp_log::Fault;
use kp_sign::SigningKey;
use kp_testkit::postgres::Database;

use crate::office::Office;

/// A row of the log as the attacker sees it.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) position: u64,
    pub(crate) log_id: String,
    pub(crate) number: u64,
    pub(crate) subject: String,
    pub(crate) kind: String,
    pub(crate) signed: Vec<u8>,
}

/// An office with a little history, its guards against changes taken away.
pub(crate) struct Scene {
    pub(crate) office: Office,
    /// Dropped after the office.
    _database: Option<Database>,
}

impl Scene {
    /// One scene on each engine that is here.
    pub(crate) fn on_each_engine(part: &str) -> Vec<Self> {
        let postgres = kp_testkit::postgres::database(part).map(Some);
        std::iter::once(None).chain(postgres).map(Self::begin).collect()
    }

    /// On SQLite only: for attacks that copy the file.
    pub(crate) fn on_sqlite() -> Self {
        Self::begin(None)
    }

    fn begin(database: Option<Database>) -> Self {
        let office = Office::found_in(database.as_ref().map(Database::url));
        office.two_participants();
        office.day("2026-02-04");
        office.issue("XA-A-1", "7102.31 1200.00 420000.00");
        office.day("2026-02-05");
        office.issue("XA-A-2", "7102.21 10.00 900.00");
        let scene = Self { office, _database: database };
        scene.take_guards_away();
        scene
    }

    pub(crate) fn reopened(self) -> Self {
        self.reopened_after(|_| ())
    }

    /// Closed, something done to the data folder, opened again.
    pub(crate) fn reopened_after(self, meanwhile: impl FnOnce(&std::path::Path)) -> Self {
        Self { office: self.office.reopened_after(meanwhile), _database: self._database }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.office.node.db().engine() == Engine::Sqlite
    }

    fn take_guards_away(&self) {
        let guards = [
            ("log_entry_is_kept", "log_entry"),
            ("log_entry_is_not_deleted", "log_entry"),
            ("log_statement_is_kept", "log_statement"),
            ("log_statement_is_not_deleted", "log_statement"),
        ];
        for (guard, table) in guards {
            let of = if self.is_sqlite() { String::new() } else { format!(" ON {table}") };
            self.sql(&format!("DROP TRIGGER IF EXISTS {guard}{of}"));
        }
        self.sql("DROP INDEX log_statement_once");
    }

    /// What a database tool does.
    #[track_caller]
    pub(crate) fn sql(&self, text: &str) {
        self.try_sql(text).unwrap_or_else(|error| panic!("{text}: {error:#}"));
    }

    pub(crate) fn try_sql(&self, text: &str) -> anyhow::Result<()> {
        self.office.node.db().write("tamper", |tx| tx.batch(text))
    }

    /// Bytes as the engine writes them in SQL.
    pub(crate) fn blob(&self, bytes: &[u8]) -> String {
        let hex = kp_sign::hex(bytes);
        if self.is_sqlite() { format!("X'{hex}'") } else { format!("'\\x{hex}'::bytea") }
    }

    /// Every row of a table, column by column, as text.
    pub(crate) fn table(&self, table: &str) -> Vec<Vec<(String, String)>> {
        self.office.node.db().read(|tx| tx.table_rows(table)).unwrap()
    }

    /// The log in order of arrival.
    pub(crate) fn log(&self) -> Vec<Row> {
        let statements = self.table("log_statement");
        let mut rows: Vec<Row> = self
            .table("log_entry")
            .iter()
            .filter_map(|entry| {
                let statement = statements.iter().find(|s| s[0] == entry[0])?;
                Some(Row {
                    position: entry[0].1.parse().unwrap(),
                    log_id: entry[1].1.clone(),
                    number: entry[2].1.parse().unwrap(),
                    subject: entry[3].1.clone(),
                    kind: statement[2].1.clone(),
                    signed: unhex(&statement[3].1),
                })
            })
            .collect();
        rows.sort_by_key(|row| row.position);
        rows
    }

    /// The last row of a kind.
    #[track_caller]
    pub(crate) fn last(&self, kind: &str) -> Row {
        self.log().into_iter().rfind(|row| row.kind == kind).unwrap_or_else(|| panic!("there is no {kind}"))
    }

    pub(crate) fn size(&self, log_id: &str) -> u64 {
        self.log().iter().filter(|row| row.log_id == log_id).count() as u64
    }

    #[track_caller]
    pub(crate) fn faults(&self) -> Vec<Fault> {
        self.office.node.verify_log().expect("verify reports; it does not break off").faults
    }

    /// The report names this entry.
    #[track_caller]
    pub(crate) fn names(&self, log_id: &str, number: u64) -> Vec<Fault> {
        let faults = self.faults();
        let named = faults.iter().any(|f| f.log_id == log_id && f.entry_number == Some(number));
        assert!(named, "{log_id} entry {number} is not named among {faults:#?}");
        faults
    }

    /// The report names this entry with these words.
    #[track_caller]
    pub(crate) fn says(&self, log_id: &str, number: u64, words: &str) {
        let faults = self.names(log_id, number);
        let said = faults
            .iter()
            .any(|f| f.log_id == log_id && f.entry_number == Some(number) && f.sentence.contains(words));
        assert!(said, "{log_id} entry {number} is not said to be {words:?} among {faults:#?}");
    }

    /// Puts a statement at the end of a log with everything but a signed checkpoint made to fit: commitment, leaf
    /// hash, head, tree and time. Returns its number.
    pub(crate) fn put_in(&self, log_id: &str, kind: &str, subject: &str, signed: &[u8]) -> u64 {
        let log = self.log();
        let position = log.iter().map(|row| row.position).max().unwrap_or(0) + 1;
        let previous = log.iter().rfind(|row| row.subject == subject).map_or(0, |row| row.position);
        let previous = if subject.is_empty() { 0 } else { previous };
        let head = self.table("log_head").into_iter().find(|head| head[0].1 == log_id).unwrap();
        let mut frontier = kp_tlog::Frontier::from_bytes(&unhex(&head[4].1)).unwrap();
        let number = frontier.size();
        let header = kp_sign::open(signed).unwrap().header;
        let at = kp_terms::Timestamp::from_second(header.issued_at).unwrap().to_string();
        let hash = kp_sign::sha256(signed);
        let leaf = leaf(number, [kind, &header.issuer, subject, &at], &hash, [position, previous]);
        let leaf_hash = kp_tlog::leaf_hash(&leaf);
        frontier.append(leaf_hash);
        self.sql(&format!(
            "INSERT INTO log_statement VALUES ({position}, {}, '{kind}', {});\
             INSERT INTO log_entry VALUES ({position}, '{log_id}', {number}, '{subject}', {}, {});\
             UPDATE log_head SET size = {}, frontier = {}, last_at = '{at}' WHERE log_id = '{log_id}'",
            self.blob(&hash),
            self.blob(signed),
            self.blob(&leaf),
            self.blob(leaf_hash.as_bytes()),
            frontier.size(),
            self.blob(&frontier.to_bytes()),
        ));
        number
    }
}

/// The same words under another key.
pub(crate) fn signed_again(signed: &[u8], key: &SigningKey) -> Vec<u8> {
    let opened = kp_sign::open(signed).unwrap();
    let header = opened.header;
    kp_sign::sign(&opened.payload, &header.issuer, &header.subject, header.issued_at, key).unwrap()
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// A commitment as `specs/statement.md` writes it, encoded by hand.
fn leaf(number: u64, words: [&str; 4], hash: &[u8], positions: [u64; 2]) -> Vec<u8> {
    let mut bytes = vec![0x89, 0x01];
    head(&mut bytes, 0, number);
    for word in words {
        head(&mut bytes, 3, word.len() as u64);
        bytes.extend(word.as_bytes());
    }
    head(&mut bytes, 2, 32);
    bytes.extend(hash);
    for position in positions {
        head(&mut bytes, 0, position);
    }
    bytes
}

/// A CBOR head: major type and the shortest form of a number below 256.
fn head(bytes: &mut Vec<u8>, major: u8, number: u64) {
    let number = u8::try_from(number).expect("the scene is small");
    if number < 24 {
        bytes.push(major << 5 | number);
    } else {
        bytes.extend([major << 5 | 24, number]);
    }
}
