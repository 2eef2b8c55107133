//! The situation as a picture: ties, bodies and triangles above, tracks, documents and the timeline
//! below. One file without scripts, fonts or anything fetched; the same case gives the same bytes.

use std::fmt::Write;

use detente_model::Conflict;

use super::place;
use super::words::{heading, summary, tie_text};
use crate::say::{listing, names, words};
use crate::show::picture::{HALO, INK, MARK, PAPER, Picture, Point, QUIET, cut, width, wrap};
use crate::show::xml::xml;
use crate::wire::{EventView, MapView, TieView};

const WIDTH: f64 = 1000.0;
const MARGIN: f64 = 28.0;
/// Radius of an actor's disc.
const DISC: f64 = 19.0;
/// Where the oval of actors lies, and its radii.
const CENTRE: Point = (330.0, 290.0);
const RADII: Point = (220.0, 150.0);
/// Where the column of triangles begins.
const SIDE: f64 = 690.0;
/// The colours of actors, in file order, and again from the first.
const COLOURS: [&str; 8] =
    ["#12493C", "#C8440D", "#86217A", "#2A48CC", "#403A09", "#7A4FA8", "#A83464", "#26703D"];

/// The picture.
pub fn svg(conflict: &Conflict, map: &MapView) -> String {
    let mut picture = Picture::default();
    let mut title = heading(map);
    if let (None, Some(date)) = (&map.after, &map.as_of) {
        title = format!("{title}, {}", words::date(date));
    }
    let serif = "font-size=\"24\" font-weight=\"600\" font-family=\"Source Serif 4,Georgia,serif\"";
    picture.text((MARGIN, 44.0), &cut(&title, 72), serif);
    let case = if map.after.is_some() { listing::dated(conflict) } else { listing::heading(conflict) };
    picture.text((MARGIN, 64.0), &cut(&case, 120), &format!("fill=\"{QUIET}\""));
    let codes = names::codes(&conflict.game);
    network(&mut picture, conflict, map, &codes);
    let mut low = triangles(&mut picture, conflict, map).max(CENTRE.1 + RADII.1 + 70.0);
    legend(&mut picture, MARGIN, low);
    low = boxes(&mut picture, map, &codes, low + 26.0);
    low = timeline(&mut picture, map, low);
    picture.finish((WIDTH, low), &title, &summary(conflict, map))
}

/// The ties alone, without what was signed and what happened when: for a page that has little room.
pub fn ties(conflict: &Conflict, map: &MapView) -> String {
    let places = place::actors(map, conflict.game.actors.len(), CENTRE, RADII);
    // Names stand above and below their actors, and reach as far as they are long.
    let mut sides = (MARGIN - 4.0, CENTRE.0 + RADII.0 + 100.0);
    for (actor, (x, _)) in conflict.game.actors.iter().zip(&places) {
        let half = width(&actor.name, 15.0) / 2.0 + 6.0;
        sides = (sides.0.min((x - half).floor()), sides.1.max((x + half).ceil()));
    }
    let highest = places.iter().map(|(_, y)| *y).fold(CENTRE.1, f64::min);
    let lowest = places.iter().map(|(_, y)| *y).fold(CENTRE.1, f64::max);
    let (left, top) = (sides.0, highest - DISC - 46.0);
    let mut picture = Picture::default();
    network(&mut picture, conflict, map, &names::codes(&conflict.game));
    let low = lowest + DISC + 44.0;
    let right = legend(&mut picture, left + 4.0, low).ceil().max(sides.1);
    picture.part((left, top), (right - left, low + 26.0 - top), &heading(map), &summary(conflict, map))
}

