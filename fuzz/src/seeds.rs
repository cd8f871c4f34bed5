//! Writes the first inputs of every target into `corpus/`: `cargo run --bin seeds`. Invented participants, keys made of
//! one repeated byte; the same bytes in every run.

use std::io::Write as _;
use std::path::Path;

use kp_certificate::lists::{
    Allotment, Complete, Direction, DocumentKey, Fate, Head, KeyClass, ListFile, LogKey, Membership,
    Participant, Participants, Ranges, Signers, Snapshot, Specimen, Specimens, Standing, StandingChange,
    State, Status, Trust, UnderWay, pack, seal,
};
use kp_certificate::{
    Content, Credential, Flags, Kind, Line, Origins, Party, Placed, Receipt, leaf_of, record_hash,
};
use kp_sign::SigningKey;
use kp_terms::{Carats, HsCode, UsdCents};
use kp_tlog::{Hash, inclusion_proof, leaf_hash, root_of};

// Built with the same flags as the targets, so it needs libFuzzer's counters; it fuzzes nothing.
libfuzzer_sys::fuzz_target!(|_bytes: &[u8]| {});

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let credential = Credential::sign(&content()?, &key(7)?)?;
    save("credential", "everyday", credential.bytes())?;
    save("code_text", "credential", credential.to_text().as_bytes())?;
    let mut receipts = Vec::new();
    for (size, index) in [(2, 1), (300, 255), (300, 299), (1024, 1)] {
        let receipt = receipt(&credential, size, index)?;
        save("receipt", &format!("{size}-{index}"), receipt.bytes())?;
        save("code_text", &format!("receipt-{size}-{index}"), receipt.to_text().as_bytes())?;
        receipts.push(receipt);
    }
    save("statement", "credential", credential.bytes())?;
    save("statement", "receipt", receipts[0].bytes())?;
    lists()?;
    for (name, text) in [
        ("check-code", credential.check_code().to_string()),
        ("number", "XA-000451".to_owned()),
        ("number-spelt", "xa 451".to_owned()),
        ("seals", "CD77120934,CD77120935,XA00417".to_owned()),
        ("name", "Société des Pierres de la Rivière S.A.R.L.".to_owned()),
    ] {
        save("typed", name, text.as_bytes())?;
    }
    let code = credential.to_text();
    let lines: Vec<&str> = [&code[..76], &code[76..152], &code[152..]].to_vec();
    save("message", "lines", format!("Dear colleague,\r\n{}\r\n\r\nRegards", lines.join("\r\n")).as_bytes())?;
    save(
        "message",
        "quoted",
        format!("> {}\n> \n{}", lines.join("=\n> "), receipts[1].to_text()).as_bytes(),
    )?;
    vectors()?;
    symbols(&code)?;
    documents()?;
    Ok(())
}

fn save(target: &str, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(name), bytes)?;
    Ok(())
}

fn key(seed: u8) -> Result<SigningKey, Failure> {
    Ok(SigningKey::from_bytes(&[seed; 32])?)
}

fn content() -> Result<Content, Failure> {
    Ok(Content {
        number: "XA-000451".parse()?,
        issuer: "XA".parse()?,
        issued_at: "2026-02-03T09:04:00Z".parse()?,
        expires_at: "2026-04-05T00:00:00Z".parse()?,
        authority: "Ministry of Mines, XA".into(),
        destination: "XB".parse()?,
        exporter: Party { name: "River Stones Ltd".into(), registry_id: "XA-EXP-7".into() },
        importer: Party { name: "Harbour Gems & Sons BV".into(), registry_id: "XB-IMP-0031".into() },
        origins: Origins::Named(vec!["XA".parse()?]),
        lines: vec![
            Line {
                class: HsCode::Industrial,
                carats: Carats::from_hundredths(812_350),
                value: UsdCents::from_cents(9_748_200),
            },
            Line {
                class: HsCode::NonIndustrial,
                carats: Carats::from_hundredths(3_600_050),
                value: UsdCents::from_cents(1_260_017_500),
            },
        ],
        parcels: 2,
        seals: vec!["CD77120934".into(), "CD77120935".into(), "XA00417".into()],
        kind: Kind::Normal,
        flags: Flags::default(),
        record_hash: record_hash(&[7; 16], b"the full record"),
    })
}

