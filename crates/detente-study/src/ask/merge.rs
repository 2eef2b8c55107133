//! Shards of a sample put together: sums are added exactly.

use detente_engine::ensemble::Tally;
use detente_engine::{LimitHit, Stop};

use crate::Refusal;
use crate::ask::sample::differs;
use crate::say::{sample as report, words};
use crate::wire::{Counts, CountsName, DrawnInfo, Frame, Method, Sample, Sums};

/// The sample of which `parts` are shards; each comes with its name, for what is said of it. At most `list` states, sets
/// and ends are listed.
///
/// # Errors
/// There are none, a part cannot be read, parts are of different samples, or two hold the same draw.
pub fn merge(named: Vec<(String, Counts)>, list: usize) -> Result<Sample, Refusal> {
    let mut parts = Vec::new();
    for (name, counts) in named {
        let tally =
            counts.tally().map_err(|why| Refusal::Wrong(format!("`{name}` cannot be merged: {why}")))?;
        parts.push((name, counts, tally));
    }
    let Some((first, rest)) = parts.split_first() else {
        return Err(Refusal::usage("there are no counts to merge"));
    };
    let frame = first.1.frame.clone();
    let mut tally: Tally = first.2.clone();
    let mut drawn: Vec<(DrawnInfo, &str)> = first.1.drawn.iter().map(|d| (*d, first.0.as_str())).collect();
    for (path, counts, part) in rest {
        let other = (frame.draws != counts.frame.draws).then_some("another number of draws");
        if let Some(what) = other.or_else(|| differs(&counts.frame, &frame)) {
            return Err(Refusal::usage(format!(
                "`{}` is of {what} than `{}`: only shards of one sample can be merged",
                path, first.0
            )));
        }
        tally.merge(part);
        drawn.extend(counts.drawn.iter().map(|d| (*d, path.as_str())));
    }
    drawn.sort_unstable();
    for pair in drawn.windows(2) {
        if pair[1].0.from < pair[0].0.to {
            return Err(Refusal::usage(format!(
                "`{}` and `{}` both hold the draw {}: each shard may be named once",
                pair[0].1, pair[1].1, pair[1].0.from
            )));
        }
    }
    let drawn = joined(drawn.into_iter().map(|(d, _)| d));
    Ok(answer(list, &frame, &tally, drawn))
}

fn answer(list: usize, frame: &Frame, tally: &Tally, drawn: Vec<DrawnInfo>) -> Sample {
    let counted = report::Counted { frame, tally, method: Method::Sampled };
    let mut answer = counted.answer(list);
    let complete = drawn == [DrawnInfo { from: 0, to: frame.draws }];
    if !complete {
        let count = |n: u64| words::count(&n.into());
        let stretches: Vec<String> = drawn.iter().map(|d| format!("{} to {}", d.from, d.to)).collect();
        let hit = LimitHit {
            stop: Stop::Work,
            what: "merging shards".to_owned(),
            limit: "the shards named".to_owned(),
            reached: format!(
                "{} of {} models (draws {})",
                count(tally.models as u64),
                count(frame.draws),
                words::list(&stretches)
            ),
            exact: "the shares of the models drawn, with their intervals".to_owned(),
        };
        answer.limits.push((&hit).into());
        answer.counts =
            Some(Counts { schema: CountsName::This, frame: frame.clone(), drawn, sums: Sums::of(tally) });
    }
    answer.text = report::lines(&answer);
    answer
}

/// Stretches that meet become one.
fn joined(drawn: impl Iterator<Item = DrawnInfo>) -> Vec<DrawnInfo> {
    let mut list: Vec<DrawnInfo> = Vec::new();
    for next in drawn.filter(|d| d.from < d.to) {
        match list.last_mut() {
            Some(last) if last.to == next.from => last.to = next.to,
            _ => list.push(next),
        }
    }
    list
}
