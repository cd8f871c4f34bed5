//! How many simulated scans and photographs are read, by us and by `rqrr` alone: `rates [PAGES]`.
//!
//! `cargo run --release -p kp-scan --example rates -- 1000` gives the figures of `docs/decisions`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "prints a table, and stops if it cannot")]

#[path = "../tests/camera/mod.rs"]
mod camera;

use std::time::Instant;

use camera::{Camera, Chance, Picture};

type Make = dyn Fn(&mut Chance, &[String; 2]) -> Picture;

fn main() {
    let pages: u64 = std::env::args().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(20);
    let only = std::env::args().nth(2);
    println!(
        "{:28} {:>6} {:>10} {:>12} {:>10} {:>12}",
        "both symbols of a page", "pages", "ours", "ms a page", "rqrr", "ms a page"
    );
    let scan = |chance: &mut Chance, codes: &[String; 2]| {
        let sheet = camera::whole_sheet(chance, codes).ink();
        camera::scanned_200(&sheet, chance)
    };
    let part = |chance: &mut Chance, codes: &[String; 2]| {
        let part = camera::lower_part(chance, codes).ink();
        camera::scanned_200(&part, chance)
    };
    let photo = |camera: Camera| {
        move |chance: &mut Chance, codes: &[String; 2]| {
            let part = camera::lower_part(chance, codes).ink();
            camera.photograph(&part, chance)
        }
    };
    let hd = |scale| Camera { width: 1920, height: 1080, scale, blur: 1.4, turn: 25.0 };
    let kinds: Vec<(&str, Box<Make>)> = vec![
        ("scan 200 dpi, part", Box::new(part)),
        ("photo 1080p, 14.2 px/mm", Box::new(photo(hd(14.2)))),
        ("photo 1080p, 12 px/mm", Box::new(photo(hd(12.0)))),
        (
            "photo 720p, 9.5 px/mm",
            Box::new(photo(Camera { width: 1280, height: 720, scale: 9.5, blur: 1.2, turn: 25.0 })),
        ),
        (
            "photo 12 MP, 28 px/mm",
            Box::new(photo(Camera { width: 4000, height: 3000, scale: 28.0, blur: 3.0, turn: 180.0 })),
        ),
        ("scan 200 dpi, A4", Box::new(scan)),
    ];
    for (name, make) in kinds {
        if only.as_ref().is_none_or(|only| name.contains(only.as_str())) {
            row(name, pages, make.as_ref());
        }
    }
}

fn row(name: &str, pages: u64, make: &Make) {
    let (mut ours, mut theirs, mut ours_ms, mut theirs_ms) = (0, 0, 0.0, 0.0);
    for page in 0..pages {
        let mut chance = Chance::new(page + 1);
        let codes = camera::two_codes(&mut chance);
        let picture = make(&mut chance, &codes);
        let file = picture.png();
        let start = Instant::now();
        let scan = kp_scan::read_codes(&file).unwrap();
        ours_ms += start.elapsed().as_secs_f64() * 1000.0;
        let both = scan.codes.iter().map(|code| &code.text).eq(&codes);
        ours += u64::from(both);
        if !both {
            let path = std::env::temp_dir()
                .join(format!("unread-{}-{page}.png", name.replace([' ', ',', '/'], "-")));
            std::fs::write(&path, &file).unwrap();
            println!(
                "  unread: {} ({} codes, {} unread)",
                path.display(),
                scan.codes.len(),
                scan.unread.len()
            );
        }
        let bytes = picture.bytes();
        let start = Instant::now();
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(picture.width, picture.height, |x, y| {
                bytes[y * picture.width + x]
            });
        let read: Vec<String> = prepared
            .detect_grids()
            .iter()
            .filter_map(|grid| grid.decode().ok())
            .map(|(_, text)| text)
            .collect();
        theirs_ms += start.elapsed().as_secs_f64() * 1000.0;
        theirs += u64::from(codes.iter().all(|code| read.contains(code)));
    }
    let share = |count: u64| count as f64 * 100.0 / pages as f64;
    let each = |ms: f64| ms / pages as f64;
    println!(
        "{name:28} {pages:>6} {:>9.1}% {:>12.0} {:>9.1}% {:>12.0}",
        share(ours),
        each(ours_ms),
        share(theirs),
        each(theirs_ms)
    );
}
