//! Which of the case's actors a name in the data means.
//!
//! Taken without a word of the user: the same name (whatever its capitals and accents), the country of the same name or
//! code, and its government or forces (`Government of Armenia`, `Military Forces of Azerbaijan (2003-)`, `AZEGOV`).
//! What only looks like an actor is proposed, never taken.

use std::collections::{HashMap, HashSet};

use detente_model::Actor;

use crate::near::Near;
use crate::write::in_ascii;

/// The most different names that are counted one by one.
pub const NAMES: usize = 200_000;
/// The most names that are compared with the actors letter by letter.
const COMPARED: usize = 20_000;

/// Three letters (ISO 3166-1, which CAMEO uses too), two letters, and the names of each country.
const COUNTRIES: &str = include_str!("countries.txt");
/// Codes of CAMEO that are older than those of ISO.
const OLD_CODES: [(&str, &str); 2] = [("ROM", "ROU"), ("TMP", "TLS")];
/// What stands before the name of a state that acts by its organs.
const ORGANS: [&str; 8] = [
    "government of ",
    "military forces of ",
    "police forces of ",
    "armed forces of ",
    "security forces of ",
    "state forces of ",
    "republic of ",
    "kingdom of ",
];
/// What follows the code of a country in CAMEO when the state itself acts: government, military, police, intelligence.
const STATE_ROLES: [&str; 4] = ["GOV", "MIL", "COP", "SPY"];

/// How a name was matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// The user said so.
    Said,
    /// It is the actor's name or id.
    Name,
    /// It is the name or the code of the actor's country.
    Country,
    /// It is the government or a force of the actor's country.
    Organ,
}

/// What a name was found to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This actor, by its place in the case.
    Actor(usize, How),
    /// Perhaps this actor: for the user to say.
    Near(usize),
    /// Nobody of the case.
    Nobody,
}

/// A name of the data that means an actor, or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As the data write it.
    pub name: String,
    /// The actor's place in the case.
    pub actor: usize,
    /// How it was matched; `None`: it is only near.
    pub how: Option<How>,
    /// In how many rows it stands.
    pub rows: u64,
}

/// The names of the data.
pub(super) struct Who {
    /// By folded name.
    said: HashMap<String, usize>,
    names: Vec<Vec<String>>,
    codes: HashMap<&'static str, usize>,
    countries: HashMap<String, &'static str>,
    seen: HashMap<String, (Meaning, u64)>,
    /// What the user said and was found.
    used: HashSet<String>,
    near: Near,
    /// Names that were not counted one by one, because there are too many.
    pub(super) uncounted: u64,
}

/// A name as it is compared: small ASCII letters and digits, words parted by one blank, without an article.
pub(super) fn folded(name: &str) -> String {
    let ascii = in_ascii(name).to_lowercase();
    let words: Vec<&str> =
        ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let joined = words.join(" ");
    joined.strip_prefix("the ").map_or(joined.clone(), ToOwned::to_owned)
}

