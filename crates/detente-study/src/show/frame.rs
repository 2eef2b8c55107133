//! Tables as typed columns, for data frames and for files: the one writer of [`csv`](super::csv) prints them, and a binding
//! hands them on. What a cell means is said where a table is made.

/// A table of columns of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// The columns, in order.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head.
    pub name: String,
    /// Its cells; `None` is a cell of which nothing is known, or that is for other rows.
    pub cells: Cells,
}

/// Cells of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Words; also numbers that are larger than any machine number.
    Text(Vec<Option<String>>),
    /// Shares.
    Number(Vec<Option<f64>>),
    /// Places and ranks, from 1.
    Whole(Vec<Option<u64>>),
    /// Yes or no.
    Flag(Vec<Option<bool>>),
}

impl Cells {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::Number(cells) => cells.len(),
            Self::Whole(cells) => cells.len(),
            Self::Flag(cells) => cells.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As text: yes is `1`, no is `0`, nothing is empty.
    fn text(&self, at: usize) -> String {
        let text = match self {
            Self::Text(cells) => cells.get(at).cloned().flatten(),
            Self::Number(cells) => cells.get(at).copied().flatten().map(|x| x.to_string()),
            Self::Whole(cells) => cells.get(at).copied().flatten().map(|x| x.to_string()),
            Self::Flag(cells) => {
                cells.get(at).copied().flatten().map(|yes| if yes { "1" } else { "0" }.to_owned())
            }
        };
        text.unwrap_or_default()
    }

    /// As many empty cells of the same kind.
    fn blank(&self, rows: usize) -> Self {
        match self {
            Self::Text(_) => Self::Text(vec![None; rows]),
            Self::Number(_) => Self::Number(vec![None; rows]),
            Self::Whole(_) => Self::Whole(vec![None; rows]),
            Self::Flag(_) => Self::Flag(vec![None; rows]),
        }
    }

    /// Adds the cells of `other`; those of another kind become words.
    fn extend(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Text(all), Self::Text(more)) => all.extend_from_slice(more),
            (Self::Number(all), Self::Number(more)) => all.extend_from_slice(more),
            (Self::Whole(all), Self::Whole(more)) => all.extend_from_slice(more),
            (Self::Flag(all), Self::Flag(more)) => all.extend_from_slice(more),
            (all, more) => {
                let words =
                    |cells: &Self| (0..cells.len()).map(|at| Some(cells.text(at))).collect::<Vec<_>>();
                *all = Self::Text([words(all), words(more)].concat());
            }
        }
    }
}

impl Frame {
    /// One more column.
    pub fn push(&mut self, name: impl Into<String>, cells: Cells) {
        self.columns.push(Column { name: name.into(), cells });
    }

    /// One more column of words; an empty word is no word.
    pub fn text(&mut self, name: impl Into<String>, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().map(|cell| (!cell.is_empty()).then_some(cell));
        self.push(name, Cells::Text(cells.collect()));
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.cells.len())
    }

    /// As text, the head first.
    #[must_use]
    pub fn cells(&self) -> Vec<Vec<String>> {
        let head = self.columns.iter().map(|column| column.name.clone()).collect();
        let row = |at| self.columns.iter().map(|column| column.cells.text(at)).collect();
        std::iter::once(head).chain((0..self.rows()).map(row)).collect()
    }

    /// Puts `notes` before what the first row says in the column `note`; a row is made for them when there is none.
    pub fn note(&mut self, notes: &[String]) {
        if notes.is_empty() || !self.columns.iter().any(|column| column.name == "note") {
            return;
        }
        if self.rows() == 0 {
            self.columns.iter_mut().for_each(|column| column.cells = column.cells.blank(1));
        }
        let note = self.columns.iter_mut().find(|column| column.name == "note");
        if let Some(Column { cells: Cells::Text(cells), .. }) = note
            && let Some(cell) = cells.first_mut()
        {
            let own = cell.take();
            let all: Vec<&str> = own.iter().chain(notes).map(String::as_str).collect();
            *cell = Some(all.join(" "));
        }
    }

    /// Several tables below each other, each with its word in a first column called `by`. A column that some of them do
    /// not have is empty there.
    #[must_use]
    pub fn below(by: &str, frames: Vec<(String, Self)>) -> Self {
        let mut all = Self::default();
        all.push(by, Cells::Text(Vec::new()));
        for (word, frame) in frames {
            let (before, rows) = (all.rows(), frame.rows());
            all.columns[0].cells.extend(&Cells::Text(vec![Some(word); rows]));
            for column in &frame.columns {
                let at = all.columns.iter().skip(1).position(|other| other.name == column.name);
                let at = at.map_or(all.columns.len(), |at| at + 1);
                if at == all.columns.len() {
                    all.push(column.name.clone(), column.cells.blank(before));
                }
                all.columns[at].cells.extend(&column.cells);
            }
            for column in &mut all.columns {
                let short = before + rows - column.cells.len();
                let blank = column.cells.blank(short);
                column.cells.extend(&blank);
            }
        }
        all
    }
}
