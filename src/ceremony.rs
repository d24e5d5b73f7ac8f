//! The public ceremony, one state after the other: each does only what may come next, and what is done cannot be done again.
//!
//! ```text
//! Registered ─► PoolCommitted ─► DisputesClosed ─► LotteryCommitted ─► SourcesIn ─► Drawn ─► Published ─► replacement rounds
//!      ▲  amend        │                                   │ replace_pool                        │ repeat
//!      └───────────────┴───────────────────────────────────┴─────────────────────────────────────┘
//! ```
//! Every state has a file to publish before the next step: `registration.json`, `commit.json` (with lottery and certificate), `transcript.json`,
//! `replacements.json`. A ceremony takes weeks: between [commitment](LotteryCommitted::progress) and draw `progress.json` says who withdrew and which sources
//! are in, and every state is taken up from its files by a `resume`. Nothing that looks like a CPR number is committed, unless a
//! [screen](Registered::screen) lets it pass. No state can be copied: one commitment has one draw. Going back is possible, but the new commitment names the one that it
//! replaces, and [`audit::examine_chain`](crate::audit::examine_chain) shows every repeat. Times are the caller's; the library has no clock.
//!
//! ```
//! use kleroterion::ceremony::Registered;
//! use kleroterion::lottery::{Declaration, Dice, DrandChain, Terms};
//! use kleroterion::{Instance, Pool, Quotas, Rule, assembly::{Policy, Reserves}};
//! # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
//! # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
//! # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
//! # let instance = Instance::new(pool, quotas, 2)?;
//! let pool = Registered::new(instance, "leximin").assembly("Test assembly").commit_pool(1_692_700_000)?;
//! println!("publish {}", pool.commitment()?); // and registration.json; members look for themselves
//! let closed = pool.close_disputes(1_692_700_000)?;
//! let lottery = Rule::Leximin.distribution(closed.instance())?.into_lottery();
//! let dice = Dice::new(4, 6)?.at(1_692_803_100);
//! let beacon = DrandChain::quicknet().round(123)?;
//! let terms = Terms::new([dice.into(), Declaration::from(beacon.clone())])
//!     .published(1_692_803_000)
//!     .replacement(&Policy::new(Reserves::Ranked));
//! let mut committed = closed.commit_lottery(lottery, terms)?;
//! println!("publish {}", committed.commitment());
//! committed.source(dice.text(&[3, 5, 4, 6])?)?; // each in its turn, in the form declared for it, once
//! let signature = "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";
//! committed.source(beacon.text(signature)?)?;
//! let published = committed.sources_in()?.draw()?.publish()?;
//! assert_eq!(published.transcript().draw.panel.len(), 2);
//! # Ok::<(), kleroterion::Error>(())
//! ```
//!
//! What is out of order does not compile. No draw before the sources are in, none before the lottery is committed, no second draw, no lottery before disputes
//! are closed, no other sources afterwards, no replacements before publication:
//!
//! ```compile_fail,E0599
//! fn early(ceremony: kleroterion::ceremony::LotteryCommitted) { let _ = ceremony.draw(); }
//! ```
//! ```compile_fail,E0599
//! fn early(ceremony: kleroterion::ceremony::DisputesClosed) { let _ = ceremony.sources_in(); }
//! ```
//! ```compile_fail,E0382
//! fn twice(ceremony: kleroterion::ceremony::SourcesIn) { let _ = (ceremony.draw(), ceremony.draw()); }
//! ```
//! ```compile_fail,E0599
//! fn copied(ceremony: kleroterion::ceremony::SourcesIn) { let _ = ceremony.clone(); }
//! ```
//! ```compile_fail,E0599
//! fn early(ceremony: kleroterion::ceremony::PoolCommitted, lottery: kleroterion::Lottery, terms: kleroterion::lottery::Terms) {
//!     let _ = ceremony.commit_lottery(lottery, terms);
//! }
//! ```
//! ```compile_fail,E0599
//! fn late(mut ceremony: kleroterion::ceremony::SourcesIn) { let _ = ceremony.source("dice 6-6-6-6"); }
//! ```
//! ```compile_fail,E0599
//! fn early(mut ceremony: kleroterion::ceremony::Drawn) { let _ = ceremony.replace([]); }
//! ```
//! ```compile_fail,E0599
//! fn unpublished(ceremony: kleroterion::ceremony::Drawn, same: kleroterion::Instance) { let _ = ceremony.repeat(same, "we did not like it"); }
//! ```

mod drawn;
mod lottery;
mod pool;
mod progress;

pub use drawn::{Drawn, Published};
pub use lottery::{LotteryCommitted, SourcesIn};
pub use pool::{DisputesClosed, PoolCommitted, Registered};
pub use progress::{PROGRESS_VERSION, Progress};

use crate::error::{ErrorKind, Problem};

/// The error of one problem.
fn refused(code: &str, found: impl Into<String>, expected: impl Into<String>) -> crate::Error {
    ErrorKind::Input(vec![Problem::new(code, found, expected)]).into()
}

/// A reason that everybody can read.
fn reasoned(reason: String) -> crate::error::Result<String> {
    if reason.trim().is_empty() {
        return Err(refused(
            "E-CEREMONY-REASON",
            "a blank reason",
            "why it is replaced",
        ));
    }
    Ok(reason)
}
