//! Who may talk to the workbench: the browser on this machine, and nobody else.
//!
//! * `Host` must name this server, so that a foreign name that resolves to this machine
//!   (DNS rebinding) is refused.
//! * `Origin` and `Sec-Fetch-Site`, where the browser sends them, must say that the page is ours.
//! * What changes anything is a POST of JSON: a form of another site cannot send that.
//! * Beyond this machine (`--host`) every request carries the token.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// Everything the page needs is its own; nothing inline, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
                      font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const COOKIE: &str = "detente-token";

/// What is let in.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    address: SocketAddr,
    /// A host name that the user gave with `--host`.
    name: Option<String>,
    token: Option<String>,
}

impl Guard {
    /// For a server bound to `address`; `token` is asked for when it is not loopback.
    pub(crate) fn new(address: SocketAddr, name: Option<String>, token: Option<String>) -> Self {
        Self { address, name, token }
    }

    /// Whether `host` (a `Host` header) names this server.
    fn knows(&self, host: &str) -> bool {
        let port = self.address.port();
        let Some(name) = host.strip_suffix(&format!(":{port}")).or((port == 80).then_some(host)) else {
            return false;
        };
        let literal = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match literal {
            Ok(ip) if self.address.ip().is_unspecified() => ip.is_loopback() || self.token.is_some(),
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
        let Some(token) = &self.token else { return true };
        let bearer = headers
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.strip_prefix("Bearer "));
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        let cookie = cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == COOKIE)
            .map(|(_, value)| value);
        [bearer, cookie].into_iter().flatten().any(|given| same(given, token))
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
        if !self.has_token(headers) {
            if let Some(answer) = self.admit(request) {
                return Some(answer);
            }
            return refuse(
                StatusCode::UNAUTHORIZED,
                "Open the address with the token that the server printed when it started.\n",
            );
        }
        None
    }

    /// `/?token=…` from the printed address: the token moves into a cookie.
    fn admit(&self, request: &Request) -> Option<Response> {
        let token = self.token.as_ref()?;
        let given = request.uri().query()?.strip_prefix("token=")?;
        if request.uri().path() != "/" || !same(given, token) {
            return None;
        }
        let mut answer = Redirect::to("/").into_response();
        let cookie = format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/");
        answer.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_str(&cookie).ok()?);
        Some(answer)
    }
}

/// Compares without telling by its time where two texts differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (x, y)| all | (x ^ y)) == 0
}

/// The middleware: refuses what is not ours, and sends the security headers with every answer.
pub(crate) async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let mut answer = match guard.refusal(&request) {
        Some(refused) => refused,
        None => next.run(request).await,
    };
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

    #[test]
    fn only_this_machine_and_this_page() {
        let guard = Guard::new("127.0.0.1:4711".parse().unwrap(), None, None);
        let json = ("content-type", "application/json");
        assert_eq!(status(&guard, "GET", "/", &[("host", "127.0.0.1:4711")]), None);
        assert_eq!(status(&guard, "GET", "/", &[("host", "localhost:4711")]), None);
        assert_eq!(status(&guard, "GET", "/", &[]), Some(421));
        for foreign in
            ["evil.example:4711", "127.0.0.1:80", "10.0.0.1:4711", "localhost.evil.example:4711", "127.0.0.1"]
        {
            assert_eq!(status(&guard, "GET", "/", &[("host", foreign)]), Some(421), "{foreign}");
        }
        let ours = ("host", "localhost:4711");
        assert_eq!(status(&guard, "POST", "/api", &[ours, json, ("origin", "http://localhost:4711")]), None);
        for origin in ["http://evil.example", "null", "https://localhost:4711", "http://localhost:4712"] {
            assert_eq!(
                status(&guard, "POST", "/api", &[ours, json, ("origin", origin)]),
                Some(403),
                "{origin}"
            );
        }
        assert_eq!(
            status(&guard, "POST", "/api", &[ours, json, ("sec-fetch-site", "cross-site")]),
            Some(403)
        );
        assert_eq!(status(&guard, "GET", "/api", &[ours, ("sec-fetch-site", "cross-site")]), Some(403));
        assert_eq!(status(&guard, "POST", "/api", &[ours, ("content-type", "text/plain")]), Some(415));
        assert_eq!(status(&guard, "DELETE", "/api", &[ours, json]), Some(405));
    }

    #[test]
    fn beyond_this_machine_the_token_is_asked_for() {
        let guard = Guard::new("0.0.0.0:80".parse().unwrap(), None, Some("s3cret".into()));
        let host = ("host", "192.0.2.7");
        assert_eq!(status(&guard, "GET", "/", &[host]), Some(401));
        assert_eq!(status(&guard, "GET", "/?token=wrong!", &[host]), Some(401));
        assert_eq!(status(&guard, "GET", "/?token=s3cret", &[host]), Some(303));
        assert_eq!(status(&guard, "GET", "/x", &[host, ("cookie", "a=b; detente-token=s3cret")]), None);
        assert_eq!(status(&guard, "GET", "/x", &[host, ("authorization", "Bearer s3cret")]), None);
        assert_eq!(
            status(&guard, "GET", "/x", &[("host", "evil.example"), ("authorization", "Bearer s3cret")]),
            Some(421)
        );
    }
}
