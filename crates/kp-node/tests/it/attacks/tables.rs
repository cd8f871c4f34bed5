//! The tables that statements fill: every cell of every row altered, every row removed, and a row nobody stated.

use super::scene::Scene;

/// Every table of the schema, from the schema itself.
fn tables_of_the_schema() -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/current.sql");
    let text = std::fs::read_to_string(path).unwrap();
    let tables = text.lines().filter_map(|line| line.strip_prefix("CREATE TABLE ")?.split(' ').next());
    tables.map(str::to_owned).collect()
}

#[test]
fn every_table_but_the_log_itself_is_worked_out_again() {
    let rebuilt = kp_node::rebuilt_tables();
    let left: Vec<String> = tables_of_the_schema()
        .into_iter()
        .filter(|table| !table.starts_with("log_") && !table.starts_with("db_"))
        // Who signs in is a setting of the node; no statement says it.
        .filter(|table| !table.starts_with("accounts_"))
        // Who is told what, and what left by mail, is this node's own; what it tells of stands in the log.
        .filter(|table| !table.starts_with("messages_"))
        // What lies in the sandbox is nobody's statement yet.
        .filter(|table| !table.starts_with("statistics_sandbox"))
        .filter(|table| !rebuilt.contains(&table.as_str()) && !table.ends_with("_cursor"))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "tables that `rebuild --check` does not look at");
}

#[test]
fn every_altered_cell_and_every_removed_row_is_named() {
    for scene in Scene::on_each_engine("altered tables") {
        let mut tried = 0;
        for table in kp_node::rebuilt_tables() {
            // Rows that refer to others stand in the way of nothing an attacker does.
            for row in scene.table(table).into_iter().take(1) {
                let this = where_row(&row);
                for (column, value) in &row {
                    let other = if value == "NULL" { "'x'" } else { "NULL" };
                    let number = value.parse::<i64>().map(|n| (n + 1).to_string());
                    let other = number.unwrap_or_else(|_| {
                        if value == "NULL" { other.into() } else { format!("'{value}x'") }
                    });
                    if scene.try_sql(&format!("UPDATE {table} SET {column} = {other} WHERE {this}")).is_err()
                    {
                        continue; // the database itself refuses: another type, or a row that refers to it
                    }
                    tried += 1;
                    let differences = scene.office.node.rebuild_check().unwrap().differences;
                    assert!(
                        differences.iter().any(|d| d.table == table),
                        "{table}.{column}: {differences:?}"
                    );
                    scene.office.node.rebuild(|_| ()).unwrap();
                }
            }
        }
        assert!(tried > 40, "only {tried} cells were tried");
        scene.office.is_sound();
    }
}

fn where_row(row: &[(String, String)]) -> String {
    let is = |(column, value): &(String, String)| {
        if value == "NULL" {
            format!("{column} IS NULL")
        } else {
            format!("{column} = '{}'", value.replace('\'', "''"))
        }
    };
    row.iter().map(is).collect::<Vec<_>>().join(" AND ")
}

#[test]
fn a_stage_set_ahead_of_the_log_is_named() {
    for scene in Scene::on_each_engine("a stage set ahead") {
        for table in ["statistics_cursor", "detect_cursor", "search_cursor"] {
            scene.sql(&format!("UPDATE {table} SET position = position + 1"));
            let differences = scene.office.node.rebuild_check().unwrap().differences;
            assert!(differences.iter().any(|d| d.table == table), "{table}: {differences:?}");
            scene.sql(&format!("UPDATE {table} SET position = position - 1"));
        }
        scene.office.is_sound();
    }
}
