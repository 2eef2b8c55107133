//! A case to start from: commented, small, and it solves. From a text: one empty claim for each of
//! its sentences.

use crate::forms::is_inside;
use crate::passage::{self, Omission, Passage};
use crate::text::steers;
use crate::write::value::quoted;

/// A text to start a case from.
#[derive(Clone, Copy, Debug)]
pub struct FreshSource<'t> {
    /// Name of its file, without folders.
    pub file: &'t str,
    /// The text.
    pub text: &'t str,
}

/// A commented case with the title `title`; from a source also its sentences, numbered, with an
/// empty claim each. It reads without errors and solves.
///
/// Complexity: linear in the length of the source.
#[must_use]
pub fn fresh_case(title: &str, source: Option<FreshSource<'_>>) -> String {
    let title = line(title);
    let mut out = HEAD.replace("TITLE", &quoted(&title));
    match source {
        None => out += EVIDENCE,
        Some(source) => evidence(&mut out, source),
    }
    out += GAME;
    out
}

/// One line without control characters.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !steers(*c)).collect()
}

fn evidence(out: &mut String, source: FreshSource<'_>) {
    let passage = Passage::of(source.text, "", None);
    // Where sentences were counted in another way before, some words say which way this case counts.
    let recounted = passage.sentences != passage::former(source.text, "", None);
    let Passage { sentences, left_out, .. } = &passage;
    let titles = |left: &&passage::LeftOut| matches!(left.why, Omission::Title | Omission::Heading);
    let heading = left_out.iter().find(titles);
    let heading = heading.map(|left| line(&source.text[left.at.clone()])).filter(|line| !line.is_empty());
    let stem = source.file.rsplit_once('.').map_or(source.file, |(stem, _)| stem);
    let title = heading.unwrap_or_else(|| line(stem));
    let title = if title.is_empty() { "The text".to_owned() } else { title };
    *out += "\n# ---- evidence ---------------------------------------------------------------\n";
    *out +=
        "# One claim for each sentence of the text. Write what it claims in your own words under `says`,\n";
    *out += "# who says it (`speaker`) and what kind of utterance it is (`kind`: fact, statement, hope,\n";
    *out +=
        "# expectation, assessment or conditional); remove the claims that the conflict does not need.\n\n";
    *out += &format!("[source.text]\ntitle = {}\n", quoted(&title));
    if is_inside(source.file) && !source.file.chars().any(steers) {
        *out +=
            "# With `detente check CASE --sources DIR` sentence numbers and quotes are verified in DIR.\n";
        *out += &format!("text = {}\n", quoted(source.file));
    }
    let width = sentences.len().to_string().len().max(2);
    let said = left_out.iter().filter(|left| left.why != Omission::Marks);
    let mut unnumbered = said.skip_while(|left| left.why != Omission::Short).peekable();
    let mut lines = |out: &mut String, before: usize| {
        while let Some(left) = unnumbered.next_if(|left| left.at.start < before) {
            *out += &format!("\n# Not numbered: {}\n", line(&source.text[left.at.clone()]));
        }
    };
    for (index, at) in sentences.iter().enumerate() {
        lines(out, at.start);
        let (number, sentence) = (index + 1, line(&source.text[at.clone()]));
        *out += &format!("\n# s{number}: {sentence}\n");
        *out += &format!("[claim.c{number:0width$}]\nsource = \"text\"\nat = \"s{number}\"\nsays = \"\"\n");
        if recounted {
            let words: Vec<&str> = sentence.split(' ').take(6).collect();
            *out += &format!("quote = {}\n", quoted(&words.join(" ")));
        }
    }
    lines(out, source.text.len());
}

const HEAD: &str = r#"# A case is read from the top: evidence, actors with what they can do, rules, what the actors
# want, questions. `detente check` says what is wrong with it, `detente solve` what follows from it.

format = 1

[case]
title = TITLE
question = "Can an agreement last?"
limits = ["This is a starting point: replace its actors, options and wishes by those of your conflict."]
"#;

const EVIDENCE: &str = r#"
# ---- evidence ---------------------------------------------------------------
# What was read, and what it says in your own words. What rests on a claim says so with
# `because = ["c01"]`; what is your own says `assumption = true`.

# [source.article]
# title = "Title of the article"
# author = "Its author"
#
# [claim.c01]
# source = "article"
# at = "s1"                      # first sentence
# says = "What the sentence claims, in your own words"
# kind = "assessment"            # fact, statement, hope, expectation, assessment or conditional
"#;

const GAME: &str = r#"
# ---- who can do what --------------------------------------------------------
# A state of the conflict is which options are on. Options are named `actor.option` in formulas.

[actor.a]
name = "The first party"
[actor.a.option]
sign = { text = "Sign the agreement", assumption = true }
threaten = { text = "Threaten to use force", assumption = true }

[actor.b]
name = "The second party"
[actor.b.option]
sign = { text = "Sign the agreement", assumption = true }
withdraw = { text = "Withdraw from the talks for good", moves = "on_only", assumption = true }

# Names for formulas (and, or, not, implies, iff), used in other formulas.
[define]
agreed = "a.sign and b.sign"

# Names for states, used in tables and reasons.
[outcome.agreement]
name = "Agreement"
on = "agreed"

# What is impossible: never, always, at_most_one, exactly_one, or option with requires.
[[rule]]
never = "b.sign and b.withdraw"
note = "Who has withdrawn cannot sign."

# Where the conflict stands: what is on. The rest is off.
[status_quo]
on = ["a.threaten"]

# ---- who wants what ---------------------------------------------------------
# Most important first: an earlier statement outweighs all later ones together.

[[actor.a.prefers]]
that = "agreed"
assumption = true
[[actor.a.prefers]]
that = "not b.withdraw"
assumption = true
[[actor.a.prefers]]
that = "a.threaten and not agreed"
assumption = true

[[actor.b.prefers]]
that = "not (b.sign and a.threaten)"
says = "it does not sign under a threat"
assumption = true
[[actor.b.prefers]]
that = "agreed"
assumption = true
[[actor.b.prefers]]
that = "not a.threaten"
assumption = true

# ---- what is asked ----------------------------------------------------------
# possible: some equilibrium has the outcome; certain: all have it; blockers: who would leave it.

[question.agreement]
ask = "Can an agreement last?"
kind = "possible"
outcome = "agreement"

# ---- what if ----------------------------------------------------------------
# A variant says what differs and nothing else.

[variant.no-threat]
title = "Without the threat"
unavailable = ["a.threaten"]
status_quo = []
"#;
