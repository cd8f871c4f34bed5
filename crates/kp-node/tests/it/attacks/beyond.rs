//! Where one node alone cannot tell, or only just. The first attack succeeds; only somebody outside who kept a checkpoint or a receipt
//! can show it (rulings 6). It stands here so that nobody believes otherwise. So does, untested because it is the
//! node's own work: whoever holds the node's keys, officers' keys and the copy can sign another history from the start.

use super::{
    outside::{Safe, one_more_act},
    scene::Scene,
};

#[test]
fn database_and_copy_set_back_together_look_whole() {
    let safe = Safe::new();
    let scene = Scene::on_sqlite().reopened_after(|folder| {
        safe.keep_database("earlier", folder);
        safe.keep_outside("earlier", folder);
    });
    let before = scene.office.node.db().read(kp_log::log_heads).unwrap();
    one_more_act(&scene);
    let witnessed = scene.office.node.db().read(kp_log::log_heads).unwrap();
    let scene = scene.reopened_after(|folder| {
        safe.put_database("earlier", folder);
        safe.put_outside("earlier", folder);
    });
    scene.office.is_sound();
    // What a witness holds is over more entries than the node now shows, and is signed by the node's own key.
    let now = scene.office.node.db().read(kp_log::log_heads).unwrap();
    assert_eq!(now, before);
    let of_xa = |heads: &[kp_log::Head]| heads.iter().find(|h| h.log_id == "kp.XA/2026").unwrap().clone();
    let (shown, kept) = (of_xa(&now), of_xa(&witnessed));
    let key = scene.office.node.keys().checkpoint_key("kp.XA/2026").unwrap().verifier_key();
    let kept = kp_tlog::Checkpoint::open(&kept.checkpoint, &[key]).unwrap();
    assert!(kept.size() > shown.size);
}

#[test]
fn a_whole_log_removed_with_its_copy_is_seen_by_what_came_after_it() {
    let remove = "DELETE FROM log_statement WHERE position IN (SELECT position FROM log_entry WHERE log_id = 'kp.XB/2026');\
                  DELETE FROM log_entry WHERE log_id = 'kp.XB/2026'; DELETE FROM log_head WHERE log_id = 'kp.XB/2026'";
    let scene = Scene::on_sqlite();
    scene.sql(remove);
    let scene = scene.reopened_after(|folder| {
        for ending in ["checkpoint", "hashes"] {
            std::fs::remove_file(folder.join(format!("outside/kp.XB-2026.{ending}"))).unwrap();
        }
    });
    // The gap in the order of arrival remains, and closing it would contradict later commitments.
    assert!(scene.faults().iter().any(|f| f.sentence.contains("were removed")));
    let order = scene.log();
    for table in ["log_entry", "log_statement"] {
        for (position, row) in (1u64..).zip(&order) {
            scene.sql(&format!("UPDATE {table} SET position = {position} WHERE position = {}", row.position));
        }
    }
    let later = order.iter().rfind(|row| row.log_id == "kp.XA/2026").unwrap();
    scene.says("kp.XA/2026", later.number, "does not fit its statement");
    // Its tables still hold what it said, until they are altered too.
    let differences = scene.office.node.rebuild_check().unwrap().differences;
    assert!(differences.iter().any(|d| d.table == "registry_officer" && d.row.contains("xb-")));
}
