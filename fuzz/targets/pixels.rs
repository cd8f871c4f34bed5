//! Pictures as such: the input is what a sensor saw, so that the search for symbols meets everything.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [width, zoom, pixels @ ..] = bytes else { return };
    let width = usize::from(*width).max(8);
    let height = pixels.len() / width;
    if height == 0 {
        return;
    }
    let zoom = usize::from(zoom % 6) + 1;
    let enlarged: Vec<u8> = (0..height * zoom)
        .flat_map(|y| (0..width * zoom).map(move |x| pixels[y / zoom * width + x / zoom]))
        .collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, (width * zoom) as u32, (height * zoom) as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::NoCompression);
    let mut writer = encoder.write_header().expect("because the size is not zero");
    writer.write_image_data(&enlarged).expect("because the length fits");
    writer.finish().expect("because a vector takes everything");
    kp_fuzz::limited(64, 4000, || {
        kp_scan::read_codes(&file).expect("because the file is whole");
    });
});
