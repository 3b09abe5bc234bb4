//! A search that somebody keeps: what its address says, so that the same is found later.

use super::query::{Filters, Query, StandingFilter};
use crate::domain::form::Problem;
use serde::{Deserialize, Serialize};

/// Characters of one part of a kept search but the words.
const PART_LIMIT: usize = 100;

/// A search as its address says it; what is empty narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedSearch {
    /// Words.
    pub q: String,
    /// The category's key.
    pub category: String,
    /// The city's code.
    pub city: String,
    /// The cluster's code.
    pub cluster: String,
    /// The service field.
    pub field: String,
    /// The year of the list.
    pub year: String,
    /// `all`, or a standing; empty for those in the pool.
    pub standing: String,
}

impl SavedSearch {
    /// As a question to the index.
    ///
    /// # Errors
    /// On `q`: as [`Query::parse`], or a part that is too long to be kept.
    pub fn question(&self) -> Result<(Query, Filters), Problem> {
        let text = |text: &String| (!text.is_empty()).then(|| text.clone());
        let filters = Filters {
            category: text(&self.category),
            city: text(&self.city),
            cluster: text(&self.cluster),
            field: text(&self.field),
            year: self.year.parse().ok(),
            standing: StandingFilter::from_text(&self.standing).unwrap_or_default(),
        };
        if self.parts().iter().any(|(_, part)| part.chars().count() > PART_LIMIT) {
            return Err(Problem::new("q", "search_too_long").with("limit", PART_LIMIT));
        }
        Ok((Query::parse(&self.q)?, filters))
    }

    /// The parameters of its address, by name.
    pub fn parts(&self) -> [(&'static str, &str); 7] {
        [
            ("q", &self.q),
            ("category", &self.category),
            ("city", &self.city),
            ("cluster", &self.cluster),
            ("field", &self.field),
            ("year", &self.year),
            ("standing", &self.standing),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_search_asks_what_its_address_asks() {
        let kept =
            SavedSearch { q: "智造".into(), city: "440600".into(), year: "2026".into(), ..SavedSearch::default() };
        let (query, filters) = kept.question().expect("a question");
        assert_eq!((query.words().len(), filters.city.as_deref(), filters.year), (1, Some("440600"), Some(2026)));
        assert_eq!(filters.standing, StandingFilter::Pool);
        let long = SavedSearch { field: "长".repeat(PART_LIMIT + 1), ..SavedSearch::default() };
        assert_eq!(long.question().map_err(|problem| problem.code), Err("search_too_long".to_string()));
    }
}
