//! Random case files in the second part of the language: acts, conditions, levels, votes, dates, chance,
//! doubt, accounts and sayings, as people write them.

use super::Random;

const MOVES: [&str; 3] = ["both", "up_only", "down_only"];

/// A case file without errors but those that only the feasible states show.
pub(crate) fn text(seed: u64) -> String {
    let mut r = Random(seed);
    let r = &mut r;
    let mut out = String::from("format = 1\n[case]\ntitle = \"T\"\nas_of = 2025-01-01\n");
    if r.chance(30) {
        out += "grades = { B = 0.75, 2 = 0.5 }\n";
    }
    out += "[source.s]\ntitle = \"S\"\n";
    if r.chance(40) {
        out += "grade = \"B2\"\ninterest = \"party\"\nanonymous = true\n";
    }
    for claim in 0..4 {
        out += &format!("[claim.c{claim}]\nsource = \"s\"\nsays = \"says {claim}\"\n");
        if r.chance(30) {
            out += "heard = [\"author\", \"X\"]\n";
        }
        match r.below(4) {
            0 => out += "grade = \"C3\"\n",
            1 => out += "grade = \"C3\"\nconfidence = 0.25\n",
            2 => out += "kind = \"threat\"\n",
            _ => {}
        }
    }
    let against = r.below(3);
    if against > 0 {
        let pairs = ["contradicts = [\"c1\"]\n", "contradicts = [\"c1\", \"c0\"]\n"];
        out = out.replace("[claim.c2]\n", &format!("[claim.c2]\n{}", pairs[against - 1]));
        if r.chance(60) {
            out += "[reading.one]\ntitle = \"as one tells it\"\nkeeps = [\"c2\"]\n";
        }
        if r.chance(40) {
            out += "[reading.neither]\ndrops = [\"c2\", \"c1\", \"c0\"]\n"
                .replace(", \"c0\"", ["", ", \"c0\""][against - 1])
                .as_str();
        }
    }
    let only = |r: &mut Random| if r.chance(15) { "only_in = [\"v\"]\n" } else { "" };
    let actors = ["a", "b", "c"];
    for actor in actors {
        out += &format!("[actor.{actor}]\nname = \"{actor}\"\n[actor.{actor}.option]\nx = \"X\"\n");
        out += &format!("[actor.{actor}.option.y]\ntext = \"Y\"\n{}{}", conditions(r), only(r));
        if r.chance(20) {
            out += "lever = { cost = 2.5 }\nconfidence = 0.5\n";
        }
    }
    out += &format!(
        "[actor.a.option.t]\ntext = \"T\"\nlevels = [0, 2.5, 30]\nunit = \"%\"\nmoves = \"{}\"\n",
        MOVES[r.below(3)]
    );
    out += &conditions(r);
    out += "[actor.b.option.t]\ntext = \"T\"\nlevels = [-1, 2.5]\nunit = \"%\"\n";
    out += only(r);
    out += "[actor.c.option.m]\ntext = \"M\"\nlevels = [\"none\", \"on hold\", \"full\"]\n";
    out += "[assembly.house]\nseats = { a = 3, others = 5, b = 2 }\n";
    let assent = |r: &mut Random| {
        [
            "\"all\"",
            "\"any\"",
            "\"never\"",
            "[\"a\", [\"b\", \"c\"]]",
            "{ needs = 2 }",
            "{ votes = { a = 3, b = 2 }, needs = 4 }",
            "{ assembly = \"house\", needs = 5 }",
        ][r.below(7)]
    };
    out += &format!(
        "[act.p]\ntext = \"P\"\nparties = [\"a\", \"b\", \"c\"]\nbegins = {}\nends = {}\n{}{}because = [\"c0\"]\n",
        assent(r),
        assent(r),
        conditions(r),
        only(r)
    );
    out += "[act.q]\ntext = \"Q\"\nparties = [\"b\", \"a\"]\nlevels = [10, 20]\nwith = \"not a.x and b.t = 2.5\"\n";
    if r.chance(30) {
        out += "lever = { cost = 3 }\n";
    }
    out += "[chance.e]\ntext = \"E\"\nlikelihood = 0.25\nthen = { on = [\"a.x\"], off = [\"act.q\"], levels = { \"c.m\" = \"on hold\" } }\n";
    out += &format!(
        "[define]\nd = {{ that = \"{}\", otherwise = \"{}\", because = [\"c3\"]{} }}\ne = \"{}\"\n",
        formula(r, false),
        formula(r, false),
        if r.chance(50) { ", confidence = 0.5" } else { "" },
        formula(r, true)
    );
    for actor in actors {
        for wish in 0..1 + r.below(3) {
            out += &format!("[[actor.{actor}.prefers]]\nid = \"w{wish}\"\n{}", this_wish(r));
        }
    }
    out += &format!("[[rule]]\nid = \"r\"\nalways = \"({}) or true\"\n", formula(r, true));
    out += "[status_quo]\non = [\"b.x\"]\nlevels = { \"a.t\" = 2.5, \"c.m\" = \"full\" }\n";
    for deadline in 0..r.below(3) {
        let day = [3, 1, 2][deadline];
        out += &format!("[deadline.d{deadline}]\non = 2025-0{day}-05\nunless = \"{}\"\n", formula(r, true));
        out += [
            "then = { off = [\"act.q\", \"a.x\"] }\n",
            "then = { levels = { \"a.t\" = 30, \"act.q\" = 20 } }\ntitle = \"D\"\n",
        ][r.below(2)];
    }
    out += "[said.t]\nkind = \"threat\"\nby = \"a\"\nto = [\"b\", \"c\"]\nif = \"b.x\"\nthen = \"a.t = 30 and not a.x\"\nlever = { cost = 1 }\n";
    out += "[[lever]]\nactor = \"a\"\nwish = \"w0\"\ncost = 4\nbecause = [\"c1\"]\n";
    out += "[[event]]\ntitle = \"Expected\"\nexpected = true\n[instrument.i]\ntitle = \"I\"\nlapses = 2026-02-05\nstatus = \"suspended\"\n";
    out += &format!(
        "[question.q]\nask = \"?\"\nkind = \"certain\"\noutcome = \"{}\"\ngiven = \"d\"\n",
        formula(r, true)
    );
    out += "[question.s]\nask = \"?\"\nkind = \"said\"\nabout = \"t\"\n";
    out += "[question.from]\nask = \"?\"\nkind = \"movers\"\nfrom = { on = [\"a.x\"], levels = { \"a.t\" = 30 } }\n";
    out += "[variant.v]\n";
    if r.chance(50) {
        out += &format!("define.d = {{ that = \"{}\", otherwise = \"a.x\" }}\n", formula(r, false));
    }
    if r.chance(50) {
        out +=
            &format!("change.prefers.a = {{ w0 = {{ {} }} }}\n", this_wish(r).trim_end().replace('\n', ", "));
    }
    if r.chance(50) {
        out += "act.q = { begins = \"all\", begins_if = [], ends_if = \"a.x\", with = \"true\" }\n";
    }
    if r.chance(50) {
        out += "deadline.new = { on = 2026-01-01, then = { off = [\"act.p\"] } }\n";
    }
    if r.chance(50) {
        out += &format!("add.prefers.b = [{{ at = 1, {} }}]\n", this_wish(r).trim_end().replace('\n', ", "));
    }
    if r.chance(50) {
        out += "status_quo = { on = [\"a.x\"], levels = { \"act.q\" = 10 } }\n";
    }
    out
}

