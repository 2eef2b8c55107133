//! Every known answer of the catalogue and of the random models, by the engine that `auto` chooses
//! and, where the case is small, by the literal reference.
//!
//! The keys of `expected.toml` are described in `cases/README.md`. A key that is not known here is
//! an error: an answer that nobody checks is no answer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use detente_engine::evolution::Walker;
use detente_engine::evolution::{By, Route, Targets, routes};
use detente_engine::{Engine, Order, Quiet, Settings, Solution, StateSet, solve};
use detente_model::{
    ClaimKind, Concept, Conflict, Grounds, OutcomeStates, Preference, RankEntry, Ranking, Sequences, State,
    Strike,
};
use toml::{Table, Value};

/// Small enough for the reference engine.
const SMALL: u64 = 1024;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|n| n.as_integer().unwrap() as u64).collect()
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        list => list.as_array().unwrap().iter().map(|w| w.as_str().unwrap().to_owned()).collect(),
    }
}

fn read(text: &str, name: &str) -> Conflict {
    let read = detente_case::read(name, text.as_bytes());
    read.conflict.unwrap_or_else(|| panic!("{name}: {:#?}", read.diagnostics))
}

fn members(set: &dyn StateSet) -> Vec<u64> {
    let count = usize::try_from(set.count()).unwrap();
    set.first(count).iter().map(|state| state.number().unwrap()).collect()
}

/// One table of an `expected.toml` with the conflict that it is about.
struct Entry<'t> {
    place: String,
    kind: &'t str,
    table: &'t Table,
    conflict: Conflict,
}

struct Checker {
    checked: usize,
    failures: Vec<String>,
}

impl Checker {
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, place: &str, what: &str, is: T, should: T) {
        self.checked += 1;
        if is != should {
            self.failures.push(format!("{place}: {what}\n  is     {is:?}\n  should {should:?}"));
        }
    }
}

fn strike(table: &Table) -> Strike {
    let list = |key: &str| table.get(key).map(words).unwrap_or_default();
    let kind = |word: &String| ClaimKind::ALL.into_iter().find(|(_, w)| w == word).unwrap().0;
    Strike {
        claims: list("claims"),
        speakers: list("speakers"),
        kinds: list("kinds").iter().map(kind).collect(),
        sources: list("sources"),
        assumptions: table.get("assumptions").is_some_and(|v| v.as_bool().unwrap()),
    }
}

/// The conflict of a table: file, extra outcome, variant, view, strike.
fn conflict(folder: &Path, default_file: &str, table: &Table) -> Conflict {
    let file = folder.join(table.get("file").map_or(default_file, |f| f.as_str().unwrap()));
    let mut text = fs::read_to_string(&file).unwrap();
    // The formula of the table, looked up under the names of the case itself.
    if let Some(formula) = table.get("outcome").and_then(Value::as_str) {
        text.push_str(&format!("\n[outcome.zz-of-the-table]\nname = \"x\"\non = {formula:?}\n"));
    }
    let mut conflict = read(&text, &file.display().to_string());
    if let Some(id) = table.get("variant").and_then(Value::as_str) {
        conflict = conflict.with_variant(id).unwrap().unwrap();
    }
    if let Some(id) = table.get("view").and_then(Value::as_str) {
        let actor = conflict.game.actor(id).unwrap();
        let view = conflict.views.iter().find(|view| view.actor == actor).unwrap().clone();
        conflict = conflict.with_overlay(&view.overlay).unwrap();
    }
    if let Some(table) = table.get("strike") {
        conflict = conflict.without(&strike(table.as_table().unwrap())).unwrap();
    }
    conflict
}

fn solved(conflict: &Conflict, engine: Engine, sequences: Sequences, concepts: &[Concept]) -> Solution {
    let settings =
        Settings { engine, sequences, concepts: concepts.to_vec(), threads: 2, ..Settings::default() };
    solve(&conflict.game, &settings, &Quiet).unwrap()
}

