//! Sets of deeds, against all of them tried by hand: what each makes of a game is typed in once more, every game is solved
//! by the literal reference, and whoever counts on a saying gets an order of the states instead of wishes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;

use common::written;
use detente_engine::price::{Aim, Beside, Deed, DeedSettings, after_deeds, deeds};
use detente_engine::testing::{Shape, game, said};
use detente_engine::{Engine, Order, Quiet, Settings, Stop, solve};
use detente_model::{
    ActorId, Concept, Direction, Expr, Form, Game, Lever, OptionForm, OptionId, OutcomeStates, Preference,
    RankEntry, Ranking, Rule, RuleKind, Said, SaidKind, State, Statement, Switch, Weighed, WishLever,
};

/// Everything that the rules allow.
fn feasible(form: &OptionForm) -> Vec<State> {
    let all = (0..1_u64 << form.options.len()).map(State::from_number);
    all.filter(|state| form.broken_rule(state).is_none()).collect()
}

fn holds(form: &OptionForm, that: &Expr, state: &State) -> bool {
    let defined = form.defined(state);
    that.eval(&|o| state.is_on(o), &|d| defined[d.index()])
}

fn form(game: &Game) -> &OptionForm {
    game.option_form().unwrap()
}

/// The switches of the thing that `bit` belongs to.
fn thing(form: &OptionForm, bit: OptionId) -> Vec<OptionId> {
    match form.options[bit.index()].scale {
        None => vec![bit],
        Some((scale, _)) => {
            let same = |at: &usize| form.options[*at].scale.is_some_and(|(other, _)| other == scale);
            (0..form.options.len()).filter(same).map(OptionId::from).collect()
        }
    }
}

/// Every deed, read off the definitions.
fn every(game: &Game, spoken: &[Said], levers: &[WishLever]) -> BTreeSet<Deed> {
    let form = form(game);
    let mut all = BTreeSet::new();
    let ranks = |actor: ActorId| matches!(game.preferences[actor.index()], Preference::Ranking(_));
    for (at, option) in form.options.iter().enumerate() {
        let bit = OptionId::from(at);
        let first = thing(form, bit)[0];
        match option.of {
            Switch::Chance(_) => continue,
            _ if !option.only_in.is_empty() => {
                all.insert(Deed::Offer(first));
                continue;
            }
            Switch::Option => {
                all.insert(Deed::Keep(bit));
            }
            Switch::Act(_) => {
                if form.options[first.index()].lever.is_some() {
                    all.insert(Deed::Keep(bit));
                }
            }
        }
        all.insert(Deed::GiveUp(bit));
        if bit != first {
            continue;
        }
        for (begins, list) in [(true, &option.begins_if), (false, &option.ends_if)] {
            for (place, condition) in list.iter().enumerate() {
                // Whatever the condition depends on, as written.
                let mut named = BTreeSet::new();
                let mut open = vec![condition.that.clone()];
                while let Some(next) = open.pop() {
                    next.walk(&mut |node| match node {
                        Expr::Option(switch) => drop(named.insert(*switch)),
                        Expr::Defined(name) => open.push(form.definitions[name.index()].that.clone()),
                        _ => {}
                    });
                }
                let others = named.iter().any(|switch| match (option.of, form.options[switch.index()].of) {
                    (Switch::Option, Switch::Option) => form.options[switch.index()].actor != option.actor,
                    (one, other) => one != other,
                });
                if others {
                    all.insert(Deed::NotWait(bit, begins, place));
                }
            }
        }
    }
    for (at, one) in spoken.iter().enumerate() {
        if one.kind != SaidKind::Demand && one.settings(form).is_some() && !one.to.iter().any(|to| ranks(*to))
        {
            all.insert(Deed::Believe(at));
        }
    }
    all.extend((0..game.deadlines.len()).filter(|at| game.deadlines[*at].ahead).map(Deed::PutOff));
    for lever in levers {
        if let Preference::Statements(list) = &game.preferences[lever.actor.index()] {
            let place = list.iter().position(|one| one.id.as_ref() == Some(&lever.wish));
            all.extend(place.map(|place| Deed::Compensate(lever.actor, place)));
        }
    }
    let today = game.status_quo.as_ref().unwrap();
    for mover in game.movers().iter().filter(|mover| mover.joint.is_some()) {
        let moves = game.moves_of(mover, today, &mut |to| form.broken_rule(to).is_none(), 1 << 16).unwrap();
        for to in moves {
            let level = |who: &ActorId| {
                let order = Order::new(game, *who).unwrap();
                order.level(&to).cmp(&order.level(today))
            };
            let levels: Vec<_> = mover.parties.iter().map(level).collect();
            if levels.iter().any(|l| l.is_lt()) || !levels.iter().any(|l| l.is_gt()) {
                continue;
            }
            let act = &form.acts[mover.joint.unwrap().act.index()];
            let bits = thing(form, act.first);
            let changed: Vec<_> = bits.iter().filter(|bit| to.is_on(**bit) != today.is_on(**bit)).collect();
            let on = to.is_on(*changed[0]);
            let shows = if on { *changed[changed.len() - 1] } else { *changed[0] };
            for (who, _) in mover.parties.iter().zip(&levels).filter(|(_, level)| level.is_eq()) {
                if !ranks(*who) {
                    all.insert(Deed::Reason(*who, shows, on));
                }
            }
        }
    }
    all
}

