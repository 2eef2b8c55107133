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
    /// Stable: `outside`, `missing`, `too_long`, `exists`, `io`, `bad_request`, `internal`.
    pub(crate) code: &'static str,
    /// For the reader.
    pub(crate) message: String,
    #[serde(skip)]
    status: u16,
}

impl Problem {
    /// The request does not fit.
    pub(crate) fn bad_request(message: impl ToString) -> Self {
        Self { code: "bad_request", message: message.to_string(), status: 400 }
    }

    /// A fault of the program.
    pub(crate) fn internal(message: impl ToString) -> Self {
        Self { code: "internal", message: message.to_string(), status: 500 }
    }
}

impl From<FolderError> for Problem {
    fn from(error: FolderError) -> Self {
        let (code, status) = match &error {
            FolderError::Outside(_) => ("outside", 403),
            FolderError::Missing(_) => ("missing", 404),
            FolderError::TooLong => ("too_long", 413),
            FolderError::Changed(_) => ("changed", 409),
            FolderError::Exists(_) => ("exists", 409),
            FolderError::Io(_) => ("io", 500),
        };
        Self { code, message: error.to_string(), status }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self)).into_response()
    }
}