/// The concepts that a table of a run names.
fn concepts_of(table: &Table) -> Vec<Concept> {
    let mut list = BTreeSet::new();
    for key in ["equilibria", "count", "stable", "lasts"] {
        for word in table.get(key).and_then(Value::as_table).iter().flat_map(|t| t.keys()) {
            list.insert(Concept::from_id(word).unwrap());
        }
    }
    list.into_iter().collect()
}

fn run(check: &mut Checker, entry: &Entry<'_>) {
    let Entry { place, table, conflict, .. } = entry;
    let readings = table.get("sequences").map_or_else(|| vec!["legal".to_owned()], words);
    let readings: Vec<Sequences> =
        Sequences::ALL.into_iter().filter(|r| readings.contains(&r.id().to_owned())).collect();
    let concepts = concepts_of(table);
    let feasible = table["feasible"].as_integer().unwrap() as u64;
    let small = feasible <= SMALL;
    let engines: &[Engine] = if small { &[Engine::Auto, Engine::Reference] } else { &[Engine::Auto] };
    for (&engine, &reading) in engines.iter().flat_map(|e| readings.iter().map(move |r| (e, r))) {
        let place = format!("{place} {} {}", engine.id(), reading.id());
        let solution = solved(conflict, engine, reading, &concepts);
        let feasible = solution.verdicts.feasible();
        for (key, value) in *table {
            match key.as_str() {
                "feasible" => check.same(&place, key, feasible.count().to_string(), value.to_string()),
                "states" => check.same(&place, key, members(&*feasible), numbers(value)),
                "status_quo" => {
                    let state = conflict.game.status_quo.as_ref().map(State::to_string);
                    check.same(&place, key, state, Some(value.to_string()));
                }
                "equilibria" => {
                    for (concept, list) in value.as_table().unwrap() {
                        let set = solution.verdicts.equilibria(Concept::from_id(concept).unwrap()).unwrap();
                        check.same(&place, &format!("equilibria.{concept}"), members(&*set), numbers(list));
                    }
                }
                // What of the equilibria lasts: within reach from the status quo, and undone by no date.
                "lasts" => {
                    for (concept, list) in value.as_table().unwrap() {
                        let set = solution.verdicts.lasting(Concept::from_id(concept).unwrap()).unwrap();
                        check.same(&place, &format!("lasts.{concept}"), members(&*set), numbers(list));
                    }
                }
                "count" => {
                    for (concept, count) in value.as_table().unwrap() {
                        let set = solution.verdicts.equilibria(Concept::from_id(concept).unwrap()).unwrap();
                        check.same(
                            &place,
                            &format!("count.{concept}"),
                            set.count().to_string(),
                            count.to_string(),
                        );
                    }
                }
                "stable" => {
                    for (concept, actors) in value.as_table().unwrap() {
                        for (actor, list) in actors.as_table().unwrap() {
                            let who = conflict.game.actor(actor).unwrap();
                            let set =
                                solution.verdicts.stable(Concept::from_id(concept).unwrap(), who).unwrap();
                            check.same(
                                &place,
                                &format!("stable.{concept}.{actor}"),
                                members(&*set),
                                numbers(list),
                            );
                        }
                    }
                }
                "file" | "variant" | "view" | "strike" | "sequences" | "note" | "citation" => {}
                other => panic!("{place}: nobody checks `{other}`"),
            }
        }
    }
}

/// States at which every actor is stable under at least one of the concepts.
fn union(check: &mut Checker, entry: &Entry<'_>) {
    let concepts: Vec<Concept> =
        words(&entry.table["concepts"]).iter().map(|w| Concept::from_id(w).unwrap()).collect();
    let solution = solved(&entry.conflict, Engine::Auto, Sequences::Legal, &concepts);
    let all = solution.verdicts.feasible();
    let stays = |state: &State| {
        entry.conflict.game.actor_ids().all(|actor| {
            concepts.iter().any(|&concept| solution.verdicts.stable(concept, actor).unwrap().contains(state))
        })
    };
    let found: Vec<u64> = all
        .first(usize::try_from(all.count()).unwrap())
        .iter()
        .filter(|state| stays(state))
        .map(|state| state.number().unwrap())
        .collect();
    check.same(&entry.place, "union", found, numbers(&entry.table["equilibria"]));
}

