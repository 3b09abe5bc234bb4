//! The form page: filled in piece by piece, saved as it is typed, nothing lost.

use super::super::access::{Submitted, Visit};
use super::super::documents::must_be_own;
use super::super::page::{Failure, Page, can_be_mended, html, ok, see_other, told};
use super::fields::{Cell, Control, Maker, RowInput, Rows, SectionInput, by_path};
use super::progress::Overview;
use super::typed::Typed;
use crate::actions::Tx;
use crate::actions::completeness::{Completeness, DOCUMENTS, MEMBERS, completeness, counts};
use crate::actions::dossier::Dossier;
use crate::actions::draft::known_of;
use crate::actions::marks::{Marks, mending};
use crate::actions::save::{self, Saved};
use crate::actions::submit::rfc3339;
use crate::db;
use crate::db::applications::Member;
use crate::db::corrections::{Mark, MarkKind};
use crate::domain::actor::Actor;
use crate::domain::form::{Problem, RawForm};
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::Action;
use crate::error::Error;
use crate::words::Words;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;

/// A kind of document as the form page tells of it.
struct DocumentLine {
    path: String,
    name: String,
    count: u32,
    required: bool,
    /// Why it was sent back, in a correction, and where it is mended.
    reason: String,
    href: String,
}

#[derive(Template)]
#[template(path = "applications/form.html", config = "src/views/askama.toml")]
struct FormPage {
    page: Page,
    id: ApplicationId,
    version: i32,
    autosave_key: String,
    call_title: String,
    organisation: String,
    deadline: String,
    /// Until when, in a correction, and a word from whoever sent it back.
    mend_by: String,
    note: String,
    sections: Vec<SectionInput>,
    members: Option<Rows>,
    members_reason: String,
    members_problem: String,
    documents: Vec<DocumentLine>,
    progress: Overview,
    earlier: String,
    can_submit: bool,
}

