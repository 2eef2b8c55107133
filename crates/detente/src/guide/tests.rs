//! Every link leads somewhere, and no page needs what the server's policy forbids.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag};

use super::*;

fn html() -> impl Iterator<Item = (&'static str, &'static str)> {
    let pages = files().iter().filter(|(address, _)| address.ends_with(".html"));
    pages.map(|(address, file)| (address.as_str(), std::str::from_utf8(&file.bytes).unwrap()))
}

/// The values of an attribute.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    html.split(mark.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_link_leads_to_a_page_and_its_place() {
    for (address, page) in html() {
        for link in values(page, "href").into_iter().chain(values(page, "src")) {
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').map_or((link, None), |(f, a)| (f, Some(a)));
            let there = if file.is_empty() { address.to_owned() } else { target(address, file) };
            let found = files().get(&there).unwrap_or_else(|| panic!("{address}: {link} leads nowhere"));
            if let Some(anchor) = anchor {
                let text = std::str::from_utf8(&found.bytes).unwrap();
                assert!(values(text, "id").contains(&anchor), "{address}: {link} has no such place");
            }
        }
    }
}

/// Links to what is no page of the guide name a file of the sources.
#[test]
fn every_link_to_a_file_of_the_sources_is_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for page in pages() {
        for event in Parser::new(&page.text) {
            if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event
                && !dest_url.contains("://")
                && !dest_url.starts_with('#')
            {
                let file = target(&page.file, dest_url.split('#').next().unwrap());
                assert!(root.join(&file).exists(), "{} links to {file}, which is not there", page.file);
            }
        }
    }
}

#[test]
fn pages_need_no_style_no_script_and_no_picture_of_their_own() {
    for (address, page) in html() {
        for word in [" style=", "<style", "<img", " onclick", "javascript:"] {
            assert!(!page.contains(word), "{address} has {word}");
        }
        assert_eq!(page.matches("<script").count(), 1, "{address}");
        assert_eq!(page.matches("<h1").count(), 1, "{address} has one heading above all others");
        assert!(!page.contains("<title></title>") && !page.contains("<title> –"), "{address} has no title");
    }
}

#[test]
fn pages_hold_no_html_but_comments() {
    for page in pages() {
        for event in Parser::new(&page.text) {
            if let Event::Html(text) | Event::InlineHtml(text) = event {
                let comment = text.trim().is_empty() || text.trim_start().starts_with("<!--");
                assert!(comment, "{}: {text}", page.file);
            }
        }
    }
}

#[test]
fn every_page_of_the_folder_is_in_the_guide() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide");
    let mut open = vec![root.clone()];
    let mut found = BTreeSet::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let inside = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            found.insert(format!("docs/guide/{inside}"));
        }
    }
    let named: BTreeSet<String> =
        pages().into_iter().map(|page| page.file).filter(|file| file.starts_with("docs/guide/")).collect();
    assert_eq!(found, named);
}

#[test]
fn the_index_knows_every_page_and_is_small() {
    let text = std::str::from_utf8(&files()["search.js"].bytes).unwrap();
    let json = text.strip_prefix("window.detenteGuide = ").unwrap().trim_end().trim_end_matches(';');
    let index: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(index["pages"].as_array().unwrap().len(), html().count());
    let hits = index["words"]["deadline"].as_array().unwrap();
    let of: BTreeSet<&str> = hits
        .iter()
        .map(|at| index["sections"][at.as_u64().unwrap() as usize][0].as_u64().unwrap() as usize)
        .map(|page| index["pages"][page][0].as_str().unwrap())
        .collect();
    assert!(of.contains("how-to/deadline.html") && of.contains("case-file.html"), "{of:?}");
    assert!(text.len() < 600_000, "{} bytes", text.len());
}
