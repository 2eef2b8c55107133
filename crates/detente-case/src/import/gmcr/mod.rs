//! The `.gmcr` file of GMCR+: one JSON object.
//!
//! What is read, in this order: options; decision makers; the options are then numbered anew by
//! decision maker, so that state numbers are GMCR+'s decimals; infeasible conditions; preferences
//! by statement or, where the file says that they are made by hand, by ordinal. An ordinal is the
//! place of a state among the feasible ones, which shifts whenever feasibility changes: rankings
//! are therefore kept by state. Derived data (`payoffs`, `coalitionsFull`, `nodes`) is not read.
//! What has no counterpart (`misperceptions`, `coalitions` of several) is said in a diagnostic.

mod conditions;
mod rankings;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;

use detente_model::{
    About, Actor, ActorId, Conflict, Direction, Evidence, Expr, Form, Game, Grounds, Opt, OptionForm,
    OptionId, Preference, Rule, RuleKind, Situation, Statement,
};

use super::json::{self, Node, Value};
use super::slug::Ids;
use crate::check::errors;
use crate::check::sat::Work;
use crate::problem::Problem;
use crate::problems::Problems;
use crate::text::{Text, steers};
use crate::{Diagnostic, codes, foreign};

/// Largest file, in bytes.
const BYTES: usize = 64 << 20;
const OPTIONS: usize = 1024;
const ACTORS: usize = 64;
const STATEMENTS: usize = 4096;
const RULES: usize = 65_536;

/// How to read a `.gmcr` file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GmcrSettings {
    /// Read a file that has misperceptions as if it had none, with a warning, instead of
    /// refusing it.
    pub ignore_misperceptions: bool,
}

/// Reads a `.gmcr` file: the conflict, when there is no error, and all problems.
///
/// `file` is the name for diagnostics; its stem becomes the title.
///
/// # Complexity
/// Linear in the file; with preferences by hand also in the number of feasible states (at most
/// 2^18) times the rules.
#[must_use]
pub fn gmcr(file: &str, bytes: &[u8], settings: GmcrSettings) -> (Option<Conflict>, Vec<Diagnostic>) {
    read(file, bytes, settings, false)
}

/// As [`gmcr`], with what is probably not meant in the game: what [`crate::check`] says of a case.
#[must_use]
pub fn check_gmcr(file: &str, bytes: &[u8], settings: GmcrSettings) -> (Option<Conflict>, Vec<Diagnostic>) {
    read(file, bytes, settings, true)
}

fn read(
    file: &str,
    bytes: &[u8],
    settings: GmcrSettings,
    lints: bool,
) -> (Option<Conflict>, Vec<Diagnostic>) {
    let mut problems = Problems::default();
    let fails = |problem: Problem, text: &str| {
        let mut problems = Problems::default();
        problems.push(problem);
        (None, problems.finish(&Text::new(file, text)))
    };
    if let Some(found) = foreign::by_content(bytes) {
        return (None, vec![codes::foreign::foreign(file, found)]);
    }
    if bytes.len() > BYTES {
        return fails(codes::gmcr_too_large::too_many(None, "bytes", BYTES), "");
    }
    if bytes.first() == Some(&0x80) {
        return (None, vec![codes::pickle::pickle(file)]);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let good = std::str::from_utf8(good).unwrap_or_default();
            let at = good.len()..good.len();
            return fails(codes::gmcr_json::not_json(&at, "this is not UTF-8 text"), good);
        }
    };
    let root = match json::parse(text, &["nodes", "payoffs", "coalitionsFull"]) {
        Ok(root) => root,
        Err(error) => return fails(codes::gmcr_json::not_json(&error.at, &error.message), text),
    };
    if let Value::Object(_) = &root.value
        && !file.ends_with(".gmcr")
        && root.get("decisionMakers").is_none()
        && root.get("options").is_none()
    {
        let keys: &[&str] = if root.get("schema").is_some() { &["schema"] } else { &[] };
        return fails(codes::foreign::problem(foreign::json(keys)), text);
    }
    let conflict = Reader { settings, problems: &mut problems }.file(&root, file);
    let conflict = conflict.filter(|_| problems.errors() == 0);
    if let Some(conflict) = &conflict {
        let work = Work::new(errors::WORK);
        errors::contradiction(&conflict.game, "", None, &[], &work, &mut problems);
    }
    let conflict = conflict.filter(|_| problems.errors() == 0);
    if let Some(conflict) = conflict.as_ref().filter(|_| lints) {
        let mut found = Problems::default();
        crate::check::lint(conflict, &mut found);
        // Such a file has no places for these, and what to do is done in a case.
        problems.take_placeless(found, |hint| {
            hint.map(|hint| format!("in the case that `detente import` makes of it: {hint}"))
        });
    }
    (conflict, problems.finish(&Text::new(file, text)))
}

