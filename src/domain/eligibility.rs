//! What the screening asks of form and documents: typed rules from the programme, and what the machine finds.
//!
//! A finding names the figure and the threshold, and never decides: the officer's own finding stands beside it.

mod check;
mod finding;

use serde::{Deserialize, Serialize};

use super::names::Names;

pub use check::Check;
pub use finding::{Detail, Facts, Finding, Outcome, counted, documents_missing, findings, is_wanted};

/// One rule of a programme's eligibility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EligibilityRule {
    /// Stable key.
    pub key: String,
    /// What it asks.
    pub names: Names,
    /// Where it comes from: a policy, an article, or that it is a proposal.
    pub basis: Names,
    /// The test.
    pub check: Check,
}
