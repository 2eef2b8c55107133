//! Probabilities out of a case: shares of its models.

use detente_engine::Watch;
use detente_engine::ensemble::{SampleError, SampleSettings, Sampler, Sets, Tally, wilson};
use detente_model::{Concept, Conflict, OutcomeStates, Sequences};

use crate::refusal::{self, Refusal};
use detente_ledger::{CaseBasis, Measure, Method, Probability, shares};

/// What to compute.
pub struct Wanted<'a> {
    /// Per answer: the outcome as it was named; `None` takes the rest.
    pub outcomes: &'a [Option<String>],
    /// The states that each stands for.
    pub targets: &'a [Option<OutcomeStates>],
    /// What the probabilities are shares of.
    pub measure: Measure,
    /// Under which concept.
    pub concept: Concept,
    /// How many draws, where there are more models.
    pub draws: u64,
    /// Where the random numbers start.
    pub seed: u64,
}

/// The probability of each answer, and what it rests on.
///
/// # Errors
/// An outcome that is not known, answers that overlap or leave something out, a bound that was hit.
pub fn computed(
    conflict: &Conflict,
    wanted: &Wanted<'_>,
    watch: &dyn Watch,
) -> Result<(Vec<Probability>, CaseBasis), Refusal> {
    let targets = wanted.targets;
    let known: Vec<OutcomeStates> = targets.iter().flatten().cloned().collect();
    let rest = targets.len() - known.len();
    let spread_out = matches!(wanted.measure, Measure::Drawn | Measure::End);
    if !spread_out && (known.len(), rest) != (1, 1) {
        return Err(Refusal::usage_with(
            "several outcomes can be equilibria of one model: such shares do not add up to 1",
            "for more than yes and no use --measure drawn or --measure end",
        ));
    }
    let settings = SampleSettings {
        concepts: vec![if wanted.measure == Measure::End { Concept::Nash } else { wanted.concept }],
        sequences: Sequences::Legal,
        targets: known.clone(),
        given: vec![],
        one_by_one: false,
    };
    let key = conflict.ensemble_key(wanted.seed);
    let sampler =
        Sampler::new(conflict, settings, key, watch).map_err(|error| refusal::models(conflict, &error))?;
    let models = sampler.ensemble.models().filter(|models| *models <= wanted.draws);
    let tally = match models {
        Some(_) => sampler.enumerate(watch).and_then(|(tally, stopped)| match stopped {
            Some(stop) => Err(SampleError::Stopped(stop)),
            None => Ok(tally),
        }),
        None => sampler.sample(0..wanted.draws, watch),
    };
    let tally = tally.map_err(|error| match error {
        SampleError::Stopped(stop) => Refusal::Limit(format!(
            "nothing was recorded: stopped ({}) before all models were looked at",
            stop.words()
        )),
        SampleError::Solve(error) => refusal::models(conflict, &error),
    })?;
    let hits = hits(conflict, &sampler, &tally, wanted.measure, &known)?;
    let values = spread(conflict, targets, &hits, tally.models)?;
    let interval = |value: f64| {
        let (low, high) = wilson(value * tally.models, tally.models);
        [Probability::nearest(low), Probability::nearest(high)]
    };
    let method = match models {
        Some(models) => Method::Exact { models },
        None => Method::Sampled {
            draws: wanted.draws,
            seed: wanted.seed,
            intervals: values.iter().map(|value| interval(*value)).collect(),
        },
    };
    let basis = CaseBasis {
        title: conflict.about.title.clone(),
        variant: conflict.variant.clone(),
        digest: conflict.game.digest(),
        ensemble: conflict.ensemble_digest(),
        measure: wanted.measure,
        concept: (wanted.measure != Measure::End).then(|| wanted.concept.id().to_owned()),
        outcomes: wanted.outcomes.to_vec(),
        method,
    };
    Ok((shares(&values), basis))
}

/// In how many models (by weight) each outcome is met.
fn hits(
    conflict: &Conflict,
    sampler: &Sampler,
    tally: &Tally,
    measure: Measure,
    known: &[OutcomeStates],
) -> Result<Vec<f64>, Refusal> {
    let counted = |counts: &[Vec<f64>]| counts.first().cloned().unwrap_or_default();
    match measure {
        Measure::Some => Ok(counted(&tally.some)),
        Measure::All => Ok(counted(&tally.all)),
        Measure::Drawn => {
            let sets = tally.sets.first().filter(|sets| sets.halvings == 0).ok_or_else(|| {
                Refusal::Limit(format!(
                    "nothing was recorded: the models have more than {} different sets of equilibria, too many to \
                     draw from",
                    Sets::MOST
                ))
            })?;
            let places = places(conflict, sampler, known)?;
            let mut hits = vec![0.0; known.len()];
            for (set, models) in sets.counts() {
                let all: f64 = set.iter().map(|word| f64::from(word.count_ones())).sum();
                for (hits, inside) in hits.iter_mut().zip(&places) {
                    let some = inside.iter().filter(|at| set[**at / 64] >> (**at % 64) & 1 == 1).count();
                    // A model without an equilibrium has nothing to draw.
                    if some > 0 {
                        *hits += models * some as f64 / all;
                    }
                }
            }
            Ok(hits)
        }
        Measure::End => {
            if sampler.start.is_none() {
                return Err(Refusal::usage(
                    "the case has no status quo that is possible: no walk begins anywhere",
                ));
            }
            let sum = |inside: &Vec<usize>| inside.iter().filter_map(|at| tally.ends.get(*at)).sum();
            Ok(places(conflict, sampler, known)?.iter().map(sum).collect())
        }
    }
}

/// Per outcome the places of its states: no state may have two.
fn places(
    conflict: &Conflict,
    sampler: &Sampler,
    known: &[OutcomeStates],
) -> Result<Vec<Vec<usize>>, Refusal> {
    let mut places = vec![Vec::new(); known.len()];
    for (place, state) in sampler.states.iter().enumerate() {
        let mut found = (0..known.len()).filter(|at| conflict.is_outcome(&known[*at], state));
        if let Some(first) = found.next() {
            places[first].push(place);
        }
        if found.next().is_some() {
            return Err(Refusal::usage_with(
                format!("two of the answers hold in the outcome {state}: only one can come true"),
                "name outcomes of which no two can hold at once",
            ));
        }
    }
    Ok(places)
}

/// Shares of all models: what no named outcome has goes to the answer that takes the rest.
fn spread(
    conflict: &Conflict,
    targets: &[Option<OutcomeStates>],
    hits: &[f64],
    models: f64,
) -> Result<Vec<f64>, Refusal> {
    if models <= 0.0 {
        return Err(Refusal::usage(format!("the case `{}` has no models", conflict.about.title)));
    }
    let mut shares = hits.iter().map(|hits| hits / models);
    let left = (1.0 - shares.clone().sum::<f64>()).max(0.0);
    if left > 1e-9 && targets.iter().all(Option::is_some) {
        return Err(Refusal::usage_with(
            format!("in {:.1} % of the models none of the answers comes true", left * 100.0),
            "add --rest NAME for the answer that takes what is left",
        ));
    }
    Ok(targets.iter().map(|t| if t.is_some() { shares.next().unwrap_or(0.0) } else { left }).collect())
}
