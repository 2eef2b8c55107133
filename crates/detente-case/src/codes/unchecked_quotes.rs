//! # W0609: quotes that were held against no text
//!
//! Claims quote their source word by word, and the text of the source was not at hand, so that the words may stand
//! there or not. `detente check CASE --sources DIR` holds them against the texts in DIR, where `text` of each source
//! names its file. This is said once for all quotes.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0609";

/// `quotes`: how many; `sources`: the sources that they are from; `named`: whether all of these name their text.
pub(crate) fn unchecked_quotes(at: &Range<usize>, quotes: usize, sources: &[&str], named: bool) -> Problem {
    let (what, was) = match quotes {
        1 => ("the quote of one claim".to_owned(), "was"),
        count => (format!("the quotes of {count} claims"), "were"),
    };
    let whose = match sources {
        [one] => format!("the text of `{one}` is"),
        several => format!("the texts of {} sources are", several.len()),
    };
    let message = format!("{what} {was} not checked: {whose} not at hand");
    Problem::warning(CODE, at, message).hint(if named {
        "`--sources DIR` names the folder with the texts"
    } else {
        "name the file of each text under `text` of its source; `--sources DIR` names the folder with the texts"
    })
}
