//! [`Error`] as `application/problem+json` (RFC 9457) with a stable code.

use crate::domain::language::Language;
use crate::domain::meanwhile::{Change, Difference, Meanwhile};
use crate::error::Error;
use crate::web::page::{log, sentence};
use crate::web::watched::mark;
use crate::words::Words;
use actix_web::http::StatusCode;
use actix_web::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

/// One field that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// Where: `cases[0].amount`.
    pub path: String,
    /// Stable.
    pub code: String,
    /// In the caller's language.
    pub message: String,
}

/// Why a request did not succeed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemDocument {
    /// A sentence that a person can act on.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable for ever.
    pub code: String,
    /// What could not be read and where, for whoever writes the program that calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Field by field, when the body was wrong.
    pub fields: Vec<FieldProblem>,
    /// Where the caller acted upon an older version: the one that the thing has by now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_version: Option<i32>,
    /// With it: the state that it was in and the one that it is in by now, where something has moved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateMoved>,
    /// With it: what was done since, oldest first, as far as the caller is told of it; the newest 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<Change>>,
    /// With it: what was sent and stands otherwise by now, where the two can be compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differences: Option<Vec<Difference>>,
}

/// From where to where something was moved meanwhile.
#[derive(Debug, Serialize, ToSchema)]
pub struct StateMoved {
    /// Before what was done; none where the record does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<String>,
    /// By now.
    pub now: String,
}

impl StateMoved {
    fn of(meanwhile: &Meanwhile) -> Option<StateMoved> {
        let (then, now) = meanwhile.states()?;
        Some(StateMoved { then: then.map(Into::into), now: now.into() })
    }
}

impl ProblemDocument {
    /// As it is sent.
    pub fn as_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// An [`Error`] on its way to a program.
#[derive(Debug)]
pub struct Failed(pub Error);

impl<E: Into<Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        Failed(error.into())
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Failed {
    /// The document in a language.
    pub fn document(&self, language: Language) -> ProblemDocument {
        let language = language.as_text();
        let meanwhile = self.0.meanwhile();
        let fields = match &self.0 {
            Error::Invalid(problems) => problems
                .iter()
                .map(|p| FieldProblem {
                    path: p.path.clone(),
                    code: p.code.to_string(),
                    message: Words.problem(language, p),
                })
                .collect(),
            _ => Vec::new(),
        };
        ProblemDocument {
            title: match &self.0 {
                Error::Malformed(_) => Words.say(language, "problem-malformed"),
                // A program keeps what it sent itself.
                Error::Busy(_) => Words.say(language, "failure-busy"),
                other => sentence(other, language),
            },
            status: self.0.status().as_u16(),
            code: self.0.code().into(),
            detail: match &self.0 {
                Error::Malformed(why) | Error::TooSlow(why) => Some(why.clone()),
                Error::UnsupportedType(taken) => Some(format!("Content-Type: {taken}")),
                _ => None,
            },
            fields,
            current_version: meanwhile.map(|meanwhile| meanwhile.version),
            state: meanwhile.and_then(StateMoved::of),
            changes: meanwhile.map(|meanwhile| meanwhile.changes.clone()),
            differences: meanwhile.map(|found| found.differences.iter().map(|one| one.difference.clone()).collect()),
        }
    }
}

impl ResponseError for Failed {
    fn status_code(&self) -> StatusCode {
        self.0.status()
    }

    fn error_response(&self) -> HttpResponse {
        log(&self.0);
        let mut response = HttpResponse::build(self.0.status());
        if matches!(self.0, Error::Unauthenticated) {
            response.insert_header((WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(seconds) = self.0.retry_after() {
            response.insert_header((RETRY_AFTER, seconds));
        }
        let mut answer = response.content_type("application/problem+json").json(self.document(Language::default()));
        mark(&mut answer, &self.0);
        answer
    }
}
