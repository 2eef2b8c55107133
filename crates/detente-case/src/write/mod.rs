//! Model to text: a whole case in canonical layout, a case to start from, and edits that keep
//! comments and order.

mod acts;
mod case;
mod edit;
mod fresh;
mod value;
mod wish;

pub use case::to_toml;
pub use edit::{Edit, EditError, edit};
pub use fresh::{FreshSource, fresh_case};
