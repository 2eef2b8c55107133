//! Random conflicts that use every part of the format.
#![allow(dead_code)]

pub(crate) mod language;

use detente_model::*;

/// SplitMix64: small, and the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn maybe<T>(&mut self, percent: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.chance(percent).then(|| make(self))
    }

    fn line(&mut self) -> String {
        const WORDS: [&str; 8] = ["a", "Ö \"q\"", "back\\slash", "", "'", "#x", "зима", "☃ = [1]"];
        (0..self.below(4)).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }

    fn prose(&mut self) -> String {
        let line = self.line();
        if self.chance(30) { format!("{line}\n\t{}", self.line()) } else { line }
    }

    fn date(&mut self) -> String {
        ["2023", "1999-12", "2024-02-29"][self.below(3)].to_owned()
    }

    fn some<T: Clone>(&mut self, all: &[T], percent: usize) -> Vec<T> {
        all.iter().filter(|_| self.chance(percent)).cloned().collect()
    }

    fn grounds(&mut self, claims: usize) -> Grounds {
        let all: Vec<ClaimId> = (0..claims).map(ClaimId::from).collect();
        Grounds {
            claims: self.some(&all, 20),
            assumption: self.chance(20),
            says: self.maybe(20, Self::line),
            says_not: self.maybe(10, Self::line),
            note: self.maybe(20, Self::prose),
        }
    }

    fn share(&mut self) -> Option<f64> {
        self.maybe(20, |r| [0.0, 1.0, 0.25, 1e-9][r.below(4)])
    }

    /// A formula over `options` options and `definitions` definitions, without a part of `and`
    /// or `or` of the same kind: as formulas are read.
    fn formula(&mut self, options: usize, definitions: usize, depth: usize) -> Expr {
        let leaf = depth == 0 || self.chance(30);
        match if leaf { self.below(3) } else { 3 + self.below(5) } {
            0 => Expr::Const(self.chance(50)),
            1 if definitions > 0 => Expr::Defined(DefinitionId::from(self.below(definitions))),
            1 | 2 => Expr::Option(OptionId::from(self.below(options))),
            3 => Expr::Not(Box::new(self.formula(options, definitions, depth - 1))),
            4 => Expr::And(self.parts(options, definitions, depth, |e| matches!(e, Expr::And(_)))),
            5 => Expr::Or(self.parts(options, definitions, depth, |e| matches!(e, Expr::Or(_)))),
            6 => Expr::Implies(
                Box::new(self.formula(options, definitions, depth - 1)),
                Box::new(self.formula(options, definitions, depth - 1)),
            ),
            _ => Expr::Iff(
                Box::new(self.formula(options, definitions, depth - 1)),
                Box::new(self.formula(options, definitions, depth - 1)),
            ),
        }
    }

    fn parts(
        &mut self,
        options: usize,
        definitions: usize,
        depth: usize,
        same: fn(&Expr) -> bool,
    ) -> Vec<Expr> {
        (0..2 + self.below(2))
            .map(|_| {
                let part = self.formula(options, definitions, depth - 1);
                if same(&part) { part.negate() } else { part }
            })
            .collect()
    }
}

