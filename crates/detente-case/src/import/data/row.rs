//! One row of an export, as far as it describes a situation: when, who, what, where, how many died.

use csv::StringRecord;

use super::head::{Export, Head};
use super::when::{NoDay, day};
use super::who::Who;

/// What kind of thing a row reports: groups are made within a kind only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Battles, explosions, violence against civilians.
    Violence,
    /// Protests and riots.
    Unrest,
    /// Other developments that ACLED notes.
    Development,
    /// GDELT, quadrant 1.
    WordsOfCooperation,
    /// GDELT, quadrant 2.
    DeedsOfCooperation,
    /// GDELT, quadrant 3.
    WordsOfConflict,
    /// GDELT, quadrant 4.
    DeedsOfConflict,
    /// An agreement.
    Agreement,
}

impl Kind {
    /// The end of an id.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Violence => "violence",
            Self::Unrest => "unrest",
            Self::Development => "development",
            Self::WordsOfCooperation => "cooperation-in-words",
            Self::DeedsOfCooperation => "cooperation-in-deeds",
            Self::WordsOfConflict => "conflict-in-words",
            Self::DeedsOfConflict => "conflict-in-deeds",
            Self::Agreement => "agreement",
        }
    }

    /// Whether it strains how two actors stand to each other.
    pub(super) fn strains(self) -> bool {
        matches!(self, Self::Violence | Self::DeedsOfConflict)
    }
}

/// Why a row is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Left {
    /// Neither side is an actor of the case.
    Nobody,
    /// One side is an actor of the case, the other is not.
    OneSide,
    /// Both sides are the same actor.
    Within,
    /// Before the first day that is asked for.
    Before,
    /// After the last day.
    After,
    /// It has another number of columns than the head.
    Width,
    /// No id of its own.
    NoId,
    /// A cell that should be a day.
    Day(NoDay),
    /// The end is before the beginning.
    Backwards,
    /// A kind of event that is not known.
    Unknown,
    /// A cell that should be a whole number of deaths.
    Deaths,
    /// An id that stood there already.
    Twice,
}

/// A row that tells something of the case's actors.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) id: String,
    /// `YYYY-MM-DD`, or `YYYY-MM` where the day is not known.
    pub(super) on: String,
    /// Its last day, where that is another.
    pub(super) until: Option<String>,
    /// What is known of the day, in words.
    pub(super) about: Option<&'static str>,
    /// Actors of the case on both sides, in the order of the case.
    pub(super) actors: Vec<usize>,
    /// Who against whom, as the data name them.
    pub(super) sides: [String; 2],
    pub(super) kind: Kind,
    /// What it is, in the words of the data.
    pub(super) what: String,
    /// Where.
    pub(super) place: String,
    /// A low, the best and a high estimate.
    pub(super) deaths: Option<[u32; 3]>,
    /// Of an agreement: who of the case is named among those who signed it, and how far it has come.
    pub(super) signed: Vec<usize>,
    pub(super) status: String,
}

/// What is asked of rows.
pub(super) struct Asked<'a> {
    pub(super) from: Option<&'a str>,
    pub(super) to: Option<&'a str>,
    /// Rows with one side in the case too.
    pub(super) one_side: bool,
}

/// Cells by name.
struct Cells<'a> {
    head: &'a Head,
    record: &'a StringRecord,
}

impl<'a> Cells<'a> {
    /// The cell of the first column of these names that is there; empty: none.
    fn get(&self, names: &[&str]) -> &'a str {
        let at = names.iter().find_map(|name| self.head.columns.get(*name));
        at.and_then(|at| self.record.get(*at)).unwrap_or_default().trim()
    }

    fn one(&self, name: &str) -> &'a str {
        self.get(&[name])
    }
}

