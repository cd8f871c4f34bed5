//! The frame around every page: who acts, where one is, whether the log is whole, and the mark of a demonstration.

use std::fmt::Display;

use anyhow::Result;
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kp_accounts::{
    Accounts, Recovery,
    rights::{self, Class, Thing, Viewer},
};
use kp_cases::Case;
use kp_db::Tx;
use kp_detect::finding::Severity;
use kp_language::{Language, Texts};
use kp_registry::{Officer, Role};
use kp_terms::{Date, MadeOf, Sentence};
use kp_trade::CertificateState;

use crate::{
    app::{App, Shared},
    guard::{Rendered, Visit},
    problem::{Problem, Said},
    session::Place,
    style,
    visit::Seen,
    words,
};

/// What a handler gives back.
pub(crate) type Answer = Result<Response, Problem>;

/// The parts of the site, in the order of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Desk,
    Certificates,
    Verify,
    Gate,
    Participants,
    Findings,
    Cases,
    Statistics,
    Log,
    Accounts,
    Trail,
    Filings,
    None,
}

/// The menu; a part of which somebody may see nothing is not offered.
const MENU: &[(Section, Class, &str, &str)] = &[
    (Section::Desk, Class::Public, "/", "menu-desk"),
    (Section::Certificates, Class::Certificate, "/certificates", "menu-certificates"),
    (Section::Verify, Class::Public, "/verify", "menu-verify"),
    (Section::Gate, Class::Certificate, "/gate", "menu-gate"),
    (Section::Participants, Class::Public, "/participants", "menu-participants"),
    (Section::Findings, Class::Question, "/findings", "menu-findings"),
    (Section::Cases, Class::Question, "/cases", "menu-cases"),
    (Section::Statistics, Class::Public, "/statistics", "menu-statistics"),
    (Section::Log, Class::Public, "/log", "menu-log"),
    (Section::Accounts, Class::Account, "/accounts", "menu-accounts"),
    (Section::Trail, Class::Trail, "/trail", "menu-trail"),
    (Section::Filings, Class::Filing, "/filings", "menu-filings"),
];

/// One entry of the menu.
pub(crate) struct MenuItem {
    pub(crate) path: &'static str,
    pub(crate) name: String,
    pub(crate) is_here: bool,
}

/// The officers of one body, for the demonstration's switch.
pub(crate) struct BodyOfOfficers {
    pub(crate) body: String,
    pub(crate) officers: Vec<Officer>,
}

/// A sentence as templates hand it over: itself, or by one reference or several.
pub(crate) trait Sayable {
    /// What is said.
    fn to_say(&self) -> &Sentence;
}

impl Sayable for Sentence {
    fn to_say(&self) -> &Sentence {
        self
    }
}

impl<S: Sayable> Sayable for &S {
    fn to_say(&self) -> &Sentence {
        (**self).to_say()
    }
}

/// What every template has around it.
pub(crate) struct Frame {
    pub(crate) title: String,
    /// The texts of the language in which this browser is spoken to.
    pub(crate) texts: Texts,
    pub(crate) menu: Vec<MenuItem>,
    pub(crate) style: &'static str,
    pub(crate) token: String,
    pub(crate) here: String,
    pub(crate) is_demo: bool,
    /// Nothing at this node is real: a red frame around every page.
    pub(crate) is_training: bool,
    pub(crate) who: Option<Officer>,
    pub(crate) viewer: Viewer,
    seen: Seen,
    /// Somebody is signed in whose key is not in force: not named yet, or withdrawn.
    pub(crate) not_in_force: Option<String>,
    /// Whose session waits for its PIN.
    pub(crate) locked: Option<String>,
    /// Whether the desk can be locked and opened again with a PIN.
    pub(crate) has_pin: bool,
    /// After how many idle seconds the desk locks; nothing where nobody is at it.
    pub(crate) locks_after: Option<i64>,
    /// Whether the page holds typed work, which a browser without scripts must not be sent away from.
    pub(crate) holds_work: bool,
    pub(crate) script: &'static str,
    /// A recovery of this officer's account that somebody started: it can be stopped.
    pub(crate) recovery: Option<Recovery>,
    pub(crate) bodies: Vec<BodyOfOfficers>,
    pub(crate) fault: Option<String>,
    /// Messages that whoever is at the desk has not seen.
    pub(crate) unread: i64,
    /// Whether the outbox is theirs to look at.
    pub(crate) has_outbox: bool,
    pub(crate) today: Date,
    /// What stands in the search box.
    pub(crate) searched: String,
}