/// One decision maker as the file has it.
struct Maker<'n> {
    name: String,
    /// Places in the file's list of options.
    options: Vec<usize>,
    node: &'n Node,
}

struct Reader<'p> {
    settings: GmcrSettings,
    problems: &'p mut Problems,
}

impl Reader<'_> {
    fn file(&mut self, root: &Node, file: &str) -> Option<Conflict> {
        if !matches!(root.value, Value::Object(_)) {
            let problem = codes::gmcr_shape::wrong(&root.at, "a .gmcr file", "an object", root.kind());
            self.problems.push(problem);
            return None;
        }
        let options = self.options(root);
        let makers = self.makers(root, options.len());
        // Numbered anew: by decision maker, then in the order of its list.
        let order: Vec<usize> = makers.iter().flat_map(|m| m.options.iter().copied()).collect();
        let mut place: Vec<Option<OptionId>> = vec![None; options.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = Some(OptionId::from(new));
        }
        if let Some(node) = root.get("options") {
            for (at, _) in place.iter().enumerate().filter(|(_, p)| p.is_none()) {
                self.problems.push(codes::gmcr_reference::no_owner(&node.at, at, &options[at].0));
            }
        }
        let rules = self.rules(root, &place);
        let by_hand = self.by_hand(root);
        self.coalitions(root, &makers);

        let (actors, opts) = named(&makers, &options);
        let form = OptionForm { options: opts, rules, ..OptionForm::default() };
        let preferences = match by_hand {
            Some(true) => rankings::by_hand(self, &makers, &form)?,
            _ => makers.iter().map(|maker| self.statements(maker, &place)).collect(),
        };
        let game =
            Game { actors, form: Form::Options(form), preferences, status_quo: None, ..Game::default() };
        let version = match root.get("version").map(|node| &node.value) {
            Some(Value::String(version)) => format!(" {}", plain(version)),
            _ => String::new(),
        };
        let about = About {
            title: title(file),
            note: Some(format!("Read from a .gmcr file of GMCR+{version}.")),
            ..About::default()
        };
        Some(Conflict {
            about,
            evidence: Evidence::default(),
            situation: Situation::default(),
            game,
            outcomes: Vec::new(),
            questions: Vec::new(),
            variants: Vec::new(),
            views: Vec::new(),
            observed: Vec::new(),
            uncertainty: Default::default(),
            variant: None,
            ..Conflict::default()
        })
    }

    /// Names and directions of the options.
    fn options(&mut self, root: &Node) -> Vec<(String, Direction)> {
        let list = self.list(root, "options", true);
        if list.len() > OPTIONS {
            self.problems.push(codes::gmcr_too_large::too_many(Some(&root.at), "options", OPTIONS));
            return Vec::new();
        }
        let mut out = Vec::with_capacity(list.len());
        for (index, node) in list.iter().enumerate() {
            let name = self.name(node, &format!("option {index}"));
            let direction = match node.get("permittedDirection") {
                None => {
                    if matches!(node.value, Value::Object(_)) {
                        let of = format!("option {index}");
                        self.problems.push(codes::gmcr_shape::missing(&node.at, "`permittedDirection`", &of));
                    }
                    Direction::Both
                }
                Some(Node { value: Value::String(word), .. }) if word == "both" => Direction::Both,
                Some(Node { value: Value::String(word), .. }) if word == "fwd" => Direction::OnOnly,
                Some(Node { value: Value::String(word), .. }) if word == "back" => Direction::OffOnly,
                Some(other) => {
                    let expected = "`both`, `fwd` or `back`";
                    let problem =
                        codes::gmcr_shape::wrong(&other.at, "`permittedDirection`", expected, &said(other));
                    self.problems.push(problem);
                    Direction::Both
                }
            };
            out.push((name, direction));
        }
        out
    }

    /// The decision makers with their options; an option that several claim stays with the first.
    fn makers<'n>(&mut self, root: &'n Node, options: usize) -> Vec<Maker<'n>> {
        let list = self.list(root, "decisionMakers", true);
        if list.is_empty() && root.get("decisionMakers").is_some() {
            self.problems.push(codes::gmcr_shape::missing(&root.at, "a decision maker", "the file"));
        }
        if list.len() > ACTORS {
            self.problems.push(codes::gmcr_too_large::too_many(Some(&root.at), "decision makers", ACTORS));
            return Vec::new();
        }
        let mut owned: HashSet<usize> = HashSet::new();
        let mut out = Vec::with_capacity(list.len());
        for (index, node) in list.iter().enumerate() {
            let name = self.name(node, &format!("decision maker {index}"));
            let mut mine = Vec::new();
            for item in self.list(node, "options", true) {
                match self.index(item, "an option", options) {
                    Some(option) if !owned.insert(option) => {
                        self.problems.push(codes::gmcr_reference::twice(&item.at, "option", option));
                    }
                    Some(option) => mine.push(option),
                    None => {}
                }
            }
            if let Some(seen) = node.get("misperceptions")
                && matches!(&seen.value, Value::Array(items) if !items.is_empty())
            {
                self.problems.push(if self.settings.ignore_misperceptions {
                    codes::gmcr_otherwise::misperceptions_ignored(&seen.at, &name)
                } else {
                    codes::gmcr_misperceptions::misperceptions(&seen.at, &name)
                });
            }
            out.push(Maker { name, options: mine, node });
        }
        out
    }

    fn rules(&mut self, root: &Node, place: &[Option<OptionId>]) -> Vec<Rule> {
        let list = self.list(root, "infeasibles", true);
        if list.len() > RULES {
            self.problems.push(codes::gmcr_too_large::too_many(
                Some(&root.at),
                "infeasible conditions",
                RULES,
            ));
            return Vec::new();
        }
        let mut seen = HashSet::new();
        let mut rules = Vec::new();
        for node in list {
            // A compound is flattened: each of its members is impossible.
            let members = conditions::condition(self, node, place);
            for member in members.into_iter().filter(|m| seen.insert(conditions::sorted(m))) {
                rules.push(Rule {
                    id: None,
                    kind: RuleKind::Never(conditions::conjunction(&member)),
                    grounds: Grounds::default(),
                    confidence: None,
                });
            }
        }
        rules
    }

    fn statements(&mut self, maker: &Maker<'_>, place: &[Option<OptionId>]) -> Preference {
        let list = self.list(maker.node, "preferences", true);
        if list.len() > STATEMENTS {
            let what = "preferences of one decision maker";
            self.problems.push(codes::gmcr_too_large::too_many(Some(&maker.node.at), what, STATEMENTS));
            return Preference::Statements(Vec::new());
        }
        let mut seen = HashSet::new();
        let mut statements = Vec::new();
        for node in list {
            let members = conditions::condition(self, node, place);
            let mut key: Vec<_> = members.iter().map(|m| conditions::sorted(m)).collect();
            key.sort_unstable();
            key.dedup();
            if seen.insert(key) {
                let mut parts: Vec<Expr> = members.iter().map(|m| conditions::conjunction(m)).collect();
                let that = if parts.len() == 1 { parts.remove(0) } else { Expr::Or(parts) };
                statements.push(Statement {
                    id: None,
                    that,
                    grounds: Grounds::default(),
                    strong: false,
                    unknown: false,
                    confidence: None,
                    ..Statement::default()
                });
            }
        }
        Preference::Statements(statements)
    }

    /// Whether preferences are made by hand; one key, of two names, must say so.
    fn by_hand(&mut self, root: &Node) -> Option<bool> {
        let keys = ["useManualPreferenceRanking", "useManualPreferenceVectors"];
        match keys.iter().find_map(|key| root.get(key)) {
            Some(Node { value: Value::Bool(yes), .. }) => Some(*yes),
            Some(other) => {
                let key = format!("`{}`", keys[0]);
                let problem = codes::gmcr_shape::wrong(&other.at, &key, "true or false", other.kind());
                self.problems.push(problem);
                None
            }
            None => {
                self.problems.push(codes::gmcr_shape::missing(
                    &root.at,
                    &format!("`{}`", keys[0]),
                    "the file",
                ));
                None
            }
        }
    }

    /// A block of several is not used, with a warning; a list that leaves somebody out means
    /// nothing, as in GMCR+.
    fn coalitions(&mut self, root: &Node, makers: &[Maker<'_>]) {
        let Some(node) = root.get("coalitions") else { return };
        let mut named = HashSet::new();
        let mut blocks: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
        for item in self.list(root, "coalitions", true) {
            let members = match &item.value {
                Value::Array(members) => members.as_slice(),
                _ => std::slice::from_ref(item),
            };
            let mut block = Vec::new();
            for member in members {
                match self.index(member, "a decision maker", makers.len()) {
                    Some(maker) if !named.insert(maker) => {
                        self.problems.push(codes::gmcr_reference::twice(&member.at, "decision maker", maker));
                    }
                    Some(maker) => block.push(maker),
                    None => {}
                }
            }
            blocks.push((item.at.clone(), block));
        }
        if named.len() == makers.len() {
            for (at, block) in blocks.iter().filter(|(_, block)| block.len() > 1) {
                let names: Vec<&str> = block.iter().map(|&m| makers[m].name.as_str()).collect();
                self.problems.push(codes::gmcr_otherwise::coalition(at, &names));
            }
        } else if blocks.iter().any(|(_, block)| block.len() > 1) {
            self.problems.push(codes::gmcr_otherwise::coalitions_incomplete(&node.at));
        }
    }

    /// The `name` of an object, without control characters.
    fn name(&mut self, node: &Node, what: &str) -> String {
        match node.get("name") {
            Some(Node { value: Value::String(name), at }) => {
                if name.chars().any(steers) {
                    self.problems.push(codes::gmcr_otherwise::control(at));
                }
                plain(name)
            }
            Some(other) => {
                let problem = codes::gmcr_shape::wrong(&other.at, "a name", "a string", other.kind());
                self.problems.push(problem);
                String::new()
            }
            None => {
                let problem = match node.value {
                    Value::Object(_) => codes::gmcr_shape::missing(&node.at, "`name`", what),
                    _ => codes::gmcr_shape::wrong(&node.at, what, "an object", node.kind()),
                };
                self.problems.push(problem);
                String::new()
            }
        }
    }

    /// The members of the list under `key`.
    fn list<'n>(&mut self, node: &'n Node, key: &str, required: bool) -> &'n [Node] {
        match node.get(key) {
            Some(Node { value: Value::Array(items), .. }) => items,
            Some(other) => {
                self.problems.push(codes::gmcr_shape::wrong(
                    &other.at,
                    &format!("`{key}`"),
                    "a list",
                    other.kind(),
                ));
                &[]
            }
            None => {
                if required && matches!(node.value, Value::Object(_)) {
                    self.problems.push(codes::gmcr_shape::missing(
                        &node.at,
                        &format!("`{key}`"),
                        "this object",
                    ));
                }
                &[]
            }
        }
    }

    /// A place from 0 in a list of `count`.
    fn index(&mut self, node: &Node, what: &str, count: usize) -> Option<usize> {
        let Value::Int(number) = node.value else {
            self.problems.push(codes::gmcr_shape::wrong(&node.at, what, "a whole number", node.kind()));
            return None;
        };
        let index = usize::try_from(number).ok().filter(|&index| index < count);
        if index.is_none() {
            self.problems.push(codes::gmcr_reference::out_of_range(&node.at, what, number, 0, count));
        }
        index
    }
}

