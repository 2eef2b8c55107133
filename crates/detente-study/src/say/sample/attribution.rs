//! What moves a share, by name: inputs, and all that hangs on an actor, a claim, a speaker, a source.

use std::collections::BTreeMap;

use detente_engine::ensemble::{
    About, Asked, Attribution, AttributionSettings, Ensemble, Estimate, Factor, Flip, Moved,
};
use detente_model::{ClaimId, Conflict, Grounds, Preference};

use crate::say::names;
use crate::say::sample::Counted;
use crate::wire::{
    AttributionInfo, ChangedInput, FactorInfo, FlipInfo, Frame, Interval, MovedShareInfo, SettingInfo,
};

/// The kinds in the order of the report.
const KINDS: [&str; 6] = ["input", "actor", "claim", "speaker", "source", "assumptions"];

/// Inputs, each with the part of it that belongs here.
type Parts = Vec<(usize, f64)>;

/// A factor and what it is called.
struct Named {
    kind: usize,
    id: String,
    text: String,
    factor: Factor,
    /// What each setting is.
    settings: Vec<String>,
}

/// Everything that is looked at, and whose shares.
pub struct Moving {
    named: Vec<Named>,
    /// What is asked of each item, in their order; the target is the place of the item.
    asked: Vec<Asked>,
}

impl Moving {
    /// Every input and every group of inputs, for the questions under their own concept and the other items under
    /// the first.
    pub fn new(ensemble: &Ensemble, frame: &Frame) -> Self {
        let asked = (frame.items.iter().enumerate())
            .map(|(target, item)| {
                let own = |concept: &String| item.concept.as_ref() == Some(concept);
                let concept = frame.settings.concepts.iter().position(own).unwrap_or(0);
                Asked { concept, target, every: item.certain }
            })
            .collect();
        let mut named: Vec<Named> = (frame.inputs.iter().enumerate())
            .map(|(at, input)| Named {
                kind: 0,
                id: input.id.clone(),
                text: input.text.clone(),
                factor: Factor {
                    inputs: vec![(at, 1.0)],
                    settings: (0..input.levels.len())
                        .filter(|level| input.levels[*level].chance > 0.0)
                        .map(|level| vec![(at, level)])
                        .collect(),
                },
                settings: (input.levels.iter().filter(|level| level.chance > 0.0))
                    .map(|level| level.text.clone())
                    .collect(),
            })
            .collect();
        let mut groups: BTreeMap<(usize, String), (String, Parts)> = BTreeMap::new();
        for (at, input) in ensemble.inputs.iter().enumerate() {
            for (kind, id, text, part) in belongs(&ensemble.conflict, input.about) {
                let (_, inputs) = groups.entry((kind, id)).or_insert_with(|| (text, Vec::new()));
                match inputs.iter_mut().find(|(input, _)| *input == at) {
                    Some((_, known)) => *known += part,
                    None => inputs.push((at, part)),
                }
            }
        }
        named.extend(groups.into_iter().map(|((kind, id), (text, inputs))| {
            let (settings, words) = together(ensemble, &inputs);
            Named { kind, id, text, factor: Factor { inputs, settings }, settings: words }
        }));
        Self { named, asked }
    }

    /// What the engine is asked.
    pub fn settings(&self) -> AttributionSettings {
        AttributionSettings {
            asked: self.asked.clone(),
            factors: self.named.iter().map(|named| named.factor.clone()).collect(),
        }
    }

    /// How many times each draw is solved.
    pub fn solves(&self) -> usize {
        let inputs = self.named.iter().filter(|n| n.kind == 0).count();
        2 + inputs + self.named.iter().map(|n| 1 + n.factor.settings.len()).sum::<usize>()
    }

    /// In how many models each item holds that is asked for.
    pub fn hits(&self, counted: &Counted<'_>) -> Vec<f64> {
        self.asked.iter().map(|asked| counted.hits(*asked)).collect()
    }

    /// The questions: what is asked, and whether the answer is as likely as not or more.
    pub fn questions(&self, counted: &Counted<'_>) -> Vec<(Asked, bool)> {
        (self.asked.iter())
            .filter(|asked| counted.frame.items[asked.target].kind == "question")
            .map(|asked| (*asked, counted.share(counted.hits(*asked)).share >= 0.5))
            .collect()
    }

