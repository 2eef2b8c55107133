//! The validated whole: a case as the rest of the program sees it.

use std::collections::{BTreeSet, HashSet};

use crate::strike::{fall, stays};
use crate::{
    Account, ClaimId, Evidence, Form, Game, Grades, Grounds, Observed, OptionForm, OptionId, Outcome,
    OutcomeStates, Overlay, OverlayError, Preference, Question, Reading, Rule, RuleKind, Said, Situation,
    State, Strike, Uncertainty, Variant, View, WishLever,
};

/// A conflict, valid by construction: every reference resolves, the status quo
/// obeys the rules, rankings cover what they must. Built by the case reader, or
/// from another conflict by [`Conflict::with_overlay`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflict {
    /// Title, date, question, limits.
    pub about: About,
    /// Sources and claims.
    pub evidence: Evidence,
    /// Map and timeline.
    pub situation: Situation,
    /// What verdicts depend on.
    pub game: Game,
    /// Named outcomes.
    pub outcomes: Vec<Outcome>,
    /// Questions, in file order.
    pub questions: Vec<Question>,
    /// Variants, in file order.
    pub variants: Vec<Variant>,
    /// Views, in file order.
    pub views: Vec<View>,
    /// What happened afterwards.
    pub observed: Vec<Observed>,
    /// What may be otherwise, for sampling.
    pub uncertainty: Uncertainty,
    /// Names for what the case says where claims contradict each other.
    pub readings: Vec<Reading>,
    /// Threats, promises, demands and offers.
    pub said: Vec<Said>,
    /// Wishes that an incentive could change.
    pub levers: Vec<WishLever>,
    /// Id of the variant that this is; `None`: the case as written.
    pub variant: Option<String>,
    /// The account that this is, where claims contradict each other; `None`: all claims stand.
    pub account: Option<Account>,
}

/// What the case is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Title.
    pub title: String,
    /// The date that it describes, `YYYY[-MM[-DD]]`.
    pub as_of: Option<String>,
    /// The question in words.
    pub question: Option<String>,
    /// Who wrote the case.
    pub author: Option<String>,
    /// What is not modelled, and other limits.
    pub limits: Vec<String>,
    /// How sure grades make, where not as usual.
    pub grades: Grades,
    /// Anything else for the reader.
    pub note: Option<String>,
}

impl Conflict {
    /// The variant with this id.
    #[must_use]
    pub fn variant(&self, id: &str) -> Option<&Variant> {
        self.variants.iter().find(|v| v.id == id)
    }

    /// Whether `states` covers `state`.
    #[must_use]
    pub fn is_outcome(&self, states: &OutcomeStates, state: &State) -> bool {
        match states {
            OutcomeStates::Formula(f) => self.game.option_form().is_some_and(|form| form.holds(f, state)),
            OutcomeStates::Listed(list) => list.contains(state),
        }
    }

    /// The first named outcome that covers `state`.
    #[must_use]
    pub fn outcome_of(&self, state: &State) -> Option<&Outcome> {
        self.outcomes.iter().find(|o| self.is_outcome(&o.states, state))
    }

    /// This conflict with variant `id` applied. `None`: there is no such variant.
    ///
    /// # Errors
    /// As [`Conflict::with_overlay`].
    pub fn with_variant(&self, id: &str) -> Option<Result<Self, Vec<OverlayError>>> {
        let variant = self.variant(id)?;
        Some(self.with_overlay(&variant.overlay).map(|mut conflict| {
            conflict.variant = Some(id.to_owned());
            conflict
        }))
    }

    /// This conflict with `overlay` applied, whole or not at all.
    ///
    /// The result is checked for what an overlay can break: references, the status quo,
    /// order of strong statements, sums of weights. A ranking is checked against the
    /// feasible states by the engine's caller, because that needs the states.
    ///
    /// # Errors
    /// All problems, not only the first.
    pub fn with_overlay(&self, overlay: &Overlay) -> Result<Self, Vec<OverlayError>> {
        let mut next = self.clone();
        let mut errors = Vec::new();
        change(&mut next, overlay, &mut errors);
        drop_named(&mut next.game, overlay, &mut errors);
        strike(&mut next, &overlay.strike, &mut errors);
        add(&mut next.game, overlay, &mut errors);
        if let Some(state) = &overlay.status_quo {
            next.game.status_quo = Some(state.clone());
        }
        check(&next.game, &mut errors);
        if errors.is_empty() { Ok(next) } else { Err(errors) }
    }

