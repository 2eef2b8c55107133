//! A language model that the user runs, asked over HTTP in the manner of OpenAI's chat completions.
//!
//! Nothing is sent but to the address that was given: it is on this machine unless that is asked for, no proxy is used, and
//! a redirect is refused. The answer is bounded in time and size, and what it proposes is held against the text.

use std::net::IpAddr;
use std::time::Duration;

use detente_read::model::{self, MOST_SENT};
use detente_read::proposal::Reading;
use serde_json::{Value, json};
use ureq::http::Uri;

use super::super::Refusal;

/// An answer may be so large.
const MOST_ANSWER: u64 = 8 << 20;
/// To connect may take so long.
const CONNECT: Duration = Duration::from_secs(5);

/// Whom to ask, and how.
#[derive(clap::Args)]
pub(super) struct ModelArgs {
    /// Ask a language model too: the address of a server that speaks OpenAI's protocol (http://127.0.0.1:8080/v1).
    /// What it proposes is kept only if its words stand in the text, and is weak
    #[arg(long = "model", value_name = "URL")]
    pub(super) url: Option<String>,
    /// Which model the server is asked for
    #[arg(long = "model-name", value_name = "NAME", default_value = "default", requires = "url")]
    name: String,
    /// How long to wait for the model, in seconds
    #[arg(long = "model-time", value_name = "SECONDS", default_value_t = 300, requires = "url",
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    time: u64,
    /// Let the model be on another machine: the text is sent there
    #[arg(long, requires = "url")]
    allow_remote: bool,
}

/// Whether the host is this machine, by its name alone: nothing is looked up.
fn is_here(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The address to ask at.
fn address(args: &ModelArgs, url: &str) -> Result<String, Refusal> {
    let wrong = |why: &str, todo: &str| {
        Err(Refusal::usage_with(format!("`{url}` is no address of a model: {why}"), todo))
    };
    let Ok(uri) = url.parse::<Uri>() else {
        return wrong("it cannot be read", "write it as http://127.0.0.1:8080/v1");
    };
    match uri.scheme_str() {
        Some("http") => {}
        Some("https") => {
            return wrong(
                "https is not built in",
                "run the model on this machine, or a forwarder on this machine that speaks https to it, and name that",
            );
        }
        _ => return wrong("it does not begin with http://", "write it as http://127.0.0.1:8080/v1"),
    }
    let host = uri.host().unwrap_or_default();
    if uri.authority().is_some_and(|whole| whole.as_str().contains('@')) {
        return wrong("it names a user", "leave out what stands before the @");
    }
    if !args.allow_remote && !is_here(host) {
        return wrong(
            &format!("`{host}` is another machine, and the text would be sent there"),
            "say --allow-remote if that is meant, or run the model on this machine",
        );
    }
    let base = url.trim_end_matches('/');
    Ok(if base.ends_with("/chat/completions") { base.to_owned() } else { format!("{base}/chat/completions") })
}

/// Asks the model, and takes what it proposes beside what the rules found.
pub(super) fn ask(args: &ModelArgs, url: &str, reading: &mut Reading, text: &str) -> Result<(), Refusal> {
    let address = address(args, url)?;
    let failed = |why: String| Refusal::Wrong(format!("the model at {address} was asked in vain: {why}"));
    let [rules, sentences] = model::question(reading);
    if sentences.len() > MOST_SENT {
        return Err(failed(format!(
            "the text has more than {} KiB, and that is how much is sent: take a part of it",
            MOST_SENT >> 10
        )));
    }
    let body = json!({
        "model": args.name,
        "stream": false,
        "temperature": 0,
        "messages": [{"role": "system", "content": rules}, {"role": "user", "content": sentences}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "proposals", "strict": true, "schema": model::schema()},
        },
    });
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(args.time)))
        .timeout_connect(Some(CONNECT))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .proxy(None)
        .build()
        .into();
    let in_words = |error: ureq::Error| match error {
        ureq::Error::Timeout(_) if args.time == 1 => "it took longer than 1 second (--model-time)".to_owned(),
        ureq::Error::Timeout(_) => format!("it took longer than {} seconds (--model-time)", args.time),
        ureq::Error::BodyExceedsLimit(_) => format!("its answer is larger than {} MiB", MOST_ANSWER >> 20),
        ureq::Error::Io(error) => crate::system::reason(&error),
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        ureq::Error::ConnectionFailed => "nobody answers there: is the server running?".to_owned(),
        other => format!("{other}"),
    };
    let answer = agent.post(&address).header("content-type", "application/json").send(body.to_string());
    let mut answer = answer.map_err(|error| failed(in_words(error)))?;
    let status = answer.status();
    if status.is_redirection() {
        let to =
            answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or("another address");
        let to: String = to.chars().filter(|c| !detente_case::steers(*c)).take(200).collect();
        return Err(failed(format!(
            "it sends on to `{to}`, and nothing is sent there; name that address if it is meant"
        )));
    }
    let bytes = answer
        .body_mut()
        .with_config()
        .limit(MOST_ANSWER)
        .read_to_vec()
        .map_err(|error| failed(in_words(error)))?;
    if !status.is_success() {
        let said = String::from_utf8_lossy(&bytes);
        let said: String = said.chars().filter(|c| !detente_case::steers(*c)).take(200).collect();
        return Err(failed(format!("it answers with status {}: {said}", status.as_u16())));
    }
    let said: Value =
        serde_json::from_slice(&bytes).map_err(|_| failed("its answer is no JSON".to_owned()))?;
    let content = said.pointer("/choices/0/message/content").and_then(Value::as_str);
    let content = content.ok_or_else(|| {
        failed("its answer is none of a chat: it has no choices[0].message.content".to_owned())
    })?;
    let name = match args.name.as_str() {
        "default" => said.get("model").and_then(Value::as_str).unwrap_or("default"),
        name => name,
    };
    model::take(reading, text, content, name).map_err(|why| failed(why.0))
}