/// Who is tied to whom, and what they belong to.
fn network(picture: &mut Picture, conflict: &Conflict, map: &MapView, codes: &[String]) {
    let places = place::actors(map, codes.len(), CENTRE, RADII);
    let names: Vec<(Point, &str)> = conflict
        .game
        .actors
        .iter()
        .zip(&places)
        .map(|(actor, (x, y))| {
            let below = *y >= CENTRE.1;
            ((*x, if below { y + DISC + 17.0 } else { y - DISC - 8.0 }), actor.name.as_str())
        })
        .collect();
    let mut taken = Taken::default();
    for (place, (at, name)) in places.iter().zip(&names) {
        taken.add(place::Rect::around((place.0, place.1 + 4.0), 2.0 * DISC, 2.0 * DISC));
        taken.add(place::Rect::around(*at, width(name, 15.0), 16.0));
    }
    outlines(picture, map, &places);
    for tie in &map.ties {
        line(picture, tie, &places);
    }
    for tie in &map.ties {
        label(picture, tie, &places, &mut taken);
    }
    body_labels(picture, map, &places, &mut taken);
    for (at, place) in places.iter().enumerate() {
        picture.disc(*place, DISC, at, codes.get(at).map_or("", String::as_str), 14);
    }
    for (at, name) in names {
        picture.text(
            at,
            name,
            &format!("text-anchor=\"middle\" font-weight=\"600\" font-size=\"15\" {HALO}"),
        );
    }
}

/// Actors are drawn on the picture that all share.
trait Discs {
    fn disc(&mut self, at: Point, radius: f64, actor: usize, code: &str, size: u32);
}

impl Discs for Picture {
    /// An actor: a disc in its colour with its two letters.
    fn disc(&mut self, (x, y): Point, radius: f64, actor: usize, code: &str, size: u32) {
        let colour = COLOURS[actor % COLOURS.len()];
        self.add(format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{colour}\"/>"));
        let below = f64::from(size) * 0.36;
        self.text(
            (x, y + below),
            code,
            &format!("fill=\"#fff\" text-anchor=\"middle\" font-weight=\"600\" font-size=\"{size}\""),
        );
    }
}

/// The members of a body and how far its outline lies from them: bodies with the same members lie around
/// each other.
fn rings<'a>(map: &'a MapView, places: &'a [Point]) -> impl Iterator<Item = (&'a str, Vec<Point>, f64)> {
    map.bodies.iter().enumerate().filter(|(_, body)| !body.members.is_empty()).map(|(at, body)| {
        let inside = map.bodies[..at].iter().filter(|other| other.members == body.members).count();
        let members = body.members.iter().filter_map(|actor| places.get(*actor).copied()).collect();
        (body.name.as_str(), members, DISC + 15.0 + 11.0 * inside as f64)
    })
}

fn outlines(picture: &mut Picture, map: &MapView, places: &[Point]) {
    for (_, members, radius) in rings(map, places) {
        let path = place::outline(&members, radius);
        picture
            .add(format_args!("<path d=\"{path}\" fill=\"none\" stroke=\"#B9B9AF\" stroke-width=\"1.4\"/>"));
    }
}

/// Names of bodies on their outlines, where they cover least.
fn body_labels(picture: &mut Picture, map: &MapView, places: &[Point], taken: &mut Taken) {
    for (name, members, radius) in rings(map, places) {
        let corners = place::hull(&members);
        let mut spots = Vec::new();
        for (at, from) in corners.iter().enumerate() {
            let to = corners[(at + 1) % corners.len()];
            let length = place::distance(*from, to);
            if length < 1.0 {
                spots.extend([(from.0, from.1 + radius + 4.0), (from.0, from.1 - radius + 4.0)]);
                continue;
            }
            let out = ((to.1 - from.1) / length * radius, (from.0 - to.0) / length * radius);
            spots.extend([0.5, 0.3, 0.7, 0.15, 0.85].map(|part| {
                (from.0 + (to.0 - from.0) * part + out.0, from.1 + (to.1 - from.1) * part + out.1 + 4.0)
            }));
        }
        let text = cut(name, 34);
        let Some(at) = taken.best(&spots, width(&text, 11.5), 13.0) else { continue };
        let style = format!("text-anchor=\"middle\" font-size=\"11.5\" fill=\"{QUIET}\" {HALO}");
        picture.text(at, &text, &style);
    }
}

