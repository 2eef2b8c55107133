//! What rows become in a case: which entries are new, which change, which stay.
//!
//! A claim stands for rows: its `at` lists their ids. A row that a claim of the same data set stands for is not taken
//! again. Where all rows of a claim are in the file, the claim and its event are made anew from them, with the rows that
//! came in since; where some are missing (another export of the same data), the claim stays, and what is new gets a
//! claim of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use detente_model::Conflict;
use serde_json::{Map, Value as Json, json};

use super::head::Export;
use super::row::{Kind, Row};
use super::words;
use super::{DataError, ENTRIES, Form, STRAIN, Span};
use crate::format::MAX_BYTES;
use crate::write::{Edit, edit, outline};

/// Rows are kept whole up to here; past it only what groups need.
const WHOLE: usize = ENTRIES;

/// What the groups need of a row.
#[derive(Clone, Debug)]
struct Light {
    id: String,
    what: u16,
    deaths: Option<[u32; 3]>,
    /// Whether it goes on after its month.
    longer: bool,
}

/// A month, the actors, and the kind.
type Key = (String, Vec<usize>, Kind);

/// The rows that were taken.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    whole: Vec<Row>,
    more: bool,
    groups: BTreeMap<Key, Vec<Light>>,
    whats: Vec<String>,
}

impl Gathered {
    pub(super) fn add(&mut self, row: Row) {
        let what = match self.whats.iter().position(|what| *what == row.what) {
            Some(at) => at,
            // Agreements have a title each, and are no groups.
            None if row.kind == Kind::Agreement => 0,
            None => {
                self.whats.push(row.what.clone());
                self.whats.len() - 1
            }
        };
        let month = row.on.get(..7).unwrap_or(&row.on).to_owned();
        let longer = row.until.as_ref().is_some_and(|until| !until.starts_with(&month));
        let light = Light { id: row.id.clone(), what: what as u16, deaths: row.deaths, longer };
        self.groups.entry((month, row.actors.clone(), row.kind)).or_default().push(light);
        if self.whole.len() < WHOLE {
            self.whole.push(row);
        } else {
            self.more = true;
        }
    }
}

/// What rows sum up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) rows: u64,
    pub(super) whats: BTreeMap<String, u64>,
    pub(super) deaths: Option<[u32; 3]>,
    /// How many go on after the month.
    pub(super) longer: u64,
}

/// Where rows come from.
pub(super) struct Cited<'a> {
    pub(super) export: Export,
    pub(super) version: Option<&'a str>,
    pub(super) latest: Option<&'a str>,
    pub(super) file: &'a str,
    pub(super) digest: &'a str,
}

/// Something that came into the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The id of the claim.
    pub claim: String,
    /// What it is in words.
    pub title: String,
    /// When.
    pub on: String,
    /// How many rows it stands for.
    pub rows: u64,
}

/// A claim that says something else now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Altered {
    /// Its id.
    pub claim: String,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
    /// Whether what rests on it was changed by hand since, and stays as it is.
    pub kept: bool,
}

/// A claim some of whose rows are not in the file: it stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    /// Its id.
    pub claim: String,
    /// How many rows it stands for.
    pub rows: u64,
    /// How many of them are in the file, for the same month, actors and kind.
    pub here: u64,
}

/// What became of the case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Its text.
    pub text: String,
    /// The id of the source that the new and changed claims cite; `None`: nothing is new.
    pub source: Option<String>,
    /// Events and instruments that came in.
    pub added: Vec<Added>,
    /// Claims that changed.
    pub altered: Vec<Altered>,
    /// Claims that stay though rows of theirs are missing.
    pub partial: Vec<Partial>,
    /// Ties that are proposed: between whom, how many rows, resting on which claims.
    pub ties: Vec<([usize; 2], u64)>,
    /// How many rows stood in the case already.
    pub known: u64,
}

/// What a claim is made of: an event, an instrument.
struct Part<'a> {
    /// How its id begins.
    stem: String,
    key: Key,
    rows: Vec<&'a Light>,
    row: Option<&'a Row>,
}

