//! The work queues of the desk: what waits, for whom, with the next act as a button in the row.
//!
//! At most six for a role (peers 4.1), all in [`PLANS`]. Each is asked of an index, never by reading everything. What
//! somebody may not see does not wait for them: a plan names the class of things it shows. Counting and naming what waits
//! is not recorded as a look; opening it is.

mod of_certificates;
mod of_goods;
mod of_office;
mod of_questions;

use anyhow::Result;
use kp_accounts::rights::{Class, Thing, Viewer};
use kp_db::Tx;
use kp_registry::Role;
use kp_terms::{Date, ParticipantCode};
use kp_trade::{ApplicationState as Application, BlankPlace, CertificateState as State};

use crate::{act::next::NextAct, frame::Frame};

/// How many rows a queue shows on the desk; its own page shows [`WHOLE`].
const SHOWN: u32 = 5;
/// How many rows a queue's own page shows.
pub(crate) const WHOLE: u32 = 200;

/// One thing that waits.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) link: String,
    pub(crate) note: String,
    pub(crate) next: Vec<NextAct>,
}

/// What waits for one role.
pub(crate) struct Queue {
    /// Key of the title, and name of its page.
    pub(crate) title: &'static str,
    pub(crate) role: Role,
    pub(crate) count: i64,
    /// That there are more than were counted.
    pub(crate) is_more: bool,
    pub(crate) rows: Vec<Row>,
    /// Whether the person at the desk is the one it waits for.
    pub(crate) is_mine: bool,
}

impl Queue {
    /// Whether there is more than is shown.
    pub(crate) fn has_more(&self) -> bool {
        self.is_more || i64::try_from(self.rows.len()).is_ok_and(|shown| shown < self.count)
    }
}

/// What waits, and how much of it.
#[derive(Default)]
struct Waiting {
    count: i64,
    is_more: bool,
    rows: Vec<Row>,
}

impl Waiting {
    /// Things that were looked for up to one more than a queue's page holds; rows are made of those that are shown.
    fn of<T>(all: Vec<T>, shown: u32, row: impl FnMut(T) -> Row) -> Self {
        let is_more = all.len() > WHOLE as usize;
        let count = i64::try_from(all.len()).unwrap_or(i64::MAX) - i64::from(is_more);
        Self { count, is_more, rows: all.into_iter().take(shown as usize).map(row).collect() }
    }
}

/// Whose desk it is.
struct Desk<'f> {
    frame: &'f Frame,
    /// The participant; none for the scheme and for a demonstration's visitor, who sees everybody's.
    own: Option<ParticipantCode>,
    today: Date,
    /// How many rows are shown.
    shown: u32,
}

type Fill = fn(&mut Tx<'_>, &Desk<'_>) -> Result<Waiting>;

struct Plan {
    role: Role,
    title: &'static str,
    class: Class,
    fill: Fill,
}

const fn plan(role: Role, title: &'static str, class: Class, fill: Fill) -> Plan {
    Plan { role, title, class, fill }
}

