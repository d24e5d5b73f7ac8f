//! Runs every contender and measures all of them against each other.

use kleroterion::metrics::PairShares;
use kleroterion::selection::{Gain, manipulation_gain};
use kleroterion::{Certificate, ErrorKind, Instance, Ratio, Result, Rule};

use crate::arguments::Task;
use crate::clock::timed;
use crate::contender::{Contender, Origin, Outcome, Sample};
use crate::figures::{Figures, OBJECTIVES, Objective};

/// 10^-9: as near as a lottery's chances are to what is proven for them.
const PRECISION: u64 = 1000;
const DENOMINATOR: u64 = 1_000_000_000_000;

/// All rules on one pool.
pub(crate) struct Comparison {
    pub(crate) instance: Instance,
    pub(crate) rows: Vec<Row>,
    /// People who can be on a panel, by canonical index.
    pub(crate) selectable: Vec<bool>,
    /// The best value of each of [`OBJECTIVES`], where its rule took part.
    pub(crate) optima: Vec<Option<f64>>,
}

/// One rule.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) seconds: f64,
    /// Whether its panels may break quotas.
    pub(crate) ignores_quotas: bool,
    /// The figures, or why there are none.
    pub(crate) result: std::result::Result<Figures, String>,
    /// The largest gain found, or why it is not known; `None` when it was not asked for.
    pub(crate) gain: Option<std::result::Result<Gain, String>>,
}

impl Row {
    pub(crate) fn figures(&self) -> Option<&Figures> {
        self.result.as_ref().ok()
    }

    pub(crate) fn largest_gain(&self) -> Option<f64> {
        self.gain.as_ref()?.as_ref().ok()?.largest
    }
}

struct Run<'a> {
    contender: &'a Contender,
    result: Result<Outcome>,
    seconds: f64,
}

impl Comparison {
    /// Stops only when no panel can exist at all: that is no rule's fault.
    pub(crate) fn new(
        task: &Task,
        instance: &Instance,
        population: Option<&PairShares>,
    ) -> Result<Self> {
        let mut runs = Vec::new();
        for contender in &task.contenders {
            let (result, seconds) = timed(|| contender.run(instance, task.effort));
            if let Err(error) = &result
                && matches!(error.kind(), ErrorKind::Infeasible(_))
            {
                return Err(error.clone());
            }
            runs.push(Run {
                contender,
                result,
                seconds,
            });
        }
        // Leximin is what the others are measured against, even when it is not asked for.
        let wanted = Contender::Lottery(Rule::Leximin);
        let known = runs.iter().find(|run| *run.contender == wanted);
        let reference = match known {
            Some(run) => run.result.as_ref().ok().cloned(),
            None => wanted.run(instance, task.effort).ok(),
        };
        let outcomes = runs
            .iter()
            .filter_map(|run| run.result.as_ref().ok())
            .chain(&reference);
        let selectable = selectable(instance, outcomes.filter_map(|o| o.certificate.as_ref()));
        let leximin = reference.and_then(|r| lowest(&r.chances, &selectable));
        let threshold = leximin.map(|lowest| {
            let value = u128::from(lowest.numerator) * u128::from(DENOMINATOR)
                / u128::from(lowest.denominator);
            Ratio::new(
                u64::try_from(value)
                    .unwrap_or(u64::MAX)
                    .saturating_sub(PRECISION),
                DENOMINATOR,
            )
        });
        let rows: Vec<Row> = runs
            .into_iter()
            .map(|run| Row {
                name: run.contender.to_string(),
                seconds: run.seconds,
                ignores_quotas: run.contender.ignores_quotas(),
                gain: gain(task, instance, &run),
                result: run
                    .result
                    .map(|outcome| {
                        Figures::new(instance, &outcome, (&selectable, threshold, population))
                    })
                    .map_err(|error| task.lang.reason(&error)),
            })
            .collect();
        let optima = OBJECTIVES
            .map(|objective| optimum(objective, &rows, leximin))
            .to_vec();
        Ok(Self {
            instance: instance.clone(),
            rows,
            selectable,
            optima,
        })
    }

    /// How much of an objective's optimum a rule reaches: 1 is as good as any lottery can be.
    pub(crate) fn reached(&self, objective: usize, figures: &Figures) -> Option<f64> {
        Some(OBJECTIVES[objective].reached(figures.values[objective], self.optima[objective]?))
    }

    /// People who can be on no panel.
    pub(crate) fn excluded(&self) -> usize {
        self.selectable
            .iter()
            .filter(|selectable| !**selectable)
            .count()
    }
}

/// Everybody but those whom some certificate excludes from every panel.
fn selectable<'a>(
    instance: &Instance,
    certificates: impl Iterator<Item = &'a Certificate>,
) -> Vec<bool> {
    let mut selectable = vec![true; instance.len()];
    for exclusion in certificates.flat_map(|certificate| &certificate.excluded) {
        let units = instance.groups()[exclusion.group as usize].units();
        for &person in units.iter().flat_map(|unit| &unit[exclusion.role as usize]) {
            selectable[person as usize] = false;
        }
    }
    selectable
}

fn lowest(chances: &[Ratio], selectable: &[bool]) -> Option<Ratio> {
    let kept = chances
        .iter()
        .zip(selectable)
        .filter(|(_, selectable)| **selectable);
    kept.map(|(chance, _)| *chance).min()
}

/// The value of the rule that optimises the objective; that of leximin is known without its row.
fn optimum(objective: Objective, rows: &[Row], leximin: Option<Ratio>) -> Option<f64> {
    if let Objective::Lowest = objective {
        return leximin.map(Ratio::to_f64);
    }
    let place = OBJECTIVES.iter().position(|other| *other == objective)?;
    let optimal = rows.iter().find(|row| row.name == objective.rule())?;
    Some(optimal.figures()?.values[place])
}

fn gain(
    task: &Task,
    instance: &Instance,
    run: &Run<'_>,
) -> Option<std::result::Result<Gain, String>> {
    let outcome = run.result.as_ref().ok()?;
    // Between two samples of panels, chance would look like a gain; and each takes long.
    let is_sampled = |sample: Sample| sample.origin != Origin::Draws;
    if task.misreports == 0 || outcome.sample.is_some_and(is_sampled) {
        return None;
    }
    let chances = |instance: &Instance| Ok(run.contender.run(instance, task.effort)?.chances);
    Some(manipulation_gain(instance, task.misreports, chances).map_err(|e| task.lang.reason(&e)))
}
