//! A case: what was read, in a version.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use detente_case::{Diagnostic, Until};
use detente_engine::evolution::Choice;
use detente_engine::price::Aim;
use detente_engine::trust::TrustSettings;
use detente_engine::{Bounds, Settings, Watch};
use detente_model::{ClaimKind, Concept, Conflict};
use detente_study::ask::{evolve, price, sample, watch};
use detente_study::wire::DiagnosticInfo;
use detente_study::{Refusal, Version};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::answers::{self, Told};
use crate::asked::{by_word, concept, concepts, costs, sequences, settings};
use crate::found::Found;
use crate::wait::Wait;
use crate::{errors, record};

/// A case.
#[pyclass(frozen, module = "detente._detente")]
pub(crate) struct Case {
    name: String,
    text: Arc<str>,
    written: Arc<Conflict>,
    diagnostics: Arc<Vec<Diagnostic>>,
    version: Version,
    /// Whether the file is another program's.
    foreign: bool,
}

impl Case {
    /// Reads the file or folder that `path` names.
    ///
    /// # Errors
    /// `CaseError` with all problems.
    pub(crate) fn read(py: Python<'_>, path: &Path) -> PyResult<Self> {
        let name = path.display().to_string();
        match py.detach(|| detente::read_case(path.as_os_str())) {
            Ok(file) => Ok(Self {
                name,
                text: file.text.into(),
                written: Arc::new(file.conflict),
                diagnostics: Arc::new(file.diagnostics),
                version: Version::default(),
                foreign: file.foreign,
            }),
            Err(refusal) => Err(errors::of(py, &refusal, false)),
        }
    }

    /// Reads a text.
    ///
    /// # Errors
    /// `CaseError` with all problems.
    pub(crate) fn loads(py: Python<'_>, text: String, name: &str) -> PyResult<Self> {
        let read = py.detach(|| detente_case::read(name, text.as_bytes()));
        match read.conflict {
            Some(conflict) => Ok(Self {
                name: name.to_owned(),
                text: read.text.into(),
                written: Arc::new(conflict),
                diagnostics: Arc::new(read.diagnostics),
                version: Version::default(),
                foreign: false,
            }),
            None => Err(errors::case(py, &read.diagnostics, &read.text)),
        }
    }

    /// What [`Case::__reduce__`] took apart.
    pub(crate) fn again(py: Python<'_>, text: String, name: &str, version: Pickled) -> PyResult<Self> {
        let (variant, account, claims, speakers, sources, kinds, assumptions, unavailable) = version;
        let case = Self::loads(py, text, name)?;
        case.replace(py, variant, account, claims, speakers, sources, kinds, assumptions, unavailable)
    }

    /// The case in its version, as each of its accounts tells it; in the account that is chosen, or where no claims
    /// contradict each other, once.
    fn told(&self) -> Result<Vec<Told>, Refusal> {
        let apply = |version: &Version| {
            version.apply(&self.written).map_err(|problems| Refusal::usage(problems.join("; ")))
        };
        let account = |conflict: &Conflict| {
            conflict.account.as_ref().map(|account| {
                let title = account.title.clone().unwrap_or_else(|| account.id.clone());
                (account.id.clone(), title)
            })
        };
        if self.version.reading.is_some() {
            let conflict = apply(&self.version)?;
            return Ok(vec![Told { account: account(&conflict), conflict }]);
        }
        let ids = self.accounts_of()?;
        if ids.is_empty() {
            return Ok(vec![Told { account: None, conflict: apply(&self.version)? }]);
        }
        let one = |(id, _): (String, String)| {
            let conflict = apply(&Version { reading: Some(id), ..self.version.clone() })?;
            Ok(Told { account: account(&conflict), conflict })
        };
        ids.into_iter().map(one).collect()
    }

