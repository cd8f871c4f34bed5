//! What a search shows: what was found, grouped by kind, each with where it stands and what can be done next.
//!
//! Only what whoever asks may see: the index is asked for the bodies whose things may be theirs, and every thing found is
//! held against the table of rights once more. A number that is not theirs is answered like one that does not exist.

use anyhow::Result;
use kp_accounts::rights::{self, Class, Thing, Viewer};
use kp_db::Tx;
use kp_language::Texts;
use kp_registry::{Exporter, Officer, Role};
use kp_search::{EVERYBODY, Hit, Kind, Place};
use kp_terms::{CertificateNumber, Date, ParticipantCode, Timestamp};
use kp_trade::Certificate;

use crate::{
    act::next::{self, NextAct},
    case::show as case,
    certificate::show::parties,
    visit::Visit,
    words,
};

/// Things shown of one kind.
const SHOWN: usize = 10;
/// Certificates shown of one exporter, importer or seal.
const NEWEST: u32 = 5;
/// Of how many exporters and importers the certificates are shown.
const NAMED: usize = 3;

/// One thing found.
pub(crate) struct Row {
    pub(crate) name: String,
    /// Its page, or empty.
    pub(crate) link: String,
    /// Where it stands, in a word.
    pub(crate) status: String,
    /// The class its chip is drawn with.
    pub(crate) class: &'static str,
    pub(crate) note: String,
    pub(crate) next: Vec<NextAct>,
}

/// Things of one kind.
pub(crate) struct Group {
    /// Its word in the API.
    pub(crate) kind: &'static str,
    /// Key of its heading.
    pub(crate) title: &'static str,
    pub(crate) rows: Vec<Row>,
    /// Whether there are more than are shown.
    pub(crate) has_more: bool,
}

/// What was found.
#[derive(Default)]
pub(crate) struct Results {
    pub(crate) groups: Vec<Group>,
    /// The page of the very thing, where what was typed is its number.
    pub(crate) straight: Option<String>,
    /// Whether so many bear these words that some were not looked at.
    pub(crate) is_cut: bool,
}

/// Who asks, in which language, and when.
pub(crate) struct Asking<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) texts: Texts,
    pub(crate) now: Timestamp,
    pub(crate) today: Date,
}

/// Everything that what was typed may mean.
///
/// # Errors
/// Where the database fails.
pub(crate) fn results(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &str) -> Result<Results> {
    let mut results = Results::default();
    if typed.is_empty() {
        return Ok(results);
    }
    let places = places(tx, &asking.visit.viewer)?;
    let found = kp_search::find(tx, &places, typed)?;
    results.is_cut = found.is_cut;
    let mut named = Vec::new();
    let mut of_names = Vec::new();
    for kind in Kind::ALL {
        let hits = found.hits.iter().filter(|hit| hit.kind == kind);
        of_names.push(of_kind(tx, asking, kind, hits, &mut named)?);
    }
    let mut certificates = Vec::new();
    if let Some(certificate) = meant(tx, asking, typed)? {
        results.straight = Some(format!("/certificates/{}", certificate.number));
        certificates.push(certificate);
    }
    let traded: Vec<String> =
        places.into_iter().filter(|it| it.kinds.contains(&Kind::Party)).map(|it| it.body).collect();
    for number in kp_search::seals_beginning(tx, &traded, typed, NEWEST * 4)? {
        certificates.extend(seen(tx, asking, &number)?);
    }
    certificates.extend(named);
    results.groups.push(of_certificates(asking, certificates));
    results.groups.push(application(tx, asking, typed, &mut results.straight)?);
    results.groups.push(of_case(tx, asking, typed, &mut results.straight)?);
    results.groups.extend(of_names);
    results.groups.retain(|group| !group.rows.is_empty());
    Ok(results)
}

/// Exporters whose name or licence what was typed may be, of those that may be theirs to see: the nearest first, at most
/// `limit`.
///
/// # Errors
/// Where the database fails.
pub(crate) fn exporters(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    typed: &str,
    limit: usize,
) -> Result<Vec<Exporter>> {
    let of_traders = places(tx, viewer)?.into_iter().filter(|place| place.kinds.contains(&Kind::Exporter));
    let places: Vec<Place> = of_traders.map(|place| Place { kinds: &[Kind::Exporter], ..place }).collect();
    let mut found = Vec::new();
    for hit in kp_search::find(tx, &places, typed)?.hits.into_iter().take(limit) {
        found.extend(kp_registry::exporter_by_licence(tx, &hit.reference)?);
    }
    Ok(found)
}

