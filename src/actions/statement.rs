//! What officers write for the applicant to read, and who says so on what grounds.

use super::Tx;
use super::dossier::Dossier;
use crate::db::calls::Call;
use crate::domain::actor::Role;
use crate::domain::form::Problem;
use crate::words::DEFAULT_LANGUAGE;

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
    if call.basis_number.is_empty() {
        format!("《{}》", call.basis_title)
    } else {
        format!("《{}》（{}）", call.basis_title, call.basis_number)
    }
}

/// Who signs for a station: the bureau by its name, or the department.
pub fn station_name(tx: &Tx<'_>, dossier: &Dossier, role: Role) -> String {
    let bureau = dossier.application.bureau.as_deref().filter(|_| role == Role::CityOfficer);
    bureau
        .and_then(|code| tx.env.reference.bureau(code))
        .map_or_else(|| tx.env.words.say(DEFAULT_LANGUAGE, "signer-department"), |bureau| bureau.name.clone())
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
