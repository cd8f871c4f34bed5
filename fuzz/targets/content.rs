//! What a page of a document paints: the input is its content, with a form and a picture at hand.
#![no_main]

use libfuzzer_sys::fuzz_target;

const PAGE: &str = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/Contents 4 0 R/Resources<</XObject<</A 5 0 R/B 6 0 R>>\
/ExtGState<</G<</ca .5>>>>/ColorSpace<</S[/Separation/X/DeviceGray 7 0 R]/I[/Indexed/DeviceRGB 1(abcdef)]>>>>>>endobj
5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 90 90]/Matrix[.5 0 0 .5 9 9]/Length 24/Resources<</XObject<</A 5 0 R>>>>>>
stream
q 0 g 0 0 9 9 re f /A Do
endstream endobj
6 0 obj<</Type/XObject/Subtype/Image/Width 3/Height 3/BitsPerComponent 8/ColorSpace/DeviceGray/Length 9>>
stream
\x01\x7f\x01\x7f\x01\x7f\x01\x7f\x01
endstream endobj
";

fuzz_target!(|content: &[u8]| {
    let mut file = format!("%PDF-1.7\n{PAGE}4 0 obj<</Length {}>>\nstream\n", content.len()).into_bytes();
    file.extend_from_slice(content);
    file.extend_from_slice(b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    kp_fuzz::limited(160, 6000, || {
        let _ = kp_scan::read_codes(&file);
    });
});
