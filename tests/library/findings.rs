//! What the literature found on real pools, on made pools of the same shapes.
//!
//! The published pools are private. Those made here are self-selected in the same way: some people are keener to come
//! than others, and the quotas ask for the city.

#[path = "../../benches"]
mod measured {
    pub(crate) mod pools;
}

use kleroterion::lottery::Stream;
use kleroterion::selection::Gamma;
use kleroterion::{Instance, Pool, Ratio, Rule, Selector, metrics};
use measured::pools;

/// The sizes of the ten published pools.
const SHAPES: [&str; 10] = [
    "70/24", "161/44", "239/30", "250/20", "312/35", "321/30", "342/170", "404/40", "825/75",
    "1727/110",
];

/// Those on which Goldilocks with γ = 1 lies within the published ranges.
const WITHIN: [&str; 7] = [
    "70/24", "161/44", "239/30", "250/20", "342/170", "825/75", "1727/110",
];

/// Those on which minimax and leximin have one maximum, so that the lotteries must be one too.
const AGREEING: [&str; 3] = ["70/24", "161/44", "342/170"];

/// Those that take little time.
const EASY: [&str; 5] = ["70/24", "161/44", "239/30", "250/20", "342/170"];

/// Chances of the people who are on some panel by leximin, in canonical order, after the transcript was verified.
fn chances(instance: &Instance, rule: Rule) -> Vec<Ratio> {
    let distribution = Selector::new(rule).spread(0).distribution(instance);
    let distribution = distribution.unwrap_or_else(|error| panic!("{rule}: {error}"));
    let (work, chances) = (distribution.work(), distribution.probabilities());
    let lottery = distribution.into_lottery();
    pools::describe(&rule.to_string(), work, &lottery);
    pools::proven(&lottery);
    chances
}

/// One pool under the rules that the papers compare: lowest and highest chances of those who can be selected.
struct Compared {
    seats: f64,
    leximin: Vec<f64>,
    minimax: Vec<f64>,
    goldilocks: Vec<f64>,
    nash: Vec<f64>,
}

fn floats(chances: Vec<Ratio>) -> Vec<f64> {
    chances.into_iter().map(Ratio::to_f64).collect()
}

fn lowest(chances: &[f64]) -> f64 {
    chances.iter().copied().fold(f64::INFINITY, f64::min)
}

fn highest(chances: &[f64]) -> f64 {
    chances.iter().copied().fold(0.0, f64::max)
}

impl Compared {
    fn new(instance: &Instance) -> Self {
        let leximin = chances(instance, Rule::Leximin);
        let open: Vec<bool> = leximin.iter().map(|chance| chance.numerator > 0).collect();
        let of = |chances: Vec<Ratio>| -> Vec<f64> {
            let each = chances.into_iter().zip(&open).filter(|(_, open)| **open);
            each.map(|(chance, _)| chance.to_f64()).collect()
        };
        Self {
            seats: f64::from(instance.size()),
            minimax: of(chances(instance, Rule::Minimax)),
            goldilocks: of(chances(instance, Rule::Goldilocks(Gamma::ONE))),
            nash: of(chances(instance, Rule::Nash)),
            leximin: of(leximin),
        }
    }

    /// The number that Goldilocks with γ = 1 makes as low as possible.
    fn number(&self, chances: &[f64]) -> f64 {
        let ratio = chances.len() as f64 / self.seats;
        ratio * highest(chances) + 1.0 / ratio / lowest(chances)
    }

    /// Whether minimax and leximin have one maximum.
    fn maxima_agree(&self) -> bool {
        (highest(&self.minimax) - highest(&self.leximin)).abs() < 1e-11
    }

    /// What holds for every pool.
    fn check(&self) {
        let close = 1e-8;
        for other in [&self.leximin, &self.goldilocks, &self.nash] {
            assert!(highest(&self.minimax) <= highest(other) + close);
            assert!(lowest(other) <= lowest(&self.leximin) + close);
            assert!(self.number(&self.goldilocks) <= self.number(other) * (1.0 + close));
        }
        assert!(self.number(&self.goldilocks) <= self.number(&self.minimax) * (1.0 + close));
        assert!(self.number(&self.goldilocks) >= 2.0 - close);
        let mean = |chances: &[f64]| {
            let millionths = chances
                .iter()
                .map(|p| Ratio::new((1e6 * p) as u64, 1_000_000));
            metrics::geometric_mean(&millionths.collect::<Vec<_>>())
        };
        assert!(mean(&self.nash) >= mean(&self.leximin) - 1e-5);
        assert!(lowest(&self.nash) >= 1.0 / self.nash.len() as f64 - close);
        let apart = self
            .minimax
            .iter()
            .zip(&self.leximin)
            .any(|(a, b)| (a - b).abs() > 1e-6);
        assert!(
            !(self.maxima_agree() && apart),
            "equal maxima, other chances"
        );
    }
}

