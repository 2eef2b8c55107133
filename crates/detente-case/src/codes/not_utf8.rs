//! # E0105: the file is not UTF-8
//!
//! Case files are UTF-8 text. The place is that of the first byte that cannot be part of it;
//! older editors and exports write other encodings, such as Windows-1252 or UTF-16.

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0105";

pub(crate) fn not_utf8(at: usize, bytes: &[u8]) -> Problem {
    let byte = bytes.get(at).copied().unwrap_or(0);
    let message = format!("the file is not UTF-8 text: byte {at} is 0x{byte:02X}");
    let hint = if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        "this is UTF-16: save it as UTF-8"
    } else {
        "save it as UTF-8"
    };
    Problem::error(CODE, &(at..at), message).hint(hint)
}