/// Where things lie that may be theirs: what is everybody's, the own body's, and for whoever may see more, each body's. A
/// class of which they may see nothing is not looked in, so that not even how much there is can be told.
fn places(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<Place>> {
    let shared = rights::may_see(viewer, Class::Shared, &Thing::default());
    let kinds: &'static [Kind] =
        if shared { &[Kind::Participant, Kind::Authority] } else { &[Kind::Participant] };
    let mut places = vec![Place { body: EVERYBODY.to_owned(), kinds }];
    let mut bodies = vec!["scheme".to_owned()];
    bodies.extend(kp_registry::participants(tx)?.into_iter().map(|it| it.code.to_string()));
    for body in bodies {
        let thing = Thing::of(&body);
        let sees = |class| rights::may_see(viewer, class, &thing);
        let kinds: &'static [Kind] = match (sees(Class::Trader), sees(Class::Certificate), sees(Class::Staff))
        {
            (true, true, _) => &[Kind::Exporter, Kind::Party, Kind::Officer],
            (true, false, _) => &[Kind::Exporter, Kind::Officer],
            (false, true, _) => &[Kind::Party, Kind::Officer],
            (false, false, true) => &[Kind::Officer],
            (false, false, false) => continue,
        };
        places.push(Place { body, kinds });
    }
    Ok(places)
}

/// The certificate that a number means; digits alone are the own participant's.
fn meant(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &str) -> Result<Option<Certificate>> {
    let typed = typed.trim();
    let own = asking.visit.viewer.officer().map(|officer| officer.body.as_str()).unwrap_or_default();
    let number = match typed.bytes().all(|byte| byte.is_ascii_digit()) {
        true => format!("{own}-{typed}").parse::<CertificateNumber>(),
        false => typed.parse(),
    };
    match number {
        Ok(number) => seen(tx, asking, &number.to_string()),
        Err(_) => Ok(None),
    }
}

fn seen(tx: &mut Tx<'_>, asking: &Asking<'_>, number: &str) -> Result<Option<Certificate>> {
    let Ok(number) = number.parse::<CertificateNumber>() else { return Ok(None) };
    let Some(certificate) = kp_trade::certificate_by_number(tx, &number)? else { return Ok(None) };
    let thing = parties(tx, &certificate)?;
    if !asking.visit.may_see(Class::Certificate, &thing) {
        return Ok(None);
    }
    asking.visit.saw("certificate", &certificate.number, &thing.bodies);
    Ok(Some(certificate))
}

fn of_certificates(asking: &Asking<'_>, mut all: Vec<Certificate>) -> Group {
    let mut shown = std::collections::BTreeSet::new();
    all.retain(|certificate| shown.insert(certificate.number.clone()));
    let has_more = all.len() > 2 * SHOWN;
    let row = |certificate: &Certificate| {
        let application = &certificate.application;
        let carats = application.carats.grouped();
        Row {
            name: certificate.number.to_string(),
            link: format!("/certificates/{}", certificate.number),
            status: words::state(asking.texts, &certificate.state),
            class: words::state_class(&certificate.state),
            note: words::with(
                asking.texts,
                "search-certificate-note",
                &[
                    ("from", &application.participant),
                    ("to", &application.destination),
                    ("carats", &carats),
                    ("importer", &application.importer),
                    ("day", &certificate.drafted_on),
                ],
            ),
            next: next::of_certificate(certificate),
        }
    };
    let rows = all.iter().take(2 * SHOWN).map(row).collect();
    Group { kind: "certificate", title: "menu-certificates", rows, has_more }
}

fn application(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    typed: &str,
    straight: &mut Option<String>,
) -> Result<Group> {
    let mut group =
        Group { kind: "application", title: "search-applications", rows: Vec::new(), has_more: false };
    let mut found = kp_trade::application_by_reference(tx, typed)?;
    if found.is_none() {
        found = kp_trade::application_by_reference(tx, &typed.to_uppercase())?;
    }
    let Some(application) = found else { return Ok(group) };
    let bodies = vec![application.participant.to_string(), application.destination.to_string()];
    // A draft is the issuer's alone; with a number it is the destination's too, and the certificate's page says all.
    let number = kp_trade::certificate_of_application(tx, &application.application)?;
    let whose = if number.is_some() { bodies } else { vec![application.participant.to_string()] };
    let thing = Thing { bodies: whose, ..Thing::default() };
    if !asking.visit.may_see(Class::Certificate, &thing) {
        return Ok(group);
    }
    asking.visit.saw("application", &application.application, &thing.bodies);
    let link = match number {
        Some(number) => format!("/certificates/{number}"),
        None => format!("/applications/{}", next::escaped(&application.application)),
    };
    straight.get_or_insert(link.clone());
    let carats = application.carats.grouped();
    group.rows.push(Row {
        name: application.application.clone(),
        link,
        status: words::spoken(&asking.texts.word(&application.state.to_string())),
        class: "waiting",
        note: words::with(
            asking.texts,
            "desk-application-note",
            &[("to", &application.destination), ("carats", &carats), ("day", &application.applied_on)],
        ),
        next: next::of_application(&application),
    });
    Ok(group)
}

fn of_case(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    typed: &str,
    straight: &mut Option<String>,
) -> Result<Group> {
    let mut group = Group { kind: "case", title: "menu-cases", rows: Vec::new(), has_more: false };
    let Some(found) = kp_cases::case_by_number(tx, &typed.to_uppercase())? else { return Ok(group) };
    if !asking.visit.may_see(Class::Question, &case::question(found.asked, Some(&found))) {
        return Ok(group);
    }
    let link = format!("/cases/{}", found.case_number);
    straight.get_or_insert(link.clone());
    group.rows.push(Row {
        name: found.case_number.clone(),
        link,
        status: words::spoken(&asking.texts.word(&found.state)),
        class: words::case_class(&found),
        note: format!(
            "{}: {} ({})",
            found.asked,
            asking.texts.sentence(&found.title),
            case::clock(asking.texts, &found, &asking.today)
        ),
        next: case::next(&found),
    });
    Ok(group)
}

/// Things of one kind that may be seen, and the certificates of the first few that have any.
fn of_kind<'a>(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    kind: Kind,
    hits: impl Iterator<Item = &'a Hit>,
    named: &mut Vec<Certificate>,
) -> Result<Group> {
    let mut group = Group { kind: kind.word(), title: title(kind), rows: Vec::new(), has_more: false };
    for hit in hits {
        if group.rows.len() == SHOWN {
            group.has_more = true;
            break;
        }
        let first = group.rows.len() < NAMED;
        let row = match kind {
            Kind::Exporter => exporter(tx, asking, hit, first, named)?,
            Kind::Party => party(tx, asking, hit, first, named)?,
            Kind::Officer => officer(tx, asking, hit)?,
            Kind::Participant => participant(tx, asking, hit)?,
            Kind::Authority => authority(tx, asking, hit)?,
        };
        group.rows.extend(row);
    }
    Ok(group)
}