    /// The accounts of the case in its variant.
    fn accounts_of(&self) -> Result<Vec<(String, String)>, Refusal> {
        let varied;
        let conflict = match self.version.variant.as_deref() {
            None => &*self.written,
            Some(id) => match self.written.with_variant(id) {
                Some(Ok(conflict)) => {
                    varied = conflict;
                    &varied
                }
                // What is wrong with it is said where the version is applied.
                _ => return Ok(Vec::new()),
            },
        };
        let accounts = conflict
            .accounts()
            .map_err(|_| Refusal::Wrong("the accounts of the case cannot be told apart".to_owned()))?;
        let pair = |account: detente_model::Account| {
            let title = account.title.unwrap_or_else(|| account.id.clone());
            (account.id, title)
        };
        Ok(accounts.into_iter().map(pair).collect())
    }

    /// What `work` makes of the case in its version, or the exception.
    fn ask<T>(&self, py: Python<'_>, work: impl FnOnce(Vec<Told>) -> Result<T, Refusal>) -> PyResult<T> {
        self.told().and_then(work).map_err(|refusal| errors::of(py, &refusal, false))
    }
}

/// A version as it is pickled: variant, account; claims, speakers, sources and kinds struck, and whether assumptions are;
/// options that are never on.
pub(crate) type Pickled =
    (Option<String>, Option<String>, Vec<String>, Vec<String>, Vec<String>, Vec<String>, bool, Vec<String>);

/// Settings for what needs the possible outcomes only, or Nash.
fn nash(threads: usize) -> Settings {
    Settings { concepts: vec![Concept::Nash], threads, ..Settings::default() }
}

#[pymethods]
impl Case {
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    #[getter]
    fn text(&self) -> String {
        if self.foreign { detente_case::to_toml(&self.written) } else { self.text.to_string() }
    }

    #[getter]
    fn title(&self) -> &str {
        &self.written.about.title
    }

    #[getter]
    fn question(&self) -> Option<&str> {
        self.written.about.question.as_deref()
    }

    #[getter]
    fn as_of(&self) -> Option<&str> {
        self.written.about.as_of.as_deref()
    }

    #[getter]
    fn variant(&self) -> Option<&str> {
        self.version.variant.as_deref()
    }

    #[getter]
    fn account(&self) -> Option<&str> {
        self.version.reading.as_deref()
    }

