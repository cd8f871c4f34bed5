//! A wallet of many good certificates with the lists to verify them by: `wallet FOLDER [COUNT]` (10,000 unless told).
//!
//! Writes `wallet.txt` (both codes of each, one a line), `lists.file` and `roots.txt`; what to type then is said. The keys
//! are made from names and published; they sign nothing else.

#![allow(clippy::print_stdout, reason = "a command for developers speaks on standard output")]

#[path = "../tests/it/world.rs"]
mod world;

use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

use kp_sign::hex;
use world::{World, content};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Ok(count)) = (
        arguments.next().map(PathBuf::from),
        arguments.next().map_or(Ok(10_000), |count| count.parse::<u64>()),
    ) else {
        println!("wallet FOLDER [COUNT]");
        return ExitCode::FAILURE;
    };
    match write(&folder, count) {
        Ok(()) => {
            let folder = folder.display();
            println!(
                "kpcs verify {folder}/wallet.txt --lists {folder}/lists.file --roots {folder}/roots.txt \
                 --at 2026-02-12T10:00:00Z"
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &std::path::Path, count: u64) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut world = World::new();
    let mut wallet = String::new();
    for number in 1..=count {
        let (credential, receipt) = world.issue(&content(number));
        wallet.extend([credential.to_text(), "\n".to_owned(), receipt.to_text(), "\n".to_owned()]);
    }
    let mut roots = "kpcs root keys\nthreshold 2\n".to_owned();
    for key in World::roots().public_keys() {
        writeln!(roots, "{} a root", hex(&key.to_bytes())).map_err(std::io::Error::other)?;
    }
    std::fs::write(folder.join("wallet.txt"), wallet)?;
    std::fs::write(folder.join("lists.file"), world.bundle())?;
    std::fs::write(folder.join("roots.txt"), roots)
}
