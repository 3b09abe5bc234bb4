//! National-level platforms of the province, promoted from the lists that were brought in.

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::db;
use crate::db::open_data::ListHead;
use crate::db::published_lists::ListEntry;
use crate::domain::national::{entry_type, is_own, list_type};
use crate::domain::programme::{Programme, ProgrammeKind};
use crate::error::Error;
use actix_web::HttpResponse;
use askama::Template;

/// Imported lists that are looked through; there are a few a year.
const LISTS: i64 = 1_000;
/// Entries of one list; national lists name some dozens.
const ENTRIES: i64 = 500;

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.get("/platforms", Access::Public, show);
}

/// A platform.
struct Platform {
    name: String,
    operator: String,
    city: String,
    year: String,
    list: String,
    list_title: String,
}

/// The platforms of one type.
struct Group {
    key: String,
    name: String,
    platforms: Vec<Platform>,
}

/// A programme of national lists.
struct National {
    name: String,
    summary: String,
    note: String,
    groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "platforms/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    nationals: Vec<National>,
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let language = visit.actor.language.clone();
    let read = visit.app.read(move |tx| {
        let programmes = tx.env.programmes.iter().filter(|programme| programme.kind == ProgrammeKind::Imported);
        let lists = db::open_data::imported_lists(tx.db, LISTS)?;
        let programmes: Vec<&Programme> = programmes.collect();
        programmes.into_iter().map(|programme| national(tx, programme, &lists, &language)).collect()
    });
    let nationals = read.await.map_err(|e| visit.fail(e))?;
    ok(&ShowPage { page: Page::titled(&visit, "platforms-title"), nationals })
}

fn national(tx: &mut Tx<'_>, programme: &Programme, lists: &[ListHead], language: &str) -> Result<National, Error> {
    let group = |choice: &crate::domain::programme::Choice| Group {
        key: choice.key.clone(),
        name: choice.names.in_language(language).into(),
        platforms: Vec::new(),
    };
    let mut groups: Vec<Group> = programme.category.types.iter().map(group).collect();
    for list in lists {
        let of_list = list_type(programme, &list.category, &list.title);
        if of_list.is_none() && !is_own(programme, &list.category) {
            continue;
        }
        for entry in db::open_data::entries_after(tx.db, list.id, 0, ENTRIES)? {
            let kind = entry_type(programme, &entry.result).or(of_list);
            let group = kind.and_then(|kind| groups.iter_mut().find(|group| group.key == kind.key));
            if let (Some(group), true) = (group, is_of_province(tx, &entry)) {
                group.platforms.push(platform(tx, list, entry));
            }
        }
    }
    Ok(National {
        name: programme.names.in_language(language).into(),
        summary: programme.summary.in_language(language).into(),
        note: programme.policy_note.in_language(language).into(),
        groups,
    })
}

/// The region as written begins with the province, or the city is one of its cities.
fn is_of_province(tx: &Tx<'_>, entry: &ListEntry) -> bool {
    let province = tx.env.words.say(crate::words::DEFAULT_LANGUAGE, "platforms-province");
    let region = entry.shown.0.iter().find(|cell| cell.key == "region");
    entry.city.is_some() || region.is_some_and(|cell| cell.value.starts_with(&province))
}

fn platform(tx: &Tx<'_>, list: &ListHead, entry: ListEntry) -> Platform {
    let city = entry.city.as_deref().and_then(|code| tx.env.reference.city(code));
    let (name, operator) = match entry.product.is_empty() {
        true => (entry.organisation_name, String::new()),
        false => (entry.product, entry.organisation_name),
    };
    Platform {
        name,
        operator,
        city: city.map(|city| city.name.clone()).unwrap_or_default(),
        year: list.year.map(|year| year.to_string()).unwrap_or_default(),
        list: list.id.to_string(),
        list_title: list.title.clone(),
    }
}
