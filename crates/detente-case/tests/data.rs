//! Tables with invented rows, in the columns of the exports: no data of the projects is copied here.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;
use std::fs;
use std::io::Read;
use std::path::Path;

use detente_case::import::data::{
    DataError, DataSettings, ENTRIES, Export, Form, Imported, Left, NoDay, Span, Wrong, data,
};
use detente_case::{check, read};

const CASE: &str = r#"# A comment that stays.
format = 1

[case]
title = "Two states"
as_of = 2023-09-15

[actor.az]
name = "Azerbaijan"
[actor.az.option]
x = "X"

[actor.am]
name = "Armenia"
[actor.am.option]
y = "Y"

[[actor.az.prefers]]
that = "az.x"  # this one too
[[actor.am.prefers]]
that = "am.y"
"#;

const ACLED: &str = "event_id_cnty,event_date,event_type,actor1,actor2,location,fatalities,notes,timestamp";
const AZ: &str = "Military Forces of Azerbaijan (2003-)";
const AM: &str = "Military Forces of Armenia (2018-)";

fn acled(rows: &[(&str, &str, &str, &str, &str, u32)]) -> String {
    let mut out = ACLED.to_owned() + "\n";
    for (id, date, kind, a, b, deaths) in rows {
        let _ =
            writeln!(out, "{id},{date},{kind},{a},{b},Sarital,{deaths},\"Invented, for a test\",1675000000");
    }
    out
}

fn run(table: &str, case: &str, settings: &DataSettings) -> Result<Imported, DataError> {
    let conflict = read("case.toml", case.as_bytes()).conflict.unwrap();
    data("acled_v2.csv", table.as_bytes(), case, &conflict, settings)
}

fn counts() -> DataSettings {
    DataSettings { form: Some(Form::Counts), ..DataSettings::default() }
}

/// What was read, which is a case without errors whose game is the one before.
fn into(table: &str, case: &str, settings: &DataSettings) -> Imported {
    let found = run(table, case, settings).unwrap();
    let before = read("case.toml", case.as_bytes()).conflict.unwrap();
    let after = read("case.toml", found.outcome.text.as_bytes());
    let errors: Vec<_> = after.diagnostics.iter().filter(|problem| problem.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}\n{}", found.outcome.text);
    assert_eq!(after.conflict.unwrap().game.digest(), before.game.digest());
    found
}

#[test]
fn rows_become_events_with_their_rows_as_claims() {
    let table = acled(&[
        ("AZE1", "02 January 2023", "Battles", AZ, AM, 2),
        ("AZE2", "2023-02-05", "Explosions/Remote violence", AM, AZ, 0),
        ("AZE3", "05 March 2023", "Protests", "Protesters (Armenia)", "", 0),
    ]);
    let found = into(&table, CASE, &DataSettings::default());
    assert_eq!((found.export, found.rows, found.taken, found.form), (Export::Acled, 3, 2, Form::Events));
    assert_eq!(found.version.as_deref(), Some("2"));
    assert_eq!(found.left[&Left::Nobody].rows, 1);
    let text = &found.outcome.text;
    assert!(text.starts_with("# A comment that stays.\n") && text.contains("# this one too"), "{text}");
    let after = read("case.toml", text.as_bytes()).conflict.unwrap();
    let event = &after.situation.events[0];
    assert_eq!((event.on.as_str(), event.deaths, event.count), ("2023-01-02", Some([2; 3]), None));
    assert_eq!(event.grounds.claims.len(), 1);
    assert_eq!(after.evidence.claims[0].at.as_deref(), Some("row AZE1"));
    let note = after.evidence.sources[0].note.as_deref().unwrap();
    assert!(note.contains(&found.digest) && note.contains("acled_v2.csv"), "{note}");
}

#[test]
fn months_are_counted_and_a_strained_tie_is_proposed_from_ten_on() {
    let rows: Vec<(String, String)> =
        (1..=10).map(|n| (format!("A{n}"), format!("2023-{:02}-{:02}", 1 + n % 2, n + 1))).collect();
    let all: Vec<_> = rows.iter().map(|(id, on)| (id.as_str(), on.as_str(), "Battles", AZ, AM, 1)).collect();
    let found = into(&acled(&all), CASE, &counts());
    let after = read("case.toml", found.outcome.text.as_bytes()).conflict.unwrap();
    let events: Vec<_> = after.situation.events.iter().map(|e| (e.on.as_str(), e.count, e.deaths)).collect();
    assert_eq!(events, [("2023-01", Some(5), Some([5; 3])), ("2023-02", Some(5), Some([5; 3]))]);
    assert_eq!(found.outcome.ties, [([0, 1], 10)]);
    // What is proposed counts for nothing.
    assert!(after.situation.ties.is_empty());
    assert!(found.outcome.text.contains("proposed = true"));
    let nine = into(&acled(&all[..9]), CASE, &counts());
    assert!(nine.outcome.ties.is_empty());
}