    #[getter]
    fn diagnostics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let all: Vec<DiagnosticInfo> = self.diagnostics.iter().map(Into::into).collect();
        record::of(py, &all, None)
    }

    #[getter]
    fn actors(&self) -> Vec<(&str, &str)> {
        self.written.game.actors.iter().map(|actor| (actor.id.as_str(), actor.name.as_str())).collect()
    }

    #[getter]
    fn options(&self) -> Vec<(String, String)> {
        let game = &self.written.game;
        let named = game
            .options()
            .iter()
            .enumerate()
            .map(|(at, option)| (game.option_name(at.into()), option.text.clone()));
        named.collect()
    }

    #[getter]
    fn questions(&self) -> Vec<(&str, &str, &str)> {
        let all = self.written.questions.iter();
        all.map(|question| (question.id.as_str(), question.kind.word(), question.ask.as_str())).collect()
    }

    #[getter]
    fn variants(&self) -> Vec<(&str, &str)> {
        self.written.variants.iter().map(|one| (one.id.as_str(), one.title.as_str())).collect()
    }

    #[getter]
    fn accounts(&self, py: Python<'_>) -> PyResult<Vec<(String, String)>> {
        self.accounts_of().map_err(|refusal| errors::of(py, &refusal, false))
    }

    #[getter]
    fn claims(&self) -> Vec<(&str, &str, &str, Option<&str>)> {
        let evidence = &self.written.evidence;
        let mut all = Vec::new();
        for claim in &evidence.claims {
            let source = evidence.sources.get(claim.source.index()).map_or("", |source| source.id.as_str());
            all.push((claim.id.as_str(), source, claim.says.as_str(), claim.speaker.as_deref()));
        }
        all
    }

    fn digest(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, |all| {
            all.first()
                .map(|told| told.conflict.game.digest())
                .ok_or_else(|| Refusal::Wrong("the case has no account".to_owned()))
        })
    }

    /// All problems, with those that need a search.
    fn check<'py>(&self, py: Python<'py>, max_time: Option<f64>) -> PyResult<Bound<'py, PyAny>> {
        if self.foreign {
            return self.diagnostics(py);
        }
        let wait = Wait::most(py, max_time)?;
        let worked = crate::wait::work(py, &wait, || {
            let read = detente_case::read(&self.name, self.text.as_bytes());
            let waiting = Arc::clone(&wait);
            let until: Until = Rc::new(move || waiting.stop().is_some());
            let found = detente_case::check_until(&read, &|_| None, &until);
            found.iter().map(Into::into).collect::<Vec<DiagnosticInfo>>()
        })?;
        record::of(py, &worked.value, None)
    }

    #[pyo3(signature = (*, variant, account, claims, speakers, sources, kinds, assumptions, unavailable))]
    fn replace(
        &self,
        py: Python<'_>,
        variant: Option<String>,
        account: Option<String>,
        claims: Vec<String>,
        speakers: Vec<String>,
        sources: Vec<String>,
        kinds: Vec<String>,
        assumptions: bool,
        unavailable: Vec<String>,
    ) -> PyResult<Self> {
        let mut version = self.version.clone();
        version.variant = variant.or(version.variant);
        version.reading = account.or(version.reading);
        version.strike.claims.extend(claims);
        version.strike.speakers.extend(speakers);
        version.strike.sources.extend(sources);
        version.strike.assumptions |= assumptions;
        version.unavailable.extend(unavailable);
        let known = ClaimKind::ALL.map(|(kind, word)| (word, kind));
        for kind in kinds {
            let kind = by_word("a kind of claim", &kind, &known);
            version.strike.kinds.push(kind.map_err(|refusal| errors::of(py, &refusal, false))?);
        }
        let case = Self {
            name: self.name.clone(),
            text: Arc::clone(&self.text),
            written: Arc::clone(&self.written),
            diagnostics: Arc::clone(&self.diagnostics),
            version,
            foreign: self.foreign,
        };
        // What does not fit is said now, not with the first question.
        case.ask(py, |_| Ok(()))?;
        Ok(case)
    }

    #[pyo3(signature = (*, concept_ids, engine, sequences, seed, threads, max_time, max_memory, max_work))]
    fn solve(
        &self,
        py: Python<'_>,
        concept_ids: Option<Vec<String>>,
        engine: &str,
        sequences: &str,
        seed: u64,
        threads: usize,
        max_time: Option<f64>,
        max_memory: Option<u64>,
        max_work: Option<u64>,
    ) -> PyResult<Found> {
        let wait = Wait::most(py, max_time)?;
        let bounds = Bounds { memory: max_memory, work: max_work };
        let (all, settings) = self.ask(py, |all| {
            let concepts = concepts(concept_ids.as_deref())?;
            Ok((all, settings(concepts, engine, sequences, threads, bounds)?))
        })?;
        answers::solve(py, all, &self.written, &self.diagnostics, &settings, seed, &wait)
    }

    #[pyo3(signature = (state, actor, *, concept_ids, engine, sequences, threads, max_time))]
    fn explain(
        &self,
        py: Python<'_>,
        state: &str,
        actor: Option<&str>,
        concept_ids: Option<Vec<String>>,
        engine: &str,
        sequences: &str,
        threads: usize,
        max_time: Option<f64>,
    ) -> PyResult<Found> {
        let wait = Wait::most(py, max_time)?;
        let (all, settings) = self.ask(py, |all| {
            let concepts = concepts(concept_ids.as_deref())?;
            Ok((all, settings(concepts, engine, sequences, threads, Bounds::default())?))
        })?;
        answers::explain(py, all, state, actor, &settings, &wait)
    }

    #[pyo3(signature = (
        *, draws, precision, draw, seed, concept_ids, sequences, also, attribute, shard, list, threads, max_time
    ))]
    fn sample(
        &self,
        py: Python<'_>,
        draws: u64,
        precision: Option<f64>,
        draw: bool,
        seed: u64,
        concept_ids: Option<Vec<String>>,
        sequences: &str,
        also: Option<String>,
        attribute: Option<bool>,
        shard: Option<(u64, u64)>,
        list: usize,
        threads: usize,
        max_time: Option<f64>,
    ) -> PyResult<Found> {
        let wait = Wait::most(py, max_time)?;
        let (all, ask) = self.ask(py, |all| {
            if precision.is_some_and(|half| !(half > 0.000_01 && half < 0.5)) {
                return Err(Refusal::usage("a half-width is above 0.00001 and below 0.5"));
            }
            let shard = match shard {
                Some((number, of)) if number >= 1 && number <= of => Some(sample::Shard { number, of }),
                None => None,
                Some((number, of)) => {
                    return Err(Refusal::usage_with(
                        format!("there is no shard {number} of {of}"),
                        "shards are counted from 1",
                    ));
                }
            };
            let ask = sample::Ask {
                draws,
                precision,
                draw,
                seed,
                concepts: concepts(concept_ids.as_deref())?,
                sequences: self::sequences(sequences)?,
                also,
                attribute: match attribute {
                    None => sample::Attribute::Auto,
                    Some(true) => sample::Attribute::Yes,
                    Some(false) => sample::Attribute::No,
                },
                shard,
                list,
                threads,
            };
            Ok((all, ask))
        })?;
        answers::sampled(py, all, &ask, &wait)
    }

    #[pyo3(signature = (
        *, outcome, question, concept_id, aims, most, deeds, games, cost, threads, max_time
    ))]
    fn price(
        &self,
        py: Python<'_>,
        outcome: Option<String>,
        question: Option<String>,
        concept_id: Option<&str>,
        aims: Vec<String>,
        most: Option<u32>,
        deeds: Option<u8>,
        games: usize,
        cost: Vec<(String, u32)>,
        threads: usize,
        max_time: Option<f64>,
    ) -> PyResult<Found> {
        let wait = Wait::most(py, max_time)?;
        let (all, ask) = self.ask(py, |all| {
            let known = Aim::ALL.map(|(aim, word)| (word, aim));
            let mut aims =
                aims.iter().map(|word| by_word("an aim", word, &known)).collect::<Result<Vec<Aim>, _>>()?;
            // In the order of reports, each once.
            aims = Aim::ALL.iter().map(|(aim, _)| *aim).filter(|aim| aims.contains(aim)).collect();
            let ask = price::Ask {
                question,
                outcome,
                concept: concept_id.map(concept).transpose()?,
                aims,
                most,
                costs: costs(&cost)?,
                deeds,
                games,
                settings: Settings { threads, ..Settings::default() },
            };
            Ok((all, ask))
        })?;
        answers::price(py, all, &ask, &wait)
    }

    #[pyo3(signature = (*, size, runs, threads, max_time))]
    fn trust(
        &self,
        py: Python<'_>,
        size: usize,
        runs: usize,
        threads: usize,
        max_time: Option<f64>,
    ) -> PyResult<Found> {
        let wait = Wait::most(py, max_time)?;
        let settings = TrustSettings {
            settings: Settings { threads, ..Settings::default() },
            size,
            runs,
            ..TrustSettings::default()
        };
        let all = self.ask(py, Ok)?;
        answers::evidence(py, all, &settings, &wait)
    }

    #[pyo3(signature = (start, *, coalitions, weights, choice, limit, threads, max_time))]
    fn evolve(
        &self,
        py: Python<'_>,
        start: String,
        coalitions: bool,
        weights: Vec<(String, f64)>,
        choice: &str,
        limit: usize,
        threads: usize,
        max_time: Option<f64>,
    ) -> PyResult<Found> {
        let wait = Wait::most(py, max_time)?;
        let (all, ask) = self.ask(py, |all| {
            let choices = [("any", Choice::Any), ("best", Choice::Best)];
            let ask = evolve::Ask {
                from: start,
                coalitions,
                weights,
                choice: by_word("a way to choose", choice, &choices)?,
                limit,
                settings: Settings { threads, ..Settings::default() },
            };
            Ok((all, ask))
        })?;
        answers::evolve(py, all, &ask, &wait)
    }

    #[pyo3(signature = (state, *, threads, max_time))]
    fn map(
        &self,
        py: Python<'_>,
        state: Option<&str>,
        threads: usize,
        max_time: Option<f64>,
    ) -> PyResult<Found> {
        let wait = Wait::most(py, max_time)?;
        // The situation is the same in all accounts, unless something is tried out.
        let tried = Version { variant: None, ..self.version.clone() };
        let all = if tried.is_as_written() {
            let conflict = match self.version.variant.as_deref().map(|id| self.written.with_variant(id)) {
                Some(Some(Ok(conflict))) => conflict,
                _ => Conflict::clone(&self.written),
            };
            vec![Told { account: None, conflict }]
        } else {
            self.ask(py, Ok)?
        };
        answers::situation(py, all, state, &nash(threads), &wait)
    }

    #[pyo3(signature = (*, concept_id, sequences, list, threads, max_time))]
    fn said(
        &self,
        py: Python<'_>,
        concept_id: Option<&str>,
        sequences: &str,
        list: usize,
        threads: usize,
        max_time: Option<f64>,
    ) -> PyResult<Found> {
        let wait = Wait::most(py, max_time)?;
        let (all, which, settings) = self.ask(py, |all| {
            let which = concept_id.map(concept).transpose()?.unwrap_or(Concept::Nash);
            let sequences = self::sequences(sequences)?;
            Ok((all, which, Settings { sequences, threads, ..Settings::default() }))
        })?;
        answers::said(py, all, which, &settings, list, &wait)
    }

    fn power(&self, py: Python<'_>) -> PyResult<Found> {
        let wait = Wait::most(py, None)?;
        let all = self.ask(py, Ok)?;
        answers::worth(py, all, &wait)
    }

    #[pyo3(signature = (actor, *, list, threads, max_time))]
    fn rank(
        &self,
        py: Python<'_>,
        actor: &str,
        list: usize,
        threads: usize,
        max_time: Option<f64>,
    ) -> PyResult<Found> {
        let wait = Wait::most(py, max_time)?;
        let all = self.ask(py, Ok)?;
        answers::order(py, all, actor, list, &nash(threads), &wait)
    }

    #[pyo3(signature = (*, question, seen, concept_id, draws, seed, list, threads, max_time))]
    fn watch(
        &self,
        py: Python<'_>,
        question: Option<String>,
        seen: Vec<String>,
        concept_id: Option<&str>,
        draws: u64,
        seed: u64,
        list: usize,
        threads: usize,
        max_time: Option<f64>,
    ) -> PyResult<Found> {
        let wait = Wait::most(py, max_time)?;
        let (all, asked) = self.ask(py, |all| {
            if !(1..=1 << 24).contains(&draws) {
                return Err(Refusal::usage("the number of draws is at least 1 and at most 2^24"));
            }
            let concept = concept_id.map(concept).transpose()?;
            Ok((all, watch::Asked { question, seen, concept, draws, seed, threads }))
        })?;
        answers::next(py, all, &asked, list, &wait)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let case = slf.get();
        let rebuild = py.import("detente._detente")?.getattr("_again")?;
        let strike = &case.version.strike;
        let kinds: Vec<&str> = strike.kinds.iter().map(|kind| kind.word()).collect();
        let version = (
            &case.version.variant,
            &case.version.reading,
            &strike.claims,
            &strike.speakers,
            &strike.sources,
            kinds,
            strike.assumptions,
            &case.version.unavailable,
        );
        (rebuild, (case.text(), &case.name, version)).into_pyobject(py)
    }
}
