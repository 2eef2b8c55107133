//! How good the forecasts were, in words and as data.

use std::path::Path;

use super::entry::source;
use super::{HINDSIGHT, in_time, info, resolved};
use crate::say::words;
use crate::show::doc::{Column, Doc, Item, Line, Table};
use crate::wire::{
    BaselineInfo, BinInfo, ForecastInfo, ForecastScore, PartitionInfo, Program, ScoreName, StatusInfo,
    SummaryInfo,
};
use detente_ledger::{Bin, FEW, Ledger, Pair, Scored, Status, Summary, skill, summary};

/// The report.
pub fn doc(path: &Path, ledger: &Ledger) -> Doc {
    let mut doc = Doc::default();
    doc.title("How good were the forecasts?", Some(path.display().to_string()));
    let all = resolved(ledger);
    let (foresight, hindsight) = in_time(&all);
    doc.say(verdict(ledger, &foresight, &hindsight));
    section(&mut doc, "Forecasts", None, &foresight);
    section(&mut doc, "Looking back", Some(HINDSIGHT), &hindsight);
    rest(&mut doc, ledger);
    doc
}

/// The answer in a sentence or two.
fn verdict(ledger: &Ledger, foresight: &[&Scored<'_>], hindsight: &[&Scored<'_>]) -> Line {
    let recorded = words::counted(&ledger.standings().len().into(), "forecast", "forecasts");
    let Some(found) = summary(foresight) else {
        if hindsight.is_empty() {
            return Line::from(format!("{recorded}, none of them resolved: there is nothing to score yet."));
        }
        let what = match hindsight.len() {
            1 => "The one forecast that is resolved was".to_owned(),
            n => format!("All {n} forecasts that are resolved were"),
        };
        return Line::new().strong("No evidence of foresight. ").plain(format!(
            "{what} {HINDSIGHT}: their scores say how what was written fits what happened, and not how well \
             anybody saw it coming."
        ));
    };
    let n = found.forecasts;
    if n < FEW {
        let were = if n == 1 { "is" } else { "are" };
        return Line::new().strong("Too few to say. ").plain(format!(
            "{} {were} resolved; with fewer than {FEW} the numbers below are luck as much as skill.",
            words::counted(&n.into(), "forecast", "forecasts")
        ));
    }
    // How far the mean lies from the baseline, in standard errors: the differences vary about as the scores do.
    let ahead = found.uniform.brier - found.own.brier;
    let clear = found.error.is_some_and(|error| ahead.abs() > 2.0 * error);
    let (lead, says) = match (clear, ahead > 0.0) {
        (true, true) => ("Better than knowing nothing. ", "better than"),
        (true, false) => ("Worse than knowing nothing. ", "worse than"),
        (false, _) => ("No clear skill. ", "within two standard errors of"),
    };
    Line::new().strong(lead).plain(format!(
        "Over {n} resolved forecasts the mean Brier score is {}, {says} the {} of one who gives every answer the \
         same chance.",
        number(found.own.brier),
        number(found.uniform.brier)
    ))
}

