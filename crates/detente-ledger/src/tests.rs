//! What a ledger admits, what it detects, and how it scores: against definitions and closed forms.

use std::path::Path;

use super::*;
use crate::score::skill;

fn forecast(id: &str, answers: &[(&str, f64)]) -> Content {
    Content::Forecast(Forecast {
        id: id.to_owned(),
        question: format!("Will “{id}” happen?"),
        as_of: None,
        resolves: day("2030-01-01"),
        hindsight: false,
        answers: answers
            .iter()
            .map(|(answer, p)| AnswerChance {
                answer: (*answer).to_owned(),
                probability: Probability::nearest(*p),
            })
            .collect(),
        basis: Basis::Given,
    })
}

fn yes(id: &str, p: f64) -> Content {
    forecast(id, &[("yes", p), ("no", 1.0 - p)])
}

fn resolution(id: &str, answer: &str) -> Content {
    let source = Source {
        title: "It \"happened\" \\ did not".to_owned(),
        publisher: None,
        date: "2026-02".to_owned(),
        url: Some("https://example.org/".to_owned()),
    };
    Content::Resolution(Resolution {
        forecast: id.to_owned(),
        answer: answer.to_owned(),
        on: day("2026-02-01"),
        source,
    })
}

fn void(id: &str) -> Content {
    Content::Void(Void { forecast: id.to_owned(), reason: "the body was dissolved".to_owned() })
}

fn withdrawal(id: &str, entry: u64) -> Content {
    Content::Withdrawal(Withdrawal { forecast: id.to_owned(), entry, reason: "a hoax".to_owned() })
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn draft(time: &str, says: Content) -> Draft {
    Draft { recorded: When::At(time.parse().unwrap()), author: Some("A. N.".to_owned()), note: None, says }
}

const JANUARY: &str = "2026-01-01T00:00:00Z";
const MARCH: &str = "2026-03-01T00:00:00Z";

fn written(path: &Path, drafts: Vec<Draft>) -> Vec<Entry> {
    drafts.into_iter().map(|draft| append(path, true, draft).unwrap()).collect()
}

/// A ledger with every kind of entry.
fn sample() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let drafts = vec![
        draft(JANUARY, yes("one", 0.3)),
        draft(JANUARY, forecast("two", &[("a", 0.25), ("b", 0.5), ("c – d", 0.25)])),
        draft(MARCH, resolution("one", "yes")),
        draft(MARCH, void("two")),
        draft(MARCH, withdrawal("two", 4)),
        draft(MARCH, resolution("two", "c – d")),
    ];
    written(&path, drafts);
    std::fs::read(&path).unwrap()
}

#[test]
fn a_good_ledger_holds_and_each_line_is_its_own_definition() {
    let bytes = sample();
    let ledger = Ledger::read(&bytes).unwrap();
    assert_eq!(ledger.entries().len(), 6);
    for (line, entry) in std::str::from_utf8(&bytes).unwrap().lines().zip(ledger.entries()) {
        // The definition once more, by hand: what stands before the last member, closed by a brace.
        let (body, seal) = line.rsplit_once(",\"seal\":\"").unwrap();
        use sha2::{Digest, Sha256};
        let hash = Sha256::digest(format!("{body}}}").as_bytes());
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(seal, format!("sha256:{hex}\"}}"));
        assert_eq!(format!("{line}\n"), entry.line().unwrap());
    }
}

/// Every byte, several values each: the entry that holds the byte is named.
#[test]
fn any_byte_changed_is_detected_and_its_entry_named() {
    let bytes = sample();
    let mut entry = 1;
    for at in 0..bytes.len() {
        let old = bytes[at];
        for new in [old ^ 1, old ^ 0x20, b'0', b'"', b'\n', 0xff] {
            if new == old {
                continue;
            }
            let mut changed = bytes.clone();
            changed[at] = new;
            let broken = Ledger::read(&changed).expect_err("a changed byte");
            assert_eq!(broken.entry, entry, "byte {at}, {old} to {new}: {}", broken.words);
        }
        entry += u64::from(old == b'\n');
    }
}

#[test]
fn any_byte_taken_out_or_put_in_is_detected() {
    let bytes = sample();
    let mut entry = 1;
    for at in 0..bytes.len() {
        let mut less = bytes.clone();
        less.remove(at);
        assert_eq!(Ledger::read(&less).expect_err("a byte less").entry, entry, "byte {at}");
        for new in [b' ', b'\n', b'0', b'"'] {
            let mut more = bytes.clone();
            more.insert(at, new);
            // A line end more before a line end is an empty line after it.
            let named = entry + u64::from(bytes[at] == b'\n' && new == b'\n');
            assert_eq!(Ledger::read(&more).expect_err("a byte more").entry, named, "byte {at}: {new}");
        }
        entry += u64::from(bytes[at] == b'\n');
    }
}

