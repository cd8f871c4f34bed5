//! One table for the refusals of an act: everything is wrong at first, and one thing after the other is put right.
//!
//! At each step the refusal with this key must be the one that is given, so the table shows each refusal and that it
//! stands above all that follow it. After the last step the act must be done.

use std::fmt::Debug;

/// What puts one thing right.
pub type Mend<W> = fn(&mut W);

/// Goes through the table and gives what the act came to at its end.
///
/// # Panics
/// Where a step is refused otherwise than the table says, not refused at all, or the end is refused.
#[track_caller]
pub fn refused_in_order<W, T: Debug>(
    world: &mut W,
    decide: impl Fn(&W) -> Result<T, String>,
    table: &[(&str, Mend<W>)],
) -> T {
    for (step, (key, mend)) in table.iter().enumerate() {
        match decide(world) {
            Err(refusal) => assert_eq!(&refusal, key, "step {step} is refused otherwise"),
            Ok(done) => panic!("step {step} is not refused with {key}, but done: {done:?}"),
        }
        mend(world);
    }
    match decide(world) {
        Ok(done) => done,
        Err(refusal) => panic!("everything is mended, and still: {refusal}"),
    }
}

#[cfg(test)]
mod tests {
    use super::refused_in_order;

    fn decide((a, b): &(u8, u8)) -> Result<u8, String> {
        match (a, b) {
            (0, _) => Err("a_missing".into()),
            (_, 0) => Err("b_missing".into()),
            _ => Ok(a + b),
        }
    }

    #[test]
    fn the_right_order_passes_and_gives_what_was_done() {
        let mut world = (0, 0);
        let done =
            refused_in_order(&mut world, decide, &[("a_missing", |w| w.0 = 1), ("b_missing", |w| w.1 = 2)]);
        assert_eq!(done, 3);
    }

    #[test]
    #[should_panic(expected = "step 0 is refused otherwise")]
    fn another_order_fails() {
        refused_in_order(&mut (0, 0), decide, &[("b_missing", |w| w.1 = 2), ("a_missing", |w| w.0 = 1)]);
    }

    #[test]
    #[should_panic(expected = "step 1 is not refused with b_missing")]
    fn a_rule_that_is_gone_fails() {
        let lax = |world: &(u8, u8)| if world.0 == 0 { decide(world) } else { Ok(0) };
        refused_in_order(&mut (0, 0), lax, &[("a_missing", |w| w.0 = 1), ("b_missing", |w| w.1 = 2)]);
    }
}