fn ranking(check: &mut Checker, entry: &Entry<'_>) {
    let game = &entry.conflict.game;
    let actor = game.actor(entry.table["actor"].as_str().unwrap()).unwrap();
    let order = Order::new(game, actor).unwrap();
    let solution = solved(&entry.conflict, Engine::Auto, Sequences::Legal, &[Concept::Nash]);
    let all = solution.verdicts.feasible();
    let mut states = all.first(usize::try_from(all.count()).unwrap());
    states.sort_by_key(|state| (std::cmp::Reverse(order.level(state)), state.clone()));
    let groups: Vec<Vec<u64>> = states
        .chunk_by(|a, b| order.compare(a, b).is_equal())
        .map(|group| group.iter().map(|state| state.number().unwrap()).collect())
        .collect();
    let should: Vec<Vec<u64>> = entry.table["order"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| {
            let mut group = numbers(group);
            group.sort_unstable();
            group
        })
        .collect();
    check.same(&entry.place, "ranking", groups, should);
}

/// The formula of the table as the conflict has it.
fn outcome(conflict: &Conflict) -> OutcomeStates {
    conflict.outcomes.last().unwrap().states.clone()
}

fn forbidden(check: &mut Checker, entry: &Entry<'_>) {
    let concepts: Vec<Concept> =
        words(&entry.table["concepts"]).iter().map(|w| Concept::from_id(w).unwrap()).collect();
    let solution = solved(&entry.conflict, Engine::Auto, Sequences::Legal, &concepts);
    for concept in concepts {
        let set = solution.verdicts.equilibria(concept).unwrap();
        let hits = members(&*set.among(&outcome(&entry.conflict)));
        check.same(&entry.place, &format!("forbidden {}", concept.id()), hits, vec![]);
    }
}

fn counted(check: &mut Checker, entry: &Entry<'_>) {
    let solution = solved(&entry.conflict, Engine::Auto, Sequences::Legal, &[Concept::Nash]);
    let all = solution.verdicts.feasible();
    let found = all.among(&outcome(&entry.conflict));
    if let Some(count) = entry.table.get("count") {
        check.same(&entry.place, "count", found.count().to_string(), count.to_string());
    }
    for state in entry.table.get("contains").map(numbers).unwrap_or_default() {
        check.same(&entry.place, &format!("contains {state}"), found.contains(&State::from(state)), true);
    }
}

fn each_claim_struck(check: &mut Checker, entry: &Entry<'_>) {
    let except = entry.table.get("except").map(words).unwrap_or_default();
    for claim in &entry.conflict.evidence.claims {
        let strike = Strike { claims: vec![claim.id.clone()], ..Strike::default() };
        let without = entry.conflict.without(&strike).unwrap();
        let solution = solved(&without, Engine::Auto, Sequences::Legal, &Concept::DEFAULT);
        for (concept, list) in entry.table["contains"].as_table().unwrap() {
            let set = solution.verdicts.equilibria(Concept::from_id(concept).unwrap()).unwrap();
            for state in numbers(list) {
                let place = format!("{} without {}", entry.place, claim.id);
                let stays = !except.contains(&claim.id);
                check.same(&place, &format!("{concept} {state}"), set.contains(&State::from(state)), stays);
            }
        }
    }
}

