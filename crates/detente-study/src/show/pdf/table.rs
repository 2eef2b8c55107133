//! Tables over pages: columns as wide as their words ask, heads repeated, rows kept whole, and a table that is wider than
//! the page in parts, each with the first column.

use std::rc::Rc;

use crate::show::doc::{Align, Line, Table};

use super::flow::{Area, LOW, Part, SIDE, Set, TEXT, TOP};
use super::shape::{self, Shaped};
use super::{CELL, QUIET, RULE, Setter, baseline};

/// Between columns.
const GAP: f32 = 9.0;
/// Above and below what a cell says.
const PAD: f32 = 2.4;
/// No column is narrower.
const LEAST: f32 = 18.0;

/// A cell in lines.
struct Cell {
    shaped: Rc<Shaped>,
    lines: Vec<shape::Line>,
}

/// The columns that are set side by side: which, where they begin, how wide they are.
struct Columns {
    which: Vec<usize>,
    left: Vec<f32>,
    wide: Vec<f32>,
}

impl Setter {
    pub(super) fn table(&mut self, table: &Table) {
        let heads: Vec<Rc<Shaped>> = table
            .columns
            .iter()
            .map(|column| self.shaped(&Line::from(column.head.as_str()), CELL, true))
            .collect();
        let totals = table.rows.len().saturating_sub(table.totals);
        let empty = Line::new();
        let rows: Vec<Vec<Rc<Shaped>>> = table
            .rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let cell = |column| row.get(column).unwrap_or(&empty);
                (0..table.columns.len()).map(|column| self.shaped(cell(column), CELL, at >= totals)).collect()
            })
            .collect();
        for columns in columns(table, &heads, &rows) {
            self.columns(table, &heads, &rows, &columns);
        }
    }

    fn columns(&mut self, table: &Table, heads: &[Rc<Shaped>], rows: &[Vec<Rc<Shaped>>], columns: &Columns) {
        let totals = rows.len().saturating_sub(table.totals);
        let cells = |row: &[Rc<Shaped>]| -> Vec<Cell> {
            let one = |(at, wide): (&usize, &f32)| Cell {
                lines: row[*at].lines(*wide),
                shaped: Rc::clone(&row[*at]),
            };
            columns.which.iter().zip(&columns.wide).map(one).collect()
        };
        let head = cells(heads);
        let first = rows.first().map_or(0.0, |row| high(&cells(row)));
        self.pages.skip(3.0);
        self.pages.fit((high(&head) + first).min(LOW - TOP));
        let whole = self.pages.part(None, Part::Table);
        let part = self.pages.part(Some(whole), Part::TableHead);
        self.head_row(&head, columns, table, Some(part));
        let mut group = None;
        for (at, row) in rows.iter().enumerate() {
            if at == 0 && totals > 0 {
                group = Some(self.pages.part(Some(whole), Part::TableBody));
            }
            if at == totals {
                group = Some(self.pages.part(Some(whole), Part::TableFoot));
                self.rule(columns, QUIET, 0.8);
            }
            let own = self.pages.part(group, Part::Row);
            self.row(&cells(row), &head, columns, table, own);
        }
        self.pages.skip(7.0);
    }

    /// The head; again (`None`), where it stands on a further page.
    fn head_row(&mut self, head: &[Cell], columns: &Columns, table: &Table, of: Option<usize>) {
        let row = of.map(|of| self.pages.part(Some(of), Part::Row));
        self.cells(head, columns, table, row, Part::HeadCell, 0..usize::MAX);
        self.rule(columns, QUIET, 0.8);
    }

    /// A row: whole where it fits on a page, else line by line over as many as it takes.
    fn row(&mut self, cells: &[Cell], head: &[Cell], columns: &Columns, table: &Table, of: usize) {
        let whole = high(cells);
        let page = LOW - TOP - high(head);
        let mut from = 0;
        let all = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        let mut parts = Vec::new();
        loop {
            let rest = whole - from as f32 * CELL.leading;
            let fits = ((self.pages.room() - 2.0 * PAD) / CELL.leading).floor().max(0.0) as usize;
            if rest > self.pages.room() && (whole <= page || fits == 0) && !self.pages.fresh {
                self.pages.next();
                self.head_row(head, columns, table, None);
                if whole <= page {
                    continue;
                }
            }
            let fits = ((self.pages.room() - 2.0 * PAD) / CELL.leading).floor().max(1.0) as usize;
            let to = all.min(from + fits);
            // What one cell says is one cell also where it goes on on the next page.
            if parts.is_empty() {
                parts = cells.iter().map(|_| self.pages.part(Some(of), Part::Cell)).collect();
            }
            self.lines_of(cells, columns, table, &parts, from..to);
            from = to;
            self.rule(columns, RULE, 0.5);
            if from >= all {
                return;
            }
            self.pages.next();
            self.head_row(head, columns, table, None);
        }
    }

    fn cells(
        &mut self,
        cells: &[Cell],
        columns: &Columns,
        table: &Table,
        row: Option<usize>,
        part: Part,
        lines: std::ops::Range<usize>,
    ) {
        let parts: Vec<usize> = match row {
            Some(row) => cells.iter().map(|_| self.pages.part(Some(row), part.clone())).collect(),
            None => Vec::new(),
        };
        self.lines_of(cells, columns, table, &parts, lines);
    }

    fn lines_of(
        &mut self,
        cells: &[Cell],
        columns: &Columns,
        table: &Table,
        parts: &[usize],
        lines: std::ops::Range<usize>,
    ) {
        let top = self.pages.down + PAD;
        let mut most = 0;
        for (at, cell) in cells.iter().enumerate() {
            let (left, wide) = (columns.left[at], columns.wide[at]);
            let end = table.columns[columns.which[at]].align == Align::Right;
            let own = cell.lines.iter().skip(lines.start).take(lines.len());
            for (line, own) in own.enumerate() {
                let base = top + line as f32 * CELL.leading + baseline(CELL);
                let set = Set { left, wide, base, end };
                self.pages.line(parts.get(at).copied(), &cell.shaped, own, set);
                most = most.max(line + 1);
            }
        }
        self.pages.down = top + most as f32 * CELL.leading + PAD;
    }

    fn rule(&mut self, columns: &Columns, colour: [u8; 3], high: f32) {
        let right =
            columns.left.iter().zip(&columns.wide).map(|(left, wide)| left + wide).fold(SIDE, f32::max);
        let area = Area { left: SIDE, top: self.pages.down - high / 2.0, wide: right - SIDE, high };
        self.pages.ground(area, colour);
    }
}