struct Plan<'a> {
    conflict: &'a Conflict,
    gathered: &'a Gathered,
    span: &'a Span,
    cited: &'a Cited<'a>,
    case: Json,
    /// The ids of all sources that are this data set.
    sources: BTreeSet<String>,
    /// Claims of the data set with the ids of their rows.
    claims: BTreeMap<String, Vec<String>>,
    /// The claim of each row.
    held: HashMap<String, String>,
    source: String,
    edits: Vec<Edit>,
    outcome: Outcome,
    /// By pair: rows of conflict in deeds, and their claims.
    strain: BTreeMap<[usize; 2], (u64, Vec<String>)>,
}

/// The case with what the rows say.
pub(super) fn plan(
    text: &str,
    conflict: &Conflict,
    gathered: &Gathered,
    form: Form,
    span: &Span,
    cited: &Cited<'_>,
) -> Result<Outcome, DataError> {
    let agreements = cited.export == Export::Pax;
    if gathered.more && (agreements || form == Form::Events) {
        return Err(DataError::TooMany(gathered.groups.values().map(Vec::len).sum()));
    }
    let case = outline(text).map_or(Json::Null, |outline| outline.value);
    let mut plan = Plan::new(case, conflict, gathered, span, cited);
    let light: HashMap<&str, &Light> = match form == Form::Events || agreements {
        true => gathered.groups.values().flatten().map(|light| (light.id.as_str(), light)).collect(),
        false => HashMap::new(),
    };
    let prefix = cited.export.about().prefix;
    let parts: Vec<Part<'_>> = if form == Form::Events || agreements {
        let mut rows: Vec<&Row> = gathered.whole.iter().collect();
        rows.sort_by(|a, b| (&a.on, &a.id).cmp(&(&b.on, &b.id)));
        let part = |row: &'_ Row| {
            let month = row.on.get(..7).unwrap_or(&row.on).to_owned();
            (format!("{prefix}-{}", slug(&row.id)), (month, row.actors.clone(), row.kind))
        };
        let all = rows.into_iter().map(|row| {
            let (stem, key) = part(row);
            Part {
                stem,
                key,
                rows: light.get(row.id.as_str()).copied().into_iter().collect(),
                row: Some(row),
            }
        });
        all.collect()
    } else {
        let groups = gathered.groups.iter().map(|(key, rows)| {
            let (month, actors, kind) = key;
            let mut who: Vec<&str> = actors
                .iter()
                .filter_map(|at| conflict.game.actors.get(*at))
                .map(|actor| actor.id.as_str())
                .collect();
            if who.len() == 1 {
                who.push("others");
            }
            let stem = format!("{prefix}-{month}-{}-{}", who.join("-"), kind.slug());
            Part { stem, key: key.clone(), rows: rows.iter().collect(), row: None }
        });
        groups.collect()
    };
    for part in &parts {
        plan.part(part);
    }
    plan.finish(text)
}

/// An id of the data as part of an id of a case.
fn slug(id: &str) -> String {
    let small = id.to_lowercase();
    small
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

fn text<'j>(of: &'j Json, key: &str) -> &'j str {
    of.get(key).and_then(Json::as_str).unwrap_or_default()
}

/// What an event says when nobody changed it: its claim, without the full stop.
fn untouched(title: &str, says: &str) -> bool {
    says.strip_suffix('.') == Some(title)
}

impl<'a> Plan<'a> {
    fn new(
        case: Json,
        conflict: &'a Conflict,
        gathered: &'a Gathered,
        span: &'a Span,
        cited: &'a Cited<'a>,
    ) -> Self {
        let about = cited.export.about();
        let table = |key: &str| case.get(key).and_then(Json::as_object).cloned().unwrap_or_default();
        let all = table("source");
        let sources: BTreeSet<String> = all
            .iter()
            .filter(|(_, source)| text(source, "url") == about.url)
            .map(|(id, _)| id.clone())
            .collect();
        let mine =
            |id: &&String| all.get(*id).is_some_and(|source| text(source, "note").contains(cited.digest));
        let numbered = (2_u32..).map(|number| format!("{}-{number}", about.prefix));
        let fresh =
            || std::iter::once(about.prefix.to_owned()).chain(numbered).find(|id| !all.contains_key(id));
        let source = sources.iter().find(mine).cloned().or_else(fresh).unwrap_or_default();
        let mut claims = BTreeMap::new();
        let mut held = HashMap::new();
        for (id, claim) in table("claim") {
            if !sources.contains(text(&claim, "source")) {
                continue;
            }
            let rows: Vec<String> = words::ids(text(&claim, "at")).into_iter().map(str::to_owned).collect();
            for row in &rows {
                held.insert(row.clone(), id.clone());
            }
            claims.insert(id, rows);
        }
        Self {
            conflict,
            gathered,
            span,
            cited,
            case,
            sources,
            claims,
            held,
            source,
            edits: Vec::new(),
            outcome: Outcome::default(),
            strain: BTreeMap::new(),
        }
    }

