//! Answers in words, on small cases that once were answered wrongly.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use detente_engine::trust::{TrustSettings, trust};
use detente_engine::{Quiet, Settings};
use detente_model::{Concept, Conflict, OutcomeStates, State, Strike};
use detente_study::find::findings::Findings;
use detente_study::find::headline::{Hangs, Headline};
use detente_study::say::answers::{self, Reply};
use detente_study::say::{headline, names, rank, refer};
use detente_study::wire::{Answer, Preferred};
use detente_study::{Refusal, find, say};

fn conflict(text: &str) -> Conflict {
    let text = format!("format = 1\n[case]\ntitle = \"Said\"\n{text}");
    let read = detente_case::read("case.toml", text.as_bytes());
    let errors: Vec<_> = read.diagnostics.iter().filter(|d| d.is_error()).collect();
    read.conflict.unwrap_or_else(|| panic!("{errors:?}\n{text}"))
}

fn solved(text: &str) -> Findings {
    let conflict = conflict(text);
    let mut concepts = Concept::DEFAULT.to_vec();
    concepts.extend(answers::concepts(&conflict.questions));
    concepts.sort_unstable();
    concepts.dedup();
    let settings = Settings { concepts, ..Settings::default() };
    let solution = detente_engine::solve(&conflict.game, &settings, &Quiet).unwrap();
    Findings::new(conflict, solution, std::sync::Arc::new(Quiet))
}

fn replies(found: &Findings) -> Vec<Reply> {
    found.conflict.questions.iter().map(|question| answers::answer(found, question, 64)).collect()
}

fn asked(text: &str) -> Vec<Reply> {
    replies(&solved(text))
}

const GRAMMAR: &str = "\
[actor.a]\noption.x.text = \"Go\"\nprefers = [{ that = \"a.x\" }]\n\
[actor.b]\noption.y.text = \"Stay\"\nprefers = [{ that = \"b.y\" }]\n\
[status_quo]\non = [\"b.y\"]\n\
[define]\nboth = { that = \"a.x and b.y\" }\n\
[outcome.gone]\nname = \"Gone\"\non = \"a.x and not b.y\"\n\
[observed.seen]\non = 2024-01-02\ntitle = \"Seen\"\noutcome = \"a.x\"\n";