/// Everything that the page shows, read in one go.
struct Loaded {
    dossier: Dossier,
    marks: Marks,
    /// What is to be mended, each with whether it was changed.
    mending: Vec<(Mark, bool)>,
    completeness: Completeness,
    counts: std::collections::BTreeMap<String, u32>,
    earlier: Option<String>,
    /// What the organisation's record knows of the answers; nothing once the file was submitted.
    known: RawForm,
    available: Vec<Action>,
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<Loaded, Error> {
    let dossier = Dossier::load(tx, actor, id)?;
    must_be_own(actor, &dossier)?;
    let attachments = db::attachments::of_application(tx.db, id)?;
    let completeness = completeness(tx, &dossier, &attachments, &actor.language)?;
    let earlier = match db::applications::earlier(tx.db, &dossier.application, &dossier.call.programme_key)? {
        Some(earlier) => Some(db::calls::find(tx.db, earlier.call_id)?.title),
        None => None,
    };
    let known = match dossier.application.submission_count {
        0 => known_of(tx, dossier.programme(), &dossier.organisation)?,
        _ => RawForm::default(),
    };
    let marks = Marks::of(tx, &dossier)?;
    Ok(Loaded {
        known,
        mending: mending(tx, &dossier, &marks, &attachments)?,
        marks,
        available: dossier.available(actor),
        counts: counts(&attachments),
        completeness,
        earlier,
        dossier,
    })
}

pub async fn edit(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = ApplicationId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let loaded = visit.app.read(move |tx| load(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    if !loaded.available.contains(&Action::Save) {
        return Ok(see_other(format!("/applications/{id}"), ""));
    }
    ok(&form_page(&visit, Page::titled(&visit, title_of(&loaded.marks)), loaded))
}

/// What the page is for: to fill in, or to mend what was sent back.
fn title_of(marks: &Marks) -> &'static str {
    if marks.correction().is_some() { "form-title-correction" } else { "form-title" }
}

pub async fn save(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = ApplicationId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let result = match form.number("version") {
        Ok(version) => {
            let (actor, pairs) = (visit.actor.clone(), form.pairs.clone());
            visit.app.write(move |tx| save_pairs(tx, &actor, id, version, &pairs)).await
        }
        Err(error) => Err(error),
    };
    match result {
        Ok(saved) if form.autosave => Ok(HttpResponse::Ok().json(saved_json(&form, &saved))),
        Ok(_) => Ok(match form.text("go").as_str() {
            "documents" => see_other(format!("/applications/{id}/documents"), "application-saved"),
            "preview" => see_other(format!("/applications/{id}/preview"), "application-saved"),
            "submission" => see_other(format!("/applications/{id}/submission"), "application-saved"),
            _ => see_other(format!("/applications/{id}/form"), "application-saved"),
        }),
        Err(error) if form.autosave => {
            Ok(HttpResponse::build(error.status()).json(told(&error, &visit.actor.language)))
        }
        Err(error) if can_be_mended(&error) => mend(&form, id, error).await,
        Err(error) => Err(visit.fail(error)),
    }
}

fn save_pairs(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApplicationId,
    version: i32,
    pairs: &[(String, String)],
) -> Result<Saved, Error> {
    let dossier = Dossier::load(tx, actor, id)?;
    let typed = Typed::read(dossier.programme(), pairs);
    save::compare(tx, actor, &dossier, version, &typed.form, typed.members.as_deref());
    // Nobody is asked to mend what cannot be saved any more.
    dossier.permit(actor, Action::Save)?;
    if !typed.problems.is_empty() {
        return Err(Error::Invalid(typed.problems));
    }
    save::save(tx, actor, id, version, typed.form, typed.members)
}

fn saved_json(form: &Submitted, saved: &Saved) -> serde_json::Value {
    let typed = Typed::read(saved.dossier.programme(), &form.pairs);
    let language = &form.visit.actor.language;
    let list = |problems: &[Problem]| -> Vec<serde_json::Value> {
        let told = problems.iter().map(|problem| {
            serde_json::json!({ "path": typed.page_path(&problem.path), "text": Words.problem(language, problem) })
        });
        told.collect()
    };
    serde_json::json!({
        "version": saved.dossier.application.version,
        "saved_at": rfc3339(form.visit.now),
        "problems": list(&saved.completeness.beside_fields()),
        "missing": list(&saved.completeness.missing),
        "progress": Overview::of(language, &saved.dossier, &saved.completeness, &saved.mending, |path| {
            typed.page_path(path)
        }),
    })
}

/// The same page with what was typed and why it was not saved.
async fn mend(form: &Submitted, id: ApplicationId, error: Error) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (actor, pairs) = (visit.actor.clone(), form.pairs.clone());
    let mut loaded = visit
        .app
        .read(move |tx| {
            let mut loaded = load(tx, &actor, id)?;
            let typed = Typed::read(loaded.dossier.programme(), &pairs);
            loaded.dossier.form.0.extend(typed.as_typed(loaded.dossier.programme(), &pairs).0);
            if let Some(members) = typed.members {
                loaded.dossier.application.members.0 = members;
            }
            let attachments = db::attachments::of_application(tx.db, id)?;
            loaded.completeness = completeness(tx, &loaded.dossier, &attachments, &actor.language)?;
            loaded.mending = mending(tx, &loaded.dossier, &loaded.marks, &attachments)?;
            Ok(loaded)
        })
        .await
        .map_err(|e| visit.fail(e))?;
    if let Error::Invalid(problems) = &error {
        loaded.completeness.problems.splice(0..0, problems.clone());
    }
    // What was typed stays in its fields even when the time for saving is over, so that it can be copied.
    loaded.available.push(Action::Save);
    let page = Page::titled(visit, title_of(&loaded.marks)).after(&error, &[]);
    html(error.status(), &form_page(visit, page, loaded))
}

fn form_page(visit: &Visit, page: Page, loaded: Loaded) -> FormPage {
    let Loaded { dossier, marks, mending, completeness, counts, earlier, known, available } = loaded;
    let language = page.lang().to_string();
    let programme = dossier.programme();
    let problems = by_path(&language, &completeness.beside_fields());
    let can_save = available.contains(&Action::Save);
    let maker = Maker {
        programme,
        reference: &visit.app.env.reference,
        form: &dossier.form,
        marks: &marks,
        can_save,
        call_year: dossier.call.year,
        language: &language,
        problems: problems.clone(),
    };
    let mut sections = maker.sections();
    for field in sections.iter_mut().flat_map(|section| &mut section.fields) {
        // Taken over and not changed since: whoever files answers for it, and is asked to look.
        if known.0.get(&field.key).is_some_and(|answer| maker.form.0.get(&field.key) == Some(answer)) {
            let told = page.t1("form-from-organisation", "help", field.help.as_str());
            field.help = told.trim().to_string();
        }
    }
    let members = (programme.applicants.consortium && can_save && marks.members())
        .then(|| member_rows(&page, &dossier.application.members.0, programme.applicants.max_members, &problems));
    let documents = programme.documents.iter().map(|kind| DocumentLine {
        path: format!("{DOCUMENTS}{}", kind.key),
        name: kind.names.in_language(&language).to_string(),
        count: counts.get(&kind.key).copied().unwrap_or(0),
        required: kind.required,
        reason: marks.reason(MarkKind::Document, &kind.key),
        href: format!("/applications/{}/documents#t-{DOCUMENTS}{}", dossier.application.id, kind.key),
    });
    let ends: NaiveDateTime = marks.correction().map_or(dossier.call.closes_at, |correction| correction.due_at);
    FormPage {
        id: dossier.application.id,
        version: dossier.application.version,
        autosave_key: format!("application:{}", dossier.application.id),
        call_title: dossier.call.title.clone(),
        organisation: dossier.organisation.name.clone(),
        deadline: page.until(&ends),
        mend_by: marks.correction().map(|c| page.until(&c.due_at)).unwrap_or_default(),
        note: marks.correction().map(|c| c.note.clone()).unwrap_or_default(),
        sections,
        members,
        members_reason: marks.reason(MarkKind::Members, ""),
        members_problem: problems.get(MEMBERS).cloned().unwrap_or_default(),
        documents: documents.collect(),
        progress: Overview::of(&language, &dossier, &completeness, &mending, str::to_string),
        earlier: if dossier.application.submission_count == 0 { earlier.unwrap_or_default() } else { String::new() },
        can_submit: available.iter().any(|a| matches!(a, Action::Submit | Action::Resubmit)),
        page,
    }
}

fn member_rows(
    page: &Page,
    members: &[Member],
    max: u32,
    problems: &std::collections::BTreeMap<String, String>,
) -> Rows {
    let cells = |place: &str, member: Option<&Member>| -> Vec<Cell> {
        let cell = |key: &str, value: &str, kind, limit| {
            let path = format!("{MEMBERS}[{place}].{key}");
            Cell {
                name: format!("{MEMBERS}[{place}][{key}]"),
                problem: problems.get(&path).cloned().unwrap_or_default(),
                path,
                label: page.t(&format!("application-member-{}", key.replace('_', "-"))),
                kind,
                value: value.to_string(),
                choices: Vec::new(),
                unit: String::new(),
                max: limit,
                required: true,
            }
        };
        vec![
            cell("name", member.map_or("", |m| &m.name), "text", 200),
            cell("credit_code", member.map_or("", |m| &m.credit_code), "text", 0),
            cell("duty", member.map_or("", |m| &m.duty), "long", 1000),
        ]
    };
    let spare = usize::from((members.len() as u64) < u64::from(max));
    let rows: Vec<RowInput> = (0..members.len() + spare)
        .map(|index| RowInput {
            number: index + 1,
            spare: index >= members.len(),
            cells: cells(&index.to_string(), members.get(index)),
        })
        .collect();
    Rows { next: rows.len(), rows, template: cells("__i__", None), max }
}

pub async fn carry_over(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = ApplicationId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let version = form.number("version").map_err(|e| visit.fail(e))?;
    let actor = visit.actor.clone();
    visit.app.write(move |tx| save::carry_over(tx, &actor, id, version)).await.map_err(|e| visit.fail(e))?;
    Ok(see_other(format!("/applications/{id}/form"), "answers-carried-over"))
}
