//! `detente verify CASE CERTIFICATE`: checks a certificate against the definitions.

use std::ffi::OsString;

use clap::Args;
use detente_engine::certificate::{CHECK_WORK, Certificate, Checker, Consent, Fault};
use detente_engine::{Stop, Watch};
use detente_model::Conflict;
use serde_json::Value;

use super::args::{CaseArg, TimeArg, VariantArg};
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::say::{concept, names, reason};
use detente_study::wire;

/// Check a certificate; exit 1, saying where, when it does not hold
#[derive(Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    case: CaseArg,
    /// What `explain --format json` printed; - for standard input
    #[arg(value_name = "CERTIFICATE")]
    certificate: OsString,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    time: TimeArg,
    /// Steps of work for each certificate, 0 for no bound: a state looked at, or a step of the solver
    #[arg(long, value_name = "STEPS", default_value_t = CHECK_WORK)]
    max_work: u64,
}

/// Runs the command.
pub(crate) fn run(args: &VerifyArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let file =
        input::read(&args.certificate).map_err(|problem| Refusal::Case(vec![*problem], String::new()))?;
    let value: Value = serde_json::from_slice(&file.bytes)
        .map_err(|error| Refusal::Wrong(format!("{}: this is not a certificate: {error}", file.name)))?;
    let id = args.variant.variant.clone().or_else(|| about(&value, "variant").map(str::to_owned));
    let conflict = loaded.variant(id.as_deref())?;
    let clock = Clock::start(args.time.limit(), quiet);
    let most = if args.max_work == 0 { u64::MAX } else { args.max_work };
    let mut lines = String::new();
    let consents = joint(&value);
    let held = check(&conflict, id.as_deref(), value, most, &clock)?;
    let agreed = check_joint(&conflict, consents, most, &clock)?;
    for certificate in held {
        let verdict = if certificate.stable { "stable" } else { "not stable" };
        lines.push_str(&format!(
            "Holds: {} is {verdict} for {} ({}). {}\n",
            names::quoted(&names::outcome(&conflict, &certificate.state)),
            names::inside(&conflict, certificate.actor),
            concept::name(certificate.concept),
            reason::text(&conflict, &certificate)
        ));
    }
    for consent in agreed {
        let verdict = if consent.stable { "do not leave" } else { "would leave" };
        lines.push_str(&format!(
            "Holds: {} {verdict} {} together ({}). {}\n",
            names::actors(&conflict, &conflict.game.parties(consent.mover)),
            names::quoted(&names::outcome(&conflict, &consent.state)),
            concept::name(consent.concept),
            reason::consent_text(&conflict, &consent)
        ));
    }
    output::print(&lines)?;
    Ok(Status::Done)
}

/// The certificates about several who act together.
fn joint(value: &Value) -> Vec<Value> {
    value.get("consents").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// Checks each of them; whether the file is about this case was asked before.
///
/// # Errors
/// As [`check`].
fn check_joint(
    conflict: &Conflict,
    list: Vec<Value>,
    most: u64,
    clock: &Clock,
) -> Result<Vec<Consent>, Refusal> {
    let mut checker = Checker::new(&conflict.game, most, clock);
    let mut hold = Vec::new();
    for (at, value) in list.into_iter().enumerate() {
        let wrong = |path: &str, why: &str| Refusal::Wrong(format!("consents[{at}].{path}: {why}"));
        let info: wire::ConsentInfo =
            serde_json::from_value(value).map_err(|error| wrong("certificate", &error.to_string()))?;
        let consent = info.read(conflict).map_err(|(path, why)| wrong(&path, &why))?;
        let place = format!("consents[{at}].");
        checker.check_consent(&consent).map_err(|fault| refused(fault, &place, hold.len(), clock))?;
        hold.push(consent);
    }
    Ok(hold)
}

/// Why the one at `place` does not hold, or was not checked to the end; `before` it so many hold.
fn refused(fault: Fault, place: &str, before: usize, clock: &Clock) -> Refusal {
    let mut hit = match fault {
        Fault::Rejected { path, why } => return Refusal::Wrong(format!("{place}{path}: {why}")),
        Fault::Limit(hit) => hit,
    };
    clock.name(&mut hit);
    let held = match before {
        0 => "none was checked before".to_owned(),
        1 => "the one before it holds".to_owned(),
        n => format!("the {n} before it hold"),
    };
    let more = if hit.stop == Stop::Work { " (--max-work allows more, 0 any)" } else { "" };
    Refusal::Limit(format!("{place}{}: stopped at {}{more}; {held}", hit.what, hit.limit))
}

fn about<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get("case").and_then(|case| case.get(key)).and_then(Value::as_str)
}

/// Checks what `explain --format json` printed against the definitions.
///
/// # Errors
/// Where (as a path) and why it does not hold; a bound that was hit.
fn check(
    conflict: &Conflict,
    variant: Option<&str>,
    value: Value,
    most: u64,
    clock: &Clock,
) -> Result<Vec<Certificate>, Refusal> {
    let schema = value.get("schema").and_then(Value::as_str).unwrap_or("");
    let several = match schema {
        wire::CERTIFICATE => false,
        wire::EXPLAIN => true,
        other => {
            return Err(Refusal::Wrong(format!(
                "schema: `{other}` is neither {} nor {}",
                wire::CERTIFICATE,
                wire::EXPLAIN
            )));
        }
    };
    if about(&value, "variant") != variant {
        return Err(Refusal::Wrong("case.variant: the certificate is about another variant".to_owned()));
    }
    if about(&value, "digest") != Some(conflict.game.digest().as_str()) {
        return Err(Refusal::Wrong(
            "case.digest: the certificate was made for another state of this case: options, rules, moves or \
             preferences differ"
                .to_owned(),
        ));
    }
    let list: Vec<Value> = if several {
        match value.get("certificates").and_then(Value::as_array) {
            Some(list) if !list.is_empty() => list.clone(),
            Some(_) => {
                return Err(Refusal::Wrong(
                    "certificates: the list is empty, so nothing is claimed that could be checked".to_owned(),
                ));
            }
            None => {
                return Err(Refusal::Wrong(format!(
                    "certificates: a {} has a list of them, and here is none",
                    wire::EXPLAIN
                )));
            }
        }
    } else {
        vec![value]
    };
    let mut checker = Checker::new(&conflict.game, most, clock);
    let mut hold = Vec::new();
    for (at, value) in list.into_iter().enumerate() {
        let place = if several { format!("certificates[{at}].") } else { String::new() };
        let wrong = |path: &str, why: &str| Refusal::Wrong(format!("{place}{path}: {why}"));
        let witness: wire::Witness =
            serde_json::from_value(value).map_err(|error| wrong("certificate", &error.to_string()))?;
        let certificate = witness.read(conflict).map_err(|(path, why)| wrong(&path, &why))?;
        checker.check(&certificate).map_err(|fault| refused(fault, &place, hold.len(), clock))?;
        witness.check_claims(conflict, &certificate).map_err(|(path, why)| wrong(&path, &why))?;
        hold.push(certificate);
    }
    Ok(hold)
}

#[cfg(test)]
mod tests;
