//! Shapes: what may stand where in a case file. One description serves the reader (it checks
//! every value against it) and the JSON Schema, so that the two cannot drift apart.

/// What a value must look like.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// A text of one line.
    Line,
    /// A text that may have line breaks and tabs.
    Prose,
    /// A path relative to where the sources are, without `..`.
    Path,
    /// A new id.
    Id,
    /// A state: an id in graph form, a number, a pattern, in a ranking also `=formula`.
    State,
    /// The id of something else in the file.
    Ref(&'static str),
    /// A formula over options and defined names.
    Formula,
    /// A date: a TOML date, or a text `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    Date,
    /// The date of a source: also about (`c. 1923`), a range, a decade, or none (`n.d.`).
    Published,
    /// True or false.
    Bool,
    /// A whole number in a range.
    Integer(i64, i64),
    /// A number from 0 to 1.
    Share,
    /// Any number.
    Number,
    /// A whole date, `YYYY-MM-DD`.
    Day,
    /// The Admiralty code of a source or a claim: `B2`.
    Grade,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list.
    Many(&'static Shape),
    /// A list of exactly so many.
    Exactly(usize, &'static Shape),
    /// A table with fixed keys.
    Table(&'static TableShape),
    /// A table whose keys are ids: of new things, or of what the word names.
    Map(&'static str, &'static Shape),
    /// A table whose keys are full names of options, acts and chance events, in quotes.
    Switches(&'static Shape),
    /// One of several, told apart by the kind of value.
    Any(&'static [Shape]),
}

/// A table with fixed keys.
#[derive(Debug)]
pub(crate) struct TableShape {
    /// What it is, with article: "a claim".
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) doc: &'static str,
    /// Its keys.
    pub(crate) keys: &'static [Key],
    /// More keys, that come with every thing of its kind (what rests on evidence: `because`,
    /// `assumption`, `says`, `note`).
    pub(crate) more: &'static [Key],
    /// Exactly one of these groups of keys must be there, whole; none: no such rule.
    pub(crate) choice: &'static [&'static [&'static str]],
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    /// The key.
    pub(crate) name: &'static str,
    /// What its value must look like.
    pub(crate) shape: Shape,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// What it says.
    pub(crate) doc: &'static str,
}

/// A key that may be left out.
pub(crate) const fn may(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: false, doc }
}

/// A key that must be there.
pub(crate) const fn must(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: true, doc }
}

impl TableShape {
    /// All keys, with those of evidence where they belong.
    pub(crate) fn all_keys(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().chain(self.more)
    }
}

impl Shape {
    /// What is expected, in words.
    pub(crate) fn words(self) -> String {
        match self {
            Shape::Line | Shape::Prose | Shape::Path => "a text".to_owned(),
            Shape::Id => "an id".to_owned(),
            Shape::State => "a state".to_owned(),
            Shape::Ref(what) => format!("the id of {what}"),
            Shape::Formula => "a formula (a text)".to_owned(),
            Shape::Date | Shape::Published => "a date".to_owned(),
            Shape::Bool => "true or false".to_owned(),
            Shape::Integer(..) => "a whole number".to_owned(),
            Shape::Share => "a number from 0 to 1".to_owned(),
            Shape::Number => "a number".to_owned(),
            Shape::Day => "a date".to_owned(),
            Shape::Grade => "a grade (a letter and a digit)".to_owned(),
            Shape::Word(words) => format!("one of {}", quoted(words)),
            Shape::Many(_) => "a list".to_owned(),
            Shape::Exactly(n, _) => format!("a list of {n}"),
            Shape::Table(table) => format!("a table ({})", table.name),
            Shape::Map(..) | Shape::Switches(_) => "a table".to_owned(),
            Shape::Any(shapes) => {
                let mut words: Vec<String> = shapes.iter().map(|shape| shape.words()).collect();
                words.dedup();
                words.join(" or ")
            }
        }
    }
}

impl Shape {
    /// Such a value, as it is written.
    pub(crate) fn example(self) -> String {
        match self {
            Shape::Line | Shape::Prose => "\"…\"".to_owned(),
            Shape::Path => "\"sources/article.txt\"".to_owned(),
            Shape::Id | Shape::Ref(_) => "\"ID\"".to_owned(),
            Shape::State => "\"YNN\"".to_owned(),
            Shape::Formula => "\"a.go and not b.stay\"".to_owned(),
            Shape::Date | Shape::Published => "2023-03-07".to_owned(),
            Shape::Bool => "true".to_owned(),
            Shape::Integer(..) => "1".to_owned(),
            Shape::Share => "0.9".to_owned(),
            Shape::Number => "30".to_owned(),
            Shape::Day => "2026-02-05".to_owned(),
            Shape::Grade => "\"B2\"".to_owned(),
            Shape::Switches(each) => format!("{{ \"a.b\" = {} }}", each.example()),
            Shape::Word(words) => format!("\"{}\"", words.first().unwrap_or(&"…")),
            Shape::Many(each) => format!("[{}]", each.example()),
            Shape::Exactly(count, each) => format!("[{}]", vec![each.example(); count].join(", ")),
            Shape::Table(table) => {
                let keys: Vec<String> = table
                    .keys
                    .iter()
                    .filter(|key| key.required)
                    .map(|key| format!("{} = {}", key.name, key.shape.example()))
                    .collect();
                let keys = match table.choice.first() {
                    Some(way) if keys.is_empty() => {
                        let shape = |name: &&str| table.keys.iter().find(|key| key.name == *name);
                        way.iter()
                            .filter_map(shape)
                            .map(|key| format!("{} = {}", key.name, key.shape.example()))
                            .collect()
                    }
                    _ => keys,
                };
                match (keys.as_slice(), table.keys.first()) {
                    ([], Some(key)) => format!("{{ {} = {} }}", key.name, key.shape.example()),
                    ([], None) => "{ }".to_owned(),
                    (keys, _) => format!("{{ {} }}", keys.join(", ")),
                }
            }
            Shape::Map(_, each) => format!("{{ ID = {} }}", each.example()),
            Shape::Any(shapes) => shapes.first().map_or_else(String::new, |shape| shape.example()),
        }
    }
}

/// `` `a`, `b` or `c` ``.
pub(crate) fn quoted(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [init @ .., last] => {
            format!("{} or `{last}`", init.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", "))
        }
    }
}
