//! Documents that nobody should write, made here: a clear answer, in bounded time and memory, and no panic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Write};

use detente_text::{BOUNDS, Document, read};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>"
    );
    packed(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A PDF file of these objects, from 1 on; the first is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
            .bytes(),
    );
    out
}

fn stream(more: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = format!("<< /Length {} {more} >>\nstream\n", bytes.len()).into_bytes();
    out.extend(bytes);
    out.extend(b"\nendstream");
    out
}

/// One page per text; more objects come after the pages, from 4 on with the font.
fn paged(pages: &[Vec<u8>], resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let first = 4 + more.len();
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", first + 2 * at)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    objects.extend(more.iter().cloned());
    for (at, page) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> {resources} >> \
                 /Contents {} 0 R >>",
                first + 2 * at + 1
            )
            .into_bytes(),
        );
        objects.push(page.clone());
    }
    pdf(&objects)
}

fn refused(bytes: &[u8], name: &str, says: &str) {
    let said = read(bytes, name).map(|found| found.text.chars().take(80).collect::<String>()).unwrap_err().0;
    assert!(said.contains(says), "{name}: {said}");
}

fn text(bytes: &[u8], name: &str) -> Document {
    read(bytes, name).unwrap_or_else(|why| panic!("{name}: {why}"))
}

#[test]
fn a_word_document_is_its_paragraphs() {
    let found = text(
        &docx(
            "<w:p><w:r><w:t>Talks &amp; tolls</w:t></w:r></w:p><w:p/>\
             <w:p><w:r><w:t xml:space=\"preserve\">Peru said </w:t></w:r><w:del><w:r><w:delText>yes</w:delText></w:r></w:del>\
             <w:ins><w:r><w:t>no</w:t></w:r></w:ins><w:r><w:t>.</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>\
             <w:p><w:r><mc:AlternateContent><mc:Choice><w:t>Chile&#x2019;s</w:t></mc:Choice><mc:Fallback><w:t>Chile</w:t>\
             </mc:Fallback></mc:AlternateContent><w:tab/><w:t>left.</w:t></w:r></w:p>",
        ),
        "a.docx",
    );
    assert_eq!(found.text, "Talks & tolls\n\nPeru said no.\n\nChile’s left.");
    assert_eq!(found.left_out, ["1 note", "1 deleted part"]);
}

