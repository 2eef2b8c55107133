//! Title, byline and date of a text, as its first lines show them.
//!
//! # Definition
//! A first line without a stop of its script at its end (a question may be a title), of at most 25 words, is the title; lines after it up to a
//! blank one, of at most 25 words together, are the byline. The date of the text is the first full date
//! in the byline, else in the title.

use detente_case::is_stopped;
use jiff::civil::Date;

use crate::date::Calendar;
use crate::lexicon::Lexicon;
use crate::token::tokens;

pub(crate) struct Heading {
    pub(crate) title: String,
    pub(crate) byline: String,
    pub(crate) as_of: Option<Date>,
}

const LONG: usize = 25;

pub(crate) fn of(text: &str, lexicon: &Lexicon) -> Heading {
    let mut lines = text.lines().map(str::trim).skip_while(|line| line.is_empty()).take(8).peekable();
    let short = |line: &str| line.len() < 400 && line.split_whitespace().count() <= LONG;
    let mut heading = Heading { title: String::new(), byline: String::new(), as_of: None };
    let Some(first) = lines.next() else { return heading };
    let first = first.trim_start_matches('#').trim();
    if !short(first) || is_stopped(first) && !first.ends_with(['?', '…', '"', '”', '»']) {
        return heading;
    }
    first.clone_into(&mut heading.title);
    let rest: Vec<&str> = lines.collect();
    let block: Vec<&str> = rest.iter().copied().take_while(|line| !line.is_empty()).collect();
    let byline = block.join(" ");
    let closed = block.len() < rest.len();
    if closed && short(&byline) && !block.is_empty() {
        heading.byline = byline;
    }
    for line in [&heading.byline, &heading.title] {
        let (tokens, _) = tokens(line, lexicon, false);
        if let Some(date) = Calendar::first_full(&tokens) {
            heading.as_of = Some(date);
            break;
        }
    }
    heading
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_with_a_stop_of_its_script_is_a_sentence() {
        let lexicon = Lexicon::for_language(crate::reading::Setting::default().language);
        for (text, title) in [
            ("Talks in Geneva\n\nThey met today.", "Talks in Geneva"),
            ("Who decides?\n\nThey met today.", "Who decides?"),
            ("They met today. They left.\nMore.", ""),
            ("Կողմերը հանդիպեցին այսօր։\nՆրանք գնացին։", ""),
            ("両者は今日会った。\n明日も会う。", ""),
            ("दोनों पक्ष आज मिले।\nवे कल जाएँगे।", ""),
        ] {
            assert_eq!(of(text, lexicon).title, title, "{text}");
        }
    }
}
