//! `detente serve [DIR]`: the workbench in the browser.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::Args;

use super::{Refusal, Status};
use crate::server::{self, Opened};
use crate::system::reason;

/// Open the workbench on the cases of a folder, in the browser of this machine
#[derive(Args)]
#[command(
    after_help = "The address that is printed ends in a token: whoever has it can read and change the cases of the \
                  folder. It is kept for you and this folder and stays the same after a restart; to have another, \
                  delete its file in ~/.local/state/detente/workbench."
)]
pub(crate) struct ServeArgs {
    /// The folder of cases
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 4711)]
    port: u16,
    /// Listen on this address instead of this machine only: everyone who can reach it can try, and what is sent is not
    /// encrypted
    #[arg(long, value_name = "ADDRESS")]
    host: Option<String>,
    /// Do not open the address in a browser
    #[arg(long)]
    no_open: bool,
}

/// Runs the command until it is stopped.
pub(crate) fn run(args: &ServeArgs, quiet: bool) -> Result<Status, Refusal> {
    let options = server::Options { dir: args.dir.clone(), host: args.host.clone(), port: args.port };
    let shown = args.dir.display();
    let served = server::run(&options, |opened| {
        anstream::println!("{}", words(opened, &shown.to_string()));
        if !args.no_open && !quiet {
            open(&opened.once);
        }
    });
    match served {
        Ok(()) => Ok(Status::Done),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Err(Refusal::Usage(
            format!("Port {} is in use.", args.port),
            Some("Choose another with --port, or --port 0 for any that is free.".to_owned()),
        )),
        Err(error) if error.kind() == std::io::ErrorKind::AddrNotAvailable => Err(Refusal::Usage(
            format!(
                "The workbench cannot listen on `{}`: this machine does not have this address.",
                args.host.as_deref().unwrap_or_default()
            ),
            Some("Name one of its own, or 0.0.0.0 for all of them.".to_owned()),
        )),
        Err(error) => {
            Err(Refusal::Wrong(format!("The workbench cannot serve `{shown}`: {}.", reason(&error))))
        }
    }
}

/// Where it is, and who can reach it.
fn words(opened: &Opened, dir: &str) -> String {
    let mut text =
        format!("The workbench is open at {}\n", opened.addresses.join("\n                   and at "));
    if opened.beyond {
        text += &format!(
            "Cases: {dir}. Everyone who can reach this machine over the network can reach this server, and whoever has\n\
             the token in the address can read and change these cases. The connection is not encrypted: who can listen\n\
             on the network can read the cases and the token. Use it only in a network that you trust, or leave --host\n\
             out and come in by `ssh -L`."
        );
    } else {
        text += &format!(
            "Cases: {dir}. Nothing leaves this machine, and only who has the address with its token gets in."
        );
    }
    if let Some(why) = &opened.forgotten {
        text += &format!("\nThe token is another one after a restart: it cannot be kept, because {why}.");
    }
    text + "\nStop with Ctrl-C."
}

/// Opens `address` in the browser of this machine, where there is one. That it does not come is seen.
fn open(address: &str) {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else if set("DISPLAY") || set("WAYLAND_DISPLAY") {
        Command::new("xdg-open")
    } else {
        return;
    };
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        // Taken note of when it ends, so that no dead process stays behind.
        let _ = std::thread::Builder::new().spawn(move || child.wait());
    }
}
