//! What the conclusions hang on, in words.

use detente_engine::trust::{After, Conclusion, ConclusionKind, NoAfter, Status, Trust};
use detente_model::{ActorId, Answer, ClaimId, Conflict, OptionId, Strike};

use crate::Refusal;
use crate::find::rests::Support;
use crate::find::trust as find;
use crate::say::agree::Agree;
use crate::say::{names, reason, words, written};
use crate::show::doc::{Column, Doc, Item, Line, Table};

/// What is struck, in words: claims with who says so, sources by their titles.
pub fn struck(conflict: &Conflict, strike: &Strike) -> String {
    let mut parts = Vec::new();
    let mut add = |one: &str, many: &str, list: &[String]| match list {
        [] => {}
        [single] => parts.push(format!("{one} {single}")),
        several => parts.push(format!("{many} {}", words::list(several))),
    };
    let said = |id: &String| {
        let claim = conflict.evidence.claims.iter().find(|claim| claim.id == *id);
        claim.map_or_else(|| id.clone(), |claim| format!("{id} ({})", reason::speaker(conflict, claim)))
    };
    add("claim", "claims", &strike.claims.iter().map(said).collect::<Vec<_>>());
    let speakers: Vec<String> = (strike.speakers.iter())
        .map(|s| if s == "author" { "the sources' authors".to_owned() } else { s.clone() })
        .collect();
    add("the word of", "the word of", &speakers);
    let kinds: Vec<String> = strike.kinds.iter().map(|k| format!("any {}", k.word())).collect();
    add("", "", &kinds);
    let titled = |id: &String| {
        let source = conflict.evidence.sources.iter().find(|source| source.id == *id);
        source
            .filter(|source| !source.title.is_empty())
            .map_or_else(|| id.clone(), |source| format!("{} ({id})", names::quoted(&source.title)))
    };
    add("the source", "the sources", &strike.sources.iter().map(titled).collect::<Vec<_>>());
    if strike.assumptions {
        parts.push("the analyst's assumptions".to_owned());
    }
    words::list(&parts).trim().to_owned()
}

fn claims(conflict: &Conflict, ids: &[ClaimId]) -> String {
    let all = ids.iter().filter_map(|id| conflict.evidence.claims.get(id.index()));
    words::list(&all.map(|c| format!("{} ({})", c.id, reason::speaker(conflict, c))).collect::<Vec<_>>())
}

/// What becomes of an answer without some evidence, in a word or two.
#[must_use]
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Supported => "stands",
        Status::Unsupported => "holds without support",
        Status::Overturned => "falls",
        Status::Open => "is open",
        Status::NotKnown => "not known",
    }
}

/// What the words mean, where they are first used.
const UNSUPPORTED: &str =
    "it holds without support (the answer is the same, but somebody stays only for lack of a motive)";

/// Without which parts of the evidence alone the answer is another one, is open, or nothing can be solved: a clause each.
fn hanging(found: &find::Alone<'_>, named: &dyn Fn(&[&Strike]) -> Vec<String>) -> Vec<String> {
    let clause = |list: &[&Strike], says: &str| {
        let list = named(list);
        (!list.is_empty()).then(|| format!("{says} without {} alone", words::either(&list)))
    };
    let all = [
        clause(&found.overturned, "the answer falls"),
        clause(&found.open, "it is open"),
        clause(&found.nothing, "nothing can be solved"),
    ];
    all.into_iter().flatten().collect()
}

/// What is concluded, as a question: that of the case, or whether an outcome lasts.
#[must_use]
pub fn question(conflict: &Conflict, conclusion: &Conclusion) -> String {
    match (&conclusion.ask, &conclusion.kind) {
        (Some(ask), _) => ask.clone(),
        (None, ConclusionKind::Equilibrium(state)) => {
            format!("Does {} last?", names::quoted(names::brief(&names::outcome(conflict, state))))
        }
        (None, _) => conclusion.id.clone(),
    }
}

