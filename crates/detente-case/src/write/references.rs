//! Who refers to whom in a file: new ids everywhere, and what hangs on a thing that goes.
//!
//! Where an id may stand is read off the shapes of the format, so that a key that the format gains is followed, too.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::format::CASE_FILE;
use crate::shape::{Shape, TableShape};
use crate::statement;

/// Something with an id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Thing {
    /// As shapes name it: "an actor", "an option".
    pub(crate) kind: &'static str,
    /// Its id; of an option with its actor, of a statement with its actor as well.
    pub(crate) id: String,
}

impl Thing {
    /// The thing at an address of places; `None` where none stands that can be referred to.
    pub(crate) fn at(document: &DocumentMut, address: &str) -> Option<Self> {
        let parts: Vec<&str> = address.split('.').collect();
        let (kind, id) = match parts.as_slice() {
            ["source", id] => ("a source", (*id).to_owned()),
            ["claim", id] => ("a claim", (*id).to_owned()),
            ["actor", id] => ("an actor", (*id).to_owned()),
            ["actor", actor, "option", option] => ("an option", format!("{actor}.{option}")),
            ["body", id] => ("a body", (*id).to_owned()),
            ["define", id] => ("a defined name", (*id).to_owned()),
            ["outcome", id] => ("an outcome", (*id).to_owned()),
            // Acts and chance events are called like options of nobody.
            [kind @ ("act" | "chance"), id] => ("an option", format!("{kind}.{id}")),
            ["deadline", id] => ("a deadline", (*id).to_owned()),
            ["said", id] => ("a saying", (*id).to_owned()),
            ["assembly", id] => ("an assembly", (*id).to_owned()),
            ["variant", id] => ("a variant", (*id).to_owned()),
            ["actor", actor, list] if list.starts_with("prefers[") || list.starts_with("weighs[") => {
                ("a statement", format!("{actor}.{}", own_id(document, address)?))
            }
            [rule] if rule.starts_with("rule[") => ("a rule", own_id(document, address)?),
            _ => return None,
        };
        Some(Self { kind, id })
    }
}

/// The `id` of the entry at an address of places.
fn own_id(document: &DocumentMut, address: &str) -> Option<String> {
    let all = super::entry::item(document.as_item());
    super::entry::standing(&all, address).get("id")?.as_str().map(str::to_owned)
}

/// A place where an id stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    /// Where, in places: `actor.az.prefers[2].that`, `tie[0].between[1]`.
    pub(crate) address: String,
    /// The innermost thing around it that stands for itself: `actor.az.prefers[2]`, `tie[0]`.
    pub(crate) holder: String,
    /// What goes when what it names goes.
    pub(crate) falls: Falls,
}

/// What goes with an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Falls {
    /// The entry of the list that it is.
    Entry,
    /// The key that it stands under.
    Key,
    /// The thing that cannot do without.
    Holder,
}

/// Everything that refers to `thing`.
pub(crate) fn uses(document: &mut DocumentMut, thing: &Thing) -> Vec<Site> {
    let mut sites = Vec::new();
    let mut visit = |site: &Site, names: bool| {
        if names {
            sites.push(site.clone());
        }
        None
    };
    walk_file(document, thing, &mut visit);
    sites
}

/// Gives `thing` the id `to` wherever it is referred to. Where it stands itself, the caller does.
pub(crate) fn rename(document: &mut DocumentMut, thing: &Thing, to: &str) {
    let mut visit = |_: &Site, names: bool| names.then(|| to.to_owned());
    walk_file(document, thing, &mut visit);
}

/// Called for each place where an id of the kind may stand, with whether it is the thing's; gives the id that stands
/// there instead.
type Visit<'v> = dyn FnMut(&Site, bool) -> Option<String> + 'v;

struct Walk<'w, 'v> {
    thing: &'w Thing,
    /// The ids of outcomes: under `outcome` they come before defined names.
    outcomes: BTreeSet<String>,
    visit: &'w mut Visit<'v>,
}

/// Where the walk is.
#[derive(Clone)]
struct Spot {
    address: String,
    holder: String,
    falls: Falls,
    /// The actor whose part this is.
    actor: Option<String>,
    /// Whether it is what a question or a trust asks about: there outcomes have names, too.
    outcome: bool,
    /// Whether this is a list within a list: several who act together, another group without one of them.
    group: bool,
}