/// The ten pools: which of them are within the published ranges, and on which minimax and leximin have one maximum. Where
/// they have, they have one lottery ([`Compared::check`]); on the seven others minimax's maximum is lower.
///
/// Baharav and Flanigan (EC 2024), table of minima and maxima: over nine pools Goldilocks with γ = 1 keeps the lowest
/// chance at .70 of the highest possible one or more, and the highest chance at 1.38 of the lowest possible one or less.
///
/// Measured on the pools made here, it holds on seven of ten, those of [`WITHIN`]. It does not hold on 312/35 (lowest
/// chance at .58 of the highest possible one) and 404/40 (.64), nor on 321/30 (highest chance at 1.46 of the lowest
/// possible one). An earlier form of this test asked for three of four pools and failed, as it held on two; the ten
/// sizes were taken after that. The list states what was measured and is no test of the papers' claim.
#[test]
fn goldilocks_and_minimax_beside_leximin_on_these_pools() {
    let (mut within, mut agreeing) = (Vec::new(), Vec::new());
    for name in SHAPES {
        let compared = Compared::new(&pools::instance(name));
        compared.check();
        let low = lowest(&compared.goldilocks) / lowest(&compared.leximin);
        let high = highest(&compared.goldilocks) / highest(&compared.minimax);
        println!("{name}: min/maximin {low:.2}, max/minimax {high:.2}");
        if low >= 0.70 && high <= 1.38 {
            within.push(name);
        }
        if compared.maxima_agree() {
            agreeing.push(name);
        }
    }
    assert_eq!(within, WITHIN);
    assert_eq!(agreeing, AGREEING);
}

/// The field's greedy rule, written down again from its description: the most urgent quota first, somebody at random who
/// counts for it; start again when a quota cannot be met any more.
struct Greedy<'a> {
    instance: &'a Instance,
    selected: Vec<u32>,
    remaining: Vec<u32>,
    waiting: Vec<u32>,
}

impl<'a> Greedy<'a> {
    fn new(instance: &'a Instance) -> Self {
        let people = 0..instance.len() as u32;
        let mut remaining = vec![0; instance.quotas().len()];
        for person in people.clone() {
            instance
                .profile(person)
                .iter()
                .for_each(|&q| remaining[q as usize] += 1);
        }
        Self {
            instance,
            selected: vec![0; remaining.len()],
            remaining,
            waiting: people.collect(),
        }
    }

    fn counts(&self, person: u32, quota: usize) -> bool {
        self.instance
            .profile(person)
            .iter()
            .any(|&q| q as usize == quota)
    }

    /// The quota with the largest (min − selected) / remaining, the first of equals.
    fn urgent(&self) -> Option<usize> {
        let mut best: Option<(usize, i64, i64)> = None;
        for (at, quota) in self.instance.quotas().iter().enumerate() {
            let (left, need) = (
                i64::from(self.remaining[at]),
                i64::from(quota.min) - i64::from(self.selected[at]),
            );
            if need > left {
                return None;
            }
            if left > 0 && quota.max > 0 && best.is_none_or(|(_, n, l)| need * l > n * left) {
                best = Some((at, need, left));
            }
        }
        best.map(|(at, ..)| at)
    }

    /// Takes somebody away; false when a minimum can no longer be met.
    fn leave(&mut self, person: u32) -> bool {
        self.waiting.retain(|&other| other != person);
        let instance = self.instance;
        instance.profile(person).iter().all(|&quota| {
            let at = quota as usize;
            self.remaining[at] -= 1;
            self.remaining[at] > 0 || self.selected[at] >= instance.quotas()[at].min
        })
    }

    fn panel(mut self, stream: &mut Stream) -> Option<Vec<u32>> {
        let (instance, mut panel) = (self.instance, Vec::new());
        for _ in 0..instance.size() {
            let urgent = self.urgent()?;
            let holders: Vec<u32> = self
                .waiting
                .iter()
                .copied()
                .filter(|&p| self.counts(p, urgent))
                .collect();
            let person = holders[stream.below(holders.len() as u64) as usize];
            panel.push(person);
            for &quota in instance.profile(person).iter() {
                self.selected[quota as usize] += 1;
            }
            if !self.leave(person) {
                return None;
            }
            for &quota in instance.profile(person).iter() {
                let at = quota as usize;
                if self.selected[at] == instance.quotas()[at].max {
                    let full: Vec<u32> = self
                        .waiting
                        .iter()
                        .copied()
                        .filter(|&p| self.counts(p, at))
                        .collect();
                    if !full.into_iter().all(|p| self.leave(p)) {
                        return None;
                    }
                }
            }
        }
        let met = instance
            .quotas()
            .iter()
            .zip(&self.selected)
            .all(|(q, &s)| q.min <= s && s <= q.max);
        met.then_some(panel)
    }
}

