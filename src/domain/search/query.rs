//! What is asked for: words and filters.

use super::fold;
use super::register::Standing;
use crate::domain::form::Problem;

/// Characters that may be typed.
pub const QUERY_LIMIT: usize = 100;
/// Words that may be typed.
pub const WORDS_LIMIT: usize = 8;

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word {
    /// The word, folded.
    pub whole: String,
    /// Its runs of Chinese and of other characters, when it has both: each may be found in its own way when the whole is nowhere.
    pub runs: Vec<String>,
}

/// The words of a query. All must be found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Query {
    words: Vec<Word>,
    unreadable: bool,
}

impl Query {
    /// Reads what was typed. What holds neither letter nor digit finds nothing; what is blank finds everything.
    ///
    /// # Errors
    /// On the field `q`: longer than [`QUERY_LIMIT`] characters, or more than [`WORDS_LIMIT`] words.
    pub fn parse(text: &str) -> Result<Query, Problem> {
        let text = text.trim();
        if text.chars().count() > QUERY_LIMIT {
            return Err(Problem::new("q", "search_too_long").with("limit", QUERY_LIMIT));
        }
        let mut words: Vec<Word> = Vec::new();
        for whole in fold::words(text) {
            if !words.iter().any(|word| word.whole == whole) {
                words.push(Word { runs: runs(&whole), whole });
            }
        }
        if words.len() > WORDS_LIMIT {
            return Err(Problem::new("q", "search_too_many_words").with("limit", WORDS_LIMIT));
        }
        Ok(Query { unreadable: words.is_empty() && !text.is_empty(), words })
    }

    /// A query that finds nothing.
    pub fn nothing() -> Query {
        Query { words: Vec::new(), unreadable: true }
    }

    /// The words.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether nothing was typed.
    pub fn is_blank(&self) -> bool {
        self.words.is_empty() && !self.unreadable
    }
}

/// Runs of Chinese and of other characters; none for a word of one kind.
fn runs(word: &str) -> Vec<String> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for c in word.chars() {
        let han = fold::is_han(c);
        match runs.last_mut() {
            Some((kind, run)) if *kind == han => run.push(c),
            _ => runs.push((han, c.to_string())),
        }
    }
    if runs.len() < 2 { Vec::new() } else { runs.into_iter().map(|(_, run)| run).collect() }
}

/// Which standings are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum StandingFilter {
    /// In the pool today.
    #[default]
    Pool,
    /// Whatever it is today.
    All,
    /// One standing.
    One(Standing),
}

impl StandingFilter {
    /// The filter of its word: `pool`, `all`, or a standing; none for any other word.
    pub fn from_text(text: &str) -> Option<StandingFilter> {
        match text {
            "" | "pool" => Some(StandingFilter::Pool),
            "all" => Some(StandingFilter::All),
            other => Standing::from_text(other).map(StandingFilter::One),
        }
    }

    /// Its word; empty for the one that stands when nothing is said.
    pub fn as_text(&self) -> &'static str {
        match self {
            StandingFilter::Pool => "",
            StandingFilter::All => "all",
            StandingFilter::One(standing) => standing.as_text(),
        }
    }

    /// Whether this standing is asked for.
    pub fn takes(self, standing: Standing) -> bool {
        match self {
            StandingFilter::Pool => standing.is_in_pool(),
            StandingFilter::All => true,
            StandingFilter::One(one) => one == standing,
        }
    }
}

/// What a recognition must be; one recognition must meet all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filters {
    /// The category's key, or as an imported list writes it.
    pub category: Option<String>,
    /// The city's code.
    pub city: Option<String>,
    /// The cluster's code.
    pub cluster: Option<String>,
    /// The service field, as published.
    pub field: Option<String>,
    /// The year of the list.
    pub year: Option<i32>,
    /// What it is worth today.
    pub standing: StandingFilter,
}