/// What one actor can do alone: to where the rules let its own options go, and what it gains by.
fn moves(check: &mut Checker, entry: &Entry<'_>) {
    let Entry { place, table, conflict, .. } = entry;
    let game = &conflict.game;
    let from = State::from(table["from"].as_integer().unwrap() as u64);
    let actor = game.actor(table["actor"].as_str().unwrap()).unwrap();
    let order = Order::new(game, actor).unwrap();
    let solution = solved(conflict, Engine::Auto, Sequences::Legal, &[Concept::Nash]);
    let all = solution.verdicts.feasible().first(SMALL as usize);
    let alone =
        |route: &&Route| matches!(&route.sequence[..], [(by, _)] if *by == Walker::Mover(actor.into()));
    let found = routes(game, &from, Targets::Listed(&all), By::Moves, 100_000, &Quiet).unwrap();
    let to: Vec<State> = found.iter().filter(alone).map(|route| route.to.clone()).collect();
    let number = |state: &State| state.number().unwrap();
    check.same(place, "to", to.iter().map(number).collect(), numbers(&table["to"]));
    if let Some(improvements) = table.get("improvements") {
        let better: Vec<u64> =
            to.iter().filter(|t| order.compare(t, &from).is_better()).map(number).collect();
        check.same(place, "improvements", better, numbers(improvements));
    }
}

/// In how many strict rankings of one actor a state is an equilibrium.
fn inverse(check: &mut Checker, entry: &Entry<'_>) {
    let Entry { place, table, conflict, .. } = entry;
    let mut game = conflict.game.clone();
    let target = State::from(table["target"].as_integer().unwrap() as u64);
    let varied = game.actor(table["varied"].as_str().unwrap()).unwrap();
    let all = solved(conflict, Engine::Auto, Sequences::Legal, &[Concept::Nash]).verdicts.feasible().first(9);
    let rankings = permutations(&all);
    check.same(place, "rankings", rankings.len().to_string(), table["rankings"].to_string());
    let counts = table["count"].as_table().unwrap();
    let concepts: Vec<Concept> = counts.keys().map(|id| Concept::from_id(id).unwrap()).collect();
    let mut found = vec![0; concepts.len()];
    for ranking in rankings {
        game.preferences[varied.index()] = Preference::Ranking(Ranking {
            groups: ranking.into_iter().map(|state| vec![RankEntry::State(state)]).collect(),
            rest_last: false,
            grounds: Grounds::default(),
        });
        let settings = Settings { concepts: concepts.clone(), threads: 1, ..Settings::default() };
        let solution = solve(&game, &settings, &Quiet).unwrap();
        for (count, concept) in found.iter_mut().zip(&concepts) {
            *count += usize::from(solution.verdicts.equilibria(*concept).unwrap().contains(&target));
        }
    }
    for (concept, found) in concepts.iter().zip(found) {
        check.same(place, concept.id(), found.to_string(), counts[concept.id()].to_string());
    }
}

fn permutations(states: &[State]) -> Vec<Vec<State>> {
    if states.is_empty() {
        return vec![vec![]];
    }
    let mut all = Vec::new();
    for (at, first) in states.iter().enumerate() {
        let mut rest = states.to_vec();
        rest.remove(at);
        all.extend(permutations(&rest).into_iter().map(|mut order| {
            order.insert(0, first.clone());
            order
        }));
    }
    all
}

/// Checks one file of expected answers; how many answers there were.
fn file(check: &mut Checker, folder: &Path, expected: &Path, default_file: &str) {
    let text = fs::read_to_string(expected).unwrap();
    let table: Table = text.parse().unwrap_or_else(|e| panic!("{}: {e}", expected.display()));
    for (kind, value) in &table {
        let Value::Array(entries) = value else {
            assert!(["format", "citation"].contains(&kind.as_str()), "{}: `{kind}`", expected.display());
            continue;
        };
        for (at, table) in entries.iter().enumerate() {
            let table = table.as_table().unwrap();
            let short = expected.strip_prefix(root()).unwrap_or(expected).display().to_string();
            let entry = Entry {
                place: format!("{short} [[{kind}]] {}", at + 1),
                kind,
                table,
                conflict: conflict(folder, default_file, table),
            };
            match entry.kind {
                "run" => run(check, &entry),
                "union" => union(check, &entry),
                "ranking" => ranking(check, &entry),
                "forbidden" => forbidden(check, &entry),
                "outcome" => counted(check, &entry),
                "each_claim_struck" => each_claim_struck(check, &entry),
                "move" => moves(check, &entry),
                "inverse" => inverse(check, &entry),
                // What coalitions can do is checked by the engine's own tests.
                "exit" | "coalition" | "universal" => {}
                other => panic!("{}: nobody checks [[{other}]]", entry.place),
            }
        }
    }
}

