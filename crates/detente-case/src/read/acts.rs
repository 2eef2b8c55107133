//! Acts: who takes part, who begins and ends them, what is switched with them.

use std::ops::Range;

use detente_model::{
    Act, ActTerms, ActorId, Assembly, AssemblyId, Assent, AssentSaid, GroupsError, MOST_GROUPS, Switch,
};

use crate::codes::{assent, empty_list, not_theirs};
use crate::read::Builder;
use crate::read::evidence::text;
use crate::read::names::{Kind, entries};
use crate::read::tree::{Entry, Node};

/// An act with the places of what it switches, for the check of all acts together.
struct Made {
    act: Act,
    with: Vec<(usize, bool, Range<usize>)>,
    with_at: Range<usize>,
}

impl Builder<'_> {
    /// `[assembly.ID]`.
    pub(crate) fn read_assemblies(&mut self, root: &Node) -> Vec<Assembly> {
        let mut found = Vec::new();
        for entry in entries(root, "assembly") {
            let seats = entries(&entry.node, "seats").iter().map(|owner| {
                let actor = self.names.actors.find(&owner.key).map(ActorId::from);
                let seats = owner.node.integer().and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
                (owner.key.clone(), actor, seats)
            });
            found.push(Assembly { id: entry.key.clone(), seats: seats.collect() });
        }
        found
    }

    /// `[act.ID]`, each in its own words; what each switches is checked against all of them.
    pub(crate) fn acts(&mut self, root: &Node) -> Vec<Act> {
        let mut made = Vec::new();
        for entry in entries(root, "act") {
            self.spans.acts.push(entry.key_at.clone());
            made.push(self.act(entry, None));
        }
        let acts: Vec<Act> = made.iter().map(|one| one.act.clone()).collect();
        for one in &made {
            self.check_with(one, &acts);
        }
        acts
    }

    /// Other terms of an act of the case, as an overlay gives them; what an act of the case switches, or
    /// who begins it, may no longer fit: all acts are looked at together.
    pub(crate) fn act_terms(&mut self, root: &Node, overlay: &Node) -> Vec<ActTerms> {
        let base = entries(root, "act");
        let mut changed: Vec<Option<Made>> = Vec::new();
        let mut terms = Vec::new();
        changed.resize_with(base.len(), || None);
        for entry in entries(overlay, "act") {
            let Some(place) = self.find(Kind::Option, &format!("act.{}", entry.key), &entry.key_at) else {
                continue;
            };
            let Some(Switch::Act(id)) = self.thing(place).map(|thing| thing.of) else { continue };
            let Some(old) = base.get(id.index()) else { continue };
            let made = self.act(old, Some(&entry.node));
            let pick = |key: &str| if entry.node.get(key).is_some() { &entry.node } else { &old.node };
            let spans = self.spans.conditions.len();
            let (begins, ends) = (pick("begins_if"), pick("ends_if"));
            terms.push(ActTerms {
                act: made.act.clone(),
                begins_if: self.conditions(begins, "begins_if", made.act.first, true),
                ends_if: self.conditions(ends, "ends_if", made.act.first, false),
            });
            // Only those of the case as written have places.
            self.spans.conditions.truncate(spans);
            changed[id.index()] = Some(made);
        }
        if terms.is_empty() {
            return terms;
        }
        let mut all = self.acts.clone();
        for made in changed.iter().flatten() {
            if let Some(act) = all.iter_mut().find(|act| act.first == made.act.first) {
                *act = made.act.clone();
            }
        }
        for made in changed.iter().flatten() {
            self.check_with(made, &all);
        }
        terms
    }

    fn act(&mut self, entry: &Entry, other: Option<&Node>) -> Made {
        let node = &entry.node;
        // Keys of an overlay stand in the place of those of the case.
        let pick = |key: &str| other.and_then(|other| other.get(key)).or_else(|| node.get(key));
        let parties = self.all_named(Kind::Actor, pick("parties"));
        let mut parties: Vec<ActorId> = parties.into_iter().map(ActorId::from).collect();
        parties.sort_unstable();
        if let Some(list) = pick("parties").filter(|list| list.is_list() && list.list().is_empty()) {
            self.push(empty_list::empty_list(&list.at, "parties"));
        }
        let id = entry.key.as_str();
        let begins = self.assent(pick("begins"), id, &parties, AssentSaid::All);
        if pick("ends").is_none() && parties.len() > 2 && !self.partial {
            self.push(assent::ends_unwritten(&entry.key_at, id, parties.len()));
        }
        let ends = self.assent(pick("ends"), id, &parties, AssentSaid::Any);
        let with = pick("with").and_then(|with| self.switched(with, "with"));
        let place = self.names.options.find(&format!("act.{id}"));
        let thing = place.and_then(|place| self.thing(place));
        let grounds_at = match other {
            Some(other)
                if ["because", "assumption", "says", "says_not", "note"]
                    .iter()
                    .any(|key| other.get(key).is_some()) =>
            {
                other
            }
            _ => node,
        };
        let act = Act {
            id: entry.key.clone(),
            text: other
                .and_then(|other| text(other, "text"))
                .or_else(|| text(node, "text"))
                .unwrap_or_default(),
            parties,
            first: thing.map(|thing| thing.first).unwrap_or_default(),
            bits: thing.map_or(1, |thing| thing.bits),
            begins,
            ends,
            with: with.as_ref().map(|with| with.settings.clone()).unwrap_or_default(),
            with_text: pick("with")
                .and_then(Node::text)
                .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
            grounds: self.grounds(grounds_at),
        };
        Made {
            act,
            with: with.map(|with| with.things).unwrap_or_default(),
            with_at: pick("with").map(|with| with.at.clone()).unwrap_or_default(),
        }
    }

    /// What `begins` or `ends` says; `default` where it says nothing.
    fn assent(&mut self, node: Option<&Node>, act: &str, parties: &[ActorId], default: AssentSaid) -> Assent {
        let (said, at) = match node {
            None => (Some(default), 0..0),
            Some(node) => (self.assent_said(node, act, parties), node.at.clone()),
        };
        let Some(said) = said else { return Assent::default() };
        let house = match &said {
            AssentSaid::Assembly(id, _) => self.assemblies.get(id.index()).cloned(),
            _ => None,
        };
        let seats = |actor: ActorId| house.as_ref().map_or(0, |house| house.of(actor));
        let groups = match said.groups(parties, &seats) {
            Ok(groups) => groups,
            Err(why) => {
                let (needs, there, what) = match &said {
                    AssentSaid::Votes(votes, needs) => (*needs, votes.iter().map(|(_, n)| n).sum(), "votes"),
                    AssentSaid::Assembly(_, needs) => {
                        (*needs, parties.iter().map(|&p| seats(p)).sum(), "seats")
                    }
                    AssentSaid::Needs(needs) => (u64::from(*needs), parties.len() as u64, "parties"),
                    _ => (1, 0, "parties"),
                };
                self.push(match why {
                    GroupsError::NeverEnough => assent::never_enough(&at, needs, there, what),
                    GroupsError::TooMany => assent::too_many(&at, MOST_GROUPS),
                });
                vec![]
            }
        };
        Assent { said, groups }
    }

    fn assent_said(&mut self, node: &Node, act: &str, parties: &[ActorId]) -> Option<AssentSaid> {
        match node.text() {
            Some("all") => return Some(AssentSaid::All),
            Some("any") => return Some(AssentSaid::Any),
            Some("never") => return Some(AssentSaid::Never),
            Some(_) => return None, // reported by its shape
            None => {}
        }
        if node.is_list() {
            let mut groups = Vec::new();
            for part in node.list() {
                let members = if part.is_list() { part.list() } else { std::slice::from_ref(part) };
                if members.is_empty() {
                    self.push(assent::nobody(&part.at));
                }
                let mut group: Vec<ActorId> =
                    members.iter().filter_map(|member| self.party(member, act, parties)).collect();
                group.sort_unstable();
                group.dedup();
                groups.push(group);
            }
            if node.list().is_empty() {
                self.push(assent::nobody(&node.at));
            }
            return (!groups.iter().any(Vec::is_empty)).then_some(AssentSaid::Groups(groups));
        }
        // Less than one is reported by its shape.
        let needs = node.get("needs")?.integer().and_then(|n| u64::try_from(n).ok()).filter(|n| *n > 0)?;
        match (node.get("votes"), node.get("assembly")) {
            (Some(_), Some(house)) => {
                self.push(assent::votes_and_seats(&house.at));
                None
            }
            (Some(_), None) => {
                let mut votes = Vec::new();
                for entry in entries(node, "votes") {
                    let Some(actor) = self.find(Kind::Actor, &entry.key, &entry.key_at) else { continue };
                    let actor = ActorId::from(actor);
                    if !parties.contains(&actor) {
                        self.push(assent::no_party(&entry.key_at, &entry.key, act));
                    }
                    votes
                        .push((actor, entry.node.integer().and_then(|n| u64::try_from(n).ok()).unwrap_or(0)));
                }
                Some(AssentSaid::Votes(votes, needs))
            }
            (None, Some(house)) => {
                let house = self.named(Kind::Assembly, house)?;
                Some(AssentSaid::Assembly(AssemblyId::from(house), needs))
            }
            (None, None) => Some(AssentSaid::Needs(u32::try_from(needs).unwrap_or(u32::MAX))),
        }
    }

    fn party(&mut self, node: &Node, act: &str, parties: &[ActorId]) -> Option<ActorId> {
        let actor = ActorId::from(self.named(Kind::Actor, node)?);
        if parties.contains(&actor) {
            return Some(actor);
        }
        let id = self.names.actors.list[actor.index()].clone();
        let at = self.inner(node);
        self.push(assent::no_party(&at, &id, act));
        None
    }

    /// Reports what an act switches and not every group that begins it could.
    fn check_with(&mut self, made: &Made, acts: &[Act]) {
        let act = &made.act;
        if made.with.is_empty() {
            return;
        }
        if act.begins.groups.is_empty() {
            if act.begins.said == AssentSaid::Never {
                self.push(not_theirs::nobody_begins(&made.with_at, &act.id));
            }
            return;
        }
        for (place, on, at) in &made.with {
            let Some(thing) = self.thing(*place) else { continue };
            let name = self.names.options.list[*place].clone();
            let can = |group: &[ActorId]| match thing.of {
                Switch::Option => group.contains(&thing.owner),
                Switch::Act(_) => {
                    let Some(other) = acts.iter().find(|other| other.first == thing.first) else {
                        return true;
                    };
                    let needed = if *on { &other.begins.groups } else { &other.ends.groups };
                    needed.iter().any(|needed| needed.iter().all(|member| group.contains(member)))
                }
                Switch::Chance(_) => false,
            };
            if thing.first == act.first {
                self.push(not_theirs::itself(at, &act.id));
            } else if let Some(group) = act.begins.groups.iter().find(|group| !can(group)) {
                let names: Vec<String> = group
                    .iter()
                    .map(|member| format!("`{}`", self.names.actors.list[member.index()]))
                    .collect();
                let acts = matches!(thing.of, Switch::Act(_));
                let alone = if names.len() == 1 { " alone" } else { "" };
                let group = format!("{}{alone}", crate::check::words::and(&names));
                self.push(not_theirs::not_theirs(at, &act.id, &name, &group, acts));
            }
        }
    }
}
