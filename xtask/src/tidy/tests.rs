//! Each rule sees its violation: a small clean house, one thing broken in it, one complaint by the right rule.
//!
//! Red before green: a rule that never complains keeps nothing.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::violations;

/// A small house that keeps every rule. Schema and migrations are copies of the real ones.
struct SmallHouse(TempDir);

impl SmallHouse {
    fn new() -> Self {
        let house = Self(TempDir::new().unwrap());
        house.write(
            "Cargo.toml",
            "[workspace.metadata.house]\norder = [\"kp-terms\", \"kp-db\", \"kp-log\", \"kp-trade\", \"kp-server\", \"xtask\"]\n",
        );
        house.manifest("kp-terms", "jiff = \"1\"");
        house.manifest("kp-db", "rusqlite = \"0\"");
        house.manifest("kp-log", "kp-terms = { workspace = true }\nkp-db = { workspace = true }");
        house.manifest("kp-trade", "kp-log = { workspace = true }");
        house.manifest("kp-server", "kp-trade = { workspace = true }\naxum = \"0\"");
        house.write("xtask/Cargo.toml", "[package]\nname = \"xtask\"\n");
        house.write("xtask/ratchet.txt", "# none\n");
        house.write(
            "crates/kp-terms/src/lib.rs",
            "//! Words.\n//! About f64: none.\npub fn first() -> i64 { 1 }\n",
        );
        house.write("crates/kp-log/src/lib.rs", "//! The log.\nconst SQL: Sql = sql!(\"move_head\");\n");
        house.write("crates/kp-log/sql/move_head.sql", "UPDATE log_head SET size = $2 WHERE log_id = $1\n");
        house.write("crates/kp-trade/src/lib.rs", "//! Trade.\n// TODO (#7): more.\n");
        house.write(
            "README.md",
            "# Small house\n\nSee [the log](docs/log.md#heads) and `crates/kp-log/src/lib.rs`.\n",
        );
        house.write(
            "docs/log.md",
            "# Log\n\n## Heads\n\n[back](../README.md), [up](#log)\n\n```\n[no](link)\n```\n",
        );
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for file in fs::read_dir(real.join("schema/migrations")).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            house.write(&format!("schema/migrations/{name}"), &fs::read_to_string(file.path()).unwrap());
        }
        house.write("schema/current.sql", &crate::schema::dump().unwrap());
        house
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn append(&self, path: &str, text: &str) {
        let before = fs::read_to_string(self.0.path().join(path)).unwrap();
        self.write(path, &(before + text));
    }

    fn manifest(&self, name: &str, dependencies: &str) {
        let text = format!("[package]\nname = \"{name}\"\n\n[dependencies]\n{dependencies}\n");
        self.write(&format!("crates/{name}/Cargo.toml"), &text);
    }

    /// A statement of kp-trade, named in its source so that only its text can be at fault.
    fn statement(&self, name: &str, text: &str) {
        self.append("crates/kp-trade/src/lib.rs", &format!("const X: Sql = sql!(\"{name}\");\n"));
        self.write(&format!("crates/kp-trade/sql/{name}.sql"), text);
    }

    /// Exactly one rule complains, once, about this file, with this advice.
    fn complains(&self, rule: &str, path: &str, advice: &str) {
        let found = violations(self.0.path()).unwrap();
        let [(by, violation)] = &found[..] else {
            panic!("expected one violation of {rule}, found {found:#?}")
        };
        assert_eq!((*by, violation.path.as_str()), (rule, path), "{violation:?}");
        assert!(violation.message.contains(advice), "{advice:?} is not in {:?}", violation.message);
    }
}

