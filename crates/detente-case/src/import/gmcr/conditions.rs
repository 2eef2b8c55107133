//! Conditions: a conjunction `[[option, "Y" or "N"], …]`, or `{"compound": true, "members": […]}`,
//! which holds when some member does.

use detente_model::{Expr, OptionId};

use super::Reader;
use crate::codes;
use crate::import::json::{Node, Value};

/// Options with their values, in the order of the file; each option once.
pub(super) type Conjunction = Vec<(OptionId, bool)>;

/// The members of a condition; a plain conjunction is its only one.
pub(super) fn condition(
    reader: &mut Reader<'_>,
    node: &Node,
    place: &[Option<OptionId>],
) -> Vec<Conjunction> {
    match &node.value {
        Value::Array(_) => vec![members(reader, node, place)],
        Value::Object(_) => {
            if !matches!(node.get("compound"), Some(Node { value: Value::Bool(true), .. })) {
                reader.problems.push(codes::gmcr_shape::missing(
                    &node.at,
                    "`\"compound\": true`",
                    "a condition",
                ));
                return Vec::new();
            }
            reader.list(node, "members", true).iter().map(|m| members(reader, m, place)).collect()
        }
        _ => {
            let expected = "a list of pairs or an object with members";
            reader.problems.push(codes::gmcr_shape::wrong(&node.at, "a condition", expected, node.kind()));
            Vec::new()
        }
    }
}

fn members(reader: &mut Reader<'_>, node: &Node, place: &[Option<OptionId>]) -> Conjunction {
    let Value::Array(pairs) = &node.value else {
        let expected = "a list of pairs";
        reader.problems.push(codes::gmcr_shape::wrong(&node.at, "a condition", expected, node.kind()));
        return Vec::new();
    };
    let mut out: Conjunction = Vec::new();
    for pair in pairs {
        let Value::Array(two) = &pair.value else {
            let expected = "a pair of an option and \"Y\" or \"N\"";
            reader.problems.push(codes::gmcr_shape::wrong(
                &pair.at,
                "part of a condition",
                expected,
                pair.kind(),
            ));
            continue;
        };
        let [option, value] = two.as_slice() else {
            let expected = "a pair of an option and \"Y\" or \"N\"";
            let there = format!("a list of {}", two.len());
            reader.problems.push(codes::gmcr_shape::wrong(&pair.at, "part of a condition", expected, &there));
            continue;
        };
        let on = match &value.value {
            Value::String(word) if word == "Y" => true,
            Value::String(word) if word == "N" => false,
            _ => {
                let there = super::said(value);
                let problem =
                    codes::gmcr_shape::wrong(&value.at, "the value of an option", "`Y` or `N`", &there);
                reader.problems.push(problem);
                continue;
            }
        };
        let Some(index) = reader.index(option, "an option", place.len()) else { continue };
        // An option without an owner has been reported.
        let Some(id) = place[index] else { continue };
        match out.iter().find(|(other, _)| *other == id) {
            // The first value counts, as in GMCR+.
            Some((_, first)) if *first != on => {
                reader.problems.push(codes::gmcr_otherwise::both_values(&pair.at, index, *first));
            }
            Some(_) => {}
            None => out.push((id, on)),
        }
    }
    out
}

/// The conjunction as a formula; an empty one is always true.
pub(super) fn conjunction(members: &[(OptionId, bool)]) -> Expr {
    let literal = |&(option, on): &(OptionId, bool)| {
        if on { Expr::Option(option) } else { Expr::Option(option).negate() }
    };
    match members {
        [] => Expr::Const(true),
        [one] => literal(one),
        many => Expr::And(many.iter().map(literal).collect()),
    }
}

/// The conjunction in option order, to find duplicates.
pub(super) fn sorted(members: &[(OptionId, bool)]) -> Conjunction {
    let mut sorted = members.to_vec();
    sorted.sort_unstable();
    sorted
}
