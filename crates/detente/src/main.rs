//! The program `detente`: see the library of this crate.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(detente::run(std::env::args_os()))
}
