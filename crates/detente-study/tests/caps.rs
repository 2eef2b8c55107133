//! No bound is silent: idle options, outcomes, claims and questions are added to small cases until each bound of the
//! table is passed, and the answer must be the same or the bound be named.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;

use detente_engine::evolution::{By, Choice};
use detente_engine::{LimitHit, Quiet, Settings};
use detente_model::{Concept, Conflict, Sequences};
use detente_study::Waiting;
use detente_study::ask::{evolve, price};
use detente_study::find::caps::{self, CAPS, Cap};
use detente_study::find::difference::{Because, Shift, limits, shifts};
use detente_study::find::findings::Findings;
use detente_study::find::listing::{Listing, Unranked};
use detente_study::find::routes::to_lasting;
use detente_study::say::answers::{self, Reply};
use detente_study::say::{rank, solve};
use detente_study::show::{csv, map};
use detente_study::wire::Answer;

fn conflict(text: &str) -> Conflict {
    let read = detente_case::read("case.toml", text.as_bytes());
    let errors: Vec<_> = read.diagnostics.iter().filter(|d| d.is_error()).collect();
    read.conflict.unwrap_or_else(|| panic!("{errors:?}\n{text}"))
}

fn waiting() -> Waiting {
    std::sync::Arc::new(Quiet)
}

fn solved(text: &str, concepts: &[Concept]) -> Findings {
    let conflict = conflict(text);
    let settings = Settings { concepts: concepts.to_vec(), ..Settings::default() };
    let solution = detente_engine::solve(&conflict.game, &settings, &Quiet).unwrap();
    Findings::new(conflict, solution, std::sync::Arc::new(Quiet))
}

/// The answer to the first question.
fn asked(text: &str) -> Reply {
    let concepts = answers::concepts(&conflict(text).questions);
    let found = solved(text, &concepts);
    let question = found.conflict.questions.first().expect("a question").clone();
    answers::answer(&found, &question, 64)
}

/// So many options that nobody cares about, of the actor `id`.
fn idle(id: &str, count: usize) -> String {
    let mut text = format!("[actor.{id}]\n[actor.{id}.option]\nnothing = \"Nothing\"\n");
    for at in 1..=count {
        let _ = writeln!(text, "i{at} = \"Idle {at}\"");
    }
    text
}

const HEAD: &str = "format = 1\n[case]\ntitle = \"Caps\"\n";

/// Two that are content, and would be better off together once a third one acts; then `rest`.
fn pair(rest: &str) -> String {
    format!(
        "{HEAD}[actor.a]\noption.x.text = \"X\"\nprefers = [{{ that = \"c.k and a.x and b.y\" }}, {{ that = \"not a.x\" }}]\n\
         [actor.b]\noption.y.text = \"Y\"\nprefers = [{{ that = \"c.k and a.x and b.y\" }}, {{ that = \"not b.y\" }}]\n\
         [status_quo]\non = []\n{rest}"
    )
}

/// The last option of the third one is what matters: the first outcomes do not show it.
fn third(idle: usize) -> String {
    let mut text = "[actor.c]\nprefers = [{ that = \"a.x or not a.x\" }]\n[actor.c.option]\n".to_owned();
    for at in 1..=idle {
        let _ = writeln!(text, "i{at} = \"Idle {at}\"");
    }
    text + "k = \"K\"\n"
}

const BLOCKERS: &str =
    "[question.q]\nask = \"Who can break it?\"\nkind = \"blockers\"\noutcome = \"not a.x and not b.y\"\n";

fn is_hit(limits: &[LimitHit], cap: &Cap) -> bool {
    limits.iter().any(|hit| cap.is(hit))
}

