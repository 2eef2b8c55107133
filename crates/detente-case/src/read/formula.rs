//! Formulas in a file: where their names stand, what they stand for, definitions in order.

use std::ops::Range;

use detente_model::{Definition, DefinitionId, Expr};

use crate::codes;
use crate::read::Builder;
use crate::read::evidence::share;
use crate::read::game::is_number;
use crate::read::names::{Kind, OF_THE_FORMAT, entries};
use crate::read::tree::Node;
use crate::statement::{self, Parsed};

/// Ids of so many letters are words, which one misspells.
const WORD: usize = 4;

/// From the bytes of a decoded text to the bytes of the file.
pub(crate) enum Mapping {
    /// The text stands in the file as it is, from this byte on.
    Verbatim(usize),
    /// The place of every byte of the text, and of its end.
    Escaped(Vec<usize>),
    /// Not known more closely than this.
    Whole(Range<usize>),
}

impl Mapping {
    /// The mapping of the text `decoded` whose bytes in the file, with quotes, are `at`.
    pub(crate) fn new(file: &str, at: &Range<usize>, decoded: &str) -> Self {
        let raw = file.get(at.clone()).unwrap_or("");
        let many_lines = raw.starts_with("\"\"\"") || raw.starts_with("'''");
        let mut open = if many_lines { 3 } else { 1 };
        if many_lines {
            let rest = raw.get(open..).unwrap_or("");
            open += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        }
        let inner = raw.get(open..).unwrap_or("");
        if inner.starts_with(decoded) {
            return Mapping::Verbatim(at.start + open);
        }
        match walk(inner, decoded) {
            Some(places) => Mapping::Escaped(places.into_iter().map(|p| p + at.start + open).collect()),
            None => Mapping::Whole(at.clone()),
        }
    }

    /// The bytes of the file that the bytes `range` of the text came from.
    pub(crate) fn range(&self, range: &Range<usize>) -> Range<usize> {
        match self {
            Mapping::Verbatim(start) => start + range.start..start + range.end,
            Mapping::Escaped(places) => {
                let place = |at: usize| places.get(at).or(places.last()).copied().unwrap_or(0);
                place(range.start)..place(range.end).max(place(range.start))
            }
            Mapping::Whole(at) => at.clone(),
        }
    }
}

/// The offset in `raw` of every byte of `decoded`, and of its end; `None` when they do not match.
fn walk(raw: &str, decoded: &str) -> Option<Vec<usize>> {
    let mut places = Vec::with_capacity(decoded.len() + 1);
    let mut at = 0;
    for c in decoded.chars() {
        let mut rest = raw.get(at..)?;
        // A backslash at the end of a line joins it with the next word.
        while let Some(after) = rest.strip_prefix('\\')
            && let blank = after.trim_start_matches([' ', '\t'])
            && (blank.starts_with('\n') || blank.starts_with("\r\n"))
        {
            let next = after.trim_start();
            at += rest.len() - next.len();
            rest = next;
        }
        let length = if let Some(escape) = rest.strip_prefix('\\') {
            match escape.as_bytes().first()? {
                b'u' => 6,
                b'U' => 10,
                b'x' => 4,
                _ => 2,
            }
        } else if c == '\n' && rest.starts_with("\r\n") {
            2
        } else if rest.starts_with(c) {
            c.len_utf8()
        } else {
            return None;
        };
        places.extend(std::iter::repeat_n(at, c.len_utf8()));
        at += length;
    }
    places.push(at);
    Some(places)
}

/// A formula that was read but not yet looked up.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) parsed: Parsed,
    pub(crate) mapping: Mapping,
}