    fn sum(&self, rows: &[&Light]) -> Sum {
        let mut sum = Sum { rows: rows.len() as u64, ..Sum::default() };
        for row in rows {
            let what = self.gathered.whats.get(usize::from(row.what)).cloned().unwrap_or_default();
            *sum.whats.entry(what).or_default() += 1;
            sum.longer += u64::from(row.longer);
            if let Some(more) = row.deaths {
                let so_far = sum.deaths.get_or_insert([0; 3]);
                for (all, more) in so_far.iter_mut().zip(more) {
                    *all = all.saturating_add(more);
                }
            }
        }
        sum
    }

    /// One event or instrument: what is new of it, what changes.
    fn part(&mut self, part: &Part<'_>) {
        let here: BTreeSet<&str> = part.rows.iter().map(|row| row.id.as_str()).collect();
        let holders: BTreeSet<String> = here.iter().filter_map(|id| self.held.get(*id)).cloned().collect();
        let mut fresh: Vec<&Light> =
            part.rows.iter().filter(|row| !self.held.contains_key(&row.id)).copied().collect();
        self.outcome.known += (part.rows.len() - fresh.len()) as u64;
        let mut strained: Vec<String> = holders.iter().cloned().collect();
        for claim in holders {
            // Single rows that a month counts, or a month to which a single row belongs: known, and not made anew.
            let rest = claim.strip_prefix(part.stem.as_str());
            let number =
                |rest: &str| rest.strip_prefix('-').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
            if !rest.is_some_and(|rest| rest.is_empty() || number(rest)) {
                continue;
            }
            let ids = self.claims.get(&claim).cloned().unwrap_or_default();
            let inside = ids.iter().filter(|id| here.contains(id.as_str())).count();
            if inside < ids.len() {
                let partial = Partial { claim, rows: ids.len() as u64, here: inside as u64 };
                self.outcome.partial.push(partial);
                continue;
            }
            let mut rows: Vec<&Light> =
                part.rows.iter().filter(|row| ids.contains(&row.id)).copied().collect();
            rows.append(&mut fresh);
            self.renew(&claim, part, &rows);
        }
        if !fresh.is_empty() {
            strained.push(self.create(part, &fresh));
        }
        if let (true, [a, b]) = (part.key.2.strains(), part.key.1.as_slice()) {
            let (rows, claims) = self.strain.entry([*a, *b]).or_default();
            *rows += part.rows.len() as u64;
            claims.extend(strained);
        }
    }

    fn actor_ids(&self, actors: &[usize]) -> Vec<String> {
        let all = &self.conflict.game.actors;
        actors.iter().filter_map(|at| all.get(*at)).map(|actor| actor.id.clone()).collect()
    }

    /// What the claim and the event say of these rows, without the full stop.
    fn says(&self, part: &Part<'_>, rows: &[&Light]) -> String {
        match part.row {
            Some(row) if row.kind == Kind::Agreement => words::agreement(row),
            Some(row) => words::row(self.cited.export, row),
            None => {
                let all = &self.conflict.game.actors;
                let names: Vec<String> = (part.key.1.iter())
                    .filter_map(|at| all.get(*at))
                    .map(|actor| if actor.name.is_empty() { actor.id.clone() } else { actor.name.clone() })
                    .collect();
                words::group(self.cited.export, &names, &part.key.0, part.key.2, &self.sum(rows), self.span)
            }
        }
    }

