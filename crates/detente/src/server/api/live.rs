//! What follows from a text: problems, the case, its answer. Nothing is read from the folder.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::{Query, State};
use detente_case::{Diagnostic, Severity};
use detente_engine::{LimitHit, Settings};
use detente_model::{Concept, Conflict, Question, QuestionKind};

use super::answer::{Listed, MOST_ROWS, Solved, limit_sentence};
use super::answer_view::{AnswerView, AnsweredView, JudgementView, MoveView, Version};
use super::asks_view::{
    CheckRequest, CheckView, ExpectedView, FixView, LiveRequest, LiveView, OpenedView, ProblemView,
    QuoteView, SummaryView,
};
use super::case_build::{Places, case_view};
use super::files::{PathQuery, read};
use super::onwards::joint_moves;
use super::problem::Problem;
use super::progress::patiently;
use super::source::beside;
use super::texts::{FilePlaces, Units};
use super::version;
use super::words::CaseWords;
use crate::server::Workbench;
use detente_study::find::findings::Findings;
use detente_study::find::headline::{self as find, Headline};
use detente_study::find::judgement::Reversal;
use detente_study::find::version::Start;
use detente_study::find::version::Version as Written;
use detente_study::say::accounts::{Told, title};
use detente_study::say::moves as say;
use detente_study::say::version as say_version;
use detente_study::say::{answers, cells, headline, judgement};
use detente_study::{Study, Waiting};

/// How long a case may compute while somebody waits for it.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
/// Up to so many options a case is solved for the first answer of a page: at most as many outcomes as are listed.
const OPENED: usize = MOST_ROWS.ilog2() as usize;
/// Most outcomes of a case whose joint moves are drawn.
const MOST_JOINT: usize = crate::caps::JOINT.size();
/// From so many outcomes that nobody alone leaves joint moves are looked for while somebody waits.
const MOST_STARTS: usize = crate::caps::STARTS.size();
/// How long the list of cases waits for one answer.
const GLANCE: Duration = Duration::from_secs(2);

pub(crate) async fn live(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<LiveRequest>,
) -> Result<Json<LiveView>, Problem> {
    let ticket = request.ticket.clone().map(|ticket| (workbench, ticket));
    patiently(PATIENCE, ticket, move |watch| view(&request, watch)).await.map(Json)
}

/// A file with what follows from it, in one answer: what a page needs first. A case of more than [`OPENED`] options
/// comes without: it is asked for with progress.
pub(crate) async fn open(
    State(workbench): State<Arc<Workbench>>,
    Query(query): Query<PathQuery>,
) -> Result<Json<OpenedView>, Problem> {
    let opened = patiently(PATIENCE, None, move |watch| {
        let file = read(&workbench, query.path)?;
        let found = detente_case::read(&file.path, file.text.as_bytes());
        if found.conflict.as_ref().is_some_and(|conflict| conflict.game.options().len() > OPENED) {
            return Ok(OpenedView { file, live: None });
        }
        let request = LiveRequest {
            path: file.path.clone(),
            text: file.text.clone(),
            version: Version::default(),
            ticket: None,
            known: None,
        };
        let live = follow(&request, found, watch);
        Ok(OpenedView { file, live: Some(live) })
    });
    opened.await?.map(Json)
}

fn view(request: &LiveRequest, watch: &Waiting) -> LiveView {
    follow(request, detente_case::read(&request.path, request.text.as_bytes()), watch)
}

