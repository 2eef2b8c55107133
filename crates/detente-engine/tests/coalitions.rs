//! Known answers about coalitions: the catalogue, the random models, the flagship in full.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{case, coalition, expectations, feasible, listed_coalition, numbers, of, tables};
use detente_engine::coalition::{
    Coalition, CoalitionConcept, CoalitionSettings, CoalitionTable, exits, table,
};
use detente_engine::{Bounds, Quiet};
use detente_model::{Conflict, Sequences, State};

fn solved(conflict: &Conflict, players: Option<Vec<Coalition>>) -> CoalitionTable {
    let settings = CoalitionSettings { players, ..CoalitionSettings::default() };
    let table = table(&conflict.game, &feasible(conflict), &settings, &Quiet).unwrap();
    assert_eq!(table.limits, []);
    table
}

fn concept(id: &str) -> CoalitionConcept {
    CoalitionConcept::ALL.into_iter().find(|c| c.id() == id || c.id() == format!("c-{id}")).unwrap()
}

/// Who can leave a state to where, by coalition.
fn leaving(conflict: &Conflict, from: u64) -> Vec<(Coalition, Vec<u64>)> {
    let found = exits(&conflict.game, &State::from(from), usize::MAX, &Bounds::default(), &Quiet).unwrap();
    assert_eq!(found.limits, []);
    let mut list: Vec<(Coalition, Vec<u64>)> = Vec::new();
    for exit in &found.exits {
        let to = exit.to.number().unwrap();
        match list.last_mut() {
            Some((coalition, ends)) if *coalition == exit.coalition => ends.push(to),
            _ => list.push((exit.coalition, vec![to])),
        }
    }
    list
}

#[test]
fn the_known_answers_about_coalitions_hold() {
    let mut checked = [0_usize; 4];
    for (folder, expected, file) in expectations() {
        let place = expected.display();
        for (entry, conflict) in tables(&folder, &expected, &file, "exit") {
            let h = listed_coalition(&conflict, &entry["coalition"]);
            let from = entry["from"].as_integer().unwrap() as u64;
            let found = leaving(&conflict, from);
            let to = found.iter().find(|(c, _)| *c == h).map_or_else(Vec::new, |(_, to)| to.clone());
            assert_eq!(to, numbers(&entry["to"]), "{place}: exit from {from}");
            checked[0] += 1;
        }
        for (entry, conflict) in tables(&folder, &expected, &file, "coalition") {
            let h = listed_coalition(&conflict, &entry["members"]);
            let table = solved(&conflict, None);
            if let Some(leaves) = entry.get("leaves") {
                let stable = table.stable(CoalitionConcept::Nash, h).unwrap();
                let leaving: Vec<u64> = of(table.states().iter().filter(|s| !stable.contains(s)));
                assert_eq!(leaving, numbers(leaves), "{place}: leaves");
                checked[1] += 1;
            }
            for (id, list) in entry.get("stable").map(|t| t.as_table().unwrap().clone()).unwrap_or_default() {
                assert_eq!(of(table.stable(concept(&id), h).unwrap()), numbers(&list), "{place}: {id}");
                checked[2] += 1;
            }
            if let Some(merged) = entry.get("merged") {
                let actors = conflict.game.actors.len();
                let mut players = vec![h];
                players.extend(h.others(actors).members().map(|a| Coalition::of([a])));
                let table = solved(&conflict, Some(players));
                for (id, by_actor) in
                    merged.get("stable").map(|t| t.as_table().unwrap().clone()).unwrap_or_default()
                {
                    for (actor, list) in by_actor.as_table().unwrap() {
                        let lone = coalition(&conflict, &[actor]);
                        assert_eq!(
                            of(table.stable(concept(&id), lone).unwrap()),
                            numbers(list),
                            "{place}: {id}"
                        );
                        checked[3] += 1;
                    }
                }
                for (id, list) in
                    merged.get("equilibria").map(|t| t.as_table().unwrap().clone()).unwrap_or_default()
                {
                    assert_eq!(of(table.proof(concept(&id)).unwrap()), numbers(&list), "{place}: {id}");
                    checked[3] += 1;
                }
            }
        }
        for (entry, conflict) in tables(&folder, &expected, &file, "universal") {
            let concept = concept(entry["concept"].as_str().unwrap());
            assert_eq!(of(solved(&conflict, None).proof(concept).unwrap()), numbers(&entry["states"]));
        }
    }
    assert!(checked[0] > 8 && checked[1] > 20 && checked[2] > 100 && checked[3] > 100, "{checked:?}");
}

#[test]
fn who_can_leave_the_flagships_equilibria() {
    let conflict = case("south-caucasus-2023-solo");
    let h = |ids: &[&str]| coalition(&conflict, ids);
    let peace = || vec![3857, 3861, 3921, 3925, 4049, 4053];
    assert_eq!(
        leaving(&conflict, 1792),
        [
            (h(&["az", "am"]), vec![1826]),
            (h(&["az", "am", "ru"]), vec![1570, 1826]),
            (h(&["az", "am", "west"]), peace()),
        ]
    );
    assert_eq!(leaving(&conflict, 1826), [(h(&["az", "am", "west"]), peace())]);
    assert_eq!(
        leaving(&conflict, 4053),
        [
            (h(&["az", "ru"]), vec![3281, 3793]),
            (h(&["az", "am", "ru"]), vec![3281, 3793]),
            (h(&["az", "ru", "west"]), vec![1233, 1745]),
        ]
    );
    let found = exits(&conflict.game, &State::from(1792), 4, &Bounds::default(), &Quiet).unwrap();
    let minimal: Vec<String> = found
        .exits
        .iter()
        .filter(|e| e.minimal)
        .map(|e| format!("{} {}", e.coalition.id(&conflict.game), e.to))
        .collect();
    assert_eq!(minimal, ["az+am 1826"]);
    assert!(solved(&conflict, None).proof(CoalitionConcept::Nash).unwrap().is_empty());
}

#[test]
fn the_ministry_and_uniroyal_end_the_deadlock_of_elmira() {
    let conflict = case("elmira");
    let pair = coalition(&conflict, &["moe", "uniroyal"]);
    let deadlock = State::from(18);
    let found = exits(&conflict.game, &deadlock, 3, &Bounds::default(), &Quiet).unwrap();
    assert_eq!(found.coalitions(), [pair]);
    assert_eq!(found.exits.len(), 1);
    assert_eq!((found.exits[0].to.number(), found.exits[0].minimal), (Some(21), true));
    let steps: Vec<(&str, u64)> = found.exits[0]
        .sequence
        .iter()
        .map(|(a, s)| (conflict.game.actors[a.index()].id.as_str(), s.number().unwrap()))
        .collect();
    // By ordinals: 7 to 10.
    let states = of(&feasible(&conflict));
    assert_eq!((states[6], states[9]), (18, 21));
    assert_eq!(steps.last(), Some(&(if steps[0].0 == "moe" { "uniroyal" } else { "moe" }, 21)));
    assert_eq!(steps.len(), 2);
    // As one player they leave it; everybody else had stayed.
    let settings = CoalitionSettings {
        players: Some(vec![pair, coalition(&conflict, &["lg"])]),
        sequences: Sequences::Legal,
        ..CoalitionSettings::default()
    };
    let table = table(&conflict.game, &feasible(&conflict), &settings, &Quiet).unwrap();
    assert!(!of(table.proof(CoalitionConcept::Nash).unwrap()).contains(&18));
    assert!(of(table.proof(CoalitionConcept::Nash).unwrap()).contains(&21));
}