fn walk_file(document: &mut DocumentMut, thing: &Thing, visit: &mut Visit<'_>) {
    let outcomes = document.get("outcome").and_then(Item::as_table_like);
    let outcomes = outcomes.map(|all| all.iter().map(|(id, _)| id.to_owned()).collect()).unwrap_or_default();
    let mut walk = Walk { thing, outcomes, visit };
    let spot = Spot {
        address: String::new(),
        holder: String::new(),
        falls: Falls::Holder,
        actor: None,
        outcome: false,
        group: false,
    };
    walk.table(document.as_table_mut(), &CASE_FILE, &spot);
}

impl Walk<'_, '_> {
    fn table(&mut self, table: &mut dyn TableLike, shape: &TableShape, spot: &Spot) {
        // Of a lever: whose wish it is.
        let whose = table.get("actor").and_then(Item::as_str).map(str::to_owned);
        for key in shape.all_keys() {
            let Some(item) = table.get_mut(key.name) else { continue };
            let address = join(&spot.address, key.name);
            let falls = if key.required { Falls::Holder } else { Falls::Key };
            let outcome = key.name == "outcome";
            let mut inner = Spot { address, falls, outcome, ..spot.clone() };
            if key.name == "wish" {
                inner.actor.clone_from(&whose);
            }
            // What a question is about is a deadline or a saying, by its kind.
            if key.name == "about" {
                self.about(item, &inner);
            } else {
                self.item(item, key.shape, &inner);
            }
        }
    }

    fn about(&mut self, item: &mut Item, spot: &Spot) {
        let kind = self.thing.kind;
        // About all deadlines can be asked, about all sayings not.
        let falls = match kind {
            "a deadline" => Falls::Key,
            "a saying" => Falls::Holder,
            _ => return,
        };
        if let Item::Value(value @ Value::String(_)) = item {
            self.id(value, kind, &Spot { falls, ..spot.clone() });
        }
    }

    fn item(&mut self, item: &mut Item, shape: Shape, spot: &Spot) {
        match item {
            Item::Value(value) => self.value(value, shape, spot),
            Item::Table(table) => self.table_of(table, shape, spot),
            Item::ArrayOfTables(list) => {
                let Some(each) = each(shape) else { return };
                for (at, table) in list.iter_mut().enumerate() {
                    let address = format!("{}[{at}]", spot.address);
                    let inner =
                        Spot { holder: address.clone(), address, falls: Falls::Holder, ..spot.clone() };
                    self.table_of(table, each, &inner);
                }
            }
            Item::None => {}
        }
    }

    fn table_of(&mut self, table: &mut dyn TableLike, shape: Shape, spot: &Spot) {
        match shape {
            Shape::Table(shape) => self.table(table, shape, spot),
            Shape::Map(what, each) => self.map(table, what, *each, spot),
            Shape::Switches(_) => self.switches(table, spot),
            Shape::Any(shapes) => {
                for shape in shapes {
                    if matches!(shape, Shape::Table(_) | Shape::Map(..) | Shape::Switches(_)) {
                        self.table_of(table, *shape, spot);
                    }
                }
            }
            _ => {}
        }
    }

    fn map(&mut self, table: &mut dyn TableLike, what: &'static str, each: Shape, spot: &Spot) {
        let ids: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
        // Where things stand themselves: the first of the file, and options under their actor.
        let own = !spot.address.contains('.') && spot.address != "view" || what == "an option";
        for id in &ids {
            let address = join(&spot.address, id);
            let actor = if what == "an actor" { Some(id.clone()) } else { spot.actor.clone() };
            let inner =
                Spot { holder: address.clone(), address, falls: Falls::Holder, actor, ..spot.clone() };
            if let Some(item) = table.get_mut(id) {
                self.item(item, each, &inner);
            }
        }
        let Some(key) = self.key_of(what, spot).filter(|key| !own && ids.contains(key)) else { return };
        let address = join(&spot.address, &key);
        let site = Site { holder: address.clone(), address, falls: Falls::Holder };
        if let Some(to) = (self.visit)(&site, true) {
            renamed_key(table, &key, last(&to));
        }
    }

