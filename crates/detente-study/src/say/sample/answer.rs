//! From sums to shares: `detente/sample/2`, of which the report is made.

use detente_engine::ensemble::{Asked, Tally, wilson};

use crate::wire::{
    self, BasisInfo, ConvergenceInfo, EndInfo, EndsInfo, Frame, Interval, Method, NamedState, Program,
    Sample, SetShareInfo, SetsInfo, ShareInfo,
};

/// Shares have so many decimals: more would be rounding.
const DECIMALS: f64 = 1e9;

/// What was counted, and how.
#[derive(Clone, Copy)]
pub struct Counted<'a> {
    /// What the counts are about.
    pub frame: &'a Frame,
    /// The counts.
    pub tally: &'a Tally,
    /// Drawn, or all models by their chance.
    pub method: Method,
}

impl Counted<'_> {
    /// The share of what was counted `hits` times.
    pub fn share(&self, hits: f64) -> Interval {
        let models = self.tally.models;
        let (share, low, high) = match self.method {
            Method::Sampled => {
                let (low, high) = wilson(hits, models);
                (if models > 0.0 { hits / models } else { 0.0 }, low, high)
            }
            Method::Exact => {
                // Cut short, the rest may be anything.
                let rest = if models > 1.0 - 1e-9 { 0.0 } else { 1.0 - models };
                (if models > 0.0 { hits / models } else { 0.0 }, hits, hits + rest)
            }
        };
        let round = |x: f64| (x.clamp(0.0, 1.0) * DECIMALS).round() / DECIMALS;
        Interval { share: round(share), low: round(low), high: round(high) }
    }

    /// In how many models, by weight, what is asked holds.
    pub fn hits(&self, asked: Asked) -> f64 {
        let counts = if asked.every { &self.tally.all } else { &self.tally.some };
        counts.get(asked.concept).and_then(|row| row.get(asked.target)).copied().unwrap_or(0.0)
    }

    /// The largest half-width of the intervals of what is asked; of single states when nothing is.
    pub fn widest(&self) -> f64 {
        let tally = self.tally;
        let half = |hits: &f64| {
            let share = self.share(*hits);
            (share.high - share.low) / 2.0
        };
        let lists = if self.frame.items.is_empty() {
            tally.lasting.iter().collect::<Vec<_>>()
        } else {
            tally.some.iter().chain(&tally.all).collect()
        };
        lists.into_iter().flatten().map(half).fold(0.0, f64::max)
    }

    /// The answer; at most `list` single states, sets and ends are listed.
    pub fn answer(&self, list: usize) -> Sample {
        let (frame, tally) = (self.frame, self.tally);
        let (states, states_complete) = self.lasting(list);
        let mut shares = self.items();
        shares.extend(self.any());
        shares.extend(states);
        let asked =
            frame.items.iter().enumerate().filter(|(_, item)| item.kind == "question" && !item.certain);
        let convergence = asked
            .filter(|_| self.method == Method::Sampled)
            .filter_map(|(at, item)| {
                let concept = item.concept.clone()?;
                let which = frame.settings.concepts.iter().position(|c| *c == concept)?;
                let after = tally.history(which, at).into_iter().filter(|(n, _)| *n > 0.0);
                let after =
                    after.map(|(n, hits)| (n as u64, (hits / n * DECIMALS).round() / DECIMALS)).collect();
                Some(ConvergenceInfo { id: item.id.clone(), concept, after })
            })
            .collect();
        Sample {
            schema: wire::SampleName::This,
            program: Program::THIS,
            case: frame.case.clone(),
            ensemble: frame.ensemble.clone(),
            settings: frame.settings.clone(),
            method: self.method,
            seed: frame.seed,
            draws: if self.method == Method::Sampled { tally.models as u64 } else { 0 },
            models: frame.models.clone(),
            precision: None,
            text: Vec::new(),
            inputs: frame.inputs.clone(),
            shares,
            states_complete,
            sets: self.sets(list),
            ends: self.ends(list),
            convergence,
            attribution: None,
            shard: None,
            counts: None,
            limits: Vec::new(),
        }
    }

    /// Questions, outcomes and patterns under every concept.
    fn items(&self) -> Vec<ShareInfo> {
        let mut shares = Vec::new();
        for (at, item) in self.frame.items.iter().enumerate() {
            for (which, concept) in self.frame.settings.concepts.iter().enumerate() {
                let share = self.share(self.tally.some[which][at]);
                let line = info((&item.id, &item.kind, &item.name), concept, share);
                let asked = item.concept.as_ref() == Some(concept);
                let every = self.share(self.tally.all[which][at]);
                let [some_on, every_on] = self.tally.motive[which][at];
                shares.push(ShareInfo {
                    asked,
                    asks_certain: item.certain,
                    all: Some(every),
                    possible: Some(self.basis(share, some_on)),
                    certain: Some(self.basis(every, every_on)),
                    nothing_lasts: Some(self.share(self.tally.nothing[which][at]).share),
                    no_status_quo: Some(self.share(self.tally.no_start).share),
                    ..line
                });
            }
        }
        shares
    }

    /// A share with the part of it that rests on a motive in so many models.
    fn basis(&self, all: Interval, motive: f64) -> BasisInfo {
        let Interval { share, low, high } = all;
        let motive = self.share(motive).share;
        BasisInfo {
            share,
            low,
            high,
            motive,
            want: ((share - motive).max(0.0) * DECIMALS).round() / DECIMALS,
        }
    }

    /// Whether there is any equilibrium.
    fn any(&self) -> Vec<ShareInfo> {
        (self.frame.settings.concepts.iter().zip(&self.tally.none))
            .map(|(concept, none)| {
                info(("any", "any", "Some outcome lasts"), concept, self.share(self.tally.models - none))
            })
            .collect()
    }

    /// The single states that are equilibria most often, by the first concept, then by the others.
    fn lasting(&self, list: usize) -> (Vec<ShareInfo>, bool) {
        let lasting = &self.tally.lasting;
        let mut places: Vec<usize> =
            (0..self.frame.states.len()).filter(|s| lasting.iter().any(|row| row[*s] > 0.0)).collect();
        let row = |s: &usize| lasting.iter().map(|row| row[*s]).collect::<Vec<f64>>();
        places
            .sort_by(|a, b| row(b).partial_cmp(&row(a)).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(b)));
        let complete = places.len() <= list;
        places.truncate(list);
        let mut shares = Vec::new();
        for place in places {
            for (which, concept) in self.frame.settings.concepts.iter().enumerate() {
                let NamedState { state, name } = &self.frame.states[place];
                shares.push(info((state, "equilibrium", name), concept, self.share(lasting[which][place])));
            }
        }
        (shares, complete)
    }

    fn sets(&self, list: usize) -> Vec<SetsInfo> {
        (self.frame.settings.concepts.iter().zip(&self.tally.sets))
            .map(|(concept, sets)| {
                let mut all = sets.counts();
                // By set where two are as frequent: they are in that order already.
                all.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap_or(std::cmp::Ordering::Equal));
                SetsInfo {
                    concept: concept.clone(),
                    distinct: sets.distinct(),
                    complete: sets.halvings == 0,
                    sets: all.iter().take(list).map(|(set, n)| self.set(set, *n)).collect(),
                }
            })
            .collect()
    }

    fn set(&self, words: &[u64], n: f64) -> SetShareInfo {
        let inside = |place: &usize| words.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1);
        let states: Vec<_> =
            (0..self.frame.states.len()).filter(inside).map(|s| &self.frame.states[s]).collect();
        let mut names: Vec<String> = Vec::new();
        for state in &states {
            if !names.contains(&state.name) {
                names.push(state.name.clone());
            }
        }
        let share = self.share(n);
        SetShareInfo {
            states: states.iter().map(|s| s.state.clone()).collect(),
            names,
            share: share.share,
            low: share.low,
            high: share.high,
        }
    }

    fn ends(&self, list: usize) -> Option<EndsInfo> {
        let (states, tally) = (&self.frame.states, self.tally);
        let start = states.get(self.frame.start?)?;
        let mut places: Vec<usize> = (0..states.len()).filter(|s| tally.ends[*s] > 0.0).collect();
        places.sort_by(|a, b| {
            tally.ends[*b].partial_cmp(&tally.ends[*a]).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(b))
        });
        let end = |place: &usize| {
            let share = self.share(tally.ends[*place]);
            EndInfo {
                state: states[*place].state.clone(),
                name: states[*place].name.clone(),
                share: share.share,
                low: share.low,
                high: share.high,
            }
        };
        Some(EndsInfo {
            from: start.state.clone(),
            ends: places.iter().take(list).map(end).collect(),
            moving: self.share(tally.moving),
            no_start: self.share(tally.no_start),
        })
    }
}

/// The line of a share: `about` is id, kind and name of what it is the share of.
fn info(about: (&str, &str, &str), concept: &str, share: Interval) -> ShareInfo {
    let (id, kind, name) = about;
    ShareInfo {
        id: id.to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        concept: concept.to_owned(),
        asked: false,
        asks_certain: false,
        share: share.share,
        low: share.low,
        high: share.high,
        all: None,
        possible: None,
        certain: None,
        nothing_lasts: None,
        no_status_quo: None,
    }
}
