//! An expert's own record: how many sheets were done, late and voided, and how far they were from their panels.

use super::calendar::end_of_day_utc;
use super::scoring::severity::{Severity, deviation};
use super::status::{AssignmentStatus, SheetStatus};
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// Until when a sheet is asked of an expert who was charged at `assigned_at` in a session that is due at `due_at`. None for
/// whoever was charged when that day was over: the second panel, and who steps in late for somebody else. They are asked
/// to be quick, and are never late by a day that they could not keep.
pub fn due_of(assigned_at: NaiveDateTime, due_at: NaiveDateTime) -> Option<NaiveDateTime> {
    (assigned_at < due_at).then_some(due_at)
}

/// The day that an expert is told of, in letters, on pages and by the API: that of [`due_of`], or the end of the last day
/// of the term of appointment if that is sooner, since the role ends with it and nothing can be submitted afterwards. None
/// where [`due_of`] asks for no day. Whether a sheet is late goes by [`due_of`] alone: what is not submitted when a term
/// ends passes to others and counts as nobody's delay, and a term that is changed later must not make an old sheet late.
pub fn asked_until(
    assigned_at: NaiveDateTime,
    due_at: NaiveDateTime,
    last_day: Option<NaiveDate>,
) -> Option<NaiveDateTime> {
    let due = due_of(assigned_at, due_at)?;
    Some(last_day.map_or(due, |last| due.min(end_of_day_utc(last))))
}

/// One assignment in a session that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Where the assignment stands.
    pub assignment: AssignmentStatus,
    /// Where its sheet stands, if there is one.
    pub sheet: Option<SheetStatus>,
    /// When the sheet was submitted.
    pub submitted_at: Option<NaiveDateTime>,
    /// Until when it was asked for, as [`due_of`] says.
    pub due_at: Option<NaiveDateTime>,
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
            record.late += usize::from(task.due_at.is_some_and(|due| until > due));
        }
    }
    record
}

/// How far an expert's totals lie from the mean of the others, file by file, over all these panels: application, expert,
/// total in hundredths. None while no file was shared.
pub fn panel_deviation<Id: Ord, E: Ord>(expert: E, totals: &[(Id, E, i64)]) -> Option<Severity> {
    let mut panels: BTreeMap<&Id, (Option<i64>, Vec<i64>)> = BTreeMap::new();
    for (application, by, total) in totals {
        let (own, others) = panels.entry(application).or_default();
        if *by == expert { *own = Some(*total) } else { others.push(*total) }
    }
    let deviations: Vec<_> = panels.values().filter_map(|(own, others)| deviation((*own)?, others)).collect();
    Severity::of(&deviations)
}

#[cfg(test)]
mod tests {
    use super::super::scoring::Fraction;
    use super::*;

    #[test]
    fn the_deviation_is_over_shared_files_only() {
        let totals = [
            (1, 'a', 6000),
            (1, 'b', 7000),
            (1, 'c', 8000),
            (2, 'a', 9000),
            (3, 'b', 1),
            (4, 'a', 5000),
            (4, 'c', 5001),
        ];
        let found = panel_deviation('a', &totals).expect("a deviation");
        // −15.00 and −0.01; the second file was scored alone, the third by others.
        assert_eq!((found.mean, found.files), (Fraction::new(-1501, 2), 2));
        assert_eq!(panel_deviation('a', &totals[3..4]), None);
    }

    #[test]
    fn nobody_is_asked_for_a_sheet_after_the_last_day_of_the_term() {
        let at = |day, hour| NaiveDate::from_ymd_opt(2026, 3, day).and_then(|d| d.and_hms_opt(hour, 0, 0)).unwrap();
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day);
        // The day of the session ends at 24:00 of the ninth in China.
        let due = at(9, 16);
        assert_eq!(asked_until(at(1, 0), due, None), Some(due));
        assert_eq!(asked_until(at(1, 0), due, day(10)), Some(due));
        assert_eq!(asked_until(at(1, 0), due, day(9)), Some(due));
        assert_eq!(asked_until(at(1, 0), due, day(8)), Some(at(8, 16)));
        assert_eq!(asked_until(due, due, day(20)), None, "charged when the day was over");
    }

    #[test]
    fn late_is_what_came_or_misses_after_the_day() {
        let at = |day| NaiveDate::from_ymd_opt(2026, 3, day).and_then(|d| d.and_hms_opt(0, 0, 0)).unwrap();
        let task = |assignment, sheet, submitted: Option<u32>| Task {
            assignment,
            sheet,
            submitted_at: submitted.map(at),
            due_at: due_of(at(1), at(10)),
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

    #[test]
    fn nobody_is_late_by_a_day_that_was_over_at_the_charge() {
        let at = |day, hour| NaiveDate::from_ymd_opt(2026, 3, day).and_then(|d| d.and_hms_opt(hour, 0, 0)).unwrap();
        let due = at(10, 0);
        assert_eq!(due_of(at(9, 23), due), Some(due));
        assert_eq!((due_of(due, due), due_of(at(12, 0), due)), (None, None));
        let task = |assigned, sheet, submitted_at| Task {
            assignment: AssignmentStatus::Accepted,
            sheet,
            submitted_at,
            due_at: due_of(assigned, due),
        };
        let tasks = [task(at(12, 0), None, None), task(at(12, 0), Some(SheetStatus::Submitted), Some(at(13, 0)))];
        let record = service_record(&tasks, at(20, 0));
        assert_eq!(record, ServiceRecord { assigned: 2, done: 1, late: 0, voided: 0 });
    }
}
