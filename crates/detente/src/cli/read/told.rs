//! A reading for a reader at a terminal, sentence by sentence.

use detente_read::proposal::{Against, Beside, Reading, Sentence, Standing};

/// Names of actors by id.
struct Names<'r>(&'r Reading);

impl Names<'_> {
    fn of(&self, id: &str) -> String {
        let one = |id: &str| {
            let actor = self.0.actors.iter().find(|actor| actor.id == id);
            actor.map_or_else(|| id.to_owned(), |actor| actor.name.clone())
        };
        id.split('+').map(one).collect::<Vec<_>>().join(" and ")
    }
}

/// Lines without what steers a terminal.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn put(&mut self, text: &str) {
        self.0.extend(text.chars().filter(|c| !detente_case::steers(*c) || *c == '\n'));
        self.0.push('\n');
    }
}

/// `1 wish`, `2 wishes`.
fn count(of: usize, one: &str, several: &str) -> String {
    if of == 1 { format!("1 {one}") } else { format!("{of} {several}") }
}

/// A reading, or how it stands to a case.
pub(super) fn told(reading: &Reading) -> String {
    let mut out = Lines::default();
    let names = Names(reading);
    if !reading.title.is_empty() {
        out.put(&reading.title);
    }
    if !reading.sources.is_empty() {
        sources(reading, &mut out);
    } else {
        match &reading.against {
            Some(against) => beside(reading, against, &names, &mut out),
            None => sentences(reading, &names, &mut out),
        }
    }
    model(reading, &mut out);
    if !reading.not_read.is_empty() {
        out.put(&format!("\nLeft out of the document: {}.", reading.not_read.join(", ")));
    }
    out.0
}

fn sources(reading: &Reading, out: &mut Lines) {
    out.put(&format!("{}, as a case has them:\n", count(reading.sources.len(), "source", "sources")));
    out.put(detente_read::sources(&reading.sources).trim_end());
}

fn head(sentence: &Sentence, names: &Names<'_>) -> String {
    let by: Vec<String> = sentence.speaker.iter().map(|id| names.of(id)).collect();
    format!("{} by {}: {}", sentence.kind.text(), by.join(", through "), sentence.text)
}

fn sentences(reading: &Reading, names: &Names<'_>, out: &mut Lines) {
    let dated = if reading.as_of.is_empty() { String::new() } else { format!(", as of {}", reading.as_of) };
    out.put(&format!(
        "{}, {}, {}, {}{dated}. All of it is proposed, none taken.\n",
        count(reading.sentences.len(), "sentence", "sentences"),
        count(reading.actors.len(), "actor", "actors"),
        count(reading.wishes.len(), "wish", "wishes"),
        count(reading.options.len(), "option", "options"),
    ));
    for sentence in &reading.sentences {
        out.put(&format!("s{} {}", sentence.n, head(sentence, names)));
        for one in parts(reading, sentence.n, names) {
            out.put(&format!("    {one}"));
        }
    }
    if !reading.questions.is_empty() {
        out.put("\nQuestions back:");
        for question in &reading.questions {
            out.put(&format!("    {}", question.text));
        }
    }
}

/// Of whom a proposal is, when it is not of the rules.
fn of_model(rule: &str) -> String {
    rule.strip_prefix("model ").map_or_else(String::new, |name| format!(" [only {name}: look twice]"))
}

/// What a sentence proposes beside its claim.
fn parts(reading: &Reading, n: usize, names: &Names<'_>) -> Vec<String> {
    let mut all = Vec::new();
    let mut put = |words: String, rule: &str| all.push(words + &of_model(rule));
    for one in reading.wishes.iter().filter(|one| one.n == n) {
        let sign = if one.polarity == "-" { "does not want" } else { "wants" };
        put(format!("wish: {} {sign}: {}", names.of(&one.actor), one.want), &one.rule);
    }
    for one in reading.options.iter().filter(|one| one.n == n) {
        put(format!("option: {} can: {}", names.of(&one.actor), one.text), &one.rule);
    }
    for one in reading.acts.iter().filter(|one| one.n == n) {
        let parties: Vec<String> = one.parties.iter().map(|id| names.of(id)).collect();
        put(format!("joint act of {}: {}", parties.join(", "), one.text), &one.rule);
    }
    for one in reading.conditions.iter().filter(|one| one.n == n) {
        put(format!("condition ({}): {}; then: {}", one.form, one.condition, one.then), &one.rule);
    }
    for one in reading.said.iter().filter(|one| one.n == n) {
        let then = one.then.as_deref().unwrap_or("");
        put(format!("{} by {}: {then}", one.kind.text(), names.of(&one.by)), &one.rule);
    }
    for one in reading.events.iter().filter(|one| one.n == n) {
        let on = one.on.as_ref().map_or_else(String::new, |on| format!(", {on}"));
        put(format!("event ({}): {}{on}", one.class, one.title), &one.rule);
    }
    for one in reading.ties.iter().filter(|one| one.n == n) {
        let [a, b] = &one.between;
        put(format!("tie ({}): {} and {}", one.kind, names.of(a), names.of(b)), &one.rule);
    }
    if let Some(model) = &reading.model {
        for one in model.kinds.iter().filter(|one| one.n == n) {
            put(format!("kind: {}", one.kind.text()), &format!("model {}", model.name));
        }
    }
    all
}

/// What a model said beside the rules.
fn model(reading: &Reading, out: &mut Lines) {
    let Some(model) = &reading.model else { return };
    out.put(&format!(
        "\n{} says as the rules do {}, alone {}; only the rules say {}.",
        model.name,
        count(model.agrees, "time", "times"),
        count(model.alone, "time", "times"),
        count(model.rules_alone, "thing", "things"),
    ));
    if model.refused.is_empty() {
        return;
    }
    out.put(&format!("Not kept of it, {}:", count(model.refused.len(), "proposal", "proposals")));
    for one in model.refused.iter().take(REFUSED) {
        out.put(&format!("    {}: {} “{}”", one.why, one.kind, one.quote));
    }
    if model.refused.len() > REFUSED {
        out.put(&format!("    and {} more (--format json has all)", model.refused.len() - REFUSED));
    }
}

/// So many refused proposals are shown.
const REFUSED: usize = 12;

fn beside(reading: &Reading, against: &Against, names: &Names<'_>, out: &mut Lines) {
    out.put(&format!(
        "Beside the case “{}”: of {}, {} new, {} there already, {} contradict it.\n",
        against.title,
        count(reading.sentences.len(), "sentence", "sentences"),
        against.new,
        against.there,
        against.contradicts,
    ));
    let of = |n: usize| reading.sentences.iter().find(|sentence| sentence.n == n);
    for one in &against.sentences {
        let Some(sentence) = of(one.n) else { continue };
        let standing = match one.standing {
            Standing::New => "new",
            Standing::There => "there already",
            Standing::Contradicts => "contradicts the case",
        };
        out.put(&format!("s{}, {standing}: {}", one.n, head(sentence, names)));
        meets(one, out);
    }
}

fn meets(one: &Beside, out: &mut Lines) {
    for met in &one.contradicts {
        out.put(&format!("    against it: {} [{}]", met.words, met.address));
    }
    for met in &one.there {
        out.put(&format!("    there: {} [{}]", met.words, met.address));
    }
    for new in &one.new {
        out.put(&format!("    new: {new}"));
    }
}
