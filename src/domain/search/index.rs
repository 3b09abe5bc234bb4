//! The index: every provider of the public register, ready to be searched.

use super::arena::Pieces;
use super::facets::{Facets, Tally};
use super::fold::fold;
use super::pinyin;
use super::query::{Filters, Query};
use super::register::{Held, ListRef, Provider, Recognition, Standing};
use super::texts::{Rank, Texts, both};
use super::values::{NONE, Values};
use crate::domain::reference::Reference;
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};

/// The register as it is read: lists, and providers that name them by their place.
#[derive(Debug, Default, Clone)]
pub struct Register {
    /// Published lists.
    pub lists: Vec<ListRef>,
    /// In any order.
    pub providers: Vec<Provider>,
}

/// A recognition as it is kept: what many have in common is kept once.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) list: u32,
    pub(super) city: u16,
    pub(super) clusters: Box<[u16]>,
    pub(super) fields: Box<[u16]>,
    result: u16,
    position: i32,
    /// None where it is the provider's.
    name: Option<Box<str>>,
    product: Option<Box<str>>,
    held: Option<Box<Held>>,
}

#[derive(Debug)]
struct Entry {
    key: Box<str>,
    name: Box<str>,
    credit_code: Option<Box<str>>,
    rows: Box<[Row]>,
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
    entries: Vec<Entry>,
    /// Entries by their key.
    by_key: Vec<u32>,
    texts: Texts,
    pub(super) values: Tables,
}

/// Values that recognitions have in common.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) categories: Values,
    pub(super) cities: Values,
    pub(super) clusters: Values,
    pub(super) fields: Values,
    results: Values,
}

impl Index {
    /// Builds the index. Names of cities and clusters come from the reference data and are searched too.
    pub fn build(register: Register, reference: &Reference) -> Index {
        let Register { lists, providers } = register;
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
        let entries: Vec<Entry> = keyed.into_iter().map(|(_, provider)| values.keep(provider)).collect();
        let labels = Labels::of(&values, reference);
        let texts = Texts::build(entries.len(), |document| {
            entries.get(document).map(|e| labels.of_entry(e)).unwrap_or_default()
        });
        let mut by_key: Vec<u32> = (0..u32::try_from(entries.len()).unwrap_or(u32::MAX)).collect();
        let key = |at: u32| entries.get(at as usize).map(|entry| &*entry.key);
        by_key.sort_by(|a, b| key(*a).cmp(&key(*b)));
        let list_categories = lists.iter().map(|list| values.categories.id_of(&list.category)).collect();
        Index { lists, list_categories, entries, by_key, texts, values }
    }

    /// How many providers there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes that the words and what finds them take; the entries come on top.
    pub fn text_bytes(&self) -> usize {
        self.texts.bytes()
    }

    /// The lists that recognitions name by their place.
    pub fn lists(&self) -> &[ListRef] {
        &self.lists
    }

    /// The provider of a key.
    pub fn find(&self, key: &str) -> Option<u32> {
        let own = |at: &u32| self.entries.get(*at as usize).map(|entry| &*entry.key);
        let at = self.by_key.binary_search_by(|at| own(at).cmp(&Some(key))).ok()?;
        self.by_key.get(at).copied()
    }

    /// A provider, as it was taken in.
    pub fn provider(&self, hit: u32) -> Option<Provider> {
        self.entries.get(hit as usize).map(|entry| Provider {
            key: entry.key.to_string(),
            name: entry.name.to_string(),
            credit_code: entry.credit_code.as_ref().map(ToString::to_string),
            recognitions: entry.rows.iter().map(|row| self.values.recognition(entry, row)).collect(),
        })
    }

    /// Searches.
    pub fn search(&self, asked: &Asked) -> Outcome {
        let mut tally = Tally::new(self, &asked.filters, asked.today);
        let mut found: Vec<(Rank, u32)> = Vec::new();
        self.each(&asked.query, |document, rank, entry| {
            if tally.count(document, &entry.rows) {
                found.push((rank, document));
            }
        });
        found.sort_unstable();
        let wanted = found.iter().skip(asked.offset).take(asked.limit);
        Outcome { total: found.len(), hits: wanted.map(|(_, hit)| *hit).collect(), facets: tally.facets() }
    }

    /// The newest recognitions that match: provider, and which of its recognitions.
    pub fn newest(&self, query: &Query, filters: &Filters, today: NaiveDate, limit: usize) -> Vec<(u32, usize)> {
        let tally = Tally::new(self, filters, today);
        let mut found = Vec::new();
        self.each(query, |document, _, entry| {
            let matching = entry.rows.iter().enumerate().filter(|(_, row)| tally.takes(row));
            found.extend(matching.map(|(at, row)| {
                let list = self.lists.get(row.list as usize).map(|list| (list.published_at, list.chain_number));
                (std::cmp::Reverse(list), row.position, document, at)
            }));
        });
        found.sort_unstable();
        found.into_iter().take(limit).map(|(_, _, document, at)| (document, at)).collect()
    }

