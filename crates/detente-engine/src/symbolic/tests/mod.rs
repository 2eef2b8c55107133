#![allow(clippy::unwrap_used, clippy::panic)]

mod agreement;
mod answers;
mod candidate;
mod coalition;
mod cut_short;
mod sifting;
mod structure;

use crate::testing::Shape;

/// Option form without moves taken away.
fn options() -> Shape {
    Shape { graph: 0.0, cannot: 0.0, ..Shape::default() }
}