/// A random conflict: option form or graph form, every part now and then.
pub(crate) fn conflict(seed: u64) -> Conflict {
    let mut r = Random(seed);
    let r = &mut r;
    let sources: Vec<Source> = (0..1 + r.below(2))
        .map(|i| Source {
            id: format!("s{i}"),
            title: r.line(),
            author: r.maybe(50, Random::line),
            publisher: r.maybe(30, Random::line),
            date: r.maybe(50, Random::date),
            url: r.maybe(30, Random::line),
            text: r.maybe(30, |_| "a/b.txt".to_owned()),
            confidence: r.share(),
            note: r.maybe(30, Random::prose),
            ..Source::default()
        })
        .collect();
    let claims: Vec<Claim> = (0..r.below(4))
        .map(|i| Claim {
            id: format!("c{i}"),
            source: SourceId::from(r.below(sources.len())),
            at: r.maybe(50, |_| "s2-3".to_owned()),
            says: r.prose(),
            speaker: r.maybe(50, |_| "X".to_owned()),
            reported_by: r.maybe(30, Random::line),
            kind: r.maybe(70, |r| ClaimKind::ALL[r.below(6)].0),
            quote: r.maybe(20, Random::prose),
            confidence: r.share(),
            note: r.maybe(30, Random::prose),
            ..Claim::default()
        })
        .collect();
    let n = claims.len();
    let actors: Vec<Actor> = (0..2 + r.below(2))
        .map(|i| Actor { id: format!("a{i}"), name: r.line(), note: r.maybe(20, Random::prose) })
        .collect();
    let actor_ids: Vec<ActorId> = (0..actors.len()).map(ActorId::from).collect();
    let graph = r.chance(25);
    let mut options = 0;
    let mut definitions = 0;
    let form = if graph {
        let states = 2 + r.below(4);
        let mut arcs = Vec::new();
        for actor in &actor_ids {
            for from in 0..states as u32 {
                for to in (0..states as u32).filter(|to| *to != from) {
                    if r.chance(30) {
                        arcs.push(Arc { actor: *actor, from, to });
                    }
                }
            }
        }
        arcs.sort_unstable();
        let ids: Vec<String> = (0..states).map(|i| format!("st{i}")).collect();
        let names = ids.iter().map(|id| if r.chance(50) { id.clone() } else { r.line() }).collect();
        Form::Graph(GraphForm { states: ids, names, arcs, ..GraphForm::default() })
    } else {
        let mut form = OptionForm::default();
        for actor in &actor_ids {
            for i in 0..1 + r.below(3) {
                form.options.push(Opt {
                    id: format!("o{i}"),
                    actor: *actor,
                    text: r.line(),
                    direction: [Direction::Both, Direction::OnOnly, Direction::OffOnly][r.below(3)],
                    grounds: r.grounds(n),
                    confidence: r.share(),
                    ..Opt::default()
                });
            }
        }
        options = form.options.len();
        for i in 0..r.below(4) {
            let that = r.formula(options, i, 3);
            form.definitions.push(Definition {
                id: format!("d{i}"),
                that,
                grounds: r.grounds(n),
                ..Definition::default()
            });
        }
        definitions = form.definitions.len();
        form.rules = (0..r.below(4)).map(|i| rule(r, options, definitions, n, &format!("r{i}"))).collect();
        for actor in &actor_ids {
            if r.chance(20) {
                form.cannot.push(cannot(r, *actor, options, definitions, n));
            }
        }
        Form::Options(form)
    };
    let states = if let Form::Graph(form) = &form { form.states.len() } else { 0 };
    let any_state = |r: &mut Random| {
        if graph {
            State::from_number(1 + r.below(states) as u64)
        } else {
            State::from_number(r.below(1 << options) as u64)
        }
    };
    let outcome_states = |r: &mut Random| {
        if graph {
            let all: Vec<State> = (1..=states as u64).map(State::from_number).collect();
            OutcomeStates::Listed(r.some(&all, 50))
        } else {
            OutcomeStates::Formula(r.formula(options, definitions, 3))
        }
    };
    let preferences: Vec<Preference> = actors
        .iter()
        .map(|_| match if graph { 2 } else { r.below(3) } {
            0 => {
                let mut list: Vec<Statement> = (0..r.below(4))
                    .map(|i| statement(r, options, definitions, n, &format!("p{i}")))
                    .collect();
                list.sort_by_key(|s| !s.strong);
                Preference::Statements(list)
            }
            1 => Preference::Weights(
                (0..1 + r.below(3)).map(|i| weighed(r, options, definitions, n, &format!("p{i}"))).collect(),
            ),
            _ => Preference::Ranking(Ranking {
                groups: (0..1 + r.below(3))
                    .map(|_| {
                        (0..1 + r.below(3))
                            .map(|_| match if graph { 0 } else { r.below(3) } {
                                0 => RankEntry::State(any_state(r)),
                                1 => RankEntry::Pattern(Pattern {
                                    cells: (0..options)
                                        .map(|_| [None, Some(true), Some(false)][r.below(3)])
                                        .collect(),
                                }),
                                _ => RankEntry::Formula(r.formula(options, definitions, 2)),
                            })
                            .collect()
                    })
                    .collect(),
                rest_last: r.chance(90),
                grounds: if r.chance(50) { Grounds::default() } else { r.grounds(n) },
            }),
        })
        .collect();
    let game = Game { actors, form, preferences, status_quo: None, ..Game::default() };
    let outcomes: Vec<Outcome> = (0..r.below(3))
        .map(|i| Outcome { id: format!("out{i}"), name: r.line(), states: outcome_states(r) })
        .collect();
    let mut conflict = Conflict {
        about: About {
            title: r.line(),
            as_of: r.maybe(50, Random::date),
            question: r.maybe(50, Random::prose),
            author: r.maybe(50, Random::line),
            limits: (0..r.below(3)).map(|_| r.prose()).collect(),
            grades: Grades::default(),
            note: r.maybe(30, Random::prose),
        },
        evidence: Evidence { sources, claims, ..Evidence::default() },
        situation: situation(r, &actor_ids, options, definitions, n, graph),
        game,
        outcomes,
        questions: Vec::new(),
        variants: Vec::new(),
        views: Vec::new(),
        observed: (0..r.below(2))
            .map(|i| Observed {
                id: format!("2025-{i}"),
                on: r.date(),
                until: r.maybe(30, Random::date),
                title: r.line(),
                outcome: outcome_states(r),
                grounds: r.grounds(n),
            })
            .collect(),
        uncertainty: Default::default(),
        variant: None,
        ..Conflict::default()
    };
    conflict.uncertainty = uncertainty(r, &conflict, options, definitions, n);
    for i in 0..r.below(3) {
        let overlay = overlay(r, &conflict, options, definitions, n);
        conflict.variants.push(Variant {
            id: format!("v{i}"),
            title: r.line(),
            overlay,
            note: r.maybe(20, Random::prose),
        });
    }
    for actor in actor_ids {
        if r.chance(20) {
            let overlay = overlay(r, &conflict, options, definitions, n);
            conflict.views.push(View { actor, overlay, note: r.maybe(20, Random::prose) });
        }
    }
    for i in 0..r.below(4) {
        let kind = QuestionKind::ALL[r.below(8)].0;
        let (outcome, outcome_text) = if !conflict.outcomes.is_empty() && r.chance(50) {
            let named = &conflict.outcomes[r.below(conflict.outcomes.len())];
            (named.states.clone(), named.id.clone())
        } else {
            let states = outcome_states(r);
            let text = match &states {
                OutcomeStates::Formula(f) => conflict.game.formula_text(f),
                OutcomeStates::Listed(list) => list
                    .iter()
                    .map(|s| format!("st{}", s.number().unwrap() - 1))
                    .collect::<Vec<_>>()
                    .join(", "),
            };
            (states, text)
        };
        let view = conflict.views.first().map(|v| v.actor);
        if kind == QuestionKind::View && view.is_none() {
            continue;
        }
        conflict.questions.push(Question {
            id: format!("q{i}"),
            ask: r.prose(),
            kind,
            outcome: Some(outcome),
            outcome_text: Some(outcome_text),
            concept: r.maybe(50, |r| Concept::ALL[r.below(6)]),
            from: r.maybe(30, any_state),
            view: if kind == QuestionKind::View { view } else { None },
            strike: r.maybe(30, |r| strike(r, &conflict)).unwrap_or_default(),
            grounds: r.grounds(n),
            ..Question::default()
        });
    }
    for question in &mut conflict.questions {
        // What is not defined for the game is an error.
        let undefined = |concept: &Concept| concept.undefined_for(&conflict.game).is_some();
        if question.concept.as_ref().is_some_and(undefined) {
            question.concept = None;
        }
    }
    // A status quo that obeys the rules, when a few tries find one.
    for _ in 0..8 {
        let state = any_state(r);
        if conflict.game.option_form().is_none_or(|form| form.broken_rule(&state).is_none()) {
            conflict.game.status_quo = Some(state);
            break;
        }
    }
    // Overlays that do not apply are no part of a valid conflict.
    let bare = conflict.clone();
    conflict.variants.retain(|v| bare.with_overlay(&v.overlay).is_ok());
    conflict.views.retain(|v| bare.with_overlay(&v.overlay).is_ok());
    let viewers: Vec<ActorId> = conflict.views.iter().map(|v| v.actor).collect();
    conflict
        .questions
        .retain(|q| bare.without(&q.strike).is_ok() && q.view.is_none_or(|v| viewers.contains(&v)));
    conflict
}

