//! What was said, in words: worked out by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use detente_engine::said::{Dilemma, Effect, Share, Would};
use detente_engine::{Quiet, Settings};
use detente_model::{Concept, Conflict, State, Strike};
use detente_study::find::findings::Findings;
use detente_study::find::said::{Spoken, claims};
use detente_study::say::answers::{self, Reply};
use detente_study::say::said as say;
use detente_study::wire::{self, Answer};

fn conflict(text: &str) -> Conflict {
    let read = detente_case::read("case.toml", text.as_bytes());
    let errors: Vec<_> = read.diagnostics.iter().filter(|d| d.is_error()).collect();
    read.conflict.unwrap_or_else(|| panic!("{errors:?}\n{text}"))
}

fn spoken(conflict: &Conflict) -> Spoken<'_> {
    Spoken::of(conflict, Concept::Nash, &Settings::default(), &Quiet).unwrap()
}

/// What was found of the saying with this id, in words.
fn text(spoken: &Spoken<'_>, id: &str) -> String {
    let (said, saying) = spoken.sayings().find(|(said, _)| said.id == id).expect(id);
    let conflict = spoken.conflict;
    format!("{}: {}", say::verdict(said, saying), say::sentences(conflict, said, saying).join(" "))
}

fn asked(conflict: &Conflict) -> Vec<Reply> {
    let settings = Settings { concepts: answers::concepts(&conflict.questions), ..Settings::default() };
    let solution = detente_engine::solve(&conflict.game, &settings, &Quiet).unwrap();
    let found = Findings::new(conflict.clone(), solution, Arc::new(Quiet));
    found.conflict.questions.iter().map(|question| answers::answer(&found, question, 64)).collect()
}

fn dilemmas(spoken: &Spoken<'_>, of: usize) -> Vec<bool> {
    let pair = spoken.found.pairs.iter().find(|pair| pair.of.index() == of).unwrap();
    pair.dilemmas.iter().map(|dilemma| matches!(dilemma, Dilemma::Yes(_))).collect()
}

const CUBA: &str = r#"
[said.strike]
kind = "threat"
by = "us"
to = ["ussr"]
if = "not ussr.withdraw"
then = "us.strike"
because = ["us"]
[said.escalate]
kind = "threat"
by = "ussr"
to = ["us"]
if = "us.strike"
then = "ussr.escalate"
because = ["options"]
[said.lift]
kind = "promise"
by = "us"
to = ["ussr"]
if = "ussr.withdraw"
then = "not us.blockade and not us.strike"
assumption = true
[said.out]
kind = "demand"
by = "us"
to = ["ussr"]
then = "ussr.withdraw"
because = ["us"]
[said.no-attack]
kind = "demand"
by = "ussr"
to = ["us"]
then = "not us.strike and not us.blockade"
because = ["ussr"]
[question.threat]
ask = "Is the threat of a strike believable?"
kind = "said"
about = "strike"
[question.answer]
ask = "Is escalation believable?"
kind = "said"
about = "escalate"
"#;

fn cuba() -> Conflict {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/cuban-missile-1962/case.toml");
    conflict(&(fs::read_to_string(path).unwrap() + CUBA))
}

