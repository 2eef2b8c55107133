//! Files that other programs read: checked to the letter where they are small, and by what they promise where they are
//! large: what lasts and the status quo are always in, ranks count all outcomes, what is left out is said.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;

use common::{findings, findings_with, tex};
use detente_engine::{Engine, Settings};
use detente_model::{Concept, Form, State};
use detente_study::find::findings::Findings;
use detente_study::find::listing::{Choice, Listing, Others};
use detente_study::say::listing;
use detente_study::show::csv::{self, Style};
use detente_study::show::graph::{self, Arrows};
use detente_study::show::{latex, nfg};

/// The prisoners' dilemma, with names that no format likes.
const PRISONERS: &str = r#"format = 1
[case]
title = "A \"case\"\\ of_it, 50 %"
[actor.one]
name = "=One"
[actor.one.option]
cooperate = { text = "Cooperate", assumption = true }
[[actor.one.prefers]]
that = "two.cooperate"
assumption = true
[[actor.one.prefers]]
that = "not one.cooperate"
assumption = true
[actor.two]
name = "Two <&\">"
[actor.two.option]
cooperate = { text = "Cooperate & [more]", assumption = true }
[[actor.two.prefers]]
that = "one.cooperate"
assumption = true
[[actor.two.prefers]]
that = "not two.cooperate"
assumption = true
[status_quo]
on = ["one.cooperate", "two.cooperate"]
[outcome.both]
name = "=both, \"at last\""
on = "one.cooperate and two.cooperate"
"#;

/// `options` options of three actors; the first of each wants its first option on, the rest idle: 2^(options - 3) Nash
/// outcomes, all with the highest numbers that there are.
fn idle(options: usize) -> String {
    let mut text = String::from("format = 1\n[case]\ntitle = \"Idle\"\n");
    for (at, actor) in ["a", "b", "c"].iter().enumerate() {
        let _ = write!(text, "[actor.{actor}]\nname = \"{actor}\"\n[actor.{actor}.option]\n");
        for option in (0..options).filter(|o| o % 3 == at) {
            let _ = writeln!(text, "o{option} = {{ text = \"o{option}\", assumption = true }}");
        }
        for option in (0..options).filter(|o| o % 3 == at) {
            let _ =
                write!(text, "[[actor.{actor}.prefers]]\nthat = \"{actor}.o{option}\"\nassumption = true\n");
        }
    }
    text.push_str("[status_quo]\non = [\"c.o5\"]\n");
    text
}

