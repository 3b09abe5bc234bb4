//! Passwords, tokens and one-time codes; knows nothing of the database or of HTTP.

pub mod common;
pub mod password;
pub mod token;
pub mod totp;
