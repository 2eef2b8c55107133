//! The reliability diagram: what was said against what happened.

use std::path::Path;

use super::{HINDSIGHT, in_time, resolved};
use crate::say::words;
use crate::show::picture::{HALO, INK, MARK, Picture, QUIET};
use detente_ledger::{FEW, Ledger, Summary, summary};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 680.0;
/// Where the square of the diagram lies, and how long its sides are.
const LEFT: f64 = 84.0;
const TOP: f64 = 116.0;
const SIDE: f64 = 480.0;

/// The picture: forecasts recorded in time, or, when there are none, those recorded in hindsight.
pub fn diagram(path: &Path, ledger: &Ledger) -> String {
    let all = resolved(ledger);
    let (foresight, hindsight) = in_time(&all);
    let (found, late) = match summary(&foresight) {
        Some(found) => (Some(found), false),
        None => (summary(&hindsight), true),
    };
    let mut picture = Picture::default();
    let title = "Does what is said to have 70 % happen 7 times in 10?";
    let serif = "font-size=\"22\" font-weight=\"600\" font-family=\"Source Serif 4,Georgia,serif\"";
    picture.text((28.0, 40.0), title, serif);
    let about = about(path, found.as_ref(), late);
    picture.paragraph((28.0, 62.0), &about, 88, &format!("fill=\"{QUIET}\""));
    axes(&mut picture);
    if let Some(found) = &found {
        points(&mut picture, found);
    }
    picture.finish((WIDTH, HEIGHT), title, &about)
}

fn about(path: &Path, found: Option<&Summary>, late: bool) -> String {
    let name = path.display();
    let Some(found) = found else { return format!("{name}: no forecast is resolved yet.") };
    let forecasts = words::counted(&found.forecasts.into(), "resolved forecast", "resolved forecasts");
    let late = if late { format!(", {HINDSIGHT}") } else { String::new() };
    let few = if found.forecasts < FEW { " Too few to say anything." } else { "" };
    format!("{name}: {forecasts}{late}.{few} Bars are 95 % intervals (Wilson), numbers are counts of events.")
}

fn at(p: f64, share: f64) -> (f64, f64) {
    (LEFT + p * SIDE, TOP + (1.0 - share) * SIDE)
}

fn axes(picture: &mut Picture) {
    let (x, low) = at(0.0, 0.0);
    picture.add(format_args!(
        "<rect x=\"{x}\" y=\"{TOP}\" width=\"{SIDE}\" height=\"{SIDE}\" fill=\"none\" stroke=\"{INK}\"/>"
    ));
    for tenth in [0, 2, 4, 6, 8, 10] {
        let share = f64::from(tenth) / 10.0;
        let (x, y) = at(share, share);
        let left = at(0.0, 0.0).0;
        picture.add(format_args!(
            "<path d=\"M{x:.1} {low:.1}v5M{left:.1} {y:.1}h-5\" stroke=\"{INK}\" fill=\"none\"/>"
        ));
        let small = format!("font-size=\"12\" fill=\"{QUIET}\"");
        let label = format!("{} %", tenth * 10);
        picture.text((x, low + 20.0), &label, &format!("text-anchor=\"middle\" {small}"));
        picture.text((left - 10.0, y + 4.0), &label, &format!("text-anchor=\"end\" {small}"));
    }
    let ((x0, y0), (x1, y1)) = (at(0.0, 0.0), at(1.0, 1.0));
    picture.add(format_args!(
        "<path d=\"M{x0:.1} {y0:.1}L{x1:.1} {y1:.1}\" stroke=\"{MARK}\" stroke-width=\"2.5\"/>"
    ));
    let (x, y) = at(0.5, 0.0);
    picture.text((x, y + 44.0), "probability given", "text-anchor=\"middle\" font-weight=\"600\"");
    let (x, y) = at(0.0, 0.5);
    let turned = format!(
        "text-anchor=\"middle\" font-weight=\"600\" transform=\"rotate(-90 {:.1} {y:.1})\"",
        x - 56.0
    );
    picture.text((x - 56.0, y), "share that happened", &turned);
}

fn points(picture: &mut Picture, found: &Summary) {
    let most = found.bins.iter().map(|bin| bin.events).max().unwrap_or(1) as f64;
    for bin in &found.bins {
        let share = bin.happened as f64 / bin.events as f64;
        let (x, y) = at(bin.mean, share);
        let (low, high) = (at(0.0, bin.interval.0).1, at(0.0, bin.interval.1).1);
        picture.add(format_args!(
            "<path d=\"M{x:.1} {low:.1}V{high:.1}M{:.1} {low:.1}h8M{:.1} {high:.1}h8\" stroke=\"{QUIET}\" fill=\"none\"/>",
            x - 4.0,
            x - 4.0
        ));
        // The area grows with the number of events.
        let radius = 4.0 + 8.0 * (bin.events as f64 / most).sqrt();
        picture.add(format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{INK}\"/>"));
        let (end, anchor) = if bin.mean > 0.85 { (-radius - 6.0, "end") } else { (radius + 6.0, "start") };
        let about = format!("text-anchor=\"{anchor}\" font-size=\"12\" {HALO}");
        picture.text((x + end, y + 4.0), &bin.events.to_string(), &about);
    }
}
