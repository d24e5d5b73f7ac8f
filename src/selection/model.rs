//! The instance in numbers: one column per role, rows for quotas, size and households.

use crate::instance::Instance;
use crate::kernel::columns::Columns;
use crate::kernel::mixture::Polytope;

/// Columns are roles in order of (group, role). Rows are the quotas in canonical order, then the size, then one row for
/// every group whose units have several people.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) roles: Vec<(u32, u32)>,
    pub(crate) columns: Columns,
    /// Most seats of a role: its units, times how many of a household may sit; 0 once the role is excluded.
    pub(crate) units: Vec<f64>,
    /// People of a role.
    pub(crate) people: Vec<f64>,
    pub(crate) rows: Vec<(f64, f64)>,
    /// Number of quota rows; the size row follows.
    pub(crate) quotas: usize,
    /// Group of each household row.
    pub(crate) homes: Vec<u32>,
}

impl Model {
    pub(crate) fn new(instance: &Instance) -> Self {
        let quotas = instance.quotas().len();
        let size = f64::from(instance.size());
        let mut rows: Vec<(f64, f64)> = instance
            .quotas()
            .iter()
            .map(|q| (f64::from(q.min), f64::from(q.max)))
            .collect();
        rows.push((size, size));
        let mut model = Self {
            roles: vec![],
            columns: Columns::new(),
            units: vec![],
            people: vec![],
            rows,
            quotas,
            homes: vec![],
        };
        for (g, group) in (0u32..).zip(instance.groups()) {
            let home = (group.profiles().len() > 1).then_some(model.rows.len() as u32);
            if home.is_some() {
                model.rows.push((0.0, group.most() as f64));
                model.homes.push(g);
            }
            for (r, profile) in (0u32..).zip(group.profiles()) {
                model.roles.push((g, r));
                model.units.push(group.most_in(r as usize) as f64);
                model.people.push(group.people_in(r as usize) as f64);
                let entries = profile
                    .iter()
                    .map(|&q| (q, 1.0))
                    .chain([(quotas as u32, 1.0)]);
                model
                    .columns
                    .push(entries.chain(home.map(|row| (row, 1.0))));
            }
        }
        model
    }

    pub(crate) fn len(&self) -> usize {
        self.roles.len()
    }

    /// The integer points of the model are the panels.
    pub(crate) fn polytope(&self) -> Polytope {
        Polytope {
            columns: self.columns.clone(),
            upper: self.units.clone(),
            rows: self.rows.clone(),
            scale: self.people.clone(),
        }
    }

    /// Weights the multipliers give to every role: `p·a_j`.
    pub(crate) fn weights(&self, multipliers: &[f64]) -> Vec<f64> {
        (0..self.len())
            .map(|j| self.columns.dot(j, multipliers))
            .collect()
    }

    /// Most expected seats of every column when no chance may exceed `ceiling`.
    pub(crate) fn capped(&self, ceiling: f64) -> Vec<f64> {
        let pairs = self.units.iter().zip(&self.people);
        pairs.map(|(u, n)| u.min(n * ceiling)).collect()
    }

    /// People who are in some panel, as far as is known.
    pub(crate) fn eligible(&self) -> f64 {
        let pairs = self.units.iter().zip(&self.people);
        pairs.filter(|(u, _)| **u > 0.0).map(|(_, n)| n).sum()
    }

    /// `U`: what `Σ max(0, p·a_j)·x_j` cannot exceed when no `x_j` exceeds `upper_j`.
    pub(crate) fn bound(&self, (multipliers, weights): (&[f64], &[f64]), upper: &[f64]) -> f64 {
        let columns: f64 = weights
            .iter()
            .zip(upper)
            .map(|(w, u)| (-w).max(0.0) * u)
            .sum();
        self.row_bound(multipliers) + columns
    }

    /// What the rows times the multipliers cannot exceed.
    pub(crate) fn row_bound(&self, multipliers: &[f64]) -> f64 {
        let rows = multipliers.iter().zip(&self.rows);
        rows.map(|(p, (low, high))| (p * low).max(p * high)).sum()
    }
}
