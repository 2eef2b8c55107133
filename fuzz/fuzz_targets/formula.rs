//! Any text as a formula of a case: read in its place, written and read again.
#![no_main]

mod properties;

libfuzzer_sys::fuzz_target!(|formula: &str| {
    // Between three single quotes a text stands as it is.
    if formula.contains("''") || formula.ends_with('\'') || formula.contains(|c: char| c.is_control()) {
        return;
    }
    let text = format!(
        "format = 1\n[case]\ntitle = \"T\"\n[define]\npeace = \"a.x\"\n[actor.a.option]\nx = \"X\"\n\
         go-on = \"Go on\"\n[actor.b.option]\nx = \"X\"\n[[actor.a.prefers]]\nthat = '''{formula}'''\n"
    );
    let read = properties::reads(text.as_bytes());
    let place = text.find("'''").unwrap_or_default();
    for problem in &read.diagnostics {
        let start = problem.span.map_or(0, |span| span.start.byte);
        assert!(!problem.is_error() || start >= place, "an error elsewhere than in the formula: {problem:?}");
    }
    properties::comes_back(&read);
});
