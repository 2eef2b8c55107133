//! The accounts of a case whose claims contradict each other, in words.

use detente_model::{Account, Conflict};

use super::{names, words};

/// That there are so many.
#[must_use]
pub fn several(count: usize) -> String {
    format!(
        "Claims of this case contradict each other, so it is answered as each of {count} accounts tells it."
    )
}

/// At most so many claims stand in the name of an account.
const NAMED: usize = 2;

/// What one is called above its answer: by its title, else by what it takes to be so.
#[must_use]
pub fn title(conflict: &Conflict, account: &Account) -> String {
    if let Some(title) = &account.title {
        return words::capital(title);
    }
    // A reading has an id of its own; others are called after the claims that they keep.
    if !account.id.starts_with("keeps-") {
        return words::capital(&account.id);
    }
    let claim = |id: &detente_model::ClaimId| {
        let claim = conflict.evidence.claims.get(id.index())?;
        let said =
            if claim.says.is_empty() { claim.quote.as_deref().unwrap_or_default() } else { &claim.says };
        let said = said.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
        Some(if said.is_empty() { format!("claim {}", claim.id) } else { names::quoted(said) })
    };
    let mut said: Vec<String> = account.keeps.iter().filter_map(claim).collect();
    let more = said.len().saturating_sub(NAMED);
    said.truncate(NAMED);
    if more > 0 {
        said.push(words::counted(&more.into(), "more claim", "more claims"));
    }
    match said.is_empty() {
        true => "Without what is in dispute".to_owned(),
        false => format!("If it is so: {}", words::list(&said)),
    }
}

/// What one account answers, in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What it is called.
    pub title: String,
    /// The first word: `Yes`, `No`; empty where there is none, or no answer.
    pub lead: String,
    /// What stands behind it; empty where there is no answer.
    pub text: String,
}

/// What all accounts answer, as a first word and what stands behind it: where they agree, the word with what the first
/// of them says; where they do not, each of them. `None`: none of them has an answer.
#[must_use]
pub fn all(told: &[Told]) -> Option<(String, String)> {
    let first = told.first()?;
    if told.iter().all(|one| one.lead.is_empty() && one.text.is_empty()) {
        return None;
    }
    if !first.lead.is_empty() && told.iter().all(|one| one.lead == first.lead) {
        let text = format!("So in each of the {} accounts. {}: {}", told.len(), first.title, first.text);
        return Some((first.lead.clone(), text));
    }
    let each = told.iter().map(|one| match (one.lead.as_str(), one.text.as_str()) {
        ("", "") => format!("{}: not answered yet.", one.title),
        ("", text) => format!("{}: {text}", one.title),
        (lead, _) => format!("{}: {}.", one.title, lead.to_lowercase()),
    });
    let differ = told.iter().any(|one| (&one.lead, &one.text) != (&first.lead, &first.text));
    let lead = if differ { format!("{} accounts differ", told.len()) } else { String::new() };
    let text = if differ { each.collect::<Vec<_>>().join(" ") } else { first.text.clone() };
    Some((lead, text))
}

#[cfg(test)]
mod tests {
    use super::{Told, all};

    fn told(title: &str, lead: &str, text: &str) -> Told {
        Told { title: title.to_owned(), lead: lead.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn accounts_that_agree_and_those_that_do_not() {
        let no = told("If it is enough", "No", "Nobody stays.");
        let yes = told("If it is not", "Yes", "All stay.");
        let none = told("If it is not", "", "");
        let (lead, text) = all(&[no.clone(), yes]).unwrap_or_default();
        assert_eq!(
            (lead.as_str(), text.as_str()),
            ("2 accounts differ", "If it is enough: no. If it is not: yes.")
        );
        let (lead, text) = all(&[no.clone(), no.clone()]).unwrap_or_default();
        assert_eq!(lead, "No");
        assert_eq!(text, "So in each of the 2 accounts. If it is enough: Nobody stays.");
        let (_, text) = all(&[no, none.clone()]).unwrap_or_default();
        assert_eq!(text, "If it is enough: no. If it is not: not answered yet.");
        assert_eq!(all(&[none.clone(), none]), None);
        assert_eq!(all(&[]), None);
    }
}
