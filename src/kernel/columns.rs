//! Sparse columns.

/// A matrix by columns; entries of a column are in ascending row order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    start: Vec<u32>,
    row: Vec<u32>,
    value: Vec<f64>,
}

impl Columns {
    /// No columns yet.
    pub(crate) fn new() -> Self {
        Self { start: vec![0], row: vec![], value: vec![] }
    }

    /// Appends a column.
    pub(crate) fn push(&mut self, entries: impl IntoIterator<Item = (u32, f64)>) {
        for (row, value) in entries {
            self.row.push(row);
            self.value.push(value);
        }
        self.start.push(self.row.len() as u32);
    }

    /// Number of columns.
    pub(crate) fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// Rows and values of one column.
    pub(crate) fn column(&self, j: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.start[j] as usize..self.start[j + 1] as usize;
        self.row[range.clone()].iter().zip(&self.value[range]).map(|(&row, &value)| (row as usize, value))
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
        out
    }

    /// The same columns with more rows below: `extra[i]` lists the columns with a one in new row `first + i`.
    pub(crate) fn with_rows(&self, first: u32, extra: &[&[u32]]) -> Self {
        let mut added: Vec<(u32, u32)> = Vec::new();
        for (row, columns) in (first..).zip(extra) {
            added.extend(columns.iter().map(|&j| (j, row)));
        }
        added.sort_unstable();
        let mut out = Self::new();
        let mut next = added.iter().peekable();
        for j in 0..self.len() {
            let range = self.start[j] as usize..self.start[j + 1] as usize;
            out.row.extend_from_slice(&self.row[range.clone()]);
            out.value.extend_from_slice(&self.value[range]);
            while let Some(&(_, row)) = next.next_if(|(column, _)| *column as usize == j) {
                out.row.push(row);
                out.value.push(1.0);
            }
            out.start.push(out.row.len() as u32);
        }
        out
    }
}
