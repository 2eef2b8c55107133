//! The accounts of a case whose claims contradict each other, in words.

use detente_model::Account;

use super::words;

/// That there are so many.
#[must_use]
pub fn several(count: usize) -> String {
    format!(
        "Claims of this case contradict each other, so it is answered as each of {count} accounts tells it."
    )
}

/// What one is called above its answer.
#[must_use]
pub fn title(account: &Account) -> String {
    words::capital(account.title.as_deref().unwrap_or(&account.id))
}
