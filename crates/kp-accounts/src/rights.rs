//! Who may see what: one table, deny by default.
//!
//! The classes are domain 2's (P0 public to P4 commercial); mapping them to pages is ours. Who may *do* an act stands in the
//! act and in the catalogue; `docs/rights.md` shows both. A class without a row here is seen by nobody, and a thing that
//! somebody may not see is answered like one that does not exist (security 6, test e). Closes: T20.

use kp_cases::Level;
use kp_registry::{Officer, Role};
use kp_terms::{Sentence, sentence};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// Somebody who has not signed in.
    Nobody,
    /// A visitor of a demonstration who acts as nobody: everything there is invented.
    Demonstration,
    /// An officer who has signed in.
    Officer(Officer),
}

impl Viewer {
    /// The officer, where it is one.
    pub fn officer(&self) -> Option<&Officer> {
        match self {
            Self::Officer(officer) => Some(officer),
            Self::Nobody | Self::Demonstration => None,
        }
    }
}

/// A class of things to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// What everybody may know.
    Public,
    /// What participants and observers share.
    Shared,
    /// Questions to a participant, and the findings behind them.
    Question,
    /// A return that waits in the sandbox: nobody has signed it yet.
    Draft,
    /// A certificate and what is on file about it.
    Certificate,
    /// Licensed traders.
    Trader,
    /// Officers of a body.
    Staff,
    /// A statement in a log.
    Entry,
    /// An officer's own things: desk, forms, sessions, tokens.
    Own,
    /// Applications of the licence that a trader's person acts for, and its mandates.
    Filing,
    /// Accounts of a body: who is invited, closed, recovered.
    Account,
    /// The trail of accounts, and who looked at what.
    Trail,
}

