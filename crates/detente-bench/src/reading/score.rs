//! The score of a reading against an annotation: precision, recall and F1 for each layer.
//!
//! # Definition
//! Sentences are aligned by where they stand in the text; spans match at a token F1 of one half, stop
//! words out; actors by a shared alias; every item is used once, in order.

use std::collections::HashMap;

use serde_json::Value;

const STOP: [&str; 29] = [
    "the", "a", "an", "of", "to", "in", "on", "at", "for", "and", "or", "by", "with", "from", "that",
    "which", "is", "are", "was", "were", "be", "been", "it", "its", "his", "her", "their", "this", "as",
];
const TITLES: [&str; 20] = [
    "president",
    "minister",
    "prime",
    "foreign",
    "mr",
    "mrs",
    "ms",
    "dr",
    "gen",
    "sen",
    "senator",
    "rev",
    "sir",
    "colonel",
    "cardinal",
    "secretary",
    "labor",
    "executive",
    "messrs",
    "ayatollah",
];

/// Hits, items of the annotation, items proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) hits: usize,
    pub(super) gold: usize,
    pub(super) proposed: usize,
}

impl Count {
    fn add(&mut self, hits: usize, gold: usize, proposed: usize) {
        self.hits += hits;
        self.gold += gold;
        self.proposed += proposed;
    }

    pub(super) fn precision(&self) -> f64 {
        share(self.hits, self.proposed)
    }

    pub(super) fn recall(&self) -> f64 {
        share(self.hits, self.gold)
    }

