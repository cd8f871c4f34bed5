//! One cell changed: every column of every row of the three log tables, at several places in each.

use super::scene::{Scene, unhex};

/// What a cell is altered to.
enum Cell {
    Bytes(Vec<u8>),
    Text(String),
    Number(i64),
}

impl Cell {
    fn sql(&self, scene: &Scene) -> String {
        match self {
            Self::Bytes(bytes) => scene.blob(bytes),
            Self::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Self::Number(number) => number.to_string(),
        }
    }
}

fn read(column: &str, value: &str) -> Cell {
    match column {
        "leaf" | "leaf_hash" | "statement_hash" | "signed" | "frontier" => Cell::Bytes(unhex(value)),
        "position" | "entry_number" | "log_year" | "size" => Cell::Number(value.parse().unwrap()),
        _ => Cell::Text(value.to_owned()),
    }
}

/// The place of a cell of this length that is tried; another from row to row, the ends among them. (That no bit of a
/// signed statement can be turned is tried bit by bit in `kp-sign`.)
fn place(length: usize, row: usize) -> usize {
    match row % 4 {
        0 => 0,
        1 => length.saturating_sub(1),
        2 => length / 2,
        _ => (row * 37 + 11) % length.max(1),
    }
}

fn altered(cell: &Cell, row: usize) -> Vec<Cell> {
    match cell {
        Cell::Bytes(bytes) => {
            let mut other = bytes.clone();
            other[place(bytes.len(), row)] ^= 1 << (row % 8);
            vec![Cell::Bytes(other)]
        }
        Cell::Text(text) if text.is_empty() => vec![Cell::Text("XA-000001".into())],
        Cell::Text(text) => {
            let at = place(text.chars().count(), row);
            let other = |(i, c): (usize, char)| {
                if i != at {
                    c
                } else if c == '7' {
                    '8'
                } else {
                    '7'
                }
            };
            vec![Cell::Text(text.chars().enumerate().map(other).collect())]
        }
        Cell::Number(number) => vec![Cell::Number(number + 1000), Cell::Number(-1)],
    }
}

#[test]
fn one_altered_cell_of_an_entry_or_statement_is_named() {
    for scene in Scene::on_each_engine("one altered cell of the log") {
        let log = scene.log();
        for table in ["log_statement", "log_entry"] {
            for (index, row) in scene.table(table).into_iter().enumerate() {
                let position = row[0].1.clone();
                let entry = log.iter().find(|e| e.position.to_string() == position).unwrap();
                // The signed bytes of every row; the other columns of the rows in turn.
                let turn = |at: usize, name: &str| name == "signed" || (at + index).is_multiple_of(4);
                for (_, (column, value)) in row.iter().enumerate().filter(|(at, (name, _))| turn(*at, name)) {
                    alter_and_look(&scene, table, "position", &position, (column, value), index, || {
                        scene.names(&entry.log_id, entry.number);
                    });
                }
            }
        }
        assert_eq!(scene.faults(), [], "everything is as it was");
    }
}

#[test]
fn one_altered_cell_of_a_head_is_seen_in_its_log() {
    for scene in Scene::on_each_engine("one altered cell of a head") {
        for (index, row) in scene.table("log_head").into_iter().enumerate() {
            let log_id = row[0].1.clone();
            let key = format!("'{log_id}'");
            for (column, value) in &row {
                alter_and_look(&scene, "log_head", "log_id", &key, (column, value), index, || {
                    let faults = scene.faults();
                    assert!(faults.iter().any(|f| f.log_id == log_id), "{log_id} {column}: {faults:#?}");
                });
            }
        }
        assert_eq!(scene.faults(), [], "everything is as it was");
    }
}

fn alter_and_look(
    scene: &Scene,
    table: &str,
    key: &str,
    of: &str,
    (column, value): (&String, &String),
    index: usize,
    look: impl Fn(),
) {
    let was = read(column, value);
    for other in altered(&was, index) {
        let now_at = if column == key { other.sql(scene) } else { of.to_owned() };
        scene.sql(&format!("UPDATE {table} SET {column} = {} WHERE {key} = {of}", other.sql(scene)));
        look();
        scene.sql(&format!("UPDATE {table} SET {column} = {} WHERE {key} = {now_at}", was.sql(scene)));
    }
}

#[test]
fn a_cell_of_another_type_is_named_and_hides_nothing() {
    // SQLite keeps whatever type it is given.
    let scene = Scene::on_sqlite();
    let entry = scene.last("certificate_drafted");
    let cells = [
        ("log_statement", "signed", "'words'"),
        ("log_statement", "signed", "17"),
        ("log_statement", "statement_hash", "1.5"),
        ("log_statement", "kind", "X'00ff'"),
        ("log_entry", "log_id", "X'ff'"),
        ("log_entry", "entry_number", "'first'"),
        ("log_entry", "entry_number", "1.5"),
        ("log_entry", "subject", "X'ff00'"),
        ("log_entry", "leaf", "'leaf'"),
        ("log_entry", "leaf", "X''"),
        ("log_entry", "leaf_hash", "2"),
        ("log_entry", "log_id", "'../../a' || char(0) || 'b'"),
    ];
    for (table, column, value) in cells {
        let row = scene.table(table).into_iter().find(|row| row[0].1 == entry.position.to_string()).unwrap();
        let was = row.iter().find(|(name, _)| name == column).map(|(name, value)| read(name, value)).unwrap();
        scene.sql(&format!("UPDATE {table} SET {column} = {value} WHERE position = {}", entry.position));
        scene.names(&entry.log_id, entry.number);
        let back = was.sql(&scene);
        scene.sql(&format!("UPDATE {table} SET {column} = {back} WHERE position = {}", entry.position));
        assert_eq!(scene.faults(), []);
    }
    scene.sql(&format!("UPDATE log_entry SET position = 'late' WHERE position = {}", entry.position));
    scene.names(&entry.log_id, entry.number);
    scene.sql(&format!("UPDATE log_entry SET position = {} WHERE position = 'late'", entry.position));
    for (column, value) in
        [("size", "'many'"), ("frontier", "'edge'"), ("log_year", "X'00'"), ("checkpoint", "0.5")]
    {
        let head = scene.table("log_head").remove(0);
        let was =
            head.iter().find(|(name, _)| name == column).map(|(name, value)| read(name, value)).unwrap();
        scene.sql(&format!("UPDATE log_head SET {column} = {value} WHERE log_id = '{}'", head[0].1));
        assert!(scene.faults().iter().any(|f| f.log_id == head[0].1), "{column}");
        scene.sql(&format!(
            "UPDATE log_head SET {column} = {} WHERE log_id = '{}'",
            was.sql(&scene),
            head[0].1
        ));
    }
    // Opened with such a row in it, the node still opens, does nothing, and still verifies.
    scene.sql("UPDATE log_entry SET leaf_hash = 'x' WHERE position = 3; UPDATE log_head SET size = 'many', checkpoint = 'x'");
    let scene = scene.reopened();
    assert!(!scene.office.node.faults().is_empty());
    scene.faults();
}