#[test]
fn a_packed_file_that_unpacks_without_end_is_refused() {
    let mut bomb = b"<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>".to_vec();
    bomb.resize(40 << 20, b'a');
    let bomb = packed(&[("word/document.xml", &bomb)]);
    assert!(bomb.len() < 200_000, "it is small: {}", bomb.len());
    refused(&bomb, "a.docx", "more than 32 MiB in one of its parts");
    let many: Vec<String> = (0..10_500).map(|at| format!("a{at}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused(&packed(&many), "a.docx", "more than 10000 files");
    // A paragraph that is longer than a text may be, in a part that is not too large.
    let long = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "word ".repeat(1 << 20));
    refused(&docx(&long), "a.docx", "more than 4 MiB of text");
}

#[test]
fn parts_that_lead_back_or_go_deep_are_no_trap() {
    // The package names itself as its main part, and that part another.
    let rels = b"<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"/_rels/.rels\"/></Relationships>";
    refused(&packed(&[("_rels/.rels", rels)]), "a.docx", "no text");
    let deep = format!("{}x{}", "<w:p>".repeat(100_000), "</w:p>".repeat(100_000));
    refused(&docx(&deep), "a.docx", "more than 256 elements inside each other");
    // Entities are not spelled out.
    let laughs = packed(&[(
        "word/document.xml",
        b"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><d><w:p><w:t>&b;no</w:t></w:p></d>",
    )]);
    assert_eq!(text(&laughs, "a.docx").text, "no");
    for (parts, says) in [
        (vec![("mimetype", &b"application/vnd.oasis.opendocument.text"[..])], "OpenDocument"),
        (vec![("xl/workbook.xml", b"<x/>")], "a spreadsheet"),
        (vec![("a.txt", b"x")], "no Word document"),
        (vec![("word/document.xml", b"<a><b></a>")], "no XML"),
        (vec![("word/document.xml", b"\xff\xfe")], "not UTF-8"),
    ] {
        refused(&packed(&parts), "a.docx", says);
    }
    refused(b"PK\x03\x04....", "a.docx", "damaged");
    let mut broken = docx("<w:p><w:r><w:t>Peru said no.</w:t></w:r></w:p>");
    for at in 30..broken.len().min(300) {
        broken[at] ^= 0x55;
        let _ = read(&broken, "a.docx");
        broken[at] ^= 0x55;
    }
}

#[test]
fn a_pdf_file_is_its_lines() {
    let page = |number: usize, rest: &str| {
        let shown = format!(
            "BT /F1 9 Tf 72 760 Td (The Paper, no. {number}) Tj ET\nBT /F1 12 Tf 14 TL 72 700 Td {rest} ET\nBT /F1 9 Tf 300 40 Td ({number}) Tj ET"
        );
        stream("/Filter /FlateDecode", &deflated(shown.as_bytes()))
    };
    let bytes = paged(
        &[
            page(
                1,
                "(Peru said that the agree-) Tj T* (ment is over. Chile) Tj ( left) Tj T* [(the ta) -20 (lks) -400 (on Monday.)] TJ",
            ),
            page(2, "1 0 0 1 72 700 Tm (It) Tj 1 0 0 1 90 700 Tm (was cold, and) ' (nobody \\(not one\\)) '"),
            page(3, "(came.) Tj 0 -40 Td (A new paragraph.) Tj"),
        ],
        "",
        &[],
    );
    let found = text(&bytes, "a.pdf");
    assert_eq!(
        found.text,
        "Peru said that the agreement is over. Chile left the talks on Monday.\n\n\
         It was cold, and nobody (not one) came.\n\nA new paragraph."
    );
    assert_eq!(
        found.left_out,
        ["the numbers of the pages", "the line “The Paper, no. 1” at the edge of 3 pages"]
    );
}

#[test]
fn a_pdf_file_that_unpacks_without_end_is_refused() {
    let mut bomb = b"BT /F1 12 Tf (x) Tj ET\n".to_vec();
    bomb.resize(80 << 20, b' ');
    let bomb = deflated(&bomb);
    assert!(bomb.len() < 200_000, "it is small: {}", bomb.len());
    refused(
        &paged(&[stream("/Filter /FlateDecode", &bomb)], "", &[]),
        "a.pdf",
        "more than 64 MiB on its pages",
    );
    // Packed twice.
    let twice = stream("/Filter [/FlateDecode /FlateDecode]", &deflated(&bomb));
    refused(&paged(&[twice], "", &[]), "a.pdf", "more than 64 MiB on its pages");
    // A form that shows itself, and one that shows the next many times.
    let form = |shows: &str| {
        stream("/Type /XObject /Subtype /Form /Resources << /XObject << /A 4 0 R >> >>", shows.as_bytes())
    };
    let page = stream("", b"/A Do");
    refused(&paged(&[page], "/XObject << /A 4 0 R >>", &[form("/A Do")]), "a.pdf", "forms inside each other");
    let wide: Vec<Vec<u8>> = (0..7)
        .map(|at| {
            let next = 4 + (at + 1).min(6);
            let more = format!("/Subtype /Form /Resources << /XObject << /A {next} 0 R >> >>");
            stream(&more, if at == 6 { b"q Q".to_vec() } else { b"/A Do ".repeat(60) }.as_slice())
        })
        .collect();
    let page = stream("", &b"/A Do ".repeat(60));
    refused(&paged(&[page], "/XObject << /A 4 0 R >>", &wide), "a.pdf", "more than 64 MiB on its pages");
    // Lists of objects, of which each alone would do.
    let mut objects =
        vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec()];
    let zeros = deflated(&vec![b' '; 8 << 20]);
    for _ in 0..200 {
        objects.push(stream("/Type /Obj#53tm /N 1 /First 4 /Filter /FlateDecode", &zeros));
    }
    assert!(read(&pdf(&objects), "a.pdf").is_err());
    // The same under their plain name: they are measured together.
    let plain: Vec<Vec<u8>> = objects
        .iter()
        .map(|object| {
            let at = object.windows(9).position(|word| word == b"Obj#53tm ");
            at.map_or_else(|| object.clone(), |at| [&object[..at], b"ObjStm ", &object[at + 9..]].concat())
        })
        .collect();
    refused(&pdf(&plain), "a.pdf", "more than 16 MiB in its lists of objects");
}

