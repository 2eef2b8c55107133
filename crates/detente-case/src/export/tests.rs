//! Files that other programs read, checked to the letter where they are small.

use super::*;
use crate::Severity;
use crate::import::{self, GmcrSettings};
use crate::states::{Most, feasible_states};
use detente_model::{
    ActorId, Cannot, Conflict, Definition, DefinitionId, Expr, Form, GraphForm, Grounds, OptionForm,
    OptionId, Pattern, Preference, RankEntry, Ranking, Rule, RuleKind, State, Statement, Weighed,
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

fn o(i: u32) -> Expr {
    Expr::Option(OptionId(i))
}

fn rule(kind: RuleKind) -> Rule {
    Rule { id: None, kind, grounds: Grounds::default(), confidence: None }
}

fn statement(that: Expr) -> Statement {
    Statement {
        id: None,
        that,
        grounds: Grounds::default(),
        strong: false,
        unknown: false,
        confidence: None,
        ..Statement::default()
    }
}

#[test]
fn gmcr_has_no_graph_form() {
    let mut conflict = import(PRISONERS);
    conflict.game.form = Form::Graph(GraphForm {
        states: vec!["s1".into()],
        names: vec![String::new()],
        arcs: Vec::new(),
        ..GraphForm::default()
    });
    assert!(gmcr(&conflict).unwrap_err().to_string().contains("graph form"));
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
    let definition =
        Definition { id: "d".into(), that: iff, grounds: Grounds::default(), ..Definition::default() };
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
    let (mut large, mut refused) = (0, 0);
    for folder in std::fs::read_dir(cases).unwrap() {
        let path = folder.unwrap().path().join("case.toml");
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = path.display().to_string();
        // That every case reads is checked elsewhere.
        let Some(conflict) = crate::read(&name, text.as_bytes()).conflict else { continue };
        let Some(form) = conflict.game.option_form() else { continue };
        let exported = match (gmcr(&conflict), richer(&conflict)) {
            (Ok(exported), false) => exported,
            // Not one of them is written as if it were a case of options that each turns on and off.
            (Err(CannotExport(reasons)), true) => {
                let said = |part: &str| {
                    reasons
                        .iter()
                        .any(|reason| reason.starts_with("a .gmcr file has ") && reason.contains(part))
                };
                assert_eq!(said("no acts of several"), !form.acts.is_empty(), "{name}: {reasons:?}");
                assert_eq!(said("these have levels"), !form.scales.is_empty(), "{name}: {reasons:?}");
                refused += 1;
                continue;
            }
            (Ok(_), true) => panic!("{name} is beyond a .gmcr file, and was written"),
            (Err(error), false) => panic!("{name}: {error}"),
        };
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
    assert!(listed.contains(&128), "the first edition of the flagship has 128 states: {listed:?}");
    // The second edition of the flagship, and the six cases that came with the second part of the language.
    assert_eq!(refused, 7);
    assert!(listed.len() >= 5 && large >= 1, "{listed:?} and {large} large ones");
}

/// Whether a case needs the second part of the language.
fn richer(conflict: &Conflict) -> bool {
    let form = conflict.game.option_form().unwrap();
    let conditional =
        |option: &detente_model::Opt| !option.begins_if.is_empty() || !option.ends_if.is_empty();
    !(form.acts.is_empty() && form.scales.is_empty() && form.chances.is_empty())
        || form.options.iter().any(conditional)
        || conflict.game.deadlines_ahead().next().is_some()
}

/// What only a case file holds is refused, with what it is.
#[test]
fn the_second_part_of_the_language_is_refused() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/language/tiny");
    for (file, reason) in [
        ("01-signature", "a .gmcr file has no acts of several, and this case has `act.peace`"),
        (
            "10-own-condition-bypassed",
            "a .gmcr file has no conditions on moves, and this case has some on `a.join`",
        ),
        (
            "18-levels",
            "a .gmcr file has options that are on or off only, and these have levels: `us.tariff` and `cn.tariff`",
        ),
        ("17-chance-and-condition", "a .gmcr file has no chance events, and this case has `chance.election`"),
        (
            "42-same-day",
            "a .gmcr file has no dates on which something happens, and this case has `one` and `two`",
        ),
    ] {
        let bytes = std::fs::read(folder.join(format!("{file}.toml"))).unwrap();
        let conflict = crate::read(file, &bytes).conflict.unwrap();
        let reasons = gmcr(&conflict).unwrap_err().0;
        assert!(reasons.iter().any(|found| found == reason), "{file}: {reasons:?}");
    }
}
