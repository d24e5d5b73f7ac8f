//! What the quota table may say of pairs of features.
//!
//! The counts of a pair lie within those of its two features, which are printed as well, so a small cell could be worked
//! out along its line. Therefore either no cell of the whole table of the two features is small, listed or not, and all
//! listed ones are printed; or none is. Any count that could then be worked out is one of whole cells, none of them small.

use std::collections::{BTreeMap, BTreeSet};

use super::ReportInput;
use super::cells::{Cell, Row, SMALLEST, Seats};
use crate::pool::{columns, key};

/// People and drawn seats of every cell of two features.
struct Table {
    people: Vec<u64>,
    seats: Vec<u64>,
}

/// Hides the rows of a pair where any cell is small.
pub(super) fn hide(
    input: &ReportInput<'_>,
    parts: [&str; 2],
    rows: &mut [Row<'_>],
    feature: &[usize],
) {
    let table = Table::new(input, parts);
    let small = |counts: &[u64]| counts.iter().any(|&count| count < SMALLEST);
    for &at in feature {
        let row = &mut rows[at];
        if small(&table.people) {
            row.pool = Cell::Withheld;
            row.average = None;
        }
        if let (Some(Seats::Shown(seats)), true) = (row.panel, small(&table.seats)) {
            let range = u64::from(row.min)..=u64::from(row.max);
            row.panel = Some(match range.contains(&seats) {
                // What the quota alone determines is known to everybody.
                true if row.min == row.max => Seats::Shown(seats),
                true => Seats::Met,
                false => Seats::Missed,
            });
        }
    }
}

impl Table {
    /// One count for each value of the one with each value of the other: those of the quotas and of the pool.
    fn new(input: &ReportInput<'_>, parts: [&str; 2]) -> Self {
        let instance = input.instance;
        let pool = instance.pool();
        let mut values: [BTreeSet<String>; 2] = Default::default();
        for (values, part) in values.iter_mut().zip(parts) {
            let own = instance.given_quotas().iter();
            let own = own.filter(|q| key::fold(&q.feature) == part);
            values.extend(own.map(|q| key::fold(&q.value)));
        }
        let seated: BTreeSet<&str> = input
            .draw
            .map_or(&[][..], |draw| draw.panel)
            .iter()
            .map(String::as_str)
            .collect();
        let columns = parts.map(|part| columns::find(pool.columns(), part, "").unwrap_or(0));
        let mut counts: BTreeMap<[String; 2], (u64, u64)> = BTreeMap::new();
        for person in pool.people() {
            let cell = columns.map(|column| key::fold(&person.cells()[column]));
            for (values, value) in values.iter_mut().zip(&cell) {
                values.insert(value.clone());
            }
            let count = counts.entry(cell).or_default();
            count.0 += 1;
            count.1 += u64::from(seated.contains(person.id()));
        }
        let [first, second] = &values;
        let all = first
            .iter()
            .flat_map(|a| second.iter().map(move |b| [a.clone(), b.clone()]));
        let (people, seats) = all
            .map(|cell| counts.get(&cell).copied().unwrap_or_default())
            .unzip();
        Self { people, seats }
    }
}
