//! `detente serve` as a process: who gets in, what is printed, how it ends.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const CASE: &str = "format = 1\n[case]\ntitle = \"One\"\n[actor.a]\nname = \"A\"\noption.x.text = \"X\"\nprefers = [{ that = \"a.x\" }]\n";

/// A server that is ended with the test.
struct Server {
    child: Child,
    said: String,
    port: u16,
    token: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts it on `dir`, with these variables of its environment and no other home.
fn serve(dir: &Path, args: &[&str], env: &[(&str, &Path)]) -> Server {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.args(["serve", "--no-open", "--port", "0"]).args(args).arg(dir);
    command.env_remove("HOME").env_remove("XDG_STATE_HOME").envs(env.iter().copied());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = String::new();
    while !said.contains("Ctrl-C") {
        said += &lines.next().expect("it says where it is").unwrap();
        said.push('\n');
    }
    let address = said.split("http://").nth(1).unwrap().split_whitespace().next().unwrap();
    let port = address.split([':', '/']).nth(1).unwrap().parse().unwrap();
    let token = address.split("token=").nth(1).unwrap().to_owned();
    // What it says later is read too: a full pipe would stop it.
    std::thread::spawn(move || lines.for_each(drop));
    Server { child, said, port, token }
}

impl Server {
    /// The head and the body of the answer to a request with these headers.
    fn ask(&self, line: &str, headers: &[&str], body: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let more: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let request = format!(
            "{line} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\ncontent-length: {}\r\n{more}\r\n{body}",
            self.port,
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn status(&self, path: &str, headers: &[&str]) -> u16 {
        let answer = self.ask(&format!("GET {path}"), headers, "");
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// The status with which it ends after `signal`.
    fn ends(mut self, signal: &str) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("case.toml"), CASE).unwrap();
    dir
}

#[test]
fn who_has_not_the_token_neither_reads_nor_writes() {
    let (dir, state) = (folder(), tempfile::tempdir().unwrap());
    let server = serve(dir.path(), &[], &[("XDG_STATE_HOME", state.path())]);
    assert!(server.said.contains("Nothing leaves this machine"), "{}", server.said);
    for path in ["/", "/answer", "/api/v1/cases", "/api/v1/text?path=case.toml", "/?token=0"] {
        assert_eq!(server.status(path, &[]), 401, "{path}");
    }
    let json = "content-type: application/json";
    let save = r#"{"path":"new.toml","text":"x","base":null}"#;
    let refused = server.ask("POST /api/v1/save", &[json], save);
    assert!(refused.starts_with("HTTP/1.1 401") && refused.contains(r#""code":"token""#), "{refused}");
    assert!(!dir.path().join("new.toml").exists());

    // The printed address brings the cookie, as often as it is opened.
    let mut cookie = String::new();
    for _ in 0..2 {
        let answer = server.ask(&format!("GET /?token={}", server.token), &[], "");
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        cookie = answer.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap().to_owned();
    }
    let cookie = format!("cookie: {cookie}");
    assert_eq!(server.status("/api/v1/text?path=case.toml", &[&cookie]), 200);
    assert!(server.ask("POST /api/v1/save", &[json, &cookie], save).starts_with("HTTP/1.1 200"));
    let script = r##"{"path":"run.sh","text":"#!/bin/sh","base":null}"##;
    let refused = server.ask("POST /api/v1/save", &[json, &cookie], script);
    assert!(refused.contains(r#""code":"not_written""#), "{refused}");
}

#[test]
fn the_token_is_the_users_own_and_survives_a_restart() {
    let (dir, home) = (folder(), tempfile::tempdir().unwrap());
    let env = [("HOME", home.path())];
    let first = serve(dir.path(), &[], &env);
    let token = first.token.clone();
    assert_eq!(first.ends("-TERM"), Some(0), "SIGTERM ends it like Ctrl-C");
    let second = serve(dir.path(), &[], &env);
    assert_eq!(second.token, token);
    assert_eq!(second.ends("-INT"), Some(0));
    let kept = home.path().join(".local/state/detente/workbench");
    let files: Vec<_> = fs::read_dir(&kept).unwrap().map(|file| file.unwrap()).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_to_string(files[0].path()).unwrap().trim(), token);
    // Another folder, beside it: another token, and another cookie, so that neither shuts the other out.
    let other = folder();
    let (here, there) = (serve(dir.path(), &[], &env), serve(other.path(), &[], &env));
    assert_ne!(here.token, there.token);
    let cookie = |server: &Server| {
        let answer = server.ask(&format!("GET /?token={}", server.token), &[], "");
        answer.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap().to_owned()
    };
    let both = format!("cookie: {}; {}", cookie(&here), cookie(&there));
    assert_eq!((here.status("/api/v1/cases", &[&both]), there.status("/api/v1/cases", &[&both])), (200, 200));
}

/// Where a state cannot be kept the workbench opens all the same, and says that its token is for this time.
#[test]
fn a_token_that_cannot_be_kept_is_said() {
    let (dir, home) = (folder(), tempfile::tempdir().unwrap());
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    let server = serve(dir.path(), &[], &[("XDG_STATE_HOME", &file)]);
    assert!(server.said.contains("another one after a restart"), "{}", server.said);
    assert!(server.said.contains(&file.display().to_string()) && !server.said.contains("os error"));
    assert_eq!(server.status(&format!("/?token={}", server.token), &[]), 303);
    // An empty or relative folder for state is none, as the specification says; the home is another user's matter.
    let server = serve(dir.path(), &[], &[("XDG_STATE_HOME", Path::new("here")), ("HOME", home.path())]);
    assert!(!server.said.contains("another one after a restart"), "{}", server.said);
    assert!(home.path().join(".local/state/detente").is_dir());
}

#[test]
fn who_can_reach_it_is_said_and_every_address_works() {
    let (dir, state) = (folder(), tempfile::tempdir().unwrap());
    let server = serve(dir.path(), &["--host", "0.0.0.0"], &[("XDG_STATE_HOME", state.path())]);
    assert!(!server.said.contains("Nothing leaves this machine"), "{}", server.said);
    assert!(server.said.contains("Everyone who can reach this machine over the network"), "{}", server.said);
    assert!(server.said.contains("The connection is not encrypted"), "{}", server.said);
    let addresses: Vec<&str> = server.said.split("http://").skip(1).collect();
    assert!(addresses[0].starts_with("127.0.0.1:"), "{}", server.said);
    for address in addresses {
        let host = address.split('/').next().unwrap();
        assert!(!host.starts_with("0.0.0.0"), "{host} is no address that works everywhere");
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET /?token={} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n", server.token)
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 303"), "{host}: {answer}");
    }
}

#[test]
fn an_address_that_is_not_here_is_refused_with_what_to_do() {
    let dir = folder();
    let args = ["serve", "--no-open", "--port", "0", "--host", "192.0.2.1"];
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(args).arg(dir.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("192.0.2.1") && said.contains("0.0.0.0") && !said.contains("os error"), "{said}");
}

/// Every text of a report as data, one after the other.
fn texts(value: &serde_json::Value, into: &mut Vec<String>) {
    use serde_json::Value;
    match value {
        Value::Array(list) if list.first().is_some_and(|one| one.get("tone").is_some()) => {
            into.push(list.iter().map(|span| span["text"].as_str().unwrap()).collect());
        }
        Value::Array(list) => list.iter().for_each(|one| texts(one, into)),
        Value::Object(map) => map.values().for_each(|one| texts(one, into)),
        _ => {}
    }
}

/// The page tells the story, what to watch and the deeds in the sentences of the commands, and its report is their file.
#[test]
fn the_page_tells_what_the_commands_tell() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let (dir, state) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = dir.path().join("south.toml");
    let text = fs::read_to_string(cases.join("south-caucasus-2023/case.toml")).unwrap();
    fs::write(&path, &text).unwrap();
    let server = serve(dir.path(), &[], &[("XDG_STATE_HOME", state.path())]);
    let answer = server.ask(&format!("GET /?token={}", server.token), &[], "");
    let cookie = answer.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let cookie = format!("cookie: {cookie}");
    let ask = |route: &str, more: serde_json::Value| -> serde_json::Value {
        let mut body = serde_json::json!({
            "path": "south.toml", "text": text, "version": {"reading": "the-two-decide"}
        });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = server.ask(
            &format!("POST /api/v1/{route}"),
            &["content-type: application/json", &cookie],
            &body.to_string(),
        );
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(&body[body.find('{').unwrap()..=body.rfind('}').unwrap()]).unwrap()
    };
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(args)
            .args(["--quiet", "--reading", "the-two-decide"])
            .current_dir(dir.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let flat = |text: &str| {
        let tags =
            text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        let mut plain = String::new();
        let mut inside = false;
        for c in tags.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside && !c.is_whitespace() => plain.push(c),
                _ => {}
            }
        }
        plain
    };
    for (what, command) in [("story", "evolve"), ("watch", "watch-for"), ("deeds", "price")] {
        let told = ask("told", serde_json::json!({ "what": what }));
        let mut all = Vec::new();
        texts(&told["doc"], &mut all);
        assert!(all.len() > 4, "{what}: {told}");
        let list: &[&str] = if command == "evolve" { &[] } else { &["--list", "200"] };
        let printed = flat(&run(&[&[command, "south.toml", "--format", "html"], list].concat()));
        for one in &all {
            assert!(printed.contains(&flat(one)), "{what}: {one}");
        }
    }
    run(&["report", "south.toml", "-o", "out.md"]);
    let report = ask("report", serde_json::json!({ "medium": "md" }));
    assert_eq!((&report["name"], &report["limits"]), (&"south.md".into(), &serde_json::json!([])));
    let file = base64::Engine::decode(
        &base64::engine::general_purpose::STANDARD,
        report["base64"].as_str().unwrap(),
    );
    assert_eq!(
        String::from_utf8(file.unwrap()).unwrap(),
        fs::read_to_string(dir.path().join("out.md")).unwrap()
    );
}