fn rule(r: &mut Random, options: usize, definitions: usize, claims: usize, id: &str) -> Rule {
    let formula = |r: &mut Random| r.formula(options, definitions, 2);
    let kind = match r.below(5) {
        0 => RuleKind::Never(formula(r)),
        1 => RuleKind::Always(formula(r)),
        2 => RuleKind::AtMostOne((0..1 + r.below(3)).map(|_| formula(r)).collect()),
        3 => RuleKind::ExactlyOne((0..1 + r.below(3)).map(|_| formula(r)).collect()),
        _ => RuleKind::Requires(OptionId::from(r.below(options)), formula(r)),
    };
    let id = r.maybe(70, |_| id.to_owned());
    Rule { id, kind, grounds: r.grounds(claims), confidence: r.share() }
}

fn cannot(r: &mut Random, actor: ActorId, options: usize, definitions: usize, claims: usize) -> Cannot {
    Cannot {
        actor,
        from: r.formula(options, definitions, 2),
        to: r.formula(options, definitions, 2),
        grounds: r.grounds(claims),
    }
}

fn statement(r: &mut Random, options: usize, definitions: usize, claims: usize, id: &str) -> Statement {
    Statement {
        id: r.maybe(50, |_| id.to_owned()),
        that: r.formula(options, definitions, 3),
        grounds: r.grounds(claims),
        strong: r.chance(20),
        unknown: r.chance(10),
        confidence: r.share(),
        ..Statement::default()
    }
}