/// What an analyst should know of each question, a few sentences.
pub fn summary(conflict: &Conflict, trust: &Trust) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(first) = trust
        .conclusions
        .iter()
        .position(|c| c.ask.is_some())
        .or((!trust.conclusions.is_empty()).then_some(0))
    else {
        return lines;
    };
    let conclusion = &trust.conclusions[first];
    let name = question(conflict, conclusion);
    let answer = match conclusion.before {
        Answer::Yes => "Yes",
        Answer::No => "No",
        Answer::Partly => "In part",
        Answer::SaysNothing => "It says nothing",
        Answer::NotComputed => "Not computed",
    };
    let end = if name.ends_with('?') { "" } else { ":" };
    lines.push(format!("On all evidence: {name}{end} {answer}."));
    let named =
        |list: &[&Strike]| list.iter().map(|strike| struck(conflict, strike)).collect::<Vec<String>>();
    let claims_alone = find::alone(conflict, trust, first, |strike| !strike.claims.is_empty());
    let (tried, of, missing) = (claims_alone.tried, claims_alone.of, claims_alone.missing());
    let hangs = hanging(&claims_alone, &named);
    lines.push(match (hangs.is_empty(), missing) {
        (true, 0) => "No single claim makes the answer fall when it is struck.".to_owned(),
        (true, _) if tried == 0 => {
            "Whether a single claim makes the answer fall is not known: a bound was hit before any was struck."
                .to_owned()
        }
        (true, _) => format!(
            "None of the {} that were struck makes the answer fall; {missing} of {of} were not tried.",
            words::counted(&tried.into(), "claim", "claims")
        ),
        (false, 0) => format!("{}.", words::capital(&hangs.join("; "))),
        (false, _) => {
            format!("{}; {missing} of {of} claims were not tried.", words::capital(&hangs.join("; ")))
        }
    });
    lines.extend(together(conflict, trust, first));
    let wider = find::alone(conflict, trust, first, |strike| strike.claims.is_empty());
    // All authors at once stand in the table only.
    let one = |list: &[&Strike]| {
        let authors = |strike: &&&Strike| strike.speakers.first().is_some_and(|name| name == "author");
        named(&list.iter().filter(|strike| !authors(strike)).copied().collect::<Vec<_>>())
    };
    let mut parts = hanging(&wider, &one);
    let unsupported = one(&wider.unsupported);
    if !unsupported.is_empty() {
        parts.push(format!("{UNSUPPORTED} without {}", words::either(&unsupported)));
    }
    let (of, missing) = (wider.of, wider.missing());
    let rest = if missing == 0 {
        String::new()
    } else {
        format!(" Of {of} speakers, kinds of claim, sources and assumptions {missing} were not tried.")
    };
    lines.push(match (parts.is_empty(), missing) {
        (true, 0) => {
            "The answer stands without any single speaker, kind of claim or source, and without the assumptions."
                .to_owned()
        }
        (true, _) => rest.trim_start().to_owned(),
        (false, _) => format!("{}.{rest}", words::capital(&parts.join("; "))),
    });
    for run in trust.runs.iter().filter(|r| r.question.is_some()) {
        if let Ok(after) = &run.after {
            let question =
                run.question.as_ref().and_then(|id| conflict.questions.iter().find(|q| q.id == *id));
            let ask = question.map_or("", |question| question.ask.as_str());
            lines.push(format!("{} {}", names::quoted(ask), asked(conflict, first, after)));
        }
    }
    if let Some(body) = trust.bodies.iter().find(|b| b.conclusion == first) {
        let how = if body.smallest { "The smallest body of evidence" } else { "A small body of evidence" };
        let which = if body.claims.is_empty() {
            "no claim at all".to_owned()
        } else {
            claims(conflict, &body.claims)
        };
        lines.push(format!(
            "{how} that supports it with all other claims struck, those against it too: {which}."
        ));
    }
    lines
}

/// Which claims a conclusion cannot do without together, where it can do without each: nothing where there are none.
fn together(conflict: &Conflict, trust: &Trust, at: usize) -> Vec<String> {
    let of = |status: Status| {
        let sets = trust.sets.iter().filter(move |set| set.conclusion == at && set.status == status);
        sets.filter(|set| set.claims.len() > 1).map(|set| claims(conflict, &set.claims)).collect::<Vec<_>>()
    };
    let told = |(status, does): (Status, &str)| {
        let sets = of(status);
        let (first, more) = sets.split_at(sets.len().min(TOGETHER));
        let more = match more.len() {
            0 => String::new(),
            n => format!("; and {}", words::counted(&n.into(), "more such set", "more such sets")),
        };
        (!first.is_empty()).then(|| match first {
            [one] => format!("{does} when {one} are struck together."),
            several => format!("{does} when these are struck together: {}{more}.", several.join("; ")),
        })
    };
    let ways = [(Status::Overturned, "It falls"), (Status::Unsupported, "It is left without support")];
    ways.into_iter().filter_map(told).collect()
}

