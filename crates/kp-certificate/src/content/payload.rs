//! The content as bytes, both ways: each field at its place, in its one form.
//!
//! `specs/certificate.md` rules 8 to 16. What comes as bytes is held to the same rules as what is signed here, the caps
//! included. No key is looked for: each is asked for at its place, so order and doubles need no second look.

use kp_terms::{Carats, CertificateNumber, HsCode, ParticipantCode, Timestamp, UsdCents};

use super::{Content, ContentFault, Field, Flags, Kind, Line, Origins, Party, Purpose};
use crate::{
    CredentialFault, LARGEST_CREDENTIAL,
    cbor::{Reader, Writer},
    seals::{expand, ranges},
};

/// Version of the payload.
const VERSION: u64 = 1;
/// What stands for a mixed origin (US592.307).
const MIXED: &str = "**";

impl Party {
    fn write(&self, writer: &mut Writer) {
        writer.array(2);
        writer.text(&self.name);
        writer.text(&self.registry_id);
    }

    fn read(reader: &mut Reader) -> Result<Self, CredentialFault> {
        reader.array_of(2, "name and registry id")?;
        Ok(Self { name: reader.text()?.to_owned(), registry_id: reader.text()?.to_owned() })
    }
}

impl Kind {
    const fn number(self) -> Option<u64> {
        match self {
            Self::Normal => None,
            Self::Technical(Purpose::Seized) => Some(1),
            Self::Technical(Purpose::Research) => Some(2),
            Self::Technical(Purpose::Return) => Some(3),
        }
    }
}

impl Flags {
    const fn number(self) -> u64 {
        self.single_officer as u64 | (self.training as u64) << 1
    }
}

/// What stands in the protected header.
pub(crate) struct Heading<'a> {
    pub(crate) number: &'a str,
    pub(crate) issuer: ParticipantCode,
    pub(crate) issued_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

impl Content {
    /// The payload's bytes.
    pub(crate) fn to_payload(&self) -> Result<Vec<u8>, ContentFault> {
        self.check()?;
        within(Field::Number, self.number.to_string().len())?;
        let mut map = Writer(Vec::with_capacity(320));
        let technical = self.kind.number();
        let flags = self.flags.number();
        map.map(11 + usize::from(technical.is_some()) + usize::from(flags != 0));
        map.unsigned(1);
        map.unsigned(VERSION);
        field(&mut map, Field::Authority, 2, |map| map.text(&self.authority))?;
        map.unsigned(3);
        map.text(self.destination.as_str());
        field(&mut map, Field::Exporter, 4, |map| self.exporter.write(map))?;
        field(&mut map, Field::Importer, 5, |map| self.importer.write(map))?;
        field(&mut map, Field::Origins, 6, |map| self.write_origins(map))?;
        field(&mut map, Field::Lines, 7, |map| self.write_lines(map))?;
        self.write_total(&mut map)?;
        field(&mut map, Field::Parcels, 9, |map| map.unsigned(u64::from(self.parcels)))?;
        field(&mut map, Field::Seals, 10, |map| {
            let short = ranges(&self.seals);
            map.array(short.len());
            short.iter().for_each(|seal| map.text(seal));
        })?;
        map.unsigned(11);
        map.bytes(&self.record_hash);
        for (key, number) in [(12, technical), (13, Some(flags).filter(|flags| *flags != 0))] {
            if let Some(number) = number {
                map.unsigned(key);
                map.unsigned(number);
            }
        }
        self.fits_whole(map.0)
    }

    /// The envelope around the payload: heads, protected header and signature.
    fn fits_whole(&self, payload: Vec<u8>) -> Result<Vec<u8>, ContentFault> {
        let mut claims = Writer::default();
        claims.text(&self.number.to_string());
        claims.integer(self.expires_at.as_second());
        claims.integer(self.issued_at.as_second());
        // tag, list, two heads of two or three bytes, empty map, signature with its head; then the header's fixed parts
        let envelope = 1 + 1 + 2 + 1 + 3 + 66 + 44 + claims.0.len();
        let over = (envelope + payload.len()).saturating_sub(LARGEST_CREDENTIAL);
        if over == 0 { Ok(payload) } else { Err(ContentFault::TooLong { field: Field::Whole, over }) }
    }

    fn write_origins(&self, map: &mut Writer) {
        match &self.origins {
            Origins::Mixed => {
                map.array(1);
                map.text(MIXED);
            }
            Origins::Named(codes) => {
                map.array(codes.len());
                codes.iter().for_each(|code| map.text(code.as_str()));
            }
        }
    }

