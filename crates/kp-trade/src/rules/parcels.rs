//! The parcels that an application names: held by its exporter, of the same goods, of the same origin, and from ground
//! that is open.
//!
//! Scheme: CD Section II(a), IV(a), Annex II.11-18; domain 4.4. Closes: L25 (stones of a ban, or of a zone that was not
//! open, do not leave), L35 and L36 (what the face says agrees with the composition, which is kept). Whether parcels must
//! be named is the participant's own rule. Moves no parcel: that is the room of parcels.

use anyhow::Result;
use kp_custody::{
    Parcel, ParcelState, origin_of,
    rules::{measures::Measures, weight},
};
use kp_db::Tx;
use kp_log::Failure;
use kp_registry::{NationalRule, rule_on};
use kp_terms::{Carats, CertificateNumber, Date, HsCode, Origin, ParticipantCode, Refuse};

use super::drawn_as_held::{self, Difference};
use crate::{Line, SourceDraw, apply_for_certificate::ApplicationReceived, queries};

kp_terms::refusals! {
    /// Why the parcels of an application do not serve.
    pub enum Refusal {
        /// None are named.
        ParcelsMissing { code: ParticipantCode } = "parcels_missing", "the law of {code} asks for the parcels and their sources; name each parcel by its reference", "national rule sources-required; L35";
        /// Unknown reference.
        NoSuchParcel { parcel: String } = "no_such_parcel", "there is no parcel {parcel}; record it first", "CD Section IV(a); L35";
        /// Twice.
        ParcelTwice { parcel: String } = "parcel_twice", "parcel {parcel} stands twice; name it once", "one stone, one place (L35)";
        /// It lies elsewhere.
        InAnotherLand { parcel: String, code: ParticipantCode } = "parcel_in_another_land", "parcel {parcel} lies in the territory of {code}", "CD Section I: export";
        /// It is elsewhere in its life.
        ParcelNotHeld { parcel: String, state: ParcelState } = "parcel_not_held", "parcel {parcel} is {state}; only a parcel that is held can be certified", "one stone, one place (L32, L35)";
        /// Nobody has accepted it.
        ParcelUnderWay { parcel: String, to: String } = "parcel_under_way", "parcel {parcel} is handed over to {to} and not accepted yet", "custody is with whom the last acceptance says";
        /// Somebody else holds it.
        HolderNotExporter { parcel: String, holder: String, licence: String } = "holder_not_exporter", "{holder} holds parcel {parcel}, and {licence} applies; hand it over and let it be accepted first", "CD Annex II.11-14: who exports holds the stones";
        /// More or fewer than declared.
        CountDiffers { declared: u32, named: usize } = "parcel_count_differs", "{declared} parcels are declared and {named} are named", "CD Section I: a shipment is its parcels";
        /// Other goods.
        CaratsDiffer { hs: HsCode, parcels: Carats, lines: Carats } = "carats_differ_from_parcels", "the parcels named hold {parcels} ct of class {hs}, the application states {lines} ct", "L35; tolerance ours (rules/weight.rs)";
        /// Another origin.
        OriginDiffers { face: String, parcels: String } = "origin_differs_from_parcels", "the application says origin {face}, the parcels come from {parcels}", "CD Section I: parcel of mixed origin; L36";
        /// The application draws otherwise on imports.
        SourcesDiffer { number: CertificateNumber, held: Carats, drawn: Carats } = "sources_differ_from_parcels", "the parcels named hold {held} ct that came under import certificate {number}, and {drawn} ct are drawn from it; name each import among the sources with the carats that the parcels hold", "EU2368 Art 12(1)(a); L35; tolerance ours (rules/weight.rs)";
        /// From ground under a measure.
        UnderMeasure { lot: String, parcel: String, ground: String, on: Date, legal_act: String } = "stones_under_measure", "lot {lot} in parcel {parcel} comes from {ground}, which was under a measure on {on} ({legal_act}); without an audit it does not leave", "domain 4.4; CD Section III(c); L25, L36";
        /// It did not come in.
        ImportNotConfirmed { number: CertificateNumber, parcel: String } = "import_not_confirmed", "parcel {parcel} names import certificate {number}, whose arrival here is not confirmed", "L35: from re-export back to import";
        /// More was drawn than came in.
        ImportOverdrawn { number: CertificateNumber, drawn: Carats, confirmed: Carats } = "import_overdrawn", "parcels draw {drawn} ct from import certificate {number}, and {confirmed} ct were confirmed", "L35: from re-export back to import";
    }
}

