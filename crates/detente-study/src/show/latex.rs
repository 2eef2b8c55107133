//! Tables for a paper: LaTeX with booktabs and longtable.

use std::collections::BTreeSet;
use std::fmt::Write;

use detente_model::{Direction, Form};

use super::letters;
use crate::find::listing::{Choice, Listing, Others};
use crate::say::names::Namer;
use crate::say::{concept, listing, names};

/// A case with at most so many possible outcomes is shown whole.
const SMALL: usize = 48;
/// More outcomes are not shown unless more are asked for.
const BOUND: usize = 240;
/// Outcomes beside each other in a table: at most so many, and fewer where their numbers are long.
const BESIDE: usize = 12;
/// About how many digits and gaps fit beside the first column.
const ROOM: usize = 50;

/// The outcomes of a paper: all of a small case, else the status quo and what lasts; with `list`, others up to so many.
#[must_use]
pub fn choice(list: Option<usize>) -> Choice {
    let others = if list.is_some() { Others::Fill } else { Others::WhenAll };
    Choice { most: list.unwrap_or(SMALL), bound: BOUND, others }
}

/// Tables of the options in words, of the defined names, of the listed outcomes by name, and of options × outcomes
/// with ranks and verdicts; then what the concepts say. What is not listed is said in the caption.
///
/// The text is for `\input` in a document with `booktabs`, `longtable` and `array`, and compiles with pdfLaTeX, XeLaTeX
/// and LuaLaTeX whatever the names are: a letter that pdfLaTeX does not know, or that the font of the others has not,
/// is set in ASCII letters. Tables break across pages, their texts across lines, and each has a `\label`.
#[must_use]
pub fn latex(found: &Listing<'_>) -> String {
    let title = listing::heading(found.conflict);
    let mut paper = Paper { title: title.clone(), slug: slug(&title), ..Paper::default() };
    paper.options(found);
    paper.definitions(found);
    paper.outcomes(found);
    let notes = listing::notes(found).join(" ");
    let per_table = beside(found);
    let parts = found.rows.len().div_ceil(per_table);
    for part in 0..parts {
        let from = part * per_table;
        let rows: Vec<usize> = (from..found.rows.len().min(from + per_table)).collect();
        let mut caption = "outcomes and verdicts".to_owned();
        if parts > 1 {
            let _ = write!(caption, " ({} of {parts})", part + 1);
        }
        if !notes.is_empty() {
            let _ = write!(caption, ". {notes}");
        }
        paper.verdicts(found, &rows, caption.trim_end_matches('.'), part + 1);
    }
    paper.concepts(found);
    paper.finish()
}

/// How many outcomes stand beside each other.
fn beside(found: &Listing<'_>) -> usize {
    (ROOM / (digits(found) + 2)).clamp(1, BESIDE)
}

/// How long the longest number is.
fn digits(found: &Listing<'_>) -> usize {
    found.rows.iter().map(|row| row.state.to_string().len()).max().unwrap_or(1)
}

/// A file that is being written.
#[derive(Default)]
struct Paper {
    title: String,
    /// What all labels begin with.
    slug: String,
    body: String,
    /// Letters beyond ASCII.
    letters: BTreeSet<char>,
}

impl Paper {
    /// Adds a line.
    fn line(&mut self, text: &str) {
        self.body.push_str(text);
        self.body.push('\n');
    }

    /// Begins a table: its columns, its caption behind the title, its label, its head.
    fn begin(&mut self, columns: &str, caption: &str, label: &str, head: &str) {
        let caption = format!("{}: {caption}.", self.title);
        // The list of tables is read before the letters are known.
        let short = if caption.chars().all(known) {
            String::new()
        } else {
            format!("[{{{}}}]", escaped(&letters::ascii(&caption), &mut BTreeSet::new()))
        };
        let caption = escaped(&caption, &mut self.letters);
        let label = format!("tab:{}-{label}", self.slug);
        self.line(&format!("\n\\begin{{longtable}}{{{columns}}}"));
        self.line(&format!("\\caption{short}{{{caption}}}\\label{{{label}}}\\\\"));
        self.line(&format!("\\toprule\n{head} \\\\\n\\midrule\n\\endfirsthead"));
        self.line(&format!("\\toprule\n{head} \\\\\n\\midrule\n\\endhead"));
        self.line("\\bottomrule\n\\endfoot");
    }

