//! The pool of experts: the list, an import with a preview, an expert's standing.

mod import;

use super::access::{Submitted, Visit};
use super::expert_ties::{day, iso, term_words};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::paging::{PagerView, address, number_if_any, page_or_last, pager_of_search};
use super::routes::{Access, Routes};
use super::second_press::again;
use crate::actions::Tx;
use crate::actions::decide::closed::SeverityView;
use crate::actions::expert_pool;
use crate::actions::expert_record::deviation;
use crate::actions::expert_standing::{self, StandingChange, TermChange};
use crate::actions::review::plan::field_name;
use crate::actions::second_press::Press;
use crate::db;
use crate::db::experts::{Expert, PROVINCE, PoolFilter};
use crate::db::page::Pager;
use crate::domain::actor::Role;
use crate::domain::ids::ExpertId;
use crate::domain::service::{ServiceRecord, service_record};
use crate::domain::status::ExpertStatus;
use crate::domain::steps::{ExpertAction, IMPORTERS};
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
pub(super) use import::{replacement_words, vacancy_words};
use serde::Deserialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const READERS: Access = Access::Roles(expert_pool::READERS);
    const HANDLERS: Access = Access::Roles(&[Role::Handler]);
    routes.get("/experts", READERS, list);
    routes.get("/experts/search", READERS, opened_anew);
    routes.post("/experts/search", READERS, search);
    routes.get("/experts/import", HANDLERS, import::import_form);
    routes.post("/experts/import", HANDLERS, import::preview);
    routes.post("/experts/import/confirmation", HANDLERS, import::confirm);
    routes.get("/experts/{id}", READERS, show);
    routes.post("/experts/{id}/standing", HANDLERS, change_standing);
    routes.post("/experts/{id}/term", HANDLERS, change_term);
}

#[derive(Debug, Default, Deserialize)]
struct ListQuery {
    q: Option<String>,
    status: Option<String>,
    pool: Option<String>,
    #[serde(default, deserialize_with = "number_if_any")]
    page: Option<i64>,
}

/// A row of the list.
struct ExpertLine {
    expert: Expert,
    city: String,
    fields: Vec<String>,
}

#[derive(Template)]
#[template(path = "experts/list.html", config = "src/views/askama.toml")]
struct ListPage {
    page: Page,
    q: String,
    status: String,
    statuses: Vec<(String, String)>,
    pool: String,
    /// The pools to choose from; none for whoever sees only one.
    pools: Vec<(String, String)>,
    lines: Vec<ExpertLine>,
    total: i64,
    pager: PagerView,
    may_import: bool,
}

/// Whom somebody looks for stands in no address, and is not read there.
async fn list(visit: Visit, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    found_by(visit, ListQuery { q: None, ..query.into_inner() }).await
}

/// The address of a search holds no words: whoever opens it anew is led to the whole list.
async fn opened_anew(_: Visit) -> Result<HttpResponse, Failure> {
    Ok(see_other("/experts", ""))
}

async fn search(form: Submitted) -> Result<HttpResponse, Failure> {
    let query = form.parse::<ListQuery>().map_err(|e| form.visit.fail(e))?;
    found_by(form.into_visit_of("/experts"), query).await
}

async fn found_by(visit: Visit, query: ListQuery) -> Result<HttpResponse, Failure> {
    let q = query.q.clone().unwrap_or_default();
    let status = query.status.as_deref().and_then(ExpertStatus::from_text);
    let pager = Pager::new(query.page, None);
    let pool = query.pool.clone().unwrap_or_default();
    let filter = PoolFilter { status, text: Some(q.clone()), pool: Some(pool.clone()).filter(|pool| !pool.is_empty()) };
    let actor = visit.actor.clone();
    let language = actor.language.clone();
    let found = visit
        .app
        .read(move |tx| {
            let found = page_or_last(pager, |pager| expert_pool::list(tx, &actor, &filter, pager))?;
            Ok(found.map(|expert| line(tx, expert, &language)))
        })
        .await
        .map_err(|e| visit.fail(e))?;
    let word = status.map(|status| status.as_text().to_string()).unwrap_or_default();
    let parts = [("status", word.as_str()), ("pool", &pool)];
    let page = Page::titled(&visit, "experts-title").at_address(&address("/experts", &parts, 1));
    ok(&ListPage {
        pager: pager_of_search(&page, &found, "/experts", ("q", &q), &parts),
        total: found.total,
        lines: found.items,
        statuses: statuses(&page),
        pools: pools(&visit, &page),
        may_import: visit.actor.holds_any(IMPORTERS),
        status: word,
        pool,
        q,
        page,
    })
}

/// The province's pool and the bureaus'; officers of a bureau have one and nothing to choose.
fn pools(visit: &Visit, page: &Page) -> Vec<(String, String)> {
    if !expert_pool::sees_everything(&visit.actor) {
        return Vec::new();
    }
    let bureaus = visit.app.env.reference.bureaus.iter();
    let bureaus = bureaus.map(|bureau| (bureau.code.clone(), bureau.name_in(page.lang())));
    std::iter::once((PROVINCE.to_string(), page.t("expert-pool-province"))).chain(bureaus).collect()
}

