//! Review sessions, assignments, score sheets and the ranking. What an expert may see of an application's file is the
//! [`crate::domain::scope::Scope`]'s to say; the queries here give an expert no more than what a declaration needs.

mod assignments;
mod files;
mod ranking;
mod sessions;
mod sheets;

pub use assignments::{
    Assignment, OwnAssignment, assigned_application, assignments_of, assignments_of_expert, create_planned,
    explanations, find_assignment, find_own_assignment, find_own_assignment_to_change, forget_assignments, forget_plan,
    has_plan, is_assigned, move_assignment, own_assignments,
};
pub use files::{
    ReviewDocument, ReviewFile, SessionFile, count_in_states, documents, file, files, names_of_applications,
    scored_before, session_files, submission_times,
};
pub use ranking::{Ranking, create_rankings, rankings_of, replace_rankings};
pub use sessions::{
    PersonAtClosing, ReviewSession, ReviewedCall, calls_with_review, count_open, create_session, find_session,
    find_session_to_change, keep_people, people_at_closing, session_of_call, unclosed_sessions, update_session,
};
pub use sheets::{
    CountedSheet, ScoreSheet, counted_sheets, create_sheet, progress, restore_sheet, sheet, totals_of_panels,
    update_sheet, void_sheet,
};