    fn row(&mut self, cells: &[String]) {
        let line = format!("{} \\\\", cells.join(" & "));
        self.line(&line);
    }

    fn end(&mut self) {
        self.line("\\end{longtable}");
    }

    fn text(&mut self, text: &str) -> String {
        escaped(text, &mut self.letters)
    }

    fn options(&mut self, found: &Listing<'_>) {
        let game = &found.conflict.game;
        if game.options().is_empty() {
            return;
        }
        let head = "Actor & Option & & In words";
        self.begin(&wide(&[0.18, 0.2, 0.1, 0.36]), "actors and options", "options", head);
        let mut last = None;
        for thing in game.things() {
            let Some(option) = game.options().get(thing.index()) else { continue };
            let mut who = String::new();
            if last != Some(option.actor) {
                if last.is_some() {
                    self.line("\\midrule");
                }
                who = self.text(&names::group(found.conflict, option.actor));
            }
            last = Some(option.actor);
            let way = match option.direction {
                Direction::Both => "",
                Direction::OnOnly => "on only",
                Direction::OffOnly => "off only",
            };
            let words = self.text(&option.text);
            self.row(&[who, typed(&game.option_name(thing)), way.to_owned(), words]);
        }
        self.end();
    }

    fn definitions(&mut self, found: &Listing<'_>) {
        let game = &found.conflict.game;
        let Some(form) = game.option_form().filter(|form| !form.definitions.is_empty()) else { return };
        self.begin(&wide(&[0.22, 0.65]), "defined names", "definitions", "Name & Stands for");
        for definition in &form.definitions {
            self.row(&[typed(&definition.id), typed(&game.formula_text(&definition.that))]);
        }
        self.end();
    }

    fn outcomes(&mut self, found: &Listing<'_>) {
        let columns = format!("r{}", wide(&[if digits(found) > 8 { 0.55 } else { 0.75 }]));
        self.begin(&columns, "outcomes by name", "outcomes", "Number & Outcome");
        let namer = Namer::of(found.conflict);
        for row in &found.rows {
            let name = self.text(&namer.outcome(&row.state));
            self.row(&[row.state.to_string(), name]);
        }
        self.end();
    }

