//! In what share of the models that could also have been written does it hold?

mod attribute;
mod draw;

use std::str::FromStr;

use detente_engine::ensemble::{SampleError, SampleSettings, Sampler, Tally};
use detente_engine::{LimitHit, Stop, Watch};
use detente_model::{Concept, Conflict, Sequences};

use crate::find::shares::COUNTED;
use crate::say::sample::items;
use crate::say::{moving, sample as report, written};
use crate::wire::{Counts, CountsName, DrawnInfo, Frame, Method, PrecisionInfo, Sample, ShardInfo, Sums};
use crate::{Refusal, refusal};
use attribute::Behind;
use draw::{Draw, Drawn};

/// Draws when nothing else is asked for.
pub const DRAWS: u64 = 100_000;
/// The most draws: sums of more would not be whole in every reader of JSON.
pub const MOST: u64 = 1 << 52;
/// How many states, sets and ends are listed when nothing else is asked for.
pub const LIST: usize = 64;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Ask {
    /// How many models to draw.
    pub draws: u64,
    /// Draw until every share of a question or outcome is known to within this, and no more than it takes.
    pub precision: Option<f64>,
    /// Draw also when all models are few enough to be counted.
    pub draw: bool,
    /// Where the random numbers start.
    pub seed: u64,
    /// Which concepts of stability; those that the questions ask for come with them.
    pub concepts: Vec<Concept>,
    /// How long opponents may answer.
    pub sequences: Sequences,
    /// What is counted beside, as it is typed.
    pub also: Option<String>,
    /// Whether to look for what moves the shares.
    pub attribute: Attribute,
    /// Only this part of the draws.
    pub shard: Option<Shard>,
    /// How many states, sets and ends to list.
    pub list: usize,
    /// How many threads; 0 takes one per core.
    pub threads: usize,
}

impl Default for Ask {
    fn default() -> Self {
        Self {
            draws: DRAWS,
            precision: None,
            draw: false,
            seed: 1,
            concepts: vec![Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq],
            sequences: Sequences::default(),
            also: None,
            attribute: Attribute::Auto,
            shard: None,
            list: LIST,
            threads: 0,
        }
    }
}

/// Whether to look for what moves the shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attribute {
    /// When it is quick.
    #[default]
    Auto,
    /// Whatever it takes.
    Yes,
    /// Not at all.
    No,
}

/// A part of the draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub number: u64,
    /// Of how many.
    pub of: u64,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write which shard of how many, from 1: 2/7".to_owned();
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        let (number, of) = (number.parse().map_err(|_| wrong())?, of.parse().map_err(|_| wrong())?);
        if number >= 1 && number <= of { Ok(Self { number, of }) } else { Err(wrong()) }
    }
}

impl Shard {
    /// Its draws among `draws`.
    fn drawn(self, draws: u64) -> DrawnInfo {
        let cut = |i: u64| (u128::from(draws) * u128::from(i) / u128::from(self.of)) as u64;
        DrawnInfo { from: cut(self.number - 1), to: cut(self.number) }
    }
}

/// Where counts are kept while they are made, so that a run that was killed goes on.
pub trait Keep {
    /// How it is called, for whoever asked.
    fn name(&self) -> String;

    /// What was kept of the same draws; `None`: nothing yet.
    ///
    /// # Errors
    /// It holds something else.
    fn resume(&self, frame: &Frame) -> Result<Option<(Tally, DrawnInfo)>, Refusal>;

    /// Keeps what was counted over `drawn`.
    ///
    /// # Errors
    /// It cannot be kept.
    fn keep(&self, frame: &Frame, drawn: DrawnInfo, tally: &Tally) -> Result<(), Refusal>;
}

