//! Why the answer is no.

use super::meanwhile::Meanwhile;
use std::collections::BTreeMap;

/// What kind of no: decides the HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// You may see it, not do it (403).
    Forbidden,
    /// Not in this state, or somebody was faster (409).
    Conflict,
    /// What was sent does not meet a rule (422).
    Unacceptable,
    /// Too often, come back later (429).
    TooMany,
}

/// A refusal: a stable code, and what its sentence needs. The sentence is in the locale files under `refusal-<code>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable for ever; underscores between words.
    pub code: &'static str,
    /// Which kind.
    pub kind: RefusalKind,
    /// What the sentence names: limits, dates, states.
    pub args: BTreeMap<&'static str, String>,
    /// What was done by others since the refused one looked, where that is why.
    pub meanwhile: Option<Box<Meanwhile>>,
}

impl Refusal {
    fn of(code: &'static str, kind: RefusalKind) -> Refusal {
        Refusal { code, kind, args: BTreeMap::new(), meanwhile: None }
    }

    /// You may see it, not do it.
    pub fn forbidden(code: &'static str) -> Refusal {
        Refusal::of(code, RefusalKind::Forbidden)
    }

    /// Not in this state, or somebody was faster.
    pub fn conflict(code: &'static str) -> Refusal {
        Refusal::of(code, RefusalKind::Conflict)
    }

    /// What was sent does not meet a rule.
    pub fn unacceptable(code: &'static str) -> Refusal {
        Refusal::of(code, RefusalKind::Unacceptable)
    }

    /// Too often.
    pub fn too_many(code: &'static str) -> Refusal {
        Refusal::of(code, RefusalKind::TooMany)
    }

    /// Adds what the sentence names.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Refusal {
        self.args.insert(name, value.to_string());
        self
    }
}
