//! dbg
#![allow(clippy::print_stdout)]
fn main() {
    let h = kp_measure::labelled(5_000, 1);
    let a = kp_detect::stream::analyze(h.clean.clone(), &kp_detect::stream::Settings::default());
    for f in a.findings.iter().filter(|f| f.detector == "counts_differ_from_register").take(5) {
        println!("{} {:?}", f.title, f.arithmetic);
    }
    println!("{} {:?}", a.findings.len(), h.clean.certificates[0]);
}
