//! Sparse columns.

/// A matrix by columns; entries of a column are in ascending row order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    start: Vec<u32>,
    row: Vec<u32>,
    value: Vec<f64>,
    /// Entries of every column when all columns have as many and every entry is one.
    arity: Option<usize>,
}

/// Rows that fit the table the fast products use.
const TABLE: usize = 256;

impl Columns {
    /// No columns yet.
    pub(crate) fn new() -> Self {
        Self {
            start: vec![0],
            row: vec![],
            value: vec![],
            arity: None,
        }
    }

    /// Appends a column.
    pub(crate) fn push(&mut self, entries: impl IntoIterator<Item = (u32, f64)>) {
        for (row, value) in entries {
            self.row.push(row);
            self.value.push(value);
        }
        let first = *self.start.last().unwrap_or(&0) as usize;
        let plain = self.value[first..].iter().all(|&v| v == 1.0)
            && self.row[first..].iter().all(|&r| (r as usize) < TABLE);
        let entries = self.row.len() - first;
        let fits = plain && (self.start.len() == 1 || self.arity == Some(entries));
        self.arity = fits.then_some(entries);
        self.start.push(self.row.len() as u32);
    }

    /// Inner products of all columns with a dense vector over the rows.
    pub(crate) fn products(&self, dense: &[f64], out: &mut [f64]) {
        match self.arity {
            Some(arity) if arity > 0 && dense.len() <= TABLE => {
                let mut table = [0.0; TABLE];
                table[..dense.len()].copy_from_slice(dense);
                for (sum, rows) in out.iter_mut().zip(self.row.chunks_exact(arity)) {
                    let mut total = 0.0;
                    for &row in rows {
                        total += table[row as usize & (TABLE - 1)];
                    }
                    *sum = total;
                }
            }
            _ => out
                .iter_mut()
                .take(self.len())
                .enumerate()
                .for_each(|(j, sum)| *sum = self.dot(j, dense)),
        }
    }

    /// Number of columns.
    pub(crate) fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// Rows and values of one column.
    pub(crate) fn column(&self, j: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.start[j] as usize..self.start[j + 1] as usize;
        self.row[range.clone()]
            .iter()
            .zip(&self.value[range])
            .map(|(&row, &value)| (row as usize, value))
    }

    /// Inner product of one column with a dense vector over the rows.
    pub(crate) fn dot(&self, j: usize, dense: &[f64]) -> f64 {
        let range = self.start[j] as usize..self.start[j + 1] as usize;
        let mut sum = 0.0;
        for (&row, &value) in self.row[range.clone()].iter().zip(&self.value[range]) {
            sum += dense[row as usize] * value;
        }
        sum
    }

    /// Adds `factor` times one column to a dense vector over the rows.
    pub(crate) fn add_to(&self, j: usize, factor: f64, dense: &mut [f64]) {
        let range = self.start[j] as usize..self.start[j + 1] as usize;
        for (&row, &value) in self.row[range.clone()].iter().zip(&self.value[range]) {
            dense[row as usize] += factor * value;
        }
    }

    /// The columns with these indices.
    pub(crate) fn select(&self, columns: &[u32]) -> Self {
        let mut out = Self::new();
        for &j in columns {
            let range = self.start[j as usize] as usize..self.start[j as usize + 1] as usize;
            out.row.extend_from_slice(&self.row[range.clone()]);
            out.value.extend_from_slice(&self.value[range]);
            out.start.push(out.row.len() as u32);
        }
        out.arity = self.arity;
        out
    }
}
