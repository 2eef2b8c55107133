//! Deeds: what somebody can do about a game, as changes of the game; nobody's mind is changed by them.

use std::collections::BTreeMap;

use detente_model::{
    ActorId, DefinitionId, Direction, Expr, Form, Game, Lever, OptionForm, OptionId, Preference, Relation,
    Rule, RuleKind, Said, SaidKind, Statement, Switch, Weighed, WishLever,
};

use crate::Order;

/// One deed. A switch stands for its thing: with levels, for being above the level below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deed {
    /// An actor who does not mind is given a reason for a step that others want: to have the switch on (off), after
    /// everything else that it wants.
    Reason(ActorId, OptionId, bool),
    /// What is not there becomes available: an act is offered, an option is opened.
    Offer(OptionId),
    /// It is done today, and cannot be undone any more.
    Keep(OptionId),
    /// It is given up today (or made impossible): off, and never on again.
    GiveUp(OptionId),
    /// The saying at this place is counted on by all to whom it is said.
    Believe(usize),
    /// The date at this place is put off until after everything else.
    PutOff(usize),
    /// What waited for a condition does not wait for it any more: the condition on beginning (else on ending), by its
    /// place.
    NotWait(OptionId, bool, usize),
    /// The wish at this place no longer matters to the actor, who is compensated for it: only where the case has a lever
    /// on it.
    Compensate(ActorId, usize),
}

/// What the case says beside the game that deeds are found from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'c> {
    /// What was said.
    pub said: &'c [Said],
    /// Wishes that an incentive could change.
    pub levers: &'c [WishLever],
}

impl Deed {
    /// Every deed in `game`, in the order of the kinds, each kind in file order. In graph form there is none.
    ///
    /// # Definition
    /// - [`Deed::Reason`]: for a joint mover and a state that it can make of today, where no party prefers today, some
    ///   prefer the state, and the actor is a party that is indifferent.
    /// - [`Deed::Offer`]: options and acts that are there in some variants only.
    /// - [`Deed::Keep`]: every other option, and of acts those with a lever; each level of them.
    /// - [`Deed::GiveUp`]: every other option and act; each level of them.
    /// - [`Deed::Believe`]: every saying that is no demand, whose `then` says what exactly would be so, to actors without
    ///   a ranking.
    /// - [`Deed::PutOff`]: every date ahead.
    /// - [`Deed::NotWait`]: every condition that names a switch on which others decide.
    /// - [`Deed::Compensate`]: every wish with a lever.
    #[must_use]
    pub fn all(game: &Game, beside: Beside<'_>) -> Vec<Self> {
        let Some(form) = game.option_form() else { return vec![] };
        let mut all = reasons(game);
        let absent = |thing: OptionId| form.options.get(thing.index()).is_some_and(|o| !o.only_in.is_empty());
        let nobodys = |thing: OptionId| {
            form.options.get(thing.index()).is_none_or(|o| matches!(o.of, Switch::Chance(_)))
        };
        let things: Vec<OptionId> = game.things().filter(|thing| !nobodys(*thing)).collect();
        all.extend(things.iter().filter(|thing| absent(**thing)).map(|thing| Self::Offer(*thing)));
        let there = || things.iter().copied().filter(|thing| !absent(*thing));
        let bound =
            |thing: &OptionId| form.act_of(*thing).is_none() || form.options[thing.index()].lever.is_some();
        all.extend(there().filter(bound).flat_map(|thing| form.bits(thing)).map(Self::Keep));
        all.extend(there().flat_map(|thing| form.bits(thing)).map(Self::GiveUp));
        let counts = |said: &Said| {
            let ranks = |actor: &ActorId| {
                matches!(game.preferences.get(actor.index()), None | Some(Preference::Ranking(_)))
            };
            said.kind != SaidKind::Demand && said.settings(form).is_some() && !said.to.iter().any(ranks)
        };
        let sayings = beside.said.iter().enumerate().filter(|(_, said)| counts(said));
        all.extend(sayings.map(|(at, _)| Self::Believe(at)));
        let dates = game.deadlines.iter().enumerate().filter(|(_, date)| date.ahead);
        all.extend(dates.map(|(at, _)| Self::PutOff(at)));
        for thing in there() {
            let Some(option) = form.options.get(thing.index()) else { continue };
            for (begins, list) in [(true, &option.begins_if), (false, &option.ends_if)] {
                let waits = list.iter().enumerate().filter(|(_, one)| is_of_others(form, thing, &one.that));
                all.extend(waits.map(|(at, _)| Self::NotWait(thing, begins, at)));
            }
        }
        for lever in beside.levers {
            let place = match game.preferences.get(lever.actor.index()) {
                Some(Preference::Statements(list)) => wish(list, &lever.wish),
                Some(Preference::Weights(list)) => {
                    list.iter().position(|one| one.id.as_deref() == Some(lever.wish.as_str()))
                }
                Some(Preference::Ranking(_)) | None => None,
            };
            all.extend(place.map(|place| Self::Compensate(lever.actor, place)));
        }
        let mut known = std::collections::HashSet::new();
        all.retain(|deed| known.insert(*deed));
        all
    }

