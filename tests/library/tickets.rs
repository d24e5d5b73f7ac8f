//! Lists of tickets rounded by an integer program or by public chance: against brute force, and as the audit sees them.

use kleroterion::audit::{self, Claim, Report, Verdict};
use kleroterion::certificate::{Certificate, Rounding};
use kleroterion::lottery::{DENOMINATOR, Lottery, Sources, StageOne, Stream};
use kleroterion::selection::RoundingMethod;
use kleroterion::{Distribution, Instance, Pool, Quotas, Ratio, Rule, Selector};

const D: i128 = DENOMINATOR as i128;

/// A small pool around a planted panel, every other one with households.
fn instance(stream: &mut Stream, households: bool) -> Instance {
    let (people, size) = (5 + stream.below(4) as usize, 2 + stream.below(2) as usize);
    let values: Vec<[usize; 2]> = (0..people)
        .map(|_| [stream.below(2) as usize, stream.below(3) as usize])
        .collect();
    let names = [["a", "b", "-"], ["x", "y", "z"]];
    let mut pool = Pool::builder();
    for (person, v) in values.iter().enumerate() {
        let pairs = [("f", names[0][v[0]]), ("g", names[1][v[1]])];
        let id = format!("p{person}");
        pool = match households {
            false => pool.person(id, pairs),
            true if person < size => pool.housemate(id, &format!("own {person}"), pairs),
            true => pool.housemate(id, &format!("h{}", stream.below(3)), pairs),
        };
    }
    let mut quotas = Quotas::builder();
    for (feature, name, number) in [(0, "f", 2), (1, "g", 3)] {
        quotas = quotas.feature(name);
        for (value, text) in names[feature].iter().enumerate().take(number) {
            let planted = values[..size].iter().filter(|v| v[feature] == value);
            let planted = planted.count() as u32;
            let low = planted.saturating_sub(stream.below(2) as u32);
            quotas = quotas.value(text, low..=planted + stream.below(2) as u32);
        }
    }
    Instance::new(pool.build().unwrap(), quotas.build().unwrap(), size as u32).unwrap()
}

/// Every role as (group, role), and all compositions as seats per role.
fn compositions(instance: &Instance) -> (Vec<(usize, usize)>, Vec<Vec<i64>>) {
    let groups = instance.groups().iter().enumerate();
    let roles: Vec<(usize, usize)> = groups
        .flat_map(|(g, group)| (0..group.profiles().len()).map(move |r| (g, r)))
        .collect();
    let (mut all, mut open) = (vec![], vec![vec![]]);
    while let Some(seats) = open.pop() {
        if seats.len() < roles.len() {
            let (g, _) = roles[seats.len()];
            let most = instance.groups()[g].units().len() as i64;
            open.extend((0..=most).map(|x| [&seats[..], &[x]].concat()));
        } else if fits(instance, &roles, &seats) {
            all.push(seats);
        }
    }
    (roles, all)
}

fn fits(instance: &Instance, roles: &[(usize, usize)], seats: &[i64]) -> bool {
    let mut per_quota = vec![0; instance.quotas().len()];
    let mut per_group = vec![0; instance.groups().len()];
    for (&(g, r), &x) in roles.iter().zip(seats) {
        per_group[g] += x;
        for &quota in instance.groups()[g].profiles()[r].iter() {
            per_quota[quota as usize] += x;
        }
    }
    let groups = instance.groups().iter().zip(&per_group);
    let quotas = instance.quotas().iter().zip(&per_quota);
    seats.iter().sum::<i64>() == i64::from(instance.size())
        && groups
            .into_iter()
            .all(|(g, &x)| x <= g.units().len() as i64)
        && quotas
            .into_iter()
            .all(|(q, x)| (q.min.into()..=q.max.into()).contains(x))
}