/// Actors and options with ids, in the new order.
fn named(makers: &[Maker<'_>], options: &[(String, Direction)]) -> (Vec<Actor>, Vec<Opt>) {
    let mut ids = Ids::default();
    let mut actors = Vec::new();
    let mut opts: Vec<Opt> = Vec::new();
    for (index, maker) in makers.iter().enumerate() {
        let id = ids.id(&maker.name, "dm", index + 1);
        let name = if maker.name.trim().is_empty() { id.clone() } else { maker.name.clone() };
        actors.push(Actor { id, name, note: None });
        let mut own = Ids::default();
        for &option in &maker.options {
            let (name, direction) = &options[option];
            let id = own.id(name, "o", opts.len() + 1);
            let text = if name.trim().is_empty() { id.clone() } else { name.clone() };
            opts.push(Opt {
                id,
                actor: ActorId::from(index),
                text,
                direction: *direction,
                grounds: Grounds::default(),
                confidence: None,
                ..Opt::default()
            });
        }
    }
    (actors, opts)
}

/// What stands there, in words, for a message.
fn said(node: &Node) -> String {
    match &node.value {
        Value::String(text) if text.chars().count() <= 40 => format!("`{}`", plain(text)),
        _ => node.kind().to_owned(),
    }
}

/// Text without control characters: each becomes a blank.
fn plain(text: &str) -> String {
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

/// The stem of the file's name.
fn title(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.strip_suffix(".gmcr").or_else(|| name.strip_suffix(".json")).unwrap_or(name);
    let stem = plain(stem);
    if stem.trim().is_empty() || stem == "-" { "Imported conflict".to_owned() } else { stem }
}
