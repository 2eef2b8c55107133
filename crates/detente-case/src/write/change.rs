//! Changes by somebody who looked at the file a moment ago: each says what it expects to stand there, and names entries
//! of lists by id or content. One that no longer fits changes nothing.

use serde_json::{Value as Json, json};
use toml_edit::{DocumentMut, Item};

use super::edit::{Edit, EditError, apply, at_parent, parse, with_marks};
use super::entry::{item, keys_of, placed, same, standing};
use super::ids::id_from;
use super::references::{Falls, Thing, last, rename, renamed_key, uses};

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Sets a value.
    Set {
        /// Where.
        address: String,
        /// What stands there afterwards.
        value: Json,
        /// What stood there; `Null`: nothing.
        expected: Json,
    },
    /// Removes a value, an entry or a thing, and nothing else.
    Remove {
        /// Where.
        address: String,
        /// What stood there.
        expected: Json,
    },
    /// Removes a thing with everything that cannot be without it.
    RemoveAll {
        /// Where.
        address: String,
        /// What stood there.
        expected: Json,
        /// The addresses of what goes with it, as [`falls`] told them.
        with: Vec<String>,
    },
    /// Adds a thing to a list (`rule`, `actor.az.prefers`) or to a table of things: `actor.*` makes an id from `named`.
    Add {
        /// The list, or the thing.
        address: String,
        /// What the id is made of.
        named: Option<String>,
        /// The address of the one before which it stands; `None`: last.
        before: Option<String>,
        /// The thing.
        value: Json,
    },
    /// Moves an entry of a list, or a thing, before another of the same.
    Move {
        /// The thing.
        address: String,
        /// The address of the other; `None`: to the end.
        before: Option<String>,
    },
    /// Rests a thing on a claim; with the first claim it is no assumption any more.
    Attach {
        /// The thing.
        address: String,
        /// The claim's id.
        claim: String,
    },
    /// Rests a thing on a claim no longer.
    Detach {
        /// The thing.
        address: String,
        /// The claim's id.
        claim: String,
    },
    /// Gives a thing another id, everywhere.
    Rename {
        /// The thing.
        address: String,
        /// The id.
        to: String,
    },
    /// Replaces a stretch of the text: the fix of a problem.
    Replace {
        /// Its bytes.
        at: std::ops::Range<usize>,
        /// What stood there.
        expected: String,
        /// What stands there afterwards.
        text: String,
    },
}

/// What became of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changed {
    /// The text.
    pub text: String,
    /// The addresses of what was added, in the order of the changes.
    pub made: Vec<String>,
    /// Addresses with keys that name the same entry under another key now: before and after.
    pub moved: Vec<(String, String)>,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChangeError {
    /// Something else stands there than what was expected: somebody else changed it.
    #[error("`{address}` is not what it was: {now}")]
    Otherwise {
        /// Where.
        address: String,
        /// What stands there, in words.
        now: String,
    },
    /// The change cannot be made.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// Something that goes with a thing that is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fall {
    /// Where it stands, with keys.
    pub address: String,
    /// Where it stands, in places.
    pub place: String,
    /// Whether only the mention goes, and what mentions it stays.
    pub mention: bool,
}

/// `text` with `changes`, one after the other: all of them, or an error and none.
///
/// Complexity: linear in the text for each change.
///
/// # Errors
/// A text that is no TOML, something that is not as it was expected, a change that makes no sense.
pub fn change(text: &str, changes: &[Change]) -> Result<Changed, ChangeError> {
    let mut changed = Changed { text: text.to_owned(), ..Changed::default() };
    for one in changes {
        let before = changed.text.clone();
        changed.text = match one {
            Change::Replace { at, expected, text } => replaced(&before, at, expected, text)?,
            other => with_marks(&before, |body| {
                let mut document = parse(body)?;
                made(&mut document, other, &mut changed)?;
                Ok::<_, ChangeError>(document.to_string())
            })?,
        };
    }
    Ok(changed)
}