/// What follows from a text that was read.
fn follow(request: &LiveRequest, read: detente_case::Read, watch: &Waiting) -> LiveView {
    let basis = basis(request);
    let known = read.conflict.is_some() && request.known.as_ref() == Some(&basis);
    let problems = if known { Vec::new() } else { problems(&request.text, &read.diagnostics) };
    let mut view = LiveView {
        basis,
        known,
        problems,
        revision: crate::server::folder::revision(request.text.as_bytes()),
        file: if known { None } else { detente_case::outline(&request.text).map(Into::into) },
        case: None,
        answer: None,
        as_written: None,
        version_problems: Vec::new(),
        version_notes: Vec::new(),
    };
    let Some(conflict) = read.conflict else { return view };
    let is_version = !request.version.is_as_written();
    if !known {
        let places = FilePlaces::new(&request.text);
        view.case = Some(case_view(&conflict, &CaseWords(&conflict), &places));
    }
    let changed = is_version.then(|| version::apply(&conflict, &request.version));
    if let Some(Ok(changed)) = &changed {
        let start = Start::of(&conflict, changed);
        view.version_notes.extend(start.map(|start| say_version::start(&conflict, &start)));
    }
    // Where claims contradict each other that is one account too: there is no answer with both at once.
    let unchanged = version::apply(&conflict, &request.version.unchanged());
    if !known || !is_version {
        match unchanged.map(|unchanged| answered(unchanged, watch)) {
            Ok(Ok(answer)) if is_version => view.as_written = Some(answer),
            Ok(Ok(answer)) => view.answer = Some(answer),
            Ok(Err(problem)) => view.version_problems.push(problem),
            // Of a version the same was said of it as a whole.
            Err(_) if is_version => {}
            Err(problems) => view.version_problems.extend(problems),
        }
    }
    match changed.map(|changed| changed.map(|changed| answered(changed, watch))) {
        Some(Ok(Ok(answer))) => view.answer = Some(answer),
        Some(Ok(Err(problem))) => view.version_problems.push(problem),
        Some(Err(problems)) => view.version_problems.extend(problems),
        None => {}
    }
    view
}

/// The digest of what is read.
fn basis(request: &LiveRequest) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(request.path.len() as u64).to_le_bytes());
    hasher.update(request.path.as_bytes()).update(request.text.as_bytes());
    if let Some(reading) = &request.version.reading {
        hasher.update(b"\0").update(reading.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// Everything that `detente check` says, with the texts of the sources that are in the folder.
pub(crate) async fn check(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<CheckRequest>,
) -> Result<Json<CheckView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let read = detente_case::read(&request.path, request.text.as_bytes());
        // A text that is not here is no problem of the case: the source pane says so.
        let text_of = |source: &detente_model::Source| {
            let file = source.text.as_deref()?;
            let found = workbench.folder.read(&beside(&request.path, file)).ok()?;
            Some(crate::document::source_text(found.bytes, file))
        };
        let watch = Arc::clone(watch);
        let until: detente_case::Until = std::rc::Rc::new(move || watch.stop().is_some());
        let problems = problems(&request.text, &detente_case::check_until(&read, &text_of, &until));
        let places = FilePlaces::new(&request.text);
        let quotes = read.conflict.as_ref().map_or_else(Vec::new, |conflict| {
            quotes(conflict, &|source| matches!(text_of(source), Some(Ok(_))), &places, &problems)
        });
        CheckView { problems, quotes }
    })
    .await
    .map(Json)
}

/// What became of each quote: a problem of quotes inside a claim is that claim's.
fn quotes(
    conflict: &Conflict,
    has_text: &dyn Fn(&detente_model::Source) -> bool,
    places: &FilePlaces,
    problems: &[ProblemView],
) -> Vec<QuoteView> {
    let evidence = &conflict.evidence;
    let here: Vec<bool> = evidence.sources.iter().map(has_text).collect();
    let quoted = evidence.claims.iter().filter(|claim| claim.quote.is_some());
    quoted
        .map(|claim| {
            let whole = places.range(&format!("claim.{}", claim.id));
            let inside = |problem: &&ProblemView| {
                let parts = whole.zip(problem.range);
                parts.is_some_and(|(whole, part)| whole.from <= part.from && part.to <= whole.to)
            };
            let wrong = problems
                .iter()
                .filter(|problem| problem.code == detente_case::codes::quote::CODE)
                .find(inside);
            let state = match wrong {
                Some(_) => "failed",
                None if here[claim.source.index()] => "verified",
                None => "no_text",
            };
            QuoteView {
                claim: claim.id.clone(),
                state: state.to_owned(),
                said: wrong.map(|problem| match &problem.hint {
                    Some(hint) => format!("{} {hint}", problem.message),
                    None => problem.message.clone(),
                }),
            }
        })
        .collect()
}