#[test]
fn a_newer_edition_adds_what_is_new_and_says_what_changed() {
    let old =
        acled(&[("A1", "2023-01-02", "Battles", AZ, AM, 2), ("A2", "2023-01-03", "Battles", AZ, AM, 1)]);
    let first = into(&old, CASE, &counts());
    let new = acled(&[
        ("A1", "2023-01-02", "Battles", AZ, AM, 4),
        ("A2", "2023-01-03", "Battles", AZ, AM, 1),
        ("A3", "2023-01-04", "Battles", AM, AZ, 1),
        ("A4", "2023-03-04", "Battles", AM, AZ, 0),
    ]);
    let second = into(&new, &first.outcome.text, &counts());
    assert_eq!((second.outcome.known, second.outcome.added.len(), second.outcome.altered.len()), (2, 1, 1));
    assert_eq!(second.outcome.source.as_deref(), Some("acled-2"));
    let after = read("case.toml", second.outcome.text.as_bytes()).conflict.unwrap();
    let months: Vec<_> = after.situation.events.iter().map(|e| (e.on.as_str(), e.count, e.deaths)).collect();
    assert_eq!(months, [("2023-01", Some(3), Some([6; 3])), ("2023-03", Some(1), Some([0; 3]))]);
    // Another export, which has some of the rows only: what stands there stays, and what is new comes beside it.
    let other =
        acled(&[("A1", "2023-01-02", "Battles", AZ, AM, 9), ("B1", "2023-01-09", "Battles", AZ, AM, 1)]);
    let third = into(&other, &second.outcome.text, &counts());
    assert_eq!(third.outcome.altered, []);
    assert_eq!(third.outcome.partial.iter().map(|p| (p.rows, p.here)).collect::<Vec<_>>(), [(3, 1)]);
    assert_eq!(
        third.outcome.added.iter().map(|a| (a.claim.as_str(), a.rows)).collect::<Vec<_>>(),
        [("acled-2023-01-az-am-violence-2", 1)]
    );
}

#[test]
fn what_was_changed_by_hand_stays() {
    let old = acled(&[("A1", "2023-01-02", "Battles", AZ, AM, 2)]);
    let first = into(&old, CASE, &DataSettings::default()).outcome.text;
    let title = "title = \"Battles: ";
    let by_hand = first.replacen(title, "title = \"My words: ", 1);
    assert_ne!(first, by_hand);
    let new = acled(&[("A1", "2023-01-02", "Battles", AZ, AM, 5)]);
    let found = into(&new, &by_hand, &DataSettings::default());
    assert!(found.outcome.altered[0].kept);
    assert!(found.outcome.text.contains("My words") && found.outcome.text.contains("with 5 deaths"));
    // The words of a claim that somebody wrote over stay too, while the rows are the same.
    let words = first.replacen("says = \"Battles", "says = \"Heavy battles", 1);
    assert_eq!(into(&old, &words, &DataSettings::default()).outcome.text, words);
}

/// Small numbers from a seed.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// A table with good, bad and double rows.
fn random_table(seed: u64) -> String {
    let mut r = Seeded(seed);
    let names = [
        AZ,
        AM,
        "Government of Armenia",
        "Azerbaijan",
        "Civilians (Nowhere)",
        "",
        "Armeniia",
        "\"Quoted\nname\"",
    ];
    let kinds = ["Battles", "Riots", "Strategic developments", "battles", "Something else", "Protests"];
    let mut out = ACLED.to_owned() + "\n";
    for _ in 0..r.below(60) {
        let date = match r.below(9) {
            0 => "1/2/2023".to_owned(),
            1 => "2023-02-30".to_owned(),
            _ => format!("2023-{:02}-{:02}", 1 + r.below(12), 1 + r.below(28)),
        };
        let (id, kind) = (r.below(50), kinds[r.below(6) as usize]);
        let (a, b) = (names[r.below(8) as usize], names[r.below(8) as usize]);
        let _ = writeln!(
            out,
            "N{id},{date},{kind},{a},{b},Place,{},x,0{}",
            r.below(9),
            if r.below(20) == 0 { ",more" } else { "" }
        );
    }
    out
}

