//! One page: Markdown to HTML, its links to those of the guide, and what stands around it.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::{PROBLEMS, Page, address, target, title, way};

/// What a page became.
pub(super) struct Rendered {
    /// The HTML of its text.
    pub(super) html: String,
    /// Its sections, for the search.
    pub(super) sections: Vec<Section>,
}

/// A heading and what stands below it, up to the next one.
#[derive(Default)]
pub(super) struct Section {
    /// Its anchor.
    pub(super) id: String,
    /// Its heading.
    pub(super) title: String,
    /// Its words.
    pub(super) text: String,
}

/// What is read: tables, and nothing else beyond CommonMark.
fn parse(text: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// Renders `page`; links to one of `pages` lead to its page.
pub(super) fn render(page: &Page, pages: &[Page]) -> Rendered {
    let sections = sections(&page.text);
    let mut ids = sections.iter().map(|section| section.id.clone());
    let mut events = Vec::new();
    let mut link: Option<Option<String>> = None;
    let mut code: Option<(String, String)> = None;
    for event in parse(&page.text) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let id = ids.next().map(CowStr::from);
                events.push(Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() }));
            }
            Event::Start(Tag::Link { dest_url, title, id, link_type }) => {
                match follow(page, &dest_url, pages) {
                    Ok(way) => {
                        link = Some(None);
                        events.push(Event::Start(Tag::Link { dest_url: way.into(), title, id, link_type }));
                    }
                    Err(file) => link = Some(Some(file)),
                }
            }
            Event::End(TagEnd::Link) => match link.take().flatten() {
                // A file of the sources: its name for those who have them.
                Some(file) => {
                    let shown = format!(" <span class=\"file\">({})</span>", escaped(&file));
                    events.push(Event::InlineHtml(shown.into()));
                }
                None => events.push(Event::End(TagEnd::Link)),
            },
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                code = Some((info, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((info, text)) = code.take() {
                    events.push(Event::Html(block(&info, &text).into()));
                }
            }
            Event::Text(text) if code.is_some() => {
                if let Some((_, whole)) = &mut code {
                    whole.push_str(&text);
                }
            }
            Event::Start(Tag::Table(columns)) => {
                events.push(Event::Html("<div class=\"wide\" tabindex=\"0\">".into()));
                events.push(Event::Start(Tag::Table(columns)));
            }
            Event::End(TagEnd::Table) => {
                events.push(Event::End(TagEnd::Table));
                events.push(Event::Html("</div>\n".into()));
            }
            // Comments mark what is generated; the pages have no other HTML (a test sees to it).
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::HtmlBlock)
            | Event::End(TagEnd::HtmlBlock) => {}
            other => events.push(other),
        }
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    // The policy of the server allows no style attributes.
    for side in ["left", "center", "right"] {
        out = out.replace(&format!(" style=\"text-align: {side}\""), &format!(" class=\"{side}\""));
    }
    // A column without a name has no head.
    out = out.replace("<th></th>", "<td></td>");
    Rendered { html: out, sections }
}

/// A link of `page` as the guide has it; `Err` with the file of the sources when it leads to none of its pages.
fn follow(page: &Page, link: &str, pages: &[Page]) -> Result<String, String> {
    if link.starts_with('#') || link.contains("://") {
        return Ok(link.to_owned());
    }
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
    let file = target(&page.file, file);
    if !pages.iter().any(|other| other.file == file) {
        return Err(file);
    }
    let mut way = way(&address(&page.file), &address(&file));
    if let Some(anchor) = anchor {
        way.push('#');
        way.push_str(anchor);
    }
    Ok(way)
}

/// The headings of a text with their words.
fn sections(text: &str) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    let mut heading = false;
    for event in parse(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                found.push(Section::default());
                heading = true;
            }
            Event::End(TagEnd::Heading(_)) => {
                heading = false;
                if let Some((last, before)) = found.split_last_mut() {
                    last.id = slug(&last.title, before);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(last) = found.last_mut() {
                    if heading {
                        last.title.push_str(&text);
                    } else {
                        last.text.push_str(&text);
                        last.text.push(' ');
                    }
                }
            }
            Event::SoftBreak | Event::HardBreak if heading => {
                if let Some(last) = found.last_mut() {
                    last.title.push(' ');
                }
            }
            _ => {}
        }
    }
    found
}

