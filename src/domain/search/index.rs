//! The index: every provider of the public register, ready to be searched.

use super::arena::Pieces;
use super::common::Common;
use super::facets::{Facets, Tally};
use super::fold::fold;
use super::pinyin;
use super::query::{Filters, Query};
use super::register::{Held, ListRef, Provider, Recognition, Standing};
use super::strings::{Kept, Strings};
use super::texts::{RANKS, Rank, Texts, both, either};
use super::values::{NONE, Values};
use crate::domain::reference::Reference;
use crate::domain::status::Standing as Stored;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeSet, HashMap};

/// The register as it is read: lists, and providers that name them by their place.
#[derive(Debug, Default, Clone)]
pub struct Register {
    /// Published lists.
    pub lists: Vec<ListRef>,
    /// In any order.
    pub providers: Vec<Provider>,
    /// What categories are called, by key; one that is not here is called as it is written.
    pub category_names: HashMap<String, Vec<String>>,
}

/// What filters look at in a recognition, kept close together: a search without words looks at every one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) list: u32,
    pub(super) city: u16,
    /// Where its tags begin, and how many are clusters and how many fields.
    tags: u32,
    clusters: u16,
    fields: u16,
    /// Days of the membership, counted from the year one; none for a recognition without.
    from: i32,
    to: i32,
    stored: Option<Stored>,
}

/// What only those who are shown need of a recognition.
#[derive(Debug)]
struct Shown {
    position: i32,
    result: u16,
    /// Nothing where it is the provider's.
    name: Kept,
    product: Kept,
    certificate: Kept,
}

#[derive(Debug)]
struct Entry {
    key: Kept,
    name: Kept,
    credit_code: Kept,
    /// The first of its rows; they end where the next entry's begin.
    rows: u32,
}

/// What is asked of the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The words.
    pub query: Query,
    /// The filters.
    pub filters: Filters,
    /// The day that standings are judged by.
    pub today: NaiveDate,
    /// Providers before the first one wanted.
    pub offset: usize,
    /// Providers wanted.
    pub limit: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How many providers in all.
    pub total: usize,
    /// The wanted ones, best first, then by how their names are read; for [`Index::provider`].
    pub hits: Vec<u32>,
    /// How many there would be with another value of each filter.
    pub facets: Facets,
}

/// Every provider of the register. Never changed once it is built.
#[derive(Debug)]
pub struct Index {
    lists: Vec<ListRef>,
    list_categories: Vec<u16>,
    list_years: Vec<u16>,
    entries: Vec<Entry>,
    rows: Vec<Row>,
    shown: Vec<Shown>,
    /// What entries and rows show.
    strings: Strings,
    /// Clusters, then fields, of each row.
    tags: Vec<u16>,
    /// Entries by their key.
    by_key: Vec<u32>,
    texts: Texts,
    /// What many have in common, kept once.
    common: Common,
    pub(super) values: Tables,
}

/// Values that recognitions have in common.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) categories: Values,
    pub(super) cities: Values,
    pub(super) clusters: Values,
    pub(super) fields: Values,
    pub(super) years: Values,
    results: Values,
}

impl Index {
    /// Builds the index. Names of cities and clusters come from the reference data and are searched too, as are those of the
    /// categories.
    pub fn build(register: Register, reference: &Reference) -> Index {
        let Register { lists, providers, category_names } = register;
        let mut values = Tables::default();
        // First, so that they keep the order of the reference data.
        for city in &reference.cities {
            values.cities.id_of(&city.code);
        }
        for cluster in &reference.clusters {
            values.clusters.id_of(&cluster.id);
        }
        let mut keyed: Vec<(String, Provider)> = providers
            .into_iter()
            .filter(|provider| !provider.recognitions.is_empty())
            .map(|provider| (pinyin::read(&fold(&provider.name)).full, provider))
            .collect();
        keyed.sort_by(|(a, x), (b, y)| (a, &x.name, &x.key).cmp(&(b, &y.name, &y.key)));
        let mut index = Index {
            list_categories: lists.iter().map(|list| values.categories.id_of(&list.category)).collect(),
            list_years: lists
                .iter()
                .map(|list| list.year.map_or(NONE, |year| values.years.id_of(&year.to_string())))
                .collect(),
            lists,
            entries: Vec::with_capacity(keyed.len()),
            rows: Vec::with_capacity(keyed.len()),
            shown: Vec::with_capacity(keyed.len()),
            strings: Strings::default(),
            tags: Vec::new(),
            by_key: Vec::new(),
            texts: Texts::default(),
            common: Common::default(),
            values,
        };
        keyed.into_iter().for_each(|(_, provider)| index.keep(provider));
        index.rows.shrink_to_fit();
        index.shown.shrink_to_fit();
        index.strings.shrink();
        index.tags.shrink_to_fit();
        index.common = Common::of(&index.values, &category_names, reference);
        index.texts = Texts::build(index.entries.len(), |document| index.pieces(document));
        let mut by_key: Vec<u32> = (0..offset(index.entries.len())).collect();
        by_key.sort_by(|a, b| index.key(*a).cmp(&index.key(*b)));
        index.by_key = by_key;
        index
    }