fn line(picture: &mut Picture, tie: &TieView, places: &[Point]) {
    let [Some(a), Some(b)] = tie.between.map(|at| places.get(at).copied()) else { return };
    let data = format!("M{:.1} {:.1}L{:.1} {:.1}", a.0, a.1, b.0, b.1);
    if tie.mending || tie.was.is_some() {
        picture.add(format_args!("<path d=\"{data}\" stroke=\"#FFF1BE\" stroke-width=\"16\"/>"));
    }
    let style = match tie.kind.as_str() {
        "alliance" => "stroke-width=\"5\"",
        "partnership" => "stroke-width=\"3.6\"",
        "friendly" => "stroke-width=\"1.6\"",
        "strained" => "stroke-width=\"2\" stroke-dasharray=\"8 5\"",
        "neutral" => "stroke-width=\"1.4\" stroke-dasharray=\"1.5 4\"",
        _ => "stroke-width=\"2\"",
    };
    picture.add(format_args!("<path d=\"{data}\" stroke=\"{INK}\" {style}/>"));
    if tie.kind == "hostile" {
        let length = place::distance(a, b).max(1e-9);
        let (dx, dy) = ((b.0 - a.0) / length, (b.1 - a.1) / length);
        let mut ticks = String::new();
        let mut at = DISC + 14.0;
        while at < length - DISC - 8.0 {
            let (x, y) = (a.0 + dx * at, a.1 + dy * at);
            let _ = write!(
                ticks,
                "M{:.1} {:.1}L{:.1} {:.1}",
                x - dy * 5.0,
                y + dx * 5.0,
                x + dy * 5.0,
                y - dx * 5.0
            );
            at += 26.0;
        }
        picture.add(format_args!("<path d=\"{ticks}\" stroke=\"{INK}\" stroke-width=\"1.6\"/>"));
    }
}

fn label(picture: &mut Picture, tie: &TieView, places: &[Point], taken: &mut Taken) {
    let [Some(a), Some(b)] = tie.between.map(|at| places.get(at).copied()) else { return };
    let mut text = tie_text(tie);
    if let Some(was) = &tie.was {
        text = format!("{text} (was {was})");
    }
    let claims = tie.basis.claims.join(" ");
    let wide = width(&text, 13.0) + width(&claims, 11.0) + 6.0;
    let spots = [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75]
        .map(|part| (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part + 4.0));
    let Some((x, y)) = taken.best(&spots, wide, 15.0) else { return };
    let claims = if claims.is_empty() {
        claims
    } else {
        let style = format!("font-size=\"11\" font-weight=\"400\" fill=\"{QUIET}\"");
        format!(" <tspan {style}>{}</tspan>", xml(&claims))
    };
    picture.add(format_args!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" font-weight=\"500\" {HALO}>{}{claims}</text>",
        xml(&text)
    ));
}

/// What labels must not cover.
#[derive(Default)]
struct Taken(Vec<place::Rect>);

impl Taken {
    fn add(&mut self, rect: place::Rect) {
        self.0.push(rect);
    }

    /// The spot where a label of this size covers least, the first of several; notes it as taken.
    fn best(&mut self, spots: &[Point], wide: f64, high: f64) -> Option<Point> {
        let covered = |at: Point| {
            let rect = place::Rect::around(at, wide, high);
            self.0.iter().map(|other| rect.overlap(other)).sum::<f64>()
        };
        let found = spots.iter().copied().min_by(|a, b| covered(*a).total_cmp(&covered(*b)))?;
        self.add(place::Rect::around(found, wide, high));
        Some(found)
    }
}

