//! The pool as the public sees it: search with filters, a provider with its recognitions, suggestions, a search as a feed. All of it
//! comes from the register in memory.

mod feed;
mod provider;
pub(crate) mod typed;

use super::access::Visit;
pub(crate) use super::lists::category_label;
use super::page::{Failure, Page, html};
use super::paging::{PagerView, pager_view};
use super::prepared::{NOTHING, searched};
use super::routes::{Access, Routes};
use crate::app::Found;
use crate::db::page::Pager;
use crate::domain::calendar;
use crate::domain::search::{Facets, Provider, Standing, StandingFilter};
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use provider::RecognitionView;
use typed::Typed;

/// Providers on one page.
const ROWS: i64 = 50;
/// Names that are suggested at once.
pub(crate) const SUGGESTIONS: i64 = 10;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/providers", Access::Public, index);
    // Before the address of a provider, which would take them too.
    routes.get("/providers/suggestions", Access::Public, suggestions);
    routes.get("/providers/feed.atom", Access::Public, feed::show);
    routes.prepared("/providers/{id}", &NOTHING, provider::show);
}

/// A provider that was found.
struct Row {
    key: String,
    name: String,
    credit_code: String,
    city: String,
    recognitions: Vec<RecognitionView>,
}

impl Row {
    /// With the recognitions of the standing that is asked for.
    fn of(visit: &Visit, found: &Found, provider: &Provider, filter: StandingFilter) -> Row {
        let views = provider::views(visit, &found.snapshot.index, provider);
        let recognitions: Vec<RecognitionView> = views.into_iter().filter(|view| filter.takes(view.standing)).collect();
        let city = recognitions.iter().map(|view| view.city.as_str()).find(|city| !city.is_empty());
        Row {
            key: provider.key.clone(),
            name: provider.name.clone(),
            credit_code: provider.credit_code.clone().unwrap_or_default(),
            city: city.unwrap_or_default().to_string(),
            recognitions,
        }
    }
}

/// The choices of each filter: value and words, with how many it would find.
struct Choices {
    categories: Vec<(String, String)>,
    cities: Vec<(String, String)>,
    clusters: Vec<(String, String)>,
    fields: Vec<(String, String)>,
    years: Vec<(String, String)>,
    standings: Vec<(String, String)>,
}

impl Choices {
    fn of(page: &Page, visit: &Visit, facets: &Facets, typed: &Typed) -> Choices {
        let env = &visit.app.env;
        let choice = |value: String, name: String, count: usize| {
            let words = page.t2("pool-choice", "name", name, "count", count);
            (value, words)
        };
        // The value that is chosen stays to be seen when it finds nothing.
        let choices = |counted: &[(String, usize)], chosen: &str, name: &dyn Fn(&str) -> String| {
            let mut all = counted.to_vec();
            if !chosen.is_empty() && all.iter().all(|(value, _)| value != chosen) {
                all.push((chosen.to_string(), 0));
            }
            all.into_iter().map(|(value, count)| choice(value.clone(), name(&value), count)).collect()
        };
        let years: Vec<(String, usize)> = facets.years.iter().map(|(year, count)| (year.to_string(), *count)).collect();
        let mut standings = vec![
            choice(String::new(), page.t("standing-pool"), facets.in_pool),
            choice("all".into(), page.t("standing-all"), facets.all),
        ];
        let count_of =
            |standing: Standing| facets.standings.iter().find(|(s, _)| *s == standing).map_or(0, |(_, n)| *n);
        let shown = Standing::ALL.iter().filter(|s| count_of(**s) > 0 || typed.standing == s.as_text());
        standings.extend(shown.map(|s| choice(s.to_string(), page.t_of("standing", s), count_of(*s))));
        if standings.iter().all(|(value, _)| *value != typed.standing) {
            standings.push(choice(typed.standing.clone(), typed.standing.clone(), 0));
        }
        Choices {
            categories: choices(&facets.categories, &typed.category, &|key| category_label(env, key, page.lang())),
            cities: choices(&facets.cities, &typed.city, &|code| typed::city_name(env, code, page.lang())),
            clusters: choices(&facets.clusters, &typed.cluster, &|id| typed::cluster_name(env, id, page.lang())),
            fields: choices(&facets.fields, &typed.field, &|field| typed::field_name(env, field, page.lang())),
            years: choices(&years, &typed.year, &|year| year.to_string()),
            standings,
        }
    }
}