const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Exporter => "search-exporters",
        Kind::Party => "search-parties",
        Kind::Officer => "search-officers",
        Kind::Participant => "menu-participants",
        Kind::Authority => "search-authorities",
    }
}

fn exporter(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    hit: &Hit,
    with_certificates: bool,
    named: &mut Vec<Certificate>,
) -> Result<Option<Row>> {
    let Some(exporter) = kp_registry::exporter_by_licence(tx, &hit.reference)? else { return Ok(None) };
    if !asking.visit.may_see(Class::Trader, &Thing::of(exporter.participant)) {
        return Ok(None);
    }
    asking.visit.saw("exporter", &exporter.licence_number, &[exporter.participant.to_string()]);
    if with_certificates && asking.visit.may_see(Class::Certificate, &Thing::of(exporter.participant)) {
        named.extend(kp_trade::newest_of_licence(tx, &exporter.licence_number, NEWEST)?);
    }
    let is_active = exporter.is_active_on(asking.today);
    let filled = [
        ("participant", exporter.participant.to_string()),
        ("licence_number", exporter.licence_number.clone()),
    ];
    let filled: Vec<(&str, &str)> = filled.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let apply = NextAct::of("apply_for_certificate", &filled).filter(|_| is_active);
    Ok(Some(Row {
        name: exporter.holder,
        link: String::new(),
        status: asking.texts.text(if is_active { "search-licence-holds" } else { "search-licence-over" }),
        class: if is_active { "good" } else { "odd" },
        note: words::with(
            asking.texts,
            "search-exporter-note",
            &[
                ("licence", &exporter.licence_number),
                ("address", &exporter.address),
                ("from", &exporter.valid_from),
                ("until", &exporter.valid_until),
            ],
        ),
        next: apply.into_iter().collect(),
    }))
}