    /// What the case says that it costs: by the lever on it.
    #[must_use]
    pub fn lever(self, game: &Game, beside: Beside<'_>) -> Option<f64> {
        let of = |thing: OptionId| -> Option<Lever> { game.options().get(thing.index())?.lever };
        let lever = match self {
            Self::Offer(thing) | Self::Keep(thing) | Self::GiveUp(thing) | Self::Reason(_, thing, _) => {
                of(thing)
            }
            Self::NotWait(..) | Self::PutOff(_) => None,
            Self::Believe(at) => beside.said.get(at)?.lever,
            Self::Compensate(actor, place) => {
                let id = match game.preferences.get(actor.index())? {
                    Preference::Statements(list) => list.get(place)?.id.as_deref(),
                    Preference::Weights(list) => list.get(place)?.id.as_deref(),
                    Preference::Ranking(_) => None,
                }?;
                let found = beside.levers.iter().find(|lever| lever.actor == actor && lever.wish == id);
                found.map(|lever| lever.lever)
            }
        };
        lever.map(|lever| lever.cost)
    }

    /// The groups of actors that can do it, each sufficient. None: it is in nobody's hands here, or in those of whoever
    /// gives the reason or the compensation.
    #[must_use]
    pub fn doers(self, game: &Game, beside: Beside<'_>) -> Vec<Vec<ActorId>> {
        let Some(form) = game.option_form() else { return vec![] };
        let owner = |thing: OptionId| {
            let actor = form.options.get(thing.index()).map_or(ActorId::NOBODY, |option| option.actor);
            if actor == ActorId::NOBODY { vec![] } else { vec![vec![actor]] }
        };
        let on = |thing: OptionId| game.status_quo.as_ref().is_some_and(|state| state.is_on(thing));
        match self {
            Self::Reason(..) | Self::Compensate(..) | Self::PutOff(_) => vec![],
            Self::Believe(at) => beside.said.get(at).map(|said| vec![said.by]).into_iter().collect(),
            Self::GiveUp(thing) => match form.act_of(thing) {
                Some(act) if on(thing) => act.ends.groups.clone(),
                Some(act) => {
                    // Each without whom it cannot begin.
                    let needed = |who: &&ActorId| act.begins.groups.iter().all(|group| group.contains(who));
                    let alone: Vec<Vec<ActorId>> =
                        act.parties.iter().filter(needed).map(|who| vec![*who]).collect();
                    if alone.is_empty() { vec![act.parties.clone()] } else { alone }
                }
                None => owner(thing),
            },
            Self::Keep(thing) if on(thing) => match form.act_of(thing) {
                Some(act) => vec![act.parties.clone()],
                None => owner(thing),
            },
            Self::Offer(thing) | Self::Keep(thing) | Self::NotWait(thing, _, _) => match form.act_of(thing) {
                Some(act) => act.begins.groups.clone(),
                None => owner(thing),
            },
        }
    }
}

