//! A lottery of sampled panels, where there are too many to list.

use std::collections::BTreeMap;

use super::count::{Exact, Weighted};
use super::graph::Graph;
use super::{STATES, chances, fit, nats, walk};
use crate::certificate::{Certificate, Counted, Counting, Sample};
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::kernel::branch::Effort;
use crate::lottery::{DENOMINATOR, Lottery, StageOne, Stream};
use crate::selection::model::Model;
use crate::selection::solve::{Optimum, Solve, integer_weights};
use crate::selection::{Progress, Rule, Selector};

impl Selector<'_> {
    /// A lottery of `tickets` panels sampled independently of each other with public randomness of stage one, for
    /// [`Rule::Uniform`] and [`Rule::MaxEntropy`], whose panels are mostly too many to list.
    ///
    /// Panels are as likely as the rule says: exactly for `uniform`; for `max-entropy` within what the certificate
    /// states as deviation. Where the panels cannot be counted, they come from a random walk, and the certificate says [`Counting::Approximate`]. The chances of this lottery
    /// are those of the sampled panels, not those of the rule: with N tickets they differ by about √(p(1−p)/N).
    ///
    /// Deterministic in instance, rule and sources. Counting takes time and memory in proportion to the states, at most
    /// two million of them; each ticket O(groups · seats).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-TICKETS` for 0 tickets and `E-SAMPLED` for another rule;
    /// [`LimitReached`](ErrorKind::LimitReached) for `work_limit(0)`; else as [`distribution`](Self::distribution).
    ///
    /// ```
    /// use kleroterion::lottery::{Sources, StageOne};
    /// use kleroterion::{Rule, Selector};
    /// # use kleroterion::{Instance, Pool, Quotas};
    /// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
    /// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
    /// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
    /// # let instance = Instance::new(pool, quotas, 2)?;
    /// let stage_one = StageOne::new(Sources::new(["dice 3-5-4-6"])?);
    /// let lottery = Selector::new(Rule::Uniform).sampled(&instance, 100, &stage_one)?;
    /// assert_eq!(lottery.record().weights().iter().sum::<u64>(), 100);
    /// let counted = lottery.certificate().counted.as_ref().unwrap();
    /// assert_eq!(counted.panels.as_deref(), Some("2")); // p1 with p2, p2 with p3
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    pub fn sampled(
        self,
        instance: &Instance,
        tickets: u32,
        stage_one: &StageOne,
    ) -> Result<Lottery> {
        self.sampled_within(STATES, (instance, tickets, stage_one))
    }

    /// As if nothing could be counted.
    #[cfg(test)]
    pub(super) fn walked(
        self,
        instance: &Instance,
        tickets: u32,
        stage_one: &StageOne,
    ) -> Result<Lottery> {
        self.sampled_within(0, (instance, tickets, stage_one))
    }

    fn sampled_within(
        self,
        states: usize,
        (instance, tickets, stage_one): (&Instance, u32, &StageOne),
    ) -> Result<Lottery> {
        let mut problems = vec![];
        if tickets == 0 {
            problems.push(Problem::new("E-TICKETS", "0 tickets", "at least 1 ticket"));
        }
        if !matches!(self.rule, Rule::Uniform | Rule::MaxEntropy) {
            let found = format!("the rule {}", self.rule);
            problems.push(Problem::new("E-SAMPLED", found, "uniform or max-entropy"));
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let mut nobody = ();
        let progress: &mut dyn Progress = match self.progress {
            Some(progress) => progress,
            None => &mut nobody,
        };
        let mut solve = Solve {
            instance,
            model: Model::new(instance),
            effort: Effort::new(self.work_limit),
            excluded: vec![],
            progress,
        };
        let mut sampler = Sampler {
            panels: BTreeMap::new(),
            tickets,
            stream: stage_one.stream(instance, self.rule, "panels")?,
            sample: Sample {
                tickets: tickets.into(),
                stage_one: stage_one.sources().iter().map(str::to_owned).collect(),
                walk: None,
            },
        };
        let certificate = match self.rule {
            Rule::MaxEntropy => solve.sample_max_entropy(&mut sampler, states)?,
            _ => solve.sample_uniform(&mut sampler, states)?,
        };
        sampler.lottery(instance, certificate)
    }
}

/// Panels so far, and where chance comes from.
pub(super) struct Sampler {
    panels: BTreeMap<Vec<u32>, u64>,
    pub(super) tickets: u32,
    pub(super) stream: Stream,
    pub(super) sample: Sample,
}

impl Sampler {
    /// One ticket for a composition: its people, every choice equally likely.
    pub(super) fn seat(&mut self, instance: &Instance, seats: &[u32]) {
        let panel = walk::seat(instance, seats, &mut self.stream);
        self.add(panel);
    }

