//! In which order the roles are counted, and what has to be remembered on the way.

use crate::instance::Instance;

/// A quota that can bind, with its tightened numbers.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Position in the instance's quotas.
    pub(crate) quota: u32,
    pub(crate) min: u32,
    pub(crate) max: u32,
}

/// One role: its seats are decided in one step.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// Column of the model.
    pub(crate) column: usize,
    /// Households (or single people) of the group.
    pub(crate) units: u32,
    /// People a household has in this role.
    pub(crate) people: u32,
    pub(crate) fields: Vec<usize>,
    /// Whether the group's next role comes after this one.
    pub(crate) more: bool,
    /// Most seats that the roles after this one can give to each field.
    pub(crate) supply: Vec<u32>,
    /// Most seats that the groups after this one can take.
    pub(crate) capacity: u32,
}

/// What is counted: roles in order, and the quotas that are kept an eye on.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) size: u32,
    pub(crate) steps: Vec<Step>,
    pub(crate) fields: Vec<Field>,
    /// Fields of each feature, as ranges; every person has one value of each.
    pub(crate) features: Vec<std::ops::Range<usize>>,
    /// Most seats of each field and in all, before the first step.
    pub(crate) supply: Vec<u32>,
    pub(crate) capacity: u32,
}

/// A feature's values with tightened quotas.
#[derive(Debug, Clone)]
pub(crate) struct Feature {
    /// Position in every profile.
    pub(crate) position: usize,
    pub(crate) fields: Vec<Field>,
    /// How hard its quotas are to meet by chance: the more seats a value has on average and the fewer numbers of them
    /// are allowed, the harder.
    pub(crate) hardness: f64,
}

/// Features whose quotas can bind, the one with most values first, then the hardest first.
pub(crate) fn features(instance: &Instance) -> Vec<Feature> {
    let profiles = instance.groups().iter().flat_map(|g| g.profiles());
    let positions = profiles.clone().map(|p| p.len()).min().unwrap_or(0);
    let mut found: Vec<Feature> = (0..positions)
        .filter_map(|position| feature(instance, position))
        .collect();
    found.sort_by(|a, b| {
        let order = b.hardness.total_cmp(&a.hardness);
        order.then(a.position.cmp(&b.position))
    });
    if let Some(widest) = (0..found.len()).max_by_key(|&f| (found[f].fields.len(), found.len() - f))
    {
        let first = found.remove(widest);
        found.insert(0, first);
    }
    found
}

/// `None` when no quota of the feature can ever be missed.
fn feature(instance: &Instance, position: usize) -> Option<Feature> {
    let size = instance.size();
    let mut quotas: Vec<u32> = instance
        .groups()
        .iter()
        .flat_map(|g| g.profiles().iter().map(|p| p[position]))
        .collect();
    quotas.sort_unstable();
    quotas.dedup();
    // values that nobody has give no seats: a minimum above 0 is a clash that no order of counting mends
    let supply: Vec<u32> = quotas
        .iter()
        .map(|&q| {
            let groups = instance.groups().iter();
            let holds = groups.filter(|g| g.profiles().iter().any(|p| p[position] == q));
            holds.map(|g| g.units().len() as u32).sum::<u32>().min(size)
        })
        .collect();
    let given = |q: u32| &instance.quotas()[q as usize];
    let most: Vec<u32> = quotas
        .iter()
        .zip(&supply)
        .map(|(&q, &s)| given(q).max.min(s))
        .collect();
    let all_most: u32 = most.iter().fold(0, |sum, &m| sum.saturating_add(m));
    let all_least: u32 = quotas
        .iter()
        .fold(0, |sum, &q| sum.saturating_add(given(q).min));
    let all_supply: u32 = supply.iter().fold(0, |sum, &s| sum.saturating_add(s));
    let mut free = true;
    let mut hardness = 0.0;
    let fields = (0..quotas.len())
        .map(|v| {
            let (min, max) = (given(quotas[v]).min, given(quotas[v]).max);
            free &= min <= size.saturating_sub(all_supply - supply[v]) && max >= supply[v];
            let field = Field {
                quota: quotas[v],
                min: min.max(size.saturating_sub(all_most - most[v])),
                max: most[v].min(size.saturating_add(min).saturating_sub(all_least)),
            };
            let mean = (f64::from(field.min) + f64::from(field.max)) / 2.0;
            let sd = (mean * (1.0 - mean / f64::from(size))).max(0.0).sqrt();
            let window = f64::from(field.max.saturating_sub(field.min)) + 1.0;
            hardness += libm::log((sd * 2.5 / window).max(1.0));
            field
        })
        .collect();
    (!free).then_some(Feature {
        position,
        fields,
        hardness,
    })
}

