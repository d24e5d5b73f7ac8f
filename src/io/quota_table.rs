//! Quotas as a CSV file.

use crate::error::Result;
use crate::quota::{Quota, Quotas};

use super::csv_writer::CsvWriter;

/// The quotas as a file that [`read_quotas`](super::read_quotas) reads again: `feature,value,min,max`, in source order, with
/// `min_flex` and `max_flex` where any quota has them.
///
/// ```
/// use kleroterion::{Quotas, io};
///
/// let quotas = Quotas::builder().feature("age").value("16-29, roughly", 1..=2).build()?;
/// assert_eq!(io::quotas_csv(&quotas)?, b"feature,value,min,max\nage,\"16-29, roughly\",1,2\n");
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Format`](crate::ErrorKind::Format) when the table cannot be put together; no input is known.
pub fn quotas_csv(quotas: &Quotas) -> Result<Vec<u8>> {
    let has = |flex: fn(&Quota) -> Option<u32>| quotas.iter().any(|q| flex(q).is_some());
    let (min_flex, max_flex) = (has(|q| q.min_flex), has(|q| q.max_flex));
    let mut writer = CsvWriter::new("quotas", b',');
    let mut header = vec!["feature", "value", "min", "max"];
    header.extend(min_flex.then_some("min_flex"));
    header.extend(max_flex.then_some("max_flex"));
    writer.row(header)?;
    let cell = |flex: Option<u32>| flex.map_or(String::new(), |seats| seats.to_string());
    for q in quotas {
        let mut row = vec![q.feature.clone(), q.value.clone()];
        row.extend([q.min.to_string(), q.max.to_string()]);
        row.extend(min_flex.then(|| cell(q.min_flex)));
        row.extend(max_flex.then(|| cell(q.max_flex)));
        writer.row(row)?;
    }
    writer.bytes()
}
