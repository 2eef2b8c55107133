//! Preferences as numbers: one score per place, larger is better.

use detente_model::{
    ActorId, Expr, Form, Game, OptionForm, Preference, RankEntry, Ranking, State, Statement, Weighed,
};

use super::space::{Space, transpose};
use super::words::Program;
use crate::SolveError;

/// The score of every place for `actor`: `score(s) > score(t)` iff `s ≻ t`, for feasible states.
/// Infeasible places of a box have any score.
///
/// Up to 32 statements the score is their truth values, most important first, as one number;
/// otherwise differences are ranked, so that 32 bits are enough for any preference.
///
/// # Errors
/// [`SolveError::RankingGap`] and [`SolveError::RankingOverlap`], for the least state number.
///
/// # Complexity
/// Formulas run on 64 states at a time; a sort of the distinct scores beyond 32 statements, and
/// for weights whose sums span more than 32 bits.
pub(crate) fn scores(space: &Space, game: &Game, actor: ActorId) -> Result<Vec<u32>, SolveError> {
    let none = OptionForm::default();
    let form = match &game.form {
        Form::Options(form) => form,
        Form::Graph(_) => &none,
    };
    match game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => Ok(statements(space, form, list)),
        Some(Preference::Weights(list)) => Ok(weights(space, form, list)),
        Some(Preference::Ranking(ranking)) => groups(space, form, actor, ranking),
        None => Ok(vec![0; space.places()]),
    }
}

/// Scores with no number left out between the worst (0) and the best, counting feasible states only.
pub(crate) fn dense(space: &Space, scores: &[u32]) -> Vec<u32> {
    let mut levels = Vec::with_capacity(scores.len());
    for word in 0..space.words() {
        let mut left = space.feasible_word(word);
        while left != 0 {
            levels.push(scores[word * 64 + left.trailing_zeros() as usize]);
            left &= left - 1;
        }
    }
    levels.sort_unstable();
    levels.dedup();
    scores.iter().map(|score| levels.partition_point(|level| level < score) as u32).collect()
}

/// Calls `each(word, truth)` for every word of 64 places, where `truth[k]` are the truths of formula `k`.
fn run(space: &Space, form: &OptionForm, formulas: &[&Expr], mut each: impl FnMut(usize, &[u64])) {
    let program = Program::compile(form, formulas.iter().copied());
    let (mut options, mut registers) = (Vec::new(), Vec::new());
    let mut truth = vec![0; formulas.len()];
    for word in 0..space.words() {
        space.option_words(word, &mut options);
        program.run(&options, &mut registers);
        for (at, truth) in truth.iter_mut().enumerate() {
            *truth = program.result(at, &registers);
        }
        each(word, &truth);
    }
}

fn statements(space: &Space, form: &OptionForm, list: &[Statement]) -> Vec<u32> {
    let mut scores = vec![0; space.places()];
    let mut first = true;
    for chunk in list.chunks(32) {
        let formulas: Vec<&Expr> = chunk.iter().map(|s| &s.that).collect();
        let mut bits = vec![0_u32; space.places()];
        run(space, form, &formulas, |word, truth| {
            // Statement k of the chunk becomes bit K − 1 − k of each state's number.
            let mut rows = [0_u64; 64];
            for (k, truth) in truth.iter().enumerate() {
                rows[truth_row(chunk.len(), k)] = *truth;
            }
            transpose(&mut rows);
            for (bits, row) in bits[word * 64..].iter_mut().zip(rows) {
                *bits = row as u32;
            }
        });
        scores = if first {
            bits
        } else {
            let wide: Vec<u64> = scores
                .iter()
                .zip(&bits)
                .map(|(high, low)| u64::from(*high) << 32 | u64::from(*low))
                .collect();
            rank(&wide)
        };
        first = false;
    }
    scores
}

fn truth_row(statements: usize, k: usize) -> usize {
    statements - 1 - k
}

