//! Any bytes as a case file: read, shown, written and read again.
#![no_main]

mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    properties::comes_back(&properties::reads(bytes));
});