/// The triangles in words beside the map; returns how far down they reach.
fn triangles(picture: &mut Picture, conflict: &Conflict, map: &MapView) -> f64 {
    /// Triangles that are drawn; the table output has all.
    const DRAWN: usize = 8;
    let mut low = 96.0;
    if map.triads.is_empty() {
        return low;
    }
    picture.text((SIDE, low), "Triangles of ties", "font-weight=\"600\"");
    low += 16.0;
    let note = "At rest when the product of the three signs is positive (Heider). A reading of ties, not a forecast.";
    low = picture.paragraph((SIDE, low), note, 48, &format!("font-size=\"11.5\" fill=\"{QUIET}\"")) + 8.0;
    for triad in map.triads.iter().take(DRAWN) {
        let top = low;
        let text = format!(
            "{}{}",
            triad.text,
            match triad.was_at_rest {
                Some(true) => " At rest before.",
                Some(false) => " Under strain before.",
                None => "",
            }
        );
        let ids = triad.actors.map(detente_model::ActorId::from);
        let title = names::actors(conflict, &ids);
        if triad.was_at_rest.is_some() {
            let lines = wrap(&text, 36).len() + wrap(&title, 36).len();
            let height = lines as f64 * 17.0 + 10.0;
            picture.add(format_args!(
                "<rect x=\"{}\" y=\"{:.1}\" width=\"{}\" height=\"{height:.1}\" fill=\"#FFF1BE\"/>",
                SIDE - 8.0,
                top - 4.0,
                WIDTH - SIDE - 12.0
            ));
        }
        let corners = [(SIDE + 8.0, top + 42.0), (SIDE + 44.0, top + 42.0), (SIDE + 26.0, top + 11.0)];
        for (sign, (a, b)) in triad.signs.iter().zip([(0, 1), (1, 2), (0, 2)]) {
            let dash = if *sign < 0 { " stroke-dasharray=\"4 3\"" } else { "" };
            let (a, b) = (corners[a], corners[b]);
            picture.add(format_args!(
                "<path d=\"M{} {}L{} {}\" stroke=\"{INK}\" stroke-width=\"1.6\"{dash}/>",
                a.0, a.1, b.0, b.1
            ));
        }
        for (actor, corner) in triad.actors.iter().zip(corners) {
            let colour = COLOURS[actor % COLOURS.len()];
            picture.add(format_args!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"5\" fill=\"{colour}\"/>",
                corner.0, corner.1
            ));
        }
        low = picture.paragraph((SIDE + 60.0, top + 12.0), &title, 36, "font-weight=\"600\"");
        low = picture.paragraph((SIDE + 60.0, low), &text, 36, "").max(top + 62.0) + 6.0;
    }
    let more = map.triads.len().saturating_sub(DRAWN) + map.triads_more;
    if more > 0 {
        let more = format!("and {more} more, in the table");
        picture.text((SIDE, low + 8.0), &more, &format!("fill=\"{QUIET}\""));
        low += 24.0;
    }
    low
}

/// Which line means what, from `x` on; returns how far to the right it reaches.
fn legend(picture: &mut Picture, mut x: f64, top: f64) -> f64 {
    let kinds = [
        ("alliance", "stroke-width=\"5\""),
        ("partnership", "stroke-width=\"3.6\""),
        ("friendly", "stroke-width=\"1.6\""),
        ("neutral", "stroke-width=\"1.4\" stroke-dasharray=\"1.5 4\""),
        ("strained", "stroke-width=\"2\" stroke-dasharray=\"8 5\""),
        ("hostile", "stroke-width=\"2\""),
    ];
    for (word, style) in kinds {
        picture.add(format_args!("<path d=\"M{x} {top:.1}h26\" stroke=\"{INK}\" {style}/>"));
        if word == "hostile" {
            picture.add(format_args!("<path d=\"M{} {:.1}v10m8 -10v10m8 -10v10\" stroke=\"{INK}\" stroke-width=\"1.6\" fill=\"none\"/>", x + 5.0, top - 5.0));
        }
        picture.text((x + 32.0, top + 4.0), word, &format!("font-size=\"11.5\" fill=\"{QUIET}\""));
        x += 46.0 + width(word, 11.5) + 6.0;
    }
    picture.add(format_args!("<rect x=\"{x}\" y=\"{:.1}\" width=\"26\" height=\"12\" rx=\"6\" fill=\"none\" stroke=\"#B9B9AF\" stroke-width=\"1.4\"/>", top - 6.0));
    picture.text((x + 32.0, top + 4.0), "body", &format!("font-size=\"11.5\" fill=\"{QUIET}\""));
    x + 38.0 + width("body", 11.5)
}