/// What deeds make of a game, in another order than the engine and by other means; `None`: they cannot be done.
fn made(game: &Game, spoken: &[Said], set: &[Deed]) -> Option<Game> {
    let mut next = game.clone();
    let old = form(game);
    for deed in set {
        if let Deed::Compensate(actor, place) = deed {
            let Preference::Statements(list) = &mut next.preferences[actor.index()] else { panic!() };
            let gone = list[*place].id.clone();
            list.retain(|one| one.id != gone);
            if list.is_empty() {
                return None;
            }
        }
    }
    for deed in set {
        if let Deed::Reason(actor, switch, on) = deed {
            let option = Expr::Option(*switch);
            let that = if *on { option } else { option.negate() };
            match &mut next.preferences[actor.index()] {
                Preference::Statements(list) => list.push(Statement { that, ..Statement::default() }),
                Preference::Weights(list) => {
                    list.iter_mut().for_each(|one| one.weight *= 1000);
                    list.push(Weighed {
                        id: None,
                        that,
                        weight: 1,
                        grounds: Default::default(),
                        confidence: None,
                    });
                }
                Preference::Ranking(_) => panic!(),
            }
        }
    }
    let today = game.status_quo.clone().unwrap();
    let mut then = today.clone();
    let (mut on, mut off) = (BTreeSet::new(), BTreeSet::new());
    for deed in set {
        match *deed {
            Deed::Keep(bit) => {
                on.extend(thing(old, bit).into_iter().filter(|other| other.0 <= bit.0));
                if let (Switch::Act(act), false) = (old.options[bit.index()].of, today.is_on(bit)) {
                    for &(switch, value) in &old.acts[act.index()].with {
                        if value { &mut on } else { &mut off }.insert(switch);
                    }
                }
            }
            Deed::GiveUp(bit) => off.extend(thing(old, bit).into_iter().filter(|other| other.0 >= bit.0)),
            _ => {}
        }
    }
    if on.intersection(&off).next().is_some() {
        return None;
    }
    on.iter().for_each(|bit| then.set(*bit, true));
    off.iter().for_each(|bit| then.set(*bit, false));
    let Form::Options(form) = &mut next.form else { panic!() };
    for (at, option) in old.options.iter().enumerate() {
        let bit = OptionId::from(at);
        let (barred, list, begins) = match (today.is_on(bit), then.is_on(bit)) {
            (false, true) => (Direction::OffOnly, &option.begins_if, true),
            (true, false) => (Direction::OnOnly, &option.ends_if, false),
            _ => continue,
        };
        let waits = |place: usize| !set.contains(&Deed::NotWait(thing(old, bit)[0], begins, place));
        let met =
            |(place, one): (usize, &detente_model::Condition)| !waits(place) || holds(old, &one.that, &then);
        if option.direction == barred || !list.iter().enumerate().all(met) {
            return None;
        }
    }
    for at in 0..form.options.len() {
        let first = thing(old, OptionId::from(at))[0];
        let option = &mut form.options[at];
        for (begins, list) in [(true, &mut option.begins_if), (false, &mut option.ends_if)] {
            let mut place = 0;
            list.retain(|_| {
                place += 1;
                !set.contains(&Deed::NotWait(first, begins, place - 1))
            });
        }
    }
    let free = |rule: &Rule| match rule.kind {
        RuleKind::Unavailable(bit) => !set.contains(&Deed::Offer(thing(old, bit)[0])),
        _ => true,
    };
    form.rules.retain(free);
    for deed in set {
        let never = match deed {
            Deed::Keep(bit) => Expr::Option(*bit).negate(),
            Deed::GiveUp(bit) => Expr::Option(*bit),
            _ => continue,
        };
        let kind = RuleKind::Never(never);
        form.rules.push(Rule { id: None, kind, grounds: Default::default(), confidence: None });
    }
    if form.broken_rule(&then).is_some() {
        return None;
    }
    let states = feasible(form);
    next.status_quo = Some(then);
    let mut place = 0;
    next.deadlines.retain(|_| {
        place += 1;
        !set.contains(&Deed::PutOff(place - 1))
    });
    // Whoever counts on something said ranks the states, each judged as what it leads to.
    let form = next.option_form().unwrap().clone();
    let carried = |one: &Said, state: &State| {
        let settings = one.settings(&form).unwrap();
        let after = state.with(&settings);
        let when = one.when.as_ref().is_none_or(|when| holds(&form, when, state));
        if when && states.contains(&after) && holds(&form, &one.then, &after) { after } else { state.clone() }
    };
    let believed =
        || spoken.iter().enumerate().filter(|(at, _)| set.contains(&Deed::Believe(*at))).map(|(_, one)| one);
    let ranked: Vec<(ActorId, Preference)> = next
        .actor_ids()
        .filter(|actor| believed().any(|one| one.to.contains(actor)))
        .map(|actor| {
            let order = Order::new(&next, actor).unwrap();
            let judged = |state: &State| {
                let sayings: Vec<&Said> = believed().filter(|one| one.to.contains(&actor)).collect();
                sayings.into_iter().rev().fold(state.clone(), |state, one| carried(one, &state))
            };
            let mut sorted: Vec<_> =
                states.iter().map(|state| (order.level(&judged(state)), state.clone())).collect();
            sorted.sort_by(|a, b| b.0.cmp(&a.0));
            let groups = sorted
                .chunk_by(|a, b| a.0 == b.0)
                .map(|group| group.iter().map(|(_, state)| RankEntry::State(state.clone())).collect());
            (
                actor,
                Preference::Ranking(Ranking {
                    groups: groups.collect(),
                    rest_last: false,
                    grounds: Default::default(),
                }),
            )
        })
        .collect();
    for (actor, ranking) in ranked {
        next.preferences[actor.index()] = ranking;
    }
    Some(next)
}

