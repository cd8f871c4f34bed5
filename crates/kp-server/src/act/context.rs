//! What an act is about, shown above its form: nobody signs what they have not seen.

use anyhow::Result;
use kp_accounts::rights::{Class, Thing};
use kp_db::Tx;
use kp_language::Texts;
use kp_node::Act;
use kp_terms::{CertificateNumber, Fields};
use kp_trade::{Application, Certificate, moves};

use crate::{certificate::show::parties, frame::Frame, words};

/// What is shown above the form.
pub(crate) struct Context {
    pub(crate) heading: String,
    pub(crate) link: String,
    pub(crate) rows: Vec<(String, String)>,
}

/// What the filled fields point at, where it is on file.
///
/// Only for whoever may see it: a form is no way around the table of rights.
pub(crate) fn of_fields(tx: &mut Tx<'_>, fields: &Fields, frame: &Frame) -> Result<Option<Context>> {
    let texts = frame.texts;
    let first = |name: &str| fields.get(name).and_then(|texts| texts.first()).map(|text| text.trim());
    if let Some(number) = first("number").and_then(|text| text.parse::<CertificateNumber>().ok())
        && let Some(certificate) = kp_trade::certificate_by_number(tx, &number)?
    {
        let thing = parties(tx, &certificate)?;
        if !frame.may_see(Class::Certificate, &thing) {
            return Ok(None);
        }
        frame.saw("certificate", &certificate.number, &thing.bodies);
        let own = is_own(frame, &certificate.application);
        return Ok(Some(of_certificate(tx, texts, &certificate, own)?));
    }
    if let Some(reference) = first("application")
        && let Some(application) = kp_trade::application_by_reference(tx, reference)?
        && frame.may_see(Class::Certificate, &Thing::of(application.participant))
    {
        frame.saw("application", reference, &[application.participant.to_string()]);
        let rows = content(tx, texts, &application, is_own(frame, &application))?;
        let heading = words::with(texts, "application-title", &[("reference", &reference)]);
        let link = format!("/applications/{}", crate::act::next::escaped(reference));
        return Ok(Some(Context { heading, link, rows }));
    }
    Ok(None)
}

/// What to say above the form of an act that the state of its certificate rules out; the act itself decides.
pub(crate) fn out_of_turn(
    tx: &mut Tx<'_>,
    texts: Texts,
    act: &Act,
    fields: &Fields,
) -> Result<Option<String>> {
    let typed = fields.get("number").and_then(|texts| texts.first());
    let Some(number) = typed.and_then(|text| text.trim().parse::<CertificateNumber>().ok()) else {
        return Ok(None);
    };
    let Some(certificate) = kp_trade::certificate_by_number(tx, &number)? else { return Ok(None) };
    let state = certificate.state;
    let on_certificate = moves::Act::ALL.iter().find(|it| it.word() == act.name);
    // Whoever drafts types a number that is still free, and goods that come elsewhere are not the certificate's.
    let is_in_turn = match on_certificate {
        None | Some(moves::Act::Draft) => true,
        Some(on_certificate) => moves::allows(state, *on_certificate),
    };
    Ok((!is_in_turn).then(|| {
        let state = words::state(texts, &state);
        words::with(texts, "form-out-of-turn", &[("number", &number), ("state", &state)])
    }))
}

/// Whether whoever looks is of the authority applied to: who filed is its and its traders' matter.
pub(crate) fn is_own(frame: &Frame, application: &Application) -> bool {
    frame.who.as_ref().is_some_and(|who| who.body == application.participant.to_string())
}

fn of_certificate(tx: &mut Tx<'_>, texts: Texts, certificate: &Certificate, own: bool) -> Result<Context> {
    let mut rows = vec![(texts.text("certificate-state"), words::state(texts, &certificate.state))];
    rows.extend(content(tx, texts, &certificate.application, own)?);
    rows.push((texts.text("certificate-drafted-by"), certificate.drafted_by.clone()));
    if !certificate.seals.is_empty() {
        rows.push((texts.text("certificate-seals"), certificate.seals.join(", ")));
    }
    if let Some(day) = certificate.expires_on {
        rows.push((texts.text("certificate-may-leave-until"), day.to_string()));
    }
    Ok(Context {
        heading: words::with(texts, "certificate-title", &[("number", &certificate.number)]),
        link: format!("/certificates/{}", certificate.number),
        rows,
    })
}

/// Who filed an application: a person of the exporter's, or a broker with the mandate that it filed under.
pub(crate) fn filed_by(tx: &mut Tx<'_>, texts: Texts, filing: &kp_trade::Filing) -> Result<String> {
    let Some(mandate) = &filing.mandate else { return Ok(filing.filed_by.clone()) };
    let holder = kp_registry::exporter_by_licence(tx, &filing.filed_under)?.map(|broker| broker.holder);
    let broker =
        holder.map_or_else(|| filing.filed_under.clone(), |h| format!("{h} ({})", filing.filed_under));
    Ok(words::with(texts, "filings-under", &[("broker", &broker), ("mandate", mandate)]))
}

/// What an application says, label by label.
pub(crate) fn content(
    tx: &mut Tx<'_>,
    texts: Texts,
    application: &Application,
    own: bool,
) -> Result<Vec<(String, String)>> {
    let exporter = kp_registry::exporter_by_licence(tx, &application.licence_number)?;
    let exporter = match exporter {
        Some(exporter) => format!("{} ({})", exporter.holder, exporter.licence_number),
        None => application.exporter.clone().unwrap_or_else(|| application.licence_number.clone()),
    };
    let mut rows = vec![
        (texts.text("certificate-from"), format!("{}, {exporter}", application.participant)),
        (texts.text("certificate-to"), format!("{}, {}", application.destination, application.importer)),
        (texts.text("certificate-origin"), application.origin.to_string()),
        (texts.text("certificate-parcels"), application.parcels.to_string()),
    ];
    for line in kp_trade::lines_of_application(tx, &application.application)? {
        let amounts = format!("{} ct, US$ {}", line.carats.grouped(), line.value.grouped());
        rows.push((words::goods(texts, line.hs.code()), amounts));
    }
    if own && let Some(filing) = kp_trade::filing_of_application(tx, &application.application)? {
        rows.push((texts.text("filings-by"), filed_by(tx, texts, &filing)?));
    }
    rows.push((
        texts.text("in-all"),
        format!("{} ct, US$ {}", application.carats.grouped(), application.value.grouped()),
    ));
    Ok(rows)
}
