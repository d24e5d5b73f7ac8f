//! The intersection reports of one or more lotteries as a table.

use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::metrics::{Intersections, PairCell};

use super::csv_writer::CsvWriter;
use super::tables::harmless;

/// `rule,feature,value,feature,value,expected_seats,panel_share,pool_people,pool_share,population_share,quota_product`:
/// one row for every lottery and every pair of values, as UTF-8 CSV with commas.
///
/// Made to be published: where a cell speaks of fewer than five people of the pool, or would let somebody work out such a
/// count, expected seats, panel share, people and pool share are left empty ([`PairCell::published`]). Names are the
/// organiser's; one that a spreadsheet would run gets `'` in front. Decimals have a point.
///
/// # Errors
/// [`Format`](ErrorKind::Format) when a report is of another instance.
pub fn intersections_csv(
    instance: &Instance,
    lotteries: &[(&str, &Intersections)],
) -> Result<Vec<u8>> {
    const FILE: &str = "intersections.csv";
    let mut writer = CsvWriter::new(FILE, b',');
    let header = [
        "rule",
        "feature",
        "value",
        "feature",
        "value",
        "expected_seats",
        "panel_share",
        "pool_people",
        "pool_share",
        "population_share",
        "quota_product",
    ];
    writer.row(header)?;
    for (rule, report) in lotteries {
        for cell in &report.cells {
            let row = row(instance, rule, cell).ok_or_else(|| ErrorKind::Format {
                file: FILE.to_owned(),
                message: "a report does not fit the instance".to_owned(),
            })?;
            writer.row(row)?;
        }
    }
    writer.bytes()
}

fn row(instance: &Instance, rule: &str, cell: &PairCell) -> Option<[String; 11]> {
    let [one, other] = cell.quotas;
    let (one, other) = (
        instance.quotas().get(one as usize)?,
        instance.quotas().get(other as usize)?,
    );
    let shown = |figure: String| {
        if cell.published {
            figure
        } else {
            String::new()
        }
    };
    let share = |share: f64| format!("{share:.6}");
    Some([
        harmless(rule).into_owned(),
        harmless(&one.feature).into_owned(),
        harmless(&one.value).into_owned(),
        harmless(&other.feature).into_owned(),
        harmless(&other.value).into_owned(),
        shown(share(cell.seats)),
        shown(share(cell.panel_share)),
        shown(cell.people.to_string()),
        shown(share(cell.pool_share)),
        cell.population_share.map_or_else(String::new, share),
        share(cell.product_share),
    ])
}
