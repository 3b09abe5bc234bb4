//! What a search's address says.

use crate::actions::Env;
use crate::actions::public_register::SERVICE_FIELDS;
use crate::db::page::Pager;
use crate::domain::form::Problem;
use crate::domain::programme::Choice;
use crate::domain::search::{Asked, Filters, Index, Query, SavedSearch, StandingFilter, unknown_value};
use crate::web::paging::address;
use chrono::NaiveDate;

/// A search as it stands in an address. The same address finds the same, wherever it is opened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    pub(crate) q: String,
    pub(crate) category: String,
    pub(crate) city: String,
    pub(crate) cluster: String,
    pub(crate) field: String,
    pub(crate) year: String,
    pub(crate) standing: String,
    pub(crate) page: String,
}

impl Typed {
    /// Reads the query of an address. Names that have no meaning here are passed over; of a name that stands twice the
    /// last counts.
    pub(crate) fn of(query: &str) -> Typed {
        let mut typed = Typed::default();
        let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        for (name, value) in pairs {
            let place = match name.as_str() {
                "q" => &mut typed.q,
                "category" => &mut typed.category,
                "city" => &mut typed.city,
                "cluster" => &mut typed.cluster,
                "field" => &mut typed.field,
                "year" => &mut typed.year,
                "standing" => &mut typed.standing,
                "page" => &mut typed.page,
                _ => continue,
            };
            *place = value.trim().to_string();
        }
        // What stands when nothing is said has one address.
        if StandingFilter::from_text(&typed.standing) == Some(StandingFilter::Pool) {
            typed.standing.clear();
        }
        typed
    }

    /// As it is kept.
    pub(crate) fn saved(&self) -> SavedSearch {
        let typed = self.clone();
        SavedSearch {
            q: typed.q,
            category: typed.category,
            city: typed.city,
            cluster: typed.cluster,
            field: typed.field,
            year: typed.year,
            standing: typed.standing,
        }
    }

    /// As a question to the index, with what is wrong with it: words that cannot be looked for find nothing, and
    /// filters without such a value narrow nothing.
    pub(crate) fn read(&self, today: NaiveDate, pager: Pager) -> (Asked, Vec<Problem>) {
        let (filters, mut problems) = self.saved().filters();
        let query = Query::parse(&self.q).unwrap_or_else(|problem| {
            problems.insert(0, problem);
            Query::nothing()
        });
        (asked(query, filters, today, pager), problems)
    }

    /// As a question to the index.
    ///
    /// # Errors
    /// On `q`, as [`Query::parse`]; `filter_unknown`.
    pub(crate) fn asked(&self, today: NaiveDate, pager: Pager) -> Result<Asked, Vec<Problem>> {
        let (asked, problems) = self.read(today, pager);
        if problems.is_empty() { Ok(asked) } else { Err(problems) }
    }

    /// The address of a page of the same search.
    pub(crate) fn address(&self, path: &str, page: i64) -> String {
        let parts = [
            ("q", self.q.as_str()),
            ("category", self.category.as_str()),
            ("city", self.city.as_str()),
            ("cluster", self.cluster.as_str()),
            ("field", self.field.as_str()),
            ("year", self.year.as_str()),
            ("standing", self.standing.as_str()),
        ];
        address(path, &parts, page)
    }
}

/// What is wrong with filters whose value neither the register knows nor the reference data nor a programme.
pub(crate) fn unknown(env: &Env, index: &Index, filters: &Filters) -> Vec<Problem> {
    let offered = |filter: &str, value: &str| match filter {
        "category" => env.programmes.iter().any(|programme| programme.category.key == value),
        "field" => service_fields(env).any(|option| option.names.zh_cn == value),
        _ => false,
    };
    let unknown = index.unknown(filters).into_iter().filter(|(filter, value)| !offered(filter, value));
    unknown.map(|(filter, value)| unknown_value(filter, value)).collect()
}

/// The filters without those that have a problem.
pub(crate) fn without(mut filters: Filters, problems: &[Problem]) -> Filters {
    for problem in problems {
        match problem.path.as_str() {
            "category" => filters.category = None,
            "city" => filters.city = None,
            "cluster" => filters.cluster = None,
            "field" => filters.field = None,
            _ => {}
        }
    }
    filters
}

/// A question to the index for one page.
pub(crate) fn asked(query: Query, filters: Filters, today: NaiveDate, pager: Pager) -> Asked {
    Asked { query, filters, today, offset: size(pager.offset()), limit: size(pager.limit()) }
}

/// The same question for another page.
pub(crate) fn at_page(asked: Asked, pager: Pager) -> Asked {
    Asked { offset: size(pager.offset()), limit: size(pager.limit()), ..asked }
}

fn size(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

/// The name of a city's code.
pub(crate) fn city_name(env: &Env, code: &str, language: &str) -> String {
    env.reference.city(code).map_or_else(|| code.to_string(), |city| city.names.in_language(language).to_string())
}

/// The name of a cluster's code.
pub(crate) fn cluster_name(env: &Env, id: &str, language: &str) -> String {
    let cluster = env.reference.clusters.iter().find(|cluster| cluster.id == id);
    cluster.map_or_else(|| id.to_string(), |cluster| cluster.names.in_language(language).to_string())
}

/// A field of service, which lists name in simplified Chinese, as the form that asks for it names it in a language. What no form
/// offers any more stays as the list has it.
pub(crate) fn field_name(env: &Env, text: &str, language: &str) -> String {
    let option = service_fields(env).find(|option| option.names.zh_cn == text);
    option.map_or_else(|| text.to_string(), |option| option.names.in_language(language).to_string())
}

/// The fields of service that forms offer.
fn service_fields(env: &Env) -> impl Iterator<Item = &Choice> {
    let asking = env.programmes.iter().flat_map(|programme| programme.fields());
    asking.filter(|field| SERVICE_FIELDS.contains(&field.key.as_str())).flat_map(|field| field.kind.options())
}