fn finish(check: &Checker, least: usize) {
    assert!(
        check.failures.is_empty(),
        "{} wrong of {}:\n{}",
        check.failures.len(),
        check.checked,
        check.failures.join("\n")
    );
    assert!(check.checked >= least, "only {} answers were checked", check.checked);
}

#[test]
fn the_catalogue_has_its_known_answers() {
    let mut check = Checker { checked: 0, failures: Vec::new() };
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        file(&mut check, &folder, &folder.join("expected.toml"), "case.toml");
    }
    finish(&check, 500);
}

#[test]
fn random_models_have_their_known_answers() {
    let mut check = Checker { checked: 0, failures: Vec::new() };
    for size in ["d2k4", "d3k5"] {
        let folder = root().join("tests/random").join(size);
        for at in 1..=20 {
            let expected = folder.join(format!("{at:04}.expected.toml"));
            file(&mut check, &folder, &expected, &format!("{at:04}.toml"));
        }
    }
    finish(&check, 2000);
}

/// Cases of which some answers stand in a source that was seen.
const PUBLISHED: [&str; 4] = ["elmira", "north-korea-2017", "prisoners-dilemma", "syria-iraq-1975"];

/// States as the pages of the guide list them: those of a long list are counted.
fn listed(states: &[u64]) -> String {
    match states.len() {
        0 => "none".to_owned(),
        1..=12 => states.iter().map(u64::to_string).collect::<Vec<_>>().join(", "),
        many => format!("{many} outcomes"),
    }
}

/// What a run is of: its file, variant, view, and what is struck.
fn edition(table: &Table) -> String {
    let mut words = Vec::new();
    for (key, before) in [("file", ""), ("variant", "variant "), ("view", "as seen by ")] {
        if let Some(value) = table.get(key).and_then(Value::as_str) {
            words.push(format!("{before}`{}`", value.trim_end_matches(".toml")));
        }
    }
    if let Some(strike) = table.get("strike").and_then(Value::as_table) {
        let struck: Vec<String> = strike
            .iter()
            .map(|(key, value)| match value {
                Value::Array(list) if list.len() > 3 => format!("{} {key}", list.len()),
                Value::Array(_) => format!("{key} {}", self::words(value).join(", ")),
                _ => key.clone(),
            })
            .collect();
        words.push(format!("without {}", struck.join(" and ")));
    }
    let sequences = table.get("sequences").map(self::words).unwrap_or_default();
    if !sequences.is_empty() && !sequences.contains(&"legal".to_owned()) {
        words.push(format!("sequences: {}", sequences.join(", ")));
    }
    if words.is_empty() { "as written".to_owned() } else { words.join(", ") }
}

/// The known equilibria of a run beside those that are computed, one row for concepts with the same.
fn rows(table: &Table, conflict: &Conflict) -> String {
    let sequences = table.get("sequences").map(words).unwrap_or_default();
    let reading = Sequences::ALL.into_iter().find(|r| sequences.contains(&r.id().to_owned()));
    let solution = solved(conflict, Engine::Auto, reading.unwrap_or_default(), &concepts_of(table));
    let mut groups: Vec<(String, String, Vec<&str>)> = Vec::new();
    for concept in concepts_of(table) {
        let known = |key: &str| table.get(key).and_then(|list| list.get(concept.id()));
        let should = match (known("equilibria"), known("count")) {
            (Some(list), _) => listed(&numbers(list)),
            (None, Some(count)) => format!("{count} outcomes"),
            (None, None) => continue,
        };
        let set = solution.verdicts.equilibria(concept).unwrap();
        let is = listed(&members(&*set));
        match groups.iter_mut().find(|(known, found, _)| *known == should && *found == is) {
            Some((_, _, names)) => names.push(concept.id()),
            None => groups.push((should, is, vec![concept.id()])),
        }
    }
    let edition = edition(table);
    let row = |(should, is, names): &(String, String, Vec<&str>)| {
        format!("| {edition} | {} | {should} | {is} |\n", names.join(", "))
    };
    groups.iter().map(row).collect()
}