    pub(super) fn f1(&self) -> f64 {
        share(2 * self.hits, self.gold + self.proposed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The layers in the order in which they are shown.
pub(super) const LAYERS: [&str; 17] = [
    "kind",
    "split",
    "also",
    "speaker",
    "chain",
    "actors",
    "dates",
    "ties",
    "instruments",
    "tracks",
    "events",
    "options",
    "acts",
    "wishes",
    "conditions",
    "said",
    "contradictions",
];

/// The counts of every layer over some texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Score(HashMap<&'static str, Count>);

impl Score {
    pub(super) fn of(&self, layer: &str) -> Count {
        self.0.get(layer).copied().unwrap_or_default()
    }

    fn add(&mut self, layer: &'static str, hits: usize, gold: usize, proposed: usize) {
        self.0.entry(layer).or_default().add(hits, gold, proposed);
    }

    /// Adds the score of one text.
    pub(super) fn text(&mut self, gold: &Value, read: &Value) {
        let (g, y) = (Names::of(gold), Names::of(read));
        let (gs, ys) = (list(gold, "sentences"), list(read, "sentences"));
        let body = fold(&gs.iter().map(|sentence| text(sentence, "text")).collect::<Vec<_>>().join(" "));
        let (gr, yr) = (ranges(&gs, &body), ranges(&ys, &body));
        let best = |range: &(usize, usize), among: &[(usize, usize)]| {
            let overlap = |a: &(usize, usize)| a.1.min(range.1).saturating_sub(a.0.max(range.0));
            let most = among.iter().map(overlap).max().unwrap_or(0);
            among.iter().position(|one| overlap(one) == most).unwrap_or(0)
        };
        let to_gold: HashMap<usize, usize> =
            ys.iter().zip(&yr).map(|(sentence, range)| (number(sentence), best(range, &gr) + 1)).collect();
        let n = |item: &Value| to_gold.get(&number(item)).copied().unwrap_or_else(|| number(item));
        let texts = |list: &[&Value]| -> HashMap<String, usize> {
            let mut counts = HashMap::new();
            for sentence in list {
                *counts.entry(fold(text(sentence, "text"))).or_insert(0) += 1;
            }
            counts
        };
        let (gt, yt) = (texts(&gs), texts(&ys));
        self.add("split", common(&gt, &yt), gs.len(), ys.len());
        for (at, sentence) in gs.iter().enumerate() {
            let Some(other) = ys.get(best(&gr[at], &yr)) else { continue };
            self.add("kind", usize::from(text(sentence, "kind") == text(other, "kind")), 1, 1);
            let (a, b) = (strings(sentence, "speaker"), strings(other, "speaker"));
            let (named, proposed) = (a != ["author"], b != ["author"]);
            let hit = named && proposed && same_actor(&g, &y, a[0], b[0]);
            self.add("speaker", usize::from(hit), usize::from(named), usize::from(proposed));
            if a.len() > 1 || b.len() > 1 {
                let full = a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| same_actor(&g, &y, a, b));
                self.add("chain", usize::from(full), usize::from(a.len() > 1), usize::from(b.len() > 1));
            }
        }
        let also = |list: &[&Value], number: &dyn Fn(&Value) -> usize| -> HashMap<(usize, String), usize> {
            let mut counts = HashMap::new();
            for sentence in list {
                for one in self::list(sentence, "also") {
                    *counts.entry((number(sentence), text(one, "kind").to_owned())).or_insert(0) += 1;
                }
            }
            counts
        };
        let (a, b) = (also(&gs, &number), also(&ys, &n));
        self.add("also", common(&a, &b), a.values().sum(), b.values().sum());
        self.actors(gold, read, &g, &y);
        let equal = |key: &'static str| move |a: &Value, b: &Value| text(a, key) == text(b, key);
        let mut layer = |name: &'static str, ok: &dyn Fn(&Value, &Value) -> bool| {
            let (a, b) = (list(gold, name), list(read, name));
            let hits = matched(&a, &b, |a, b| number(a) == n(b) && ok(a, b)).len();
            self.add(name, hits, a.len(), b.len());
        };
        layer("dates", &equal("iso"));
        layer("ties", &|a, b| {
            let (p, q) = (strings(a, "between"), strings(b, "between"));
            let pair = |x: &str, z: &str| same_actor(&g, &y, p[0], x) && same_actor(&g, &y, p[1], z);
            text(a, "kind") == text(b, "kind")
                && p.len() == 2
                && q.len() == 2
                && (pair(q[0], q[1]) || pair(q[1], q[0]))
        });
        layer("events", &equal("class"));
        for (name, key) in [("options", "text"), ("acts", "text"), ("wishes", "want")] {
            layer(name, &|a, b| {
                near(text(a, key), text(b, key))
                    && a.get("polarity").is_none_or(|p| Some(p) == b.get("polarity"))
            });
        }
        layer("conditions", &|a, b| text(a, "form") == text(b, "form") && near(text(a, "if"), text(b, "if")));
        layer("said", &equal("kind"));
        for name in ["instruments", "tracks"] {
            let (a, b) = (list(gold, name), list(read, name));
            let words = |item: &Value| [text(item, "mention").to_owned(), text(item, "title").to_owned()];
            let hits =
                matched(&a, &b, |a, b| words(a).iter().any(|a| words(b).iter().any(|b| near(a, b)))).len();
            self.add(name, hits, a.len(), b.len());
        }
        let pairs = |list: &[&Value],
                     number: &dyn Fn(usize) -> usize|
         -> std::collections::BTreeSet<(usize, usize)> {
            let at =
                |item: &Value, key: &str| number(item.get(key).and_then(Value::as_u64).unwrap_or(0) as usize);
            list.iter()
                .map(|item| (at(item, "a").min(at(item, "b")), at(item, "a").max(at(item, "b"))))
                .collect()
        };
        let a = pairs(&list(gold, "contradictions"), &|n| n);
        let b = pairs(&list(read, "contradictions"), &|n| to_gold.get(&n).copied().unwrap_or(n));
        self.add("contradictions", a.intersection(&b).count(), a.len(), b.len());
    }

    fn actors(&mut self, gold: &Value, read: &Value, g: &Names, y: &Names) {
        let (a, b) = (list(gold, "actors"), list(read, "actors"));
        let first = matched(&a, &b, |a, b| {
            g.names(text(a, "id")).iter().any(|name| y.names(text(b, "id")).contains(name))
        });
        let rest = |all: &[&Value], used: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..all.len()).filter(|at| !used(*at)).collect()
        };
        let left = rest(&a, &|at| first.iter().any(|(one, _)| *one == at));
        let right = rest(&b, &|at| first.iter().any(|(_, one)| *one == at));
        let (c, d): (Vec<&Value>, Vec<&Value>) =
            (left.iter().map(|at| a[*at]).collect(), right.iter().map(|at| b[*at]).collect());
        let second = matched(&c, &d, |a, b| same(&g.names(text(a, "id")), &y.names(text(b, "id"))));
        self.add("actors", first.len() + second.len(), a.len(), b.len());
    }
}

