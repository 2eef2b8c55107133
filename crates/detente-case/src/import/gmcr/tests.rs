//! What GMCR+ writes, what it says, and what is refused.

use super::*;
use crate::Severity;
use crate::export;
use crate::states::{Most, feasible_states};
use detente_model::State;

const MOST: Most = Most { states: 100_000, work: 10_000_000 };

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/gmcr/{name}.gmcr", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

fn read(name: &str) -> (Conflict, Vec<Diagnostic>) {
    let (conflict, diagnostics) = gmcr(&format!("{name}.gmcr"), &fixture(name), GmcrSettings::default());
    let errors: Vec<_> = diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    (conflict.unwrap_or_else(|| panic!("{errors:?}")), diagnostics)
}

fn states(conflict: &Conflict) -> Vec<State> {
    feasible_states(conflict.game.option_form().unwrap(), MOST).unwrap()
}

/// Every actor's order as ordinals.
fn orders(conflict: &Conflict) -> Vec<Vec<Vec<usize>>> {
    let states = states(conflict);
    let order = |actor| {
        let groups = export::ranks::groups(&conflict.game, actor, &states).unwrap();
        groups.into_iter().map(|g| g.into_iter().map(|place| place + 1).collect()).collect()
    };
    conflict.game.actor_ids().map(order).collect()
}

fn numbers(conflict: &Conflict) -> Vec<u64> {
    states(conflict).iter().map(|s| s.number().unwrap()).collect()
}

fn words(text: &str) -> (Option<Conflict>, Vec<String>) {
    let (conflict, diagnostics) = gmcr("x.gmcr", text.as_bytes(), GmcrSettings::default());
    let words = diagnostics.iter().map(|d| {
        let place = d.span.map_or_else(String::new, |s| format!("{}:{} ", s.start.line, s.start.column));
        format!("{} {place}{}", d.code, d.message)
    });
    (conflict, words.collect())
}

#[test]
fn elmira_has_its_twelve_states_and_rankings() {
    let (conflict, diagnostics) = read("elmira");
    assert_eq!(numbers(&conflict), [2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25]);
    let one = |list: &[usize]| list.iter().map(|&o| vec![o]).collect::<Vec<_>>();
    let mut moe = one(&[9, 3, 4, 10, 7, 1, 2, 8]);
    moe.push(vec![5, 6, 11, 12]);
    assert_eq!(orders(&conflict)[0], moe);
    let mut uniroyal = one(&[1, 4, 10, 7]);
    uniroyal.push(vec![5, 6, 11, 12]);
    uniroyal.extend(one(&[2, 3, 9, 8]));
    assert_eq!(orders(&conflict)[1], uniroyal);
    let options = conflict.game.options();
    let directions: Vec<Direction> = options.iter().map(|o| o.direction).collect();
    use Direction::{Both, OffOnly, OnOnly};
    assert_eq!(directions, [OnOnly, OffOnly, Both, OnOnly, Both]);
    let ids: Vec<String> = (0..5).map(|o| conflict.game.option_name(OptionId(o))).collect();
    assert_eq!(
        ids,
        ["moe.modify", "uniroyal.delay", "uniroyal.accept", "uniroyal.abandon", "local-government.insist"]
    );
    assert_eq!(conflict.about.title, "elmira");
    let [coalition] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!((coalition.code, coalition.severity), ("W0701", Severity::Warning));
    assert!(coalition.message.contains("`MoE` and `Uniroyal`"), "{}", coalition.message);
}

#[test]
fn cuban_statements_give_the_rankings_that_gmcr_plus_gives() {
    let (conflict, diagnostics) = read("cuban");
    assert_eq!(diagnostics, []);
    let decimals = |actor: usize| -> Vec<u64> {
        let states = numbers(&conflict);
        orders(&conflict)[actor].iter().flatten().map(|ordinal| states[ordinal - 1]).collect()
    };
    assert_eq!(decimals(0), [4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8]);
    assert_eq!(decimals(1), [0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8]);
}