/// Tracks and documents, each with the discs of those who take part.
fn boxes(picture: &mut Picture, map: &MapView, codes: &[String], top: f64) -> f64 {
    let half = (WIDTH - 3.0 * MARGIN) / 2.0;
    let mut low = [top; 2];
    let code = |at: usize| codes.get(at).map_or("", String::as_str);
    let discs = |picture: &mut Picture, list: &[usize], x: f64, y: f64| {
        for (n, actor) in list.iter().enumerate() {
            picture.disc((x + 10.0 + n as f64 * 24.0, y), 10.0, *actor, code(*actor), 9);
        }
        x + list.len() as f64 * 24.0 + 6.0
    };
    let columns = [(0, "Tracks", map.tracks.is_empty()), (1, "Documents", map.instruments.is_empty())];
    for (column, title, empty) in columns {
        if empty {
            continue;
        }
        let x = MARGIN + column as f64 * (half + MARGIN);
        picture.add(format_args!("<path d=\"M{x:.1} {top:.1}h{half:.1}\" stroke=\"{INK}\"/>"));
        picture.text((x, top + 19.0), title, "font-weight=\"600\"");
        low[column] = top + 42.0;
    }
    for track in &map.tracks {
        let y = low[0];
        let next = discs(picture, &track.parties, MARGIN, y - 4.0);
        picture.text((next, y), &cut(&track.title, 42), "font-weight=\"500\"");
        if let Some(who) = track.convenor {
            let at = next + width(&cut(&track.title, 42), 13.0) + 14.0;
            picture.text((at, y), "convened by", &format!("font-size=\"11.5\" fill=\"{QUIET}\""));
            picture.disc((at + 78.0, y - 4.0), 10.0, who, code(who), 9);
        }
        low[0] += 27.0;
    }
    for x in &map.instruments {
        let (left, y) = (MARGIN + half + MARGIN, low[1]);
        let next = discs(picture, &x.parties, left, y - 4.0);
        picture.text((next, y), &cut(&x.title, 54), "font-weight=\"500\"");
        let mut facts: Vec<String> = x.status.iter().cloned().collect();
        facts.extend(x.signed.as_deref().map(words::date));
        facts.extend(x.clauses.map(|count| format!("{count} clauses")));
        picture.text((next, y + 15.0), &facts.join(", "), &format!("font-size=\"11.5\" fill=\"{QUIET}\""));
        low[1] += 38.0;
    }
    low[0].max(low[1]) + 4.0
}