#[test]
fn importing_twice_is_importing_once() {
    for seed in 0..300 {
        let table = random_table(seed);
        let form = [Some(Form::Events), Some(Form::Counts), None][(seed % 3) as usize];
        let settings = DataSettings { form, one_side: seed % 2 == 0, ..DataSettings::default() };
        let once = into(&table, CASE, &settings);
        let twice = into(&table, &once.outcome.text, &settings);
        assert_eq!(twice.outcome.text, once.outcome.text, "seed {seed}");
        assert_eq!(twice.outcome.known, once.taken, "seed {seed}");
        let sum = once.left.values().map(|left| left.rows).sum::<u64>();
        assert_eq!(sum + once.taken, once.rows, "seed {seed}: every row is taken or left out for a reason");
        // The other form adds nothing either: the rows are known.
        let other = DataSettings {
            form: Some(if once.form == Form::Events { Form::Counts } else { Form::Events }),
            ..settings
        };
        let again = into(&table, &once.outcome.text, &other).outcome;
        assert_eq!((again.added, again.partial), (vec![], vec![]), "seed {seed}");
    }
}

#[test]
fn marks_ends_of_lines_and_separators_do_not_matter() {
    let table = acled(&[("A1", "2023-01-02", "Battles", AZ, AM, 2)])
        .replace("\"Invented, for a test\"", "\"two\nlines\"");
    let plain = into(&table, CASE, &DataSettings::default());
    assert_eq!(plain.taken, 1);
    for other in [
        format!("\u{feff}{table}"),
        table.replace('\n', "\r\n"),
        table.replace(',', ";"),
        table.replace(',', "\t"),
        table.trim_end().to_owned(),
        format!("{table},,,,,,,,\n"),
    ] {
        let found = into(&other, CASE, &DataSettings::default());
        assert_eq!(found.outcome.added, plain.outcome.added, "{other}");
        assert!(found.left.is_empty(), "{:?}", found.left);
    }
}

#[test]
fn every_bad_row_is_told_with_its_line() {
    let mut table = acled(&[
        ("A1", "2023-01-02", "Battles", AZ, AM, 2),
        ("A1", "2023-01-02", "Battles", AZ, AM, 2),
        ("A3", "3/4/2023", "Battles", AZ, AM, 2),
        ("A4", "soon", "Battles", AZ, AM, 2),
        ("", "2023-01-02", "Battles", AZ, AM, 2),
        ("A6", "2023-01-02", "Parade", AZ, AM, 2),
        ("A7", "2024-01-02", "Battles", AZ, AM, 2),
        ("A8", "2022-01-02", "Battles", AZ, AM, 2),
        ("A9", "2023-01-02", "Battles", AZ, "Civilians", 2),
        ("A10", "2023-01-02", "Battles", AZ, "Azerbaijan", 2),
    ]);
    table += &format!("A11,2023-01-02,Battles,{AZ},{AM},Place,many,x,0\nA12,2023-01-02\n");
    let settings =
        DataSettings { span: Span { from: Some("2023".to_owned()), to: None }, ..DataSettings::default() };
    let found = into(&table, CASE, &settings);
    let left: Vec<(Left, u64, u64)> =
        found.left.iter().map(|(why, out)| (*why, out.rows, out.examples[0].0)).collect();
    assert_eq!(
        left,
        [
            (Left::OneSide, 1, 10),
            (Left::Within, 1, 11),
            (Left::Before, 1, 9),
            (Left::After, 1, 8),
            (Left::Width, 1, 13),
            (Left::NoId, 1, 6),
            (Left::Day(NoDay::Not), 1, 5),
            (Left::Day(NoDay::Mangled), 1, 4),
            (Left::Unknown, 1, 7),
            (Left::Deaths, 1, 12),
            (Left::Twice, 1, 3),
        ]
    );
}

