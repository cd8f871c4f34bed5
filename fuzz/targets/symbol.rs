//! Symbols that any writer could print: segments of every kind, with counts and bits that do not fit each other, some
//! modules turned. Whatever our own alphabet wrote comes back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, QrSegmentMode, Version};

fuzz_target!(|bytes: &[u8]| {
    let [mode, count, turned, data @ ..] = bytes else { return };
    let modes = [
        QrSegmentMode::Numeric,
        QrSegmentMode::Alphanumeric,
        QrSegmentMode::Byte,
        QrSegmentMode::Kanji,
        QrSegmentMode::Eci,
    ];
    let bits: Vec<bool> = data.iter().flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1 == 1)).collect();
    let honest = mode % 6 == 5;
    let segment = if honest {
        let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        let text: String = data.iter().map(|byte| char::from(alphabet[usize::from(*byte) % 45])).collect();
        QrSegment::make_alphanumeric(&text)
    } else {
        QrSegment::new(modes[usize::from(mode % 6)], usize::from(*count) * 4, bits)
    };
    let made = QrCode::encode_segments_advanced(
        &[segment],
        QrCodeEcc::Medium,
        Version::new(1),
        Version::new(10),
        None,
        false,
    );
    let Ok(code) = made else { return };
    let side = (code.size() as usize + 8) * 3;
    let mut pixels = vec![255_u8; side * side];
    for y in 0..side {
        for x in 0..side {
            let (mx, my) = (x as i32 / 3 - 4, y as i32 / 3 - 4);
            let turn = !honest
                && *turned > 0
                && (mx * 31 + my * 17) % (i32::from(*turned) + 3) == 0
                && mx > 8
                && my > 8;
            if code.get_module(mx, my) != turn {
                pixels[y * side + x] = 0;
            }
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side as u32, side as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::NoCompression);
    let mut writer = encoder.write_header().expect("because the size is not zero");
    writer.write_image_data(&pixels).expect("because the length fits");
    writer.finish().expect("because a vector takes everything");
    kp_fuzz::limited(64, 4000, || {
        let scan = kp_scan::read_codes(&file).expect("because the file is whole");
        if honest && !data.is_empty() {
            assert_eq!(scan.codes.len(), 1, "a whole symbol is read");
        }
    });
});
