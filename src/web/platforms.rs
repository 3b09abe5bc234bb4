//! National-level platforms of the province, promoted from the lists that were brought in.

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::db;
use crate::db::published_lists::{ListEntry, PublishedList, RecognitionFilter};
use crate::domain::programme::{CategoryType, Programme, ProgrammeKind};
use crate::error::Error;
use actix_web::HttpResponse;
use askama::Template;

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
        let programmes: Vec<&Programme> = programmes.collect();
        programmes.into_iter().map(|programme| national(tx, programme, &language)).collect()
    });
    let nationals = read.await.map_err(|e| visit.fail(e))?;
    ok(&ShowPage { page: Page::titled(&visit, "platforms-title"), nationals })
}

fn national(tx: &mut Tx<'_>, programme: &Programme, language: &str) -> Result<National, Error> {
    let group = |known: &CategoryType| Group {
        key: known.key.clone(),
        name: known.names.in_language(language).into(),
        platforms: Vec::new(),
    };
    let mut groups: Vec<Group> = programme.category.types.iter().map(group).collect();
    let filter = RecognitionFilter { in_province: true, ..RecognitionFilter::default() };
    for (list, entry) in db::published_lists::recognitions(tx.db, &programme.category.key, &filter)? {
        let kind = entry.category_type.clone();
        if let Some(group) = groups.iter_mut().find(|group| Some(&group.key) == kind.as_ref()) {
            group.platforms.push(platform(tx, &list, entry));
        }
    }
    Ok(National {
        name: programme.names.in_language(language).into(),
        summary: programme.summary.in_language(language).into(),
        note: programme.policy_note.in_language(language).into(),
        groups,
    })
}

fn platform(tx: &Tx<'_>, list: &PublishedList, entry: ListEntry) -> Platform {
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
