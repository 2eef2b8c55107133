//! Words, tables and pictures for a medium: terminal, Markdown, HTML, DOCX, PDF, JSON, CSV, LaTeX, SVG, DOT, GraphML, Gambit.

pub mod csv;
pub mod doc;
pub mod docx;
pub mod evolution_picture;
pub mod excerpt;
pub(crate) mod fonts;
pub mod frame;
pub mod graph;
pub mod html;
pub mod json;
pub mod latex;
pub mod letters;
pub mod map;
pub mod markdown;
pub mod medium;
pub mod nfg;
pub mod pdf;
pub mod picture;
pub mod raster;
pub mod terminal;
pub mod xml;
