//! What each claim carries, and what falls without it: sentence by sentence.

use std::collections::{BTreeSet, HashMap};

use detente_engine::trust::{After, Conclusion, ConclusionKind, Run, Status, Trust};
use detente_model::{ActorId, Change, Claim, ClaimId, Conflict, Expr, Layer, Part, SourceId, What};

use crate::say::{names, reason, words, written};
use crate::show::doc::{Column, Doc, Item, Line, Table};

/// The claims of each source in the order of their places in it; for each what it carries and what falls
/// when it alone is struck. Sources without claims are left out. `only` picks one source.
pub fn doc(conflict: &Conflict, trust: &Trust, only: Option<SourceId>) -> Doc {
    let mut doc = Doc::default();
    doc.title(format!("What each sentence carries: {}", conflict.about.title), None);
    doc.say(format!(
        "On all evidence, {}, and {}. Below stands what rests on each claim, and what becomes of the case when that \
         claim alone is struck. A wish or a rule falls when all its claims are struck.",
        words::counted(&trust.before.feasible, "outcome is possible", "outcomes are possible"),
        words::counted(&trust.before.equilibria, "lasts", "last")
    ));
    let evidence = Rests::new(conflict, trust);
    for (at, source) in conflict.evidence.sources.iter().enumerate() {
        let id = SourceId::from(at);
        let mut claims: Vec<(ClaimId, &Claim)> = evidence.of_source.get(at).cloned().unwrap_or_default();
        if claims.is_empty() || only.is_some_and(|wanted| wanted != id) {
            continue;
        }
        // By sentence; what has no number keeps its order, at the end.
        claims.sort_by_key(|(_, claim)| sentences(claim).first().copied().unwrap_or(u32::MAX));
        let about: Vec<&str> =
            [source.author.as_deref(), source.publisher.as_deref(), source.date.as_deref()]
                .into_iter()
                .flatten()
                .collect();
        doc.heading_with(source.title.clone(), about.join(", "));
        let mut table = Table::new([
            Column::words("At"),
            Column::words("Claim"),
            Column::text("Says"),
            Column::text("Carries"),
            Column::text("Without it"),
        ]);
        let mut idle = Vec::new();
        for (claim_id, claim) in &claims {
            let carried = evidence.carries(conflict, *claim_id);
            if carried.is_empty() {
                idle.push(claim.id.clone());
            }
            table.row([
                claim.at.clone().unwrap_or_default().into(),
                Line::new().code(claim.id.as_str()),
                says(claim),
                if carried.is_empty() { Line::new().quiet("nothing") } else { carried.join("; ").into() },
                without(conflict, trust, evidence.alone(claim), !carried.is_empty()),
            ]);
        }
        doc.table(table);
        let covered: BTreeSet<u32> = claims.iter().flat_map(|(_, claim)| sentences(claim)).collect();
        let silent: Vec<String> = (1..=covered.last().copied().unwrap_or(0))
            .filter(|n| !covered.contains(n))
            .map(|n| format!("s{n}"))
            .collect();
        let mut notes = Vec::new();
        if !covered.is_empty() && silent.is_empty() {
            notes.push(Item::marked("–", format!("Every sentence up to s{} has a claim.", covered.len())));
        }
        if !silent.is_empty() {
            notes.push(Item::marked(
                "–",
                format!("Sentences without a claim carry nothing: {}.", words::list(&silent)),
            ));
        }
        if !idle.is_empty() {
            notes.push(Item::marked("–", format!("Claims that carry nothing: {}.", words::list(&idle))));
        }
        doc.list(notes);
    }
    let assumed = assumptions(conflict);
    if only.is_none() && !assumed.is_empty() {
        doc.heading_with("On nobody's word", "assumed by the analyst");
        doc.list(assumed.into_iter().map(|text| Item::marked("–", text)).collect());
        if let Some(run) = trust
            .runs
            .iter()
            .find(|run| run.struck.assumptions && run.struck.claims.is_empty() && run.question.is_none())
        {
            doc.say(match &run.after {
                Ok(after) => format!("Without all of this: {}.", outcome(conflict, trust, after).join("; ")),
                Err(why) => format!("{}.", words::capital(&super::trust::nothing_follows(conflict, why))),
            });
        }
    }
    words::limits(&mut doc, &trust.limits);
    written::say_not_used(&mut doc, conflict);
    doc
}

