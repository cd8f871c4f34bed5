//! Whole rows removed, put in, exchanged, repeated and numbered anew.

use super::scene::Scene;

#[test]
fn a_removed_row_is_named_whichever_it_is() {
    for scene in Scene::on_each_engine("a removed row") {
        for row in scene.log() {
            let at = row.position;
            for tables in [&["log_entry"][..], &["log_statement"], &["log_entry", "log_statement"]] {
                for table in tables {
                    scene.sql(&format!(
                        "CREATE TABLE kept_{table} AS SELECT * FROM {table} WHERE position = {at}; DELETE FROM {table} WHERE position = {at}"
                    ));
                }
                scene.names(&row.log_id, row.number);
                for table in tables {
                    scene.sql(&format!(
                        "INSERT INTO {table} SELECT * FROM kept_{table}; DROP TABLE kept_{table}"
                    ));
                }
            }
        }
        assert_eq!(scene.faults(), []);
    }
}

#[test]
fn a_removal_that_closes_its_gap_is_named() {
    for scene in Scene::on_each_engine("a removal that closes its gap") {
        let row = scene.last("certificate_drafted");
        let at = row.position;
        scene.sql(&format!(
            "DELETE FROM log_entry WHERE position = {at}; DELETE FROM log_statement WHERE position = {at}"
        ));
        // Far away and back: a unique column is not renumbered in one go on every engine.
        for table in ["log_entry", "log_statement"] {
            scene.sql(&format!("UPDATE {table} SET position = position + 1000 WHERE position > {at}"));
            scene.sql(&format!("UPDATE {table} SET position = position - 1001 WHERE position > 1000"));
        }
        let of_log = format!("log_id = '{}'", row.log_id);
        scene.sql(&format!(
            "UPDATE log_entry SET entry_number = entry_number + 1000 WHERE {of_log} AND entry_number > {}",
            row.number
        ));
        scene.sql(&format!(
            "UPDATE log_entry SET entry_number = entry_number - 1001 WHERE {of_log} AND entry_number > 1000"
        ));
        scene.sql(&format!("UPDATE log_head SET size = size - 1 WHERE {of_log}"));
        scene.says(&row.log_id, row.number, "commitment does not fit");
        scene.says(&row.log_id, scene.size(&row.log_id), "are missing");
    }
}

#[test]
fn exchanged_entries_and_exchanged_statements_are_named() {
    for scene in Scene::on_each_engine("exchanged rows") {
        let (a, b) = (scene.last("application_received"), scene.last("certificate_issued"));
        let exchanges = [
            ("log_entry", "position", a.position, b.position),
            ("log_statement", "position", a.position, b.position),
            ("log_entry", "entry_number", a.number, b.number),
        ];
        for (table, column, one, other) in exchanges {
            let within = if column == "entry_number" { "AND log_id = 'kp.XA/2026'" } else { "" };
            exchange(&scene, table, column, within, (one, other));
            scene.names(&a.log_id, a.number);
            scene.names(&b.log_id, b.number);
            exchange(&scene, table, column, within, (one, other));
        }
        assert_eq!(scene.faults(), []);
    }
}

fn exchange(scene: &Scene, table: &str, column: &str, within: &str, (one, other): (u64, u64)) {
    for (from, to) in [(one, 9000), (other, one), (9000, other)] {
        scene.sql(&format!("UPDATE {table} SET {column} = {to} WHERE {column} = {from} {within}"));
    }
}

#[test]
fn entries_of_two_logs_exchanged_are_named_even_within_one_second() {
    for scene in Scene::on_each_engine("entries of two logs exchanged") {
        // A day that was reached, and an act done right after it, the other way round.
        let (day, act) = (scene.last("day_reached"), scene.last("application_received"));
        assert_ne!(day.log_id, act.log_id);
        for table in ["log_entry", "log_statement"] {
            exchange(&scene, table, "position", "", (day.position, act.position));
        }
        scene.names(&day.log_id, day.number);
        scene.names(&act.log_id, act.number);
    }
}

#[test]
fn a_repeated_statement_is_named() {
    for scene in Scene::on_each_engine("a repeated statement") {
        let old = scene.last("certificate_drafted");
        let number = scene.put_in(&old.log_id, &old.kind, &old.subject, &old.signed);
        scene.says(&old.log_id, number, "the very one that stands at position");
        scene.says(&old.log_id, number, "put in without the node's key");
    }
}

#[test]
fn a_statement_beside_the_log_is_seen() {
    for scene in Scene::on_each_engine("a statement beside the log") {
        let old = scene.last("certificate_issued");
        scene.sql(&format!(
            "INSERT INTO log_statement SELECT 500, statement_hash, kind, signed FROM log_statement WHERE position = {}",
            old.position
        ));
        assert!(
            scene.faults().iter().any(|f| f.sentence.contains("stands at position 500 without an entry"))
        );
    }
}

#[test]
fn a_log_called_after_another_year_is_named() {
    for scene in Scene::on_each_engine("a log called after another year") {
        scene.sql(
            "UPDATE log_entry SET log_id = 'kp.XA/2025' WHERE log_id = 'kp.XA/2026';\
             UPDATE log_head SET log_id = 'kp.XA/2025', log_year = 2025 WHERE log_id = 'kp.XA/2026'",
        );
        scene.says("kp.XA/2025", 0, "belongs into kp.XA/2026");
        scene.says("kp.XA/2026", 0, "are missing");
    }
}

#[test]
fn a_whole_log_removed_with_its_head_is_named() {
    for scene in Scene::on_each_engine("a whole log removed") {
        scene.sql(
            "DELETE FROM log_statement WHERE position IN (SELECT position FROM log_entry WHERE log_id = 'kp.XB/2026');\
             DELETE FROM log_entry WHERE log_id = 'kp.XB/2026'; DELETE FROM log_head WHERE log_id = 'kp.XB/2026'",
        );
        scene.says("kp.XB/2026", 0, "are missing");
        let scene = scene.reopened();
        assert_eq!(scene.office.node.faults()[0].log_id, "kp.XB/2026");
    }
}