    /// The event of these rows.
    fn event(&self, part: &Part<'_>, rows: &[&Light], says: &str, claim: &str) -> Map<String, Json> {
        let mut event = Map::new();
        let on = part.row.map_or(part.key.0.as_str(), |row| row.on.as_str());
        event.insert("on".to_owned(), json!(on));
        if let Some(until) = part.row.and_then(|row| row.until.as_ref()) {
            event.insert("until".to_owned(), json!(until));
        }
        event.insert("title".to_owned(), json!(says));
        event.insert("actors".to_owned(), json!(self.actor_ids(&part.key.1)));
        let sum = self.sum(rows);
        if part.row.is_none() {
            event.insert("count".to_owned(), json!(sum.rows));
        }
        if let Some(deaths) = sum.deaths {
            event.insert("deaths".to_owned(), json!(deaths));
        }
        event.insert("because".to_owned(), json!([claim]));
        event
    }

    /// The instrument of an agreement.
    fn instrument(&self, row: &Row, claim: &str) -> Map<String, Json> {
        let mut all = Map::new();
        all.insert("title".to_owned(), json!(words::of_instrument(row)));
        if !row.signed.is_empty() {
            all.insert("parties".to_owned(), json!(self.actor_ids(&row.signed)));
        }
        all.insert("signed".to_owned(), json!(row.on));
        if words::is_signed(row) {
            all.insert("status".to_owned(), json!("signed"));
        } else {
            // A day of something of which nobody says that it was signed is no day of signature.
            all.remove("signed");
        }
        all.insert("because".to_owned(), json!([claim]));
        if let Some(note) = words::of_agreement(row) {
            all.insert("note".to_owned(), json!(note));
        }
        all
    }

