//! Shows how sentences are taken apart: `parse "A sentence."`
#![allow(clippy::unwrap_used, missing_docs)]

fn main() {
    let text = std::env::args().nth(1).unwrap();
    let french = std::env::args().nth(2).is_some_and(|language| language == "fr");
    let language = if french { detente_read::Language::French } else { detente_read::Language::English };
    println!("{}", detente_read::taken_apart(&text, language));
}
