//! Heads removed, set back or moved on, so that a cut tail looks whole or the next honest act signs for the attacker.

use super::scene::Scene;

const XA: &str = "kp.XA/2026";

fn cut_last(scene: &Scene, log_id: &str) -> u64 {
    let last = scene.log().into_iter().rfind(|row| row.log_id == log_id).unwrap();
    scene.sql(&format!(
        "DELETE FROM log_entry WHERE position = {0}; DELETE FROM log_statement WHERE position = {0}",
        last.position
    ));
    last.number
}

fn admit_xe(scene: &Scene) -> Result<kp_node::Receipt, kp_node::ActFailure> {
    let fields = [("code", "XE"), ("name", "E"), ("member_from", "2026-01-01"), ("legal_act", "x")];
    scene.office.act("scheme-sec-1", "admit_participant", &fields)
}

#[test]
fn a_removed_head_is_seen_and_hides_no_cut_tail() {
    for scene in Scene::on_each_engine("a removed head") {
        scene.sql("DELETE FROM log_head WHERE log_id = 'kp.XA/2026'");
        assert!(scene.faults().iter().any(|f| f.log_id == XA && f.sentence.contains("head is missing")));
        let number = cut_last(&scene, XA);
        scene.says(XA, number, "are missing");
    }
}

#[test]
fn a_head_set_back_to_an_earlier_one_is_named_and_stops_the_open_desk() {
    for scene in Scene::on_each_engine("a head set back") {
        let log_id = "kp.scheme/2026";
        scene.sql("CREATE TABLE earlier AS SELECT * FROM log_head WHERE log_id = 'kp.scheme/2026'");
        let code = |code: &'static str| {
            [("code", code), ("name", "C"), ("member_from", "2026-01-01"), ("legal_act", "x")]
        };
        scene.office.done("scheme-sec-1", "admit_participant", &code("XC"));
        let number = cut_last(&scene, log_id);
        scene.sql(
            "DELETE FROM log_head WHERE log_id = 'kp.scheme/2026'; INSERT INTO log_head SELECT * FROM earlier",
        );
        scene.says(log_id, number, "are missing");
        // Signed and whole in itself; but to go on from here would give the number out a second time.
        let failure = admit_xe(&scene).unwrap_err().to_string();
        assert!(failure.contains("not as it was written"), "{failure}");
        assert_eq!(scene.size(log_id), number, "nothing was appended");
    }
}

#[test]
fn the_next_act_does_not_sign_an_altered_tree() {
    for scene in Scene::on_each_engine("an altered tree before the next act") {
        let old = scene.last("participant_admitted");
        scene.put_in(&old.log_id, &old.kind, &old.subject, &old.signed);
        let failure = admit_xe(&scene).unwrap_err().to_string();
        assert!(failure.contains("not as this node signed it"), "{failure}");
    }
}

#[test]
fn an_act_of_a_clock_set_back_a_year_is_refused() {
    for scene in Scene::on_each_engine("a clock set back") {
        let fields = [("code", "XC"), ("name", "C"), ("member_from", "2026-01-01"), ("legal_act", "x")];
        let fields = fields.iter().map(|(n, v)| ((*n).to_owned(), vec![(*v).to_owned()])).collect();
        let signer = crate::office::signer("scheme-sec-1");
        let failure = scene
            .office
            .node
            .perform("admit_participant", &fields, &signer, "2025-12-31T12:00:00Z".parse().unwrap())
            .unwrap_err();
        assert!(failure.to_string().contains("set the clock right"), "{failure}");
        assert!(scene.log().iter().all(|row| !row.log_id.ends_with("/2025")));
    }
}
