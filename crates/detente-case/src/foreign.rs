//! Files of other programs, known by how they begin or by their names, and what can be done with them.

/// What a file is, and what to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// With its article: "a PDF document".
    pub(crate) what: &'static str,
    /// What can be done.
    pub(crate) hint: &'static str,
}

const TEXT: &str = "a case cannot be read from it: save its text as plain text, then `detente new NAME --source TEXT.txt` starts a case with its sentences";
const GRAPH: &str = "Détente does not read it: its nodes can be the states of a case in graph form ([graph] states = […]), its edges the moves of the actors ([[actor.ID.move]])";
const GAME: &str = "turn it into a case first: `detente import FILE.nfg -o CASE.toml`";
const TREE: &str = "Détente neither reads nor writes games in extensive form: list what can come out as states ([graph] states = […]), with each player's moves ([[actor.ID.move]]) and `ranking`";
const WORKS: &str = "lists of works are not read: write each work that the case rests on as a table [source.ID] (title, author, date, url), and what it says as claims";
const LATEX: &str = "a case cannot be read from it: save its text as plain text, then `detente new NAME --source TEXT.txt` starts a case with its sentences; tables for LaTeX are written by `detente export --to latex`";
const FRAME: &str = "Détente writes such tables (`detente sample --parquet`) and reads none: give the case file (.toml) that it was made from";
const TABLE: &str = "exports of ACLED, UCDP, GDELT and PA-X go into a case by `detente import FILE --into CASE`; other tables are not read: write actors, options and wishes in a case (`detente new NAME` writes one to start from)";
const PICTURE: &str = "it is not a case: give the case file (.toml) that belongs to it";
const JSON: &str = "only JSON of GMCR+ (.gmcr, with `decisionMakers` and `options`) is read; `detente new NAME` writes a case to start from";

/// What the bytes begin like, when that is no case file and no text that could be one.
pub(crate) fn by_content(bytes: &[u8]) -> Option<Foreign> {
    let of = |what, hint| Some(Foreign { what, hint });
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let begins = |with: &[u8]| bytes.starts_with(with);
    match () {
        () if begins(b"%PDF-") => of("a PDF document", TEXT),
        () if begins(b"PK\x03\x04") => of("a Word, Excel or OpenDocument file (a ZIP archive)", TEXT),
        () if begins(b"{\\rtf") => of("a document in Rich Text Format", TEXT),
        () if begins(b"\xd0\xcf\x11\xe0") => of("a file of an old Office program", TEXT),
        () if begins(b"\x89PNG") || begins(b"\xff\xd8\xff") || begins(b"GIF8") => of("a picture", PICTURE),
        () if begins(b"\x1f\x8b") => of("a compressed file (gzip)", "unpack it first"),
        () if begins(b"PAR1") => of("a table in Parquet format", FRAME),
        () if begins(b"SQLite format 3") => of("a database (SQLite)", TABLE),
        () => by_words(bytes),
    }
}

fn by_words(bytes: &[u8]) -> Option<Foreign> {
    let of = |what, hint| Some(Foreign { what, hint });
    let head = &bytes[..bytes.len().min(2000)];
    let text = String::from_utf8_lossy(head).trim_start().to_lowercase();
    match text.as_str() {
        t if t.starts_with("nfg ") => of("a game in normal form (.nfg, Gambit)", GAME),
        t if t.starts_with("efg ") => of("a game in extensive form (.efg, Gambit)", TREE),
        t if t.starts_with("\\documentclass") => of("a text for LaTeX (.tex)", LATEX),
        t if t.starts_with("ty  - ") => of("a list of works (.ris)", WORKS),
        t if [
            "@article{",
            "@book{",
            "@misc{",
            "@incollection{",
            "@inproceedings{",
            "@techreport{",
            "@online{",
        ]
        .iter()
        .any(|begin| t.starts_with(begin)) =>
        {
            of("a list of works (.bib, BibTeX)", WORKS)
        }
        t if t.starts_with("<!doctype html") || t.starts_with("<html") => of("a web page", TEXT),
        t if t.starts_with('<') && t.contains("<graphml") => of("a graph (GraphML)", GRAPH),
        t if t.starts_with('<') && t.contains("<svg") => of("a picture", PICTURE),
        t if t.starts_with("<?xml") => of("an XML document", TEXT),
        t if t.starts_with("digraph ") || t.starts_with("graph {") => of("a graph (DOT)", GRAPH),
        t if t.starts_with("[{") || t.starts_with("[ {") => of("JSON", JSON),
        _ => None,
    }
}

/// What a file that is no case is by its name.
pub(crate) fn by_name(file: &str) -> Option<Foreign> {
    let of = |what, hint| Some(Foreign { what, hint });
    let end = file.rsplit_once('.')?.1.to_lowercase();
    match end.as_str() {
        "nfg" | "gbt" => of("a game of Gambit (.nfg)", GAME),
        "efg" => of("a game in extensive form (.efg, Gambit)", TREE),
        "bib" => of("a list of works (.bib, BibTeX)", WORKS),
        "ris" => of("a list of works (.ris)", WORKS),
        "tex" | "ltx" => of("a text for LaTeX (.tex)", LATEX),
        "parquet" => of("a table in Parquet format", FRAME),
        "scw" => of("a project of ScenarioWizard (.scw)", TABLE),
        "graphml" | "gml" | "gexf" | "dot" | "gv" => of("a graph", GRAPH),
        "csv" | "tsv" | "xlsx" | "xls" | "ods" => of("a table", TABLE),
        "json" | "jsonl" => of("JSON", JSON),
        "pdf" | "docx" | "doc" | "odt" | "rtf" | "html" | "htm" | "md" | "txt" => {
            of("a text, not a case", TEXT)
        }
        "yaml" | "yml" => of("YAML", "case files are TOML: `detente new NAME` writes one to start from"),
        "png" | "jpg" | "jpeg" | "svg" => of("a picture", PICTURE),
        _ => None,
    }
}

/// JSON of another program: what its keys show.
pub(crate) fn json(keys: &[&str]) -> Foreign {
    match keys.contains(&"schema") {
        true => Foreign {
            what: "JSON that a command wrote, not a case",
            hint: "give the case file (.toml) that it was made from; `detente verify` reads certificates",
        },
        false => Foreign { what: "JSON, and no file of GMCR+", hint: JSON },
    }
}
