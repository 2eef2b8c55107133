//! An answer: what was found for a case, or for each account of it, in every medium.

use std::sync::Arc;

use detente_engine::LimitHit;
use detente_study::Refusal;
use detente_study::say::words;
use detente_study::show::doc::Doc;
use detente_study::show::frame::Frame;
use detente_study::show::{html, markdown, terminal};
use detente_study::wire::{self, LimitInfo};
use pyo3::prelude::*;
use serde::Serialize;

use crate::table::Table;
use crate::wait::{self, Wait};
use crate::{errors, record};

/// A contract, whichever it is.
pub(crate) trait Contract: Send + Sync {
    /// As the program prints it.
    fn text(&self) -> Result<String, Refusal>;
    /// As typed records.
    fn record<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

/// A value of the contracts, and the class that it has where it is serialized without a name.
pub(crate) struct Of<T>(pub(crate) T, pub(crate) &'static str);

impl<T: Serialize + Send + Sync> Contract for Of<T> {
    fn text(&self) -> Result<String, Refusal> {
        wire::text(&self.0).map_err(|error| Refusal::Wrong(error.to_string()))
    }

    fn record<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        record::of(py, &self.0, Some(self.1))
    }
}

/// Something that is worked out when it is asked for.
pub(crate) type Later<A, T> = Box<dyn Fn(A) -> T + Send + Sync>;

/// What was found for one account, or for a case that has none.
pub(crate) struct Part {
    /// The id and the title of the account.
    pub(crate) account: Option<(String, String)>,
    /// Bounds that were hit.
    pub(crate) limits: Vec<LimitInfo>,
    /// The contract.
    pub(crate) contract: Later<(), Box<dyn Contract>>,
    /// The document.
    pub(crate) doc: Later<(), Doc>,
    /// A picture, by its name and what it is of.
    pub(crate) svg: Later<(String, Option<String>), Result<Option<String>, Refusal>>,
    /// A table, by its name.
    pub(crate) frame: Later<String, Result<Option<Frame>, Refusal>>,
    /// A text for another program, by the name of its form.
    pub(crate) export: Later<String, Result<Option<String>, Refusal>>,
    /// The outcomes that last under a concept.
    pub(crate) lasting: Later<Option<String>, Result<Vec<Outcome>, Refusal>>,
}

impl Part {
    /// A part with a contract and a document.
    pub(crate) fn new(
        limits: Vec<LimitInfo>,
        contract: impl Fn() -> Box<dyn Contract> + Send + Sync + 'static,
        doc: impl Fn() -> Doc + Send + Sync + 'static,
    ) -> Self {
        Self {
            account: None,
            limits,
            contract: Box::new(move |()| contract()),
            doc: Box::new(move |()| doc()),
            svg: Box::new(|_| Ok(None)),
            frame: Box::new(|_| Ok(None)),
            export: Box::new(|_| Ok(None)),
            lasting: Box::new(|_| Ok(Vec::new())),
        }
    }

    /// With one picture.
    pub(crate) fn picture(mut self, svg: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.svg = Box::new(move |_| Ok(Some(svg())));
        self
    }

    /// With one table.
    pub(crate) fn tabled(mut self, frame: impl Fn() -> Frame + Send + Sync + 'static) -> Self {
        self.frame = Box::new(move |_| Ok(Some(frame())));
        self
    }
}

/// An outcome that lasts: `records.Outcome`.
#[derive(Clone, Serialize)]
pub(crate) struct Outcome {
    pub(crate) account: Option<String>,
    pub(crate) concept: String,
    pub(crate) state: String,
    pub(crate) name: String,
    pub(crate) why: Option<String>,
    pub(crate) undone: Option<wire::UndoneInfo>,
    pub(crate) resting: Option<wire::RestingInfo>,
}

/// What all accounts together have that no list of them has.
pub(crate) struct Joint {
    pub(crate) contract: Later<(), Box<dyn Contract>>,
    pub(crate) doc: Later<(), Doc>,
}

/// An answer.
#[pyclass(frozen, module = "detente._detente")]
pub(crate) struct Found {
    parts: Arc<Vec<Part>>,
    joint: Option<Arc<Joint>>,
    /// One of the parts.
    at: Option<usize>,
    wait: Arc<Wait>,
    /// Whether Ctrl-C cut it short.
    #[pyo3(get)]
    interrupted: bool,
}

/// Bounds as the contracts have them.
pub(crate) fn limits(hits: &[LimitHit]) -> Vec<LimitInfo> {
    hits.iter().map(Into::into).collect()
}

impl Found {
    /// Works out the parts without the interpreter's lock.
    ///
    /// # Errors
    /// What `work` refuses, as an exception.
    pub(crate) fn of(
        py: Python<'_>,
        wait: Arc<Wait>,
        work: impl FnOnce() -> Result<(Vec<Part>, Option<Joint>), Refusal> + Send,
    ) -> PyResult<Self> {
        let worked = wait::work(py, &wait, work)?;
        let interrupted = worked.interrupted;
        let (parts, joint) = worked.value.map_err(|refusal| errors::of(py, &refusal, interrupted))?;
        // What came to its end all the same was not cut short.
        let interrupted = interrupted && parts.iter().any(|part| !part.limits.is_empty());
        Ok(Self { parts: Arc::new(parts), joint: joint.map(Arc::new), at: None, wait, interrupted })
    }