    /// This conflict without the struck evidence; see [`Strike`].
    ///
    /// # Errors
    /// As [`Conflict::with_overlay`].
    pub fn without(&self, strike: &Strike) -> Result<Self, Vec<OverlayError>> {
        self.with_overlay(&Overlay { strike: strike.clone(), ..Overlay::default() })
    }

    /// The claims that `strike` names, all together.
    #[must_use]
    pub fn struck_claims(&self, strike: &Strike) -> BTreeSet<ClaimId> {
        let evidence = &self.evidence;
        let named: HashSet<&str> = strike.claims.iter().map(String::as_str).collect();
        evidence
            .claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| {
                let source = evidence.sources.get(claim.source.index());
                named.contains(claim.id.as_str())
                    || claim.kind.is_some_and(|kind| strike.kinds.contains(&kind))
                    || source.is_some_and(|s| strike.sources.contains(&s.id))
                    || strike.speakers.iter().any(|name| evidence.speaks(claim, name))
            })
            .map(|(index, _)| ClaimId::from(index))
            .collect()
    }
}

impl Evidence {
    /// Whether `claim` is in the words of `name`: its speaker, or `author` (the default)
    /// or the author's name for the author of its source, or one of those who passed it on.
    #[must_use]
    pub fn speaks(&self, claim: &crate::Claim, name: &str) -> bool {
        let speaker = claim.speaker.as_deref().unwrap_or("author");
        speaker == name
            || claim.heard.iter().any(|by| by == name)
            || speaker == "author"
                && self.sources.get(claim.source.index()).and_then(|s| s.author.as_deref()) == Some(name)
    }

    /// The claim with this id.
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<ClaimId> {
        self.claims.iter().position(|c| c.id == id).map(ClaimId::from)
    }
}

/// What an overlay puts in the place of something, and what it lifts.
fn change(next: &mut Conflict, overlay: &Overlay, errors: &mut Vec<OverlayError>) {
    let game = &mut next.game;
    for (actor, id, statements) in &overlay.change_prefers {
        let name = actor_name(game, *actor);
        let Some(Preference::Statements(list)) = game.preferences.get_mut(actor.index()) else {
            errors.push(OverlayError::OtherPreference(name, "statements"));
            continue;
        };
        let of_it = |s: &crate::Statement| s.id.as_ref() == Some(id);
        match list.iter().position(of_it) {
            Some(at) => {
                let count = list[at..].iter().take_while(|s| of_it(s)).count();
                list.splice(at..at + count, statements.iter().cloned());
            }
            None => errors.push(OverlayError::NoStatement(name, id.clone())),
        }
    }
    for deadline in &overlay.deadlines {
        match game.deadlines.iter_mut().find(|old| old.id == deadline.id) {
            Some(old) => *old = deadline.clone(),
            None => game.deadlines.push(deadline.clone()),
        }
    }
    // Stable: those of one day stay in file order.
    game.deadlines.sort_by(|a, b| a.on.cmp(&b.on));
    let Form::Options(form) = &mut game.form else { return };
    form.rules
        .retain(|rule| !matches!(rule.kind, RuleKind::Unavailable(option) if overlay.lift.contains(&option)));
    for (id, definition) in &overlay.define {
        if let Some(old) = form.definitions.get_mut(id.index()) {
            *old = definition.clone();
        }
    }
    for terms in &overlay.acts {
        let Some(old) = form.acts.iter_mut().find(|act| act.first == terms.act.first) else { continue };
        *old = terms.act.clone();
        for switch in form.options.iter_mut().skip(terms.act.first.index()).take(terms.act.bits as usize) {
            switch.begins_if.clone_from(&terms.begins_if);
            switch.ends_if.clone_from(&terms.ends_if);
        }
    }
}

