//! A PDF as one hears it read: its tags in their order with what they say, its bookmarks, where its links lead.

use std::collections::BTreeMap;

use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

/// What a file says.
pub(crate) struct Paper {
    /// How many things are drawn on each page.
    pub(crate) pages: Vec<usize>,
    /// Every part that has text of its own, with its tag, in the order of reading.
    pub(crate) told: Vec<(String, String)>,
    /// Every tag, in the order of reading.
    pub(crate) tags: Vec<String>,
    /// What pictures show, in words.
    pub(crate) alternatives: Vec<String>,
    /// Bookmarks, from top to bottom.
    pub(crate) outline: Vec<String>,
    /// Links: the page that each leads to, from 1.
    pub(crate) links: Vec<usize>,
    /// The language.
    pub(crate) language: String,
    /// The title.
    pub(crate) title: String,
    /// What stands on pages beside their text.
    pub(crate) beside: Vec<String>,
}

/// Reads a file.
pub(crate) fn read(bytes: &[u8]) -> Paper {
    let file = Document::load_mem(bytes).unwrap();
    let pages: BTreeMap<ObjectId, usize> =
        file.get_pages().into_iter().map(|(at, id)| (id, at as usize)).collect();
    let mut said: BTreeMap<(ObjectId, i64), String> = BTreeMap::new();
    let mut beside = Vec::new();
    let mut drawn = vec![0; pages.len()];
    for (id, at) in &pages {
        drawn[at - 1] = words(&file, *id, &mut said, &mut beside);
    }
    let catalog = file.catalog().unwrap();
    let text = |object: &Object| decode_text_string(object).unwrap();
    let language = text(catalog.get(b"Lang").unwrap());
    let info = file.trailer.get_deref(b"Info", &file).unwrap().as_dict().unwrap();
    let title = text(info.get(b"Title").unwrap());
    let mut paper = Paper {
        pages: drawn,
        told: Vec::new(),
        tags: Vec::new(),
        alternatives: Vec::new(),
        outline: Vec::new(),
        links: Vec::new(),
        language,
        title,
        beside,
    };
    let root = catalog.get_deref(b"StructTreeRoot", &file).unwrap().as_dict().unwrap();
    for kid in kids(&file, root) {
        let kid = file.dereference(kid).unwrap().1.as_dict().unwrap();
        part(&file, kid, None, &said, &mut paper);
    }
    if let Ok(outlines) = catalog.get_deref(b"Outlines", &file) {
        bookmarks(&file, outlines.as_dict().unwrap(), &pages, &mut paper.outline);
    }
    for id in pages.keys() {
        for annotation in file.get_page_annotations(*id).unwrap() {
            let target = annotation.get_deref(b"Dest", &file).or_else(|_| {
                annotation.get_deref(b"A", &file).unwrap().as_dict().unwrap().get_deref(b"D", &file)
            });
            assert!(annotation.has(b"Contents"), "a link says where it leads");
            paper.links.push(page(&file, target.unwrap(), &pages));
        }
    }
    paper
}

/// The page of a destination.
fn page(file: &Document, target: &Object, pages: &BTreeMap<ObjectId, usize>) -> usize {
    let target = file.dereference(target).unwrap().1.as_array().unwrap();
    pages[&target[0].as_reference().unwrap()]
}

fn bookmarks(file: &Document, of: &Dictionary, pages: &BTreeMap<ObjectId, usize>, all: &mut Vec<String>) {
    let mut next = of.get_deref(b"First", file).ok();
    while let Some(item) = next {
        let item = item.as_dict().unwrap();
        all.push(decode_text_string(item.get(b"Title").unwrap()).unwrap());
        page(file, item.get_deref(b"Dest", file).unwrap(), pages);
        bookmarks(file, item, pages, all);
        next = item.get_deref(b"Next", file).ok();
    }
}

fn kids<'f>(file: &'f Document, of: &'f Dictionary) -> Vec<&'f Object> {
    match of.get(b"K") {
        Ok(one) => match file.dereference(one).unwrap().1 {
            Object::Array(all) => all.iter().collect(),
            _ => vec![one],
        },
        Err(_) => Vec::new(),
    }
}