/// Every queue of every role, in the order in which a role's are shown.
#[rustfmt::skip]
const PLANS: &[Plan] = &[
    plan(Role::Clerk, "queue-applications", Class::Certificate, |tx, desk| of_certificates::applications(tx, desk, Application::Applied)),
    plan(Role::Clerk, "queue-deficient", Class::Certificate, |tx, desk| of_certificates::applications(tx, desk, Application::Deficient)),
    plan(Role::Clerk, "queue-confirmations", Class::Certificate, of_certificates::confirmations),
    plan(Role::Approver, "queue-drafted", Class::Certificate, |tx, desk| of_certificates::from(tx, desk, State::Drafted)),
    plan(Role::Approver, "queue-expired", Class::Certificate, of_certificates::expired),
    plan(Role::Approver, "queue-ageing", Class::Certificate, of_certificates::ageing),
    plan(Role::Customs, "queue-issued", Class::Certificate, |tx, desk| of_certificates::from(tx, desk, State::Issued)),
    plan(Role::Customs, "queue-validated", Class::Certificate, |tx, desk| of_certificates::from(tx, desk, State::Validated)),
    plan(Role::Customs, "queue-transits", Class::Certificate, of_certificates::transits),
    plan(Role::Customs, "queue-detained", Class::Certificate, |tx, desk| of_certificates::to(tx, desk, State::Detained)),
    plan(Role::Customs, "queue-seized", Class::Certificate, |tx, desk| of_certificates::to(tx, desk, State::Seized)),
    plan(Role::Importer, "queue-departed", Class::Certificate, |tx, desk| of_certificates::to(tx, desk, State::Departed)),
    plan(Role::Importer, "queue-arrived", Class::Certificate, |tx, desk| of_certificates::to(tx, desk, State::Arrived)),
    plan(Role::Importer, "queue-detained", Class::Certificate, |tx, desk| of_certificates::to(tx, desk, State::Detained)),
    plan(Role::Importer, "queue-forfeited", Class::Certificate, |tx, desk| of_certificates::to(tx, desk, State::Forfeited)),
    plan(Role::Importer, "queue-returning", Class::Certificate, |tx, desk| of_certificates::from(tx, desk, State::Returning)),
    plan(Role::Valuer, "queue-lots-to-value", Class::Trader, of_goods::lots_to_value),
    plan(Role::Valuer, "queue-lots-to-open", Class::Trader, of_goods::lots_to_open),
    plan(Role::IndependentValuer, "queue-lots-to-value", Class::Trader, of_goods::lots_to_value),
    plan(Role::IndependentValuer, "queue-lots-to-open", Class::Trader, of_goods::lots_to_open),
    plan(Role::Storekeeper, "queue-blanks-accept", Class::Own, |tx, desk| of_goods::blanks(tx, desk, BlankPlace::HandedOver, "accept_blanks")),
    plan(Role::Storekeeper, "queue-blanks-receive", Class::Own, |tx, desk| of_goods::blanks(tx, desk, BlankPlace::Printed, "receive_blanks")),
    plan(Role::Storekeeper, "queue-blanks-condemn", Class::Own, |tx, desk| of_goods::blanks(tx, desk, BlankPlace::Spoiled, "condemn_blanks")),
    plan(Role::Storekeeper, "queue-blanks-destroy", Class::Own, |tx, desk| of_goods::blanks(tx, desk, BlankPlace::Condemned, "destroy_blanks")),
    plan(Role::FocalPoint, "queue-cases-open", Class::Question, |tx, desk| of_questions::cases(tx, desk, "open", false)),
    plan(Role::Approver, "queue-cases-open", Class::Question, |tx, desk| of_questions::cases(tx, desk, "open", false)),
    plan(Role::FocalPoint, "queue-returns", Class::Shared, of_questions::returns),
    plan(Role::FocalPoint, "queue-ageing", Class::Certificate, of_certificates::ageing),
    plan(Role::Statistics, "queue-cases-answered", Class::Question, |tx, desk| of_questions::cases(tx, desk, "answered", false)),
    plan(Role::Statistics, "queue-cases-overdue", Class::Question, |tx, desk| of_questions::cases(tx, desk, "open", true)),
    plan(Role::Statistics, "queue-returns", Class::Shared, of_questions::returns),
    plan(Role::Monitoring, "queue-cases-overdue", Class::Question, |tx, desk| of_questions::cases(tx, desk, "open", true)),
    plan(Role::Chair, "queue-cases-overdue", Class::Question, |tx, desk| of_questions::cases(tx, desk, "open", true)),
    plan(Role::Secretariat, "queue-without-officer", Class::Staff, of_office::participants_without_officer),
    plan(Role::Secretariat, "queue-recoveries", Class::Account, of_office::recoveries),
    plan(Role::Secretariat, "queue-cases-overdue", Class::Question, |tx, desk| of_questions::cases(tx, desk, "open", true)),
    plan(Role::Administrator, "queue-recoveries", Class::Account, of_office::recoveries),
    plan(Role::Administrator, "queue-licences", Class::Trader, of_office::licences_ending),
    plan(Role::Administrator, "queue-keys", Class::Own, of_office::keys_ending),
    plan(Role::Custodian, "queue-keys-witness", Class::Own, of_office::keys_to_witness),
    plan(Role::Custodian, "queue-keys", Class::Own, of_office::keys_ending),
    plan(Role::Director, "queue-cases-open", Class::Question, |tx, desk| of_questions::cases(tx, desk, "open", false)),
    plan(Role::Director, "queue-ageing", Class::Certificate, of_certificates::ageing),
    plan(Role::Auditor, "queue-overrides", Class::Certificate, of_office::overrides),
    plan(Role::Auditor, "queue-dissents", Class::Certificate, of_office::dissents),
    plan(Role::Auditor, "queue-ageing", Class::Certificate, of_certificates::ageing),
];

