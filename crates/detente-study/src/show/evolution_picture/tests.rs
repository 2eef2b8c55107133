//! Nothing covers anything else, in pictures of every small case of the catalogue.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use detente_engine::evolution::{By, EvolveSettings, Targets, evolve, routes};
use detente_engine::{Quiet, Settings, solve};
use detente_model::{Concept, Conflict, State};

use super::layout::{Area, MARGIN, layout};
use super::{part, svg};

fn case(name: &str) -> Conflict {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name).join("case.toml");
    detente_case::read(name, &std::fs::read(file).unwrap()).conflict.unwrap()
}

/// Every outcome as a start of the smaller cases, some of the flagship's; alone and with coalitions.
fn each(mut with: impl FnMut(&str, &Conflict, &super::Evolution, &[super::Route])) -> usize {
    let mut count = 0;
    for (name, step) in [
        ("south-caucasus-2023-solo", 9),
        ("elmira", 1),
        ("elmira-nine-states", 1),
        ("cuban-missile-1962", 1),
        ("north-korea-2017", 1),
        ("syria-iraq-1975", 1),
        ("chicken", 1),
        ("prisoners-dilemma", 1),
    ] {
        let conflict = case(name);
        let settings = Settings { concepts: vec![Concept::Nash], ..Settings::default() };
        let solution = solve(&conflict.game, &settings, &Quiet).unwrap();
        let lasting = solution.verdicts.equilibria(Concept::Nash).unwrap().first(16);
        let mut starts: Vec<State> =
            solution.verdicts.feasible().first(200).into_iter().step_by(step).collect();
        starts.extend(conflict.game.status_quo.clone());
        for from in starts {
            for coalitions in [false, true] {
                let settings = EvolveSettings { coalitions, ..EvolveSettings::default() };
                let evolution = evolve(&conflict.game, &from, &settings, &Quiet).unwrap();
                let by = if coalitions { By::Coalitions } else { By::Improvements };
                let routes =
                    routes(&conflict.game, &from, Targets::Listed(&lasting), by, 10_000, &Quiet).unwrap();
                with(name, &conflict, &evolution, &routes);
                count += 1;
            }
        }
    }
    count
}

#[test]
fn boxes_and_words_cover_nothing_and_stay_inside() {
    let (mut words, mut back) = (0, 0);
    let pictures = each(|name, conflict, evolution, routes| {
        let part = part(conflict, evolution, routes);
        let layout = layout(&part);
        let areas: Vec<&Area> =
            layout.boxes.values().chain(layout.words.iter().map(|words| &words.area)).collect();
        for (at, one) in areas.iter().enumerate() {
            for other in &areas[..at] {
                assert!(!one.meets(other), "{name} from {}: {one:?} covers {other:?}", evolution.from);
            }
            let (right, low) = (one.at.0 + one.size.0, one.at.1 + one.size.1);
            let inside = one.at.0 >= MARGIN - 1e-9 && one.at.1 >= 60.0 && right <= layout.size.0;
            assert!(inside, "{name} from {}: {one:?} of {:?}", evolution.from, layout.size);
            // The legend begins further down.
            assert!(low < layout.size.1 + 30.0, "{name} from {}: {one:?}", evolution.from);
        }
        assert_eq!(layout.words.len(), part.edges.len());
        words += layout.words.len();
        back += layout.steps.iter().filter(|step| step.back).count();
    });
    assert!(pictures > 80 && words > 300 && back > 50, "{pictures} pictures, {words} words, {back} back");
}

/// Twice the same bytes, and every coordinate is on the canvas.
#[test]
fn the_picture_is_the_same_each_time_and_keeps_to_its_canvas() {
    each(|name, conflict, evolution, routes| {
        let picture = svg(conflict, evolution, routes);
        assert_eq!(picture, svg(conflict, evolution, routes), "{name}");
        let number = |text: &str, key: &str| -> f64 {
            let from = text.find(key).unwrap() + key.len();
            text[from..].split('"').next().unwrap().parse().unwrap()
        };
        let (wide, high) = (number(&picture, " width=\""), number(&picture, " height=\""));
        for text in picture.lines().filter(|line| line.starts_with("<text ")) {
            let (x, y) = (number(text, " x=\""), number(text, " y=\""));
            assert!((0.0..=wide).contains(&x) && (0.0..=high).contains(&y), "{name}: {text}");
        }
    });
}