    fn create(&mut self, part: &Part<'_>, rows: &[&Light]) -> String {
        let says = self.says(part, rows);
        let claims = self.case.get("claim");
        let taken = |id: &str| {
            self.claims.contains_key(id)
                || claims.is_some_and(|claims| claims.get(id).is_some())
                || part.row.is_some_and(|row| row.kind == Kind::Agreement)
                    && self.case.get("instrument").is_some_and(|all| all.get(id).is_some())
        };
        let numbered = (2_u32..).map(|number| format!("{}-{number}", part.stem));
        let id = std::iter::once(part.stem.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or_default();
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let claim = json!({
            "source": self.source,
            "at": words::at(&ids),
            "says": format!("{says}."),
            "kind": "fact",
        });
        self.edits.push(Edit::Insert { address: format!("claim.{id}"), at: None, value: claim });
        let (address, value) = match part.row.filter(|row| row.kind == Kind::Agreement) {
            Some(row) => (format!("instrument.{id}"), self.instrument(row, &id)),
            None => ("event".to_owned(), self.event(part, rows, &says, &id)),
        };
        self.edits.push(Edit::Insert { address, at: None, value: Json::Object(value) });
        let on = part.row.map_or(part.key.0.clone(), |row| row.on.clone());
        self.outcome.added.push(Added { claim: id.clone(), title: says, on, rows: rows.len() as u64 });
        self.claims.insert(id.clone(), ids.into_iter().map(str::to_owned).collect());
        id
    }

    /// A claim whose rows are all in the file: it says what they say now.
    fn renew(&mut self, id: &str, part: &Part<'_>, rows: &[&Light]) {
        let says = self.says(part, rows);
        let Some(claim) = self.case.get("claim").and_then(|claims| claims.get(id)) else { return };
        let before = text(claim, "says").to_owned();
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let at = words::at(&ids);
        let same_rows = {
            let old: BTreeSet<&str> = words::ids(text(claim, "at")).into_iter().collect();
            old == ids.iter().copied().collect()
        };
        let after = format!("{says}.");
        if before == after && same_rows {
            return;
        }
        let events = self.case.get("event").and_then(Json::as_array).cloned().unwrap_or_default();
        let rests = |event: &Json| {
            event.get("because").and_then(Json::as_array).is_some_and(|all| all.iter().any(|one| one == id))
        };
        let place = events.iter().position(rests);
        let title = place.and_then(|at| events.get(at)).map(|event| text(event, "title")).unwrap_or_default();
        let agreement = part.row.filter(|row| row.kind == Kind::Agreement);
        // What the user wrote in the claim is the user's.
        if same_rows && untouched(title, &after) {
            return;
        }
        let kept = agreement.is_none() && !untouched(title, &before);
        let set = |key: &str, value: Json| Edit::Set { address: format!("claim.{id}.{key}"), value };
        self.edits.push(set("source", json!(self.source)));
        self.edits.push(set("at", json!(at)));
        self.edits.push(set("says", json!(after)));
        match (agreement, place) {
            (Some(row), _) if self.case.get("instrument").is_some_and(|all| all.get(id).is_some()) => {
                for (key, value) in self.instrument(row, id) {
                    if key != "because" && key != "note" {
                        self.edits.push(Edit::Set { address: format!("instrument.{id}.{key}"), value });
                    }
                }
            }
            (None, Some(place)) if !kept => {
                for (key, value) in self.event(part, rows, &says, id) {
                    if key != "because" {
                        self.edits.push(Edit::Set { address: format!("event[{place}].{key}"), value });
                    }
                }
            }
            _ => {}
        }
        self.outcome.altered.push(Altered { claim: id.to_owned(), before, after, kept });
    }

    /// Ties that the rows would strain, where the case has none between the two.
    fn ties(&mut self) {
        let ties = self.case.get("tie").and_then(Json::as_array).cloned().unwrap_or_default();
        for ([a, b], (rows, mut claims)) in std::mem::take(&mut self.strain) {
            let pair = self.actor_ids(&[a, b]);
            let stands = ties.iter().any(|tie| {
                let between = tie.get("between").and_then(Json::as_array);
                between.is_some_and(|all| pair.iter().all(|id| all.iter().any(|one| one == id)))
            });
            if rows < STRAIN || stands {
                continue;
            }
            claims.sort();
            claims.dedup();
            let tie = json!({
                "between": pair,
                "kind": "strained",
                "because": claims,
                "proposed": true,
                "note": words::of_tie(rows, STRAIN),
            });
            self.edits.push(Edit::Insert { address: "tie".to_owned(), at: None, value: tie });
            self.outcome.ties.push(([a, b], rows));
        }
    }

    fn finish(mut self, text: &str) -> Result<Outcome, DataError> {
        self.ties();
        let mut outcome = std::mem::take(&mut self.outcome);
        outcome.text = text.to_owned();
        if self.edits.is_empty() {
            return Ok(outcome);
        }
        if outcome.added.len() > ENTRIES {
            return Err(DataError::TooMany(outcome.added.len()));
        }
        let size: usize = self
            .edits
            .iter()
            .map(|edit| match edit {
                Edit::Set { value, .. } | Edit::Insert { value, .. } => value.to_string().len(),
                _ => 0,
            })
            .sum();
        if text.len() + size > MAX_BYTES {
            return Err(DataError::CaseTooLarge(text.len() + size));
        }
        let cites = !outcome.added.is_empty() || !outcome.altered.is_empty();
        if cites && !self.sources.contains(&self.source) {
            let about = self.cited.export.about();
            let mut source = Map::new();
            source.insert("title".to_owned(), json!(about.title));
            source.insert("publisher".to_owned(), json!(about.publisher));
            if let Some(latest) = self.cited.latest {
                source.insert("date".to_owned(), json!(latest));
            }
            source.insert("url".to_owned(), json!(about.url));
            let Cited { export, version, latest, file, digest } = *self.cited;
            source.insert("note".to_owned(), json!(words::of_source(export, version, latest, file, digest)));
            let address = format!("source.{}", self.source);
            self.edits.insert(0, Edit::Insert { address, at: None, value: Json::Object(source) });
        }
        outcome.source = cites.then(|| self.source.clone());
        outcome.text = edit(text, &self.edits).map_err(DataError::Edit)?;
        if outcome.text.len() > MAX_BYTES {
            return Err(DataError::CaseTooLarge(outcome.text.len()));
        }
        Ok(outcome)
    }
}
