//! What `import detente` is made of: cases, questions and answers of `detente-study` as Python objects.
//!
//! No sentence and no number is made here. A question is put by `detente_study::ask`, its answer is a document, a
//! contract and a table, and these become HTML, typed records and Arrow. The Python part of the package
//! (`python/detente/`) gives them names, types and documentation.

// What Python passes by keyword is one argument each.
#![allow(clippy::too_many_arguments)]

mod answers;
mod asked;
mod build;
mod case;
mod errors;
mod found;
mod record;
mod table;
mod wait;

use pyo3::prelude::*;

/// The compiled part of the package `detente`.
#[pymodule]
mod _detente {
    use std::ffi::OsString;

    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::case::Case;
    #[pymodule_export]
    use crate::found::Found;
    #[pymodule_export]
    use crate::table::Table;

    /// The version of the package.
    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    /// Reads the case that `path` names: a case file, a folder that holds `case.toml`, or a `.gmcr` file.
    #[pyfunction]
    fn read(py: Python<'_>, path: std::path::PathBuf) -> PyResult<Case> {
        Case::read(py, &path)
    }

    /// Reads a case from its text; problems are reported under `name`.
    #[pyfunction]
    fn loads(py: Python<'_>, text: &str, name: &str) -> PyResult<Case> {
        Case::loads(py, text.to_owned(), name)
    }

    /// A case again, from what it was pickled as.
    #[pyfunction]
    fn _again(py: Python<'_>, text: String, name: &str, version: crate::case::Pickled) -> PyResult<Case> {
        Case::again(py, text, name, version)
    }

    /// Makes a case of the tables of the format, as data.
    #[pyfunction]
    fn build(py: Python<'_>, tables: &Bound<'_, pyo3::types::PyDict>, name: &str) -> PyResult<Case> {
        Case::loads(py, crate::build::text(tables)?, name)
    }

    /// Puts shards of a sample together: what `Case.sample` gave with `shard`, as JSON.
    #[pyfunction]
    fn merge(py: Python<'_>, shards: Vec<String>, list: usize) -> PyResult<Found> {
        crate::answers::merged(py, shards, list)
    }

    /// Runs the program `detente` with these arguments, the first of which is its name, and gives its status.
    #[pyfunction]
    fn main(py: Python<'_>, args: Vec<OsString>) -> u8 {
        py.detach(|| ::detente::run(args))
    }
}
