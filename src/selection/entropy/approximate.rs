//! Sampling where the panels cannot be counted; everything that comes from here is called approximate.

use super::chain::Chain;
use super::sampled::Sampler;
use super::walk;
use crate::certificate::{Certificate, Counted, Counting, Walk};
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::Stream;
use crate::selection::Rule;
use crate::selection::solve::Solve;

/// Rounds and exchanges per person of the panel in each, before the walk counts.
const TUNING: (u32, u64) = (60, 400);
/// Exchanges between two samples, per person of the panel.
const APART: u64 = 200;
/// Most samples that are waited for, for each that is wanted.
const PATIENCE: u64 = 200;
/// Rounds of fitting, and panels looked at in the first and the last.
const FITTING: u32 = 40;
const LOOKS: (u64, u64) = (2_000, 20_000);

impl Solve<'_> {
    /// Uniform panels by a random walk.
    pub(super) fn walk_uniformly(&mut self, sampler: &mut Sampler) -> Result<Certificate> {
        let start = self.some_panel(sampler)?;
        let mut chain = Chain::new(self.instance, start);
        chain.tune(
            TUNING.0,
            TUNING.1 * u64::from(self.instance.size()),
            &mut sampler.stream,
        );
        self.walk(&mut chain, sampler)?;
        let certificate = self.certificate(Rule::Uniform, (&[], None), &[])?;
        Ok(Certificate {
            counted: Some(Counted::of(Counting::Approximate)),
            ..certificate
        })
    }

    /// Panels of maximum entropy by a random walk, its weights fitted to chances measured on the way.
    pub(super) fn walk_to_chances(
        &mut self,
        target: &[f64],
        sampler: &mut Sampler,
    ) -> Result<Counted> {
        let start = self.some_panel(sampler)?;
        let mut chain = Chain::new(self.instance, start);
        let columns = self.columns();
        let mut lambda = vec![0.0; target.len()];
        let mut deviation = 0.0;
        for round in 0..=FITTING {
            chain.tune(
                6,
                TUNING.1 * u64::from(self.instance.size()),
                &mut sampler.stream,
            );
            let looks = LOOKS.0 + (LOOKS.1 - LOOKS.0) * u64::from(round) / u64::from(FITTING);
            let seats = self.measured(&mut chain, looks, (&columns, &mut sampler.stream))?;
            let people = &self.model.people;
            let apart = target.iter().zip(&seats).zip(people);
            deviation = apart
                .map(|((t, s), n)| (t - s).abs() / n)
                .fold(0.0, f64::max);
            if round < FITTING {
                let pace = 1.0 / f64::from(round.saturating_sub(FITTING * 5 / 8).max(1));
                for (j, own) in lambda
                    .iter_mut()
                    .enumerate()
                    .filter(|(j, _)| target[*j] > 0.0)
                {
                    // half a seat stands for what a finite number of looks may have missed
                    let noise = 0.5 / looks as f64;
                    let ratio = (target[j] + noise) / (seats[j] + noise);
                    *own = (*own + pace * libm::log(ratio)).clamp(-30.0, 30.0);
                }
                let each = columns.iter().map(|&j| lambda[j]);
                chain.lambda = each.collect();
            }
        }
        self.walk(&mut chain, sampler)?;
        let mut counted = Counted::of(Counting::Approximate);
        counted.deviation = Some((deviation * 1e12).ceil() as u64);
        let fit = super::Fit {
            lambda,
            deviation,
            entropy: 0.0,
        };
        self.multipliers(&mut counted, &fit);
        Ok(counted)
    }

    /// Column of every person.
    fn columns(&self) -> Vec<usize> {
        let mut columns = vec![0; self.instance.len()];
        for (j, &(group, role)) in self.model.roles.iter().enumerate() {
            let units = self.instance.groups()[group as usize].units();
            for &person in units.iter().flat_map(|unit| &unit[role as usize]) {
                columns[person as usize] = j;
            }
        }
        columns
    }

    /// Expected seats of every column as the walk shows them.
    fn measured(
        &mut self,
        chain: &mut Chain<'_>,
        looks: u64,
        (columns, stream): (&[usize], &mut Stream),
    ) -> Result<Vec<f64>> {
        let mut seats = vec![0.0; self.model.len()];
        let apart = u64::from(self.instance.size()) * 4;
        let (mut seen, mut waited) = (0_u64, 0);
        while seen < looks {
            self.advance(chain, apart, stream)?;
            waited += 1;
            if let Some(panel) = chain.panel() {
                panel
                    .iter()
                    .for_each(|&p| seats[columns[p as usize]] += 1.0);
                seen += 1;
            }
            if waited > looks * PATIENCE {
                return Err(
                    self.limit("walking from panel to panel, which hardly ever met all quotas")
                );
            }
        }
        seats.iter_mut().for_each(|s| *s /= looks as f64);
        Ok(seats)
    }

    /// Exchanges, counted as work.
    fn advance(&mut self, chain: &mut Chain<'_>, steps: u64, stream: &mut Stream) -> Result<()> {
        (0..steps).for_each(|_| chain.step(stream));
        self.effort.nodes += steps;
        match self.effort.exhausted() {
            true => Err(self.limit("walking from panel to panel")),
            false => Ok(()),
        }
    }

    /// A panel to start from; also finds out who is on none.
    fn some_panel(&mut self, sampler: &mut Sampler) -> Result<Vec<u32>> {
        let mut known = Vec::new();
        self.exclude_uncovered(&mut known)?;
        let seats = known.first().cloned().unwrap_or_default();
        Ok(walk::seat(self.instance, &seats, &mut sampler.stream))
    }

    /// Takes the tickets from the walk, at fixed distances, when all quotas are met there.
    fn walk(&mut self, chain: &mut Chain<'_>, sampler: &mut Sampler) -> Result<()> {
        let apart = APART * u64::from(self.instance.size());
        let tickets = u64::from(sampler.tickets);
        let mut halves = Halves::new(self.instance, tickets);
        (chain.steps, chain.moved, chain.met) = (0, 0, 0);
        let (mut taken, mut waited) = (0, 0);
        while taken < tickets {
            self.advance(chain, apart, &mut sampler.stream)?;
            waited += 1;
            if let Some(panel) = chain.panel() {
                let mut panel = panel.to_vec();
                panel.sort_unstable();
                halves.take(&panel, taken);
                sampler.add(panel);
                taken += 1;
            }
            if waited > tickets * PATIENCE {
                return Err(
                    self.limit("walking from panel to panel, which hardly ever met all quotas")
                );
            }
        }
        let share = |part: u64| part * 1_000_000 / chain.steps.max(1);
        let (apart_most, errors) = halves.apart();
        sampler.sample.walk = Some(Walk {
            steps: chain.steps,
            moved: share(chain.moved),
            met: share(chain.met),
            apart,
            halves: (apart_most * 1e6).ceil() as u64,
            halves_in_errors: (errors * 1e6).ceil() as u64,
        });
        Ok(())
    }
}

