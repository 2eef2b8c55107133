//! Files that other programs read, checked to the letter where they are small.

use super::*;
use crate::Severity;
use crate::import::{self, GmcrSettings};
use crate::states::{Most, feasible_states};
use detente_model::{
    ActorId, Cannot, Concept, Conflict, Definition, DefinitionId, Direction, Expr, Form, GraphForm, Grounds,
    OptionForm, OptionId, Outcome, OutcomeStates, Pattern, Preference, RankEntry, Ranking, Rule, RuleKind,
    State, Statement, Weighed,
};

const MOST: Most = Most { states: 100_000, work: 10_000_000 };

/// The prisoners' dilemma: one option each, every combination possible.
const PRISONERS: &str = r#"{"options": [
  {"name": "Cooperate", "permittedDirection": "both"}, {"name": "Cooperate", "permittedDirection": "both"}],
"decisionMakers": [
  {"name": "One", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]]},
  {"name": "Two <&\">", "options": [1], "preferences": [[[0, "Y"]], [[1, "N"]]]}],
"infeasibles": [], "useManualPreferenceRanking": false}"#;

fn import(text: &str) -> Conflict {
    let (conflict, diagnostics) = import::gmcr("case.gmcr", text.as_bytes(), GmcrSettings::default());
    assert!(diagnostics.iter().all(|d| d.severity != Severity::Error), "{diagnostics:?}");
    conflict.unwrap()
}

fn form(conflict: &mut Conflict) -> &mut OptionForm {
    match &mut conflict.game.form {
        Form::Options(form) => form,
        Form::Graph(_) => panic!("graph form"),
    }
}

fn states(conflict: &Conflict) -> Vec<State> {
    feasible_states(conflict.game.option_form().unwrap(), MOST).unwrap()
}

/// With Nash verdicts read off the moves: stable when no move of the actor improves.
fn snapshot(conflict: &Conflict) -> Snapshot {
    let states = states(conflict);
    let mut snapshot = Snapshot::new(conflict, &states, true).unwrap();
    snapshot.add_moves(&conflict.game, &states, MOVES).unwrap();
    let moves = snapshot.moves.clone();
    snapshot.add_concept(Concept::Nash, |state, actor| {
        !moves.iter().any(|m| m.from == state && m.actor == actor.index() && m.improves)
    });
    snapshot
}

fn o(i: u32) -> Expr {
    Expr::Option(OptionId(i))
}

fn rule(kind: RuleKind) -> Rule {
    Rule { id: None, kind, grounds: Grounds::default(), confidence: None }
}

fn statement(that: Expr) -> Statement {
    Statement { id: None, that, grounds: Grounds::default(), strong: false, unknown: false, confidence: None }
}

#[test]
fn csv_of_the_prisoners() {
    let mut conflict = import(PRISONERS);
    conflict.outcomes.push(Outcome {
        id: "both".into(),
        name: "=both, \"at last\"".into(),
        states: OutcomeStates::Formula(Expr::And(vec![o(0), o(1)])),
    });
    let expected = "state,ordinal,pattern,outcome,one.cooperate,two.cooperate,rank.one,rank.two,\
                    nash.one,nash.two,nash.equilibrium\r\n\
                    0,1,NN,,0,0,3,3,1,1,1\r\n\
                    1,2,YN,,1,0,4,1,0,1,0\r\n\
                    2,3,NY,,0,1,1,4,1,0,0\r\n\
                    3,4,YY,\"'=both, \"\"at last\"\"\",1,1,2,2,0,0,0\r\n";
    assert_eq!(csv(&snapshot(&conflict)), expected);
}

#[test]
fn dot_and_graphml_of_the_prisoners() {
    let mut conflict = import(PRISONERS);
    conflict.about.title = "A \"case\"\\".into();
    conflict.game.status_quo = Some(State::from_number(3));
    let snapshot = snapshot(&conflict);
    let picture = dot(&snapshot, Arrows::Improvements).unwrap();
    assert!(picture.contains("label=\"A \\\"case\\\"\\\\\";"), "{picture}");
    assert!(picture.contains("s0 [label=\"0\", shape=doublecircle];"), "{picture}");
    assert!(picture.contains("s3 [label=\"3\", style=bold];"), "{picture}");
    assert_eq!(picture.matches(" -> ").count(), 4);
    assert!(picture.contains("s3 -> s2 [label=\"one\", color=\"#12493C\""), "{picture}");
    assert_eq!(dot(&snapshot, Arrows::All).unwrap().matches(" -> ").count(), 8);
    let xml = graphml(&snapshot).unwrap();
    assert_eq!(xml.matches("<edge ").count(), 8);
    assert_eq!(xml.matches("<data key=\"i\">true</data>").count(), 4);
    assert!(xml.contains("<graph id=\"A &quot;case&quot;\\\" edgedefault"), "{xml}");
    assert!(xml.contains("<data key=\"p\">YY</data>"), "{xml}");
}

