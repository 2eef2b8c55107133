//! Model to text: a whole case in canonical layout, and edits that keep comments and order.

mod case;
mod value;

pub use case::to_toml;
