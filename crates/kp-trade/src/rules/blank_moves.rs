//! The table of moves of blank paper, in one place: what may be done with a sheet, and where it is afterwards.
//!
//! Source: domain 4.1 `PRINTED -> DELIVERED -> HELD -> USED | SPOILED | LOST | STOLEN | DESTROYED`; USKPA and others give
//! blanks to licensees who guard them [S56b], so custody is handed over and signed for by the receiver. Used, lost, stolen
//! and destroyed are ends.
//!
//! ```text
//! receive    printed                                         -> delivered   (here)
//! hand over  delivered, held (here)                          -> handed over (to)
//! accept     handed over (here), by another person           -> held        (here)
//! use        held (here)                                     -> used
//! spoil      delivered, held (here)                          -> spoiled
//! condemn    delivered, held, spoiled (here)                 -> condemned   (who)
//! destroy    condemned (here), by another person             -> destroyed
//! lose       printed, delivered, handed over, held, spoiled, condemned (anywhere)  -> lost, stolen
//! ```

use kp_terms::{Sentence, sentence};

use crate::{BlankPiece, BlankPlace};

/// One step in the life of a sheet. `here` is the custodian at whose desk it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlankMove {
    /// The printer's delivery comes in.
    Receive {
        /// Who receives.
        here: String,
    },
    /// Given to another custodian.
    HandOver {
        /// From whom.
        here: String,
        /// To whom.
        to: String,
        /// Who hands over.
        officer: String,
    },
    /// The receiver signs.
    Accept {
        /// Who receives.
        here: String,
        /// Who signs for it.
        officer: String,
    },
    /// A certificate is drafted on it.
    Use {
        /// Who holds it.
        here: String,
    },
    /// Misprinted, torn, wet.
    Spoil {
        /// Who has it.
        here: String,
    },
    /// Nobody knows where it is, or somebody took it.
    Lose {
        /// Lost or stolen.
        to: BlankPlace,
    },
    /// Set out to be destroyed.
    Condemn {
        /// Who has it.
        here: String,
        /// Who condemns.
        officer: String,
    },
    /// Destroyed before a second person.
    Destroy {
        /// Who has it.
        here: String,
        /// Who witnesses.
        officer: String,
    },
}

impl BlankMove {
    /// Whether a sheet of this piece can make the step.
    pub fn allows(&self, piece: &BlankPiece) -> bool {
        use BlankPlace::{Condemned, Delivered, HandedOver, Held, Printed, Spoiled};
        let (place, at) = (piece.place, |here: &String| piece.custodian == *here);
        match self {
            Self::Receive { .. } => place == Printed,
            Self::HandOver { here, .. } | Self::Spoil { here } => {
                matches!(place, Delivered | Held) && at(here)
            }
            Self::Accept { here, officer } => place == HandedOver && at(here) && piece.officer != *officer,
            Self::Use { here } => place == Held && at(here),
            Self::Lose { .. } => {
                matches!(place, Printed | Delivered | HandedOver | Held | Spoiled | Condemned)
            }
            Self::Condemn { here, .. } => matches!(place, Delivered | Held | Spoiled) && at(here),
            Self::Destroy { here, officer } => place == Condemned && at(here) && piece.officer != *officer,
        }
    }

    /// The piece after the step.
    pub fn leads_from(&self, piece: BlankPiece) -> BlankPiece {
        let (custodian, place, officer) = match self {
            Self::Receive { here } => (here.clone(), BlankPlace::Delivered, String::new()),
            Self::HandOver { to, officer, .. } => (to.clone(), BlankPlace::HandedOver, officer.clone()),
            Self::Accept { here, .. } => (here.clone(), BlankPlace::Held, String::new()),
            Self::Use { here } => (here.clone(), BlankPlace::Used, String::new()),
            Self::Spoil { here } => (here.clone(), BlankPlace::Spoiled, String::new()),
            Self::Lose { to } => (piece.custodian.clone(), *to, String::new()),
            Self::Condemn { here, officer } => (here.clone(), BlankPlace::Condemned, officer.clone()),
            Self::Destroy { here, .. } => (here.clone(), BlankPlace::Destroyed, String::new()),
        };
        BlankPiece { place, custodian, officer, ..piece }
    }

    /// What the step is to make of a sheet, in words.
    pub fn aim(&self) -> Sentence {
        match self {
            Self::Receive { .. } => sentence!("blank-aim-receive", "received from the printer"),
            Self::HandOver { here, to, .. } => {
                sentence!("blank-aim-hand-over", "handed over from {here} to {to}", here = here, to = to)
            }
            Self::Accept { here, .. } => {
                sentence!("blank-aim-accept", "accepted by a second person at {here}", here = here)
            }
            Self::Use { here } => sentence!("blank-aim-use", "used by {here}", here = here),
            Self::Spoil { here } => {
                sentence!("blank-aim-spoil", "set aside as spoiled at {here}", here = here)
            }
            Self::Lose { to } => sentence!("blank-aim-lose", "reported {how}", how = to),
            Self::Condemn { here, .. } => sentence!("blank-aim-condemn", "condemned at {here}", here = here),
            Self::Destroy { here, .. } => {
                sentence!("blank-aim-destroy", "destroyed at {here} before a second person", here = here)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BlankMove, BlankPiece, BlankPlace};

    fn steps() -> Vec<(&'static str, BlankMove)> {
        let (here, officer) = (|| "north".to_owned(), || "xa-store-2".to_owned());
        vec![
            ("receive", BlankMove::Receive { here: here() }),
            ("hand over", BlankMove::HandOver { here: here(), to: "port".into(), officer: officer() }),
            ("accept", BlankMove::Accept { here: here(), officer: officer() }),
            ("use", BlankMove::Use { here: here() }),
            ("spoil", BlankMove::Spoil { here: here() }),
            ("condemn", BlankMove::Condemn { here: here(), officer: officer() }),
            ("destroy", BlankMove::Destroy { here: here(), officer: officer() }),
            ("lose", BlankMove::Lose { to: BlankPlace::Lost }),
        ]
    }

    /// Every place times every step: allowed exactly where the table at the head of this file says so.
    #[test]
    fn the_table_is_what_is_written_above() {
        let page = include_str!("blank_moves.rs");
        for (name, step) in steps() {
            let row = page.lines().find_map(|line| line.strip_prefix("//! ")?.strip_prefix(name)).unwrap();
            let from: Vec<&str> = row.split("->").next().unwrap().split(['(', ',']).map(str::trim).collect();
            for place in BlankPlace::ALL {
                let piece = |officer: &str| BlankPiece {
                    first: 1,
                    last: 9,
                    place,
                    custodian: "north".into(),
                    officer: officer.into(),
                    form_version: "2".into(),
                };
                let written = from.contains(&place.to_string().as_str());
                assert_eq!(step.allows(&piece("xa-store-1")), written, "{name} from {place}");
                let elsewhere = BlankPiece { custodian: "port".into(), ..piece("xa-store-1") };
                let anywhere = written && ["lose", "receive"].contains(&name);
                assert_eq!(step.allows(&elsewhere), anywhere, "{name} from {place} elsewhere");
                let alone = written && !["accept", "destroy"].contains(&name);
                assert_eq!(step.allows(&piece("xa-store-2")), alone, "{name} from {place} by one person");
                if written {
                    let after = step.leads_from(piece("xa-store-1"));
                    assert!(row.contains(&after.place.to_string()), "{name} leads to {}", after.place);
                }
            }
        }
    }
}
