//! One watch reaches every loop: whoever no longer waits is not computed for.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use detente_engine::{Quiet, Settings, Stop, Watch};
use detente_study::wire::Answer;
use detente_study::{Study, Version, Waiting};

/// Waits for so many questions to it, and no longer.
struct Until {
    asked: AtomicUsize,
    most: usize,
}

impl Watch for Until {
    fn stop(&self) -> Option<Stop> {
        let before = self.asked.fetch_add(1, Ordering::Relaxed);
        (before >= self.most).then_some(Stop::Cancelled)
    }
}

/// Every kind of question, on a case whose answers take solving it again.
fn case() -> String {
    let kinds = [
        ("possible", ""),
        ("certain", ""),
        ("movers", "from = \"status_quo\"\n"),
        ("blockers", ""),
        ("share", ""),
        ("trust", "strike = { claims = [\"c1\"] }\n"),
        ("price", ""),
        ("view", "view = \"a\"\n"),
    ];
    let mut text = String::from(
        "format = 1\n[case]\ntitle = \"Many questions\"\n[source.s]\ntitle = \"A source\"\n[claim.c1]\nsource = \
         \"s\"\nsays = \"So it is.\"\n",
    );
    for actor in ["a", "b", "c"] {
        text += &format!("[actor.{actor}]\nname = \"Actor {actor}\"\n");
        for option in 0..3 {
            text += &format!("option.o{option}.text = \"Do {option}\"\n");
        }
    }
    for (actor, next) in [("a", "b"), ("b", "c"), ("c", "a")] {
        for option in 0..3 {
            text += &format!(
                "[[actor.{actor}.prefers]]\nthat = \"{next}.o{option} or not {actor}.o{option}\"\nconfidence = 0.8\n\
                 because = [\"c1\"]\n"
            );
        }
    }
    text += "[view.a]\nunavailable = [\"b.o2\"]\n[status_quo]\non = []\n";
    for round in 0..3 {
        for (kind, more) in kinds {
            text += &format!("[question.{kind}{round}]\nask = \"Is it so?\"\nkind = \"{kind}\"\n{more}");
            if kind != "movers" {
                text += "outcome = \"a.o0 or b.o1\"\n";
            }
        }
    }
    text
}

#[test]
fn questions_end_with_whoever_waits_for_them() {
    let read = detente_case::read("case.toml", case().as_bytes());
    let conflict = read.conflict.unwrap_or_else(|| panic!("{:?}", read.diagnostics));
    let quiet: Waiting = Arc::new(Quiet);
    let solved = || Study::of(&conflict, &Version::default(), &Settings::default(), &quiet).unwrap();
    let whole = solved().answers();
    assert!(whole.iter().all(|reply| reply.answer != Answer::NotComputed), "{whole:#?}");
    let asked = {
        let until = Arc::new(Until { asked: AtomicUsize::new(0), most: usize::MAX });
        let mut study = solved();
        study.found.watch = Arc::clone(&until) as Waiting;
        assert_eq!(study.answers(), whole);
        until.asked.load(Ordering::Relaxed)
    };
    for most in [0, 1, 2, asked / 8, asked / 4, asked / 2, asked - 1] {
        let until = Arc::new(Until { asked: AtomicUsize::new(0), most });
        let mut study = solved();
        study.found.watch = Arc::clone(&until) as Waiting;
        let cut = study.answers();
        let mut stopped = 0;
        for (reply, whole) in cut.iter().zip(&whole) {
            if reply != whole {
                assert!(!reply.limits.is_empty(), "cut short without a word: {reply:?}");
                assert!(reply.limits.iter().any(|hit| hit.stop == Stop::Cancelled), "{reply:?}");
                stopped += 1;
            }
        }
        assert!(stopped > 0, "asked {asked} times, and nothing stopped after {most}");
        // Nothing goes on: each question that is left asks once or twice, each loop that runs a few times.
        let after = until.asked.load(Ordering::Relaxed) - most;
        assert!(after <= 4 * whole.len() + 64, "asked {after} times after it had stopped at {most}");
    }
}