/// Draws models of `conflict`, or counts them all where they are few.
///
/// # Errors
/// The number of draws is none that can be drawn, something that is counted beside is not of the case, a model cannot be
/// solved, or a bound was hit before the first models. One that was hit later is in [`Sample::limits`].
pub fn sample(
    conflict: &Conflict,
    ask: &Ask,
    keep: Option<&dyn Keep>,
    watch: &dyn Watch,
) -> Result<Sample, Refusal> {
    if ask.draws == 0 || ask.draws > MOST {
        return Err(Refusal::usage("the number of draws is at least 1 and at most 2^52"));
    }
    let items = items::of(conflict, ask.also.as_deref())?;
    let mut concepts = ask.concepts.clone();
    concepts.extend(items.iter().filter_map(|item| item.concept));
    concepts.sort_unstable();
    concepts.dedup();
    let settings = SampleSettings {
        concepts,
        sequences: ask.sequences,
        targets: items.iter().map(|item| item.states.clone()).collect(),
        given: items.iter().map(|item| item.given.clone()).collect(),
        one_by_one: false,
    };
    let sampler = Sampler::new(conflict, settings, conflict.ensemble_key(ask.seed), watch)
        .map_err(|error| refusal::models(conflict, &error).named(watch))?
        .on_threads(ask.threads);
    let frame = items::frame(&sampler, &items, ask.seed, ask.draws);
    let few = sampler.ensemble.models().is_some_and(|models| models <= COUNTED);
    let exact = few && !ask.draw && ask.shard.is_none() && keep.is_none();
    let mut every = None;
    let (tally, method, drawn) = if exact {
        let mut found = sampler.every_model(watch).map_err(|error| failed(conflict, &error, watch))?;
        let tally = std::mem::replace(&mut found.tally, sampler.tally());
        if let Some(stop) = found.stopped.filter(|_| tally.models <= 0.0) {
            return Err(failed(conflict, &SampleError::Stopped(stop), watch));
        }
        let limits = found.stopped.map(|stop| cut_short(stop, &tally, watch)).into_iter().collect();
        every = Some(found);
        (tally, Method::Exact, Drawn { next: 0, needed: None, limits })
    } else {
        let range = ask.shard.map_or(DrawnInfo { from: 0, to: ask.draws }, |shard| shard.drawn(ask.draws));
        let draw =
            Draw { conflict, sampler: &sampler, frame: &frame, range, precision: ask.precision, keep, watch };
        let (tally, drawn) = draw.run()?;
        (tally, Method::Sampled, drawn)
    };
    let counted = report::Counted { frame: &frame, tally: &tally, method };
    let mut sample = counted.answer(ask.list);
    sample.limits = drawn.limits.iter().map(Into::into).collect();
    if let Some(asked) = ask.precision {
        let reached = counted.widest();
        sample.precision = Some(PrecisionInfo {
            asked,
            reached,
            needed: (method == Method::Sampled).then_some(drawn.needed).flatten(),
        });
    }
    if let Some(shard) = ask.shard {
        let drawn = DrawnInfo { from: shard.drawn(ask.draws).from, to: drawn.next };
        sample.shard = Some(ShardInfo { shard: shard.number, of: shard.of, drawn });
        sample.counts = Some(Counts {
            schema: CountsName::This,
            frame: frame.clone(),
            drawn: vec![drawn],
            sums: Sums::of(&tally),
        });
    }
    if ask.shard.is_none() && ask.attribute != Attribute::No && sample.limits.is_empty() {
        let asked = ask.attribute == Attribute::Yes;
        let behind = Behind { conflict, sampler: &sampler, counted, every: every.as_ref(), watch };
        let (found, hit) = behind.attribute(asked)?;
        sample.attribution = found;
        sample.limits.extend(hit.iter().map(Into::into));
    }
    sample.text = report::lines(&sample);
    // Behind the first line, which says what was counted.
    let dates = written::dates_in_samples(&sampler.ensemble.conflict);
    let second = sample.text.len().min(1);
    sample.text.splice(second..second, dates);
    if sample.attribution.is_none() && !sample.inputs.is_empty() && ask.attribute != Attribute::No {
        sample.text.push(moving::not_looked_for(if ask.shard.is_some() {
            moving::Why::Shard
        } else if !sample.limits.is_empty() {
            moving::Why::Stopped
        } else {
            moving::Why::Long
        }));
    }
    sample.text.extend(written::not_used(&sampler.ensemble.conflict));
    Ok(sample)
}

/// In what two frames differ, so that their counts cannot be added; the number of draws asked for may differ.
#[must_use]
pub fn differs(a: &Frame, b: &Frame) -> Option<&'static str> {
    [
        (a.version != b.version, "another version of the program"),
        (a.ensemble != b.ensemble, "another case, variant or other confidences"),
        (a.seed != b.seed, "another seed"),
        (a.settings != b.settings, "other concepts or other sequences"),
        (a.items != b.items, "other questions, outcomes or patterns"),
        (a.states != b.states || a.start != b.start, "other states"),
        (a.inputs != b.inputs, "other inputs"),
    ]
    .into_iter()
    .find_map(|(differs, what)| differs.then_some(what))
}

fn failed(conflict: &Conflict, error: &SampleError, watch: &dyn Watch) -> Refusal {
    match error {
        SampleError::Stopped(stop) => {
            let mut hit = LimitHit {
                stop: *stop,
                what: "drawing the first models".to_owned(),
                limit: String::new(),
                reached: String::new(),
                exact: String::new(),
            };
            watch.name(&mut hit);
            Refusal::Stopped(Box::new(hit))
        }
        SampleError::Solve(error) => refusal::models(conflict, error).named(watch),
    }
}

fn cut_short(stop: Stop, tally: &Tally, watch: &dyn Watch) -> LimitHit {
    let mut hit = LimitHit {
        stop,
        what: "counting all models".to_owned(),
        limit: String::new(),
        reached: format!("models with {:.1} % of the chance", tally.models * 100.0),
        exact: "each share lies between `low` and `high`, whatever the other models are".to_owned(),
    };
    watch.name(&mut hit);
    hit
}
