//! Refusals as Python exceptions; the classes are in `detente/_errors.py`.

use detente_case::Diagnostic;
use detente_study::Refusal;
use detente_study::say::words;
use detente_study::show::excerpt;
use detente_study::wire::DiagnosticInfo;
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::record;

/// The exception of this class of `detente._errors`, with these arguments.
fn raised(py: Python<'_>, class: &str, arguments: &Bound<'_, PyTuple>) -> PyErr {
    let made = (|| py.import("detente._errors")?.getattr(class)?.call1(arguments))();
    match made {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// An exception with a sentence.
fn simple(py: Python<'_>, class: &str, message: &str) -> PyErr {
    match (message,).into_pyobject(py) {
        Ok(arguments) => raised(py, class, &arguments),
        Err(error) => error,
    }
}

/// A wrong argument.
pub(crate) fn usage(py: Python<'_>, message: &str, hint: Option<&str>) -> PyErr {
    match (message, hint).into_pyobject(py) {
        Ok(arguments) => raised(py, "UsageError", &arguments),
        Err(error) => error,
    }
}

/// A case that cannot be used: the message shows every problem with its excerpt.
pub(crate) fn case(py: Python<'_>, diagnostics: &[Diagnostic], text: &str) -> PyErr {
    let message = excerpt::render(diagnostics, text, false);
    let records: Vec<DiagnosticInfo> = diagnostics.iter().map(Into::into).collect();
    let arguments =
        record::of(py, &records, None).and_then(|records| (message.trim_end(), records).into_pyobject(py));
    match arguments {
        Ok(arguments) => raised(py, "CaseError", &arguments),
        Err(error) => error,
    }
}

/// `refusal` as an exception; what was interrupted before there was anything to answer is a `KeyboardInterrupt`.
pub(crate) fn of(py: Python<'_>, refusal: &Refusal, interrupted: bool) -> PyErr {
    match refusal {
        Refusal::Case(diagnostics, text) => case(py, diagnostics, text),
        Refusal::Usage(message, hint) => usage(py, &words::capital(message), hint.as_deref()),
        Refusal::Limit(_) | Refusal::Stopped(_) if interrupted => {
            PyKeyboardInterrupt::new_err(words::capital(&refusal.sentence()))
        }
        Refusal::Limit(_) | Refusal::Stopped(_) => {
            simple(py, "LimitError", &words::capital(&refusal.sentence()))
        }
        Refusal::Wrong(_) | Refusal::Output(_) => {
            simple(py, "DetenteError", &words::capital(&refusal.sentence()))
        }
    }
}
