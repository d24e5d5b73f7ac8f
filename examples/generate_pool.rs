//! Writes the bundled synthetic pool, its quotas, the city's shares, a register to invite from and the votes of an assembly:
//! `cargo run --example generate_pool -- [DIR]` (default `examples/data`).
//!
//! After the published shape of Copenhagen's first borgersamling (2019): 669 applicants, 36 seats; sex, age,
//! residence, dwelling type. Nobody in it exists, and the shares are plausible figures, not statistics.
//!
//! A city of 20 000 residents is made first. Two hidden factors (roughly means and stage of life) push a resident's
//! features in the same direction, so features are correlated; each feature is cut at the population's quantiles, so
//! its shares are exact. Residents are asked in random order and answer with a propensity that depends on their
//! values, until 669 have volunteered: the pool is self-selected and does not look like the city. The quotas do:
//! every share of 36 seats, rounded down and up. A second set of quotas for the same pool is one that no panel meets.
//!
//! The register is a small part of the same city, at addresses of one to four people, from a stream of its own. So are the votes, of
//! 91 of the volunteers on one proposal; the young are more for it than the old.
//!
//! Integers and ChaCha20 streams only, so the files have the same bytes on every machine.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use kleroterion::io;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const SEED: [u8; 32] = *b"kleroterion/bundled pool/2019 v4";
const REGISTER_SEED: [u8; 32] = *b"kleroterion/bundled register  v1";
const VOTES_SEED: [u8; 32] = *b"kleroterion/bundled votes     v1";
const RESIDENTS: usize = 20_000;
const VOLUNTEERS: usize = 669;
const SEATS: u64 = 36;
const REGISTERED: usize = 1_500;
const VOTERS: usize = 91;

/// A feature: how strongly the two hidden factors push it (per mille), and its values in ascending order of the push.
struct Feature {
    name: &'static str,
    loads: [i64; 2],
    values: &'static [Value],
}