/// Sets of claims that are named in a sentence.
const TOGETHER: usize = 4;

/// What a strike leaves of a conclusion, and what hung on what was struck.
pub fn asked(conflict: &Conflict, at: usize, after: &After) -> String {
    let text = format!(
        "On the evidence that this question leaves, {} possible, and {}; the answer {}.",
        words::counted(&after.outcome.feasible, "outcome is", "outcomes are"),
        words::counted(&after.outcome.equilibria, "lasts", "last"),
        status(after.conclusions[at].status)
    );
    format!("{text} {}", remains(conflict, after, at)).trim().to_owned()
}

/// Who is held there by nothing any more, and what fell that had made the answer hard to have.
pub fn remains(conflict: &Conflict, after: &After, at: usize) -> String {
    let now = &after.conclusions[at];
    let mut text = Vec::new();
    if !now.indifferent.is_empty() {
        let who = names::actors(conflict, &now.indifferent);
        let agree = Agree::with_all(conflict, &now.indifferent);
        let (stays, it, wants) = (agree.verb("stays", "stay"), agree.it(), agree.wants());
        text.push(format!(
            "But {who} then {stays} only because nothing that {it} {wants} is left to decide."
        ));
    }
    for actor in conflict.game.actor_ids() {
        // Where the answer stands, nothing stood against it.
        let needs =
            |(option, on): &(OptionId, bool)| *on && conflict.game.options()[option.index()].actor != actor;
        if now.status != Status::Overturned && !now.freed.iter().any(needs) {
            continue;
        }
        let lost: Vec<usize> =
            now.lost_motives.iter().filter(|(who, _)| *who == actor).map(|(_, k)| *k).collect();
        if lost.is_empty() {
            continue;
        }
        let wishes: Vec<String> = lost.iter().map(|k| reason::prefers(conflict, actor, *k, true)).collect();
        let needed: Vec<String> = now
            .freed
            .iter()
            .filter(|freed| needs(freed))
            .map(|(option, _)| names::quoted(names::option(conflict, *option)))
            .collect();
        let who = names::inside(conflict, actor);
        let basis = basis(conflict, actor, &lost);
        let prefers = Agree::with(conflict, actor).verb("prefers", "prefer");
        let that = format!("that {who} {prefers} {}", words::list(&wishes));
        text.push(if needed.is_empty() {
            format!("What stood against it rests on what is struck alone: {that}{basis}.")
        } else {
            format!(
                "What makes {} necessary rests on what is struck alone: {that}{basis}.",
                words::list(&needed)
            )
        });
    }
    let idle = without_motive(conflict, after);
    if !idle.is_empty() {
        text.push(idle);
    }
    text.join(" ")
}

/// Who says so, in brackets.
fn basis(conflict: &Conflict, actor: ActorId, lost: &[usize]) -> String {
    let grounds: Vec<_> =
        lost.iter().filter_map(|k| Support::wish(conflict, actor, *k).grounds(conflict)).collect();
    let basis = reason::basis(conflict, &grounds).words();
    if basis.is_empty() { basis } else { format!(" – {basis}") }
}

/// Who has nothing left that it wants; empty when everybody has.
pub fn without_motive(conflict: &Conflict, after: &After) -> String {
    if after.without_motive.is_empty() {
        return String::new();
    }
    let who = names::actors(conflict, &after.without_motive);
    let has = Agree::with_all(conflict, &after.without_motive).has();
    format!("{who} then {has} no wish left at all: almost anything is stable for whoever wants nothing.")
}

/// What becomes of conclusion number `at` when each part of the evidence is struck alone, in one sentence: of what was
/// tried.
pub fn alone(conflict: &Conflict, trust: &Trust, at: usize) -> String {
    let Some(conclusion) = trust.conclusions.get(at) else { return String::new() };
    let name = question(conflict, conclusion);
    let word = conclusion.before.word();
    let found = find::alone(conflict, trust, at, |_| true);
    let all = |list: &[&Strike]| list.iter().map(|strike| struck(conflict, strike)).collect::<Vec<String>>();
    let (tried, of, missing) = (found.tried, found.of, found.missing());
    let rest = if missing == 0 {
        String::new()
    } else {
        format!(" Of {of} parts of the evidence {missing} were not tried: a bound was hit before.")
    };
    match (found.stands(), tried) {
        (true, 0) => format!("{name} What the answer ({word}) hangs on is not known.{rest}"),
        (true, _) if missing > 0 => {
            format!("{name} Nothing that was struck by itself changes the answer ({word}).{rest}")
        }
        (true, _) => format!("{name} Nothing struck by itself changes the answer ({word})."),
        (false, _) => {
            let hangs = words::capital(&hanging(&found, &all).join("; "));
            format!(
                "{name} {}.{rest}",
                hangs.replacen("he answer falls", &format!("he answer ({word}) falls"), 1)
            )
        }
    }
}

