//! Writes all sheets into a folder, to look at while working on them:
//! `cargo run -p kp-paper --example sheets -- FOLDER`

use std::path::{Path, PathBuf};

use kp_paper::{Fonts, Layout, certificate, confirmation_slip, court_extract, specimen};

#[path = "../tests/samples/mod.rs"]
mod samples;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::args().nth(1).map_or_else(|| PathBuf::from("target/sheets"), PathBuf::from);
    std::fs::create_dir_all(&out)?;
    let fonts = Fonts::built_in()?.with_system();
    let layout = Layout::built_in();
    let everyday = samples::everyday();
    write(&out, "certificate.pdf", &certificate(&everyday, &layout, &fonts)?)?;
    write(&out, "certificate-longest.pdf", &certificate(&samples::longest(), &layout, &fonts)?)?;
    let mut issued = everyday.clone();
    (issued.codes, issued.validation, issued.training) = (None, None, true);
    write(&out, "certificate-issued-training.pdf", &certificate(&issued, &layout, &fonts)?)?;
    write(&out, "specimen.pdf", &specimen("Republic of Exemplia", &layout, &fonts, everyday.printed_at)?)?;
    let french = Layout::read(include_str!("../layouts/xa-portrait-fr.toml"))?;
    write(&out, "xa-certificate.pdf", &certificate(&everyday, &french, &fonts)?)?;
    write(&out, "xa-longest.pdf", &certificate(&samples::longest(), &french, &fonts)?)?;
    let stock = include_str!("../layouts/xb-landscape-ar.toml");
    write(&out, "xb-on-stock.pdf", &certificate(&everyday, &Layout::read(stock)?, &fonts)?)?;
    let arabic = Layout::read(&stock.replace("\"preprinted\"", "\"plain\""))?;
    write(&out, "xb-certificate.pdf", &certificate(&everyday, &arabic, &fonts)?)?;
    write(&out, "xb-longest.pdf", &certificate(&samples::longest(), &arabic, &fonts)?)?;
    write(&out, "slip.pdf", &confirmation_slip(&samples::slip(), &layout, &fonts)?)?;
    write(&out, "slip-ar.pdf", &confirmation_slip(&samples::slip(), &arabic, &fonts)?)?;
    write(&out, "extract.pdf", &court_extract(&samples::extract(), &layout, &fonts)?)?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example speaks to the developer")]
fn write(out: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    println!("{name}: {} bytes", bytes.len());
    std::fs::write(out.join(name), bytes)
}
