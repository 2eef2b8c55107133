//! Reading: the whole format into the model.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use detente_case::read;
use detente_model::{
    Change, Concept, Direction, Expr, OptionId, OutcomeStates, Preference, QuestionKind, RankEntry, RuleKind,
    State,
};

fn conflict(text: &str) -> detente_model::Conflict {
    let read = read("test", text.as_bytes());
    assert!(read.diagnostics.iter().all(|d| !d.is_error()), "{:#?}", read.diagnostics);
    read.conflict.unwrap()
}

fn codes(text: &str) -> Vec<&'static str> {
    read("test", text.as_bytes()).diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn option_form_with_every_part() {
    let c = conflict(
        r#"
format = 1
[case]
title = "T"
as_of = 2023-03-07
limits = ["a", "b"]
[source.s]
title = "S"
date = "2023-02"
[claim.c1]
source = "s"
at = "s2-3"
says = "x"
kind = "hope"
confidence = 1
[actor.b]
name = "B"
[actor.b.option]
go = "Go"
leave = { text = "Leave", moves = "on_only", because = ["c1"], confidence = 0.5 }
[actor.a.option]
stay = { text = "Stay", assumption = true, note = "n" }
[body.u]
name = "U"
members = ["a"]
[[effect]]
when = "b.leave"
body = "u"
leaves = "b"
[[effect]]
when = "late"
tie = ["a", "b"]
becomes = "hostile"
[[effect]]
when = "late"
text = "x"
[define]
late = { that = "early and a.stay", because = ["c1"] }
early = "b.go"
[outcome.good]
on = "late"
[[rule]]
id = "r"
option = "b.leave"
requires = "b.go"
[[rule]]
at_most_one = ["b.go", "not a.stay"]
[status_quo]
on = ["a.stay"]
[[actor.a.weighs]]
that = "late"
weight = -3
[[actor.b.prefers]]
id = "p"
that = "late or b.go"
strength = "strong"
[[actor.b.prefers]]
that = "b.leave <-> b.go"
unknown = true
[[actor.b.cannot]]
from = "b.go"
to = "not b.go"
[question.q]
ask = "?"
kind = "possible"
outcome = "good"
concept = "seq"
from = "status_quo"
[question.t]
ask = "?"
kind = "trust"
strike = { kinds = ["hope"] }
outcome = "late and b.go"
from = ["b.go", "a.stay"]
[variant.v]
title = "V"
add.prefers.b = [{ that = "a.stay", at = 2 }]
drop.prefers.b = ["p"]
drop.rule = ["r"]
unavailable = ["b.leave"]
status_quo = 4
[view.a]
add.weighs.a = [{ that = "b.go", weight = 9 }]
add.rule = [{ never = "b.go and b.leave", assumption = true }]
add.cannot.b = [{ from = "b.leave", to = "true" }]
[observed.2025-08]
on = "2025"
title = "O"
outcome = "late"
"#,
    );
    let form = c.game.option_form().unwrap();
    assert_eq!(c.about.as_of.as_deref(), Some("2023-03-07"));
    assert_eq!(c.game.actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["B", "a"]);
    assert_eq!(form.options[1].direction, Direction::OnOnly);
    assert_eq!(form.options[1].grounds.claims.len(), 1);
    assert!(form.options[2].grounds.assumption);
    // Definitions stand after those they use.
    assert_eq!(form.definitions.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["early", "late"]);
    assert!(matches!(form.rules[0].kind, RuleKind::Requires(OptionId(1), _)));
    assert!(matches!(&form.rules[1].kind, RuleKind::AtMostOne(parts) if parts.len() == 2));
    assert_eq!(form.cannot.len(), 1);
    assert_eq!(c.game.status_quo, Some(State::from_number(4)));
    let Preference::Statements(b) = &c.game.preferences[0] else { panic!() };
    assert!(b[0].strong && b[1].unknown);
    assert!(matches!(&b[0].that, Expr::Or(parts) if parts.len() == 2));
    assert!(matches!(&c.game.preferences[1], Preference::Weights(w) if w[0].weight == -3));
    assert!(matches!(c.situation.effects[0].change, Change::Leaves(..)));
    assert!(matches!(c.situation.effects[1].change, Change::Becomes(..)));
    assert_eq!(c.questions[0].kind, QuestionKind::Possible);
    assert_eq!(c.questions[0].concept, Some(Concept::Seq));
    assert_eq!(c.questions[0].outcome.as_ref(), Some(&c.outcomes[0].states));
    assert_eq!(c.questions[0].outcome_text.as_deref(), Some("good"));
    assert_eq!(c.questions[1].from, Some(State::from_number(5)));
    assert_eq!(c.questions[1].strike.kinds.len(), 1);
    let variant = c.with_variant("v").unwrap().unwrap();
    let Preference::Statements(b) = &variant.game.preferences[0] else { panic!() };
    assert_eq!((b.len(), &b[1].that), (2, &Expr::Option(OptionId(2))));
    assert_eq!(c.views[0].overlay.add_rules.len(), 1);
    assert_eq!(c.observed[0].on, "2025");
}

