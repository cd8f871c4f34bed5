//! Any acts in any order, right ones and wrong ones: nothing breaks, nothing refused leaves a trace, and everything
//! derived is what a plain recount of the statements gives.

mod recount;
mod world;

use kp_db::Url;
use kp_log::Desk;
use kp_trade::record_arrival::record_arrival;
use proptest::prelude::*;

use world::{Step, World};

fn step() -> impl Strategy<Value = Step> {
    (0..world::KINDS, 1..4_u32, 0..4_usize, 0..6_u8).prop_map(|(kind, number, place, turn)| Step {
        kind,
        number,
        place,
        turn,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn acts_in_any_order_break_nothing(steps in proptest::collection::vec(step(), 1..40)) {
        let mut world = World::new(&Url::Memory);
        for step in &steps {
            world.take(step);
        }
        world.check();
    }
}

/// In the order of a life, again and again, so that the later states are always reached.
#[test]
fn every_act_over_and_over_on_each_engine() {
    let postgres = kp_testkit::postgres::database("every act over and over");
    let postgres_url = postgres.as_ref().map(|database| Url::Postgres(database.url()));
    for url in std::iter::once(Url::Memory).chain(postgres_url) {
        over_and_over(&url);
    }
}

fn over_and_over(url: &Url) {
    let mut world = World::new(url);
    for turn in 0..6 {
        for kind in 0..world::KINDS {
            for number in 1..3 {
                world.take(&Step { kind, number, place: 1, turn });
            }
        }
    }
    assert!(world.accepted > 60, "only {} acts were accepted", world.accepted);
    world.check();
}

/// Stages that did not run between the acts find, afterwards, what they would have found in between; and as long as they
/// lag, that is no difference between the tables and the log.
#[test]
fn stages_that_lag_catch_up_to_the_same() {
    let mut world = World::new(&Url::Memory);
    let signer = crate::office::signer("xb-importer-1");
    for carats in ["10.00", "10.01", "10.02"] {
        let request = kp_trade::record_arrival::Request {
            number: "XA-000001".parse().unwrap(),
            at: "XB".parse().unwrap(),
            carats_received: carats.parse().unwrap(),
            seals_intact: None,
            arrived_on: None,
            lines: None,
            parcels: None,
            container: None,
            seals: None,
            channel: None,
            importer: None,
        };
        let desk = Desk::new(&signer, world.node.keys(), world.now);
        world
            .node
            .db()
            .write("test", |tx| record_arrival(tx, &desk, &request))
            .map_err(|e| e.to_string())
            .unwrap();
        world.accepted += 1;
        assert_eq!(world.node.rebuild_check().unwrap().differences, []);
        assert_eq!(world.node.db().read(kp_detect::trade::findings).unwrap().len(), 0, "the stages lag");
    }
    world.node.catch_up(world.now).unwrap();
    // The number was presented before it left, and more than once.
    assert_eq!(world.node.db().read(kp_detect::trade::findings).unwrap().len(), 2);
    assert_eq!(world.node.db().read(kp_cases::cases).unwrap().len(), 2);
    world.check();
}