impl Plan {
    /// The plan that watches these features and no others.
    pub(crate) fn new(instance: &Instance, watched: &[&Feature]) -> Self {
        let mut fields = Vec::new();
        let mut features = Vec::new();
        for feature in watched {
            let first = fields.len();
            fields.extend(feature.fields.iter().cloned());
            features.push(first..fields.len());
        }
        let mut columns = Vec::new();
        let mut next = 0;
        for group in instance.groups() {
            columns.push(next);
            next += group.profiles().len();
        }
        let mut order: Vec<usize> = (0..instance.groups().len()).collect();
        // groups with one value of the leading feature close that value's count early; mixed groups come first
        let key = |g: usize| -> Vec<(bool, u32)> {
            let profiles = instance.groups()[g].profiles();
            let value = |f: &&Feature| {
                let first = profiles[0][f.position];
                (profiles.iter().all(|p| p[f.position] == first), first)
            };
            watched.iter().map(value).collect()
        };
        order.sort_by_cached_key(|&g| (key(g), g));
        let mut plan = Self {
            size: instance.size(),
            steps: vec![],
            fields,
            features,
            supply: vec![],
            capacity: 0,
        };
        for g in order {
            let group = &instance.groups()[g];
            for (role, profile) in group.profiles().iter().enumerate() {
                let held = |f: &usize| profile.contains(&plan.fields[*f].quota);
                let step = Step {
                    column: columns[g] + role,
                    units: group.units().len() as u32,
                    people: group.units()[0][role].len() as u32,
                    fields: (0..plan.fields.len()).filter(held).collect(),
                    more: role + 1 < group.profiles().len(),
                    supply: vec![],
                    capacity: 0,
                };
                plan.steps.push(step);
            }
        }
        plan.look_ahead();
        plan
    }

    /// Fills in what the steps after each one can still give.
    fn look_ahead(&mut self) {
        let (mut settled, mut capacity) = (vec![0; self.fields.len()], 0);
        let mut own: Vec<bool> = vec![false; self.fields.len()];
        for s in (0..self.steps.len()).rev() {
            let step = &self.steps[s];
            let (units, more, fields) = (step.units, step.more, step.fields.clone());
            if !more {
                // a new group, read backwards
                if let Some(later) = self.steps.get(s + 1) {
                    let later = later.units;
                    for (total, own) in settled.iter_mut().zip(&mut own) {
                        *total += if *own { later } else { 0 };
                        *own = false;
                    }
                    capacity += later;
                }
            }
            let supply = settled
                .iter()
                .zip(&own)
                .map(|(&t, &o)| t + if o { units } else { 0 });
            self.steps[s].supply = supply.collect();
            self.steps[s].capacity = capacity;
            fields.iter().for_each(|&f| own[f] = true);
        }
        let first = self.steps.first().map_or(0, |s| s.units);
        let supply = settled
            .iter()
            .zip(&own)
            .map(|(&t, &o)| t + if o { first } else { 0 });
        self.supply = supply.collect();
        self.capacity = capacity + first;
    }
}
