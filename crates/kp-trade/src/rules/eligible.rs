//! Who may trade with whom on that day, and with which goods: one function for every desk.
//!
//! Scheme: Section III(c) (no trade with non-participants), domain 4.3, 4.4, traps 1, 5, 8. Closes: L24, L25. A shipment may
//! go where both sides are participants, where the standing of the one as exporter and of the other as importer lets these
//! goods go, and where each side's own law recognises the other: three things with dates of their own, all asked for the
//! same instant. Goods under way when something changes follow the rule of the decision that changed it. Decides nothing
//! about zones of find and purchase: those are tested on their own days (kp-custody).

mod side;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use kp_log::day_of;
use kp_registry::{Condition, Direction, Goods, Part, UnderWayRule};
use kp_terms::{Date, HsCode, ParticipantCode, Refuse, Zone};

use side::{Bar, Looking};
pub use side::{Eligibility, Side};

kp_terms::refusals! {
    /// Why one side of a trade keeps a certificate from being issued, validated or applied for.
    pub enum Refusal {
        /// The issuer is not a participant.
        IssuerNotAParticipant { code: ParticipantCode, on: Date } = "issuer_not_a_participant", "{code} is not a participant on {on}; it may not issue certificates", "CD Section I: participant";
        /// The issuer itself is barred.
        IssuerBarred { code: ParticipantCode, legal_act: String } = "issuer_barred", "{code} may not issue certificates at present ({legal_act})", "CD Section III(c); L24";
        /// No trade with non-participants.
        DestinationNotAParticipant { code: ParticipantCode, on: Date } = "destination_not_a_participant", "{code} is not a participant on {on}; no certificate may be issued to it", "CD Section III(c)";
        /// Destination barred.
        DestinationBarred { code: ParticipantCode, legal_act: String } = "destination_barred", "{code} may not trade at present ({legal_act})", "CD Section III(c); L24";
        /// A class that may not be traded.
        ClassOutOfScope { code: ParticipantCode, hs: HsCode, legal_act: String } = "class_out_of_scope", "{code} may not trade goods of class {hs} at present ({legal_act})", "domain 4.3: standing with scope";
        /// A zone that may not be traded from.
        ZoneOutOfScope { code: ParticipantCode, zone: Zone, legal_act: String } = "zone_out_of_scope", "goods of the zone {zone} may not leave {code} at present ({legal_act}); ask the monitoring team which zones are compliant", "domain 4.4: compliant zones; L25";
        /// Nobody said which zones.
        ZoneNotKnown { code: ParticipantCode, legal_act: String } = "zone_not_known", "goods leave {code} from certain zones only ({legal_act}), and nobody has said which zones these come from; name the parcels, each source with its zone", "domain 4.4: compliant zones; L25";
        /// A mine that may not be traded from.
        MineOutOfScope { code: ParticipantCode, mine: String, legal_act: String } = "mine_out_of_scope", "goods of the mine {mine} may not leave {code} at present ({legal_act})", "domain 4.4: mines found compliant (Marange 2009)";
        /// Nobody said which mines.
        MineNotKnown { code: ParticipantCode, legal_act: String } = "mine_not_known", "goods leave {code} from certain mines only ({legal_act}), and nobody has said which mines these come from; name the parcels, each source with its mine", "domain 4.4: mines found compliant (Marange 2009)";
        /// Stock that may not be traded.
        StockOutOfScope { code: ParticipantCode, stock: String, legal_act: String } = "stock_out_of_scope", "goods of the stock {stock} may not leave {code} at present ({legal_act})", "domain 4.4: an audit before stock leaves";
        /// Nobody said which stock.
        StockNotKnown { code: ParticipantCode, legal_act: String } = "stock_not_known", "goods leave {code} from certain stock only ({legal_act}), and nobody has said from which stock these come; name the parcels, each source with its stock", "domain 4.4: an audit before stock leaves";
        /// A condition of the standing is not met.
        ConditionNotMet { code: ParticipantCode, condition: Condition, legal_act: String } = "condition_not_met", "{code} exports under conditions ({legal_act}), and {condition} is not recorded for this application; record it first", "domain 4.4: conditional trade; L25";
        /// One of the two national lists does not name the other.
        NotRecognised { by: ParticipantCode, of: ParticipantCode, on: Date } = "not_recognised", "the law of {by} does not let it trade with {of} on {on}; the scheme's decision counts there when {by} has changed its own list", "domain 4.3: bilateral recognition; trap 5";
    }
}

/// The two sides of one shipment, and what is known of its goods.
#[derive(Debug, Clone, Copy)]
pub struct Trade<'a> {
    /// Who vouches for the goods.
    pub issuer: ParticipantCode,
    /// What is known of it.
    pub from: &'a Side,
    /// Where they go.
    pub destination: ParticipantCode,
    /// What is known of it.
    pub to: &'a Side,
    /// The goods.
    pub goods: &'a Goods,
}

/// Whether a shipment may go at an instant: participants, standing with scope and conditions, and both national lists.
///
/// # Errors
/// The first reason that applies: the issuer's, the destination's, the issuer's list, the destination's list.
pub fn may_trade(trade: &Trade<'_>, at: Timestamp) -> Result<(), Box<dyn Refuse>> {
    trade.from.may_send(trade.issuer, trade.goods, at)?;
    may_be_sent(trade, at)
}

