//! A bibliography as sources: BibTeX and RIS.
//!
//! # Definition
//! Of each entry: its title, its authors (else its editors), its date as far as it is given (a year, a month, a day), its
//! link (else the one of its DOI). An entry without a title is left out, and said; of two with one key the first counts.
//!
//! Complexity: linear; what abbreviations of BibTeX stand for is counted before it is spelled out.

use std::collections::{HashMap, HashSet};

use biblatex::{
    Bibliography, ChunksExt, DateValue, Datetime, Entry, PermissiveType, RawBibliography, RawChunk,
};

use crate::bounds::{BRACES, SOURCES, SPELLED_OUT};
use crate::{Document, Refused, counted, folded, refused};

/// A source that a bibliography lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its key there, or empty.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its authors, joined with "and"; or empty.
    pub author: String,
    /// `2023`, `2023-03` or `2023-03-07`; or empty.
    pub date: String,
    /// Its address; or empty.
    pub link: String,
}

/// Whether the bytes begin like RIS.
pub(crate) fn begins_ris(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    head.starts_with(b"TY  - ")
}

pub(crate) fn read(text: &str) -> Result<Document, Refused> {
    let ris = text.lines().any(|line| line.trim_start_matches('\u{feff}').starts_with("TY  -"));
    let (all, twice) = if ris { (of_ris(text), 0) } else { of_bibtex(text)? };
    let listed = all.len();
    let sources: Vec<Source> = all.into_iter().filter(|one| !one.title.is_empty()).collect();
    SOURCES.check(sources.len())?;
    if sources.is_empty() {
        return refused("no entry of it has a title");
    }
    let untitled = counted(listed - sources.len(), "entry without a title", "entries without a title");
    let twice = counted(twice, "entry with the key of another", "entries with the key of another");
    Ok(Document { sources, left_out: untitled.into_iter().chain(twice).collect(), ..Document::default() })
}

fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// An address that a case can name, or nothing.
fn address(said: &str) -> String {
    let said = said.trim();
    let is = said.starts_with("http://") || said.starts_with("https://");
    if is && !said.contains(|c: char| c.is_whitespace() || c.is_control()) {
        said.to_owned()
    } else {
        String::new()
    }
}

fn doi(said: &str) -> String {
    let said = said.trim();
    if said.starts_with("10.") { address(&format!("https://doi.org/{said}")) } else { address(said) }
}

/// `Garcia, Ana` as `Ana Garcia`.
fn forward(name: &str) -> String {
    match name.split_once(',') {
        Some((last, first)) if !first.trim().is_empty() => {
            folded(&format!("{} {last}", first.replace(',', " ")))
        }
        _ => folded(name.trim_end_matches(',')),
    }
}

/// `2023/03/07/`, `2023-3-7`, `2023 Mar`: as much of a date as it has.
fn date(said: &str) -> String {
    let parts: Vec<&str> = said.split(['/', '-', '.']).map(str::trim).collect();
    let number = |at: usize, most: u32| {
        let part = parts.get(at).copied().unwrap_or_default();
        part.parse::<u32>().ok().filter(|number| (1..=most).contains(number))
    };
    let year = parts.first().copied().unwrap_or_default();
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return String::new();
    }
    match (number(1, 12), number(2, 31)) {
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year}-{month:02}"),
        _ => year.to_owned(),
    }
}

fn of_ris(text: &str) -> Vec<Source> {
    let mut all = Vec::new();
    let mut one: Option<(Source, Vec<String>, Vec<String>)> = None;
    for line in text.lines() {
        let line = line.trim_start_matches('\u{feff}').trim_end();
        let Some((tag, said)) = line.split_at_checked(5).filter(|(tag, _)| tag.ends_with("  -")) else {
            continue;
        };
        let said = folded(said);
        let tag = &tag[..2];
        if tag == "TY" {
            all.extend(one.take());
            one = Some(Default::default());
            continue;
        }
        let Some((source, authors, editors)) = &mut one else { continue };
        let put = |into: &mut String, said: String| {
            if into.is_empty() {
                *into = said;
            }
        };
        match tag {
            "ER" => all.extend(one.take()),
            "TI" | "T1" => put(&mut source.title, said),
            "AU" | "A1" => authors.push(forward(&said)),
            "ED" | "A2" => editors.push(forward(&said)),
            "ID" => put(&mut source.key, said),
            // A date has more than a year.
            "DA" if date(&said).len() > source.date.len() => source.date = date(&said),
            "PY" | "Y1" => put(&mut source.date, date(&said)),
            "UR" | "L2" => put(&mut source.link, address(&said)),
            "DO" if source.link.is_empty() => source.link = doi(&said),
            _ => {}
        }
    }
    all.extend(one);
    all.into_iter()
        .map(|(source, authors, editors)| {
            let names = if authors.is_empty() { editors } else { authors };
            Source { author: joined(&names), ..source }
        })
        .collect()
}