    /// Options × some outcomes with ranks and verdicts.
    fn verdicts(&mut self, found: &Listing<'_>, rows: &[usize], caption: &str, part: usize) {
        let game = &found.conflict.game;
        let columns = format!("{}*{{{}}}{{c}}", wide(&[0.28]), rows.len());
        let line = |head: String, cell: &dyn Fn(usize) -> String| -> Vec<String> {
            std::iter::once(head).chain(rows.iter().map(|&row| cell(row))).collect()
        };
        let head = line("Outcome".to_owned(), &|row| {
            let mark = if found.rows[row].status_quo { "$^{*}$" } else { "" };
            format!("{}{mark}", found.rows[row].state)
        });
        self.line("\n\\begingroup\\small\\setlength{\\tabcolsep}{3pt}");
        self.begin(&columns, caption, &format!("verdicts-{part}"), &head.join(" & "));
        if let Form::Options(_) = &game.form {
            for thing in game.things() {
                let scale = game.option_form().and_then(|form| form.scale_of(thing));
                let head = typed(&game.option_name(thing));
                let mut cells = vec![head];
                for &row in rows {
                    let state = &found.rows[row].state;
                    cells.push(match scale.map(|scale| scale.value(state).map(|at| scale.values.word(at))) {
                        Some(level) => self.text(level.as_deref().unwrap_or("off")),
                        None => if state.is_on(thing) { "Y" } else { "N" }.to_owned(),
                    });
                }
                self.row(&cells);
            }
            self.line("\\midrule");
        }
        if found.unranked.is_none() {
            for (at, actor) in game.actors.iter().enumerate() {
                let rank = |row: usize| found.rows[row].ranks.get(at).map(usize::to_string);
                self.row(&line(format!("Rank for {}", typed(&actor.id)), &|row| {
                    rank(row).unwrap_or_default()
                }));
            }
            self.line("\\midrule");
        }
        // What lasts is what is stable for everybody, but where something is out of reach or has a date.
        let lasting = found.concepts.iter().any(|column| column.lasts != column.equilibrium);
        for (at, column) in found.concepts.iter().enumerate() {
            if at > 0 {
                self.line("\\midrule");
            }
            let short = concept::short(column.concept);
            for (at, actor) in game.actors.iter().enumerate() {
                let head = format!("{short}, {}", typed(&actor.id));
                self.row(&line(head, &|row| letter(column.stable[row].get(at)).to_owned()));
            }
            for (at, mover) in game.movers().iter().skip(game.actors.len()).enumerate() {
                let head = format!("{short}, {}", typed(&game.mover_id(mover)));
                self.row(&line(head, &|row| letter(column.joint[row].get(at)).to_owned()));
            }
            self.row(&line(format!("\\textbf{{{short}, all}}"), &|row| {
                match column.equilibrium[row] {
                    Some(true) => "\\textbf{E}",
                    Some(false) => "--",
                    None => "?",
                }
                .to_owned()
            }));
            if lasting {
                self.row(&line(format!("\\textbf{{{short}, lasts}}"), &|row| {
                    match column.lasts[row] {
                        Some(true) => "\\textbf{L}",
                        Some(false) => "--",
                        None => "?",
                    }
                    .to_owned()
                }));
            }
        }
        self.end();
        let mut signs = "Y on, N off; s stable, u unstable, E stable for every actor".to_owned();
        if game.has_joint_movers() {
            signs.push_str(" and for those who move together");
        }
        if lasting {
            signs.push_str(", L lasts: E, within reach, and undone by no date");
        }
        if found.concepts.iter().any(|column| !column.open.is_empty()) {
            signs.push_str(", ? not computed");
        }
        if found.unranked.is_none() {
            signs.push_str("; rank 1 is best, among all possible outcomes");
        }
        if rows.iter().any(|&row| found.rows[row].status_quo) {
            signs.push_str("; $^{*}$ status quo");
        }
        self.line(&format!("\\noindent {signs}.\\par\n\\endgroup"));
    }

    fn concepts(&mut self, found: &Listing<'_>) {
        if found.concepts.is_empty() {
            return;
        }
        self.line("\n\\begin{description}");
        for column in &found.concepts {
            let (short, name) = (concept::short(column.concept), concept::name(column.concept));
            let says = self.text(concept::meaning(column.concept));
            self.line(&format!("\\item[{short}] ({name}) {says}"));
        }
        self.line("\\end{description}");
    }

    /// The file: what it needs, the letters, the tables.
    fn finish(self) -> String {
        let title: String = self.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut out = format!(
            "% {title}\n% For \\input in a document with \\usepackage{{booktabs,longtable,array}}, in one column.\n\
             % Compiles with pdfLaTeX, XeLaTeX and LuaLaTeX.\n\\begingroup\n"
        );
        if !self.letters.is_empty() {
            out.push_str(LETTERS);
        }
        for &c in &self.letters {
            let plain = escaped(letters::letter(c), &mut BTreeSet::new());
            let name = if known(c) { "detenteknown" } else { "detenteletter" };
            let _ = writeln!(out, "\\{name}{{{c}}}{{{}}}{{{plain}}}", u32::from(c));
        }
        out.push_str(&self.body);
        out.push_str("\\endgroup\n");
        out
    }
}