/// The row, or why it is left out, with the cell that shows it.
pub(super) fn row(
    head: &Head,
    record: &StringRecord,
    who: &mut Who,
    asked: &Asked<'_>,
) -> Result<Row, (Left, String)> {
    let cells = Cells { head, record };
    let actors = actors(&cells, who, asked)?;
    let id = match head.export {
        Export::Acled => cells.one("event_id_cnty").to_owned(),
        Export::Ged => cells.one("id").to_owned(),
        Export::Gdelt => cells.one("globaleventid").to_owned(),
        Export::Pax => cells.one("agtid").to_owned(),
    };
    let id = if id.is_empty() { cells.one("data_id").to_owned() } else { id };
    let usable = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if id.is_empty()
        || id.len() > 40
        || !id.chars().all(usable)
        || !id.contains(|c: char| c.is_ascii_alphanumeric())
    {
        return Err((Left::NoId, id));
    }
    let (on, until, about) = when(&cells)?;
    let (first, last) = (on.as_str(), until.as_deref().unwrap_or(&on));
    if asked.from.is_some_and(|from| last < from && !from.starts_with(last)) {
        return Err((Left::Before, on));
    }
    if asked.to.is_some_and(|to| first > to && !first.starts_with(to)) {
        return Err((Left::After, on));
    }
    let (kind, what) = kind(&cells)?;
    let deaths = deaths(&cells)?;
    let (sides, place) = match head.export {
        Export::Acled => {
            ([cells.one("actor1"), cells.one("actor2")].map(str::to_owned), cells.one("location"))
        }
        Export::Ged => (
            [cells.one("side_a"), cells.one("side_b")].map(str::to_owned),
            cells.get(&["where_coordinates", "adm_1", "country"]),
        ),
        Export::Gdelt => {
            let side = |code, name| {
                let (code, name) = (cells.one(code), cells.one(name));
                if code.is_empty() || name.is_empty() {
                    format!("{code}{name}")
                } else {
                    format!("{name} ({code})")
                }
            };
            (
                [side("actor1code", "actor1name"), side("actor2code", "actor2name")],
                cells.one("actiongeo_fullname"),
            )
        }
        Export::Pax => ([cells.one("con").to_owned(), String::new()], ""),
    };
    let signed = signatories(cells.one("part"), who);
    let (place, status) = (place.to_owned(), cells.one("status").to_owned());
    Ok(Row { id, on, until, about, actors, sides, kind, what, place, deaths, signed, status })
}

/// The actors of the case that a row is about, in the order of the case.
fn actors(cells: &Cells<'_>, who: &mut Who, asked: &Asked<'_>) -> Result<Vec<usize>, (Left, String)> {
    if cells.head.export == Export::Pax {
        return parties(cells, who);
    }
    let sides = match cells.head.export {
        Export::Ged => [who.name(cells.one("side_a")), who.name(cells.one("side_b"))],
        Export::Gdelt => [("actor1code", "actor1name"), ("actor2code", "actor2name")]
            .map(|(code, name)| who.code(cells.one(code), cells.one(name))),
        Export::Acled | Export::Pax => [who.name(cells.one("actor1")), who.name(cells.one("actor2"))],
    };
    match sides {
        [None, None] => Err((Left::Nobody, String::new())),
        [Some(a), Some(b)] if a == b => Err((Left::Within, String::new())),
        [Some(a), Some(b)] => Ok(vec![a.min(b), a.max(b)]),
        [Some(one), None] | [None, Some(one)] if asked.one_side => Ok(vec![one]),
        _ => Err((Left::OneSide, String::new())),
    }
}

/// Of an agreement: who is named among the parties; where the data name no parties, whose conflict it is.
fn parties(cells: &Cells<'_>, who: &mut Who) -> Result<Vec<usize>, (Left, String)> {
    let mut all: Vec<usize> = Vec::new();
    for name in cells.one("con").split(['/', ';', '(', ')']).map(str::trim) {
        all.extend(who.name(name));
    }
    all.extend(signatories(cells.one("part"), who));
    all.sort_unstable();
    all.dedup();
    if all.is_empty() { Err((Left::Nobody, String::new())) } else { Ok(all) }
}

/// The actors that a list of signatories names, each on its own or before a comma or colon.
fn signatories(part: &str, who: &mut Who) -> Vec<usize> {
    let mut all: Vec<usize> = Vec::new();
    for piece in part.split(['\n', '\r', ';']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let before = piece.split([',', ':']).next().unwrap_or(piece).trim();
        let begins =
            |word: &str| before.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        let named = ["for and on behalf of ", "on behalf of ", "for "].iter().find(|word| begins(word));
        let named = named.map_or(before, |word| before[word.len()..].trim());
        all.extend(who.looked_up(named).or_else(|| who.looked_up(piece)));
    }
    all.sort_unstable();
    all.dedup();
    all
}