/// The answer stays what it is in the smallest case, or names the bound, which it does in the last one.
fn same_or_named(cap: &Cap, sizes: &[usize], case: impl Fn(usize) -> String) {
    let (first, last) = (sizes[0], *sizes.last().unwrap());
    let small = asked(&case(first));
    assert!(small.limits.is_empty(), "{}: {:?}", cap.name, small.limits);
    assert_ne!(small.answer, Answer::NotComputed, "{}: {}", cap.name, small.text);
    for &size in &sizes[1..] {
        let reply = asked(&case(size));
        let named = is_hit(&reply.limits, cap);
        assert!(
            named || reply.answer == small.answer,
            "{} at {size}: {} {:?}",
            cap.name,
            reply.text,
            reply.limits
        );
        if !reply.limits.is_empty() {
            let told = reply.text.contains("ot looked at") || reply.text.contains("games to solve");
            assert!(told, "{} at {size}: {}", cap.name, reply.text);
        }
        assert!(
            size != last || named,
            "{} is not hit at {size}: {} {:?}",
            cap.name,
            reply.text,
            reply.limits
        );
    }
}

/// What shows that a bound is no silent one.
fn shown(cap: &Cap) {
    let question = |kind: &str, more: &str| format!("[question.q]\nask = \"?\"\nkind = \"{kind}\"\n{more}\n");
    let wishes = "[actor.a]\noption.x.text = \"X\"\nprefers = [{ that = \"a.x\", because = [\"c\"] }]\n\
                  [status_quo]\non = []\n[source.s]\ntitle = \"S\"\n[claim.c]\nsource = \"s\"\nsays = \"C\"\n";
    match cap.name {
        "steps" => same_or_named(cap, &[0, 3, 10], |n| pair(&(third(n) + BLOCKERS))),
        "together" => same_or_named(cap, &[0, 3, 6, 11], |n| pair(&(third(n) + BLOCKERS))),
        // That an actor with many moves would leave is known by its verdict; to where is not looked at, and said.
        "moves" => same_or_named(cap, &[2, 17], |n| {
            let options: Vec<String> = (1..=n).map(|at| format!("z.i{at}")).collect();
            let rule = format!("[[rule]]\nat_most_one = [\"{}\"]\n", options.join("\", \""));
            let wish = "[actor.z]\nprefers = [{ that = \"z.i1\" }]\n";
            let moving = idle("z", n).replace("[actor.z]\n", wish);
            format!("{HEAD}{wishes}{moving}{rule}{}", question("movers", ""))
        }),
        "reached" => same_or_named(cap, &[2, 9], |n| {
            let one = |id: &str| {
                let options: Vec<String> = (1..=n).map(|at| format!("{id}.i{at}")).collect();
                format!("{}[[rule]]\nat_most_one = [\"{}\"]\n", idle(id, n), options.join("\", \""))
            };
            format!("{HEAD}{wishes}{}{}{}", one("y"), one("z"), question("movers", ""))
        }),
        "at-once" => same_or_named(cap, &[0, 12], |n| {
            format!(
                "{HEAD}[actor.a]\noption.x.text = \"X\"\nprefers = [{{ that = \"a.x\" }}]\n\
                 [actor.b]\noption.y.text = \"Y\"\nprefers = [{{ that = \"b.y\" }}]\n[status_quo]\non = []\n\
                 [[rule]]\nalways = \"a.x iff b.y\"\n{}{}",
                idle("z", n),
                question("movers", "")
            )
        }),
        // The same bound holds for questions of kind said, below.
        "solved-again" => same_or_named(cap, &[0, 16], |n| {
            let strike = question("trust", "outcome = \"a.x\"\nstrike = { claims = [\"c\"] }");
            format!("{HEAD}{wishes}{}{strike}", idle("z", n))
        }),
        "tried" => same_or_named(cap, &[0, 12], |n| {
            let price = question("price", "outcome = \"not a.x\"\nconcept = \"seq\"");
            format!("{HEAD}{wishes}{}{price}", idle("z", n))
        }),
        "tried-nash" => same_or_named(cap, &[0, 40], |n| {
            format!("{HEAD}{wishes}{}{}", idle("z", n), question("price", "outcome = \"not a.x\""))
        }),
        "games" => same_or_named(cap, &[0, 70], |n| {
            let mut more = String::new();
            for _ in 0..n {
                more.push_str("[[actor.z.prefers]]\nthat = \"z.i1 or not z.i1\"\n");
            }
            format!(
                "{HEAD}{wishes}{}{more}{}",
                idle("z", 1),
                question("price", "outcome = \"not a.x and z.i1\"")
            )
        }),
        "drawn" => same_or_named(cap, &[0, 10], |n| {
            format!("{HEAD}{wishes}{}{}", idle("z", n), question("share", "outcome = \"a.x\""))
        }),
        "compared" => {
            for (n, named) in [(1, false), (17, true)] {
                let text = format!("{HEAD}{wishes}{}", idle("z", n));
                let (old, new) = (solved(&text, &[Concept::Nash]), solved(&text, &[Concept::Nash]));
                let all = shifts(&old, &new, &[Concept::Nash], Sequences::Legal);
                let hits = limits(&all);
                assert_eq!(is_hit(&hits, cap), named, "{n}: {hits:?}");
            }
        }
        "routes" => {
            for (n, named) in [(1, false), (11, true)] {
                let found = solved(&format!("{HEAD}{wishes}{}", idle("z", n)), &[Concept::Nash]);
                let from = found.conflict.game.status_quo.clone().unwrap();
                let (ways, limits) = to_lasting(&found, &from, &[By::Moves], 100_000);
                let all = found.equilibria(Concept::Nash).unwrap().count();
                assert_eq!(is_hit(&limits, cap), named, "{n}: {limits:?}");
                assert!(named || num_bigint::BigUint::from(ways.len()) == all, "{n}: {}", ways.len());
            }
        }
        "certified" => {
            // Who wants the contrary stays where it left, and leaves where it stayed.
            for (n, named) in [(1, false), (8, true)] {
                let text = format!("{HEAD}{wishes}{}", idle("z", n));
                let other = text.replace("that = \"a.x\"", "that = \"not a.x\"");
                let (old, new) = (solved(&text, &[Concept::Nash]), solved(&other, &[Concept::Nash]));
                let all = shifts(&old, &new, &[Concept::Nash], Sequences::Legal);
                let moved = |shift: &Shift| {
                    shift
                        .gained
                        .iter()
                        .chain(&shift.lost)
                        .flatten()
                        .filter(|m| matches!(m.why, Because::NotLookedFor))
                        .count()
                };
                let open: usize = all.iter().map(moved).sum();
                assert_eq!(open > 0, named, "{n}: {open}");
            }
        }
        "sorted" => {
            let found = solved(&format!("{HEAD}{wishes}{}", idle("z", 18)), &[Concept::Nash]);
            let doc = rank::doc(&found.conflict, &rank::ranked(&found, 0.into()), 8);
            let text = detente_study::show::markdown::set(&doc);
            assert!(text.contains("at most 262,144 are put in order"), "{text}");
        }
        "ranked" => {
            let found = solved(&format!("{HEAD}{wishes}{}", idle("z", 20)), &[Concept::Nash]);
            let listing = Listing::of(&found, &[Concept::Nash], csv::choice(Some(4))).unwrap();
            assert!(matches!(listing.unranked, Some(Unranked::TooMany)), "{:?}", listing.unranked);
        }
        "followed" => {
            for (n, named) in [(1, false), (9, true)] {
                let outcome = "[outcome.x]\nname = \"Without X\"\non = \"not a.x\"\n";
                let found = solved(&format!("{HEAD}{wishes}{}{outcome}", idle("z", n)), &[Concept::Nash]);
                let solved = solve::Solved::of(found, Sequences::Legal, vec![Concept::Nash], 4);
                let text = detente_study::show::markdown::set(&solve::doc(&solved));
                assert_eq!(text.contains("(by the first 256 that were followed)"), named, "{text}");
            }
        }
        // What was looked at stands in the answer.
        "price-small" => {
            for (n, most) in [(1, 2), (12, 1)] {
                let case = conflict(&format!("{HEAD}{wishes}{}", idle("z", n)));
                let outcome = Some("not a.x".to_owned());
                let ask = price::Ask { outcome, games: 8, ..price::Ask::default() };
                let found = price::Priced::of(case, &ask, &waiting()).unwrap();
                assert_eq!(found.wire().most, most, "{n}");
            }
        }
        // The contract and the table have all ways.
        "pictured" => {
            let ask = evolve::Ask {
                from: "sq".to_owned(),
                coalitions: false,
                weights: Vec::new(),
                choice: Choice::Any,
                limit: 100_000,
                settings: Settings::default(),
            };
            let case = conflict(&format!("{HEAD}{wishes}{}", idle("z", 6)));
            let found = evolve::Evolved::of(case, &ask, &waiting()).unwrap();
            assert_eq!(found.wire().shortest.len(), 128);
        }
        "triads" => {
            for (n, more) in [(16, 0), (17, 120)] {
                let mut text = HEAD.to_owned();
                for a in 0..n {
                    let _ = writeln!(text, "[actor.a{a}]\noption.x.text = \"X\"");
                }
                for (a, b) in (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))) {
                    let _ = writeln!(text, "[[tie]]\nbetween = [\"a{a}\", \"a{b}\"]\nkind = \"friendly\"");
                }
                let conflict = conflict(&text);
                let view = map::view(&conflict, None);
                assert_eq!((view.triads.len(), view.triads_more), (cap.size(), more));
                let told = detente_study::show::markdown::set(&map::doc(&conflict, &view));
                assert_eq!(told.contains("and 120 more triangles"), more > 0, "{told}");
                assert_eq!(told.contains("Of the first 560 of 680 triangles"), more > 0, "{told}");
            }
        }
        // Beside the sentences that tell them: `say/between.rs`, `find/rests/stay.rs` (`Hold::TooMany`), and the bound of
        // a single search, which leaves the reason of that outcome out as `certified` does.
        "examples" | "choices" | "certified-work" => {}
        other => panic!("nothing shows that the bound `{other}` is told"),
    }
}

