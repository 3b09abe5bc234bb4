//! What the first page, and that of the organisation, say of the end of an administrator's role.

use super::super::page::Page;
use crate::actions::organisations::AdminTerm;

/// The end of the reader's role as an administrator, near or past, in words.
pub(crate) struct AdminTermView {
    /// What is the case.
    pub told: String,
    /// What to do about it.
    pub advice: String,
    /// Whether the page of the organisation is where it is done.
    pub on_page: bool,
}

impl AdminTermView {
    pub(crate) fn of(page: &Page, term: &AdminTerm) -> AdminTermView {
        let (organisation, last) = (term.organisation.as_str(), page.day(&term.last));
        let told = match term.is_over {
            false => page.t2("admin-term-ending", "date", last, "organisation", organisation),
            true => page.t2("admin-term-over", "date", last, "organisation", organisation),
        };
        let advice = match (term.is_over, term.has_others) {
            (false, true) => page.t("admin-term-ending-others"),
            (false, false) => page.t("admin-term-ending-alone"),
            (true, true) => page.t("admin-term-over-others"),
            (true, false) => page.t("admin-term-over-alone"),
        };
        AdminTermView { told, advice, on_page: !term.is_over || term.has_others }
    }
}