/// What parcels draw from one import certificate.
#[derive(Debug, Clone)]
pub struct Draw {
    parcel: String,
    number: CertificateNumber,
    drawn: Carats,
    confirmed: Option<Carats>,
}

/// The parcels named, with what is known of them.
#[derive(Debug, Clone, Default)]
pub struct Parcels {
    named: Vec<(String, Option<Parcel>)>,
    measures: Measures,
    draws: Vec<Draw>,
    /// Whether the participant's own rule asks for parcels.
    required: bool,
    /// Applications for which they may be reserved already: this one, and that of the certificate it replaces.
    kept_for: Vec<String>,
}

/// What an application says of its goods.
#[derive(Debug, Clone, Copy)]
pub struct Goods<'a> {
    pub(crate) participant: ParticipantCode,
    pub(crate) licence: &'a str,
    pub(crate) origin: &'a Origin,
    pub(crate) parcels: u32,
    pub(crate) lines: &'a [Line],
    /// What it draws on imports.
    pub(crate) sources: &'a [SourceDraw],
}

/// Whether an application may be taken for the parcels that it names.
///
/// # Errors
/// Refuses with the first reason against it; fails where the database does.
pub fn check_application(tx: &mut Tx<'_>, request: &ApplicationReceived, today: Date) -> Result<(), Failure> {
    let names = request.from_parcels.as_deref().unwrap_or_default();
    let mut parcels = Parcels::load(tx, request.participant, names, today)?;
    parcels.kept_for = kept_for(tx, &request.application, request.replaces.as_ref())?;
    let goods = Goods {
        participant: request.participant,
        licence: &request.licence_number,
        origin: &request.origin,
        parcels: request.parcels,
        lines: &request.lines,
        sources: request.sources.as_deref().unwrap_or_default(),
    };
    Ok(parcels.check(goods, today)?)
}

/// Whether the parcels of an application are still free when its certificate is drafted, which reserves them.
///
/// # Errors
/// Refuses where one is not; fails where the database does.
pub fn check_draft(
    tx: &mut Tx<'_>,
    participant: ParticipantCode,
    application: &str,
    today: Date,
) -> Result<(), Failure> {
    let mut parcels = Parcels::of_application(tx, participant, application, today)?;
    let replaces = queries::application_by_reference(tx, application)?.and_then(|found| found.replaces);
    parcels.kept_for = kept_for(tx, application, replaces.as_ref())?;
    Ok(parcels.check_free()?)
}

/// The applications whose parcels these are: a replacement is for the goods of the certificate it replaces.
fn kept_for(tx: &mut Tx<'_>, application: &str, replaces: Option<&CertificateNumber>) -> Result<Vec<String>> {
    let replaced = match replaces {
        Some(number) => queries::certificate_by_number(tx, number)?,
        None => None,
    };
    let replaced = replaced.map(|certificate| certificate.application.application);
    Ok(std::iter::once(application.to_owned()).chain(replaced).collect())
}

