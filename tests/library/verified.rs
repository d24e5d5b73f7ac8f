//! Whatever the rules make, the auditor, who shares no code with them, confirms: small pools with exact quotas, where
//! people who fit no panel, searches and infeasible quotas are common, with and without households.

use kleroterion::audit::{self, Claim, Verdict};
use kleroterion::io::json;
use kleroterion::lottery::{Digest, Order, Sources, Stream};
use kleroterion::{ErrorKind, Instance, Pool, Quotas, Rule, Selector};

const FEATURES: [&str; 3] = ["age", "home", "sex"];
const VALUES: [&str; 4] = ["a", "b", "c", "d"];

/// A pool whose quotas are those of one planted panel, sometimes loosened, sometimes spoiled.
fn instance(stream: &mut Stream) -> Option<Instance> {
    // One seat more for one value and less for another, in a small pool: often no panel is left.
    let spoil = stream.below(3) == 0;
    let size = 3 + stream.below(4) as usize;
    let people = if spoil {
        size + stream.below(5) as usize
    } else {
        8 + stream.below(14) as usize
    };
    let features = 2 + stream.below(2) as usize;
    let kinds = 2 + stream.below(3);
    let values: Vec<Vec<usize>> = (0..people)
        .map(|_| {
            (0..features)
                .map(|_| stream.below(kinds) as usize)
                .collect()
        })
        .collect();
    let households = stream.below(2) == 1;
    let mut pool = Pool::builder();
    for (person, values) in values.iter().enumerate() {
        let id = format!("p{person:02}");
        let pairs: Vec<(&str, &str)> = values
            .iter()
            .enumerate()
            .map(|(f, &v)| (FEATURES[f], VALUES[v]))
            .collect();
        pool = match households {
            // The planted panel is the first people: their homes are their own.
            true if person >= size && stream.below(2) == 1 => {
                pool.housemate(id, &format!("h{}", stream.below(people as u64 / 2)), pairs)
            }
            true => pool.housemate(id, &format!("own {person}"), pairs),
            false => pool.person(id, pairs),
        };
    }
    let mut quotas = Quotas::builder();
    for (feature, name) in FEATURES.iter().enumerate().take(features) {
        quotas = quotas.feature(name);
        let spoil = spoil && feature == 0;
        for (value, text) in VALUES.iter().enumerate().take(kinds as usize) {
            let planted = values[..size]
                .iter()
                .filter(|v| v[feature] == value)
                .count() as u32;
            let (low, high) = match value {
                0 if spoil => (planted + 1, planted + 1),
                1 if spoil => (planted.saturating_sub(1), planted.saturating_sub(1)),
                _ => {
                    let low = planted.saturating_sub(u32::from(stream.below(5) == 0));
                    (low, planted + u32::from(stream.below(5) == 0))
                }
            };
            quotas = quotas.value(text, low..=high);
        }
    }
    Instance::new(pool.build().ok()?, quotas.build().ok()?, size as u32).ok()
}

#[derive(Debug, Default)]
struct Seen {
    lotteries: u32,
    excluded: u32,
    searched: u32,
    households: u32,
    infeasible: u32,
}

#[test]
fn every_lottery_is_confirmed() {
    let mut seen = Seen::default();
    for number in 0..600_u32 {
        let mut stream = Stream::from_key(Digest::plain(&number.to_le_bytes()).0);
        let Some(instance) = instance(&mut stream) else {
            continue;
        };
        for rule in [Rule::Leximin, Rule::Maximin] {
            confirm(
                &instance,
                rule,
                &format!("pool {number}, {rule}"),
                &mut seen,
            );
        }
    }
    assert!(
        seen.lotteries > 1000
            && seen.excluded > 500
            && seen.households > 100
            && seen.infeasible > 50,
        "{seen:?}"
    );
}

fn confirm(instance: &Instance, rule: Rule, name: &str, seen: &mut Seen) {
    let distribution = match Selector::new(rule).spread(20).distribution(instance) {
        Ok(distribution) => distribution,
        Err(error) => match error.kind() {
            ErrorKind::Infeasible(finding) => {
                let verdict = audit::examine_infeasibility(finding, instance).verdict;
                assert!(
                    !matches!(verdict, Verdict::Rejected(_)),
                    "{name}: {verdict:?}"
                );
                seen.infeasible += 1;
                seen.searched += u32::from(matches!(verdict, Verdict::NotChecked(_)));
                return;
            }
            _ => panic!("{name}: {error}"),
        },
    };
    seen.households += u32::from(instance.groups().iter().any(|g| !g.is_alone()));
    let listed = distribution.clone().panel_list(40).unwrap();
    for lottery in [distribution.into_lottery(), listed] {
        let draw = lottery.draw(&Sources::new(["4-4-2"]).unwrap()).unwrap();
        let bytes = draw.transcript().to_json().unwrap();
        let transcript = json::transcript(&bytes, name).unwrap();
        let report = audit::examine(&transcript, instance);
        assert!(report.holds(), "{name}\n{report}");
        let reopened = audit::reopen(
            transcript.commit.clone(),
            transcript.lottery.clone(),
            transcript.certificate.clone(),
            instance,
        );
        let again = reopened.unwrap().draw(draw.sources()).unwrap();
        assert_eq!(
            (again.panel(), again.alternates()),
            (draw.panel(), draw.alternates())
        );
        assert_eq!(again.transcript().order, Order::CommittedFirst);
        seen.lotteries += 1;
        seen.excluded += u32::from(!transcript.certificate.excluded.is_empty());
        let open = [Claim::Exclusions, Claim::LowestChance, Claim::LaterLevels];
        seen.searched += u32::from(report.not_checked().any(|f| open.contains(&f.claim)));
    }
}