#[derive(Template)]
#[template(path = "providers/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    typed: Typed,
    choices: Choices,
    rows: Vec<Row>,
    pager: PagerView,
    /// Where everything that matches is shown, and how many there are, when the pool holds none of it.
    elsewhere: Option<(String, usize)>,
    feed: String,
    /// Since when the database has not been heard of; empty while it answers.
    since: String,
}

async fn index(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let typed = Typed::of(request.query_string());
    let pager = Pager::new(typed.page.parse().ok(), Some(ROWS));
    let today = calendar::local_date(visit.now);
    let page = Page::titled(&visit, "nav-providers");
    let (mut asked, mut problems) = typed.read(today, pager);
    let (register, _) = visit.app.register().await.map_err(|e| visit.fail(e))?;
    let unknown = typed::unknown(&visit.app.env, &register.index, &asked.filters);
    // What there is instead: the values that the other filters leave.
    asked.filters = typed::without(asked.filters, &unknown);
    problems.extend(unknown);
    let mut found = visit.app.search_register(asked.clone()).await.map_err(|e| visit.fail(e))?;
    let good = problems.is_empty();
    let error = Error::Invalid(problems);
    let (page, status) = if good { (page, StatusCode::OK) } else { (page.after(&error, &[]), error.status()) };
    let filter = asked.filters.standing;
    // Nothing is shown for a question that is not the one that was asked.
    let total = if good { i64::try_from(found.outcome.total).unwrap_or(i64::MAX) } else { 0 };
    let within = pager.within(total);
    if within.number() != pager.number() {
        found = visit.app.search_register(typed::at_page(asked, within)).await.map_err(|e| visit.fail(e))?;
    }
    let address = typed.address("/providers", within.number());
    let page = page.at_address(&address);
    let state = (found.since.is_none() && status == StatusCode::OK).then_some((found.snapshot.version, today));
    searched(&request, state, address, || {
        let hits = found.outcome.hits.iter().filter(|_| good);
        let hits = hits.filter_map(|hit| found.snapshot.index.provider(*hit));
        let rows: Vec<Row> = hits.map(|provider| Row::of(&visit, &found, &provider, filter)).collect();
        let counted = within.page(vec![(); rows.len()], total);
        let summary = page.t1("pool-total", "total", total);
        let everywhere = found.outcome.facets.all;
        let elsewhere = (good && total == 0 && everywhere > 0).then(|| {
            let all = Typed { standing: "all".into(), ..typed.clone() };
            (all.address("/providers", 1), everywhere)
        });
        html(
            status,
            &IndexPage {
                choices: Choices::of(&page, &visit, &found.outcome.facets, &typed),
                pager: pager_view(summary, &counted, |number| typed.address("/providers", number)),
                feed: typed.address("/providers/feed.atom", 1),
                since: found.since.map(|since| page.at(&since)).unwrap_or_default(),
                page,
                typed,
                rows,
                elsewhere,
            },
        )
    })
}

/// Names that begin or hold what is being typed, for the script of the search field.
async fn suggestions(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let typed = Typed::of(request.query_string());
    let pager = Pager::new(None, Some(SUGGESTIONS));
    let (asked, mut problems) = typed.read(calendar::local_date(visit.now), pager);
    // Half a word is no reason for a message; a filter without such a value is one.
    let is_half = asked.query.is_blank() || problems.iter().any(|problem| problem.path == "q");
    problems.retain(|problem| problem.path != "q");
    let (register, _) = visit.app.register().await.map_err(|e| visit.fail(e))?;
    problems.extend(typed::unknown(&visit.app.env, &register.index, &asked.filters));
    if !problems.is_empty() {
        return Err(visit.fail(Error::Invalid(problems)));
    }
    let found = match is_half {
        true => None,
        false => Some(visit.app.search_register(asked).await.map_err(|e| visit.fail(e))?),
    };
    let items: Vec<serde_json::Value> = found
        .iter()
        .flat_map(|found| found.outcome.hits.iter().filter_map(|hit| found.snapshot.index.provider(*hit)))
        .map(|provider| serde_json::json!({ "id": provider.key, "name": provider.name }))
        .collect();
    Ok(HttpResponse::Ok().json(serde_json::json!({ "items": items })))
}
