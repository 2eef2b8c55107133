//! Ids made from names: short, readable, in ASCII whatever the script of the name.

/// Words that say nothing about what is named.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "to", "for", "in", "on", "at", "by", "with", "from", "and", "or", "not", "that",
    "its", "their", "his", "her", "it", "is", "are", "be", "will", "would", "der", "die", "das", "le", "la",
    "les", "el", "los", "las", "il", "lo", "gli",
];
/// Words of an id.
const WORDS: usize = 2;
/// Letters of a word in an id.
const LETTERS: usize = 24;

/// A text in ASCII letters, whatever its script.
#[must_use]
pub fn in_ascii(text: &str) -> String {
    deunicode::deunicode(text)
}

/// An id for something called `name` that is none of `taken`: its first words that say something, in small ASCII
/// letters (`The harbour company` becomes `harbour-company`), and a number when there is one already. `kind` is what it
/// is called when nothing of the name is left.
///
/// Complexity: linear in the name, times the number of ids of the same words.
#[must_use]
pub fn id_from(name: &str, kind: &str, taken: impl Fn(&str) -> bool) -> String {
    let ascii = in_ascii(name).to_lowercase();
    // `company's`: the mark is no end of a word.
    let ascii = ascii.replace(['\'', '`'], "");
    let words: Vec<&str> =
        ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let telling: Vec<&str> = words.iter().copied().filter(|word| !SMALL.contains(word)).collect();
    let chosen = if telling.is_empty() { &words } else { &telling };
    let short: Vec<&str> =
        chosen.iter().take(WORDS).map(|word| word.get(..LETTERS).unwrap_or(word)).collect();
    let stem = short.join("-");
    let stem = match stem.as_str() {
        "" => kind.to_owned(),
        word if crate::statement::RESERVED.contains(&word) => format!("{kind}-{word}"),
        // A number in a formula would be read as one.
        word if word.bytes().all(|b| b.is_ascii_digit()) => format!("{kind}-{word}"),
        word => word.to_owned(),
    };
    let numbered = (2_u32..).map(|number| format!("{stem}-{number}"));
    std::iter::once(stem.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::is_id;

    #[test]
    fn names_of_any_script_become_short_ids_that_differ() {
        let free = |_: &str| false;
        for (name, id) in [
            ("The ferry union", "ferry-union"),
            ("The company", "company"),
            ("The", "the"),
            ("Keep the boats tied up", "keep-boats"),
            ("Армения", "armeniia"),
            ("Η Ελλάδα", "e-ellada"),
            ("日本", "ri-ben"),
            ("", "actor"),
            ("!?", "actor"),
            ("Not", "actor-not"),
            ("2030", "actor-2030"),
            ("Côte d’Ivoire", "cote-divoire"),
        ] {
            let made = id_from(name, "actor", free);
            assert_eq!(made, id, "{name}");
            assert!(is_id(&made), "{made}");
        }
        assert_eq!(id_from("The union", "actor", |id| id == "union" || id == "union-2"), "union-3");
    }
}
