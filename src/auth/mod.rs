//! Passwords and tokens; knows nothing of the database or of HTTP.

pub mod password;
pub mod token;