fn replaced(
    text: &str,
    at: &std::ops::Range<usize>,
    expected: &str,
    with: &str,
) -> Result<String, ChangeError> {
    match text.get(at.clone()) {
        Some(there) if there == expected => Ok(format!(
            "{}{with}{}",
            text.get(..at.start).unwrap_or_default(),
            text.get(at.end..).unwrap_or_default()
        )),
        there => Err(ChangeError::Otherwise {
            address: format!("characters {} to {}", at.start, at.end),
            now: format!("it reads “{}” now", there.unwrap_or_default()),
        }),
    }
}

fn made(document: &mut DocumentMut, change: &Change, changed: &mut Changed) -> Result<(), ChangeError> {
    let root = item(document.as_item());
    match change {
        Change::Set { address, value, expected } => {
            let at = found(&root, address)?;
            // Who wants what stands there already has it.
            if same(standing(&root, &at), value) {
                return Ok(());
            }
            expect(&root, address, &at, expected)?;
            apply(document, &Edit::Set { address: at.clone(), value: value.clone() })?;
            note(document, &root, address, &at, changed);
        }
        Change::Remove { address, expected } => {
            let at = found(&root, address)?;
            expect(&root, address, &at, expected)?;
            apply(document, &Edit::Remove { address: at.clone() })?;
            note(document, &root, address, &at, changed);
        }
        Change::RemoveAll { address, expected, with } => {
            let at = found(&root, address)?;
            expect(&root, address, &at, expected)?;
            let all = fallen(document, &at);
            let told: Vec<String> = all.iter().map(|(at, _)| keyed(&root, at)).collect();
            if told.len() != with.len() || told.iter().any(|one| !with.contains(one)) {
                return Err(ChangeError::Otherwise {
                    address: address.clone(),
                    now: format!("{} other parts of the case use it now", told.len()),
                });
            }
            remove_all(document, &at, &all)?;
        }
        Change::Add { address, named, before, value } => {
            add(document, &root, address, named, before, value, changed)?
        }
        Change::Move { address, before } => {
            let at = found(&root, address)?;
            there(&root, address, &at)?;
            let before = before.as_ref().map(|before| {
                let at = found(&root, before)?;
                there(&root, before, &at).map(|()| at)
            });
            reordered(document, &root, &at, before.transpose()?.as_deref())?;
        }
        Change::Attach { address, claim } | Change::Detach { address, claim } => {
            let at = found(&root, address)?;
            there(&root, address, &at)?;
            ground(document, &root, &at, claim, matches!(change, Change::Attach { .. }))?;
            note(document, &root, address, &at, changed);
        }
        Change::Rename { address, to } => renamed(document, &root, address, to, changed)?,
        Change::Replace { .. } => {}
    }
    Ok(())
}

/// The address with places for keys.
fn found(root: &Json, address: &str) -> Result<String, ChangeError> {
    placed(root, address).ok_or_else(|| ChangeError::Otherwise {
        address: address.to_owned(),
        now: "it is there no more, or says something else".to_owned(),
    })
}

/// That something stands there.
fn there(root: &Json, address: &str, at: &str) -> Result<(), ChangeError> {
    if standing(root, at).is_null() {
        return Err(ChangeError::Otherwise {
            address: address.to_owned(),
            now: "it is there no more".to_owned(),
        });
    }
    Ok(())
}

fn expect(root: &Json, address: &str, at: &str, expected: &Json) -> Result<(), ChangeError> {
    let now = standing(root, at);
    if same(now, expected) {
        return Ok(());
    }
    // An option or a definition in words alone is its text.
    if let Some((holder, key @ ("text" | "that"))) = at.rsplit_once('.')
        && let folded @ Json::String(_) = standing(root, holder)
        && same(folded, expected)
        && !key.is_empty()
    {
        return Ok(());
    }
    let now = match now {
        Json::Null => "nothing stands there now".to_owned(),
        Json::Object(_) | Json::Array(_) => "it was changed meanwhile".to_owned(),
        now => format!("it is {now} now"),
    };
    Err(ChangeError::Otherwise { address: address.to_owned(), now })
}

