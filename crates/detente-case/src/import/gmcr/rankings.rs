//! Preferences made by hand: ordinals from best to worst, a nested list is a tie.

use detente_model::{Grounds, OptionForm, Preference, RankEntry, Ranking, State};

use super::{Maker, Reader};
use crate::codes;
use crate::import::json::{Node, Value};
use crate::states::{Most, Unlisted, feasible_states};

/// A file with more states than this ranked one by one would be larger than the largest.
const MOST: Most = Most { states: 1 << 18, work: 50_000_000 };
/// How many missing ordinals a message names.
const NAMED: usize = 5;

/// The rankings of all decision makers; `None` when the states cannot be listed.
pub(super) fn by_hand(
    reader: &mut Reader<'_>,
    makers: &[Maker<'_>],
    form: &OptionForm,
) -> Option<Vec<Preference>> {
    if reader.problems.errors() > 0 {
        // The ordinals count states of options and rules that are not known for certain.
        return None;
    }
    let states = match feasible_states(form, MOST) {
        Ok(states) => states,
        Err(Unlisted::States(most)) => {
            reader.problems.push(codes::gmcr_too_large::too_many(None, "states ranked by hand", most));
            return None;
        }
        Err(Unlisted::Work(_)) => {
            reader.problems.push(codes::gmcr_too_large::states_not_listed());
            return None;
        }
    };
    if states.is_empty() {
        reader.problems.push(codes::gmcr_ranking::no_state());
        return None;
    }
    Some(makers.iter().map(|maker| Preference::Ranking(ranking(reader, maker, &states))).collect())
}

fn ranking(reader: &mut Reader<'_>, maker: &Maker<'_>, states: &[State]) -> Ranking {
    if let Some(Node { value: Value::Array(statements), at }) = maker.node.get("preferences")
        && !statements.is_empty()
    {
        reader.problems.push(codes::gmcr_otherwise::statements_unused(at, &maker.name));
    }
    let mut groups = Vec::new();
    let keys = ["preferenceRanking", "preferenceVector"];
    let key = keys.into_iter().find(|key| maker.node.get(key).is_some()).unwrap_or(keys[0]);
    let mut seen = vec![false; states.len()];
    for item in reader.list(maker.node, key, true) {
        let tied = match &item.value {
            Value::Array(tied) => tied.as_slice(),
            _ => std::slice::from_ref(item),
        };
        let mut group = Vec::new();
        for node in tied {
            let Value::Int(ordinal) = node.value else {
                let problem = codes::gmcr_shape::wrong(&node.at, "an ordinal", "a whole number", node.kind());
                reader.problems.push(problem);
                continue;
            };
            let index = usize::try_from(ordinal).ok().and_then(|o| o.checked_sub(1));
            match index.filter(|&index| index < states.len()) {
                None => {
                    let count = states.len();
                    let problem =
                        codes::gmcr_reference::out_of_range(&node.at, "an ordinal", ordinal, 1, count);
                    reader.problems.push(problem);
                }
                Some(index) if seen[index] => {
                    reader.problems.push(codes::gmcr_ranking::twice(&node.at, &maker.name, ordinal));
                }
                Some(index) => {
                    seen[index] = true;
                    group.push(RankEntry::State(states[index].clone()));
                }
            }
        }
        if !group.is_empty() {
            groups.push(group);
        }
    }
    let missing: Vec<usize> = (1..).zip(&seen).filter(|(_, seen)| !**seen).map(|(o, _)| o).collect();
    if let (Some(node), false) = (maker.node.get(key), missing.is_empty()) {
        let first = &missing[..missing.len().min(NAMED)];
        reader.problems.push(codes::gmcr_ranking::left_out(&node.at, &maker.name, first, missing.len()));
    }
    Ranking { groups, rest_last: false, grounds: Grounds::default() }
}