/// How deep braces stand inside each other.
fn depth(text: &str) -> usize {
    let (mut depth, mut most, mut escaped) = (0_usize, 0, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
        most = most.max(depth);
    }
    most
}

/// How many bytes the abbreviations of a bibliography are when they are spelled out everywhere; one that stands for itself
/// has no end.
fn spelled_out(raw: &RawBibliography<'_>) -> usize {
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    let named: HashSet<&str> = raw.abbreviations.iter().map(|pair| pair.key.v).collect();
    // What stands on abbreviations that are known is known in the next round.
    for _ in 0..=raw.abbreviations.len().min(64) {
        let before = sizes.len();
        for pair in &raw.abbreviations {
            let size: Option<usize> = pair.value.v.iter().try_fold(0_usize, |sum, chunk| {
                let more = match chunk.v {
                    RawChunk::Normal(said) => said.len(),
                    RawChunk::Abbreviation(name) if named.contains(name) => *sizes.get(name)?,
                    RawChunk::Abbreviation(name) => name.len(),
                };
                Some(sum.saturating_add(more))
            });
            if let Some(size) = size {
                sizes.insert(pair.key.v, size);
            }
        }
        if sizes.len() == before {
            break;
        }
    }
    if sizes.len() < named.len() {
        return usize::MAX;
    }
    let fields = raw.entries.iter().flat_map(|entry| &entry.v.fields).flat_map(|field| &field.value.v);
    fields.fold(0_usize, |sum, chunk| match chunk.v {
        RawChunk::Abbreviation(name) => sum.saturating_add(sizes.get(name).copied().unwrap_or(name.len())),
        RawChunk::Normal(_) => sum,
    })
}

fn of_bibtex(text: &str) -> Result<(Vec<Source>, usize), Refused> {
    let wrong = |at: usize, why: String| {
        let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
        Refused(format!("it is no BibTeX in line {line} ({why}): mend it there"))
    };
    BRACES.check(depth(text))?;
    let mut raw =
        RawBibliography::parse(text).map_err(|error| wrong(error.span.start, error.kind.to_string()))?;
    SPELLED_OUT.check(spelled_out(&raw))?;
    SOURCES.check(raw.entries.len())?;
    let mut keys: HashSet<&str> = HashSet::new();
    let before = raw.entries.len();
    raw.entries.retain(|entry| keys.insert(entry.v.key.v));
    let twice = before - raw.entries.len();
    let parents = ["crossref", "xref", "xdata", "xcrossref"];
    for entry in &mut raw.entries {
        // What an entry takes over from another is not looked up: it could lead back.
        entry.v.fields.retain(|field| !parents.contains(&field.key.v.to_ascii_lowercase().as_str()));
    }
    let all = Bibliography::from_raw(raw).map_err(|error| wrong(error.span.start, error.kind.to_string()))?;
    Ok((all.iter().map(source).collect(), twice))
}