type When = (String, Option<String>, Option<&'static str>);

fn when(cells: &Cells<'_>) -> Result<When, (Left, String)> {
    let read = |cell: &str| day(cell).map_err(|why| (Left::Day(why), cell.to_owned()));
    match cells.head.export {
        Export::Acled => {
            let on = read(cells.one("event_date"))?;
            Ok(match cells.one("time_precision") {
                "2" => (on, None, Some("known to the week")),
                "3" => (on[..7].to_owned(), None, Some("known to the month")),
                _ => (on, None, None),
            })
        }
        Export::Ged => {
            let (on, until) = (read(cells.one("date_start"))?, read(cells.one("date_end"))?);
            if until < on {
                return Err((Left::Backwards, format!("{on} to {until}")));
            }
            Ok(match cells.one("date_prec") {
                "4" if on[..7] == until[..7] => (on[..7].to_owned(), None, Some("known to the month")),
                "5" => (on, Some(until), Some("known to the year")),
                _ if on == until => (on, None, None),
                _ => (on, Some(until), None),
            })
        }
        Export::Gdelt => Ok((read(cells.one("sqldate"))?, None, None)),
        Export::Pax => Ok((read(cells.one("dat"))?, None, None)),
    }
}

/// The kinds of ACLED, also as they were called before 2019.
const ACLED: [(&str, Kind); 12] = [
    ("battles", Kind::Violence),
    ("battle-no change of territory", Kind::Violence),
    ("battle-government regains territory", Kind::Violence),
    ("battle-non-state actor overtakes territory", Kind::Violence),
    ("explosions/remote violence", Kind::Violence),
    ("remote violence", Kind::Violence),
    ("violence against civilians", Kind::Violence),
    ("protests", Kind::Unrest),
    ("riots", Kind::Unrest),
    ("riots/protests", Kind::Unrest),
    ("strategic developments", Kind::Development),
    ("strategic development", Kind::Development),
];
const GED: [(&str, &str); 3] =
    [("1", "state-based violence"), ("2", "non-state violence"), ("3", "one-sided violence")];
const QUADRANTS: [(&str, Kind); 4] = [
    ("1", Kind::WordsOfCooperation),
    ("2", Kind::DeedsOfCooperation),
    ("3", Kind::WordsOfConflict),
    ("4", Kind::DeedsOfConflict),
];
/// The twenty kinds of CAMEO.
const CAMEO: [&str; 20] = [
    "public statement",
    "appeal",
    "intent to cooperate",
    "consultation",
    "diplomatic cooperation",
    "material cooperation",
    "aid",
    "yielding",
    "investigation",
    "demand",
    "disapproval",
    "rejection",
    "threat",
    "protest",
    "show of force",
    "reduced relations",
    "coercion",
    "assault",
    "fighting",
    "mass violence",
];

fn kind(cells: &Cells<'_>) -> Result<(Kind, String), (Left, String)> {
    let unknown = |cell: &str| (Left::Unknown, cell.to_owned());
    match cells.head.export {
        Export::Acled => {
            let kind = cells.one("event_type");
            let known = ACLED.iter().find(|(word, _)| word.eq_ignore_ascii_case(kind));
            known.map(|(word, known)| (*known, (*word).to_owned())).ok_or_else(|| unknown(kind))
        }
        Export::Ged => {
            let kind = cells.one("type_of_violence");
            let known = GED.iter().find(|(code, _)| *code == kind);
            known.map(|(_, word)| (Kind::Violence, (*word).to_owned())).ok_or_else(|| unknown(kind))
        }
        Export::Gdelt => {
            let (quadrant, root) = (cells.one("quadclass"), cells.one("eventrootcode"));
            let place = root.parse::<usize>().ok().and_then(|root| CAMEO.get(root.checked_sub(1)?));
            let kind = QUADRANTS.iter().find(|(code, _)| *code == quadrant);
            match (kind, place) {
                (Some((_, kind)), Some(word)) => Ok((*kind, (*word).to_owned())),
                _ => Err(unknown(&format!("QuadClass {quadrant}, EventRootCode {root}"))),
            }
        }
        Export::Pax => Ok((Kind::Agreement, cells.one("agt").to_owned())),
    }
}

fn deaths(cells: &Cells<'_>) -> Result<Option<[u32; 3]>, (Left, String)> {
    let number = |names: &[&str]| {
        let cell = cells.get(names);
        // `12.0` is how data frames write whole numbers.
        let whole = cell.strip_suffix(".0").unwrap_or(cell);
        whole.parse::<u32>().map_err(|_| (Left::Deaths, cell.to_owned()))
    };
    match cells.head.export {
        Export::Acled => number(&["fatalities"]).map(|all| Some([all, all, all])),
        Export::Ged => {
            let all = [
                number(&["low", "low_est"])?,
                number(&["best", "best_est"])?,
                number(&["high", "high_est"])?,
            ];
            if all.is_sorted() {
                Ok(Some(all))
            } else {
                Err((Left::Deaths, format!("{}, {}, {}", all[0], all[1], all[2])))
            }
        }
        Export::Gdelt | Export::Pax => Ok(None),
    }
}
