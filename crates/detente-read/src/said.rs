//! Said things: threats, promises, demands, offers, denials.
//!
//! # Definition
//! One for each claim that is such a speech act, also in a clause of what somebody says. `then` is what
//! would be done or is asked, `if` its condition, `to` the other who is named.

use crate::clause::Role;
use crate::condition::{under, until_mark};
use crate::holder::Held;
use crate::kind::rank;
use crate::lexicon::Class;
use crate::proposal::{ClaimKind, Grade, Said};
use crate::reading::Text;

/// The said things of a text.
pub(crate) fn said(text: &Text<'_>) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        let reader = text.reader(number);
        let read = &text.read[number];
        let conditions = under(text, number);
        let mut put = |kind: ClaimKind, held: Held, group: Option<usize>, rule: &str| {
            let by = held.text(&text.names);
            let by = if held == Held::Author { "author".to_owned() } else { by };
            if all.iter().any(|known: &Said| known.n == sentence.n && known.kind == kind) {
                return;
            }
            let acts = [
                Class::Deny,
                Class::DenyCharge,
                Class::Threaten,
                Class::Warn,
                Class::Vow,
                Class::Promise,
                Class::Commit,
                Class::Offer,
                Class::Demand,
                Class::Insist,
                Class::Ask,
            ];
            let from = group.map_or(0, |group| {
                let group = &sentence.groups[group];
                if group.classes.any(&acts) { group.end() } else { group.head }
            });
            let stop = conditions
                .iter()
                .filter(|one| one.condition.start > from)
                .map(|one| one.condition.start.saturating_sub(1))
                .min()
                .unwrap_or(sentence.tokens.len());
            let mut start = from;
            while start < stop && matches!(sentence.low(start), "to" | "that") {
                start += 1;
            }
            let then = until_mark(sentence, start..stop.max(start));
            let to = sentence
                .names_in(from..sentence.tokens.len())
                .map(|mention| mention.who)
                .find(|who| {
                    !held.actors().contains(who)
                        && !held.actors().iter().any(|one| text.names.list[*one].represents == Some(*who))
                })
                .or_else(|| {
                    let pair = &read.context.pair;
                    let side =
                        held.actors().first().map(|who| text.names.list[*who].represents.unwrap_or(*who));
                    (pair.len() == 2 && side.is_some_and(|side| pair.contains(&side)))
                        .then(|| pair.iter().copied().find(|who| Some(*who) != side))
                        .flatten()
                })
                .map(|who| text.names.list[who].id.clone())
                .unwrap_or_default();
            let condition = conditions.first().map(|one| sentence.words(one.condition.clone()));
            all.push(Said {
                n: sentence.n,
                kind,
                by,
                to,
                condition,
                then: (!then.is_empty()).then(|| sentence.words(then.clone())),
                rule: rule.to_owned(),
                grade: Grade::Strong,
                span: text.span(number, if then.is_empty() { 0..sentence.tokens.len() } else { then }),
            });
        };
        for claim in &read.claims {
            if rank(claim.kind) < 5 {
                let held = claim.chain.first().cloned().unwrap_or_else(|| reader.here());
                let group = claim
                    .claim
                    .attitude
                    .or_else(|| claim.claim.content.map(|content| sentence.clauses[content].group));
                put(claim.kind, held, group, claim.rule);
            }
        }
        // In what is said.
        for clause in &sentence.clauses {
            let group = sentence.group(clause);
            let denied = matches!(clause.role, Role::Content(governor) if sentence.groups[governor].classes.any(&[Class::Deny, Class::Hope, Class::Fear, Class::Doubt]));
            if denied
                || !matches!(clause.role, Role::Content(_))
                || group.negated
                || group.passive
                || group.modal.is_some()
            {
                continue;
            }
            let kind = [
                (Class::Deny, ClaimKind::Denial),
                (Class::Threaten, ClaimKind::Threat),
                (Class::Promise, ClaimKind::Promise),
                (Class::Offer, ClaimKind::Offer),
                (Class::Demand, ClaimKind::Demand),
            ]
            .into_iter()
            .find(|(class, _)| group.does(*class));
            if let (Some((_, kind)), Some(held)) = (kind, read.doer(clause.group))
                && *held != Held::Author
            {
                put(kind, held.clone(), Some(clause.group), "said-in-content");
            }
        }
    }
    all
}