#[test]
fn lines_left_out_repeated_or_moved_are_detected() {
    let bytes = sample();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
    let n = lines.len();
    let broken = |lines: &[&[u8]]| Ledger::read(&lines.concat()).expect_err("lines changed").entry as usize;
    for at in 0..n - 1 {
        let mut less = lines.clone();
        less.remove(at);
        assert_eq!(broken(&less), at + 1, "without line {}", at + 1);
    }
    for at in 0..n {
        for to in 0..=n {
            let mut more = lines.clone();
            more.insert(to, lines[at]);
            // Put in before its own place it stands at `to`; behind it, the copy does.
            assert_eq!(broken(&more), if to <= at { if to == at { at + 2 } else { to + 1 } } else { to + 1 });
        }
        for to in at + 1..n {
            let mut moved = lines.clone();
            moved.swap(at, to);
            assert_eq!(broken(&moved), at + 1);
        }
    }
    // What cannot be seen without a head from elsewhere: the documentation says so.
    for end in 0..=n {
        let cut = Ledger::read(&lines[..end].concat()).unwrap();
        assert_eq!(cut.entries().len(), end);
    }
}

/// A forger who computes the seal of the changed entry anew is caught at the next.
#[test]
fn a_new_seal_does_not_hide_a_change() {
    let bytes = sample();
    let ledger = Ledger::read(&bytes).unwrap();
    let mut lines: Vec<String> =
        std::str::from_utf8(&bytes).unwrap().split_inclusive('\n').map(str::to_owned).collect();
    let mut body = ledger.entries()[0].body.clone();
    body.author = Some("B. N.".to_owned());
    lines[0] = Entry::seal(body).unwrap().line().unwrap();
    let broken = Ledger::read(lines.concat().as_bytes()).unwrap_err();
    assert_eq!((broken.entry, broken.fault), (2, Fault::Link));
}

#[test]
fn what_cannot_be_said_is_refused_with_a_reason_and_leaves_the_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let refused = |time: &str, says: Content, why: &str| {
        let before = std::fs::read(&path).ok();
        let error = append(&path, true, draft(time, says)).expect_err(why).to_string();
        assert!(error.contains(why), "{error}");
        assert_eq!(std::fs::read(&path).ok(), before);
    };
    refused(JANUARY, yes("Bad id", 0.5), "is not an id");
    refused(JANUARY, forecast("x", &[("yes", 1.0)]), "it has 1 answers");
    refused(JANUARY, forecast("x", &[("yes", 0.5), ("yes", 0.5)]), "stands there twice");
    refused(JANUARY, forecast("x", &[("yes", 0.5), ("no", 0.4)]), "add up to 0.9");
    refused(JANUARY, forecast("x", &[("yes", 0.5), ("n\no", 0.5)]), "control character");
    refused("2031-01-01", yes("x", 0.5), "that is hindsight");
    refused(JANUARY, resolution("one", "yes"), "there is no forecast `one`");
    assert!(!path.exists(), "what is refused leaves no file behind");
    written(&path, vec![draft(JANUARY, yes("one", 0.3))]);
    refused(JANUARY, yes("one", 0.3), "there is a forecast `one` already");
    refused("2025-12-31", yes("two", 0.3), "is earlier than");
    refused(MARCH, resolution("one", "maybe"), "`maybe` is not an answer of the forecast `one`");
    refused(JANUARY, resolution("one", "yes"), "settled on 2026-02-01, after it was recorded");
    refused(MARCH, withdrawal("one", 1), "is open: nothing can be taken back");
    written(&path, vec![draft(MARCH, resolution("one", "yes"))]);
    refused(MARCH, resolution("one", "no"), "is resolved already: entry 2 says `yes`");
    refused(MARCH, void("one"), "is resolved already");
    refused(MARCH, withdrawal("one", 1), "that is entry 2");
    written(&path, vec![draft(MARCH, withdrawal("one", 2)), draft(MARCH, void("one"))]);
    refused(MARCH, resolution("one", "no"), "is void already, by entry 4");
    // A broken ledger is left alone.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.pop();
    std::fs::write(&path, &bytes).unwrap();
    refused(MARCH, yes("two", 0.5), "is broken at entry 4: the last line has no end");
}