    /// What was found, by name.
    pub fn info(
        &self,
        counted: &Counted<'_>,
        found: &Attribution,
        flips: &[(Asked, Flip)],
    ) -> AttributionInfo {
        let frame = counted.frame;
        let of = (self.asked.iter().zip(&found.items))
            .map(|(asked, moved)| {
                let about = &frame.items[asked.target];
                let mut factors: Vec<(usize, FactorInfo)> = (self.named.iter().enumerate())
                    .map(|(at, named)| (named.kind, factor(frame, named, at, moved)))
                    .collect();
                let part = |f: &FactorInfo| f.shapley.map_or(0.0, |s| s.share);
                factors.sort_by(|a, b| a.0.cmp(&b.0).then(part(&b.1).total_cmp(&part(&a.1))));
                let flip = flips.iter().find(|(of, _)| of == asked).map(|(_, flip)| self.flip(frame, flip));
                MovedShareInfo {
                    id: about.id.clone(),
                    kind: about.kind.clone(),
                    name: about.name.clone(),
                    concept: frame.settings.concepts[asked.concept].clone(),
                    certain: asked.every,
                    share: counted.share(counted.hits(*asked)),
                    factors: factors.into_iter().map(|(_, factor)| factor).collect(),
                    flip,
                }
            })
            .collect();
        AttributionInfo { draws: found.draws.map_or(0, |n| n as u64), of }
    }

    fn flip(&self, frame: &Frame, flip: &Flip) -> FlipInfo {
        let changed = |(input, level): &(usize, usize)| ChangedInput {
            input: frame.inputs[*input].id.clone(),
            to: frame.inputs[*input].levels[*level].text.clone(),
        };
        FlipInfo {
            changes: flip.setting.iter().map(changed).collect(),
            share: interval(flip.share),
            smallest: flip.smallest,
        }
    }
}

fn factor(frame: &Frame, named: &Named, at: usize, moved: &Moved) -> FactorInfo {
    FactorInfo {
        id: named.id.clone(),
        kind: KINDS[named.kind].to_owned(),
        text: named.text.clone(),
        inputs: named.factor.inputs.iter().map(|(input, _)| frame.inputs[*input].id.clone()).collect(),
        settings: (named.settings.iter().zip(&moved.given[at]))
            .map(|(text, given)| {
                let Interval { share, low, high } = interval(*given);
                SettingInfo { text: text.clone(), share, low, high }
            })
            .collect(),
        total: moved.total[at].map(interval),
        shapley: moved.shapley[at].map(interval),
    }
}

fn interval(found: Estimate) -> Interval {
    let rounded = |x: f64| (x.clamp(0.0, 1.0) * 1e9).round() / 1e9;
    Interval { share: rounded(found.value), low: rounded(found.low), high: rounded(found.high) }
}

/// Whether an input stands or falls, instead of being one of several choices.
fn stands_or_falls(about: About) -> bool {
    !matches!(about, About::Type(_) | About::Order(_) | About::Instead(..))
}

/// The settings of several inputs, and what they are called: as written; and what stands or falls fallen, while
/// choices are made as they are drawn (where there are choices only, the likeliest of the others).
fn together(ensemble: &Ensemble, inputs: &[(usize, f64)]) -> (Vec<Vec<(usize, usize)>>, Vec<String>) {
    let list = || inputs.iter().map(|(at, _)| *at);
    let falling: Vec<usize> = list().filter(|at| stands_or_falls(ensemble.inputs[*at].about)).collect();
    let choices = falling.len() < inputs.len();
    let written = if choices { "all of it is as written" } else { "all of it holds" };
    let other = match (falling.is_empty(), choices) {
        (true, _) => "all of it is otherwise",
        (false, true) => "none of it stands, other choices left open",
        (false, false) => "none of it holds",
    };
    let likeliest = || list().map(|at| (at, likeliest(&ensemble.inputs[at].levels)));
    let fallen = if falling.is_empty() {
        likeliest().collect()
    } else {
        falling.iter().map(|at| (*at, 1)).collect::<Vec<_>>()
    };
    let possible = |setting: &Vec<(usize, usize)>| {
        setting.iter().all(|(input, level)| ensemble.inputs[*input].levels[*level] > 0.0)
    };
    let both = [(list().map(|at| (at, 0)).collect(), written), (fallen, other)];
    let both = both.into_iter().filter(|(setting, _)| possible(setting));
    both.map(|(setting, words)| (setting, words.to_owned())).unzip()
}

