//! Recognised providers and platforms: today's pool, each one's recognitions, and the verification of certificates.

use super::access::Visit;
use super::lists::category_name;
use super::page::{Failure, Page, ok};
use super::paging::{PagerView, address, pager_view};
use super::prepared::NOTHING;
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::db;
use crate::db::memberships::{Filter, Membership};
use crate::db::page::Pager;
use crate::domain::calendar;
use crate::domain::ids::OrganisationId;
use crate::domain::membership::{StandingOnDate, standing_now};
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/providers", Access::Public, index);
    routes.prepared("/providers/{id}", &NOTHING, show);
    routes.get("/certificates/{number}", Access::Public, certificate);
}

/// What the pool is searched for.
#[derive(Debug, Clone, Default, Deserialize)]
struct Query {
    #[serde(default)]
    q: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    city: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    page: String,
}

/// A membership in words.
struct MembershipView {
    category: String,
    city: String,
    certificate: String,
    list: String,
    from: String,
    to: String,
    standing: StandingOnDate,
}

impl MembershipView {
    fn of(tx: &Tx<'_>, membership: &Membership, language: &str) -> MembershipView {
        let city = membership.city.as_deref().and_then(|code| tx.env.reference.city(code));
        MembershipView {
            category: category_name(tx, &membership.category, language),
            city: city.map(|city| city.name.clone()).unwrap_or_default(),
            certificate: membership.certificate_number.clone(),
            list: membership.list_id.to_string(),
            from: calendar::local_date_text(membership.valid_from),
            to: calendar::local_date_text(membership.valid_to),
            standing: standing_now(membership.standing, membership.valid_to, None, calendar::local_date(tx.now)),
        }
    }

    /// How the page colours the standing; the words say the same.
    fn tone(&self) -> &'static str {
        match self.standing {
            StandingOnDate::Active => "good",
            StandingOnDate::Warned => "attention",
            _ => "bad",
        }
    }
}

/// A provider of today's pool.
struct Row {
    id: String,
    name: String,
    credit_code: String,
    memberships: Vec<MembershipView>,
}

#[derive(Template)]
#[template(path = "providers/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    query: Query,
    rows: Vec<Row>,
    years: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    cities: Vec<(String, String)>,
    pager: PagerView,
}

async fn index(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let query = query.into_inner();
    let text = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_string());
    let filter = Filter {
        text: text(&query.q),
        category: text(&query.category),
        city: text(&query.city),
        year: query.year.parse().ok(),
    };
    let pager = Pager::new(query.page.parse().ok(), Some(50));
    let language = visit.actor.language.clone();
    let read = visit.app.read(move |tx| {
        let found = db::memberships::providers(tx.db, calendar::local_date(tx.now), &filter, pager)?;
        let ids: Vec<OrganisationId> = found.items.iter().map(|provider| provider.id).collect();
        let held = db::memberships::of_organisations(tx.db, &ids)?;
        let (years, keys) = db::published_lists::years_and_categories(tx.db)?;
        let of = |id: OrganisationId| {
            let own = held.iter().filter(|membership| membership.organisation_id == id);
            let views = own.map(|membership| MembershipView::of(tx, membership, &language));
            views.filter(|view| view.standing.is_in_pool()).collect()
        };
        let rows = found.map(|provider| Row {
            id: provider.id.to_string(),
            memberships: of(provider.id),
            name: provider.name,
            credit_code: provider.credit_code,
        });
        // Imported lists have categories of their own, and no members.
        let categories = keys.into_iter().filter(|key| tx.env.programmes.iter().any(|p| p.category.key == *key));
        let categories: Vec<(String, String)> =
            categories.map(|key| (key.clone(), category_name(tx, &key, &language))).collect();
        let cities: Vec<(String, String)> =
            tx.env.reference.cities.iter().map(|city| (city.code.clone(), city.name.clone())).collect();
        Ok((rows, years, categories, cities))
    });
    let (found, years, categories, cities) = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "nav-providers");
    let parts = [
        ("q", query.q.as_str()),
        ("category", query.category.as_str()),
        ("city", query.city.as_str()),
        ("year", query.year.as_str()),
    ];
    let summary = page.t1("providers-total", "total", found.total);
    let pager = pager_view(summary, &found, |number| address("/providers", &parts, number));
    let years = years.into_iter().map(|year| (year.to_string(), year.to_string())).collect();
    ok(&IndexPage { page, query, rows: found.items, years, categories, cities, pager })
}

/// A recognition by a list, imported ones too.
struct Recognition {
    list: String,
    title: String,
    number: String,
    year: String,
    category: String,
    result: String,
    product: String,
}

#[derive(Template)]
#[template(path = "providers/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    credit_code: String,
    memberships: Vec<MembershipView>,
    recognitions: Vec<Recognition>,
}

async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = OrganisationId::from_text(&id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let language = visit.actor.language.clone();
    let read = visit.app.read(move |tx| {
        let organisation = db::organisations::find(tx.db, id)?;
        let held = db::memberships::of_organisations(tx.db, &[id])?;
        // An organisation that was never recognised is nobody's business.
        if held.is_empty() {
            return Err(Error::NotFound);
        }
        let memberships: Vec<_> = held.iter().map(|held| MembershipView::of(tx, held, &language)).collect();
        let listed = db::published_lists::of_organisation(tx.db, id, &organisation.name)?;
        let recognition = |(list, entry): (db::published_lists::PublishedList, db::published_lists::ListEntry)| {
            let imported = entry.application_id.is_none();
            Recognition {
                list: list.id.to_string(),
                category: category_name(tx, &list.category, &language),
                title: list.title,
                number: list.number.unwrap_or_default(),
                year: list.year.map(|year| year.to_string()).unwrap_or_default(),
                result: if imported { entry.result } else { String::new() },
                product: entry.product,
            }
        };
        let recognitions: Vec<Recognition> = listed.into_iter().map(recognition).collect();
        Ok((organisation.name, organisation.credit_code, memberships, recognitions))
    });
    let (name, credit_code, memberships, recognitions) = read.await.map_err(|e| visit.fail(e))?;
    ok(&ShowPage { page: Page::new(&visit, name), credit_code, memberships, recognitions })
}

#[derive(Template)]
#[template(path = "providers/certificate.html", config = "src/views/askama.toml")]
struct CertificatePage {
    page: Page,
    holder: String,
    holder_id: String,
    credit_code: String,
    list_title: String,
    list_number: String,
    membership: MembershipView,
}

async fn certificate(visit: Visit, number: web::Path<String>) -> Result<HttpResponse, Failure> {
    let number = number.trim().to_uppercase();
    let language = visit.actor.language.clone();
    let read = visit.app.read(move |tx| {
        let membership = db::memberships::find_by_certificate(tx.db, &number)?;
        let organisation = db::organisations::find(tx.db, membership.organisation_id)?;
        let list = db::published_lists::find_published(tx.db, membership.list_id)?;
        Ok((MembershipView::of(tx, &membership, &language), organisation, list))
    });
    let (membership, organisation, list) = read.await.map_err(|e| visit.fail(e))?;
    ok(&CertificatePage {
        page: Page::titled(&visit, "certificate-title"),
        holder: organisation.name,
        holder_id: organisation.id.to_string(),
        credit_code: organisation.credit_code,
        list_title: list.title,
        list_number: list.number.unwrap_or_default(),
        membership,
    })
}
