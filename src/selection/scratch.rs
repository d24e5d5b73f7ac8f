#[cfg(test)]
#[allow(missing_docs, clippy::all)]
mod tests {
    use crate::kernel::branch::Effort;
    use crate::kernel::mixture::decompose;
    use crate::selection::levels::{Levels, raise};
    use crate::selection::model::Model;
    use crate::*;
    fn load(dir: &str) -> Instance {
        let k: u32 = dir.rsplit('_').next().unwrap().parse().unwrap();
        let mut q = Quotas::builder();
        let mut last = String::new();
        for line in std::fs::read_to_string(format!("{dir}/categories.csv")).unwrap().lines().skip(1) {
            let c: Vec<&str> = line.split(',').collect();
            if c[0] != last { q = q.feature(c[0]); last = c[0].to_string(); }
            q = q.value(c[1], c[2].parse().unwrap()..=c[3].parse().unwrap());
        }
        let text = std::fs::read_to_string(format!("{dir}/respondents.csv")).unwrap();
        let mut lines = text.lines();
        let head: Vec<&str> = lines.next().unwrap().split(',').collect();
        let addr = head.iter().position(|h| *h == "primary_address1");
        let mut pool = Pool::builder();
        for line in lines {
            let c: Vec<&str> = line.split(',').collect();
            let vals = head.iter().copied().zip(c.iter().copied()).skip(if addr.is_some() {5} else {1});
            pool = match addr { Some(a) => pool.housemate(c[0], &format!("{}|{}", c[a], c[a+1]), vals), None => pool.person(c[0], vals) };
        }
        Instance::new(pool.build().unwrap(), q.build().unwrap(), k).unwrap()
    }
    #[test]
    fn shapes() {
        let only = std::env::var("ONLY").unwrap_or_default();
        let mut dirs: Vec<_> = std::fs::read_dir("/tmp/w/inst").unwrap().map(|d| d.unwrap().path().to_str().unwrap().to_string()).collect();
        dirs.sort();
        for d in dirs {
            if !d.contains(&only) || (only.is_empty() && (d.contains("inf_") || d.contains("0000"))) || d.contains("inf_a") || d.contains("inf_b") { continue; }
            let instance = load(&d);
            if std::env::var("SPREAD").is_ok() {
                let t0 = std::time::Instant::now();
                let a = Selector::new(Rule::Leximin).spread(0).distribution(&instance);
                let t1 = t0.elapsed();
                let b = match Selector::new(Rule::Leximin).distribution(&instance) { Ok(b) => b, Err(e) => { println!("{d} types {e}"); continue } };
                let t2 = t0.elapsed() - t1;
                let top = *b.weights().iter().max().unwrap() as f64 / 1e12;
                let eff = 1.0 / b.weights().iter().map(|w| (*w as f64 / 1e12).powi(2)).sum::<f64>();
                let gap = b.certificate().levels.iter().map(|l| l.bound as i64 - l.value as i64).max().unwrap();
                println!("{d}: types {} -> {} top {:.4} eff {:.0} levels {} gap {} excl {} t {:.1}ms with spread {:.1}ms", a.unwrap().compositions().len(), b.compositions().len(), top, eff, b.certificate().levels.len(), gap, b.certificate().excluded.len(), t1.as_secs_f64()*1e3, t2.as_secs_f64()*1e3);
                continue;
            }
            let t0 = std::time::Instant::now();
            let model = Model::new(&instance);
            let mut e = Effort::new(u64::MAX);
            match raise(&model, &mut e, |_, _| true) {
                Levels::Done(y, levels) => {
                    let t1 = t0.elapsed();
                    let p1 = e.pivots;
                    let r = decompose(&model.polytope(), &y, &mut vec![], &mut e);
                    let t2 = t0.elapsed();
                    match r {
                        Ok(m) => {
                            let mut z = vec![0.0; y.len()];
                            for (x, w) in &m.parts { for (a, b) in z.iter_mut().zip(x) { *a += w * *b as f64; } }
                            let err = z.iter().zip(&y).zip(&model.people).map(|((a, b), n)| ((a - b) / n).abs()).fold(0.0, f64::max);
                            let sum: f64 = m.parts.iter().map(|p| p.1).sum();
                            let top = m.parts.iter().map(|p| p.1).fold(0.0, f64::max);
                            println!("{d}: types {} levels {} min {:.6} t_levels {:.1}ms ({} piv) total {:.1}ms panels {} top {:.3} err {:.1e} sum-1 {:.1e} effort {:?}", model.len(), levels.len(), levels[0].value, t1.as_secs_f64()*1e3, p1, t2.as_secs_f64()*1e3, m.parts.len(), top, err, sum-1.0, e);
                        }
                        Err(u) => println!("{d}: {u:?} levels {} {:.1}ms min {:.6} {:?}", levels.len(), t2.as_secs_f64()*1e3, levels[0].value, e),
                    }
                }
                x => println!("{d}: {:?}", match x { Levels::Excluded(a, _) => format!("excluded {a:?}"), Levels::Infeasible => "infeasible".to_string(), _ => "limit".into() }),
            }
        }
    }
}
