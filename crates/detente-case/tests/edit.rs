//! Edits of the catalogue's cases: what was not edited stays, to the letter, and reading the edited
//! text gives the edited conflict.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use detente_case::{Edit, edit, read};
use detente_model::{
    Conflict, OptionForm, Outcome, OutcomeStates, Preference, Rule, RuleKind, Statement, Switch,
};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;

/// The cases in option form, as text.
fn catalogue() -> &'static [String] {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    TEXTS.get_or_init(texts)
}

fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path.join("case.toml")).ok());
    let texts: Vec<String> =
        texts.filter(|text| conflict(text).unwrap().game.option_form().is_some()).collect();
    assert!(texts.len() >= 6);
    texts
}

fn conflict(text: &str) -> Option<Conflict> {
    read("case", text.as_bytes()).conflict
}

/// What is done, with places drawn from what there is.
#[derive(Clone, Debug)]
enum Draw {
    Title(String),
    Says(Index, String),
    That(Index, Index, Index),
    Wish(Index, Index, Index),
    Unwish(Index, Index),
    Move(Index, Index, Index),
    Rule(Index),
    Unrule(Index),
    Option(Index, String),
    Name(Index, String),
}

fn draw() -> impl Strategy<Value = Draw> {
    let at = any::<Index>;
    let words = "[A-Za-zäß\"\\\\ ]{1,20}";
    prop_oneof![
        words.prop_map(Draw::Title),
        (at(), words).prop_map(|(claim, words)| Draw::Says(claim, words)),
        (at(), at(), at()).prop_map(|(actor, statement, option)| Draw::That(actor, statement, option)),
        (at(), at(), at()).prop_map(|(actor, place, option)| Draw::Wish(actor, place, option)),
        (at(), at()).prop_map(|(actor, statement)| Draw::Unwish(actor, statement)),
        (at(), at(), at()).prop_map(|(actor, from, to)| Draw::Move(actor, from, to)),
        at().prop_map(Draw::Rule),
        at().prop_map(Draw::Unrule),
        (at(), words).prop_map(|(option, words)| Draw::Option(option, words)),
        (at(), words).prop_map(|(place, words)| Draw::Name(place, words)),
    ]
}

fn statements(conflict: &mut Conflict, actor: usize) -> Option<&mut Vec<Statement>> {
    match conflict.game.preferences.get_mut(actor)? {
        // A wish for a level is several statements, so that places in the file are others than in the list.
        Preference::Statements(list) if !list.is_empty() && list.iter().all(|s| s.levels.is_none()) => {
            Some(list)
        }
        _ => None,
    }
}

/// Whether this switch has a name of its own that turns it on: what has levels is compared with one of them.
fn is_named(conflict: &Conflict, option: usize) -> bool {
    conflict.game.option_form().is_none_or(|form| form.scale_of(option.into()).is_none())
}

/// How many of the rules stand in the file as rules: those that keep levels in order, and that what is for some
/// variants only is not there, follow them.
fn written(rules: &[Rule]) -> usize {
    let made = |rule: &&Rule| matches!(rule.kind, RuleKind::Chain(..) | RuleKind::Unavailable(_));
    rules.iter().take_while(|rule| !made(rule)).count()
}

