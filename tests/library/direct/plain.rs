//! The original greedy rule as its text says, with lists of people and nothing clever: shares no code with the crate.

use kleroterion::Instance;
use kleroterion::lottery::Stream;

/// One person: index, place of each value in the list of values, home.
#[derive(Clone)]
struct Somebody {
    index: usize,
    values: Vec<usize>,
    home: Option<u32>,
}

/// One value: fewest and most seats, people left, people selected.
#[derive(Clone)]
struct Value {
    min: i64,
    max: i64,
    remaining: i64,
    selected: i64,
}

struct Failed;

pub(crate) struct Plain {
    people: Vec<Somebody>,
    values: Vec<Value>,
    size: usize,
}

impl Plain {
    /// Values in the order in which they are listed; the tests list features one after the other.
    pub(crate) fn new(instance: &Instance) -> Self {
        let listed: Vec<(&str, &str)> = instance
            .given_quotas()
            .iter()
            .map(|q| (q.feature.as_str(), q.value.as_str()))
            .collect();
        let place = |quota: u32| {
            let quota = &instance.quotas()[quota as usize];
            listed
                .iter()
                .position(|&named| named == (quota.feature.as_str(), quota.value.as_str()))
                .unwrap()
        };
        let people: Vec<Somebody> = (0..instance.len())
            .map(|index| Somebody {
                index,
                values: instance
                    .profile(index as u32)
                    .iter()
                    .map(|&q| place(q))
                    .collect(),
                home: instance.household(index as u32),
            })
            .collect();
        let values = instance
            .given_quotas()
            .iter()
            .enumerate()
            .map(|(at, q)| Value {
                min: q.min.into(),
                max: q.max.into(),
                remaining: people.iter().filter(|p| p.values.contains(&at)).count() as i64,
                selected: 0,
            })
            .collect();
        Self {
            people,
            values,
            size: instance.size() as usize,
        }
    }

    /// One attempt; the panel's indices, or `None` when it fails.
    pub(crate) fn attempt(&self, stream: &mut Stream) -> Option<Vec<usize>> {
        let mut run = Run {
            people: self.people.clone(),
            values: self.values.clone(),
        };
        run.panel(self.size, stream).ok()
    }
}

struct Run {
    people: Vec<Somebody>,
    values: Vec<Value>,
}

impl Run {
    fn panel(&mut self, size: usize, stream: &mut Stream) -> Result<Vec<usize>, Failed> {
        for value in 0..self.values.len() {
            if self.values[value].max == 0 {
                self.delete_all(value)?;
            }
        }
        let mut panel = Vec::new();
        for _ in 0..size {
            let value = self.most_needed()?;
            let mut rank = stream.below(self.values[value].remaining as u64);
            let mut at = 0;
            loop {
                if self.people[at].values.contains(&value) {
                    if rank == 0 {
                        break;
                    }
                    rank -= 1;
                }
                at += 1;
            }
            let chosen = self.people.remove(at);
            for &value in &chosen.values {
                self.values[value].selected += 1;
            }
            self.gone(&chosen)?;
            while let Some(at) = self
                .people
                .iter()
                .position(|p| p.home.is_some() && p.home == chosen.home)
            {
                let housemate = self.people.remove(at);
                self.gone(&housemate)?;
            }
            for &value in &chosen.values {
                if self.values[value].selected == self.values[value].max {
                    self.delete_all(value)?;
                }
            }
            panel.push(chosen.index);
        }
        let kept = |v: &Value| v.min <= v.selected && v.selected <= v.max;
        if self.values.iter().all(kept) {
            Ok(panel)
        } else {
            Err(Failed)
        }
    }

    fn most_needed(&self) -> Result<usize, Failed> {
        let mut best = (f64::NEG_INFINITY, None);
        for (at, value) in self.values.iter().enumerate() {
            let need = value.min - value.selected;
            if need > 0 && value.remaining < need {
                return Err(Failed);
            }
            if value.remaining == 0 || value.max == 0 {
                continue;
            }
            let ratio = need as f64 / value.remaining as f64;
            if ratio > 1.0 {
                return Err(Failed);
            }
            if ratio > best.0 {
                best = (ratio, Some(at));
            }
        }
        best.1.ok_or(Failed)
    }

    fn gone(&mut self, person: &Somebody) -> Result<(), Failed> {
        for &value in &person.values {
            let value = &mut self.values[value];
            value.remaining -= 1;
            if value.remaining == 0 && value.selected < value.min {
                return Err(Failed);
            }
        }
        Ok(())
    }

    fn delete_all(&mut self, value: usize) -> Result<(), Failed> {
        let (gone, left) = self
            .people
            .drain(..)
            .partition(|p| p.values.contains(&value));
        self.people = left;
        let gone: Vec<Somebody> = gone;
        gone.iter().try_for_each(|person| self.gone(person))
    }
}