/// The anchor of a heading, as the usual hosts of Markdown make it.
fn slug(title: &str, before: &[Section]) -> String {
    let plain: String = title
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect();
    let mut id = plain.clone();
    let mut more = 0;
    while before.iter().any(|section| section.id == id) {
        more += 1;
        id = format!("{plain}-{more}");
    }
    id
}

/// A block of code: the name of the file that it is, and commands apart from what they print.
fn block(info: &str, text: &str) -> String {
    let mut words = info.split_whitespace();
    let language = words.next().unwrap_or_default();
    let mut out = String::new();
    if let Some(file) = words.next().filter(|file| file.contains('.')) {
        let more = if words.next() == Some("+") { ", at its end" } else { "" };
        out.push_str(&format!("<p class=\"caption\"><code>{}</code>{more}</p>\n", escaped(file)));
    }
    out.push_str("<pre tabindex=\"0\"><code>");
    for line in text.lines() {
        if language == "console" && (line.starts_with("$ ") || line.starts_with("> ")) {
            out.push_str(&format!("<b>{}</b>\n", escaped(line)));
        } else {
            out.push_str(&escaped(line));
            out.push('\n');
        }
    }
    out + "</code></pre>\n"
}

/// The whole page at `at`.
pub(super) fn whole(at: usize, pages: &[Page], rendered: &[Rendered]) -> String {
    let here = address(&pages[at].file);
    let to = |file: &str| way(&here, file);
    let title = plain(title(&pages[at].text));
    let beside = |other: Option<usize>, relation: &str| {
        other.and_then(|other| pages.get(other)).map_or_else(String::new, |page| {
            let (href, title) = (to(&address(&page.file)), plain(super::title(&page.text)));
            format!("<a class=\"{relation}\" rel=\"{relation}\" href=\"{href}\">{title}</a>")
        })
    };
    let (before, after) = (beside(at.checked_sub(1), "prev"), beside(Some(at + 1), "next"));
    let home = if here == "index.html" { "Détente".to_owned() } else { format!("{title} – Détente") };
    let (css, js, index) = (to("guide.css"), to("guide.js"), to("index.html"));
    let (text, contents) = (&rendered[at].html, contents(at, pages, &here));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{home}</title>\n<link rel=\"stylesheet\" \
         href=\"{css}\">\n<script defer src=\"{js}\"></script>\n</head>\n<body>\n<a class=\"skip\" \
         href=\"#text\">To the text</a>\n<header><a class=\"home\" href=\"{index}\">Détente<span>: the guide</span></a>\n<div \
         id=\"search\" role=\"search\" hidden><input type=\"search\" aria-label=\"Search the guide\" \
         placeholder=\"Search\" autocomplete=\"off\"><ol hidden></ol><p aria-live=\"polite\"></p></div>\n<a \
         class=\"to-contents\" href=\"#contents\">Contents</a></header>\n<main id=\"text\">\n{text}<p \
         class=\"turn\">{before}{after}</p>\n</main>\n<nav id=\"contents\" \
         aria-label=\"Contents\">\n{contents}</nav>\n</body>\n</html>\n"
    )
}

/// The contents as the page at `at` shows them.
fn contents(at: usize, pages: &[Page], here: &str) -> String {
    let mut out = String::new();
    let mut part = "";
    for (other, page) in pages.iter().enumerate() {
        let index = page.file.ends_with("diagnostics/README.md");
        // Of the pages by code only their list, and the one that is read.
        if page.part == PROBLEMS && !index && other != at {
            continue;
        }
        if page.part != part {
            out.push_str(if part.is_empty() { "" } else { "</ul>\n" });
            part = page.part;
            out.push_str(&format!("<p>{part}</p>\n<ul>\n"));
        }
        let current = if other == at { " aria-current=\"page\"" } else { "" };
        let href = way(here, &address(&page.file));
        out.push_str(&format!("<li><a href=\"{href}\"{current}>{}</a></li>\n", plain(title(&page.text))));
    }
    out + "</ul>\n"
}

/// A title without marks, for HTML.
fn plain(title: &str) -> String {
    escaped(&title.replace('`', ""))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
