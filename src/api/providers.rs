//! The pool: search with filters and their counts, suggestions, one provider. All of it comes from the register in memory.

use super::bearer::Caller;
use super::operation::{Nothing, Operation, Shapes, query_of, special};
use super::problem::Failed;
use crate::actions::pool::sees_certificates;
use crate::app::App;
use crate::db::page::Pager;
use crate::domain::actor::Actor;
use crate::domain::calendar;
use crate::domain::ids::PublishedListId;
use crate::domain::search::{
    Facets, Filters, Index, Provider, Query, Recognition, Standing, StandingFilter, unknown_value,
};
use crate::error::Error;
use crate::web::pool::typed::{asked, city_name, cluster_name, field_name, unknown};
use crate::web::pool::{SUGGESTIONS, category_label};
use crate::web::prepared::searched;
use crate::web::routes::Access;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// These operations.
pub fn operations() -> Vec<Operation> {
    let get = |path, id, summary, shapes| (Method::GET, StatusCode::OK, path, id, summary, Access::Public, shapes);
    let list = get(
        "/providers",
        "list_providers",
        "The pool, searched and filtered, with what each other value of a filter would find. Not ranked: by how well the words \
         match, then by the reading of the name.",
        Shapes::query::<ProvidersQuery, ProvidersJson>(),
    );
    let suggest = get(
        "/providers/suggestions",
        "suggest_providers",
        "At most ten names for what is being typed.",
        Shapes::query::<SuggestionsQuery, SuggestionsJson>(),
    );
    let show = get(
        "/providers/{id}",
        "read_provider",
        "A provider with its recognitions over the years.",
        Shapes::query::<Nothing, ProviderJson>(),
    );
    fn operation<F, R>(
        (method, status, path, id, summary, access, shapes): (
            Method,
            StatusCode,
            &'static str,
            &'static str,
            &'static str,
            Access,
            Shapes,
        ),
        run: F,
    ) -> Operation
    where
        F: Fn(HttpRequest, web::Payload, Caller) -> R + 'static,
        R: Future<Output = Result<HttpResponse, Failed>> + 'static,
    {
        special(method, status, path, id, summary, access, shapes, run)
    }
    // Suggestions come before the address of a provider, which would take them too.
    vec![operation(list, list_providers), operation(suggest, suggest_providers), operation(show, read_provider)]
}

/// Who is asked for. All filters must be met by one recognition. A value that there is none of is refused; `facets` of
/// an answer without the filter say which there are.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ProvidersQuery {
    /// Words of the name, a product, the category, the city, a cluster or a field, or a part of the credit code; traditional characters, pinyin and
    /// initials find the same. At most 100 characters and 8 words; all must match.
    q: Option<String>,
    /// The category's key, or as an imported list writes it.
    category: Option<String>,
    /// The city's code.
    city: Option<String>,
    /// The cluster's code.
    cluster: Option<String>,
    /// The field of service, as published.
    field: Option<String>,
    /// The year of the recognition.
    year: Option<i32>,
    /// `pool` (today's pool, when nothing is said), `all`, or one standing: active, warned, expired, withdrew, revoked, listed.
    standing: Option<String>,
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

/// One page of providers.
#[derive(Debug, Serialize, ToSchema)]
struct ProvidersJson {
    items: Vec<ProviderJson>,
    total: i64,
    page: i64,
    per_page: i64,
    facets: FacetsJson,
    /// Since when the database cannot say whether this is the newest; null while it can.
    as_of: Option<DateTime<Utc>>,
}

/// A provider.
#[derive(Debug, Serialize, ToSchema)]
struct ProviderJson {
    /// The organisation's id; another stable key for one that is only known from imported lists.
    id: String,
    name: String,
    credit_code: Option<String>,
    /// Recognitions that a membership goes with; in a search, those that the standing asked for takes.
    memberships: Vec<MembershipJson>,
    /// Entries of published lists, newest first.
    recognitions: Vec<RecognitionJson>,
}