#[test]
fn graph_form() {
    let c = conflict(
        r#"
format = 1
[case]
title = "T"
[graph]
states = ["s1", "s2", "s3"]
names = { s2 = "The second" }
[actor.x]
ranking = [["s3"], [1, "s2"]]
[[actor.x.move]]
from = "s1"
to = ["s3", "s2"]
[actor.y.ranking]
groups = [["s1"]]
rest = "last"
assumption = true
[status_quo]
state = "s2"
[outcome.o]
on = ["s1", "s3"]
[question.q]
ask = "?"
kind = "certain"
outcome = "o"
from = "s3"
[variant.v]
status_quo = "s1"
"#,
    );
    let graph = c.game.graph_form().unwrap();
    assert_eq!(graph.names, ["s1", "The second", "s3"]);
    assert_eq!(graph.arcs.iter().map(|a| (a.from, a.to)).collect::<Vec<_>>(), [(0, 1), (0, 2)]);
    assert_eq!(c.game.status_quo, Some(State::from_number(2)));
    let Preference::Ranking(x) = &c.game.preferences[0] else { panic!() };
    assert_eq!(x.groups[1][0], RankEntry::State(State::from_number(1)));
    let Preference::Ranking(y) = &c.game.preferences[1] else { panic!() };
    assert!(y.rest_last && y.grounds.assumption);
    let states = OutcomeStates::Listed(vec![State::from_number(1), State::from_number(3)]);
    assert_eq!(c.questions[0].outcome.as_ref(), Some(&states));
    assert_eq!(c.questions[0].from, Some(State::from_number(3)));
}

#[test]
fn all_problems_at_once() {
    let text = r#"
format = 1
[case]
titel = "T"
[actor.a.option]
go = { text = "Go", moves = "onn_only" }
[[actor.a.prefers]]
that = "a.goo and"
because = ["c9"]
[define]
p = "q"
q = "r or p"
r = "a.go"
[question.q]
ask = "?"
kind = "possible"
"#;
    // In file order: unknown key, missing title, word, unknown option, formula, claim, cycle, outcome.
    assert_eq!(
        codes(text),
        ["E0202", "E0201", "E0204", "E0301", "E0401", "E0301", "E0303", "E0514"],
        "{:#?}",
        read("test", text.as_bytes()).diagnostics
    );
    // After a syntax error nothing is said to be missing, and ids may be unknown without fault.
    assert_eq!(codes("format = 1\n[case\ntitle = 3\n[actor.a]\nprefers = [{ that = 'a.x' }]\n"), ["E0110"]);
}

#[test]
fn an_option_that_is_struck_is_off_today() {
    let text = r#"
format = 1
[case]
title = "T"
[actor.a.option]
go = { text = "Go", assumption = true }
[status_quo]
on = ["a.go"]
[variant.v]
strike = { assumptions = true }
[variant.w]
strike = { assumptions = true }
status_quo = []
"#;
    let read = read("test", text.as_bytes());
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    let conflict = read.conflict.unwrap();
    for variant in ["v", "w"] {
        let changed = conflict.with_variant(variant).unwrap().unwrap();
        assert_eq!(changed.game.status_quo, Some(detente_model::State::default()));
    }
}
