//! Scans and photographs of sheets, simulated: how many are read, what is said of damage, and what a file may not do.
//!
//! `KP_SCAN_PAGES=1000 cargo test --release -p kp-scan --test pictures` runs the full number; without it, enough to see
//! a loss of one in twenty.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod camera;

use camera::{Camera, Chance, Picture};
use kp_scan::{FileKind, Scan, ScanError, read_codes};

fn pages(few: u64) -> u64 {
    std::env::var("KP_SCAN_PAGES").ok().and_then(|pages| pages.parse().ok()).unwrap_or(few)
}

/// Reads so many pictures and wants both symbols, in order, from this share of them.
fn assert_rate(name: &str, pages: u64, wanted: f64, make: impl Fn(&mut Chance, &[String; 2]) -> Picture) {
    let read = (0..pages).filter(|page| {
        let mut chance = Chance::new(page + 1);
        let codes = camera::two_codes(&mut chance);
        let scan = read_codes(&make(&mut chance, &codes).png()).unwrap();
        scan.codes.iter().map(|code| &code.text).eq(&codes)
    });
    let share = read.count() as f64 / pages as f64;
    eprintln!("{name}: both symbols from {:.1} % of {pages}", share * 100.0);
    assert!(share >= wanted, "{name}: only {share} of {pages} pages were read, {wanted} are wanted");
}

#[test]
fn scans_at_200_dpi_are_read() {
    assert_rate("scan at 200 dpi, grey", pages(24), 0.99, |chance, codes| {
        let print = camera::lower_part(chance, codes).ink();
        camera::scanned_200(&print, chance)
    });
}

#[test]
fn a_whole_sheet_at_200_dpi_is_read() {
    assert_rate("scan of A4 at 200 dpi, grey", pages(2), 0.99, |chance, codes| {
        let print = camera::whole_sheet(chance, codes).ink();
        camera::scanned_200(&print, chance)
    });
}

#[test]
fn photographs_are_read() {
    for (scale, pages) in [(14.2, pages(10)), (12.0, pages(10))] {
        let camera = Camera { width: 1920, height: 1080, scale, blur: 1.4, turn: 25.0 };
        assert_rate(&format!("photograph, {scale} pixels a mm"), pages, 0.97, |chance, codes| {
            let print = camera::lower_part(chance, codes).ink();
            camera.photograph(&print, chance)
        });
    }
}

#[test]
fn a_photograph_upside_down_is_read_in_the_paper_s_order() {
    let camera = Camera { width: 1920, height: 1080, scale: 13.0, blur: 1.0, turn: 0.0 };
    let mut chance = Chance::new(5);
    let codes = camera::two_codes(&mut chance);
    let print = camera::lower_part(&mut chance, &codes).ink();
    let mut picture = camera.photograph(&print, &mut chance);
    picture.pixels.reverse();
    assert_eq!(texts(&read_codes(&picture.png()).unwrap()), codes);
}

fn texts(scan: &Scan) -> Vec<&str> {
    scan.codes.iter().map(|code| code.text.as_str()).collect()
}

#[test]
fn a_damaged_symbol_is_said_to_be_there() {
    let mut chance = Chance::new(3);
    let codes = camera::two_codes(&mut chance);
    let mut print = camera::lower_part(&mut chance, &codes);
    let mm = |mm: f64| (mm * camera::PRINT) as usize;
    // A stamp over the middle of the second symbol; its corner squares are free.
    print.fill(mm(69.0), mm(21.0), mm(16.0), mm(16.0), 20.0);
    let scan = read_codes(&camera::scanned_200(&print.ink(), &mut chance).png()).unwrap();
    assert_eq!(texts(&scan), [codes[0].as_str()]);
    assert_eq!(scan.unread.len(), 1, "{:?}", scan.unread);
    let said = scan.unread[0].to_string();
    assert!(said.contains("page 1, middle right") && said.contains("check code"), "{said}");
}

