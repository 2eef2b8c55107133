//! Who may talk to the workbench: the browser of whoever started it, and nobody else.
//!
//! * `Host` must name this server, so that a foreign name that resolves to this machine
//!   (DNS rebinding) is refused.
//! * `Origin` and `Sec-Fetch-Site`, where the browser sends them, must say that the page is ours.
//! * What changes anything is a POST of JSON: a form of another site cannot send that.
//! * Every request carries the token, also on this machine: others may be logged in to it. The address
//!   that is printed, `/?token=…`, moves it into a cookie, as often as it is opened. The cookie's name is the
//!   folder's, so that two servers do not log each other out: cookies know no ports.
//! * A body arrives whole within [`BODY_TIME`] before anything is done with it.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::api::Problem;

/// Everything the page needs is its own; nothing inline, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
                      font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// How long the body of a request may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(60);
/// How long a browser keeps the cookie: opening the printed address begins anew.
const COOKIE_SECONDS: u64 = 30 * 24 * 3600;
/// How long the pass for the browser that the server opens itself may be used, once.
const PASS_TIME: Duration = Duration::from_secs(60);
/// The longest answer of another layer that is told as a [`Problem`].
const LONGEST_REFUSAL: usize = 64 << 10;

/// What is let in.
#[derive(Debug)]
pub(crate) struct Guard {
    address: SocketAddr,
    /// A host name that the user gave with `--host`.
    name: Option<String>,
    token: String,
    /// The name of the cookie that holds the token.
    cookie: String,
    /// Admits once instead of the token: what starts a browser shows its arguments to everybody on this machine.
    pass: Mutex<Option<(String, Instant)>>,
}

impl Guard {
    /// For a server bound to `address` that serves the folder of this `key`.
    pub(crate) fn new(address: SocketAddr, name: Option<String>, token: String, key: &str) -> Self {
        Self { address, name, token, cookie: format!("detente-{key}"), pass: Mutex::new(None) }
    }

    /// Lets in whoever brings `pass` first, for a minute.
    pub(crate) fn admit_once(&self, pass: String) {
        *self.pass.lock().unwrap_or_else(PoisonError::into_inner) = Some((pass, Instant::now()));
    }

    /// Whether `host` (a `Host` header) names this server.
    fn knows(&self, host: &str) -> bool {
        let port = self.address.port();
        let Some(name) = host.strip_suffix(&format!(":{port}")).or((port == 80).then_some(host)) else {
            return false;
        };
        let literal = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match literal {
            // On all addresses: a number cannot be another's name for this machine.
            Ok(_) if self.address.ip().is_unspecified() => true,
            Ok(ip) => ip == self.address.ip() || ip.is_loopback() && self.address.ip().is_loopback(),
            Err(_) => {
                name == "localhost" && (self.address.ip().is_loopback() || self.address.ip().is_unspecified())
                    || self.name.as_deref() == Some(name)
            }
        }
    }

    fn origin_is_ours(&self, headers: &HeaderMap) -> bool {
        let ours = match headers.get(header::ORIGIN).map(HeaderValue::to_str) {
            None => true,
            Some(Ok(origin)) => origin.strip_prefix("http://").is_some_and(|host| self.knows(host)),
            Some(Err(_)) => false,
        };
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        ours && matches!(site, None | Some(b"same-origin" | b"none"))
    }