/// A wrong time ahead would close the ledger until then.
#[test]
fn a_time_to_come_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let ahead = Draft { recorded: When::At("2150-01-01".parse().unwrap()), ..draft(JANUARY, late("one")) };
    let error = append(&path, true, ahead.clone()).expect_err("it is still to come").to_string();
    assert!(error.contains("2150-01-01T00:00:00Z, is still to come"), "{error}");
    assert!(!path.exists(), "what is refused leaves no file behind");
    written(&path, vec![draft(JANUARY, late("one"))]);
    let before = std::fs::read(&path).unwrap();
    assert!(append(&path, false, Draft { says: late("two"), ..ahead.clone() }).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), before);
    // It is open as before.
    written(&path, vec![Draft { recorded: When::Now, ..draft(JANUARY, late("two")) }]);
    // One that was closed by an older program says what to do.
    let closed =
        Entry::seal(ahead.after(&Ledger::default(), "2151-01-01".parse().unwrap()).unwrap()).unwrap();
    std::fs::write(&path, closed.line().unwrap()).unwrap();
    let error = append(&path, false, Draft { recorded: When::Now, ..draft(JANUARY, late("two")) });
    let error = error.expect_err("closed").to_string();
    assert!(error.contains("ahead of the clock") && error.contains("begin another ledger"), "{error}");
}

/// A forecast that is answered long after any test.
fn late(id: &str) -> Content {
    let Content::Forecast(forecast) = yes(id, 0.5) else { panic!("a forecast") };
    Content::Forecast(Forecast { resolves: day("2199-12-31"), ..forecast })
}

/// Who thinks longer is not refused because somebody else was quicker: the time is that of writing.
#[test]
fn a_slow_forecast_is_recorded_behind_a_quick_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let slow = Draft { recorded: When::Now, ..draft(JANUARY, late("slow")) };
    let quick = Draft { recorded: When::Now, ..draft(JANUARY, late("quick")) };
    append(&path, true, quick).unwrap();
    // The moments of a ledger are seconds: the quick one is of an earlier second for sure.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    append(&path, true, slow).unwrap();
    let ledger = load(&path).unwrap();
    let times: Vec<Moment> = ledger.entries().iter().map(|entry| entry.body.recorded).collect();
    assert!(times[0] < times[1], "{times:?}");
    assert!(ledger.entries().iter().all(|entry| entry.body.clock == Clock::System));
}

#[test]
fn line_ends_that_something_wrote_anew_are_named_as_that() {
    let whole = sample();
    let windows: Vec<u8> =
        whole.iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] }).collect();
    let broken = Ledger::read(&windows).unwrap_err();
    assert_eq!(broken.fault, Fault::LineEnds);
    let entries = Ledger::read(&whole).unwrap().entries().len();
    assert!(broken.words.contains(&format!("with LF alone all {entries} entries hold")), "{}", broken.words);
    // A change beside that is not hidden by it.
    let mut changed = windows;
    let place = changed.len() - 200;
    changed[place] ^= 1;
    let broken = Ledger::read(&changed).unwrap_err();
    assert!(broken.words.contains("with LF alone it would be broken at entry"), "{}", broken.words);
    let old: Vec<u8> = whole.iter().map(|byte| if *byte == b'\n' { b'\r' } else { *byte }).collect();
    let broken = Ledger::read(&old).unwrap_err();
    assert_eq!(broken.fault, Fault::LineEnds);
    assert!(broken.words.contains("CR alone"), "{}", broken.words);
    assert!(broken.words.contains(&format!("with LF alone all {entries} entries hold")), "{}", broken.words);
    let marked = [b"\xef\xbb\xbf".as_slice(), &whole].concat();
    assert!(Ledger::read(&marked).unwrap_err().words.contains("byte order mark"));
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let path = &path;
            scope.spawn(move || {
                for k in 0..12 {
                    append(path, true, draft(JANUARY, yes(&format!("w{writer}-{k}"), 0.5))).unwrap();
                }
            });
        }
    });
    assert_eq!(load(&path).unwrap().entries().len(), 96);
}

/// A ledger with these forecasts, each with the place of what came true.
fn scored_ledger(list: &[(Vec<f64>, usize)]) -> Ledger {
    let names = ["a", "b", "c", "d"];
    let mut ledger = Ledger::default();
    let mut add = |time: &str, says: Content| {
        let body = draft(time, says).after(&ledger, "2200-01-01".parse().unwrap()).unwrap();
        ledger.push(Entry::seal(body).unwrap());
    };
    for (at, (p, _)) in list.iter().enumerate() {
        let exact = shares(p);
        let answers: Vec<(&str, f64)> = names.iter().copied().zip(exact.iter().map(|p| p.value())).collect();
        add(JANUARY, forecast(&format!("f{at}"), &answers[..p.len()]));
    }
    for (at, (_, answer)) in list.iter().enumerate() {
        add(MARCH, resolution(&format!("f{at}"), names[*answer]));
    }
    ledger
}

fn sum_up(list: &[(Vec<f64>, usize)]) -> Summary {
    let ledger = scored_ledger(list);
    let all = scored(&ledger);
    summary(&all.iter().collect::<Vec<_>>()).unwrap()
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} is not {b}");
}