/// Largest deviation over all lists of `tickets` compositions, the smallest there is, in 10^-12 rounded up.
fn brute_force(distribution: &Distribution, tickets: usize) -> u64 {
    let instance = distribution.instance();
    let (roles, all) = compositions(instance);
    let chances = distribution.probabilities();
    let of_role: Vec<(i64, Ratio)> = roles
        .iter()
        .map(|&(g, r)| {
            let group = &instance.groups()[g];
            (
                group.people_in(r) as i64,
                chances[group.units()[0][r][0] as usize],
            )
        })
        .collect();
    let deviation = |totals: &[i64]| {
        let of = |(&total, &(people, chance)): (&i64, &(i64, Ratio))| {
            let up = i64::from(total % people > 0);
            apart(total / people, tickets as u64, chance).max(apart(
                total / people + up,
                tickets as u64,
                chance,
            ))
        };
        totals.iter().zip(&of_role).map(of).max().unwrap()
    };
    let mut best = u64::MAX;
    let mut open = vec![(0, tickets, vec![0; roles.len()])];
    while let Some((from, left, totals)) = open.pop() {
        if left == 0 {
            best = best.min(deviation(&totals));
            continue;
        }
        for (at, seats) in all.iter().enumerate().skip(from) {
            let sum = totals.iter().zip(seats).map(|(a, b)| a + b).collect();
            open.push((at, left - 1, sum));
        }
    }
    best
}

/// |own/tickets − chance| in 10^-12, rounded up.
fn apart(own: i64, tickets: u64, chance: Ratio) -> u64 {
    let (above, below) = (i128::from(chance.numerator), i128::from(chance.denominator));
    let tickets = i128::from(tickets);
    let difference = (i128::from(own) * below - above * tickets).unsigned_abs() * D.unsigned_abs();
    difference.div_ceil((below * tickets).unsigned_abs()) as u64
}

fn stated(lottery: &Lottery) -> &Rounding {
    lottery.certificate().rounding.as_ref().unwrap()
}

/// Largest deviation of the list's own chances from the distribution's.
fn measured(distribution: &Distribution, lottery: &Lottery) -> u64 {
    let tickets = lottery.record().denominator();
    let own = lottery.probabilities().into_iter();
    own.zip(distribution.probabilities())
        .map(|((_, own), chance)| {
            assert_eq!(own.denominator, tickets);
            apart(own.numerator as i64, tickets, chance)
        })
        .max()
        .unwrap()
}

/// People of a role differ by one ticket at most.
fn assert_even(lottery: &Lottery) {
    let chances = lottery.probabilities();
    for group in lottery.instance().groups() {
        for role in 0..group.profiles().len() {
            let people = group.units().iter().flat_map(|unit| &unit[role]);
            let own: Vec<u64> = people.map(|&p| chances[p as usize].1.numerator).collect();
            let (low, high) = (own.iter().min().unwrap(), own.iter().max().unwrap());
            assert!(high - low <= 1, "{own:?}");
        }
    }
}

fn report(lottery: &Lottery) -> Report {
    let draw = lottery.draw(&Sources::new(["3-5-4-6"]).unwrap()).unwrap();
    audit::examine(&draw.transcript(), lottery.instance())
}

#[test]
fn the_smallest_deviation_is_that_of_brute_force() {
    let mut stream = Stream::from_key([21; 32]);
    let (mut judged, mut tight) = (0, 0);
    while judged < 60 {
        let instance = instance(&mut stream, judged % 2 == 1);
        let tickets = 1 + stream.below(4) as u32;
        let Ok(distribution) = Rule::Leximin.distribution(&instance) else {
            continue;
        };
        if compositions(&instance).1.len() > 25 {
            continue;
        }
        let best = brute_force(&distribution, tickets as usize);
        let list = distribution.clone();
        let list = list
            .rounded(tickets, RoundingMethod::SmallestDeviation)
            .unwrap();
        let rounding = stated(&list);
        assert_eq!(rounding.largest, measured(&distribution, &list));
        assert_eq!(rounding.largest, best, "case {judged}: {tickets} tickets");
        let bound = rounding.least.as_ref().unwrap().bound;
        assert!(
            bound <= best,
            "case {judged}: nothing is below {bound}, yet {best}"
        );
        tight += u32::from(bound == best);
        assert_even(&list);
        assert!(report(&list).holds());
        judged += 1;
    }
    assert!(tight >= 40, "the bound is the optimum in {tight} of 60");
}