#[test]
fn letters_that_are_no_utf8_and_quotes_that_stay_open_end_no_import() {
    let mut bytes =
        acled(&[("A1", "2023-01-02", "Battles", AZ, AM, 2)]).replace("Sarital", "S\u{1}ar").into_bytes();
    bytes.iter_mut().for_each(|byte| {
        if *byte == 1 {
            *byte = 0xe9
        }
    });
    let conflict = read("case.toml", CASE.as_bytes()).conflict.unwrap();
    let found = data("x.csv", bytes.as_slice(), CASE, &conflict, &DataSettings::default()).unwrap();
    assert_eq!((found.taken, found.replaced), (1, 1));
    let open =
        acled(&[("A1", "2023-01-02", "Battles", AZ, AM, 2), ("A2", "2023-01-02", "Battles", AZ, AM, 2)]);
    let open = open.replace("\"Invented, for a test\"", "x").replacen("Battles", "\"Battles", 1);
    let found = run(&open, CASE, &DataSettings::default()).unwrap();
    assert_eq!(found.taken, 0);
    assert_eq!(found.left[&Left::Width].rows, found.rows);
}

/// A table without an end.
struct Endless(Vec<u8>, usize);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let from = self.0.get(self.1..).unwrap_or_default();
        let all = from.len().min(buffer.len());
        buffer[..all].copy_from_slice(&from[..all]);
        // Then the same line again.
        self.1 = if self.1 + all >= self.0.len() { ACLED.len() + 1 } else { self.1 + all };
        Ok(all)
    }
}

#[test]
fn a_table_past_the_bound_is_refused() {
    let line = format!("A1,2023-01-02,Battles,x,y,z,1,{},0\n", "note ".repeat(100_000));
    let table = Endless(format!("{ACLED}\n{line}").into_bytes(), 0);
    let conflict = read("case.toml", CASE.as_bytes()).conflict.unwrap();
    let refused = data("x.csv", table, CASE, &conflict, &DataSettings::default());
    assert!(matches!(refused, Err(DataError::TooLarge)), "{refused:?}");
}

#[test]
fn more_entries_than_are_added_at_once_are_refused() {
    let ids: Vec<String> = (0..=ENTRIES).map(|n| format!("A{n}")).collect();
    let rows: Vec<_> = ids.iter().map(|id| (id.as_str(), "2023-01-02", "Battles", AZ, AM, 0)).collect();
    let table = acled(&rows);
    let events = DataSettings { form: Some(Form::Events), ..DataSettings::default() };
    assert!(matches!(run(&table, CASE, &events), Err(DataError::TooMany(n)) if n == ENTRIES + 1));
    assert_eq!(into(&table, CASE, &DataSettings::default()).outcome.added.len(), 1);
}

#[test]
fn wrong_settings_are_told_all_at_once() {
    let settings = DataSettings {
        actors: vec![("X".to_owned(), "azz".to_owned())],
        span: Span { from: Some("2023-13".to_owned()), to: Some("2022".to_owned()) },
        ..DataSettings::default()
    };
    let Err(DataError::Settings(wrong)) = run(&acled(&[]), CASE, &settings) else { panic!("it is refused") };
    assert_eq!(
        wrong,
        [
            Wrong::Actor("azz".to_owned(), Some("az".to_owned())),
            Wrong::Day("2023-13".to_owned()),
            Wrong::Backwards
        ]
    );
}

const GED: &str = "id,relid,year,type_of_violence,conflict_name,dyad_name,side_a,side_b,where_coordinates,date_prec,date_start,date_end,best,high,low";