#[test]
fn options_are_numbered_anew_by_decision_maker_and_get_ids() {
    let (conflict, diagnostics) = read("out-of-order");
    let game = &conflict.game;
    let names: Vec<String> = (0..4).map(|o| game.option_name(OptionId(o))).collect();
    // File order 2, 0, 3, 1; the names that leave nothing of a slug are numbered.
    assert_eq!(names, ["first-foremost.reduced", "first-foremost.full", "dm2.o3", "dm2.full"]);
    assert_eq!(game.actors[1].name, "Баку");
    assert_eq!(game.options()[2].text, "Мир");
    assert_eq!(game.options()[3].direction, Direction::OffOnly);
    // Never reduced and full; never peace without dm2.full; the repeated member fell away.
    assert_eq!(game.option_form().unwrap().rules.len(), 2);
    assert_eq!(numbers(&conflict), [0, 1, 2, 8, 9, 10, 12, 13, 14]);
    // The second statement is a duplicate; of an option with both values the first counts.
    let Preference::Statements(first) = &game.preferences[0] else { panic!() };
    assert_eq!(first.len(), 1);
    let Preference::Statements(second) = &game.preferences[1] else { panic!() };
    assert_eq!(second[0].that, Expr::Option(OptionId(3)));
    assert_eq!(second[1].that, Expr::Const(true));
    let found: Vec<&str> = diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(found, ["W0701"], "{diagnostics:?}");
}

#[test]
fn ids_are_those_of_the_contract() {
    let mut ids = Ids::default();
    assert_eq!(ids.id("", "dm", 1), "dm1");
    let (conflict, _) = read("d3k5-0002");
    assert_eq!(conflict.game.actors[2].id, "dm3");
    assert_eq!(conflict.game.option_name(OptionId(4)).split('.').next_back(), Some("o4"));
}

#[test]
fn what_is_written_is_read_back_with_the_same_states_orders_and_moves() {
    for name in ["elmira", "cuban", "out-of-order", "d2k4-0001", "d2k4-0003", "d3k5-0002", "d3k5-0004"] {
        let (conflict, _) = read(name);
        let exported = export::gmcr(&conflict).unwrap();
        assert!(exported.text.is_ascii());
        let (again, diagnostics) = gmcr("again.gmcr", exported.text.as_bytes(), GmcrSettings::default());
        assert_eq!(diagnostics, [], "{name}\n{}", exported.text);
        let again = again.unwrap();
        assert_eq!(states(&again), states(&conflict), "{name}");
        assert_eq!(orders(&again), orders(&conflict), "{name}");
        let moves = |c: &Conflict| -> Vec<_> {
            c.game.options().iter().map(|o| (o.actor, o.direction, o.text.clone())).collect()
        };
        assert_eq!(moves(&again), moves(&conflict), "{name}");
        assert_eq!(again.game.actors, conflict.game.actors, "{name}");
    }
}

#[test]
fn misperceptions_are_refused_unless_ignored() {
    let text = String::from_utf8(fixture("cuban")).unwrap();
    let text = text.replacen("\"misperceptions\": []", "\"misperceptions\": [[[2, \"Y\"]]]", 1);
    let (conflict, said) = words(&text);
    assert!(conflict.is_none());
    assert!(said[0].starts_with("E0704 8:"), "{said:?}");
    assert!(said[0].contains("`US` has misperceptions"), "{said:?}");
    let settings = GmcrSettings { ignore_misperceptions: true };
    let (conflict, diagnostics) = gmcr("x.gmcr", text.as_bytes(), settings);
    assert!(conflict.is_some());
    assert_eq!(diagnostics[0].severity, Severity::Warning);
}

#[test]
fn files_that_are_no_gmcr_files_are_refused_with_a_place() {
    let (conflict, said) = words("{\"options\": [\n  {\"name\": \"a\",}]}");
    assert!(conflict.is_none());
    assert_eq!(said, ["E0701 2:16 This is not JSON: a key in double quotes is expected where `}` is there."]);
    let pickle = gmcr("old.gmcr", b"\x80\x03}q\x00", GmcrSettings::default());
    assert_eq!((pickle.0, pickle.1[0].code), (None, "E0106"));
    let latin = gmcr("x.gmcr", b"{\"name\": \"\xe9\"}", GmcrSettings::default());
    assert_eq!(latin.1[0].code, "E0701");
    assert_eq!(latin.1[0].span.unwrap().start.column, 11);
    assert_eq!(words("[1]").1, ["E0702 1:1 A .gmcr file must be an object, not a list."]);
    assert_eq!(words("").1.len(), 1);
}

#[test]
fn all_problems_of_a_file_are_reported_at_once() {
    let text = r#"{"options": [{"name": "a", "permittedDirection": "sideways"}, {"name": 3}, "x",
 {"name": "d", "permittedDirection": "both"}],