fn drop_named(game: &mut Game, overlay: &Overlay, errors: &mut Vec<OverlayError>) {
    for id in &overlay.drop_rules {
        match &mut game.form {
            Form::Graph(_) => errors.push(OverlayError::GraphForm("rules")),
            Form::Options(form) => match form.rules.iter().position(|r| r.id.as_ref() == Some(id)) {
                Some(at) => {
                    form.rules.remove(at);
                }
                None => errors.push(OverlayError::NoRule(id.clone())),
            },
        }
    }
    for (actor, id) in &overlay.drop_prefers {
        let dropped = match game.preferences.get_mut(actor.index()) {
            Some(Preference::Statements(list)) => {
                // A wish over levels is several statements of one id.
                let before = list.len();
                list.retain(|s| s.id.as_ref() != Some(id));
                list.len() < before
            }
            Some(Preference::Weights(list)) => remove_by(list, |s| s.id.as_ref() == Some(id)),
            Some(Preference::Ranking(_)) | None => false,
        };
        if !dropped {
            errors.push(OverlayError::NoStatement(actor_name(game, *actor), id.clone()));
        }
    }
}

fn remove_by<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool) -> bool {
    list.iter().position(is).map(|at| list.remove(at)).is_some()
}

fn strike(next: &mut Conflict, strike: &Strike, errors: &mut Vec<OverlayError>) {
    if strike.is_empty() {
        return;
    }
    let evidence = &next.evidence;
    let mut missing = |kind: &'static str, ids: &[String], known: &dyn Fn(&str) -> bool| {
        for id in ids.iter().filter(|id| !known(id)) {
            errors.push(OverlayError::NothingToStrike { kind, id: id.clone() });
        }
    };
    let claims: HashSet<&str> = match strike.claims.is_empty() {
        true => HashSet::new(),
        false => evidence.claims.iter().map(|claim| claim.id.as_str()).collect(),
    };
    missing("claim", &strike.claims, &|id| claims.contains(id));
    missing("source", &strike.sources, &|id| evidence.sources.iter().any(|s| s.id == id));
    missing("speaker", &strike.speakers, &|name| evidence.claims.iter().any(|c| evidence.speaks(c, name)));

    let struck = next.struck_claims(strike);
    fall(&mut next.game, &struck, strike.assumptions);
    let stays = |grounds: &mut Grounds| stays(grounds, &struck, strike.assumptions);
    // What may be otherwise is not when it has no grounds left: then all is as written.
    let uncertainty = &mut next.uncertainty;
    uncertainty.orders.retain_mut(|order| stays(&mut order.grounds));
    uncertainty.instead.retain_mut(|instead| stays(&mut instead.statement.grounds));
    uncertainty.types.retain_mut(|kind| {
        kind.prefers.retain_mut(|s| stays(&mut s.grounds));
        stays(&mut kind.grounds)
    });
    next.said.retain_mut(|said| stays(&mut said.grounds));
    let situation = &mut next.situation;
    situation.ties.retain_mut(|tie| stays(&mut tie.grounds));
    situation.events.retain_mut(|event| stays(&mut event.grounds));
    situation.effects.retain_mut(|effect| stays(&mut effect.grounds));
}

/// The rule by which an overlay makes an option unavailable.
pub(crate) fn unavailable(option: OptionId) -> Rule {
    Rule { id: None, kind: RuleKind::Unavailable(option), grounds: Grounds::default(), confidence: None }
}

