//! Writes all sheets into a folder, to look at while working on them:
//! `cargo run -p kp-paper --example sheets -- FOLDER`

use std::path::{Path, PathBuf};

use kp_paper::{Fonts, Layout, certificate, specimen};

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
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example speaks to the developer")]
fn write(out: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    println!("{name}: {} bytes", bytes.len());
    std::fs::write(out.join(name), bytes)
}