impl Frame {
    /// Builds the frame of a visit.
    ///
    /// # Errors
    /// Where the database fails.
    pub(crate) fn of(app: &App, tx: &mut Tx<'_>, visit: &Visit, section: Section) -> Result<Self> {
        let who = visit.viewer.officer().cloned();
        let mut recovery = None;
        if let Some(who) = &who {
            let all = Accounts::recoveries(tx)?;
            recovery = all.into_iter().find(|r| r.officer_id == who.id && r.ended.is_none());
        }
        let unread = who.as_ref().map_or(Ok(0), |who| kp_messages::Message::unread(tx, &who.id))?;
        let has_outbox = who.is_some() && rights::may_see_some(&visit.viewer, Class::Account);
        let at_desk = visit.at_desk.as_ref();
        Ok(Self {
            title: String::new(),
            texts: Texts::of(visit.language),
            menu: MENU
                .iter()
                .filter(|(_, class, ..)| {
                    app.demo.is_none() || !matches!(class, Class::Account | Class::Trail | Class::Filing)
                })
                .filter(|(_, class, ..)| rights::may_see_some(&visit.viewer, *class))
                .map(|(of, _, path, key)| MenuItem {
                    path,
                    name: Texts::of(visit.language).text(key),
                    is_here: *of == section,
                })
                .collect(),
            style: style::path(),
            token: visit.token.clone(),
            here: visit.here.clone(),
            is_demo: app.demo.is_some(),
            is_training: app.node.is_training(),
            not_in_force: match (&who, at_desk) {
                (None, Some(at_desk)) => Some(at_desk.signer.id.clone()),
                _ => None,
            },
            who,
            viewer: visit.viewer.clone(),
            seen: visit.seen.clone(),
            locked: visit.locked.clone(),
            has_pin: at_desk.is_some_and(|at_desk| at_desk.has_pin),
            locks_after: at_desk
                .filter(|at_desk| at_desk.place != Place::Demonstration)
                .map(|at_desk| at_desk.place.idle().as_secs()),
            holds_work: false,
            script: style::script_path(),
            recovery,
            bodies: match app.demo {
                Some(_) => by_body(kp_registry::officers(tx)?),
                None => Vec::new(),
            },
            unread,
            has_outbox,
            fault: app.node.faults().first().map(ToString::to_string),
            today: app.today(),
            searched: String::new(),
        })
    }

    /// With the page's title.
    pub(crate) fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// With the page's title by its key.
    pub(crate) fn titled_by(self, key: &str) -> Self {
        let title = self.t(key);
        self.titled(title)
    }

    /// With what was searched for in the box.
    pub(crate) fn with_search(mut self, typed: &str) -> Self {
        typed.clone_into(&mut self.searched);
        self
    }

    /// With typed work on it.
    pub(crate) fn with_work(mut self) -> Self {
        self.holds_work = true;
        self
    }

    /// Whether whoever looks may see a thing.
    pub(crate) fn may_see(&self, class: Class, thing: &Thing<'_>) -> bool {
        rights::may_see(&self.viewer, class, thing)
    }

    /// Whether whoever looks sees every thing of a class, whoever's it is: otherwise a list that is empty says so.
    pub(crate) fn sees_every(&self, class: Class) -> bool {
        self.may_see(class, &Thing::default())
    }

    /// Notes that a thing is shown; on record before the answer goes out.
    pub(crate) fn saw(&self, what: &str, about: impl ToString, bodies: &[String]) {
        self.seen.note(&self.viewer, what, &about.to_string(), bodies);
    }

    /// The text behind a key of `locales/`.
    pub(crate) fn t(&self, key: impl AsRef<str>) -> String {
        self.texts.text(key.as_ref())
    }

    /// The text behind a key, with one value.
    pub(crate) fn t1(&self, key: &str, name: &str, value: impl Display) -> String {
        self.texts.with(key, &[(name, &value.to_string())])
    }

    /// The text behind a key, with two values.
    pub(crate) fn t2(&self, key: &str, a: &str, one: impl Display, b: &str, two: impl Display) -> String {
        words::with(self.texts, key, &[(a, &one), (b, &two)])
    }

    /// A sentence that was worked out, as it is set on a page.
    pub(crate) fn sentence(&self, sentence: impl Sayable) -> String {
        kp_report::shown(&self.texts.sentence(sentence.to_say()))
    }