#[test]
fn uppsala_has_spans_and_three_estimates() {
    let table = format!(
        "{GED}\n\
         7,R,2023,1,C,D,Government of Azerbaijan,Government of Armenia,Sarital,1,2023-01-02 00:00:00.000,2023-01-02 00:00:00.000,3,5,1\n\
         8,R,2023,1,C,D,Government of Azerbaijan,Government of Armenia,Sarital,4,2023-01-01,2023-01-31,0,9,0\n\
         9,R,2023,1,C,D,Government of Azerbaijan,Government of Armenia,Sarital,3,2023-01-29,2023-02-04,1,1,1\n\
         10,R,2023,9,C,D,Government of Azerbaijan,Government of Armenia,Sarital,3,2023-01-29,2023-02-04,1,1,1\n\
         11,R,2023,1,C,D,Government of Azerbaijan,Government of Armenia,Sarital,3,2023-02-29,2023-02-04,1,1,1\n\
         12,R,2023,1,C,D,Government of Azerbaijan,Government of Armenia,Sarital,3,2023-02-09,2023-02-04,1,1,1\n\
         13,R,2023,1,C,D,Government of Azerbaijan,Government of Armenia,Sarital,1,2023-02-01,2023-02-01,1,0,2\n"
    );
    let found = into(&table, CASE, &DataSettings::default());
    assert_eq!((found.export, found.taken), (Export::Ged, 3));
    let after = read("case.toml", found.outcome.text.as_bytes()).conflict.unwrap();
    let events: Vec<_> =
        after.situation.events.iter().map(|e| (e.on.as_str(), e.until.as_deref(), e.deaths)).collect();
    assert_eq!(
        events,
        [
            ("2023-01", None, Some([0, 0, 9])),
            ("2023-01-02", None, Some([1, 3, 5])),
            ("2023-01-29", Some("2023-02-04"), Some([1; 3])),
        ]
    );
    let counted = into(&table.replace("best,high,low", "best_est,high_est,low_est"), CASE, &counts());
    let after = read("case.toml", counted.outcome.text.as_bytes()).conflict.unwrap();
    assert_eq!(after.situation.events[0].deaths, Some([2, 4, 15]));
    assert!(after.situation.events[0].title.contains("1 of them last beyond the month"));
}

#[test]
fn gdelt_has_no_head_and_codes_for_names() {
    let row = |id: u32, a: &str, b: &str, root: &str, quadrant: &str| {
        let mut cells = vec![""; 61];
        let id = id.to_string();
        (cells[0], cells[1], cells[5], cells[15], cells[28], cells[29]) =
            (&id, "20230102", a, b, root, quadrant);
        cells[52] = "A \"quoted\" place";
        cells.join("\t") + "\n"
    };
    let table = row(1_000_001, "AZEGOV", "ARM", "19", "4")
        + &row(1_000_002, "ARMMIL", "AZE", "04", "1")
        + &row(1_000_003, "AZEOPP", "ARM", "04", "1")
        + &row(1_000_004, "AZE", "ARM", "77", "1");
    let found = into(&table, CASE, &counts());
    assert_eq!((found.export, found.rows, found.taken), (Export::Gdelt, 4, 2));
    assert_eq!(found.near.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["AZEOPP"]);
    assert_eq!(found.left[&Left::Unknown].rows, 1);
    let claims: Vec<&str> = found.outcome.added.iter().map(|one| one.claim.as_str()).collect();
    assert_eq!(claims, ["gdelt-2023-01-az-am-cooperation-in-words", "gdelt-2023-01-az-am-conflict-in-deeds"]);
    let said = DataSettings { actors: vec![("AZEOPP".to_owned(), "az".to_owned())], ..counts() };
    assert_eq!(into(&table, CASE, &said).taken, 3);
}

#[test]
fn agreements_are_instruments_and_parties_are_named_or_left_out() {
    let head = "Con,Contp,PPName,AgtId,Agt,Dat,Status,Stage,Part";
    let table = format!(
        "{head}\n\
         Armenia/Azerbaijan/(Sarital),Inter-state,P,5,An invented protocol,2023-02-03,Multiparty signed/agreed,Cea,\"For Armenia: A. Name, Minister; For Azerbaijan: B. Name\"\n\
         Armenia,Intra-state,P,6,An invented list,2023-02-04,Status unclear,Pre,\n\
         Elsewhere,Intra-state,P,7,Another,2023-02-04,Multiparty signed/agreed,Pre,\n"
    );
    let found = into(&table, CASE, &DataSettings::default());
    assert_eq!((found.export, found.taken), (Export::Pax, 2));
    let after = read("case.toml", found.outcome.text.as_bytes()).conflict.unwrap();
    let [first, second] = after.situation.instruments.as_slice() else { panic!("two instruments") };
    assert_eq!(
        (first.id.as_str(), first.signed.as_deref(), first.parties.len()),
        ("pax-5", Some("2023-02-03"), 2)
    );
    assert_eq!((second.signed.as_deref(), second.status, second.parties.len()), (None, None, 0));
    assert!(second.grounds.note.as_deref().unwrap().contains("add its parties"));
    assert_eq!(into(&table, &found.outcome.text, &DataSettings::default()).outcome.text, found.outcome.text);
    let newer = table.replace("Status unclear", "Multiparty signed/agreed");
    let changed = into(&newer, &found.outcome.text, &DataSettings::default());
    assert_eq!(changed.outcome.altered.len(), 1);
    let after = read("case.toml", changed.outcome.text.as_bytes()).conflict.unwrap();
    assert_eq!(after.situation.instruments[1].signed.as_deref(), Some("2023-02-04"));
}