/// Forty people with two features, quotas that bind, and homes of two or three.
fn assembly(households: bool) -> Instance {
    let mut stream = Stream::from_key([5; 32]);
    let mut pool = Pool::builder();
    for person in 0..40 {
        let age = ["old", "mid", "young"][stream.below(3) as usize];
        let sex = ["f", "m"][stream.below(3) as usize / 2];
        let pairs = [("age", age), ("sex", sex)];
        let id = format!("p{person:02}");
        pool = match households {
            true => pool.housemate(id, &format!("h{}", person * 2 / 5), pairs),
            false => pool.person(id, pairs),
        };
    }
    let quotas = Quotas::builder().feature("age").value("old", 3..=3);
    let quotas = quotas.value("mid", 3..=4).value("young", 2..=4);
    let quotas = quotas.feature("sex").value("f", 5..=5).value("m", 5..=5);
    Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 10).unwrap()
}

#[test]
fn it_is_never_worse_than_the_default_and_repeats_itself() {
    for households in [false, true] {
        let instance = assembly(households);
        let distribution = Selector::new(Rule::Leximin)
            .spread(100)
            .distribution(&instance);
        let distribution = distribution.unwrap();
        for tickets in [1, 7, 100] {
            let default = distribution.clone().panel_list(tickets).unwrap();
            let round = |d: &Distribution| {
                d.clone()
                    .rounded(tickets, RoundingMethod::SmallestDeviation)
                    .unwrap()
            };
            let list = round(&distribution);
            assert!(stated(&list).largest <= measured(&distribution, &default));
            assert_eq!(stated(&list).largest, measured(&distribution, &list));
            assert_eq!(list.commitment(), round(&distribution).commitment());
            assert_eq!(list.record().denominator(), u64::from(tickets));
            assert_even(&list);
            assert!(report(&list).holds());
        }
    }
}

fn stage_one(text: &str) -> StageOne {
    StageOne::new(Sources::new([text]).unwrap())
}

fn pipage(distribution: &Distribution, tickets: u32, text: &str) -> Lottery {
    let method = stage_one(text);
    let method = RoundingMethod::Pipage(&method);
    distribution.clone().rounded(tickets, method).unwrap()
}

/// With 600 independent roundings, the mean of somebody's tickets is more than 6 of its own standard errors off in one
/// of 10^8 runs or so (the normal tail is 2·10^-9, times 40 people and two pools); tickets of those who vary take few values.
#[test]
fn chance_keeps_everybody_s_expected_tickets() {
    const RUNS: u32 = 600;
    for households in [false, true] {
        let instance = assembly(households);
        let distribution = Selector::new(Rule::Leximin)
            .spread(0)
            .distribution(&instance);
        let distribution = distribution.unwrap();
        let mut sums = vec![(0.0, 0.0); instance.len()];
        for run in 0..RUNS {
            let list = pipage(&distribution, 13, &format!("throw {run}"));
            assert_eq!(list.record().denominator(), 13);
            assert_even(&list);
            for (sum, (_, chance)) in sums.iter_mut().zip(list.probabilities()) {
                let own = chance.numerator as f64;
                *sum = (sum.0 + own, sum.1 + own * own);
            }
        }
        let runs = f64::from(RUNS);
        for ((sum, squares), chance) in sums.into_iter().zip(distribution.probabilities()) {
            let share = 13.0 * chance.to_f64();
            let variance = (squares / runs - (sum / runs) * (sum / runs)).max(0.0);
            let error = (variance / runs).sqrt();
            assert!(
                error > 0.0 || (sum / runs - share).abs() < 1e-9,
                "never varies"
            );
            assert!(
                ((sum / runs - share) / error.max(1e-9)).abs() < 6.0,
                "{sum} for {share}"
            );
        }
    }
}