/// A membership with what it is worth today.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProviderMembershipJson)]
struct MembershipJson {
    category: String,
    city: Option<String>,
    list: PublishedListId,
    /// For the provider's own people and the department.
    certificate_number: Option<String>,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    standing: Standing,
}

/// An entry of a published list.
#[derive(Debug, Serialize, ToSchema)]
struct RecognitionJson {
    list: PublishedListId,
    list_title: String,
    list_number: Option<String>,
    year: Option<i32>,
    category: String,
    /// As the list shows it.
    name: String,
    product: String,
    result: String,
    city: Option<String>,
    clusters: Vec<String>,
    fields: Vec<String>,
    standing: Standing,
}

/// One value of a filter.
#[derive(Debug, Serialize, ToSchema)]
struct FacetJson {
    value: String,
    label: String,
    count: usize,
}

/// How many providers there would be with each value of a filter, the other filters standing.
#[derive(Debug, Serialize, ToSchema)]
struct FacetsJson {
    category: Vec<FacetJson>,
    city: Vec<FacetJson>,
    cluster: Vec<FacetJson>,
    field: Vec<FacetJson>,
    year: Vec<FacetJson>,
    standing: Vec<FacetJson>,
}

impl FacetsJson {
    fn of(app: &App, facets: &Facets, language: &str) -> FacetsJson {
        let env = &app.env;
        let texts = |counted: &[(String, usize)], label: &dyn Fn(&str) -> String| {
            let facet = |(value, count): &(String, usize)| FacetJson {
                label: label(value),
                value: value.clone(),
                count: *count,
            };
            counted.iter().map(facet).collect()
        };
        let years: Vec<(String, usize)> = facets.years.iter().map(|(year, count)| (year.to_string(), *count)).collect();
        let mut standings = vec![("pool".to_string(), facets.in_pool), ("all".to_string(), facets.all)];
        standings.extend(facets.standings.iter().map(|(standing, count)| (standing.to_string(), *count)));
        FacetsJson {
            category: texts(&facets.categories, &|key| category_label(env, key, language)),
            city: texts(&facets.cities, &|code| city_name(env, code, language)),
            cluster: texts(&facets.clusters, &|id| cluster_name(env, id, language)),
            field: texts(&facets.fields, &|field| field_name(env, field, language)),
            year: texts(&years, &str::to_string),
            standing: texts(&standings, &|word| env.words.say(language, &format!("standing-{word}"))),
        }
    }
}

impl ProviderJson {
    fn of(index: &Index, provider: Provider, actor: &Actor, today: NaiveDate, filter: StandingFilter) -> ProviderJson {
        let sees_certificates = sees_certificates(actor, &provider.key);
        let of_list = |held: &Recognition| index.lists().get(held.list).cloned();
        let memberships = provider.recognitions.iter().filter(|held| filter.takes(held.standing(today)));
        let memberships = memberships.filter_map(|recognition| {
            let (list, held) = (of_list(recognition)?, recognition.held.clone()?);
            Some(MembershipJson {
                category: list.category,
                city: recognition.city.clone(),
                list: list.id,
                certificate_number: sees_certificates.then_some(held.certificate),
                valid_from: held.from,
                valid_to: held.to,
                standing: recognition.standing(today),
            })
        });
        let recognitions = provider.recognitions.iter().filter_map(|held| {
            let list = of_list(held)?;
            Some(RecognitionJson {
                list: list.id,
                list_title: list.title,
                list_number: (!list.number.is_empty()).then_some(list.number),
                year: list.year,
                category: list.category,
                name: held.name.clone(),
                product: held.product.clone(),
                result: held.result.clone(),
                city: held.city.clone(),
                clusters: held.clusters.clone(),
                fields: held.fields.clone(),
                standing: held.standing(today),
            })
        });
        ProviderJson {
            memberships: memberships.collect(),
            recognitions: recognitions.collect(),
            id: provider.key,
            name: provider.name,
            credit_code: provider.credit_code,
        }
    }
}

