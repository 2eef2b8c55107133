//! What a file has already: its actors, options, claims and wishes, as far as a reading needs them.

use detente_case::{Outline, steers};
use serde_json::Value as Json;

use crate::draft::alike;

/// Somebody in the file.
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: String,
}

/// What one can do, or several together, in the file.
pub(super) struct Switch {
    /// `az.sign`, `act.peace`.
    pub(super) name: String,
    /// Where it stands.
    pub(super) address: String,
    /// Whose; empty: an act.
    pub(super) owner: String,
    pub(super) text: String,
    pub(super) because: Vec<String>,
    /// Whether it is a table, not a text alone.
    pub(super) table: bool,
}

/// A wish in the file.
pub(super) struct Wanted {
    pub(super) owner: String,
    pub(super) address: String,
    pub(super) that: String,
    pub(super) because: Vec<String>,
}

/// A claim in the file, of the source that is read.
struct Stated {
    id: String,
    at: Vec<usize>,
}

/// A file.
pub(super) struct File<'o> {
    pub(super) outline: &'o Outline,
    pub(super) source: &'o str,
    pub(super) actors: Vec<Person>,
    pub(super) switches: Vec<Switch>,
    pub(super) wishes: Vec<Wanted>,
    claims: Vec<Stated>,
}

/// One line without control characters.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !steers(*c)).collect()
}

/// A name as it is compared: without its article or whose it is, in small letters.
pub(super) fn bare(name: &str) -> String {
    let low = name.to_lowercase();
    let mut words: Vec<&str> =
        low.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() > 1
        && matches!(
            words.first().copied(),
            Some("the" | "a" | "an" | "their" | "his" | "her" | "its" | "our" | "my")
        )
    {
        words.remove(0);
    }
    words.join(" ")
}

fn text(of: Option<&Json>) -> String {
    of.and_then(Json::as_str).unwrap_or_default().to_owned()
}

fn texts(of: Option<&Json>) -> Vec<String> {
    let list = of.and_then(Json::as_array);
    list.into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
}

/// `s5`, `s2–3`, `s20-21`: the sentences that a claim stands on.
fn sentences(at: &str) -> Vec<usize> {
    let Some(rest) = at.trim().strip_prefix('s') else { return Vec::new() };
    let mut numbers = rest.splitn(2, ['-', '\u{2013}']).map(|part| {
        let part = part.trim().trim_start_matches('s');
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<usize>().ok()
    });
    let Some(Some(from)) = numbers.next() else { return Vec::new() };
    let to = numbers.next().flatten().unwrap_or(from);
    (from..=to.min(from + MOST_OF_A_CLAIM)).collect()
}

/// A claim stands on at most so many sentences; one that says more stands on the first of them.
const MOST_OF_A_CLAIM: usize = 200;

impl<'o> File<'o> {
    pub(super) fn new(outline: &'o Outline, source: &'o str) -> Self {
        let mut file = Self {
            outline,
            source,
            actors: Vec::new(),
            switches: Vec::new(),
            wishes: Vec::new(),
            claims: Vec::new(),
        };
        for (id, about) in file.things("actor") {
            let name = text(about.get("name"));
            file.actors
                .push(Person { id: id.to_owned(), name: if name.is_empty() { id.to_owned() } else { name } });
            let address = format!("actor.{id}.option");
            for (key, about) in file.ordered(&address, about.get("option")) {
                file.switches.push(switch(&format!("{id}.{key}"), &format!("{address}.{key}"), id, about));
            }
            for list in ["prefers", "weighs"] {
                let address = format!("actor.{id}.{list}");
                let keys = outline.keys.get(&address);
                let entries = about.get(list).and_then(Json::as_array).into_iter().flatten().enumerate();
                for (at, entry) in entries {
                    let key = keys.and_then(|keys| keys.get(at)).cloned().unwrap_or_else(|| at.to_string());
                    file.wishes.push(Wanted {
                        owner: id.to_owned(),
                        address: format!("{address}[{key}]"),
                        that: text(entry.get("that")),
                        because: texts(entry.get("because")),
                    });
                }
            }
        }
        for (id, about) in file.things("act") {
            file.switches.push(switch(&format!("act.{id}"), &format!("act.{id}"), "", about));
        }
        let claims = file.things("claim");
        file.claims = claims
            .into_iter()
            .filter(|(_, about)| about.get("source").and_then(Json::as_str) == Some(source))
            .map(|(id, about)| Stated { id: id.to_owned(), at: sentences(&text(about.get("at"))) })
            .collect();
        file
    }

