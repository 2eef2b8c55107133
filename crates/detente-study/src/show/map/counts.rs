//! Events that stand for several, counted by month: one series for each source, since two sources count the same things
//! in their own way.

use std::collections::BTreeMap;

use detente_model::{Conflict, Event};

use crate::say::counted;
use crate::wire::{CountsView, MonthView};

/// What a source counts in a month, and the deaths.
type Month = (u64, Option<[u64; 3]>);

/// The series, in the order of the sources in the case; what rests on no source comes last.
///
/// Complexity: linear in the events, times the logarithm of the months.
pub(super) fn counts(conflict: &Conflict) -> Vec<CountsView> {
    let mut all: BTreeMap<(usize, String), BTreeMap<String, Month>> = BTreeMap::new();
    for event in &conflict.situation.events {
        let Some(count) = event.count.filter(|_| !event.on.is_empty()) else { continue };
        let month = event.on.get(..7).unwrap_or(&event.on).to_owned();
        let (so_far, deaths) = all.entry(source(conflict, event)).or_default().entry(month).or_default();
        *so_far += u64::from(count);
        if let Some(more) = event.deaths {
            let sum = deaths.get_or_insert([0; 3]);
            for (all, more) in sum.iter_mut().zip(more) {
                *all += u64::from(more);
            }
        }
    }
    let view = |((_, source), months): ((usize, String), BTreeMap<String, Month>)| {
        let list: Vec<(&str, u64)> = months.iter().map(|(on, (count, _))| (on.as_str(), *count)).collect();
        CountsView {
            text: counted::series(&source, &list),
            most: list.iter().map(|(_, count)| *count).max().unwrap_or_default(),
            months: (months.iter())
                .map(|(on, (count, deaths))| MonthView {
                    on: on.clone(),
                    count: *count,
                    deaths: *deaths,
                    text: counted::month(on, *count, *deaths),
                })
                .collect(),
            source,
        }
    };
    all.into_iter().map(view).collect()
}

/// The place and the title of the source on which an event rests first. Two editions of one data set have one title, and
/// are one series.
fn source(conflict: &Conflict, event: &Event) -> (usize, String) {
    let sources = &conflict.evidence.sources;
    let claim = event.grounds.claims.first().and_then(|claim| conflict.evidence.claims.get(claim.index()));
    let title = claim.and_then(|claim| sources.get(claim.source.index())).map(|source| source.title.clone());
    match title {
        Some(title) => (sources.iter().position(|one| one.title == title).unwrap_or(sources.len()), title),
        None => (sources.len(), "Counted in the case".to_owned()),
    }
}
