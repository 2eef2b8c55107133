//! How much memory a box takes: known before its arrays are allocated.
//!
//! # Formula
//! With `2^m` places, `D` actors, `T` bytes a score (1, 2 or 4) and `w` workers, bytes are at most
//! - always: `2^m / 8` feasibility, `D · 2^m` verdicts, and `T · 2^m` per actor whose preference
//!   is ranked (24 more while the first of them is);
//! - for one focal actor at a time: `(T + 1) · 2^m` costs and marks, five minima per place of a
//!   tile and setting of its one-way options, tables of statements and rules;
//! - per worker and place of a tile: `T` per opponent and for two values (four when `single`),
//!   and 9 bytes per opponent and 17 more for groups that are sorted and slices that are closed
//!   state by state.
//!
//! A tile is a slice (focal actor's options fixed), `2^12` places at least.

use detente_model::Sequences;

use super::Frame;
use super::layout::{LINE, LINE_BITS, Layout};

/// Bytes in words.
pub(super) fn size(bytes: u64) -> String {
    if bytes >> 30 >= 10 {
        format!("{} GiB", bytes >> 30)
    } else {
        format!("{} MiB", bytes.div_ceil(1 << 20))
    }
}

fn places(frame: &Frame) -> u64 {
    1 << frame.form.options.len()
}

fn ranked(frame: &Frame) -> u64 {
    frame.statements.iter().filter(|s| s.is_none()).count() as u64
}

/// Bytes needed while preferences are ranked: ranks of all and, for one actor at a time, its
/// scores, its wide scores and their sorted copy.
pub(super) fn ranking(frame: &Frame) -> u64 {
    match ranked(frame) {
        0 => 0,
        ranked => places(frame) * (4 * ranked + 24) + places(frame) / 8,
    }
}

/// Bytes needed for verdicts, with scores of `score` bytes.
pub(super) fn needed(frame: &Frame, score: u64, workers: u64) -> u64 {
    let places = places(frame);
    let actors = frame.game.actor_count();
    let always = places.div_ceil(8) + places * (actors as u64 + score * ranked(frame));
    let focal = |focal| focal_bytes(frame, &frame.layout(focal), score, workers);
    always + (0..actors).map(focal).max().unwrap_or(0)
}

fn focal_bytes(frame: &Frame, layout: &Layout, score: u64, workers: u64) -> u64 {
    let tile_bits = frame.tuning.tile(layout);
    let tile = 1_u64 << tile_bits;
    let cells = 1_u64 << layout.own_one_way.min(layout.bits - tile_bits);
    let fields = layout.fields.len() as u64;
    let values = if frame.sequences == Sequences::Single { 4 } else { 2 };
    let rows = layout.fields.iter().map(|f| f.group() as u64).max().unwrap_or(0);
    let arrays = score * tile * (fields + values) + tile / 16 + 3 * score * rows * LINE as u64;
    let lists = tile * (9 * fields + 17);
    let workers = workers.min(1 << (layout.bits - tile_bits));
    let minima = 5 * score * tile * cells;
    ((score + 1) << layout.bits) + minima + workers * (arrays + lists) + tables(frame, layout, score)
}

/// Bytes of the tables of statements and rules, at most.
fn tables(frame: &Frame, layout: &Layout, score: u64) -> u64 {
    let entries = (LINE as u64) << (layout.bits - LINE_BITS).min(8);
    let statements: usize = frame.statements.iter().flatten().map(Vec::len).sum();
    entries * (statements as u64 * score + frame.broken.len() as u64)
}