/// Whether a shipment may be sent where it is to go, whatever the issuer's own standing: asked when an application is taken,
/// because an office that is barred for a time can still take down what it is asked for.
///
/// # Errors
/// The first reason that applies.
pub fn may_be_sent(trade: &Trade<'_>, at: Timestamp) -> Result<(), Box<dyn Refuse>> {
    trade.to.may_take(trade.destination, trade.goods, at)?;
    let (issuer, destination, on) = (trade.issuer, trade.destination, day_of(at));
    if !trade.from.own_list.recognises(destination, on) {
        return Err(Refusal::NotRecognised { by: issuer, of: destination, on }.into());
    }
    if !trade.to.own_list.recognises(issuer, on) {
        return Err(Refusal::NotRecognised { by: destination, of: issuer, on }.into());
    }
    Ok(())
}

impl Side {
    /// Whether this side may vouch for goods that leave it, as far as membership and standing over all goods go.
    ///
    /// # Errors
    /// The first reason that applies.
    pub fn may_issue(&self, code: ParticipantCode, now: Timestamp) -> Result<(), Box<dyn Refuse>> {
        match self.eligibility(Direction::Export, now) {
            Eligibility::Eligible => Ok(()),
            Eligibility::NotAParticipant => {
                Err(Refusal::IssuerNotAParticipant { code, on: day_of(now) }.into())
            }
            Eligibility::Barred { legal_act, .. } => Err(Refusal::IssuerBarred { code, legal_act }.into()),
        }
    }

    /// Whether goods may be sent to this side, as far as membership and standing over all goods go.
    ///
    /// # Errors
    /// The first reason that applies.
    pub fn may_receive(&self, code: ParticipantCode, now: Timestamp) -> Result<(), Box<dyn Refuse>> {
        match self.eligibility(Direction::Import, now) {
            Eligibility::Eligible => Ok(()),
            Eligibility::NotAParticipant => {
                Err(Refusal::DestinationNotAParticipant { code, on: day_of(now) }.into())
            }
            Eligibility::Barred { legal_act, .. } => {
                Err(Refusal::DestinationBarred { code, legal_act }.into())
            }
        }
    }

    fn may_send(&self, code: ParticipantCode, goods: &Goods, at: Timestamp) -> Result<(), Box<dyn Refuse>> {
        self.may_issue(code, at)?;
        match self.bar(Direction::Export, goods, at, Looking::AtDesk) {
            Some(bar) => Err(refusal_of(code, bar).into()),
            None => Ok(()),
        }
    }

    fn may_take(&self, code: ParticipantCode, goods: &Goods, at: Timestamp) -> Result<(), Box<dyn Refuse>> {
        self.may_receive(code, at)?;
        match self.bar(Direction::Import, goods, at, Looking::AtPaper) {
            Some(bar) => Err(refusal_of(code, bar).into()),
            None => Ok(()),
        }
    }
}

/// The refusal for a bar on some goods; a bar on all goods is said before.
fn refusal_of(code: ParticipantCode, bar: Bar) -> Refusal {
    let legal_act = bar.legal_act;
    if let Some(condition) = bar.unmet {
        return Refusal::ConditionNotMet { code, condition, legal_act };
    }
    match bar.part {
        Part::Whole => Refusal::IssuerBarred { code, legal_act },
        Part::Class(hs) => Refusal::ClassOutOfScope { code, hs, legal_act },
        Part::Zone(Some(zone)) => Refusal::ZoneOutOfScope { code, zone, legal_act },
        Part::Zone(None) => Refusal::ZoneNotKnown { code, legal_act },
        Part::Mine(Some(mine)) => Refusal::MineOutOfScope { code, mine, legal_act },
        Part::Mine(None) => Refusal::MineNotKnown { code, legal_act },
        Part::Stock(Some(stock)) => Refusal::StockOutOfScope { code, stock, legal_act },
        Part::Stock(None) => Refusal::StockNotKnown { code, legal_act },
    }
}

/// What is to be done with goods that have left and are here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnderWay {
    /// Nothing stands against them.
    Free,
    /// Hold them and ask the exporting authority.
    HoldAndAsk {
        /// By which decision.
        legal_act: String,
    },
    /// They are not released.
    Refused {
        /// By which decision.
        legal_act: String,
    },
}

/// What a side's standing and membership say of goods that left at one instant and are looked at now. Goods that left while
/// it was barred stay barred; goods that left before follow the rule of the decision; where nobody knows when they left, they
/// did not leave before. Only what a paper shows is looked at: zones and conditions were the exporting desk's to test.
pub fn under_way(
    side: &Side,
    direction: Direction,
    goods: &Goods,
    left_at: Option<Timestamp>,
    now: Timestamp,
) -> UnderWay {
    let bar_at =
        |at| side.whole_bar(direction, at).or_else(|| side.bar(direction, goods, at, Looking::AtPaper));
    if let Some(bar) = left_at.and_then(bar_at) {
        return UnderWay::Refused { legal_act: bar.legal_act };
    }
    let Some(Bar { since, legal_act, under_way, .. }) = bar_at(now) else { return UnderWay::Free };
    match (left_at.is_some_and(|left| left < since), under_way) {
        (true, UnderWayRule::Release) => UnderWay::Free,
        (true, UnderWayRule::HoldAndAsk) => UnderWay::HoldAndAsk { legal_act },
        _ => UnderWay::Refused { legal_act },
    }
}

/// The last moment at which goods can have left, given the day that was stated and the moment at which it was stated: a
/// departure of an earlier day may be recorded after a standing has changed, and is judged by its own day.
pub fn left_at(departed_on: Date, stated_at: Timestamp) -> Timestamp {
    let midnight = departed_on
        .tomorrow()
        .ok()
        .and_then(|next| jiff::tz::TimeZone::UTC.to_timestamp(next.at(0, 0, 0, 0)).ok());
    let last = midnight.and_then(|midnight| midnight.checked_sub(jiff::SignedDuration::from_nanos(1)).ok());
    last.map_or(stated_at, |last| last.min(stated_at))
}
