//! Markdown: its text without marks, links and pictures.
//!
//! # Definition
//! Paragraphs, headings, entries of lists and rows of tables each are a paragraph; lines that were wrapped by hand are one.
//! Code, HTML and what stands before the text as metadata are left out, and counted.
//!
//! Complexity: that of `pulldown-cmark`, which is linear.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::{Document, counted, folded};

pub(crate) fn read(text: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let (mut out, mut block) = (String::new(), String::new());
    let (mut code, mut html, mut metadata, mut pictures) = (0, 0, 0, 0);
    let mut skip = 0_usize;
    let flush = |block: &mut String, out: &mut String| {
        let text = folded(block);
        block.clear();
        if !text.is_empty() {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(&text);
        }
    };
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                flush(&mut block, &mut out);
                code += 1;
                skip += 1;
            }
            Event::Start(Tag::MetadataBlock(_)) => {
                metadata += 1;
                skip += 1;
            }
            Event::Start(Tag::Image { .. }) => {
                pictures += 1;
                skip += 1;
            }
            Event::Start(Tag::HtmlBlock) => {
                flush(&mut block, &mut out);
                html += 1;
                skip += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::Image | TagEnd::HtmlBlock) => {
                skip = skip.saturating_sub(1);
            }
            _ if skip > 0 => {}
            Event::Text(words) | Event::Code(words) => block.push_str(&words),
            Event::SoftBreak => block.push(' '),
            Event::HardBreak
            | Event::Rule
            | Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Item
                | Tag::List(_)
                | Tag::TableRow
                | Tag::TableHead,
            )
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::FootnoteDefinition,
            ) => flush(&mut block, &mut out),
            Event::End(TagEnd::TableCell) => block.push(' '),
            _ => {}
        }
    }
    flush(&mut block, &mut out);
    let left_out = [
        counted(code, "block of code", "blocks of code"),
        counted(html, "block of HTML", "blocks of HTML"),
        counted(pictures, "picture", "pictures"),
        counted(metadata, "block of metadata", "blocks of metadata"),
    ];
    Document { text: out, left_out: left_out.into_iter().flatten().collect(), ..Document::default() }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn marks_go_and_paragraphs_stay() {
        let found = read(
            "---\nlayout: post\n---\n# Talks *fail*\n\nPeru said [no](http://x.example)\nto **Chile**.\n\n- It left.\n- It stayed.\n\n```\nlet x;\n```\n\n![map](m.png)\n\n<div>x</div>\n",
        );
        assert_eq!(found.text, "Talks fail\n\nPeru said no to Chile.\n\nIt left.\n\nIt stayed.");
        assert_eq!(
            found.left_out,
            ["1 block of code", "1 block of HTML", "1 picture", "1 block of metadata"]
        );
    }
}
