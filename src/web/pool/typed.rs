//! What a search's address says.

use crate::actions::Env;
use crate::actions::public_register::SERVICE_FIELDS;
use crate::db::page::Pager;
use crate::domain::form::Problem;
use crate::domain::search::{Asked, Filters, Query, StandingFilter};
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
    /// Reads the query of an address. What has no meaning here is passed over, such as a year that is no number; of a name that stands
    /// twice the last counts.
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
        // What says nothing is not shown as if it did.
        if typed.year.parse::<i32>().is_err() {
            typed.year.clear();
        }
        if StandingFilter::from_text(&typed.standing).is_none_or(|filter| filter == StandingFilter::Pool) {
            typed.standing.clear();
        }
        typed
    }

    /// As a question to the index.
    ///
    /// # Errors
    /// On `q`, as [`Query::parse`].
    pub(crate) fn asked(&self, today: NaiveDate, pager: Pager) -> Result<Asked, Problem> {
        let text = |text: &String| (!text.is_empty()).then(|| text.clone());
        let filters = Filters {
            category: text(&self.category),
            city: text(&self.city),
            cluster: text(&self.cluster),
            field: text(&self.field),
            year: self.year.parse().ok(),
            standing: StandingFilter::from_text(&self.standing).unwrap_or_default(),
        };
        Ok(asked(Query::parse(&self.q)?, filters, today, pager))
    }

    /// A question that finds nothing.
    pub(crate) fn nothing(today: NaiveDate, pager: Pager) -> Asked {
        asked(Query::nothing(), Filters::default(), today, pager)
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
    let asking = env.programmes.iter().flat_map(|programme| programme.fields());
    let mut options =
        asking.filter(|field| SERVICE_FIELDS.contains(&field.key.as_str())).flat_map(|field| field.kind.options());
    let option = options.find(|option| option.names.zh_cn == text);
    option.map_or_else(|| text.to_string(), |option| option.names.in_language(language).to_string())
}
