//! The diagnostics: one file each, with the code, the manual entry (the module's doc comment)
//! and the constructor.
//!
//! `E01…` the file and its text, `E02…` its shape, `E03…` its references, `E04…` its formulas,
//! `E05…` the game, `E06…` the evidence, `E07…` files of other programs; `W…` and `N…` with the same tens: warnings and notes.

macro_rules! codes {
    ($($name:ident),* $(,)?) => {
        $(pub mod $name;)*

        /// Every code with the source of its file, whose `//!` lines are its manual entry.
        const SOURCES: &[(&str, &str)] = &[
            $(($name::CODE, include_str!(concat!(stringify!($name), ".rs"))),)*
        ];
    };
}

codes![
    missing_file,
    directory,
    unreadable,
    too_large,
    not_utf8,
    pickle,
    syntax,
    more,
    foreign,
    unknown_key,
    missing_key,
    wrong_type,
    unknown_word,
    bad_id,
    bad_date,
    bad_grade,
    control_character,
    out_of_range,
    format_version,
    exactly_one,
    wrong_form,
    outside_path,
    empty_list,
    unknown_id,
    duplicate_id,
    define_cycle,
    repeated,
    ambiguous_name,
    formula,
    levels,
    votes,
    not_a_setting,
    too_many,
    two_preferences,
    no_options,
    bad_pattern,
    bad_state,
    status_quo,
    overlay,
    weights,
    strong_order,
    question_needs,
    undefined_concept,
    self_move,
    uncertain,
    assent,
    not_theirs,
    never_begins,
    deadlines,
    readings,
    otherwise,
    contradictory_rules,
    ranking_gap,
    ranking_overlap,
    unused_option,
    idle_statement,
    idle_rule,
    fixed_option,
    impossible_outcome,
    unused_definition,
    joint_rule,
    locks_in,
    own_condition,
    package,
    kept_from_beginning,
    never_begun,
    past,
    later,
    same_name,
    not_computed,
    no_act,
    rest_indifferent,
    no_wishes,
    no_status_quo,
    unforeseen,
    unfinished,
    quote,
    no_sentence,
    moved_sentence,
    unchecked_quotes,
    not_numbered,
    no_text,
    no_grounds,
    unused_claim,
    empty_claim,
    unused_source,
    no_otherwise,
    wish_of_another,
    converse,
    carries_nothing,
    proposed,
    disagree,
    one_of_both,
    no_deadline,
    silent,
    gmcr_json,
    gmcr_shape,
    gmcr_reference,
    gmcr_misperceptions,
    gmcr_ranking,
    gmcr_too_large,
    nfg_shape,
    nfg_too_large,
    ktab,
    gmcr_otherwise,
];

/// All codes, in order.
#[must_use]
pub fn all() -> Vec<&'static str> {
    let mut codes: Vec<&str> = SOURCES.iter().map(|(code, _)| *code).collect();
    codes.sort_unstable();
    codes
}

/// The manual entry of a code, in Markdown; `None` when there is no such code.
#[must_use]
pub fn manual(code: &str) -> Option<String> {
    let (_, source) = SOURCES.iter().find(|(known, _)| *known == code)?;
    let lines = source
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line));
    Some(lines.fold(String::new(), |text, line| text + line + "\n"))
}
