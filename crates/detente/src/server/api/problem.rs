//! What went wrong with a request, in a sentence and a code.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

use crate::server::folder::FolderError;

/// The body of every answer that is not a success.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// Stable: `outside`, `not_written`, `missing`, `too_long`, `exists`, `read_only`, `no_file`, `moved`, `io`,
    /// `bad_request`, `stale`, `otherwise`, `token`, `foreign`, `method`, `late`, `busy`, `internal`.
    pub(crate) code: &'static str,
    /// For the reader.
    pub(crate) message: String,
    /// Of `stale` and `otherwise`: the revision that the text has now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<String>,
    #[serde(skip)]
    status: u16,
}

impl Problem {
    /// The request does not fit.
    pub(crate) fn bad_request(message: impl ToString) -> Self {
        Self { code: "bad_request", message: message.to_string(), revision: None, status: 400 }
    }

    /// A change that was made of another text than the one that it is for, which is at `revision`.
    pub(crate) fn stale(revision: String) -> Self {
        let message = "the text was changed since the form was made: nothing was changed here; look again, and make the \
                       change again where it still fits";
        Self { code: "stale", message: message.to_owned(), revision: Some(revision), status: 409 }
    }

    /// A change of something that is not what it was.
    pub(crate) fn otherwise(message: impl ToString, revision: String) -> Self {
        Self { code: "otherwise", message: message.to_string(), revision: Some(revision), status: 409 }
    }

    /// Too many at once.
    pub(crate) fn busy(message: impl ToString) -> Self {
        Self { code: "busy", message: message.to_string(), revision: None, status: 503 }
    }

    /// What another layer refused with this status, in its words.
    pub(crate) fn of_status(status: StatusCode, words: &str) -> Self {
        let code = match status {
            StatusCode::UNAUTHORIZED => "token",
            StatusCode::FORBIDDEN | StatusCode::MISDIRECTED_REQUEST => "foreign",
            StatusCode::NOT_FOUND => "missing",
            StatusCode::METHOD_NOT_ALLOWED => "method",
            StatusCode::REQUEST_TIMEOUT => "late",
            StatusCode::PAYLOAD_TOO_LARGE => "too_long",
            status if status.is_client_error() => "bad_request",
            _ => "internal",
        };
        let words = if words.is_empty() { status.canonical_reason().unwrap_or("refused") } else { words };
        Self { code, message: words.to_owned(), revision: None, status: status.as_u16() }
    }

    /// A fault of the program.
    pub(crate) fn internal(message: impl ToString) -> Self {
        Self { code: "internal", message: message.to_string(), revision: None, status: 500 }
    }
}

impl From<FolderError> for Problem {
    fn from(error: FolderError) -> Self {
        let (code, status) = match &error {
            FolderError::Outside(_) => ("outside", 403),
            FolderError::NotWritten(_) => ("not_written", 403),
            FolderError::Missing(_) => ("missing", 404),
            FolderError::TooLong(_) => ("too_long", 413),
            FolderError::Changed(_) => ("changed", 409),
            FolderError::Exists(_) => ("exists", 409),
            FolderError::ReadOnly(_) => ("read_only", 403),
            FolderError::NoFile(_) => ("no_file", 409),
            FolderError::Moved(_) => ("moved", 409),
            FolderError::Io { .. } => ("io", 500),
        };
        Self { code, message: error.to_string(), revision: None, status }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self)).into_response()
    }
}