#[test]
fn another_public_value_gives_another_list() {
    let distribution = Rule::Leximin.distribution(&assembly(false)).unwrap();
    let first = pipage(&distribution, 13, "3-5-4-6");
    assert_eq!(
        first.commitment(),
        pipage(&distribution, 13, "3-5-4-6").commitment()
    );
    assert_ne!(
        first.record(),
        pipage(&distribution, 13, "3-5-4-5").record()
    );
    assert_eq!(stated(&first).sources, ["3-5-4-6"]);
    assert_eq!(stated(&first).largest, measured(&distribution, &first));
}

#[test]
fn no_tickets_are_refused() {
    let distribution = Rule::Leximin.distribution(&assembly(false)).unwrap();
    let error = distribution
        .rounded(0, RoundingMethod::SmallestDeviation)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-TICKETS: found 0 tickets, expected at least 1 ticket"
    );
}

/// The same list with another statement about its rounding.
fn restated(lottery: &Lottery, change: impl Fn(&mut Rounding)) -> Verdict {
    let mut certificate: Certificate = lottery.certificate().clone();
    change(certificate.rounding.as_mut().unwrap());
    let kleroterion::lottery::Form::Panels { panels } = lottery.record().form() else {
        panic!("a list")
    };
    let (instance, weights) = (
        lottery.instance().clone(),
        lottery.record().weights().to_vec(),
    );
    let list = Lottery::from_panels(instance, panels.clone(), weights, certificate).unwrap();
    report(&list)
        .finding(Claim::Rounding)
        .unwrap()
        .verdict
        .clone()
}

#[test]
fn every_statement_about_the_rounding_is_checked() {
    let distribution = Rule::Leximin.distribution(&assembly(false)).unwrap();
    let chance = pipage(&distribution, 13, "3-5-4-6");
    let list = distribution
        .rounded(13, RoundingMethod::SmallestDeviation)
        .unwrap();
    let rejected = |verdict: Verdict, text: &str| match verdict {
        Verdict::Rejected(why) => assert!(why.contains(text), "{why}"),
        other => panic!("{other:?}"),
    };
    assert!(!matches!(restated(&list, |_| {}), Verdict::Rejected(_)));
    assert!(matches!(restated(&chance, |_| {}), Verdict::NotChecked(_)));
    rejected(
        restated(&list, |r| r.largest += 1),
        "the largest deviation is",
    );
    rejected(
        restated(&list, |r| r.largest -= 1),
        "the largest deviation is",
    );
    rejected(
        restated(&chance, |r| r.largest += 1),
        "the largest deviation is",
    );
    rejected(
        restated(&list, |r| r.theory.beck_fiala -= 1),
        "the bound k/m",
    );
    rejected(
        restated(&list, |r| r.theory.panel_lp -= 2000),
        "the panel program",
    );
    let above = |r: &mut Rounding| {
        let largest = r.largest;
        r.least.as_mut().unwrap().bound = largest + 1;
    };
    rejected(restated(&list, above), "no list comes as near");
    rejected(restated(&list, |r| r.least = None), "do not belong");
    rejected(
        restated(&list, |r| r.sources = vec!["3-5".into()]),
        "do not belong",
    );
    rejected(restated(&chance, |r| r.sources.clear()), "do not belong");
    rejected(
        restated(&list, |r| r.method = "fair".into()),
        "not a known method",
    );
}

#[test]
fn compositions_state_no_rounding() {
    let distribution = Rule::Leximin.distribution(&assembly(false)).unwrap();
    let list = distribution
        .clone()
        .rounded(13, RoundingMethod::SmallestDeviation)
        .unwrap();
    let mut certificate = distribution.certificate().clone();
    certificate.rounding = list.certificate().rounding.clone();
    let lottery = Lottery::from_compositions(
        distribution.instance().clone(),
        distribution.compositions().to_vec(),
        distribution.weights().to_vec(),
        certificate,
    );
    let report = report(&lottery.unwrap());
    let rejected: Vec<String> = report.rejected().map(ToString::to_string).collect();
    assert_eq!(
        rejected,
        ["REJECTED     exclusions: compositions are not rounded, yet a rounding is stated"]
    );
}