#[test]
fn a_clean_house_has_no_complaints() {
    let found = violations(SmallHouse::new().0.path()).unwrap();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn samples_of_other_peoples_files_are_let_be() {
    let house = SmallHouse::new();
    house.write("crates/kp-trade/tests/fixtures/foreign.rs", "fn x() {} // TODO\n");
    fs::write(house.0.path().join("crates/kp-trade/tests/fixtures/latin.html"), [b'<', 0xe9, b'>']).unwrap();
    let found = violations(house.0.path()).unwrap();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_dependency_to_a_later_crate() {
    let house = SmallHouse::new();
    house.manifest("kp-log", "kp-trade = { workspace = true }");
    house.complains("crate_order", "crates/kp-log/Cargo.toml", "kp-trade, which stands after it");
}

#[test]
fn a_dependency_for_tests_to_a_later_crate() {
    let house = SmallHouse::new();
    house.append("crates/kp-log/Cargo.toml", "[dev-dependencies]\nkp-trade = { workspace = true }\n");
    house.complains("crate_order", "crates/kp-log/Cargo.toml", "kp-trade, which stands after it");
}

#[test]
fn a_crate_without_a_place_and_a_place_without_a_crate() {
    let house = SmallHouse::new();
    house.manifest("kp-new", "");
    house.complains("crate_order", "crates/kp-new/Cargo.toml", "has no place in the order");
    let house = SmallHouse::new();
    fs::remove_file(house.0.path().join("xtask/Cargo.toml")).unwrap();
    house.complains("crate_order", "Cargo.toml", "names xtask, which does not exist");
}

#[test]
fn a_write_to_another_crates_table() {
    let house = SmallHouse::new();
    house.statement("steal", "-- takes over\nUPDATE log_head SET size = $1\n");
    house.complains(
        "own_tables",
        "crates/kp-trade/sql/steal.sql",
        "owns only tables that begin with `trade_`",
    );
}

#[test]
fn a_write_to_another_crates_table_inside_a_string() {
    let house = SmallHouse::new();
    house.append(
        "crates/kp-trade/src/lib.rs",
        "const X: &str = \"INSERT INTO log_head (log_id) VALUES ('a')\";\n",
    );
    house.complains("own_tables", "crates/kp-trade/src/lib.rs", "call a function of the crate that owns it");
}

#[test]
fn a_story_may_tamper_with_its_copy_in_one_place_only() {
    let tampering =
        "//! A person with a database tool.\nconst X: &str = \"UPDATE log_entry SET leaf = ''\";\n";
    let house = SmallHouse::new();
    house.write(
        "Cargo.toml",
        "[workspace.metadata.house]\norder = [\"kp-terms\", \"kp-db\", \"kp-log\", \"kp-trade\", \"kp-story\", \"kp-server\", \"xtask\"]\n",
    );
    house.manifest("kp-story", "");
    house.write("crates/kp-story/src/tamper.rs", tampering);
    assert!(violations(house.0.path()).unwrap().is_empty());
    house.write("crates/kp-story/src/act.rs", tampering);
    house.complains("own_tables", "crates/kp-story/src/act.rs", "tampering by a story belongs in tamper.rs");
}

#[test]
fn a_write_to_a_table_that_cannot_be_read() {
    let house = SmallHouse::new();
    house.append("crates/kp-trade/src/lib.rs", "fn x() { format!(\"DELETE FROM {table}\"); }\n");
    house.complains("own_tables", "crates/kp-trade/src/lib.rs", "cannot be read from the text");
}

#[test]
fn a_changed_or_deleted_row_of_the_log() {
    for text in [
        "UPDATE log_entry SET leaf = $1",
        "DELETE FROM log_statement",
        "DELETE FROM log_head",
        "INSERT INTO log_statement (position) VALUES ($1) ON CONFLICT (position) DO UPDATE SET position = $1",
    ] {
        let house = SmallHouse::new();
        house.append("crates/kp-log/src/lib.rs", "const X: Sql = sql!(\"rewrite\");\n");
        house.write("crates/kp-log/sql/rewrite.sql", text);
        house.complains("append_only", "crates/kp-log/sql/rewrite.sql", "append a statement");
    }
}

#[test]
fn a_clock_a_disk_and_chance_in_a_pure_crate() {
    for (line, word) in [
        ("fn x() { std::fs::read(\"a\"); }", "std::fs"),
        ("use std::net::TcpStream;", "std::net"),
        ("fn x() { SystemTime::now(); }", "SystemTime"),
        ("fn x() { Instant::now(); }", "Instant::now"),
        ("fn x() { getrandom::fill(); }", "getrandom"),
    ] {
        let house = SmallHouse::new();
        house.append("crates/kp-terms/src/lib.rs", &format!("{line}\n"));
        house.complains("pure_crates", "crates/kp-terms/src/lib.rs", word);
    }
}

#[test]
fn a_worldly_dependency_of_a_pure_crate() {
    let house = SmallHouse::new();
    house.manifest("kp-terms", "getrandom = \"0\"");
    house.complains("pure_crates", "crates/kp-terms/Cargo.toml", "may not depend on getrandom");
}

#[test]
fn a_float_near_an_amount() {
    for line in ["fn x(carats: f64) {}", "const HALF: Rate = 0.5;"] {
        let house = SmallHouse::new();
        house.append("crates/kp-trade/src/lib.rs", &format!("{line}\n"));
        house.complains("pure_crates", "crates/kp-trade/src/lib.rs", "carats are hundredths");
    }
}

#[test]
fn http_outside_the_doors_and_an_engine_outside_its_crate() {
    let house = SmallHouse::new();
    house.manifest("kp-trade", "axum = \"0\"");
    house.complains("doors", "crates/kp-trade/Cargo.toml", "let a door parse and render");
    let house = SmallHouse::new();
    house.manifest("kp-server", "postgres = \"0\"");
    house.complains("doors", "crates/kp-server/Cargo.toml", "go through kp-db");
}

#[test]
fn a_file_that_does_not_say_what_it_is_for() {
    let house = SmallHouse::new();
    house.write("crates/kp-trade/src/bare.rs", "fn x() {}\n");
    house.complains("file_header", "crates/kp-trade/src/bare.rs", "what it is for");
}

#[test]
fn a_file_too_long_or_grown_or_shrunk() {
    let long = |lines: usize| "//! Long.\n".repeat(lines);
    let path = "crates/kp-trade/src/long.rs";
    let house = SmallHouse::new();
    house.write(path, &long(600));
    assert!(violations(house.0.path()).unwrap().is_empty(), "600 lines are allowed");
    house.write(path, &long(601));
    house.complains("file_size", path, "split the file");
    house.write("xtask/ratchet.txt", "601 crates/kp-trade/src/long.rs\n");
    assert!(violations(house.0.path()).unwrap().is_empty(), "a listed file may stay as it is");
    house.write(path, &long(602));
    house.complains("file_size", path, "may shrink, not grow");
    house.write("xtask/ratchet.txt", "700 crates/kp-trade/src/long.rs\n");
    house.complains("file_size", path, "write that into xtask/ratchet.txt");
    house.write(path, &long(10));
    house.complains("file_size", path, "take its line out");
    fs::remove_file(house.0.path().join(path)).unwrap();
    house.complains("file_size", "xtask/ratchet.txt", "no longer there");
}

#[test]
fn a_link_an_anchor_and_a_path_that_lead_nowhere() {
    for (line, advice) in [
        ("[gone](docs/gone.md)", "leads nowhere"),
        ("[gone](docs/log.md#tails)", "its anchors are log, heads"),
        ("see `crates/kp-log/src/gone.rs`", "does not exist"),
        ("see `docs/gone/`", "does not exist"),
    ] {
        let house = SmallHouse::new();
        house.append("README.md", line);
        house.complains("links", "README.md", advice);
    }
}

#[test]
fn a_statement_that_an_engine_does_not_understand() {
    for text in ["SELECT carats FROM log_head", "SELECT FROM WHERE", "SELECT size FROM log_heads"] {
        let house = SmallHouse::new();
        house.statement("broken", text);
        let found = violations(house.0.path()).unwrap();
        let engines = if kp_testkit::postgres::address().is_ok() { 2 } else { 1 };
        assert_eq!(found.len(), engines, "{found:#?}");
        assert!(found.iter().all(|(rule, _)| *rule == "statements"), "{found:#?}");
        assert!(found[0].1.message.starts_with("Sqlite does not understand"), "{found:#?}");
    }
}

#[test]
fn a_type_that_only_one_engine_gives_back() {
    let house = SmallHouse::new();
    house.statement("sum_of_sizes", "SELECT SUM(size) FROM log_head");
    let found = violations(house.0.path()).unwrap();
    // SQLite sums integers to an integer; PostgreSQL, where it is there, to a number of another type.
    let on_postgres = kp_testkit::postgres::address().is_ok();
    assert_eq!(found.len(), usize::from(on_postgres), "{found:#?}");
    assert!(found.iter().all(|(_, violation)| violation.message.contains("cast it to BIGINT")), "{found:#?}");
}

#[test]
fn a_statement_for_one_engine_is_not_asked_of_the_other() {
    let house = SmallHouse::new();
    house.statement("size_of_file.postgres", "SELECT pg_database_size(current_database())");
    house.statement("size_of_file.sqlite", "SELECT page_count FROM pragma_page_count()");
    let found = violations(house.0.path()).unwrap();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn two_statements_in_a_file_and_one_that_nobody_uses() {
    let house = SmallHouse::new();
    house.statement("two", "SELECT 1; SELECT 2");
    let found = violations(house.0.path()).unwrap();
    assert!(found[0].1.message.contains("more than one statement"), "{found:#?}");
    let house = SmallHouse::new();
    house.write("crates/kp-trade/sql/orphan.sql", "SELECT size FROM log_head\n");
    house.complains("statements", "crates/kp-trade/sql/orphan.sql", "delete the file");
}

#[test]
fn a_schema_that_is_not_the_sum_of_its_steps() {
    let house = SmallHouse::new();
    house.append("schema/current.sql", "CREATE TABLE log_extra (a TEXT);\n");
    house.complains("schema_sum", "schema/current.sql", "cargo xtask schema");
}

#[test]
fn a_migration_changed_forgotten_or_badly_named() {
    let house = SmallHouse::new();
    house.append("schema/migrations/0001_log.sql", "-- changed later\n");
    house.complains("schema_sum", "schema/migrations/0001_log.sql", "does not apply this migration");
    let house = SmallHouse::new();
    house.write("schema/migrations/9999_more.sql", "CREATE TABLE log_more (a TEXT);\n");
    house.complains("schema_sum", "schema/migrations/9999_more.sql", "add it to MIGRATIONS");
    let house = SmallHouse::new();
    house.write("schema/migrations/more.sql", "");
    let found = violations(house.0.path()).unwrap();
    assert!(found[0].1.message.contains("NNNN_subject.sql"), "{found:#?}");
}

#[test]
fn work_left_for_later_without_an_issue() {
    let house = SmallHouse::new();
    house.append("crates/kp-trade/src/lib.rs", "// TODO: later\n");
    house.complains("unfinished", "crates/kp-trade/src/lib.rs", "open an issue");
    let house = SmallHouse::new();
    house.append("crates/kp-log/sql/move_head.sql", "-- FIXME soon\n");
    house.complains("unfinished", "crates/kp-log/sql/move_head.sql", "open an issue");
}

#[test]
fn a_test_that_sleeps() {
    let house = SmallHouse::new();
    house.append(
        "crates/kp-trade/src/lib.rs",
        "fn pace() { sleep(1) }\n#[cfg(test)]\nmod tests {\n    fn x() { std::thread::sleep(y); }\n}\n",
    );
    house.complains("no_sleep", "crates/kp-trade/src/lib.rs", "wait for what it is waiting for");
    let house = SmallHouse::new();
    house.write("crates/kp-trade/tests/it/main.rs", "//! Tests.\nfn x() { tokio::time::sleep(y).await; }\n");
    house.complains("no_sleep", "crates/kp-trade/tests/it/main.rs", "wait for what it is waiting for");
}
