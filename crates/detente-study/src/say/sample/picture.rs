//! Pictures of shares: with their intervals, what moves one, and what one confidence makes of them.

use crate::say::listing;
use crate::say::sample::text::{main, of_kind, part};
use crate::say::sample::{percent, short};
use crate::show::picture::{INK, MARK, PAPER, Picture, QUIET, cut, width};
use crate::wire::{FactorInfo, MovedShareInfo, Sample, ShareInfo};

/// How wide pictures are, and where their scale begins and ends.
const WIDE: f64 = 860.0;
const LEFT: f64 = 330.0;
const RIGHT: f64 = 790.0;
/// The height of a row.
const ROW: f64 = 26.0;
/// Where rows begin.
const TOP: f64 = 92.0;
/// How many rows a tornado has.
const ROWS: usize = 16;

fn x(share: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * share
}

/// Title, remark, and a scale from 0 to 100 % over `rows` rows.
fn frame(title: &str, remark: &str, rows: usize) -> Picture {
    let mut picture = Picture::default();
    picture.text((24.0, 32.0), title, "font-size=\"18\" font-weight=\"600\"");
    picture.text((24.0, 54.0), remark, &format!("fill=\"{QUIET}\""));
    let low = TOP + ROW * rows as f64;
    for tenth in 0..=4 {
        let at = x(f64::from(tenth) / 4.0);
        let top = TOP - 6.0;
        picture.add(format_args!(
            "<line x1=\"{at:.1}\" y1=\"{top:.1}\" x2=\"{at:.1}\" y2=\"{low:.1}\" stroke=\"{QUIET}\" stroke-opacity=\"0.25\"/>"
        ));
        let text = format!("{} %", tenth * 25);
        picture.text(
            (at, TOP - 12.0),
            &text,
            &format!("fill=\"{QUIET}\" text-anchor=\"middle\" font-size=\"11\""),
        );
    }
    picture
}

fn label(picture: &mut Picture, row: usize, text: &str) {
    let at = TOP + ROW * row as f64 + 17.0;
    picture.text((LEFT - 14.0, at), &cut(text, 46), "text-anchor=\"end\"");
}

/// The shares of questions and outcomes under one concept, each with its interval.
pub fn shares(sample: &Sample) -> String {
    let concept = sample.settings.concepts.first().map_or("", String::as_str);
    let list: Vec<&ShareInfo> = (sample.shares.iter())
        .filter(|s| (s.kind == "question" && s.asked) || (s.kind != "question" && s.concept == concept))
        .filter(|s| s.kind != "equilibrium")
        .collect();
    let remark = format!("share of models ({}); the bar is the 95 % interval", short(concept));
    let mut picture = frame(&case(sample), &remark, list.len());
    for (row, share) in list.iter().enumerate() {
        let y = TOP + ROW * row as f64 + 12.0;
        label(&mut picture, row, &share.name);
        let answer = share.answer();
        let (from, to, at) = (x(answer.low), x(answer.high), x(answer.share));
        picture.add(format_args!(
            "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{at:.1}\" y2=\"{y:.1}\" stroke=\"{INK}\" stroke-opacity=\"0.2\" stroke-width=\"10\"/>"
        ));
        picture.add(format_args!(
            "<line x1=\"{from:.1}\" y1=\"{y:.1}\" x2=\"{to:.1}\" y2=\"{y:.1}\" stroke=\"{MARK}\" stroke-width=\"10\"/>"
        ));
        picture.add(format_args!("<circle cx=\"{at:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{INK}\"/>"));
        picture.text((RIGHT + 12.0, y + 4.0), &percent(answer.share), "font-size=\"12\"");
    }
    let high = TOP + ROW * list.len() as f64 + 30.0;
    picture.finish((WIDE, high), "Shares of models", &described(&list))
}

/// What the picture is a picture of.
fn case(sample: &Sample) -> String {
    cut(&listing::titled(&sample.case.title, sample.case.variant.as_deref()), 100)
}

fn described(list: &[&ShareInfo]) -> String {
    let all: Vec<String> =
        list.iter().map(|s| format!("{}: {}", s.name, percent(s.answer().share))).collect();
    all.join("; ")
}

/// The item to draw: the one called `id`, or what a reader most wants explained. `None`: nothing was attributed.
fn moved<'a>(sample: &'a Sample, id: Option<&str>) -> Option<&'a MovedShareInfo> {
    match id {
        Some(id) => sample.attribution.as_ref()?.of.iter().find(|moved| moved.id == id),
        None => main(sample),
    }
}

