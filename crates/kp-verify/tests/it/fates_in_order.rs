//! What stays of a number's fates when the others leave the list is what a verifier says first.

use kp_certificate::lists::State;
use kp_verify::Reason;

#[test]
fn the_fate_that_stays_is_the_one_that_is_said() {
    let said = |state: State| match state {
        State::Used => "used",
        State::Void => "void",
        State::Lost => "lost",
        State::Stolen => "stolen",
        State::Counterfeit => "counterfeit",
        State::Replaced => "replaced",
        State::Expired => "returned-unused",
        State::Detained => "detained",
        State::Seized => "seized",
        State::Returned => "sent-back",
    };
    let order: Vec<&str> = State::SAID_FIRST.into_iter().map(said).collect();
    let mut by_reason = order.clone();
    by_reason.sort_by_key(|key| Reason::order().iter().position(|reason| reason == key));
    assert_eq!(order, by_reason);
    assert!(State::ALL.iter().all(|state| State::SAID_FIRST.contains(state)));
}
