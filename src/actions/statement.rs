//! What officers write for the applicant to read, and who says so on what grounds.

use super::Tx;
use super::dossier::Dossier;
use crate::db::calls::Call;
use crate::db::events::StoredEvent;
use crate::domain::actor::Role;
use crate::domain::calendar;
use crate::domain::form::Problem;
use crate::domain::language::Language;
use crate::domain::names::Names;
use crate::domain::procedure::State;
use chrono::NaiveDateTime;

/// Characters of a reason for an adverse decision.
pub const REASON_LENGTH: usize = 1000;

/// A problem with what its sentence names.
pub fn problem<const N: usize>(path: &str, code: &str, args: [(&str, String); N]) -> Problem {
    let mut problem = Problem::new(path, code);
    problem.args.extend(args.into_iter().map(|(name, value)| (name.to_string(), value)));
    problem
}

/// A text that must be there: trimmed, of at most `limit` characters.
pub fn required(path: &str, text: &str, limit: usize, problems: &mut Vec<Problem>) -> String {
    let text = optional(path, text, limit, problems);
    if text.is_empty() {
        problems.push(problem(path, "statement_missing", [("limit", limit.to_string())]));
    }
    text
}

/// A text that may be empty: trimmed, of at most `limit` characters.
pub fn optional(path: &str, text: &str, limit: usize, problems: &mut Vec<Problem>) -> String {
    let found = text.chars().count();
    if found > limit {
        let args = [("limit", limit.to_string()), ("found", found.to_string())];
        problems.push(problem(path, "statement_too_long", args));
        // Not empty, so that nothing says that it is missing as well.
        return text.chars().take(limit).collect();
    }
    // PostgreSQL keeps no NUL, and mail no control characters; nobody types them.
    let text: String = text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n').collect();
    text.trim().to_string()
}

/// The policy that a call rests on, as a letter names it.
pub fn basis(call: &Call) -> String {
    // In the language of the policy, whatever the letter is written in.
    let language = Language::default();
    let title = language.quoted_title(&call.basis_title);
    if call.basis_number.is_empty() { title } else { language.with_addition(&title, &call.basis_number) }
}

/// Who signs for a station, as each language names it: the bureau, or the department.
pub fn station_names(tx: &Tx<'_>, dossier: &Dossier, role: Role) -> Names {
    let bureau = dossier.application.bureau.as_deref().filter(|_| role == Role::CityOfficer);
    let department = || Names::of_each(|language| tx.env.words.say(language, "signer-department"));
    bureau.and_then(|code| tx.env.reference.bureau(code)).map_or_else(department, |bureau| bureau.names.clone())
}

/// What an applicant is told of a decision: the same in the letter and on the page of the file. Whoever disagrees writes
/// to the station that decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Why.
    pub reason: String,
    /// The policy that it rests on.
    pub basis: String,
    /// Who decided.
    pub station: Names,
    /// On which day.
    pub date: String,
}

/// The decision that an officer took in this role at this instant.
pub fn ruling(tx: &Tx<'_>, dossier: &Dossier, role: Role, reason: &str, at: NaiveDateTime) -> Ruling {
    Ruling {
        reason: reason.into(),
        basis: basis(&dossier.call),
        station: station_names(tx, dossier, role),
        date: calendar::local_date_text(calendar::local_date(at)),
    }
}

/// The adverse decision that ended a file, as its record has it; none for a file that goes on or was taken back.
pub fn adverse_ruling(tx: &Tx<'_>, dossier: &Dossier, events: &[StoredEvent]) -> Option<Ruling> {
    let state = dossier.application.state;
    if !matches!(state, State::NotRecommended | State::Ineligible | State::NotSelected | State::Removed) {
        return None;
    }
    let event = events.iter().rev().find(|event| event.to_state.as_deref() == Some(state.as_text()))?;
    let role = Role::from_text(&event.role)?;
    Some(ruling(tx, dossier, role, event.reason.as_deref().unwrap_or_default(), event.at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_trimmed_bounded_and_free_of_control_characters() {
        let mut problems = Vec::new();
        assert_eq!(required("reason", "  缺\0页 \r\n第二行\u{7} ", 20, &mut problems), "缺页 \n第二行");
        assert!(problems.is_empty());
        assert_eq!(required("reason", " \0 ", 20, &mut problems), "");
        required("reason", "太长了", 2, &mut problems);
        let codes: Vec<_> = problems.iter().map(|p| p.code.as_str()).collect();
        assert_eq!(codes, ["statement_missing", "statement_too_long"]);
    }
}