"decisionMakers": [{"name": "A", "options": [0, 0, 9, -1, 1.5], "preferences": [[[0, "Q"]], [[7, "Y"]], 5, [[0]]]},
 {"options": [1], "preferences": [{"members": []}]}],
"infeasibles": {},
"coalitions": [0, [0, 1], 4],
"useManualPreferenceRanking": 1}"#;
    let (conflict, said) = words(text);
    assert!(conflict.is_none());
    let expected = [
        "E0702 1:50 `permittedDirection` must be `both`, `fwd` or `back`, not `sideways`.",
        "E0702 1:72 A name must be a string, not a number.",
        "E0702 1:63 Option 1 lacks `permittedDirection`.",
        "E0702 1:76 Option 2 must be an object, not a string.",
        "E0703 3:49 Option 0 is named twice.",
        "E0703 3:52 An option has the number 9, and these go from 0 to 3.",
        "E0703 3:55 An option has the number -1, and these go from 0 to 3.",
        "E0702 3:59 An option must be a whole number, not a fraction or a very large number.",
        "E0702 3:86 The value of an option must be `Y` or `N`, not `Q`.",
        "E0703 3:95 An option has the number 7, and these go from 0 to 3.",
        "E0702 3:105 A condition must be a list of pairs or an object with members, not a number.",
        "E0702 3:109 Part of a condition must be a pair of an option and \"Y\" or \"N\", not a list of 1.",
        "E0702 4:2 Decision maker 1 lacks `name`.",
        "E0702 4:35 A condition lacks `\"compound\": true`.",
        "E0702 5:16 `infeasibles` must be a list, not an object.",
        "E0703 6:20 Decision maker 0 is named twice.",
        "E0703 6:27 A decision maker has the number 4, and these go from 0 to 1.",
        "E0702 7:31 `useManualPreferenceRanking` must be true or false, not a number.",
        "E0703 1:13 Option 2 (``) belongs to no decision maker.",
        "E0703 1:13 Option 3 (`d`) belongs to no decision maker.",
    ];
    for line in expected {
        assert!(said.iter().any(|s| s == line), "{line}\nis not in\n{}", said.join("\n"));
    }
}

#[test]
fn rankings_must_have_every_state_once() {
    let text = String::from_utf8(fixture("elmira")).unwrap();
    let bad = text.replacen("[9, 3, 4, 10, 7, 1, 2, 8, [11, 5, 6, 12]]", "[9, 9, 13, 0, [1, 2]]", 1);
    let (conflict, said) = words(&bad);
    assert!(conflict.is_none());
    let tail: Vec<&str> = said.iter().map(String::as_str).filter(|s| s.starts_with('E')).collect();
    assert_eq!(
        tail,
        [
            "E0705 10:23 The ranking of `MoE` leaves out ordinal 3, 4, 5, 6, 7 and 4 more.",
            "E0705 10:27 The ranking of `MoE` has ordinal 9 twice.",
            "E0703 10:30 An ordinal has the number 13, and these go from 1 to 12.",
            "E0703 10:34 An ordinal has the number 0, and these go from 1 to 12.",
        ]
    );
    let none = text.replacen("\"infeasibles\": [", "\"infeasibles\": [[], ", 1);
    assert_eq!(words(&none).1.iter().filter(|s| s.starts_with("E0705")).count(), 1);
}

#[test]
fn limits_are_errors_not_crashes() {
    let many = |n: usize, item: &str| vec![item; n].join(",");
    let option = r#"{"name":"","permittedDirection":"both"}"#;
    let text = format!(
        "{{\"options\":[{}],\"decisionMakers\":[],\"infeasibles\":[],\"useManualPreferenceRanking\":false}}",
        many(1025, option)
    );
    let (conflict, said) = words(&text);
    assert!(conflict.is_none());
    assert!(said.iter().any(|s| s == "E0706 1:1 There are more than 1024 options."), "{said:?}");
    let own: Vec<String> = (0..40).map(|i| i.to_string()).collect();
    let hand = format!(
        "{{\"options\":[{}],\"decisionMakers\":[{{\"name\":\"\",\"options\":[{}],\"preferences\":[],\"preferenceRanking\":[1]}}],\
         \"infeasibles\":[],\"useManualPreferenceRanking\":true}}",
        many(40, option),
        own.join(",")
    );
    let (conflict, said) = words(&hand);
    assert!(conflict.is_none());
    assert_eq!(said, ["E0706 There are more than 262144 states ranked by hand."]);
    assert_eq!(words(&"[".repeat(1 << 20)).0, None);
}
