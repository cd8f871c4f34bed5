//! Thresholds of the detectors over certificates: set by a statement, previewed before.

use crate::kpcs::Kpcs;

#[test]
fn a_threshold_is_previewed_then_set_by_the_working_group_and_its_history_stays() {
    let kpcs = Kpcs::with_world();
    let preview = kpcs.run(&["findings", "preview", "missing_least=4"]);
    assert_eq!(preview.code, 0, "{}", preview.text);
    assert!(
        preview.out.contains("nothing is changed") && preview.out.contains("ask before"),
        "{}",
        preview.text
    );
    let wrong = kpcs.run(&["findings", "preview", "missing_few=4"]);
    assert_eq!(wrong.code, 2, "{}", wrong.text);
    assert!(wrong.text.contains("there is no threshold `missing_few`"), "{}", wrong.text);
    let before = kpcs.run(&["findings", "thresholds"]);
    assert!(before.out.contains("the defaults hold"), "{}", before.text);
    let stream = kpcs.run(&["findings", "stream"]);
    assert!(stream.code == 0 && stream.out.contains("confirmations: "), "{}", stream.text);
}
