//! Tables for a paper: LaTeX with booktabs.

use std::fmt::Write;

use detente_model::{Concept, Direction};

use super::{CannotExport, Snapshot};

/// With more states than this, only the status quo and the equilibria are shown; the caption
/// says so.
const ALL: usize = 48;
/// More columns than this are an error.
const COLUMNS: usize = 240;
/// States per table.
const PER_TABLE: usize = 12;

/// Tables of the options in words, of the defined names, and of options × states with ranks and
/// verdicts, at most 12 states each; then what the concepts say.
///
/// With more than 48 states, the status quo and the states that are an equilibrium under some of
/// the concepts. Compile with XeLaTeX or LuaLaTeX when names go beyond Latin letters.
///
/// # Errors
/// More than 240 columns.
pub fn latex(snapshot: &Snapshot) -> Result<String, CannotExport> {
    let lasts = |place: usize| snapshot.concepts.iter().any(|c| snapshot.is_equilibrium(c, place));
    let some = snapshot.states.len() > ALL || snapshot.of.is_some();
    let shown: Vec<usize> = (0..snapshot.states.len())
        .filter(|&place| !some || lasts(place) || snapshot.states[place].status_quo)
        .collect();
    if shown.len() > COLUMNS {
        let count = shown.len();
        let which = if some { "equilibria" } else { "states" };
        let reason = format!("a LaTeX table has at most {COLUMNS} states, and there are {count} {which}");
        return Err(CannotExport(vec![reason]));
    }
    let title = escaped(&snapshot.heading());
    let mut out = format!("% {}\n% needs \\usepackage{{booktabs}}\n", title.replace('\n', " "));
    if !snapshot.options.is_empty() {
        options(&mut out, snapshot, &title);
    }
    if !snapshot.definitions.is_empty() {
        definitions(&mut out, snapshot, &title);
    }
    let all = snapshot.of.clone().unwrap_or_else(|| snapshot.states.len().to_string());
    for (part, places) in shown.chunks(PER_TABLE).enumerate() {
        let mut caption = format!("{title}: states and verdicts");
        if shown.len() > PER_TABLE {
            let _ = write!(caption, " ({} of {})", part + 1, shown.len().div_ceil(PER_TABLE));
        }
        if some {
            let _ = write!(
                caption,
                ". Of the {all} feasible states, the status quo and the {} that some concept makes an equilibrium",
                shown.iter().filter(|&&place| lasts(place)).count()
            );
        }
        states(&mut out, snapshot, places, &caption);
    }
    out.push_str("\n\\begin{description}\n");
    for column in &snapshot.concepts {
        let (name, says) = definition(column.concept);
        let _ = writeln!(out, "\\item[{}] ({}) {}", column.concept.id().to_uppercase(), name, says);
    }
    out.push_str("\\end{description}\n");
    Ok(out)
}

/// What a concept says, in one sentence.
fn definition(concept: Concept) -> (&'static str, &'static str) {
    match concept {
        Concept::Nash => ("Nash", "No move of the actor leads to a state that it prefers."),
        Concept::Gmr => (
            "general metarationality",
            "After each such move the others can answer by moves that leave the actor no better off.",
        ),
        Concept::Smr => (
            "symmetric metarationality",
            "As general metarationality, and the actor cannot escape from the answer by a further move.",
        ),
        Concept::Seq => (
            "sequential stability",
            "As general metarationality, with answers by moves that the movers prefer.",
        ),
        Concept::Sseq => (
            "symmetric sequential stability",
            "As sequential stability, and the actor cannot escape from the answer by a further move.",
        ),
        Concept::Sim => (
            "simultaneous stability",
            "To each such move there are improvements of others, made at the same time, that leave the actor no better off.",
        ),
    }
}