/// Solves and answers the questions.
pub(crate) fn answered(conflict: Conflict, watch: &Waiting) -> Result<AnswerView, String> {
    let begin = Instant::now();
    let settings = Settings { concepts: Concept::DEFAULT.to_vec(), ..Settings::default() };
    let solved = Solved::new(conflict, &settings, watch).map_err(|refusal| refusal.sentence())?;
    let mut view = solved.view();
    let Solved { found: findings, listed, .. } = solved;
    let joint = || listed.as_ref().map_or_else(Default::default, |listed| moves_together(&findings, listed));
    let (moves, first, (questions, limits)) = std::thread::scope(|scope| {
        let moves = scope.spawn(joint);
        let first = scope.spawn(|| Headline::of(&findings).checked(&findings));
        let questions = questions(&findings);
        let first = first.join().unwrap_or_else(|_| Headline::of(&findings));
        (moves.join().unwrap_or_else(|_| joint()), first, questions)
    });
    for said in limits.iter().map(limit_sentence) {
        if !view.limits.contains(&said) {
            view.limits.push(said);
        }
    }
    let answered =
        |id: &str| questions.iter().find(|question| question.id == id).map(|question| question.brief.clone());
    let said = headline::told(&findings, &first, &answered);
    let check = said.checks();
    (view.headline, view.lasts) = (headline::as_told(&findings.conflict, said.words()), said.lasts);
    view.check = check;
    view.judgements = judgements(&findings.conflict, &first);
    let asked = questions.first().filter(|asked| asked.kind == "possible" && asked.answer != "not_computed");
    let holds = asked.filter(|_| !view.cut).map(|asked| asked.states.len());
    let lasting = findings.lasting(Concept::Nash).map(|set| set.count()).unwrap_or_default();
    view.said.count = cells::count(&lasting, holds);
    ((view.moves, view.moves_left_out), view.questions) = (moves, questions);
    view.took_ms = begin.elapsed().as_secs_f64() * 1e3;
    Ok(view)
}

/// What the headline hangs on, one question each.
fn judgements(conflict: &Conflict, headline: &Headline) -> Vec<JudgementView> {
    let turning = headline.check.iter().flat_map(|check| &check.turning);
    turning
        .map(|turn| {
            let (ask, then) = judgement::asked(conflict, turn);
            let (address, reversal) = turn.judgement.in_file(conflict);
            let reversal = match reversal {
                Reversal::Contrary => "contrary",
                Reversal::Without => "without",
                Reversal::ByHand => "by_hand",
            };
            JudgementView { ask, then, address, reversal: reversal.to_owned() }
        })
        .collect()
}

/// The joint moves from where the picture starts and ends, and what is left out of them.
fn moves_together(findings: &Findings, listed: &Listed) -> (Vec<MoveView>, Option<String>) {
    if listed.states.len() > MOST_JOINT {
        return (Vec::new(), Some(say::too_large(MOST_JOINT)));
    }
    let conflict = &findings.conflict;
    let lasting = findings.lasting(Concept::Nash);
    let nash = lasting.as_ref().map_or_else(Vec::new, |set| set.first(MOST_STARTS));
    let all = lasting.map(|set| set.count()).unwrap_or_default();
    let asked = nash.len();
    // One impossible start would leave the others without moves; today may be one of those that last.
    let today = conflict.game.status_quo.iter().filter(|state| listed.position(state).is_some()).cloned();
    let mut from: Vec<_> = today.collect();
    from.extend(nash.into_iter().filter(|state| conflict.game.status_quo.as_ref() != Some(state)));
    let (moves, limits) = joint_moves(conflict, &from, |to| listed.position(to), &*findings.watch);
    (moves, say::joint(asked, &all, &limits))
}

/// The questions of a case with their answers, in its order, and the bounds that were hit on the way. They are
/// independent: as many are answered side by side as there are cores.
fn questions(findings: &Findings) -> (Vec<AnsweredView>, Vec<LimitHit>) {
    let one = |question: &Question| {
        if question.kind == QuestionKind::Price && answers::price::fits(findings, question) {
            return (AnsweredView { later: true, ..AnsweredView::open(question) }, Vec::new());
        }
        let reply = answers::answer(findings, question, 4096);
        // What is left to something else stays with its question.
        let limits = reply.limits.iter().filter(|hit| !reply.defers(hit)).cloned().collect();
        let view = AnsweredView {
            answer: reply.answer.word().to_owned(),
            lead: reply.lead.to_owned(),
            brief: reply.brief,
            text: reply.text,
            reason: reply.reason,
            limits: reply.limits.iter().map(limit_sentence).collect(),
            states: reply.states.iter().map(ToString::to_string).collect(),
            ..AnsweredView::open(question)
        };
        (view, limits)
    };
    let questions = &findings.conflict.questions;
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get).min(questions.len());
    let next = AtomicUsize::new(0);
    let several = || {
        let mut said = Vec::new();
        while let Some(question) = questions.get(next.fetch_add(1, Ordering::Relaxed)) {
            said.push((question.id.as_str(), one(question)));
        }
        said
    };
    let mut answered: HashMap<&str, (AnsweredView, Vec<LimitHit>)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..cores).map(|_| scope.spawn(several)).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
    });
    // One whose thread died is asked again here, so that its panic is told like any other.
    let all = questions
        .iter()
        .map(|question| answered.remove(question.id.as_str()).unwrap_or_else(|| one(question)));
    let (views, limits): (Vec<_>, Vec<_>) = all.unzip();
    (views, limits.into_iter().flatten().collect())
}