    fn keep(&mut self, provider: Provider) {
        let Provider { key, name, credit_code, recognitions } = provider;
        let rows = offset(self.rows.len());
        for held in recognitions {
            let tags = offset(self.tags.len());
            self.tags.extend(held.clusters.iter().map(|cluster| self.values.clusters.id_of(cluster)));
            self.tags.extend(held.fields.iter().map(|field| self.values.fields.id_of(field)));
            let (membership, certificate) = match held.held {
                Some(held) => (Some((held.from, held.to, held.stored)), held.certificate),
                None => (None, String::new()),
            };
            let count = |of: &[String]| u16::try_from(of.len()).unwrap_or(u16::MAX);
            self.rows.push(Row {
                list: offset(held.list),
                city: held.city.map_or(NONE, |city| self.values.cities.id_of(&city)),
                tags,
                clusters: count(&held.clusters),
                fields: count(&held.fields),
                from: membership.map_or(0, |(from, ..)| from.num_days_from_ce()),
                to: membership.map_or(0, |(_, to, _)| to.num_days_from_ce()),
                stored: membership.map(|(.., stored)| stored),
            });
            self.shown.push(Shown {
                position: held.position,
                result: self.values.results.id_of(&held.result),
                name: self.strings.keep(if held.name == name { "" } else { &held.name }),
                product: self.strings.keep(&held.product),
                certificate: self.strings.keep(&certificate),
            });
        }
        let (key, name) = (self.strings.keep(&key), self.strings.keep(&name));
        let credit_code = self.strings.keep(&credit_code.unwrap_or_default());
        self.entries.push(Entry { key, name, credit_code, rows });
    }

    fn key(&self, document: u32) -> Option<&str> {
        self.entries.get(document as usize).map(|entry| self.strings.text(entry.key))
    }

    /// How many providers there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes that the words, what finds them and what entries show take.
    pub fn text_bytes(&self) -> usize {
        self.texts.bytes() + self.common.bytes() + self.strings.bytes()
    }

    /// The lists that recognitions name by their place.
    pub fn lists(&self) -> &[ListRef] {
        &self.lists
    }

    /// The provider of a key.
    pub fn find(&self, key: &str) -> Option<u32> {
        let at = self.by_key.binary_search_by(|at| self.key(*at).cmp(&Some(key))).ok()?;
        self.by_key.get(at).copied()
    }

    /// A provider, as it was taken in.
    pub fn provider(&self, hit: u32) -> Option<Provider> {
        self.entries.get(hit as usize).map(|entry| Provider {
            key: self.strings.text(entry.key).to_string(),
            name: self.strings.text(entry.name).to_string(),
            credit_code: self.strings.some(entry.credit_code).map(str::to_string),
            recognitions: self
                .places(hit)
                .filter_map(|at| self.recognition(entry, self.rows.get(at)?, self.shown.get(at)?))
                .collect(),
        })
    }

    /// Where an entry's rows stand.
    fn places(&self, document: u32) -> std::ops::Range<usize> {
        let begin = |at: usize| self.entries.get(at).map_or(self.rows.len(), |entry| entry.rows as usize);
        begin(document as usize)..begin(document as usize + 1)
    }

    fn rows_of(&self, document: u32) -> &[Row] {
        self.rows.get(self.places(document)).unwrap_or_default()
    }

    fn recognition(&self, entry: &Entry, row: &Row, shown: &Shown) -> Option<Recognition> {
        let texts = |ids: &[u16], of: &Values| ids.iter().filter_map(|id| of.text(*id)).map(str::to_string).collect();
        let held = match row.stored {
            Some(stored) => Some(Held {
                certificate: self.strings.text(shown.certificate).to_string(),
                from: NaiveDate::from_num_days_from_ce_opt(row.from)?,
                to: NaiveDate::from_num_days_from_ce_opt(row.to)?,
                stored,
            }),
            None => None,
        };
        Some(Recognition {
            list: row.list as usize,
            position: shown.position,
            name: self.strings.some(shown.name).unwrap_or(self.strings.text(entry.name)).to_string(),
            product: self.strings.text(shown.product).to_string(),
            result: self.values.results.text(shown.result).unwrap_or_default().to_string(),
            city: self.values.cities.text(row.city).map(str::to_string),
            clusters: texts(self.clusters_of(row), &self.values.clusters),
            fields: texts(self.fields_of(row), &self.values.fields),
            held,
        })
    }

