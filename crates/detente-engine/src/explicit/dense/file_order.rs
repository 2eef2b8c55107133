//! From the order of a layout back to state numbers.

use super::layout::{LINE, LINE_BITS, Layout};
use super::workers::each;

/// Most places of a block.
const BLOCK: usize = LINE * LINE;

/// The bytes by place, by state number instead.
///
/// # Algorithm
/// A transposition in blocks: the bits that are the lowest six in either order (6 to 12 bits)
/// make a block of at most 4 KiB. It is read in whole lines, permuted by one table for all blocks
/// and written in whole lines, so that every line of memory is touched once each way.
pub(super) fn bytes(layout: &Layout, by_place: Vec<u8>, workers: usize) -> Vec<u8> {
    let options = layout.position.len();
    if (layout.bits as usize) > options {
        return (0..1_u64 << options).map(|number| by_place[layout.place(number)]).collect();
    }
    let plan = Plan::new(&layout.position, workers);
    let mut by_number = vec![0; by_place.len()];
    let tasks = plan.tasks(&mut by_number).into_iter();
    each(workers, tasks, || [0; BLOCK], |block, mut task| plan.run(&by_place, &mut task, block));
    by_number
}

/// Which bits play which part.
struct Plan {
    /// How many top bits of a number tell pieces of the output apart.
    piece_bits: u32,
    /// Bits of a number.
    bits: u32,
    /// Places that the low six bits of a number have outside a line, as steps.
    far: Vec<usize>,
    /// Bits of a number (not its low six) that are inside a line.
    near: Vec<u32>,
    /// All other bits, as (bit of a number, bit of a place).
    outer: Vec<(u32, u32)>,
    /// Where in a block the byte is, by setting of `near` and low six bits of the number.
    table: Vec<u16>,
}

/// A part of the output: pieces that agree in the top bits that are `outer`.
struct Task<'o> {
    /// The setting of these top bits, as a number.
    number: usize,
    /// By setting of the top bits that are `near`.
    pieces: Vec<&'o mut [u8]>,
}

impl Plan {
    fn new(position: &[u32], workers: usize) -> Self {
        let bits = position.len() as u32;
        let inside = |bit: u32| position[bit as usize] < LINE_BITS;
        let far_bits: Vec<u32> = (0..LINE_BITS).filter(|&b| !inside(b)).collect();
        let near: Vec<u32> = (LINE_BITS..bits).filter(|&b| inside(b)).collect();
        let outer: Vec<(u32, u32)> =
            (LINE_BITS..bits).filter(|&b| !inside(b)).map(|b| (b, position[b as usize])).collect();
        let table = (0..LINE << near.len()).map(|at| {
            let low = (0..LINE_BITS).map(|bit| {
                let place = match far_bits.iter().position(|&far| far == bit) {
                    Some(rank) => LINE_BITS + rank as u32,
                    None => position[bit as usize],
                };
                (at >> bit & 1) << place
            });
            let high = near
                .iter()
                .enumerate()
                .map(|(rank, &bit)| (at >> (LINE_BITS as usize + rank) & 1) << position[bit as usize]);
            low.chain(high).sum::<usize>() as u16
        });
        let table = table.collect();
        let tasks = if workers <= 1 { 1 } else { 4 * workers };
        let enough =
            |piece_bits: u32| 1 << outer.iter().filter(|(bit, _)| *bit >= bits - piece_bits).count() >= tasks;
        let piece_bits = (0..bits - LINE_BITS).find(|&p| enough(p)).unwrap_or(bits - LINE_BITS);
        let far = far_bits.iter().map(|&bit| 1 << position[bit as usize]).collect();
        Self { piece_bits, bits, far, near, outer, table }
    }

    fn is_top(&self, bit: u32) -> bool {
        bit >= self.bits - self.piece_bits
    }

    fn tasks<'o>(&self, by_number: &'o mut [u8]) -> Vec<Task<'o>> {
        let near: usize = self.near.iter().filter(|b| self.is_top(**b)).map(|b| 1 << b).sum();
        let mut tasks: Vec<Task<'o>> = vec![];
        let size = 1 << (self.bits - self.piece_bits);
        // Pieces come by number: of one task, in the order of the setting of `near`.
        for (at, piece) in by_number.chunks_mut(size).enumerate() {
            let number = (at * size) & !near;
            match tasks.iter_mut().find(|task| task.number == number) {
                Some(task) => task.pieces.push(piece),
                None => tasks.push(Task { number, pieces: vec![piece] }),
            }
        }
        tasks
    }

    fn run(&self, by_place: &[u8], task: &mut Task, block: &mut [u8; BLOCK]) {
        let below: Vec<(u32, u32)> = self.outer.iter().copied().filter(|(b, _)| !self.is_top(*b)).collect();
        let top = self.outer.iter().filter(|(b, _)| self.is_top(*b));
        let first: usize = top.map(|(bit, place)| (task.number >> bit & 1) << place).sum();
        let size = 1_usize << (self.bits - self.piece_bits);
        let near_below: Vec<u32> = self.near.iter().copied().filter(|b| !self.is_top(*b)).collect();
        let lines = self.table.as_chunks::<LINE>().0;
        for setting in 0..1_usize << below.len() {
            let (mut number, mut place) = (0, first);
            for (rank, (bit, to)) in below.iter().enumerate() {
                number |= (setting >> rank & 1) << bit;
                place |= (setting >> rank & 1) << to;
            }
            for (at, line) in block.as_chunks_mut::<LINE>().0.iter_mut().take(lines.len()).enumerate() {
                let far =
                    self.far.iter().enumerate().fold(0, |far, (rank, step)| far + (at >> rank & 1) * step);
                line.copy_from_slice(&by_place[place + far..place + far + LINE]);
            }
            for (at, table) in lines.iter().enumerate() {
                let near =
                    near_below.iter().enumerate().fold(0, |n, (rank, bit)| n | (at >> rank & 1) << bit);
                let start = (number | near) & (size - 1);
                let piece = &mut task.pieces[at >> near_below.len()];
                for (byte, from) in piece[start..start + LINE].iter_mut().zip(table) {
                    *byte = block[usize::from(*from) % BLOCK];
                }
            }
        }
    }
}