#[test]
fn codes_that_are_not_of_the_scheme_and_pictures_without_any_come_out_as_they_are() {
    let mut picture = Picture::paper(300, 300);
    picture.symbol(60, 60, 6, "https://example.org/not-a-certificate");
    let scan = read_codes(&picture.png()).unwrap();
    assert_eq!(texts(&scan), ["https://example.org/not-a-certificate"]);
    let place = scan.codes[0].place.unwrap();
    assert!((180..220).contains(&place.left) && (180..220).contains(&place.top), "{place:?}");
    let empty = read_codes(&Picture::paper(500, 400).png()).unwrap();
    assert_eq!((empty.kind, empty.codes.len(), empty.unread.len()), (FileKind::Png, 0, 0));
}

#[test]
fn white_on_black_is_read() {
    let mut picture = Picture::paper(700, 700);
    let code = Chance::new(9).code("KPC1:", 500);
    picture.symbol(80, 80, 6, &code);
    let scan = read_codes(&picture.map(|value| 255.0 - value).png()).unwrap();
    assert_eq!(texts(&scan), [code]);
}

/// Every colour type and depth that PNG has.
#[test]
fn every_kind_of_png_is_read() {
    use png::{BitDepth, ColorType};
    let code = Chance::new(4).code("KPC1:", 500);
    let mut picture = Picture::paper(400, 400);
    picture.symbol(40, 40, 4, &code);
    let kinds = [
        (ColorType::Grayscale, BitDepth::One),
        (ColorType::Grayscale, BitDepth::Four),
        (ColorType::Grayscale, BitDepth::Eight),
        (ColorType::Grayscale, BitDepth::Sixteen),
        (ColorType::GrayscaleAlpha, BitDepth::Eight),
        (ColorType::Rgb, BitDepth::Eight),
        (ColorType::Rgb, BitDepth::Sixteen),
        (ColorType::Rgba, BitDepth::Eight),
        (ColorType::Rgba, BitDepth::Sixteen),
        (ColorType::Indexed, BitDepth::Two),
    ];
    for (color, depth) in kinds {
        let file = encoded(&picture, color, depth);
        assert_eq!(texts(&read_codes(&file).unwrap()), [code.as_str()], "{color:?} {depth:?}");
    }
}

fn encoded(picture: &Picture, color: png::ColorType, depth: png::BitDepth) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, picture.width as u32, picture.height as u32);
    encoder.set_color(color);
    encoder.set_depth(depth);
    if color == png::ColorType::Indexed {
        encoder.set_palette(vec![20, 0, 60, 0, 255, 0, 255, 255, 230]);
    }
    let mut data = Vec::new();
    for row in picture.pixels.chunks(picture.width) {
        let (mut bits, mut count) = (0_u64, 0);
        for pixel in row {
            for part in 0..color.samples() {
                let light = *pixel > 128.0;
                let alpha = part + 1 == color.samples() && color.samples().is_multiple_of(2);
                let value = match color {
                    png::ColorType::Indexed => u64::from(light) * 2,
                    // Black ink, or nothing at all: the paper shows through.
                    _ if alpha => {
                        if light {
                            0
                        } else {
                            (1 << depth as u32) - 1
                        }
                    }
                    _ if color.samples().is_multiple_of(2) => 0,
                    _ => u64::from(light) * ((1 << depth as u32) - 1),
                };
                bits = bits << depth as u32 | value;
                count += depth as u32;
                while count >= 8 {
                    count -= 8;
                    data.push((bits >> count) as u8);
                }
            }
        }
        if count > 0 {
            data.push((bits << (8 - count)) as u8);
        }
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&data).unwrap();
    writer.finish().unwrap();
    file
}

#[test]
fn a_small_file_that_claims_to_be_a_large_picture_is_refused_or_kept_small() {
    let mut file = Vec::new();
    let mut writer = png::Encoder::new(&mut file, 60_000, 60_000).write_header().unwrap();
    writer.write_chunk(png::chunk::IDAT, &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]).unwrap();
    drop(writer);
    let said = read_codes(&file);
    assert!(matches!(said, Err(ScanError::TooManyPixels { .. })), "{said:?}");
    // SOI, SOF0 with 20,000 x 20,000 pixels in one component, SOS.
    let jpeg = [
        &[0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0x4e, 0x20, 0x4e, 0x20, 1, 1, 0x11, 0][..],
        &[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0],
    ];
    assert!(matches!(
        read_codes(&jpeg.concat()),
        Err(ScanError::TooManyPixels { .. } | ScanError::Broken { .. })
    ));
}