#[test]
fn graphs_have_bounds_that_they_name() {
    let mut conflict = import(PRISONERS);
    let option = form(&mut conflict).options[1].clone();
    form(&mut conflict).options.extend((2..10).map(|i| {
        let mut more = option.clone();
        more.id = format!("o{i}");
        more
    }));
    let states = states(&conflict);
    assert_eq!(states.len(), 1024);
    let mut snapshot = Snapshot::new(&conflict, &states, true).unwrap();
    let error = dot(&snapshot, Arrows::All).unwrap_err();
    assert_eq!(error.to_string(), "a DOT picture has at most 500 states, and the case has 1024");
    assert!(graphml(&snapshot).is_ok());
    let error = snapshot.add_moves(&conflict.game, &states, 1000).unwrap_err();
    assert_eq!(error.to_string(), "there are more than 1000 moves between the 1024 states");
    snapshot.of = Some("1180591620717411303424".into());
    assert!(graphml(&snapshot).unwrap_err().to_string().ends_with("the case has 1180591620717411303424"));
    assert!(nfg(&snapshot).is_err());
}

#[test]
fn moves_keep_to_directions_and_to_what_is_taken_away() {
    let mut conflict = import(PRISONERS);
    form(&mut conflict).options[0].direction = Direction::OnOnly;
    form(&mut conflict).options[1].direction = Direction::OffOnly;
    let taken = Cannot { actor: ActorId(1), from: o(0), to: o(1).negate(), grounds: Grounds::default() };
    form(&mut conflict).cannot.push(taken);
    let moves: Vec<(usize, usize, usize)> =
        snapshot(&conflict).moves.iter().map(|m| (m.actor, m.from, m.to)).collect();
    assert_eq!(moves, [(0, 0, 1), (0, 2, 3), (1, 2, 0)]);
}

#[test]
fn graph_form_has_names_and_arcs() {
    let mut conflict = import(PRISONERS);
    let arc = |actor, from, to| detente_model::Arc { actor: ActorId(actor), from, to };
    conflict.game.form = Form::Graph(GraphForm {
        states: vec!["s1".into(), "s2".into(), "s3".into()],
        names: vec!["War".into(), String::new(), "Peace".into()],
        arcs: vec![arc(0, 0, 1), arc(1, 1, 2), arc(1, 2, 0)],
    });
    let ranking = Ranking {
        groups: [3, 2, 1].iter().map(|&n| vec![RankEntry::State(State::from_number(n))]).collect(),
        rest_last: false,
        grounds: Grounds::default(),
    };
    conflict.game.preferences = vec![Preference::Ranking(ranking); 2];
    let states: Vec<State> = (1..=3).map(State::from_number).collect();
    let mut snapshot = Snapshot::new(&conflict, &states, true).unwrap();
    snapshot.add_moves(&conflict.game, &states, MOVES).unwrap();
    let improving: Vec<bool> = snapshot.moves.iter().map(|m| m.improves).collect();
    assert_eq!(improving, [true, true, false]);
    assert!(csv(&snapshot).contains("\r\n1,1,,War,3,3\r\n2,2,,s2,2,2\r\n"));
    assert!(latex(&snapshot).unwrap().contains("State & War & s2 & Peace \\\\"));
    assert!(nfg(&snapshot).is_err());
    assert!(gmcr(&conflict).unwrap_err().to_string().contains("graph form"));
}

#[test]
fn latex_of_the_prisoners() {
    let mut conflict = import(PRISONERS);
    conflict.about.title = "50 % of_it\\ #1".into();
    conflict.game.status_quo = Some(State::from_number(3));
    let text = latex(&snapshot(&conflict)).unwrap();
    assert!(text.starts_with("% 50 \\% of\\_it\\textbackslash{} \\#1\n"), "{text}");
    assert!(text.contains("Two \\textless{}\\&\\textquotedbl{}\\textgreater{} & \\texttt{two.cooperate}"));
    assert!(text.contains("State & 0 & 1 & 2 & 3$^{*}$ \\\\"), "{text}");
    assert!(text.contains("NASH, one & s & u & s & u \\\\"), "{text}");
    assert!(text.contains("\\textbf{NASH, all} & \\textbf{E} & -- & -- & -- \\\\"), "{text}");
    assert_eq!(text.matches("\\begin{").count(), text.matches("\\end{").count());
}

