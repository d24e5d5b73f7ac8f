//! Small random problems, and the same questions answered by looking at every panel and every change.

use kleroterion::feasibility::Case;
use kleroterion::{Pool, Quotas};

/// One of two or three features' values per person, as indices.
#[derive(Debug, Clone)]
pub(crate) struct Small {
    pub(crate) people: Vec<Vec<usize>>,
    pub(crate) homes: Vec<usize>,
    /// Most people of one home.
    pub(crate) most: u32,
    /// `quotas[feature][value]` = (min, max, min_flex, max_flex).
    pub(crate) quotas: Vec<Vec<Row>>,
    pub(crate) size: u32,
    pub(crate) flexible: Flexible,
}

/// A quota.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) min_flex: u32,
    pub(crate) max_flex: u32,
}

/// Seats by which each quota's minimum is lowered and its maximum raised.
pub(crate) type Changes = Vec<(u32, u32, Row)>;

/// Whether the quotas have bounds for their changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Flexible {
    Freely,
    Within,
}

/// Which rules hold.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    pub(crate) quotas: Vec<Vec<(bool, bool)>>,
    pub(crate) seats: (bool, bool),
    pub(crate) homes: bool,
}

impl Small {
    pub(crate) fn case(&self) -> Case {
        let mut pool = Pool::builder().household_most(self.most);
        let names: Vec<String> = (0..self.quotas.len()).map(|f| format!("f{f}")).collect();
        let values: Vec<String> = (0..4).map(|v| format!("v{v}")).collect();
        for (p, person) in self.people.iter().enumerate() {
            let cells = names
                .iter()
                .zip(person)
                .map(|(name, &v)| (name.as_str(), values[v].as_str()));
            pool = pool.housemate(format!("p{p:02}"), &format!("h{}", self.homes[p]), cells);
        }
        Case::new(pool.build().unwrap(), self.given(), self.size).unwrap()
    }

    fn given(&self) -> Quotas {
        let mut rows = Vec::new();
        for (f, quotas) in self.quotas.iter().enumerate() {
            for (v, q) in quotas.iter().enumerate() {
                let within = self.flexible == Flexible::Within;
                rows.push(serde_json::json!({
                    "feature": format!("f{f}"), "value": format!("v{v}"), "min": q.min, "max": q.max,
                    "min_flex": within.then_some(q.min_flex), "max_flex": within.then_some(q.max_flex), "row": null,
                }));
            }
        }
        let headers = serde_json::to_value(Quotas::default()).unwrap()["headers"].clone();
        let data =
            serde_json::json!({"quotas": rows, "file": null, "headers": headers, "warnings": []});
        serde_json::from_value(data).unwrap()
    }

    pub(crate) fn all_rules(&self) -> Rules {
        let of = |row: &Vec<Row>| row.iter().map(|_| (true, true)).collect();
        Rules {
            quotas: self.quotas.iter().map(of).collect(),
            seats: (true, true),
            homes: true,
        }
    }

    /// All sets of people that keep the rules.
    pub(crate) fn panels(&self, rules: &Rules) -> Vec<u32> {
        let everybody = 1_u32 << self.people.len();
        (0..everybody)
            .filter(|&set| self.keeps(set, rules))
            .collect()
    }

    pub(crate) fn has_panel(&self, rules: &Rules) -> bool {
        let everybody = 1_u32 << self.people.len();
        (0..everybody).any(|set| self.keeps(set, rules))
    }

    fn keeps(&self, set: u32, rules: &Rules) -> bool {
        let inside = |p: usize| set >> p & 1 == 1;
        let taken = set.count_ones();
        if (rules.seats.0 && taken < self.size) || (rules.seats.1 && taken > self.size) {
            return false;
        }
        if rules.homes {
            let mut seen = [0; 12];
            for p in (0..self.people.len()).filter(|&p| inside(p)) {
                seen[self.homes[p]] += 1;
                if seen[self.homes[p]] > self.most {
                    return false;
                }
            }
        }
        self.counts(set).iter().enumerate().all(|(f, counts)| {
            counts.iter().enumerate().all(|(v, &count)| {
                let (min, max) = rules.quotas[f][v];
                let quota = self.quotas[f][v];
                (!min || count >= quota.min) && (!max || count <= quota.max)
            })
        })
    }

    fn counts(&self, set: u32) -> Vec<Vec<u32>> {
        let mut counts: Vec<Vec<u32>> = self.quotas.iter().map(|q| vec![0; q.len()]).collect();
        for (p, person) in self.people.iter().enumerate() {
            for (f, &v) in person.iter().enumerate() {
                counts[f][v] += set >> p & 1;
            }
        }
        counts
    }

    /// The changes (lowered, raised) of every quota that each panel of the right size needs, if bounds allow them.
    pub(crate) fn needed_changes(&self) -> Vec<(u32, Changes)> {
        let free = Rules {
            quotas: self
                .quotas
                .iter()
                .map(|q| vec![(false, false); q.len()])
                .collect(),
            seats: (true, true),
            homes: true,
        };
        let change = |set: u32| {
            let mut changes = Vec::new();
            for (counts, quotas) in self.counts(set).iter().zip(&self.quotas) {
                for (&count, &q) in counts.iter().zip(quotas) {
                    let down = q.min.saturating_sub(count);
                    let up = count.saturating_sub(q.max);
                    let (lowest, highest) = match self.flexible {
                        Flexible::Freely => (0, self.size),
                        Flexible::Within => (q.min_flex, q.max_flex),
                    };
                    if q.min - down < lowest || (up > 0 && q.max + up > highest) {
                        return None;
                    }
                    changes.push((down, up, q));
                }
            }
            Some((set, changes))
        };
        self.panels(&free).into_iter().filter_map(change).collect()
    }
}

/// The standard tool's cost of changes.
pub(crate) fn weighted(changes: &[(u32, u32, Row)]) -> f64 {
    let cost = |&(down, up, q): &(u32, u32, Row)| {
        let weight = if q.min == 0 {
            0.0
        } else {
            1.0 + 2.0 / f64::from(q.min)
        };
        weight * f64::from(down) + f64::from(up)
    };
    changes.iter().map(cost).sum()
}

/// How many quotas change, how far at most, and by how many seats in all.
pub(crate) fn measures(changes: &[(u32, u32, Row)]) -> (usize, u32, u32) {
    let touched = changes.iter().filter(|c| c.0 + c.1 > 0).count();
    let largest = changes.iter().map(|c| c.0.max(c.1)).max().unwrap_or(0);
    (touched, largest, changes.iter().map(|c| c.0 + c.1).sum())
}