/// Why nothing follows without some evidence, as a clause.
pub fn nothing_follows(conflict: &Conflict, why: &NoAfter) -> String {
    match why {
        NoAfter::CannotStand(errors) => {
            let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
            format!("the case cannot stand without it: {}", words::list(&errors))
        }
        NoAfter::Unsolved(error) => {
            let why = Refusal::of(conflict, error).sentence();
            format!("what is left without it cannot be solved: {why}")
        }
    }
}

/// Whether a strike leaves everything as it is: nothing falls, and the answers stand as they stood.
pub fn leaves_all(trust: &Trust, after: &After) -> bool {
    after.rules.is_empty()
        && after.cannot.is_empty()
        && after.statements.is_empty()
        && after.options.is_empty()
        && after.outcome == trust.before
        && after
            .conclusions
            .iter()
            .all(|c| !matches!(c.status, Status::Overturned | Status::Unsupported | Status::Open))
}

/// The report.
pub fn doc(conflict: &Conflict, trust: &Trust) -> Doc {
    let mut doc = Doc::default();
    doc.title("What the conclusions hang on", Some(conflict.about.title.clone()));
    for line in summary(conflict, trust) {
        doc.say(line);
    }
    doc.heading_with("Solved again without", "what becomes of each question");
    let questions: Vec<usize> =
        (0..trust.conclusions.len()).filter(|k| trust.conclusions[*k].ask.is_some()).collect();
    // The columns have room for the ids of the questions only.
    let ask = |k: &usize| {
        let asked = &trust.conclusions[*k];
        Item::marked(Line::new().quiet(asked.id.clone()), asked.ask.clone().unwrap_or_default())
    };
    if questions.len() > 1 {
        doc.list(questions.iter().map(ask).collect());
    }
    let mut table = Table::new(
        [Column::text("Without"), Column::number("Possible"), Column::number("Last")]
            .into_iter()
            .chain(questions.iter().map(|k| Column::words(trust.conclusions[*k].id.clone())))
            .chain([Column::text("No motive left")]),
    );
    let mut idle = 0_usize;
    for run in &trust.runs {
        // A claim that nothing rests on alone changes nothing: such claims are only counted.
        let single = run.question.is_none() && run.struck.claims.len() == 1;
        if single
            && let Ok(after) = &run.after
            && leaves_all(trust, after)
        {
            idle += 1;
            continue;
        }
        let without = match &run.question {
            Some(id) => {
                let question = conflict.questions.iter().find(|question| question.id == *id);
                format!("what the question {} strikes", names::quoted(question.map_or(id, |q| &q.ask)))
            }
            None => struck(conflict, &run.struck),
        };
        match &run.after {
            Err(why) => {
                // In the last column, which wraps.
                let why = Line::from(nothing_follows(conflict, why));
                let empty = std::iter::repeat_n(Line::new(), 2 + questions.len());
                table.row(std::iter::once(without.into()).chain(empty).chain([why]));
            }
            Ok(after) => table.row(
                [
                    without.into(),
                    words::count(&after.outcome.feasible).into(),
                    words::count(&after.outcome.equilibria).into(),
                ]
                .into_iter()
                .chain(questions.iter().map(|k| {
                    let then = &after.conclusions[*k];
                    Line::from(if find::known(then) { status(then.status) } else { status(Status::NotKnown) })
                }))
                .chain([Line::from(names::actors(conflict, &after.without_motive))]),
            ),
        }
    }
    doc.table(table);
    match idle {
        0 => {}
        1 => doc.say("Without the one other claim everything stays as it is: nothing rests on it alone."),
        n => doc.say(format!(
            "Without any one of the {} other claims everything stays as it is: nothing rests on any of them alone.",
            words::count(&n.into())
        )),
    }
    words::limits(&mut doc, &trust.limits);
    written::say_not_used(&mut doc, conflict);
    doc
}