    fn has_token(&self, headers: &HeaderMap) -> bool {
        let bearer = headers
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.strip_prefix("Bearer "));
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        let cookie = cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.cookie)
            .map(|(_, value)| value);
        [bearer, cookie].into_iter().flatten().any(|given| same(given, &self.token))
    }

    /// The answer to a request that is not let in.
    fn refusal(&self, request: &Request) -> Option<Response> {
        let headers = request.headers();
        let refuse = |status: StatusCode, why: &'static str| Some((status, why).into_response());
        let host = headers.get(header::HOST).and_then(|v| v.to_str().ok());
        if !host.is_some_and(|host| self.knows(host)) {
            return refuse(
                StatusCode::MISDIRECTED_REQUEST,
                "This server answers under its own address only.\n",
            );
        }
        let reading = matches!(*request.method(), Method::GET | Method::HEAD);
        let navigating = reading && headers.get("sec-fetch-mode").is_some_and(|v| v == "navigate");
        if !navigating && !self.origin_is_ours(headers) {
            return refuse(StatusCode::FORBIDDEN, "Requests from other sites are refused.\n");
        }
        if !reading {
            if request.method() != Method::POST {
                return refuse(StatusCode::METHOD_NOT_ALLOWED, "Only GET and POST are answered.\n");
            }
            let json = headers
                .get(header::CONTENT_TYPE)
                .is_some_and(|v| v.as_bytes().starts_with(b"application/json"));
            if !json {
                return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send JSON.\n");
            }
        }
        if let Some(answer) = self.admit(request) {
            return Some(answer);
        }
        if !self.has_token(headers) {
            return refuse(
                StatusCode::UNAUTHORIZED,
                "This workbench opens with its token: open the address that `detente serve` printed when it \
                 started (it ends in ?token=…) in this browser. It can be opened as often as you like.\n",
            );
        }
        None
    }

    /// `?token=…` in an address of the page: the token moves into a cookie, and out of the address.
    fn admit(&self, request: &Request) -> Option<Response> {
        let uri = request.uri();
        let given = |key: &str| parts(uri).find_map(|part| part.strip_prefix(key));
        if uri.path().starts_with("/api/") || request.method() != Method::GET {
            return None;
        }
        let token = given("token=").is_some_and(|given| same(given, &self.token));
        if !token && !given("pass=").is_some_and(|given| self.passes(given)) {
            return None;
        }
        let mut answer = Redirect::to(&without_token(uri)).into_response();
        let cookie = format!(
            "{}={}; HttpOnly; SameSite=Strict; Path=/; Max-Age={COOKIE_SECONDS}",
            self.cookie, self.token
        );
        answer.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_str(&cookie).ok()?);
        Some(answer)
    }

    /// Whether `given` is the pass; it is used up then.
    fn passes(&self, given: &str) -> bool {
        let mut pass = self.pass.lock().unwrap_or_else(PoisonError::into_inner);
        let fits =
            pass.as_ref().is_some_and(|(pass, since)| since.elapsed() < PASS_TIME && same(given, pass));
        if fits {
            *pass = None;
        }
        fits
    }
}

/// The parts of the query.
fn parts(uri: &Uri) -> impl Iterator<Item = &str> {
    uri.query().into_iter().flat_map(|query| query.split('&')).filter(|part| !part.is_empty())
}

/// The address on this server without what admits.
fn without_token(uri: &Uri) -> String {
    // Two slashes at the front would name another server.
    let path = uri.path().trim_start_matches(['/', '\\']);
    let rest: Vec<&str> =
        parts(uri).filter(|part| !part.starts_with("token=") && !part.starts_with("pass=")).collect();
    let mark = if rest.is_empty() { "" } else { "?" };
    format!("/{path}{mark}{}", rest.join("&"))
}

/// Compares without telling by its time where two texts differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (x, y)| all | (x ^ y)) == 0
}

/// The middleware: refuses what is not ours, waits for the body, tells each error of the API as a [`Problem`], and
/// sends the security headers with every answer.
pub(crate) async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let mut answer = match guard.refusal(&request) {
        Some(refused) => refused,
        None => match arrived(request).await {
            Ok(request) => next.run(request).await,
            Err(late) => late,
        },
    };
    if api {
        answer = as_problem(answer).await;
    }
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// The request with its body, when that arrives in time and is not too long.
async fn arrived(request: Request) -> Result<Request, Response> {
    let (head, body) = request.into_parts();
    match tokio::time::timeout(BODY_TIME, to_bytes(body, super::BODY_LIMIT)).await {
        Ok(Ok(bytes)) => Ok(Request::from_parts(head, Body::from(bytes))),
        Ok(Err(_)) => {
            let why = format!(
                "The request did not arrive whole, or is longer than {} MiB.\n",
                super::BODY_LIMIT >> 20
            );
            Err((StatusCode::PAYLOAD_TOO_LARGE, why).into_response())
        }
        Err(_) => {
            let why = format!("The request did not arrive within {} s.\n", BODY_TIME.as_secs());
            Err((StatusCode::REQUEST_TIMEOUT, why).into_response())
        }
    }
}