    /// For the tag around a sentence: says that it is in no known language, where it is somebody's own words.
    pub(crate) fn own(&self, sentence: &Sentence) -> &'static str {
        if matches!(sentence.made_of(), MadeOf::Key { .. }) { "" } else { " lang=\"\"" }
    }

    /// A detector's name in words.
    pub(crate) fn detector(&self, name: &str) -> String {
        self.texts.sentence(&kp_detect::detector_doc::name_in_words(name))
    }

    /// A sentence of a problem.
    pub(crate) fn say(&self, said: &Said) -> String {
        said.said(self.texts)
    }

    /// The name of a room of acts.
    pub(crate) fn room(&self, name: &str) -> String {
        words::room(self.texts, name)
    }

    /// The text behind a key as HTML, with links in it.
    pub(crate) fn linked(&self, key: &str, links: &[&str]) -> String {
        self.texts.marked(key, &[], links)
    }

    /// The text behind a key as HTML, with one value and a link in it.
    pub(crate) fn linked1(&self, key: &str, name: &str, value: impl Display, link: &str) -> String {
        self.texts.marked(key, &[(name, &value.to_string())], &[link])
    }

    /// The text behind a key, with a number that may decide its form: `1 entry`, `2 entries`.
    pub(crate) fn count(&self, key: &str, count: impl Display) -> String {
        words::count(self.texts, key, count)
    }

    /// The title of an act.
    pub(crate) fn act(&self, name: &str) -> String {
        words::act(self.texts, name)
    }

    /// A role in words.
    pub(crate) fn role(&self, role: &Role) -> String {
        words::role(self.texts, role)
    }

    /// Roles in words, one after the other.
    pub(crate) fn roles(&self, roles: &[Role]) -> String {
        roles.iter().map(|role| self.role(role)).collect::<Vec<_>>().join(", ")
    }

    /// A certificate's state in words.
    pub(crate) fn state(&self, state: &CertificateState) -> String {
        words::state(self.texts, state)
    }

    /// A word of the forms, the states or the lists, `not_explained`, beginning with a small letter where it is alone.
    pub(crate) fn word(&self, word: impl Display) -> String {
        self.texts.word(&word.to_string())
    }

    /// As [`Frame::word`], to begin a line with.
    pub(crate) fn spoken(&self, word: impl Display) -> String {
        words::spoken(&self.word(word))
    }

    /// How soon to ask, as a word with a shape; HTML.
    pub(crate) fn badge(&self, severity: &Severity) -> String {
        words::badge(self.texts, severity)
    }

    /// The clock of a case as it stood on a day.
    pub(crate) fn clock_on(&self, case: &Case, day: Date) -> String {
        crate::case::show::clock(self.texts, case, &day)
    }

    /// The languages that can be chosen.
    pub(crate) fn languages(&self) -> [Language; 3] {
        Language::ALL
    }

    /// In which language the page is.
    pub(crate) fn language(&self) -> Language {
        self.texts.language()
    }

    /// Whether this officer is at the desk.
    pub(crate) fn is_at_desk(&self, id: &str) -> bool {
        self.who.as_ref().is_some_and(|who| who.id == id)
    }
}

fn by_body(officers: Vec<Officer>) -> Vec<BodyOfOfficers> {
    let mut bodies: Vec<BodyOfOfficers> = Vec::new();
    for officer in officers {
        match bodies.iter_mut().find(|b| b.body == officer.body) {
            Some(body) => body.officers.push(officer),
            None => bodies.push(BodyOfOfficers { body: officer.body.clone(), officers: vec![officer] }),
        }
    }
    bodies.sort_by(|a, b| a.body.cmp(&b.body));
    bodies
}

/// Reads, fills a template and answers with the page.
pub(crate) async fn page<T: Template>(
    app: &Shared,
    visit: Visit,
    section: Section,
    fill: impl FnOnce(&App, &mut Tx<'_>, Frame) -> Result<T, Problem> + Send + 'static,
) -> Answer {
    page_with_status(app, visit, section, StatusCode::OK, fill).await
}

/// As [`page`], where the page itself says no.
pub(crate) async fn page_with_status<T: Template>(
    app: &Shared,
    visit: Visit,
    section: Section,
    status: StatusCode,
    fill: impl FnOnce(&App, &mut Tx<'_>, Frame) -> Result<T, Problem> + Send + 'static,
) -> Answer {
    let html = app
        .read(move |app, tx| {
            let frame = Frame::of(app, tx, &visit, section)?;
            let template = fill(app, tx, frame)?;
            template.render().map_err(|error| Problem::broke(error.into()))
        })
        .await?;
    Ok(html_response(status, html))
}

fn html_response(status: StatusCode, html: String) -> Response {
    let mut response = (status, html).into_response();
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.extensions_mut().insert(Rendered);
    response
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    problem: Problem,
}

/// A problem as a page; where even the frame cannot be had, as plain text.
pub(crate) async fn problem_page(app: &Shared, visit: &Visit, problem: Problem) -> Response {
    let texts = Texts::of(visit.language);
    let (status, detail) = (problem.status, problem.detail.said(texts));
    let retry_after = problem.retry_after;
    let page = page_with_status(app, visit.clone(), Section::None, status, move |_, _, frame| {
        Ok(ProblemPage { frame: frame.titled(texts.text(problem.title)), problem })
    });
    let mut response = match page.await {
        Ok(response) => response,
        Err(_) => {
            let mut response = (status, detail).into_response();
            response.extensions_mut().insert(Rendered);
            response
        }
    };
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