/// By hand, from the full rankings of the case; strike 1, blockade 2, withdraw 4, escalate 8.
///
/// What lasts is 5 (struck, withdrawn) alone. The threat of a strike comes up today (0) and where the Soviet Union
/// escalates (8): the United States gains by striking in both (its seventh concern; its fifth), and none of what
/// improvements of the Soviet Union make of 1 and 9 is as bad for it as 0 and 8: it is meant. Counted on, each state
/// without withdrawal is to the Soviet Union one with a strike: it then stays at 4 (withdrawn, no strike), its second
/// best of all, for 0 now counts as 1. So 4 lasts, too. The Soviet threat is a bluff: not to escalate is its first
/// concern. Counted on, it changes nothing: at 5 and 7 (withdrawn) it cannot be carried out, so that 5 still
/// lasts, and today (0) the United States blockades instead. What the United States promises cannot be kept at 5: a
/// strike cannot be taken back.
#[test]
fn cuba_with_its_threats() {
    let conflict = cuba();
    let spoken = spoken(&conflict);
    let numbers = |states: &[State]| states.iter().map(|s| s.number().unwrap()).collect::<Vec<_>>();
    assert_eq!(numbers(&spoken.found.lasting.first), [5]);
    let of = |id: &str| spoken.sayings().find(|(said, _)| said.id == id).unwrap().1;
    let strike = of("strike");
    let cases: Vec<State> = strike.cases.iter().map(|case| case.state.clone()).collect();
    assert_eq!((numbers(&cases), strike.would), (vec![0, 8], Share::All));
    let work = strike.work.as_ref().unwrap();
    assert_eq!((work.effect, numbers(&work.lasting.first)), (Some(Effect::NotNeeded), vec![4, 5]));
    let escalate = of("escalate");
    let cases: Vec<State> = escalate.cases.iter().map(|case| case.state.clone()).collect();
    assert_eq!((numbers(&cases), escalate.would), (vec![1, 3, 5, 7], Share::None));
    assert!(escalate.cases.iter().all(|case| matches!(case.would, Would::Loses { .. })));
    let work = escalate.work.as_ref().unwrap();
    assert_eq!((work.effect, work.not_feasible), (Some(Effect::InVain), 2));
    assert_eq!(of("lift").cases.len(), 1);
    assert_eq!(of("lift").cases[0].would, Would::Cannot);
    // Both would rather give way than see strike and escalation, and each gains by going back: the Soviet Union on
    // escalation; not so the United States, whose strike cannot be taken back.
    assert_eq!(dilemmas(&spoken, 0), [false, true, false, true]);
    assert_eq!(dilemmas(&spoken, 1), [false, true, true, true]);
    assert_eq!(
        text(&spoken, "escalate"),
        "A bluff, and in vain: The Soviet Union would carry it out in none of the 4 outcomes where it comes up. In \
         “Strike or blockade, and the missiles stay”, to which the United States can go from where things stand, the \
         Soviet Union could escalate, but it prefers to leave it so: that is its first concern. Even if the United \
         States counts on it, it is in vain: the same lasts. In 2 outcomes where its condition holds it could not be \
         carried out; there it counts for nothing."
    );
    assert_eq!(
        say::line(&conflict, &conflict.said[0]),
        "The United States threatens the Soviet Union: where the Soviet Union will not withdraw the missiles, the \
         United States will strike from the air."
    );
    // The claims are those of the threat and of the wish that decides.
    let (said, saying) = spoken.sayings().nth(1).unwrap();
    let ids: Vec<&str> = claims(&conflict, said, saying)
        .iter()
        .map(|claim| conflict.evidence.claims[claim.index()].id.as_str())
        .collect();
    assert_eq!(ids, ["options", "ussr"]);
    let replies = asked(&conflict);
    let of = |id: &str| replies.iter().find(|reply| reply.id == id).unwrap();
    assert_eq!((of("threat").answer, of("threat").lead), (Answer::Yes, "Credible, and not needed"));
    assert!(of("threat").text.ends_with("Rests on us."), "{}", of("threat").text);
    assert_eq!((of("answer").answer, of("answer").brief.as_str()), (Answer::No, "A bluff, and in vain"));
}

/// What falls with its claims is no longer said.
#[test]
fn what_is_said_falls_with_its_claims() {
    let conflict = cuba();
    let strike = Strike { claims: vec!["options".to_owned()], ..Strike::default() };
    let without = conflict.without(&strike).unwrap();
    let ids: Vec<&str> = without.said.iter().map(|said| said.id.as_str()).collect();
    assert_eq!(ids, ["strike", "lift", "out", "no-attack"]);
    let replies = asked(&without);
    let reply = replies.iter().find(|reply| reply.id == "answer").unwrap();
    assert_eq!(reply.answer, Answer::NotComputed);
    assert_eq!(reply.text, "`escalate` is not said in this version of the case.");
}