/// The place of the first statement of the wish with this id.
fn wish(list: &[Statement], id: &str) -> Option<usize> {
    let place = list.iter().position(|one| one.id.as_deref() == Some(id))?;
    Some(place.saturating_sub(list[place].levels.as_ref().map_or(0, |levels| levels.at as usize)))
}

/// Whether a formula names a switch, through definitions too, on which somebody else decides than on `thing`.
fn is_of_others(form: &OptionForm, thing: OptionId, that: &Expr) -> bool {
    let mut open = vec![that.clone()];
    let mut others = false;
    let own = |switch: OptionId| {
        let of = |at: OptionId| form.options.get(at.index()).map(|o| (o.actor, o.of));
        of(switch) == of(thing)
    };
    while let Some(next) = open.pop() {
        next.walk(&mut |node| match node {
            Expr::Option(switch) => others |= !own(*switch),
            Expr::Defined(name) => open.extend(form.definitions.get(name.index()).map(|d| d.that.clone())),
            _ => {}
        });
    }
    others
}

/// See [`Deed::all`].
fn reasons(game: &Game) -> Vec<Deed> {
    let (Some(form), Some(today)) = (game.option_form(), &game.status_quo) else { return vec![] };
    let mut all = Vec::new();
    for mover in game.movers() {
        let Some(joint) = mover.joint else { continue };
        let Some(act) = form.acts.get(joint.act.index()) else { continue };
        let Some(to) = form.joint_move(joint, today).filter(|to| form.broken_rule(to).is_none()) else {
            continue;
        };
        let order = |actor: &ActorId| Order::new(game, *actor).map(|order| order.compare(&to, today));
        let Some(relations) = mover.parties.iter().map(order).collect::<Option<Vec<Relation>>>() else {
            continue;
        };
        let no_one_objects = relations.iter().all(|relation| relation.is_better() || relation.is_equal());
        if !no_one_objects || !relations.iter().any(|relation| relation.is_better()) {
            continue;
        }
        // The switch that shows it: the highest that is on then, or the lowest that is off then.
        let bits = form.bits(act.first);
        let on = bits.iter().rev().find(|bit| to.is_on(**bit) && !today.is_on(**bit));
        let off = bits.iter().find(|bit| !to.is_on(**bit) && today.is_on(**bit));
        let Some((switch, is_on)) = on.map(|bit| (*bit, true)).or(off.map(|bit| (*bit, false))) else {
            continue;
        };
        for (who, relation) in mover.parties.iter().zip(&relations) {
            let ranks = matches!(game.preferences.get(who.index()), None | Some(Preference::Ranking(_)));
            if relation.is_equal() && !ranks {
                all.push(Deed::Reason(*who, switch, is_on));
            }
        }
    }
    all
}