/// The keyed address of the innermost entry on the way to an address of places.
fn keyed(root: &Json, at: &str) -> String {
    let mut out = String::new();
    let mut placed_so_far = String::new();
    for part in at.split('.') {
        if !out.is_empty() {
            out.push('.');
            placed_so_far.push('.');
        }
        let (key, entries) = part.split_once('[').map_or((part, ""), |(key, rest)| (key, rest));
        out.push_str(key);
        placed_so_far.push_str(key);
        for entry in entries.split('[').filter(|entry| !entry.is_empty()) {
            let place = entry.trim_end_matches(']');
            let list = standing(root, &placed_so_far).as_array().map(|list| keys_of(list));
            let key = place.parse::<usize>().ok().and_then(|at| list.and_then(|list| list.get(at).cloned()));
            out.push_str(&format!("[{}]", key.as_deref().unwrap_or(place)));
            placed_so_far.push_str(&format!("[{place}]"));
        }
    }
    out
}

/// Remembers under which keys the entries on the way stand now.
fn note(document: &DocumentMut, before: &Json, address: &str, at: &str, changed: &mut Changed) {
    if !address.contains('[') {
        return;
    }
    let root = item(document.as_item());
    let ends = at.char_indices().filter(|(_, c)| *c == ']').map(|(end, _)| end + 1);
    for end in ends {
        let part = &at[..end];
        let (old, new) = (keyed(before, part), keyed(&root, part));
        if old != new && !standing(&root, part).is_null() {
            changed.moved.push((old, new));
        }
    }
}

/// What must go with the thing at `at`: where, and whether it is a mention only. Innermost parts of what goes whole are
/// left out.
fn fallen(document: &DocumentMut, at: &str) -> Vec<(String, bool)> {
    let mut rest = document.clone();
    let mut all: Vec<(String, bool)> = Vec::new();
    let mut waiting = vec![at.to_owned()];
    let mut seen = vec![at.to_owned()];
    while let Some(gone) = waiting.pop() {
        let mut things: Vec<Thing> = Thing::at(&rest, &gone).into_iter().collect();
        // With a thing goes what is inside it.
        if let Some(actor) = gone.strip_prefix("actor.").filter(|id| !id.contains(['.', '['])) {
            let options = rest.get("actor").and_then(|all| all.get(actor)).and_then(|one| one.get("option"));
            let ids = options
                .and_then(Item::as_table_like)
                .map(|all| all.iter().map(|(id, _)| id.to_owned()).collect());
            let ids: Vec<String> = ids.unwrap_or_default();
            things.extend(ids.into_iter().map(|id| Thing { kind: "an option", id: format!("{actor}.{id}") }));
        }
        for thing in things {
            for site in uses(&mut rest, &thing) {
                let inside = |holder: &str| holder == site.address || within(&site.address, holder);
                if inside(at) {
                    continue;
                }
                let (where_, mention) = match site.falls {
                    Falls::Entry | Falls::Key => (site.address.clone(), true),
                    Falls::Holder => (site.holder.clone(), false),
                };
                if all.iter().any(|(there, _)| *there == where_) {
                    continue;
                }
                if !mention && !seen.contains(&where_) {
                    seen.push(where_.clone());
                    waiting.push(where_.clone());
                }
                all.push((where_, mention));
            }
        }
    }
    let whole: Vec<String> = all.iter().filter(|(_, mention)| !mention).map(|(at, _)| at.clone()).collect();
    all.retain(|(there, _)| !whole.iter().any(|holder| holder != there && within(there, holder)));
    all
}

/// Whether an address is inside what stands at another.
fn within(address: &str, holder: &str) -> bool {
    address.strip_prefix(holder).is_some_and(|rest| rest.starts_with(['.', '[']))
}