/// The likeliest level but the first.
fn likeliest(levels: &[f64]) -> usize {
    let others = levels.iter().enumerate().skip(1);
    others.max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0))).map_or(0, |(level, _)| level)
}

/// Kind, id, name, and which part of the input is its.
type Belongs = (usize, String, String, f64);

/// What an input belongs to.
fn belongs(conflict: &Conflict, about: About) -> Vec<Belongs> {
    let evidence = &conflict.evidence;
    let game = &conflict.game;
    let preference = |actor: detente_model::ActorId, place: usize| match game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => list.get(place).map(|s| &s.grounds),
        Some(Preference::Weights(list)) => list.get(place).map(|w| &w.grounds),
        _ => None,
    };
    let kinds = |actor| conflict.uncertainty.types.iter().filter(move |t| t.actor == actor);
    let (actor, grounds): (Option<detente_model::ActorId>, Vec<&Grounds>) = match about {
        About::Source(at) => {
            return evidence
                .sources
                .get(at.index())
                .map(|s| source(&s.id, &s.title, 1.0))
                .into_iter()
                .collect();
        }
        About::Claim(claim) => return claims(conflict, &[claim]),
        About::Together(at) => {
            let group = conflict.uncertainty.groups.get(at);
            let mut all = group.map(|g| claims(conflict, &conflict.together(g))).unwrap_or_default();
            if group.is_some_and(|g| g.strike.assumptions) {
                all.push(assumptions());
            }
            return all;
        }
        About::Type(actor) => (Some(actor), kinds(actor).map(|t| &t.grounds).collect()),
        About::Order(actor) => {
            let orders = conflict.uncertainty.orders.iter().filter(|o| o.actor == actor);
            (Some(actor), orders.map(|o| &o.grounds).collect())
        }
        About::Instead(actor, place) => (Some(actor), preference(actor, place).into_iter().collect()),
        About::Statement(actor, 0, place) => (Some(actor), preference(actor, place).into_iter().collect()),
        About::Statement(actor, kind, place) => {
            let own = kinds(actor).nth(kind - 1).and_then(|t| t.prefers.get(place));
            (Some(actor), own.map(|s| &s.grounds).into_iter().collect())
        }
        About::Rule(at) => {
            let rule = game.option_form().and_then(|form| form.rules.get(at));
            (None, rule.map(|r| &r.grounds).into_iter().collect())
        }
        About::Definition(at) => {
            let definition = game.option_form().and_then(|form| form.definitions.get(at.index()));
            (None, definition.map(|d| &d.grounds).into_iter().collect())
        }
        About::Option(option) => {
            let option = game.options().get(option.index());
            (option.map(|o| o.actor), option.map(|o| &o.grounds).into_iter().collect())
        }
    };
    let mut all = Vec::new();
    if let Some(actor) = actor {
        let id = game.actors.get(actor.index()).map_or_else(String::new, |a| a.id.clone());
        all.push((1, id, names::inside(conflict, actor), 1.0));
    }
    let mut rests: Vec<ClaimId> = grounds.iter().flat_map(|g| g.claims.iter().copied()).collect();
    rests.sort_unstable();
    rests.dedup();
    all.extend(claims(conflict, &rests));
    if rests.is_empty() && grounds.iter().any(|g| g.assumption) {
        all.push(assumptions());
    }
    all
}

fn assumptions() -> Belongs {
    (5, "assumptions".to_owned(), "the analyst's assumptions".to_owned(), 1.0)
}

fn source(id: &str, title: &str, part: f64) -> Belongs {
    let text = if title.is_empty() { id.to_owned() } else { names::quoted(title) };
    (4, id.to_owned(), text, part)
}

/// The claims with equal parts, and so their speakers and sources.
fn claims(conflict: &Conflict, list: &[ClaimId]) -> Vec<Belongs> {
    let part = 1.0 / list.len().max(1) as f64;
    let mut all = Vec::new();
    for claim in list.iter().filter_map(|id| conflict.evidence.claims.get(id.index())) {
        all.push((2, claim.id.clone(), format!("{}: {}", claim.id, claim.says), part));
        let from = conflict.evidence.sources.get(claim.source.index());
        if let Some(speaker) = &claim.speaker {
            let author = from.and_then(|s| s.author.clone()).filter(|_| speaker == "author");
            let name = author.unwrap_or_else(|| speaker.clone());
            all.push((3, name.clone(), name, part));
        }
        all.extend(from.map(|s| source(&s.id, &s.title, part)));
    }
    all
}
