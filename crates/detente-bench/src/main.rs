//! Benchmarks of the engines: `cargo run --release -p detente-bench -- all`.
//!
//! Each table is a command: `explicit`, `growth`, `sparse`, `gray`, `kernels`, `coalitions`,
//! `symbolic`, `sequential`, `states`, `engines`, `sampling`, `games`, `process`.
//! `reading` scores `detente-read` on its corpus and writes `docs/reading.md`.
//! `--write` puts the tables of `all` into `docs/benchmarks.md` and a short one into the guide;
//! `--check` fails when a target is missed. Rows are measured each in a new process, with a
//! yardstick in the same process: figures are to be read as ratios first.

mod coalitions;
mod explicit;
mod games;
mod kernels;
mod measure;
mod models;
mod pages;
mod process;
mod reading;
mod sampling;
mod suite;
mod symbolic;

use std::process::ExitCode;

use suite::Suite;

const USAGE: &str = "usage: detente-bench all|explicit|growth|sparse|gray|kernels|coalitions|symbolic|sequential|states|engines|sampling|games|process …|reading [FOLDER] \
     [--write] [--check]";

fn suites() -> Vec<Suite> {
    vec![
        explicit::boxes(),
        explicit::growth(),
        explicit::sparse(),
        explicit::winding(),
        coalitions::coalitions(),
        symbolic::symbolic(),
        symbolic::sequential(),
        symbolic::states(),
        symbolic::engines(),
        sampling::sampling(),
        games::games(),
        process::process(),
    ]
}

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| {
        let before = arguments.len();
        arguments.retain(|a| a != name);
        arguments.len() < before
    };
    let (write, check) = (flag("--write"), flag("--check"));
    if let [id, rest @ ..] = &arguments[..]
        && id == "reading"
    {
        return reading::run(write, rest.first().map(String::as_str));
    }
    let suites = suites();
    if let [id, row, at] = &arguments[..]
        && row == "--row"
    {
        let suite = suites.iter().find(|suite| suite.id == id);
        let done = suite.zip(at.parse().ok()).is_some_and(|(suite, at)| suite.measure(at));
        return if done { ExitCode::SUCCESS } else { ExitCode::from(2) };
    }
    let all = arguments.iter().any(|a| a == "all");
    let known = |a: &String| a == "all" || a == "kernels" || suites.iter().any(|s| s.id == a);
    if arguments.is_empty() || !arguments.iter().all(known) || (write && !all) {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    let wanted = |id: &str| all || arguments.iter().any(|a| a == id);
    match run(&suites, &wanted, write) {
        Ok(held) if held || !check => ExitCode::SUCCESS,
        Ok(_) => {
            eprintln!("a target was missed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(suites: &[Suite], wanted: &dyn Fn(&str) -> bool, write: bool) -> Result<bool, String> {
    let mut held = true;
    let mut page = String::new();
    let mut brief = vec![];
    for suite in suites.iter().filter(|suite| wanted(suite.id)) {
        let report = suite.run()?;
        println!("{}", report.text);
        held &= report.held;
        page += &report.text;
        page.push('\n');
        brief.extend(report.brief);
    }
    if wanted("kernels") {
        let (text, good) = kernels::kernels()?;
        println!("{text}");
        held &= good;
        page += &text;
    }
    if write {
        pages::write(&page, &brief)?;
    }
    Ok(held)
}