/// What each input makes of one share when it is certain: the widest first.
pub fn tornado(sample: &Sample, id: Option<&str>) -> Option<String> {
    let moved = moved(sample, id)?;
    let reach = |factor: &FactorInfo| {
        let shares = factor.settings.iter().map(|s| s.share);
        let (low, high) = (shares.clone().fold(1.0, f64::min), shares.fold(0.0, f64::max));
        (low, high)
    };
    let mut list = of_kind(moved, "input");
    list.sort_by(|a, b| (reach(b).1 - reach(b).0).total_cmp(&(reach(a).1 - reach(a).0)));
    list.truncate(ROWS);
    let mut picture =
        frame(&cut(&moved.name, 88), "share of models given that one input is certain", list.len());
    let (top, low, base) = (TOP - 6.0, TOP + ROW * list.len() as f64, x(moved.share.share));
    for (row, factor) in list.iter().enumerate() {
        let y = TOP + ROW * row as f64 + 12.0;
        label(&mut picture, row, &factor.text);
        let (from, to) = reach(factor);
        picture.add(format_args!(
            "<line x1=\"{:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"{INK}\" stroke-opacity=\"0.25\" stroke-width=\"12\"/>",
            x(from),
            x(to)
        ));
        for (at, setting) in factor.settings.iter().enumerate() {
            // As written: full; otherwise: open.
            let fill = if at == 0 { INK } else { PAPER };
            picture.add(format_args!(
                "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"4.5\" fill=\"{fill}\" stroke=\"{INK}\" stroke-width=\"1.5\"/>",
                x(setting.share)
            ));
        }
        picture.text((RIGHT + 12.0, y + 4.0), &percent(part(factor)), "font-size=\"12\"");
    }
    picture.add(format_args!(
        "<line x1=\"{base:.1}\" y1=\"{top:.1}\" x2=\"{base:.1}\" y2=\"{low:.1}\" stroke=\"{MARK}\" stroke-width=\"2.5\"/>"
    ));
    let legend = "● it holds, as written   ○ it does not hold   | the share as it is   right: part of the variance (Shapley)";
    picture.text((24.0, low + 28.0), legend, &format!("fill=\"{QUIET}\" font-size=\"12\""));
    let words: Vec<String> = list
        .iter()
        .map(|f| format!("{}: {} to {}", f.text, percent(reach(f).0), percent(reach(f).1)))
        .collect();
    let high = picture.footer((24.0, low + 24.0), &case(sample));
    Some(picture.finish((WIDE, high), &moved.name, &words.join("; ")))
}

/// What the confidence of one input, from 0 to 1, makes of every share: straight lines, because inputs are
/// independent, `share(c) = c · share(it holds) + (1 − c) · share(it does not hold)`.
pub fn sweep(sample: &Sample, input: Option<&str>) -> Option<String> {
    const HIGH: f64 = 320.0;
    let attribution = sample.attribution.as_ref()?;
    let first = of_kind(main(sample)?, "input").into_iter().find(|f| f.settings.len() == 2)?.id.clone();
    let id = input.unwrap_or(&first);
    let about = sample.inputs.iter().find(|i| i.id == id && i.levels.len() == 2)?;
    let mut picture = Picture::default();
    picture.text((24.0, 32.0), &cut(&about.text, 90), "font-size=\"18\" font-weight=\"600\"");
    picture.text(
        (24.0, 54.0),
        "share of models as its confidence goes from 0 to 1",
        &format!("fill=\"{QUIET}\""),
    );
    let (left, right) = (70.0, 520.0);
    let at = |c: f64, share: f64| (left + (right - left) * c, TOP + HIGH * (1.0 - share));
    for quarter in 0..=4 {
        let share = f64::from(quarter) / 4.0;
        let ((x1, y), (x2, _)) = (at(0.0, share), at(1.0, share));
        picture.add(format_args!(
            "<line x1=\"{x1:.1}\" y1=\"{y:.1}\" x2=\"{x2:.1}\" y2=\"{y:.1}\" stroke=\"{QUIET}\" stroke-opacity=\"0.25\"/>"
        ));
        let quiet = format!("fill=\"{QUIET}\" font-size=\"11\"");
        picture.text(
            (x1 - 10.0, y + 4.0),
            &format!("{} %", quarter * 25),
            &format!("{quiet} text-anchor=\"end\""),
        );
        let (below, low) = at(share, 0.0);
        picture.text((below, low + 18.0), &format!("{share}"), &format!("{quiet} text-anchor=\"middle\""));
    }
    let now = at(about.levels[0].chance, 0.0).0;
    let (top, low) = (TOP, TOP + HIGH);
    picture.add(format_args!(
        "<line x1=\"{now:.1}\" y1=\"{top:.1}\" x2=\"{now:.1}\" y2=\"{low:.1}\" stroke=\"{MARK}\" stroke-width=\"2.5\"/>"
    ));
    let mut ends: Vec<(f64, String)> = Vec::new();
    for moved in &attribution.of {
        let Some(factor) = moved.factors.iter().find(|f| f.kind == "input" && f.id == id) else { continue };
        let [so, not] = &factor.settings[..] else { continue };
        let corners = [at(0.0, not.low), at(1.0, so.low), at(1.0, so.high), at(0.0, not.high)];
        let points: Vec<String> = corners.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        picture.add(format_args!(
            "<polygon points=\"{}\" fill=\"{INK}\" fill-opacity=\"0.12\"/>",
            points.join(" ")
        ));
        let ((x1, y1), (x2, y2)) = (at(0.0, not.share), at(1.0, so.share));
        picture.add(format_args!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{INK}\" stroke-width=\"1.5\"/>"
        ));
        ends.push((y2, format!("{} {}", percent(so.share), moved.name)));
    }
    // Labels keep apart.
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = f64::NEG_INFINITY;
    for (y, text) in &ends {
        let place = y.max(free);
        picture.text((right + 14.0, place + 4.0), &cut(text, 44), "font-size=\"12\"");
        free = place + 16.0;
    }
    let wide =
        WIDE.max(right + 30.0 + ends.iter().map(|(_, text)| width(&cut(text, 44), 12.0)).fold(0.0, f64::max));
    let high = (low + 44.0).max(free + 20.0);
    picture.text(
        (left, high - 8.0),
        "bands: 95 % intervals; marked: the confidence in the case",
        &format!("fill=\"{QUIET}\" font-size=\"12\""),
    );
    let high = picture.footer((24.0, high), &case(sample));
    Some(picture.finish((wide, high), &about.text, "Share of models by the confidence of one input"))
}
