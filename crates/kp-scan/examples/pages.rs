//! The two ends of the interop run (`interop/run.sh`): certificates onto sheets, and pictures back into texts.
//!
//! `pages write CERTIFICATES.jsonl FOLDER` prints a sheet for each line of `random_credentials`;
//! `pages read FILE ...` writes one line of JSON for each picture or document.
#![allow(clippy::print_stdout, reason = "lines for the script that calls it")]

use std::path::Path;

use kp_paper::{
    CertificateSheet, Codes, Container, Fonts, GoodsLine, Layout, Party, Print, Validation, certificate,
};
use kp_terms::HsCode;
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", lines, folder] => write(Path::new(lines), Path::new(folder)),
        ["read", ..] => arguments[1..].iter().try_for_each(|file| read(Path::new(file))),
        _ => Err("say `write CERTIFICATES.jsonl FOLDER` or `read FILE ...`".into()),
    }
}

fn write(lines: &Path, folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    let (fonts, layout) = (Fonts::built_in()?, Layout::built_in());
    for (each, line) in std::fs::read_to_string(lines)?.lines().enumerate() {
        let line: Value = serde_json::from_str(line)?;
        let text =
            |key: &str| line[key].as_str().map(str::to_owned).ok_or(format!("line {each} has no {key}"));
        let codes = Codes {
            certificate: text("kpc1")?,
            receipt: Some(text("kpr1")?),
            check_code: text("check_code")?,
        };
        let number = line["content"]["number"].as_str().ok_or("no number")?;
        let sheet = sheet(number, codes)?;
        std::fs::write(folder.join(format!("{each:05}.pdf")), certificate(&sheet, &layout, &fonts)?)?;
    }
    Ok(())
}

/// An everyday certificate with these codes. Its words are the same on every sheet: the codes are what is tested.
fn sheet(number: &str, codes: Codes) -> Result<CertificateSheet, Failure> {
    let party = |name: &str| Party {
        name: name.to_owned(),
        address: "12 Quay Street\nPort Exemplar".to_owned(),
        licence: "EX-0042".to_owned(),
    };
    Ok(CertificateSheet {
        number: number.parse()?,
        issuer_name: "Republic of Exemplia".to_owned(),
        authority: "Exemplia Diamond Office\n4 Harbour Road, Port Exemplar".to_owned(),
        issued_on: "2026-02-03".parse()?,
        expires_on: "2026-04-03".parse()?,
        validation: Some(Validation { on: "2026-02-05".parse()?, officer: "Amina Okonjo-Bell".to_owned() }),
        exporter: party("Exemplia River Stones Ltd"),
        importer: party("Beispiel & Søn Trading BV"),
        origin: "XA".parse()?,
        origin_name: "Exemplia".to_owned(),
        provenance: "XA".parse()?,
        provenance_name: "Exemplia".to_owned(),
        destination: "XB".parse()?,
        destination_name: "Beispielland".to_owned(),
        goods: vec![GoodsLine {
            class: HsCode::Unsorted,
            carats: "1204.37".parse()?,
            value: "182411.00".parse()?,
        }],
        parcels: 1,
        parcel_list: Vec::new(),
        containers: vec![Container { label: "Box 1".to_owned(), seal: "A-77120".to_owned() }],
        technical_purpose: None,
        quality: String::new(),
        transit_purpose: None,
        codes: Some(codes),
        print: Print::Original,
        training: false,
        printed_at: "2026-02-05T10:12:00Z".parse()?,
    })
}

fn read(file: &Path) -> Result<(), Failure> {
    let name = file.file_name().and_then(|name| name.to_str());
    println!(
        "{}",
        match kp_scan::read_codes(&std::fs::read(file)?) {
            Ok(scan) => json!({
                "file": name,
                "codes": scan.codes.iter().map(|code| &code.text).collect::<Vec<_>>(),
                "unread": scan.unread.iter().map(ToString::to_string).collect::<Vec<_>>(),
            }),
            Err(error) => json!({"file": name, "error": error.to_string()}),
        }
    );
    Ok(())
}