fn weighed(r: &mut Random, options: usize, definitions: usize, claims: usize, id: &str) -> Weighed {
    Weighed {
        id: r.maybe(50, |_| id.to_owned()),
        that: r.formula(options, definitions, 3),
        weight: r.next() as i64 >> 8,
        grounds: r.grounds(claims),
        confidence: r.share(),
    }
}

fn strike(r: &mut Random, conflict: &Conflict) -> Strike {
    let claims: Vec<String> = conflict.evidence.claims.iter().map(|c| c.id.clone()).collect();
    let sources: Vec<String> = conflict.evidence.sources.iter().map(|s| s.id.clone()).collect();
    let kinds: Vec<ClaimKind> = ClaimKind::ALL.iter().map(|(kind, _)| *kind).collect();
    let speakers = if conflict.evidence.claims.iter().any(|c| c.speaker.as_deref() == Some("X")) {
        r.some(&["X".to_owned()], 50)
    } else {
        Vec::new()
    };
    Strike {
        claims: r.some(&claims, 30),
        speakers,
        kinds: r.some(&kinds, 30),
        sources: r.some(&sources, 30),
        assumptions: r.chance(30),
    }
}

fn uncertainty(
    r: &mut Random,
    conflict: &Conflict,
    options: usize,
    definitions: usize,
    claims: usize,
) -> Uncertainty {
    let mut found = Uncertainty::default();
    if let Some(claim) = conflict.evidence.claims.first()
        && r.chance(50)
    {
        found.groups.push(Together {
            id: "g".to_owned(),
            title: r.maybe(50, Random::line),
            strike: Strike { claims: vec![claim.id.clone()], ..Strike::default() },
            confidence: 0.25,
            note: r.maybe(20, Random::prose),
        });
    }
    for (actor, preference) in conflict.game.preferences.iter().enumerate() {
        let actor = ActorId::from(actor);
        let Preference::Statements(list) = preference else { continue };
        let ids: Vec<String> = list.iter().filter_map(|s| s.id.clone()).collect();
        if let (Some(of), true) = (ids.last(), r.chance(50)) {
            found.orders.push(OtherOrder {
                actor,
                first: vec![of.clone()],
                share: 0.5,
                grounds: r.grounds(claims),
            });
            let mut statement = statement(r, options, definitions, claims, "");
            (statement.id, statement.strong, statement.confidence) = (None, false, None);
            found.instead.push(Instead { actor, of: of.clone(), statement, share: 0.125 });
        }
        if conflict.game.graph_form().is_none() && r.chance(30) {
            let one = statement(r, options, definitions, claims, "a");
            found.types.push(ActorType {
                actor,
                id: "other".to_owned(),
                name: r.maybe(50, Random::line),
                share: 0.75,
                prefers: vec![one],
                grounds: r.grounds(claims),
            });
        }
    }
    found
}

