//! Sets a [`Doc`] as HTML: one file without a script, nothing fetched, every text of a case as text.
//!
//! Each stretch that bears a name of the case is isolated (`<bdi>`), so that a name in Arabic or Hebrew does not turn
//! the sentence around it. The page follows the reader's light or dark, and prints.

use std::collections::HashMap;
use std::fmt::Write;

use detente_model::ClaimId;

use crate::show::doc::{About, Align, Block, Doc, Item, Line, Span, Table, Tone, isolated};
use crate::show::xml::xml;

/// Colours that follow the text around.
const COLOURS: &str = "--quiet:color-mix(in srgb,currentColor 62%,transparent);--line:color-mix(in srgb,currentColor 20%,transparent)";
/// The page's style.
const STYLE: &str = "\
body{font:16px/1.5 Georgia,'Source Serif 4',serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .2rem}h2{font-size:1.15rem;margin:2rem 0 .3rem}h3{font-size:1rem;margin:1.4rem 0 .2rem}
figure{margin:1rem 0}figure svg{max-width:100%;height:auto;background:#fff}figcaption{color:var(--quiet);font-size:.9em}
a{color:inherit}.notes{list-style:none;padding-left:0}
p{margin:.5rem 0}ul{padding-left:1.2rem}li{margin:.25rem 0}
.q{color:var(--quiet)}mark{background:#f7e27a;color:#000}code{font:.9em ui-monospace,monospace}
.t{overflow-x:auto}table{border-collapse:collapse;font:14px/1.4 system-ui,sans-serif;margin:.6rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600}.n{text-align:right;font-variant-numeric:tabular-nums}tfoot td{border-top:2px solid var(--line)}
@media print{body{margin:0;max-width:none}.t{overflow:visible}tr{break-inside:avoid}}
";

/// `doc` as one HTML file in this language. Linear in the length of the document.
#[must_use]
pub fn set(doc: &Doc) -> String {
    let title = doc.blocks.iter().find_map(|block| match block {
        Block::Title(text, _) => Some(text.as_str()),
        _ => None,
    });
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n:root{{color-scheme:light dark;{COLOURS}}}\n{STYLE}</style>\n</head>\n<body>\n",
        xml(title.unwrap_or("Détente"))
    );
    out.push_str(&body(doc));
    out.push_str("</body>\n</html>\n");
    out
}

/// `doc` as a part of another's page, a notebook for one: its style holds inside it alone.
#[must_use]
pub fn part(doc: &Doc) -> String {
    format!(
        "<div class=\"detente\" lang=\"en\">\n<style>\n.detente{{{COLOURS};\n{STYLE}}}\n</style>\n{}</div>\n",
        body(doc)
    )
}

/// `doc` without the frame of a file: for a page that has more than one.
#[must_use]
pub fn body(doc: &Doc) -> String {
    let page = Page::of(doc);
    let mut out = String::new();
    for block in &doc.blocks {
        page.block(&mut out, block);
    }
    out
}

/// What every part of a page has to know of the whole.
struct Page {
    /// The element of a section's head: below those of parts, where there are parts.
    head: &'static str,
    /// The marks of the claims that stand among its notes.
    notes: HashMap<ClaimId, String>,
}

impl Page {
    fn of(doc: &Doc) -> Self {
        let mut notes = HashMap::new();
        for block in &doc.blocks {
            if let Block::Notes(list) = block {
                notes.extend(list.iter().map(|note| (note.claim, note.mark.clone())));
            }
        }
        Self { head: if doc.has_parts() { "h3" } else { "h2" }, notes }
    }

    fn block(&self, out: &mut String, block: &Block) {
        match block {
            Block::Title(text, aside) => {
                let _ = writeln!(out, "<h1 dir=\"auto\">{}</h1>", xml(text));
                remark(out, aside.as_deref());
            }
            Block::Part(text) => {
                let _ = writeln!(out, "<h2 dir=\"auto\">{}</h2>", xml(text));
            }
            Block::Heading(text, aside) => {
                let _ = writeln!(out, "<{0} dir=\"auto\">{1}</{0}>", self.head, xml(text));
                remark(out, aside.as_deref());
            }
            Block::Paragraph(line) => {
                let _ = writeln!(out, "<p dir=\"auto\">{}</p>", self.inline(line));
            }
            Block::List(items) => self.list(out, items),
            Block::Table(rows) => self.table(out, rows),
            Block::Figure(figure) => {
                // The picture is one of ours, without a script; what it says is said again for who does not see it.
                let _ = writeln!(
                    out,
                    "<figure>\n<div role=\"img\" aria-label=\"{}\">\n{}\n</div>\n<figcaption dir=\"auto\">{}</figcaption>\n</figure>",
                    xml(&figure.alt),
                    figure.svg.trim(),
                    xml(&figure.caption)
                );
            }
            Block::Notes(notes) => {
                out.push_str("<ul class=\"notes\">\n");
                for note in notes {
                    let mark = xml(&note.mark);
                    let _ = writeln!(
                        out,
                        "<li dir=\"auto\" id=\"claim-{mark}\"><code>{mark}</code> {}</li>",
                        self.inline(&note.text)
                    );
                }
                out.push_str("</ul>\n");
            }
        }
    }

    fn list(&self, out: &mut String, items: &[Item]) {
        out.push_str("<ul>\n");
        for item in items {
            let _ = write!(out, "<li dir=\"auto\">{}", self.inline(&item.said()));
            if !item.below.is_empty() {
                out.push('\n');
                self.list(out, &item.below);
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }

    fn table(&self, out: &mut String, table: &Table) {
        let class = |at: usize| match table.columns.get(at).map(|column| column.align) {
            Some(Align::Right) => " class=\"n\"",
            _ => "",
        };
        out.push_str("<div class=\"t\">\n<table>\n<thead><tr>");
        for (at, column) in table.columns.iter().enumerate() {
            let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(at), xml(&column.head));
        }
        out.push_str("</tr></thead>\n");
        let (rows, totals) = table.rows.split_at(table.rows.len().saturating_sub(table.totals));
        for (part, rows) in [("tbody", rows), ("tfoot", totals)] {
            if rows.is_empty() {
                continue;
            }
            let _ = writeln!(out, "<{part}>");
            for row in rows {
                out.push_str("<tr>");
                for at in 0..table.columns.len() {
                    let cell = row.get(at).map(|line| self.inline(line)).unwrap_or_default();
                    let _ = write!(out, "<td{} dir=\"auto\">{cell}</td>", class(at));
                }
                out.push_str("</tr>\n");
            }
            let _ = writeln!(out, "</{part}>");
        }
        out.push_str("</table>\n</div>\n");
    }

    fn inline(&self, line: &Line) -> String {
        line.spans.iter().map(|span| self.span(span)).collect()
    }

    fn span(&self, span: &Span) -> String {
        let text = xml(&span.text);
        let text = match &span.about {
            Some(About::Claim(claim)) => match self.notes.get(claim) {
                Some(mark) => format!("<a href=\"#claim-{}\"><bdi>{text}</bdi></a>", xml(mark)),
                None => format!("<bdi>{text}</bdi>"),
            },
            Some(About::Actor(_) | About::State(_) | About::Wish(..)) => format!("<bdi>{text}</bdi>"),
            None => isolated(&text, "<bdi>", "</bdi>"),
        };
        match span.tone {
            Tone::Plain => text,
            Tone::Strong => format!("<strong>{text}</strong>"),
            Tone::Quiet => format!("<span class=\"q\">{text}</span>"),
            Tone::Marked => format!("<mark>{text}</mark>"),
            Tone::Code => format!("<code>{text}</code>"),
        }
    }
}

fn remark(out: &mut String, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        let _ = writeln!(out, "<p class=\"q\" dir=\"auto\">{}</p>", xml(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::doc::Column;

    #[test]
    fn text_of_a_case_is_never_markup_and_names_are_isolated() {
        let mut doc = Doc::default();
        doc.title("<script>alert(1)</script>", Some("a & b".to_owned()));
        doc.say(
            Line::new()
                .strong("Yes.")
                .plain(" It ends in “سلام” & <b>")
                .about(About::Actor(detente_model::ActorId(0)), "\"Ann\" <i>"),
        );
        let mut rows = Table::new([Column::text("what <"), Column::number("n")]);
        rows.row([Line::from("a"), Line::from("1")]);
        rows.total([Line::from("all"), Line::from("1")]);
        doc.table(rows);
        doc.list(vec![Item::marked("–", "x").with(Item::new("y"))]);
        let text = set(&doc);
        assert!(!text.contains("<script") && !text.contains("<b>") && !text.contains("<i>"), "{text}");
        assert!(text.contains("“<bdi>سلام</bdi>”"), "{text}");
        assert!(text.contains("<bdi>&quot;Ann&quot; &lt;i&gt;</bdi>"), "{text}");
        assert!(
            text.contains("<tfoot>\n<tr><td dir=\"auto\">all</td><td class=\"n\" dir=\"auto\">1</td></tr>")
        );
        assert!(text.contains("<li dir=\"auto\">x\n<ul>\n<li dir=\"auto\">y</li>"), "{text}");
        // Every element that is opened is closed.
        for tag in ["p", "li", "ul", "table", "td", "tr", "bdi", "strong", "h1", "html", "body"] {
            let open = text.matches(&format!("<{tag}>")).count() + text.matches(&format!("<{tag} ")).count();
            assert_eq!(open, text.matches(&format!("</{tag}>")).count(), "{tag}");
        }
    }
}
