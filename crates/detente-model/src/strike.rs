//! What falls when evidence is struck, prepared once for many strikes.

use std::collections::{BTreeSet, HashMap};

use crate::{
    Bearing, ClaimId, ClaimKind, Conflict, Form, Game, Grounds, OptionId, OverlayError, Part, Preference,
    Strike, conflict,
};

/// The evidence of a conflict, looked up by what strikes name, and what rests on each claim. What a strike does is
/// defined by [`Conflict::without`]; this says the same without going through all claims for each.
pub struct Strikes<'c> {
    conflict: &'c Conflict,
    claims: HashMap<&'c str, ClaimId>,
    speakers: HashMap<&'c str, Vec<ClaimId>>,
    sources: HashMap<&'c str, Vec<ClaimId>>,
    kinds: HashMap<ClaimKind, Vec<ClaimId>>,
    /// The parts that bear on verdicts.
    parts: Vec<Part<'c>>,
    /// Per claim: the places of those that rest on it.
    carried: Vec<Vec<usize>>,
    /// The places of those that are assumed.
    assumed: Vec<usize>,
}

impl<'c> Strikes<'c> {
    /// Complexity: linear in the evidence and in the parts of the case.
    #[must_use]
    pub fn new(conflict: &'c Conflict) -> Self {
        let evidence = &conflict.evidence;
        let mut found = Self {
            conflict,
            claims: HashMap::new(),
            speakers: HashMap::new(),
            sources: evidence.sources.iter().map(|source| (source.id.as_str(), Vec::new())).collect(),
            kinds: HashMap::new(),
            parts: conflict.parts(),
            carried: vec![Vec::new(); evidence.claims.len()],
            assumed: Vec::new(),
        };
        found.parts.retain(|part| part.bearing() == Bearing::Verdicts);
        for (at, claim) in evidence.claims.iter().enumerate() {
            let id = ClaimId::from(at);
            found.claims.entry(&claim.id).or_insert(id);
            let source = evidence.sources.get(claim.source.index());
            let speaker = claim.speaker.as_deref().unwrap_or("author");
            found.speakers.entry(speaker).or_default().push(id);
            for by in claim.heard.iter().filter(|by| *by != speaker) {
                found.speakers.entry(by).or_default().push(id);
            }
            let author = source.and_then(|source| source.author.as_deref());
            if let Some(author) = author.filter(|author| speaker == "author" && *author != "author") {
                found.speakers.entry(author).or_default().push(id);
            }
            if let Some(source) = source {
                found.sources.entry(&source.id).or_default().push(id);
            }
            if let Some(kind) = claim.kind {
                found.kinds.entry(kind).or_default().push(id);
            }
        }
        for (at, part) in found.parts.iter().enumerate() {
            for claim in &part.grounds.claims {
                if let Some(carried) = found.carried.get_mut(claim.index()) {
                    carried.push(at);
                }
            }
            if part.grounds.assumption {
                found.assumed.push(at);
            }
        }
        found
    }

    /// The parts that bear on verdicts, in the order of [`Conflict::parts`].
    #[must_use]
    pub fn parts(&self) -> &[Part<'c>] {
        &self.parts
    }

    /// The claims that `strike` names: as [`Conflict::struck_claims`].
    ///
    /// Complexity: linear in the names and in the claims found.
    #[must_use]
    pub fn claims(&self, strike: &Strike) -> BTreeSet<ClaimId> {
        let mut found: BTreeSet<ClaimId> =
            strike.claims.iter().filter_map(|id| self.claims.get(id.as_str())).copied().collect();
        found.extend(strike.speakers.iter().filter_map(|name| self.speakers.get(name.as_str())).flatten());
        found.extend(strike.sources.iter().filter_map(|id| self.sources.get(id.as_str())).flatten());
        found.extend(strike.kinds.iter().filter_map(|kind| self.kinds.get(kind)).flatten());
        found
    }

    /// The places in [`Strikes::parts`] of what falls without these claims, and without the assumptions when they are
    /// struck too; ascending.
    ///
    /// Complexity: linear in what rests on the claims.
    #[must_use]
    pub fn fallen(&self, claims: &BTreeSet<ClaimId>, assumptions: bool) -> Vec<usize> {
        let touched = claims.iter().filter_map(|claim| self.carried.get(claim.index())).flatten();
        let mut places: Vec<usize> = touched.copied().collect();
        if assumptions {
            places.extend(&self.assumed);
        }
        places.sort_unstable();
        places.dedup();
        places.retain(|at| self.parts[*at].grounds.fall(claims, assumptions));
        places
    }