/// The sentence numbers in `at`: `s20-21` is 20 and 21; none when it has another form.
fn sentences(claim: &Claim) -> Vec<u32> {
    let Some(rest) = claim.at.as_deref().and_then(|at| at.strip_prefix('s')) else { return Vec::new() };
    let (from, to) = rest.split_once(['-', '–']).unwrap_or((rest, rest));
    match (from.parse::<u32>(), to.trim_start_matches('s').parse::<u32>()) {
        // A span of thousands of sentences is a slip, not a place.
        (Ok(from), Ok(to)) if from <= to && to - from < 1_000 => (from..=to).collect(),
        _ => Vec::new(),
    }
}

fn says(claim: &Claim) -> Line {
    let mut who: Vec<String> = claim.speaker.iter().cloned().collect();
    who.extend(claim.reported_by.as_ref().map(|by| format!("reported by {by}")));
    who.extend(claim.kind.map(|kind| kind.word().to_owned()));
    let said = Line::new().plain(claim.says.as_str());
    if who.is_empty() { said } else { said.quiet(format!("  ({})", who.join(", "))) }
}

/// What is said of each claim, looked up once for all of them.
struct Rests<'c> {
    /// The claims of each source.
    of_source: Vec<Vec<(ClaimId, &'c Claim)>>,
    /// The parts of the case that rest on evidence, in the order in which they are told.
    parts: Vec<Part<'c>>,
    /// Per claim: the places of those that rest on it.
    carried: Vec<Vec<usize>>,
    /// What follows without a claim alone, by its id.
    alone: HashMap<&'c str, &'c Run>,
}

impl<'c> Rests<'c> {
    fn new(conflict: &'c Conflict, trust: &'c Trust) -> Self {
        let evidence = &conflict.evidence;
        let mut of_source = vec![Vec::new(); evidence.sources.len()];
        for (at, claim) in evidence.claims.iter().enumerate() {
            if let Some(list) = of_source.get_mut(claim.source.index()) {
                list.push((ClaimId::from(at), claim));
            }
        }
        let parts = told(conflict, &|_| true);
        let mut carried = vec![Vec::new(); evidence.claims.len()];
        for (at, part) in parts.iter().enumerate() {
            for claim in &part.grounds.claims {
                if let Some(list) = carried.get_mut(claim.index())
                    && list.last() != Some(&at)
                {
                    list.push(at);
                }
            }
        }
        let mut alone = HashMap::new();
        for run in trust.runs.iter().filter(|run| run.question.is_none()) {
            let s = &run.struck;
            let others =
                !s.speakers.is_empty() || !s.kinds.is_empty() || !s.sources.is_empty() || s.assumptions;
            if let ([claim], false) = (s.claims.as_slice(), others) {
                alone.entry(claim.as_str()).or_insert(run);
            }
        }
        Self { of_source, parts, carried, alone }
    }

    /// All that names the claim as its ground, in words.
    fn carries(&self, conflict: &Conflict, claim: ClaimId) -> Vec<String> {
        let places = self.carried.get(claim.index()).into_iter().flatten();
        let mut all: Vec<String> = places.map(|at| part_words(conflict, &self.parts[*at])).collect();
        // A wish over levels stands for several statements, and is told alike for each.
        let mut told = std::collections::HashSet::new();
        all.retain(|words| told.insert(words.clone()));
        all
    }

    /// What follows without this claim alone.
    fn alone(&self, claim: &Claim) -> Option<&'c Run> {
        self.alone.get(claim.id.as_str()).copied()
    }
}

/// What is assumed in the case as written: not what overlays add.
fn assumptions(conflict: &Conflict) -> Vec<String> {
    let parts = told(conflict, &|part| part.grounds.assumption && part.layer.is_none());
    parts.iter().map(|part| part_words(conflict, part)).collect()
}