/// One way to be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody.
    Everyone,
    /// Anybody, once a question has come this far without an answer.
    EveryoneFrom(Level),
    /// Anybody who has signed in, traders too.
    WhoeverSignsIn,
    /// Any officer of an authority or of the scheme; a trader's person is none.
    EveryOfficer,
    /// The same, once a question has come this far.
    EveryOfficerFrom(Level),
    /// Officers of a body whose thing it is, in these roles.
    OwnBody(&'static [Role]),
    /// Officers of the scheme, in these roles.
    Scheme(&'static [Role]),
    /// Whoever signed it.
    Signer,
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Right {
    /// What.
    pub class: Class,
    /// Its name.
    pub name: &'static str,
    /// Examples, for people.
    pub about: &'static str,
    /// Who may see it; anyone of these.
    pub who: &'static [Who],
    /// Where that comes from.
    pub source: &'static str,
}

use Role::{
    Administrator, Approver, Auditor, Chair, Clerk, Customs, Director, FocalPoint, Importer,
    IndependentValuer, Monitoring, Secretariat, Statistics, Storekeeper, Trader, Valuer,
};

/// Everybody but traders, who are no officers of their participant.
const OFFICIALS: &[Role] = &[
    Secretariat,
    Statistics,
    Monitoring,
    Chair,
    Role::Observer,
    Administrator,
    Clerk,
    Approver,
    Customs,
    Importer,
    FocalPoint,
    Valuer,
    IndependentValuer,
    Storekeeper,
    Role::Custodian,
    Director,
    Auditor,
];

/// Those of an authority who work with certificates. Not the administrator: who gives rights does not read the trade.
const OF_CERTIFICATES: &[Role] = &[Clerk, Approver, Customs, Importer, FocalPoint, Director, Auditor];

/// The table.
pub const RIGHTS: &[Right] = &[
    Right {
        class: Class::Public,
        name: "public",
        about: "participants and their standing, declared production, who reported, heads and proofs of the logs, documentation",
        who: &[Who::Everyone],
        source: "domain 2, P0",
    },
    Right {
        class: Class::Shared,
        name: "shared",
        about: "Annex III cells and certificate counts by quarter, authorities, who owes an answer",
        who: &[Who::EveryOfficer],
        source: "domain 2, P1: participants and observers",
    },
    Right {
        class: Class::Question,
        name: "question",
        about: "findings and cases",
        who: &[
            Who::EveryoneFrom(Level::Public),
            Who::EveryOfficerFrom(Level::Visible),
            Who::OwnBody(&[FocalPoint, Approver, Director, Auditor]),
            Who::Scheme(&[Statistics, Monitoring, Secretariat, Chair]),
        ],
        source: "domain 2, P2: the participant concerned and the competent group; L27: public when it is not answered",
    },
    Right {
        class: Class::Draft,
        name: "draft",
        about: "returns that wait to be declared, with what the rules say of them",
        who: &[Who::OwnBody(&[FocalPoint])],
        source: "peers 4.2: nothing is public until it is committed; the focal point declares",
    },
    Right {
        class: Class::Certificate,
        name: "certificate",
        about: "a certificate, its application, arrivals and confirmation",
        who: &[Who::OwnBody(OF_CERTIFICATES)],
        source: "domain 2, P3: the two authorities (and those it passes through)",
    },
    Right {
        class: Class::Trader,
        name: "trader",
        about: "licensed exporters",
        who: &[Who::OwnBody(&[
            Administrator,
            Clerk,
            Approver,
            Customs,
            Importer,
            FocalPoint,
            Valuer,
            IndependentValuer,
            Director,
            Auditor,
        ])],
        source: "domain 2, P4: the national authority",
    },
    Right {
        class: Class::Staff,
        name: "staff",
        about: "officers, their names and roles",
        who: &[Who::OwnBody(OFFICIALS), Who::Scheme(&[Secretariat])],
        source: "domain 2, P4; Annex II.1: the secretariat knows who acts for a participant",
    },
    Right {
        class: Class::Entry,
        name: "entry",
        about: "a statement in a log; those of the scheme are shared by all officers",
        who: &[
            Who::Signer,
            Who::OwnBody(&[Clerk, Approver, Customs, Importer, FocalPoint, Director, Auditor, Storekeeper]),
        ],
        source: "domain 2, P3",
    },
    Right {
        class: Class::Own,
        name: "own",
        about: "the own desk, forms of acts, sessions, tokens",
        who: &[Who::WhoeverSignsIn],
        source: "security 6",
    },
    Right {
        class: Class::Filing,
        name: "filing",
        about: "applications of the own licence and those filed for others under a mandate; the mandates of both sides",
        who: &[Who::OwnBody(&[Trader])],
        source: "domain 2, P4: a trader's own; the page shows nothing of another licence",
    },
    Right {
        class: Class::Account,
        name: "account",
        about: "who is invited, recovered, closed",
        who: &[Who::OwnBody(&[Administrator, Secretariat])],
        source: "security 6: the administrator proposes users and never acts for them",
    },
    Right {
        class: Class::Trail,
        name: "trail",
        about: "what was done to accounts, who came and went, who looked at what",
        who: &[Who::OwnBody(&[Auditor, Director, Secretariat])],
        source: "security 6: the internal auditor reads all own; K7. Nobody reads another body's",
    },
];

impl Class {
    /// The row of the table.
    pub fn right(self) -> Option<&'static Right> {
        RIGHTS.iter().find(|right| right.class == self)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.right().map_or("nobody", |right| right.name)
    }
}

/// One thing to see.
#[derive(Debug, Clone, Default)]
pub struct Thing<'a> {
    /// Whose: participants' codes, or `scheme`.
    pub bodies: Vec<String>,
    /// How far a question has come; nothing where nobody has been asked.
    pub level: Option<Level>,
    /// Who signed it.
    pub signer: Option<&'a str>,
}

impl Thing<'_> {
    /// A thing of one body.
    pub fn of(body: impl ToString) -> Self {
        Self { bodies: vec![body.to_string()], ..Self::default() }
    }
}

