//! DOCX: the paragraphs of a Word document.
//!
//! # Definition
//! The main part is the one that the package names, else `word/document.xml`. A paragraph (`w:p`) is a paragraph; words that
//! are marked as deleted or moved away are left out, and the second telling of a drawing (`mc:Fallback`). Notes, heads, feet
//! and comments stand in parts of their own: they are left out, and said. No other part is followed, so that none can lead
//! back to another.
//!
//! Complexity: linear in the main part, which is unpacked up to a bound. Entities that a part defines are not spelled out.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::bounds::{NESTED, PART, PARTS, TEXT};
use crate::{Document, Refused, counted, folded, refused};

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

fn damaged(what: &str) -> Refused {
    Refused(format!("{what}: save it anew in the program that wrote it, or as plain text"))
}

fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Refused> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::UnsupportedArchive(why)) if why.contains("assword") => {
            return refused("it has a password: save it without one");
        }
        Err(_) => return Err(damaged(&format!("its part `{name}` is damaged"))),
    };
    let mut bytes = Vec::new();
    let most = PART.most as u64;
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| damaged(&format!("its part `{name}` is damaged")))?;
    PART.check(bytes.len())?;
    let text = String::from_utf8(bytes).map_err(|_| damaged(&format!("its part `{name}` is not UTF-8")))?;
    Ok(Some(text))
}

/// The name of the main part, as the package says it.
fn main_part(archive: &mut Archive<'_>) -> Result<String, Refused> {
    let usual = "word/document.xml".to_owned();
    let Some(text) = part(archive, "_rels/.rels")? else { return Ok(usual) };
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "Relationship" => {
                let of = |key: &str| {
                    let found = tag.attributes().flatten().find(|one| one.key.as_ref() == key);
                    found.map(|one| one.value.into_owned())
                };
                if of("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
                    && let Some(target) = of("Target")
                {
                    return Ok(target.trim_start_matches('/').to_owned());
                }
            }
            Ok(Event::Eof) | Err(_) => return Ok(usual),
            Ok(_) => {}
        }
    }
}

pub(crate) fn read(bytes: &[u8]) -> Result<Document, Refused> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("it is a packed file that is damaged"))?;
    PARTS.check(archive.len())?;
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let main = main_part(&mut archive)?;
    let Some(text) = part(&mut archive, &main)? else {
        return refused(if names.iter().any(|name| name == "mimetype" || name == "content.xml") {
            "it is an OpenDocument file: save it as DOCX or as plain text"
        } else if names.iter().any(|name| name.starts_with("xl/") || name.starts_with("ppt/")) {
            "it is a spreadsheet or slides: save its text as plain text"
        } else {
            "it is a packed file and no Word document: unpack it, and take the text"
        });
    };
    let mut found = body(&text)?;
    let any = |begin: &str| names.iter().any(|name| name.starts_with(begin));
    if any("word/header") || any("word/footer") {
        found.left_out.push("heads and feet of the pages".to_owned());
    }
    if any("word/comments") {
        found.left_out.push("comments".to_owned());
    }
    if found.text.is_empty() {
        return refused("the document has no text");
    }
    Ok(found)
}

/// The paragraphs of a main part.
fn body(text: &str) -> Result<Document, Refused> {
    let mut reader = Reader::from_str(text);
    // A paragraph within a drawing stands within another one.
    let mut open: Vec<String> = Vec::new();
    let mut done: Vec<String> = Vec::new();
    let (mut depth, mut skip, mut words, mut long) = (0_usize, 0_usize, 0_usize, 0_usize);
    let (mut notes, mut deleted, mut pictures) = (0, 0, 0);
    let skips = |name: &str| matches!(name, "del" | "moveFrom" | "Fallback");
    loop {
        let event = reader.read_event().map_err(|_| damaged("its text is no XML"))?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                NESTED.check(depth)?;
                match tag.local_name().as_ref() {
                    name if skips(name) => {
                        deleted += usize::from(name != "Fallback" && skip == 0);
                        skip += 1;
                    }
                    "p" if skip == 0 => open.push(String::new()),
                    "t" => words += 1,
                    "drawing" | "pict" if skip == 0 => pictures += 1,
                    _ => {}
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match tag.local_name().as_ref() {
                    name if skips(name) => skip = skip.saturating_sub(1),
                    "p" if skip == 0 => {
                        let paragraph = folded(&open.pop().unwrap_or_default());
                        long += paragraph.len() + 2;
                        TEXT.check(long)?;
                        if !paragraph.is_empty() {
                            done.push(paragraph);
                        }
                    }
                    "t" => words = words.saturating_sub(1),
                    _ => {}
                }
            }
            Event::Empty(tag) if skip == 0 => {
                let said = match tag.local_name().as_ref() {
                    "tab" | "br" | "cr" => " ",
                    "noBreakHyphen" => "-",
                    "softHyphen" => "\u{ad}",
                    "footnoteReference" | "endnoteReference" => {
                        notes += 1;
                        ""
                    }
                    _ => "",
                };
                if let Some(last) = open.last_mut() {
                    last.push_str(said);
                }
            }
            Event::Text(said) if words > 0 && skip == 0 => {
                if let Some(last) = open.last_mut() {
                    last.push_str(&said.xml10_content());
                }
            }
            Event::CData(said) if words > 0 && skip == 0 => {
                if let Some(last) = open.last_mut() {
                    last.push_str(&said.xml10_content());
                }
            }
            Event::GeneralRef(name) if words > 0 && skip == 0 => {
                if let Some(last) = open.last_mut() {
                    if let Ok(Some(c)) = name.resolve_char_ref() {
                        last.push(c);
                    } else if let Some(said) = quick_xml::escape::resolve_predefined_entity(&name) {
                        last.push_str(said);
                    }
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let left_out = [
        counted(notes, "note", "notes"),
        counted(deleted, "deleted part", "deleted parts"),
        counted(pictures, "picture", "pictures"),
    ];
    Ok(Document {
        text: done.join("\n\n"),
        left_out: left_out.into_iter().flatten().collect(),
        ..Document::default()
    })
}