#[test]
fn strategic_form_of_the_prisoners() {
    let exported = nfg(&snapshot(&import(PRISONERS))).unwrap();
    let expected = "NFG 1 R \"case\" { \"One\" \"Two <&\\\">\" }\n\n\
                    { { \"nothing\" \"cooperate\" }\n{ \"nothing\" \"cooperate\" }\n}\n\
                    \"Payoffs are ordinal: places in each actor's order, 1 is worst.\"\n\n\
                    2 2\n1 4\n4 1\n3 3\n";
    assert_eq!(exported.text, expected);
}

#[test]
fn strategic_form_says_which_combination_is_missing() {
    let mut conflict = import(PRISONERS);
    form(&mut conflict).rules.push(rule(RuleKind::Never(Expr::And(vec![o(0), o(1)]))));
    let error = nfg(&snapshot(&conflict)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a strategic form needs every combination of strategies, and the rules forbid one: cooperate; two: cooperate"
    );
    // A rule inside one actor's options only takes strategies away.
    let mut conflict = import(PRISONERS);
    let mut more = form(&mut conflict).options[1].clone();
    more.id = "defect".into();
    more.direction = Direction::OnOnly;
    form(&mut conflict).options.push(more);
    form(&mut conflict).rules.push(rule(RuleKind::ExactlyOne(vec![o(1), o(2)])));
    let exported = nfg(&snapshot(&conflict)).unwrap();
    assert!(exported.text.contains("{ \"cooperate\" \"defect\" }"), "{}", exported.text);
    assert_eq!(exported.left_out.len(), 2);
}

/// Every kind of rule, a definition, general formulas.
fn rich() -> Conflict {
    let mut conflict = import(PRISONERS);
    let base = form(&mut conflict).options[1].clone();
    form(&mut conflict).options.extend((2..6).map(|i| {
        let mut more = base.clone();
        more.id = format!("o{i}");
        more.text = "Größe \u{1F54A}".into();
        more
    }));
    let iff = Expr::Iff(Box::new(o(0)), Box::new(o(1)));
    let definition = Definition { id: "d".into(), that: iff, grounds: Grounds::default() };
    form(&mut conflict).definitions.push(definition);
    let d = || Expr::Defined(DefinitionId(0));
    form(&mut conflict).rules = vec![
        rule(RuleKind::AtMostOne(vec![o(2), o(3), Expr::And(vec![d(), o(4)])])),
        rule(RuleKind::Requires(OptionId(5), Expr::Or(vec![d(), o(2)]))),
        rule(RuleKind::Always(Expr::Implies(Box::new(o(4)), Box::new(o(0))))),
        rule(RuleKind::Never(Expr::And(vec![d().negate(), o(3)]))),
        rule(RuleKind::Never(Expr::Const(false))),
    ];
    let wants = [d(), Expr::AtMostOne(vec![o(0), o(2), o(5)]), Expr::Const(true), o(4).negate()];
    conflict.game.preferences[0] = Preference::Statements(wants.into_iter().map(statement).collect());
    conflict
}

fn order(conflict: &Conflict) -> Vec<Vec<Vec<usize>>> {
    let states = states(conflict);
    conflict.game.actor_ids().map(|a| ranks::groups(&conflict.game, a, &states).unwrap()).collect()
}

#[test]
fn gmcr_says_general_formulas_as_alternatives() {
    let conflict = rich();
    let exported = gmcr(&conflict).unwrap();
    let again = import(&exported.text);
    assert_eq!(states(&again), states(&conflict));
    assert_eq!(order(&again), order(&conflict));
    assert_eq!(again.game.options()[3].text, "Größe \u{1F54A}");
    assert!(exported.text.contains("Gr\\u00f6\\u00dfe \\ud83d\\udd4a"));
    assert!(exported.text.contains("\"useManualPreferenceRanking\": false"));
}