/// What would go with the thing at `address` (with keys), so that nothing refers to what is not there.
///
/// # Errors
/// A text that is no TOML, an address at which nothing stands.
pub fn falls(text: &str, address: &str) -> Result<Vec<Fall>, ChangeError> {
    let document = parse(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    let root = item(document.as_item());
    let at = found(&root, address)?;
    there(&root, address, &at)?;
    let all = fallen(&document, &at).into_iter();
    Ok(all.map(|(at, mention)| Fall { address: keyed(&root, &at), place: at, mention }).collect())
}

fn remove_all(document: &mut DocumentMut, at: &str, with: &[(String, bool)]) -> Result<(), ChangeError> {
    let mut gone: Vec<&str> = with.iter().map(|(at, _)| at.as_str()).chain([at]).collect();
    // From the end of each list, so that places stay what they are.
    gone.sort_by_key(|address| std::cmp::Reverse(places(address)));
    gone.dedup();
    for address in gone {
        apply(document, &Edit::Remove { address: address.to_owned() })?;
        // A list of which nothing is left says nothing.
        if let Some((list, _)) = address.rsplit_once('[')
            && [".because", ".claims", ".begins", ".ends"].iter().any(|key| list.ends_with(key))
            && standing(&item(document.as_item()), list).as_array().is_some_and(Vec::is_empty)
        {
            apply(document, &Edit::Remove { address: list.to_owned() })?;
        }
    }
    Ok(())
}

/// The steps of an address, so that later entries of a list compare greater.
fn places(address: &str) -> Vec<(String, usize)> {
    let mut all = Vec::new();
    for part in address.split('.') {
        let (key, entries) = part.split_once('[').map_or((part, ""), |(key, rest)| (key, rest));
        all.push((key.to_owned(), 0));
        for entry in entries.split('[').filter(|entry| !entry.is_empty()) {
            all.push((String::new(), entry.trim_end_matches(']').parse::<usize>().map_or(0, |at| at + 1)));
        }
    }
    all
}

fn add(
    document: &mut DocumentMut,
    root: &Json,
    address: &str,
    named: &Option<String>,
    before: &Option<String>,
    value: &Json,
    changed: &mut Changed,
) -> Result<(), ChangeError> {
    let before = before.as_ref().map(|before| {
        let at = found(root, before)?;
        there(root, before, &at).map(|()| at)
    });
    let before = before.transpose()?;
    let made = match address.strip_suffix(".*") {
        None => found(root, address)?,
        Some(parent) => {
            let at = found(root, parent)?;
            let taken = standing(root, &at);
            let kind = last(parent);
            let id = id_from(named.as_deref().unwrap_or_default(), kind, |id| taken.get(id).is_some());
            format!("{at}.{id}")
        }
    };
    let is_list = before.as_deref().is_some_and(|at| at.ends_with(']')) || standing(root, &made).is_array();
    if is_list {
        let at = before.as_deref().and_then(place_of);
        apply(document, &Edit::Insert { address: made.clone(), at, value: value.clone() })?;
        let list = standing(&item(document.as_item()), &made).as_array().cloned().unwrap_or_default();
        let place = at.unwrap_or(list.len().saturating_sub(1));
        changed.made.push(keyed(&item(document.as_item()), &format!("{made}[{place}]")));
        return Ok(());
    }
    let option = made.rsplit_once('.').is_some_and(|(parent, _)| parent.ends_with(".option"));
    if option && standing(root, &made).is_null() && beside_values(document, &made) {
        apply(document, &Edit::Set { address: made.clone(), value: value.clone() })?;
    } else {
        apply(document, &Edit::Insert { address: made.clone(), at: None, value: value.clone() })?;
    }
    if let Some(before) = before {
        reordered(document, &item(document.as_item()), &made, Some(&before))?;
    }
    let all = item(document.as_item());
    let first = standing(&all, &made).as_array().map(|list| list.len().saturating_sub(1));
    changed.made.push(match first {
        Some(place) => keyed(&all, &format!("{made}[{place}]")),
        None => made,
    });
    Ok(())
}

/// Whether the others of the table are written as values, or there are none.
fn beside_values(document: &DocumentMut, address: &str) -> bool {
    let Some((parent, _)) = address.rsplit_once('.') else { return false };
    let mut at = document.as_item();
    for key in parent.split('.') {
        match at.get(key) {
            Some(next) => at = next,
            None => return true,
        }
    }
    at.as_table_like().is_none_or(|table| table.iter().all(|(_, one)| one.is_value()))
}

fn place_of(address: &str) -> Option<usize> {
    address.rsplit_once('[').and_then(|(_, place)| place.trim_end_matches(']').parse().ok())
}

fn reordered(
    document: &mut DocumentMut,
    root: &Json,
    at: &str,
    before: Option<&str>,
) -> Result<(), ChangeError> {
    if let Some((list, _)) = at.rsplit_once('[').filter(|_| at.ends_with(']')) {
        let from = place_of(at).unwrap_or_default();
        let length = standing(root, list).as_array().map_or(0, Vec::len);
        let target = before.and_then(place_of).unwrap_or(length);
        let to = if target > from { target - 1 } else { target };
        apply(document, &Edit::Move { address: list.to_owned(), from, to })?;
        return Ok(());
    }
    let (parent, id) = at.rsplit_once('.').unwrap_or(("", at));
    super::order::put(document, parent, id, before.map(last));
    Ok(())
}

fn ground(
    document: &mut DocumentMut,
    root: &Json,
    at: &str,
    claim: &str,
    attach: bool,
) -> Result<(), ChangeError> {
    if standing(root, &format!("claim.{claim}")).is_null() && attach {
        return Err(ChangeError::Otherwise {
            address: format!("claim.{claim}"),
            now: "there is no such claim".to_owned(),
        });
    }
    let address = format!("{at}.because");
    let now = standing(root, &address).as_array().cloned().unwrap_or_default();
    let mut claims = now.clone();
    claims.retain(|one| one != claim);
    if attach {
        if claims.len() < now.len() {
            return Ok(());
        }
        claims.push(json!(claim));
    }
    if claims.is_empty() {
        apply(document, &Edit::Remove { address })?;
    } else {
        apply(document, &Edit::Set { address, value: Json::Array(claims) })?;
    }
    // What rests on a claim is not one's own any more.
    if attach && standing(root, &format!("{at}.assumption")) == &Json::Bool(true) {
        apply(document, &Edit::Remove { address: format!("{at}.assumption") })?;
    }
    Ok(())
}

fn renamed(
    document: &mut DocumentMut,
    root: &Json,
    address: &str,
    to: &str,
    changed: &mut Changed,
) -> Result<(), ChangeError> {
    let at = found(root, address)?;
    there(root, address, &at)?;
    if !crate::forms::is_id(to) {
        return Err(EditError::Value(format!(
            "`{to}` is no id: small letters and digits, words joined by `-`, and none of and, or, not, implies, iff"
        ))
        .into());
    }
    let thing = Thing::at(document, &at);
    if at.ends_with(']') {
        if let Some(thing) = &thing {
            let whole = thing.id.rsplit_once('.').map_or(to.to_owned(), |(actor, _)| format!("{actor}.{to}"));
            rename(document, thing, &whole);
        }
        apply(document, &Edit::Set { address: format!("{at}.id"), value: json!(to) })?;
        note(document, root, address, &at, changed);
        return Ok(());
    }
    let (parent, id) = at.rsplit_once('.').ok_or_else(|| EditError::NotAnAddress(at.clone()))?;
    if id == to {
        return Ok(());
    }
    let target = format!("{parent}.{to}");
    if !standing(root, &target).is_null() {
        return Err(EditError::Taken(target).into());
    }
    if let Some(thing) = &thing {
        let whole = match thing.kind {
            "an option" => {
                thing.id.rsplit_once('.').map_or(to.to_owned(), |(actor, _)| format!("{actor}.{to}"))
            }
            _ => to.to_owned(),
        };
        rename(document, thing, &whole);
    }
    at_parent(document, &at, false, |table, key| {
        renamed_key(table, key, to);
        Ok(())
    })?;
    changed.moved.push((at, target));
    Ok(())
}
