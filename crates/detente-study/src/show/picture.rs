//! What all pictures share: one SVG file without scripts, fonts or anything fetched; ink, paper, one marker.

use std::fmt::Write;

use crate::show::xml::xml;

/// A place in a picture: to the right, and down.
pub type Point = (f64, f64);

/// Lines and words.
pub const INK: &str = "#15171C";
/// What is said besides.
pub const QUIET: &str = "#666B74";
/// What this is about.
pub const MARK: &str = "#F2C431";
/// The ground.
pub const PAPER: &str = "#FBFBF8";

/// Text over lines stays readable.
pub const HALO: &str =
    "paint-order=\"stroke\" stroke=\"#FBFBF8\" stroke-width=\"5\" stroke-linejoin=\"round\"";

/// A picture while it is drawn.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    out: String,
}

impl Picture {
    /// Adds an element.
    pub fn add(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(element);
        self.out.push('\n');
    }

    /// Adds a line of text; `more` are further attributes.
    pub fn text(&mut self, (x, y): Point, text: &str, more: &str) {
        self.add(format_args!("<text x=\"{x:.1}\" y=\"{y:.1}\" {more}>{}</text>", xml(text)));
    }

    /// Sets `text` in lines of about `columns` characters; returns where the next line would be.
    pub fn paragraph(&mut self, (x, y): Point, text: &str, columns: usize, more: &str) -> f64 {
        let mut low = y;
        for line in wrap(text, columns) {
            self.text((x, low), &line, more);
            low += 17.0;
        }
        low
    }

    /// Says below everything else what this is a picture of; returns how far down that reaches.
    pub fn footer(&mut self, (left, low): Point, text: &str) -> f64 {
        self.text((left, low + 22.0), text, &format!("font-size=\"11.5\" fill=\"{QUIET}\""));
        low + 34.0
    }

    /// The file: so wide and high, with a title and a description for those who cannot see it.
    pub fn finish(&self, size: Point, title: &str, description: &str) -> String {
        self.part((0.0, 0.0), size, title, description)
    }

    /// The file, of what begins at `from` and is so wide and high.
    pub fn part(&self, from: Point, (width, height): Point, title: &str, description: &str) -> String {
        let (left, top) = from;
        let at = if from == (0.0, 0.0) { String::new() } else { format!("x=\"{left}\" y=\"{top}\" ") };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left} {top} {width} {height:.0}\" width=\"{width}\" height=\"{height:.0}\" \
             font-family=\"IBM Plex Sans,Noto Sans,Segoe UI,Helvetica,Arial,sans-serif\" font-size=\"13\" fill=\"{INK}\" role=\"img\">\n\
             <title>{}</title>\n<desc>{}</desc>\n<rect {at}width=\"{width}\" height=\"{height:.0}\" fill=\"{PAPER}\"/>\n{}</svg>\n",
            xml(title),
            xml(description),
            self.out
        )
    }
}

/// Lines of at most `columns` columns, broken between words.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line)
                if console::measure_text_width(line) + 1 + console::measure_text_width(word) <= columns =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// About how wide `text` is at this size, from the widths of a terminal.
pub fn width(text: &str, size: f64) -> f64 {
    console::measure_text_width(text) as f64 * size * 0.54
}

/// `text`, shortened at a word with an ellipsis when it is longer than `most` columns.
pub fn cut(text: &str, most: usize) -> String {
    if console::measure_text_width(text) <= most {
        return text.to_owned();
    }
    let first = wrap(text, most.saturating_sub(1)).into_iter().next().unwrap_or_default();
    let short: String = first.chars().take(most).collect();
    format!("{short} …")
}