fn meets(game: &Game, aim: Aim, concept: Concept, outcome: &OutcomeStates) -> bool {
    let settings =
        Settings { engine: Engine::Reference, concepts: vec![concept], threads: 1, ..Settings::default() };
    solve(game, &settings, &Quiet)
        .is_ok_and(|solution| aim.is_met(&*solution.verdicts, concept, outcome).unwrap())
}

/// A random game with levers, and things that are there in a variant only.
fn drawn(seed: u64, shape: &Shape) -> (Game, Vec<Said>, Vec<WishLever>) {
    let mut game = game(seed, shape);
    let mut levers = Vec::new();
    for (actor, preference) in game.preferences.iter_mut().enumerate() {
        let Preference::Statements(list) = preference else { continue };
        list.iter_mut().enumerate().for_each(|(at, one)| one.id = Some(format!("w{at}")));
        if !list.is_empty() && (seed + actor as u64).is_multiple_of(3) {
            let wish = format!("w{}", seed as usize % list.len());
            let (lever, grounds) = (Lever { cost: 2.0 }, Default::default());
            levers.push(WishLever { actor: ActorId::from(actor), wish, lever, grounds });
        }
    }
    let count = game.options().len();
    let bits = thing(form(&game), OptionId::from(seed as usize % count));
    let today = game.status_quo.clone().unwrap();
    let Form::Options(form) = &mut game.form else { panic!() };
    let chance = matches!(form.options[bits[0].index()].of, Switch::Chance(_));
    for bit in &bits {
        if seed.is_multiple_of(2) {
            form.options[bit.index()].lever = Some(Lever { cost: 0.5 });
        }
        if seed.is_multiple_of(5) && !chance && !bits.iter().any(|bit| today.is_on(*bit)) {
            form.options[bit.index()].only_in = vec!["v".to_owned()];
            let kind = RuleKind::Unavailable(*bit);
            form.rules.push(Rule { id: None, kind, grounds: Default::default(), confidence: None });
        }
    }
    let spoken = said(seed, &game);
    (game, spoken, levers)
}

