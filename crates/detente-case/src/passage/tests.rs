//! Sentences and quotes of every script.
#![allow(clippy::unwrap_used)]

use super::*;

fn split(text: &str) -> Vec<&str> {
    sentences(text, "The Title", Some("A. Writer")).into_iter().map(|at| &text[at]).collect()
}

fn left_out(text: &str) -> Vec<(&str, Omission)> {
    let passage = Passage::of(text, "The Title", Some("A. Writer"));
    passage.left_out.into_iter().map(|left| (&text[left.at], left.why)).collect()
}

fn found<'t>(text: &'t str, quote: &str) -> Vec<&'t str> {
    let passage = Passage::of(text, "", None);
    match search(text, quote, &|a, b| passage.apart(a, b)) {
        Search::Found(places) => places.into_iter().map(|at| &text[at]).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn sentences_end_before_blanks_line_ends_and_capitals() {
    assert_eq!(split("One.Two? Three!\nFour."), ["One.", "Two?", "Three!", "Four."]);
    assert_eq!(split("It is 3.5 per cent. A.b is one word."), ["It is 3.5 per cent.", "A.b is one word."]);
    assert_eq!(split("He said: “No.” Then he left…"), ["He said: “No.”", "Then he left…"]);
    assert_eq!(split("Wait... what?! Yes.  "), ["Wait... what?!", "Yes."]);
    assert_eq!(split("Мир.Война."), ["Мир.", "Война."]);
    assert_eq!(split("It ended in 1995. 20 people came."), ["It ended in 1995.", "20 people came."]);
    assert_eq!(
        split("They signed.“We agree,”he said.It is over."),
        ["They signed.", "“We agree,”he said.", "It is over."]
    );
    assert_eq!(
        split("See example.org/?id=5 for more. Or not."),
        ["See example.org/?id=5 for more.", "Or not."]
    );
    assert_eq!(split(""), [""; 0]);
    assert_eq!(split(" .\n. "), [""; 0]);
}

#[test]
fn stops_of_every_script() {
    for (text, expected) in [
        // Armenian, Arabic, Urdu, Hindi, Chinese, Japanese, Amharic, Burmese, Khmer, Greek, Tibetan.
        ("Կողմերը հանդիպեցին։ Նրանք համաձայնեցին։ Սահմանը կբացվի։", 3),
        ("اجتمع الطرفان؟ وافق الجانبان.", 2),
        ("فریقین ملے۔ انہوں نے دستخط کیے۔", 2),
        ("दोनों पक्ष मिले। उन्होंने हस्ताक्षर किए। सीमा खुलेगी॥", 3),
        ("双方今天会面。他们同意停火！边界会开放吗？", 3),
        ("両国は会談した。「停戦に合意した。」国境は開く。", 3),
        ("ሁለቱ ወገኖች ተገናኙ። ተስማሙ።", 2),
        ("နှစ်ဖက်တွေ့ဆုံသည်။ သဘောတူသည်။", 2),
        ("Συναντήθηκαν σήμερα; Ναι. Συμφώνησαν.", 3),
    ] {
        assert_eq!(split(text).len(), expected, "{:?}", split(text));
    }
    // Georgian has no capitals.
    assert_eq!(split("მხარეები შეხვდნენ. ისინი შეთანხმდნენ."), ["მხარეები შეხვდნენ.", "ისინი შეთანხმდნენ."]);
    // Each paragraph for itself, also where the last has no stop of the first's script.
    let armenian = "Կողմերը հանդիպեցին այսօր։\n\nՆրանք համաձայնեցին դադարեցնել կրակը։ Սահմանը կբացվի։\n\nՀաջորդ հանդիպումը մայիսին է։\n";
    assert_eq!(split(armenian).len(), 4);
    let arabic = "اجتمع الطرفان اليوم في العاصمة؟\n\nوافق الجانبان على وقف إطلاق النار۔\n\nستعقد الجولة المقبلة في مايو۔\n";
    assert_eq!(split(arabic).len(), 3);
}

#[test]
fn armenian_has_a_full_stop_and_a_colon_of_its_own() {
    // The verjaket ends a sentence, the mijaket (a colon) does not, whatever comes after it.
    assert_eq!(split("Նա ասաց․ «Մենք համաձայն ենք»։ Հետո գնաց։").len(), 2);
    assert_eq!(split("Երևան․ Կողմերը հանդիպեցին։"), ["Երևան․ Կողմերը հանդիպեցին։"]);
    assert_eq!(split("Հանդիպեցին։Համաձայնեցին։").len(), 2);
    // Typed with a colon, before what begins a sentence.
    assert_eq!(split("Կողմերը հանդիպեցին: Նրանք համաձայնեցին: Սահմանը կբացվի:").len(), 3);
    assert_eq!(split("Ժամը 10:30 է: Եկան 5 հոգի: երկուսը գնացին:").len(), 2);
    // A colon is one elsewhere.
    assert_eq!(split("He said: Peace. Then: War.").len(), 2);
    // A paragraph that such a stop ends is no heading.
    assert_eq!(split("Մեկ նախադասություն:\n\nԵրկու։").len(), 2);
}

#[test]
fn quotes_close_and_open_after_stops_of_every_script() {
    assert_eq!(split("他说：“停火。”然后离开。"), ["他说：“停火。”", "然后离开。"]);
    assert_eq!(split("双方会面。“停火吧。”他说。"), ["双方会面。", "“停火吧。”", "他说。"]);
    assert_eq!(
        split("双方会面。「停火吧！」『好。』他说。"),
        ["双方会面。", "「停火吧！」", "『好。』", "他说。"]
    );
    assert_eq!(split("他问：‘谁？’没人回答。"), ["他问：‘谁？’", "没人回答。"]);
    assert_eq!(split("（他们同意。）边界开放。"), ["（他们同意。）", "边界开放。"]);
}

#[test]
fn a_sentence_goes_on_after_a_quoted_question() {
    assert_eq!(split("He asked \"Why?\" and left. Then it rained.").len(), 2);
    assert_eq!(split("“Why?” – he asked. “Go!” she said."), ["“Why?” – he asked.", "“Go!” she said."]);
    assert_eq!(split("«Почему?» — спросил он. Все молчали.").len(), 2);
    assert_eq!(split("Why? Nobody knew. “Why?” Nobody knew.").len(), 4);
}

#[test]
fn clauses_that_were_put_between_others() {
    let text = "1. The Parties cease fire.\n2. The border opens.\n2 bis. Aid passes.\n2 ter. The dead are given back.\n3. They meet.";
    assert_eq!(
        split(text),
        [
            "1. The Parties cease fire.",
            "2. The border opens.",
            "2 bis. Aid passes.",
            "2 ter. The dead are given back.",
            "3. They meet."
        ]
    );
}

#[test]
fn abbreviations_end_no_sentence() {
    let text = "The U.S. and the E.U. agreed. Mr. A. Example of the U.N. met Dr. B at 3 p.m. on Tuesday, see Art. 5.";
    assert_eq!(
        split(text),
        [
            "The U.S. and the E.U. agreed.",
            "Mr. A. Example of the U.N. met Dr. B at 3 p.m. on Tuesday, see Art. 5."
        ]
    );
    assert_eq!(
        split("They met in the U.S. The talks failed."),
        ["They met in the U.S.", "The talks failed."]
    );
    assert_eq!(split("After the I.A.E.A. has verified it, the U.N.Council meets.").len(), 1);
    assert_eq!(split("The U.S. Senate voted. On Jan. 8 it met.").len(), 2);
    assert_eq!(split("The St. Petersburg talks, i.e. the first, ended. Gen. Hadi left.").len(), 2);
    assert_eq!(split("See No. 14 and pp. 3-5. He said no. They left.").len(), 3);
    assert_eq!(split("Messrs. Holbrooke, Bildt and Ivanov led. Sen. Bernie Sanders, I-Vt., spoke.").len(), 2);
    assert_eq!(
        split("Sie trafen sich am 3. Mai in Wien. Dr. Meier ging, z.B. nach Bonn."),
        ["Sie trafen sich am 3. Mai in Wien.", "Dr. Meier ging, z.B. nach Bonn."]
    );
    assert_eq!(split("Встретились в г. Минске, т.е. дома. Проф. Иванов ушёл.").len(), 2);
}

#[test]
fn title_and_byline_are_not_counted() {
    assert_eq!(split("A. Writer: The title\n\nOne. Two."), ["One.", "Two."]);
    assert_eq!(split("The Title\nBy A. Writer\nOne. Two."), ["One.", "Two."]);
    assert_eq!(split("Another heading\n12 May 2023\n\nOne.\n\nTwo."), ["One.", "Two."]);
    assert_eq!(
        split("Another heading\nFrom our correspondent, Nov. 26, 1984\n\nOne.\n\nTwo."),
        ["One.", "Two."]
    );
    // Hard-wrapped text is no heading, and a text of one line without an end is a sentence.
    assert_eq!(split("One is\nwrapped. Two."), ["One is\nwrapped.", "Two."]);
    assert_eq!(split("only words"), ["only words"]);
}

#[test]
fn subheadings_and_signatures_are_left_out_and_listed() {
    let text = "The Title\n\nOne thing.\n\nHow the deal was made\n\nAnother thing. And more.\n\nA. N. Other";
    assert_eq!(split(text), ["One thing.", "Another thing.", "And more."]);
    assert_eq!(
        left_out(text),
        [
            ("The Title", Omission::Title),
            ("How the deal was made", Omission::Short),
            ("A. N. Other", Omission::Short)
        ]
    );
    // A longer paragraph without a stop is a sentence, and so is what ends in a colon.
    let text =
        "One thing.\n\nthe parties met again in the old town hall of the city\n\nThey agreed:\n\nTo go.";
    assert_eq!(split(text).len(), 4);
    // One paragraph a line, the subheading among them.
    let long = "The first paragraph of this text is so long that nobody would take it for a line that was wrapped by hand, is it not.";
    let text = format!("{long}\nLessons\n{long}\nKamal Writer\n");
    assert_eq!(split(&text), [long, long]);
    assert_eq!(left_out(&text).len(), 2);
    // Wrapped by hand: a short line inside a paragraph is none.
    let text = "The talks in the old town hall of the city went on until\nfour in the morning of that day, or so it was said on\nThursday. Then they ended.";
    assert_eq!(split(text).len(), 2);
    assert_eq!(left_out(text), []);
    // Chinese has no blanks between words, and its paragraphs are no headings for that.
    assert_eq!(split("双方今天会面。\n\n他们同意在边界上停火并且开放边界\n\n结束").len(), 2);
}

#[test]
fn clauses_of_resolutions_begin_sentences() {
    let text = "The Council,\n\nRecalling its earlier decisions on the matter,\n\n\
                Deeply concerned that the parties have not withdrawn,\n\n1. Demands that all parties cease fire at once;\n\n\
                2. Calls upon the parties:\n\n(a) To withdraw behind the line;\n\n(b) To let aid pass;\n\n\
                3. Decides to remain seized of the matter.\n";
    assert_eq!(
        split(text),
        [
            "The Council,",
            "Recalling its earlier decisions on the matter,",
            "Deeply concerned that the parties have not withdrawn,",
            "1. Demands that all parties cease fire at once;",
            "2. Calls upon the parties:",
            "(a) To withdraw behind the line;",
            "(b) To let aid pass;",
            "3. Decides to remain seized of the matter."
        ]
    );
    let text = "OP1 Demands a ceasefire;\nOP2 Calls upon all States to\nhelp, see Art. 3; and\nOP3 Decides to meet again.";
    assert_eq!(split(text).len(), 3);
    let text = "Article 1\n\nThe Parties cease fire. They withdraw.\n\nArticle 2\n\n1. The border opens.\n2. Aid passes.";
    assert_eq!(
        split(text),
        [
            "Article 1",
            "The Parties cease fire.",
            "They withdraw.",
            "Article 2",
            "1. The border opens.",
            "2. Aid passes."
        ]
        .into_iter()
        .filter(|line| !line.starts_with("Article"))
        .collect::<Vec<_>>()
    );
    // In running text a list ends nothing, also where a line happens to begin with a mark.
    let text = "The terms are: (a) one state; (b) two entities. They hold.\nIt was said at some length in the talks about section\n1. of the draft that he would give his own people only\n2. per cent more than was asked of him.";
    assert_eq!(split(text).len(), 3);
    assert_eq!(split("He named three: 1. Peace. 2. Aid."), ["He named three: 1. Peace.", "2. Aid."]);
}

#[test]
fn a_colon_before_signatures_opens_no_sentence() {
    let text = "1. The parties cease fire.\n\n2. They let aid pass.\n\nFor the Council:\n\nA. Smith\n";
    assert_eq!(split(text), ["1. The parties cease fire.", "2. They let aid pass."]);
    // One that opens a list opens it.
    assert_eq!(split("They agreed.\n\nThe terms are:\n\nAid passes.").len(), 3);
}

#[test]
fn numbers_that_moved() {
    let text = "Mr. Smith came. He met Gen. Jones. They left.\n";
    let (passage, former) = (Passage::of(text, "", None), former(text, "", None));
    assert_eq!((passage.sentences.len(), former.len()), (3, 5));
    let now = |first, last| passage.renumbered(&former, first, last);
    assert_eq!(
        [now(1, 1), now(2, 2), now(3, 4), now(5, 5)],
        [Some((1, 1)), Some((1, 1)), Some((2, 2)), Some((3, 3))]
    );
    assert_eq!([now(0, 0), now(6, 6)], [None, None]);
}

#[test]
fn places() {
    assert_eq!(sentence_numbers("s8"), Some((8, 8)));
    assert_eq!(sentence_numbers("s2-3"), Some((2, 3)));
    assert_eq!(sentence_numbers("s20–s21"), Some((20, 21)));
    for other in ["p. 3", "table 4", "s", "s1-", "sx", "section 2", "s99999999999"] {
        assert_eq!(sentence_numbers(other), None, "{other}");
    }
}

#[test]
fn quotes_are_found_whatever_the_blanks_and_marks() {
    let text = "He said: “it’s\n over – now”. Again: it's over.";
    assert_eq!(found(text, "it's over - now"), ["it’s\n over – now"]);
    assert_eq!(found(text, "it's over").len(), 2);
    assert!(found(text, "its over").is_empty() && found(text, "  ").is_empty());
}

#[test]
fn quotes_are_found_whatever_the_typesetting() {
    let text = "The cafe\u{301} agreed. The \u{fb01}nding was con\u{ad}firmed and the re-\nport on the cease-\nfire was long, it said, and dull. So it is... over.";
    for quote in [
        "The caf\u{e9} agreed",
        "The cafe\u{301} agreed",
        "The finding was",
        "was confirmed",
        "was con\u{ad}firmed",
        "the report on the cease-fire was",
        "the report on the ceasefire",
        "was long … and dull",
        "was long [...] and dull",
        "… was long...",
        "So it is… over",
    ] {
        assert_eq!(found(text, quote).len(), 1, "{quote}");
    }
    // Nothing is left out across paragraphs, nor in another order.
    assert!(found("One thing.\n\nAnother thing.", "One … Another").is_empty());
    assert!(found(text, "and dull … was long").is_empty());
    assert_eq!(found("双方今天会面。", "今天会面"), ["今天会面"]);
}

#[test]
fn a_quote_is_of_whole_words() {
    let text = "The party will signal its interest of 3.5 per cent. Résumé. The cafe\u{301}s close.";
    let not = |_, _| false;
    assert_eq!(search(text, "The party will sign", &not), Search::InsideWord("signal".to_owned(), true));
    assert_eq!(search(text, "arty will signal", &not), Search::InsideWord("party".to_owned(), false));
    for quote in ["5 per cent", "of 3", "sumé", "The cafe", "interest … per ce"] {
        assert!(found(text, quote).is_empty(), "{quote}");
    }
    assert_eq!(found(text, "3.5 per cent").len(), 1);
    // Characters that are not seen are named, not passed over.
    let invisible = "The par\u{200b}ties agree.";
    assert_eq!(search(invisible, "The parties agree", &not), Search::Invisible);
    assert_eq!(search("", "x", &not), Search::Missing);
}

#[test]
fn the_nearest_passage() {
    let text = "First things. Moscow will do its best to hinder the peace process. Last things.";
    let near = |quote: &str| nearest(text, quote).map(|at| &text[at]);
    assert_eq!(
        near("Moscow will do all to hinder a peace process"),
        Some("Moscow will do its best to hinder the peace process")
    );
    assert_eq!(near("hinder the war process"), Some("hinder the peace process"));
    assert_eq!(near("nothing of this kind anywhere"), None);
}

/// Whatever the text, nothing panics, and every sentence is a stretch of it, in order.
#[test]
fn any_text() {
    let mut seed = 7_u64;
    let alphabet: Vec<char> =
        "aB1 .?!\n\r;:,-(…)“”\u{ad}\u{301}\u{200b}։․Աա。「」ش一#•*é\u{fb01}".chars().collect();
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..40 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push(alphabet[(seed >> 33) as usize % alphabet.len()]);
        }
        let passage = Passage::of(&text, "a B", Some("1"));
        let mut last = 0;
        for sentence in &passage.sentences {
            assert!(sentence.start >= last && sentence.start < sentence.end, "{text:?}");
            assert!(text[sentence.clone()].trim().len() == sentence.len(), "{text:?}");
            last = sentence.end;
            // A sentence is found as a quote of itself, but where it begins or ends inside a word.
            let quote = &text[sentence.clone()];
            let search = search(&text, quote, &|a, b| passage.apart(a, b));
            assert!(!matches!(search, Search::Unfinished), "{text:?}");
        }
        // Joined, the sentences and what is left out are the text but for blanks: nothing is lost, nothing is there twice.
        let left = passage.left_out.iter().map(|left| left.at.clone());
        let mut all: Vec<Range<usize>> = passage.sentences.iter().cloned().chain(left).collect();
        all.sort_by_key(|at| at.start);
        let seen = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let joined: String = all.iter().map(|at| seen(&text[at.clone()])).collect();
        assert_eq!(joined, seen(&text), "nothing is lost: {text:?}");
        nearest(&text, "a B 1");
    }
}