fn all<'f>(found: &'f Findings, choice: Choice) -> Listing<'f> {
    Listing::of(found, &Concept::DEFAULT, choice).unwrap()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn column<'r>(rows: &'r [Vec<String>], name: &str) -> Vec<&'r str> {
    let at = rows[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("{name}: {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].as_str()).collect()
}

#[test]
fn csv_of_the_prisoners() {
    let found = findings(PRISONERS);
    let listing = Listing::of(&found, &[Concept::Nash], csv::choice(None)).unwrap();
    let text = csv::outcomes(&listing, Style::default());
    let rows = rows(&text);
    assert_eq!(
        rows[0].join(" "),
        "state ordinal pattern outcome note one.cooperate two.cooperate rank.one rank.two nash.one nash.two \
         nash.equilibrium nash.lasts"
    );
    assert_eq!(column(&rows, "pattern"), ["NN", "YN", "NY", "YY"]);
    assert_eq!(column(&rows, "rank.one"), ["3", "4", "1", "2"]);
    assert_eq!(column(&rows, "rank.two"), ["3", "1", "4", "2"]);
    assert_eq!(column(&rows, "nash.one"), ["1", "0", "1", "0"]);
    assert_eq!(column(&rows, "nash.equilibrium"), ["1", "0", "0", "0"]);
    assert_eq!(column(&rows, "note"), ["", "", "", "The status quo."]);
    assert_eq!(column(&rows, "outcome")[3], "'=both, \"at last\"");
}

#[test]
fn what_lasts_and_the_status_quo_are_in_however_few_rows_are_asked_for() {
    let found = findings(&idle(9));
    for most in [1, 2, 8, 100, 511] {
        let listing = all(&found, csv::choice(Some(most)));
        let text = csv::outcomes(&listing, Style::default());
        let rows = rows(&text);
        let states = column(&rows, "state");
        // Each actor has all its options on in the one outcome that lasts.
        assert!(states.contains(&"511"), "{most}: {states:?}");
        assert!(column(&rows, "note").iter().any(|note| note.starts_with("The status quo.")), "{most}");
        assert_eq!(states.len(), most.max(2), "{most}");
        let sentence = column(&rows, "note")[0];
        assert!(sentence.contains("Of 512 possible outcomes"), "{sentence}");
        assert!(sentence.contains("the only one that is stable"), "{sentence}");
        // Ranks and places count all outcomes.
        let last = states.iter().position(|state| *state == "511").unwrap();
        assert_eq!(column(&rows, "ordinal")[last], "512");
        assert_eq!(column(&rows, "rank.a")[last], "1");
        let today = states.iter().position(|state| *state == "128").unwrap();
        assert_eq!(column(&rows, "rank.a")[today], "8", "the worst of the eight levels of three wishes");
    }
    let whole = all(&found, csv::choice(Some(512)));
    assert_eq!((whole.rows.len(), whole.cut.as_ref()), (512, None));
    assert!(listing::notes(&whole).is_empty());
}

/// Two engines, and every bound: the rows, ranks and verdicts that are listed are those of the whole table.
#[test]
fn a_cut_table_is_a_part_of_the_whole_one() {
    for engine in [Engine::Explicit, Engine::Symbolic] {
        let found = findings_with(&idle(10), &Settings { engine, ..Settings::default() });
        let whole = all(&found, csv::choice(None));
        assert_eq!(whole.rows.len(), 1024);
        for others in [Others::Fill, Others::WhenAll, Others::Never] {
            for most in [0, 1, 5, 300] {
                let part = all(&found, Choice { most, bound: 1000, others });
                for (at, row) in part.rows.iter().enumerate() {
                    let place = whole.rows.binary_search_by(|other| other.state.cmp(&row.state)).unwrap();
                    assert_eq!(whole.rows[place], *row);
                    for (a, b) in part.concepts.iter().zip(&whole.concepts) {
                        assert_eq!(
                            (&a.stable[at], a.equilibrium[at]),
                            (&b.stable[place], b.equilibrium[place])
                        );
                    }
                }
                let lasting = (0..whole.rows.len()).filter(|&row| whole.lasts(row)).count();
                let listed = (0..part.rows.len()).filter(|&row| part.lasts(row)).count();
                assert_eq!(listed, lasting, "{engine:?} {others:?} {most}");
                assert!(part.rows.iter().any(|row| row.status_quo));
            }
        }
    }
}

#[test]
fn what_lasts_is_cut_only_as_a_limit_that_is_named() {
    // Nobody wants anything: everything lasts.
    let text = idle(9).replace("that = ", "that = \"true\" # ");
    let found = findings(&text);
    let cut = all(&found, Choice { most: 4, bound: 10, others: Others::Fill });
    assert_eq!(cut.rows.len(), 10);
    assert!(cut.rows.iter().any(|row| row.status_quo));
    let sentence = listing::notes(&cut).join(" ");
    assert!(sentence.contains("10 of 512 under Nash"), "{sentence}");
    let limits = listing::limits(&cut);
    assert_eq!(limits.len(), Concept::DEFAULT.len(), "{limits:?}");
    assert_eq!((limits[0].reached.as_str(), limits[0].limit.as_str()), ("10 of 512", "10 rows"));
    let paper = latex::latex(&cut);
    assert!(paper.contains("10 of 512 under Nash"), "{paper}");
}

#[test]
fn what_could_not_be_computed_is_an_empty_column_with_its_reason() {
    let settings =
        Settings { engine: Engine::Symbolic, concepts: Concept::ALL.to_vec(), ..Settings::default() };
    let found = findings_with(&idle(9), &settings);
    let listing = Listing::of(&found, &Concept::ALL, csv::choice(None)).unwrap();
    let text = csv::outcomes(&listing, Style::default());
    let rows = rows(&text);
    assert!(column(&rows, "sim.a").iter().all(|cell| cell.is_empty()));
    assert!(column(&rows, "sim.equilibrium").iter().all(|cell| cell.is_empty()));
    assert!(column(&rows, "nash.a").iter().all(|cell| !cell.is_empty()));
    let note = column(&rows, "note")[0];
    assert!(note.contains("Simultaneous stability was not computed"), "{note}");
    assert!(note.contains("the explicit engine alone has this concept"), "{note}");
    let paper = latex::latex(&listing);
    assert!(paper.contains("Simultaneous stability was not computed") && paper.contains("? not computed"));
}

#[test]
fn too_many_outcomes_have_no_ranks_and_say_so() {
    let found = findings_with(&idle(24), &Settings { engine: Engine::Symbolic, ..Settings::default() });
    let listing = all(&found, csv::choice(Some(3)));
    let text = csv::outcomes(&listing, Style::default());
    let rows = rows(&text);
    assert!(column(&rows, "state").contains(&"16777215"));
    assert!(column(&rows, "rank.a").iter().all(|cell| cell.is_empty()));
    assert!(column(&rows, "note")[0].contains("too many to order one by one"), "{:?}", rows[1]);
    let paper = latex::latex(&listing);
    assert!(!paper.contains("Rank for") && paper.contains("too many to order"));
    tex::check(&paper);
}

#[test]
fn dot_and_graphml_of_the_prisoners() {
    let found = findings(PRISONERS);
    let mut listing = Listing::of(&found, &[Concept::Nash], graph::choice(graph::DOT_STATES)).unwrap();
    graph::add_moves(&mut listing).unwrap();
    let picture = graph::dot(&listing, Arrows::Improvements).unwrap();
    assert!(picture.contains("label=\"A \\\"case\\\"\\\\ of_it, 50 %\\n"), "{picture}");
    assert!(
        picture.contains("s0 [label=\"0\\n") && picture.contains("\", shape=doublecircle];"),
        "{picture}"
    );
    assert!(picture.contains("\\\"at last\\\"\", style=bold];"), "{picture}");
    assert_eq!(picture.matches(" -> ").count(), 4);
    assert!(picture.contains("s3 -> s2 [label=\"one\", color=\"#12493C\""), "{picture}");
    assert_eq!(graph::dot(&listing, Arrows::All).unwrap().matches(" -> ").count(), 8);
    let xml = graph::graphml(&listing).unwrap();
    assert_eq!(xml.matches("<edge ").count(), 8);
    assert_eq!(xml.matches("<data key=\"i\">true</data>").count(), 4);
    assert!(xml.contains("<graph id=\"A &quot;case&quot;\\ of_it, 50 %\" edgedefault"), "{xml}");
    assert!(xml.contains("<data key=\"p\">YY</data>"), "{xml}");
}

#[test]
fn graphs_have_bounds_that_they_name_and_what_lasts_can_be_had() {
    let found = findings(&idle(12));
    let choice = graph::choice(graph::DOT_STATES);
    let cut = all(&found, choice);
    assert!(cut.cut.is_some());
    let error = graph::too_many(&cut, "a DOT picture", graph::DOT_STATES).to_string();
    assert_eq!(
        error,
        "a DOT picture has at most 500 outcomes, and the case has 4,096; `--only lasting` has the status quo and what lasts"
    );
    let mut lasting = all(&found, Choice { others: Others::Never, ..choice });
    graph::add_moves(&mut lasting).unwrap();
    let picture = graph::dot(&lasting, Arrows::Improvements).unwrap();
    assert!(picture.contains("s1 [label=\"4095\\n"), "{picture}");
    assert!(picture.contains("Of 4,096 possible outcomes 2 are listed"), "{picture}");
    assert!(picture.contains("outcomes that are not shown are left out"), "{picture}");
    assert!(nfg::nfg(&cut).is_err());
    let mut many = all(&found, graph::choice(graph::GRAPHML_STATES));
    assert_eq!(many.rows.len(), 4096);
    assert_eq!(many.add_moves(1000).unwrap_err().0, 1000);
}

#[test]
fn moves_keep_to_directions_and_to_what_is_taken_away() {
    let text = PRISONERS
        .replacen("{ text = \"Cooperate\",", "{ text = \"Cooperate\", moves = \"on_only\",", 1)
        .replacen("{ text = \"Cooperate & [more]\",", "{ text = \"Cooperate & [more]\", moves = \"off_only\",", 1)
        .replace(
            "name = \"Two <&\\\">\"\n",
            "name = \"Two\"\ncannot = [{ from = \"one.cooperate\", to = \"not two.cooperate\", assumption = true }]\n",
        );
    assert!(text.contains("cannot"));
    let found = findings(&text);
    let mut listing = all(&found, graph::choice(10));
    graph::add_moves(&mut listing).unwrap();
    let moves: Vec<(usize, usize, usize)> = listing.moves.iter().map(|m| (m.mover, m.from, m.to)).collect();
    assert_eq!(moves, [(0, 0, 1), (0, 2, 3), (1, 2, 0)]);
}

/// What several do together, what one may end alone, and what has conditions stands in the graphs: every move between
/// the possible outcomes, mover by mover, as the definition has it.
#[test]
fn graphs_have_the_moves_of_every_mover() {
    for name in ["south-caucasus-2023", "nile-dam", "port-talbot-2024"] {
        let found = findings(&common::catalogue(name));
        let mut listing = all(&found, graph::choice(usize::MAX));
        if listing.cut.is_some() || listing.rows.len() > 2_000 {
            continue;
        }
        graph::add_moves(&mut listing).unwrap();
        let game = &found.conflict.game;
        let form = game.option_form().unwrap();
        let movers = game.movers();
        let mut expected = Vec::new();
        for (at, mover) in movers.iter().enumerate() {
            for (from, row) in listing.rows.iter().enumerate() {
                let mut feasible = |state: &State| form.broken_rule(state).is_none();
                for end in game.moves_of(mover, &row.state, &mut feasible, u64::MAX).unwrap() {
                    let to = listing.rows.iter().position(|row| row.state == end).unwrap();
                    expected.push((at, from, to));
                }
            }
        }
        expected.sort_unstable();
        let moves: Vec<_> = listing.moves.iter().map(|m| (m.mover, m.from, m.to)).collect();
        assert_eq!(moves, expected, "{name}");
        if name == "south-caucasus-2023" {
            assert!(moves.iter().any(|(mover, ..)| *mover >= game.actors.len()));
            let picture = graph::dot(&listing, Arrows::Improvements).unwrap();
            assert!(
                picture.contains("az + am: peace") && picture.contains("black: what several do together")
            );
            let xml = graph::graphml(&listing).unwrap();
            assert!(xml.contains("act.peace:begin:az+am") && xml.contains("nash.lasts"), "{xml}");
            let paper = latex::latex(&listing);
            assert!(paper.contains("\\texttt{act.\\allowbreak{}peace:begin:az+am}"), "{paper}");
            tex::check(&paper);
        }
    }
}

/// A case in graph form from the catalogue.
#[test]
fn graph_form_has_names_and_arcs() {
    let found = findings(&common::catalogue("elmira-nine-states"));
    let mut listing = all(&found, csv::choice(None));
    graph::add_moves(&mut listing).unwrap();
    assert_eq!(listing.moves.len(), found.conflict.game.graph_form().unwrap().arcs.len());
    let order = |actor: usize| detente_engine::Order::new(&found.conflict.game, actor.into()).unwrap();
    for step in &listing.moves {
        let [from, to] = [step.from, step.to].map(|at| &listing.rows[at].state);
        assert_eq!(step.improves, order(step.mover).compare(to, from).is_better());
    }
    let text = csv::outcomes(&listing, Style::default());
    let rows = rows(&text);
    assert_eq!(column(&rows, "state")[0], "1");
    assert!(column(&rows, "pattern").iter().all(|cell| cell.is_empty()));
    tex::check(&latex::latex(&listing));
    assert!(nfg::nfg(&listing).unwrap_err().to_string().contains("graph form"));
}

#[test]
fn latex_of_the_prisoners() {
    let found = findings(PRISONERS);
    let listing = Listing::of(&found, &[Concept::Nash], latex::choice(None)).unwrap();
    let text = latex::latex(&listing);
    assert!(
        text.contains(
            "Two \\textless{}\\&\\symbol{34}\\textgreater{} & \\texttt{two.\\allowbreak{}cooperate}"
        ),
        "{text}"
    );
    assert!(text.contains("Cooperate \\& {[}more{]}"), "{text}");
    assert!(text.contains("Outcome & 0 & 1 & 2 & 3$^{*}$ \\\\"), "{text}");
    assert!(text.contains("Nash, \\texttt{one} & s & u & s & u \\\\"), "{text}");
    assert!(text.contains("\\textbf{Nash, all} & \\textbf{E} & -- & -- & -- \\\\"), "{text}");
    assert!(text.contains("\\label{tab:a-case-of-it-50-verdicts-1}"), "{text}");
    tex::check(&text);
    tex::compile(&text);
}

/// Names of many scripts, and everything that TeX takes for a command.
#[test]
fn latex_compiles_whatever_the_names_are() {
    let nasty = [
        "Министерство “Ё” №5",
        "Հայաստան։",
        "وزارة الخارجية",
        "中华人民共和国",
        "Ελλάδα — ΔΕΗ",
        "a\\b_c%d&e#f$g^h~i{j}k\"l'm`n<o>p|q[r]*s--t",
        "[x] first",
        "* star",
        "\\end{longtable}\\input{/etc/passwd}",
        "Ｆｕｌｌ ｗｉｄｔｈ 🕊 ﷽ \u{200f}\u{202e}x\u{202c}",
        "Ąłęþŋđ«»„ß…ﬁ",
        "%",
        "e\u{301}\u{327} \u{e000}\u{10ffff}",
    ];
    for name in nasty {
        // Put in behind the reader, which refuses some of these letters: a case can come from elsewhere.
        let mut found = findings(PRISONERS);
        let Form::Options(form) = &mut found.conflict.game.form else { panic!("option form") };
        name.clone_into(&mut form.options[1].text);
        name.clone_into(&mut found.conflict.game.actors[0].name);
        name.clone_into(&mut found.conflict.about.title);
        name.clone_into(&mut found.conflict.outcomes[0].name);
        let paper = latex::latex(&all(&found, latex::choice(None)));
        tex::check(&paper);
        tex::compile(&paper);
        let exported = nfg::nfg(&all(&found, nfg::choice())).unwrap();
        common::gambit::read(&exported.text);
    }
}

#[test]
fn strategic_form_of_the_prisoners() {
    let found = findings(PRISONERS);
    let exported = nfg::nfg(&all(&found, nfg::choice())).unwrap();
    let expected = "NFG 1 R \"A 'case'/ of_it, 50 %\" { \"=One\" \"Two <&'>\" }\n\n\
                    { { \"nothing\" \"cooperate\" }\n{ \"nothing\" \"cooperate\" }\n}\n\
                    \"Payoffs are ordinal: places in each actor's order, 1 is worst.\"\n\n\
                    2 2\n1 4\n4 1\n3 3\n";
    assert_eq!(exported.text, expected);
}

#[test]
fn strategic_form_says_which_combination_is_missing() {
    let rule = "[[rule]]\nnever = \"one.cooperate and two.cooperate\"\nassumption = true\n";
    let text = PRISONERS.replace("on = [\"one.cooperate\", \"two.cooperate\"]", "on = []") + rule;
    let found = findings(&text);
    let error = nfg::nfg(&all(&found, nfg::choice())).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a strategic form needs every combination of strategies, and the rules forbid one: cooperate; two: cooperate"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, ..Default::default() })]

    /// Whatever actors are called, Gambit reads its labels and LaTeX its tables.
    #[test]
    fn any_name_is_readable(one in "\\PC{0,12}", two in "[\"\\\\ a-cЖ\u{a0}]{0,8}", title in "\\PC{1,20}") {
        let mut found = findings(PRISONERS);
        found.conflict.game.actors[0].name = one;
        found.conflict.game.actors[1].name = two;
        found.conflict.about.title = title;
        let exported = nfg::nfg(&all(&found, nfg::choice())).unwrap();
        common::gambit::read(&exported.text);
        tex::check(&latex::latex(&all(&found, latex::choice(None))));
    }

    /// The same name for all actors: their labels differ all the same.
    #[test]
    fn names_become_distinct(name in "\\PC{0,6}") {
        let mut found = findings(PRISONERS);
        for actor in &mut found.conflict.game.actors {
            actor.name.clone_from(&name);
        }
        let exported = nfg::nfg(&all(&found, nfg::choice())).unwrap();
        let players = common::gambit::read(&exported.text);
        proptest::prop_assert_eq!(players.iter().collect::<BTreeSet<_>>().len(), players.len());
    }
}