fn source(entry: &Entry) -> Source {
    let words =
        |key: &str| entry.get(key).map(|chunks| folded(&chunks.format_verbatim())).unwrap_or_default();
    let people = entry.author().ok().filter(|all| !all.is_empty()).or_else(|| {
        let all: Vec<_> = entry.editors().ok()?.into_iter().flat_map(|(all, _)| all).collect();
        Some(all)
    });
    let names: Vec<String> = people
        .into_iter()
        .flatten()
        .map(|one| folded(&format!("{} {} {} {}", one.given_name, one.prefix, one.name, one.suffix)))
        .filter(|name| !name.is_empty())
        .collect();
    let link = [address(&words("url")), doi(&words("doi"))].into_iter().find(|one| !one.is_empty());
    Source {
        key: entry.key.clone(),
        title: words("title"),
        author: joined(&names),
        date: match entry.date() {
            Ok(PermissiveType::Typed(found)) => match found.value {
                DateValue::At(at)
                | DateValue::After(at)
                | DateValue::Before(at)
                | DateValue::Between(at, _) => day(&at),
            },
            _ => date(&words("date")),
        },
        link: link.unwrap_or_default(),
    }
}

fn day(at: &Datetime) -> String {
    if !(0..=9999).contains(&at.year) {
        return String::new();
    }
    match (at.month, at.day) {
        (Some(month), Some(day)) => format!("{:04}-{:02}-{:02}", at.year, month + 1, day + 1),
        (Some(month), None) => format!("{:04}-{:02}", at.year, month + 1),
        _ => format!("{:04}", at.year),
    }
}

#[cfg(test)]
mod tests {
    use super::{Source, read};

    #[test]
    fn bibtex_and_ris_give_sources() {
        let bib = read(
            "@string{paper = \"The Paper\"}\n@article{garcia23,\n title = {Talks in {G}eneva},\n author = {Garc{\\'i}a, Ana and Bo Li},\n journal = paper, date = {2023-03-07}, url = {https://example.org/a?b=1}\n}\n\
             @misc{old, title = \"Old\", year = 1999, month = jan, doi = {10.1000/1}}\n@misc{none, year = 2000}\n@misc{old, title = {Other}}",
        )
        .unwrap();
        assert_eq!(
            bib.sources,
            [
                Source {
                    key: "garcia23".to_owned(),
                    title: "Talks in Geneva".to_owned(),
                    author: "Ana García and Bo Li".to_owned(),
                    date: "2023-03-07".to_owned(),
                    link: "https://example.org/a?b=1".to_owned(),
                },
                Source {
                    key: "old".to_owned(),
                    title: "Old".to_owned(),
                    date: "1999-01".to_owned(),
                    link: "https://doi.org/10.1000/1".to_owned(),
                    ..Source::default()
                },
            ]
        );
        assert_eq!(bib.left_out, ["1 entry without a title", "1 entry with the key of another"]);
        let ris = read(
            "TY  - NEWS\nTI  - Talks in Geneva\nAU  - Garcia, Ana\nAU  - Li, Bo\nPY  - 2023\nDA  - 2023/03/07/\nUR  - https://example.org/a\nER  - \n",
        )
        .unwrap();
        assert_eq!(ris.sources[0].author, "Ana Garcia and Bo Li");
        assert_eq!(ris.sources[0].date, "2023-03-07");
    }

    #[test]
    fn abbreviations_and_braces_without_end_are_refused() {
        let mut laughs = "@string{a0 = \"ha ha ha ha\"}\n".to_owned();
        for at in 1..40 {
            laughs += &format!("@string{{a{at} = a{} # a{}}}\n", at - 1, at - 1);
        }
        laughs += "@misc{x, title = a39}";
        let said = read(&laughs).unwrap_err().0;
        assert!(said.contains("abbreviations are spelled out"), "{said}");
        let said = read("@string{a = b}\n@string{b = a}\n@misc{x, title = a}").unwrap_err().0;
        assert!(said.contains("abbreviations are spelled out"), "{said}");
        let said = read(&format!("@misc{{x, title = {}", "{".repeat(200_000))).unwrap_err().0;
        assert!(said.contains("braces"), "{said}");
        let said = read(&format!("@misc{{x, title = {{{}", "\\a{".repeat(200_000))).unwrap_err().0;
        assert!(said.contains("braces"), "{said}");
        let cycle = "@misc{x, title = {X}, crossref = {y}}\n@misc{y, title = {Y}, crossref = {x}}";
        assert_eq!(read(cycle).unwrap().sources.len(), 2);
        assert!(read("no bibliography at all").is_err());
        assert!(read("@misc{").is_err());
    }
}
