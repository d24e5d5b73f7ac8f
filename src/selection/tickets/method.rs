//! Rounding by a method of one's choice, and what its certificate states.

use std::collections::BTreeMap;

use super::super::Distribution;
use super::super::model::Model;
use super::program::Program;
use super::seating::{self, Seats};
use super::shares::Shares;
use super::totals::Totals;
use super::{Share, Tickets, compositions, fill, pipage, seated, target, tickets_problem};
use crate::certificate::{Least, Rounding, Theory};
use crate::error::Result;
use crate::kernel::branch::Effort;
use crate::lottery::{Composition, Lottery, StageOne};

/// How a lottery is rounded to equally likely tickets, other than by [`Distribution::panel_list`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum RoundingMethod<'a> {
    /// The largest deviation of anybody's chance is as small as a bounded search can make it: an integer program on
    /// given compositions (those of the lottery, the fewest with the same chances, and those that
    /// [`Distribution::panel_list`] makes, than which it is never worse). Deterministic.
    ///
    /// DIFFERENCE: Flanigan, Kehne and Procaccia (NeurIPS 2021) round panels of given people; here compositions are
    /// rounded and their seats dealt evenly, which the deviation takes into account.
    SmallestDeviation,
    /// Dependent rounding by chance (Gandhi et al. 2006): every composition gets the floor or the ceiling of its share,
    /// and everybody's expected tickets are exactly their share. The chance is that of public sources, known before
    /// the lottery is committed. Fewer compositions ([`Selector::spread(0)`](crate::Selector::spread)) deviate less.
    Pipage(&'a StageOne),
}

impl Distribution {
    /// A lottery of equally likely tickets, each an explicit panel, rounded by this method. The certificate speaks of
    /// the chances before rounding, records them, and states the [`Rounding`].
    ///
    /// Within a role people hold the floor or the ceiling of its seats over its people, with households too. The same
    /// input gives the same list on every machine; the work is bounded by a fixed count of steps. For 1000 tickets of
    /// ordinary pools the smallest deviation takes two to ten times as long as [`panel_list`](Self::panel_list).
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) (`E-TICKETS`) for 0 tickets.
    ///
    /// ```
    /// use kleroterion::{Rule, selection::RoundingMethod};
    /// # use kleroterion::{Instance, Pool, Quotas};
    /// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
    /// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
    /// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
    /// # let instance = Instance::new(pool, quotas, 2)?;
    /// // Two women for one seat, three tickets: 2/3 and 1/3 in place of 1/2 each, and no list comes nearer.
    /// let lottery = Rule::Leximin.distribution(&instance)?.rounded(3, RoundingMethod::SmallestDeviation)?;
    /// let rounding = lottery.certificate().rounding.as_ref().unwrap();
    /// assert_eq!(rounding.largest, 166_666_666_667); // 1/6 in 10^-12, rounded up
    /// assert_eq!(rounding.least.as_ref().unwrap().bound, rounding.largest);
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    pub fn rounded(mut self, tickets: u32, method: RoundingMethod<'_>) -> Result<Lottery> {
        if tickets == 0 {
            return Err(tickets_problem());
        }
        if self.base.is_empty() {
            self.base = super::dense(&self);
        }
        let (model, seats) = seated(&self);
        let shares = Shares::new(&model, &seats, tickets);
        let rounder = Rounder {
            distribution: &self,
            model: &model,
            seats: &seats,
            shares: &shares,
        };
        let (list, largest, least, sources) = match method {
            RoundingMethod::SmallestDeviation => {
                let (list, largest, least) = rounder.smallest()?;
                (list, largest, Some(least), vec![])
            }
            RoundingMethod::Pipage(stage_one) => {
                let (list, largest) = rounder.by_chance(stage_one)?;
                let sources = stage_one.sources().iter().map(str::to_owned).collect();
                (list, largest, None, sources)
            }
        };
        let name = match method {
            RoundingMethod::SmallestDeviation => Rounding::SMALLEST_DEVIATION,
            RoundingMethod::Pipage(_) => Rounding::PIPAGE,
        };
        let profiles = self.instance().number_of_profiles();
        let mut certificate = self.certificate.clone();
        certificate.target = Some(target(self.instance(), &self.base));
        certificate.rounding = Some(Rounding {
            method: name.to_owned(),
            sources,
            largest,
            least,
            theory: Theory::of(self.instance().size(), profiles, tickets.into()),
        });
        super::list_lottery(self.instance, &list, certificate)
    }
}

fn sparse(panel: &[u32]) -> Seats {
    let seated = (0..).zip(panel).filter(|(_, seats)| **seats > 0);
    seated.map(|(column, &seats)| (column, seats)).collect()
}

fn columns(model: &Model, Composition(entries): &Composition) -> Seats {
    let column = |&(group, role, seats): &(u32, u32, u32)| {
        let at = model.roles.partition_point(|&r| r < (group, role));
        (at as u32, seats)
    };
    entries.iter().map(column).collect()
}

