//! How far an application is filled in: what each part of it asks for, and how much of that is there.

use super::Problem;

/// A part of an application with what it asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Which part: `sections.basic`, `members`, `documents`, `organisation`.
    pub part: String,
    /// How many of its needs are met.
    pub met: usize,
    /// How many needs it has: whatever is required, and whatever is optional but cannot stay as it is.
    pub total: usize,
    /// What stands in the way, need by need.
    pub lacking: Vec<Problem>,
}

/// Counts the needs of a part. `needs` are the paths of its fields or documents, each with whether it is required;
/// `problems` is everything that is wrong or missing in the file. A table or rows are one need, however many cells they
/// have.
pub fn progress(part: &str, needs: &[(String, bool)], problems: &[Problem]) -> Progress {
    let mut progress = Progress { part: part.to_string(), ..Progress::default() };
    for (path, required) in needs {
        let before = progress.lacking.len();
        progress.lacking.extend(problems.iter().filter(|problem| is_within(&problem.path, path)).cloned());
        let is_met = progress.lacking.len() == before;
        progress.total += usize::from(*required || !is_met);
        progress.met += usize::from(*required && is_met);
    }
    progress
}

/// Whether a path is a place or lies in it: `cases[0].amount` lies in `cases`, `cases_total` does not.
fn is_within(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(list: &[(&str, bool)]) -> Vec<(String, bool)> {
        list.iter().map(|(path, required)| (path.to_string(), *required)).collect()
    }

    #[test]
    fn what_is_required_counts_and_what_is_optional_counts_while_it_is_wrong() {
        let needs = needs(&[("name", true), ("staff", true), ("note", false), ("cases", true), ("spare", false)]);
        let problems: Vec<Problem> = ["note", "cases[0].amount", "cases[1].name", "cases_total", "documents.licence"]
            .iter()
            .map(|path| Problem::new(path, "required"))
            .collect();
        let found = progress("sections.basic", &needs, &problems);
        assert_eq!((found.met, found.total), (2, 4));
        let paths: Vec<&str> = found.lacking.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(paths, ["note", "cases[0].amount", "cases[1].name"]);
        let mended = progress("sections.basic", &needs, &[]);
        assert_eq!((mended.met, mended.total, mended.lacking.len()), (3, 3, 0));
    }

    #[test]
    fn a_part_that_asks_for_nothing_has_no_needs() {
        let found = progress("organisation", &needs(&[("organisation", false)]), &[]);
        assert_eq!(found, Progress { part: "organisation".into(), ..Progress::default() });
    }
}