#[test]
fn one_grammar_wherever_an_outcome_is_typed() {
    let found = solved(GRAMMAR);
    let conflict = &found.conflict;
    let states = |text: &str| -> Vec<String> {
        let set = refer::set(conflict, text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        found.feasible().among(&set).first(9).iter().map(State::to_string).collect()
    };
    for (text, expected) in [
        ("both", vec!["3"]),
        ("gone", vec!["1"]),
        ("seen", vec!["1", "3"]),
        ("a.x", vec!["1", "3"]),
        ("sq", vec!["2"]),
        ("2", vec!["2"]),
        ("NY", vec!["2"]),
        ("Y-", vec!["1", "3"]),
        ("on:a.x,b.y", vec!["3"]),
        ("not both", vec!["0", "1", "2"]),
        ("not gone", vec!["0", "2", "3"]),
        ("not a.x", vec!["0", "2"]),
        ("not sq", vec!["0", "1", "3"]),
        ("not not both", vec!["3"]),
        (" not  on:a.x,b.y ", vec!["0", "1", "2"]),
    ] {
        assert_eq!(states(text), expected, "{text}");
        // Where one outcome is needed the same words are understood, or it is said that several fit.
        let one = refer::one(conflict, &*found.feasible(), text);
        match one {
            Ok(state) => assert_eq!(vec![state.to_string()], expected, "{text}"),
            Err(Refusal::Usage(why, _)) => {
                assert!(expected.len() > 1 && why.contains("but one is needed"), "{text}: {why}");
            }
            Err(other) => panic!("{text}: {other:?}"),
        }
    }
    // A number is a formula, too: it can be wished for.
    assert!(matches!(refer::set(conflict, "2"), Ok(OutcomeStates::Formula(_))));
    let refused = |text: &str| match refer::set(conflict, text) {
        Err(Refusal::Usage(why, hint)) => format!("{why}. {}", hint.unwrap_or_default()),
        other => panic!("{text}: {other:?}"),
    };
    assert!(refused("bth").contains("did you mean `both`?"));
    assert!(refused("x").contains("`a.x`"), "{}", refused("x"));
    assert!(refused("16").contains("the largest state number is 2^2 − 1"));
    assert!(refused("#2").contains("differ from model to model"));
    assert!(refused("YYY").contains("has 3 places, but the case has 2 options"));
}

#[test]
fn every_outcome_has_a_name_that_can_be_said() {
    let conflict = conflict(
        "[actor.a]\nname = \"Ann\"\noption.sign.text = \"Sign\"\noption.go.text = \"Go\"\n\
         prefers = [{ that = \"a.sign\" }]\n\
         [actor.b]\nname = \"Bob\"\noption.sign.text = \"Sign\"\noption.stay.text = \"Stay\"\n\
         prefers = [{ that = \"b.sign\" }]\n[status_quo]\non = [\"b.stay\"]\n",
    );
    let name = |number: u64| names::outcome(&conflict, &State::from_number(number));
    assert_eq!(name(8), "The status quo");
    assert_eq!(name(0), "Nothing is done");
    assert_eq!(name(10), "Go");
    assert_eq!(name(13), "Sign (Ann and Bob)");
    assert_eq!(name(9), "Sign (Ann)");
    assert_eq!(name(2), "Go, no longer stay");
    let all: Vec<State> = (0..16).map(State::from_number).collect();
    let mut briefly = names::briefly(&conflict, &all);
    assert!(briefly.iter().all(|name| !name.contains("Outcome")), "{briefly:?}");
    briefly.sort();
    briefly.dedup();
    assert_eq!(briefly.len(), 16, "each is another one");
}

#[test]
fn actors_and_outcomes_of_one_name_are_told_apart() {
    let found = solved(
        "[actor.a]\nname = \"Delegation\"\noption.x.text = \"Leave\"\nprefers = [{ that = \"a.x and not b.x\" }]\n\
         [actor.b]\nname = \"Delegation\"\noption.x.text = \"Leave\"\nprefers = [{ that = \"b.x\" }]\n\
         [outcome.o1]\nname = \"Deal\"\non = \"b.x\"\n[outcome.o2]\nname = \"Deal\"\non = \"not b.x\"\n\
         [status_quo]\non = []\n",
    );
    let conflict = &found.conflict;
    assert_eq!(
        names::actors(conflict, &[0_usize.into(), 1_usize.into()]),
        "Delegation (a) and Delegation (b)"
    );
    assert_eq!(names::outcome(conflict, &State::from_number(2)), "Deal (o1)");
    assert_eq!(names::outcome(conflict, &State::from_number(0)), "Deal (o2)");
    let lasting = [State::from_number(2), State::from_number(3)];
    assert_eq!(
        names::briefly(conflict, &lasting),
        ["Deal (o1) (without ‘Leave’ of Delegation (a))", "Deal (o1) (with ‘Leave’ of Delegation (a))"]
    );
}

const TRUST: &str = "\
[source.s]\ntitle = \"Report\"\nauthor = \"R\"\n\
[claim.c1]\nsource = \"s\"\nsays = \"Ann wants payment.\"\nkind = \"hope\"\n\
[claim.c2]\nsource = \"s\"\nsays = \"Bob wants peace.\"\nkind = \"fact\"\n\
[actor.a]\nname = \"Ann\"\noption.x = { text = \"Strike\", because = [\"c1\"] }\n\
prefers = [{ that = \"not a.x\", because = [\"c2\"] }]\n\
[actor.b]\nname = \"Bob\"\noption.y = \"Pay\"\n\
prefers = [{ that = \"b.y\", because = [\"c2\"] }, { that = \"a.x\", because = [\"c1\"] }]\n\
[outcome.peace]\nname = \"Peace\"\non = \"b.y and not a.x\"\n[outcome.war]\nname = \"War\"\non = \"a.x\"\n\
[status_quo]\non = []\n\
[question.hopes]\nask = \"Does it hang on the hopes?\"\nkind = \"trust\"\nstrike = { kinds = [\"hope\"] }\noutcome = \"peace\"\n\
[question.facts]\nask = \"Would it fall without the facts?\"\nkind = \"trust\"\nstrike = { kinds = [\"fact\"] }\noutcome = \"peace\"\n\
[question.war]\nask = \"Does the no hang on the facts?\"\nkind = \"trust\"\nstrike = { kinds = [\"fact\"] }\noutcome = \"war\"\n";

#[test]
fn what_hangs_on_evidence_is_said_to_stay_or_fall_never_yes_or_no() {
    let all = asked(TRUST);
    let leads: Vec<&str> = all.iter().map(|reply| reply.lead).collect();
    assert_eq!(leads, ["The answer stands", "The answer holds without support", "The answer falls"]);
    assert!(
        all[0]
            .text
            .starts_with("Without any hope, what is asked about still lasts: 2 outcomes are then possible"),
        "{}",
        all[0].text
    );
    assert!(
        all[2].text.contains("an outcome in which Ann will strike lasts, as none does on all evidence"),
        "{}",
        all[2].text
    );
}

/// The rules let neither sign before the other.
#[test]
fn what_only_acting_at_the_same_time_would_bring_is_not_denied() {
    let all = asked(
        "[actor.a]\nname = \"Ann\"\noption.sign.text = \"Sign\"\nprefers = [{ that = \"a.sign and b.sign\" }]\n\
         [actor.b]\nname = \"Bob\"\noption.sign.text = \"Sign\"\nprefers = [{ that = \"a.sign and b.sign\" }]\n\
         [[rule]]\nalways = \"a.sign iff b.sign\"\n[status_quo]\non = []\n\
         [question.who]\nask = \"Who can bring it about?\"\nkind = \"movers\"\n",
    );
    assert!(
        all[0].text.ends_with(
            "By acting at the same time, for the rules leave no step between, Ann and Bob could go to “Sign (Ann and Bob)”."
        ),
        "{}",
        all[0].text
    );
    assert!(all[0].text.contains("one step after the other"), "{}", all[0].text);
}

const DILEMMA: &str = "\
[actor.a]\nname = \"Ann\"\noption.arm.text = \"Arm\"\n\
prefers = [{ that = \"not b.arm\" }, { that = \"a.arm\" }]\n\
[actor.b]\nname = \"Bob\"\noption.arm.text = \"Arm\"\n\
prefers = [{ that = \"not a.arm\" }, { that = \"b.arm\" }]\n\
[outcome.peace]\nname = \"Peace\"\non = \"not a.arm and not b.arm\"\n[status_quo]\non = [\"a.arm\", \"b.arm\"]\n\
[question.peace]\nask = \"Can peace last?\"\nkind = \"possible\"\noutcome = \"peace\"\n";

#[test]
fn the_headline_says_no_and_for_whom_it_is_yes() {
    let found = solved(DILEMMA);
    let all = replies(&found);
    assert_eq!(all[0].answer, Answer::No);
    assert!(all[0].text.contains("With foresight, yes"), "{}", all[0].text);
    assert_eq!(all[0].reason, "Ann and Bob would leave the one outcome that has it.");
    let first = Headline::of(&found);
    let decided = first.decided.as_ref().unwrap();
    assert!(!decided.yes && matches!(decided.hangs, Hangs::Left(..)));
    let said = headline::said(&found, &first, &all);
    assert_eq!(
        said.words(),
        "No. It does not hold in the one outcome that lasts: “The status quo”. With foresight, yes: when everyone reckons with the answers of \
         the others, it holds under GMR, SMR, SEQ and SSEQ, as in “Peace”. Ann and Bob would leave the one outcome that has \
         it."
    );
    assert_eq!(said.lasts, "1 of 4 possible outcomes lasts: “The status quo”.");
}

#[test]
fn the_headline_says_what_a_yes_hangs_on() {
    let text = TRUST.replace("kind = \"trust\"\nstrike = { kinds = [\"hope\"] }", "kind = \"possible\"");
    let found = solved(&text);
    let said = headline::said(&found, &Headline::of(&found), &replies(&found));
    assert!(
        said.words().starts_with("Yes. It holds in the one outcome that lasts: “Peace”."),
        "{}",
        said.words()
    );
    assert!(said.hangs.contains("c2"), "{}", said.hangs);
    // Of a case that asks nothing, the first line says what lasts.
    let found = solved(DILEMMA.split("[question").next().unwrap());
    let said = headline::said(&found, &Headline::of(&found), &[]);
    assert_eq!((said.lead.as_str(), said.text.as_str()), ("", said.lasts.as_str()));
}

/// Moves taken away, and a concept that is not solved side by side: counted one model after the other.
#[test]
fn shares_of_small_cases_are_answered_under_every_concept() {
    let case = |more: &str| {
        format!(
            "[actor.a]\noption.x.text = \"X\"\nprefers = [{{ that = \"not a.x\", confidence = 0.3 }}]\n\
             [actor.b]\noption.y.text = \"Y\"\nprefers = [{{ that = \"b.y\" }}]\n[status_quo]\non = []\n\
             [question.q]\nask = \"?\"\nkind = \"share\"\noutcome = \"a.x\"\n{more}"
        )
    };
    let cannot = "[[actor.b.cannot]]\nfrom = \"a.x\"\nto = \"b.y\"\n";
    for more in ["", "concept = \"sim\"\n", cannot] {
        let reply = &asked(&case(more))[0];
        assert_eq!(
            (reply.answer, reply.brief.as_str()),
            (Answer::Partly, "In 70.0 % of models"),
            "{more}: {}",
            reply.text
        );
        assert!(reply.limits.is_empty());
    }
}

/// A name in the plural takes verbs in the plural; what is no act is chosen.
#[test]
fn names_and_nouns_read_as_english() {
    let found = solved(
        "[actor.f]\nname = \"The farmers\"\noption.x.text = \"Air strike\"\noption.z.text = \"March\"\n\
         prefers = [{ that = \"f.x\" }, { that = \"u.y\" }]\n\
         [actor.u]\nname = \"The union\"\noption.y.text = \"Pay\"\nprefers = [{ that = \"not f.z and f.x\" }]\n\
         [status_quo]\non = []\n",
    );
    let conflict = &found.conflict;
    let why = |state: u64, actor: usize| {
        let state = State::from_number(state);
        let certificate = detente_engine::certificate::build(
            &conflict.game,
            detente_model::Sequences::Legal,
            Concept::Nash,
            actor.into(),
            &state,
            &detente_engine::Bounds::default(),
            &Quiet,
        )
        .unwrap();
        detente_study::say::reason::text(conflict, &certificate)
    };
    assert_eq!(
        why(0, 0),
        "The farmers would leave: they have 2 moves that they prefer, of which this is the best. The farmers would \
         rather choose “Air strike”: that is their first concern."
    );
    assert_eq!(
        why(1, 0),
        "The farmers stay: they would still prefer the union to pay, which they cannot bring about alone."
    );
    assert_eq!(
        why(0, 1),
        "The union stays: it would still prefer the farmers not to march and the farmers to choose “Air strike”, which \
         it cannot bring about alone."
    );
    assert_eq!(names::outcome(conflict, &State::from_number(3)), "Air strike, march");
}

/// What was not followed is said as that, and not as runs without an end.
#[test]
fn runs_that_were_not_followed_are_told_so() {
    use detente_engine::evolution::{EvolveSettings, evolve};
    use detente_study::say::onwards;
    let conflict = conflict(
        "[actor.a]\noption.x.text = \"X\"\nprefers = [{ that = \"a.x\" }]\n\
         [actor.b]\noption.y.text = \"Y\"\nprefers = [{ that = \"b.y\" }]\n[status_quo]\non = []\n",
    );
    let told = |limit: usize| {
        let settings = EvolveSettings { limit, ..EvolveSettings::default() };
        let found = evolve(&conflict.game, &State::default(), &settings, &Quiet).unwrap();
        (
            onwards::notes(&conflict, &found),
            found.absorbing.iter().map(|end| onwards::likely(&found, end)).collect::<Vec<_>>(),
        )
    };
    let equal = "When each actor is as likely as the next to move. Not a forecast.";
    let (notes, ends) = told(100);
    assert_eq!(notes, [equal]);
    assert_eq!(ends, ["100 % of runs end here, after 2.0 moves on average"]);
    let (notes, ends) = told(1);
    assert_eq!(notes, ["100 % of runs were not followed to their end.", equal]);
    assert!(ends.is_empty(), "{ends:?}");
}

/// All of an outcome is asked about, also what an earlier name covers.
#[test]
fn a_state_counts_in_questions_for_every_name_that_fits() {
    let all = asked(
        "[actor.a]\noption.x.text = \"X\"\nprefers = [{ that = \"a.x\" }]\n\
         [actor.b]\noption.y.text = \"Y\"\nprefers = [{ that = \"b.y\" }]\n[status_quo]\non = []\n\
         [outcome.xx]\nname = \"A does X\"\non = \"a.x\"\n[outcome.yy]\nname = \"B does Y\"\non = \"b.y\"\n\
         [question.q]\nask = \"?\"\nkind = \"certain\"\noutcome = \"yy\"\n",
    );
    assert_eq!(all[0].words(), "Yes. It holds in the one outcome that lasts: “A does X”.");
}

#[test]
fn a_comparison_says_what_no_verdict_uses() {
    let conflict = conflict(
        "[actor.a]\noption.x.text = \"X\"\noption.y.text = \"Y\"\noption.z.text = \"Z\"\n\
         prefers = [{ that = \"a.x\", strength = \"strong\" }, { that = \"a.y\", unknown = true }, { that = \"a.z\" }]\n\
         [status_quo]\non = []\n",
    );
    let text = |s, t| {
        let [s, t] = [s, t].map(State::from_number);
        let between = rank::between(&conflict, 0.into(), &s, &t);
        rank::between_json(&conflict, 0.into(), &between).between.unwrap()
    };
    let (strong, unknown, plain) = (text(0b001, 0b000), text(0b000, 0b010), text(0b100, 0b000));
    assert!(
        strong.text.ends_with("The case calls this a strong preference; verdicts do not use that."),
        "{strong:?}"
    );
    assert!(
        unknown.text.ends_with("Which way this wish goes is not known: verdicts take it as it is written."),
        "{unknown:?}"
    );
    assert_eq!(unknown.preferred, Some(Preferred::Second));
    assert!(!plain.text.contains("strong") && !plain.text.contains("known"), "{plain:?}");
}

#[test]
fn what_falls_alone_is_found_once_and_said_everywhere() {
    let conflict = conflict(
        "[actor.a]\noption.x.text = \"X\"\nprefers = [{ that = \"a.x\", because = [\"c1\"] }]\n\
         cannot = [{ from = \"not a.x\", to = \"a.x\", because = [\"c2\"] }]\n\
         [status_quo]\non = []\n[source.s]\ntitle = \"S\"\nauthor = \"N. N.\"\n\
         [claim.c1]\nsource = \"s\"\nsays = \"One\"\n[claim.c2]\nsource = \"s\"\nsays = \"Two\"\n\
         [question.q]\nask = \"Does it last?\"\nkind = \"possible\"\noutcome = \"not a.x\"\n",
    );
    let found = trust(&conflict, &TrustSettings::default(), &Quiet).unwrap();
    let claims = |strikes: &[&Strike]| strikes.iter().flat_map(|s| s.claims.clone()).collect::<Vec<_>>();
    let alone = find::trust::alone(&conflict, &found, 0, |strike| !strike.claims.is_empty());
    assert_eq!((alone.tried, alone.of, alone.missing()), (2, 2, 0));
    // Without the second claim the move is there again, and what it kept falls.
    assert_eq!(claims(&alone.overturned), ["c2"]);
    let run = found.runs.iter().find(|run| run.struck.claims == ["c2"]).unwrap();
    assert_eq!(run.after.as_ref().unwrap().cannot, [0]);
    let summary = say::trust::summary(&conflict, &found).join(" ");
    assert!(summary.contains("The answer falls without claim c2 (N. N.) alone."), "{summary}");
    let one = say::trust::alone(&conflict, &found, 0);
    assert!(one.contains("The answer (yes) falls without claim c2 (N. N.) alone."), "{one}");
}

#[test]
fn levels_are_told_as_levels_wherever_sets_are_told() {
    let text = "[actor.a]\noption.rate = { text = \"Rate\", levels = [10, 20, 30], unit = \"%\" }\n\
                [actor.b]\noption.stop = { text = \"Stop\", levels = [\"none\", \"some\", \"all\"] }\noption.go.text = \"Go\"\n\
                [act.pact]\ntext = \"Pact\"\nparties = [\"a\", \"b\"]\n\
                [[rule]]\nnever = \"a.rate > 20\"\n[[rule]]\nalways = \"b.stop > 'none'\"\n[status_quo]\n\
                levels = { \"b.stop\" = \"some\" }\n";
    let found = solved(text);
    let set = found.lasting(Concept::Nash).unwrap();
    let items = say::structure::items(&found, &*set, 1, false);
    let all: Vec<String> = items
        .iter()
        .flat_map(|item| std::iter::once(item).chain(&item.below))
        .map(|item| item.text.words())
        .collect();
    let all = all.join("\n");
    for words in [
        "In all of them (1): b: Stop above ‘none’.",
        "In none of them (1): a: Rate above 20 %.",
        "Rate above 10 %",
        "Pact",
    ] {
        assert!(all.contains(words), "{words}\n{all}");
    }
    let info = say::structure::info(&found.conflict, &*set, 64, 1, &[]).unwrap();
    assert!(info.free.contains(&"a.rate > 10".to_owned()), "{:?}", info.free);
    assert!(info.free.contains(&"b.stop > \"some\"".to_owned()), "{:?}", info.free);
    // Where another version has other options and levels, an outcome is the one with the same levels.
    let other = text
        .replace("[actor.a]\n", "[actor.a]\noption.first.text = \"First\"\n")
        .replace("[10, 20, 30]", "[5, 10, 20, 30]")
        .replace("[[rule]]\nalways", "[[rule]]\nnever = \"a.first or a.rate = 5\"\n[[rule]]\nalways");
    let other = other.replace("levels = { \"b.stop\"", "levels = { \"a.rate\" = 10, \"b.stop\"");
    let other = solved(&other);
    for (old, new) in [(&found, &other), (&other, &found)] {
        let shifts = find::difference::shifts(old, new, &[Concept::Nash], detente_model::Sequences::Legal);
        let moved = |list: &Option<Vec<_>>| list.as_ref().map(Vec::len);
        assert_eq!((moved(&shifts[0].gained), moved(&shifts[0].lost)), (Some(0), Some(0)));
        assert_eq!(shifts[0].counts.0, shifts[0].counts.1);
    }
}

#[test]
fn a_wish_over_levels_is_one_wish_and_told_as_written() {
    for (wish, words) in [
        ("least", "as little of “Rate” as possible"),
        ("most", "as much of “Rate” as possible"),
        ("nearest", "“Rate” as near to 20 % as possible"),
    ] {
        let value = if wish == "nearest" { "{ to = 20, of = \"a.rate\" }" } else { "\"a.rate\"" };
        let found = solved(&format!(
            "[actor.a]\noption.rate = {{ text = \"Rate\", levels = [10, 20, 30], unit = \"%\" }}\n\
             prefers = [{{ {wish} = {value}, confidence = 0.5 }}]\n[status_quo]\non = []\n\
             [question.q]\nask = \"Is it high?\"\nkind = \"possible\"\noutcome = \"a.rate = 30\"\n"
        ));
        let headline = Headline::of(&found).checked(&found);
        let told = headline::said(&found, &headline, &replies(&found));
        let one = say::sample::inputs(&detente_engine::ensemble::Ensemble::new(&found.conflict));
        assert!(one.iter().any(|input| input.text.contains(words)), "{wish}: {one:?}");
        // What has a contrary turns the answer when it is turned round; the nearest is taken away, and then all lasts.
        assert!(told.checks().contains(words), "{wish}: {told:?}");
    }
}

/// By hand: both want the deal but Bob, to whom it is the same; what Cleo could do against it, she would not give up; a
/// wish over levels is one thing, and nobody turns "only if you do" round.
#[test]
fn deeds_come_before_changes_of_mind() {
    let found = solved(
        "[actor.a]\nname = \"Ann\"\noption.x.text = \"Pay\"\nprefers = [{ that = \"act.deal\" }, { that = \"not a.x\" }]\n\
         [actor.b]\nname = \"Bob\"\noption.y.text = \"Watch\"\nprefers = [{ that = \"not b.y\" }]\n\
         [act.deal]\ntext = \"Deal\"\nparties = [\"a\", \"b\"]\nends = \"all\"\n\
         [status_quo]\non = []\n\
         [question.q]\nask = \"What would it take?\"\nkind = \"price\"\noutcome = \"act.deal\"\n",
    );
    let reply = &replies(&found)[0];
    assert_eq!(reply.brief, "One deed makes it all that lasts");
    let text = &reply.text;
    assert!(
        text.contains("Bob, to which it is all the same, is given a reason of its own for “Deal”"),
        "{text}"
    );
    assert!(text.contains("Ann would want to, for it prefers what lasts then."), "{text}");
    assert!(text.contains("To Bob it is the same. If a mind changed:"), "{text}");

    let levels = conflict(
        "[actor.a]\noption.rate = { text = \"Rate\", levels = [10, 20, 30, 40], unit = \"%\" }\n\
         prefers = [{ least = \"a.rate\" }, { that = \"a.rate = 10 iff b.y\" }]\n\
         [actor.b]\noption.y.text = \"Watch\"\nprefers = [{ that = \"b.y\" }]\n[status_quo]\non = []\n\
         [question.q]\nask = \"What would it take?\"\nkind = \"price\"\noutcome = \"a.rate = 40\"\n",
    );
    let question = levels.questions[0].clone();
    let search = find::price::Search {
        deeds: 0,
        ..answers::price::search(&question, question.outcome.clone().unwrap())
    };
    let aims = [detente_engine::price::Aim::Possible];
    let found = search.find(&levels, &aims, &Quiet).unwrap();
    let ways: Vec<String> =
        found[0].price.ways.iter().map(|way| search.way(&levels, found[0].aim, &way.changes)).collect();
    assert!(ways.contains(&"a prefers the opposite: as much of “Rate” as possible".to_owned()), "{ways:?}");
    assert!(ways.iter().all(|way| !way.contains("the opposite") || way.contains("as much of")), "{ways:?}");
}

/// Each alone ends where nobody would stay together: both leave it, and then each alone leaves that again.
#[test]
fn a_story_goes_on_where_groups_move_together() {
    use detente_engine::evolution::{EvolveSettings, evolve};
    use detente_study::find::story::{End, Telling, Together};
    let found = solved(
        "[actor.a]\nname = \"Ann\"\noption.x.text = \"Arm\"\nprefers = [{ that = \"not b.x\" }, { that = \"a.x\" }]\n\
         [actor.b]\nname = \"Bob\"\noption.x.text = \"Arm\"\nprefers = [{ that = \"not a.x\" }, { that = \"b.x\" }]\n\
         [status_quo]\non = []\n",
    );
    let from = found.conflict.game.status_quo.clone().unwrap();
    let of = |settings: EvolveSettings| {
        let evolution = evolve(&found.conflict.game, &from, &settings, &Quiet).unwrap();
        Telling::of(&found, &evolution, &settings, &Quiet)
    };
    let alone = of(EvolveSettings::default());
    assert_eq!((alone.story.steps.len(), alone.story.end), (2, End::Rests));
    let all: Vec<State> = (0..4).map(State::from_number).collect();
    assert_eq!(alone.together, Some(Together::Elsewhere(vec![all])));
    let groups = of(EvolveSettings { coalitions: true, ..EvolveSettings::default() });
    assert_eq!(groups.together, None);
    let round = groups.rounds[0].as_ref().unwrap();
    assert_eq!(round.undone.len(), 2, "both arm and disarm: {round:?}");
    let time: f64 = round.time.as_ref().unwrap().iter().map(|(_, share)| share).sum();
    assert!((time - 1.0).abs() < 1e-9);
}

/// Who can only end an act, or who is not needed for it, does not begin it; who ends it is told as ending it.
#[test]
fn an_act_is_told_as_the_deed_of_those_who_can_begin_it() {
    let found = solved(
        "[actor.a]\nname = \"Ann\"\noption.x.text = \"X\"\nprefers = [{ that = \"act.pact\" }]\n\
         [actor.b]\nname = \"Bob\"\nprefers = [{ that = \"not act.pact\" }]\n\
         [actor.c]\nname = \"Cleo\"\nprefers = [{ that = \"not act.pact\" }]\n\
         [act.pact]\ntext = \"Sign\"\nparties = [\"a\", \"b\", \"c\"]\n\
         begins = [[\"a\", \"b\"]]\nends = [[\"b\", \"c\"]]\n\
         [act.some]\ntext = \"Meet\"\nparties = [\"a\", \"b\", \"c\"]\nbegins = { needs = 2 }\nends = \"any\"\n\
         [[rule]]\nnever = \"act.some and a.x\"\n\
         [define]\neither = { that = \"act.pact or act.some\" }\n[status_quo]\non = [\"act.pact\"]\n\
         [question.q]\nask = \"Can it last?\"\nkind = \"possible\"\noutcome = \"act.pact\"\n",
    );
    let conflict = &found.conflict;
    let clause = |text: &str, holds: bool| match refer::set(conflict, text) {
        Ok(OutcomeStates::Formula(that)) => say::reason::clause(conflict, &that, holds),
        other => panic!("{other:?}"),
    };
    assert_eq!(clause("act.pact", true), "Ann and Bob will sign");
    assert_eq!(clause("either", true), "Ann and Bob will sign or “Meet” comes about");
    assert_eq!(clause("act.some", false), "“Meet” does not come about");
    assert!(say::reason::prefers(conflict, 0.into(), 0, true) == "Ann and Bob to sign");
    let reply = &replies(&found)[0];
    assert!(
        reply.reason.contains("Bob and Cleo together (by ending “Sign”) would leave"),
        "{}",
        reply.reason
    );
}

/// What an option says twice is denied as a whole; what is asked under another concept than Nash stability says so.
#[test]
fn what_is_denied_and_under_which_concept_is_said() {
    let found = solved(&format!(
        "{}[question.ahead]\nask = \"And with foresight?\"\nkind = \"possible\"\nconcept = \"gmr\"\noutcome = \"peace\"\n",
        DILEMMA
            .split("[question")
            .next()
            .unwrap()
            .replace("text = \"Arm\"", "text = \"Arm and keep the guns\"")
    ));
    let conflict = &found.conflict;
    let Ok(OutcomeStates::Formula(that)) = refer::set(conflict, "not a.arm") else { panic!() };
    assert_eq!(say::reason::clause(conflict, &that, true), "Ann will not “arm and keep the guns”");
    let said = headline::said(&found, &Headline::of(&found), &replies(&found));
    assert!(
        said.text.contains("that last when everyone reckons with any answer of the others (GMR)"),
        "{}",
        said.text
    );
}

/// One outcome is told apart from another of its name by a level as a level.
#[test]
fn levels_tell_outcomes_apart_as_levels() {
    let found = solved(
        "[actor.a]\nname = \"Ann\"\noption.k = { text = \"Keep furnaces\", levels = [0, 1, 2], unit = \"furnaces\" }\n\
         option.s = { text = \"Ship\", levels = [\"none\", \"food\", \"stone\"] }\n\
         prefers = [{ that = \"a.k = 1\" }]\n[status_quo]\non = []\n\
         [outcome.kept]\nname = \"Kept\"\non = \"a.k > 0\"\n",
    );
    let conflict = &found.conflict;
    let form = conflict.game.option_form().unwrap();
    let at = |furnaces: usize, ship: usize| {
        let level = |id, at: usize| {
            form.scale_of(conflict.game.option(id).unwrap()).unwrap().at(Some(at)).collect::<Vec<_>>()
        };
        let on = [level("a.k", furnaces), level("a.s", ship)].concat();
        State::with_on(on.into_iter().filter(|(_, on)| *on).map(|(bit, _)| bit))
    };
    let names = names::briefly(conflict, &[at(1, 0), at(2, 0)]);
    assert_eq!(names, ["Kept (‘Keep furnaces’ at 1 furnace)", "Kept (‘Keep furnaces’ at 2 furnaces)"]);
    assert_eq!(names::outcome(conflict, &at(0, 2)), "Ship at ‘stone’");
}

/// What the case takes as given is said; an end is until a date what it is, and after it another one.
#[test]
fn what_is_given_and_until_when_is_said() {
    let found = solved(
        "[actor.a]\nname = \"Ann\"\noption.x.text = \"Sign\"\noption.y.text = \"Wait\"\n\
         prefers = [{ that = \"a.x or a.y\" }]\n[status_quo]\non = [\"a.y\"]\n\
         [question.q]\nask = \"Where she signs, does she wait?\"\nkind = \"certain\"\n\
         given = \"a.x\"\noutcome = \"a.y\"\n",
    );
    let reply = &replies(&found)[0];
    assert!(
        reply.text.starts_with("It holds in only one of the 2 outcomes that last and in which Ann will sign"),
        "{}",
        reply.text
    );
    let said = headline::said(&found, &Headline::of(&found), &replies(&found));
    assert!(
        said.text.contains("in 1 of the 2 outcomes that last and in which Ann will sign"),
        "{}",
        said.text
    );
}

/// Where an actor has too many moves to look at, its verdict says all the same whether it leaves: never "nobody".
#[test]
fn who_has_too_many_moves_to_look_at_is_not_nobody() {
    for options in [3, 17] {
        let own: String = (0..options).map(|at| format!("option.i{at}.text = \"Do {at}\"\n")).collect();
        let found = solved(&format!(
            "[actor.a]\nname = \"Ann\"\noption.x.text = \"X\"\nprefers = [{{ that = \"not a.x\" }}]\n\
             [actor.z]\nname = \"Zoe\"\n{own}prefers = [{{ that = \"z.i0\" }}]\n[status_quo]\non = []\n\
             [question.m]\nask = \"Who would leave today?\"\nkind = \"movers\"\n\
             [question.b]\nask = \"Who blocks it?\"\nkind = \"blockers\"\noutcome = \"not z.i0 and not a.x\"\n"
        ));
        let replies = replies(&found);
        for reply in &replies {
            assert_eq!(reply.brief, "Zoe", "{options}: {reply:?}");
            assert!(!matches!(reply.answer, detente_study::wire::Answer::No), "{options}: {reply:?}");
        }
        let said = headline::said(&found, &Headline::of(&found), &replies).words();
        assert!(said.contains("Zoe") && !said.contains("Nobody"), "{options}: {said}");
        let cut = replies[0].text.contains("to where was not looked at");
        assert_eq!(cut, options == 17, "{:?}", replies[0]);
    }
}

/// Where the question is whether all that lasts has something, the share of models in a report is of that, not of what may be.
#[test]
fn the_share_in_a_report_is_of_its_question() {
    use detente_study::say::report::{Length, Report, doc};
    use detente_study::say::solve::Solved;
    use detente_study::show::markdown;

    let text = "[actor.a]\nname = \"Ann\"\noption.x.text = \"X\"\nprefers = [{ that = \"a.x\", confidence = 0.7 }]\n\
                [status_quo]\non = []\n";
    for (kind, said) in [
        ("possible", "An outcome that has it lasts in 30.0 %"),
        ("certain", "All that lasts has it in 30.0 %"),
    ] {
        let question = format!("[question.q]\nask = \"Not X?\"\nkind = \"{kind}\"\noutcome = \"not a.x\"\n");
        let solved = Solved::of(
            solved(&format!("{text}{question}")),
            detente_model::Sequences::Legal,
            vec![Concept::Nash],
            8,
        );
        let report = Report { accounts: &[solved.with_lasting()], length: Length::Brief, command: "" };
        let told = markdown::set(&doc(&report));
        assert!(told.contains(said), "{kind}: {told}");
    }
    // Indifferent, both last: possible in every model, certain in none of these.
    let idle = "[actor.a]\nname = \"Ann\"\noption.x.text = \"X\"\nprefers = [{ that = \"a.x\", confidence = 0.7, \
                otherwise = \"indifferent\" }]\n[status_quo]\non = []\n[question.q]\nask = \"X?\"\nkind = \"certain\"\noutcome = \"a.x\"\n";
    let solved = Solved::of(solved(idle), detente_model::Sequences::Legal, vec![Concept::Nash], 8);
    let report = Report { accounts: &[solved.with_lasting()], length: Length::Brief, command: "" };
    let told = markdown::set(&doc(&report));
    assert!(told.contains("All that lasts has it in 70.0 %"), "{told}");
}
