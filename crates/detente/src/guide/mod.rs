//! The guide: the pages of `docs/guide`, and those of `docs/` that belong to it, as HTML with a search index.
//!
//! [`files`] makes all of it, once: `detente guide -o DIR` writes the files, the workbench answers with them below
//! `/guide/`. Links are relative, so that both are the same bytes. A page needs no script; the script adds the search,
//! and fetches nothing but the index beside it. Styles and scripts are files of their own: the server's
//! Content-Security-Policy allows no others.

mod page;
mod search;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use detente_case::codes;

/// One page before it is rendered.
struct Page {
    /// The part of the guide that it stands in.
    part: &'static str,
    /// The file from the root of the sources, by which other pages link to it.
    file: String,
    /// Markdown.
    text: String,
}

/// The contents: parts with their files, in the order in which they are read.
macro_rules! contents {
    ($($part:literal: $($file:literal)*;)*) => {
        &[$($(($part, $file, include_str!(concat!("../../../../", $file))),)*)*]
    };
}

const CONTENTS: &[(&str, &str, &str)] = contents![
    "Start": "docs/guide/README.md" "docs/guide/walk.md" "docs/guide/workbench.md" "docs/guide/commands.md";
    "Tutorial: from an article to a brief":
        "docs/guide/tutorial/1-read.md" "docs/guide/tutorial/2-write.md" "docs/guide/tutorial/3-solve.md"
        "docs/guide/tutorial/4-change.md" "docs/guide/tutorial/5-report.md";
    "How to":
        "docs/guide/how-to/read-a-text.md" "docs/guide/how-to/act-of-two.md" "docs/guide/how-to/threat.md"
        "docs/guide/how-to/two-accounts.md" "docs/guide/how-to/doubt.md" "docs/guide/how-to/vote.md"
        "docs/guide/how-to/deadline.md" "docs/guide/how-to/keep-up.md" "docs/guide/how-to/forecast.md"
        "docs/guide/how-to/paper.md" "docs/guide/how-to/import.md" "docs/guide/how-to/field-data.md" "docs/guide/how-to/export.md"
        "docs/guide/how-to/many-draws.md" "python/README.md";
    "The case file":
        "docs/case-file.md" "docs/guide/formulas.md" "docs/guide/questions.md" "docs/modelling.md";
    "Methods":
        "docs/guide/methods/README.md" "docs/guide/methods/stability.md" "docs/guide/methods/movers.md"
        "docs/guide/methods/coalitions.md" "docs/guide/methods/evolution.md" "docs/guide/methods/evidence.md"
        "docs/deeds.md" "docs/said.md" "docs/uncertainty.md" "docs/watch.md" "docs/guide/methods/power.md"
        "docs/forecasts.md" "docs/reading.md" "docs/guide/methods/certificates.md" "docs/symbolic.md" "GLOSSARY.md";
    "Validation":
        "docs/guide/validation/README.md" "docs/guide/validation/published.md" "docs/guide/validation/catalogue.md"
        "cases/README.md" "docs/flagship.md" "docs/guide/speed.md" "docs/benchmarks.md"
        "docs/workbench-latency.md";
];

/// The part of the pages about diagnostics, whose text the library for case files has.
const PROBLEMS: &str = "Problems of a case";

/// A file of the guide.
pub(crate) struct File {
    /// Its media type.
    pub(crate) kind: &'static str,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

/// All files by their address below the folder of the guide: `index.html`, `how-to/threat.html`, …
pub(crate) fn files() -> &'static BTreeMap<String, File> {
    static FILES: LazyLock<BTreeMap<String, File>> = LazyLock::new(build);
    &FILES
}

fn build() -> BTreeMap<String, File> {
    let pages = pages();
    let rendered: Vec<page::Rendered> = pages.iter().map(|page| page::render(page, &pages)).collect();
    let mut files = BTreeMap::new();
    let mut put = |address: String, kind, bytes: Vec<u8>| {
        files.insert(address, File { kind, bytes });
    };
    for at in 0..pages.len() {
        let html = page::whole(at, &pages, &rendered);
        put(address(&pages[at].file), "text/html; charset=utf-8", html.into_bytes());
    }
    put(
        "search.js".to_owned(),
        "text/javascript; charset=utf-8",
        search::index(&pages, &rendered).into_bytes(),
    );
    put("guide.js".to_owned(), "text/javascript; charset=utf-8", include_bytes!("guide.js").to_vec());
    put("guide.css".to_owned(), "text/css; charset=utf-8", include_bytes!("guide.css").to_vec());
    files
}

fn pages() -> Vec<Page> {
    let fixed = CONTENTS.iter().map(|(part, file, text)| Page {
        part,
        file: (*file).to_owned(),
        text: text.replace("\r\n", "\n"),
    });
    let mut all: Vec<Page> = fixed.collect();
    let mut list =
        "# Problems of a case, by code\n\nWhat `detente check` says. `E`: the case cannot be used; `W`: \
                    probably not meant; `N`: worth knowing.\n\n"
            .to_owned();
    let manuals: Vec<(String, String)> = codes::all()
        .into_iter()
        .filter_map(|code| Some((format!("docs/diagnostics/{code}.md"), codes::manual(code)?)))
        .collect();
    for (file, text) in &manuals {
        let name = file.rsplit('/').next().unwrap_or_default();
        list += &format!("- [{}]({name})\n", title(text));
    }
    all.push(Page { part: PROBLEMS, file: "docs/diagnostics/README.md".to_owned(), text: list });
    all.extend(manuals.into_iter().map(|(file, text)| Page { part: PROBLEMS, file, text }));
    all
}

/// The first heading of a page.
fn title(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default()
}

/// Where the page of a file is: `docs/guide/how-to/threat.md` is `how-to/threat.html`.
fn address(file: &str) -> String {
    let inside = ["docs/guide/", "docs/"].iter().find_map(|folder| file.strip_prefix(folder)).unwrap_or(file);
    let stem = inside.strip_suffix(".md").unwrap_or(inside);
    let stem = match stem.strip_suffix("README") {
        Some(folder) => format!("{folder}index"),
        None => stem.to_lowercase(),
    };
    format!("{stem}.html")
}

/// The way from the page at `from` to the file at `to`, both addresses.
fn way(from: &str, to: &str) -> String {
    "../".repeat(from.matches('/').count()) + to
}

/// The file that a link of the page `file` leads to, from the root of the sources.
fn target(file: &str, link: &str) -> String {
    let mut path = PathBuf::from(file);
    path.pop();
    for part in Path::new(link).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests;