/// Many draws by the greedy rule.
struct Draws {
    /// How often each person was drawn.
    times: Vec<u32>,
    accepted: u32,
    tried: u32,
}

/// Draws until so many attempts gave a panel, or so many were made.
fn greedy(instance: &Instance, (enough, most): (u32, u32)) -> Draws {
    let mut stream = Stream::from_key(*b"findings/greedy/321/30..........");
    let mut draws = Draws {
        times: vec![0; instance.len()],
        accepted: 0,
        tried: 0,
    };
    while draws.accepted < enough && draws.tried < most {
        draws.tried += 1;
        if let Some(panel) = Greedy::new(instance).panel(&mut stream) {
            draws.accepted += 1;
            let drawn = panel.into_iter();
            drawn.for_each(|person| draws.times[person as usize] += 1);
        }
    }
    draws
}

/// Flanigan and others (Nature 2021): the greedy rule leaves people below leximin's lowest chance. Here only people who are below it beyond doubt are counted: by Chernoff's bound exp(−(μ − c)²/2μ) somebody
/// whose chance is leximin's lowest is taken c times or less with a probability under 10^-9, so the false alarms of this
/// test are under 10^-6.
#[test]
fn the_greedy_rule_leaves_people_below_leximins_lowest_chance() {
    let instance = pools::instance("321/30");
    let leximin = lowest(&Compared::new(&instance).leximin);
    let Draws {
        times,
        accepted,
        tried,
    } = greedy(&instance, (2000, 400_000));
    let expected = leximin * f64::from(accepted);
    let doubtless = |&&times: &&u32| {
        let missing = expected - f64::from(times);
        missing > 0.0 && missing * missing > 2.0 * expected * 20.8
    };
    let below = times
        .iter()
        .filter(|&&times| f64::from(times) < expected)
        .count();
    let surely = times.iter().filter(doubtless).count();
    println!(
        "{accepted} of {tried} attempts accepted; {below} of {} people below {leximin:.4}, {surely} surely",
        times.len()
    );
    assert!(accepted >= 500, "{accepted} of {tried} attempts accepted");
    assert!(
        surely * 20 >= times.len(),
        "{surely} of {} people",
        times.len()
    );
}

/// The same pool without one person.
fn without(instance: &Instance, left_out: u32) -> Instance {
    let mut pool = Pool::builder();
    for person in (0..instance.len() as u32).filter(|&person| person != left_out) {
        let value = |(at, feature)| (feature, instance.folded_value(person, at));
        let features = instance.folded_features().iter().map(String::as_str);
        let values = features.enumerate().map(value);
        pool = pool.person(instance.person(person).id(), values);
    }
    let quotas = instance.given_quotas().clone();
    Instance::new(pool.build().expect("a pool"), quotas, instance.size()).expect("they fit")
}

/// The tables of Baharav and Flanigan (EC 2024) give minimax a lowest chance near 0 on most pools. That is an arbitrary
/// optimum's: a lottery over the panels without one person is a lottery over all panels that gives this person 0. Its
/// highest chance, written down in full, is no more than what the certificate for all panels proves to be the least
/// possible. Both transcripts are verified, so nothing rests on a solver. What the rule gives is the one by leximin
/// among the optima: it leaves nobody out.
#[test]
fn an_arbitrary_minimax_optimum_leaves_somebody_out_whom_the_rule_does_not() {
    for name in EASY {
        let instance = pools::instance(name);
        let given = floats(chances(&instance, Rule::Minimax));
        // Somebody of the largest group has most others in their place.
        let largest = instance.groups().iter().max_by_key(|g| g.units().len());
        let person = largest.expect("a group").units()[0][0][0];
        let rest = floats(chances(&without(&instance, person), Rule::Minimax));
        assert!(
            highest(&rest) <= highest(&given) + 1e-9,
            "{name}: {} without them, {}",
            highest(&rest),
            highest(&given)
        );
        assert!(lowest(&given) > 0.02, "{name}: {}", lowest(&given));
    }
}
