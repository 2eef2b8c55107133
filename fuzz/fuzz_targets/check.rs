//! Any bytes as a case file or a `.gmcr` file: the whole check, with its searches, and quotes looked
//! for in a text (the file's own).
#![no_main]

mod properties;

use detente_case::import::{GmcrSettings, gmcr};
use detente_case::check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.first() == Some(&b'{') {
        let (conflict, problems) = gmcr("case.gmcr", bytes, GmcrSettings::default());
        assert_eq!(conflict.is_none(), problems.iter().any(detente_case::Diagnostic::is_error));
        properties::shown(&problems, std::str::from_utf8(bytes).unwrap_or_default());
        return;
    }
    let read = properties::reads(bytes);
    let text = read.text.clone();
    properties::shown(&check(&read, &|_| Some(Ok(text.clone()))), &read.text);
});