/// Why a conflict cannot be solved, for the reader.
pub(crate) fn sentence(conflict: &Conflict, error: &detente_engine::SolveError) -> String {
    detente_study::Refusal::of(conflict, error).sentence()
}

/// The problems as the page shows them.
pub(crate) fn problems(text: &str, diagnostics: &[Diagnostic]) -> Vec<ProblemView> {
    let units = Units::new(text);
    diagnostics
        .iter()
        .map(|d| ProblemView {
            code: d.code.to_owned(),
            severity: match d.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            }
            .to_owned(),
            message: d.message.clone(),
            hint: d.hint.clone(),
            line: d.span.map(|span| span.start.line),
            range: d.span.map(|span| units.range(span.start.byte, span.end.byte)),
            fix: d.fix.as_ref().map(|fix| FixView {
                title: fix.title.clone(),
                range: units.range(fix.span.start.byte, fix.span.end.byte),
                text: fix.text.clone(),
            }),
        })
        .collect()
}

/// The conflict of a text in a version, or why there is none.
pub(crate) fn conflict_of(path: &str, text: &str, version: &Version) -> Result<Conflict, Problem> {
    let read = detente_case::read(path, text.as_bytes());
    let conflict = read.conflict.ok_or_else(|| {
        let first = read.diagnostics.iter().find(|d| d.severity == Severity::Error);
        Problem::bad_request(first.map_or("the case has errors", |d| d.message.as_str()))
    })?;
    version::apply(&conflict, version).map_err(|problems| Problem::bad_request(problems.join("; ")))
}

pub(crate) async fn summary(
    State(workbench): State<Arc<Workbench>>,
    Query(query): Query<PathQuery>,
) -> Result<Json<SummaryView>, Problem> {
    patiently(GLANCE, None, move |watch| summarise(&workbench, &query.path, watch)).await?.map(Json)
}

fn summarise(workbench: &Workbench, path: &str, watch: &Waiting) -> Result<SummaryView, Problem> {
    let file = workbench.folder.read(path)?;
    let changed = workbench.folder.changed(path)?;
    if let Some(known) = workbench.summaries.of(&file.revision, path, changed) {
        return Ok(known);
    }
    let read = detente_case::read(path, &file.bytes);
    let count = |severity| read.diagnostics.iter().filter(|d| d.severity == severity).count();
    let mut summary = SummaryView {
        path: path.to_owned(),
        title: path.to_owned(),
        question: None,
        as_of: None,
        actors: Vec::new(),
        codes: Vec::new(),
        options: 0,
        outcomes: None,
        sources: 0,
        wrong: read.diagnostics.iter().find(|d| d.is_error()).map(|d| match d.span {
            Some(span) => format!("Line {}: {}", span.start.line, d.message),
            None => d.message.clone(),
        }),
        claims: 0,
        assumptions: 0,
        lead: None,
        asked: None,
        answer: None,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        revision: file.revision,
        changed,
        expected: Vec::new(),
    };
    let Some(conflict) = read.conflict else {
        workbench.summaries.remember(&summary);
        return Ok(summary);
    };
    let game = &conflict.game;
    summary.title.clone_from(&conflict.about.title);
    summary.question.clone_from(&conflict.about.question);
    summary.as_of.clone_from(&conflict.about.as_of);
    let expected = detente_study::say::lived::expected(&conflict).into_iter();
    summary.expected = expected.map(|(on, text)| ExpectedView { on, text }).collect();
    summary.actors = game.actors.iter().map(|actor| actor.name.clone()).collect();
    summary.codes = detente_study::say::names::codes(game);
    summary.options = game.options().len();
    summary.sources = conflict.evidence.sources.len();
    summary.claims = conflict.evidence.claims.len();
    summary.assumptions = assumptions(&conflict);
    // A case that takes longer is answered when it is opened.
    if let Some(glance) = glance(&conflict, watch) {
        summary.asked = glance.asked;
        summary.outcomes = Some(glance.outcomes);
        (summary.lead, summary.answer) =
            (Some(glance.lead).filter(|lead| !lead.is_empty()), Some(glance.text));
        // What took too long may be quicker when less else runs.
        if glance.whole {
            workbench.summaries.remember(&summary);
        }
    }
    Ok(summary)
}