impl Parcels {
    /// Loads what an application names.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn load(tx: &mut Tx<'_>, participant: ParticipantCode, names: &[String], day: Date) -> Result<Self> {
        let sets = kp_registry::national_rules_of_participant(tx, participant)?;
        let required = rule_on(&sets, NationalRule::SourcesRequired, day) == "yes";
        let mut parcels = Self { required, ..Self::default() };
        for name in names {
            parcels.named.push((name.clone(), kp_custody::parcel_by_reference(tx, name)?));
        }
        parcels.look_further(tx, participant)?;
        Ok(parcels)
    }

    /// Loads what an application has named.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn of_application(
        tx: &mut Tx<'_>,
        participant: ParticipantCode,
        application: &str,
        day: Date,
    ) -> Result<Self> {
        let names = kp_custody::parcels_named(tx, application)?;
        Self::load(tx, participant, &names, day)
    }

    fn look_further(&mut self, tx: &mut Tx<'_>, participant: ParticipantCode) -> Result<()> {
        let known: Vec<&Parcel> = self.named.iter().filter_map(|(_, parcel)| parcel.as_ref()).collect();
        self.measures = kp_custody::measures_for(tx, &known)?;
        for parcel in known {
            for number in parcel.shares.iter().filter_map(|share| share.source.certificate()) {
                let confirmed = queries::confirmation_of_number(tx, &number)?.filter(|c| c.at == participant);
                self.draws.push(Draw {
                    parcel: parcel.parcel.clone(),
                    drawn: kp_custody::carats_drawn_of_import(tx, participant, &number)?,
                    confirmed: confirmed.map(|confirmation| confirmation.carats_confirmed),
                    number,
                });
            }
        }
        Ok(())
    }

    /// Whether an application may be taken for these parcels.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn check(&self, goods: Goods<'_>, today: Date) -> Result<(), Box<dyn Refuse>> {
        self.check_named(goods.participant)?;
        if self.named.is_empty() {
            return Ok(());
        }
        self.check_free()?;
        let licence = goods.licence;
        if let Some(parcel) = self.known().find(|parcel| parcel.holder != licence) {
            let (parcel, holder) = (parcel.parcel.clone(), parcel.holder.clone());
            return Err(Refusal::HolderNotExporter { parcel, holder, licence: licence.to_owned() }.into());
        }
        self.check_goods(goods)?;
        self.check_origin(goods)?;
        self.check_ground(today)?;
        self.check_sources(goods)
    }

    /// Whether the parcels may still leave: asked again when the certificate is issued, because measures change.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn check_again(&self, participant: ParticipantCode, today: Date) -> Result<(), Box<dyn Refuse>> {
        self.check_named(participant)?;
        if let Some(parcel) = self.known().find(|parcel| parcel.state != ParcelState::Reserved) {
            let (parcel, state) = (parcel.parcel.clone(), parcel.state);
            return Err(Refusal::ParcelNotHeld { parcel, state }.into());
        }
        self.check_ground(today)
    }

    /// Whether every parcel is held and on its way to nobody.
    ///
    /// # Errors
    /// The first that is not.
    pub fn check_free(&self) -> Result<(), Box<dyn Refuse>> {
        for parcel in self.known() {
            let kept = parcel.application.as_ref().is_some_and(|kept| self.kept_for.contains(kept));
            if parcel.state != ParcelState::Held && !(parcel.state == ParcelState::Reserved && kept) {
                let (parcel, state) = (parcel.parcel.clone(), parcel.state);
                return Err(Refusal::ParcelNotHeld { parcel, state }.into());
            }
            if let Some(to) = &parcel.handed_to {
                return Err(Refusal::ParcelUnderWay { parcel: parcel.parcel.clone(), to: to.clone() }.into());
            }
        }
        Ok(())
    }

    fn known(&self) -> impl Iterator<Item = &Parcel> {
        self.named.iter().filter_map(|(_, parcel)| parcel.as_ref())
    }

    fn check_named(&self, participant: ParticipantCode) -> Result<(), Box<dyn Refuse>> {
        if self.named.is_empty() && self.required {
            return Err(Refusal::ParcelsMissing { code: participant }.into());
        }
        for (index, (name, parcel)) in self.named.iter().enumerate() {
            let Some(parcel) = parcel else {
                return Err(Refusal::NoSuchParcel { parcel: name.clone() }.into());
            };
            if self.named.iter().take(index).any(|(other, _)| other == name) {
                return Err(Refusal::ParcelTwice { parcel: name.clone() }.into());
            }
            if parcel.participant != participant {
                return Err(Refusal::InAnotherLand { parcel: name.clone(), code: parcel.participant }.into());
            }
        }
        Ok(())
    }

    fn check_goods(&self, goods: Goods<'_>) -> Result<(), Box<dyn Refuse>> {
        if usize::try_from(goods.parcels) != Ok(self.named.len()) {
            return Err(Refusal::CountDiffers { declared: goods.parcels, named: self.named.len() }.into());
        }
        let mut classes: Vec<HsCode> =
            self.known().map(|parcel| parcel.hs).chain(goods.lines.iter().map(|line| line.hs)).collect();
        classes.sort_unstable();
        classes.dedup();
        for hs in classes {
            let of_class = self.known().filter(|parcel| parcel.hs == hs).map(|parcel| parcel.carats);
            let parcels = Carats::sum(of_class).unwrap_or_default();
            let lines = goods.lines.iter().find(|line| line.hs == hs).map(|line| line.carats);
            if lines.is_none_or(|lines| !weight::agrees(lines, parcels, goods.parcels)) {
                return Err(Refusal::CaratsDiffer { hs, parcels, lines: lines.unwrap_or_default() }.into());
            }
        }
        Ok(())
    }

    fn check_origin(&self, goods: Goods<'_>) -> Result<(), Box<dyn Refuse>> {
        let origin = origin_of(self.known());
        let agree = match (goods.origin, &origin) {
            (Origin::One(face), Some(Origin::One(code))) => face == code,
            (Origin::Mixed(face), Some(Origin::Mixed(parts))) => {
                face.parts().len() == parts.parts().len()
                    && face.parts().iter().zip(parts.parts()).all(|((face, stated), (code, carats))| {
                        face == code && weight::agrees(*stated, *carats, goods.parcels)
                    })
            }
            _ => false,
        };
        if agree {
            return Ok(());
        }
        let parcels = origin.map_or_else(|| "nowhere".to_owned(), |origin| origin.to_string());
        Err(Refusal::OriginDiffers { face: goods.origin.to_string(), parcels }.into())
    }

    fn check_sources(&self, goods: Goods<'_>) -> Result<(), Box<dyn Refuse>> {
        match drawn_as_held::difference(self.known(), goods.sources, goods.parcels) {
            None => Ok(()),
            Some(Difference { number, held, drawn }) => {
                Err(Refusal::SourcesDiffer { number, held, drawn }.into())
            }
        }
    }

    fn check_ground(&self, today: Date) -> Result<(), Box<dyn Refuse>> {
        for parcel in self.known() {
            if let Some(barred) = self.measures.barring_export(parcel, today) {
                let (lot, ground) = (barred.lot, barred.ground);
                let (on, legal_act, parcel) = (barred.on, barred.legal_act, parcel.parcel.clone());
                return Err(Refusal::UnderMeasure { lot, parcel, ground, on, legal_act }.into());
            }
        }
        for Draw { parcel, number, drawn, confirmed } in &self.draws {
            let (number, drawn) = (number.clone(), *drawn);
            match *confirmed {
                None => return Err(Refusal::ImportNotConfirmed { number, parcel: parcel.clone() }.into()),
                Some(confirmed) if drawn > confirmed => {
                    return Err(Refusal::ImportOverdrawn { number, drawn, confirmed }.into());
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use kp_custody::Share;
    use kp_registry::{ZoneChange, ZoneState};
    use kp_testkit::refused_in_order;

    use super::{Draw, Goods, Parcel, ParcelState, Parcels};
    use crate::{Line, testing::*};
    use kp_terms::Origin;

    fn parcel(reference: &str, hs: &str, sources: &[&str]) -> Parcel {
        let share = |(index, text): (usize, &&str)| {
            let source: kp_custody::Source = text.parse().unwrap();
            Share { id: format!("{reference}/{}", index + 1), carats: source.carats, source }
        };
        let shares: Vec<Share> = sources.iter().enumerate().map(share).collect();
        Parcel {
            parcel: reference.into(),
            participant: code("XA"),
            hs: hs.parse().unwrap(),
            carats: kp_terms::Carats::sum(shares.iter().map(|s| s.carats)).unwrap(),
            holder: "XA-EXP-7".into(),
            state: ParcelState::Held,
            application: None,
            recorded_on: day("2026-01-20"),
            recorded_by: "xa-clerk-1".into(),
            handed_to: None,
            handed_by: None,
            shares,
        }
    }

    const FIND: &str = "find L1 zone XA/north found 2026-01-10 carats 60.00";
    const IMPORT: &str = "import XB-000004 origin XC imported 2026-01-12 carats 40.00";

    struct World {
        parcels: Parcels,
        origin: Origin,
        count: u32,
        lines: Vec<Line>,
        sources: Vec<crate::SourceDraw>,
    }

    fn only(world: &mut World) -> &mut Parcel {
        world.parcels.named[0].1.as_mut().unwrap()
    }

    #[test]
    #[allow(clippy::too_many_lines, reason = "one line for each reason")]
    fn each_reason_in_its_order() {
        let mut world = World {
            parcels: Parcels { required: true, ..Parcels::default() },
            origin: "XA".parse().unwrap(),
            count: 1,
            lines: vec!["7102.31 100.11 1.00".parse().unwrap()],
            sources: Vec::new(),
        };
        let check = |w: &World| {
            let goods = Goods {
                participant: code("XA"),
                licence: "XA-EXP-7",
                origin: &w.origin,
                parcels: w.count,
                lines: &w.lines,
                sources: &w.sources,
            };
            keyed(w.parcels.check(goods, day("2026-02-03")))
        };
        refused_in_order(
            &mut world,
            check,
            &[
                ("parcels_missing", |w| w.parcels.named.push(("XA-P-1".into(), None))),
                ("no_such_parcel", |w| {
                    let there = Some(parcel("XA-P-1", "7102.31", &[FIND, IMPORT]));
                    w.parcels.named = vec![("XA-P-1".into(), there.clone()), ("XA-P-1".into(), there)];
                }),
                ("parcel_twice", |w| {
                    w.parcels.named.pop();
                    only(w).participant = code("XB");
                }),
                ("parcel_in_another_land", |w| {
                    only(w).participant = code("XA");
                    only(w).state = ParcelState::Seized;
                    only(w).handed_to = Some("XA-EXP-2".into());
                    only(w).holder = "XA-EXP-2".into();
                }),
                ("parcel_not_held", |w| {
                    only(w).state = ParcelState::Reserved;
                    only(w).application = Some("XA-A-9".into());
                }),
                // Reserved for the certificate that this one replaces, it may be named.
                ("parcel_not_held", |w| w.parcels.kept_for.push("XA-A-9".into())),
                ("parcel_under_way", |w| only(w).handed_to = None),
                ("holder_not_exporter", |w| {
                    only(w).holder = "XA-EXP-7".into();
                    w.count = 2;
                }),
                ("parcel_count_differs", |w| w.count = 1),
                ("carats_differ_from_parcels", |w| {
                    w.lines =
                        vec!["7102.31 100.10 1.00".parse().unwrap(), "7102.21 1.00 1.00".parse().unwrap()];
                }),
                ("carats_differ_from_parcels", |w| w.lines.truncate(1)),
                ("origin_differs_from_parcels", |w| w.origin = "mixed XA:60.00 XD:40.00".parse().unwrap()),
                ("origin_differs_from_parcels", |w| w.origin = "mixed XA:59.00 XC:41.00".parse().unwrap()),
                ("origin_differs_from_parcels", |w| {
                    w.origin = "mixed XA:60.05 XC:40.05".parse().unwrap();
                    w.parcels.measures.zones = vec![ZoneChange {
                        zone: "XA/north".parse().unwrap(),
                        state: ZoneState::Suspended,
                        effective_from: day("2026-02-01"),
                        legal_act: "decision 4".into(),
                    }];
                }),
                // L36: found when the zone was open, but mixed, and the zone is closed now.
                ("stones_under_measure", |w| {
                    w.parcels.measures.zones.clear();
                    w.parcels.draws = vec![Draw {
                        parcel: "XA-P-1".into(),
                        number: number("XB-4"),
                        drawn: carats(4_000),
                        confirmed: None,
                    }];
                }),
                ("import_not_confirmed", |w| w.parcels.draws[0].confirmed = Some(carats(3_999))),
                ("import_overdrawn", |w| w.parcels.draws[0].confirmed = Some(carats(4_000))),
                ("sources_differ_from_parcels", |w| w.sources = vec!["XB-4 39.00".parse().unwrap()]),
                ("sources_differ_from_parcels", |w| w.sources = vec!["XB-4 40.00".parse().unwrap()]),
            ],
        );
        only(&mut world).state = ParcelState::Held;
        assert_eq!(
            keyed(world.parcels.check_again(code("XA"), day("2026-02-03"))).unwrap_err(),
            "parcel_not_held",
            "when it is issued, the parcels are reserved for it"
        );
        only(&mut world).state = ParcelState::Reserved;
        world.parcels.check_again(code("XA"), day("2026-02-03")).unwrap();
    }

    #[test]
    fn where_no_rule_asks_for_parcels_none_need_be_named() {
        let origin: Origin = "XA".parse().unwrap();
        let goods = Goods {
            participant: code("XA"),
            licence: "",
            origin: &origin,
            parcels: 1,
            lines: &[],
            sources: &[],
        };
        Parcels::default().check(goods, day("2026-02-03")).unwrap();
        Parcels::default().check_again(code("XA"), day("2026-02-03")).unwrap();
    }
}
