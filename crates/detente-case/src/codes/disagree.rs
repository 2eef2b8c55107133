//! # W0610: claims that disagree and are not said to
//!
//! One actor has two wishes of which each is the contrary of the other, and they rest on different claims. Both cannot be
//! right: then the claims contradict each other (`contradicts`), and the case is answered once for each; or the actor wants
//! either under a condition, which the wishes should say; or one of them is read wrongly.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0610";

pub(crate) fn disagree(at: &Range<usize>, other: &Range<usize>, a: &str, b: &str, actor: &str) -> Problem {
    let message = format!("`{a}` and `{b}` disagree on what {actor} wants: which of them is right?");
    Problem::warning(CODE, at, message)
        .related(other, "the contrary wish")
        .hint(format!("say that they cannot both be true (contradicts = [\"{a}\"] at `{b}`), or when each holds"))
}
