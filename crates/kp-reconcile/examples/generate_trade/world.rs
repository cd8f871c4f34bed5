//! An invented world: participants with a letter and a digit, what they do, whom they trade with, and at what price.

use kp_testkit::dice::{Dice, summed};

/// HS codes: unsorted, industrial, gem.
pub(crate) const HS: [i32; 3] = [710_210, 710_221, 710_231];
/// First and last day: 2004-01-01 and 2024-12-31, counted from 1970-01-01.
pub(crate) const DAYS: std::ops::RangeInclusive<i32> = 12_418..=20_088;
const PARTICIPANTS: usize = 56;

/// What a participant does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Producer,
    Artisanal,
    Hub,
    Manufacturer,
    Other,
}

impl Role {
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Producer => 'P',
            Self::Artisanal => 'A',
            Self::Hub => 'H',
            Self::Manufacturer => 'M',
            Self::Other => 'O',
        }
    }

    pub(crate) fn mines(self) -> bool {
        matches!(self, Self::Producer | Self::Artisanal)
    }

    /// How much it exports and imports, beside others.
    fn weights(self) -> (f64, f64) {
        match self {
            Self::Producer => (6.0, 0.3),
            Self::Artisanal => (1.0, 0.05),
            Self::Hub => (12.0, 14.0),
            Self::Manufacturer => (2.0, 9.0),
            Self::Other => (0.15, 0.3),
        }
    }

    /// How its exports are spread over the three classes.
    fn classes(self) -> [f64; 3] {
        match self {
            Self::Producer => [0.3, 0.3, 0.4],
            Self::Artisanal => [0.1, 0.2, 0.7],
            Self::Hub => [0.05, 0.2, 0.75],
            Self::Manufacturer | Self::Other => [0.02, 0.38, 0.6],
        }
    }
}

pub(crate) struct Participant {
    pub(crate) code: [u8; 2],
    pub(crate) role: Role,
    pub(crate) joined: i32,
    pub(crate) neighbours: Vec<usize>,
    /// Summed weights of its partners.
    pub(crate) partners: Vec<f64>,
    pub(crate) classes: Vec<f64>,
    /// Logarithm of its usual US dollars per carat, by class.
    pub(crate) price: [f64; 3],
    pub(crate) firms: u64,
}

impl Participant {
    pub(crate) fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("??")
    }
}

pub(crate) struct World {
    pub(crate) participants: Vec<Participant>,
    /// Summed weights as exporters.
    pub(crate) exporters: Vec<f64>,
}

impl World {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let mut codes: Vec<[u8; 2]> =
            (b'A'..=b'Z').flat_map(|letter| (b'0'..=b'9').map(move |digit| [letter, digit])).collect();
        let roles: Vec<Role> = (0..PARTICIPANTS).map(role).collect();
        let mut participants: Vec<Participant> = roles
            .iter()
            .map(|role| {
                let code = codes.swap_remove(dice.below(codes.len() as u64) as usize);
                participant(code, *role, dice)
            })
            .collect();
        #[allow(clippy::needless_range_loop, reason = "the index is used for more than one table")]
        for at in 0..PARTICIPANTS {
            let partners: Vec<f64> = (0..PARTICIPANTS)
                .map(|other| match other == at {
                    true => 0.0,
                    // A few partners take most of it.
                    false => roles[other].weights().1 * libm::exp(2.0 * dice.bell()),
                })
                .collect();
            participants[at].partners = summed(partners);
            participants[at].neighbours =
                (1..=1 + dice.below(4) as usize).map(|step| (at + step) % PARTICIPANTS).collect();
        }
        let exporters = summed(roles.iter().map(|role| role.weights().0 * libm::exp(0.7 * dice.bell())));
        Self { participants, exporters }
    }
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

fn participant(code: [u8; 2], role: Role, dice: &mut Dice) -> Participant {
    let quality = 0.6 * dice.bell();
    Participant {
        code,
        role,
        joined: 2003 + if dice.one_in(5) { dice.below(10) as i32 } else { 0 },
        neighbours: Vec::new(),
        partners: Vec::new(),
        classes: summed(role.classes()),
        price: [3.9, 2.3, 5.2].map(|usual| usual + quality + 0.2 * dice.bell()),
        firms: 3 + dice.below(60),
    }
}

/// Prices in the course of time, as a logarithm: a slow rise, and the fall of late 2008.
pub(crate) fn market(day: i32) -> f64 {
    let years = f64::from(day - DAYS.start()) / 365.25;
    let fall = if (4.8..6.0).contains(&years) { -0.35 } else { 0.0 };
    0.02 * years + 0.06 * libm::sin(years * 1.7) + fall
}
