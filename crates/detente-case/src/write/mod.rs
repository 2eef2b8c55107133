//! Model to text: a whole case in canonical layout, a case to start from, and edits that keep
//! comments and order.

mod acts;
mod case;
mod change;
mod edit;
mod entry;
mod fresh;
mod ids;
mod order;
mod references;
mod value;
mod wish;

pub use case::to_toml;
pub use change::{Change, ChangeError, Changed, Fall, change, falls};
pub use edit::{Edit, EditError, edit};
pub use entry::{Outline, outline};
pub use fresh::{FreshSource, fresh_case};
pub use ids::{id_from, in_ascii};