#[test]
fn the_sets_of_deeds_are_those_of_the_definitions() {
    let shapes = [
        Shape { graph: 0.0, options: (1, 3), actors: (2, 3), ..Shape::default() },
        Shape { options: (1, 3), actors: (2, 3), ..Shape::several() },
        // Actors of few wishes, to whom much is the same.
        Shape { options: (1, 2), actors: (2, 3), statements: 1, ..Shape::several() },
    ];
    let (mut games, mut pairs, mut tried) = (0, 0, 0);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for seed in 0..1_000_u64 {
        let (game, spoken, levers) = drawn(seed, &shapes[seed as usize % 3]);
        let beside = Beside { said: &spoken, levers: &levers };
        let all: Vec<Deed> = every(&game, &spoken, &levers).into_iter().collect();
        let listed: BTreeSet<Deed> = Deed::all(&game, beside).into_iter().collect();
        assert_eq!(listed, all.iter().copied().collect(), "seed {seed}");
        let aim = Aim::ALL[seed as usize / 5 % 3].0;
        let concept = Concept::DEFAULT[seed as usize % 5];
        let last = Expr::Option(OptionId::from(game.options().len() - 1));
        let other = Expr::Option(OptionId::from(seed as usize % game.options().len()));
        let outcome = OutcomeStates::Formula(match seed / 2 % 3 {
            0 => Expr::And(vec![other, last.negate()]),
            1 => other,
            _ => Expr::Or(vec![other, last]),
        });
        let most = if seed % 8 == 0 && all.len() <= 12 { 2 } else { 1 };
        let settings = DeedSettings {
            settings: Settings { threads: 1, ..Settings::default() },
            concept,
            aim,
            most,
            games: 100_000,
        };
        let found = deeds(&game, beside, &outcome, &settings, &Quiet).unwrap();
        assert!(found.limits.is_empty() && found.upto == most, "seed {seed}");
        let mut expected: BTreeSet<BTreeSet<Deed>> = BTreeSet::new();
        if !meets(&game, aim, concept, &outcome) {
            let mut sets: Vec<Vec<Deed>> = all.iter().map(|deed| vec![*deed]).collect();
            if most == 2 {
                sets.extend(
                    all.iter()
                        .enumerate()
                        .flat_map(|(at, one)| all[at + 1..].iter().map(|two| vec![*one, *two])),
                );
            }
            for set in sets {
                let all: BTreeSet<Deed> = set.iter().copied().collect();
                if expected.iter().any(|part| part.is_subset(&all)) {
                    continue;
                }
                tried += 1;
                if made(&game, &spoken, &set).is_some_and(|game| meets(&game, aim, concept, &outcome)) {
                    expected.insert(all);
                }
            }
        }
        let sets: BTreeSet<BTreeSet<Deed>> =
            found.sets.iter().map(|set| set.deeds.iter().copied().collect()).collect();
        assert_eq!(sets, expected, "seed {seed}: {aim:?} {concept:?}");
        for set in &found.sets {
            let cost: f64 = set.deeds.iter().map(|deed| deed.lever(&game, beside).unwrap_or(1.0)).sum();
            assert!((set.cost - cost).abs() < 1e-9);
            pairs += usize::from(set.deeds.len() == 2);
            seen.extend(set.deeds.iter().map(|deed| match deed {
                Deed::Reason(..) => "reason",
                Deed::Offer(_) => "offer",
                Deed::Keep(_) => "keep",
                Deed::GiveUp(_) => "give up",
                Deed::Believe(_) => "believe",
                Deed::PutOff(_) => "put off",
                Deed::NotWait(..) => "not wait",
                Deed::Compensate(..) => "compensate",
            }));
        }
        games += usize::from(!found.sets.is_empty());
    }
    // Each kind of deed did it somewhere.
    assert_eq!(seen.len(), 8, "{seen:?}");
    assert!(games > 200 && pairs > 5 && tried > 5_000, "{games} games, {pairs} pairs, {tried} sets");
}

/// Two that would both sign, but for one who does not mind: a reason for it comes first, by whatever else it could be
/// brought about.
#[test]
fn a_reason_for_who_does_not_mind_comes_first() {
    let conflict = written(
        "format = 1\n[case]\ntitle = \"Reason\"\n\
         [actor.a]\noption.x.text = \"X\"\nprefers = [{ that = \"act.deal\" }]\n\
         [actor.b]\noption.y.text = \"Y\"\nprefers = [{ that = \"not b.y\" }]\n\
         [act.deal]\ntext = \"Deal\"\nparties = [\"a\", \"b\"]\nlever = { cost = 0.5 }\n\
         [status_quo]\non = []\n",
    );
    let deal = conflict.game.option("act.deal").unwrap();
    let outcome = OutcomeStates::Formula(Expr::Option(deal));
    let settings = DeedSettings {
        settings: Settings::default(),
        concept: Concept::Nash,
        aim: Aim::Certain,
        most: 2,
        games: 1_000,
    };
    let found = deeds(&conflict.game, Beside::default(), &outcome, &settings, &Quiet).unwrap();
    let sets: Vec<&[Deed]> = found.sets.iter().map(|set| set.deeds.as_slice()).collect();
    assert_eq!(sets[0], [Deed::Reason(ActorId(1), deal, true)], "{sets:?}");
    assert!(sets[1..].contains(&&[Deed::Keep(deal)][..]), "{sets:?}");
    // A bound is part of the answer.
    let few = DeedSettings { games: 2, ..settings };
    let found = deeds(&conflict.game, Beside::default(), &outcome, &few, &Quiet).unwrap();
    assert_eq!((found.upto, found.games, found.limits.len()), (0, 2, 1));
    assert_eq!(found.limits[0].stop, Stop::Work);
    assert!(after_deeds(&conflict.game, &[], &[Deed::Keep(deal), Deed::GiveUp(deal)]).is_none());
}