    fn write_lines(&self, map: &mut Writer) {
        map.array(self.lines.len());
        for line in &self.lines {
            map.array(3);
            map.unsigned(class_number(line.class));
            map.integer(line.carats.hundredths());
            map.integer(line.value.cents());
        }
    }

    fn write_total(&self, map: &mut Writer) -> Result<(), ContentFault> {
        let (carats, value) = self.carats().zip(self.value()).ok_or(ContentFault::Sum)?;
        map.unsigned(8);
        map.array(2);
        map.integer(carats.hundredths());
        map.integer(value.cents());
        Ok(())
    }

    /// Reads a payload under its heading.
    pub(crate) fn from_payload(heading: Heading, payload: &[u8]) -> Result<Self, CredentialFault> {
        let mut map = Reader::new(payload);
        let pairs = map.map()?;
        map.exactly(1, "the version")?;
        map.exactly(1, "version 1")?;
        map.exactly(2, "the authority")?;
        let authority = map.text()?.to_owned();
        map.exactly(3, "the destination")?;
        let destination = participant(map.text()?)?;
        map.exactly(4, "the exporter")?;
        let exporter = Party::read(&mut map)?;
        map.exactly(5, "the importer")?;
        let importer = Party::read(&mut map)?;
        map.exactly(6, "the origins")?;
        let origins = read_origins(&mut map)?;
        map.exactly(7, "the lines")?;
        let lines = read_lines(&mut map)?;
        map.exactly(8, "the total")?;
        map.array_of(2, "carats and value")?;
        let total = (Carats::from_hundredths(map.amount()?), UsdCents::from_cents(map.amount()?));
        map.exactly(9, "the parcels")?;
        let parcels = u32::try_from(map.unsigned()?).unwrap_or(u32::MAX);
        map.exactly(10, "the seals")?;
        let seals = read_seals(&mut map)?;
        map.exactly(11, "the record hash")?;
        let record_hash = map.fixed("a hash of 32 bytes")?;
        let (kind, flags) = read_extras(&mut map, pairs)?;
        map.end()?;
        let number = number(heading.number, heading.issuer)?;
        let content = Self {
            number,
            issuer: heading.issuer,
            issued_at: heading.issued_at,
            expires_at: heading.expires_at,
            authority,
            destination,
            exporter,
            importer,
            origins,
            lines,
            parcels,
            seals,
            kind,
            flags,
            record_hash,
        };
        content.check()?;
        if content.carats().zip(content.value()) != Some(total) {
            return Err(ContentFault::Sum.into());
        }
        content.caps_after_reading()?;
        Ok(content)
    }

    /// The caps of single fields, for a content that came as bytes (the whole was measured before).
    fn caps_after_reading(&self) -> Result<(), ContentFault> {
        let text = |text: &str| text.len() + if text.len() < 24 { 1 } else { 2 };
        let party = |party: &Party| 2 + text(&party.name) + text(&party.registry_id);
        for (field, length) in [
            (Field::Number, self.number.printed().len()),
            (Field::Authority, 1 + text(&self.authority)),
            (Field::Exporter, party(&self.exporter)),
            (Field::Importer, party(&self.importer)),
            (Field::Parcels, if self.parcels > 255 { 4 } else { 3 }),
        ] {
            within(field, length)?;
        }
        Ok(())
    }
}

/// Writes a field and measures it.
fn field(
    map: &mut Writer,
    field: Field,
    key: u64,
    write: impl FnOnce(&mut Writer),
) -> Result<(), ContentFault> {
    let before = map.0.len();
    map.unsigned(key);
    write(map);
    within(field, map.0.len() - before)
}

fn within(field: Field, length: usize) -> Result<(), ContentFault> {
    let over = length.saturating_sub(field.cap());
    if over == 0 { Ok(()) } else { Err(ContentFault::TooLong { field, over }) }
}

const fn class_number(class: HsCode) -> u64 {
    match class {
        HsCode::Unsorted => 710_210,
        HsCode::Industrial => 710_221,
        HsCode::NonIndustrial => 710_231,
    }
}

fn fault<T>(what: &str) -> Result<T, CredentialFault> {
    Err(CredentialFault::NotInForm(what.to_owned()))
}