    /// Whether `strike` leaves the game as it is: it names what there is, nothing falls, and no option was only assumed.
    #[must_use]
    pub fn is_idle(&self, strike: &Strike) -> bool {
        let known = strike.claims.iter().all(|id| self.claims.contains_key(id.as_str()))
            && strike.sources.iter().all(|id| self.sources.contains_key(id.as_str()))
            && strike.speakers.iter().all(|name| self.speakers.contains_key(name.as_str()));
        if !known {
            return false;
        }
        let assumed = || self.conflict.game.options().iter().any(|option| option.grounds.assumption);
        !(strike.assumptions && assumed()) && self.fallen(&self.claims(strike), strike.assumptions).is_empty()
    }

    /// The game without the struck evidence: that of [`Conflict::without`].
    ///
    /// # Errors
    /// As [`Conflict::without`].
    pub fn game(&self, strike: &Strike) -> Result<Game, Vec<OverlayError>> {
        let mut errors = Vec::new();
        let mut missing = |kind: &'static str, ids: &[String], known: &dyn Fn(&str) -> bool| {
            for id in ids.iter().filter(|id| !known(id)) {
                errors.push(OverlayError::NothingToStrike { kind, id: id.clone() });
            }
        };
        missing("claim", &strike.claims, &|id| self.claims.contains_key(id));
        missing("source", &strike.sources, &|id| self.sources.contains_key(id));
        missing("speaker", &strike.speakers, &|name| self.speakers.contains_key(name));
        let mut game = self.conflict.game.clone();
        if !strike.is_empty() {
            fall(&mut game, &self.claims(strike), strike.assumptions);
        }
        conflict::check(&game, &mut errors);
        if errors.is_empty() { Ok(game) } else { Err(errors) }
    }
}

/// What stays rests on what is left: a struck claim supports nothing any more, whatever becomes of the others. Whether
/// something stays.
pub(crate) fn stays(grounds: &mut Grounds, struck: &BTreeSet<ClaimId>, assumptions: bool) -> bool {
    let stays = !grounds.fall(struck, assumptions);
    grounds.claims.retain(|claim| !struck.contains(claim));
    stays
}

impl Game {
    /// Takes out what rests on these claims alone, and on assumptions where they are struck: as [`Conflict::without`].
    pub fn strike(&mut self, struck: &BTreeSet<ClaimId>, assumptions: bool) {
        fall(self, struck, assumptions);
    }
}

/// Takes what falls out of `game`.
pub(crate) fn fall(game: &mut Game, struck: &BTreeSet<ClaimId>, assumptions: bool) {
    let stays = |grounds: &mut Grounds| stays(grounds, struck, assumptions);
    for preference in &mut game.preferences {
        match preference {
            Preference::Statements(list) => list.retain_mut(|s| stays(&mut s.grounds)),
            Preference::Weights(list) => list.retain_mut(|s| stays(&mut s.grounds)),
            Preference::Ranking(ranking) => {
                if !stays(&mut ranking.grounds) {
                    *preference = Preference::Statements(Vec::new());
                }
            }
        }
    }
    game.deadlines.retain_mut(|deadline| stays(&mut deadline.grounds));
    if let Form::Options(form) = &mut game.form {
        form.rules.retain_mut(|rule| stays(&mut rule.grounds));
        form.cannot.retain_mut(|cannot| stays(&mut cannot.grounds));
        for definition in &mut form.definitions {
            if !stays(&mut definition.grounds) {
                match definition.otherwise.take() {
                    Some(otherwise) => definition.that = otherwise,
                    None => definition.open = true,
                }
                definition.confidence = None;
            }
        }
        // Options, acts and chance events that fall are never on; one that is on today is then off.
        let mut fallen: Vec<OptionId> = Vec::new();
        for at in 0..form.options.len() {
            let option = &mut form.options[at];
            option.begins_if.retain_mut(|condition| stays(&mut condition.grounds));
            option.ends_if.retain_mut(|condition| stays(&mut condition.grounds));
            let stands = match option.of {
                crate::Switch::Option => stays(&mut option.grounds),
                crate::Switch::Act(id) => {
                    form.acts.get_mut(id.index()).is_none_or(|act| stays(&mut act.grounds))
                }
                crate::Switch::Chance(id) => {
                    form.chances.get_mut(id.index()).is_none_or(|chance| stays(&mut chance.grounds))
                }
            };
            if !stands {
                fallen.push(OptionId::from(at));
            }
        }
        // The bits of one act share its grounds, of which the first bit has taken the struck claims away.
        for act in &form.acts {
            if fallen.contains(&act.first) {
                fallen.extend((act.first.0 + 1..act.first.0 + act.bits).map(OptionId));
            }
        }
        form.rules.extend(fallen.iter().copied().map(conflict::unavailable));
        if let Some(state) = &mut game.status_quo {
            fallen.iter().for_each(|&option| state.set(option, false));
        }
    }
}
