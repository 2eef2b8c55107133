//! HTML: the main text of a page.
//!
//! # Definition
//! Text stands in blocks; an element that is a block begins one. Left out, and counted: scripts and styles, menus (`nav`),
//! heads and feet of the page outside its articles, what stands aside, forms and buttons, frames and pictures, and what the
//! page hides. Where the page names its main text (`main`, else `article`) and something stands in it, the rest is left out
//! too. The title of the page comes first unless the text has a heading of the first level.
//!
//! Complexity: linear; an end tag closes what was opened since its begin tag, and each is closed once.

use std::collections::HashMap;

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use crate::{Document, Refused, counted, folded, refused};

/// Bytes in which a page says its encoding, or that it is one.
const HEAD: usize = 1024;

/// Whether the bytes begin like a page.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<?xml") && head.contains("<html")
}

/// The encoding that a page says it has.
pub(crate) fn charset(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let at = head.windows(8).position(|word| word.eq_ignore_ascii_case(b"charset="))? + 8;
    let rest = head.get(at..)?;
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:".contains(byte)))?;
    std::str::from_utf8(&rest[..end]).ok()
}

/// Why an element is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Out {
    Script,
    Style,
    Menu,
    HeadOrFoot,
    Aside,
    Form,
    Embedded,
    Hidden,
}

const OUTS: [(Out, &str, &str); 8] = [
    (Out::Script, "script", "scripts"),
    (Out::Style, "style sheet", "style sheets"),
    (Out::Menu, "menu", "menus"),
    (Out::HeadOrFoot, "head or foot of the page", "heads and feet of the page"),
    (Out::Aside, "part aside", "parts aside"),
    (Out::Form, "form or button", "forms and buttons"),
    (Out::Embedded, "picture or frame", "pictures and frames"),
    (Out::Hidden, "hidden part", "hidden parts"),
];

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements within a line.
const INLINE: [&str; 33] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var",
];

struct Open {
    name: String,
    out: bool,
    main: bool,
    article: bool,
    title: bool,
    heading: bool,
}

#[derive(Default)]
struct Block {
    text: String,
    main: bool,
    article: bool,
}

#[derive(Default)]
struct Page {
    stack: Vec<Open>,
    open: HashMap<String, usize>,
    out: usize,
    main: usize,
    article: usize,
    title: usize,
    counts: [usize; OUTS.len()],
    titled: String,
    heading: bool,
    block: String,
    blocks: Vec<Block>,
}

fn has(tag: &StartTag<()>, key: &[u8], value: Option<&str>) -> bool {
    let found = tag.attributes.get(&HtmlString::from(key.to_vec()));
    found.is_some_and(|found| {
        value.is_none_or(|value| {
            let said = String::from_utf8_lossy(found).to_ascii_lowercase();
            said.split_whitespace().collect::<String>().contains(value)
        })
    })
}

impl Page {
    fn flush(&mut self) {
        let text = folded(&self.block);
        self.block.clear();
        if !text.is_empty() {
            self.blocks.push(Block { text, main: self.main > 0, article: self.article > 0 });
        }
    }

    fn why_out(&self, name: &str, tag: &StartTag<()>) -> Option<Out> {
        Some(match name {
            "script" | "noscript" | "template" => Out::Script,
            "style" => Out::Style,
            "nav" | "menu" => Out::Menu,
            "header" | "footer" if self.article == 0 && self.main == 0 => Out::HeadOrFoot,
            "footer" => Out::HeadOrFoot,
            "aside" => Out::Aside,
            "form" | "button" | "select" | "textarea" | "dialog" => Out::Form,
            "svg" | "iframe" | "object" | "audio" | "video" | "canvas" | "math" | "frameset" => Out::Embedded,
            _ if has(tag, b"hidden", None)
                || has(tag, b"aria-hidden", Some("true"))
                || has(tag, b"style", Some("display:none"))
                || has(tag, b"style", Some("visibility:hidden")) =>
            {
                Out::Hidden
            }
            _ if has(tag, b"role", Some("navigation")) => Out::Menu,
            _ => return None,
        })
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let why = if self.out > 0 { None } else { self.why_out(&name, tag) };
        if !INLINE.contains(&name.as_str()) {
            self.flush();
        } else if self.out == 0 && name == "br" {
            self.block.push(' ');
        }
        if VOID.contains(&name.as_str()) {
            if name == "img" && self.out == 0 {
                self.counts[6] += 1;
            }
            return;
        }
        if let Some(why) = why
            && let Some(at) = OUTS.iter().position(|(out, ..)| *out == why)
        {
            self.counts[at] += 1;
        }
        if tag.self_closing && matches!(name.as_str(), "svg" | "math" | "path") {
            return;
        }
        let open = Open {
            out: why.is_some(),
            main: name == "main" || has(tag, b"role", Some("main")),
            article: name == "article",
            title: name == "title" && self.out == 0,
            heading: name == "h1" && self.out == 0,
            name,
        };
        self.out += usize::from(open.out);
        self.main += usize::from(open.main);
        self.article += usize::from(open.article);
        self.title += usize::from(open.title);
        *self.open.entry(open.name.clone()).or_default() += 1;
        self.stack.push(open);
    }