/// Whether somebody may see a thing.
pub fn may_see(viewer: &Viewer, class: Class, thing: &Thing<'_>) -> bool {
    if *viewer == Viewer::Demonstration {
        return true;
    }
    class.right().is_some_and(|right| right.who.iter().any(|who| admits(*who, viewer, thing)))
}

/// Whether there can be a thing of the class that somebody may see: asked at the door, before anything is read.
pub fn may_see_some(viewer: &Viewer, class: Class) -> bool {
    let open = |who: &Who| match (who, viewer.officer()) {
        (Who::Everyone | Who::EveryoneFrom(_), _) => true,
        (_, None) => false,
        (Who::WhoeverSignsIn | Who::Signer, Some(_)) => true,
        (Who::EveryOfficer | Who::EveryOfficerFrom(_), Some(officer)) => holds_one(officer, OFFICIALS),
        (Who::OwnBody(roles) | Who::Scheme(roles), Some(officer)) => holds_one(officer, roles),
    };
    *viewer == Viewer::Demonstration || class.right().is_some_and(|right| right.who.iter().any(open))
}

fn admits(who: Who, viewer: &Viewer, thing: &Thing<'_>) -> bool {
    let has_come_to = |level| thing.level.is_some_and(|come| come >= level);
    match (who, viewer.officer()) {
        (Who::Everyone, _) => true,
        (Who::EveryoneFrom(level), _) => has_come_to(level),
        (_, None) => false,
        (Who::WhoeverSignsIn, Some(_)) => true,
        (Who::EveryOfficer, Some(officer)) => holds_one(officer, OFFICIALS),
        (Who::EveryOfficerFrom(level), Some(officer)) => holds_one(officer, OFFICIALS) && has_come_to(level),
        (Who::OwnBody(roles), Some(officer)) => {
            thing.bodies.contains(&officer.body) && holds_one(officer, roles)
        }
        (Who::Scheme(roles), Some(officer)) => officer.body == "scheme" && holds_one(officer, roles),
        (Who::Signer, Some(officer)) => thing.signer == Some(officer.id.as_str()),
    }
}

fn holds_one(officer: &Officer, roles: &[Role]) -> bool {
    officer.roles.iter().any(|role| roles.contains(role))
}

impl Who {
    /// In words, for the page of rights.
    pub fn in_words(&self) -> Sentence {
        match self {
            Self::Everyone => sentence!("rights-everybody", "everybody"),
            Self::EveryoneFrom(level) => {
                sentence!("rights-everybody-from", "everybody once it is `{level}`", level = word(*level))
            }
            Self::WhoeverSignsIn => sentence!("rights-signs-in", "whoever signs in"),
            Self::EveryOfficer => sentence!("rights-every-officer", "every officer"),
            Self::EveryOfficerFrom(level) => {
                sentence!("rights-officer-from", "every officer once it is `{level}`", level = word(*level))
            }
            Self::OwnBody(roles) if roles.len() == OFFICIALS.len() => {
                sentence!("rights-own-officers", "every officer of its body")
            }
            Self::OwnBody(roles) => {
                sentence!("rights-own-body", "of its body: {roles}", roles = in_a_row(roles))
            }
            Self::Scheme(roles) => {
                sentence!("rights-of-scheme", "of the scheme: {roles}", roles = in_a_row(roles))
            }
            Self::Signer => sentence!("rights-signer", "whoever signed it"),
        }
    }
}

fn word(level: Level) -> Sentence {
    Sentence::behind::<&str>(&format!("case-level-{}", level.word()), level.word(), [])
}

fn in_a_row(roles: &[Role]) -> Sentence {
    let said = |role: &Role| Sentence::behind::<&str>(&format!("role-{}", role.word()), role.word(), []);
    Sentence::row(roles.iter().map(said), ", ")
}

