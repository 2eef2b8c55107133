//! Source texts: their sentences, and where a quote stands in them.

mod clause;
mod former;
mod layout;
mod nearest;
mod normal;
mod quote;
mod stops;

use std::ops::Range;

pub use layout::Omission;
pub(crate) use nearest::nearest;
pub(crate) use quote::{Search, search};
pub use stops::is_stopped;

/// A text cut into numbered sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The sentences in order, as byte ranges without the blanks around them; `at = "s1"` names the
    /// first.
    pub sentences: Vec<Range<usize>>,
    /// What is not numbered, in order.
    pub left_out: Vec<LeftOut>,
    /// Where each paragraph begins.
    paragraphs: Vec<usize>,
}

/// A stretch of a text that is not numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its bytes.
    pub at: Range<usize>,
    /// Why it is not numbered.
    pub why: Omission,
}

impl Passage {
    /// Cuts `text` into sentences. `title` and `author` are those of the source.
    ///
    /// # Definition
    /// Sentences end where a stop of any script ends one (`stops`), and at the end of a paragraph or of
    /// a clause of a resolution or treaty (`layout`). Not numbered are title and byline, what stands
    /// before the first sentence and has no stop, lines of at most eight words without a stop
    /// (subheadings, signatures), and lines of marks alone.
    ///
    /// Every mark of the text but blanks stands in one sentence or in one stretch that is left out.
    ///
    /// Complexity: linear in the length of the text.
    #[must_use]
    pub fn of(text: &str, title: &str, author: Option<&str>) -> Self {
        let mut passage = Self::default();
        for paragraph in layout::paragraphs(text, title, author) {
            passage.paragraphs.push(paragraph.at.start);
            match paragraph.omitted {
                Some(why) => passage.left_out.push(LeftOut { at: paragraph.at, why }),
                None => {
                    let start = paragraph.at.start;
                    let found = stops::sentences(&text[paragraph.at]).into_iter();
                    passage.sentences.extend(found.map(|s| start + s.at.start..start + s.at.end));
                }
            }
        }
        passage
    }

    /// The number of the last sentence that begins at or before `byte`; 0 before the first.
    pub(crate) fn number_at(&self, byte: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.start <= byte)
    }

    /// What is left out in which `at` begins; `None`: it begins in a sentence.
    pub(crate) fn left_out_at(&self, at: &Range<usize>) -> Option<&LeftOut> {
        self.left_out.iter().find(|left| left.at.contains(&at.start))
    }

    /// Whether a paragraph begins after `from` and at or before `to`.
    pub(crate) fn apart(&self, from: usize, to: usize) -> bool {
        let paragraph = |byte: usize| self.paragraphs.partition_point(|start| *start <= byte);
        paragraph(from) != paragraph(to)
    }

    /// What the sentences that were numbered `first` to `last` before are now; `None` when there were
    /// none of these numbers, or when they are not numbered any more.
    pub(crate) fn renumbered(
        &self,
        former: &[Range<usize>],
        first: usize,
        last: usize,
    ) -> Option<(usize, usize)> {
        let (from, to) = (former.get(first.checked_sub(1)?)?, former.get(last.checked_sub(1)?)?);
        let first = self.sentences.partition_point(|sentence| sentence.end <= from.start);
        let last = self.sentences.partition_point(|sentence| sentence.start < to.end);
        (first < last).then_some((first + 1, last))
    }
}

/// The sentences as they were numbered before: see [`former`].
pub(crate) fn former(text: &str, title: &str, author: Option<&str>) -> Vec<Range<usize>> {
    former::sentences(text, title, author)
}

/// The sentences of a text, as byte ranges without the blanks around them: [`Passage::of`].
#[must_use]
pub fn sentences(text: &str, title: &str, author: Option<&str>) -> Vec<Range<usize>> {
    Passage::of(text, title, author).sentences
}

/// `s8`, `s2-3` (also `s2–3` and `S8`): the numbers, first and last; `None` for any other place.
pub(crate) fn sentence_numbers(place: &str) -> Option<(usize, usize)> {
    let rest = place.trim().strip_prefix(['s', 'S'])?;
    let (first, last) = rest.split_once(['-', '–']).unwrap_or((rest, rest));
    let number = |digits: &str| {
        let digits = digits.trim().trim_start_matches('s');
        (!digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| digits.parse().ok())?
    };
    Some((number(first)?, number(last)?))
}

#[cfg(test)]
mod tests;
