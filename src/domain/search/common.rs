//! What many providers have in common, searched once for all of them: the names of their categories, the province, cities,
//! clusters and fields of service.

use super::arena::Pieces;
use super::fold::fold;
use super::index::{Index, Row, Tables};
use super::texts::{Rank, Texts, in_common};
use crate::domain::reference::Reference;
use std::collections::HashMap;

/// Where all cities of the reference data lie.
const PROVINCE: &str = "广东省";

/// One of those names, by its number among its like.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Category(u16),
    Province,
    City(u16),
    Cluster(u16),
    Field(u16),
}

/// The names, and of what each of them is one.
#[derive(Debug, Default)]
pub(super) struct Common {
    texts: Texts,
    kinds: Vec<Kind>,
    /// How many cities are the province's: the first.
    cities_of_province: u16,
}

impl Common {
    /// Those of these values. A category is called by all its names, and else as it is written.
    pub(super) fn of(values: &Tables, categories: &HashMap<String, Vec<String>>, reference: &Reference) -> Common {
        let mut names: Vec<(Kind, Vec<String>)> = vec![(Kind::Province, vec![PROVINCE.to_string()])];
        for (id, key) in values.categories.iter() {
            names.push((Kind::Category(id), categories.get(key).cloned().unwrap_or_else(|| vec![key.to_string()])));
        }
        for (id, code) in values.cities.iter() {
            names.push((Kind::City(id), reference.city(code).map(|city| city.name.clone()).into_iter().collect()));
        }
        for (id, code) in values.clusters.iter() {
            let cluster = reference.clusters.iter().find(|cluster| cluster.id == code);
            names.push((Kind::Cluster(id), cluster.map(|cluster| cluster.name.clone()).into_iter().collect()));
        }
        for (id, field) in values.fields.iter() {
            names.push((Kind::Field(id), vec![field.to_string()]));
        }
        let texts = Texts::build(names.len(), |at| {
            let mut folded: Vec<String> = Vec::new();
            for name in names.get(at).map(|(_, names)| names.as_slice()).unwrap_or_default() {
                let name = fold(name);
                if !folded.contains(&name) {
                    folded.push(name);
                }
            }
            let name = if folded.is_empty() { String::new() } else { folded.remove(0) };
            (Pieces { name, beside: folded }, None)
        });
        let kinds = names.into_iter().map(|(kind, _)| kind).collect();
        Common { texts, kinds, cities_of_province: u16::try_from(reference.cities.len()).unwrap_or(u16::MAX) }
    }

    /// Bytes that they take.
    pub(super) fn bytes(&self) -> usize {
        self.texts.bytes() + self.kinds.capacity() * std::mem::size_of::<Kind>()
    }

    /// How well each of the names holds a word; none if none does.
    pub(super) fn find(&self, word: &str) -> Option<Ranks> {
        let found = self.texts.find(word);
        if found.is_empty() {
            return None;
        }
        let mut ranks = Ranks { cities_of_province: self.cities_of_province, ..Ranks::default() };
        for (at, found) in found {
            let Some(kind) = self.kinds.get(at as usize) else { continue };
            let rank = Some(in_common(found));
            match *kind {
                Kind::Province => ranks.province = rank,
                Kind::Category(id) => set(&mut ranks.categories, id, rank),
                Kind::City(id) => set(&mut ranks.cities, id, rank),
                Kind::Cluster(id) => set(&mut ranks.clusters, id, rank),
                Kind::Field(id) => set(&mut ranks.fields, id, rank),
            }
        }
        Some(ranks)
    }
}

/// How well the names of each kind hold a word, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    province: Option<Rank>,
    cities_of_province: u16,
    categories: Vec<Option<Rank>>,
    cities: Vec<Option<Rank>>,
    clusters: Vec<Option<Rank>>,
    fields: Vec<Option<Rank>>,
}

fn set(ranks: &mut Vec<Option<Rank>>, id: u16, rank: Option<Rank>) {
    let at = usize::from(id);
    if ranks.len() <= at {
        ranks.resize(at + 1, None);
    }
    if let Some(place) = ranks.get_mut(at) {
        *place = rank;
    }
}

impl Ranks {
    /// The best of what a recognition has; none if it has nothing that holds the word.
    pub(super) fn rank(&self, index: &Index, row: &Row) -> Option<Rank> {
        let of = |ranks: &[Option<Rank>], id: u16| ranks.get(usize::from(id)).copied().flatten();
        let one = [
            self.province.filter(|_| row.city < self.cities_of_province),
            of(&self.categories, index.category_of(row)),
            of(&self.cities, row.city),
        ];
        let clusters = index.clusters_of(row).iter().map(|id| of(&self.clusters, *id));
        let fields = index.fields_of(row).iter().map(|id| of(&self.fields, *id));
        one.into_iter().chain(clusters).chain(fields).flatten().min()
    }
}