fn conditions(r: &mut Random) -> String {
    let mut out = String::new();
    for key in ["begins_if", "ends_if"] {
        match r.below(5) {
            0 => out += &format!("{key} = \"{}\"\n", formula(r, true)),
            1 => out += &format!("{key} = {{ that = \"{}\", because = [\"c1\"] }}\n", formula(r, true)),
            2 => {
                out +=
                    &format!("{key} = [\"{}\", {{ that = \"a.x\", assumption = true }}]\n", formula(r, true))
            }
            _ => {}
        }
    }
    out
}

fn this_wish(r: &mut Random) -> String {
    let wish = match r.below(6) {
        0 => "least = \"a.t\"".to_owned(),
        1 => "most = \"act.q\"".to_owned(),
        2 => "nearest = { to = 12.5, of = \"act.q\" }".to_owned(),
        3 => "nearest = { to = 2, of = \"a.t\" }".to_owned(),
        _ => format!("that = \"{}\"", formula(r, true)),
    };
    let rest = [
        "",
        "confidence = 0.75\n",
        "confidence = 0.9\notherwise = \"contrary\"\n",
        "confidence = 0.8\notherwise = \"indifferent\"\n",
        "confidence = 0.5\notherwise = { contrary = 0.25, indifferent = 0.25 }\n",
    ][r.below(5)];
    format!("{wish}\n{rest}")
}

fn formula(r: &mut Random, defined: bool) -> String {
    const ATOMS: [&str; 14] = [
        "a.x",
        "not b.x",
        "c.y",
        "act.p",
        "not act.q",
        "act.q <= 15",
        "chance.e",
        "a.t > b.t",
        "a.t  =  2.5",
        "c.m = 'on hold'",
        "c.m < 'full'",
        "votes(house, a.x, not b.x) >= 4",
        "votes(house, b.y) = 2",
        "d",
    ];
    let atom = |r: &mut Random| ATOMS[r.below(if defined { 14 } else { 13 })];
    let (one, two) = (atom(r), atom(r));
    match r.below(5) {
        0 => one.to_owned(),
        1 => format!("{one} and {two}"),
        2 => format!("{one} or not ({two})"),
        3 => format!("{one} implies {two}"),
        _ => format!("({one}) iff {two}"),
    }
}
