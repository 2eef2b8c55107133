//! How good forecasts were: proper scoring rules, baselines, calibration.
//!
//! # Definitions
//! A forecast gives answer `k` of `K` the probability `p_k`; answer `a` came true.
//! - **Brier score** `Σ_k (p_k − [k = a])²`, from 0 (certain and right) to 2 (certain and wrong): the form of
//!   the source, for any number of answers. For yes and no it is twice the square of the error in `yes`.
//! - **Logarithmic score** `−ln p_a`, from 0. It is infinite when what came true had been given the
//!   probability 0: such forecasts are counted apart, and a mean over them is infinite too.
//! - **Baselines** are forecasts without knowledge: *uniform* gives each answer `1/K`; *climatology* gives each
//!   answer the frequency with which it came true among the forecasts summed up here that have the same
//!   answers. Climatology knows these frequencies in hindsight, so it is hard to beat in a small ledger.
//! - **Skill** is `1 − S/S_baseline`: 1 is perfect, 0 as good as the baseline, below 0 worse.
//! - **Calibration** looks at events: for yes and no the answer that stands first, for more answers each of
//!   them. Events are put in ten bins by probability; in each, how often they happened is compared with the mean
//!   probability. Intervals are Wilson's at 95 %.
//! - **Partition** of the mean squared error `Σ (f − o)²/N` of the events: reliability
//!   `Σ_g n_g (f_g − ō_g)²/N` minus resolution `Σ_g n_g (ō_g − ō)²/N` plus uncertainty `ō(1 − ō)`, with a group
//!   `g` for each probability that was given.
//!
//! # Sources
//! Brier, G. W. (1950), Verification of forecasts expressed in terms of probability, *Monthly Weather Review*
//! 78, 1–3. Good, I. J. (1952), Rational decisions, *Journal of the Royal Statistical Society B* 14, 107–114.
//! Murphy, A. H. (1973), A new vector partition of the probability score, *Journal of Applied Meteorology* 12,
//! 595–600.

use std::collections::BTreeMap;

use detente_engine::ensemble::wilson;

use super::{Ledger, Probability, Standing, Status};

/// With fewer resolved forecasts nothing is said about skill and calibration: with 30, the 95 % interval of a
/// share of one half still reaches from about a third to two thirds.
pub const FEW: usize = 30;
/// Into how many bins probabilities are put.
const BINS: usize = 10;

/// Both scores of a forecast; the logarithmic one may be infinite.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pair {
    /// Brier score.
    pub brier: f64,
    /// Logarithmic score.
    pub log: f64,
}

/// A resolved forecast with its scores.
#[derive(Clone, Debug)]
pub struct Scored<'l> {
    /// The forecast.
    pub standing: &'l Standing,
    /// The place of the answer that came true.
    pub answer: usize,
    /// Whether it was recorded when the answer could be known already.
    pub hindsight: bool,
    /// Its scores.
    pub own: Pair,
}

/// Some resolved forecasts together.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How many.
    pub forecasts: usize,
    /// Mean scores.
    pub own: Pair,
    /// How many had given what came true the probability 0.
    pub impossible: usize,
    /// The standard error of the mean Brier score; `None` for fewer than two forecasts.
    pub error: Option<f64>,
    /// Mean scores of the baseline that knows nothing.
    pub uniform: Pair,
    /// Mean scores of the baseline that knows the frequencies.
    pub climatology: Pair,
    /// Bins that have events.
    pub bins: Vec<Bin>,
    /// How many events.
    pub events: usize,
    /// Reliability, resolution, uncertainty.
    pub partition: [f64; 3],
}

/// Events of similar probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// From this probability.
    pub from: f64,
    /// To this, left out but for the last bin.
    pub to: f64,
    /// How many.
    pub events: usize,
    /// How many happened.
    pub happened: usize,
    /// Their mean probability.
    pub mean: f64,
    /// Wilson's interval for the share that happened.
    pub interval: (f64, f64),
}

/// The resolved forecasts of `ledger`, in the order in which they were recorded.
pub fn scored(ledger: &Ledger) -> Vec<Scored<'_>> {
    let one = |standing: &'_ Standing| match &standing.status {
        Status::Resolved { answer, resolution, .. } => {
            let recorded = ledger.entries().get(standing.entry).map(|entry| entry.body.recorded.day());
            Some((*answer, standing.forecast.hindsight || recorded.is_some_and(|day| day > resolution.on)))
        }
        Status::Open | Status::Void { .. } => None,
    };
    (ledger.standings().iter())
        .filter_map(|standing| {
            let (answer, hindsight) = one(standing)?;
            let own = scores(&probabilities(standing), answer);
            Some(Scored { standing, answer, hindsight, own })
        })
        .collect()
}