/// `game` after `deeds`, in which what is switched today is switched where things stand; `None`: they cannot be done
/// together, or not today.
///
/// # Definition
/// First what becomes available, then all that is switched: what is kept is on (with what the act brings along), what is
/// given up off, with the levels that go with it. A thing that changes by this must be free to go in that direction, and
/// its conditions hold where things then stand. The rules, old and new, must allow where things then stand; without a
/// status quo nothing is asked. Preferences: compensated wishes fall, reasons come last (of weighed wishes: with less weight than
/// any difference), then each actor to whom something is said ranks every state where the condition holds as the one in
/// which it has been carried out, where that is possible: of several sayings the last is carried out first.
#[must_use]
pub fn after(game: &Game, said: &[Said], deeds: &[Deed]) -> Option<Game> {
    let mut next = game.clone();
    let Form::Options(form) = &mut next.form else { return None };
    for deed in deeds {
        if let Deed::Offer(thing) = deed {
            let bits = form.bits(*thing);
            form.rules
                .retain(|rule| !matches!(rule.kind, RuleKind::Unavailable(option) if bits.contains(&option)));
        }
    }
    let mut waits: Vec<(OptionId, bool, usize)> = Vec::new();
    for deed in deeds {
        if let Deed::NotWait(thing, begins, at) = *deed {
            waits.push((thing, begins, at));
        }
    }
    // From the last, so that places stay what they are.
    waits.sort_unstable_by_key(|wait| std::cmp::Reverse(wait.2));
    for (thing, begins, at) in waits {
        for bit in form.bits(thing) {
            let option = form.options.get_mut(bit.index())?;
            let list = if begins { &mut option.begins_if } else { &mut option.ends_if };
            if at < list.len() {
                list.remove(at);
            }
        }
    }
    let mut set: BTreeMap<OptionId, bool> = BTreeMap::new();
    for deed in deeds {
        let (bit, on) = match deed {
            Deed::Keep(bit) => (*bit, true),
            Deed::GiveUp(bit) => (*bit, false),
            _ => continue,
        };
        let today = next.status_quo.as_ref().is_some_and(|state| state.is_on(bit));
        let along = form.act_of(bit).filter(|_| on && !today).map_or(&[][..], |act| &act.with);
        let chain = form.bits(bit).into_iter().filter(|other| if on { *other <= bit } else { *other >= bit });
        for (switch, value) in chain.map(|other| (other, on)).chain(along.iter().copied()) {
            if set.insert(switch, value).is_some_and(|before| before != value) {
                return None;
            }
        }
        let kind = if on { RuleKind::Always(Expr::Option(bit)) } else { RuleKind::Unavailable(bit) };
        form.rules.push(Rule { id: None, kind, grounds: Default::default(), confidence: None });
    }
    if let Some(today) = next.status_quo.take() {
        let then = today.with(&set.into_iter().collect::<Vec<_>>());
        let changed = |bit: &usize| today.is_on(OptionId::from(*bit)) != then.is_on(OptionId::from(*bit));
        let defined = form.defined(&then);
        for bit in (0..form.options.len()).filter(changed) {
            let (option, on) = (&form.options[bit], then.is_on(OptionId::from(bit)));
            let (barred, list) = match on {
                true => (Direction::OffOnly, &option.begins_if),
                false => (Direction::OnOnly, &option.ends_if),
            };
            let truth = |name: DefinitionId| defined.get(name.index()).copied().unwrap_or(false);
            if option.direction == barred || !list.iter().all(|one| one.that.eval(&|o| then.is_on(o), &truth))
            {
                return None;
            }
        }
        if form.broken_rule(&then).is_some() {
            return None;
        }
        next.status_quo = Some(then);
    }
    let mut put_off: Vec<usize> =
        deeds.iter().filter_map(|deed| if let Deed::PutOff(at) = deed { Some(*at) } else { None }).collect();
    put_off.sort_unstable();
    for at in put_off.into_iter().rev().filter(|at| *at < game.deadlines.len()) {
        next.deadlines.remove(at);
    }
    compensate(&mut next, deeds)?;
    give_reasons(&mut next, deeds)?;
    let mut believed: Vec<usize> =
        deeds.iter().filter_map(|deed| if let Deed::Believe(at) = deed { Some(*at) } else { None }).collect();
    believed.sort_unstable();
    for at in believed {
        count_on(&mut next, said.get(at)?)?;
    }
    Some(next)
}

/// Takes away the wishes that somebody is compensated for; `None`: an actor is left without any.
fn compensate(game: &mut Game, deeds: &[Deed]) -> Option<()> {
    let mut wishes: Vec<(ActorId, usize)> = deeds
        .iter()
        .filter_map(
            |deed| if let Deed::Compensate(actor, place) = deed { Some((*actor, *place)) } else { None },
        )
        .collect();
    wishes.sort_unstable();
    for (actor, place) in wishes.into_iter().rev() {
        match game.preferences.get_mut(actor.index())? {
            Preference::Statements(list) => {
                let count = list.get(place)?.levels.as_ref().map_or(1, |levels| levels.count as usize);
                list.drain(place..place.saturating_add(count).min(list.len()));
                (!list.is_empty()).then_some(())?;
            }
            Preference::Weights(list) if place < list.len() => {
                list.remove(place);
                (!list.is_empty()).then_some(())?;
            }
            _ => return None,
        }
    }
    Some(())
}

