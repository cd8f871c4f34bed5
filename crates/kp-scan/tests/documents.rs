//! PDF documents as other programs write them: symbols drawn as rectangles, squares moved by the matrix, forms, scans.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod camera;

use std::io::Write as _;

use camera::{Chance, Picture};
use kp_scan::{FileKind, ScanError, read_codes};

/// A document of these objects (numbered from 1; the first is the catalogue), with a table of places.
fn document(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        writeln!(file, "{number} 0 obj").unwrap();
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).unwrap();
    file
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// One page of A4 with this content and these resources.
fn page(content: Vec<u8>, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let page =
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into_bytes(),
        content,
    ];
    objects.extend_from_slice(more);
    document(&objects)
}

/// Both symbols as `re` operators, modules of 4/300 inch.
fn drawn(codes: &[String; 2], each: impl Fn(f64, f64, f64) -> String) -> String {
    let mut content = String::new();
    let module = 72.0 * 4.0 / 300.0;
    for (text, left) in codes.iter().zip([60.0, 200.0]) {
        let code = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium).unwrap();
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                content += &each(left + f64::from(x) * module, 200.0 - f64::from(y + 1) * module, module);
            }
        }
    }
    content
}

fn assert_both(file: &[u8], codes: &[String; 2]) {
    let scan = read_codes(file).unwrap();
    assert_eq!(scan.kind, FileKind::Pdf);
    assert_eq!(
        scan.codes.iter().map(|code| &code.text).collect::<Vec<_>>(),
        codes.iter().collect::<Vec<_>>()
    );
    assert!(scan.unread.is_empty() && scan.left_out.is_empty(), "{:?} {:?}", scan.unread, scan.left_out);
}

fn codes(seed: u64) -> [String; 2] {
    camera::two_codes(&mut Chance::new(seed))
}

#[test]
fn rectangles_paths_and_matrices_are_painted() {
    let codes = codes(11);
    let ways: [&dyn Fn(f64, f64, f64) -> String; 4] = [
        &|x, y, side| format!("{x:.3} {y:.3} {side:.3} {side:.3} re\n"),
        &|x, y, side| format!("{x} {y} m {0} {y} l {0} {1} l {x} {1} l h\n", x + side, y + side),
        &|x, y, side| format!("q {side} 0 0 {side} {x} {y} cm 0 0 1 1 re f Q\n"),
        &|x, y, side| format!("0 0 0.2 rg {x} {y} {side} {side} re f* 1 1 1 rg\n"),
    ];
    for way in ways {
        let content = format!("0.9 0.95 1 rg 0 0 595 842 re f 0 g\n{} f", drawn(&codes, way));
        assert_both(&page(stream("", content.as_bytes()), "", &[]), &codes);
        let packed = stream("/Filter/FlateDecode", &deflated(content.as_bytes()));
        assert_both(&page(packed, "", &[]), &codes);
    }
}

#[test]
fn a_form_within_a_form_and_an_ink_of_its_own_are_painted() {
    let codes = codes(12);
    let inner = drawn(&codes, |x, y, side| format!("{x:.3} {y:.3} {side:.3} {side:.3} re "));
    let inner = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</ColorSpace<</Black[/Separation/Black/DeviceGray 7 0 R]>>>>",
        format!("/Black cs 1 scn {inner} f").as_bytes(),
    );
    let outer = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[1 0 0 1 20 30]/Resources<</XObject<</B 6 0 R>>>>",
        b"q /B Do Q",
    );
    let file = page(stream("", b"q 0.96 0 0 0.96 5 5 cm /A Do Q"), "/XObject<</A 5 0 R>>", &[outer, inner]);
    assert_both(&file, &codes);
}