fn party(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    hit: &Hit,
    with_certificates: bool,
    named: &mut Vec<Certificate>,
) -> Result<Option<Row>> {
    let Ok(whose) = hit.whose.parse::<ParticipantCode>() else { return Ok(None) };
    if !asking.visit.may_see(Class::Certificate, &Thing::of(whose)) {
        return Ok(None);
    }
    let newest = kp_trade::newest_of_party(tx, whose, &hit.reference, NEWEST)?;
    // Who was only ever named on an application that came to nothing has no certificate to show.
    let Some(last) = newest.first().map(|certificate| certificate.application.clone()) else {
        return Ok(None);
    };
    asking.visit.saw("party", &hit.reference, std::slice::from_ref(&hit.whose));
    if with_certificates {
        named.extend(newest);
    }
    let is_importer = last.importer == hit.reference;
    Ok(Some(Row {
        name: hit.reference.clone(),
        link: String::new(),
        status: asking.texts.text(if is_importer { "search-importer" } else { "search-exporter" }),
        class: "quiet",
        note: words::with(
            asking.texts,
            "search-party-note",
            &[("from", &last.participant), ("to", &last.destination), ("day", &last.applied_on)],
        ),
        next: Vec::new(),
    }))
}

fn officer(tx: &mut Tx<'_>, asking: &Asking<'_>, hit: &Hit) -> Result<Option<Row>> {
    let Some(found) = kp_registry::officer_by_id(tx, &hit.reference)? else { return Ok(None) };
    if !asking.visit.may_see(Class::Staff, &Thing::of(&found.body)) {
        return Ok(None);
    }
    asking.visit.saw("officer", &found.id, std::slice::from_ref(&found.body));
    let signs = !kp_registry::keys_of_officer(tx, &found.id)?.is_empty();
    Ok(Some(of_officer(asking.texts, found, signs)))
}

fn of_officer(texts: Texts, found: Officer, signs: bool) -> Row {
    let roles: Vec<String> = found.roles.iter().map(|role: &Role| words::role(texts, role)).collect();
    let of = [Some(found.body.as_str()), found.authority.as_deref()];
    let of: Vec<&str> = of.into_iter().flatten().collect();
    Row {
        name: found.name,
        link: String::new(),
        status: texts.text(if signs { "search-signs" } else { "search-signs-no-more" }),
        class: if signs { "good" } else { "quiet" },
        note: format!("{}, {}: {}", found.id, of.join(" "), roles.join(", ")),
        next: Vec::new(),
    }
}

fn participant(tx: &mut Tx<'_>, asking: &Asking<'_>, hit: &Hit) -> Result<Option<Row>> {
    let Ok(code) = hit.reference.parse::<ParticipantCode>() else { return Ok(None) };
    let Some(found) = kp_registry::participant_by_code(tx, code)? else { return Ok(None) };
    let standing = kp_registry::stands_now(tx, code, asking.now)?.words;
    Ok(Some(Row {
        link: format!("/participants/{code}"),
        class: if standing.as_str() == "open" { "good" } else { "odd" },
        status: words::spoken(&asking.texts.sentence(&standing)),
        note: code.to_string(),
        name: found.name,
        next: Vec::new(),
    }))
}

fn authority(tx: &mut Tx<'_>, asking: &Asking<'_>, hit: &Hit) -> Result<Option<Row>> {
    if !asking.visit.may_see(Class::Shared, &Thing::default()) {
        return Ok(None);
    }
    let Some(found) = kp_registry::authority_by_id(tx, &hit.reference)? else { return Ok(None) };
    Ok(Some(Row {
        link: format!("/participants/{}", found.participant),
        status: words::spoken(&asking.texts.word(&found.duty.to_string())),
        class: "quiet",
        note: format!("{}, {}", found.participant, found.id),
        name: found.name,
        next: Vec::new(),
    }))
}
