//! Seeded pools to measure on, and the check that comes before every measurement.
//!
//! Two hidden factors push a resident's features in the same direction, so features are correlated; each feature is cut
//! at the quantiles of the city, so the city has its shares. Residents volunteer with a propensity that depends on their
//! values: the pool is self-selected, while the quotas ask for the city. Integers and one stream of words only: the
//! same pools on every machine.

mod shapes;

use kleroterion::audit::{self, Claim, Verdict};
use kleroterion::lottery::{Draw, Lottery, Sources, Stream};
use kleroterion::selection::Work;
use kleroterion::{Instance, Pool, Quotas, metrics};
use shapes::{Asked, FEATURES, Feature, SHAPES, Shape, Value};

/// Residents whose quantiles are taken for the city's.
const CENSUS: usize = 20_000;

/// A resident: the index of one value per feature.
type Resident = Vec<usize>;

/// The pool and the quotas of a shape.
pub(crate) fn instance(name: &str) -> Instance {
    let shape = SHAPES
        .iter()
        .find(|shape| shape.name == name)
        .expect("a known shape");
    let pool = volunteers(shape);
    let seats = match shape.quotas {
        Asked::Shares => shares(shape, &pool),
        Asked::Planted => planted(shape, &pool),
    };
    let mut quotas = Quotas::builder();
    for (feature, seats) in FEATURES.iter().zip(seats) {
        quotas = quotas.feature(feature.name);
        for (Value(value, ..), (min, max)) in feature.values.iter().zip(seats) {
            quotas = quotas.value(value, min..=max);
        }
    }
    let mut people = Pool::builder();
    for (number, resident) in pool.iter().enumerate() {
        let values = FEATURES.iter().zip(resident);
        let pairs = values.map(|(feature, &value)| (feature.name, feature.values[value].0));
        people = people.person(format!("p{number:06}"), pairs);
    }
    let (pool, quotas) = (people.build(), quotas.build());
    Instance::new(pool.expect("a pool"), quotas.expect("quotas"), shape.seats)
        .expect("pool and quotas fit")
}

/// A draw from the lottery, after [`audit::verify`] has accepted its transcript and every level was found tight.
pub(crate) fn proven(lottery: &Lottery) -> Draw {
    let sources = Sources::new(["a public source"]).expect("one text");
    let draw = lottery.draw(&sources).expect("nothing was announced");
    let report = audit::verify(&draw.transcript(), lottery.instance()).expect("nothing rejected");
    for level in &lottery.certificate().levels {
        assert!(level.bound.abs_diff(level.value) <= 1000, "{level:?}");
    }
    let of_lottery = |claim| !matches!(claim, Claim::Announcements | Claim::Order);
    for finding in report.not_checked().filter(|f| of_lottery(f.claim)) {
        if let Verdict::NotChecked(reason) = &finding.verdict {
            println!("  not checked: {}: {reason}", finding.claim);
        }
    }
    draw
}

/// Prints what a lottery is and what it cost.
pub(crate) fn describe(name: &str, work: Work, lottery: &Lottery) {
    let weights = lottery.record().weights();
    println!(
        "{name}: {} groups, {} levels, {} compositions, effective number {:.1}",
        lottery.instance().groups().len(),
        lottery.certificate().levels.len(),
        weights.len(),
        metrics::effective_number(weights),
    );
    println!(
        "  {} pivots, {} nodes, {} pricings, {} of them by exact search",
        work.pivots, work.nodes, work.pricings, work.exact
    );
}

fn features(shape: &Shape) -> &'static [Feature] {
    &FEATURES[..shape.features]
}

/// A bell-shaped number around 0: four even throws added up.
fn bell(stream: &mut Stream) -> i64 {
    let word = stream.word();
    let throw = |part: u32| (word >> (16 * part) & 0xffff).cast_signed();
    (0..4).map(throw).sum::<i64>() - 131_070
}

/// How far the hidden factors and chance push a resident in every feature.
fn pushes(shape: &Shape, stream: &mut Stream) -> Vec<i64> {
    let factors = [bell(stream), bell(stream)];
    let push = |feature: &Feature| {
        let [means, stage] = feature.loads;
        let own = (1_000_000 - means * means - stage * stage).isqrt();
        means * factors[0] + stage * factors[1] + own * bell(stream)
    };
    features(shape).iter().map(push).collect()
}

