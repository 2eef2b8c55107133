//! The built page and the guide, inside the binary.

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::guide;

#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Dist;

/// A file of the page. Every address that is no file and no API gives the page itself:
/// views are in the address.
pub(crate) async fn asset(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    // Browsers ask for this name before they have read the page's own.
    let icon = (path == "favicon.ico").then(|| Dist::iter().find(|name| name.starts_with("assets/icon-")));
    let path = icon.as_ref().and_then(Option::as_deref).unwrap_or(path);
    let wants_file =
        path.starts_with("assets/") || path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let (name, file) = match Dist::get(path) {
        Some(file) if !path.is_empty() => (path, file),
        _ if wants_file => return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
        _ => match Dist::get("index.html") {
            Some(file) => ("index.html", file),
            None => return (StatusCode::NOT_FOUND, "The page is not built in.\n").into_response(),
        },
    };
    let tag = format!("\"{}\"", blake3::Hash::from_bytes(file.metadata.sha256_hash()).to_hex());
    if unchanged(&headers, &tag) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    // Names under assets/ carry their hash; the page itself is asked for again each time.
    let cache = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = file.metadata.mimetype().to_owned();
    let mut answer = (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache.to_owned()), (header::ETAG, tag)],
        file.data,
    )
        .into_response();
    let link = if uri.path() == "/" && uri.query().is_none() {
        // Home asks for the list of cases first of all.
        Some(HeaderValue::from_static("</api/v1/cases>; rel=preload; as=fetch; crossorigin"))
    } else {
        uri.query().filter(|_| name == "index.html").and_then(opening)
    };
    if let Some(link) = link {
        answer.headers_mut().insert(header::LINK, link);
    }
    answer
}

/// A file of the guide.
pub(crate) async fn guide(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().strip_prefix("/guide/").filter(|path| !path.is_empty()).unwrap_or("index.html");
    let Some(file) = guide::files().get(path) else {
        return (StatusCode::NOT_FOUND, "The guide has no such page: it begins at /guide/.\n")
            .into_response();
    };
    let tag = format!("\"{}\"", blake3::hash(&file.bytes).to_hex());
    if unchanged(&headers, &tag) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let heads =
        [(header::CONTENT_TYPE, file.kind), (header::CACHE_CONTROL, "no-cache"), (header::ETAG, &tag)];
    (heads, file.bytes.as_slice()).into_response()
}

/// Whether the browser has the file with this tag already.
fn unchanged(headers: &HeaderMap, tag: &str) -> bool {
    headers.get(header::IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == tag.as_bytes())
}

/// For an address with a case: that the browser asks for the case while it still reads the script. The address is
/// the one that the script asks for (`client.open`), letter by letter.
fn opening(query: &str) -> Option<HeaderValue> {
    let case = query.split('&').find_map(|pair| pair.strip_prefix("case="))?;
    let plain = |c: u8| c.is_ascii_alphanumeric() || b"%+-._~*".contains(&c);
    if case.is_empty() || !case.bytes().all(plain) {
        return None;
    }
    HeaderValue::from_str(&format!("</api/v1/open?path={case}>; rel=preload; as=fetch; crossorigin")).ok()
}