/// A part; returns what it says itself, links in it included.
fn part(
    file: &Document,
    of: &Dictionary,
    above: Option<ObjectId>,
    said: &BTreeMap<(ObjectId, i64), String>,
    paper: &mut Paper,
) -> String {
    let tag = String::from_utf8(of.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
    let own = of.get(b"Pg").and_then(Object::as_reference).ok().or(above);
    paper.tags.push(tag.clone());
    if let Ok(alternative) = of.get(b"Alt") {
        paper.alternatives.push(decode_text_string(alternative).unwrap());
    }
    let at = paper.told.len();
    paper.told.push((tag.clone(), String::new()));
    let mut text = String::new();
    for kid in kids(file, of) {
        match file.dereference(kid).unwrap().1 {
            Object::Integer(mark) => text.push_str(said.get(&(own.unwrap(), *mark)).unwrap()),
            Object::Dictionary(kid) if kid.has(b"S") => {
                let inside = part(file, kid, own, said, paper);
                // A link is a part of its sentence.
                if kid.get(b"S").unwrap().as_name().unwrap() == b"Link" {
                    text.push_str(&inside);
                }
            }
            Object::Dictionary(kid) => {
                let page = kid.get(b"Pg").and_then(Object::as_reference).ok().or(own);
                if let Ok(mark) = kid.get(b"MCID").and_then(Object::as_i64) {
                    text.push_str(said.get(&(page.unwrap(), mark)).unwrap());
                }
            }
            other => panic!("{other:?}"),
        }
    }
    paper.told[at].1 = text.clone();
    text
}

/// What each marked stretch of a page says; returns how much is drawn.
fn words(
    file: &Document,
    page: ObjectId,
    said: &mut BTreeMap<(ObjectId, i64), String>,
    beside: &mut Vec<String>,
) -> usize {
    let fonts = file.get_page_fonts(page).unwrap();
    let maps: BTreeMap<Vec<u8>, _> =
        fonts.iter().map(|(name, font)| (name.clone(), font.get_font_encoding(file).unwrap())).collect();
    let mut font: Vec<u8> = Vec::new();
    // Stretches that are open: their number, where they have one, and what is said instead of their glyphs.
    let mut open: Vec<(Option<i64>, Option<String>)> = Vec::new();
    let mut drawn = 0;
    for Operation { operator, operands } in file.get_and_decode_page_content(page).unwrap().operations {
        match operator.as_str() {
            "BMC" => open.push((None, None)),
            "BDC" => {
                let properties = match &operands[1] {
                    Object::Dictionary(own) => own.clone(),
                    name => {
                        let page = file.get_dictionary(page).unwrap();
                        let resources = page.get_deref(b"Resources", file).unwrap().as_dict().unwrap();
                        let all = resources.get_deref(b"Properties", file).unwrap().as_dict().unwrap();
                        all.get_deref(name.as_name().unwrap(), file).unwrap().as_dict().unwrap().clone()
                    }
                };
                let mark = properties.get(b"MCID").and_then(Object::as_i64).ok();
                let actual = properties.get(b"ActualText").ok().map(|text| decode_text_string(text).unwrap());
                if let Some(mark) = mark {
                    said.entry((page, mark)).or_default();
                }
                if let Some(actual) = &actual {
                    tell(page, &open, mark, actual, said, beside);
                }
                open.push((mark, actual));
            }
            "EMC" => drop(open.pop().unwrap()),
            "Tf" => font = operands[0].as_name().unwrap().to_vec(),
            "Tj" | "TJ" => {
                drawn += 1;
                let strings = match &operands[0] {
                    Object::Array(all) => all.iter().filter_map(|object| object.as_str().ok()).collect(),
                    one => vec![one.as_str().unwrap()],
                };
                let text: String =
                    strings.iter().map(|bytes| maps[&font].bytes_to_string(bytes).unwrap()).collect();
                if open.iter().all(|(_, actual)| actual.is_none()) {
                    tell(page, &open, None, &text, said, beside);
                }
            }
            "f" | "f*" | "S" | "B" | "B*" => {
                drawn += 1;
                assert!(!open.is_empty(), "all that is drawn is tagged, or says that it is none of the text");
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
    drawn
}

fn tell(
    page: ObjectId,
    open: &[(Option<i64>, Option<String>)],
    own: Option<i64>,
    text: &str,
    said: &mut BTreeMap<(ObjectId, i64), String>,
    beside: &mut Vec<String>,
) {
    match own.or_else(|| open.iter().rev().find_map(|(mark, _)| *mark)) {
        Some(mark) => said.entry((page, mark)).or_default().push_str(text),
        None => beside.push(text.to_owned()),
    }
}