    fn each<'a>(&'a self, query: &Query, mut work: impl FnMut(u32, Rank, &'a Entry)) {
        if query.is_blank() {
            (0..).zip(&self.entries).for_each(|(document, entry)| work(document, 0, entry));
            return;
        }
        let mut found: Option<Vec<(u32, Rank)>> = None;
        for word in query.words() {
            let mut of_word = self.texts.find(&word.whole);
            // Only what is nowhere written in a row is looked for in parts: a name and a number would be found in every code else.
            if of_word.is_empty()
                && let Some((first, rest)) = word.runs.split_first()
            {
                of_word = rest.iter().fold(self.texts.find(first), |found, run| both(&found, &self.texts.find(run)));
            }
            found = Some(found.map_or(of_word.clone(), |found| both(&found, &of_word)));
        }
        for (document, rank) in found.unwrap_or_default() {
            if let Some(entry) = self.entries.get(document as usize) {
                work(document, rank, entry);
            }
        }
    }

    pub(super) fn category_of(&self, row: &Row) -> u16 {
        self.list_categories.get(row.list as usize).copied().unwrap_or(NONE)
    }

    pub(super) fn year_of(&self, row: &Row) -> Option<i32> {
        self.lists.get(row.list as usize).and_then(|list| list.year)
    }
}

impl Row {
    pub(super) fn standing(&self, today: NaiveDate) -> Standing {
        Standing::of(self.held.as_deref(), today)
    }
}

impl Tables {
    fn keep(&mut self, provider: Provider) -> Entry {
        let Provider { key, name, credit_code, recognitions } = provider;
        let boxed = |text: String| (!text.is_empty()).then(|| text.into_boxed_str());
        let rows = recognitions.into_iter().map(|held| Row {
            list: u32::try_from(held.list).unwrap_or(u32::MAX),
            city: held.city.map_or(NONE, |city| self.cities.id_of(&city)),
            clusters: held.clusters.iter().map(|cluster| self.clusters.id_of(cluster)).collect(),
            fields: held.fields.iter().map(|field| self.fields.id_of(field)).collect(),
            result: self.results.id_of(&held.result),
            position: held.position,
            name: if held.name == name { None } else { Some(held.name.into_boxed_str()) },
            product: boxed(held.product),
            held: held.held.map(Box::new),
        });
        let rows = rows.collect();
        Entry { key: key.into(), name: name.into(), credit_code: credit_code.map(Into::into), rows }
    }

    fn recognition(&self, entry: &Entry, row: &Row) -> Recognition {
        let texts = |ids: &[u16], of: &Values| ids.iter().filter_map(|id| of.text(*id)).map(str::to_string).collect();
        Recognition {
            list: row.list as usize,
            position: row.position,
            name: row.name.as_ref().unwrap_or(&entry.name).to_string(),
            product: row.product.as_ref().map(ToString::to_string).unwrap_or_default(),
            result: self.results.text(row.result).unwrap_or_default().to_string(),
            city: self.cities.text(row.city).map(str::to_string),
            clusters: texts(&row.clusters, &self.clusters),
            fields: texts(&row.fields, &self.fields),
            held: row.held.as_deref().cloned(),
        }
    }
}

/// What the values are called, folded: by their id.
struct Labels {
    cities: HashMap<u16, String>,
    clusters: HashMap<u16, String>,
    fields: HashMap<u16, String>,
}

impl Labels {
    fn of(values: &Tables, reference: &Reference) -> Labels {
        let folded = |values: &Values, name: &dyn Fn(&str) -> Option<String>| {
            values.iter().filter_map(|(id, text)| Some((id, fold(&name(text)?)))).collect()
        };
        let cluster = |id: &str| reference.clusters.iter().find(|c| c.id == id).map(|c| c.name.clone());
        Labels {
            cities: folded(&values.cities, &|code| reference.city(code).map(|city| city.name.clone())),
            clusters: folded(&values.clusters, &cluster),
            fields: folded(&values.fields, &|field| Some(field.to_string())),
        }
    }

    /// An entry's pieces, each once, and its credit code.
    fn of_entry(&self, entry: &Entry) -> (Pieces, Option<String>) {
        let name = fold(&entry.name);
        let mut beside: BTreeSet<String> = BTreeSet::new();
        let mut about: BTreeSet<&String> = BTreeSet::new();
        for row in &entry.rows {
            beside.extend(row.name.iter().chain(&row.product).map(|text| fold(text)));
            about.extend(self.cities.get(&row.city));
            about.extend(row.clusters.iter().filter_map(|id| self.clusters.get(id)));
            about.extend(row.fields.iter().filter_map(|id| self.fields.get(id)));
        }
        beside.remove(&name);
        beside.remove("");
        let code = entry.credit_code.as_ref().map(|code| fold(code));
        let about = about.into_iter().filter(|text| !text.is_empty()).cloned().collect();
        (Pieces { name, beside: beside.into_iter().collect(), about }, code)
    }
}