/// The answer of a case in one breath.
struct Glance {
    asked: Option<String>,
    outcomes: String,
    lead: String,
    text: String,
    /// Whether nothing took too long.
    whole: bool,
}

/// Where claims contradict each other, the answer is that of every account.
fn glance(conflict: &Conflict, watch: &Waiting) -> Option<Glance> {
    let accounts = conflict.accounts().unwrap_or_default();
    if accounts.is_empty() {
        return answer_of(conflict, None, watch);
    }
    let mut first: Option<Glance> = None;
    let mut whole = true;
    let mut all = Vec::new();
    for account in &accounts {
        let answer = answer_of(conflict, Some(account.id.clone()), watch);
        whole &= answer.is_some();
        let mut told = Told { title: title(conflict, account), ..Told::default() };
        if let Some(answer) = answer {
            (told.lead, told.text) = (answer.lead.clone(), answer.text.clone());
            first.get_or_insert(answer);
        }
        all.push(told);
    }
    let (lead, text) = detente_study::say::accounts::all(&all)?;
    first.map(|first| Glance { lead, text, whole, ..first })
}

fn answer_of(conflict: &Conflict, reading: Option<String>, watch: &Waiting) -> Option<Glance> {
    let (findings, first) = first_line(conflict, reading, watch)?;
    let question = first.question.and_then(|at| findings.conflict.questions.get(at));
    let reply = question.map(|question| answers::answer(&findings, question, 64));
    let answered = reply.filter(|reply| reply.answer != detente_study::wire::Answer::NotComputed);
    let asked = answered.as_ref().map(|reply| reply.ask.clone());
    let said = headline::said(&findings, &first, answered.as_slice());
    let (lead, text) = match answered {
        Some(_) if first.decided.is_some() => (said.lead.clone(), said.rest()),
        Some(reply) => (reply.lead.to_owned(), reply.text),
        None => (String::new(), said.lasts),
    };
    Some(Glance { asked, outcomes: first.possible.to_string(), lead, text, whole: true })
}

/// The answer in one breath, and what it was read off; `None` when it takes longer than there is time, or an error
/// shows only now. Where Nash stability says no, what those say who look ahead is asked, too.
fn first_line(conflict: &Conflict, reading: Option<String>, watch: &Waiting) -> Option<(Findings, Headline)> {
    let conflict = Written { reading, ..Written::default() }.apply(conflict).ok()?;
    let question = find::question(&conflict).and_then(|at| conflict.questions.get(at));
    let which = question.and_then(|question| question.concept).unwrap_or(Concept::Nash);
    let solve = |conflict: Conflict, concepts: Vec<Concept>| {
        let settings = Settings { concepts, ..Settings::default() };
        let found = Study::solved(conflict, settings, watch).ok()?.found;
        found.solution.limits.is_empty().then_some(found)
    };
    let mut concepts = vec![Concept::Nash, which];
    concepts.dedup();
    let findings = solve(conflict, concepts)?;
    let first = Headline::of(&findings);
    if which != Concept::Nash || first.decided.as_ref().is_none_or(|decided| decided.yes) {
        return Some((findings, first));
    }
    // The first answer stands where this one takes too long: so the conflict is needed twice.
    let Some(ahead) = solve(findings.conflict.clone(), Concept::DEFAULT.to_vec()) else {
        return Some((findings, first));
    };
    let first = Headline::of(&ahead);
    Some((ahead, first))
}

/// How many statements, rules and options are the analyst's own.
fn assumptions(conflict: &Conflict) -> usize {
    use detente_model::Preference;
    let wishes: usize = conflict
        .game
        .preferences
        .iter()
        .map(|preference| match preference {
            Preference::Statements(list) => list.iter().filter(|s| s.grounds.assumption).count(),
            Preference::Weights(list) => list.iter().filter(|w| w.grounds.assumption).count(),
            Preference::Ranking(ranking) => usize::from(ranking.grounds.assumption),
        })
        .sum();
    let rules = conflict
        .game
        .option_form()
        .map_or(0, |form| form.rules.iter().filter(|rule| rule.grounds.assumption).count());
    wishes + rules + conflict.game.options().iter().filter(|o| o.grounds.assumption).count()
}
