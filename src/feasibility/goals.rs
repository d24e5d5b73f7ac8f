//! The least that would have to change, by several measures.

use crate::error::{ErrorKind, Result};
use crate::group::Group;
use crate::kernel::branch::{Effort, Found};
use crate::selection::conflict::{Answer, Pin, Sides, Trial};
use crate::selection::model::Model;

use super::panel::{is_panel, seats};
use super::program::{Lever, Optimum, Program, Side, levers};
use super::relaxation::weight;
use super::{Case, Goal, Households, Options, Relaxation, Suggestions};

/// A change, and a panel that it makes possible.
type Change = (Relaxation, Vec<u32>);

/// What looking for one goal gave.
enum Search {
    Done(Vec<Change>),
    Limit,
}

impl Case {
    /// The smallest changes that make a panel possible, by each goal of the options; nothing for a case that has one.
    ///
    /// Changes of quotas keep within `min_flex` and `max_flex`; where there is none, a minimum may be lowered to 0 and a maximum
    /// raised to the panel size. Several that are equally good are listed, up to the options' number. A change that is the least by
    /// two goals is listed once. Every one has been applied, and a panel under it counted out in integers.
    ///
    /// Deterministic. Each goal is an integer program with the columns of the pool's groups and two per quota.
    ///
    /// DIFFERENCE: The standard tool optimises [`Goal::Weighted`] only, gives one of its optima, changes neither size nor household rule,
    /// and suggests nothing when a minimum exceeds the people with its value. Its default for a missing `max_flex` is the largest sum
    /// of a feature's maximums; here it is the panel size, beyond which nothing is gained. Both columns may have empty cells here.
    /// Joint quotas give way like others.
    ///
    /// # Errors
    /// [`ErrorKind::LimitReached`] when the work limit comes before it is known whether there is a panel: `work_limit(0)`. A goal that it
    /// cuts short is listed as [unsettled](Suggestions::unsettled).
    pub fn suggest(&self, options: &Options) -> Result<Suggestions> {
        let mut effort = Effort::new(options.question());
        let model = Model::new(self.instance());
        let mut suggestions = Suggestions::default();
        if self.panel(&model, &mut effort)?.is_some() {
            return Ok(suggestions);
        }
        for &goal in &options.goals {
            let mut effort = Effort::new(options.work_limit);
            let search = match goal {
                Goal::PanelSize => self.sizes(&model, &mut effort),
                Goal::HouseholdRule => self.without_households(&mut effort)?,
                _ => self.quotas_for(goal, (&model, options.most), &mut effort),
            };
            match search {
                Search::Limit => suggestions.unsettled.push(goal),
                Search::Done(found) if found.is_empty() => suggestions.without.push(goal),
                Search::Done(found) => {
                    for (relaxation, panel) in found {
                        self.check(&relaxation, &[panel])?;
                        suggestions.add(relaxation);
                    }
                }
            }
        }
        Ok(suggestions)
    }

    /// Applies the change and counts the panels out.
    pub(super) fn check(&self, relaxation: &Relaxation, panels: &[Vec<u32>]) -> Result<()> {
        let applied = relaxation.apply(self)?;
        if panels.iter().all(|panel| is_panel(&applied, panel)) {
            Ok(())
        } else {
            let message = format!("a suggestion does not hold what it says: {relaxation}");
            Err(ErrorKind::Rejected(message).into())
        }
    }

    fn quotas_for(
        &self,
        goal: Goal,
        (model, most): (&Model, usize),
        effort: &mut Effort,
    ) -> Search {
        let levers = levers(self.instance());
        let base = Program::new(model, &levers, &[Pin::Nobody]);
        let program = match goal {
            Goal::FewestQuotas => fewest(base, effort),
            Goal::SmallestLargest => smallest_largest(base, &levers, effort),
            _ => Ok(Some(base.with_costs(|lever| self.weight_of(lever)))),
        };
        let program = match program {
            Ok(Some(program)) => program,
            Ok(None) => return Search::Done(vec![]),
            Err(Limit) => return Search::Limit,
        };
        match program.optimum(effort) {
            Optimum::Limit => Search::Limit,
            Optimum::Nothing => Search::Done(vec![]),
            Optimum::At(cost, first) => {
                let points = program.others((cost, first), most, effort);
                let found = |point: &Vec<f64>| {
                    let moves = program.moves(point);
                    let relaxation = Relaxation::of_quotas(self, vec![goal], &moves);
                    (relaxation, program.panels(point).swap_remove(0))
                };
                Search::Done(points.iter().map(found).collect())
            }
        }
    }

    /// What the standard tool makes a seat cost.
    pub(super) fn weight_of(&self, lever: &Lever) -> f64 {
        match lever.side {
            Side::Minimum => weight(self.instance().quotas()[lever.quota].min),
            Side::Maximum => 1.0,
        }
    }

