//! Tables as Arrow: what pandas, polars and others read without a copy by rows.

use std::sync::Arc;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, RecordBatch, RecordBatchIterator, StringArray, UInt64Array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use detente_study::show::csv::{self, Style};
use detente_study::show::frame::{Cells, Frame};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

/// A table of typed columns.
#[pyclass(frozen, module = "detente._detente")]
pub(crate) struct Table {
    frame: Frame,
}

impl Table {
    pub(crate) fn new(frame: Frame) -> Self {
        Self { frame }
    }

    fn schema(&self) -> Schema {
        let field = |column: &detente_study::show::frame::Column| {
            let kind = match column.cells {
                Cells::Text(_) => DataType::Utf8,
                Cells::Number(_) => DataType::Float64,
                Cells::Whole(_) => DataType::UInt64,
                Cells::Flag(_) => DataType::Boolean,
            };
            Field::new(&column.name, kind, true)
        };
        Schema::new(self.frame.columns.iter().map(field).collect::<Vec<_>>())
    }

    fn batch(&self) -> Result<RecordBatch, ArrowError> {
        let array = |cells: &Cells| -> ArrayRef {
            match cells {
                Cells::Text(cells) => Arc::new(StringArray::from_iter(cells)),
                Cells::Number(cells) => Arc::new(Float64Array::from_iter(cells)),
                Cells::Whole(cells) => Arc::new(UInt64Array::from_iter(cells)),
                Cells::Flag(cells) => Arc::new(BooleanArray::from_iter(cells)),
            }
        };
        let arrays = self.frame.columns.iter().map(|column| array(&column.cells)).collect();
        RecordBatch::try_new(Arc::new(self.schema()), arrays)
    }
}

fn wrong(error: &ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

#[pymethods]
impl Table {
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.frame.columns.iter().map(|column| column.name.clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.frame.rows()
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for column in &self.frame.columns {
            match &column.cells {
                Cells::Text(cells) => dict.set_item(&column.name, cells)?,
                Cells::Number(cells) => dict.set_item(&column.name, cells)?,
                Cells::Whole(cells) => dict.set_item(&column.name, cells)?,
                Cells::Flag(cells) => dict.set_item(&column.name, cells)?,
            }
        }
        Ok(dict)
    }

    fn to_csv(&self) -> String {
        csv::of_frame(&self.frame, Style::default())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema()).map_err(|error| wrong(&error))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A wish that may be left unheard: there is one form.
        drop(requested_schema);
        let batch = self.batch().map_err(|error| wrong(&error))?;
        let schema = batch.schema();
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}