impl Right {
    /// Its name, for people.
    pub fn called(&self) -> Sentence {
        Sentence::behind::<&str>(&format!("right-{}", self.name), self.name, [])
    }

    /// Its examples, for people.
    pub fn examples(&self) -> Sentence {
        Sentence::behind::<&str>(&format!("right-{}-about", self.name), self.about, [])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn officer(body: &str, role: Role) -> Viewer {
        Viewer::Officer(Officer {
            id: format!("{}-x-1", body.to_lowercase()),
            body: body.into(),
            authority: None,
            name: "A. Sample".into(),
            roles: vec![role],
            licence: None,
        })
    }

    #[test]
    fn every_class_has_one_row_and_nobody_sees_what_is_not_public() {
        let classes = RIGHTS.iter().map(|right| right.class);
        let mut sorted: Vec<Class> = classes.clone().collect();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), RIGHTS.len(), "a class stands twice");
        for class in classes {
            let thing = Thing { level: Some(Level::Query), ..Thing::of("XA") };
            assert_eq!(may_see(&Viewer::Nobody, class, &thing), class == Class::Public, "{class:?}");
            assert!(may_see(&Viewer::Demonstration, class, &thing));
        }
    }

    #[test]
    fn a_certificate_is_seen_by_its_parties_and_by_no_administrator() {
        let thing = Thing { bodies: vec!["XA".into(), "XB".into()], ..Thing::default() };
        let sees = |viewer: &Viewer| may_see(viewer, Class::Certificate, &thing);
        assert!(sees(&officer("XA", Role::Clerk)) && sees(&officer("XB", Role::Importer)));
        assert!(!sees(&officer("XC", Role::Clerk)), "a third participant");
        for role in Role::ALL.into_iter().filter(|role| role.is_of_scheme()) {
            assert!(!sees(&officer("scheme", role)), "{role}");
        }
        for role in [Role::Administrator, Role::Custodian, Role::Storekeeper, Role::Valuer] {
            assert!(!sees(&officer("XA", role)), "{role}");
            assert!(!may_see_some(&officer("XA", role), Class::Certificate), "{role}");
        }
    }

    #[test]
    fn a_traders_person_sees_what_everybody_sees_and_the_own() {
        let trader = officer("XA", Role::Trader);
        let at = |level| Thing { level, ..Thing::of("XA") };
        for right in RIGHTS {
            let sees = may_see(&trader, right.class, &at(Some(Level::Visible)));
            let own = matches!(right.class, Class::Public | Class::Own | Class::Filing);
            assert_eq!(sees, own, "{:?}", right.class);
            assert_eq!(
                may_see_some(&trader, right.class),
                own || matches!(right.class, Class::Question | Class::Entry)
            );
        }
        assert!(may_see(&trader, Class::Question, &at(Some(Level::Public))), "as anybody");
        assert!(!may_see(&officer("XA", Role::Clerk), Class::Filing, &at(None)));
        assert_eq!(OFFICIALS.len() + 1, Role::ALL.len());
    }

    #[test]
    fn a_question_opens_with_its_clock() {
        let at = |level| Thing { level: Some(level), ..Thing::of("XA") };
        let sees = |viewer: &Viewer, level| may_see(viewer, Class::Question, &at(level));
        let (other, own) = (officer("XB", Role::Clerk), officer("XA", Role::FocalPoint));
        for (level, nobody, others) in [
            (Level::Query, false, false),
            (Level::AnswerOwed, false, false),
            (Level::Visible, false, true),
            (Level::Public, true, true),
        ] {
            assert_eq!(sees(&Viewer::Nobody, level), nobody, "{level:?}");
            assert_eq!(sees(&other, level), others, "{level:?}");
            assert!(sees(&own, level) && sees(&officer("scheme", Role::Statistics), level));
        }
        assert!(!may_see(&other, Class::Question, &Thing::of("XA")), "nobody has been asked yet");
    }
}