    fn here(&self) -> &[Part] {
        match self.at {
            Some(at) => &self.parts[at..=at],
            None => &self.parts,
        }
    }

    /// The one part.
    fn one(&self) -> Result<&Part, Refusal> {
        match self.here() {
            [part] => Ok(part),
            several => Err(Refusal::usage_with(
                format!(
                    "the claims of this case contradict each other: there is one answer for each of {} accounts",
                    several.len()
                ),
                "take one of `.accounts`",
            )),
        }
    }

    /// Works something out of the parts without the interpreter's lock.
    fn later<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce() -> Result<T, Refusal> + Send,
    ) -> PyResult<T> {
        let worked = wait::work(py, &self.wait, work)?;
        worked.value.map_err(|refusal| errors::of(py, &refusal, worked.interrupted))
    }

    fn contract(&self, py: Python<'_>) -> PyResult<Box<dyn Contract>> {
        self.later(py, || match (&self.joint, self.here()) {
            (Some(joint), [_, _, ..]) => Ok((joint.contract)(())),
            _ => Ok((self.one()?.contract)(())),
        })
    }

    fn doc(&self) -> Doc {
        if let (Some(joint), [_, _, ..]) = (&self.joint, self.here()) {
            return (joint.doc)(());
        }
        let mut all = Doc::default();
        for part in self.here() {
            let doc = (part.doc)(());
            if let ([_, _, ..], Some((_, title))) = (self.here(), &part.account) {
                all.part(title.clone());
            }
            all.blocks.extend(doc.blocks);
        }
        all
    }
}

#[pymethods]
impl Found {
    #[getter]
    fn accounts(&self) -> Vec<(String, String)> {
        self.here().iter().filter_map(|part| part.account.clone()).collect()
    }

    fn only(&self, at: usize) -> PyResult<Self> {
        if at >= self.parts.len() {
            return Err(pyo3::exceptions::PyIndexError::new_err("there is no such account"));
        }
        let (parts, joint) = (Arc::clone(&self.parts), self.joint.clone());
        Ok(Self { parts, joint, at: Some(at), wait: Arc::clone(&self.wait), interrupted: self.interrupted })
    }

    #[getter]
    fn limits<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let all: Vec<&LimitInfo> = self.here().iter().flat_map(|part| &part.limits).collect();
        record::of(py, &all, None)
    }

    #[getter]
    fn notes(&self) -> Vec<String> {
        self.here().iter().flat_map(|part| &part.limits).map(words::limit).collect()
    }

    fn json(&self, py: Python<'_>) -> PyResult<String> {
        let contract = self.contract(py)?;
        self.later(py, || contract.text())
    }

    fn record<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.contract(py)?.record(py)
    }

    fn html(&self, py: Python<'_>) -> PyResult<String> {
        self.later(py, || Ok(html::part(&self.doc())))
    }

    fn markdown(&self, py: Python<'_>) -> PyResult<String> {
        self.later(py, || Ok(markdown::set(&self.doc())))
    }

    fn text(&self, py: Python<'_>, width: usize) -> PyResult<String> {
        let styled = self.later(py, || Ok(terminal::set(&self.doc(), width)))?;
        Ok(anstream::adapter::strip_str(&styled).to_string())
    }

    #[pyo3(signature = (name, of = None))]
    fn svg(&self, py: Python<'_>, name: String, of: Option<String>) -> PyResult<Option<String>> {
        self.later(py, || (self.one()?.svg)((name, of)))
    }

    fn table(&self, py: Python<'_>, name: String) -> PyResult<Option<Table>> {
        let frame = self.later(py, || {
            if let Ok(part) = self.one() {
                return (part.frame)(name);
            }
            let mut frames = Vec::new();
            for part in self.here() {
                let account = part.account.as_ref().map(|(id, _)| id.clone()).unwrap_or_default();
                frames.extend((part.frame)(name.clone())?.map(|frame| (account, frame)));
            }
            Ok(Some(Frame::below("account", frames)))
        })?;
        Ok(frame.map(Table::new))
    }

    fn export(&self, py: Python<'_>, form: String) -> PyResult<Option<String>> {
        self.later(py, || (self.one()?.export)(form))
    }

    #[pyo3(signature = (concept = None))]
    fn lasting<'py>(&self, py: Python<'py>, concept: Option<String>) -> PyResult<Bound<'py, PyAny>> {
        let all = self.later(py, || {
            let mut all = Vec::new();
            for part in self.here() {
                all.extend((part.lasting)(concept.clone())?);
            }
            Ok(all)
        })?;
        record::of(py, &all, None)
    }
}