fn common<K: std::hash::Hash + Eq>(a: &HashMap<K, usize>, b: &HashMap<K, usize>) -> usize {
    a.iter().map(|(key, count)| count.min(b.get(key).unwrap_or(&0))).sum()
}

fn list<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    value.get(key).and_then(Value::as_array).map_or(Vec::new(), |list| list.iter().collect())
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

fn strings<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    list(value, key).into_iter().filter_map(Value::as_str).collect()
}

fn number(item: &Value) -> usize {
    item.get("n").and_then(Value::as_u64).unwrap_or(0) as usize
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn tokens(text: &str) -> Vec<String> {
    let low = fold(text).to_lowercase();
    let kept: Vec<String> =
        words(&low.replace('.', "")).into_iter().filter(|word| !STOP.contains(&word.as_str())).collect();
    if kept.is_empty() { words(&low) } else { kept }
}

/// Whether two spans have a token F1 of one half.
fn near(a: &str, b: &str) -> bool {
    let counts = |list: &[String]| -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for word in list {
            *counts.entry(word.clone()).or_insert(0) += 1;
        }
        counts
    };
    let (a, b) = (tokens(a), tokens(b));
    let shared = common(&counts(&a), &counts(&b));
    shared > 0 && 4 * shared >= a.len() + b.len()
}

fn name(text: &str) -> String {
    let low = fold(text).to_lowercase().replace('.', "").replace("'s", "").replace("’s", "");
    let kept: Vec<String> = words(&low)
        .into_iter()
        .filter(|word| !STOP.contains(&word.as_str()) && !TITLES.contains(&word.as_str()))
        .collect();
    kept.join(" ")
}

struct Names(HashMap<String, Vec<String>>);

impl Names {
    fn of(value: &Value) -> Self {
        let mut by = HashMap::new();
        for actor in list(value, "actors") {
            let mut all = vec![name(text(actor, "name"))];
            all.extend(strings(actor, "aliases").into_iter().map(name));
            all.retain(|name| !name.is_empty());
            by.insert(text(actor, "id").to_owned(), all);
        }
        Self(by)
    }

    /// The names of an id; what is no id is a name.
    fn names(&self, id: &str) -> Vec<String> {
        self.0.get(id).cloned().unwrap_or_else(|| vec![name(id)])
    }
}

fn same(a: &[String], b: &[String]) -> bool {
    let within = |inner: &str, outer: &str| {
        inner.chars().count() > 3 && format!(" {outer} ").contains(&format!(" {inner} "))
    };
    a.iter()
        .any(|a| b.iter().any(|b| !a.is_empty() && !b.is_empty() && (a == b || within(b, a) || within(a, b))))
}

fn same_actor(g: &Names, y: &Names, a: &str, b: &str) -> bool {
    if a == "author" || b == "author" {
        return a == b;
    }
    a.split('+').any(|a| b.split('+').any(|b| same(&g.names(a), &y.names(b))))
}

/// The pairs of items that match, each used once, in order.
fn matched(gold: &[&Value], read: &[&Value], ok: impl Fn(&Value, &Value) -> bool) -> Vec<(usize, usize)> {
    let mut used = vec![false; read.len()];
    let mut pairs = Vec::new();
    for (at, a) in gold.iter().enumerate() {
        if let Some(one) = (0..read.len()).find(|one| !used[*one] && ok(a, read[*one])) {
            used[one] = true;
            pairs.push((at, one));
        }
    }
    pairs
}

/// Where the sentences stand in the body, in bytes.
fn ranges(sentences: &[&Value], body: &str) -> Vec<(usize, usize)> {
    let mut from = 0;
    sentences
        .iter()
        .map(|sentence| {
            let said = fold(text(sentence, "text"));
            let at = body.get(from..).and_then(|rest| rest.find(&said)).map(|at| at + from);
            let at = at.or_else(|| body.find(&said)).unwrap_or(0);
            from = at + said.len();
            (at, from)
        })
        .collect()
}