    fn end(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            self.flush();
        }
        if self.open.get(name).is_none_or(|count| *count == 0) {
            return;
        }
        while let Some(open) = self.stack.pop() {
            // What is closed with it may be a block in which text stands.
            if !INLINE.contains(&open.name.as_str()) {
                self.flush();
            }
            self.out -= usize::from(open.out);
            self.main -= usize::from(open.main);
            self.article -= usize::from(open.article);
            self.title -= usize::from(open.title);
            self.heading |= open.heading && self.blocks.last().is_some();
            if let Some(count) = self.open.get_mut(&open.name) {
                *count -= 1;
            }
            if open.name == name {
                break;
            }
        }
    }

    fn text(&mut self, words: &str) {
        if self.title > 0 {
            self.titled.push_str(words);
        } else if self.out == 0 {
            self.block.push_str(words);
        }
    }
}

pub(crate) fn read(text: &str) -> Result<Document, Refused> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(words) => page.text(&String::from_utf8_lossy(&words)),
            _ => {}
        }
    }
    page.flush();
    let telling =
        |of: fn(&Block) -> bool| page.blocks.iter().any(|block| of(block) && block.text.contains(' '));
    let kept: fn(&Block) -> bool = if telling(|block| block.main) {
        |block| block.main
    } else if telling(|block| block.article) {
        |block| block.article
    } else {
        |_| true
    };
    let beside = page.blocks.iter().filter(|block| !kept(block)).count();
    let mut blocks: Vec<&str> =
        page.blocks.iter().filter(|block| kept(block)).map(|block| block.text.as_str()).collect();
    let title = folded(&page.titled);
    if !page.heading && !title.is_empty() && !blocks.is_empty() {
        blocks.insert(0, &title);
    }
    if blocks.is_empty() {
        return refused(
            "the page has no text: what it shows may be made by its scripts; copy the text into a file",
        );
    }
    let counts =
        OUTS.iter().zip(page.counts).filter_map(|((_, one, several), count)| counted(count, one, several));
    let beside = counted(beside, "block beside the main text", "blocks beside the main text");
    Ok(Document {
        text: blocks.join("\n\n"),
        left_out: counts.chain(beside).collect(),
        ..Document::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{charset, read};

    #[test]
    fn the_main_text_is_read_and_the_rest_is_counted() {
        let found = read(
            "<!DOCTYPE html><html><head><title>Talks &amp; tolls</title><style>p{}</style></head><body>\
             <header>The Paper</header><nav><a>Home</a></nav><main><p>Peru <b>said</b> no.<p>Chile&nbsp;left.\
             <div hidden>secret</div></main><p>Read more here.</p><script>if (a < b) { '</p>' }</script></body>",
        )
        .unwrap();
        assert_eq!(found.text, "Talks & tolls\n\nPeru said no.\n\nChile left.");
        let said = [
            "1 script",
            "1 style sheet",
            "1 menu",
            "1 head or foot of the page",
            "1 hidden part",
            "1 block beside the main text",
        ];
        assert_eq!(found.left_out, said);
    }

    #[test]
    fn tags_that_nobody_closes_cost_no_more_than_their_length() {
        let deep = format!("{}x y{}", "<div><b>".repeat(40_000), "</p></i>".repeat(40_000));
        assert_eq!(read(&deep).unwrap().text, "x y");
        assert!(read("<script>var x = '").is_err());
        assert!(read("").is_err());
    }

    #[test]
    fn a_page_says_its_encoding() {
        assert_eq!(charset(b"<meta charset=\"windows-1252\">"), Some("windows-1252"));
        assert_eq!(charset(b"<meta content='text/html; charset=utf-8'>"), Some("utf-8"));
        assert_eq!(charset(b"<p>"), None);
    }
}
