//! The test of a rule.

use serde::{Deserialize, Serialize};

/// A test over the form, the documents and the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Check {
    /// A figure reaches a threshold.
    AtLeast {
        /// A whole number, money, or a table by year.
        field: String,
        /// Of a table by year: the column, whose latest year counts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<String>,
        /// The threshold, in the field's own unit.
        value: i64,
    },
    /// A figure does not pass a threshold.
    AtMost {
        /// A whole number, money, or a table by year.
        field: String,
        /// Of a table by year: the column, whose latest year counts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<String>,
        /// The threshold, in the field's own unit.
        value: i64,
    },
    /// A yes-or-no field has this answer.
    Equals {
        /// A yes-or-no field.
        field: String,
        /// The answer.
        value: bool,
    },
    /// A choice is one of these; of several choices, at least one is.
    OneOf {
        /// A choice, city, cluster or division.
        field: String,
        /// Keys or codes.
        values: Vec<String>,
    },
    /// Full years since the organisation was founded.
    EstablishedYears {
        /// A date; the organisation's own date of establishment if none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<String>,
        /// How many.
        at_least: u32,
    },
    /// A field has this many rows.
    RowsAtLeast {
        /// Rows.
        field: String,
        /// How many.
        value: u32,
    },
    /// At least one document of a kind is there.
    DocumentPresent {
        /// The kind's key.
        document: String,
    },
    /// Every one holds.
    All(Vec<Check>),
    /// One at least holds.
    Any(Vec<Check>),
    /// It does not hold.
    Not(Box<Check>),
}
