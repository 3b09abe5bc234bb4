//! From lists that were read to lists that are published.

use super::{ImportedList, ImportedRow};
use crate::actions::publish_list::{Certificates, seal};
use crate::actions::{Record, Tx};
use crate::db;
use crate::db::Json;
use crate::db::published_lists::{ListEntry, PublishedList};
use crate::domain::actor::{Actor, Role};
use crate::domain::form::{RawForm, ViewContext};
use crate::domain::ids::PublishedListId;
use crate::domain::membership;
use crate::domain::programme::Programme;
use crate::domain::published_list::{self, ColumnSubject, Shown};
use crate::domain::refusal::Refusal;
use crate::domain::status::{ListKind, ListStatus};
use crate::error::Error;
use chrono::NaiveDate;

/// Brings lists in and publishes them at once: they join the chain of lists. Carried out by an operator.
///
/// # Errors
/// A list of this name and year is here already.
pub fn import_lists(tx: &mut Tx<'_>, actor: &Actor, lists: &[ImportedList]) -> Result<Vec<PublishedListId>, Error> {
    let role = actor.must_hold(&[Role::System])?;
    let mut ids = Vec::new();
    for imported in lists {
        if db::published_lists::is_imported(tx.db, &imported.title, imported.year)? {
            return Err(Refusal::conflict("list_imported_before").with("list", &imported.title).into());
        }
        let programme = imported.programme.as_deref().and_then(|key| tx.env.programme(key));
        let mut list = list_of(tx, imported, programme);
        let mut entries = Vec::new();
        for (at, row) in imported.rows.iter().enumerate() {
            entries.push(entry_of(tx, &list, row, programme, at + 1)?);
        }
        seal(tx, &mut list, &entries, &Certificates::new())?;
        list.status = ListStatus::Published;
        db::published_lists::create(tx.db, &list, &entries)?;
        tx.record(
            actor,
            Record {
                subject_kind: "list",
                subject_id: list.id.as_text(),
                action: "list.imported",
                role: role.as_text(),
                to: Some("published"),
                detail: serde_json::json!({
                    "title": list.title, "year": list.year, "chain_number": list.chain_number,
                    "sha256": list.sha256, "entries": entries.len(), "programme": imported.programme,
                }),
                ..Record::default()
            },
        )?;
        ids.push(list.id);
    }
    Ok(ids)
}

fn list_of(tx: &Tx<'_>, imported: &ImportedList, programme: Option<&Programme>) -> PublishedList {
    PublishedList {
        id: PublishedListId::new(&*tx.env.ids),
        call_id: None,
        kind: ListKind::Imported,
        number: None,
        category: programme.map_or_else(|| imported.category.clone(), |programme| programme.category.key.clone()),
        year: imported.year,
        title: imported.title.clone(),
        body: String::new(),
        source_url: imported.source_url.clone(),
        status: ListStatus::Proposed,
        proposed_by: None,
        proposed_at: tx.now,
        published_by: None,
        published_at: None,
        chain_number: None,
        canonical: None,
        sha256: None,
        previous_sha256: None,
        signature: None,
        version: 1,
    }
}

fn entry_of(
    tx: &Tx<'_>,
    list: &PublishedList,
    row: &ImportedRow,
    programme: Option<&Programme>,
    position: usize,
) -> Result<ListEntry, Error> {
    let city = row.city.as_deref().and_then(|code| tx.env.reference.city(code)).map_or("", |city| &city.name);
    let shown = match programme {
        Some(programme) => programme_columns(tx, list, row, programme, (city, position)),
        None => plain_columns(tx, row, (city, position)),
    };
    let region = row.region.trim_end_matches('省');
    let in_province =
        if row.city.is_some() { Some(true) } else { (!region.is_empty()).then_some(region == super::PROVINCE) };
    Ok(ListEntry {
        list_id: list.id,
        position: i32::try_from(position).map_err(anyhow::Error::from)?,
        application_id: None,
        organisation_id: None,
        organisation_name: row.organisation.clone(),
        product: row.product.clone(),
        credit_code: None,
        city: row.city.clone(),
        result: row.result.clone(),
        shown: Json(shown),
        category_type: row.category_type.clone(),
        in_province: programme.and(in_province),
        valid_to: programme.and_then(|programme| valid_to(programme, list.year?)),
    })
}

/// A list's year is known and not its day, so nobody loses a day: full years from the last day of the year.
fn valid_to(programme: &Programme, year: i32) -> Option<NaiveDate> {
    let validity = programme.validity.as_ref()?;
    let from = NaiveDate::from_ymd_opt(year, 12, 31)?;
    membership::validity(from, validity.years).map(|days| days.to)
}

/// The programme's public columns.
fn programme_columns(
    tx: &Tx<'_>,
    list: &PublishedList,
    row: &ImportedRow,
    programme: &Programme,
    (city, position): (&str, usize),
) -> Vec<Shown> {
    let language = crate::words::DEFAULT_LANGUAGE;
    let words = tx.env.words.of_forms(language);
    let of_type = row.category_type.as_deref().and_then(|key| programme.category.type_of(key));
    let subject = ColumnSubject {
        position,
        organisation_name: &row.organisation,
        credit_code: "",
        city,
        member_names: &[],
        product: &row.product,
        category_type: of_type.map_or("", |known| known.names.in_language(language)),
        form: &RawForm::default(),
    };
    let call_year = list.year.unwrap_or_default();
    published_list::columns(
        programme,
        &subject,
        &ViewContext { call_year, language, reference: &tx.env.reference, words: &words },
    )
}

/// The columns of a list that no programme knows: what the file says.
fn plain_columns(tx: &Tx<'_>, row: &ImportedRow, (city, position): (&str, usize)) -> Vec<Shown> {
    let place = position.to_string();
    let shown = [
        ("number", place.as_str()),
        ("organisation", &row.organisation),
        ("product", &row.product),
        ("region", &row.region),
        ("city", city),
        ("result", &row.result),
        ("note", &row.note),
    ]
    .map(|(key, value)| Shown {
        key: key.to_string(),
        label: tx.env.words.say(crate::words::DEFAULT_LANGUAGE, &format!("list-column-{key}")),
        value: value.to_string(),
    });
    shown.to_vec()
}
