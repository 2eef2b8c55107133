//! Shares as a Parquet file: the rows of the CSV, and where they come from.
//!
//! One row per share. Columns: `kind`, `id`, `name`, `concept` (text), `asked` (whether a question asks it), `share`,
//! `low`, `high` (fractions of the models), `all`, `all_low`, `all_high`, which are null for single states, and
//! `certain`: whether the question asks for `all`. The
//! file's key-value metadata holds what makes the draws: `schema`, `program`, `case`, `ensemble`, `method`, `seed`,
//! `draws`; and `limits`, one line each, when a bound was hit.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use serde::Serialize;

use crate::wire::{Interval, Sample, ShareInfo};

const COLUMNS: &str = "message shares {
    required binary kind (string);
    required binary id (string);
    required binary name (string);
    required binary concept (string);
    required boolean asked;
    required double share;
    required double low;
    required double high;
    optional double all;
    optional double all_low;
    optional double all_high;
    required boolean certain;
}";

/// The bytes of the file.
///
/// # Errors
/// What the library says; with a fixed schema and memory to write to there is nothing that it should.
pub fn parquet(sample: &Sample) -> Result<Vec<u8>> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_created_by(format!("detente {}", sample.program.version))
        .set_key_value_metadata(Some(origin(sample)))
        .build();
    let schema = Arc::new(parse_message_type(COLUMNS)?);
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut rows = file.next_row_group()?;
    let shares = &sample.shares;
    let texts: [fn(&ShareInfo) -> &str; 4] = [|s| &s.kind, |s| &s.id, |s| &s.name, |s| &s.concept];
    for of in texts {
        let values: Vec<ByteArray> = shares.iter().map(|s| ByteArray::from(of(s))).collect();
        column::<ByteArrayType>(&mut rows, &values, None)?;
    }
    column::<BoolType>(&mut rows, &shares.iter().map(|s| s.asked).collect::<Vec<_>>(), None)?;
    let numbers: [fn(&ShareInfo) -> f64; 3] = [|s| s.share, |s| s.low, |s| s.high];
    for of in numbers {
        column::<DoubleType>(&mut rows, &shares.iter().map(of).collect::<Vec<_>>(), None)?;
    }
    let there: Vec<i16> = shares.iter().map(|s| i16::from(s.all.is_some())).collect();
    let numbers: [fn(&Interval) -> f64; 3] = [|all| all.share, |all| all.low, |all| all.high];
    for of in numbers {
        let values: Vec<f64> = shares.iter().filter_map(|s| s.all.as_ref()).map(of).collect();
        column::<DoubleType>(&mut rows, &values, Some(&there))?;
    }
    column::<BoolType>(&mut rows, &shares.iter().map(|s| s.asks_certain).collect::<Vec<_>>(), None)?;
    rows.close()?;
    file.into_inner()
}

/// Writes the next column; `there`: for each row whether it has a value, when not all have.
fn column<T: DataType>(
    rows: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: &[T::T],
    there: Option<&[i16]>,
) -> Result<()> {
    if let Some(mut column) = rows.next_column()? {
        column.typed::<T>().write_batch(values, there, None)?;
        column.close()?;
    }
    Ok(())
}

fn origin(sample: &Sample) -> Vec<KeyValue> {
    let mut all: Vec<KeyValue> = [
        ("schema", name(sample.schema)),
        ("program", sample.program.version.to_owned()),
        ("case", sample.case.digest.clone()),
        ("ensemble", sample.ensemble.clone()),
        ("method", name(sample.method)),
        ("seed", sample.seed.to_string()),
        ("draws", sample.draws.to_string()),
    ]
    .into_iter()
    .map(|(key, value)| KeyValue::new(key.to_owned(), value))
    .collect();
    if !sample.limits.is_empty() {
        let lines: Vec<String> = sample
            .limits
            .iter()
            .map(|l| format!("{}: {} of {}; exact: {}", l.what, l.reached, l.limit, l.exact))
            .collect();
        all.push(KeyValue::new("limits".to_owned(), lines.join("\n")));
    }
    all
}

/// What the JSON calls it.
fn name(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
