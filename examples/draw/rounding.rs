//! `--rounding` and `--stage-one`: how a lottery becomes, or panels are sampled as, a list of equally likely panels.

use clap::{Args, ValueEnum};
use kleroterion::lottery::{Lottery, Sources, StageOne};
use kleroterion::selection::RoundingMethod;
use kleroterion::{Distribution, Rule, Selector};

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Method {
    /// Everybody at floor or ceiling of their tickets where the quotas allow
    #[default]
    Default,
    /// The largest deviation of a chance as small as a bounded search can make it
    SmallestDeviation,
    /// By public chance (--stage-one), every expected chance kept exactly
    Pipage,
}

/// Options of a panel list.
#[derive(Args)]
pub(crate) struct Rounding {
    /// How to round to --tickets
    #[arg(long, value_enum, default_value = "default")]
    rounding: Method,
    /// A public value known before the lottery is committed: for --rounding pipage, and to sample --tickets panels with
    /// --rule uniform or max-entropy; once per source, in order
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    stage_one: Vec<String>,
}

impl Rounding {
    /// Contradictions and gaps; `tickets` says whether a list is asked for.
    pub(crate) fn problems(&self, rule: Rule, tickets: Option<u32>) -> Vec<String> {
        let mut problems = Vec::new();
        if self.rounding != Method::Default && tickets.is_none() {
            problems.push(
                "--rounding rounds to tickets: give their number with --tickets N".to_owned(),
            );
        }
        if self.samples(rule) && tickets.is_none() {
            problems.push(format!(
                "--stage-one samples panels of --rule {rule}: give their number with --tickets N"
            ));
        }
        match (self.rounding, self.stage_one.is_empty()) {
            (Method::Pipage, true) => problems.push(
                "--stage-one TEXT is missing: --rounding pipage needs a public value that was known before the \
                 lottery is committed, and that nobody could choose"
                    .to_owned(),
            ),
            (Method::Default | Method::SmallestDeviation, false) if !self.samples(rule) => problems
                .push(
                    "--stage-one is for --rounding pipage, and for --rule uniform or max-entropy with --tickets N: \
                     nothing else uses chance before the draw; leave it out"
                        .to_owned(),
                ),
            _ => {}
        }
        problems
    }

    /// True when the way of rounding is not the default one.
    pub(crate) fn is_given(&self) -> bool {
        self.rounding != Method::Default || !self.stage_one.is_empty()
    }

    /// True when panels are sampled, not rounded from a list of all.
    pub(crate) fn samples(&self, rule: Rule) -> bool {
        is_over_all_panels(rule) && self.rounding == Method::Default && !self.stage_one.is_empty()
    }

    /// The public values.
    pub(crate) fn stage_one(&self) -> kleroterion::Result<StageOne> {
        Sources::new(&self.stage_one).map(StageOne::new)
    }

    /// Chance deviates least on the fewest compositions.
    pub(crate) fn default_spread(&self) -> u32 {
        match self.rounding {
            Method::Pipage => 0,
            _ => Selector::DEFAULT_SPREAD,
        }
    }

    pub(crate) fn list(
        &self,
        distribution: Distribution,
        tickets: u32,
    ) -> kleroterion::Result<Lottery> {
        match self.rounding {
            Method::Default => distribution.panel_list(tickets),
            Method::SmallestDeviation => {
                distribution.rounded(tickets, RoundingMethod::SmallestDeviation)
            }
            Method::Pipage => {
                let stage_one = self.stage_one()?;
                distribution.rounded(tickets, RoundingMethod::Pipage(&stage_one))
            }
        }
    }
}

/// Rules that spread over every panel there is, which may be too many to list.
pub(crate) fn is_over_all_panels(rule: Rule) -> bool {
    matches!(rule, Rule::Uniform | Rule::MaxEntropy)
}