/// How often everybody sits on the panels of the first and of the second half.
struct Halves {
    tickets: u64,
    sat: [Vec<u32>; 2],
}

impl Halves {
    fn new(instance: &Instance, tickets: u64) -> Self {
        let nobody = vec![0; instance.len()];
        Self {
            tickets,
            sat: [nobody.clone(), nobody],
        }
    }

    fn take(&mut self, panel: &[u32], at: u64) {
        let half = &mut self.sat[usize::from(at >= self.tickets / 2)];
        panel.iter().for_each(|&p| half[p as usize] += 1);
    }

    /// Largest difference of a share, and the largest in standard errors; 0 for a single ticket.
    fn apart(&self) -> (f64, f64) {
        let (first, second) = (self.tickets / 2, self.tickets - self.tickets / 2);
        let (mut most, mut errors) = (0.0_f64, 0.0_f64);
        if first == 0 {
            return (most, errors);
        }
        for (&a, &b) in self.sat[0].iter().zip(&self.sat[1]) {
            let apart = f64::from(a) / first as f64 - f64::from(b) / second as f64;
            let share = f64::from(a + b) / self.tickets as f64;
            let variance = share * (1.0 - share) * (1.0 / first as f64 + 1.0 / second as f64);
            most = most.max(apart.abs());
            if variance > 0.0 {
                errors = errors.max(apart.abs() / variance.sqrt());
            }
        }
        (most, errors)
    }
}

#[cfg(test)]
mod tests {
    use crate::lottery::{Sources, StageOne};
    use crate::{Instance, Pool, Quotas, Rule, Selector};

    /// Two people of each combination of two features.
    fn instance() -> Instance {
        let quotas = Quotas::builder()
            .feature("sex")
            .value("woman", 2..=2)
            .value("man", 2..=2)
            .feature("age")
            .value("old", 2..=2)
            .value("young", 2..=2);
        let people = [
            ("p1", "woman", "old"),
            ("p2", "woman", "old"),
            ("p3", "woman", "young"),
            ("p4", "woman", "young"),
            ("p5", "man", "old"),
            ("p6", "man", "old"),
            ("p7", "man", "young"),
            ("p8", "man", "young"),
        ];
        let pool = people
            .iter()
            .fold(Pool::builder(), |pool, &(id, sex, age)| {
                pool.person(id, [("sex", sex), ("age", age)])
            });
        Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 4).unwrap()
    }

    #[test]
    fn the_walk_crosses_between_islands() {
        // 2 women and 2 men, 2 old and 2 young: 16 panels with one of each kind, 1 with the old women and the young men,
        // 1 with the young women and the old men. No exchange of one person leads from a panel of one composition to one of another.
        let instance = instance();
        let stage_one = StageOne::new(Sources::new(["dice"]).unwrap());
        let lottery = Selector::new(Rule::Uniform)
            .walked(&instance, 9000, &stage_one)
            .unwrap();
        let seen = lottery.record().weights();
        assert_eq!(seen.len(), 18);
        // independent panels exceed 68 with 17 degrees of freedom once in four million runs; those of a walk are nearly so
        let chi: u64 = seen.iter().map(|&s| s.abs_diff(500).pow(2)).sum::<u64>() / 500;
        assert!(chi < 68, "{chi}: {seen:?}");
    }

    #[test]
    fn the_walk_fits_its_weights_to_leximin() {
        let instance = instance();
        let stage_one = StageOne::new(Sources::new(["dice"]).unwrap());
        let lottery = Selector::new(Rule::MaxEntropy)
            .walked(&instance, 4000, &stage_one)
            .unwrap();
        let counted = lottery.certificate().counted.clone().unwrap();
        assert!(counted.deviation.unwrap() < 20_000_000_000, "{counted:?}");
        for (id, chance) in lottery.probabilities() {
            // 1/2 each; four standard errors of 4000 panels
            assert!((chance.to_f64() - 0.5).abs() < 0.05, "{id}: {chance}");
        }
    }
}
