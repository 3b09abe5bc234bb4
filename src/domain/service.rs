//! An expert's own record: how many sheets were done, late and voided.

use super::status::{AssignmentStatus, SheetStatus};
use chrono::NaiveDateTime;

/// One assignment in a session that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Where the assignment stands.
    pub assignment: AssignmentStatus,
    /// Where its sheet stands, if there is one.
    pub sheet: Option<SheetStatus>,
    /// When the sheet was submitted.
    pub submitted_at: Option<NaiveDateTime>,
    /// Until when it was asked for.
    pub due_at: NaiveDateTime,
}

/// Counts over all sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ServiceRecord {
    /// Assignments in all, whatever became of them.
    pub assigned: usize,
    /// Sheets that were submitted and count.
    pub done: usize,
    /// Submitted after the day they were asked for, or still missing after it.
    pub late: usize,
    /// Sheets that count no more.
    pub voided: usize,
}

/// Counts an expert's tasks as of an instant.
pub fn service_record(tasks: &[Task], now: NaiveDateTime) -> ServiceRecord {
    let mut record = ServiceRecord { assigned: tasks.len(), ..ServiceRecord::default() };
    for task in tasks {
        let live = matches!(task.assignment, AssignmentStatus::Awaiting | AssignmentStatus::Accepted);
        if task.sheet == Some(SheetStatus::Void) {
            record.voided += 1;
        } else if live {
            let done = task.sheet == Some(SheetStatus::Submitted);
            let until = if done { task.submitted_at.unwrap_or(now) } else { now };
            record.done += usize::from(done);
            record.late += usize::from(until > task.due_at);
        }
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn late_is_what_came_or_misses_after_the_day() {
        let at = |day| NaiveDate::from_ymd_opt(2026, 3, day).and_then(|d| d.and_hms_opt(0, 0, 0)).unwrap();
        let task = |assignment, sheet, submitted: Option<u32>| Task {
            assignment,
            sheet,
            submitted_at: submitted.map(at),
            due_at: at(10),
        };
        use AssignmentStatus::{Accepted, Awaiting, Released};
        use SheetStatus::{Submitted, Void};
        let tasks = [
            task(Accepted, Some(Submitted), Some(10)),
            task(Accepted, Some(Submitted), Some(11)),
            task(Awaiting, None, None),
            task(Released, Some(Void), Some(9)),
            task(Released, None, None),
        ];
        let counts = |now| service_record(&tasks, at(now));
        assert_eq!(counts(9), ServiceRecord { assigned: 5, done: 2, late: 1, voided: 1 });
        assert_eq!(counts(12), ServiceRecord { assigned: 5, done: 2, late: 2, voided: 1 });
    }
}
