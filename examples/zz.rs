//! Scratch.
use kleroterion::{io, Rule, Selector, audit, lottery::Sources};
#[allow(clippy::disallowed_types)]
use std::time::Instant;
fn main() {
    for dir in std::env::args().skip(1) {
        let size: u32 = dir.rsplit('_').next().unwrap().parse().unwrap();
        let t = Instant::now();
        let mut files = io::Files::new(format!("{dir}/categories.csv"), format!("{dir}/respondents.csv"));
        if dir.contains("addr") || dir.contains("household") { files = files.household_columns(["primary_address1", "zip_royal_mail"]); }
        let instance = match files.read(size) { Ok(i) => i, Err(e) => { println!("{dir}: {e}"); continue } };
        let t1 = t.elapsed(); let t = Instant::now();
        let d = match Selector::new(Rule::Leximin).distribution(&instance) { Ok(d) => d, Err(e) => { 
            if let kleroterion::ErrorKind::Infeasible(i) = e.kind() { println!("{}", audit::examine_infeasibility(i, &instance)); }
            println!("{dir}: {e}"); continue } };
        let t2 = t.elapsed(); let t = Instant::now();
        let l = d.into_lottery();
        let t3 = t.elapsed(); let t = Instant::now();
        let draw = l.draw(&Sources::new(["x"]).unwrap()).unwrap();
        let tr = draw.transcript();
        let t4 = t.elapsed(); let t = Instant::now();
        let bytes = tr.to_json().unwrap();
        let t5 = t.elapsed(); let t = Instant::now();
        std::fs::write(format!("/tmp/w/Bx/{}.json", dir.rsplit('/').next().unwrap()), &bytes).unwrap();
        let tr = io::json::transcript(&bytes, "t").unwrap();
        let t6 = t.elapsed(); let t = Instant::now();
        let r = audit::examine(&tr, &instance);
        let t7 = t.elapsed();
        println!("{dir}: {} comps, {} MB; read {t1:.1?} leximin {t2:.1?} into_lottery {t3:.1?} draw+transcript {t4:.1?} bytes {t5:.1?} parse {t6:.1?} examine {t7:.1?}", tr.lottery.len(), bytes.len() as f64/1e6);
        for f in r.rejected().chain(r.not_checked()) { println!("   {f}"); }
        for f in r.findings().iter().filter(|f| matches!(f.claim, audit::Claim::LowestChance|audit::Claim::LaterLevels|audit::Claim::Exclusions)) { println!("   {f}"); }
    }
}