/// A value, its share of the city (per mille) and how willing its people are to volunteer (percent of the keenest).
struct Value(&'static str, u64, u64);

const FEATURES: [Feature; 4] = [
    Feature {
        name: "sex",
        loads: [40, 60],
        values: &[Value("Woman", 511, 100), Value("Man", 489, 78)],
    },
    Feature {
        name: "age",
        loads: [180, 800],
        values: &[
            Value("18-29", 262, 27),
            Value("30-44", 288, 50),
            Value("45-59", 212, 84),
            Value("60-74", 160, 100),
            Value("75+", 78, 60),
        ],
    },
    Feature {
        name: "residence",
        loads: [350, -150],
        values: &[
            Value("Bispebjerg", 87, 38),
            Value("Brønshøj-Husum", 71, 36),
            Value("Nørrebro", 128, 52),
            Value("Amager Øst", 95, 44),
            Value("Valby", 98, 42),
            Value("Amager Vest", 122, 48),
            Value("Vesterbro/Kongens Enghave", 117, 58),
            Value("Vanløse", 65, 50),
            Value("Østerbro", 128, 70),
            Value("Indre By", 89, 100),
        ],
    },
    Feature {
        name: "dwelling",
        loads: [620, 330],
        values: &[
            Value("Social rental", 205, 30),
            Value("Private rental", 223, 46),
            Value("Housing co-operative", 317, 66),
            Value("Owner-occupied flat", 186, 100),
            Value("House", 69, 80),
        ],
    },
];

/// One post office of each district of [`FEATURES`]' residence, to have a column that no quota speaks of.
const POST: [&str; 10] = [
    "2400 København NV",
    "2700 Brønshøj",
    "2200 København N",
    "2300 København S",
    "2500 Valby",
    "2300 København S",
    "1620 København V",
    "2720 Vanløse",
    "2100 København Ø",
    "1150 København K",
];

/// A street of each district, of no city in particular.
const STREETS: [&str; 10] = [
    "Askevej",
    "Birkevej",
    "Egevej",
    "Elmevej",
    "Fyrrevej",
    "Granvej",
    "Hasselvej",
    "Lindevej",
    "Pilevej",
    "Rønnevej",
];

/// A resident: the index of one value per feature.
type Resident = [usize; FEATURES.len()];

struct Stream(ChaCha20Rng);

impl Stream {
    /// Every number below `n` is equally likely: the top bits of a word, again until they fit.
    fn below(&mut self, n: u64) -> u64 {
        let bits = u64::BITS - (n - 1).leading_zeros();
        if bits == 0 {
            return 0;
        }
        loop {
            let candidate = self.0.next_u64() >> (u64::BITS - bits);
            if candidate < n {
                return candidate;
            }
        }
    }

    /// A bell-shaped number with mean 0 and standard deviation 1 000: twelve even throws added up.
    fn bell(&mut self) -> i64 {
        (0..12)
            .map(|_| self.below(1001).cast_signed() - 500)
            .sum::<i64>()
            * 1000
            / 1001
    }
}

/// The city. Each feature's residents are ranked by their push and cut where the shares say.
fn city(stream: &mut Stream) -> Vec<Resident> {
    let mut pushes = Vec::with_capacity(RESIDENTS);
    for _ in 0..RESIDENTS {
        let factors = [stream.bell(), stream.bell()];
        pushes.push(FEATURES.each_ref().map(|feature| {
            let [means, stage] = feature.loads;
            let own = (1_000_000 - means * means - stage * stage).isqrt();
            means * factors[0] + stage * factors[1] + own * stream.bell()
        }));
    }
    let mut residents = vec![[0; FEATURES.len()]; RESIDENTS];
    for (f, feature) in FEATURES.iter().enumerate() {
        let mut ranked: Vec<usize> = (0..RESIDENTS).collect();
        ranked.sort_by_key(|&r| (pushes[r][f], r));
        let mut ranked = ranked.into_iter();
        for (v, Value(_, share, _)) in feature.values.iter().enumerate() {
            for resident in ranked
                .by_ref()
                .take(RESIDENTS / 1000 * usize::try_from(*share).expect("per mille"))
            {
                residents[resident][f] = v;
            }
        }
    }
    residents
}

/// The first to say yes. Residents come in no particular order, so asking them one by one is asking at random.
fn volunteers(residents: &[Resident], stream: &mut Stream) -> Vec<Resident> {
    let mut willing = Vec::new();
    for resident in residents {
        let propensity: u64 = FEATURES
            .iter()
            .zip(resident)
            .map(|(feature, &v)| feature.values[v].2)
            .product();
        if willing.len() < VOLUNTEERS && stream.below(100_u64.pow(4)) < propensity {
            willing.push(*resident);
        }
    }
    assert_eq!(
        willing.len(),
        VOLUNTEERS,
        "the city is too small for this response"
    );
    willing
}

/// The figures that the quotas come from, as an office of statistics prints them.
fn shares_csv() -> String {
    let mut text = String::from("feature,value,share\n");
    for feature in &FEATURES {
        for Value(value, share, _) in feature.values {
            let (percent, tenth) = (share / 10, share % 10);
            writeln!(text, "{},{value},{percent}.{tenth} %", feature.name).expect("text grows");
        }
    }
    text
}

fn quotas_csv() -> String {
    let mut text = String::from("feature,value,min,max\n");
    for feature in &FEATURES {
        for Value(value, share, _) in feature.values {
            let seats = share * SEATS;
            writeln!(
                text,
                "{},{value},{},{}",
                feature.name,
                seats / 1000,
                seats.div_ceil(1000)
            )
            .expect("text grows");
        }
    }
    text
}

/// Quotas of an assembly on renting in old age, which no panel of the pool meets: value, minimum, maximum, the lowest minimum
/// and the highest maximum that would be accepted. Features and values not named here keep their quotas.
const OLD_TENANTS: [(&str, [u32; 4]); 10] = [
    ("18-29", [5, 6, 4, 8]),
    ("30-44", [6, 7, 4, 9]),
    ("45-59", [6, 7, 5, 9]),
    ("60-74", [7, 8, 6, 10]),
    ("75+", [11, 12, 8, 12]),
    ("Social rental", [14, 15, 10, 16]),
    ("Private rental", [15, 16, 10, 18]),
    ("Housing co-operative", [2, 3, 2, 6]),
    ("Owner-occupied flat", [1, 2, 1, 4]),
    ("House", [0, 1, 0, 2]),
];

fn infeasible_quotas_csv() -> String {
    let mut text = String::from("feature,value,min,max,min_flex,max_flex\n");
    for feature in &FEATURES {
        for Value(value, share, _) in feature.values {
            let seats = share * SEATS;
            let (min, max) = (seats / 1000, seats.div_ceil(1000));
            let usual = [min, max, min - 1, max + 1].map(|n| n.to_string());
            let own = OLD_TENANTS.iter().find(|(name, _)| name == value);
            let row = own.map_or(usual, |(_, seats)| seats.map(|n| n.to_string()));
            writeln!(text, "{},{value},{}", feature.name, row.join(",")).expect("text grows");
        }
    }
    text
}

/// Volunteers in the order they registered, under codes that tell nothing.
fn pool_csv(pool: &[Resident], stream: &mut Stream) -> String {
    let mut codes: Vec<u64> = (1000..10_000).collect();
    for i in (1..codes.len()).rev() {
        codes.swap(
            i,
            usize::try_from(stream.below(i as u64 + 1)).expect("an index"),
        );
    }
    let mut text = String::from("id,registered,email,post district");
    for feature in &FEATURES {
        write!(text, ",{}", feature.name).expect("text grows");
    }
    text.push('\n');
    for ((number, resident), code) in (1..).zip(pool).zip(codes) {
        let (day, post) = (1 + number * 30 / (VOLUNTEERS + 1), POST[resident[2]]);
        write!(text, "b{code},2019-06-{day:02},b{code}@example.org,{post}").expect("text grows");
        for (feature, &value) in FEATURES.iter().zip(resident) {
            write!(text, ",{}", feature.values[value].0).expect("text grows");
        }
        text.push('\n');
    }
    text
}

/// The first residents of the city, in no order. People of one district and dwelling type share addresses; one in fifty has none.
fn register_csv(residents: &[Resident], stream: &mut Stream) -> String {
    let mut registered: Vec<Resident> = residents[..REGISTERED].to_vec();
    registered.sort_by_key(|r| (r[2], r[3]));
    let mut rows = Vec::new();
    let (mut number, mut left, mut last) = (0, 0, [0; 2]);
    for resident in &registered {
        let place = [resident[2], resident[3]];
        if left == 0 || place != last {
            number = if place[0] == last[0] { number + 1 } else { 1 };
            left = 1 + stream.below(4);
            last = place;
        }
        left -= 1;
        let street = STREETS[place[0]];
        let home = match stream.below(50) {
            0 => ",".to_owned(),
            1 => format!("{},{number}", street.to_uppercase()),
            _ => format!("{street},{number}"),
        };
        let values = [0, 1, 2].map(|f| FEATURES[f].values[resident[f]].0);
        rows.push(format!("{home},{}", values.join(",")));
    }
    for i in (1..rows.len()).rev() {
        rows.swap(
            i,
            usize::try_from(stream.below(i as u64 + 1)).expect("an index"),
        );
    }
    let mut text = String::from("id,street,number,sex,age,residence\n");
    for (code, row) in (1..).zip(rows) {
        writeln!(text, "r{code:04},{row}").expect("text grows");
    }
    text
}

/// Votes of some volunteers on one proposal, in no order: of a hundred people, `for` say yes, some five abstain, the others say no.
fn votes_csv(pool: &[Resident], stream: &mut Stream) -> String {
    const FOR: [u64; 5] = [76, 68, 52, 45, 40];
    let mut text = String::from("id,sex,age,vote\n");
    for (number, resident) in (1..).zip(&pool[..VOTERS]) {
        let thrown = stream.below(100);
        let vote = match thrown {
            _ if thrown < FOR[resident[1]] => "yes",
            95.. => "abstain",
            _ => "no",
        };
        let values = [0, 1].map(|f| FEATURES[f].values[resident[f]].0);
        writeln!(text, "m{number:02},{},{vote}", values.join(",")).expect("text grows");
    }
    text
}

fn main() -> ExitCode {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("examples/data"), PathBuf::from);
    let mut stream = Stream(ChaCha20Rng::from_seed(SEED));
    let residents = city(&mut stream);
    let pool = volunteers(&residents, &mut stream);
    let files = [
        ("quotas.csv", quotas_csv()),
        ("shares.csv", shares_csv()),
        ("infeasible-quotas.csv", infeasible_quotas_csv()),
        ("pool.csv", pool_csv(&pool, &mut stream)),
        (
            "register.csv",
            register_csv(
                &residents,
                &mut Stream(ChaCha20Rng::from_seed(REGISTER_SEED)),
            ),
        ),
        (
            "votes.csv",
            votes_csv(&pool, &mut Stream(ChaCha20Rng::from_seed(VOTES_SEED))),
        ),
    ];
    for (name, text) in files {
        if let Err(error) = io::write_atomically(folder.join(name), text) {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
