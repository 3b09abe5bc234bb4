//! Figures for the public: what is counted, and what is withheld so that no figure gives an applicant away.
//!
//! What a published list says already (who, which category, which city, which year, and whatever else its programme shows
//! of each entry, such as clusters) is counted as it is. What only the files say (such as divisions, and the way of those
//! who were not recognised) is counted under [`THRESHOLD`].

mod flow;
mod withhold;

use super::procedure::State;
use super::text::text_enum;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

pub use flow::withhold_flow;
pub use withhold::{Row, withhold_row};

/// The smallest figure that is shown where only the files know what is counted. Of two, each knows itself and so learns
/// the other; among three nobody does. The same bound that official statistics in China keep.
pub const THRESHOLD: u64 = 3;

text_enum!(
    /// How far a file came. The order is the order of the way.
    Reached {
        /// Submitted.
        Applied = "applied",
        /// Recommended by its bureau.
        Recommended = "recommended",
        /// Through the check of form.
        Screened = "screened",
        /// Scored.
        Reviewed = "reviewed",
        /// Selected.
        Selected = "selected",
        /// On a published list.
        Recognised = "recognised",
    }
);

impl Reached {
    /// The states in which a file has come at least as far.
    pub fn states(self) -> Vec<State> {
        const ORDER: [(Reached, &[State]); 5] = [
            (Reached::Recommended, &[State::Recommended, State::ScreeningCorrection, State::Ineligible]),
            (Reached::Screened, &[State::InReview]),
            (Reached::Reviewed, &[State::Reviewed, State::NotSelected]),
            (Reached::Selected, &[State::Proposed, State::InNotice, State::Held, State::Removed]),
            (Reached::Recognised, &[State::Recognised]),
        ];
        let from = ORDER.iter().position(|(reached, _)| *reached == self).unwrap_or(0);
        ORDER.iter().skip(from).flat_map(|(_, states)| states.iter().copied()).collect()
    }
}

/// One line of a table: what is counted, a figure for each column, and all of them together. A figure that is not there
/// is withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Line {
    /// Code of the city, cluster, field or division; the year.
    pub key: String,
    /// Its name.
    pub name: String,
    /// A figure for each category, in the order of [`Statistics::categories`]; none if it is withheld.
    pub figures: Vec<Option<u64>>,
    /// All categories together; none if it is withheld.
    pub total: Option<u64>,
}

/// A category of the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CategoryLabel {
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
}

/// How many files came how far in one call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallFlow {
    /// Id of the call.
    pub call: String,
    /// Its title.
    pub title: String,
    /// Its year.
    pub year: i32,
    /// Each station of the call with how many came so far; none if the figure is withheld.
    pub steps: Vec<FlowStep>,
}

/// One station of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FlowStep {
    /// How far.
    pub reached: Reached,
    /// How many; none if the figure is withheld.
    pub count: Option<u64>,
}

/// All figures of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Statistics {
    /// The day they are of, in Guangdong.
    #[schema(value_type = String, format = Date)]
    pub on: NaiveDate,
    /// Figures below this are withheld where only the files know what is counted.
    pub threshold: u64,
    /// Recognitions in the pool on that day; an organisation may hold several.
    pub in_pool: u64,
    /// The columns of every table.
    pub categories: Vec<CategoryLabel>,
    /// Recognitions in the pool by city; the last line, without a key, is of those without a city of the province.
    pub cities: Vec<Line>,
    /// Names on published lists by year, oldest first.
    pub years: Vec<Line>,
    /// Recognitions in the pool by strategic cluster served; one may serve several.
    pub clusters: Vec<Line>,
    /// Recognitions in the pool by service field; one may have several.
    pub service_fields: Vec<Line>,
    /// Recognitions in the pool by division of manufacturing served; one may serve several.
    pub divisions: Vec<Line>,
    /// Divisions that at least one recognition in the pool serves.
    pub divisions_covered: u64,
    /// Calls whose list is published, newest first.
    pub flows: Vec<CallFlow>,
}

/// Counts by key and column.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    counts: BTreeMap<String, Vec<u64>>,
    columns: usize,
}

impl Tally {
    /// Nothing counted yet, in so many columns.
    pub fn new(columns: usize) -> Tally {
        Tally { counts: BTreeMap::new(), columns }
    }

    /// Counts `more` under a key in a column. A column that is not there is not counted.
    pub fn add(&mut self, key: &str, column: usize, more: u64) {
        let row = self.counts.entry(key.to_string()).or_insert_with(|| vec![0; self.columns]);
        if let Some(cell) = row.get_mut(column) {
            *cell = cell.saturating_add(more);
        }
    }

    /// The keys that were counted, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.counts.keys().map(String::as_str)
    }

    /// The figures of a key; zeros for one that was not counted.
    pub fn figures(&self, key: &str) -> Vec<u64> {
        self.counts.get(key).cloned().unwrap_or_else(|| vec![0; self.columns])
    }

    /// The line of a key as it stands on public lists: nothing is withheld.
    pub fn public_line(&self, key: &str, name: &str) -> Line {
        let figures = self.figures(key);
        let total = figures.iter().sum();
        Line {
            key: key.into(),
            name: name.into(),
            figures: figures.into_iter().map(Some).collect(),
            total: Some(total),
        }
    }

    /// The line of a key with small figures withheld.
    pub fn guarded_line(&self, key: &str, name: &str) -> Line {
        let Row { cells, total } = withhold_row(&self.figures(key), THRESHOLD);
        Line { key: key.into(), name: name.into(), figures: cells, total }
    }
}