#[test]
fn an_agreement_without_a_title_is_named_so() {
    let table = "Con,Contp,PPName,AgtId,Agt,Dat,Status,Stage,Part\n\
                 Armenia,Intra-state,P,6, ,2022-07-22,Status unclear,Pre,\n";
    let found = into(table, CASE, &DataSettings::default());
    let after = read("case.toml", found.outcome.text.as_bytes()).conflict.unwrap();
    assert_eq!(after.situation.instruments[0].title, "Agreement without a title");
    let says = &after.evidence.claims[0].says;
    assert!(says.starts_with("PA-X lists an agreement without a title of 22 July 2022"), "{says}");
}

#[test]
fn every_case_of_the_catalogue_takes_rows_about_its_actors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut tried = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let Ok(text) = fs::read_to_string(entry.unwrap().path().join("case.toml")) else { continue };
        let conflict = read("case.toml", text.as_bytes()).conflict.unwrap();
        let name = |at: usize| {
            let actor = &conflict.game.actors[at];
            format!("\"{}\"", if actor.name.is_empty() { &actor.id } else { &actor.name })
        };
        let day = conflict.about.as_of.as_deref().and_then(|day| day.get(..4)).unwrap_or("2020");
        let (a, b, day) = (name(0), name(1), format!("{day}-01-02"));
        let ids: Vec<String> = (0..12).map(|n| format!("Q{n}")).collect();
        let rows: Vec<_> =
            ids.iter().map(|id| (id.as_str(), day.as_str(), "Battles", a.as_str(), b.as_str(), 1)).collect();
        for form in [Form::Events, Form::Counts] {
            let settings = DataSettings { form: Some(form), ..DataSettings::default() };
            let found = into(&acled(&rows), &text, &settings);
            assert_eq!(found.taken, 12, "{}: {:?}", conflict.about.title, found.left);
            let problems = check(&read("case.toml", found.outcome.text.as_bytes()), &|_| None);
            let errors: Vec<_> = problems.iter().filter(|problem| problem.is_error()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", conflict.about.title);
            tried += 1;
        }
    }
    assert!(tried >= 36, "only {tried} were tried");
}

#[test]
fn no_bytes_make_the_import_panic_and_every_row_is_accounted_for() {
    let pax = "Con,AgtId,Agt,Dat,Status,Part\nArmenia/Azerbaijan,5,Protocol,2023-02-03,Multiparty signed/agreed,For Armenia: x\n";
    let ged = format!(
        "{GED}\n7,R,2023,1,C,D,Government of Azerbaijan,Government of Armenia,é,1,2023-01-02,2023-01-02,3,5,1\n"
    );
    let tables = [acled(&[("A1", "02 January 2023", "Battles", AZ, AM, 2)]), pax.to_owned(), ged];
    let conflict = read("case.toml", CASE.as_bytes()).conflict.unwrap();
    let mut r = Seeded(11);
    for n in 0..3000 {
        let mut bytes = tables[n % tables.len()].clone().into_bytes();
        for _ in 0..=r.below(3) {
            let at = r.below(bytes.len() as u64) as usize;
            let other =
                [b'"', b',', b'\n', b'\r', 0, 0xff, b'(', b'-', b';', b'9', b'\\'][r.below(11) as usize];
            match r.below(3) {
                0 => bytes[at] = other,
                1 => bytes.insert(at, other),
                _ => bytes.truncate(at.max(1)),
            }
        }
        let settings = DataSettings { one_side: n % 2 == 0, ..DataSettings::default() };
        let Ok(found) = data("x.csv", bytes.as_slice(), CASE, &conflict, &settings) else { continue };
        let left: u64 = found.left.values().map(|left| left.rows).sum();
        assert_eq!(left + found.taken, found.rows, "{}", String::from_utf8_lossy(&bytes));
        let after = read("case.toml", found.outcome.text.as_bytes());
        assert!(after.conflict.is_some(), "{:?}\n{}", after.diagnostics, found.outcome.text);
    }
}