/// `None`: a weight is beyond what can be added up.
fn give_reasons(game: &mut Game, deeds: &[Deed]) -> Option<()> {
    for deed in deeds {
        let Deed::Reason(actor, switch, on) = *deed else { continue };
        let that = if on { Expr::Option(switch) } else { Expr::Option(switch).negate() };
        match game.preferences.get_mut(actor.index())? {
            Preference::Statements(list) => list.push(Statement { that, ..Statement::default() }),
            Preference::Weights(list) => {
                let mut sum = 1_i64;
                for one in list.iter_mut() {
                    one.weight = one.weight.checked_mul(2)?;
                    sum = sum.checked_add(one.weight.checked_abs()?)?;
                }
                list.push(Weighed {
                    id: None,
                    that,
                    weight: 1,
                    grounds: Default::default(),
                    confidence: None,
                });
            }
            Preference::Ranking(_) => return None,
        }
    }
    Some(())
}

/// Has all to whom it is said count on it.
fn count_on(game: &mut Game, said: &Said) -> Option<()> {
    let Form::Options(form) = &mut game.form else { return None };
    let settings: BTreeMap<OptionId, bool> = {
        // What stands later in a conjunction that contradicts itself decides, as where a state is set by a list.
        said.settings(form)?.into_iter().collect()
    };
    // Each name once more, with what it means when the saying has been carried out.
    let count = form.definitions.len();
    for at in 0..count {
        let mut definition = form.definitions[at].clone();
        definition.that = carried_out(&definition.that, &settings, count);
        definition.otherwise = None;
        definition.id += "'";
        form.definitions.push(definition);
    }
    let mut parts = vec![said.when.clone().unwrap_or(Expr::Const(true))];
    parts.push(carried_out(&said.then, &settings, count));
    parts.extend(form.rules.iter().map(|rule| carried_out(&rule.formula(), &settings, count)));
    let counts = Expr::And(parts);
    // A name for it: preferences would repeat it in every wish.
    form.definitions.push(detente_model::Definition {
        id: "'".to_owned(),
        that: counts,
        ..Default::default()
    });
    let counts = Expr::Defined(DefinitionId::from(form.definitions.len() - 1));
    let judged = |that: &Expr| {
        let then = carried_out(that, &settings, count);
        let as_it_is = Expr::And(vec![counts.clone().negate(), that.clone()]);
        Expr::Or(vec![Expr::And(vec![counts.clone(), then]), as_it_is])
    };
    for actor in &said.to {
        match game.preferences.get_mut(actor.index())? {
            Preference::Statements(list) => list.iter_mut().for_each(|one| one.that = judged(&one.that)),
            Preference::Weights(list) => list.iter_mut().for_each(|one| one.that = judged(&one.that)),
            Preference::Ranking(_) => return None,
        }
    }
    Some(())
}

/// A formula as it is where these switches are set so; definitions are those `count` places further.
fn carried_out(that: &Expr, settings: &BTreeMap<OptionId, bool>, count: usize) -> Expr {
    let again = |part: &Expr| carried_out(part, settings, count);
    let all = |parts: &[Expr]| parts.iter().map(again).collect();
    match that {
        Expr::Const(value) => Expr::Const(*value),
        Expr::Option(switch) => match settings.get(switch) {
            Some(value) => Expr::Const(*value),
            None => Expr::Option(*switch),
        },
        Expr::Defined(name) => Expr::Defined(DefinitionId::from(name.index() + count)),
        Expr::Not(inner) => again(inner).negate(),
        Expr::And(parts) => Expr::And(all(parts)),
        Expr::Or(parts) => Expr::Or(all(parts)),
        Expr::Implies(a, b) => Expr::Implies(Box::new(again(a)), Box::new(again(b))),
        Expr::Iff(a, b) => Expr::Iff(Box::new(again(a)), Box::new(again(b))),
        Expr::AtMostOne(parts) => Expr::AtMostOne(all(parts)),
        Expr::AtLeast(parts, needs) => {
            Expr::AtLeast(parts.iter().map(|(weight, part)| (*weight, again(part))).collect(), *needs)
        }
        Expr::Written(_, inner) => again(inner),
    }
}