/// The parts of a case that rest on evidence, as they are told: what bears on verdicts first. A question is
/// raised by a claim and not carried by it.
fn told<'c>(conflict: &'c Conflict, is: &dyn Fn(&Part<'_>) -> bool) -> Vec<Part<'c>> {
    let mut parts = conflict.parts();
    parts.retain(|part| !matches!(part.what, What::Question(..)) && is(part));
    parts.sort_by_key(|part| (part.layer.is_some(), rank(&part.what)));
    parts
}

/// The order in which parts are told.
fn rank(what: &What<'_>) -> u8 {
    match what {
        What::Statement(..) | What::Weighed(..) | What::Ranking(..) => 0,
        What::Rule(..) => 1,
        What::Cannot(..) => 2,
        What::Condition(..) | What::Deadline(..) => 2,
        What::Option(..) | What::Act(..) | What::Chance(..) => 3,
        What::Definition(..) => 4,
        What::Tie(..) => 5,
        What::Body(..) => 6,
        What::Instrument(..) => 7,
        What::Track(..) => 8,
        What::Event(..) => 9,
        What::Effect(..) => 10,
        What::Observed(..) => 11,
        What::Said(..) | What::Lever(..) => 12,
        What::Question(..) => 12,
        What::Order(..) | What::Instead(..) | What::Type(..) | What::OfType(..) => 13,
    }
}

/// A part of a case in words: "wish 2 of Russia: …", "rule …", "tie of Armenia and Russia: alliance".
#[must_use]
pub fn part_words(conflict: &Conflict, part: &Part<'_>) -> String {
    let actor = |actor: ActorId| names::actor(conflict, actor);
    let says = |expr: &Expr| reason::clause(conflict, expr, true);
    let added = part.layer.is_some();
    let words = match part.what {
        What::Statement(who, _, s) if added => {
            format!("another wish of {}: {}", names::inside(conflict, who), says(&s.that))
        }
        What::Weighed(who, _, w) if added => {
            format!("another weighed wish of {}: {}", names::inside(conflict, who), says(&w.that))
        }
        What::Rule(_, rule) if added => format!("rule {}", names::rule_says(conflict, rule)),
        What::Statement(who, place, _) | What::Weighed(who, place, _) => {
            format!(
                "wish {} of {}: {}",
                names::wish_number(conflict, who, place),
                names::inside(conflict, who),
                reason::wish(conflict, who, place, true)
            )
        }
        What::Ranking(who, _) => format!("the ranking of {}", names::inside(conflict, who)),
        What::Rule(at, _) => format!("rule {}", names::rule(conflict, at)),
        What::Cannot(_, _, cannot) => format!(
            "{} cannot move from where {} to where {}",
            actor(cannot.actor),
            says(&cannot.from),
            says(&cannot.to)
        ),
        What::Option(_, option) => format!("{} can: {}", actor(option.actor), names::quoted(&option.text)),
        What::Act(_, act) => {
            format!("{} together: {}", names::actors(conflict, &act.parties), names::quoted(&act.text))
        }
        What::Chance(_, chance) => format!("chance event: {}", names::quoted(&chance.text)),
        What::Condition(switch, begins, _, condition) => {
            let deed = names::quoted(names::option(conflict, switch));
            let word = if begins { "begins" } else { "ends" };
            format!("{deed} {word} only while {}", says(&condition.that))
        }
        What::Deadline(_, deadline) => {
            format!("date {}: {}", deadline.on, deadline.title.as_ref().unwrap_or(&deadline.id))
        }
        What::Said(_, said) => {
            let kind = detente_model::SaidKind::ALL.iter().find(|(kind, _)| *kind == said.kind);
            format!("{} of {}: {}", kind.map_or("", |(_, word)| word), actor(said.by), says(&said.then))
        }
        What::Lever(_, lever) => {
            format!(
                "an incentive for {} to change its wish {}",
                actor(lever.actor),
                names::quoted(&lever.wish)
            )
        }
        What::Definition(_, definition) => format!("what {} means", names::quoted(&definition.id)),
        What::Tie(_, tie) => {
            format!("tie of {}: {}", names::inside_all(conflict, &tie.between), tie.kind.word())
        }
        What::Body(_, body) => format!("body: {}", body.name),
        What::Instrument(_, instrument) => format!("document: {}", instrument.title),
        What::Track(_, track) => format!("track: {}", track.title),
        What::Event(_, event) => format!("event: {}", event.title),
        What::Effect(_, effect) => format!("effect: {}", change_words(conflict, &effect.change)),
        What::Observed(_, observed) => format!("observed: {}", observed.title),
        What::Question(_, question) => format!("the question {}", names::quoted(&question.id)),
        What::Order(_, order) => {
            format!("another order of the wishes of {}", names::inside(conflict, order.actor))
        }
        What::Instead(_, instead) => format!(
            "another wish of {} instead of {}: {}",
            names::inside(conflict, instead.actor),
            names::quoted(&instead.of),
            says(&instead.statement.that)
        ),
        What::Type(_, other) => {
            let name = other.name.as_deref().unwrap_or(&other.id);
            format!("{} as another: {}", actor(other.actor), names::quoted(name))
        }
        What::OfType(_, _, statement) => {
            format!("a wish of another kind of actor: {}", says(&statement.that))
        }
    };
    match part.layer {
        Some(Layer::Variant(variant)) => format!("in the variant {}: {words}", names::quoted(&variant.title)),
        Some(Layer::View(view)) => format!("as {} sees it: {words}", actor(view.actor)),
        None => words,
    }
}

fn change_words(conflict: &Conflict, change: &Change) -> String {
    let body = |id: detente_model::BodyId| {
        conflict.situation.bodies.get(id.index()).map_or("", |body| body.name.as_str())
    };
    match change {
        Change::Leaves(of, who) => format!("{} leaves {}", names::actor(conflict, *who), body(*of)),
        Change::Joins(of, who) => format!("{} joins {}", names::actor(conflict, *who), body(*of)),
        Change::Becomes(pair, kind) => format!("{} become {}", names::actors(conflict, pair), kind.word()),
        Change::Text(text) => text.clone(),
    }
}

/// What becomes of the case when this claim alone is struck.
fn without(conflict: &Conflict, trust: &Trust, alone: Option<&Run>, used: bool) -> Line {
    let Some(run) = alone else {
        // All claims are struck unless a bound comes before.
        return Line::new().quiet(if trust.limits.is_empty() { "–" } else { "not tried" });
    };
    let after = match &run.after {
        Ok(after) => after,
        Err(why) => return super::trust::nothing_follows(conflict, why).into(),
    };
    let mut fallen: Vec<String> = Vec::new();
    let mut several = after.statements.len() > 1;
    for of in after.statements.chunk_by(|a, b| a.0 == b.0) {
        let mut places: Vec<String> =
            of.iter().map(|(actor, k)| names::wish_number(conflict, *actor, *k).to_string()).collect();
        places.dedup();
        let wishes = if places.len() == 1 { "wish" } else { "wishes" };
        let who = of.first().map_or_else(String::new, |(actor, _)| names::inside(conflict, *actor));
        fallen.push(format!("{wishes} {} of {who}", words::list(&places)));
    }
    fallen.extend(after.rules.iter().map(|at| format!("rule {}", names::rule(conflict, *at))));
    let form = conflict.game.option_form();
    fallen.extend(after.cannot.iter().filter_map(|at| {
        let actor = form?.cannot.get(*at)?.actor;
        Some(format!("a limit on the moves of {}", names::inside(conflict, actor)))
    }));
    if fallen.is_empty() {
        let none = if used { "no wish and no rule falls" } else { "–" };
        if super::trust::leaves_all(trust, after) {
            return Line::new().quiet(none);
        }
        // What a name means, or what somebody can do, rests on it.
        let parts: Vec<String> =
            [none.to_owned()].into_iter().chain(outcome(conflict, trust, after)).collect();
        return parts.join("; ").into();
    }
    several |= fallen.len() > 1;
    let fall = if several { "fall" } else { "falls" };
    let mut parts = vec![format!("{} {fall}", words::list(&fallen))];
    parts.extend(outcome(conflict, trust, after));
    parts.join("; ").into()
}

/// What changes in the answer.
fn outcome(conflict: &Conflict, trust: &Trust, after: &After) -> Vec<String> {
    let (before, now) = (&trust.before, &after.outcome);
    let mut parts = Vec::new();
    if before.feasible != now.feasible {
        parts.push(format!(
            "{} possible instead of {}",
            words::counted(&now.feasible, "outcome is", "outcomes are"),
            words::count(&before.feasible)
        ));
    }
    if before.equilibria != now.equilibria {
        parts.push(format!(
            "{} instead of {}",
            words::counted(&now.equilibria, "lasts", "last"),
            words::count(&before.equilibria)
        ));
    }
    for (status, word) in
        [(Status::Overturned, "what falls"), (Status::Unsupported, "what holds without support")]
    {
        let touched = trust.conclusions.iter().zip(&after.conclusions).filter(|(_, c)| c.status == status);
        // Outcomes of one name are told once.
        let mut names: Vec<(String, usize)> = Vec::new();
        for name in touched.map(|(conclusion, _)| named(conflict, conclusion)) {
            match names.iter_mut().find(|(other, _)| *other == name) {
                Some((_, count)) => *count += 1,
                None => names.push((name, 1)),
            }
        }
        let told = |(name, count): (String, usize)| {
            if count > 1 { format!("{name} ({count} outcomes of this name)") } else { name }
        };
        let names: Vec<String> = names.into_iter().map(told).collect();
        if !names.is_empty() {
            parts.push(format!("{word}: {}", words::list(&names)));
        }
    }
    if parts.is_empty() {
        parts.push("every conclusion stays as it is".to_owned());
    }
    parts
}

/// A conclusion: the question by its id, or that an outcome lasts.
fn named(conflict: &Conflict, conclusion: &Conclusion) -> String {
    match &conclusion.kind {
        ConclusionKind::Equilibrium(state) => {
            format!("that {} lasts", names::quoted(names::brief(&names::outcome(conflict, state))))
        }
        ConclusionKind::Possible(_) | ConclusionKind::Certain(_) => {
            format!("the answer to {}", names::quoted(&super::trust::question(conflict, conclusion)))
        }
    }
}