    /// Searches.
    pub fn search(&self, asked: &Asked) -> Outcome {
        let mut tally = Tally::new(self, &asked.filters, asked.today);
        // Within a rank they come in their order already.
        let mut found: Vec<Vec<u32>> = vec![Vec::new(); RANKS];
        self.each(&asked.query, |document, rank| {
            if tally.count(document, self.rows_of(document))
                && let Some(of_rank) = found.get_mut(usize::from(rank))
            {
                of_rank.push(document);
            }
        });
        let wanted = found.iter().flatten().skip(asked.offset).take(asked.limit);
        Outcome { total: found.iter().map(Vec::len).sum(), hits: wanted.copied().collect(), facets: tally.facets() }
    }

    /// The newest recognitions that match: provider, and which of its recognitions.
    pub fn newest(&self, query: &Query, filters: &Filters, today: NaiveDate, limit: usize) -> Vec<(u32, usize)> {
        let tally = Tally::new(self, filters, today);
        let mut found = Vec::new();
        self.each(query, |document, _| {
            for (which, place) in self.places(document).enumerate() {
                let (Some(row), Some(shown)) = (self.rows.get(place), self.shown.get(place)) else { continue };
                if tally.takes(row) {
                    let list = self.lists.get(row.list as usize).map(|list| (list.published_at, list.chain_number));
                    found.push((std::cmp::Reverse(list), shown.position, document, which));
                }
            }
        });
        found.sort_unstable();
        found.into_iter().take(limit).map(|(_, _, document, which)| (document, which)).collect()
    }

    fn each(&self, query: &Query, mut work: impl FnMut(u32, Rank)) {
        if query.is_blank() {
            (0..offset(self.entries.len())).for_each(|document| work(document, 0));
            return;
        }
        let mut found: Option<Vec<(u32, Rank)>> = None;
        for word in query.words() {
            let mut of_word = self.find_word(&word.whole);
            // Only what is nowhere written in a row is looked for in parts: a name and a number would be found in every code else.
            if of_word.is_empty()
                && let Some((first, rest)) = word.runs.split_first()
            {
                of_word = rest.iter().fold(self.find_word(first), |found, run| both(&found, &self.find_word(run)));
            }
            found = Some(match found {
                Some(found) => both(&found, &of_word),
                None => of_word,
            });
        }
        found.unwrap_or_default().into_iter().for_each(|(document, rank)| work(document, rank));
    }

    /// The providers that hold a folded word, or have in common what holds it.
    fn find_word(&self, word: &str) -> Vec<(u32, Rank)> {
        let own = self.texts.find(word);
        let Some(common) = self.common.find(word) else { return own };
        let documents = 0..offset(self.entries.len());
        let of_rows = |document: u32| self.rows_of(document).iter().filter_map(|row| common.rank(self, row)).min();
        either(own, documents.filter_map(|document| Some((document, of_rows(document)?))).collect())
    }

    pub(super) fn category_of(&self, row: &Row) -> u16 {
        self.list_categories.get(row.list as usize).copied().unwrap_or(NONE)
    }

    pub(super) fn year_of(&self, row: &Row) -> u16 {
        self.list_years.get(row.list as usize).copied().unwrap_or(NONE)
    }

    pub(super) fn clusters_of(&self, row: &Row) -> &[u16] {
        let begin = row.tags as usize;
        self.tags.get(begin..begin + usize::from(row.clusters)).unwrap_or_default()
    }

    pub(super) fn fields_of(&self, row: &Row) -> &[u16] {
        let begin = row.tags as usize + usize::from(row.clusters);
        self.tags.get(begin..begin + usize::from(row.fields)).unwrap_or_default()
    }

    /// An entry's pieces, each once, and its credit code.
    fn pieces(&self, document: usize) -> (Pieces, Option<String>) {
        let Some(entry) = self.entries.get(document) else { return Default::default() };
        let name = fold(self.strings.text(entry.name));
        let mut beside: BTreeSet<String> = BTreeSet::new();
        for place in self.places(offset(document)) {
            let Some(shown) = self.shown.get(place) else { continue };
            beside.extend([shown.name, shown.product].map(|text| fold(self.strings.text(text))));
        }
        beside.remove(&name);
        beside.remove("");
        let code = self.strings.some(entry.credit_code).map(fold);
        (Pieces { name, beside: beside.into_iter().collect() }, code)
    }
}

impl Row {
    /// What it is worth on a day, counted as the row's own.
    pub(super) fn standing(&self, today: i32) -> Standing {
        self.stored.map_or(Standing::Listed, |stored| Standing::of(stored, (self.from, self.to), today))
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