/// By hand: (0.7, 0.3) right, (0.2, 0.8) right, (0.5, 0.25, 0.25) with the second.
#[test]
fn scores_of_a_worked_example() {
    let found = sum_up(&[(vec![0.7, 0.3], 0), (vec![0.2, 0.8], 1), (vec![0.5, 0.25, 0.25], 1)]);
    near(found.own.brier, (0.18 + 0.08 + (0.25 + 0.5625 + 0.0625)) / 3.0);
    near(found.own.log, -(0.7_f64.ln() + 0.8_f64.ln() + 0.25_f64.ln()) / 3.0);
    near(found.uniform.brier, (0.5 + 0.5 + 2.0 / 3.0) / 3.0);
    near(found.uniform.log, (2.0 * 2.0_f64.ln() + 3.0_f64.ln()) / 3.0);
    // Of the two with two answers each came true once: 1/2. The third is alone of its kind: known for sure.
    near(found.climatology.brier, (0.5 + 0.5 + 0.0) / 3.0);
    near(found.climatology.log, 2.0 * 2.0_f64.ln() / 3.0);
    // Events: `a` of the first two, all three of the third.
    assert_eq!(found.events, 5);
    assert_eq!(found.impossible, 0);
}

#[test]
fn the_ends_of_the_scales() {
    let right = sum_up(&[(vec![1.0, 0.0], 0)]);
    assert_eq!((right.own.brier, right.own.log), (0.0, 0.0));
    assert_eq!(right.error, None);
    let wrong = sum_up(&[(vec![1.0, 0.0], 1), (vec![0.5, 0.5], 1)]);
    near(wrong.own.brier, f64::midpoint(2.0, 0.5));
    assert!(wrong.own.log.is_infinite());
    assert_eq!(wrong.impossible, 1);
    assert_eq!(skill(wrong.own.log, 1.0), None);
    assert_eq!(skill(0.1, 0.0), None);
    near(skill(0.1, 0.4).unwrap(), 0.75);
}

/// Both scores are proper: no other forecast has a better expected score than the truth.
#[test]
fn scores_are_proper() {
    let expected = |truth: f64, said: f64| {
        let (happens, not) = (sum_up(&[(vec![said, 1.0 - said], 0)]), sum_up(&[(vec![said, 1.0 - said], 1)]));
        (
            truth * happens.own.brier + (1.0 - truth) * not.own.brier,
            truth * happens.own.log + (1.0 - truth) * not.own.log,
        )
    };
    for truth in [0.1, 0.35, 0.5, 0.8] {
        let honest = expected(truth, truth);
        for said in [0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95] {
            let other = expected(truth, said);
            assert!(other.0 >= honest.0 - 1e-12 && other.1 >= honest.1 - 1e-12, "{truth} {said}");
        }
    }
}

/// Reliability − resolution + uncertainty is the mean squared error, and half the Brier score of yes and no.
#[test]
fn the_partition_adds_up() {
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let list: Vec<(Vec<f64>, usize)> = (0..200)
        .map(|_| {
            let p = (next() * 20.0).floor() / 20.0;
            (vec![p, 1.0 - p], usize::from(next() > p))
        })
        .collect();
    let found = sum_up(&list);
    let [reliability, resolution, uncertainty] = found.partition;
    near(reliability - resolution + uncertainty, found.own.brier / 2.0);
    // Sample climatology is the uncertainty.
    near(found.climatology.brier / 2.0, uncertainty);
    let inside: usize = found.bins.iter().map(|bin| bin.events).sum();
    assert_eq!(inside, 200);
    for bin in &found.bins {
        assert!(bin.from - 1e-9 <= bin.mean && bin.mean <= bin.to + 1e-9, "{bin:?}");
        let share = bin.happened as f64 / bin.events as f64;
        assert!(bin.interval.0 <= share && share <= bin.interval.1);
    }
    // Outcomes were drawn with the probabilities: the forecasts are calibrated, and most intervals cover.
    let covered = found.bins.iter().filter(|b| b.interval.0 <= b.mean && b.mean <= b.interval.1).count();
    assert!(covered + 2 >= found.bins.len(), "{covered} of {}", found.bins.len());
}

/// Recorded after it was settled: hindsight, whether it is marked or not.
#[test]
fn late_forecasts_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let drafts = vec![
        draft(JANUARY, yes("early", 0.5)),
        draft(MARCH, yes("late", 0.5)),
        draft(MARCH, resolution("early", "yes")),
        draft(MARCH, resolution("late", "yes")),
    ];
    written(&path, drafts);
    let ledger = load(&path).unwrap();
    let late: Vec<bool> = scored(&ledger).iter().map(|s| s.hindsight).collect();
    assert_eq!(late, [false, true]);
}
