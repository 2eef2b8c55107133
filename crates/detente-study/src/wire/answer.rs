//! The answer to a question in the contracts: the word of the model's own type.

use std::borrow::Cow;

pub use detente_model::Answer;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serializer;

/// Writes the word.
pub(super) fn word<S: Serializer>(answer: &Answer, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(answer.word())
}

/// Writes the word, or null.
pub(super) fn maybe<S: Serializer>(answer: &Option<Answer>, to: S) -> Result<S::Ok, S::Error> {
    match answer {
        Some(answer) => word(answer, to),
        None => to.serialize_none(),
    }
}

/// What the schema says of it.
pub(super) struct Word;

impl JsonSchema for Word {
    fn schema_name() -> Cow<'static, str> {
        "Answer".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let says = |answer| match answer {
            Answer::Yes => "Yes.",
            Answer::No => "No.",
            Answer::Partly => "In part: the text says which.",
            Answer::SaysNothing => "What the question takes as given holds in nothing that lasts.",
            Answer::NotComputed => {
                "Not computed: the text says which command does it, or that this version cannot."
            }
        };
        let words = Answer::ALL.map(
            |(answer, word)| json_schema!({ "type": "string", "const": word, "description": says(answer) }),
        );
        json_schema!({ "description": "The answer to a question.", "oneOf": words })
    }
}