fn add(game: &mut Game, overlay: &Overlay, errors: &mut Vec<OverlayError>) {
    match &mut game.form {
        Form::Options(form) => {
            form.rules.extend(overlay.unavailable.iter().copied().map(unavailable));
            form.rules.extend(overlay.add_rules.iter().cloned());
            form.cannot.extend(overlay.add_cannot.iter().cloned());
        }
        Form::Graph(_) => {
            for (there, what) in [
                (!overlay.unavailable.is_empty(), "which options are available"),
                (!overlay.add_rules.is_empty(), "rules"),
                (!overlay.add_cannot.is_empty(), "moves by formula"),
            ] {
                if there {
                    errors.push(OverlayError::GraphForm(what));
                }
            }
        }
    }
    // Where the last one went, for the further statements of a wish over levels.
    let mut last: Option<(crate::ActorId, usize)> = None;
    for add in &overlay.add_prefers {
        let actor = actor_name(game, add.actor);
        let follows = add.statement.levels.as_ref().is_some_and(|levels| levels.at > 0);
        match game.preferences.get_mut(add.actor.index()) {
            Some(Preference::Statements(list)) => {
                // A wish over levels counts as one wish, however many statements it stands for.
                let wishes = || wish_starts(list);
                let at = match last {
                    Some((whose, at)) if follows && whose == add.actor => Some(at + 1),
                    _ => match add.at.map(|at| (at as usize).saturating_sub(1)) {
                        None => Some(list.len()),
                        Some(at) => wishes().nth(at).or((at == wishes().count()).then_some(list.len())),
                    },
                };
                match at {
                    Some(at) => {
                        list.insert(at, add.statement.clone());
                        last = Some((add.actor, at));
                    }
                    None => {
                        let (at, len) = (add.at.unwrap_or(0), wishes().count());
                        errors.push(OverlayError::PlaceBeyondEnd { actor, at, len });
                    }
                }
            }
            _ => errors.push(OverlayError::OtherPreference(actor, "statements")),
        }
    }
    for (actor, weighed) in &overlay.add_weighs {
        let name = actor_name(game, *actor);
        match game.preferences.get_mut(actor.index()) {
            Some(Preference::Weights(list)) => list.push(weighed.clone()),
            _ => errors.push(OverlayError::OtherPreference(name, "weights")),
        }
    }
}

/// Where each wish begins among the statements.
fn wish_starts(list: &[crate::Statement]) -> impl Iterator<Item = usize> + '_ {
    list.iter().enumerate().filter(|(_, statement)| statement.begins_wish()).map(|(at, _)| at)
}

/// What taking something away or adding it can break.
pub(crate) fn check(game: &Game, errors: &mut Vec<OverlayError>) {
    if let (Some(form), Some(state)) = (game.option_form(), &game.status_quo)
        && let Some(index) = form.broken_rule(state)
    {
        errors.push(OverlayError::StatusQuo { index, rule: rule_name(game, form, index) });
    }
    for (index, preference) in game.preferences.iter().enumerate() {
        let actor = actor_name(game, crate::ActorId::from(index));
        match preference {
            Preference::Statements(list) => {
                if list.windows(2).any(|pair| !pair[0].strong && pair[1].strong) {
                    errors.push(OverlayError::StrongAfterMild(actor));
                }
            }
            Preference::Weights(list) => {
                let sum = |keep: fn(i64) -> bool| {
                    list.iter().map(|w| w.weight).filter(|&w| keep(w)).try_fold(0_i64, i64::checked_add)
                };
                if sum(|w| w > 0).is_none() || sum(|w| w < 0).is_none() {
                    errors.push(OverlayError::WeightOverflow(actor));
                }
            }
            Preference::Ranking(_) => {}
        }
    }
}

fn actor_name(game: &Game, actor: crate::ActorId) -> String {
    game.actors.get(actor.index()).map_or_else(|| format!("number {}", actor.index() + 1), |a| a.id.clone())
}

fn rule_name(game: &Game, form: &OptionForm, index: usize) -> String {
    match form.rules.get(index) {
        Some(Rule { id: Some(id), .. }) => format!("`{id}`"),
        Some(Rule { kind: RuleKind::Unavailable(option), .. }) => {
            format!("`{}` is not available", game.option_name(*option))
        }
        Some(Rule { kind: RuleKind::Chain(upper, _), .. }) => {
            format!("`{}` has one level at a time", game.option_name(*upper))
        }
        _ => format!("number {} in file order", index + 1),
    }
}