fn options(out: &mut String, snapshot: &Snapshot, title: &str) {
    let _ = writeln!(out, "\n\\begin{{table}}\n\\caption{{{title}: actors and options}}");
    out.push_str("\\begin{tabular}{llll}\n\\toprule\nActor & Option & & In words \\\\\n");
    let mut last = None;
    for option in &snapshot.options {
        if last != Some(option.actor) {
            out.push_str("\\midrule\n");
        }
        let who = match snapshot.actors.get(option.actor) {
            Some(actor) if last != Some(option.actor) => escaped(&actor.name),
            _ => String::new(),
        };
        last = Some(option.actor);
        let way = match option.direction {
            Direction::Both => "",
            Direction::OnOnly => "on only",
            Direction::OffOnly => "off only",
        };
        let (id, text) = (escaped(&option.id), escaped(&option.text));
        let _ = writeln!(out, "{who} & \\texttt{{{id}}} & {way} & {text} \\\\");
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n\\end{table}\n");
}

fn definitions(out: &mut String, snapshot: &Snapshot, title: &str) {
    let _ = writeln!(out, "\n\\begin{{table}}\n\\caption{{{title}: defined names}}");
    out.push_str("\\begin{tabular}{ll}\n\\toprule\nName & Stands for \\\\\n\\midrule\n");
    for (id, formula) in &snapshot.definitions {
        let _ = writeln!(out, "\\texttt{{{}}} & \\texttt{{{}}} \\\\", escaped(id), escaped(formula));
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n\\end{table}\n");
}

fn states(out: &mut String, snapshot: &Snapshot, places: &[usize], caption: &str) {
    let row = |out: &mut String, head: &str, cell: &dyn Fn(usize) -> String| {
        out.push_str(head);
        for &place in places {
            let _ = write!(out, " & {}", cell(place));
        }
        out.push_str(" \\\\\n");
    };
    let actor = |at: usize| escaped(snapshot.actors.get(at).map_or("", |a| a.id.as_str()));
    let _ = writeln!(out, "\n\\begin{{table}}\n\\caption{{{caption}}}");
    let _ = writeln!(out, "\\begin{{tabular}}{{l*{{{}}}{{c}}}}\n\\toprule", places.len());
    row(out, "State", &|place| {
        let state = &snapshot.states[place];
        let mark = if state.status_quo { "$^{*}$" } else { "" };
        let shown = match &state.name {
            Some(name) if snapshot.options.is_empty() => escaped(name),
            _ => state.number.clone(),
        };
        format!("{shown}{mark}")
    });
    if !snapshot.options.is_empty() {
        out.push_str("\\midrule\n");
        for (at, option) in snapshot.options.iter().enumerate() {
            let head = format!("\\texttt{{{}}}", escaped(&option.id));
            row(out, &head, &|place| if snapshot.states[place].on[at] { "Y" } else { "N" }.to_owned());
        }
    }
    out.push_str("\\midrule\n");
    for at in 0..snapshot.actors.len() {
        let head = format!("Rank for {}", actor(at));
        row(out, &head, &|place| snapshot.states[place].ranks[at].to_string());
    }
    for column in &snapshot.concepts {
        out.push_str("\\midrule\n");
        let concept = column.concept.id().to_uppercase();
        for at in 0..snapshot.actors.len() {
            let head = format!("{concept}, {}", actor(at));
            row(out, &head, &|place| if column.stable[place][at] { "s" } else { "u" }.to_owned());
        }
        let head = format!("\\textbf{{{concept}, all}}");
        let mark = |yes| if yes { "\\textbf{E}" } else { "--" }.to_owned();
        row(out, &head, &|place| mark(snapshot.is_equilibrium(column, place)));
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n");
    out.push_str("\\par\\small Y on, N off; s stable, u unstable, E stable for every actor; rank 1 is best");
    if places.iter().any(|&place| snapshot.states[place].status_quo) {
        out.push_str("; $^{*}$ status quo");
    }
    out.push_str(".\n\\end{table}\n");
}

/// Text for LaTeX.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
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
            '"' => out.push_str("\\textquotedbl{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