/// An error that another layer told in plain words, as a [`Problem`].
async fn as_problem(answer: Response) -> Response {
    let status = answer.status();
    let json = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|v| v.as_bytes().starts_with(b"application/json"));
    if json || !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    let words = to_bytes(answer.into_body(), LONGEST_REFUSAL).await.unwrap_or_default();
    Problem::of_status(status, String::from_utf8_lossy(&words).trim()).into_response()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn request(method: &str, uri: &str, headers: &[(&str, &str)]) -> Request {
        let mut builder = axum::http::Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        builder.body(axum::body::Body::empty()).unwrap()
    }

    fn status(guard: &Guard, method: &str, uri: &str, headers: &[(&str, &str)]) -> Option<u16> {
        guard.refusal(&request(method, uri, headers)).map(|r| r.status().as_u16())
    }

    fn guard(address: &str) -> Guard {
        Guard::new(address.parse().unwrap(), None, "s3cret".to_owned(), "k1")
    }

    #[test]
    fn only_this_machine_and_this_page() {
        let guard = guard("127.0.0.1:4711");
        let json = ("content-type", "application/json");
        let key = ("cookie", "detente-k1=s3cret");
        assert_eq!(status(&guard, "GET", "/", &[("host", "127.0.0.1:4711"), key]), None);
        assert_eq!(status(&guard, "GET", "/", &[("host", "localhost:4711"), key]), None);
        assert_eq!(status(&guard, "GET", "/", &[key]), Some(421));
        for foreign in
            ["evil.example:4711", "127.0.0.1:80", "10.0.0.1:4711", "localhost.evil.example:4711", "127.0.0.1"]
        {
            assert_eq!(status(&guard, "GET", "/", &[("host", foreign), key]), Some(421), "{foreign}");
        }
        let ours = ("host", "localhost:4711");
        assert_eq!(
            status(&guard, "POST", "/api", &[ours, json, key, ("origin", "http://localhost:4711")]),
            None
        );
        for origin in ["http://evil.example", "null", "https://localhost:4711", "http://localhost:4712"] {
            assert_eq!(
                status(&guard, "POST", "/api", &[ours, json, key, ("origin", origin)]),
                Some(403),
                "{origin}"
            );
        }
        assert_eq!(
            status(&guard, "POST", "/api", &[ours, json, key, ("sec-fetch-site", "cross-site")]),
            Some(403)
        );
        assert_eq!(status(&guard, "GET", "/api", &[ours, key, ("sec-fetch-site", "cross-site")]), Some(403));
        assert_eq!(status(&guard, "POST", "/api", &[ours, key, ("content-type", "text/plain")]), Some(415));
        assert_eq!(status(&guard, "DELETE", "/api", &[ours, key, json]), Some(405));
    }

    #[test]
    fn the_token_is_asked_for_on_every_address() {
        for (address, host) in [("0.0.0.0:80", "192.0.2.7"), ("127.0.0.1:4711", "127.0.0.1:4711")] {
            let guard = guard(address);
            let host = ("host", host);
            assert_eq!(status(&guard, "GET", "/", &[host]), Some(401));
            assert_eq!(status(&guard, "GET", "/?token=wrong!", &[host]), Some(401));
            assert_eq!(status(&guard, "GET", "/api/v1/cases?token=s3cret", &[host]), Some(401));
            for again in 0..3 {
                assert_eq!(status(&guard, "GET", "/?token=s3cret", &[host]), Some(303), "{again}");
            }
            // Another folder's cookie, on the same machine, is beside ours and not instead of it.
            let both = ("cookie", "detente-k2=other; detente-k1=s3cret");
            assert_eq!(status(&guard, "GET", "/x", &[host, both]), None);
            assert_eq!(status(&guard, "GET", "/x", &[host, ("cookie", "detente-k2=s3cret")]), Some(401));
            assert_eq!(status(&guard, "GET", "/x", &[host, ("authorization", "Bearer s3cret")]), None);
            assert_eq!(
                status(&guard, "GET", "/x", &[("host", "evil.example"), ("authorization", "Bearer s3cret")]),
                Some(421)
            );
        }
    }

    #[test]
    fn the_token_leaves_the_address_and_nothing_else_of_it() {
        let guard = guard("127.0.0.1:4711");
        let at = |uri: &str, more: &[(&str, &str)]| {
            let headers = [&[("host", "127.0.0.1:4711")], more].concat();
            let answer = guard.refusal(&request("GET", uri, &headers)).unwrap();
            let text = |name: HeaderName| answer.headers()[name].to_str().unwrap().to_owned();
            (text(header::LOCATION), text(header::SET_COOKIE))
        };
        assert_eq!(at("/?token=s3cret", &[]).0, "/");
        assert_eq!(at("/answer?case=a%2Fb&token=s3cret&x=1", &[]).0, "/answer?case=a%2Fb&x=1");
        assert_eq!(at("//evil.example/?token=s3cret", &[]).0, "/evil.example/");
        // Also for a browser that has the cookie already: the address is the same with it.
        let (place, cookie) = at("/?token=s3cret", &[("cookie", "detente-k1=s3cret")]);
        assert_eq!(place, "/");
        assert!(cookie.starts_with("detente-k1=s3cret; HttpOnly; SameSite=Strict"), "{cookie}");
    }

    #[test]
    fn a_pass_admits_once() {
        let guard = guard("127.0.0.1:4711");
        let host = ("host", "127.0.0.1:4711");
        assert_eq!(status(&guard, "GET", "/?pass=once", &[host]), Some(401));
        guard.admit_once("once".to_owned());
        assert_eq!(status(&guard, "GET", "/?pass=twice", &[host]), Some(401));
        assert_eq!(status(&guard, "GET", "/?pass=once", &[host]), Some(303));
        assert_eq!(status(&guard, "GET", "/?pass=once", &[host]), Some(401));
    }
}
