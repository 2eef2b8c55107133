//! `detente serve [DIR]`: the workbench in the browser.

use std::path::PathBuf;

use clap::Args;

use super::{Refusal, Status};
use crate::server;

/// Open the workbench on the cases of a folder, in the browser of this machine
#[derive(Args)]
pub(crate) struct ServeArgs {
    /// The folder of cases
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 4711)]
    port: u16,
    /// Listen on this address instead of this machine only; who connects needs the token that is printed
    #[arg(long, value_name = "ADDRESS")]
    host: Option<String>,
}

/// Runs the command until it is stopped.
pub(crate) fn run(args: &ServeArgs) -> Result<Status, Refusal> {
    let options = server::Options { dir: args.dir.clone(), host: args.host.clone(), port: args.port };
    let served = server::run(&options, |address| {
        anstream::println!("The workbench is open at {address}");
        anstream::println!("Cases: {}. Nothing leaves this machine. Stop with Ctrl-C.", args.dir.display());
    });
    match served {
        Ok(()) => Ok(Status::Done),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Err(Refusal::Usage(
            format!("Port {} is in use.", args.port),
            Some("Choose another with --port, or --port 0 for any that is free.".to_owned()),
        )),
        Err(error) => {
            Err(Refusal::Wrong(format!("The workbench cannot serve `{}`: {error}.", args.dir.display())))
        }
    }
}
