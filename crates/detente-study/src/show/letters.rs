//! Names of any script in the letters that a program can read.

use std::collections::BTreeSet;

/// `text` in printable ASCII: other scripts are transliterated, what has no letters is left out; no blank at either
/// end, none doubled.
#[must_use]
pub fn ascii(text: &str) -> String {
    let plain = deunicode::deunicode_with_tofu(text, "");
    let printable = plain.split(|c: char| c.is_ascii_whitespace() || !(' '..='~').contains(&c));
    printable.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// One letter in printable ASCII, perhaps several with a blank; `?` where it has no reading.
#[must_use]
pub fn letter(c: char) -> &'static str {
    deunicode::deunicode_char(c)
        .filter(|text| text.bytes().all(|b| (b' '..=b'~').contains(&b)))
        .unwrap_or("?")
}

/// `name`, or `name 2`, `name 3` … when it is taken; it is taken afterwards.
#[must_use]
pub fn distinct(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut found = name.clone();
    let mut n = 2_usize;
    while taken.contains(&found) {
        found = format!("{name} {n}");
        n += 1;
    }
    taken.insert(found.clone());
    found
}