const HEAD: &str = "format = 1\n[case]\ntitle = \"Said\"\nas_of = 2025-01-01\n";

/// A threat with levels, and a promise that takes a signature: told as values and as what several do together.
#[test]
fn levels_and_signatures() {
    let conflict = conflict(&format!(
        "{HEAD}\
         [actor.a]\nname = \"Arland\"\noption.sail.text = \"Sail\"\n\
         prefers = [{{ that = \"act.pact\" }}, {{ that = \"b.toll <= 30\" }}, {{ that = \"a.sail\" }}]\n\
         [actor.b]\nname = \"Barland\"\noption.toll = {{ text = \"Toll\", levels = [10, 30, 60], unit = \"%\" }}\n\
         prefers = [{{ that = \"act.pact\" }}, {{ that = \"not a.sail\" }}, {{ most = \"b.toll\" }}]\n\
         [act.pact]\ntext = \"Sign the pact\"\nparties = [\"a\", \"b\"]\nbegins_if = \"not a.sail\"\n\
         [status_quo]\non = [\"a.sail\"]\n\
         [said.toll]\nkind = \"threat\"\nby = \"b\"\nto = [\"a\"]\nif = \"a.sail\"\nthen = \"b.toll = 60\"\n\
         [said.pact]\nkind = \"promise\"\nby = \"b\"\nto = [\"a\"]\nif = \"not a.sail\"\nthen = \"act.pact\"\n\
         [said.low]\nkind = \"offer\"\nby = \"b\"\nto = [\"a\"]\nthen = \"b.toll <= 30\"\n"
    ));
    let spoken = spoken(&conflict);
    let of = |id: &str| spoken.sayings().find(|(said, _)| said.id == id).unwrap();
    let (toll, saying) = of("toll");
    assert_eq!(
        say::line(&conflict, toll),
        "Barland threatens Arland: where Arland will sail, “Toll” is at 60 %."
    );
    // Today the toll is at 10 %: Barland raises it at once.
    assert_eq!(saying.would, Share::All);
    assert!(
        text(&spoken, "toll").contains("As things stand, Barland would put Toll at 60 %"),
        "{}",
        text(&spoken, "toll")
    );
    let (_, pact) = of("pact");
    assert_eq!(pact.would, Share::All);
    let Would::Does(step) = &pact.cases[0].would else { panic!("{pact:?}") };
    let movers = conflict.game.movers();
    assert_eq!(conflict.game.mover_id(&movers[step.mover.index()]), "act.pact:begin:a+b");
    assert!(
        text(&spoken, "pact").contains("Arland and Barland together would go to"),
        "{}",
        text(&spoken, "pact")
    );
    // An offer without a condition asks nothing; what it comes to is told all the same.
    let (_, low) = of("low");
    assert!(low.work.as_ref().is_some_and(|work| work.effect.is_none()));
    let json = serde_json::to_value(wire::Said::of(&spoken, 64)).unwrap();
    assert_eq!(json["schema"], "detente/said/1");
    assert_eq!(json["said"][1]["cases"][0]["mover"], "act.pact:begin:a+b");
}

