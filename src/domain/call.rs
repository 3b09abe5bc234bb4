//! One run of a programme: its windows and what must be in order before it opens.

use super::programme::Programme;
use super::text::text_enum;
use chrono::{NaiveDate, NaiveDateTime};

text_enum!(
    /// Where a call stands before the clock takes over.
    CallStatus {
        /// Being drafted by a handler.
        Draft = "draft",
        /// Waits for an approver.
        Pending = "pending",
        /// Approved: opened and closed by the clock.
        Approved = "approved",
        /// Given up before it opened.
        Cancelled = "cancelled",
    }
);

text_enum!(
    /// Where an approved call stands by the clock.
    Phase {
        /// Not yet open.
        Upcoming = "upcoming",
        /// Applications are accepted.
        Open = "open",
        /// Closed for applications.
        Closed = "closed",
    }
);

/// The instants of a call; each window is half open: the closing instant is already outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// Applications are accepted from here …
    pub opens_at: NaiveDateTime,
    /// … until here.
    pub closes_at: NaiveDateTime,
    /// Bureaus recommend until here.
    pub recommend_by: NaiveDateTime,
}

impl Windows {
    /// Where the call stands at `now`.
    pub fn phase(&self, now: NaiveDateTime) -> Phase {
        if now < self.opens_at {
            Phase::Upcoming
        } else if now < self.closes_at {
            Phase::Open
        } else {
            Phase::Closed
        }
    }

    /// Whether bureaus may still act at `now`.
    pub fn recommendation_open(&self, now: NaiveDateTime) -> bool {
        now < self.recommend_by
    }
}

/// What the check before opening asks about.
#[derive(Debug, Clone)]
pub struct Readiness<'a> {
    /// The pinned programme.
    pub programme: &'a Programme,
    /// The windows.
    pub windows: Windows,
    /// The day on which the policy that the call rests on was issued.
    pub basis_issued_on: NaiveDate,
    /// Its last day, if it has one.
    pub basis_valid_until: Option<NaiveDate>,
    /// Experts of the pool who could be assigned.
    pub active_experts: u32,
    /// The instant of the check.
    pub now: NaiveDateTime,
}

/// One thing that cannot work, as a code under `call-problem-<code>` in the locale files.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CallProblem {
    /// Stable.
    pub code: String,
    /// The figures that the sentence names.
    pub found: String,
    /// What would be needed.
    pub needed: String,
}

fn problem(code: &str, found: impl ToString, needed: impl ToString) -> CallProblem {
    CallProblem { code: code.into(), found: found.to_string(), needed: needed.to_string() }
}
