//! National-level platforms of the province, promoted from the lists that were brought in.

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::prepared::NOTHING;
use super::routes::Routes;
use crate::actions::Tx;
use crate::db;
use crate::db::published_lists::{ListEntry, PublishedList, RecognitionFilter};
use crate::domain::calendar;
use crate::domain::programme::{CategoryType, Programme, ProgrammeKind};
use crate::error::Error;
use actix_web::HttpResponse;
use askama::Template;

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/platforms", &NOTHING, show);
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
        let env = tx.env;
        let programmes = env.programmes.iter().filter(|programme| programme.kind == ProgrammeKind::Imported);
        programmes.map(|programme| national(tx, programme, &language)).collect()
    });
    let nationals = read.await.map_err(|e| visit.fail(e))?;
    ok(&ShowPage { page: Page::titled(&visit, "platforms-title"), nationals })
}

fn national(tx: &mut Tx<'_>, programme: &Programme, language: &str) -> Result<National, Error> {
    let current =
        RecognitionFilter { category_type: None, in_province: true, current_on: Some(calendar::local_date(tx.now)) };
    let named = db::published_lists::recognitions(tx.db, &programme.category.key, &current)?;
    let group = |of_type: &CategoryType| Group {
        key: of_type.key.clone(),
        name: of_type.names.in_language(language).into(),
        platforms: named
            .iter()
            .filter(|(_, entry)| entry.category_type.as_deref() == Some(of_type.key.as_str()))
            .map(|(list, entry)| platform(tx, list, entry, language))
            .collect(),
    };
    Ok(National {
        name: programme.names.in_language(language).into(),
        summary: programme.summary.in_language(language).into(),
        note: programme.policy_note.in_language(language).into(),
        groups: programme.category.types.iter().map(group).collect(),
    })
}

fn platform(tx: &Tx<'_>, list: &PublishedList, entry: &ListEntry, language: &str) -> Platform {
    let city = entry.city.as_deref().and_then(|code| tx.env.reference.city(code));
    let (name, operator) = match entry.product.is_empty() {
        true => (entry.organisation_name.clone(), String::new()),
        false => (entry.product.clone(), entry.organisation_name.clone()),
    };
    Platform {
        name,
        operator,
        city: city.map(|city| city.names.in_language(language).to_string()).unwrap_or_default(),
        year: list.year.map(|year| year.to_string()).unwrap_or_default(),
        list: list.id.to_string(),
        list_title: list.title.clone(),
    }
}