/// No demand or no threat: what is missing is named, and what is not is found.
#[test]
fn missing_demands_and_threats_are_named() {
    let conflict = conflict(&format!(
        "{HEAD}[actor.a]\nname = \"Ann\"\noption.x.text = \"Strike\"\nprefers = [{{ that = \"b.y\" }}]\n\
         [actor.b]\nname = \"Bob\"\noption.y.text = \"Pay\"\nprefers = [{{ that = \"not b.y\" }}]\n\
         [status_quo]\non = []\n[said.d]\nkind = \"demand\"\nby = \"a\"\nto = [\"b\"]\nthen = \"b.y\"\n"
    ));
    let spoken = spoken(&conflict);
    let words: Vec<Vec<String>> = spoken
        .found
        .pairs
        .iter()
        .map(|pair| {
            let kinds = detente_engine::said::Kind::ALL.iter().zip(&pair.dilemmas);
            kinds.map(|((kind, _), one)| say::dilemma(&spoken, pair, *kind, one)).collect()
        })
        .collect();
    assert_eq!(words[0][0], "Missing: neither threatens anything.");
    assert_eq!(words[0][1], "Missing: Bob asks nothing.");
    assert_eq!(words[0][2], "Missing: Ann threatens nothing.");
    assert!(words[0][3].starts_with("Ann cannot rely on Bob: from “Pay”, which"), "{}", words[0][3]);
    assert_eq!(words[1][0], "Missing: Bob asks nothing.");
}

/// A question about one date: what it does, what came before, who can change it to what and until when.
#[test]
fn a_date_is_answered_by_itself() {
    let case = |about: &str| {
        conflict(&format!(
            "{HEAD}[actor.a]\nname = \"Ann\"\noption.aid.text = \"Send aid\"\nprefers = [{{ that = \"not act.treaty\" }}]\n\
             [actor.b]\nname = \"Bob\"\noption.ask.text = \"Ask for more time\"\n\
             prefers = [{{ that = \"act.treaty\" }}, {{ that = \"a.aid\" }}]\n\
             [act.treaty]\ntext = \"The treaty holds\"\nparties = [\"a\", \"b\"]\nbegins = \"never\"\nends = \"never\"\n\
             [status_quo]\non = [\"act.treaty\", \"a.aid\"]\n\
             [deadline.aid]\non = 2025-03-01\ntitle = \"Aid runs out\"\nthen = {{ off = [\"a.aid\"] }}\n\
             [deadline.lapse]\non = 2025-06-01\ntitle = \"The treaty lapses\"\nunless = \"b.ask\"\n\
             then = {{ off = [\"act.treaty\"] }}\n\
             [deadline.last]\non = 2025-09-01\ntitle = \"Review\"\nthen = {{ off = [\"a.aid\"] }}\n\
             [deadline.past]\non = 2024-06-01\nthen = {{ off = [\"a.aid\"] }}\n\
             [question.q]\nask = \"What if nobody acts?\"\nkind = \"deadline\"\n{about}"
        ))
    };
    let reply = &asked(&case("about = \"lapse\"\n"))[0];
    assert_eq!(reply.answer, Answer::Yes);
    assert_eq!(
        reply.text,
        "Until then, if nobody acts, it has come to “No longer send aid” on 1 March 2025. If nobody acts, on 1 June \
         2025 (The treaty lapses) it comes to “Nothing is done”. Bob would gain by changing this, and can until 1 \
         March 2025, by going to “Ask for more time”; between 1 March 2025 and 1 June 2025, by going to “Ask for more \
         time, no longer send aid”."
    );
    // Before the first date Bob can change it, too; the last day is then that of the date asked about.
    let first = &asked(&case("about = \"aid\"\n"))[0];
    assert_eq!(first.answer, Answer::Yes);
    assert!(
        first.text.contains("Bob would gain by changing this, and can until 1 March 2025"),
        "{}",
        first.text
    );
    let last = &asked(&case("about = \"last\"\n"))[0];
    assert_eq!((last.answer, last.brief.as_str()), (Answer::No, "Nothing changes if nobody acts"));
    assert!(last.text.contains("1 September 2025 (Review) changes nothing."), "{}", last.text);
    let past = &asked(&case("about = \"past\"\n"))[0];
    assert_eq!(past.answer, Answer::NotComputed);
    assert!(past.text.starts_with("1 June 2024 is not after the date"), "{}", past.text);
    let all = &asked(&case(""))[0];
    assert_eq!(all.answer, Answer::Yes);
    for date in ["1 March 2025", "1 June 2025", "1 September 2025"] {
        assert!(all.text.contains(date), "{}", all.text);
    }
}
