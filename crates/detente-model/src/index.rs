//! Typed positions: an actor, an option, a definition, … is known by its place in the file.

macro_rules! position {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position as an array index.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            /// Positions are bounded by the limits of the format (far below 2^32);
            /// a larger index is a bug of the caller and saturates.
            fn from(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    };
}

position!(
    /// A decision maker, by its place in file order.
    ActorId
);
position!(
    /// An option, by its place in file order over all actors: also its bit in a state number.
    OptionId
);
position!(
    /// A defined name, by its place in [`crate::OptionForm::definitions`] (dependencies first).
    DefinitionId
);
position!(
    /// A claim, by its place in [`crate::Evidence::claims`].
    ClaimId
);
position!(
    /// A source, by its place in [`crate::Evidence::sources`].
    SourceId
);
position!(
    /// A body (alliance, union), by its place in [`crate::Situation::bodies`].
    BodyId
);
position!(
    /// An act of several, by its place in [`crate::OptionForm::acts`].
    ActId
);
position!(
    /// A chance event, by its place in [`crate::OptionForm::chances`].
    ChanceId
);
position!(
    /// A levelled option or act, by its place in [`crate::OptionForm::scales`].
    ScaleId
);
position!(
    /// An assembly, by its place in [`crate::OptionForm::assemblies`].
    AssemblyId
);
position!(
    /// A mover, by its place in [`crate::Game::movers`]: actors first.
    MoverId
);

impl ActorId {
    /// No actor: the owner of switches of acts and chance events.
    pub const NOBODY: Self = Self(u32::MAX);
}
