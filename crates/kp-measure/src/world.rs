//! An invented world: participants with a letter and a digit, what they do, whom they trade with, at what price, and how
//! carefully they confirm.

use kp_detect::stream::{Code, Embargo, Member, day_number};
use kp_testkit::dice::{Dice, summed};

/// HS codes: unsorted, industrial, gem.
pub(crate) const HS: [u32; 3] = [710_210, 710_221, 710_231];
/// Quarters from 2004 to 2024.
pub(crate) const QUARTERS: usize = 84;
pub(crate) const FIRST_YEAR: i32 = 2004;
const PARTICIPANTS: usize = 56;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Producer,
    Artisanal,
    Hub,
    Manufacturer,
    Other,
}

impl Role {
    pub(crate) fn mines(self) -> bool {
        matches!(self, Self::Producer | Self::Artisanal)
    }

    /// How much it exports and imports, beside others.
    fn weights(self) -> (f64, f64) {
        match self {
            Self::Producer => (6.0, 0.3),
            Self::Artisanal => (1.6, 0.05),
            Self::Hub => (12.0, 14.0),
            Self::Manufacturer => (2.0, 9.0),
            Self::Other => (0.2, 0.3),
        }
    }

    fn classes(self) -> [f64; 3] {
        match self {
            Self::Producer => [0.3, 0.3, 0.4],
            Self::Artisanal => [0.1, 0.2, 0.7],
            Self::Hub => [0.05, 0.2, 0.75],
            Self::Manufacturer | Self::Other => [0.02, 0.38, 0.6],
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Firm {
    /// Logarithms of its price and size beside its participant's.
    pub price: f64,
    pub size: f64,
    /// One value in so many is a multiple of US$ 1,000; a firm with a price list has few.
    pub round_one_in: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct Participant {
    pub code: Code,
    pub role: Role,
    pub joined: i32,
    pub neighbours: Vec<usize>,
    pub partners: Vec<f64>,
    pub classes: Vec<f64>,
    /// Logarithm of its usual cents by hundredth of a carat, by class.
    pub price: [f64; 3],
    /// Its prices' own slow way, by half.
    pub drift: Vec<f64>,
    /// Its exports' weight, by quarter.
    pub activity: Vec<f64>,
    pub firms: Vec<Firm>,
    pub firm_weights: Vec<f64>,
    /// Logarithm of the days its confirmations take.
    pub lag: f64,
    /// One confirmation in so many is never sent.
    pub missing_one_in: u64,
    /// Logarithm by which it values what it receives.
    pub revalue: f64,
}

impl Participant {
    /// Firms are numbered as `participant * 1000 + rank`.
    pub(crate) fn firm_id(at: usize, firm: usize) -> i64 {
        (at * 1000 + firm + 1) as i64
    }
}

#[derive(Debug, Clone)]
pub(crate) struct World {
    pub participants: Vec<Participant>,
}

impl World {
    pub(crate) fn new(dice: &mut Dice, certificates: usize) -> Self {
        let mut codes: Vec<[u8; 2]> =
            (b'A'..=b'Z').flat_map(|l| (b'0'..=b'9').map(move |d| [l, d])).collect();
        let roles: Vec<Role> = (0..PARTICIPANTS).map(role).collect();
        // Larger histories have more firms, though not in proportion.
        let firms_scale = libm::sqrt(certificates as f64 / 100_000.0).clamp(0.3, 4.0);
        let mut participants: Vec<Participant> = roles
            .iter()
            .map(|role| {
                let [a, b] = codes.swap_remove(dice.below(codes.len() as u64) as usize);
                let text = String::from_utf8_lossy(&[a, b]).into_owned();
                participant(Code::read(&text).unwrap_or(Code::MIXED), *role, dice, firms_scale)
            })
            .collect();
        for (at, each) in participants.iter_mut().enumerate() {
            each.partners = summed(roles.iter().enumerate().map(|(other, role)| {
                // A few partners take most of it.
                if other == at { 0.0 } else { role.weights().1 * libm::exp(1.8 * dice.bell()) }
            }));
            each.neighbours = (1..=1 + dice.below(3) as usize)
                .map(|step| if roles[at].mines() { (at + step) % 20 } else { 20 + (at - 20 + step) % 36 })
                .collect();
        }
        Self { participants }
    }

    pub(crate) fn of_role(&self, roles: &[Role]) -> Vec<usize> {
        (0..self.participants.len()).filter(|at| roles.contains(&self.participants[*at].role)).collect()
    }

    pub(crate) fn members(&self) -> Vec<Member> {
        let code = |at: &usize| self.participants[*at].code;
        let member = |p: &Participant| Member {
            code: p.code,
            joined: p.joined,
            neighbours: p.neighbours.iter().map(code).collect(),
        };
        self.participants.iter().map(member).collect()
    }

    /// A measure of two years against a participant.
    pub(crate) fn embargo(&self, at: usize, first: usize) -> Embargo {
        Embargo {
            participant: self.participants[at].code,
            start: first_day(first),
            end: first_day(first + 8) - 1,
        }
    }
}

/// First day of a quarter, counted from that of 2004.
pub(crate) fn first_day(quarter: usize) -> i32 {
    day_number(FIRST_YEAR + quarter as i32 / 4, quarter as i32 % 4 * 3 + 1, 1)
}

fn role(place: usize) -> Role {
    match place {
        0..10 => Role::Producer,
        10..20 => Role::Artisanal,
        20..25 => Role::Hub,
        25..33 => Role::Manufacturer,
        _ => Role::Other,
    }
}

fn participant(code: Code, role: Role, dice: &mut Dice, firms_scale: f64) -> Participant {
    let quality = 0.6 * dice.bell();
    let firms = ((3 + dice.below(if role == Role::Hub { 80 } else { 30 })) as f64 * firms_scale) as usize + 1;
    let mut level = 0.0;
    let drift = (0..QUARTERS.div_ceil(2))
        .map(|_| {
            level = 0.85 * level + 0.05 * dice.bell();
            level
        })
        .collect();
    let (weight, swing) =
        (role.weights().0 * libm::exp(0.7 * dice.bell()), if role == Role::Artisanal { 0.2 } else { 0.1 });
    let mut walk = 0.0;
    let mut half = 0.0;
    let activity = (0..QUARTERS)
        .map(|quarter| {
            walk = 0.96 * walk + 0.05 * dice.bell();
            if quarter % 2 == 0 {
                half = swing * dice.bell();
            }
            let season = if role == Role::Artisanal && quarter % 4 < 2 { 0.12 } else { 0.0 };
            weight * libm::exp(walk + half + season)
        })
        .collect();
    Participant {
        code,
        role,
        joined: 2003 + if dice.one_in(6) { dice.below(8) as i32 } else { 0 },
        neighbours: Vec::new(),
        partners: Vec::new(),
        classes: summed(role.classes()),
        price: [3.9, 2.3, 5.2].map(|usual| usual + quality + 0.2 * dice.bell()),
        drift,
        activity,
        firm_weights: summed((0..firms).map(|rank| 1.0 / (rank as f64 + 2.0))),
        firms: (0..firms).map(|_| firm(dice)).collect(),
        lag: 1.6 + 0.8 * dice.unit(),
        missing_one_in: 50 + dice.below(250),
        revalue: if dice.one_in(4) { 0.06 * dice.bell() } else { 0.0 },
    }
}

fn firm(dice: &mut Dice) -> Firm {
    Firm { price: 0.18 * dice.bell(), size: 0.4 * dice.bell(), round_one_in: 300 + dice.below(400) }
}

/// Prices in the course of time, as a logarithm: a slow rise, a cycle, the fall of late 2008.
pub(crate) fn market(day: i32) -> f64 {
    let years = f64::from(day - first_day(0)) / 365.25;
    let fall = if (4.8..6.0).contains(&years) { -0.35 } else { 0.0 };
    0.02 * years + 0.06 * libm::sin(years * 1.7) + fall
}

/// How much is traded in a quarter, beside others: the fall of 2009 and a slow rise.
pub(crate) fn world_activity(quarter: usize) -> f64 {
    let fall = if (19..24).contains(&quarter) { 0.7 } else { 1.0 };
    fall * (1.0 + 0.006 * quarter as f64)
}