    /// One ticket for a panel.
    pub(super) fn add(&mut self, panel: Vec<u32>) {
        *self.panels.entry(panel).or_default() += 1;
    }

    fn lottery(self, instance: &Instance, mut certificate: Certificate) -> Result<Lottery> {
        if let Some(counted) = &mut certificate.counted {
            counted.sample = Some(self.sample);
        }
        let id = |&p: &u32| instance.person(p).id().to_owned();
        let panels = self.panels.keys();
        let panels = panels.map(|panel| panel.iter().map(id).collect()).collect();
        let tickets = self.panels.into_values().collect();
        Lottery::from_panels(instance.clone(), panels, tickets, certificate)
    }
}

impl Solve<'_> {
    fn sample_uniform(&mut self, sampler: &mut Sampler, states: usize) -> Result<Certificate> {
        let graph = match self.all_panels(states)? {
            Ok(graph) => graph,
            Err(_) => return self.walk_uniformly(sampler),
        };
        self.exclude_uncovered(&mut graph.covering(self.model.len()))?;
        let exact = Exact::panels(&graph);
        let mut seats = vec![0; self.model.len()];
        for _ in 0..sampler.tickets {
            walk::uniform(&graph, &exact, &mut sampler.stream, &mut seats);
            sampler.seat(self.instance, &seats);
        }
        let mut counted = Counted::of(Counting::Sampled);
        counted.panels = Some(exact.total().to_string());
        counted.compositions = Some(Exact::compositions(&graph).to_string());
        counted.entropy = Some(nats(exact.total().ln()));
        let mut weighted = Weighted::new(&graph);
        weighted.weigh(&graph, &vec![0.0; self.model.len()]);
        let expected = weighted.seats(&graph, self.model.len());
        let certificate = self.certificate(Rule::Uniform, (&[], None), &[])?;
        Ok(Certificate {
            target: Some(self.named(&whole(&expected, self.instance.size()))),
            counted: Some(counted),
            ..certificate
        })
    }

    fn sample_max_entropy(&mut self, sampler: &mut Sampler, states: usize) -> Result<Certificate> {
        let Optimum {
            mixture, levels, ..
        } = self.optimum(Rule::Leximin)?;
        let target = self.seats(integer_weights(mixture).iter().map(|(p, w)| (&p[..], *w)));
        let mut counted = match self.all_panels(states)? {
            Ok(graph) => self.sample_weighted(&graph, &chances(&target), sampler)?,
            Err(_) => self.walk_to_chances(&chances(&target), sampler)?,
        };
        if counted.deviation == Some(0) {
            counted.deviation = Some(1);
        }
        let certificate = self.certificate(Rule::MaxEntropy, (&levels, None), &target)?;
        Ok(Certificate {
            target: Some(self.named(&target)),
            counted: Some(counted),
            ..certificate
        })
    }

    fn sample_weighted(
        &mut self,
        graph: &Graph,
        target: &[f64],
        sampler: &mut Sampler,
    ) -> Result<Counted> {
        let mut weighted = Weighted::new(graph);
        let goal = (target, &self.model.people[..]);
        let fit = fit::summed(graph, &mut weighted, goal, &mut self.effort)
            .ok_or_else(|| self.limit("fitting the weights of maximum entropy"))?;
        let mut seats = vec![0; self.model.len()];
        for _ in 0..sampler.tickets {
            walk::weighted(graph, &weighted, &mut sampler.stream, |column, x| {
                seats[column] = x;
                true
            });
            sampler.seat(self.instance, &seats);
        }
        let mut counted = Counted::of(Counting::Sampled);
        counted.panels = Some(Exact::panels(graph).total().to_string());
        counted.compositions = Some(Exact::compositions(graph).to_string());
        counted.entropy = Some(nats(fit.entropy));
        counted.deviation = Some((fit.deviation * 1e12).ceil() as u64);
        self.multipliers(&mut counted, &fit);
        Ok(counted)
    }

    /// `[group, role, seats in 10^-12]`, zeros left out.
    pub(super) fn named(&self, seats: &[u64]) -> Vec<(u32, u32, u64)> {
        let named = self.model.roles.iter().zip(seats);
        named
            .filter(|(_, seats)| **seats > 0)
            .map(|(&(group, role), &seats)| (group, role, seats))
            .collect()
    }
}

/// Expected seats as integers over 10^12 with the right sum.
fn whole(seats: &[f64], size: u32) -> Vec<u64> {
    super::list::rounded(seats, u64::from(size) * DENOMINATOR)
}