/// Events on a line of years, and documents as bars; what was observed after the case's date is hollow.
fn timeline(picture: &mut Picture, map: &MapView, top: f64) -> f64 {
    let dated: Vec<(&EventView, f64)> =
        map.events.iter().filter(single).filter_map(|event| Some((event, place::day(&event.on)?))).collect();
    let months =
        || map.counts.iter().flat_map(|series| &series.months).filter_map(|month| place::day(&month.on));
    let now = map.as_of.as_deref().and_then(place::day);
    let all = dated.iter().map(|(_, day)| *day).chain(now).chain(months());
    let (first, last) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), day| (a.min(day), b.max(day)));
    if dated.is_empty() && months().next().is_none() || !first.is_finite() {
        return top + 12.0;
    }
    let room = (last - first).max(90.0) * 0.04;
    let (first, last) = (first - room, last + room);
    let x = |day: f64| MARGIN + (day - first) / (last - first) * (WIDTH - 2.0 * MARGIN);
    picture.add(format_args!("<path d=\"M{MARGIN} {top:.1}H{}\" stroke=\"{INK}\"/>", WIDTH - MARGIN));
    picture.text((MARGIN, top + 19.0), "When", "font-weight=\"600\"");
    let aside = format!("text-anchor=\"end\" font-size=\"11.5\" fill=\"{QUIET}\"");
    picture.text((WIDTH - MARGIN, top + 19.0), "● in the case   ○ observed later", &aside);
    // Labels in lanes: to the right of their dot, to the left near the end of the line.
    let mut lanes = Vec::new();
    let mut labels = Vec::new();
    for (event, day) in &dated {
        let (text, at) = (cut(&event.title, 56), x(*day));
        let wide = width(&text, 12.0) + 14.0;
        let left = at + wide > WIDTH - MARGIN;
        let start = if left { (at - wide).max(0.0) } else { at };
        labels.push((text, at, left, place::lane(&mut lanes, start, start + wide)));
    }
    let axis = top + 44.0 + lanes.len() as f64 * 20.0;
    if let Some(at) = now.map(x) {
        let wide = WIDTH - MARGIN - at;
        picture.add(format_args!(
            "<rect x=\"{at:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{:.1}\" fill=\"#F3F3EE\"/>",
            top + 28.0,
            axis - top - 10.0
        ));
        picture.add(format_args!(
            "<path d=\"M{at:.1} {:.1}V{:.1}\" stroke=\"{MARK}\" stroke-width=\"2.5\"/>",
            top + 28.0,
            axis + 18.0
        ));
    }
    picture.add(format_args!("<path d=\"M{MARGIN} {axis:.1}H{}\" stroke=\"{INK}\"/>", WIDTH - MARGIN));
    for year in (first / 365.25).ceil() as i64..=(last / 365.25) as i64 {
        // Not more than about twenty marks.
        if (last - first) / 365.25 > 20.0 && year % 10 != 0 {
            continue;
        }
        let at = x(year as f64 * 365.25);
        picture.add(format_args!("<path d=\"M{at:.1} {axis:.1}v5\" stroke=\"{INK}\"/>"));
        picture.text(
            (at, axis + 18.0),
            &year.to_string(),
            &format!("text-anchor=\"middle\" font-size=\"11.5\" fill=\"{QUIET}\""),
        );
    }
    for ((event, _), (text, at, left, lane)) in dated.iter().zip(labels) {
        let y = top + 46.0 + lane as f64 * 20.0;
        picture.add(format_args!("<path d=\"M{at:.1} {:.1}V{axis:.1}\" stroke=\"#C8C8BF\"/>", y - 10.0));
        let anchor = if left { "end" } else { "start" };
        let from = if left { at - 6.0 } else { at + 6.0 };
        picture.text((from, y), &text, &format!("text-anchor=\"{anchor}\" font-size=\"12\" {HALO}"));
        let fill = if event.later { PAPER } else { INK };
        picture.add(format_args!("<circle cx=\"{at:.1}\" cy=\"{axis:.1}\" r=\"4.6\" fill=\"{fill}\" stroke=\"{INK}\" stroke-width=\"1.5\"/>"));
    }
    bars(picture, map, axis + 34.0, x)
}

/// Whether an event is one event: those that stand for several are bars.
fn single(event: &&EventView) -> bool {
    event.count.is_none()
}

/// How high the bar of the most frequent month is.
const BAR: f64 = 34.0;

/// What the sources count, a row of bars for each of them below the line of years: the higher, the more events in the
/// month. Each row has its own scale, which its legend names.
fn bars(picture: &mut Picture, map: &MapView, top: f64, x: impl Fn(f64) -> f64) -> f64 {
    let mut top = top;
    for series in &map.counts {
        picture.text(
            (MARGIN, top + 6.0),
            &cut(&series.text, 150),
            &format!("font-size=\"11.5\" fill=\"{QUIET}\""),
        );
        let base = top + 16.0 + BAR;
        picture.add(format_args!("<path d=\"M{MARGIN} {base:.1}H{}\" stroke=\"#C8C8BF\"/>", WIDTH - MARGIN));
        for month in &series.months {
            let Some(day) = place::day(&month.on) else { continue };
            let (at, end) = (x(day), x(day + if month.on.len() == 4 { 365.25 } else { 30.44 }));
            let high = (month.count as f64 / series.most.max(1) as f64 * BAR).max(1.0);
            let wide = (end - at - 0.6).max(1.0);
            picture.add(format_args!(
                "<rect x=\"{at:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" fill=\"{INK}\"><title>{}</title></rect>",
                base - high,
                xml(&month.text)
            ));
        }
        top = base + 22.0;
    }
    top
}
