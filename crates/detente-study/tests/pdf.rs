//! Reports as PDF, read back as one hears them: every word in its place, under its tag.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "common/paper.rs"]
mod paper;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use detente_engine::{Quiet, Settings};
use detente_model::{ClaimId, Conflict};
use detente_study::Waiting;
use detente_study::ask::report::{Ask, Reported};
use detente_study::say::report::Length;
use detente_study::show::doc::{About, Block, Column, Doc, Figure, Item, Line, Note, Table};
use detente_study::show::pdf;
use paper::Paper;

fn set(doc: &Doc) -> Vec<u8> {
    pdf::set(doc).unwrap_or_else(|why| panic!("{why}"))
}

/// A text as it is read aloud: blanks are one blank, what turns directions says nothing.
fn plain(text: &str) -> String {
    let spoken: String = text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{ad}')).collect();
    spoken.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// That a file says what its document says, word by word and in its order, and nothing else.
fn checked(doc: &Doc, named: &str) -> Paper {
    let bytes = set(doc);
    let paper = paper::read(&bytes);
    let mut expected: Vec<String> = Vec::new();
    doc.each(&mut |line, _| expected.push(plain(&line.words())));
    expected.retain(|text| !text.is_empty());
    let own = ["P", "H1", "H2", "H3", "LBody", "Lbl", "TH", "TD", "Caption"];
    // The mark of an item that has none of its own says nothing.
    let bullet = |tag: &str, text: &str| tag == "Lbl" && ["•", "–", "·"].contains(&text);
    let told = paper.told.iter().filter(|(tag, _)| own.contains(&tag.as_str()));
    let told: Vec<String> = told
        .map(|(tag, text)| (tag, plain(text)))
        .filter(|(tag, text)| !text.is_empty() && !bullet(tag, text))
        .map(|(_, text)| text)
        .collect();
    for (at, (expected, told)) in expected.iter().zip(&told).enumerate() {
        assert_eq!(expected, told, "{named}: part {at}");
    }
    assert_eq!(expected.len(), told.len(), "{named}");
    let heads = doc.blocks.iter().filter_map(|block| match block {
        Block::Part(text) | Block::Heading(text, _) => Some(plain(text)),
        _ => None,
    });
    let outline: Vec<String> = paper.outline.iter().map(|text| plain(text)).collect();
    assert_eq!(outline, heads.collect::<Vec<_>>(), "{named}: bookmarks");
    let alternatives = doc.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(figure.alt.clone()),
        _ => None,
    });
    assert_eq!(paper.alternatives, alternatives.collect::<Vec<_>>(), "{named}: pictures");
    assert_eq!(paper.language, "en", "{named}");
    // More than its number stands on each page.
    assert!(paper.pages.iter().all(|drawn| *drawn > 1), "{named}: {:?}", paper.pages);
    let numbers = paper.beside.iter().filter(|text| text.ends_with(&format!("of {}", paper.pages.len())));
    assert_eq!(numbers.count(), paper.pages.len(), "{named}: {:?}", paper.beside);
    paper
}

fn cases() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<String> = entries
        .filter(|path| path.join("case.toml").is_file())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    all.sort();
    assert!(all.len() > 15);
    all
}

fn report(case: &str, length: Length) -> Doc {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(case).join("case.toml");
    let written = detente_case::read("case.toml", &fs::read(path).unwrap()).conflict.unwrap();
    let accounts = written.accounts().unwrap();
    let told: Vec<Conflict> = match accounts.as_slice() {
        [] => vec![written.clone()],
        accounts => accounts.iter().map(|account| written.in_account(account).unwrap()).collect(),
    };
    let settings = Settings::default();
    let ask = Ask { written: &written, length, command: "detente report", settings };
    let watch: Waiting = Arc::new(Quiet);
    match Reported::of(told, &ask, &watch) {
        Ok(reported) => reported.doc,
        Err(refusal) => panic!("{case}: {}", refusal.sentence()),
    }
}

#[test]
fn every_case_has_a_brief_of_two_pages_that_says_all_it_should() {
    for case in cases() {
        let doc = report(&case, Length::Brief);
        let paper = checked(&doc, &case);
        assert!(paper.pages.len() <= 2, "{case} has {} pages", paper.pages.len());
    }
}

#[test]
fn a_full_report_is_read_back_word_by_word_and_is_the_same_again() {
    let case = "south-caucasus-2023";
    let doc = report(case, Length::Full);
    assert!(doc.has_parts());
    let paper = checked(&doc, case);
    assert!(paper.pages.len() > 5);
    assert!(paper.links.len() > 20 && paper.links.iter().all(|page| (1..=paper.pages.len()).contains(page)));
    for tag in ["Table", "THead", "TBody", "TFoot", "TR", "TH", "L", "LI", "Link", "Figure"] {
        assert!(paper.tags.iter().any(|own| own == tag), "{tag}");
    }
    assert!(paper.title.contains("peace"), "{}", paper.title);
    assert_eq!(set(&doc), set(&doc), "the same bytes");
}

#[test]
fn scripts_directions_and_marks_are_kept() {
    let mut doc = Doc::default();
    doc.title("Հայաստան, საქართველო und Österreich", Some("7 марта 2023 · Ἀθῆναι · Đà Nẵng".to_owned()));
    doc.heading("السلام بين البلدين");
    doc.say("قال الرئيس إن 3 دول وقّعت اتفاق “Geneva” في 12 مايو، ولا تراجع.");
    doc.say("שלום על ישראל, with an e\u{301} of two characters.");
    doc.say(Line::new().plain("It ends in “سلام دائم”, says ").strong("محمد").plain(" – and then on."));
    let paper = checked(&doc, "scripts");
    assert_eq!(paper.pages.len(), 1);
}

