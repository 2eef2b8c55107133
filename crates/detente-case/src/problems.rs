//! All problems of one file.

use std::collections::{HashMap, HashSet};

use crate::near::Near;
use crate::problem::Problem;
use crate::text::Text;
use crate::{Diagnostic, Severity};

/// At most this many problems of one code are listed; how many more there are is said.
const LISTED: usize = 200;

/// All problems of one file, in the order in which they were found.
#[derive(Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    count: HashMap<&'static str, usize>,
    errors: usize,
    /// Near misses, looked up once per word and with a bound on the work.
    pub(crate) near: Near,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        if problem.severity == Severity::Error {
            self.errors += 1;
        }
        let count = self.count.entry(problem.code).or_default();
        *count += 1;
        if *count <= LISTED {
            self.list.push(problem);
        }
    }

    /// Whether a problem of this code was found.
    pub(crate) fn has(&self, code: &str) -> bool {
        self.count.contains_key(code)
    }

    /// Takes the problems of another list in, those without a place in the file.
    pub(crate) fn take_placeless(
        &mut self,
        other: Problems,
        hint: impl Fn(Option<String>) -> Option<String>,
    ) {
        for problem in other.list {
            let hint = hint(problem.hint.clone());
            self.push(Problem { at: None, related: Vec::new(), fix: None, hint, ..problem });
        }
        for (code, count) in other.count.into_iter().filter(|(_, count)| *count > LISTED) {
            *self.count.entry(code).or_default() += count - LISTED;
        }
    }

    /// Says of ids that are not there where they are proposed.
    pub(crate) fn only_proposed(&mut self, names: &[String]) {
        let is = |problem: &Problem| {
            problem.code == crate::codes::unknown_id::CODE
                && names.iter().any(|name| problem.message.contains(&format!("`{name}`")))
        };
        for problem in self.list.iter_mut().filter(|problem| is(problem)) {
            problem.hint = Some(crate::codes::proposed::TAKE_FIRST.to_owned());
            problem.fix = None;
        }
    }

    /// How many errors so far.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// All problems in file order, each as often as it was found at most once. Of a line that is
    /// not TOML only the first mistake is told: what else is found there comes from misreading it.
    pub(crate) fn finish(mut self, text: &Text<'_>) -> Vec<Diagnostic> {
        let start = |p: &Problem| p.at.as_ref().map_or(0, |at| at.start);
        let line = |p: &Problem| text.place(start(p)).line;
        let syntax = |p: &Problem| p.code == crate::codes::syntax::CODE;
        self.list.sort_by_key(start);
        let broken: HashSet<usize> = self.list.iter().filter(|p| syntax(p)).map(line).collect();
        if !broken.is_empty() {
            let mut told = HashSet::new();
            self.list.retain(|p| !broken.contains(&line(p)) || syntax(p) && told.insert(line(p)));
        }
        let mut more: Vec<_> = self.count.into_iter().filter(|(_, n)| *n > LISTED).collect();
        more.sort_unstable();
        for (code, count) in more {
            self.list.push(crate::codes::more::more(code, count - LISTED, count));
        }
        let mut list: Vec<Diagnostic> = self.list.into_iter().map(|p| p.into_diagnostic(text)).collect();
        list.dedup();
        list
    }
}
