//! Filters, and how many providers each other value of a filter would find.

use super::index::{Index, Row};
use super::query::Filters;
use super::register::Standing;
use super::values::{NONE, Values};
use chrono::{Datelike, NaiveDate};

/// How many providers there would be with each value of a filter, the other filters standing. Values that find nothing are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// By category, the largest first.
    pub categories: Vec<(String, usize)>,
    /// By city's code, in the order of the reference data.
    pub cities: Vec<(String, usize)>,
    /// By cluster's code, in the order of the reference data.
    pub clusters: Vec<(String, usize)>,
    /// By field of service, the largest first.
    pub fields: Vec<(String, usize)>,
    /// By year, the latest first.
    pub years: Vec<(i32, usize)>,
    /// By standing today.
    pub standings: Vec<(Standing, usize)>,
    /// In the pool today.
    pub in_pool: usize,
    /// Whatever their standing.
    pub all: usize,
}

const CATEGORY: u8 = 1;
const CITY: u8 = 1 << 1;
const CLUSTER: u8 = 1 << 2;
const FIELD: u8 = 1 << 3;
const YEAR: u8 = 1 << 4;
const STANDING: u8 = 1 << 5;

impl Index {
    /// The filters with a value that neither a recognition nor the reference data has: by name, with the value.
    pub fn unknown<'a>(&self, filters: &'a Filters) -> Vec<(&'static str, &'a str)> {
        let values = &self.values;
        let asked = [
            ("category", &filters.category, &values.categories),
            ("city", &filters.city, &values.cities),
            ("cluster", &filters.cluster, &values.clusters),
            ("field", &filters.field, &values.fields),
        ];
        let unknown = asked.into_iter().filter_map(|(name, value, known)| Some((name, value.as_deref()?, known)));
        unknown.filter(|(_, value, known)| known.known(value).is_none()).map(|(name, value, _)| (name, value)).collect()
    }
}

/// Counts each provider once for each value.
#[derive(Debug, Default)]
struct Counter {
    counts: Vec<usize>,
    /// The provider that was counted last, plus one.
    last: Vec<u32>,
}

impl Counter {
    fn of(values: usize) -> Counter {
        Counter { counts: vec![0; values], last: vec![0; values] }
    }

    fn add(&mut self, value: usize, document: u32) {
        if let (Some(count), Some(last)) = (self.counts.get_mut(value), self.last.get_mut(value))
            && *last != document + 1
        {
            *last = document + 1;
            *count += 1;
        }
    }

    fn texts(&self, values: &Values) -> Vec<(String, usize)> {
        let counted = values.iter().zip(&self.counts).filter(|(_, count)| **count > 0);
        counted.map(|((_, text), count)| (text.to_string(), *count)).collect()
    }
}

/// Which places stand for the pool and for everything, behind the standings.
const IN_POOL: usize = Standing::ALL.len();
const ALL: usize = IN_POOL + 1;

/// Applies filters to providers and counts them.
pub(super) struct Tally<'a> {
    index: &'a Index,
    filters: &'a Filters,
    today: i32,
    year: Option<u16>,
    /// A value that the register does not know is `NONE`, and taken by nothing.
    category: Option<u16>,
    city: Option<u16>,
    cluster: Option<u16>,
    field: Option<u16>,
    categories: Counter,
    cities: Counter,
    clusters: Counter,
    fields: Counter,
    years: Counter,
    standings: Counter,
}

impl<'a> Tally<'a> {
    pub(super) fn new(index: &'a Index, filters: &'a Filters, today: NaiveDate) -> Tally<'a> {
        let values = &index.values;
        let wanted = |text: &Option<String>, of: &Values| text.as_ref().map(|text| of.known(text).unwrap_or(NONE));
        Tally {
            index,
            filters,
            today: today.num_days_from_ce(),
            year: wanted(&filters.year.map(|year| year.to_string()), &values.years),
            category: wanted(&filters.category, &values.categories),
            city: wanted(&filters.city, &values.cities),
            cluster: wanted(&filters.cluster, &values.clusters),
            field: wanted(&filters.field, &values.fields),
            categories: Counter::of(values.categories.len()),
            cities: Counter::of(values.cities.len()),
            clusters: Counter::of(values.clusters.len()),
            fields: Counter::of(values.fields.len()),
            years: Counter::of(values.years.len()),
            standings: Counter::of(ALL + 1),
        }
    }

    /// Which filters a recognition does not meet.
    fn failing(&self, row: &Row) -> u8 {
        let one = |wanted: Option<u16>, own: u16| wanted.is_none_or(|id| id != NONE && id == own);
        let several = |wanted: Option<u16>, own: &[u16]| wanted.is_none_or(|id| id != NONE && own.contains(&id));
        let mut failing = 0;
        let mut check = |bit: u8, met: bool| failing |= if met { 0 } else { bit };
        check(CATEGORY, one(self.category, self.index.category_of(row)));
        check(CITY, one(self.city, row.city));
        check(CLUSTER, several(self.cluster, self.index.clusters_of(row)));
        check(FIELD, several(self.field, self.index.fields_of(row)));
        check(YEAR, one(self.year, self.index.year_of(row)));
        check(STANDING, self.filters.standing.takes(row.standing(self.today)));
        failing
    }

    /// Whether a recognition meets every filter.
    pub(super) fn takes(&self, row: &Row) -> bool {
        self.failing(row) == 0
    }

    /// Counts a provider; whether it meets the filters.
    pub(super) fn count(&mut self, document: u32, rows: &[Row]) -> bool {
        let mut met = false;
        for row in rows {
            let failing = self.failing(row);
            met |= failing == 0;
            let but_for = |bit: u8| failing & !bit == 0;
            if but_for(CATEGORY) {
                self.categories.add(usize::from(self.index.category_of(row)), document);
            }
            if but_for(CITY) {
                self.cities.add(usize::from(row.city), document);
            }
            if but_for(CLUSTER) {
                self.index.clusters_of(row).iter().for_each(|id| self.clusters.add(usize::from(*id), document));
            }
            if but_for(FIELD) {
                self.index.fields_of(row).iter().for_each(|id| self.fields.add(usize::from(*id), document));
            }
            if but_for(YEAR) {
                self.years.add(usize::from(self.index.year_of(row)), document);
            }
            if but_for(STANDING) {
                let standing = row.standing(self.today);
                self.standings.add(standing as usize, document);
                self.standings.add(ALL, document);
                if standing.is_in_pool() {
                    self.standings.add(IN_POOL, document);
                }
            }
        }
        met
    }

    pub(super) fn facets(&self) -> Facets {
        let values = &self.index.values;
        let largest_first = |mut counted: Vec<(String, usize)>| {
            counted.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
            counted
        };
        let of_standing = |at: usize| self.standings.counts.get(at).copied().unwrap_or_default();
        let standings = Standing::ALL.iter().map(|standing| (*standing, of_standing(*standing as usize)));
        let years = self.years.texts(&values.years).into_iter();
        let mut years: Vec<(i32, usize)> =
            years.filter_map(|(year, count)| Some((year.parse().ok()?, count))).collect();
        years.sort_unstable_by_key(|(year, _)| std::cmp::Reverse(*year));
        Facets {
            categories: largest_first(self.categories.texts(&values.categories)),
            cities: self.cities.texts(&values.cities),
            clusters: self.clusters.texts(&values.clusters),
            fields: largest_first(self.fields.texts(&values.fields)),
            years,
            standings: standings.filter(|(_, count)| *count > 0).collect(),
            in_pool: of_standing(IN_POOL),
            all: of_standing(ALL),
        }
    }
}
