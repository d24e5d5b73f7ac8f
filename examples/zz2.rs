//! Scratch.
#![allow(clippy::disallowed_types)]
use kleroterion::{audit, io, Instance, Pool, Quotas, certificate::Certificate, lottery::{Composition, Lottery, Sources, DENOMINATOR}};
use std::time::Instant;
fn main() {
    let v: Vec<String> = (0..10).map(|i| format!("v{i}")).collect();
    let mut pool = Pool::builder();
    for i in 0..100_000 { pool = pool.person(format!("p{i:06}"), [("a", v[i%10].as_str()),("b", v[i/10%10].as_str()),("c", v[i/100%10].as_str())]); }
    let mut q = Quotas::builder();
    for f in ["a","b","c"] { q = q.feature(f); for x in &v { q = q.value(x, 0..=1000); } }
    let instance = Instance::new(pool.build().unwrap(), q.build().unwrap(), 1000).unwrap();
    println!("{:?}", instance);
    let comps: Vec<Composition> = { let mut c: Vec<_> = (0..2000u32).map(|k| {
        let mut e: Vec<(u32,u32,u32)> = (0..900u32).map(|g| (g + (k % 100), 0, 1 + u32::from((g + k) % 9 == 0))).collect();
        let t: u32 = e.iter().map(|x| x.2).sum(); let d = 1000 - t; e[((k / 100)) as usize].2 += d; e[k as usize % 800 + 30].2 += 0; e.iter_mut().for_each(|_| ()); Composition(e) }).collect(); c.sort(); c.dedup(); c };
    let n = comps.len() as u64; let mut w = vec![DENOMINATOR / n; comps.len()]; w[0] += DENOMINATOR % n;
    let cert = Certificate { rule: "leximin".into(), excluded: vec![], levels: vec![], target: None };
    let t = Instant::now(); let l = Lottery::from_compositions(instance.clone(), comps, w, cert).unwrap(); println!("lottery of {n} {:?}", t.elapsed());
    let t = Instant::now(); let b = l.record().to_json().unwrap(); println!("json {} {:?}", b.len(), t.elapsed());
    let t = Instant::now(); l.record().digest().unwrap(); println!("digest {:?}", t.elapsed());
    let t = Instant::now(); let d = l.draw(&Sources::new(["x"]).unwrap()).unwrap(); println!("draw {:?}", t.elapsed());
    let t = Instant::now(); let tr = d.transcript(); println!("transcript {:?}", t.elapsed());
    let t = Instant::now(); let b = tr.to_json().unwrap(); println!("bytes {:?}", t.elapsed());
    let t = Instant::now(); let tr = io::json::transcript(&b, "t").unwrap(); println!("parse {:?}", t.elapsed());
    let t = Instant::now(); let r = audit::examine(&tr, &instance); println!("examine {:?}", t.elapsed());
    println!("{r}");
}
