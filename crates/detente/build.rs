//! Names the commit that an optimised program is made of: `detente --version` says it. Without a repository, or without
//! git, the version stands alone; so it does in a debug build, which would be made anew with every commit.

use std::process::Command;

fn git(arguments: &[&str]) -> Option<String> {
    let output =
        Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").as_deref() != Ok("release") {
        return;
    }
    // The index changes with every commit, and where one looks at another.
    for part in ["HEAD", "index"] {
        if let Some(path) = git(&["rev-parse", "--git-path", part]) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    if let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]) {
        let changed = git(&["status", "--porcelain", "--untracked-files=no"]).is_some();
        let changed = if changed { ", changed" } else { "" };
        println!("cargo::rustc-env=DETENTE_VERSION={version} (commit {commit}{changed})");
    }
}