    /// The nearest size above and the nearest below.
    fn sizes(&self, model: &Model, effort: &mut Effort) -> Search {
        let size = f64::from(self.instance().size());
        let people: f64 = model.people.iter().sum();
        let mut found = Vec::new();
        for (cost, (low, high)) in [(1.0, (size + 1.0, people)), (-1.0, (1.0, size - 1.0))] {
            if low > high {
                continue;
            }
            let mut program = Program::new(model, &[], &[Pin::Nobody]).with_seat_costs(cost);
            for (at, row) in program.rows[..model.quotas].iter_mut().enumerate() {
                if self.instance().given_position(at).is_none() {
                    row.1 = people;
                }
            }
            program.rows[model.quotas] = (low, high);
            match program.optimum(effort) {
                Optimum::Limit => return Search::Limit,
                Optimum::Nothing => {}
                Optimum::At(_, point) => {
                    let panel = program.panels(&point).swap_remove(0);
                    let mut relaxation = Relaxation::nothing(self, vec![Goal::PanelSize]);
                    relaxation.size.1 = panel.iter().sum();
                    found.push((relaxation, panel));
                }
            }
        }
        found.sort_by_key(|(relaxation, _)| relaxation.size.0.abs_diff(relaxation.size.1));
        Search::Done(found)
    }

    fn without_households(&self, effort: &mut Effort) -> Result<Search> {
        if self
            .instance()
            .groups()
            .iter()
            .all(|group| group.is_alone())
        {
            return Ok(Search::Done(vec![]));
        }
        // Dropping the rule helps wherever allowing more does, so it is asked first.
        let (dropped, panel) = match self.with_households(Households::Dropped, effort)? {
            Search::Done(mut found) if !found.is_empty() => found.swap_remove(0),
            other => return Ok(other),
        };
        let most = self.instance().pool().household_most();
        for more in most + 1..self.largest_household() {
            match self.with_households(Households::AtMost(more), effort)? {
                Search::Done(found) if found.is_empty() => {}
                other => return Ok(other),
            }
        }
        Ok(Search::Done(vec![(dropped, panel)]))
    }

    /// People of the largest household.
    fn largest_household(&self) -> u32 {
        let people = |group: &Group| group.units()[0].iter().map(Vec::len).sum::<usize>() as u32;
        let sizes = self.instance().groups().iter().map(people);
        sizes.max().unwrap_or(0)
    }

    /// The change, when a panel exists with it.
    fn with_households(&self, households: Households, effort: &mut Effort) -> Result<Search> {
        let mut relaxation = Relaxation::nothing(self, vec![Goal::HouseholdRule]);
        relaxation.households = households;
        let applied = match relaxation.apply(self) {
            Ok(applied) => applied,
            Err(error)
                if error
                    .problems()
                    .iter()
                    .all(|p| p.is_misfit() || p.is_warning()) =>
            {
                return Ok(Search::Done(vec![]));
            }
            Err(error) => return Err(error),
        };
        let model = Model::new(&applied);
        let trial = Trial::new(&model, Pin::Nobody);
        Ok(match trial.panel(&Sides::all(&applied), effort) {
            Answer::Feasible(point) => Search::Done(vec![(relaxation, seats(&point))]),
            Answer::Limit => Search::Limit,
            Answer::Infeasible(_) | Answer::Searched => Search::Done(vec![]),
        })
    }
}

impl Suggestions {
    /// A change that is there already gets one more goal.
    fn add(&mut self, relaxation: Relaxation) {
        match self.relaxations.iter_mut().find(|r| r.is_same(&relaxation)) {
            Some(same) => same.goals.extend(relaxation.goals),
            None => self.relaxations.push(relaxation),
        }
    }
}

struct Limit;

/// The program in which as few quotas give way as possible; its costs are the seats moved.
fn fewest(base: Program, effort: &mut Effort) -> std::result::Result<Option<Program>, Limit> {
    let program = base.with_switches();
    match program.clone().count_switches().optimum(effort) {
        Optimum::Limit => Err(Limit),
        Optimum::Nothing => Ok(None),
        Optimum::At(fewest, _) => {
            let mut program = program.with_costs(|_| 1.0);
            if let Some(counted) = program.rows.last_mut() {
                counted.1 = fewest.round();
            }
            Ok(Some(program))
        }
    }
}

/// The program in which no lever moves further than one must; its costs are the seats moved.
fn smallest_largest(
    base: Program,
    levers: &[Lever],
    effort: &mut Effort,
) -> std::result::Result<Option<Program>, Limit> {
    let (mut low, mut high) = (1, levers.iter().map(|l| l.most).max().unwrap_or(0));
    let mut works = |most: u32| match base.clone().capped(most).any(effort) {
        Found::Point(_) => Ok(true),
        Found::Nothing => Ok(false),
        Found::Limit => Err(Limit),
    };
    if !works(high)? {
        return Ok(None);
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if works(middle)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(Some(base.capped(high).with_costs(|_| 1.0)))
}
