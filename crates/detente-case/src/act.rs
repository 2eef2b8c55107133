//! Whether the text of an option says what somebody does.
//!
//! Answers put the text behind “will”: `Russia will hinder the talks`. What is no act (`Air strike`, `A blockade`,
//! `Hindering the talks`) would make no sentence there.

/// Words that begin no act: articles, pronouns, prepositions.
const NO_VERBS: [&str; 26] = [
    "a", "an", "the", "no", "some", "any", "all", "every", "each", "their", "its", "his", "her", "our",
    "this", "that", "these", "those", "in", "at", "with", "without", "for", "from", "of", "under",
];

/// Nouns and adjectives that options begin with.
const NOUNS: [&str; 15] = [
    "air",
    "war",
    "peace",
    "naval",
    "military",
    "economic",
    "nuclear",
    "ceasefire",
    "truce",
    "referendum",
    "new",
    "joint",
    "public",
    "treaty",
    "full",
];

/// Endings of nouns and adjectives.
const ENDINGS: [&str; 16] = [
    "tion", "sion", "ment", "ness", "ity", "ism", "ship", "ance", "ence", "acy", "ical", "onal", "ous",
    "less", "ful", "drawal",
];

/// Verbs that end like nouns.
const VERBS: [&str; 46] = [
    "mention",
    "question",
    "position",
    "condition",
    "petition",
    "station",
    "function",
    "section",
    "ration",
    "caution",
    "auction",
    "sanction",
    "commission",
    "mission",
    "implement",
    "document",
    "comment",
    "supplement",
    "complement",
    "experiment",
    "compliment",
    "torment",
    "cement",
    "augment",
    "ferment",
    "lament",
    "finance",
    "balance",
    "advance",
    "influence",
    "reference",
    "silence",
    "evidence",
    "experience",
    "sentence",
    "witness",
    "harness",
    "apportion",
    "vision",
    "envision",
    "worship",
    "motion",
    "transition",
    "partition",
    "portion",
    "audition",
];

/// Verbs in -ing that are no participles.
const ING: [&str; 12] = [
    "bring", "ring", "sing", "wing", "swing", "cling", "fling", "sting", "string", "spring", "sling", "wring",
];

/// Whether `text` can stand behind “will”. Of what is no word of English nothing is said: it may be a verb. Linear in
/// the length of its first word.
#[must_use]
pub fn is_act(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let word = first.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if VERBS.contains(&word.as_str()) || ING.contains(&word.as_str()) {
        return true;
    }
    let participle = word.len() > 4 && word.ends_with("ing");
    let noun = word.len() > 5 && ENDINGS.iter().any(|end| word.ends_with(end));
    let alone = text.split_whitespace().count() == 1;
    let begins = NOUNS.contains(&word.as_str()) || NO_VERBS.contains(&word.as_str());
    // One letter alone is a name, whatever word it is.
    !(participle || noun || begins && !(alone && word.len() == 1))
}

#[cfg(test)]
mod tests {
    use super::is_act;

    #[test]
    fn what_stands_behind_will() {
        for text in [
            "Sign",
            "Hinder the talks",
            "Support Ukraine",
            "Bring the case to court",
            "Sanction the ministry",
            "Finance the dam",
            "Arm",
            "A",
            "X",
            "Use force in Karabakh",
            "Nicht unterschreiben",
            "",
        ] {
            assert!(is_act(text), "{text}");
        }
        for text in [
            "Air Strike",
            "A blockade",
            "Hindering the talks",
            "Military action",
            "Withdrawal",
            "Mobilisation",
            "Full war",
        ] {
            assert!(!is_act(text), "{text}");
        }
    }
}
