//! The import of experts: a table that is read, shown with what would follow, and confirmed.

use crate::actions::import_experts::{self, ExpertRow, Imported, Namesake, ReadyRow};
use crate::actions::review::consequences::{Consequences, ReplacementLine, VacancyLine};
use crate::app::off_thread;
use crate::domain::form::Problem;
use crate::domain::language::Language;
use crate::error::Error;
use crate::spreadsheet::MAX_BYTES;
use crate::web::access::{Submitted, Visit, must_be_from_here, must_carry_token};
use crate::web::nul::must_not_be_in_json;
use crate::web::page::{Failure, Page, html, ok, see_other};
use crate::words::{DEFAULT_LANGUAGE, Words};
use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use futures_util::StreamExt;

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

pub(super) async fn import_form(visit: Visit) -> Result<HttpResponse, Failure> {
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

pub(super) async fn preview(visit: Visit, req: HttpRequest, upload: Multipart) -> Result<HttpResponse, Failure> {
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
pub(in crate::web) fn replacement_words(one: &ReplacementLine, language: &str) -> String {
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
pub(in crate::web) fn vacancy_words(one: &VacancyLine, language: &str) -> String {
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

pub(super) async fn confirm(form: Submitted) -> Result<HttpResponse, Failure> {
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
