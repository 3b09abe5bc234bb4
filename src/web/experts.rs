//! The pool of experts: the list, an import with a preview, an expert's standing.

use super::access::{Submitted, Visit, must_be_from_here, must_carry_token};
use super::expert_ties::{day, iso};
use super::nul::must_not_be_in_json;
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::paging::{PagerView, address, number_if_any, page_or_last, pager_of_search};
use super::routes::{Access, Routes};
use super::second_press::again;
use crate::actions::Tx;
use crate::actions::decide::closed::SeverityView;
use crate::actions::expert_pool;
use crate::actions::expert_record::deviation;
use crate::actions::expert_standing::{self, StandingChange, TermChange};
use crate::actions::import_experts::{self, ExpertRow, Imported, Namesake, ReadyRow};
use crate::actions::review::consequences::{Consequences, ReplacementLine, VacancyLine};
use crate::actions::review::plan::field_name;
use crate::actions::second_press::Press;
use crate::app::off_thread;
use crate::db;
use crate::db::experts::{Expert, PROVINCE, PoolFilter};
use crate::db::page::Pager;
use crate::domain::actor::Role;
use crate::domain::form::Problem;
use crate::domain::ids::ExpertId;
use crate::domain::language::Language;
use crate::domain::service::{ServiceRecord, service_record};
use crate::domain::status::ExpertStatus;
use crate::domain::steps::{ExpertAction, IMPORTERS};
use crate::error::Error;
use crate::spreadsheet::MAX_BYTES;
use crate::words::{DEFAULT_LANGUAGE, Words};
use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use futures_util::StreamExt;
use serde::Deserialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const READERS: Access = Access::Roles(expert_pool::READERS);
    const HANDLERS: Access = Access::Roles(&[Role::Handler]);
    routes.get("/experts", READERS, list);
    routes.get("/experts/search", READERS, opened_anew);
    routes.post("/experts/search", READERS, search);
    routes.get("/experts/import", HANDLERS, import_form);
    routes.post("/experts/import", HANDLERS, preview);
    routes.post("/experts/import/confirmation", HANDLERS, confirm);
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
    let pager = Pager::new(query.page, Some(50));
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
    ExpertLine {
        city: city.map(|city| city.names.in_language(language).to_string()).unwrap_or_default(),
        fields: expert.fields.0.iter().map(|key| field_name(&tx.env.reference, &tx.env.programmes, key)).collect(),
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
    let of_department = expert_pool::sees_everything(&visit.actor);
    Ok(ShowPage {
        page,
        line,
        pool,
        changed_by,
        ties,
        term_from,
        term_to,
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

/// A column of the table, explained.
struct Column {
    /// What the reader calls it.
    label: String,
    /// What a file calls it, where that is not the same: tables are headed in simplified Chinese, or by codes.
    in_file: String,
    /// Its code, which a file may have instead.
    key: &'static str,
    hint: String,
}

#[derive(Template)]
#[template(path = "experts/import.html", config = "src/views/askama.toml")]
struct ImportPage {
    page: Page,
    columns: Vec<Column>,
    unreadable: Vec<String>,
}

fn import_page(page: Page, unreadable: Vec<String>) -> ImportPage {
    let column = |key: &'static str| Column {
        label: page.t_of("expert-column", key),
        in_file: match page.speaks() {
            Language::ZhCn => String::new(),
            Language::ZhTw | Language::En => Words.say(DEFAULT_LANGUAGE, &format!("expert-column-{key}")),
        },
        key,
        hint: page.t_of("expert-column-hint", key),
    };
    let columns = import_experts::COLUMNS.map(column).into();
    ImportPage { page, columns, unreadable }
}

async fn import_form(visit: Visit) -> Result<HttpResponse, Failure> {
    ok(&import_page(Page::titled(&visit, "experts-import-title"), Vec::new()))
}

/// A bad cell, in words.
struct BadCell {
    line: usize,
    column: String,
    value: String,
    text: String,
}

#[derive(Template)]
#[template(path = "experts/preview.html", config = "src/views/askama.toml")]
struct PreviewPage {
    page: Page,
    rows: usize,
    added: Vec<ReadyRow>,
    changed: Vec<ReadyRow>,
    unchanged: usize,
    /// The pool changed since the preview that was confirmed.
    stale: bool,
    bad: Vec<BadCell>,
    digest: String,
    /// Rows that may be about one person twice, in words.
    namesakes: Vec<String>,
    /// What would follow in open reviews.
    follows: Consequences,
    /// Who would step in, in words.
    replacements: Vec<String>,
    /// Where a place would stay empty, in words.
    vacancies: Vec<String>,
    /// The rows, for the form that confirms them; they are checked again then.
    json: String,
}

async fn preview(visit: Visit, req: HttpRequest, upload: Multipart) -> Result<HttpResponse, Failure> {
    must_be_from_here(&req)?;
    let (name, content) = read_upload(&visit, upload).await.map_err(|e| visit.fail(e))?;
    let read = off_thread(move || Ok(import_experts::read(&content, &name))).await.map_err(|e| visit.fail(e))?;
    match read {
        Err(unreadable) => {
            let page = Page::titled(&visit, "experts-import-title");
            let sentences = unreadable.sentences(page.lang());
            html(StatusCode::UNPROCESSABLE_ENTITY, &import_page(page, sentences))
        }
        Ok(rows) if rows.is_empty() => {
            let page = Page::titled(&visit, "experts-import-title");
            let nothing = vec![page.t("refusal-import_empty")];
            html(StatusCode::UNPROCESSABLE_ENTITY, &import_page(page, nothing))
        }
        Ok(rows) => preview_page(&visit, rows, false).await,
    }
}

async fn preview_page(visit: &Visit, rows: Vec<ExpertRow>, stale: bool) -> Result<HttpResponse, Failure> {
    let page = Page::titled(visit, "experts-preview-title");
    let json = serde_json::to_string(&rows).map_err(|e| visit.fail(Error::Internal(e.into())))?;
    let actor = visit.actor.clone();
    let (count, language) = (rows.len(), page.lang().to_string());
    let found =
        visit.app.read(move |tx| import_experts::dry_run(tx, &actor, &rows)).await.map_err(|e| visit.fail(e))?;
    let bad: Vec<BadCell> = found
        .problems
        .iter()
        .map(|problem| BadCell {
            line: problem.line,
            column: problem.column.clone(),
            value: problem.value.clone(),
            text: import_experts::row_sentence(problem, &language),
        })
        .collect();
    let status = match bad.is_empty() {
        true if stale => StatusCode::CONFLICT,
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (digest, unchanged) = (found.digest(), found.unchanged());
    let namesakes = found.namesakes.iter().map(|one| namesake(one, &language)).collect();
    let (known, added): (Vec<_>, Vec<_>) = found.ready.into_iter().partition(|row| row.known);
    let changed = known.into_iter().filter(|row| !row.is_unchanged()).collect();
    let (rows, follows) = (count, found.consequences);
    let replacements = follows.replacements.iter().map(|one| replacement_words(one, &language)).collect();
    let vacancies = follows.vacancies.iter().map(|one| vacancy_words(one, page.lang())).collect();
    let shown = PreviewPage {
        page,
        rows,
        added,
        changed,
        unchanged,
        stale,
        bad,
        digest,
        namesakes,
        follows,
        replacements,
        vacancies,
        json,
    };
    html(status, &shown)
}

/// Who takes a place, for whom, and as which of the reserves.
pub(super) fn replacement_words(one: &ReplacementLine, language: &str) -> String {
    let turn = one.turn.map(|turn| turn.to_string()).unwrap_or_default();
    let args = [
        ("call", one.call.as_str()),
        ("organisation", one.organisation.as_str()),
        ("number", one.number.as_str()),
        ("expert", one.expert.as_str()),
        ("gone", one.instead_of.as_deref().unwrap_or_default()),
        ("turn", turn.as_str()),
    ];
    let key = match (&one.instead_of, one.turn) {
        (Some(_), Some(_)) => "experts-replacement-reserve",
        (Some(_), None) => "experts-replacement-panel",
        (None, Some(_)) => "experts-replacement-vacant-reserve",
        (None, None) => "experts-replacement-vacant-panel",
    };
    Words.say_with(language, key, args)
}

/// An application in which a place stays empty.
pub(super) fn vacancy_words(one: &VacancyLine, language: &str) -> String {
    let marks = Language::of_tag(language).punctuation();
    format!("{}{}{} {}", one.call, marks.colon, one.organisation, one.number)
}

/// A row that may be about one person twice, in words.
fn namesake(one: &Namesake, language: &str) -> String {
    let (line, other) = (one.line.to_string(), one.other_line.map(|line| line.to_string()).unwrap_or_default());
    let args = [
        ("line", line.as_str()),
        ("name", &one.name),
        ("employer", &one.employer),
        ("email", &one.email),
        ("address", &one.other),
        ("other", &other),
    ];
    match one.other_line {
        Some(_) => Words.say_with(language, "experts-namesake-in-file", args),
        None => Words.say_with(language, "experts-namesake-in-pool", args),
    }
}

/// The name and the bytes of the file; the token comes first.
async fn read_upload(visit: &Visit, mut upload: Multipart) -> Result<(String, Vec<u8>), Error> {
    let mut token_seen = false;
    while let Some(field) = upload.next().await {
        let mut field = field?;
        let name = field.name().unwrap_or_default().to_string();
        let file_name = field.content_disposition().and_then(|d| d.get_filename()).unwrap_or_default().to_string();
        let limit = if name == "file" { MAX_BYTES as usize } else { 200 };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.next().await {
            bytes.extend_from_slice(&chunk?);
            if bytes.len() > limit {
                let problem = Problem::new("file", "import_file_too_large").with("limit", MAX_BYTES >> 20);
                return Err(Error::Invalid(vec![problem]));
            }
        }
        match name.as_str() {
            "csrf" => {
                must_carry_token(visit, &String::from_utf8_lossy(&bytes))?;
                token_seen = true;
            }
            "file" if token_seen => return Ok((file_name, bytes)),
            "file" => must_carry_token(visit, "")?,
            _ => {}
        }
    }
    Err(Error::Malformed("no file, or no token before it".into()))
}

async fn confirm(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let text = form.text("rows");
    must_not_be_in_json(text.as_bytes()).map_err(|e| visit.fail(e))?;
    let rows: Vec<ExpertRow> =
        serde_json::from_str(&text).map_err(|e| visit.fail(Error::Malformed(format!("rows: {e}"))))?;
    let actor = visit.actor.clone();
    let (again, digest) = (rows.clone(), form.text("digest"));
    match visit.app.write(move |tx| import_experts::import(tx, &actor, &rows, Some(&digest))).await {
        // Pressed twice: the second press leads to what the first one did.
        Ok(Imported { repeated: true, change_set: Some(set), .. }) => {
            Ok(see_other(format!("/experts/imports/{set}"), "experts-imported-before"))
        }
        Ok(done) if !done.endings.is_empty() => Ok(see_other("/experts", "experts-imported-endings")),
        Ok(_) => Ok(see_other("/experts", "experts-imported")),
        // Something changed since the preview: it is shown anew.
        Err(Error::Invalid(_) | Error::Stale) => preview_page(visit, again, true).await,
        Err(error) => Err(visit.fail(error)),
    }
}
