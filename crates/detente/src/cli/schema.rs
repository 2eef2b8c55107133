//! `detente schema [NAME]`: the JSON Schema of the case file or of an output.

use clap::Args;

use super::{Refusal, Status, output};
use detente_study::find::near::nearest;
use detente_study::wire;

/// Print the JSON Schema of the case file, or of an output
#[derive(Args)]
pub(crate) struct SchemaArgs {
    /// case, or an output: solve, check, …
    #[arg(value_name = "NAME", default_value = "case")]
    name: String,
}

/// Runs the command.
pub(crate) fn run(args: &SchemaArgs) -> Result<Status, Refusal> {
    let described = (args.name == "api").then(crate::server::openapi);
    let schema = described.or_else(|| wire::schema(&args.name)).ok_or_else(|| {
        let all = wire::NAMES;
        let hint = match nearest(&args.name, all) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", all.join(", ")),
        };
        Refusal::usage_with(format!("there is no schema called `{}`", args.name), hint)
    })?;
    let text = wire::text(&schema).map_err(|error| Refusal::Wrong(error.to_string()))?;
    output::print(&text)?;
    Ok(Status::Done)
}