#[test]
fn gmcr_ranks_by_hand_what_are_not_statements() {
    let weighed =
        |that, weight| Weighed { id: None, that, weight, grounds: Grounds::default(), confidence: None };
    let mut conflict = rich();
    conflict.game.preferences[1] =
        Preference::Weights(vec![weighed(o(0), 3), weighed(o(3), -2), weighed(o(4), 2)]);
    let exported = gmcr(&conflict).unwrap();
    assert!(exported.text.contains("\"useManualPreferenceRanking\": true"));
    assert_eq!(order(&import(&exported.text)), order(&conflict));
    assert!(exported.left_out[0].contains("prefers by weights"), "{:?}", exported.left_out);

    let ranking = Ranking {
        groups: vec![
            vec![RankEntry::Formula(o(0)), RankEntry::Pattern(Pattern::parse("NY----").unwrap())],
            vec![RankEntry::State(State::from_number(0))],
        ],
        rest_last: true,
        grounds: Grounds::default(),
    };
    conflict.game.preferences[1] = Preference::Ranking(ranking.clone());
    assert_eq!(order(&import(&gmcr(&conflict).unwrap().text)), order(&conflict));
    let gap = Ranking { rest_last: false, ..ranking };
    conflict.game.preferences[1] = Preference::Ranking(gap);
    let error = gmcr(&conflict).unwrap_err().to_string();
    assert!(error.starts_with("the ranking of `two` has state "), "{error}");
}

#[test]
fn gmcr_names_everything_that_it_cannot_say() {
    let mut conflict = rich();
    let taken = Cannot { actor: ActorId(0), from: o(0), to: o(1), grounds: Grounds::default() };
    form(&mut conflict).cannot.push(taken);
    let hidden = Statement { unknown: true, ..statement(o(0)) };
    conflict.game.preferences[1] = Preference::Statements(vec![statement(o(1)), hidden]);
    let pairs: Vec<Expr> = (0..12).map(|i| Expr::Or(vec![o(2 * i), o(2 * i + 1)])).collect();
    form(&mut conflict)
        .rules
        .push(Rule { id: Some("wide".into()), ..rule(RuleKind::Never(Expr::And(pairs))) });
    let CannotExport(reasons) = gmcr(&conflict).unwrap_err();
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    assert!(reasons[0].contains("`one`"), "{reasons:?}");
    assert!(reasons[1].contains("rule `wide` has more than 1024 alternatives"), "{reasons:?}");
    assert!(reasons[2].contains("statement 2 of `two` is unknown"), "{reasons:?}");
}

#[test]
fn gmcr_says_what_it_leaves_out() {
    let mut conflict = rich();
    conflict.game.status_quo = Some(State::default());
    conflict.about.limits.push("All of it".into());
    let strong = Statement { strong: true, ..statement(o(1)) };
    conflict.game.preferences[1] = Preference::Statements(vec![strong]);
    let left_out = gmcr(&conflict).unwrap().left_out;
    assert_eq!(
        left_out,
        ["that statement 1 of `two` is a strong one", "the status quo", "the limits of the case"]
    );
}

#[test]
fn every_case_of_the_catalogue_in_option_form_goes_through_gmcr() {
    let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases");
    let mut listed = Vec::new();
    let mut large = 0;
    for folder in std::fs::read_dir(cases).unwrap() {
        let path = folder.unwrap().path().join("case.toml");
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = path.display().to_string();
        // That every case reads is checked elsewhere.
        let Some(conflict) = crate::read(&name, text.as_bytes()).conflict else { continue };
        let Some(form) = conflict.game.option_form() else { continue };
        let exported = gmcr(&conflict).unwrap_or_else(|e| panic!("{name}: {e}"));
        let again = import(&exported.text);
        let again_form = again.game.option_form().unwrap();
        let few = Most { states: 5_000, work: 2_000_000 };
        if let Ok(states) = feasible_states(form, few) {
            listed.push(states.len());
            assert_eq!(feasible_states(again_form, few).unwrap(), states, "{name}");
            assert_eq!(order(&again), order(&conflict), "{name}");
        } else {
            large += 1;
            // Too many to list: numbers from a fixed multiplicative sequence.
            let options = form.options.len();
            let mut number = 1_u64;
            for _ in 0..2_000 {
                number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let on = (0..options).filter(|o| number >> (o % 61) & 1 == 1).map(OptionId::from);
                let state = State::with_on(on);
                let broken = (form.broken_rule(&state).is_some(), again_form.broken_rule(&state).is_some());
                assert_eq!(broken.0, broken.1, "{name} {state}");
            }
        }
    }
    assert!(listed.contains(&128), "the flagship has 128 states: {listed:?}");
    assert!(listed.len() >= 5 && large >= 1, "{listed:?} and {large} large ones");
}