/// What a folder of the catalogue adds to a page of the guide.
fn section(folder: &Path) -> String {
    let name = folder.file_name().unwrap().to_string_lossy();
    let about = read(&fs::read_to_string(folder.join("case.toml")).unwrap(), &name).about.title;
    let expected: Table = fs::read_to_string(folder.join("expected.toml")).unwrap().parse().unwrap();
    let mut text = format!(
        "## {about}\n\nCase: `cases/{name}`. Known from: {}.\n\n| edition | concept | known | Détente |\n\
         |---|---|---|---|\n",
        expected["citation"].as_str().unwrap().trim_end_matches('.')
    );
    let mut notes = String::new();
    for entry in expected["run"].as_array().unwrap() {
        let table = entry.as_table().unwrap();
        text += &rows(table, &conflict(folder, "case.toml", table));
        if let Some(note) = table.get("note").and_then(Value::as_str) {
            notes += &format!("- {}: {note}\n", edition(table));
        }
    }
    for entry in expected.get("union").and_then(Value::as_array).into_iter().flatten() {
        let table = entry.as_table().unwrap();
        let list = listed(&numbers(&table["equilibria"]));
        let concepts = words(&table["concepts"]).join(", ");
        notes += &format!(
            "- {}: stable for each actor under at least one of {concepts}: {list}.\n",
            edition(table)
        );
    }
    for entry in expected.get("inverse").and_then(Value::as_array).into_iter().flatten() {
        let table = entry.as_table().unwrap();
        let counts: Vec<String> =
            table["count"].as_table().unwrap().iter().map(|(concept, n)| format!("{concept} {n}")).collect();
        notes += &format!(
            "- In how many of all {} strict rankings of `{}` state {} is an equilibrium: {}. Known from: {}.\n",
            table["rankings"],
            table["varied"].as_str().unwrap(),
            table["target"],
            counts.join(", "),
            table["citation"].as_str().unwrap()
        );
    }
    if !notes.is_empty() {
        text += &format!("\n{notes}");
    }
    text + "\n"
}

/// The pages of the guide that show known answers beside ours; with `DETENTE_BLESS=1` they are written.
#[test]
fn the_pages_of_known_answers_are_fresh() {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let made = "<!-- Made by the tests of the catalogue (crates/detente/tests/catalogue.rs). -->\n";
    let states = "Outcomes are told by their number (in graph form: their place); long lists are counted here and \
                  compared number by number in the tests.";
    for (file, published, title, words) in [
        (
            "published",
            true,
            "Published answers",
            "Conflicts of which some answers stand in a source that was seen. What is published stands in the \
             notes; the rest of the known column is from a program that shares nothing with this one but the \
             definitions.",
        ),
        (
            "catalogue",
            false,
            "The other cases of the catalogue",
            "No published table of these was seen. The known column is from an independent program, or from the \
             literal reference of this project; each case says which.",
        ),
    ] {
        let sections: String = folders
            .iter()
            .filter(|folder| {
                PUBLISHED.contains(&folder.file_name().unwrap().to_string_lossy().as_ref()) == published
            })
            .map(|folder| section(folder))
            .collect();
        let page = format!("# {title}\n\n{made}\n{words} {states}\n\n{}\n", sections.trim_end());
        let path = root().join(format!("docs/guide/validation/{file}.md"));
        if std::env::var_os("DETENTE_BLESS").is_some() {
            fs::write(&path, &page).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(found == page, "{} is stale: run the tests once with DETENTE_BLESS=1", path.display());
    }
}
