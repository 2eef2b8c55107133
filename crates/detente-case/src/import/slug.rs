//! Ids from names: lower-case ASCII letters, digits and inner `-`, each once, none reserved.

use std::collections::HashSet;

/// Words of the formula language, which are no ids.
const RESERVED: [&str; 7] = ["and", "or", "not", "implies", "iff", "true", "false"];

/// The slug of a name: letters and digits of ASCII in lower case, every run of anything else one
/// `-`, none at either end. May be empty.
pub(crate) fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// Ids given out in one place where each may occur once.
#[derive(Default)]
pub(crate) struct Ids(HashSet<String>);

impl Ids {
    /// The slug of `name`, or `{prefix}{number}` when that is empty, reserved or taken; when that
    /// is taken too, `{prefix}{number}-2` and so on.
    pub(crate) fn id(&mut self, name: &str, prefix: &str, number: usize) -> String {
        let slug = slug(name);
        if !slug.is_empty() && !RESERVED.contains(&slug.as_str()) && self.0.insert(slug.clone()) {
            return slug;
        }
        let plain = format!("{prefix}{number}");
        let mut id = plain.clone();
        let mut again = 2;
        while !self.0.insert(id.clone()) {
            id = format!("{plain}-{again}");
            again += 1;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ids() {
        assert_eq!(slug("Ministry of the Environment (MoE)"), "ministry-of-the-environment-moe");
        assert_eq!(slug("  --Überfall  "), "berfall");
        assert_eq!(slug("Россия"), "");
        assert_eq!(slug("U.S."), "u-s");
    }

    #[test]
    fn only_an_empty_reserved_or_taken_one_is_numbered() {
        let mut ids = Ids::default();
        assert_eq!(ids.id("Full", "o", 1), "full");
        assert_eq!(ids.id("full", "o", 2), "o2");
        assert_eq!(ids.id("Россия", "o", 3), "o3");
        assert_eq!(ids.id("NOT", "o", 4), "o4");
        assert_eq!(ids.id("o4", "o", 4), "o4-2");
    }
}