impl Builder<'_> {
    /// Reads the formula of a text and reports its mistake.
    pub(crate) fn written(&mut self, node: &Node) -> Option<Written> {
        let text = node.text()?;
        let mapping = Mapping::new(self.text.text, &node.at, text);
        self.written_text(text, mapping)
    }

    fn written_text(&mut self, text: &str, mapping: Mapping) -> Option<Written> {
        if self.graph {
            let at = mapping.range(&(0..text.len()));
            self.push(codes::wrong_form::in_graph_form(&at, "options, so no formulas"));
            return None;
        }
        let parsed = statement::parse(text);
        if let Some(mistake) = &parsed.mistake {
            let at = mapping.range(&mistake.at);
            self.push(codes::formula::formula(&at, mistake));
        }
        Some(Written { text: text.to_owned(), parsed, mapping })
    }

    /// Reads a formula and looks its names up.
    pub(crate) fn formula(&mut self, node: &Node) -> Option<Expr> {
        let written = self.written(node)?;
        self.resolve(&written)
    }

    /// Reads the formula under a key.
    pub(crate) fn formula_at(&mut self, node: &Node, key: &str) -> Option<Expr> {
        self.formula(node.get(key)?)
    }

    /// Reads the formula in the rest of a text, from byte `skip` on.
    pub(crate) fn formula_after(&mut self, node: &Node, skip: usize) -> Option<Expr> {
        let text = node.text()?;
        let mapping = match Mapping::new(self.text.text, &node.at, text) {
            Mapping::Verbatim(start) => Mapping::Verbatim(start + skip),
            Mapping::Escaped(places) => Mapping::Escaped(places.get(skip..)?.to_vec()),
            whole => whole,
        };
        let written = self.written_text(text.get(skip..)?, mapping)?;
        self.resolve(&written)
    }

    /// Reads the formulas of a list.
    pub(crate) fn formulas(&mut self, list: &Node) -> Option<Vec<Expr>> {
        let parts: Vec<Option<Expr>> = list.list().iter().map(|node| self.formula(node)).collect();
        parts.into_iter().collect()
    }

    pub(crate) fn resolve(&mut self, written: &Written) -> Option<Expr> {
        let mut values = Vec::with_capacity(written.parsed.names.len());
        for ((name, at), compared) in written.parsed.names.iter().zip(&written.parsed.compared) {
            // A name that is itself the mistake is reported already; one that is compared is no formula.
            let wrong = written.parsed.mistake.as_ref().is_some_and(|mistake| mistake.at == *at);
            let at = written.mapping.range(at);
            values.push(if wrong || *compared { None } else { self.value_of(name, &at) });
        }
        let atoms: Vec<Option<Expr>> =
            written.parsed.atoms.iter().map(|atom| self.atom(written, atom)).collect();
        statement::resolve(written.parsed.formula.as_ref()?, &values, &atoms)
    }

    /// What a name in a formula stands for; reported when that is nothing.
    fn value_of(&mut self, name: &str, at: &Range<usize>) -> Option<Expr> {
        if let Some(place) = self.names.options.find(name) {
            let thing = self.thing(place)?;
            return match thing.scale.and_then(|id| self.names.scales.get(id.index())) {
                // An act at any level.
                Some(scale) if !scale.can_be_off() => {
                    let problem = codes::levels::bare(at, name, scale);
                    self.push(problem);
                    None
                }
                _ => Some(Expr::Option(thing.first)),
            };
        }
        if let Some(definition) = self.names.definitions.find(name) {
            let id = self.names.definition_ids.get(definition).copied().flatten()?;
            return Some(Expr::Defined(id));
        }
        self.unknown_name(name, at);
        None
    }

    /// Reports a name in a formula that names nothing.
    pub(crate) fn unknown_name(&mut self, name: &str, at: &Range<usize>) {
        if self.partial {
            return;
        }
        let kind = if name.contains('.') { Kind::Option } else { Kind::Definition };
        let miss = self.nearest_name(name);
        let names = &self.names;
        let (what, known) = names.like(kind, name);
        let mut problem = codes::unknown_id::unknown_id(at, what, name, miss.clone(), &known);
        let whose: Vec<&str> = match name.contains('.') {
            true => Vec::new(),
            false => names
                .options
                .ids()
                .filter(|full| full.split_once('.').is_some_and(|(_, id)| id == name))
                .collect(),
        };
        match whose.as_slice() {
            [] => {}
            [one] => {
                let one = (*one).to_owned();
                problem = problem.hint(format!("an option is written with its actor: `{one}`"));
                problem = problem.fix(at, one.clone(), format!("write `{one}`"));
            }
            several => {
                let all: Vec<String> = several.iter().take(4).map(|full| format!("`{full}`")).collect();
                problem = problem.hint(format!("an option is written with its actor: {}", all.join(" or ")));
                problem.fix = None;
            }
        }
        if is_number(name) {
            problem = problem
                .hint("numbers stand in comparisons only (`us.tariff <= 30`); what always holds is `true`");
            problem.fix = None;
        }
        if names.outcomes.find(name).is_some() {
            problem = problem
                .hint(format!("`{name}` is an outcome; formulas use options and names under [define]"));
            problem.fix = None;
        } else if names.actors.find(name).is_some() {
            problem = problem.hint(format!("`{name}` is an actor; an option is written `{name}.option`"));
            problem.fix = None;
        }
        self.push(problem);
    }

    /// The option or defined name that a name in a formula was probably meant to be. Of an actor that is
    /// there only the option's own id is compared, so that one letter for another is no near miss.
    fn nearest_name(&mut self, name: &str) -> Option<String> {
        if name.contains('.') {
            return self.nearest_option(name);
        }
        let all = self.names.options.ids().chain(self.names.definitions.ids());
        self.problems.near.miss("formula", name, all)
    }

    /// The option that `actor.option` was probably meant to be: one of the same actor, whose id may be misspelled when
    /// it is a word. What one actor can do never stands for what another can.
    pub(crate) fn nearest_option(&mut self, name: &str) -> Option<String> {
        let (actor, option) = name.split_once('.')?;
        let names = &self.names;
        let actor = match names.actors.find(actor) {
            Some(_) => actor.to_owned(),
            // Acts and chance events are nobody's.
            None if OF_THE_FORMAT.contains(&actor) => actor.to_owned(),
            // Of shorter ids a near miss is another actor.
            None if actor.len() < WORD => return None,
            None => self.problems.near.miss("actor", actor, names.actors.ids())?,
        };
        let whose = format!("option of {actor}");
        let own = names.options.ids().filter_map(|full| full.strip_prefix(actor.as_str())?.strip_prefix('.'));
        self.problems.near.miss(&whose, option, own).map(|id| format!("{actor}.{id}"))
    }

    /// The definitions, each after those it refers to; names in a cycle are reported.
    ///
    /// Complexity: linear in the total length of the definitions.
    pub(crate) fn definitions(&mut self, root: &Node) -> Vec<Definition> {
        let list = entries(root, "define");
        // Short form: the formula itself.
        let written: Vec<Option<Written>> =
            list.iter().map(|entry| self.written(entry.node.get("that").unwrap_or(&entry.node))).collect();
        let otherwise: Vec<Option<Written>> =
            list.iter().map(|entry| self.written(entry.node.get("otherwise")?)).collect();
        let mut uses: Vec<Vec<(usize, Range<usize>)>> = vec![Vec::new(); list.len()];
        for (at, written) in written.iter().enumerate().chain(otherwise.iter().enumerate()) {
            uses[at].extend(written.iter().flat_map(|written| self.used(&written.parsed, &written.mapping)));
        }
        // What overlays make of a name may use other names: one order serves all of them.
        for key in ["variant", "view"] {
            for overlay in entries(root, key) {
                for entry in entries(&overlay.node, "define") {
                    let Some(at) = self.names.definitions.find(&entry.key) else { continue };
                    let that = entry.node.get("that").unwrap_or(&entry.node);
                    for node in [Some(that), entry.node.get("otherwise")].into_iter().flatten() {
                        let Some(text) = node.text() else { continue };
                        let mapping = Mapping::new(self.text.text, &node.at, text);
                        let used = self.used(&statement::parse(text), &mapping);
                        uses[at].extend(used);
                    }
                }
            }
        }
        let order = self.order(&uses);
        self.names.definition_ids = vec![None; list.len()];
        let mut definitions = Vec::with_capacity(list.len());
        for index in order {
            let entry = &list[index];
            let that = written[index].as_ref().and_then(|written| self.resolve(written));
            let otherwise = otherwise[index].as_ref().and_then(|written| self.resolve(written));
            let made = self.definition(&entry.key, &entry.node, that, otherwise);
            if let Some(definition) = made {
                self.names.definition_ids[index] = Some(DefinitionId::from(definitions.len()));
                definitions.push(definition);
                self.spans.definitions.push(entry.key_at.clone());
            }
        }
        definitions
    }

    /// A definition, its formulas being read.
    pub(crate) fn definition(
        &mut self,
        id: &str,
        node: &Node,
        that: Option<Expr>,
        otherwise: Option<Expr>,
    ) -> Option<Definition> {
        let confidence = share(node, "confidence");
        if let (Some(_), None, Some(at)) = (confidence, node.get("otherwise"), node.get("confidence")) {
            self.push(codes::otherwise::no_otherwise(&at.at, id));
        }
        let grounds = self.grounds(node);
        Some(Definition { id: id.to_owned(), that: that?, otherwise, confidence, open: false, grounds })
    }

    /// The defined names that a formula uses, with their places.
    fn used(&self, parsed: &Parsed, mapping: &Mapping) -> Vec<(usize, Range<usize>)> {
        let place = |(name, at): &(String, Range<usize>)| {
            Some((self.names.definitions.find(name)?, mapping.range(at)))
        };
        parsed.names.iter().filter_map(place).collect()
    }

    /// File order as far as it can be kept, each name after those it uses; a cycle is reported
    /// once, and its names come in file order. Depth-first with a stack of its own.
    fn order(&mut self, uses: &[Vec<(usize, Range<usize>)>]) -> Vec<usize> {
        const NEW: u8 = 0;
        const OPEN: u8 = 1;
        const DONE: u8 = 2;
        const SHOWN: usize = 8;
        let mut mark = vec![NEW; uses.len()];
        let mut depth = vec![0; uses.len()];
        let mut order = Vec::with_capacity(uses.len());
        for root in 0..uses.len() {
            if mark[root] != NEW {
                continue;
            }
            mark[root] = OPEN;
            let mut path = vec![(root, 0)];
            while let Some((index, next)) = path.last_mut() {
                let Some((used, _)) = uses[*index].get(*next) else {
                    mark[*index] = DONE;
                    order.push(*index);
                    path.pop();
                    continue;
                };
                *next += 1;
                match mark[*used] {
                    NEW => {
                        mark[*used] = OPEN;
                        depth[*used] = path.len();
                        path.push((*used, 0));
                    }
                    OPEN => {
                        let start = depth[*used];
                        let length = path.len() - start;
                        let cycle: Vec<(String, Range<usize>)> = path[start..]
                            .iter()
                            .take(SHOWN)
                            .map(|(index, next)| {
                                let at = uses[*index][next.saturating_sub(1)].1.clone();
                                (self.names.definitions.list[*index].clone(), at)
                            })
                            .collect();
                        let at = self.names.definitions.at[path[start].0].clone();
                        self.problems.push(codes::define_cycle::define_cycle(&at, &cycle, length));
                    }
                    _ => {}
                }
            }
        }
        order
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn places_inside_texts_are_those_of_the_file() {
        let check = |file: &str, decoded: &str, word: &str, expected: Option<&str>| {
            let at = decoded.find(word).unwrap();
            let range = Mapping::new(file, &(0..file.len()), decoded).range(&(at..at + word.len()));
            assert_eq!(file.get(range), expected, "{file}");
        };
        check("\"a and b.c\"", "a and b.c", "b.c", Some("b.c"));
        check("'''\na or\nb'''", "a or\nb", "b", Some("b"));
        check("\"\\u0061 or b\"", "a or b", "b", Some("b"));
        check("\"\"\"a \\\n   or b\"\"\"", "a or b", "or", Some("or"));
        check("\"\"\"a\r\nor b\"\"\"", "a\nor b", "b", Some("b"));
        check("\"q\"", "something else", "else", Some("\"q\""));
    }
}
