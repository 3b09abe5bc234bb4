//! A search that somebody keeps: what its address says, so that the same is found later.

use super::query::{Filters, Query, StandingFilter};
use crate::domain::form::Problem;
use serde::{Deserialize, Serialize};

/// Characters of one part of a kept search but the words.
const PART_LIMIT: usize = 100;
/// Characters of a value that is not known which are said of it.
const SHOWN: usize = 40;

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
    /// Its filters, and those of which no value says what is typed: they narrow nothing, and whoever typed them must be
    /// told.
    pub fn filters(&self) -> (Filters, Vec<Problem>) {
        let text = |text: &String| (!text.is_empty()).then(|| text.clone());
        let mut problems = Vec::new();
        let year: Option<i32> = self.year.parse().ok();
        if year.is_none() && !self.year.is_empty() {
            problems.push(unknown_value("year", &self.year));
        }
        let standing = StandingFilter::from_text(&self.standing);
        if standing.is_none() {
            problems.push(unknown_value("standing", &self.standing));
        }
        let filters = Filters {
            category: text(&self.category),
            city: text(&self.city),
            cluster: text(&self.cluster),
            field: text(&self.field),
            year,
            standing: standing.unwrap_or_default(),
        };
        (filters, problems)
    }

    /// As a question to the index.
    ///
    /// # Errors
    /// All that is wrong, at least one thing. On `q`: as [`Query::parse`], or a part that is too long to be kept. On `year` and
    /// `standing`: `filter_unknown`.
    pub fn question(&self) -> Result<(Query, Filters), Vec<Problem>> {
        let (filters, unknown) = self.filters();
        let is_long = self.parts().iter().any(|(_, part)| part.chars().count() > PART_LIMIT);
        let query = match is_long {
            true => Err(Problem::new("q", "search_too_long").with("limit", PART_LIMIT)),
            false => Query::parse(&self.q),
        };
        match query {
            Ok(query) if unknown.is_empty() => Ok((query, filters)),
            query => Err(query.err().into_iter().chain(unknown).collect()),
        }
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

/// The problem of a filter that has no such value.
pub fn unknown_value(filter: &str, value: &str) -> Problem {
    let shown: String = value.chars().take(SHOWN).collect();
    Problem::new(filter, "filter_unknown").with("value", shown)
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
        let codes = |kept: &SavedSearch| {
            let problems = kept.question().expect_err("no question");
            problems.into_iter().map(|problem| format!("{} {}", problem.path, problem.code)).collect::<Vec<_>>()
        };
        assert_eq!(codes(&long), ["q search_too_long"]);
        // What says nothing of a year or of a standing is not taken for the usual one.
        let odd = SavedSearch { year: "soon".into(), standing: "whatever".into(), ..SavedSearch::default() };
        let (filters, problems) = odd.filters();
        assert_eq!(filters, Filters::default());
        let said: Vec<(&str, &str)> = problems.iter().map(|p| (p.path.as_str(), p.args["value"].as_str())).collect();
        assert_eq!(said, [("year", "soon"), ("standing", "whatever")]);
        assert_eq!(codes(&odd), ["year filter_unknown", "standing filter_unknown"]);
        // All of it is said at once.
        let both = SavedSearch { field: long.field.clone(), ..odd };
        assert_eq!(codes(&both), ["q search_too_long", "year filter_unknown", "standing filter_unknown"]);
    }
}