#[test]
fn a_pdf_file_without_text_says_so() {
    let page = stream("", b"q 1 0 0 1 0 0 cm /I Do Q");
    let picture =
        stream("/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", b"x");
    refused(&paged(&[page], "/XObject << /I 4 0 R >>", &[picture]), "a.pdf", "no text layer");
    refused(&paged(&[stream("", b"BT (no font) Tj ET")], "", &[]), "a.pdf", "coding that is not known");
    refused(b"%PDF-1.7 \xff\xff", "a.pdf", "damaged");
    refused(b"no such thing", "a.pdf", "named as a PDF file");
    // Pages that are their own parents, and their own content.
    let cycle = pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Parent 3 0 R /Count 3 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 3 0 R /Resources 3 0 R >>".to_vec(),
    ]);
    assert!(read(&cycle, "a.pdf").is_err());
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let nested = pdf(&[b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), deep.into_bytes()]);
    assert!(read(&nested, "a.pdf").is_err());
    // Any byte can be another.
    let good = paged(&[stream("", b"BT /F1 12 Tf 72 700 Td (Peru said no.) Tj ET")], "", &[]);
    assert_eq!(text(&good, "a.pdf").text, "Peru said no.");
    for at in 8..good.len() {
        let mut broken = good.clone();
        broken[at] = broken[at].wrapping_add(7);
        let _ = read(&broken, "a.pdf");
        broken.truncate(at);
        let _ = read(&broken, "a.pdf");
    }
}

#[test]
fn texts_of_any_kind_are_read_or_refused() {
    let long = "word ".repeat((4 << 20) / 5 + 10);
    for (name, bytes) in [
        ("a.txt", long.clone().into_bytes()),
        ("a.md", long.clone().into_bytes()),
        ("a.html", format!("<p>{long}").into_bytes()),
    ] {
        refused(&bytes, name, "more than 4 MiB of text");
    }
    refused(&vec![b'a'; (16 << 20) + 1], "a.txt", "more than 16 MiB");
    refused(b"\xff\xfe\x00", "a.txt", "not UTF-8");
    refused(b"\xd0\xcf\x11\xe0", "a.doc", "an old Word file");
    refused(b"{\\rtf1 x}", "a.rtf", "an RTF file");
    let page = b"<html><meta charset=windows-1252><p>Caf\xe9 closed.";
    assert_eq!(text(page, "a.html").text, "Café closed.");
    let strange = "<p>\u{202e}Россия сказала: мир.\u{202c} قال الوزير؟</p>\u{0}\u{1b}[31m<b>x".repeat(2_000);
    assert!(!text(strange.as_bytes(), "a.html").text.contains(['\u{0}', '\u{1b}']));
    for nasty in ["<", "<!--", "<p ", "<p a=", "&", "&#x110000;", "<![CDATA[", "</", "<script", "<a b='"] {
        let _ = read(nasty.repeat(20_000).as_bytes(), "a.html");
    }
    for nasty in
        ["[", "![", "*", "_a", "`", "> ", "- ", "| a ", "<a ", "[a]: ", "#", "~~~\n", "(", "\\", "[^a]:"]
    {
        let _ = read(nasty.repeat(20_000).as_bytes(), "a.md");
    }
    for nasty in
        ["TY  - A\nTI  - B\n", "@a{", "TI  -", "\u{feff}", "@misc{a,title={b}}", "@string{a=1}", "\"", "#"]
    {
        let _ = read(nasty.repeat(4_000).as_bytes(), "a.bib");
        let _ = read(nasty.repeat(4_000).as_bytes(), "a.ris");
    }
}

#[test]
fn each_bound_is_another_row() {
    for (at, bound) in BOUNDS.iter().enumerate() {
        assert!(!BOUNDS[..at].iter().any(|other| other.name == bound.name), "{}", bound.name);
        assert!(bound.passed().0.ends_with(bound.todo), "{}", bound.name);
    }
}
