//! Why a sample does not say what moves its shares, where it does not.

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It takes long, and was not asked for.
    Long,
    /// A bound was hit before.
    Stopped,
    /// It is a part of a sample.
    Shard,
    /// It was put together from parts, which hold counts alone.
    Merged,
}

/// The reason, with what finds it out.
#[must_use]
pub fn not_looked_for(why: Why) -> String {
    let why = match why {
        Why::Long => "it takes long, and `--attribute yes` looks for it",
        Why::Stopped => "the shares were not counted to the end",
        Why::Shard => "a shard holds counts alone; `detente sample` without `--shard` looks for it",
        Why::Merged => "shards hold counts alone; `detente sample` without `--shard` looks for it",
    };
    format!("What moves the shares was not looked for: {why}.")
}
