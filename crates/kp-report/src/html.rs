//! What HTML and SVG need of a text: escaping, and anchors that survive in an address.

/// Escapes a text for element content and for attributes in double quotes. Control characters, which no XML may hold,
/// become a space.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The anchor of a finding or participant: its id, with what an address cannot hold written as `~` and its bytes in
/// hexadecimal, so that two ids never share one.
///
/// ```
/// assert_eq!(kp_report::anchor("production_surge:GN:2008"), "production_surge:GN:2008");
/// assert_eq!(kp_report::anchor("a b"), "a~20b");
/// ```
pub fn anchor(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b':' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            other => out.push_str(&format!("~{other:02x}")),
        }
    }
    out
}
