//! Is something that was said meant, and would it work?

use detente_engine::Settings;
use detente_engine::said::Share;
use detente_model::Question;
use num_bigint::BigUint;

use super::{Remedy, Reply, concept_of};
use crate::find::caps::SOLVED_AGAIN;
use crate::find::findings::Findings;
use crate::find::said::{Spoken, claims};
use crate::refusal::Refusal;
use crate::say::{said as report, words};
use crate::wire::Answer;

/// The answer to a question of kind said: yes where it would be done wherever it comes up.
pub(super) fn answer(found: &Findings, question: &Question) -> Reply {
    let conflict = &found.conflict;
    let about = question.about.as_deref().unwrap_or_default();
    let Some(at) = conflict.said.iter().position(|said| said.id == about) else {
        return Reply::not_computed(format!("`{about}` is not said in this version of the case."));
    };
    let said = &conflict.said[at];
    if found.feasible().count() > BigUint::from(SOLVED_AGAIN.most) {
        return Reply {
            limits: vec![SOLVED_AGAIN.hit(format!("whether `{about}` is meant"), "not begun", "")],
            remedy: Some(Remedy::Said),
            ..Reply::not_computed("Not looked at: whether it is meant, for the case has too many outcomes.")
        };
    }
    let settings = Settings { threads: 1, ..Settings::default() };
    let saying = match Spoken::one(conflict, at, concept_of(question), &settings, &*found.watch) {
        Ok(Some(saying)) => saying,
        Ok(None) => return Reply::not_computed("Where outcomes are listed, nothing is said of options."),
        Err(error) => {
            return Reply::not_computed(format!(
                "{}.",
                words::capital(&Refusal::of(conflict, &error).sentence())
            ));
        }
    };
    let answer = match saying.would {
        Share::Nothing => Answer::SaysNothing,
        Share::None => Answer::No,
        Share::Some => Answer::Partly,
        Share::All => Answer::Yes,
    };
    let lead = report::worth_of(said, &saying);
    let brief = report::verdict(said, &saying);
    let mut text = format!(
        "{}. {}",
        report::line(conflict, said).trim_end_matches('.'),
        report::sentences(conflict, said, &saying).join(" ")
    );
    let ids: Vec<&str> = claims(conflict, said, &saying)
        .iter()
        .filter_map(|id| conflict.evidence.claims.get(id.index()))
        .map(|claim| claim.id.as_str())
        .collect();
    if !ids.is_empty() {
        text += &format!(" Rests on {}.", words::list(&ids));
    }
    let mut states: Vec<_> = saying.cases.iter().map(|case| case.state.clone()).collect();
    states.sort_unstable();
    Reply { limits: saying.limit.into_iter().collect(), brief, ..(answer, lead, text, states).into() }
}
