//! The one error of a request; where it is rendered decides how (HTML or problem+json).

use crate::db::StoreError;
use crate::domain::form::Problem;
use crate::domain::meanwhile::Meanwhile;
use crate::domain::refusal::{Refusal, RefusalKind};
use actix_multipart::MultipartError;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;

/// Why a request did not succeed.
#[derive(Debug)]
pub enum Error {
    /// A rule says no.
    Refused(Refusal),
    /// What was sent is wrong, field by field.
    Invalid(Vec<Problem>),
    /// It does not exist, or the actor may not know that it does.
    NotFound,
    /// Somebody changed it meanwhile. Told with what they did, it is a refusal with the same code.
    Stale,
    /// Nobody is signed in, or the session has ended.
    Unauthenticated,
    /// What was sent cannot be read at all.
    Malformed(String),
    /// The body is of another content type than the one that is taken here, which this names.
    UnsupportedType(&'static str),
    /// The body came too slowly to be waited for.
    TooSlow(String),
    /// The database or the disk is busy or away; trying again may help.
    Busy(String),
    /// Everything else: nothing outside, everything in the log.
    Internal(anyhow::Error),
}

impl Error {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Error::Refused(refusal) => match refusal.kind {
                RefusalKind::Forbidden => StatusCode::FORBIDDEN,
                RefusalKind::Conflict => StatusCode::CONFLICT,
                RefusalKind::Unacceptable => StatusCode::UNPROCESSABLE_ENTITY,
                RefusalKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            },
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Stale => StatusCode::CONFLICT,
            Error::Unauthenticated => StatusCode::UNAUTHORIZED,
            Error::Malformed(_) => StatusCode::BAD_REQUEST,
            Error::UnsupportedType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Error::TooSlow(_) => StatusCode::REQUEST_TIMEOUT,
            Error::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Refused(refusal) => refusal.code,
            Error::Invalid(_) => "invalid",
            Error::NotFound => "not_found",
            Error::Stale => "stale",
            Error::Unauthenticated => "unauthenticated",
            Error::Malformed(_) => "malformed",
            Error::UnsupportedType(_) => "unsupported_type",
            Error::TooSlow(_) => "too_slow",
            Error::Busy(_) => "busy",
            Error::Internal(_) => "internal",
        }
    }

    /// The seconds after which trying again may help, where that is known.
    pub fn retry_after(&self) -> Option<&str> {
        match self {
            Error::Busy(_) => Some("2"),
            Error::Refused(refusal) => refusal.args.get("seconds").map(String::as_str),
            _ => None,
        }
    }

    /// What became of the thing meanwhile, where that is why.
    pub fn meanwhile(&self) -> Option<&Meanwhile> {
        match self {
            Error::Refused(refusal) => refusal.meanwhile.as_deref(),
            _ => None,
        }
    }

    /// One field that is wrong.
    pub fn field(path: &str, code: &str) -> Error {
        Error::Invalid(vec![Problem::new(path, code)])
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(refusal)
    }
}

/// What PostgreSQL says (40P01, 55P03) where diesel keeps no code of it; a server that speaks another language is not
/// understood.
const UNDONE_BY_THE_SERVER: [&str; 2] = ["deadlock detected", "canceling statement due to lock timeout"];

/// How SQLite begins what it says of a file that is no database any more, or another one, or cannot be read; diesel keeps
/// no code of it. The program itself asks for no table that its schema has not.
const FILE_IN_TROUBLE: [&str; 5] = [
    "file is not a database",
    "database disk image is malformed",
    "no such table: ",
    "disk I/O error",
    "unable to open database file",
];

fn is_away(why: &str) -> bool {
    FILE_IN_TROUBLE.iter().any(|begin| why.starts_with(begin))
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error as Query};
        match error {
            Query::NotFound => Error::NotFound,
            // The connection is lost, not the request: trying again gets another one.
            Query::DatabaseError(Kind::ClosedConnection | Kind::UnableToSendCommand, why) => {
                Error::Busy(why.message().into())
            }
            // Two waited for each other, or one for too long; PostgreSQL has undone all of this one's work.
            Query::DatabaseError(Kind::SerializationFailure, why) => Error::Busy(why.message().into()),
            Query::DatabaseError(_, why) if UNDONE_BY_THE_SERVER.contains(&why.message()) => {
                Error::Busy(why.message().into())
            }
            Query::DatabaseError(Kind::Unknown, why) if is_away(why.message()) => {
                // The next try may reach a sound file; whoever runs the service must hear of it at the first.
                tracing::error!("the database's file is in trouble: {}", why.message());
                Error::Busy(why.message().into())
            }
            Query::BrokenTransactionManager => Error::Busy("the transaction was cut off".into()),
            other => Error::Internal(other.into()),
        }
    }
}

impl From<PayloadError> for Error {
    fn from(error: PayloadError) -> Self {
        match error {
            PayloadError::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
                Error::TooSlow(error.to_string())
            }
            // Cut off, or no body at all as the head said it would be.
            other => Error::Malformed(other.to_string()),
        }
    }
}

impl From<MultipartError> for Error {
    fn from(error: MultipartError) -> Self {
        match error {
            MultipartError::Payload(error) => error.into(),
            other => Error::Malformed(other.to_string()),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Query(error) => error.into(),
            StoreError::Busy(why) => Error::Busy(why),
            StoreError::Panicked => Error::Internal(anyhow::anyhow!("the work panicked")),
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Error::Internal(error)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Refused(refusal) => write!(f, "{} {:?}", refusal.code, refusal.args),
            Error::Invalid(problems) => {
                let said = |problem: &Problem| format!("{}: {}", problem.path, problem.code);
                write!(f, "invalid: {}", problems.iter().map(said).collect::<Vec<_>>().join("; "))
            }
            Error::Malformed(why) | Error::TooSlow(why) | Error::Busy(why) => write!(f, "{}: {why}", self.code()),
            Error::Internal(source) => write!(f, "internal: {source:#}"),
            _ => f.write_str(self.code()),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::{Error, MultipartError, PayloadError};
    use diesel::result::{DatabaseErrorKind as Kind, Error as Query};

    #[test]
    fn a_body_that_is_slow_is_told_from_one_that_is_broken_also_in_parts() {
        let late = || PayloadError::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, "slow"));
        assert_eq!(Error::from(late()).code(), "too_slow");
        assert_eq!(Error::from(MultipartError::Payload(late())).code(), "too_slow");
        assert_eq!(Error::from(PayloadError::Overflow).code(), "malformed");
        assert_eq!(Error::from(MultipartError::Payload(PayloadError::Overflow)).code(), "malformed");
    }

    #[test]
    fn what_the_server_undid_may_be_tried_again_and_what_is_wrong_may_not() {
        let told = |kind: Kind, why: &str| Error::from(Query::DatabaseError(kind, Box::new(why.to_string()))).code();
        assert_eq!(told(Kind::SerializationFailure, "could not serialize access"), "busy");
        assert_eq!(told(Kind::Unknown, "deadlock detected"), "busy");
        assert_eq!(told(Kind::Unknown, "canceling statement due to lock timeout"), "busy");
        for why in ["file is not a database", "database disk image is malformed", "no such table: counters"] {
            assert_eq!(told(Kind::Unknown, why), "busy", "{why}");
        }
        assert_eq!(told(Kind::Unknown, "syntax error"), "internal");
        assert_eq!(told(Kind::UniqueViolation, "duplicate key"), "internal");
    }
}