impl Who {
    /// For the actors of a case, and what the user said: names of the data with places of actors.
    pub(super) fn new(actors: &[Actor], said: &[(String, usize)]) -> Self {
        let mut countries = HashMap::new();
        let mut short = HashMap::new();
        for line in COUNTRIES.lines() {
            let mut parts = line.splitn(3, ' ');
            let (Some(code), Some(two), Some(names)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            short.insert(two.to_lowercase(), code);
            short.insert(code.to_lowercase(), code);
            for name in names.split('|') {
                countries.insert(folded(name), code);
            }
        }
        let mut names = Vec::new();
        let mut codes = HashMap::new();
        for (at, actor) in actors.iter().enumerate() {
            let name = folded(if actor.name.is_empty() { &actor.id } else { &actor.name });
            let bare = ORGANS.iter().find_map(|organ| name.strip_prefix(organ)).unwrap_or(&name).to_owned();
            let adjective = name.strip_suffix(" government").unwrap_or(&bare);
            // An id is the code of a country only where no name says otherwise.
            let code = (countries.get(bare.as_str()).or_else(|| countries.get(adjective)))
                .or_else(|| short.get(&actor.id).filter(|_| actor.name.is_empty()))
                .copied();
            if let Some(code) = code {
                codes.entry(code).or_insert(at);
            }
            let mut all = vec![name];
            let id = folded(&actor.id);
            if id.len() > 2 && !all.contains(&id) {
                all.push(id);
            }
            names.push(all);
        }
        let said = said.iter().map(|(name, actor)| (folded(name), *actor)).collect();
        Self {
            said,
            names,
            codes,
            countries,
            seen: HashMap::new(),
            used: HashSet::new(),
            near: Near::default(),
            uncounted: 0,
        }
    }

    /// The actor of this name, counting the row.
    pub(super) fn name(&mut self, name: &str) -> Option<usize> {
        self.counted(name, |who| who.meaning(name))
    }

    /// The actor of a code of CAMEO (`AZEGOV`), counting the row; `name` is what the data call it.
    pub(super) fn code(&mut self, code: &str, name: &str) -> Option<usize> {
        let shown = if code.is_empty() { name } else { code };
        self.counted(shown, |who| who.meaning_of_code(code, name))
    }

    /// The actor of a name, without counting anything.
    pub(super) fn looked_up(&mut self, name: &str) -> Option<usize> {
        match self.meaning(name) {
            Meaning::Actor(actor, _) => Some(actor),
            _ => None,
        }
    }

    fn counted(&mut self, name: &str, find: impl FnOnce(&mut Self) -> Meaning) -> Option<usize> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        let meaning = match self.seen.get_mut(name) {
            Some((meaning, rows)) => {
                *rows += 1;
                *meaning
            }
            None => {
                let meaning = find(self);
                if self.seen.len() < NAMES {
                    self.seen.insert(name.to_owned(), (meaning, 1));
                } else {
                    self.uncounted += 1;
                }
                meaning
            }
        };
        match meaning {
            Meaning::Actor(actor, _) => Some(actor),
            _ => None,
        }
    }

    fn meaning(&mut self, name: &str) -> Meaning {
        let whole = folded(name);
        if let Some(actor) = self.said.get(&whole).copied() {
            self.used.insert(whole);
            return Meaning::Actor(actor, How::Said);
        }
        // What stands in parentheses are years, another name, or where it is.
        let core = folded(name.split('(').next().unwrap_or(name));
        for text in [&whole, &core] {
            if let Some(actor) = self.names.iter().position(|all| all.contains(text)) {
                return Meaning::Actor(actor, How::Name);
            }
        }
        if let Some(actor) = self.country(&core).or_else(|| self.country(&whole)) {
            return Meaning::Actor(actor, How::Country);
        }
        for organ in ORGANS {
            if let Some(of) = core.strip_prefix(organ) {
                let of = of.strip_prefix("the ").unwrap_or(of);
                let named = self.names.iter().position(|all| all.iter().any(|name| name == of));
                if let Some(actor) = named.or_else(|| self.country(of)) {
                    return Meaning::Actor(actor, How::Organ);
                }
            }
        }
        self.near(&core)
    }

    fn meaning_of_code(&mut self, code: &str, name: &str) -> Meaning {
        for text in [code, name] {
            let text = folded(text);
            if let Some(actor) = self.said.get(&text).copied() {
                self.used.insert(text);
                return Meaning::Actor(actor, How::Said);
            }
        }
        let (country, role) = (code.get(..3).unwrap_or(code), code.get(3..).unwrap_or_default());
        let country = OLD_CODES.iter().find(|(old, _)| *old == country).map_or(country, |(_, new)| new);
        match self.codes.get(country).copied() {
            Some(actor) if role.is_empty() => Meaning::Actor(actor, How::Country),
            Some(actor) if STATE_ROLES.contains(&role.get(..3).unwrap_or_default()) => {
                Meaning::Actor(actor, How::Organ)
            }
            Some(actor) => Meaning::Near(actor),
            None if name.is_empty() => Meaning::Nobody,
            None => {
                let foreign = self.countries.values().any(|known| *known == country);
                match self.meaning(name) {
                    // A name says less than a code that is another's.
                    Meaning::Actor(actor, how) if how != How::Said && foreign => Meaning::Near(actor),
                    other => other,
                }
            }
        }
    }

    /// The actor that is this country.
    fn country(&self, folded: &str) -> Option<usize> {
        self.codes.get(self.countries.get(folded)?).copied()
    }