fn receipt(credential: &Credential, size: u64, index: u64) -> Result<Receipt, Failure> {
    let placed = Placed { size, index, position: index + 40, previous: index + 31 };
    let mut leaves: Vec<Hash> = (0..size).map(|each| leaf_hash(&each.to_be_bytes())).collect();
    leaves[usize::try_from(index)?] = leaf_hash(&leaf_of(credential, placed));
    let path = inclusion_proof(&leaves, index)?;
    let at = "2026-02-03T09:04:01Z".parse()?;
    Ok(Receipt::sign("kp.XA/2026", placed, &path, root_of(&leaves), at, &key(9)?)?)
}

fn lists() -> Result<(), Failure> {
    let files = vec![
        seal(&participants()?, &[&key(101)?])?,
        seal(&trust()?, &[&key(111)?])?,
        seal(&status()?, &[&key(121)?])?,
        seal(&ranges()?, &[&key(121)?])?,
        seal(&specimens()?, &[&key(121)?])?,
    ];
    let snapshot = seal(&Snapshot::of(head("scheme")?, &files)?, &[&key(110)?])?;
    for (name, file) in ["participants", "trust", "status", "ranges", "specimens"].iter().zip(&files) {
        save("lists", name, &file.to_bytes())?;
    }
    save("lists", "snapshot", &ListFile::to_bytes(&snapshot))?;
    save("lists", "bundle", &pack(&snapshot, &files)?)?;
    Ok(())
}

fn head(issuer: &str) -> Result<Head, Failure> {
    Ok(Head {
        version: 1,
        issuer: issuer.into(),
        issued_at: "2026-02-03T06:00:00Z".parse()?,
        expires_at: "2026-03-20T06:00:00Z".parse()?,
    })
}

fn signers(seed: u8) -> Result<Signers, Failure> {
    Ok(Signers::new(1, [key(seed)?.public()]))
}

fn participants() -> Result<Participants, Failure> {
    let standing = StandingChange {
        standing: Standing::Suspended,
        direction: Direction::Export,
        scope: String::new(),
        effective_at: "2030-01-01T00:00:00Z".parse()?,
        under_way: UnderWay::HoldAndAsk,
        legal_act: "AD 2030/1".into(),
    };
    let participant = Participant {
        code: "XA".parse()?,
        name: "Invented XA".into(),
        membership: vec![Membership {
            from: "2003-01-01T00:00:00Z".parse()?,
            until: None,
            legal_act: "founding".into(),
        }],
        standing: vec![standing],
        excluded: vec![],
        prefixes: vec![],
        signers: signers(111)?,
    };
    Ok(Participants {
        head: head("scheme")?,
        snapshot_signers: signers(110)?,
        participants: vec![participant],
    })
}

fn trust() -> Result<Trust, Failure> {
    Ok(Trust {
        head: head("XA")?,
        document_keys: vec![DocumentKey {
            public: key(7)?.public(),
            class: KeyClass::Token,
            valid_from: "2026-01-01T00:00:00Z".parse()?,
            signs_until: "2027-01-01T00:00:00Z".parse()?,
            retired_at: None,
            compromise: None,
        }],
        log_keys: vec![LogKey { log: "kp.XA/2026".into(), public: key(9)?.public() }],
        list_signers: signers(121)?,
    })
}

fn status() -> Result<Status, Failure> {
    Ok(Status {
        head: head("XA")?,
        complete: vec![Complete { log: "kp.XA/2026".into(), size: 24, at: "2026-02-03T06:00:00Z".parse()? }],
        certificates: Status::runs((1..=6).map(|serial| (serial, [serial as u8; 16]))),
        fates: vec![Fate {
            serial: 3,
            state: State::Used,
            at: "2026-01-20T10:00:00Z".parse()?,
            place: "XB".into(),
            replaced_by: None,
        }],
    })
}

fn ranges() -> Result<Ranges, Failure> {
    let allotted = vec![Allotment {
        first: 1,
        last: 999,
        to: "Port office".into(),
        from: "2026-01-01".parse()?,
        until: None,
    }];
    Ok(Ranges { head: head("XA")?, allotted, missing_blanks: vec![] })
}

fn specimens() -> Result<Specimens, Failure> {
    let forms = vec![Specimen {
        form: "XA 2026".into(),
        valid_from: "2026-01-01".parse()?,
        valid_until: None,
        features: vec!["watermark".into()],
        picture_hash: [3; 32],
    }];
    Ok(Specimens { head: head("XA")?, forms })
}

