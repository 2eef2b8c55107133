//! Verbs and pronouns that agree with names: `Russia stays`, `The farmers stay`.

use detente_model::{ActorId, Conflict};

use crate::say::names;

/// How verbs and pronouns agree with what is named: as one, or as many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agree(bool);

impl Agree {
    /// With this actor.
    #[must_use]
    pub fn with(conflict: &Conflict, actor: ActorId) -> Self {
        Self(is_plural(&names::actor(conflict, actor)))
    }

    /// With these actors together.
    #[must_use]
    pub fn with_all(conflict: &Conflict, actors: &[ActorId]) -> Self {
        match actors {
            [one] => Self::with(conflict, *one),
            several => Self(!several.is_empty()),
        }
    }

    /// Whether it agrees with many.
    #[must_use]
    pub fn is_many(self) -> bool {
        self.0
    }

    /// The form of a verb: `agree.verb("stays", "stay")`.
    #[must_use]
    pub fn verb(self, one: &'static str, many: &'static str) -> &'static str {
        if self.0 { many } else { one }
    }

    /// `it` or `they`.
    #[must_use]
    pub fn it(self) -> &'static str {
        self.verb("it", "they")
    }

    /// `it` or `them`.
    #[must_use]
    pub fn them(self) -> &'static str {
        self.verb("it", "them")
    }

    /// `its` or `their`.
    #[must_use]
    pub fn its(self) -> &'static str {
        self.verb("its", "their")
    }

    /// `has` or `have`.
    #[must_use]
    pub fn has(self) -> &'static str {
        self.verb("has", "have")
    }

    /// `is` or `are`.
    #[must_use]
    pub fn is(self) -> &'static str {
        self.verb("is", "are")
    }

    /// `wants` or `want`.
    #[must_use]
    pub fn wants(self) -> &'static str {
        self.verb("wants", "want")
    }
}

/// Plurals that do not end in s.
const PLURAL: [&str; 10] =
    ["people", "men", "women", "children", "police", "media", "talks", "taliban", "masses", "parents"];

/// Names of one thing that end in s.
const SINGULAR: [&str; 16] = [
    "states",
    "nations",
    "emirates",
    "netherlands",
    "philippines",
    "maldives",
    "seychelles",
    "comoros",
    "islands",
    "news",
    "series",
    "times",
    "headquarters",
    "works",
    "affairs",
    "services",
];

/// Whether a name is that of several: a common noun in the plural (`The farmers`, `Local unions`), or after an article
/// a word that ends in s and is no country (`The Houthis`). A single word with a capital is taken for one: `Paris`,
/// `Hamas`, `Honduras`.
fn is_plural(name: &str) -> bool {
    // What stands in brackets or behind "of" is not what is counted: `The leaders of the union`.
    let head = name.split(" (").next().unwrap_or(name);
    let words: Vec<&str> = head.split_whitespace().collect();
    let articles = ["The", "the", "Some", "All", "Both", "Most", "Many"];
    let article = words.first().is_some_and(|word| articles.contains(word));
    let end = words
        .iter()
        .position(|word| ["of", "in", "for", "from", "at", "on", "with", "against"].contains(word))
        .filter(|at| *at > 0)
        .unwrap_or(words.len());
    let Some(last) = words[..end].last() else { return false };
    let lower = last.to_lowercase();
    let common = last.starts_with(char::is_lowercase) || (article && end == 2);
    if SINGULAR.contains(&lower.as_str()) || !(common || words.first() == Some(&"Both")) {
        return false;
    }
    PLURAL.contains(&lower.as_str())
        || lower.ends_with('s')
            && !["ss", "us", "sis", "as", "ics", "'s", "’s"].iter().any(|end| lower.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_several_are_known_and_names_of_countries_are_not_mistaken_for_them() {
        for name in [
            "The farmers",
            "The Houthis",
            "Local unions",
            "The leaders of the union",
            "The people",
            "The two parties",
        ] {
            assert!(is_plural(name), "{name}");
        }
        for name in [
            "Russia",
            "The West",
            "United States",
            "The United States",
            "The Netherlands",
            "Paris",
            "Hamas",
            "The press",
            "The union of farmers",
            "The Congress",
            "Cyprus",
            "Honduras",
            "US",
            "",
        ] {
            assert!(!is_plural(name), "{name}");
        }
    }
}
