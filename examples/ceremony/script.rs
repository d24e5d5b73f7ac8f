//! The day on which the ceremony is set: who does what, and when.

use kleroterion::assembly::{Dropout, Policy, Reserves};
use kleroterion::lottery::{Balls, Declaration, DrandChain, DrandRound, Sources, StageOne, Terms};
use kleroterion::privacy::SecretKey;
use kleroterion::{Error, Instance, io};

const QUOTAS: &str = include_str!("../data/quotas.csv");
const POOL: &str = include_str!("../data/pool.csv");
const SIZE: u32 = 36;

/// 20 August 2023, noon (UTC): until then the pool can be disputed.
pub(crate) const DISPUTES_UNTIL: u64 = 1_692_532_800;
/// 23 August 2023, 15:03:20: the lottery is published.
const PUBLISHED: u64 = 1_692_803_000;
/// 15:05: balls are drawn.
const BALLS: u64 = 1_692_803_100;
/// 15:20: without the beacon's round by then, its fallback counts.
const DEADLINE: u64 = 1_692_804_000;

/// The beacon's round at 15:15:33, and what the network signed.
const ROUND: (u64, &str) = (
    123,
    "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
);
/// The one that takes its place, at 15:59:24.
const FALLBACK: (u64, &str) = (
    1000,
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
);

pub(crate) fn instance() -> Result<Instance, Error> {
    io::Files::bundled(("bundled quotas.csv", QUOTAS), ("bundled pool.csv", POOL)).read(SIZE)
}

/// Dice thrown when disputes were closed, before the lottery was worked out: they shuffle the labels.
pub(crate) fn stage_one() -> Result<StageOne, Error> {
    Ok(StageOne::new(Sources::new(["dice 2-6-1-4-4-3-5-1"])?))
}

/// Everybody can read this key, so it hides nothing: a real one is 32 random bytes that nobody else has.
pub(crate) fn salt_key() -> Result<SecretKey, Error> {
    SecretKey::new(&b"a demonstration key that everybody knows"[..])
}

/// Thrown when the root of the pool is public: whom an auditor meets. So many people find one of 66 made-up members in 669 with 95 %.
pub(crate) fn spot_check() -> Result<(u64, Sources), Error> {
    Ok((29, Sources::new(["dice 4-1-6-6-2-5-3-1-1-4"])?))
}

pub(crate) fn balls(tickets: u32) -> Result<Balls, Error> {
    Ok(Balls::new(tickets.into())?.at(BALLS))
}

/// The text of the number on the balls.
pub(crate) fn ball(tickets: u32, number: Option<u64>) -> Result<String, Error> {
    let most = u64::from(tickets) - 1;
    balls(tickets)?.text(number.unwrap_or(most.min(417)))
}

pub(crate) fn terms(tickets: u32) -> Result<Terms, Error> {
    let quicknet = DrandChain::quicknet();
    let (beacon, fallback) = (quicknet.round(ROUND.0)?, quicknet.round(FALLBACK.0)?);
    let sources = [balls(tickets)?.into(), Declaration::from(beacon)];
    Ok(Terms::new(sources)
        .published(PUBLISHED)
        .fallback(1, DEADLINE, fallback)
        .labels(&stage_one()?)
        .replacement(&Policy::new(Reserves::Ranked).until("2023-12-31")))
}

/// The round that counts, and its text.
pub(crate) fn beacon(missing: bool) -> Result<(DrandRound, String), Error> {
    let (number, signature) = if missing { FALLBACK } else { ROUND };
    let round = DrandChain::quicknet().round(number)?;
    let text = round.text(signature)?;
    Ok((round, text))
}

/// Somebody withdraws when the lottery is committed already.
pub(crate) fn withdrawal(instance: &Instance) -> Dropout {
    let id = instance.person(instance.len() as u32 / 2).id().to_owned();
    Dropout {
        date: "2023-08-23".into(),
        id,
    }
}

/// The first two members in order of ids leave in autumn.
pub(crate) fn dropouts(panel: &[String]) -> Vec<Dropout> {
    let days = ["2023-09-14", "2023-10-02"];
    let dropout = |(id, date): (&String, &str)| Dropout {
        date: date.into(),
        id: id.clone(),
    };
    panel.iter().zip(days).map(dropout).collect()
}