/// Sums up; `None` when there is nothing.
pub fn summary(list: &[&Scored<'_>]) -> Option<Summary> {
    let n = list.len();
    if n == 0 {
        return None;
    }
    let mean = |of: &dyn Fn(&Scored<'_>) -> f64| list.iter().map(|s| of(s)).sum::<f64>() / n as f64;
    let pair =
        |of: &dyn Fn(&Scored<'_>) -> Pair| Pair { brier: mean(&|s| of(s).brier), log: mean(&|s| of(s).log) };
    let own = pair(&|s| s.own);
    let spread = list.iter().map(|s| (s.own.brier - own.brier).powi(2)).sum::<f64>();
    let frequencies = frequencies(list);
    let climate = |s: &Scored<'_>| {
        frequencies.get(&answers(s)).map_or_else(Pair::default, |(hits, all)| {
            let p: Vec<f64> = hits.iter().map(|h| *h as f64 / *all as f64).collect();
            scores(&p, s.answer)
        })
    };
    let events: Vec<(Probability, bool)> = list.iter().flat_map(|s| events(s)).collect();
    Some(Summary {
        forecasts: n,
        own,
        impossible: list.iter().filter(|s| s.own.log.is_infinite()).count(),
        error: (n > 1).then(|| (spread / ((n - 1) * n) as f64).sqrt()),
        uniform: pair(&|s| {
            let k = s.standing.forecast.answers.len();
            scores(&vec![1.0 / k as f64; k], s.answer)
        }),
        climatology: pair(&climate),
        bins: bins(&events),
        events: events.len(),
        partition: partition(&events),
    })
}

/// `1 − score/baseline`; `None` when the baseline is perfect or the score infinite.
pub fn skill(score: f64, baseline: f64) -> Option<f64> {
    (baseline > 0.0 && score.is_finite()).then(|| 1.0 - score / baseline)
}

/// Both scores of the probabilities `p` when answer `a` came true.
fn scores(p: &[f64], a: usize) -> Pair {
    let happened = |k: usize| if k == a { 1.0 } else { 0.0 };
    let brier = p.iter().enumerate().map(|(k, p)| (p - happened(k)).powi(2)).sum();
    // Certainty costs nothing: not the −0 of −ln 1.
    let log = p.get(a).map_or(f64::INFINITY, |p| 0.0 - p.ln());
    Pair { brier, log }
}

fn probabilities(standing: &Standing) -> Vec<f64> {
    standing.forecast.answers.iter().map(|a| a.probability.value()).collect()
}

fn answers<'l>(scored: &Scored<'l>) -> Vec<&'l str> {
    scored.standing.forecast.answers.iter().map(|a| a.answer.as_str()).collect()
}

/// For each list of answers: how often each came true, and among how many.
fn frequencies<'l>(list: &[&Scored<'l>]) -> BTreeMap<Vec<&'l str>, (Vec<usize>, usize)> {
    let mut found = BTreeMap::new();
    for scored in list {
        let answers = answers(scored);
        let (hits, all) = found.entry(answers.clone()).or_insert((vec![0; answers.len()], 0));
        hits[scored.answer] += 1;
        *all += 1;
    }
    found
}

fn events(scored: &Scored<'_>) -> Vec<(Probability, bool)> {
    let answers = &scored.standing.forecast.answers;
    let looked_at = if answers.len() == 2 { 1 } else { answers.len() };
    (answers.iter().take(looked_at).enumerate()).map(|(k, a)| (a.probability, k == scored.answer)).collect()
}

fn bins(events: &[(Probability, bool)]) -> Vec<Bin> {
    let place = |p: Probability| ((p.value() * BINS as f64 + 1e-9) as usize).min(BINS - 1);
    (0..BINS)
        .filter_map(|bin| {
            let inside: Vec<_> = events.iter().filter(|(p, _)| place(*p) == bin).collect();
            let (n, happened) = (inside.len(), inside.iter().filter(|(_, happened)| *happened).count());
            (n > 0).then(|| Bin {
                from: bin as f64 / BINS as f64,
                to: (bin + 1) as f64 / BINS as f64,
                events: n,
                happened,
                mean: inside.iter().map(|(p, _)| p.value()).sum::<f64>() / n as f64,
                interval: wilson(happened as f64, n as f64),
            })
        })
        .collect()
}

fn partition(events: &[(Probability, bool)]) -> [f64; 3] {
    let mut groups: BTreeMap<Probability, (f64, f64)> = BTreeMap::new();
    for (p, happened) in events {
        let (n, hits) = groups.entry(*p).or_default();
        *n += 1.0;
        *hits += f64::from(u8::from(*happened));
    }
    let all = events.len() as f64;
    let rate = groups.values().map(|(_, hits)| hits).sum::<f64>() / all;
    let over = |of: &dyn Fn(f64, f64) -> f64| {
        groups.iter().map(|(p, (n, hits))| n * of(p.value(), hits / n)).sum::<f64>() / all
    };
    [over(&|f, o| (f - o).powi(2)), over(&|_, o| (o - rate).powi(2)), rate * (1.0 - rate)]
}