#[test]
fn a_scan_inside_a_document_is_read_in_one_piece_or_in_strips() {
    let codes = codes(13);
    let mut chance = Chance::new(13);
    let print = camera::lower_part(&mut chance, &codes).ink();
    let scan = camera::scanned_200(&print, &mut chance);
    let bytes = scan.bytes();
    let image = |from: usize, to: usize| {
        let dict = format!(
            "/Type/XObject/Subtype/Image/Width {}/Height {}/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode",
            scan.width,
            to - from
        );
        stream(&dict, &deflated(&bytes[from * scan.width..to * scan.width]))
    };
    let points = |pixels: usize| pixels as f64 * 72.0 / 200.0;
    let whole = format!("q {} 0 0 {} 100 400 cm /A Do Q", points(scan.width), points(scan.height));
    let file = page(stream("", whole.as_bytes()), "/XObject<</A 5 0 R>>", &[image(0, scan.height)]);
    assert_both(&file, &codes);

    let half = scan.height / 2;
    let strips = format!(
        "q {0} 0 0 {1} 100 {2} cm /A Do Q q {0} 0 0 {3} 100 400 cm /B Do Q",
        points(scan.width),
        points(half),
        400.0 + points(scan.height - half),
        points(scan.height - half)
    );
    let file = page(
        stream("", strips.as_bytes()),
        "/XObject<</A 5 0 R/B 6 0 R>>",
        &[image(0, half), image(half, scan.height)],
    );
    assert_both(&file, &codes);
}

#[test]
fn a_symbol_of_one_pixel_a_module_and_an_inverted_stencil_are_read() {
    let codes = codes(14);
    let mut small = Picture::paper(200, 100);
    small.symbol(8, 8, 1, &codes[0]);
    small.symbol(105, 8, 1, &codes[1]);
    let row = |y: usize| -> Vec<u8> {
        let dark = |x: usize| small.pixels[y * 200 + x] < 100.0;
        (0..25).map(|byte| (0..8).fold(0, |bits, bit| bits << 1 | u8::from(dark(byte * 8 + bit)))).collect()
    };
    let bits: Vec<u8> = (0..100).flat_map(row).collect();
    let dict =
        "/Type/XObject/Subtype/Image/Width 200/Height 100/ImageMask true/BitsPerComponent 1/Decode[1 0]";
    let file = page(
        stream("", b"0 0 0.4 rg q 200 0 0 100 50 50 cm /A Do Q"),
        "/XObject<</A 5 0 R>>",
        &[stream(dict, &bits)],
    );
    assert_both(&file, &codes);
}

#[test]
fn documents_made_to_unfold_or_to_hide_are_refused() {
    let zeros = deflated(&vec![b' '; 40 * 1024 * 1024]);
    let refused = |content: Vec<u8>, why: &str| {
        let error = read_codes(&page(content, "", &[b"[/FlateDecode/FlateDecode]".to_vec()])).unwrap_err();
        assert!(matches!(error, ScanError::ClosedPdf { .. }) && error.to_string().contains(why), "{error}");
    };
    refused(stream("/Filter/FlateDecode", &zeros), "too large");
    refused(stream("/Filter/Fl#61teDecode", &zeros), "too large");
    refused(stream("/Filter[/FlateDecode/FlateDecode]", &deflated(&zeros)), "twice");
    refused(stream("/Filter 5 0 R", &deflated(&zeros)), "hides");
    let locked = [&page(stream("", b""), "", &[])[..], b"trailer<</Encrypt 9 0 R>>"].concat();
    let error = read_codes(&locked).unwrap_err().to_string();
    assert!(error.contains("encrypted") && error.contains("print it to a new PDF"), "{error}");
    let error = read_codes(b"%PDF-1.7\nnothing").unwrap_err().to_string();
    assert!(error.contains("no pages"), "{error}");
}

/// A sheet of ours at 200 dpi, saved by another program (Pillow 13) in the ways scanners save.
#[test]
fn files_of_other_programs_are_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let texts = std::fs::read_to_string(folder.join("texts.txt")).unwrap();
    let texts: Vec<&str> = texts.lines().collect();
    for name in ["grey.jpg", "progressive.jpg", "four-inks.jpg", "four-inks.pdf", "fax.pdf", "jpeg2000.pdf"] {
        let scan = read_codes(&std::fs::read(folder.join(name)).unwrap()).unwrap();
        let wanted = if name == "jpeg2000.pdf" { &texts[..1] } else { &texts[..] };
        assert_eq!(scan.codes.iter().map(|code| code.text.as_str()).collect::<Vec<_>>(), wanted, "{name}");
    }
}