    /// The things of a table, in the order of the file.
    pub(super) fn things(&self, table: &str) -> Vec<(&'o str, &'o Json)> {
        self.ordered(table, self.outline.value.get(table))
    }

    fn ordered(&self, address: &str, table: Option<&'o Json>) -> Vec<(&'o str, &'o Json)> {
        let Some(table) = table.and_then(Json::as_object) else { return Vec::new() };
        match self.outline.keys.get(address) {
            Some(ids) => ids.iter().filter_map(|id| Some((id.as_str(), table.get(id)?))).collect(),
            None => table.iter().map(|(id, about)| (id.as_str(), about)).collect(),
        }
    }

    /// The entries of a list, with their addresses.
    pub(super) fn list(&self, name: &str) -> Vec<(String, &'o Json)> {
        let keys = self.outline.keys.get(name);
        let entries = self.outline.value.get(name).and_then(Json::as_array).into_iter().flatten();
        entries
            .enumerate()
            .map(|(at, entry)| {
                let key = keys.and_then(|keys| keys.get(at)).cloned().unwrap_or_else(|| at.to_string());
                (format!("{name}[{key}]"), entry)
            })
            .collect()
    }

    /// Whether an id of a table is taken.
    pub(super) fn has(&self, table: &str, id: &str) -> bool {
        self.outline.value.get(table).is_some_and(|table| table.get(id).is_some())
    }

    /// The claim that stands on a sentence of the text.
    pub(super) fn claim(&self, n: usize) -> Option<&str> {
        let first = self.claims.iter().find(|claim| claim.at.first() == Some(&n));
        first
            .or_else(|| self.claims.iter().find(|claim| claim.at.contains(&n)))
            .map(|claim| claim.id.as_str())
    }

    /// Whether something rests on a claim of the sentence.
    pub(super) fn rests(&self, because: &[String], n: usize) -> bool {
        self.claims.iter().any(|claim| claim.at.contains(&n) && because.contains(&claim.id))
    }

    /// The actor of the file that one of the names is a name of.
    pub(super) fn actor(&self, names: &[&str]) -> Option<&Person> {
        let names: Vec<String> = names.iter().map(|name| bare(name)).collect();
        self.actors.iter().find(|one| {
            let (id, name) = (bare(&one.id), bare(&one.name));
            names.iter().any(|known| !known.is_empty() && (*known == name || *known == id))
        })
    }

    /// What the words say that somebody can do.
    pub(super) fn switch(&self, words: &str, of: Option<&str>) -> Option<&Switch> {
        let own = |one: &&Switch| of.is_none_or(|owner| one.owner == owner);
        let same = bare(words);
        self.switches
            .iter()
            .filter(own)
            .find(|one| bare(&one.text) == same)
            .or_else(|| self.switches.iter().filter(own).find(|one| alike(&one.text, words)))
    }
}

fn switch(name: &str, address: &str, owner: &str, about: &Json) -> Switch {
    Switch {
        name: name.to_owned(),
        address: address.to_owned(),
        owner: owner.to_owned(),
        text: about.as_str().map_or_else(|| text(about.get("text")), str::to_owned),
        because: texts(about.get("because")),
        table: about.is_object(),
    }
}