/// What waits for whoever is at the desk: the queues of the own roles. A visitor of a demonstration sees every role's of
/// everybody, those in which something waits.
pub(crate) fn queues(tx: &mut Tx<'_>, frame: &Frame) -> Result<Vec<Queue>> {
    let mut all: Vec<Queue> = Vec::new();
    for plan in mine(frame) {
        if all.iter().any(|queue| queue.title == plan.title) {
            continue;
        }
        all.push(filled(tx, frame, plan, SHOWN)?);
    }
    if frame.viewer == Viewer::Demonstration {
        all.retain(|queue| queue.count > 0);
    }
    Ok(all)
}

/// One queue in full, where it is of a role of whoever is at the desk.
pub(crate) fn queue(tx: &mut Tx<'_>, frame: &Frame, name: &str) -> Result<Option<Queue>> {
    let plan = mine(frame).into_iter().find(|plan| plan.title == name);
    plan.map(|plan| filled(tx, frame, plan, WHOLE)).transpose()
}

fn mine(frame: &Frame) -> Vec<&'static Plan> {
    let who = frame.who.as_ref();
    let whose = |class| match who {
        Some(who) => frame.may_see(class, &Thing::of(&who.body)),
        None => frame.viewer == Viewer::Demonstration,
    };
    let of_role = |plan: &&Plan| match who {
        Some(who) => who.roles.contains(&plan.role),
        None => frame.viewer == Viewer::Demonstration,
    };
    PLANS.iter().filter(of_role).filter(|plan| whose(plan.class)).collect()
}

fn filled(tx: &mut Tx<'_>, frame: &Frame, plan: &'static Plan, shown: u32) -> Result<Queue> {
    let own = frame.who.as_ref().and_then(|who| who.body.parse().ok());
    let desk = Desk { frame, own, today: frame.today, shown };
    // What is counted by the database is read only as far as it is shown; the rest is counted as it is read.
    let mut waiting = (plan.fill)(tx, &desk)?;
    waiting.rows.truncate(shown as usize);
    Ok(Queue {
        title: plan.title,
        role: plan.role,
        count: waiting.count,
        is_more: waiting.is_more,
        rows: waiting.rows,
        is_mine: frame.who.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_role_has_more_than_six_queues_or_one_twice() {
        for role in Role::ALL {
            let mut titles: Vec<&str> =
                PLANS.iter().filter(|plan| plan.role == role).map(|plan| plan.title).collect();
            assert!(titles.len() <= 6, "{role} has {}", titles.len());
            titles.sort_unstable();
            titles.dedup();
            assert_eq!(titles.len(), PLANS.iter().filter(|plan| plan.role == role).count(), "{role}");
            // An observer signs nothing and is asked nothing; a trader's desk is the page of the own applications.
            let has_none = matches!(role, Role::Observer | Role::Trader);
            assert_eq!(titles.is_empty(), has_none, "{role}");
        }
    }
}