/// The edit of the text, and the same on the conflict; `None` where there is nothing to edit.
fn both(conflict: &mut Conflict, draw: &Draw) -> Option<Edit> {
    let actors = conflict.game.actors.len();
    let options = conflict.game.options().len();
    let id = |conflict: &Conflict, actor: usize| conflict.game.actors[actor].id.clone();
    let set = |address: String, value: &str| Edit::Set { address, value: json!(value) };
    Some(match draw {
        Draw::Title(words) => {
            conflict.about.title.clone_from(words);
            set("case.title".to_owned(), words)
        }
        Draw::Says(claim, words) => {
            let claims = &mut conflict.evidence.claims;
            let claim = claims.get_mut(claim.get(&[0, 1, 2, 3, 4]).to_owned())?;
            claim.says.clone_from(words);
            set(format!("claim.{}.says", claim.id), words)
        }
        Draw::That(actor, statement, option) => {
            let (actor, option) = (actor.index(actors), option.index(options));
            if !is_named(conflict, option) {
                return None;
            }
            let (who, name) = (id(conflict, actor), conflict.game.option_name(option.into()));
            let list = statements(conflict, actor)?;
            let at = statement.index(list.len());
            list[at].that = detente_model::Expr::Option(option.into());
            set(format!("actor.{who}.prefers[{at}].that"), &name)
        }
        Draw::Wish(actor, place, option) => {
            let (actor, option) = (actor.index(actors), option.index(options));
            if !is_named(conflict, option) {
                return None;
            }
            let (who, name) = (id(conflict, actor), conflict.game.option_name(option.into()));
            let list = statements(conflict, actor)?;
            let at = place.index(list.len() + 1);
            let that = detente_model::Expr::Option(option.into());
            list.insert(
                at,
                Statement {
                    id: None,
                    that,
                    grounds: Default::default(),
                    strong: false,
                    unknown: false,
                    confidence: None,
                    ..Statement::default()
                },
            );
            Edit::Insert {
                address: format!("actor.{who}.prefers"),
                at: Some(at),
                value: json!({ "that": name }),
            }
        }
        Draw::Unwish(actor, statement) => {
            let actor = actor.index(actors);
            let who = id(conflict, actor);
            let list = statements(conflict, actor)?;
            let at = statement.index(list.len());
            list.remove(at);
            Edit::Remove { address: format!("actor.{who}.prefers[{at}]") }
        }
        Draw::Move(actor, from, to) => {
            let actor = actor.index(actors);
            let who = id(conflict, actor);
            let list = statements(conflict, actor)?;
            let (from, to) = (from.index(list.len()), to.index(list.len()));
            let statement = list.remove(from);
            list.insert(to, statement);
            Edit::Move { address: format!("actor.{who}.prefers"), from, to }
        }
        Draw::Rule(option) => {
            let option = option.index(options);
            if !is_named(conflict, option) {
                return None;
            }
            let name = conflict.game.option_name(option.into());
            let form = conflict.game.form.clone();
            let detente_model::Form::Options(mut form) = form else { return None };
            // Always true, so that every status quo still obeys the rules.
            let either = format!("{name} or not {name}");
            let on = detente_model::Expr::Option(option.into());
            let kind = RuleKind::Always(detente_model::Expr::Or(vec![on.clone(), on.negate()]));
            let at = written(&form.rules);
            form.rules.insert(at, Rule { id: None, kind, grounds: Default::default(), confidence: None });
            conflict.game.form = detente_model::Form::Options(form);
            Edit::Insert { address: "rule".to_owned(), at: None, value: json!({ "always": either }) }
        }
        Draw::Unrule(rule) => {
            let detente_model::Form::Options(form) = &mut conflict.game.form else { return None };
            let written = written(&form.rules);
            if written == 0 {
                return None;
            }
            let at = rule.index(written);
            form.rules.remove(at);
            Edit::Remove { address: format!("rule[{at}]") }
        }
        Draw::Option(option, words) => {
            let option = option.index(options);
            let name = conflict.game.option_name(option.into());
            // An act or a chance event stands in a table of its own, and what has levels is several switches.
            let own = |form: &OptionForm| form.options[option].of == Switch::Option;
            if !is_named(conflict, option) || !conflict.game.option_form().is_some_and(own) {
                return None;
            }
            let (who, what) = name.split_once('.')?;
            let detente_model::Form::Options(form) = &mut conflict.game.form else { return None };
            form.options[option].text.clone_from(words);
            set(format!("actor.{who}.option.{what}.text"), words)
        }
        Draw::Name(place, words) => {
            let at = place.index(conflict.outcomes.len() + 1);
            let id = format!("named-{}", conflict.outcomes.len());
            let states = OutcomeStates::Formula(detente_model::Expr::Const(true));
            conflict.outcomes.insert(at, Outcome { id: id.clone(), name: words.clone(), states });
            let value = json!({ "name": words, "on": "true" });
            Edit::Insert { address: format!("outcome.{id}"), at: Some(at), value }
        }
    })
}