#[test]
fn what_no_font_has_is_said_and_can_be_heard() {
    let mut doc = Doc::default();
    doc.title("Of letters", None);
    // Of a script that hardly any machine has; where this one does, there is nothing to say.
    doc.say("In Linear A: 𐘀𐘁 and on.");
    let paper = paper::read(&set(&doc));
    let all: Vec<&str> = paper.told.iter().map(|(_, text)| text.as_str()).collect();
    assert!(all.iter().any(|text| text.contains("𐘀𐘁 and on")), "{all:?}");
    let named = all.iter().any(|text| text.contains("no font with Linear A letters"));
    let mut names = resvg::usvg::fontdb::Database::new();
    names.load_system_fonts();
    let has = names.faces().any(|face| {
        let read = |bytes: &[u8], index| {
            let font = skrifa::FontRef::from_index(bytes, index).ok()?;
            skrifa::MetadataProvider::charmap(&font).map('𐘀')
        };
        names.with_face_data(face.id, read).flatten().is_some()
    });
    assert_eq!(named, !has);
}

#[test]
fn hostile_text_is_text() {
    let long = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(40);
    let mut doc = Doc::default();
    doc.title("( ) \\ << /JS (app.alert(1)) >> %PDF", Some("\u{0}\u{7}\u{1b}[31m\u{fffe}".to_owned()));
    doc.heading(long.clone());
    doc.say(format!("a {long} b"));
    doc.say("\u{202e}turned\u{202c} \u{2066}open \u{2069}\u{2069}\u{2069} closed \u{200f}\u{feff}\u{200b}\u{ad}end");
    doc.say("\r\n\t\u{2028}\u{85}");
    doc.say("\u{301}\u{301}\u{301} marks on nothing, 👩‍👩‍👧 and \u{e000}\u{10ffff}");
    doc.list(vec![Item::marked("–", "x").with(Item::new("y").with(Item::new("")))]);
    let deep = (0..40).fold(Item::new("deep"), |item, _| Item::new("in").with(item));
    doc.list(vec![deep]);
    doc.blocks.push(Block::Figure(Figure {
        svg: "<svg".to_owned(),
        caption: "c".to_owned(),
        alt: "shown".to_owned(),
    }));
    let claim = ClaimId(0);
    let named = Line::new().about(About::Claim(claim), "c1").about(About::Claim(ClaimId(9)), " none");
    doc.say(named.clone());
    doc.blocks.push(Block::Notes(vec![Note { claim, mark: long, text: named }]));
    let paper = paper::read(&set(&doc));
    assert!(paper.pages.iter().all(|drawn| *drawn > 1));
    assert_eq!(paper.links.len(), paper.tags.iter().filter(|tag| *tag == "Link").count());
    let all: String = paper.told.iter().map(|(_, text)| text.as_str()).collect();
    assert!(all.contains("/JS (app.alert(1))") && all.contains("shown") && all.contains("deep"), "{all}");
    // Nothing at all is a page too.
    assert_eq!(paper::read(&set(&Doc::default())).pages.len(), 1);
}

#[test]
fn long_and_wide_tables_have_their_heads_on_every_page() {
    let mut doc = Doc::default();
    doc.title("Tables", None);
    let mut long = Table::new([Column::text("What is told"), Column::number("how often")]);
    for at in 0..60 {
        long.row([Line::from(format!("row {at} with some words that say so")), Line::from(at.to_string())]);
    }
    long.total([Line::from("all"), Line::from("60")]);
    doc.heading("Long");
    doc.table(long);
    doc.heading("Wide");
    let mut wide = Table::new((0..24).map(|at| Column::text(format!("column-{at}"))));
    wide.row((0..24).map(|at| Line::from(format!("cell-of-{at}"))));
    doc.table(wide);
    doc.heading("High");
    let mut high = Table::new([Column::text("left"), Column::text("right")]);
    high.row([Line::from("short"), Line::from("many words in one cell ".repeat(700))]);
    doc.table(high);
    let paper = paper::read(&set(&doc));
    let of = |tag: &str| -> Vec<String> {
        let own = paper.told.iter().filter(|(own, _)| own == tag);
        own.map(|(_, text)| plain(text)).collect()
    };
    let (heads, cells) = (of("TH"), of("TD"));
    for at in 0..60 {
        assert_eq!(cells.iter().filter(|cell| cell.starts_with(&format!("row {at} "))).count(), 1);
    }
    for at in 1..24 {
        assert_eq!(heads.iter().filter(|head| **head == format!("column-{at}")).count(), 1);
        assert_eq!(cells.iter().filter(|cell| **cell == format!("cell-of-{at}")).count(), 1);
    }
    // What is wider than the page is set in parts, each with the first column.
    assert!(heads.iter().filter(|head| *head == "column-0").count() > 1);
    assert!(cells.iter().any(|cell| cell.split(' ').count() == 700 * 5), "one cell, over several pages");
    // Heads are said once, and stand on every further page for those who see it.
    assert_eq!(heads.iter().filter(|head| *head == "What is told").count(), 1);
    assert!(paper.beside.iter().any(|text| text == "What is told"), "{:?}", paper.beside);
    assert!(paper.beside.iter().filter(|text| *text == "right").count() > 1, "{:?}", paper.beside);
}