    /// Under which key the thing stands in a table of `what`.
    fn key_of(&self, what: &str, spot: &Spot) -> Option<String> {
        let thing = self.thing;
        match (what, thing.kind) {
            ("an act", "an option") => thing.id.strip_prefix("act.").map(str::to_owned),
            ("an owner of seats", "an actor") => Some(thing.id.clone()),
            ("a statement", "a statement") => {
                let actor = spot.actor.as_deref()?;
                thing.id.strip_prefix(actor)?.strip_prefix('.').map(str::to_owned)
            }
            _ => (what == thing.kind).then(|| thing.id.clone()),
        }
    }

    /// A table whose keys are full names of options, acts and chance events.
    fn switches(&mut self, table: &mut dyn TableLike, spot: &Spot) {
        let thing = self.thing;
        let names: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
        for name in names {
            let rest = match thing.kind {
                "an actor" => name.strip_prefix(thing.id.as_str()).filter(|rest| rest.starts_with('.')),
                "an option" => (name == thing.id).then_some(""),
                _ => None,
            };
            let address = format!("{}.\"{name}\"", spot.address);
            let site = Site { address, holder: spot.holder.clone(), falls: Falls::Key };
            let Some(to) = (self.visit)(&site, rest.is_some()) else { continue };
            renamed_key(table, &name, &format!("{to}{}", rest.unwrap_or_default()));
        }
    }

    fn value(&mut self, value: &mut Value, shape: Shape, spot: &Spot) {
        match (shape, &mut *value) {
            (Shape::Any(shapes), _) => {
                let fits = shapes.iter().find(|shape| fits(**shape, value));
                if let Some(shape) = fits {
                    self.value(value, *shape, spot);
                }
            }
            (Shape::Ref(kind), Value::String(_)) => self.id(value, kind, spot),
            (Shape::Formula, Value::String(_)) => self.formula(value, 0, spot),
            (Shape::State, Value::String(text)) if text.value().starts_with('=') => {
                self.formula(value, 1, spot)
            }
            (Shape::Many(each) | Shape::Exactly(_, each), Value::Array(list)) => {
                let exactly = matches!(shape, Shape::Exactly(..));
                let alone = list.len() == 1;
                for (at, value) in list.iter_mut().enumerate() {
                    let address =
                        if spot.group { spot.address.clone() } else { format!("{}[{at}]", spot.address) };
                    let mut inner = Spot { address, group: value.is_array(), ..spot.clone() };
                    match each {
                        Shape::Table(_) => {
                            inner.holder.clone_from(&inner.address);
                            inner.falls = Falls::Holder;
                        }
                        // What is there in one version only is not there without it.
                        Shape::Ref("a variant") if alone => inner.falls = Falls::Holder,
                        Shape::Ref(_) if !exactly => inner.falls = Falls::Entry,
                        // A rule about several is another rule without one of them.
                        _ => inner.falls = Falls::Holder,
                    }
                    self.value(value, *each, &inner);
                }
            }
            (shape, Value::InlineTable(table)) => self.table_of(table, shape, spot),
            _ => {}
        }
    }

    fn id(&mut self, value: &mut Value, kind: &str, spot: &Spot) {
        let thing = self.thing;
        let text = value.as_str().unwrap_or_default();
        let statement = kind == "a statement";
        let whole = match &spot.actor {
            Some(actor) if statement && !text.contains('.') => format!("{actor}.{text}"),
            _ => text.to_owned(),
        };
        // Of an actor: its options and statements are called after it.
        let inside = thing.kind == "an actor" && matches!(kind, "an option" | "a statement");
        let rest = whole.strip_prefix(thing.id.as_str()).filter(|rest| inside && rest.starts_with('.'));
        let names = kind == thing.kind && whole == thing.id;
        let site = site(spot);
        let Some(to) = (self.visit)(&site, names || rest.is_some()) else { return };
        let new = match rest {
            // An id that does not name its actor stays.
            Some(_) if statement && !text.contains('.') => return,
            Some(rest) => format!("{to}{rest}"),
            None if statement && !text.contains('.') => last(&to).to_owned(),
            None => to,
        };
        replace(value, &new);
    }

