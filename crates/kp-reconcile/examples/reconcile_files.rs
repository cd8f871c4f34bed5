//! Scratch.
use std::path::PathBuf;
fn main() {
    let mut a = std::env::args().skip(1);
    let (folder, out) = (PathBuf::from(a.next().unwrap()), PathBuf::from(a.next().unwrap()));
    let format = match a.next().as_deref() {
        Some("parquet") => Some(kp_reconcile::Format::Parquet),
        _ => Some(kp_reconcile::Format::Csv),
    };
    let inputs = kp_reconcile::Inputs::in_folder(&folder, format).unwrap();
    let s = kp_reconcile::Settings {
        answered_until: kp_reconcile::Settings::ANSWERED_UNTIL,
        threads: 2,
        memory: None,
    };
    let start = std::time::Instant::now();
    let last = std::sync::Mutex::new(None);
    let r = kp_reconcile::reconcile(&inputs, &out, &s, &|st, d, of| {
        let mut l = last.lock().unwrap();
        if *l != Some(st) {
            *l = Some(st);
            eprintln!("{:?} {:?} {d}/{of}", start.elapsed(), st);
        }
    });
    match r {
        Ok(o) => {
            for w in &o.written {
                println!("{}  {} {}", w.sha256, w.name, w.rows);
            }
            println!("ALL {}", o.sha256);
            println!("{:?} peak {:?} MiB", start.elapsed(), kp_reconcile::memory::peak().map(|p| p >> 20));
            for c in &o.classes {
                println!("{:?}", c)
            }
            for r in &o.read {
                println!("{:?}", r.account)
            }
        }
        Err(e) => println!("{e}"),
    }
}