/// The letters of other scripts: each is defined where it is not there, until the end of the file's group.
const LETTERS: &str = r"% A letter that pdfLaTeX does not know, or that the font of XeLaTeX or LuaLaTeX does not have, is set in ASCII letters.
\def\detentelack#1#2{\iffontchar\font#1 \else\catcode#1=13 \begingroup\lccode`\~=#1 \lowercase{\endgroup\def~}{#2}\fi}
\def\detenteknown#1#2#3{\ifdefined\XeTeXrevision\detentelack{#2}{#3}\else\ifdefined\directlua\detentelack{#2}{#3}\fi\fi}
\def\detenteletter#1#2#3{\detenteknown{#1}{#2}{#3}\ifdefined\XeTeXrevision\else
  \ifdefined\directlua\else\expandafter\def\csname u8:\detokenize{#1}\endcsname{#3}\fi\fi}
";

/// Columns of text that wraps, each so wide a part of a line.
fn wide(parts: &[f64]) -> String {
    parts.iter().map(|part| format!(">{{\\raggedright\\arraybackslash}}p{{{part}\\linewidth}}")).collect()
}

/// What is typed or stands in the file: an id or a formula, which breaks behind its signs.
fn typed(text: &str) -> String {
    let mut out = String::from("\\texttt{");
    for part in text.split_inclusive(['.', '-', '_', '(', ',']) {
        out.push_str(&escaped(part, &mut BTreeSet::new()));
        if part.ends_with(['.', '-', '_', '(', ',']) {
            out.push_str("\\allowbreak{}");
        }
    }
    out.push('}');
    out
}

/// The verdict on an outcome for one actor, as a letter.
fn letter(verdict: Option<&Option<bool>>) -> &'static str {
    match verdict {
        Some(Some(true)) => "s",
        Some(Some(false)) => "u",
        _ => "?",
    }
}

/// What a label may be made of.
fn slug(title: &str) -> String {
    let plain = letters::ascii(title).to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug: String = words.collect::<Vec<_>>().join("-").chars().take(40).collect();
    if slug.is_empty() { "case".to_owned() } else { slug }
}

/// Whether every LaTeX sets this letter without a package, whatever the encoding of its font.
fn known(c: char) -> bool {
    c.is_ascii()
        || matches!(c, 'À'..='Ï' | 'Ñ'..='Ö' | 'Ø'..='Ý' | 'ß'..='ï' | 'ñ'..='ö' | 'ø'..='ý' | 'ÿ'..='ă')
        || matches!(c, 'Ć'..='ď' | 'Ē'..='ė' | 'Ě'..='ĥ' | 'Ĩ'..='ĭ' | 'İ' | 'ı' | 'Ĵ'..='ķ' | 'Ĺ'..='ľ')
        || matches!(c, 'Ł'..='ň' | 'Ō'..='ť' | 'Ũ'..='ű' | 'Ŵ'..='ž' | 'Ș'..='ț')
        || matches!(c, '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '§')
}

/// Text for LaTeX: nothing in it is a command. `letters` gets those beyond ASCII: no font has all.
fn escaped(text: &str, letters: &mut BTreeSet<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        // No ligatures: `--`, `\'\'`, ``?` ``.
        if (c == last && matches!(c, '-' | '\'' | '`' | ',')) || (c == '`' && matches!(last, '?' | '!')) {
            out.push_str("{}");
        }
        last = c;
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '"' => out.push_str("\\symbol{34}"),
            // Not the argument of the end of a row, or of an item.
            '[' | ']' | '*' => {
                out.push('{');
                out.push(c);
                out.push('}');
            }
            '\u{a0}' | '\u{202f}' => out.push('~'),
            c if c.is_control() || c.is_whitespace() => out.push(' '),
            c => {
                if !c.is_ascii() {
                    letters.insert(c);
                }
                out.push(c);
            }
        }
    }
    out
}