#[test]
fn every_bound_is_told() {
    for cap in CAPS {
        shown(cap);
    }
}

#[test]
fn each_bound_is_another_row() {
    for (at, cap) in CAPS.iter().enumerate() {
        for other in &CAPS[..at] {
            assert!(cap.name != other.name && !cap.of.ends_with(other.of) && !other.of.ends_with(cap.of));
        }
        assert!(!cap.bounds.is_empty() && !cap.told.is_empty(), "{}", cap.name);
    }
    assert!(caps::REACHED.is(&caps::REACHED.hit("w", "r", "")));
}

/// The engine's bound on the moves that are looked at for something said.
#[test]
fn the_bound_on_what_is_said_is_told() {
    for (idle_options, named) in [(2, false), (11, true)] {
        let text = format!(
            "{HEAD}[actor.a]\noption.x.text = \"X\"\nprefers = [{{ that = \"not a.x\" }}]\n[status_quo]\non = []\n{}\
             [said.s]\nkind = \"threat\"\nby = \"a\"\nto = [\"z\"]\nif = \"z.i1\"\nthen = \"a.x\"\n\
             [question.q]\nask = \"?\"\nkind = \"said\"\nabout = \"s\"\n",
            idle("z", idle_options)
        );
        let reply = asked(&text);
        assert_eq!(is_hit(&reply.limits, &detente_engine::caps::SAID_MOVES), named, "{:?}", reply.limits);
        assert_eq!(reply.text.contains("outcomes looked at where it comes up"), named, "{}", reply.text);
        assert_eq!(reply.answer, Answer::No, "{}", reply.text);
        assert_eq!(reply.brief.ends_with("as far as was looked at"), named, "{}", reply.brief);
        let conflict = conflict(&text);
        let spoken =
            detente_study::find::said::Spoken::of(&conflict, Concept::Nash, &Settings::default(), &Quiet)
                .unwrap();
        assert_eq!(is_hit(&spoken.found.limits, &detente_engine::caps::SAID_MOVES), named);
        let json = detente_study::wire::Said::of(&spoken, 4);
        assert_eq!((json.said[0].complete, json.limits.is_empty()), (!named, !named));
        assert!(json.said[0].cases.len() <= 4 && json.said[0].count >= json.said[0].cases.len());
    }
}