fn expand(given: &[Seats], count: &[u64]) -> Vec<Seats> {
    let repeated = given.iter().zip(count);
    repeated
        .flat_map(|(seats, &count)| (0..count).map(|_| seats.clone()))
        .collect()
}

/// Pivots and nodes that making panels may take, beyond those of the default rounding.
const MAKING: u64 = 400_000;

struct Rounder<'a> {
    distribution: &'a Distribution,
    model: &'a Model,
    seats: &'a [u64],
    shares: &'a Shares,
}

impl Rounder<'_> {
    fn smallest(&self) -> Result<(Tickets, u64, Least)> {
        let tickets = self.shares.tickets() as u32;
        let mut list = compositions(self.distribution, tickets)?;
        let mut largest = self.shares.largest(&self.totals(&list));
        let mut given: BTreeMap<Seats, u64> = BTreeMap::new();
        self.gather(&mut given, &list);
        let mut totals = Totals::new(self.model, self.shares);
        let bound = totals.bound(&self.shares.steps(self.shares.least(), largest));
        let least = Least {
            bound: bound.unwrap_or(largest),
            nodes: totals.nodes,
        };
        let mut effort = Effort::new(MAKING);
        let steps = self.shares.steps(least.bound, largest);
        let (mut low, mut high) = (0, steps.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let found = self.made_for(steps[middle], &mut effort);
            self.gather(&mut given, &found);
            let reached = self.shares.largest(&self.totals(&found));
            if reached < largest {
                (list, largest) = (found, reached);
                high = steps.partition_point(|&step| step < largest);
            }
            low = if largest <= steps[middle] {
                low
            } else {
                middle + 1
            };
        }
        let panels = self.chosen(given, &list, least.bound);
        let largest = self.shares.largest(&self.sparse_totals(&panels));
        let list = seating::seat(
            self.distribution.instance(),
            self.model,
            &panels,
            &mut |_| {},
        );
        Ok((list, largest, least))
    }

    /// Panels made for windows of this limit, whether or not they meet them all.
    fn made_for(&self, limit: u64, effort: &mut Effort) -> Vec<Vec<u32>> {
        let tickets = self.shares.tickets() as u32;
        let share = Share::new(self.model, self.seats, tickets);
        let share = match self.shares.windows(limit) {
            Some(windows) => share.within(&windows),
            None => share,
        };
        fill(self.distribution, share, effort)
    }

    /// The integer program on everything that was made, the lottery itself and the fewest compositions.
    fn chosen(&self, mut given: BTreeMap<Seats, u64>, list: &[Vec<u32>], bound: u64) -> Vec<Seats> {
        for composition in self.distribution.compositions() {
            given.entry(columns(self.model, composition)).or_default();
        }
        for (panel, _) in &self.distribution.base {
            given.entry(sparse(panel)).or_default();
        }
        given.values_mut().for_each(|count| *count = 0);
        for panel in list {
            *given.entry(sparse(panel)).or_default() += 1;
        }
        let (given, start): (Vec<Seats>, Vec<u64>) = given.into_iter().unzip();
        let column = |seats: &Seats| seats.iter().map(|&(j, x)| (j, i64::from(x))).collect();
        let program = Program::new(self.shares, given.iter().map(column).collect());
        expand(&given, &program.improve(start, bound))
    }

    fn gather(&self, given: &mut BTreeMap<Seats, u64>, panels: &[Vec<u32>]) {
        for panel in panels {
            given.entry(sparse(panel)).or_default();
        }
    }

    fn totals(&self, panels: &[Vec<u32>]) -> Vec<i64> {
        let mut totals = vec![0_i64; self.shares.len()];
        for panel in panels {
            for (total, &seats) in totals.iter_mut().zip(panel) {
                *total += i64::from(seats);
            }
        }
        totals
    }

    fn sparse_totals(&self, panels: &[Seats]) -> Vec<i64> {
        let mut totals = vec![0_i64; self.shares.len()];
        for &(j, seats) in panels.iter().flatten() {
            totals[j as usize] += i64::from(seats);
        }
        totals
    }

    /// Chance decides the tickets of each composition, and then who in a group is who.
    fn by_chance(&self, stage_one: &StageOne) -> Result<(Tickets, u64)> {
        let (distribution, instance) = (self.distribution, self.distribution.instance());
        let tickets = self.shares.tickets() as u32;
        let mut stream = stage_one.stream(instance, distribution.rule(), "pipage")?;
        let count = pipage::round(distribution.weights(), tickets, &mut |a, n| {
            stream.below(n) < a
        });
        let compositions = distribution.compositions().iter();
        let given: Vec<Seats> = compositions.map(|c| columns(self.model, c)).collect();
        let panels = expand(&given, &count);
        let mut stream = stage_one.stream(instance, distribution.rule(), "seats")?;
        let list = seating::seat(instance, self.model, &panels, &mut |items| {
            stream.shuffle(items);
        });
        Ok((list, self.shares.largest(&self.sparse_totals(&panels))))
    }
}