fn statuses(page: &Page) -> Vec<(String, String)> {
    ExpertStatus::ALL.iter().map(|s| (s.to_string(), page.t_of("expert-status", s))).collect()
}

fn line(tx: &Tx<'_>, expert: Expert, language: &str) -> ExpertLine {
    let city = expert.city.as_deref().and_then(|code| tx.env.reference.city(code));
    let named = |key: &str| field_name(&tx.env.reference, &tx.env.programmes, key, language);
    ExpertLine {
        city: city.map(|city| city.names.in_language(language).to_string()).unwrap_or_default(),
        fields: expert.fields.0.iter().map(|key| named(key)).collect(),
        expert,
    }
}

#[derive(Template)]
#[template(path = "experts/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    line: ExpertLine,
    /// Whose pool it is.
    pool: String,
    /// Who changed the standing last.
    changed_by: String,
    ties: usize,
    /// First and last day of the term, as a date field has them.
    term_from: String,
    term_to: String,
    /// The term, in words.
    term: String,
    record: ServiceRecord,
    /// How far from the panels, for those who may know.
    deviation: Option<SeverityView>,
    statuses: Vec<(String, String)>,
    /// Whether ties and the record of service are shown.
    of_department: bool,
    actions: Vec<ExpertAction>,
}

impl ShowPage {
    fn may_change_term(&self) -> bool {
        self.actions.contains(&ExpertAction::ChangeTerm)
    }
}

async fn show_page(visit: &Visit, id: &str, page: impl FnOnce(Page) -> Page) -> Result<ShowPage, Failure> {
    let id = ExpertId::from_text(id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let (line, changed_by, ties, record, deviation) = visit
        .app
        .read(move |tx| {
            let expert = expert_pool::find(tx, &actor, id)?;
            let by = expert.status_changed_by.map(|by| db::accounts::find(tx.db, by)).transpose()?;
            let ties = db::expert_ties::standing(tx.db, &[id])?.len();
            let record = service_record(&db::experts::tasks(tx.db, id)?, tx.now);
            let deviation = deviation(tx, &actor, id)?;
            let line = line(tx, expert, &actor.language);
            Ok((line, by.map(|by| by.name).unwrap_or_default(), ties, record, deviation))
        })
        .await
        .map_err(|e| visit.fail(e))?;
    let page = page(Page::new(visit, line.expert.name.clone()));
    let actions = ExpertAction::available(&visit.actor, line.expert.status);
    let mut statuses = statuses(&page);
    statuses.retain(|(code, _)| {
        ExpertStatus::from_text(code).is_some_and(|status| actions.contains(&ExpertAction::towards(status)))
    });
    let bureau = visit.app.env.reference.bureau(&line.expert.pool);
    let pool = bureau.map_or_else(|| page.t("expert-pool-province"), |bureau| bureau.name_in(page.lang()));
    let (term_from, term_to) = (iso(line.expert.term_from), iso(line.expert.term_to));
    let term = term_words(&page, line.expert.term_from, line.expert.term_to);
    let of_department = expert_pool::sees_everything(&visit.actor);
    Ok(ShowPage {
        page,
        line,
        pool,
        changed_by,
        ties,
        term_from,
        term_to,
        term,
        record,
        deviation,
        statuses,
        of_department,
        actions,
    })
}

async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    ok(&show_page(&visit, &id, |page| page).await?)
}

async fn change_standing(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let expert = ExpertId::from_text(&id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let input = form.number("version").and_then(|version| {
        let status = ExpertStatus::from_text(&form.text("status"));
        let status = status.ok_or_else(|| Error::field("status", "expert_standing"))?;
        Ok(StandingChange { version, status, reason: form.text("reason") })
    });
    let press = input.as_ref().ok().map(|input| Press::Standing(expert, input.clone()));
    let done = match input {
        Ok(input) => visit.app.write(move |tx| expert_standing::change_standing(tx, &actor, expert, &input)).await,
        Err(error) => Err(error),
    };
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/experts/{expert}"), &key));
    }
    match done {
        Ok(()) => Ok(see_other(format!("/experts/{expert}"), "expert-standing")),
        Err(error) if can_be_mended(&error) => {
            let page = show_page(visit, &id, |page| page.after(&error, &form.pairs)).await?;
            html(error.status(), &page)
        }
        Err(error) => Err(visit.fail(error)),
    }
}

async fn change_term(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let expert = ExpertId::from_text(&id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let input = form.number("version").and_then(|version| {
        Ok(TermChange { version, term_from: day(&form, "term_from")?, term_to: day(&form, "term_to")? })
    });
    let press = input.as_ref().ok().map(|input| Press::Term(expert, input.clone()));
    let done = match input {
        Ok(input) => visit.app.write(move |tx| expert_standing::change_term(tx, &actor, expert, &input)).await,
        Err(error) => Err(error),
    };
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/experts/{expert}"), &key));
    }
    match done {
        Ok(()) => Ok(see_other(format!("/experts/{expert}"), "expert-term")),
        Err(error) if can_be_mended(&error) => {
            let page = show_page(visit, &id, |page| page.after(&error, &form.pairs)).await?;
            html(error.status(), &page)
        }
        Err(error) => Err(visit.fail(error)),
    }
}
