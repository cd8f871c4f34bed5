//! What tests lean on, tested itself: the throwaway server answers, forgets nothing when killed, and goes away with its test;
//! the browser does what it is asked.

mod chromium;

use kp_testkit::postgres::{Database, Server};
use postgres::{Client, NoTls};

fn connect(database: &Database) -> Client {
    Client::connect(&database.url(), NoTls).expect("because the test just made this database")
}

#[test]
fn a_killed_server_recovers_what_was_committed_and_nothing_else() {
    let mut server = match Server::start(true) {
        Ok(server) => server,
        Err(missing) => return kp_testkit::skipped("recovery of the throwaway server", &missing),
    };
    let database = Database::create(&server.address());
    let mut client = connect(&database);
    client.batch_execute("CREATE TABLE kept (n BIGINT); INSERT INTO kept VALUES (7)").unwrap();
    client.batch_execute("BEGIN; INSERT INTO kept VALUES (8)").unwrap();
    server.kill().unwrap();
    assert!(client.batch_execute("COMMIT").is_err(), "the server is dead");
    server.restart().unwrap();
    let rows = connect(&database).query("SELECT n FROM kept", &[]).unwrap();
    assert_eq!(rows.iter().map(|row| row.get::<_, i64>(0)).collect::<Vec<_>>(), [7]);
}

#[test]
fn two_tests_do_not_see_each_other() {
    let Some(first) = kp_testkit::postgres::database("databases of their own for tests") else { return };
    let second = kp_testkit::postgres::database("databases of their own for tests").unwrap();
    connect(&first).batch_execute("CREATE TABLE mine (n BIGINT)").unwrap();
    assert!(connect(&second).batch_execute("SELECT n FROM mine").is_err());
    let url = first.url();
    drop(first);
    assert!(Client::connect(&url, NoTls).is_err(), "a test's database goes with it");
}