/// A participant's code exactly as signed bytes hold it.
pub(crate) fn participant(text: &str) -> Result<ParticipantCode, CredentialFault> {
    let code = text.parse().ok().filter(|code: &ParticipantCode| code.as_str() == text);
    code.map_or_else(|| fault("a participant's code in it is none"), Ok)
}

/// A number exactly as signed bytes hold it: the prefix, a hyphen, six digits or more without needless zeros.
fn number(text: &str, issuer: ParticipantCode) -> Result<CertificateNumber, CredentialFault> {
    let digits = text.get(3..).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let prefix = text.get(..2).map(participant).transpose()?;
    let made = prefix.zip(digits.and_then(|digits| digits.parse().ok()));
    let number = made.map(|(prefix, serial)| CertificateNumber::new(prefix, serial));
    match number {
        Some(number) if number.printed() == text && number.prefix() == issuer => Ok(number),
        Some(number) if number.printed() == text => {
            Err(ContentFault::NotTheIssuers { number: text.to_owned(), issuer }.into())
        }
        _ => fault("its number is not written as signed bytes hold it"),
    }
}

fn read_origins(map: &mut Reader) -> Result<Origins, CredentialFault> {
    let length = map.array()?;
    if !(1..=3).contains(&length) {
        return Err(ContentFault::OriginsOrder.into());
    }
    let mut codes = Vec::with_capacity(3);
    for _ in 0..length {
        let text = map.text()?;
        if text == MIXED && length == 1 {
            return Ok(Origins::Mixed);
        }
        codes.push(participant(text)?);
    }
    Ok(Origins::Named(codes))
}

fn read_lines(map: &mut Reader) -> Result<Vec<Line>, CredentialFault> {
    let length = map.array()?;
    if !(1..=3).contains(&length) {
        return Err(ContentFault::LinesOrder.into());
    }
    let before = map.rest().len();
    let mut lines = Vec::with_capacity(3);
    for _ in 0..length {
        map.array_of(3, "class, carats and value")?;
        let class = match map.unsigned()? {
            710_210 => HsCode::Unsorted,
            710_221 => HsCode::Industrial,
            710_231 => HsCode::NonIndustrial,
            _ => return fault("a class in it is not one of rough diamonds"),
        };
        let (carats, value) = (Carats::from_hundredths(map.amount()?), UsdCents::from_cents(map.amount()?));
        lines.push(Line { class, carats, value });
    }
    within(Field::Lines, 2 + before - map.rest().len())?;
    Ok(lines)
}

fn read_seals(map: &mut Reader) -> Result<Vec<String>, CredentialFault> {
    let length = map.array()?;
    let before = map.rest().len();
    let mut texts = Vec::with_capacity(usize::try_from(length.min(20)).unwrap_or_default());
    for _ in 0..length.min(100) {
        texts.push(map.text()?);
    }
    let head = if length < 24 { 2 } else { 3 };
    within(Field::Seals, head + before - map.rest().len())?;
    let Some(seals) = expand(texts.iter().copied()) else {
        return fault("a seal in it is no seal number");
    };
    // Three seals and no range is the everyday case: then nothing has to be shortened again to see that it is short.
    if ranges(&seals) == texts {
        Ok(seals)
    } else {
        fault("its seals are not written in their one short form")
    }
}

/// Kind and flags, which are only there where they say something.
fn read_extras(map: &mut Reader, pairs: u64) -> Result<(Kind, Flags), CredentialFault> {
    let (mut kind, mut flags) = (Kind::Normal, Flags::default());
    let mut extras = pairs.checked_sub(11).filter(|extras| *extras <= 2);
    let Some(extras) = extras.as_mut() else { return fault("its map has not the fields that belong there") };
    let mut ahead = *map;
    if *extras > 0 && ahead.unsigned()? == 12 {
        *map = ahead;
        kind = match map.unsigned()? {
            1 => Kind::Technical(Purpose::Seized),
            2 => Kind::Technical(Purpose::Research),
            3 => Kind::Technical(Purpose::Return),
            _ => return fault("its purpose is none that is known"),
        };
        *extras -= 1;
    }
    if *extras > 0 {
        map.exactly(13, "the flags")?;
        let number = map.unsigned()?;
        if !(1..=3).contains(&number) {
            return fault("its flags are none that are known");
        }
        flags = Flags { single_officer: number & 1 != 0, training: number & 2 != 0 };
        *extras -= 1;
    }
    if *extras == 0 { Ok((kind, flags)) } else { fault("its map has a field that does not belong there") }
}
