//! The trail and the looks are only added to, and what a database tool does to them shows.

use kp_accounts::{looks, looks::Look, trail};

use crate::office::{Office, PASSPHRASE, PASSWORD};

fn look(about: &str) -> Look {
    Look {
        by_whom: "xb-importer-1".into(),
        body: "XB".into(),
        what: "certificate".into(),
        about: about.into(),
        owner: "XA XB".into(),
    }
}

#[test]
fn rows_are_kept_and_a_row_changed_or_taken_out_shows() {
    for office in Office::on_each_engine("the trail") {
        office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
        office.join("xa-approver-1", PASSPHRASE, PASSWORD);
        let seen: Vec<_> = ["XA-000001", "XA-000002", "XA-000003"].map(|n| (office.now(), look(n))).into();
        office.accounts.looked(&seen).unwrap();
        let db = office.node().db();
        let breaks = || {
            db.read(|tx| Ok::<_, anyhow::Error>((trail::first_break(tx)?, looks::first_break(tx)?))).unwrap()
        };
        assert_eq!(breaks(), (None, None));
        let steps = db.read(|tx| trail::before(tx, i64::MAX, 50)).unwrap();
        let whats: Vec<&str> = steps.iter().map(|step| step.what.as_str()).collect();
        assert_eq!(whats, ["joined", "invited", "joined", "invited"]);
        let last = db.read(|tx| looks::before(tx, i64::MAX, 2)).unwrap();
        assert_eq!(last.len(), 2);
        assert_eq!(last[0].look, look("XA-000003"));
        let tool = |text: &str| db.write("a person with a database tool", |tx| tx.batch(text));
        for forbidden in [
            "UPDATE accounts_trail SET about = 'xa-clerk-2' WHERE number = 2",
            "DELETE FROM accounts_look WHERE number = 2",
        ] {
            assert!(tool(forbidden).is_err(), "{forbidden}");
        }
        let postgres = db.engine() == kp_db::Engine::Postgres;
        let on = |table: &str| if postgres { format!(" ON {table}") } else { String::new() };
        tool(&format!("DROP TRIGGER accounts_trail_is_kept{}", on("accounts_trail"))).unwrap();
        tool(&format!("DROP TRIGGER accounts_look_is_kept{}", on("accounts_look"))).unwrap();
        if !postgres {
            tool("DROP TRIGGER accounts_look_is_not_deleted").unwrap();
        }
        tool("UPDATE accounts_trail SET about = 'xa-clerk-2' WHERE number = 2").unwrap();
        tool("DELETE FROM accounts_look WHERE number = 2").unwrap();
        assert_eq!(breaks(), (Some(2), Some(2)));
    }
}