    /// The actor whose name stands in this one, or is written nearly so.
    fn near(&mut self, core: &str) -> Meaning {
        let words: Vec<&str> = core.split(' ').collect();
        let inside = |name: &String| {
            let parts: Vec<&str> = name.split(' ').collect();
            name.len() > 3 && words.windows(parts.len()).any(|window| window == parts)
        };
        if let Some(actor) = self.names.iter().position(|all| all.iter().any(inside)) {
            return Meaning::Near(actor);
        }
        if self.seen.len() >= COMPARED {
            return Meaning::Nobody;
        }
        let all =
            self.names.iter().filter_map(|all| all.first()).map(String::as_str).filter(|name| name.len() > 3);
        let miss = self.near.miss("a name of the data", core, all);
        match miss.and_then(|miss| self.names.iter().position(|all| all.first() == Some(&miss))) {
            Some(actor) => Meaning::Near(actor),
            None => Meaning::Nobody,
        }
    }

    /// What the user said of names that stand in no row.
    pub(super) fn unused(&self, said: &[(String, usize)]) -> Vec<String> {
        let unused = said.iter().filter(|(name, _)| !self.used.contains(&folded(name)));
        unused.map(|(name, _)| name.clone()).collect()
    }

    /// All names: those of actors, those near one, and the others with the number of their rows; the most frequent
    /// first.
    pub(super) fn all(self) -> (Vec<Named>, Vec<Named>, Vec<(String, u64)>) {
        let (mut matched, mut near, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for (name, (meaning, rows)) in self.seen {
            match meaning {
                Meaning::Actor(actor, how) => matched.push(Named { name, actor, how: Some(how), rows }),
                Meaning::Near(actor) => near.push(Named { name, actor, how: None, rows }),
                Meaning::Nobody => unknown.push((name, rows)),
            }
        }
        let key = |one: &Named| (one.actor, std::cmp::Reverse(one.rows), one.name.clone());
        matched.sort_by_key(key);
        near.sort_by_key(key);
        unknown.sort_by_key(|(name, rows)| (std::cmp::Reverse(*rows), name.clone()));
        (matched, near, unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(names: &[(&str, &str)], said: &[(String, usize)]) -> Who {
        let actors: Vec<Actor> = names
            .iter()
            .map(|(id, name)| Actor { id: (*id).to_owned(), name: (*name).to_owned(), ..Actor::default() })
            .collect();
        Who::new(&actors, said)
    }

    #[test]
    fn governments_forces_and_codes_are_the_state() {
        let mut who = who(&[("az", "Azerbaijan"), ("am", "Armenia"), ("br", "British government")], &[]);
        for (name, meaning) in [
            ("AZERBAIJAN", Meaning::Actor(0, How::Name)),
            ("Government of Azerbaijan", Meaning::Actor(0, How::Organ)),
            ("Military Forces of Azerbaijan (2003-)", Meaning::Actor(0, How::Organ)),
            ("Police Forces of Armenia (2018-) Border Guard", Meaning::Actor(1, How::Organ)),
            ("Protesters (Armenia)", Meaning::Nobody),
            ("Armenian Volunteers", Meaning::Nobody),
            ("Armenia First Movement", Meaning::Near(1)),
            ("Azerbaijjan", Meaning::Near(0)),
            ("Civilians", Meaning::Nobody),
        ] {
            assert_eq!(who.meaning(name), meaning, "{name}");
        }
        for (code, name, meaning) in [
            ("AZE", "BAKU", Meaning::Actor(0, How::Country)),
            ("AZEGOV", "AZERBAIJAN", Meaning::Actor(0, How::Organ)),
            ("AZEOPP", "OPPOSITION", Meaning::Near(0)),
            ("RUS", "ARMENIA", Meaning::Near(1)),
            ("NGO", "ARMENIA", Meaning::Actor(1, How::Name)),
            ("", "", Meaning::Nobody),
            ("é", "", Meaning::Nobody),
        ] {
            assert_eq!(who.meaning_of_code(code, name), meaning, "{code} {name}");
        }
    }

    #[test]
    fn what_the_user_says_comes_first() {
        let said = [("Armenia First Movement".to_owned(), 0), ("Nobody there".to_owned(), 1)];
        let mut who = who(&[("az", "Azerbaijan"), ("am", "Armenia")], &said);
        assert_eq!(who.name("ARMENIA first movement"), Some(0));
        assert_eq!(who.unused(&said), ["Nobody there"]);
    }

    #[test]
    fn every_country_has_two_codes_and_a_name() {
        for line in COUNTRIES.lines() {
            let parts: Vec<&str> = line.splitn(3, ' ').collect();
            assert!(parts.len() == 3 && parts[0].len() == 3 && parts[1].len() == 2, "{line}");
        }
    }
}