fn weights(space: &Space, form: &OptionForm, list: &[Weighed]) -> Vec<u32> {
    let formulas: Vec<&Expr> = list.iter().map(|w| &w.that).collect();
    let mut sums = vec![0_i64; space.places()];
    run(space, form, &formulas, |word, truth| {
        for (weighed, truth) in list.iter().zip(truth) {
            for (at, sum) in sums[word * 64..].iter_mut().take(64).enumerate() {
                let holds = (truth >> at & 1) as i64;
                *sum = sum.wrapping_add(weighed.weight & holds.wrapping_neg());
            }
        }
    });
    let (least, most) = (sums.iter().min().copied().unwrap_or(0), sums.iter().max().copied().unwrap_or(0));
    // Sums do not overflow (checked by who builds the game); their order as unsigned numbers is kept.
    let offset = |sum: i64| sum.wrapping_sub(least) as u64;
    if offset(most) <= u64::from(u32::MAX) {
        sums.into_iter().map(|sum| offset(sum) as u32).collect()
    } else {
        rank(&sums.into_iter().map(offset).collect::<Vec<_>>())
    }
}

/// Dense ranks of any values, the least 0.
fn rank(values: &[u64]) -> Vec<u32> {
    let mut levels = values.to_vec();
    levels.sort_unstable();
    levels.dedup();
    values.iter().map(|value| levels.partition_point(|level| level < value) as u32).collect()
}

/// The best group has the largest score; states in no group have 0.
fn groups(
    space: &Space,
    form: &OptionForm,
    actor: ActorId,
    ranking: &Ranking,
) -> Result<Vec<u32>, SolveError> {
    let count = ranking.groups.len();
    let mut formulas = Vec::new();
    let mut listed: Vec<(usize, usize)> = Vec::new();
    for (group, entries) in ranking.groups.iter().enumerate() {
        for entry in entries {
            match entry {
                RankEntry::Formula(formula) => formulas.push((group, formula.clone())),
                RankEntry::Pattern(pattern) if space.is_option_form() => {
                    formulas.push((group, literals(&pattern.cells)));
                }
                RankEntry::Pattern(_) => {}
                RankEntry::State(state) => {
                    let place = state.number().and_then(|number| space.place(number));
                    listed.extend(place.map(|place| (place, group)));
                }
            }
        }
    }
    listed.sort_unstable();
    let mut listed = listed.into_iter().peekable();
    let mut scores = vec![0; space.places()];
    let mut covered = vec![0_u64; count];
    let mut problem = None;
    let exprs: Vec<&Expr> = formulas.iter().map(|(_, formula)| formula).collect();
    run(space, form, &exprs, |word, truth| {
        if problem.is_some() {
            return;
        }
        covered.fill(0);
        for ((group, _), truth) in formulas.iter().zip(truth) {
            covered[*group] |= truth;
        }
        while let Some((place, group)) = listed.next_if(|(place, _)| place / 64 == word) {
            covered[group] |= 1 << (place % 64);
        }
        let (mut once, mut twice) = (0, 0);
        for group in &covered {
            twice |= once & group;
            once |= group;
        }
        let feasible = space.feasible_word(word);
        let gaps = if ranking.rest_last { 0 } else { !once };
        let wrong = (gaps | twice) & feasible;
        if wrong != 0 {
            let at = wrong.trailing_zeros();
            let state = State::from_number(space.number(word * 64 + at as usize));
            let mut by = (0..count).filter(|&group| covered[group] >> at & 1 == 1).map(|group| group + 1);
            problem = Some(match (by.next(), by.next()) {
                (Some(a), Some(b)) => SolveError::RankingOverlap(actor, state, a, b),
                _ => SolveError::RankingGap(actor, state),
            });
            return;
        }
        for (group, bits) in covered.iter().enumerate() {
            let mut left = bits & feasible;
            while left != 0 {
                scores[word * 64 + left.trailing_zeros() as usize] = (count - group) as u32;
                left &= left - 1;
            }
        }
    });
    problem.map_or(Ok(scores), Err)
}

/// The conjunction that holds in exactly the states of a pattern.
fn literals(cells: &[Option<bool>]) -> Expr {
    let literal = |(o, cell): (usize, &Option<bool>)| {
        let option = Expr::Option(detente_model::OptionId::from(o));
        cell.map(|on| if on { option } else { option.negate() })
    };
    Expr::And(cells.iter().enumerate().filter_map(literal).collect())
}
