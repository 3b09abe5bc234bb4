//! What is wrong with a form just sent: beside each field, and all together above it.

use super::Page;
use crate::domain::form::Problem;
use crate::domain::plain_text::TEXT_MISSING;

/// What the fields of a form are called: the name of each, and the key of its words.
pub type Labels = &'static [(&'static str, &'static str)];

impl Page {
    /// The same page with what its fields are called, so that whatever is wrong with one of them names it: beside a field "this
    /// is required" is enough, and in a list of all that is wrong it is not.
    pub fn naming(mut self, labels: Labels) -> Page {
        self.labels = labels;
        self
    }

    /// What is wrong with this field, as a sentence; empty when nothing is.
    pub fn problem(&self, path: &str) -> String {
        let found = self.problems.iter().find(|problem| problem.path == path);
        found.map(|problem| self.problem_text(problem)).unwrap_or_default()
    }

    /// All that is wrong: path, and a sentence that names the field where the page knows what it is called.
    pub fn problems(&self) -> Vec<(String, String)> {
        self.problems.iter().map(|problem| (problem.path.clone(), self.named(problem))).collect()
    }

    fn named(&self, problem: &Problem) -> String {
        let said = self.problem_text(problem);
        let Some((_, label)) = self.labels.iter().find(|(path, _)| *path == problem.path) else { return said };
        let label = self.t(label);
        match problem.code.as_str() {
            TEXT_MISSING => self.t1("problem-required", "field", label),
            _ if said.contains(&label) => said,
            _ => format!("{label}{}{said}", self.marks().colon),
        }
    }

    /// A problem that is not of a form just sent, as a sentence.
    pub fn problem_text(&self, problem: &Problem) -> String {
        self.words.problem(&self.language, problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn what_is_wrong_names_its_field_above_the_form_and_not_beside_it() {
        const LABELS: Labels = &[("name", "organisation-name"), ("established_on", "organisation-established")];
        let wrong = || {
            vec![
                Problem::new("name", TEXT_MISSING),
                Problem::new("established_on", "date_future"),
                Problem::new("elsewhere", TEXT_MISSING),
            ]
        };
        for (language, [missing, future, unnamed], beside) in [
            ("zh-CN", ["请填写“单位名称”。", "成立日期：日期不能晚于今天。", "此项必填。"], "此项必填。"),
            ("zh-TW", ["請填寫「單位名稱」。", "成立日期：日期不能晚於今天。", "此項必填。"], "此項必填。"),
        ] {
            let page = Page::bare(language, "nav-home").naming(LABELS).after(&Error::Invalid(wrong()), &[]);
            let said: Vec<String> = page.problems().into_iter().map(|(_, text)| text).collect();
            assert_eq!(said, [missing, future, unnamed]);
            assert_eq!(page.problem("name"), beside);
        }
        let page = Page::bare("en", "nav-home").naming(LABELS).after(&Error::Invalid(wrong()), &[]);
        for ((path, text), label) in page.problems().iter().zip(["organisation-name", "organisation-established"]) {
            assert!(text.contains(&page.t(label)), "{path}: {text}");
        }
    }
}
