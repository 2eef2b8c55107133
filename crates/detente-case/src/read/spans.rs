//! Where the parts of a conflict stand in the file, for problems that are found later.

use std::ops::Range;

use crate::read::things::ConditionAt;

/// Byte ranges, in the order of the model's lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spans {
    /// Keys of the actors.
    pub(crate) actors: Vec<Range<usize>>,
    /// Keys of the options, acts and chance events: one entry per switch.
    pub(crate) options: Vec<Range<usize>>,
    /// Conditions of options and acts.
    pub(crate) conditions: Vec<ConditionAt>,
    /// Keys of the acts.
    pub(crate) acts: Vec<Range<usize>>,
    /// Keys of the deadlines, in the order of the model.
    pub(crate) deadlines: Vec<Range<usize>>,
    /// The events: title.
    pub(crate) events: Vec<Range<usize>>,
    /// Keys of the readings.
    pub(crate) readings: Vec<Range<usize>>,
    /// Keys of what is said.
    pub(crate) said: Vec<Range<usize>>,
    /// Values of `contradicts` of the claims that have one.
    pub(crate) contradicts: Vec<Range<usize>>,
    /// Keys of the sources.
    pub(crate) sources: Vec<Range<usize>>,
    /// Values of `text` of the sources.
    pub(crate) source_texts: Vec<Option<Range<usize>>>,
    /// Keys of the definitions, in the order of the model.
    pub(crate) definitions: Vec<Range<usize>>,
    /// Keys of the outcomes.
    pub(crate) outcomes: Vec<Range<usize>>,
    /// Keys of what was observed.
    pub(crate) observed: Vec<Range<usize>>,
    /// Ids of the claims that are proposed.
    pub(crate) proposed: Vec<String>,
    /// Keys of the claims.
    pub(crate) claims: Vec<Range<usize>>,
    /// Values of `quote` of the claims.
    pub(crate) quotes: Vec<Option<Range<usize>>>,
    /// Values of `at` of the claims.
    pub(crate) claim_places: Vec<Option<Range<usize>>>,
    /// Rules: the formula or list.
    pub(crate) rules: Vec<Range<usize>>,
    /// Per actor: its statements (prioritised or weighed): the formula.
    pub(crate) statements: Vec<Vec<Range<usize>>>,
    /// Per actor: the ranking's entries, group by group.
    pub(crate) rankings: Vec<Vec<Vec<Range<usize>>>>,
    /// Per actor: where its preference begins.
    pub(crate) preferences: Vec<Option<Range<usize>>>,
    /// The status quo.
    pub(crate) status_quo: Option<Range<usize>>,
    /// Concepts of questions.
    pub(crate) concepts: Vec<Option<Range<usize>>>,
    /// Strikes of questions.
    pub(crate) strikes: Vec<Option<Range<usize>>>,
    /// Keys of the groups of evidence.
    pub(crate) together: Vec<Range<usize>>,
    /// Variants.
    pub(crate) variants: Vec<OverlaySpans>,
    /// Views.
    pub(crate) views: Vec<OverlaySpans>,
}

/// Where the parts of an overlay stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct OverlaySpans {
    /// Its key.
    pub(crate) key: Range<usize>,
    /// Its status quo.
    pub(crate) status_quo: Option<Range<usize>>,
    /// What it strikes.
    pub(crate) strike: Option<Range<usize>>,
    /// Statements it adds, in the order of the model.
    pub(crate) prefers: Vec<Range<usize>>,
    /// Weighed statements it adds.
    pub(crate) weighs: Vec<Range<usize>>,
    /// Rules it adds.
    pub(crate) rules: Vec<Range<usize>>,
}
