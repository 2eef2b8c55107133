//! What a picture of moves leaves out, in words.

use detente_engine::LimitHit;
use num_bigint::BigUint;

use super::words;

/// Moves together are not looked for in a case of more than `most` outcomes.
pub fn too_large(most: usize) -> String {
    format!(
        "Moves together are not drawn in a case of more than {}: Why has them for each outcome.",
        words::counted(&most.into(), "outcome", "outcomes")
    )
}

/// From how many of the outcomes that nobody alone leaves moves together were looked for, and which bounds were
/// hit; `None`: from all of them, and all were found.
pub fn joint(from: usize, lasting: &BigUint, limits: &[LimitHit]) -> Option<String> {
    let mut said = Vec::new();
    if *lasting > BigUint::from(from) {
        said.push(format!(
            "Moves together are drawn from today and from {} of the {} that last: Why has them for each.",
            words::count(&from.into()),
            words::counted(lasting, "outcome", "outcomes")
        ));
    }
    said.extend(limits.iter().map(|hit| words::capital(&words::limit(&hit.into()))));
    said.dedup();
    (!said.is_empty()).then(|| said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_said_and_nothing_else_is() {
        assert_eq!(joint(6, &BigUint::from(6_u8), &[]), None);
        assert_eq!(
            joint(6, &BigUint::from(16_u8), &[]).unwrap_or_default(),
            "Moves together are drawn from today and from 6 of the 16 outcomes that last: Why has them for each."
        );
        assert!(too_large(4096).contains("4,096 outcomes"));
    }
}
