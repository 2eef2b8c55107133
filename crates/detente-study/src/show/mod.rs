//! Words and pictures for a medium: terminal, Markdown, JSON, SVG, DOT.

pub mod doc;
pub mod evolution_picture;
pub mod excerpt;
pub mod json;
pub mod map;
pub mod markdown;
pub mod picture;
pub mod snapshot;
pub mod terminal;
