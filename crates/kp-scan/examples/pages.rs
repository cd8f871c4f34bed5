//! The two ends of the interop run (`interop/run.sh`): certificates onto sheets, and pictures back into texts.
//!
//! `pages write CERTIFICATES.jsonl FOLDER` prints a sheet for each line of `random_credentials`;
//! `pages read FILE ...` writes one line of JSON for each picture or document.
#![allow(clippy::print_stdout, reason = "lines for the script that calls it")]

use std::path::Path;

use kp_paper::{CertificateSheet, Codes, Fonts, Layout, certificate};
use serde_json::{Value, json};

#[path = "../../kp-paper/tests/it/samples.rs"]
#[allow(dead_code, reason = "only the everyday certificate is used here")]
mod samples;

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
        let sheet = CertificateSheet {
            number: line["content"]["number"].as_str().ok_or("no number")?.parse()?,
            codes: Some(Codes {
                certificate: text("kpc1")?,
                receipt: Some(text("kpr1")?),
                check_code: text("check_code")?,
            }),
            ..samples::everyday()
        };
        std::fs::write(folder.join(format!("{each:05}.pdf")), certificate(&sheet, &layout, &fonts)?)?;
    }
    Ok(())
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