    fn formula(&mut self, value: &mut Value, skip: usize, spot: &Spot) {
        let thing = self.thing;
        let Some(text) = value.as_str().map(str::to_owned) else { return };
        let formula = text.get(skip..).unwrap_or_default();
        let parsed = statement::parse(formula);
        let mut out = String::new();
        let mut end = 0;
        let mut changed = false;
        for (name, at) in &parsed.names {
            let names = match thing.kind {
                "an actor" => name.strip_prefix(thing.id.as_str()).is_some_and(|rest| rest.starts_with('.')),
                "an option" => *name == thing.id,
                "a defined name" => *name == thing.id && !(spot.outcome && self.outcomes.contains(name)),
                "an outcome" => spot.outcome && *name == thing.id,
                "an assembly" => {
                    let before = formula.get(..at.start).unwrap_or_default().trim_end();
                    *name == thing.id
                        && before.strip_suffix('(').is_some_and(|rest| rest.trim_end().ends_with("votes"))
                }
                _ => false,
            };
            let mut site = site(spot);
            site.falls = Falls::Holder;
            let Some(to) = (self.visit)(&site, names) else { continue };
            let rest = if thing.kind == "an actor" { &name[thing.id.len()..] } else { "" };
            out.push_str(formula.get(end..at.start).unwrap_or_default());
            out.push_str(&to);
            out.push_str(rest);
            end = at.end;
            changed = true;
        }
        if changed {
            out.push_str(formula.get(end..).unwrap_or_default());
            replace(value, &format!("{}{out}", text.get(..skip).unwrap_or_default()));
        }
    }
}

fn site(spot: &Spot) -> Site {
    Site { address: spot.address.clone(), holder: spot.holder.clone(), falls: spot.falls }
}

fn join(address: &str, key: &str) -> String {
    if address.is_empty() { key.to_owned() } else { format!("{address}.{key}") }
}

/// An id without what it belongs to.
pub(crate) fn last(id: &str) -> &str {
    id.rsplit('.').next().unwrap_or(id)
}

/// What the entries of a list look like.
fn each(shape: Shape) -> Option<Shape> {
    match shape {
        Shape::Many(each) | Shape::Exactly(_, each) => Some(*each),
        Shape::Any(shapes) => shapes.iter().find_map(|shape| each(*shape)),
        _ => None,
    }
}

fn fits(shape: Shape, value: &Value) -> bool {
    match shape {
        Shape::Many(_) | Shape::Exactly(..) => value.is_array(),
        Shape::Table(_) | Shape::Map(..) => value.is_inline_table(),
        Shape::Bool => value.is_bool(),
        Shape::Integer(..) => value.is_integer(),
        Shape::Any(shapes) => shapes.iter().any(|shape| fits(*shape, value)),
        _ => value.is_str(),
    }
}

fn replace(value: &mut Value, text: &str) {
    let decor = value.decor().clone();
    *value = text.into();
    *value.decor_mut() = decor;
}

/// Gives what stands under `from` the key `to`, at the same place.
pub(crate) fn renamed_key(table: &mut dyn TableLike, from: &str, to: &str) {
    let order: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let decor = table.key(from).map(|key| (key.leaf_decor().clone(), key.dotted_decor().clone()));
    let Some(item) = table.remove(from) else { return };
    table.insert(to, item);
    if let (Some((leaf, dotted)), Some(mut key)) = (decor, table.key_mut(to)) {
        *key.leaf_decor_mut() = leaf;
        *key.dotted_decor_mut() = dotted;
    }
    // The others are put behind it, in their order.
    let after = order.iter().skip_while(|key| key.as_str() != from).skip(1);
    for key in after {
        let decor = table.key(key).map(|key| (key.leaf_decor().clone(), key.dotted_decor().clone()));
        if let Some(item) = table.remove(key) {
            table.insert(key, item);
        }
        if let (Some((leaf, dotted)), Some(mut key)) = (decor, table.key_mut(key)) {
            *key.leaf_decor_mut() = leaf;
            *key.dotted_decor_mut() = dotted;
        }
    }
}
