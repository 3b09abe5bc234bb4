//! The imports of experts so far, and undoing one.

use super::access::{Submitted, Visit};
use super::experts::{replacement_words, vacancy_words};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::paging::{PagerView, number_if_any, page_or_last, pager_of};
use super::routes::{Access, Routes};
use super::second_press::again;
use crate::actions::review::consequences::{ReplacementLine, VacancyLine};
use crate::actions::second_press::Press;
use crate::actions::undo_import::{self, IMPORTERS, Import, ImportUndoing};
use crate::db::change_sets::ChangeSet;
use crate::db::page::Pager;
use crate::domain::ids::ChangeSetId;
use crate::domain::status::ChangeSetStatus;
use crate::domain::steps::ImportAction;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Imports on one page.
const PER_PAGE: i64 = 30;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const HANDLERS: Access = Access::Roles(IMPORTERS);
    routes.get("/experts/imports", HANDLERS, list);
    routes.get("/experts/imports/{id}", HANDLERS, show);
    routes.post("/experts/imports/{id}/undoing", HANDLERS, undo);
}

/// An import, ready to be shown.
struct ImportLine {
    id: ChangeSetId,
    at: String,
    counts: [String; 3],
    status: ChangeSetStatus,
    undone_at: String,
    undo_reason: String,
}

impl ImportLine {
    fn of(page: &Page, set: &ChangeSet) -> ImportLine {
        let count = |key: &str| set.summary.0.get(key).and_then(serde_json::Value::as_u64).unwrap_or_default();
        ImportLine {
            id: set.id,
            at: page.at(&set.applied_at),
            counts: ["added", "updated", "unchanged"].map(|key| count(key).to_string()),
            status: set.status,
            undone_at: set.undone_at.as_ref().map(|at| page.at(at)).unwrap_or_default(),
            undo_reason: set.undo_reason.clone().unwrap_or_default(),
        }
    }

    fn is_undone(&self) -> bool {
        self.status == ChangeSetStatus::Undone
    }
}

#[derive(Template)]
#[template(path = "experts/imports.html", config = "src/views/askama.toml")]
struct ListPage {
    page: Page,
    lines: Vec<ImportLine>,
    pager: PagerView,
}

#[derive(Debug, Default, Deserialize)]
struct ListQuery {
    #[serde(default, deserialize_with = "number_if_any")]
    page: Option<i64>,
}

async fn list(visit: Visit, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let pager = Pager::new(query.page, Some(PER_PAGE));
    let read = visit.app.read(move |tx| page_or_last(pager, |pager| undo_import::imports(tx, &actor, pager)));
    let found = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "expert-imports-title");
    ok(&ListPage {
        pager: pager_of(&page, &found, "/experts/imports", &[]),
        lines: found.items.iter().map(|set| ImportLine::of(&page, set)).collect(),
        page,
    })
}

#[derive(Template)]
#[template(path = "experts/import_set.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    line: ImportLine,
    by: String,
    added: Vec<String>,
    updated: Vec<String>,
    /// Assignments that ended by it: whose, of what.
    endings: Vec<String>,
    /// Who stepped in, and where a place stayed empty.
    replacements: Vec<String>,
    vacancies: Vec<String>,
    may_undo: bool,
    /// Why it cannot be undone.
    obstacle: String,
}

async fn show_page(visit: &Visit, id: &str, page: impl FnOnce(Page) -> Page) -> Result<ShowPage, Failure> {
    let id = ChangeSetId::from_text(id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let Import { set, by, obstacle, actions } =
        visit.app.read(move |tx| undo_import::import_of(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    let page = page(Page::titled(visit, "expert-import-title"));
    let names = |key: &str| -> Vec<String> {
        let listed = set.summary.0.get(key).and_then(serde_json::Value::as_array);
        listed.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_string)).collect()
    };
    let endings = set.summary.0.get("endings").and_then(serde_json::Value::as_array);
    let text = |line: &serde_json::Value, key: &str| {
        line.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_string()
    };
    let colon = page.marks().colon;
    let ended = |line: &serde_json::Value| format!("{}{colon}{}", text(line, "organisation"), text(line, "expert"));
    let replacements: Vec<ReplacementLine> = kept(&set, "replacements");
    let vacancies: Vec<VacancyLine> = kept(&set, "vacancies");
    Ok(ShowPage {
        replacements: replacements.iter().map(|one| replacement_words(one, page.lang())).collect(),
        vacancies: vacancies.iter().map(|one| vacancy_words(one, page.lang())).collect(),
        endings: endings.into_iter().flatten().map(ended).collect(),
        line: ImportLine::of(&page, &set),
        added: names("added_names"),
        updated: names("updated_names"),
        may_undo: actions.contains(&ImportAction::Undo),
        obstacle: obstacle.map(|refusal| crate::words::Words.refusal(page.lang(), &refusal)).unwrap_or_default(),
        by,
        page,
    })
}

/// A list of the summary; empty in one that was kept before there was such a list.
fn kept<T: DeserializeOwned>(set: &ChangeSet, key: &str) -> Vec<T> {
    let listed = set.summary.0.get(key).cloned();
    listed.and_then(|listed| serde_json::from_value(listed).ok()).unwrap_or_default()
}

async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    ok(&show_page(&visit, &id, |page| page).await?)
}

async fn undo(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let set = ChangeSetId::from_text(&id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let input = ImportUndoing { reason: form.text("reason") };
    let done = visit.app.write(move |tx| undo_import::undo(tx, &actor, set, &input)).await;
    if let Some(key) = again(&form, &done, Some(Press::Undoing(set, form.text("reason")))).await {
        return Ok(see_other(format!("/experts/imports/{set}"), &key));
    }
    match done {
        Ok(()) => Ok(see_other(format!("/experts/imports/{set}"), "expert-import-undone")),
        Err(error) if can_be_mended(&error) => {
            let page = show_page(visit, &id, |page| page.after(&error, &form.pairs)).await?;
            html(error.status(), &page)
        }
        Err(error) => Err(visit.fail(error)),
    }
}