fn high(cells: &[Cell]) -> f32 {
    let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    most as f32 * CELL.leading + 2.0 * PAD
}

/// The columns in parts that fit the page: each as wide as its widest word, the rest shared by what they say.
fn columns(table: &Table, heads: &[Rc<Shaped>], rows: &[Vec<Rc<Shaped>>]) -> Vec<Columns> {
    let each = |at: usize| rows.iter().map(move |row| &row[at]).chain([&heads[at]]);
    let count = table.columns.len();
    let full: Vec<f32> =
        (0..count).map(|at| each(at).map(|cell| cell.width()).fold(LEAST, f32::max) + 0.1).collect();
    let least: Vec<f32> = (0..count)
        .map(|at| {
            let word = each(at).map(|cell| cell.widest_word()).fold(LEAST, f32::max) + 0.1;
            let own = if table.columns[at].wraps { word } else { full[at] };
            // A single word of several lines' length is broken, not given the page.
            own.min(full[at]).min(TEXT / 3.0)
        })
        .collect();
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for at in 0..count {
        let used = |part: &Vec<usize>| part.iter().map(|at| least[*at] + GAP).sum::<f32>();
        match parts.last_mut() {
            Some(part) if used(part) + least[at] <= TEXT => part.push(at),
            Some(_) => parts.push(vec![0, at]),
            None => parts.push(vec![at]),
        }
    }
    parts.into_iter().map(|which| shared(which, &least, &full)).collect()
}

/// The width of the text shared among columns.
fn shared(which: Vec<usize>, least: &[f32], full: &[f32]) -> Columns {
    let room = TEXT - GAP * (which.len().saturating_sub(1)) as f32;
    let need: f32 = which.iter().map(|at| least[*at]).sum();
    let want: f32 = which.iter().map(|at| full[*at]).sum();
    let spare = (room - need).max(0.0);
    let asked = (want - need).max(0.1);
    let share = (spare / asked).min(1.0);
    let wide: Vec<f32> =
        which.iter().map(|at| least[*at] + (full[*at] - least[*at]).max(0.0) * share).collect();
    let mut left = Vec::with_capacity(which.len());
    let mut x = SIDE;
    for own in &wide {
        left.push(x);
        x += own + GAP;
    }
    Columns { which, left, wide }
}
