//! One value of a call or of a programme that differs.

use serde::Serialize;

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Difference {
    /// Its stable name; in a programme the path, with entries of a list by their key:
    /// `sections[basic].fields[name].required`.
    pub key: String,
    /// Where it stands, in the words of the page; empty where the key says it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// As it was, in words; none if it was not there.
    pub before: Option<String>,
    /// As it is, in words; none if it is gone.
    pub after: Option<String>,
}
