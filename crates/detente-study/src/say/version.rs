//! What a version of a case changes beside what was asked for.

use detente_model::Conflict;

use crate::find::version::Start;
use crate::say::{names, words};

/// That a version starts elsewhere than `written`, and why.
#[must_use]
pub fn start(written: &Conflict, start: &Start) -> String {
    let [before, now] = [&start.written, &start.here]
        .map(|state| names::quoted(names::brief(&names::outcome(written, state))));
    let text = format!("This version starts from {now}, not from {before}");
    if start.forbidden.is_empty() {
        return text + ".";
    }
    let all: Vec<String> = start.forbidden.iter().map(|option| names::whose(written, *option)).collect();
    let is = if all.len() == 1 { "is" } else { "are" };
    format!("{text}: {} {is} on today and not available here.", words::list(&all))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Version;

    #[test]
    fn a_forbidden_option_that_is_on_today_is_said_to_move_the_start() {
        let text = "format = 1\n[case]\ntitle = \"T\"\n\
                    [actor.a]\nname = \"Ann\"\noption.x.text = \"Strike\"\nprefers = [{ that = \"a.x\" }]\n\
                    [actor.b]\nname = \"Bob\"\noption.y.text = \"Pay\"\nprefers = [{ that = \"not a.x\" }]\n\
                    [status_quo]\non = [\"a.x\"]\n";
        let conflict = detente_case::read("case.toml", text.as_bytes()).conflict.unwrap();
        let version = |option: &str| Version { unavailable: vec![option.to_owned()], ..Version::default() };
        let here = version("a.x").apply(&conflict).unwrap();
        let found = Start::of(&conflict, &here).unwrap();
        assert_eq!(
            start(&conflict, &found),
            "This version starts from “Nothing is done”, not from “The status quo”: “Strike” (Ann) is on today and \
             not available here."
        );
        assert_eq!(Start::of(&conflict, &version("b.y").apply(&conflict).unwrap()), None);
        assert_eq!(Start::of(&conflict, &conflict), None);
    }
}
