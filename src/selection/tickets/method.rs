//! Rounding by a method of one's choice, and what its certificate states.

use std::collections::BTreeMap;

use super::super::Distribution;
use super::super::model::Model;
use super::program::{Program, Solution};
use super::seating::{self, Seats};
use super::shares::Shares;
use super::{Tickets, compositions, expected, pipage, target, tickets_problem};
use crate::certificate::{Least, Rounding, Theory};
use crate::error::Result;
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
    /// input gives the same list on every machine; the work is bounded by a fixed count of steps (about two seconds for
    /// 1000 tickets, 1700 people and 2000 compositions).
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
    pub fn rounded(self, tickets: u32, method: RoundingMethod<'_>) -> Result<Lottery> {
        if tickets == 0 {
            return Err(tickets_problem());
        }
        let model = Model::new(self.instance());
        let seats = expected(&model, &self.base);
        let shares = Shares::new(&model, &seats, tickets);
        let (list, largest, least, sources) = match method {
            RoundingMethod::SmallestDeviation => {
                let (list, solution, given) = smallest(&self, &model, (&shares, tickets))?;
                let least = Least {
                    bound: solution.bound,
                    compositions: given,
                    nodes: solution.nodes,
                };
                (list, solution.largest, Some(least), vec![])
            }
            RoundingMethod::Pipage(stage_one) => {
                let (list, largest) = by_chance(&self, &model, (&shares, tickets), stage_one)?;
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

/// The compositions to choose from, with the tickets that the default rounding gives them.
fn given(distribution: &Distribution, model: &Model, tickets: u32) -> Result<Vec<(Seats, u64)>> {
    let mut given: BTreeMap<Seats, u64> = BTreeMap::new();
    for panel in compositions(distribution, tickets)? {
        *given.entry(sparse(&panel)).or_default() += 1;
    }
    for (panel, _) in &distribution.base {
        given.entry(sparse(panel)).or_default();
    }
    for composition in distribution.compositions() {
        given.entry(columns(model, composition)).or_default();
    }
    Ok(given.into_iter().collect())
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

fn smallest(
    distribution: &Distribution,
    model: &Model,
    (shares, tickets): (&Shares, u32),
) -> Result<(Tickets, Solution, u64)> {
    let (given, start): (Vec<Seats>, Vec<u64>) =
        given(distribution, model, tickets)?.into_iter().unzip();
    let column = |seats: &Seats| seats.iter().map(|&(j, x)| (j, i64::from(x))).collect();
    let program = Program::new(shares, given.iter().map(column).collect());
    let solution = program.solve(start);
    let panels = expand(&given, &solution.count);
    let list = seating::seat(distribution.instance(), model, &panels, &mut |_| {});
    Ok((list, solution, given.len() as u64))
}

/// Chance decides the tickets of each composition, and then who in a group is who.
fn by_chance(
    distribution: &Distribution,
    model: &Model,
    (shares, tickets): (&Shares, u32),
    stage_one: &StageOne,
) -> Result<(Tickets, u64)> {
    let (instance, rule) = (distribution.instance(), distribution.rule());
    let mut stream = stage_one.stream(instance, rule, "pipage")?;
    let count = pipage::round(distribution.weights(), tickets, &mut |n| stream.below(n));
    let given: Vec<Seats> = distribution
        .compositions()
        .iter()
        .map(|composition| columns(model, composition))
        .collect();
    let panels = expand(&given, &count);
    let mut totals = vec![0_i64; shares.len()];
    for &(j, seats) in panels.iter().flatten() {
        totals[j as usize] += i64::from(seats);
    }
    let mut stream = stage_one.stream(instance, rule, "seats")?;
    let list = seating::seat(instance, model, &panels, &mut |items| stream.shuffle(items));
    Ok((list, shares.largest(&totals)))
}

fn expand(given: &[Seats], count: &[u64]) -> Vec<Seats> {
    let repeated = given.iter().zip(count);
    repeated
        .flat_map(|(seats, &count)| (0..count).map(|_| seats.clone()))
        .collect()
}
