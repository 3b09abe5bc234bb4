//! Reads the public register into an index for search. Nothing but what published lists show and what memberships say goes in.

use super::Tx;
use crate::db;
use crate::db::published_lists::ListEntry;
use crate::domain::ids::{ApplicationId, OrganisationId};
use crate::domain::programme::{ColumnSource, FieldKind, Programme};
use crate::domain::published_list::PARTS;
use crate::domain::search::{Held, Index, Provider, Recognition, Register, fold, key_of_name, key_of_organisation};
use crate::error::Error;
use std::collections::HashMap;

/// Entries that are read at once.
const PIECE: i64 = 2_000;
/// Answers of forms that say in which fields a provider serves: those of service providers, and the directions of platforms.
pub const SERVICE_FIELDS: &[&str] = &["service_fields", "direction"];
/// The answer that names what is recognised beside the organisation.
const PRODUCT: &str = "platform_name";

/// The version of the register, to be compared with that of the index.
pub fn version(tx: &mut Tx<'_>) -> Result<i64, Error> {
    Ok(db::register::version(tx.db)?)
}

/// Reads everything. The caller asks for the version first: what is published meanwhile may or may not be in the index, and moves the
/// version on.
pub fn read(tx: &mut Tx<'_>) -> Result<Index, Error> {
    let lists = db::register::lists(tx.db)?;
    let mut gathering = Gathering::of(db::register::organisations(tx.db)?);
    // The newest recognition of each provider comes first.
    for (at, list) in lists.iter().enumerate().rev() {
        let held = db::register::memberships_of(tx.db, list.id)?;
        let mut held: HashMap<ApplicationId, db::register::Held> =
            held.into_iter().map(|held| (held.application_id, held)).collect();
        let columns = Columns::of(tx.env.programmes.iter().find(|programme| programme.category.key == list.category));
        let mut place = i32::MIN;
        loop {
            let entries = db::published_lists::entries_after(tx.db, list.id, place, PIECE)?;
            let Some(last) = entries.last() else { break };
            place = last.position;
            for entry in entries {
                let own = entry.application_id.and_then(|application| held.remove(&application));
                gathering.add(&columns.recognition(tx, at, &entry, own), entry.organisation_id);
            }
        }
    }
    let category_names = tx.env.programmes.iter().map(names_of_category).collect();
    let register = Register { lists, providers: gathering.providers, category_names };
    Ok(Index::build(register, &tx.env.reference))
}

/// A category's key, and what people call it: as simplified and traditional characters write it.
fn names_of_category(programme: &Programme) -> (String, Vec<String>) {
    let names = [&programme.names.zh_cn, &programme.names.zh_tw];
    (programme.category.key.clone(), names.into_iter().filter(|name| !name.is_empty()).cloned().collect())
}

/// Providers while they are gathered from the lists.
struct Gathering {
    organisations: HashMap<OrganisationId, (String, String)>,
    /// Registered organisations by their folded name, for lists that know no account.
    by_name: HashMap<String, OrganisationId>,
    at: HashMap<String, usize>,
    providers: Vec<Provider>,
}

impl Gathering {
    fn of(organisations: Vec<(OrganisationId, String, String)>) -> Gathering {
        Gathering {
            by_name: organisations.iter().map(|(id, name, _)| (fold(name), *id)).collect(),
            organisations: organisations.into_iter().map(|(id, name, code)| (id, (name, code))).collect(),
            at: HashMap::new(),
            providers: Vec::new(),
        }
    }

    fn add(&mut self, recognition: &Recognition, organisation: Option<OrganisationId>) {
        let folded = fold(&recognition.name);
        let organisation = organisation.or_else(|| self.by_name.get(&folded).copied());
        let (key, name, credit_code) = match organisation.and_then(|id| Some((id, self.organisations.get(&id)?))) {
            Some((id, (name, code))) => (key_of_organisation(id), name.clone(), Some(code.clone())),
            None => (key_of_name(&folded), recognition.name.clone(), None),
        };
        let at = *self.at.entry(key.clone()).or_insert(self.providers.len());
        if at == self.providers.len() {
            self.providers.push(Provider { key, name, credit_code, recognitions: Vec::new() });
        }
        if let Some(provider) = self.providers.get_mut(at) {
            provider.recognitions.push(recognition.clone());
        }
    }
}

/// Which columns of a list name the product, and say whom and in what a provider serves.
struct Columns {
    products: Vec<String>,
    clusters: Vec<String>,
    fields: Vec<String>,
}

impl Columns {
    /// Those of a programme's lists; an imported list has none.
    fn of(programme: Option<&Programme>) -> Columns {
        let keys = |wanted: &dyn Fn(&str, &FieldKind) -> bool| {
            let columns = programme.into_iter().flat_map(|programme| &programme.public_columns);
            let chosen = columns.filter(|column| match &column.source {
                ColumnSource::Field(key) => programme
                    .into_iter()
                    .flat_map(Programme::fields)
                    .any(|field| field.key == *key && !field.personal && wanted(key, &field.kind)),
                _ => false,
            });
            chosen.map(|column| column.key.clone()).collect()
        };
        Columns {
            products: keys(&|key, _| key == PRODUCT),
            clusters: keys(&|_, kind| matches!(kind, FieldKind::Cluster { .. })),
            fields: keys(&|key, _| SERVICE_FIELDS.contains(&key)),
        }
    }

    fn recognition(
        &self,
        tx: &Tx<'_>,
        list: usize,
        entry: &ListEntry,
        held: Option<db::register::Held>,
    ) -> Recognition {
        let cells = |keys: &[String]| -> Vec<&str> {
            entry.shown.0.iter().filter(|cell| keys.contains(&cell.key)).map(|cell| cell.value.as_str()).collect()
        };
        let parts = |keys: &[String]| -> Vec<String> {
            let parts = cells(keys).into_iter().flat_map(|value| value.split(PARTS));
            parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect()
        };
        let named = |name: &String| tx.env.reference.clusters.iter().find(|cluster| cluster.name == *name);
        let clusters = parts(&self.clusters).iter().filter_map(named).map(|cluster| cluster.id.clone()).collect();
        let product = if entry.product.is_empty() { cells(&self.products).join(PARTS) } else { entry.product.clone() };
        // An imported row may name nothing but a product.
        let (name, product) = match entry.organisation_name.is_empty() {
            true => (product, String::new()),
            false => (entry.organisation_name.clone(), product),
        };
        Recognition {
            list,
            position: entry.position,
            name,
            product,
            result: if entry.application_id.is_none() { entry.result.clone() } else { String::new() },
            city: entry.city.clone(),
            clusters,
            fields: parts(&self.fields),
            held: held.map(|held| Held {
                certificate: held.certificate_number,
                from: held.valid_from,
                to: held.valid_to,
                stored: held.standing,
            }),
        }
    }
}