/// How often each line stands in a text.
fn lines(text: &str) -> HashMap<&str, isize> {
    let mut lines = HashMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        *lines.entry(line.trim_end()).or_default() += 1;
    }
    lines
}

/// How many lines an edit may take away at most: that of a value, or those of a statement or rule.
fn touched(edit: &Edit) -> isize {
    match edit {
        Edit::Set { .. } => 1,
        Edit::Remove { .. } => 12,
        Edit::Insert { .. } | Edit::Move { .. } => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn what_is_not_edited_stays(which in any::<Index>(), draws in prop::collection::vec(draw(), 1..6)) {
        let texts = catalogue();
        let mut text = which.get(texts).clone();
        let mut expected = conflict(&text).unwrap();
        for draw in &draws {
            let before = expected.clone();
            let Some(change) = both(&mut expected, draw) else {
                expected = before;
                continue;
            };
            let edited = edit(&text, std::slice::from_ref(&change)).unwrap();
            let Some(found) = conflict(&edited) else {
                // A variant drops what is gone, or a wish stands before a strong one: the case says so.
                prop_assert!(!matches!(change, Edit::Set { .. }), "{change:?} breaks the case");
                expected = before;
                continue;
            };
            prop_assert_eq!(&found, &expected, "{:?}\n{}", change, edited);
            let (old, new) = (lines(&text), lines(&edited));
            let lost: Vec<(&str, isize)> = old
                .iter()
                .map(|(line, count)| (*line, count - new.get(line).copied().unwrap_or(0)))
                .filter(|(_, lost)| *lost > 0)
                .collect();
            let most = touched(&change);
            prop_assert!(lost.iter().map(|(_, lost)| lost).sum::<isize>() <= most, "{change:?} loses {lost:?}");
            if most <= 1 {
                prop_assert!(!lost.iter().any(|(line, _)| line.starts_with('#')), "{change:?} loses {lost:?}");
            }
            // The lines that stay keep their order, but for those of what was moved.
            if !matches!(change, Edit::Move { .. } | Edit::Insert { at: Some(_), .. }) {
                let stays: Vec<&str> =
                    edited.lines().map(str::trim_end).filter(|line| old.contains_key(line)).collect();
                let mut rest = text.lines().map(str::trim_end);
                prop_assert!(
                    stays.iter().filter(|line| old[**line] == 1 && new[**line] == 1).all(|line| rest.any(|other| other == *line)),
                    "{change:?} changes the order"
                );
            }
            text = edited;
        }
    }
}

/// A heading belongs to its place in the file, a comment right above a table to the table.
#[test]
fn headings_stay_and_comments_go_along() {
    let text = "# top\n\n[case]\ntitle = \"T\"\n\n# ---- rules ----\n\n# of the first\n[[rule]]\nnever = \"a.x\"\n\n# of the second\n[[rule]]\nnever = \"a.y\"\n\n# ---- the end ----\n\n[status_quo]\non = []\n";
    let moved = edit(text, &[Edit::Move { address: "rule".to_owned(), from: 1, to: 0 }]).unwrap();
    let places =
        |text: &str, words: &[&str]| words.iter().map(|word| text.find(word).unwrap()).collect::<Vec<_>>();
    let order =
        ["# top", "rules ----", "# of the second", "a.y", "# of the first", "a.x", "the end", "[status_quo]"];
    assert!(places(&moved, &order).is_sorted(), "{moved}");
    assert_eq!(edit(&moved, &[Edit::Move { address: "rule".to_owned(), from: 0, to: 1 }]).unwrap(), text);
    let gone = edit(text, &[Edit::Remove { address: "rule[0]".to_owned() }]).unwrap();
    assert!(
        !gone.contains("# of the first") && places(&gone, &["rules ----", "# of the second"]).is_sorted()
    );
    let gone = edit(text, &[Edit::Remove { address: "status_quo".to_owned() }]).unwrap();
    assert!(gone.trim_end().ends_with("# ---- the end ----"), "{gone}");
}

#[test]
fn line_ends_and_byte_order_mark_stay_as_they_were() {
    let set = |text: &str, address: &str| {
        let edits = [Edit::Set { address: address.to_owned(), value: serde_json::json!("New") }];
        edit(text, &edits).unwrap()
    };
    let text = "\u{feff}format = 1\r\n[case]\r\ntitle = \"T\"\r\nnote = \"\"\"a\r\nb\"\"\"\r\n# end\r\n";
    assert_eq!(set(text, "case.title"), text.replace("\"T\"", "\"New\""));
    // A new line ends like the others, and what is of both kinds stays of both.
    let added = set(text, "case.author");
    assert!(added.starts_with('\u{feff}') && added.contains("author = \"New\"\r\n"), "{added:?}");
    assert_eq!(added.matches('\n').count(), added.matches("\r\n").count());
    let mixed = "format = 1\n[case]\r\ntitle = \"T\"\nquestion = \"Q\"\r\n";
    assert_eq!(
        set(mixed, "case.title").replace("\"New\"\r\n", "\"New\"\n"),
        mixed.replace("\"T\"", "\"New\"")
    );
    let plain = "format = 1\n[case]\ntitle = \"T\"\n";
    assert_eq!(set(plain, "case.title"), plain.replace("\"T\"", "\"New\""));
}

/// Keys of the second part of the language, with a name in quotes on the way.
#[test]
fn acts_levels_and_dates_are_edited_in_place() {
    let text = r#"# what stays
format = 1
[case]
title = "T"
as_of = 2025-01-01
[actor.a.option.t]
text = "T"        # a level
levels = [10, 30]
[actor.b.option]
x = "X"           # short
[act.p]
text = "P"
parties = ["a", "b"]
# who can end it
ends = "any"
[status_quo]
on = []
levels = { "a.t" = 30 }   # today
[deadline.d]
on = 2026-01-01
then = { off = ["act.p"], levels = { "a.t" = 10 } }
"#;
    let set = |address: &str, value| Edit::Set { address: address.to_owned(), value };
    let edits = [
        set("act.p.ends", json!({ "needs": 2 })),
        set("status_quo.levels.\"a.t\"", json!(10)),
        set("deadline.d.then.levels.\"a.t\"", json!(30)),
        set("actor.b.option.x.begins_if", json!("act.p")),
        Edit::Remove { address: "deadline.d.then.off".to_owned() },
    ];
    let edited = edit(text, &edits).unwrap();
    for line in ["# what stays", "# a level", "# who can end it", "# today", "# short"] {
        assert!(edited.contains(line), "{line}\n{edited}");
    }
    assert!(edited.contains("levels = { \"a.t\" = 10 }   # today"), "{edited}");
    let conflict = conflict(&edited).unwrap();
    let form = conflict.game.option_form().unwrap();
    assert_eq!(form.acts[0].ends.groups.len(), 1);
    assert_eq!(form.options[1].begins_if.len(), 1);
    assert_eq!(conflict.game.status_quo, Some(detente_model::State::default()));
    assert_eq!(conflict.game.deadlines[0].then, [(detente_model::OptionId(0), true)]);
    for wrong in ["act..p", "status_quo.levels.\"\"", "act.p.\"ends\"x"] {
        assert!(edit(text, &[set(wrong, json!(1))]).is_err(), "{wrong}");
    }
}