/// For each feature the pushes at which one value gives way to the next.
fn cuts(shape: &Shape, stream: &mut Stream) -> Vec<Vec<i64>> {
    let census: Vec<Vec<i64>> = (0..CENSUS).map(|_| pushes(shape, stream)).collect();
    let cut = |(column, feature): (usize, &Feature)| {
        let mut ranked: Vec<i64> = census.iter().map(|row| row[column]).collect();
        ranked.sort_unstable();
        let mut below = 0;
        let values = &feature.values[..feature.values.len() - 1];
        let ends = values.iter().map(|Value(_, share, _)| {
            below += *share as usize * CENSUS / 1000;
            ranked[below]
        });
        ends.collect()
    };
    features(shape).iter().enumerate().map(cut).collect()
}

/// The first to say yes. A planted panel comes first and does not depend on propensities.
fn volunteers(shape: &Shape) -> Vec<Resident> {
    let mut key = *b"kleroterion/measured pools/....";
    let end = key.len() - 4;
    key[end..].copy_from_slice(&(shape.people as u32).to_le_bytes());
    let mut stream = Stream::from_key(std::array::from_fn(|i| key.get(i).copied().unwrap_or(0)));
    let cuts = cuts(shape, &mut stream);
    let certain = 100_u64.pow(shape.features as u32);
    let planted = match shape.quotas {
        Asked::Shares => 0,
        Asked::Planted => shape.seats as usize,
    };
    let mut pool = Vec::with_capacity(shape.people);
    while pool.len() < shape.people {
        let pushes = pushes(shape, &mut stream);
        let values = pushes.iter().zip(&cuts);
        let resident: Resident = values
            .map(|(push, cuts)| cuts.partition_point(|cut| cut <= push))
            .collect();
        let keen = features(shape).iter().zip(&resident);
        let propensity: u64 = keen.map(|(f, &value)| f.values[value].2).product();
        if pool.len() < planted || stream.below(certain) < propensity {
            pool.push(resident);
        }
    }
    pool
}

/// How many people of the pool have each value of each feature.
fn counts(shape: &Shape, pool: &[Resident]) -> Vec<Vec<u32>> {
    let mut counts: Vec<Vec<u32>> = features(shape)
        .iter()
        .map(|feature| vec![0; feature.values.len()])
        .collect();
    for resident in pool {
        for (counts, &value) in counts.iter_mut().zip(resident) {
            counts[value] += 1;
        }
    }
    counts
}

/// Every share of the seats rounded down and up; where a value has too few people, the one with most to spare helps out.
fn shares(shape: &Shape, pool: &[Resident]) -> Vec<Vec<(u32, u32)>> {
    let mut quotas = Vec::new();
    for (feature, counts) in features(shape).iter().zip(counts(shape, pool)) {
        let seats = |Value(_, share, _): &Value| share * u64::from(shape.seats);
        let shares = feature.values.iter().map(seats).zip(&counts);
        let mut seats: Vec<(u32, u32)> = shares
            .map(|(seats, &count)| {
                let [min, max] = [seats / 1000, seats.div_ceil(1000)].map(|s| s as u32);
                (min.min(count), max)
            })
            .collect();
        let reach: u32 = seats.iter().zip(&counts).map(|(s, &c)| s.1.min(c)).sum();
        let spare = |&v: &usize| counts[v].saturating_sub(seats[v].1);
        let largest = (0..seats.len()).max_by_key(spare).expect("a value");
        seats[largest].1 += shape.seats.saturating_sub(reach);
        quotas.push(seats);
    }
    quotas
}

/// What the planted panel has.
fn planted(shape: &Shape, pool: &[Resident]) -> Vec<Vec<(u32, u32)>> {
    let panel = &pool[..shape.seats as usize];
    let counts = counts(shape, panel).into_iter();
    counts
        .map(|seats| seats.into_iter().map(|s| (s, s)).collect())
        .collect()
}