fn section(doc: &mut Doc, head: &str, remark: Option<&str>, list: &[&Scored<'_>]) {
    let Some(found) = summary(list) else { return };
    match remark {
        Some(remark) => doc.heading_with(head, remark),
        None => doc.heading(head),
    }
    let mut table = Table::new([
        Column::text("question"),
        Column::text("what came true"),
        Column::number("it had"),
        Column::number("Brier"),
        Column::number("log"),
    ]);
    for scored in list {
        let forecast = &scored.standing.forecast;
        let answer = &forecast.answers[scored.answer];
        table.row([
            Line::from(forecast.question.as_str()),
            Line::from(answer.answer.as_str()),
            Line::from(answer.probability.to_string()),
            number(scored.own.brier).into(),
            number(scored.own.log).into(),
        ]);
    }
    doc.table(table);
    doc.table(baselines(&found));
    doc.say(
        Line::new().quiet("Brier: squared error over all answers, 0 best, 2 worst. Log: minus the natural logarithm of \
            what the answer that came true had, 0 best. Skill: 1 is perfect, 0 as good as the baseline, below 0 \
            worse. Climatology knows, in hindsight, how often each answer came true among forecasts with the same answers: \
            of the only one of its kind it knows everything."),
    );
    if found.impossible > 0 {
        let n = words::counted(&found.impossible.into(), "forecast", "forecasts");
        doc.say(format!(
            "{n} had called what happened impossible (probability 0): the log score of that is infinite, and so is \
             the mean."
        ));
    }
    calibration(doc, &found);
    doc.heading("Sources");
    doc.list(list.iter().map(|scored| said_by(scored)).collect());
}

fn baselines(found: &Summary) -> Table {
    let mut table = Table::new([
        Column::text("mean score of"),
        Column::number("Brier"),
        Column::number("skill"),
        Column::number("log"),
        Column::number("skill"),
    ]);
    let error = found.error.map(|error| format!(" ± {}", number(error))).unwrap_or_default();
    table.row([
        Line::new().strong("these forecasts"),
        Line::from(format!("{}{error}", number(found.own.brier))),
        Line::new(),
        number(found.own.log).into(),
        Line::new(),
    ]);
    for (name, baseline) in
        [("every answer equally likely", found.uniform), ("climatology", found.climatology)]
    {
        let skill = |own, base| skill(own, base).map_or_else(|| "–".to_owned(), number);
        table.row([
            Line::from(name),
            number(baseline.brier).into(),
            skill(found.own.brier, baseline.brier).into(),
            number(baseline.log).into(),
            skill(found.own.log, baseline.log).into(),
        ]);
    }
    table
}

fn calibration(doc: &mut Doc, found: &Summary) {
    let few = if found.forecasts < FEW { ", too few for a verdict" } else { "" };
    let events = words::counted(&found.events.into(), "event", "events");
    doc.heading_with("Does what is said to have 70 % happen 7 times in 10?", format!("{events}{few}"));
    let mut table = Table::new([
        Column::words("probability given"),
        Column::number("events"),
        Column::number("mean"),
        Column::number("happened"),
        Column::words("95 % interval"),
    ]);
    for bin in &found.bins {
        let (low, high) = bin.interval;
        table.row([
            Line::from(format!("{:.0}–{:.0} %", bin.from * 100.0, bin.to * 100.0)),
            bin.events.to_string().into(),
            percent(bin.mean).into(),
            format!("{} of {}", bin.happened, bin.events).into(),
            Line::new().quiet(format!("{} to {}", percent(low), percent(high))),
        ]);
    }
    doc.table(table);
}

fn said_by(scored: &Scored<'_>) -> Item {
    let line = Line::new().code(scored.standing.forecast.id.clone());
    match &scored.standing.status {
        Status::Resolved { resolution, .. } => {
            let url = resolution.source.url.as_ref().map(|url| format!(", {url}")).unwrap_or_default();
            Item::marked("–", line.plain(format!(": {}{url}", source(&resolution.source))))
        }
        Status::Open | Status::Void { .. } => Item::marked("–", line),
    }
}

/// What is not scored.
fn rest(doc: &mut Doc, ledger: &Ledger) {
    let mut open = Vec::new();
    let mut void = Vec::new();
    for standing in ledger.standings() {
        let line = Line::new().code(standing.forecast.id.clone());
        match &standing.status {
            Status::Open => {
                let day = words::date(&standing.forecast.resolves.to_string());
                open.push(Item::marked(
                    "–",
                    line.plain(format!(", by {day}: {}", standing.forecast.question)),
                ));
            }
            Status::Void { reason, .. } => void.push(Item::marked("–", line.plain(format!(": {reason}")))),
            Status::Resolved { .. } => {}
        }
    }
    for (head, list) in [("Open", open), ("Void, not scored", void)] {
        if !list.is_empty() {
            doc.heading(head);
            doc.list(list);
        }
    }
    let mut notes: Vec<&String> = Vec::new();
    for note in ledger.entries().iter().filter_map(|entry| entry.body.note.as_ref()) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    if !notes.is_empty() {
        doc.heading("Notes in the ledger");
        doc.list(notes.into_iter().map(|note| Item::marked("–", note.as_str())).collect());
    }
}

/// Three digits after the point.
pub(super) fn number(value: f64) -> String {
    if value.is_infinite() { "∞".to_owned() } else { format!("{value:.3}") }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// The same for a program.
pub fn json(path: &Path, ledger: &Ledger) -> ForecastScore {
    let all = resolved(ledger);
    let (foresight, hindsight) = in_time(&all);
    ForecastScore {
        schema: ScoreName::This,
        program: Program::THIS,
        ledger: info(path, ledger),
        forecasts: forecasts(ledger, &all),
        foresight: summary(&foresight).map(|found| together(&found)),
        hindsight: summary(&hindsight).map(|found| together(&found)),
    }
}

fn forecasts(ledger: &Ledger, all: &[Scored<'_>]) -> Vec<ForecastInfo> {
    let one = |standing: &detente_ledger::Standing| {
        let scored = all.iter().find(|scored| std::ptr::eq(scored.standing, standing));
        let forecast = &standing.forecast;
        let (status, source, reason) = match &standing.status {
            Status::Open => (StatusInfo::Open, None, None),
            Status::Resolved { resolution, .. } => {
                (StatusInfo::Resolved, Some(resolution.source.clone()), None)
            }
            Status::Void { reason, .. } => (StatusInfo::Void, None, Some(reason.clone())),
        };
        ForecastInfo {
            id: forecast.id.clone(),
            question: forecast.question.clone(),
            entry: standing.entry as u64 + 1,
            recorded: ledger.entries()[standing.entry].body.recorded,
            resolves: forecast.resolves,
            answers: forecast.answers.clone(),
            status,
            answer: scored.map(|scored| forecast.answers[scored.answer].answer.clone()),
            source,
            reason,
            hindsight: scored.map(|scored| scored.hindsight),
            brier: scored.map(|scored| scored.own.brier),
            log: scored.map(|scored| scored.own.log).filter(|log| log.is_finite()),
            impossible: scored.is_some_and(|scored| scored.own.log.is_infinite()),
        }
    };
    ledger.standings().iter().map(one).collect()
}

fn together(found: &Summary) -> SummaryInfo {
    let baseline = |name: &str, base: Pair| BaselineInfo {
        baseline: name.to_owned(),
        brier: base.brier,
        log: base.log,
        brier_skill: skill(found.own.brier, base.brier),
        log_skill: skill(found.own.log, base.log),
    };
    let bin = |bin: &Bin| BinInfo {
        from: bin.from,
        to: bin.to,
        events: bin.events,
        happened: bin.happened,
        mean: bin.mean,
        low: bin.interval.0,
        high: bin.interval.1,
    };
    let [reliability, resolution, uncertainty] = found.partition;
    SummaryInfo {
        forecasts: found.forecasts,
        enough: found.forecasts >= FEW,
        brier: found.own.brier,
        brier_error: found.error,
        log: Some(found.own.log).filter(|log| log.is_finite()),
        impossible: found.impossible,
        baselines: vec![baseline("uniform", found.uniform), baseline("climatology", found.climatology)],
        events: found.events,
        calibration: found.bins.iter().map(bin).collect(),
        partition: PartitionInfo { reliability, resolution, uncertainty },
    }
}