fn overlay(
    r: &mut Random,
    conflict: &Conflict,
    options: usize,
    definitions: usize,
    claims: usize,
) -> Overlay {
    let mut overlay = Overlay::default();
    let game = &conflict.game;
    if r.chance(30) {
        overlay.strike = strike(r, conflict);
    }
    if let Some(form) = game.option_form() {
        let rules: Vec<String> = form.rules.iter().filter_map(|rule| rule.id.clone()).collect();
        overlay.drop_rules = r.some(&rules, 20);
        let all: Vec<OptionId> = (0..options).map(OptionId::from).collect();
        overlay.unavailable = r.some(&all, 20);
        if r.chance(30) {
            overlay.add_rules.push(rule(r, options, definitions, claims, "new"));
        }
        for actor in game.actor_ids() {
            match &game.preferences[actor.index()] {
                Preference::Statements(list) => {
                    let ids: Vec<String> = list.iter().filter_map(|s| s.id.clone()).collect();
                    overlay.drop_prefers.extend(r.some(&ids, 20).into_iter().map(|id| (actor, id)));
                    if r.chance(30) {
                        let statement = statement(r, options, definitions, claims, "new");
                        let at = r.maybe(50, |r| 1 + r.below(3) as u32);
                        overlay.add_prefers.push(AddStatement { actor, at, statement });
                    }
                }
                Preference::Weights(_) if r.chance(30) => {
                    overlay.add_weighs.push((actor, weighed(r, options, definitions, claims, "new")));
                }
                _ => {}
            }
            if r.chance(10) {
                overlay.add_cannot.push(cannot(r, actor, options, definitions, claims));
            }
        }
        overlay.status_quo = r.maybe(30, |r| State::from_number(r.below(1 << options) as u64));
    } else if let Some(form) = game.graph_form() {
        overlay.status_quo = r.maybe(30, |r| State::from_number(1 + r.below(form.states.len()) as u64));
    }
    overlay
}

fn situation(
    r: &mut Random,
    actors: &[ActorId],
    options: usize,
    definitions: usize,
    claims: usize,
    graph: bool,
) -> Situation {
    let bodies: Vec<Body> = (0..r.below(3))
        .map(|i| Body {
            id: format!("b{i}"),
            name: r.line(),
            members: r.some(actors, 50),
            grounds: r.grounds(claims),
        })
        .collect();
    let mut effects = Vec::new();
    if !graph {
        for _ in 0..r.below(4) {
            let actor = actors[r.below(actors.len())];
            let body = BodyId::from(r.below(bodies.len()));
            let change = match r.below(4) {
                0 if !bodies.is_empty() => Change::Leaves(body, actor),
                1 if !bodies.is_empty() => Change::Joins(body, actor),
                2 => Change::Becomes([actors[1], actors[0]], TieKind::ALL[r.below(6)].0),
                _ => Change::Text(r.prose()),
            };
            effects.push(Effect {
                when: r.formula(options, definitions, 2),
                change,
                grounds: r.grounds(claims),
            });
        }
    }
    Situation {
        bodies,
        instruments: (0..r.below(2))
            .map(|i| Instrument {
                id: format!("i{i}"),
                title: r.line(),
                parties: r.some(actors, 50),
                signed: r.maybe(50, Random::date),
                until: r.maybe(50, Random::date),
                clauses: r.maybe(50, |r| r.next() as u32),
                status: r.maybe(50, |r| InstrumentStatus::ALL[r.below(5)].0),
                grounds: r.grounds(claims),
                ..Instrument::default()
            })
            .collect(),
        tracks: (0..r.below(2))
            .map(|i| Track {
                id: format!("t{i}"),
                title: r.line(),
                convenor: r.maybe(50, |r| actors[r.below(actors.len())]),
                parties: r.some(actors, 50),
                grounds: r.grounds(claims),
            })
            .collect(),
        ties: (0..r.below(2))
            .map(|_| Tie {
                between: [actors[0], actors[1]],
                kind: TieKind::ALL[r.below(6)].0,
                mending: r.chance(50),
                grounds: r.grounds(claims),
            })
            .collect(),
        events: (0..r.below(2))
            .map(|_| Event {
                on: r.date(),
                until: r.maybe(50, Random::date),
                title: r.line(),
                actors: r.some(actors, 50),
                count: r.maybe(30, |r| r.below(9) as u32 + 1),
                deaths: r.maybe(30, |r| [0, r.below(9) as u32, 9]),
                grounds: r.grounds(claims),
                ..Event::default()
            })
            .collect(),
        effects,
    }
}