fn parse(text: Option<&str>) -> Result<Query, Error> {
    Query::parse(text.unwrap_or_default()).map_err(|problem| Error::Invalid(vec![problem]))
}

async fn list_providers(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let input: ProvidersQuery = query_of(&req)?;
    let typed = input.standing.as_deref().unwrap_or_default();
    let standing =
        StandingFilter::from_text(typed).ok_or_else(|| Error::Invalid(vec![unknown_value("standing", typed)]))?;
    let text = |text: Option<String>| text.filter(|text| !text.is_empty());
    let filters = Filters {
        category: text(input.category),
        city: text(input.city),
        cluster: text(input.cluster),
        field: text(input.field),
        year: input.year,
        standing,
    };
    let (app, pager) = (&caller.app, Pager::new(input.page, input.per_page));
    let today = calendar::local_date(app.clock.now());
    let question = asked(parse(input.q.as_deref())?, filters.clone(), today, pager);
    let language = &caller.actor.language;
    let address = format!("{} {language} {question:?}", req.path());
    let (register, _) = app.register().await?;
    let problems = unknown(&app.env, &register.index, &filters);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems).into());
    }
    let found = app.search_register(question).await?;
    let state = found.since.is_none().then_some((found.snapshot.version, today));
    searched(&req, state, address, || {
        let index = &found.snapshot.index;
        let hits = found.outcome.hits.iter().filter_map(|hit| index.provider(*hit));
        let items = hits.map(|provider| ProviderJson::of(index, provider, &caller.actor, today, standing)).collect();
        let total = i64::try_from(found.outcome.total).unwrap_or(i64::MAX);
        let page = pager.page(items, total);
        Ok(HttpResponse::Ok().json(ProvidersJson {
            facets: FacetsJson::of(app, &found.outcome.facets, language),
            items: page.items,
            total,
            page: page.page,
            per_page: page.per_page,
            as_of: found.since.map(|at| at.and_utc()),
        }))
    })
}

/// What is being typed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct SuggestionsQuery {
    /// At most 100 characters and 8 words.
    q: Option<String>,
}

/// A name.
#[derive(Debug, Serialize, ToSchema)]
struct SuggestionJson {
    id: String,
    name: String,
}

/// Names of today's pool.
#[derive(Debug, Serialize, ToSchema)]
struct SuggestionsJson {
    items: Vec<SuggestionJson>,
}

async fn suggest_providers(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let input: SuggestionsQuery = query_of(&req)?;
    let query = parse(input.q.as_deref())?;
    if query.is_blank() {
        return Ok(HttpResponse::Ok().json(SuggestionsJson { items: Vec::new() }));
    }
    let today = calendar::local_date(caller.app.clock.now());
    let pager = Pager::new(None, Some(SUGGESTIONS));
    let found = caller.app.search_register(asked(query, Filters::default(), today, pager)).await?;
    let hits = found.outcome.hits.iter().filter_map(|hit| found.snapshot.index.provider(*hit));
    let items = hits.map(|provider| SuggestionJson { id: provider.key, name: provider.name }).collect();
    Ok(HttpResponse::Ok().json(SuggestionsJson { items }))
}

async fn read_provider(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let _: Nothing = query_of(&req)?;
    let (register, _) = caller.app.register().await?;
    let index = &register.index;
    // Whoever was never recognised is nobody's business.
    let provider =
        index.find(req.match_info().query("id")).and_then(|hit| index.provider(hit)).ok_or(Error::NotFound)?;
    let today = calendar::local_date(caller.app.clock.now());
    Ok(HttpResponse::Ok().json(ProviderJson::of(index, provider, &caller.actor, today, StandingFilter::All)))
}