/// A small symbol as a PNG file in two kinds, and its pixels.
fn symbols(code: &str) -> Result<(), Failure> {
    let small = qrcodegen::QrCode::encode_text("KPC1:6BFA", qrcodegen::QrCodeEcc::Medium)?;
    let (modules, side) = (small.size() as usize, (small.size() as usize + 8) * 3);
    let dark = |x: usize, y: usize| small.get_module(x as i32 / 3 - 4, y as i32 / 3 - 4);
    let grey: Vec<u8> =
        (0..side * side).map(|at| if dark(at % side, at / side) { 20 } else { 240 }).collect();
    for (name, interlaced) in [("grey.png", false), ("rgba.png", true)] {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, side as u32, side as u32);
        if interlaced {
            encoder.set_color(png::ColorType::Rgba);
            let rgba: Vec<u8> =
                grey.iter().flat_map(|pixel| [*pixel, *pixel, *pixel, 255 - pixel / 2]).collect();
            encoder.write_header()?.write_image_data(&rgba)?;
        } else {
            encoder.set_color(png::ColorType::Grayscale);
            encoder.write_header()?.write_image_data(&grey)?;
        }
        save("picture", name, &file)?;
    }
    let across = modules + 8;
    let mut pixels = vec![across as u8, 2];
    pixels.extend((0..across * across).map(|at| {
        if small.get_module((at % across) as i32 - 4, (at / across) as i32 - 4) { 20 } else { 240 }
    }));
    save("pixels", "symbol", &pixels)?;
    let numbers: Vec<u8> = code.bytes().collect();
    for mode in 0..6_u8 {
        save("symbol", &format!("mode-{mode}"), &[&[mode, 9, mode][..], &numbers[..90]].concat())?;
    }
    save("symbol", "honest", &[&[5, 0, 0][..], &numbers[..300.min(numbers.len())]].concat())?;
    Ok(())
}

fn documents() -> Result<(), Failure> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(b"q 1 0 0 1 5 5 cm 0 g 0 0 9 9 re f Q /A Do")?;
    let packed = packed.finish()?;
    let mut file = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 60 60]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>endobj
"
    .to_vec();
    file.extend(format!("4 0 obj<</Filter/FlateDecode/Length {}>>\nstream\n", packed.len()).into_bytes());
    file.extend(packed);
    file.extend(
        b"\nendstream endobj
5 0 obj<</Type/XObject/Subtype/Image/Width 9/Height 3/BitsPerComponent 1/ImageMask true/Length 6>>
stream
\x55\x80\xaa\x80\x55\x80
endstream endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF",
    );
    save("document", "small", &file)?;
    for (name, content) in [
        ("paths", "q .5 0 0 .5 3 3 cm 0 0 m 9 0 l 9 9 l h f* 1 0 0 RG 5 5 20 20 re W n 0 0 90 90 re f Q"),
        (
            "colours",
            "/S cs 1 scn 0 0 5 5 re f /I cs 1 sc 5 0 5 5 re f .1 .2 .3 rg 0 5 5 5 re B 0 0 0 1 k /G gs 9 9 1 1 re f",
        ),
        (
            "objects",
            "/A Do q 30 0 0 30 9 9 cm /B Do Q BI /W 2 /H 2 /BPC 8 /CS /G ID \x01\x7f\x01\x7f EI 3 3 m 1 2 3 4 5 6 c 1 2 3 4 v 5 6 7 8 y f",
        ),
    ] {
        save("content", name, content.as_bytes())?;
    }
    Ok(())
}

/// Everything in `specs/vectors` that must fail, each text once.
fn vectors() -> Result<(), Failure> {
    let file = |name: &str| -> Result<serde_json::Value, Failure> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/vectors").join(name);
        Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
    };
    let mut texts = std::collections::BTreeSet::new();
    for case in file("certificate.json")?["must_fail"].as_array().into_iter().flatten() {
        let name = case["name"].as_str().unwrap_or("unnamed");
        for key in ["kpc1", "kpr1"] {
            let Some(text) = case[key].as_str().filter(|text| texts.insert((*text).to_owned())) else {
                continue;
            };
            save("code_text", &format!("vector-{name}-{key}"), text.as_bytes())?;
            if let Some(Ok(bytes)) = text.get(5..).map(kp_certificate::decode_base45) {
                let target = if key == "kpc1" { "credential" } else { "receipt" };
                save(target, &format!("vector-{name}"), &bytes)?;
            }
        }
    }
    for case in file("lists.json")?["must_fail"].as_array().into_iter().flatten() {
        let digits = case["bundle"].as_str().unwrap_or_default();
        let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16);
        let bytes: Vec<u8> = (0..digits.len() / 2).map(|at| byte(at * 2)).collect::<Result<_, _>>()?;
        save("lists", &format!("vector-{}", case["name"].as_str().unwrap_or("unnamed")), &bytes)?;
    }
    Ok(())
}
